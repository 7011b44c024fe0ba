//! An article and its discussion as one text that never changes, with flat arrays beside it.
//!
//! A [`Document`] is one string; its blocks, comments, styles and links are sorted spans of
//! it. A position anywhere, in the body or in a comment, is one byte offset, so that a jump, a
//! highlight, a search and a bookmark are the same code in both panes. Comments are stored in
//! pre-order with a depth and a parent index, never with pointers.
//!
//! May not know: lines, widths, screens, keys.

mod archive;
mod block;
pub mod builder;
pub mod bulk;
mod comment;
pub mod deadline;
mod decode;
mod entries;
mod feeds;
pub mod formats;
mod html;
mod inline;
pub mod input;
pub mod inside;
mod json;
mod json_ld;
mod lines;
pub mod load;
mod mail;
mod markdown;
mod markup;
pub mod native;
mod page_text;
mod places;
mod plain;
mod raw;
mod recorded;
mod said;
mod spread;
mod thread;
mod threads;
mod unpack;
mod words;

pub use block::{Block, BlockKind, TableRow};
pub use comment::{Comment, Comments};
pub use formats::Format;
pub(crate) use inline::picture_words;
pub use inline::{Anchor, Inline, Link, Picture};

use crate::text::span::Span;
use bulk::Bulk;
use bytestring::ByteString;
use deadline::Deadline;

/// An article with its comments. Built by [`builder::Builder`] only, which keeps the invariants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Everything that can be read, in reading order. Two line feeds stand between blocks.
    pub text: ByteString,
    /// Invariant: disjoint and sorted. Order: title and byline, the body, then each comment's
    /// author line and blocks.
    pub blocks: Bulk<Block>,
    /// The blocks of the body proper: after title and byline, before the first comment.
    pub body: std::ops::Range<u32>,
    /// Invariant: pre-order (a parent before its replies), `blocks` ranges ascending.
    pub comments: Comments,
    /// Emphasis, code and the like. Invariant: sorted by start; may nest.
    pub styles: Vec<(Span, Inline)>,
    /// Links, out of the text and to places of it. Invariant: sorted by start, disjoint.
    pub links: Vec<Link>,
    /// The names of places that links lead to. Invariant: sorted.
    pub anchors: Vec<Anchor>,
    /// Tables. Invariant: disjoint and sorted.
    pub tables: Vec<Table>,
    /// Pictures. Invariant: sorted by start, disjoint.
    pub pictures: Vec<Picture>,
    /// What the page offered to read next.
    pub related: Vec<Related>,
    /// All articles of the file where it holds several, this one among them.
    pub articles: Vec<Listed>,
    /// Which of them this one is.
    pub article: u32,
    /// What is known of the article.
    pub head: Head,
    /// Where it came from and what was repaired or guessed on the way.
    pub source: Source,
}

/// What is known of the article; unknown is `None`, never an empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Headline. `None` is a legal answer: many files have none.
    pub title: Option<String>,
    /// People named by the byline, in its order.
    pub authors: Vec<String>,
    /// Place the report was filed from, as written (`NEW DELHI`).
    pub dateline: Option<String>,
    /// Date of publication as the file writes it.
    pub published: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Where it is discussed, if that is another page.
    pub discussion: Option<String>,
}

/// Where a document came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// What the bytes were taken for.
    pub format: Format,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Sentences about what was repaired or guessed, for the reader.
    pub notes: Vec<String>,
}

/// Rows that are one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Indices into [`Document::blocks`].
    pub blocks: std::ops::Range<u32>,
    /// Whether the first row is the names of the columns.
    pub head: bool,
}

/// One of the articles of a file that holds several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its headline, else its first words.
    pub title: String,
    /// When it was published, as the file says.
    pub published: Option<String>,
    /// How many comments it has, in the file or elsewhere.
    pub comments: u32,
    /// Its address.
    pub url: Option<String>,
    /// Where it is discussed, if that is another page.
    pub discussion: Option<String>,
}

/// What of a file is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Its article; of several the first that is discussed.
    #[default]
    Whole,
    /// The article of this number, from 0.
    Article(u32),
    /// All of its text as it stands.
    Raw,
}

/// What of a file is wanted, and until when.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// What of it.
    pub part: Part,
    /// Until when.
    pub deadline: Deadline<'a>,
}

/// Something that the page offers to read next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Related {
    /// Its headline.
    pub title: String,
    /// What is said of it.
    pub summary: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

impl Head {
    /// The line below the headline: place, authors, date. Empty where none is known.
    pub fn byline(&self) -> String {
        let place = self.dateline.as_deref().unwrap_or_default();
        let authors = self.authors.join(", ");
        let date = self.published.as_deref().unwrap_or_default();
        let parts = [place, authors.as_str(), date].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    }
}

impl Document {
    /// The words of a span; empty where it does not fit.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The words of a block.
    pub fn words(&self, block: &Block) -> &str {
        self.slice(block.span)
    }

    /// Index of the block that holds byte `at`, or else of the last one that starts before it.
    pub fn block_at(&self, at: u32) -> usize {
        self.blocks.partition_point(|block| block.span.start <= at).saturating_sub(1)
    }

    /// Index of the comment that block number `block` belongs to.
    pub fn comment_of_block(&self, block: usize) -> Option<usize> {
        let after =
            self.comments.partition_point(|comment| comment.blocks().start as usize <= block);
        after.checked_sub(1)
    }

    /// The table that block number `block` is a row of.
    pub fn table_of(&self, block: u32) -> Option<&Table> {
        let after = self.tables.partition_point(|table| table.blocks.start <= block);
        self.tables[..after].last().filter(|table| table.blocks.contains(&block))
    }

    /// Index of the comment that byte `at` lies in.
    pub fn comment_at(&self, at: u32) -> Option<usize> {
        self.comment_of_block(self.block_at(at))
    }

    /// The blocks of a comment, its author line first.
    fn blocks_of(&self, comment: &Comment) -> &[Block] {
        let blocks = comment.blocks();
        self.blocks.get(blocks.start as usize..blocks.end as usize).unwrap_or_default()
    }

    /// The author of a comment, where the file names one.
    pub fn author(&self, comment: &Comment) -> Option<&str> {
        let line = self.blocks.get(comment.blocks().start as usize)?;
        comment.is_named().then(|| self.words(line))
    }

    /// The blocks of a comment without its author line.
    pub fn comment_blocks(&self, comment: &Comment) -> &[Block] {
        self.blocks_of(comment).get(1..).unwrap_or_default()
    }

    /// The blocks of the body.
    pub fn body_blocks(&self) -> &[Block] {
        &self.blocks[self.body.start as usize..self.body.end as usize]
    }

    /// The bytes of a comment, author line included.
    pub fn comment_span(&self, comment: &Comment) -> Span {
        let blocks = self.blocks_of(comment);
        match (blocks.first(), blocks.last()) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// Index of the top-level comment of the thread that comment number `comment` is part of.
    pub fn thread_root(&self, comment: usize) -> usize {
        self.comments[comment].root as usize
    }

    /// Index one past the last reply, direct or not, to comment number `comment`.
    pub fn thread_end(&self, comment: usize) -> usize {
        comment + 1 + self.comments[comment].replies as usize
    }

    /// Some of its blocks and the comments that stand in them whole, as a document of its own,
    /// whose text begins where the first of the blocks does. Styles, links, tables and what to read
    /// next are left out.
    #[must_use]
    pub fn excerpt(&self, blocks: std::ops::Range<usize>) -> Self {
        let Some(chosen) = self.blocks.get(blocks.clone()) else { return Self::default() };
        let (Some(first), Some(last)) = (chosen.first(), chosen.last()) else {
            return Self::default();
        };
        let whole = first.span.join(last.span);
        let moved = |span: Span| Span::new(span.start - whole.start, span.end - whole.start);
        let (from, to) = (blocks.start as u32, blocks.end as u32);
        let inside = |block: u32| block.clamp(from, to) - from;
        let before = self.comments.partition_point(|comment| comment.blocks().start < from);
        let count = self.comments[before..].partition_point(|comment| comment.blocks().end <= to);
        let comments = (0..).zip(&self.comments[before..before + count]);
        let comments = comments.map(|(number, comment)| {
            let parent = comment.parent().and_then(|parent| parent.checked_sub(before as u32));
            let blocks = comment.blocks();
            let blocks = inside(blocks.start)..inside(blocks.end);
            let mut comment = comment.of(blocks).answering(parent);
            comment.root = comment.root.saturating_sub(before as u32);
            comment.replies = comment.replies.min(count as u32 - 1 - number);
            comment
        });
        Self {
            text: self.text.slice_ref(self.slice(whole)),
            blocks: chosen.iter().map(|block| block.at(moved(block.span))).collect(),
            body: inside(self.body.start)..inside(self.body.end),
            comments: Comments { all: comments.collect(), labels: self.comments.labels.clone() },
            head: self.head.clone(),
            ..Self::default()
        }
    }

    /// First byte after title, byline and body: where the discussion starts.
    pub fn discussion_start(&self) -> u32 {
        let first = self.blocks.get(self.body.end as usize);
        first.map_or(self.text.len() as u32, |block| block.span.start)
    }
}
