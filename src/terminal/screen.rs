//! What the terminal shows, and how it comes to show something else: nothing is sent where
//! nothing has changed, and everything that has in one piece.
//!
//! May not know: the model, keys.

use std::io::{self, Write};

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::frame::Frame;
use super::paint::{CLEAR, paint};
use crate::app::reading::hyperlinks::Hyperlink;
use crate::app::reading::pictures::Placed;
use crate::layout::panes::Size;

/// A frame begins and ends: terminals that know DEC mode 2026 show it at once.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Bytes that are kept for the next frame: only pictures have more.
const KEPT: usize = 1 << 18;

/// A terminal and what it shows.
#[derive(Debug)]
pub(super) struct Screen<W> {
    terminal: W,
    size: Size,
    shown: Frame,
    next: Frame,
    cursor: Option<Position>,
    /// Whether it is not known what the terminal shows.
    unknown: bool,
    bytes: Vec<u8>,
}

impl<W: Write> Screen<W> {
    /// A terminal that shows nothing, its cursor hidden.
    pub(super) fn new(terminal: W, size: Size) -> Self {
        let (shown, next) = (Frame::nothing(), Frame::blank(size));
        let bytes = Vec::with_capacity(1 << 14);
        Self { terminal, size, shown, next, cursor: None, unknown: false, bytes }
    }

    /// The terminal has another size: what it shows now differs from one to the other.
    pub(super) fn resize(&mut self, size: Size) {
        self.size = size;
        self.clear();
    }

    /// The next frame paints everything anew.
    pub(super) fn clear(&mut self) {
        self.unknown = true;
    }

    /// Draws a frame whose cells carry `links` and over which a picture may lie; `draw` tells where
    /// the cursor belongs, where it is to be seen.
    pub(super) fn draw(
        &mut self,
        (links, picture): (Vec<Hyperlink>, Option<Placed>),
        draw: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        self.next.reset(self.size);
        self.next.link(links);
        self.next.cover(picture);
        let cursor = draw(&mut self.next.cells);
        self.bytes.clear();
        self.bytes.extend(BEGIN);
        if std::mem::take(&mut self.unknown) {
            self.shown.reset(self.size);
            self.bytes.extend(CLEAR);
        }
        paint(&self.shown, &self.next, &mut self.bytes);
        if self.bytes.len() > BEGIN.len() || cursor != self.cursor {
            self.point(cursor)?;
            self.bytes.extend(END);
            self.terminal.write_all(&self.bytes)?;
            self.terminal.flush()?;
            self.bytes.shrink_to(KEPT);
        }
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(())
    }

    /// Puts the cursor where it belongs.
    fn point(&mut self, cursor: Option<Position>) -> io::Result<()> {
        match (cursor, self.cursor) {
            (None, None) => {}
            (None, Some(_)) => self.bytes.extend(b"\x1b[?25l"),
            (Some(Position { x, y }), _) => {
                write!(self.bytes, "\x1b[{};{}H\x1b[?25h", y + 1, x + 1)?;
            }
        }
        self.cursor = cursor;
        Ok(())
    }

    /// Sends a sequence that changes no cell.
    pub(super) fn send(&mut self, sequence: &str) -> io::Result<()> {
        self.terminal.write_all(sequence.as_bytes())?;
        self.terminal.flush()
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "nothing is sent to a terminal")]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::Model;
    use crate::app::action::{Action, Scroll, Way};
    use crate::app::reading::raster::{Protocol, Raster};
    use crate::app::update::update;
    use crate::article::builder::{Builder, CommentHead};
    use crate::layout::panes::Area;
    use crate::ui::{self, theme::Theme};
    use ratatui::style::Style;

    fn drawn(screen: &mut Screen<Vec<u8>>, words: &str, cursor: Option<Position>) -> String {
        screen.terminal.clear();
        let draw = |buffer: &mut Buffer| {
            buffer.set_string(0, 0, words, Style::new());
            cursor
        };
        screen.draw((Vec::new(), None), draw).unwrap();
        String::from_utf8(screen.terminal.clone()).unwrap()
    }

    #[test]
    fn nothing_is_sent_where_nothing_has_changed() {
        let mut screen = Screen::new(Vec::new(), Size { width: 20, height: 3 });
        assert_eq!(drawn(&mut screen, "tide", None), "\x1b[?2026h\x1b[1Htide\x1b[?2026l");
        assert_eq!(drawn(&mut screen, "tide", None), "");
        assert_eq!(drawn(&mut screen, "tine", None), "\x1b[?2026h\x1b[1;3Hn\x1b[?2026l");
        let here = Some(Position::new(4, 0));
        let shown = "\x1b[?2026h\x1b[1;5H\x1b[?25h\x1b[?2026l";
        assert_eq!(drawn(&mut screen, "tine", here), shown);
        assert_eq!(drawn(&mut screen, "tine", None), "\x1b[?2026h\x1b[?25l\x1b[?2026l");
    }

    /// What is sent to show a picture, or none.
    fn covered(screen: &mut Screen<Vec<u8>>, picture: Option<Placed>) -> String {
        screen.terminal.clear();
        screen.draw((Vec::new(), picture), |_| None).unwrap();
        String::from_utf8(screen.terminal.clone()).unwrap()
    }

    #[test]
    fn a_picture_is_sent_once_again_after_a_redraw_or_another_size_and_taken_away() {
        let size = Size { width: 2, height: 1 };
        let raster = Raster::new(Protocol::Kitty, size, (8, 8), "AAAA".into()).unwrap();
        let picture =
            Placed { area: Area { x: 3, y: 1, width: 2, height: 1 }, raster: Arc::new(raster) };
        let mut screen = Screen::new(Vec::new(), Size { width: 20, height: 3 });
        let mut sent = |change: fn(&mut Screen<Vec<u8>>), picture| {
            change(&mut screen);
            covered(&mut screen, picture)
        };
        let (some, stay) = (Some(picture), (|_| ()) as fn(&mut Screen<Vec<u8>>));
        let (shown, gone) = ("\x1b[2;4H\x1b_Gq=2,a=T,", "\x1b_Ga=d,d=I,i=1,q=2\x1b\\");
        assert!(sent(stay, some.clone()).contains(shown));
        assert_eq!(sent(stay, some.clone()), "");
        let again = sent(Screen::clear, some.clone());
        assert!(again.contains("\x1b[2J") && again.contains(shown), "{again:?}");
        let other = sent(|screen| screen.resize(Size { width: 10, height: 2 }), some.clone());
        assert!(other.contains("\x1b[2J") && other.contains(shown), "{other:?}");
        assert!(sent(stay, None).starts_with(&format!("\x1b[?2026h{gone}")));
        assert_eq!(sent(stay, None), "");
    }

    #[test]
    fn after_another_size_everything_is_painted() {
        let mut screen = Screen::new(Vec::new(), Size { width: 20, height: 3 });
        drawn(&mut screen, "tide", None);
        screen.resize(Size { width: 10, height: 2 });
        let sent = drawn(&mut screen, "tide", None);
        assert!(sent.contains("\x1b[2J\x1b[1Htide"), "{sent:?}");
    }

    /// Bytes that are written for each of some keys, one after the other, on 120 by 40 cells.
    fn bytes(before: &[Action], key: &Action, times: usize) -> Vec<usize> {
        let size = Size { width: 120, height: 40 };
        let mut builder = Builder::new();
        let mut lamps =
            (0..).map(|lamp| format!("Lamp {} was lit at dusk. ", lamp * 7919 % 10_007));
        for count in 0..200 {
            builder.paragraph(&lamps.by_ref().take(1 + count % 9).collect::<String>());
        }
        for count in 0..200 {
            builder.comment(&CommentHead::default());
            builder.paragraph(&lamps.by_ref().take(1 + count % 7).collect::<String>());
        }
        let mut model = Model::new(Arc::new(builder.finish()), size);
        let (theme, mut screen) = (Theme::coloured(), Screen::new(Vec::new(), size));
        let mut written = |key: &Action| {
            update(&mut model, key.clone());
            screen.terminal.clear();
            screen
                .draw((model.hyperlinks(), None), |buffer| ui::draw(&model, &theme, buffer))
                .unwrap();
            screen.terminal.len()
        };
        for key in before {
            written(key);
        }
        (0..times).map(|_| written(key)).collect()
    }

    #[test]
    fn a_line_down_is_few_bytes() {
        let down = Action::Scroll(Scroll::Row, Way::Forward);
        let page = Action::Scroll(Scroll::Page, Way::Forward);
        let median = |mut bytes: Vec<usize>| {
            bytes.sort_unstable();
            bytes[bytes.len() / 2]
        };
        // Two of them, since the first line down may only move the cursor.
        let zoomed = bytes(&[Action::Zoom, page.clone(), down.clone()], &down, 40);
        assert!(median(zoomed.clone()) <= 250, "{zoomed:?}");
        let panes = bytes(&[page, down.clone()], &down, 40);
        assert!(median(panes.clone()) <= 2500, "{panes:?}");
    }
}
