//! Takes the terminal over and gives it back as it was, whatever happens in between.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::termios::{self, OptionalActions, Termios};

use crate::layout::panes::Size;

/// Alternate screen, cursor hidden, pasted text marked.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[H\x1b[2J";

/// An update that was begun is ended, then everything in reverse.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// More cells than this are not drawn on: a terminal that says it has 65,535 rows is mistaken.
const LARGEST: Size = Size { width: 1000, height: 500 };

/// Drawn on where a terminal does not know its size.
const USUAL: Size = Size { width: 80, height: 24 };

/// The terminal as it was. Dropping it, a panic or a signal gives the terminal back.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    tty: File,
    before: Termios,
    taken: AtomicBool,
}

impl Guard {
    /// Remembers how the terminal is. Nothing is changed yet.
    pub(super) fn new() -> io::Result<Self> {
        let tty = terminal()?;
        let before = termios::tcgetattr(&tty)?;
        Ok(Self { shared: Arc::new(Shared { tty, before, taken: AtomicBool::new(false) }) })
    }

    /// The terminal, for waiting on it.
    pub(super) fn tty(&self) -> &File {
        &self.shared.tty
    }

    /// Takes the terminal over.
    pub(super) fn enter(&self) -> io::Result<()> {
        let mut raw = self.shared.before.clone();
        raw.make_raw();
        self.shared.taken.store(true, Ordering::SeqCst);
        termios::tcsetattr(&self.shared.tty, OptionalActions::Now, &raw)?;
        (&self.shared.tty).write_all(ENTER)
    }

    /// Gives the terminal back. Does nothing the second time; errors are of no use to anyone
    /// here, since the terminal may be gone.
    pub(super) fn leave(&self) {
        if !self.shared.taken.swap(false, Ordering::SeqCst) {
            return;
        }
        let _ = (&self.shared.tty).write_all(LEAVE);
        let before = &self.shared.before;
        let _ = termios::tcsetattr(&self.shared.tty, OptionalActions::Drain, before);
    }

    /// Gives the terminal back before the message of a panic is written.
    pub(super) fn leave_on_panic(&self) {
        let guard = self.clone();
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            guard.leave();
            report(panic);
        }));
    }

    /// The size to draw on, in cells.
    pub(super) fn size(&self) -> Size {
        match termios::tcgetwinsize(&self.shared.tty) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size {
                width: size.ws_col.min(LARGEST.width),
                height: size.ws_row.min(LARGEST.height),
            },
            _ => USUAL,
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // The last but one is the clone of the panic hook, which is never dropped.
        if Arc::strong_count(&self.shared) <= 2 {
            self.leave();
        }
    }
}

/// The terminal that the program is on: keys come from it even where the article is piped in.
fn terminal() -> io::Result<File> {
    let tty = File::options().read(true).write(true).open("/dev/tty");
    tty.or_else(|error| {
        let stdin = io::stdin();
        if !stdin.is_terminal() {
            return Err(error);
        }
        Ok(File::from(rustix::io::dup(&stdin)?))
    })
}
