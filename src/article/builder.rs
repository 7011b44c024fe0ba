//! Puts a [`Document`] together in reading order and keeps its invariants.
//!
//! May not know: any file format. It cannot fail: whatever it is given becomes a document.

use std::borrow::Cow;

use bytestring::ByteString;

use super::bulk::Bulk;
use super::spread::{SEPARATOR, spread};
use super::thread::others;
use super::words::Words;
use super::{
    Anchor, Block, BlockKind, Comment, Document, Inline, Link, Picture, Related, Table, TableRow,
    places,
};
use crate::text::span::Span;

/// No block is longer than this many bytes; a longer one is cut into pieces.
pub const MAX_BLOCK: usize = 8 << 10;

/// How many bytes of a discussion a block has, a comment, and a byte of its identifier or time: less
/// than most.
const BLOCK: usize = 128;
const COMMENT: usize = 512;
const LABEL: usize = 16;

/// Words with what is known of their inline setting; offsets in bytes of `text`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The words.
    pub text: String,
    /// Emphasis and the like.
    pub styles: Vec<(Span, Inline)>,
    /// Links.
    pub links: Vec<Link>,
    /// Places with a name.
    pub anchors: Vec<Anchor>,
    /// Pictures.
    pub pictures: Vec<Picture>,
}

impl From<&str> for Passage {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// What a file says of a comment, beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommentHead {
    /// Identifier; an empty one is replaced by the comment's number.
    pub id: String,
    /// Author's name.
    pub author: Option<String>,
    /// Index of an earlier comment that this one answers; a later one is taken for none.
    pub parent: Option<u32>,
    /// Time as written.
    pub time: Option<String>,
    /// Votes.
    pub score: Option<i64>,
}

/// The same, lent.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lent<'a> {
    pub(super) id: &'a str,
    pub(super) author: Option<&'a str>,
    pub(super) parent: Option<u32>,
    pub(super) time: Option<&'a str>,
    pub(super) score: Option<i64>,
}

/// Builds a document. Call in reading order: title, byline, blocks, then comments with theirs.
#[derive(Debug, Default)]
pub struct Builder {
    doc: Document,
    /// What becomes the text of the document.
    text: Words,
    /// What become its labels.
    labels: Words,
    page: Option<String>,
}

impl Builder {
    /// An empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty document with room for `bytes` bytes of a discussion, so that a large one is not
    /// copied again while it grows.
    pub fn sized(bytes: usize) -> Self {
        let (text, labels) = (Words::with_room(bytes), Words::with_room(bytes / LABEL));
        let mut builder = Self { text, labels, ..Self::default() };
        builder.doc.blocks.reserve(bytes / BLOCK);
        builder.doc.comments.all.reserve(bytes / COMMENT);
        builder
    }

    /// The finished document of blocks that stand in a text, in their order and disjoint, however long
    /// each is: the same as if they were added, but neither they nor the text are copied. None is
    /// the row of a table.
    pub(super) fn of_blocks(text: Words, mut blocks: Bulk<Block>) -> Document {
        let text = spread(text, &mut blocks);
        if blocks.iter().any(|block| block.span.len() as usize > MAX_BLOCK) {
            blocks = blocks.iter().flat_map(|block| pieces(*block, block.span.of(&text))).collect();
        }
        let title = blocks.iter().take_while(|block| block.kind() == BlockKind::Title).count();
        let mut builder = Self::default();
        builder.doc.body = title as u32..blocks.len() as u32;
        builder.doc.blocks = blocks;
        builder.finished(text)
    }

    /// Tells the address of the article, so that links to its own places are known.
    pub fn page(&mut self, url: Option<&str>) {
        self.page = url.map(str::to_owned);
    }

    /// Sets the headline and the byline above the body. Call it before the first block.
    pub fn title(&mut self, title: &str, byline: &str) {
        for (kind, text) in [(BlockKind::Title, title), (BlockKind::Byline, byline)] {
            if !text.trim().is_empty() {
                self.push(kind, text.trim());
            }
        }
        self.doc.body = self.count()..self.count();
    }

    /// Adds a block to the body or, after the first [`Builder::comment`], to the last comment.
    pub fn block(&mut self, kind: BlockKind, passage: &Passage) {
        let base = self.push(kind, &passage.text);
        let doc = &mut self.doc;
        doc.styles.extend(passage.styles.iter().map(|&(span, style)| (span.moved(base), style)));
        let link = |link: &Link| Link::new(link.span.moved(base), link.url.clone());
        doc.links.extend(passage.links.iter().map(link));
        let anchor = |one: &Anchor| Anchor { at: one.at + base, name: one.name.clone() };
        doc.anchors.extend(passage.anchors.iter().map(anchor));
        let picture = |one: &Picture| Picture { span: one.span.moved(base), src: one.src.clone() };
        doc.pictures.extend(passage.pictures.iter().map(picture));
        self.extend_last();
    }

    /// Adds a block of plain words, which are copied once.
    pub fn words(&mut self, kind: BlockKind, text: &str) {
        self.push(kind, text);
        self.extend_last();
    }

    fn extend_last(&mut self) {
        match self.doc.comments.all.last_mut() {
            Some(last) => *last = last.of(last.blocks().start..self.doc.blocks.len() as u32),
            None => self.doc.body.end = self.doc.blocks.len() as u32,
        }
    }

    /// Adds a paragraph of plain words.
    pub fn paragraph(&mut self, text: &str) {
        self.words(BlockKind::Paragraph, text);
    }

    /// Starts a comment. Replies must follow the comment they answer (pre-order).
    pub fn comment(&mut self, head: &CommentHead) {
        self.comment_of(&Lent {
            id: &head.id,
            author: head.author.as_deref(),
            parent: head.parent,
            time: head.time.as_deref(),
            score: head.score,
        });
    }

    /// The same of what a file lends.
    pub(super) fn comment_of(&mut self, head: &Lent<'_>) {
        let number = self.doc.comments.len() as u32;
        let parent = head.parent.filter(|&parent| parent < number);
        let depth = parent.map_or(0, |parent| self.doc.comments[parent as usize].depth + 1);
        let root = self.doc.comments.last().filter(|_| depth > 0).map_or(number, |last| last.root);
        let name = lined(head.author.unwrap_or_default());
        let start = self.count();
        self.push(BlockKind::Author, &name);
        let mut comment = Comment::new(start, !name.is_empty());
        (comment.depth, comment.root) = (depth, root);
        comment.id = self.label(head.id);
        comment.time = self.label(head.time.unwrap_or_default());
        self.doc.comments.all.push(comment.answering(parent).scored(head.score));
    }

    /// Gives the comments whose identifiers are missing or repeated others. Says how many are repeated.
    pub(super) fn tell_apart(&mut self) -> usize {
        let labels = self.labels.text();
        let (others, repeated) = others(self.doc.comments.iter().map(|one| one.id.of(labels)));
        for (number, id) in others {
            self.doc.comments.all[number].id = self.label(&id);
        }
        repeated
    }

    /// Gives comments without an identifier their number, from 1.
    fn number(&mut self) {
        for number in 0..self.doc.comments.len() {
            if self.doc.comments[number].id.is_empty() {
                self.doc.comments.all[number].id = self.label(&format!("{}", number + 1));
            }
        }
    }

    /// Adds an identifier or a time.
    fn label(&mut self, label: &str) -> Span {
        let start = self.labels.bytes().len();
        self.labels.push(label);
        Span::from(start..start + label.len())
    }

    /// Adds something to read next.
    pub fn related(&mut self, related: Related) {
        let said =
            |text: Option<String>| text.map(|text| one_line(&text)).filter(|text| !text.is_empty());
        let (summary, url) = (said(related.summary), said(related.url));
        self.doc.related.push(Related { title: one_line(&related.title), summary, url });
    }

    /// How many blocks there are so far.
    pub fn blocks(&self) -> usize {
        self.doc.blocks.len()
    }

    /// How many comments there are so far.
    pub fn comments(&self) -> usize {
        self.doc.comments.len()
    }

    /// The finished document; its head and source are the caller's to fill.
    pub fn finish(mut self) -> Document {
        let text = std::mem::take(&mut self.text).done();
        self.finished(text)
    }

    fn finished(mut self, text: ByteString) -> Document {
        self.doc.text = text;
        arrange(&mut self.doc.styles);
        self.doc.links.retain(|link| !link.span.is_empty());
        self.doc.links.sort_by_key(|link| link.span);
        places::resolve(&mut self.doc, self.page.as_deref());
        count_replies(&mut self.doc.comments.all);
        self.number();
        self.doc.comments.labels = std::mem::take(&mut self.labels).done();
        self.doc
    }

    fn count(&self) -> u32 {
        self.doc.blocks.len() as u32
    }

    /// Adds a block, and tells its first byte.
    fn push(&mut self, kind: BlockKind, text: &str) -> u32 {
        if !self.doc.blocks.is_empty() {
            self.text.push(SEPARATOR);
        }
        let base = self.text.bytes().len() as u32;
        self.text.push(text);
        let (kind, span) = (self.placed(kind), Span::new(base, base + text.len() as u32));
        self.doc.blocks.extend(pieces(Block::new(span, kind), text));
        if let (BlockKind::Row(_), Some(table)) = (kind, self.doc.tables.last_mut()) {
            table.blocks.end = self.doc.blocks.len() as u32;
        }
        base
    }

    /// A row of a table with the table that it begins. One that follows no other begins one too.
    fn placed(&mut self, kind: BlockKind) -> BlockKind {
        let BlockKind::Row(row) = kind else { return kind };
        let count = self.count();
        let follows = self.doc.tables.last().is_some_and(|table| table.blocks.end == count);
        if row == TableRow::Later && follows {
            return kind;
        }
        let head = row == TableRow::Head;
        self.doc.tables.push(Table { blocks: count..count, head });
        BlockKind::Row(if head { row } else { TableRow::First })
    }
}

/// Tells each comment how many deeper ones follow it. Linear in their number.
fn count_replies(comments: &mut [Comment]) {
    let mut open: Vec<usize> = Vec::new();
    for number in 0..=comments.len() {
        let depth = comments.get(number).map(|comment| comment.depth);
        while let Some(last) = open.pop_if(|&mut last| depth <= Some(comments[last].depth)) {
            comments[last].replies = (number - last - 1) as u32;
        }
        open.push(number);
    }
}

/// A block of some words; several where they are too long for one.
fn pieces(block: Block, words: &str) -> impl Iterator<Item = Block> {
    let mut next = Some(block);
    std::iter::from_fn(move || {
        let mut piece = next.take()?;
        if piece.span.len() as usize > MAX_BLOCK {
            let rest = Span::new(piece.span.start - block.span.start, words.len() as u32);
            let end = piece.span.start + cut(rest.of(words)) as u32;
            next = Some(block.going_on(Span::new(end, piece.span.end)));
            piece.span.end = end;
        }
        Some(piece)
    })
}

/// Where to cut a text that is too long: after the last line feed or space of its second half,
/// else between two characters.
fn cut(text: &str) -> usize {
    let head = &text.as_bytes()[..MAX_BLOCK];
    let half = &head[MAX_BLOCK / 2..];
    let gap = half.iter().rposition(|&byte| byte == b'\n' || byte == b' ');
    match gap {
        Some(gap) => MAX_BLOCK / 2 + gap + 1,
        None => text.floor_char_boundary(MAX_BLOCK),
    }
}

/// Puts styles in their one order, the longer one first where two start together; what is said
/// twice or of no words is left out.
pub(super) fn arrange(styles: &mut Vec<(Span, Inline)>) {
    styles.retain(|(span, _)| !span.is_empty());
    styles.sort_unstable_by_key(|&(span, style)| (span.start, std::cmp::Reverse(span.end), style));
    styles.dedup();
}

/// A name on one line: white space runs become one space.
pub fn one_line(text: &str) -> String {
    lined(text).into_owned()
}

/// The same; a copy only where it is not written like that.
pub(super) fn lined(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text.into();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_spans_of_one_text() {
        let mut builder = Builder::new();
        builder.title("Tide", "by A. Verne");
        builder.paragraph("One.");
        builder.comment(&CommentHead { author: Some("Bo".into()), ..CommentHead::default() });
        builder.paragraph("Two.");
        builder.comment(&CommentHead { parent: Some(0), ..CommentHead::default() });
        builder.paragraph("Three.");
        let doc = builder.finish();
        assert_eq!(doc.text, "Tide\n\nby A. Verne\n\nOne.\n\nBo\n\nTwo.\n\n\n\nThree.");
        assert_eq!(doc.body, 2..3);
        assert_eq!(doc.author(&doc.comments[0]), Some("Bo"));
        assert_eq!(doc.author(&doc.comments[1]), None);
        assert_eq!((doc.comments[1].depth, doc.comments[1].parent()), (1, Some(0)));
        assert_eq!(doc.thread_end(0), 2);
        let at = doc.text.find("Three").map(|at| doc.comment_at(at as u32));
        assert_eq!(at, Some(Some(1)));
        assert_eq!(doc.comment_at(doc.blocks[2].span.start), None);
    }

    #[test]
    fn a_huge_paragraph_is_cut_at_spaces_or_between_characters() {
        for text in ["word ".repeat(9000), "ü".repeat(20_000)] {
            let mut builder = Builder::new();
            builder.paragraph(&text);
            let doc = builder.finish();
            assert!(doc.blocks.len() > 4);
            assert!(doc.blocks.iter().all(|block| block.span.len() as usize <= MAX_BLOCK));
            assert!(doc.blocks.windows(2).all(|pair| pair[0].span.end == pair[1].span.start));
            assert!(!doc.blocks[0].continues() && doc.blocks[1].continues());
            assert_eq!(doc.blocks.iter().map(|block| doc.words(block)).collect::<String>(), text);
        }
    }
}
