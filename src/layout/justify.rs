//! Rows as wide as their column: blanks are made wider, each by as many cells as the others or one
//! more. Nothing of the text changes; only where its glyphs stand.
//!
//! May not know: which rows are set so.

use crate::text::shown::glyphs;
use crate::text::span::Span;

/// What a row is wanting of its column may be at most this part of it: blanks that are wider than
/// words tear a page apart.
const LOOSEST: u16 = 4;

/// Cells that the blanks of a row get together, where it is to fill `width` cells and takes `used`.
pub(super) fn stretch(ink: &str, used: u16, width: u16) -> u16 {
    let wanting = width.saturating_sub(used);
    if wanting > width / LOOSEST || gaps(ink) == 0 { 0 } else { wanting }
}

/// Cells that are added before byte `at` of a row whose blanks get `stretch` together.
pub fn before(ink: &str, stretch: u16, at: u32) -> u16 {
    if stretch == 0 {
        return 0;
    }
    let passed = gaps(ink.get(..at as usize).unwrap_or(ink));
    added(stretch, passed, gaps(ink))
}

/// The bytes of the glyph cluster on a cell of such a row, or of the last one before it.
pub fn at_cell(ink: &str, stretch: u16, cell: u16) -> Span {
    let all = gaps(ink);
    let (mut last, mut next, mut natural, mut passed) = (Span::default(), 0, 0, 0);
    for glyph in glyphs(ink) {
        if next > cell {
            break;
        }
        let span = Span::new(glyph.at, glyph.end);
        natural += glyph.width;
        passed += gaps(span.of(ink));
        next = natural + added(stretch, passed, all);
        if glyph.width > 0 {
            last = span;
        }
    }
    last
}

/// Cells that some of the gaps got.
fn added(stretch: u16, passed: usize, all: usize) -> u16 {
    (usize::from(stretch) * passed / all.max(1)) as u16
}

/// The blanks, one that carries a mark as well: so any part of a row is counted as in the whole.
fn gaps(ink: &str) -> usize {
    ink.bytes().filter(|&byte| byte == b' ').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_grow_alike_and_the_last_word_ends_at_the_edge() {
        let ink = "the tide turns at noon";
        assert_eq!(stretch(ink, 22, 28), 6);
        let starts = ["the", "tide", "turns", "at", "noon"].map(|word| {
            let at = ink.find(word).unwrap() as u32;
            at as u16 + before(ink, 6, at)
        });
        assert_eq!(starts, [0, 5, 12, 19, 24]);
        assert_eq!(stretch(ink, 22, 60), 0);
        assert_eq!(stretch("noon", 4, 5), 0);
    }

    #[test]
    fn a_blank_that_carries_a_mark_is_wider_too() {
        let ink = "at \u{301} noon";
        let at = ink.find("noon").unwrap() as u32;
        // Two blanks, the second with an accent on it; its cluster is one cell.
        let cell = 4 + before(ink, 2, at);
        assert_eq!(before(ink, 2, at), 2);
        assert_eq!(at_cell(ink, 2, cell).start, at);
    }

    #[test]
    fn a_cell_leads_back_to_its_glyph() {
        for ink in ["a bc d", "a \u{301} bc \u{301}d e"] {
            let mut natural = 0;
            for glyph in glyphs(ink) {
                let cell = natural + before(ink, 3, glyph.at);
                assert_eq!(at_cell(ink, 3, cell).start, glyph.at, "{ink:?}");
                natural += glyph.width;
            }
        }
        let ink = "a bc d";
        assert_eq!(at_cell(ink, 3, 2).of(ink), " ");
    }
}
