//! The bytes that turn what a terminal shows into what it is to show: only the cells that differ,
//! with as little moving about as that takes.
//!
//! Where rows have moved up or down, the terminal moves them itself: DECSTBM with SU or SD
//! (ECMA-48 8.3.147 and 8.3.113), which every terminal since the VT100 family knows. Terminals
//! that add up the widths of characters and those that know clusters disagree about some emoji:
//! a row of such is erased before anything is written to it, and after one the place is told anew.
//!
//! Links are switched on and off between cells (OSC 8), as colours are. Neither a reset of those nor
//! a move ends a link, so that none is left on where the pen goes on.
//!
//! A picture that the terminal shows itself is written after the cells under it, and once more
//! whenever its rows were written: most terminals take out of it what is written over. Some do not,
//! so where it goes everything is erased, which takes pictures away in all of them. Meanwhile
//! no rows are moved.
//!
//! May not know: the model, what the cells mean.

use std::io::Write as _;

use ratatui::buffer::Cell;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::frame::{Frame, Row};
use super::ink::Ink;
use super::raster;
use super::shift::{self, Shift};
use crate::app::reading::hyperlinks::Target;
use crate::app::reading::pictures::Placed;

/// A gap of so many cells that stay as they are is written again rather than moved over.
const GAP: u16 = 4;

/// So many blanks in a row are erased rather than written.
const BLANKS: u16 = 6;

/// Everything blank, and the pen plain.
pub(super) const CLEAR: &[u8] = b"\x1b[m\x1b[H\x1b[2J";

/// Appends what turns `before` into `after`, two screens of the same size; nothing where they are
/// the same. The pen is plain and no region is set, before and after.
pub(super) fn paint(before: &Frame, after: &Frame, out: &mut Vec<u8>) {
    match before.picture() {
        Some(gone) if before.picture() != after.picture() => {
            raster::hide(gone.raster.protocol(), out);
            out.extend(CLEAR);
            paint_over(&Frame::nothing(), after, out);
        }
        _ => paint_over(before, after, out),
    }
}

/// As [`paint`], where no picture goes. A row that is not there is blank.
fn paint_over(before: &Frame, after: &Frame, out: &mut Vec<u8>) {
    let shift = match after.picture() {
        Some(_) => None,
        None => shift::between(&before.cells, &after.cells),
    };
    let blank = vec![Cell::EMPTY; usize::from(after.cells.area.width)];
    let blank = Row::plain(&blank);
    let mut pen = Pen { out, blank, place: None, ink: Ink::PLAIN, target: None };
    if let Some(shift) = shift {
        pen.shift(shift);
    }
    for y in 0..after.cells.area.height {
        let from = shift.map_or(Some(y), |shift| shift.source(y));
        let shown = from.map(|from| before.row(from)).filter(|row| !row.cells.is_empty());
        pen.row(y, shown.unwrap_or(blank), after.row(y));
    }
    pen.change(Ink::PLAIN, None);
    let is_due = |picture: &&Placed| {
        let mut rows = picture.area.y..picture.area.y + picture.area.height;
        before.picture().is_none() || rows.any(|y| before.row(y) != after.row(y))
    };
    if let Some(picture) = after.picture().filter(is_due) {
        raster::show(picture, out);
    }
}

/// Where the terminal's cursor is, and how it writes.
struct Pen<'a> {
    out: &'a mut Vec<u8>,
    /// A row of blanks.
    blank: Row<'a>,
    /// Row and column; of each nothing where terminals disagree about it, and at the right margin.
    place: Option<(u16, Option<u16>)>,
    ink: Ink,
    target: Option<&'a Target>,
}

impl<'a> Pen<'a> {
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
    fn row(&mut self, y: u16, shown: Row<'a>, after: Row<'a>) {
        if shown == after {
            return;
        }
        let columns = after.cells.len();
        let shown = self.erased(y, shown, after);
        let (mut x, mut forced) = (0, 0);
        while let Some(cell) = after.cells.get(x) {
            let Measure { width, sum } = Measure::of(cell.symbol());
            if x < forced || !shown.is_alike(after, x) {
                let blanks = blanks(shown, after, x);
                let taken = if blanks >= BLANKS { usize::from(blanks) } else { width };
                self.reach(x as u16, y, after);
                if blanks >= BLANKS {
                    self.erase(blanks, x + taken == columns);
                } else {
                    self.change(Ink::of(cell), after.target(x));
                    self.write(cell.symbol(), sum > columns - x);
                    let column = (sum == width).then_some((x + width) as u16);
                    self.place = (x + sum.max(width) < columns).then_some((y, column));
                }
                // What a terminal that adds up has written over is written again.
                let end = x + taken.max(sum);
                forced = forced.max(half_left(shown.cells, end)).max(end);
                x += taken;
            } else {
                x += width;
            }
        }
    }

    /// What is shown of a row before anything is written to it: nothing of one with an emoji, in it or
    /// to be in it, about which terminals disagree; nobody knows on which cells it is.
    fn erased(&mut self, y: u16, shown: Row<'a>, after: Row<'_>) -> Row<'a> {
        let mut cells = shown.cells.iter().chain(after.cells);
        if shown == self.blank || !cells.any(|cell| Measure::of(cell.symbol()).is_doubtful()) {
            return shown;
        }
        self.go_to(0, y);
        self.erase(0, true);
        self.place = Some((y, Some(0)));
        self.blank
    }

    /// Writes a symbol, which must not go on in the next row where it is too wide for this one.
    fn write(&mut self, symbol: &str, too_wide: bool) {
        let (stay, go_on) = if too_wide { ("\x1b[?7l", "\x1b[?7h") } else { ("", "") };
        for part in [stay, symbol, go_on] {
            self.out.extend(part.as_bytes());
        }
    }

    /// Moves to a cell: over a short gap by writing what is there already.
    fn reach(&mut self, x: u16, y: u16, after: Row<'_>) {
        match self.place {
            Some(place) if place == (y, Some(x)) => {}
            Some((row, Some(from))) if row == y && from < x => {
                let cells = &after.cells[usize::from(from)..usize::from(x)];
                let alike = |cell: &Cell| cell.symbol().len() == 1 && Ink::of(cell) == self.ink;
                let leads_alike = |x: u16| after.target(x.into()) == self.target;
                if x - from <= GAP && cells.iter().all(alike) && (from..x).all(leads_alike) {
                    self.out.extend(cells.iter().flat_map(|cell| cell.symbol().bytes()));
                } else if x - from == 1 {
                    self.out.extend(b"\x1b[C");
                } else {
                    self.put(format_args!("\x1b[{}C", x - from));
                }
            }
            _ => self.go_to(x, y),
        }
        self.place = Some((y, Some(x)));
    }

    fn go_to(&mut self, x: u16, y: u16) {
        self.out.extend(b"\x1b[");
        if self.place.is_some_and(|(row, _)| row == y) {
            self.number(x + 1);
            return self.out.push(b'G');
        }
        self.number(y + 1);
        if x > 0 {
            self.out.push(b';');
            self.number(x + 1);
        }
        self.out.push(b'H');
    }

    /// Erases some cells from here, without moving.
    fn erase(&mut self, count: u16, to_the_end: bool) {
        self.change(Ink::PLAIN, None);
        if to_the_end {
            self.out.extend(b"\x1b[K");
        } else {
            self.put(format_args!("\x1b[{count}X"));
        }
    }

    fn change(&mut self, ink: Ink, target: Option<&'a Target>) {
        if target != self.target {
            self.switch(target);
        }
        self.target = target;
        ink.after(self.ink, self.out);
        self.ink = ink;
    }

    /// Switches a link on, or off. Its number tells the terminal which cells are one link; its
    /// address holds neither a semicolon nor anything else that would end the sequence.
    fn switch(&mut self, target: Option<&Target>) {
        match target {
            Some(Target { link, address }) => {
                self.put(format_args!("\x1b]8;id={link};{}\x1b\\", address.as_str()));
            }
            None => self.out.extend(b"\x1b]8;;\x1b\\"),
        }
    }

    /// Appends a number, which is written for every other glyph where terminals disagree about them.
    fn number(&mut self, number: u16) {
        if number > 9 {
            self.number(number / 10);
        }
        self.out.push(b'0' + (number % 10) as u8);
    }

    fn put(&mut self, sequence: std::fmt::Arguments<'_>) {
        // Writing to a vector cannot fail.
        let _ = self.out.write_fmt(sequence);
    }
}

/// How many plain blanks a row has from column `x` on, up to the last one that differs from what
/// is shown.
fn blanks(shown: Row<'_>, after: Row<'_>, x: usize) -> u16 {
    let blank = |cell: &Cell| cell.symbol() == " " && Ink::of(cell) == Ink::PLAIN;
    let is_plain = |&x: &usize| blank(&after.cells[x]) && after.target(x).is_none();
    let run = (x..after.cells.len()).take_while(is_plain).count();
    let last = (x..x + run).rposition(|x| !shown.is_alike(after, x));
    last.map_or(0, |last| last + 1) as u16
}

/// One past the cells of which half is left where everything before column `x` was written over.
fn half_left(shown: &[Cell], x: usize) -> usize {
    let last = x.checked_sub(1).and_then(|last| shown.get(last));
    last.map_or(0, |cell| x - 1 + cells(cell.symbol()))
}

/// How many cells a symbol takes.
#[derive(Clone, Copy, Debug)]
struct Measure {
    /// Cells that it is given.
    width: usize,
    /// Cells that it takes where the widths of its characters are added up.
    sum: usize,
}

impl Measure {
    fn of(symbol: &str) -> Self {
        let width = cells(symbol);
        let sum = || symbol.chars().map(|ch| ch.width().unwrap_or(0)).sum();
        let first = symbol.chars().next().map_or(0, char::len_utf8);
        Self { width, sum: if first < symbol.len() { sum() } else { width } }
    }

    /// Whether terminals disagree about it.
    const fn is_doubtful(self) -> bool {
        self.sum != self.width
    }
}

/// Cells that a symbol is given.
fn cells(symbol: &str) -> usize {
    if symbol.len() == 1 { 1 } else { symbol.width().max(1) }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "nothing is sent to a terminal")]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::app::reading::hyperlinks::Hyperlink;
    use crate::app::reading::raster::{Protocol, Raster};
    use crate::layout::panes::{Area, Size};
    use crate::text::address::Address;
    use proptest::prelude::*;
    use ratatui::style::{Color, Modifier, Style};
    use regex::{Captures, Regex};

    const SYMBOLS: [&str; 14] =
        ["a", "b", " ", " ", " ", "é", "│", "e\u{301}", "日", "語", "👍", "❤️", "1️⃣", "👨‍👩‍👧"];

    /// Of them those that all terminals agree about.
    const AGREED: usize = 11;

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

    /// Symbol, style and link, none where it is 0.
    type Glyphs = Vec<Vec<(usize, usize, usize)>>;

    fn frame(size: (u16, u16), rows: &Glyphs) -> Frame {
        covered(size, rows, None)
    }

    fn covered((width, height): (u16, u16), rows: &Glyphs, picture: Option<Placed>) -> Frame {
        let mut frame = Frame::blank(Size { width, height });
        let mut links = Vec::new();
        let is_covered = |x, y| picture.as_ref().is_some_and(|it| it.area.holds(x, y));
        for (y, row) in (0..height).zip(rows) {
            let mut x = 0;
            for &(symbol, style, link) in row {
                let (symbol, style) = (SYMBOLS[symbol], styles()[style]);
                let taken = cells(symbol) as u16;
                if (x..x + taken).any(|x| is_covered(x, y)) {
                    x += taken;
                } else if x + taken <= width {
                    frame.cells[(x, y)].set_symbol(symbol).set_style(style);
                    links.extend((link > 0).then(|| hyperlink(y, x..x + taken, link)));
                    x += taken;
                }
            }
        }
        frame.link(links);
        frame.cover(picture);
        frame
    }

    fn picture(protocol: Protocol, area: (u16, u16, u16, u16)) -> Placed {
        let (x, y, width, height) = area;
        let raster = Raster::new(protocol, Size { width, height }, (9, 9), "AAAA".into());
        Placed { area: Area { x, y, width, height }, raster: Arc::new(raster.unwrap()) }
    }

    fn hyperlink(y: u16, columns: std::ops::Range<u16>, link: usize) -> Hyperlink {
        let address = Address::parse(&format!("https://example.org/{link}"), None).unwrap();
        Hyperlink { y, columns, target: Target { link, address } }
    }

    /// The cells of a terminal that was sent some bytes, and where they lead; what is blank is blank
    /// however it came.
    fn shown(size: (u16, u16), bytes: &[u8]) -> Vec<(String, String)> {
        // A terminal that knows no pictures has letters for them, which go as pictures go.
        let sent = std::str::from_utf8(bytes).unwrap();
        let picture =
            "\x1b\\[(\\d+);(\\d+)H\x1b]1337;[a-z=1;F]*width=(\\d+);height=(\\d+);[^\x07]*\x07";
        let letters = |picture: &Captures<'_>| {
            let number = |at: usize| picture[at].parse::<usize>().unwrap();
            let row = |row: usize| format!("\x1b[{row};{}H{}", number(2), "#".repeat(number(3)));
            (number(1)..number(1) + number(4)).map(row).collect::<String>()
        };
        let sent = &Regex::new(picture).unwrap().replace_all(sent, letters);
        let looks = looks(size, sent.as_bytes());
        // A terminal that knows colours, but no links, has them for colours.
        let plain = Regex::new("\x1b\\[[0-9;:]*m").unwrap().replace_all(sent, "");
        let links = Regex::new("\x1b\\]8;(?:id=([0-9]+))?;([^\x1b]*)\x1b\\\\").unwrap();
        let colour = |link: &Captures<'_>| match link.get(1) {
            Some(number) => format!("\x1b[38;5;{}m", number.as_str()),
            None => "\x1b[39m".into(),
        };
        let coloured = links.replace_all(&plain, colour);
        looks.into_iter().zip(self::looks(size, coloured.as_bytes())).collect()
    }

    fn looks(size: (u16, u16), bytes: &[u8]) -> Vec<String> {
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
        let look = |(x, y)| if hidden(x, y) { String::new() } else { cell(x, y) };
        places(size).map(look).collect()
    }

    /// Columns and rows.
    fn places(size: (u16, u16)) -> impl Iterator<Item = (u16, u16)> {
        (0..size.1).flat_map(move |y| (0..size.0).map(move |x| (x, y)))
    }

    fn painted(before: &Frame, after: &Frame) -> Vec<u8> {
        let mut bytes = Vec::new();
        paint(before, after, &mut bytes);
        bytes
    }

    /// A row of some of the first so many symbols.
    fn row_of(symbols: usize) -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
        let link = prop_oneof![4 => Just(0), 1 => 1..4usize];
        proptest::collection::vec((0..symbols, 0..6usize, link), 0..24)
    }

    /// The same row with blanks for what terminals disagree about.
    fn without_doubtful(row: Vec<(usize, usize, usize)>) -> Vec<(usize, usize, usize)> {
        let blank = |(symbol, style, link)| match symbol {
            AGREED.. => vec![(2, style, link); 2],
            _ => vec![(symbol, style, link)],
        };
        row.into_iter().flat_map(blank).collect()
    }

    fn glyphs() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
        row_of(AGREED)
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
            let (before, after) = (frame(size, &before), frame(size, &after));
            let empty = frame(size, &Vec::new());
            let all = shown(size, &painted(&empty, &after));
            let mut bytes = painted(&empty, &before);
            bytes.extend(painted(&before, &after));
            prop_assert_eq!(shown(size, &bytes), all);
            prop_assert!(painted(&after, &after).is_empty());
        }

        #[test]
        fn of_what_terminals_disagree_about_nothing_is_left(
            rows in proptest::collection::vec(proptest::collection::vec(row_of(SYMBOLS.len()), 3), 4),
        ) {
            // Room for an emoji that is wider than was thought.
            let size = (40, 3);
            let narrow = |row: &Vec<(usize, usize, usize)>| row.iter().take(16).copied().collect();
            let empty = frame(size, &Vec::new());
            let (mut before, mut bytes) = (empty.clone(), Vec::new());
            for rows in rows {
                let rows: Glyphs = rows.iter().map(narrow).collect();
                let after = frame(size, &rows);
                bytes.extend(painted(&before, &after));
                let all = shown(size, &bytes);
                prop_assert_eq!(&all, &shown(size, &painted(&empty, &after)));
                // All else is as if there were blanks.
                let agreed = frame(size, &rows.into_iter().map(without_doubtful).collect());
                let seen = shown(size, &painted(&empty, &agreed));
                for ((cell, there), (x, y)) in all.iter().zip(seen).zip(places(size)) {
                    let is_one = |x| Measure::of(after.cells[(x, y)].symbol()).is_doubtful();
                    let is_agreed = !is_one(x) && x.checked_sub(1).is_none_or(|x| !is_one(x));
                    prop_assert!(!is_agreed || cell == &there, "{:?}: {:?}, {:?}", (x, y), cell, there);
                }
                before = after;
            }
        }

        #[test]
        fn a_picture_is_seen_as_a_whole_and_nothing_of_it_where_it_is_no_more(
            rows in proptest::collection::vec(proptest::collection::vec(glyphs(), 8), 4),
            areas in proptest::collection::vec((0..14u16, 0..7u16, 1..9u16, 1..6u16), 3),
            shown_are in proptest::collection::vec(0..4usize, 4),
        ) {
            let size = (16, 8);
            let inside = |(x, y, width, height): (u16, u16, u16, u16)| {
                (x, y, width.min(size.0 - x), height.min(size.1 - y))
            };
            let pictures = areas.into_iter().map(|area| picture(Protocol::Iterm, inside(area)));
            let pictures: Vec<Placed> = pictures.collect();
            let empty = frame(size, &Vec::new());
            let (mut before, mut bytes) = (empty.clone(), Vec::new());
            for (rows, which) in rows.iter().zip(shown_are) {
                let after = covered(size, rows, pictures.get(which).cloned());
                bytes.extend(painted(&before, &after));
                prop_assert_eq!(shown(size, &bytes), shown(size, &painted(&empty, &after)));
                prop_assert!(painted(&after, &after).is_empty());
                before = after;
            }
        }
    }

    #[test]
    fn a_picture_is_sent_once_and_taken_away_by_its_protocol() {
        let rows = |word: usize| vec![vec![(word, 0, 0)]; 5];
        let sent =
            |before: &Frame, after: &Frame| String::from_utf8(painted(before, after)).unwrap();
        for (protocol, start, gone) in [
            (Protocol::Kitty, "\x1b[3;4H\x1b_Gq=2,a=T,", "\x1b_Ga=d,d=I,i=1,q=2\x1b\\"),
            (Protocol::Sixel, "\x1b[3;4H\x1bP9;1;0qAAAA\x1b\\", ""),
            (Protocol::Iterm, "\x1b[3;4H\x1b]1337;File=inline=1;width=4;height=2;", ""),
        ] {
            let picture = picture(protocol, (3, 2, 4, 2));
            let bare = frame((10, 5), &rows(0));
            let with = covered((10, 5), &rows(0), Some(picture.clone()));
            let come = sent(&bare, &with);
            assert!(come.starts_with(start), "{come:?}");
            // Where nothing changes nothing is sent, and no letter of it where a row beside does.
            assert_eq!(sent(&with, &with), "");
            let beside = vec![
                vec![(1, 0, 0)],
                vec![(0, 0, 0)],
                vec![(0, 0, 0)],
                vec![(0, 0, 0)],
                vec![(0, 0, 0)],
            ];
            let beside = covered((10, 5), &beside, Some(picture.clone()));
            assert_eq!(sent(&with, &beside), "\x1b[1Hb");
            // A row under it is written: it is too.
            let other = covered((10, 5), &rows(1), Some(picture));
            assert_eq!(sent(&with, &other).matches(start).count(), 1);
            let went = sent(&with, &bare);
            assert!(went.starts_with(&format!("{gone}\x1b[m\x1b[H\x1b[2J\x1b[1Ha")), "{went:?}");
        }
    }

    #[test]
    fn no_row_is_moved_while_a_picture_is_shown() {
        let over = |mut frame: Frame| {
            frame.cover(Some(picture(Protocol::Sixel, (2, 2, 5, 5))));
            frame
        };
        let moves = |before: &Frame, after: &Frame| {
            String::from_utf8(painted(before, after)).unwrap().contains("\x1b[r")
        };
        assert!(moves(&prose(0), &prose(1)));
        assert!(!moves(&over(prose(0)), &prose(1)) && !moves(&prose(0), &over(prose(1))));
    }

    /// A screen of prose from some line on, between two lines that stay.
    fn prose(first: usize) -> Frame {
        let mut frame = Frame::blank(Size { width: 100, height: 30 });
        for y in 0..30_u16 {
            let line = first + usize::from(y);
            let words = format!("line {line} of the ledger: {} lamps lit", line * 7919 % 10007);
            let words = if y == 0 || y == 29 { "title".to_owned() } else { words.repeat(2) };
            frame.cells.set_string(10, y, words, Style::new());
        }
        frame
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
    fn a_row_with_an_emoji_of_doubtful_width_is_erased_before() {
        let family = SYMBOLS.len() - 1;
        let before = frame((8, 1), &vec![vec![(family, 0, 0), (0, 0, 0), (1, 0, 0)]]);
        let after = frame((8, 1), &vec![vec![(family, 0, 0), (0, 0, 0), (0, 0, 0)]]);
        let bytes = String::from_utf8(painted(&before, &after)).unwrap();
        // After the letters blanks, where a terminal has written that adds up.
        assert_eq!(bytes, format!("\x1b[1H\x1b[K{}\x1b[3Gaa  ", SYMBOLS[family]));
        let edge = frame((4, 1), &vec![vec![(0, 0, 0), (family, 0, 0)]]);
        let bytes = String::from_utf8(painted(&Frame::nothing(), &edge)).unwrap();
        assert_eq!(bytes, format!("\x1b[1Ha\x1b[?7l{}\x1b[?7h\x1b[1;4H ", SYMBOLS[family]));
    }

    #[test]
    fn links_are_on_between_their_cells_and_off_at_the_end() {
        let row = |link| vec![vec![(0, 0, 0), (1, 0, link), (1, 2, link), (0, 0, 0)]];
        let (plain, linked) = (frame((8, 1), &row(0)), frame((8, 1), &row(7)));
        let blank = Frame::blank(Size { width: 8, height: 1 });
        let sent =
            |before: &Frame, after: &Frame| String::from_utf8(painted(before, after)).unwrap();
        let on = "\x1b]8;id=7;https://example.org/7\x1b\\";
        let whole = format!("\x1b[1Ha{on}b\x1b[1;36mb\x1b]8;;\x1b\\\x1b[ma");
        assert_eq!(sent(&blank, &linked), whole);
        let only = format!("\x1b[1;2H{on}b\x1b[1;36mb\x1b]8;;\x1b\\\x1b[m");
        assert_eq!(sent(&plain, &linked), only);
        assert_eq!(sent(&linked, &plain), "\x1b[1;2Hb\x1b[1;36mb\x1b[m");
        assert_eq!(sent(&linked, &linked), "");
    }
}
