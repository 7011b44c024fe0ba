//! The plain text of a letter as paragraphs and quotations.
//!
//! May not know: headers.

use super::super::BlockKind;
use super::super::markup::blocks::Piece;

/// Widths, in characters, that lines of letters are set to.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=100;

/// A text set in lines: a line goes on in the next one where that one's first word did not fit.
pub(super) fn set(text: &str) -> Vec<Piece> {
    let lines: Vec<_> = text.lines().map(quoted).collect();
    let length = |line: &str| line.chars().count();
    let widest = lines.iter().map(|(_, line)| length(line)).filter(|n| WIDTHS.contains(n)).max();
    let width = widest.unwrap_or(*WIDTHS.end());
    let mut out = Paragraphs::default();
    let mut before = "";
    for (level, line) in lines {
        let word = line.split_whitespace().next().unwrap_or_default();
        let full = is_running(before)
            && is_running(line)
            && length(before) + 1 + length(word) > width.saturating_sub(6);
        out.line(level, line, if full { " " } else { "\n" });
        before = line;
    }
    out.finish()
}

/// Whether a line is running text rather than code, a patch or a table.
fn is_running(line: &str) -> bool {
    line.starts_with(|c: char| c.is_alphanumeric() || "\"'“‘(*_[".contains(c))
        && !line.contains("  ")
}

/// A text in the format of RFC 3676: a line that ends in a space goes on in the next one.
pub(super) fn flowed(text: &str) -> Vec<Piece> {
    let mut out = Paragraphs::default();
    let mut flows = false;
    for line in text.lines() {
        let (level, line) = quoted(line);
        let line = line.strip_prefix(' ').unwrap_or(line);
        out.line(level, line.trim_end(), if flows { " " } else { "\n" });
        flows = line.ends_with(' ') && line != "-- ";
    }
    out.finish()
}

/// How many `>` stand before a line, and the line.
fn quoted(line: &str) -> (u8, &str) {
    let mut rest = line;
    let mut level = 0_u8;
    while let Some(inner) = rest.strip_prefix('>').or_else(|| rest.strip_prefix(" >")) {
        level = level.saturating_add(1);
        rest = inner;
    }
    let rest = if level > 0 { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
    (level, rest)
}

#[derive(Default)]
struct Paragraphs {
    pieces: Vec<Piece>,
    text: String,
    level: u8,
}

impl Paragraphs {
    fn line(&mut self, level: u8, line: &str, joint: &str) {
        if line.trim().is_empty() || level != self.level {
            self.end();
        }
        self.level = level;
        if !self.text.is_empty() {
            self.text.push_str(joint);
        }
        self.text.push_str(line.trim_end());
        if line.trim().is_empty() {
            self.text.clear();
        }
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let kind = match self.level {
            0 => BlockKind::Paragraph,
            level => BlockKind::Quote(level),
        };
        if !text.trim().is_empty() {
            self.pieces.push(Piece { kind, passage: text.as_str().into() });
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.end();
        self.pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(pieces: &[Piece]) -> Vec<(BlockKind, &str)> {
        pieces.iter().map(|piece| (piece.kind, piece.passage.text.as_str())).collect()
    }

    #[test]
    fn lines_that_were_full_are_joined_and_others_are_not() {
        let text = "On Monday Ada wrote:\n> The lamp at the end of the mole was out again last night, and\n\
                    > nobody knows why.\n>> Is it?\n\nIt is the gull.\n\nAda\nHarbour office\n";
        let pieces = set(text);
        assert_eq!(
            outline(&pieces),
            [
                (BlockKind::Paragraph, "On Monday Ada wrote:"),
                (
                    BlockKind::Quote(1),
                    "The lamp at the end of the mole was out again last night, and nobody knows why."
                ),
                (BlockKind::Quote(2), "Is it?"),
                (BlockKind::Paragraph, "It is the gull."),
                (BlockKind::Paragraph, "Ada\nHarbour office"),
            ]
        );
    }

    #[test]
    fn flowing_lines_are_joined() {
        let pieces = flowed("> one \n> two\nthree \nfour\nfive\n-- \nAda");
        assert_eq!(
            outline(&pieces),
            [(BlockKind::Quote(1), "one two"), (BlockKind::Paragraph, "three four\nfive\n--\nAda"),]
        );
    }
}
