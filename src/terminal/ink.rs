//! How a cell is set, as the numbers of SGR (ECMA-48 8.3.117).
//!
//! May not know: where cells are.

use std::io::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Colours and weight of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

/// Whether two cells look alike.
pub(super) fn alike(one: &Cell, other: &Cell) -> bool {
    // Nearly all symbols are a single byte, and a frame has thousands of them.
    let symbols = match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
        ([one], [other]) => one == other,
        (one, other) => one == other,
    };
    symbols && Ink::of(one) == Ink::of(other)
}

/// Whether two rows of cells look alike.
pub(super) fn all_alike(one: &[Cell], other: &[Cell]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
}

/// The numbers that set and unset each modifier. Bold and dim are unset together.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Ink {
    /// As a terminal writes that was told nothing.
    pub(super) const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        underline: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// Of a cell.
    pub(super) const fn of(cell: &Cell) -> Self {
        let Cell { fg, bg, underline_color: underline, modifier, .. } = *cell;
        Self { fg, bg, underline, modifier }
    }

    /// Appends what changes `before` into this, in the shorter of two ways: what differs, or
    /// everything after a reset.
    pub(super) fn after(self, before: Self, out: &mut Vec<u8>) {
        if self == before {
            return;
        }
        let start = out.len();
        self.differences(before, &[], out);
        if self == Self::PLAIN || out.len() - start > 6 {
            let mut anew = Vec::new();
            self.differences(Self::PLAIN, b"0", &mut anew);
            if anew.len() < out.len() - start || self == Self::PLAIN {
                out.truncate(start);
                out.extend(if self == Self::PLAIN { b"\x1b[m" } else { &anew[..] });
            }
        }
    }

    fn differences(self, before: Self, first: &[u8], out: &mut Vec<u8>) {
        let mut numbers = first.to_vec();
        let removed = before.modifier - self.modifier;
        let both = Modifier::BOLD | Modifier::DIM;
        // What goes with one of the two takes the other with it.
        let kept = if removed.intersects(both) { before.modifier - both } else { before.modifier };
        let mut unset = 0;
        for (modifier, _, off) in MODIFIERS.into_iter().filter(|one| removed.contains(one.0)) {
            if off != unset && before.modifier.contains(modifier) {
                number(&mut numbers, off);
            }
            unset = off;
        }
        for (_, on, _) in MODIFIERS.into_iter().filter(|one| (self.modifier - kept).contains(one.0))
        {
            number(&mut numbers, on);
        }
        if self.fg != before.fg {
            colour(&mut numbers, 30, self.fg);
        }
        if self.bg != before.bg {
            colour(&mut numbers, 40, self.bg);
        }
        if !numbers.is_empty() {
            out.extend(b"\x1b[");
            out.extend(numbers);
            out.push(b'm');
        }
        if self.underline != before.underline {
            underline(self.underline, out);
        }
    }
}

fn number(numbers: &mut Vec<u8>, number: u8) {
    separate(numbers);
    // Writing to a vector cannot fail.
    let _ = write!(numbers, "{number}");
}

fn separate(numbers: &mut Vec<u8>) {
    if !numbers.is_empty() {
        numbers.push(b';');
    }
}

/// A colour of the text (`base` 30) or behind it (40).
fn colour(numbers: &mut Vec<u8>, base: u8, colour: Color) {
    match (colour, index(colour)) {
        (Color::Reset, _) => number(numbers, base + 9),
        (_, Some(index @ 0..8)) => number(numbers, base + index),
        (_, Some(index @ 8..16)) if !matches!(colour, Color::Indexed(_)) => {
            number(numbers, base + 52 + index);
        }
        (Color::Rgb(r, g, b), _) => {
            separate(numbers);
            let _ = write!(numbers, "{};2;{r};{g};{b}", base + 8);
        }
        (_, index) => {
            separate(numbers);
            let _ = write!(numbers, "{};5;{}", base + 8, index.unwrap_or(0));
        }
    }
}

/// The colour of an underline, apart from the rest and with colons: a terminal that does not know
/// it leaves it out as a whole.
fn underline(colour: Color, out: &mut Vec<u8>) {
    let _ = match (colour, index(colour)) {
        (Color::Rgb(r, g, b), _) => write!(out, "\x1b[58:2::{r}:{g}:{b}m"),
        (_, Some(index)) => write!(out, "\x1b[58:5:{index}m"),
        _ => write!(out, "\x1b[59m"),
    };
}

/// The number of a colour in the table of 256.
const fn index(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Reset | Color::Rgb(..) => return None,
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(before: Ink, after: Ink) -> String {
        let mut out = Vec::new();
        after.after(before, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_shorter_way_is_taken() {
        let bold = Ink { modifier: Modifier::BOLD, ..Ink::PLAIN };
        let dim = Ink { modifier: Modifier::DIM, ..Ink::PLAIN };
        let both = Ink { modifier: Modifier::BOLD | Modifier::DIM, fg: Color::Cyan, ..Ink::PLAIN };
        assert_eq!(bytes(bold, bold), "");
        assert_eq!(bytes(Ink::PLAIN, bold), "\x1b[1m");
        assert_eq!(bytes(bold, Ink::PLAIN), "\x1b[m");
        assert_eq!(bytes(bold, dim), "\x1b[0;2m");
        assert_eq!(bytes(both, Ink { fg: Color::Cyan, ..dim }), "\x1b[22;2m");
        let loud = Ink {
            modifier: Modifier::ITALIC | Modifier::UNDERLINED | Modifier::REVERSED,
            ..Ink::PLAIN
        };
        assert_eq!(bytes(loud, bold), "\x1b[0;1m");
    }

    #[test]
    fn colours_of_all_sorts() {
        let fg = |fg| Ink { fg, ..Ink::PLAIN };
        assert_eq!(bytes(Ink::PLAIN, fg(Color::Red)), "\x1b[31m");
        assert_eq!(bytes(Ink::PLAIN, fg(Color::White)), "\x1b[97m");
        assert_eq!(bytes(Ink::PLAIN, fg(Color::Indexed(9))), "\x1b[38;5;9m");
        assert_eq!(bytes(Ink::PLAIN, fg(Color::Rgb(1, 2, 3))), "\x1b[38;2;1;2;3m");
        let bg = Ink { bg: Color::LightRed, ..Ink::PLAIN };
        assert_eq!(bytes(Ink::PLAIN, bg), "\x1b[101m");
        let line = Ink { underline: Color::Yellow, ..Ink::PLAIN };
        assert_eq!(bytes(Ink::PLAIN, line), "\x1b[58:5:3m");
    }
}
