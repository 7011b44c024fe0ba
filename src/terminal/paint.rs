//! The bytes that turn what a terminal shows into what it is to show: only the cells that differ,
//! with as little moving about as that takes.
//!
//! Where rows have moved up or down, the terminal moves them itself: DECSTBM with SU or SD
//! (ECMA-48 8.3.147 and 8.3.113), which every terminal since the VT100 family knows. Terminals
//! that add up the widths of characters and those that know clusters disagree about some emoji;
//! after one the place is told anew, and its row is written as a whole.
//!
//! May not know: the model, what the cells mean.

use std::io::Write as _;

use ratatui::buffer::{Buffer, Cell};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::ink::Ink;
use super::shift::{self, Shift};

/// A gap of so many cells that stay as they are is written again rather than moved over.
const GAP: u16 = 4;

/// So many blanks in a row are erased rather than written.
const BLANKS: u16 = 6;

/// Appends what turns `before` into `after`, two screens of the same size; nothing where they are
/// the same. The pen is plain and no region is set, before and after.
pub(super) fn paint(before: &Buffer, after: &Buffer, out: &mut Vec<u8>) {
    let shift = shift::between(before, after);
    let mut pen = Pen { out, place: None, ink: Ink::PLAIN };
    if let Some(shift) = shift {
        pen.shift(shift);
    }
    let blank = vec![Cell::EMPTY; usize::from(after.area.width)];
    for y in 0..after.area.height {
        let from = shift.map_or(Some(y), |shift| shift.source(y));
        let shown = from.map_or(&blank[..], |from| shift::row(before, from));
        pen.row(y, shown, shift::row(after, y));
    }
    pen.change(Ink::PLAIN);
}

/// Where the terminal's cursor is, and how it writes.
struct Pen<'a> {
    out: &'a mut Vec<u8>,
    /// `None` where terminals disagree, and at the right margin.
    place: Option<(u16, u16)>,
    ink: Ink,
}

impl Pen<'_> {
    fn shift(&mut self, shift: Shift) {
        let Shift { top, bottom, rows } = shift;
        let (count, way) = (rows.unsigned_abs(), if rows > 0 { 'S' } else { 'T' });
        self.put(format_args!("\x1b[{};{}r\x1b[", top + 1, bottom + 1));
        if count > 1 {
            self.put(format_args!("{count}"));
        }
        self.put(format_args!("{way}\x1b[r"));
    }

    /// Writes the cells of a row that differ from what is shown.
    fn row(&mut self, y: u16, shown: &[Cell], after: &[Cell]) {
        if shown == after {
            return;
        }
        let whole = shown.iter().chain(after).any(|cell| is_doubtful(cell.symbol()));
        let (mut x, mut forced) = (0, 0);
        while let Some(cell) = after.get(x) {
            let width = cells(cell.symbol());
            if whole || x < forced || shown.get(x) != Some(cell) {
                let blanks = if whole { 0 } else { blanks(&shown[x..], &after[x..]) };
                let taken = if blanks >= BLANKS { usize::from(blanks) } else { width };
                self.reach(x as u16, y, after);
                if blanks >= BLANKS {
                    self.erase(blanks, x + taken == after.len());
                } else {
                    self.glyph(cell, width, after.len());
                }
                forced = forced.max(half_left(shown, x + taken));
                x += taken;
            } else {
                x += width;
            }
        }
    }

    /// Moves to a cell: over a short gap by writing what is there already.
    fn reach(&mut self, x: u16, y: u16, after: &[Cell]) {
        match self.place {
            Some(place) if place == (x, y) => {}
            Some((from, row)) if row == y && from < x => {
                let gap = &after[usize::from(from)..usize::from(x)];
                let plain = |cell: &Cell| cell.symbol().len() == 1 && Ink::of(cell) == self.ink;
                if x - from <= GAP && gap.iter().all(plain) {
                    self.out.extend(gap.iter().flat_map(|cell| cell.symbol().bytes()));
                } else if x - from == 1 {
                    self.out.extend(b"\x1b[C");
                } else {
                    self.put(format_args!("\x1b[{}C", x - from));
                }
            }
            _ if x == 0 => self.put(format_args!("\x1b[{}H", y + 1)),
            _ => self.put(format_args!("\x1b[{};{}H", y + 1, x + 1)),
        }
        self.place = Some((x, y));
    }

    fn glyph(&mut self, cell: &Cell, width: usize, columns: usize) {
        self.change(Ink::of(cell));
        let symbol = cell.symbol();
        self.out.extend(symbol.as_bytes());
        let after = self.place.map(|(x, y)| (x + width as u16, y));
        self.place = after.filter(|&(x, _)| usize::from(x) < columns && !is_doubtful(symbol));
    }

    /// Erases some cells from here, without moving.
    fn erase(&mut self, count: u16, to_the_end: bool) {
        self.change(Ink::PLAIN);
        if to_the_end {
            self.out.extend(b"\x1b[K");
        } else {
            self.put(format_args!("\x1b[{count}X"));
        }
    }

    fn change(&mut self, ink: Ink) {
        ink.after(self.ink, self.out);
        self.ink = ink;
    }

    fn put(&mut self, sequence: std::fmt::Arguments<'_>) {
        // Writing to a vector cannot fail.
        let _ = self.out.write_fmt(sequence);
    }
}

/// How many plain blanks begin a row, up to the last one that differs from what is shown.
fn blanks(shown: &[Cell], after: &[Cell]) -> u16 {
    let blank = |cell: &Cell| cell.symbol() == " " && Ink::of(cell) == Ink::PLAIN;
    let run = after.iter().take_while(|cell| blank(cell)).count();
    let last = shown.iter().zip(after).take(run).rposition(|(shown, after)| shown != after);
    last.map_or(0, |last| last + 1) as u16
}

/// One past the cells of which half is left where everything before column `x` was written over.
fn half_left(shown: &[Cell], x: usize) -> usize {
    let last = x.checked_sub(1).and_then(|last| shown.get(last));
    last.map_or(0, |cell| x - 1 + cells(cell.symbol()))
}

/// Cells that a symbol takes.
fn cells(symbol: &str) -> usize {
    if symbol.len() == 1 { 1 } else { symbol.width().max(1) }
}

/// Whether terminals disagree about the width of a symbol.
fn is_doubtful(symbol: &str) -> bool {
    let sum = |symbol: &str| symbol.chars().map(|ch| ch.width().unwrap_or(0)).sum::<usize>();
    symbol.len() > 3 && sum(symbol) != symbol.width()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "nothing is sent to a terminal")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    const SYMBOLS: [&str; 12] =
        ["a", "b", " ", " ", " ", "é", "│", "e\u{301}", "日", "語", "👍", "👨‍👩‍👧"];

    fn styles() -> [Style; 6] {
        let style = Style::new();
        [
            style,
            style,
            style.fg(Color::Cyan).add_modifier(Modifier::BOLD),
            style.add_modifier(Modifier::REVERSED | Modifier::ITALIC),
            style.fg(Color::Black).bg(Color::Indexed(200)),
            style.fg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::UNDERLINED | Modifier::DIM),
        ]
    }

    type Glyphs = Vec<Vec<(usize, usize)>>;

    fn buffer((width, height): (u16, u16), rows: &Glyphs) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        for (y, row) in (0..height).zip(rows) {
            let mut x = 0;
            for &(symbol, style) in row {
                let (symbol, style) = (SYMBOLS[symbol], styles()[style]);
                let taken = cells(symbol) as u16;
                if x + taken <= width {
                    buffer[(x, y)].set_symbol(symbol).set_style(style);
                    x += taken;
                }
            }
        }
        buffer
    }

    /// The cells of a terminal that was sent some bytes; what is blank is blank however it came.
    fn shown(size: (u16, u16), bytes: &[u8]) -> Vec<String> {
        let cells = |count| std::num::NonZeroU16::new(count).unwrap();
        let mut parser = vt100::Parser::new(cells(size.1), cells(size.0), 0);
        parser.process(bytes);
        let screen = parser.screen();
        let cell = |x, y| {
            let cell = screen.cell(y, x).unwrap();
            let symbol = if cell.contents().is_empty() { " " } else { cell.contents() };
            let weight = (cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse());
            format!("{symbol} {:?} {:?} {weight:?}", cell.fgcolor(), cell.bgcolor())
        };
        // The second half of a wide character is not seen.
        let hidden = |x, y| screen.cell(y, x).unwrap().is_wide_continuation();
        let places = (0..size.1).flat_map(|y| (0..size.0).map(move |x| (x, y)));
        places.map(|(x, y)| if hidden(x, y) { String::new() } else { cell(x, y) }).collect()
    }

    fn painted(before: &Buffer, after: &Buffer) -> Vec<u8> {
        let mut bytes = Vec::new();
        paint(before, after, &mut bytes);
        bytes
    }

    fn glyphs() -> impl Strategy<Value = Vec<(usize, usize)>> {
        proptest::collection::vec((0..SYMBOLS.len() - 1, 0..6usize), 0..24)
    }

    proptest! {
        #[test]
        fn painting_what_differs_is_painting_everything(
            mut before in proptest::collection::vec(glyphs(), 12),
            rows in proptest::collection::vec((0..12usize, glyphs()), 0..4),
            shift in -4..5_i32,
        ) {
            // Eight rows, which are a window of twelve; the first and the last one stay.
            let size = (16, 8);
            before.rotate_left(2);
            let mut after = before.clone();
            let by = shift.unsigned_abs() as usize;
            if shift > 0 { after[1..7].rotate_left(by) } else { after[1..7].rotate_right(by) }
            for (row, words) in rows {
                after[row] = words;
            }
            let (before, after) = (buffer(size, &before), buffer(size, &after));
            let empty = buffer(size, &Vec::new());
            let all = shown(size, &painted(&empty, &after));
            let mut bytes = painted(&empty, &before);
            bytes.extend(painted(&before, &after));
            prop_assert_eq!(shown(size, &bytes), all);
            prop_assert!(painted(&after, &after).is_empty());
        }
    }

    /// A screen of prose from some line on, between two lines that stay.
    fn prose(first: usize) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 30));
        for y in 0..30_u16 {
            let line = first + usize::from(y);
            let words = format!("line {line} of the ledger: {} lamps lit", line * 7919 % 10007);
            let words = if y == 0 || y == 29 { "title".to_owned() } else { words.repeat(2) };
            buffer.set_string(10, y, words, Style::new());
        }
        buffer
    }

    #[test]
    fn a_line_down_writes_one_line() {
        let bytes = painted(&prose(0), &prose(1));
        assert!(bytes.starts_with(b"\x1b[2;29r\x1b[S\x1b[r"), "{}", bytes.escape_ascii());
        assert!(bytes.len() < 120, "{}", bytes.len());
        let back = painted(&prose(3), &prose(0));
        assert!(back.starts_with(b"\x1b[2;29r\x1b[3T\x1b[r") && back.len() < 300);
    }

    #[test]
    fn a_row_with_an_emoji_of_doubtful_width_is_written_as_a_whole() {
        let family = SYMBOLS.len() - 1;
        let before = buffer((8, 1), &vec![vec![(family, 0), (0, 0), (1, 0)]]);
        let after = buffer((8, 1), &vec![vec![(family, 0), (0, 0), (0, 0)]]);
        let bytes = String::from_utf8(painted(&before, &after)).unwrap();
        assert_eq!(bytes, format!("\x1b[1H{}\x1b[1;3Haa    ", SYMBOLS[family]));
    }
}
