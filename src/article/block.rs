//! What the text of a document is made of: paragraphs, headings, items of lists.
//!
//! May not know: comments, which document.

use std::fmt;

use crate::text::span::Span;

/// A paragraph, heading, list item and so on.
///
/// No block is longer than [`MAX_BLOCK`](super::builder::MAX_BLOCK) bytes: a longer one is cut, and its later
/// pieces are flagged `continues`, so that nothing downstream is slow on one huge paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its words; without the mark of a list item or the `>` of a quotation.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Whether it goes on where the block before it was cut.
    pub continues: bool,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The headline, above the body.
    Title,
    /// Authors and date, below the headline.
    Byline,
    /// Running text; a line feed inside is a hard line break.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A quoted paragraph; 1 is the outermost level.
    Quote(u8),
    /// An item of a list: nesting from 0, and its number where the list is ordered.
    Item(u8, Option<Ordinal>),
    /// Preformatted text; line feeds are kept.
    Code,
    /// A row of a table, cells separated by tabs.
    Row(TableRow),
    /// A thematic break; its span is empty.
    Rule,
    /// The author line above a comment; its span is the author's name, empty where unknown.
    Author,
}

impl BlockKind {
    /// Its name in `inspect --json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Paragraph => "paragraph",
            Self::Heading(_) => "heading",
            Self::Quote(_) => "quote",
            Self::Item(..) => "item",
            Self::Code => "code",
            Self::Row(_) => "row",
            Self::Rule => "rule",
            Self::Author => "author",
        }
    }
}

/// The number of an item. It may begin at any byte, so that a [`Block`] has no gaps in it: they take
/// more memory than all else of a long text but its words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ordinal([u8; 4]);

impl From<u32> for Ordinal {
    fn from(number: u32) -> Self {
        Self(number.to_ne_bytes())
    }
}

impl From<Ordinal> for u32 {
    fn from(Ordinal(bytes): Ordinal) -> Self {
        Self::from_ne_bytes(bytes)
    }
}

impl fmt::Display for Ordinal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        u32::from(*self).fmt(out)
    }
}

impl fmt::Debug for Ordinal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// Which of its table a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableRow {
    /// The first one, whose cells are the names of the columns.
    Head,
    /// The first one of a table whose columns have no names.
    First,
    /// A later one.
    Later,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_no_gaps() {
        assert_eq!(size_of::<Block>(), 16);
        let item = BlockKind::Item(1, Some(u32::MAX.into()));
        assert_eq!(format!("{item:?}"), "Item(1, Some(4294967295))");
    }
}
