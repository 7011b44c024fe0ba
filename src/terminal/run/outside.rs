//! What other programs do for the reader: open an address, edit a text, keep what was copied, have
//! the terminal for a while.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use rustix::process::{Signal, getpid, getsid, kill_current_process_group};

use super::super::editor::{self, Written};
use super::super::opener;
#[cfg(feature = "images")]
use super::super::{
    encode::Means,
    pictures::{self, Place},
    protocol,
};
use super::Loop;
use crate::app::action::News;
use crate::layout::panes::Size;
use crate::text::address::Address;
use crate::text::locate;
use crate::text::shown::Shown;

/// Of a file no more bytes are read to find the line of some words.
const LOOKED: u64 = 64 << 20;

impl Loop<'_> {
    /// Gives the terminal to the shell and stops the process group. A session leader has no
    /// shell that could continue it.
    pub(super) fn stop(&mut self) {
        if getsid(None).is_ok_and(|leader| leader == getpid()) {
            self.model.message = Some("there is no shell to go back to".into());
            return;
        }
        self.guard.leave();
        let _ = kill_current_process_group(Signal::STOP);
    }

    pub(super) fn resume(&mut self) -> io::Result<()> {
        self.guard.enter()?;
        self.screen.clear();
        self.resize()
    }

    /// Opens an address in another program.
    pub(super) fn browse(&mut self, address: &Address) {
        let there = (self.version, &self.events);
        if let Err(why) = opener::open(address, &self.settings.openers.browser, there) {
            self.model.tell(&why);
        }
    }

    /// Has a picture read, which is shown when it is there.
    #[cfg(feature = "images")]
    pub(super) fn picture(&mut self, number: u32, room: Size) -> io::Result<()> {
        let picture = self.model.doc.pictures.get(number as usize);
        let Some(src) = picture.map(|picture| picture.src.clone()) else { return Ok(()) };
        let place = Place {
            address: self.model.address(&src).ok().map(|address| address.as_str().to_owned()),
            src,
            article: self.input.path().map(Path::to_owned),
            format: self.model.doc.source.format,
        };
        let there = (self.version, self.events.clone());
        pictures::read((number, place), (room, self.means()), there)
    }

    /// How the terminal is told of pictures, if at all.
    #[cfg(feature = "images")]
    fn means(&self) -> Option<Means> {
        let told = |name: &str| std::env::var(name).unwrap_or_default();
        let protocol = protocol::protocol(self.settings.pictures, told)?;
        Some(Means { protocol, cell: self.guard.cell()? })
    }

    /// Says what shows pictures.
    #[cfg(not(feature = "images"))]
    #[expect(clippy::unnecessary_wraps, reason = "as where they are shown")]
    pub(super) fn picture(&mut self, _: u32, _: Size) -> io::Result<()> {
        self.model.tell("pictures are shown by a recto that is built with `--features images`");
        Ok(())
    }

    /// Lets the reader write in an editor, which has the terminal meanwhile.
    pub(super) fn compose(&mut self, text: &str) -> io::Result<News> {
        let written = editor::edit(self.guard, text, &self.settings.openers.editor);
        self.screen.clear();
        self.resize()?;
        Ok(match written {
            Written::Text(text) => News::Composed(text, None),
            Written::Failed(text, why) => News::Composed(text, Some(why)),
        })
    }

    /// Opens the file of the article in an editor, where the words at byte `at` stand.
    pub(super) fn edit_source(&mut self, at: u32) -> io::Result<()> {
        let Some(path) = self.input.path().filter(|path| path.is_file()) else {
            self.model.tell("this article is no file of its own");
            return Ok(());
        };
        let line = line(path, &self.model.doc.text, at);
        let done = editor::open(self.guard, (path, line), &self.settings.openers.editor);
        self.screen.clear();
        self.resize()?;
        if let Err(why) = done {
            self.model.tell(&why);
        }
        Ok(())
    }

    /// Puts words on the clipboard of the terminal (OSC 52), which works over ssh too, and on that
    /// of the system where recto was built for it.
    pub(super) fn copy(&mut self, words: &Shown) -> io::Result<()> {
        let mut sequence = String::new();
        // Writing to a string cannot fail.
        let _ = CopyToClipboard::to_clipboard_from(words.as_str()).write_ansi(&mut sequence);
        self.screen.send(&sequence)?;
        self.clipboard.keep(words);
        Ok(())
    }
}

/// The line of a file on which the words of a text stand at byte `at`.
fn line(path: &Path, text: &str, at: u32) -> Option<usize> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(LOOKED).read_to_end(&mut bytes).ok()?;
    locate::line_of(&String::from_utf8_lossy(&bytes), text, at)
}
