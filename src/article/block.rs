//! What the text of a document is made of: paragraphs, headings, items of lists.
//!
//! May not know: comments, which document.

use std::fmt;

use bytemuck::{Pod, Zeroable};

use crate::text::span::Span;

/// A paragraph, heading, list item and so on.
///
/// No block is longer than [`MAX_BLOCK`](super::builder::MAX_BLOCK) bytes: a longer one is cut, and its later
/// pieces are flagged to go on, so that nothing downstream is slow on one huge paragraph.
///
/// 16 bytes that may lie anywhere, large pages among them: blocks take more memory than all else of a
/// long text but its words.
#[derive(Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Block {
    /// Its words; without the mark of a list item or the `>` of a quotation.
    pub span: Span,
    /// The number of an item.
    number: u32,
    tag: u8,
    /// Of a heading, quotation or item.
    level: u8,
    continues: u8,
    unused: u8,
}

impl Block {
    /// A block of these words.
    pub const fn new(span: Span, kind: BlockKind) -> Self {
        let (tag, level, number) = match kind {
            BlockKind::Paragraph => (0, 0, 0),
            BlockKind::Title => (1, 0, 0),
            BlockKind::Byline => (2, 0, 0),
            BlockKind::Heading(level) => (3, level, 0),
            BlockKind::Quote(level) => (4, level, 0),
            BlockKind::Item(level, None) => (5, level, 0),
            BlockKind::Item(level, Some(number)) => (6, level, number),
            BlockKind::Code => (7, 0, 0),
            BlockKind::Row(TableRow::Head) => (8, 0, 0),
            BlockKind::Row(TableRow::First) => (9, 0, 0),
            BlockKind::Row(TableRow::Later) => (10, 0, 0),
            BlockKind::Rule => (11, 0, 0),
            BlockKind::Author => (12, 0, 0),
        };
        Self { span, number, tag, level, continues: 0, unused: 0 }
    }

    /// What it is.
    pub const fn kind(&self) -> BlockKind {
        match self.tag {
            1 => BlockKind::Title,
            2 => BlockKind::Byline,
            3 => BlockKind::Heading(self.level),
            4 => BlockKind::Quote(self.level),
            5 => BlockKind::Item(self.level, None),
            6 => BlockKind::Item(self.level, Some(self.number)),
            7 => BlockKind::Code,
            8 => BlockKind::Row(TableRow::Head),
            9 => BlockKind::Row(TableRow::First),
            10 => BlockKind::Row(TableRow::Later),
            11 => BlockKind::Rule,
            12 => BlockKind::Author,
            _ => BlockKind::Paragraph,
        }
    }

    /// Whether it goes on where the block before it was cut.
    pub const fn continues(&self) -> bool {
        self.continues != 0
    }

    /// The same of other words.
    #[must_use]
    pub const fn at(self, span: Span) -> Self {
        Self { span, ..self }
    }

    /// What goes on after it with these words.
    #[must_use]
    pub const fn going_on(self, span: Span) -> Self {
        Self { span, continues: 1, ..self }
    }

    /// The same words as something else.
    #[must_use]
    pub const fn turned(self, kind: BlockKind) -> Self {
        Self { continues: self.continues, ..Self::new(self.span, kind) }
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = if self.continues() { " going on" } else { "" };
        write!(out, "{:?}{more} {}..{}", self.kind(), self.span.start, self.span.end)
    }
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
    Item(u8, Option<u32>),
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
    fn a_block_is_what_it_was_made_of() {
        let rows = [TableRow::Head, TableRow::First, TableRow::Later].map(BlockKind::Row);
        let items = [None, Some(0), Some(u32::MAX)].map(|number| BlockKind::Item(7, number));
        let levels = [BlockKind::Heading(6), BlockKind::Quote(255)];
        let plain = [BlockKind::Title, BlockKind::Byline, BlockKind::Paragraph];
        let other = [BlockKind::Code, BlockKind::Rule, BlockKind::Author];
        for kind in rows.into_iter().chain(items).chain(levels).chain(plain).chain(other) {
            let block = Block::new(Span::new(2, 4), kind);
            assert_eq!((block.kind(), block.continues()), (kind, false));
            let rest = block.going_on(Span::new(4, 5));
            assert_eq!((rest.kind(), rest.continues(), rest.span.start), (kind, true, 4));
            assert_eq!(
                rest.turned(BlockKind::Code),
                Block::new(rest.span, BlockKind::Code).going_on(rest.span)
            );
        }
        assert_eq!(size_of::<Block>(), 16);
    }
}
