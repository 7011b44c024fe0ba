//! The comments of a discussion as numbers that may lie anywhere, large pages among them, since there
//! may be a hundred thousand; and the words that tell them apart.
//!
//! May not know: what is said in them.

use std::fmt;
use std::ops::{Deref, Range};

use bytemuck::{Pod, Zeroable};
use bytestring::ByteString;

use super::bulk::Bulk;
use crate::text::span::Span;

/// The comments of a discussion in pre-order.
#[derive(Clone, Debug, Default)]
pub struct Comments {
    pub(super) all: Bulk<Comment>,
    /// Their identifiers and times, in no order.
    pub(super) labels: ByteString,
}

impl Comments {
    /// The identifier of one of them in the file, else a number made from its place.
    pub fn id(&self, comment: &Comment) -> &str {
        comment.id.of(&self.labels)
    }

    /// When one of them was written, as the file says.
    pub fn time(&self, comment: &Comment) -> Option<&str> {
        Some(comment.time.of(&self.labels)).filter(|time| !time.is_empty())
    }
}

impl Deref for Comments {
    type Target = [Comment];

    fn deref(&self) -> &[Comment] {
        &self.all
    }
}

impl<'a> IntoIterator for &'a Comments {
    type Item = &'a Comment;
    type IntoIter = std::slice::Iter<'a, Comment>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Wherever their labels stand.
impl PartialEq for Comments {
    fn eq(&self, other: &Self) -> bool {
        let same = |(one, another): (&Comment, &Comment)| {
            one.unlabelled() == another.unlabelled()
                && (self.id(one), self.time(one)) == (other.id(another), other.time(another))
        };
        self.len() == other.len() && self.iter().zip(other).all(same)
    }
}

/// One comment of the discussion. What it is called, and when it was written, tell [`Comments::id`] and
/// [`Comments::time`].
#[derive(Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Comment {
    /// Its identifier, in the labels.
    pub(super) id: Span,
    /// Its time, in the same; empty where it is not known.
    pub(super) time: Span,
    votes: i64,
    first: u32,
    end: u32,
    answered: u32,
    /// How deep it is nested; 0 is top-level.
    pub depth: u32,
    /// Index of the top-level comment of its thread.
    pub root: u32,
    /// How many comments answer it, directly or not: those that follow it.
    pub replies: u32,
    counted: u32,
    named: u32,
}

/// What a comment answers that answers none.
const NONE: u32 = u32::MAX;

impl Comment {
    /// A comment whose author line is block number `block`, and that has no other yet.
    pub(super) const fn new(block: u32, named: bool) -> Self {
        Self {
            id: Span::new(0, 0),
            time: Span::new(0, 0),
            votes: 0,
            first: block,
            end: block + 1,
            answered: NONE,
            depth: 0,
            root: 0,
            replies: 0,
            counted: 0,
            named: named as u32,
        }
    }

    /// Indices into [`Document::blocks`](super::Document::blocks): the author line first, then the text.
    pub const fn blocks(&self) -> Range<u32> {
        self.first..self.end
    }

    /// Index of the comment it answers.
    pub const fn parent(&self) -> Option<u32> {
        if self.answered == NONE { None } else { Some(self.answered) }
    }

    /// Whether the file names an author; the name is the text of the first block.
    pub const fn is_named(&self) -> bool {
        self.named != 0
    }

    /// Votes, where the file tells.
    pub const fn score(&self) -> Option<i64> {
        if self.counted == 0 { None } else { Some(self.votes) }
    }

    const fn unlabelled(self) -> Self {
        Self { id: Span::new(0, 0), time: Span::new(0, 0), ..self }
    }

    /// The same with other blocks.
    pub(super) const fn of(self, blocks: Range<u32>) -> Self {
        Self { first: blocks.start, end: blocks.end, ..self }
    }

    /// The same as an answer to another comment, or to none.
    pub(super) fn answering(self, parent: Option<u32>) -> Self {
        Self { answered: parent.unwrap_or(NONE), ..self }
    }

    /// The same with votes, where they are known.
    pub(super) fn scored(self, score: Option<i64>) -> Self {
        Self { votes: score.unwrap_or_default(), counted: score.is_some().into(), ..self }
    }
}

impl fmt::Debug for Comment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (blocks, parent) = (self.blocks(), self.parent());
        write!(out, "comment of blocks {blocks:?}, depth {}, answers {parent:?}", self.depth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_of_a_comment_is_none() {
        let comment = Comment::new(7, false);
        assert_eq!((comment.blocks(), comment.parent(), comment.score()), (7..8, None, None));
        assert!(!comment.is_named() && Comment::new(7, true).is_named());
        let comment = comment.of(7..9).answering(Some(0)).scored(Some(-2));
        assert_eq!(
            (comment.blocks(), comment.parent(), comment.score()),
            (7..9, Some(0), Some(-2))
        );
        assert_eq!(size_of::<Comment>(), 56);
    }
}
