//! The rows of one pane's text, walked from any byte in either direction.
//!
//! Every row starts at a byte of its own, blank rows too (the separator of two blocks is two
//! bytes long), so that a place in a pane is one byte offset at any width. Only the blocks that
//! are asked for are wrapped; no block is longer than [`crate::article::builder::MAX_BLOCK`].
//!
//! May not know: keys, styles, state.

use std::borrow::Cow;
use std::ops::Range;

use super::folds::Folds;
pub use super::row::{Row, RowKind};
use super::setting::{Edge, Setting};
use super::table::Form;
use super::wrapped::{Lines, Parting, Piece, Wrapped};
use super::{hyphen, justify, wrap};
use crate::article::{Block, BlockKind, Document, TableRow};
use crate::text::shown;
use crate::text::span::Span;

/// Cells that a reply is indented by.
const STEP: u16 = 2;

/// A text column is never narrower than this many cells because of indentation.
const NARROWEST: u16 = 30;

/// Some blocks of a document, set in a column of a width.
#[derive(Clone, Copy, Debug)]
pub struct Flow<'a> {
    /// The article.
    pub doc: &'a Document,
    /// First of the blocks.
    pub first: u32,
    /// One past the last of them.
    pub last: u32,
    /// Cells.
    pub width: u16,
    /// What is hidden.
    pub folds: &'a Folds,
    /// How paragraphs are set.
    pub setting: Setting,
    /// Lines of some of the blocks, where they are known.
    pub wrapped: Option<&'a Wrapped>,
}

impl<'a> Flow<'a> {
    /// The body with title and byline.
    pub fn body(doc: &'a Document, folds: &'a Folds, width: u16) -> Self {
        let (last, setting) = (doc.body.end, Setting::default());
        Self { doc, first: 0, last, width, folds, setting, wrapped: None }
    }

    /// The discussion.
    pub fn comments(doc: &'a Document, folds: &'a Folds, width: u16) -> Self {
        let (first, last) = (doc.body.end, doc.blocks.len() as u32);
        Self { doc, first, last, width, folds, setting: Setting::default(), wrapped: None }
    }

    /// With paragraphs set so.
    #[must_use]
    pub const fn set(self, setting: Setting) -> Self {
        Self { setting, ..self }
    }

    /// With lines that are known already.
    #[must_use]
    pub const fn knowing(self, wrapped: &'a Wrapped) -> Self {
        Self { wrapped: Some(wrapped), ..self }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.first >= self.last
    }

    /// All bytes of its blocks.
    pub fn span(&self) -> Span {
        let blocks = self.doc.blocks.get(self.first as usize..self.last as usize);
        match blocks.and_then(|blocks| Some((blocks.first()?, blocks.last()?))) {
            Some((first, last)) => first.span.join(last.span),
            None => Span::default(),
        }
    }

    /// The row that byte `at` is on: the nearest row before it where it is hidden or outside.
    pub fn row_at(&self, at: u32) -> Option<Row> {
        let (rows, index) = self.rows_around(at, &mut Memo::default())?;
        rows.get(index)
    }

    /// Rows from the one that holds byte `at` to the end.
    pub fn rows_from(&self, at: u32) -> impl Iterator<Item = Row> + use<'a> {
        let flow = *self;
        let mut memo = Memo::default();
        let mut next = flow.rows_around(at, &mut memo);
        std::iter::from_fn(move || {
            loop {
                let (rows, index) = next.as_mut()?;
                if let Some(row) = rows.get(*index) {
                    *index += 1;
                    return Some(row);
                }
                let block = flow.next_block(rows.block)?;
                next = flow.rows_of(block, &mut memo).map(|rows| (rows, 0));
            }
        })
    }

    /// Rows before the one that holds byte `at`, nearest first.
    pub fn rows_before(&self, at: u32) -> impl Iterator<Item = Row> + use<'a> {
        let flow = *self;
        let mut memo = Memo::default();
        let mut after = flow.rows_around(at, &mut memo);
        std::iter::from_fn(move || {
            loop {
                let (rows, index) = after.as_mut()?;
                if let Some(before) = index.checked_sub(1) {
                    *index = before;
                    return rows.get(before);
                }
                let block = flow.previous_block(rows.block)?;
                after = flow.rows_of(block, &mut memo).map(Rows::with_end);
            }
        })
    }

    /// What is not known yet of the blocks that fill `rows` rows from the one of byte `at` on, or
    /// those before it where negative; and how many rows there are.
    pub fn unknown(&self, at: u32, rows: i32) -> (Vec<(u32, Lines)>, usize) {
        let (mut lines, mut count, mut memo) = (Vec::new(), 0, Memo::default());
        let mut next = self.rows_around(at, &mut memo);
        while let Some((found, index)) = next {
            count += if rows < 0 { index } else { found.len().saturating_sub(index) };
            let block = found.block;
            if let Cow::Owned(wrapped) = found.lines {
                lines.push((block, wrapped));
            }
            if count >= rows.unsigned_abs() as usize {
                break;
            }
            let beyond = if rows < 0 { self.previous_block(block) } else { self.next_block(block) };
            let found = beyond.and_then(|block| self.rows_of(block, &mut memo));
            next = found.map(|found| if rows < 0 { found.with_end() } else { (found, 0) });
        }
        (lines, count)
    }

    /// The place `n` rows further (back, where negative), or the last (first) one there is.
    pub fn step(&self, at: u32, n: i32) -> u32 {
        let count = n.unsigned_abs() as usize;
        let start = |row: Row| row.span.start;
        let here = self.row_at(at).map_or(self.span().start, start);
        match n {
            0 => here,
            1.. => self.rows_from(at).take(count + 1).last().map_or(here, start),
            _ => self.rows_before(at).take(count).last().map_or(here, start),
        }
    }

    /// The place of the first row of the last page, `height` rows high.
    pub fn last_page(&self, height: u16) -> u32 {
        self.step(self.span().end, 1 - i32::from(height.max(1)))
    }

    /// The row of byte `at`, or an earlier one where the text would end above the bottom of a page
    /// `height` rows high.
    pub fn top_at(&self, at: u32, height: u16) -> u32 {
        let top = self.step(at, 0);
        if self.fills(top, height) { top } else { top.min(self.last_page(height)) }
    }

    /// Whether what follows fills a page. Where that many blocks follow, each with one row at least,
    /// none has to be wrapped to know it; else those of this page have to be, but no later one.
    fn fills(&self, at: u32, height: u16) -> bool {
        let height = usize::from(height);
        let first = self.shown_block(self.doc.block_at(at) as u32);
        let blocks = std::iter::successors(first, |&block| self.next_block(block));
        blocks.take(height).count() == height || self.rows_from(at).take(height).count() == height
    }

    /// How many rows lie between two places, at most `most`.
    pub fn rows_between(&self, from: u32, to: u32, most: usize) -> usize {
        self.rows_from(from).take(most).take_while(|row| row.span.start < to).count()
    }

    /// The rows of the block that shows byte `at`, and which of them does.
    fn rows_around(&self, at: u32, memo: &mut Memo) -> Option<(Rows<'a>, usize)> {
        let block = self.doc.block_at(at) as u32;
        let shown = self.shown_block(block)?;
        let rows = self.rows_of(shown, memo)?;
        let index = if shown == block {
            rows.holding(at)
        } else if block >= self.last {
            rows.len() - 1
        } else {
            // Before the pane, or folded away: the author line stands for it.
            0
        };
        Some((rows, index))
    }

    /// The block itself where it is shown; else the nearest one before it, else after it.
    fn shown_block(&self, block: u32) -> Option<u32> {
        if self.is_empty() {
            return None;
        }
        let block = block.clamp(self.first, self.last - 1);
        match self.folds.hiding(block) {
            None => Some(block),
            Some(range) if range.start > self.first => Some(range.start - 1),
            Some(range) => Some(range.end).filter(|&after| after < self.last),
        }
    }

    fn next_block(&self, block: u32) -> Option<u32> {
        let next = block + 1;
        let next = self.folds.hiding(next).map_or(next, |range| range.end);
        (next < self.last).then_some(next)
    }

    fn previous_block(&self, block: u32) -> Option<u32> {
        let before = block.checked_sub(1).filter(|&before| before >= self.first)?;
        self.shown_block(before).filter(|&shown| shown <= before)
    }

    /// The rows of one block and the row that parts it from the next.
    fn rows_of(&self, block: u32, memo: &mut Memo) -> Option<Rows<'a>> {
        let this = self.doc.blocks.get(block as usize)?;
        let indent = self.indent(block);
        let known = self.wrapped.and_then(|known| known.lines(block, self.width, self.setting));
        let lines = match known {
            Some(lines) => Cow::Borrowed(lines),
            None => Cow::Owned(self.wrap(block, self.width.saturating_sub(indent), memo)),
        };
        let parting = self.parting(block, lines.parting);
        Some(Rows { flow: *self, lines, this: *this, block, indent, parting })
    }

    /// Whether a row ends inside a word that is parted.
    fn is_parted(&self, block: Block, row: Span) -> bool {
        let Some(language) = self.setting.hyphens.filter(|_| is_prose(block.kind())) else {
            return false;
        };
        let words = self.doc.slice(block.span);
        hyphen::parted(words, (row.end - block.span.start) as usize, language)
    }

    /// Cells that the blanks of a row get: none in the last row of a paragraph or line.
    fn stretch(&self, block: Block, (row, hyphen): (Span, bool), indent: u16) -> u16 {
        let words = self.doc.slice(row);
        let last = row.end == block.span.end || words.ends_with('\n');
        if self.setting.edge == Edge::Ragged || last || !is_prose(block.kind()) {
            return 0;
        }
        let ink = words.trim_end();
        let used = shown::width(ink) as u16 + u16::from(hyphen);
        justify::stretch(ink, used, self.width.saturating_sub(indent))
    }

    fn wrap(&self, index: u32, width: u16, memo: &mut Memo) -> Lines {
        if let Some(lines) = self.table_lines(index, width, memo) {
            return lines;
        }
        let block = &self.doc.blocks[index as usize];
        let words = self.doc.words(block);
        let rows = match block.kind() {
            BlockKind::Author | BlockKind::Rule => vec![Span::new(0, block.span.len())],
            BlockKind::Code => wrap::verbatim(words, width),
            _ => wrap::fitted(words, width, self.setting),
        };
        let tiles = rows.into_iter().map(|row| row.moved(block.span.start)).collect();
        Lines { tiles, ..Lines::default() }
    }

    /// The lines of a row of a table; `None` where the block is none.
    fn table_lines(&self, index: u32, width: u16, memo: &mut Memo) -> Option<Lines> {
        let table = self.doc.table_of(index)?;
        let known = memo.as_ref().filter(|known| (known.0, known.1) == (table.blocks.start, width));
        if known.is_none() {
            *memo = Some((table.blocks.start, width, Form::of(self.doc, table, width)));
        }
        let (_, _, form) = memo.as_ref()?;
        Some(form.lines(self.doc, table, index as usize, width))
    }

    /// What stands between a block and the next one that is shown.
    fn parting(&self, block: u32, within: Parting) -> Option<RowKind> {
        let next = self.next_block(block)?;
        let (this, next) = (&self.doc.blocks[block as usize], &self.doc.blocks[next as usize]);
        match (this.kind(), next.kind()) {
            _ if next.continues() => None,
            (_, BlockKind::Author) if self.depth_of(next.span.start) == 0 => Some(RowKind::Thread),
            (_, BlockKind::Author) => Some(RowKind::Blank),
            (BlockKind::Author, _) | (BlockKind::Title, BlockKind::Byline) => None,
            (BlockKind::Item(..), BlockKind::Item(..)) => None,
            (BlockKind::Row(_), BlockKind::Row(TableRow::Later)) => match within {
                Parting::None => None,
                Parting::Blank => Some(RowKind::Blank),
                Parting::Rule(width) => Some(RowKind::Rule(width)),
            },
            _ => Some(RowKind::Blank),
        }
    }

    /// Cells before the text of a block.
    pub fn indent(&self, block: u32) -> u16 {
        let thread = match self.doc.comment_of_block(block as usize) {
            Some(comment) => self.thread_indent(self.doc.comments[comment].depth),
            None => 0,
        };
        let own = match self.doc.blocks[block as usize].kind() {
            BlockKind::Author => return thread,
            BlockKind::Quote(level) => STEP * u16::from(level.min(4)),
            BlockKind::Item(level, _) => STEP * u16::from(level.min(4)) + 3,
            BlockKind::Code => STEP,
            _ => 0,
        };
        let text = if block >= self.doc.body.end { thread + STEP } else { thread };
        (text + own).min(self.width / 2)
    }

    /// Cells that a comment is indented by: less deep than it is where the column is narrow.
    pub fn thread_indent(&self, depth: u32) -> u16 {
        let room = self.width.saturating_sub(NARROWEST + STEP) / STEP;
        STEP * (depth.min(u32::from(room)) as u16)
    }

    /// Depth of the comment at byte `at`.
    fn depth_of(&self, at: u32) -> u32 {
        self.doc.comment_at(at).map_or(0, |comment| self.doc.comments[comment].depth)
    }

    /// The bytes of the rows from `top`, `height` rows high.
    pub fn window(&self, top: u32, height: u16) -> Range<u32> {
        let last = self.rows_from(top).take(usize::from(height)).last();
        top..last.map_or(top, |row| row.span.end)
    }
}

/// How the table that was asked for last is set, by its first block and the width: the next row
/// that is asked for is mostly one of it.
type Memo = Option<(u32, u16, Form)>;

/// Whether a block is running text, whose lines are chosen by us.
const fn is_prose(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Quote(_) | BlockKind::Item(..))
}

/// The rows of one block and the row that parts it from the next.
#[derive(Clone, Debug)]
struct Rows<'a> {
    flow: Flow<'a>,
    lines: Cow<'a, Lines>,
    this: Block,
    block: u32,
    /// Of its first row, in cells.
    indent: u16,
    parting: Option<RowKind>,
}

impl Rows<'_> {
    fn len(&self) -> usize {
        self.lines.tiles.len() + usize::from(self.parting.is_some())
    }

    fn get(&self, index: usize) -> Option<Row> {
        let (block, flow, indent) = (self.block, &self.flow, self.indent);
        let bare = |span, kind| Row {
            span,
            cells: Vec::new(),
            kind,
            block,
            indent,
            opens: false,
            stretch: 0,
            hyphen: false,
        };
        let Some(&span) = self.lines.tiles.get(index) else {
            let kind = self.parting.filter(|_| index == self.lines.tiles.len())?;
            let indent = if matches!(kind, RowKind::Rule(_)) { indent } else { 0 };
            return Some(Row { indent, ..bare(self.part(), kind) });
        };
        let author = self.this.kind() == BlockKind::Author;
        let kind = if author { RowKind::Author } else { RowKind::Text };
        let opens = span.start == self.this.span.start;
        let hyphen = flow.is_parted(self.this, span);
        let stretch = flow.stretch(self.this, (span, hyphen), indent);
        let cells = self.lines.on(index).iter();
        let cells = cells.map(|piece| Piece { x: piece.x + indent, ..*piece }).collect();
        Some(Row { cells, opens, stretch, hyphen, ..bare(span, kind) })
    }

    /// The bytes of the row after the last line.
    fn part(&self) -> Span {
        Span::new(self.this.span.end + 1, self.this.span.end + 2)
    }

    /// Which row byte `at` is on.
    fn holding(&self, at: u32) -> usize {
        let parts = self.parting.is_some() && self.part().start <= at;
        if parts { self.lines.tiles.len() } else { self.lines.holding(at) }
    }

    /// With the index one past the last row.
    fn with_end(self) -> (Self, usize) {
        let end = self.len();
        (self, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::builder::{Builder, CommentHead};

    fn sample() -> Document {
        let mut builder = Builder::new();
        builder.title("Tide", "by A. Verne");
        builder.paragraph("one two three four");
        builder.paragraph("five");
        for (author, parent) in [("Bo", None), ("Cy", Some(0)), ("", None)] {
            let author = Some(author.to_owned());
            builder.comment(&CommentHead { author, parent, ..CommentHead::default() });
            builder.paragraph("words of a comment");
        }
        builder.finish()
    }

    fn shown(flow: &Flow<'_>, at: u32) -> Vec<(RowKind, String)> {
        let words = |row: Row| flow.doc.slice(row.span).trim_end().to_owned();
        flow.rows_from(at).map(|row| (row.kind, words(row))).collect()
    }

    #[test]
    fn every_row_has_a_place_of_its_own_and_steps_go_there_and_back() {
        let doc = sample();
        let mut folds = Folds::new(&doc);
        for closed in [false, true] {
            folds.set(&doc, 0, closed);
            for width in [1, 8, 40] {
                for flow in [Flow::body(&doc, &folds, width), Flow::comments(&doc, &folds, width)] {
                    let places: Vec<u32> = flow.rows_from(0).map(|row| row.span.start).collect();
                    assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
                    for (index, &place) in (0i32..).zip(&places) {
                        assert_eq!(flow.row_at(place).map(|row| row.span.start), Some(place));
                        assert_eq!(flow.step(places[0], index), place);
                        assert_eq!(flow.step(place, -index), places[0]);
                    }
                }
            }
        }
    }

    #[test]
    fn a_folded_thread_is_one_row() {
        let doc = sample();
        let mut folds = Folds::new(&doc);
        folds.set(&doc, 0, true);
        let flow = Flow::comments(&doc, &folds, 40);
        let rows = shown(&flow, flow.span().start);
        let kinds: Vec<RowKind> = rows.iter().map(|row| row.0).collect();
        assert_eq!(kinds, [RowKind::Author, RowKind::Thread, RowKind::Author, RowKind::Text]);
        let hidden = doc.comments[1].blocks().start as usize;
        let row = flow.row_at(doc.blocks[hidden].span.start);
        assert_eq!(row.map(|row| row.span), Some(doc.blocks[flow.first as usize].span));
    }

    #[test]
    fn the_last_page_ends_with_the_last_row() {
        let doc = sample();
        let folds = Folds::new(&doc);
        let flow = Flow::body(&doc, &folds, 8);
        let rows = shown(&flow, flow.last_page(3));
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[2].1, "five");
        assert_eq!(flow.last_page(99), 0);
        for place in flow.rows_from(0).map(|row| row.span.start) {
            for height in 1..9 {
                assert_eq!(flow.top_at(place, height), place.min(flow.last_page(height)));
            }
        }
    }

    #[test]
    fn indentation_leaves_a_readable_column() {
        let doc = sample();
        let folds = Folds::new(&doc);
        let flow = Flow::comments(&doc, &folds, 40);
        assert_eq!(flow.thread_indent(2), 4);
        assert_eq!(flow.thread_indent(90_000), 8);
    }
}
