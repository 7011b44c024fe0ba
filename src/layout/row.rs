//! One row of a pane: its bytes, and where on it they stand.
//!
//! May not know: how rows are found.

use super::wrapped::Piece;
use crate::text::span::Span;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its bytes, white space at the end included; where it starts is its place. They are what it
    /// shows, but in a table, whose cells stand side by side: see [`Row::pieces`].
    pub span: Span,
    /// What it shows of the cells of a table, from left to right; else nothing.
    pub cells: Vec<Piece>,
    /// What it shows.
    pub kind: RowKind,
    /// Index into the document's blocks.
    pub block: u32,
    /// Cells before the text.
    pub indent: u16,
    /// Whether it is the first row of its block.
    pub opens: bool,
    /// Cells that its blanks get together, so that it fills the column (see [`justify`](super::justify)).
    pub stretch: u16,
    /// Whether it ends inside a word, and a hyphen stands behind it.
    pub hyphen: bool,
}

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Words.
    Text,
    /// The author line of a comment.
    Author,
    /// Nothing.
    Blank,
    /// The rule above a top-level thread.
    Thread,
    /// A thin line of so many cells, between two rows of a table.
    Rule(u16),
}

impl Row {
    /// The runs of text on it, from left to right; `x` counts from the left edge of the column.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> + '_ {
        let whole = Piece { line: 0, span: self.span, x: self.indent, name: None };
        let alone = Some(whole).filter(|_| self.cells.is_empty());
        self.cells.iter().copied().chain(alone)
    }

    /// The run of text that shows byte `at`, or else the last one before it.
    pub fn piece_at(&self, at: u32) -> Option<Piece> {
        let before = self.pieces().filter(|piece| piece.span.start <= at);
        before.max_by_key(|piece| piece.span.start)
    }

    /// The run of text on cell `x` of the column, or else the last one left of it.
    pub fn piece_on(&self, x: u16) -> Option<Piece> {
        self.pieces().take_while(|piece| piece.x <= x).last().or_else(|| self.pieces().next())
    }
}
