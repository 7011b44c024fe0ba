//! What a reader may want to go to by its name: headings, and those who wrote comments.
//!
//! May not know: state, width, files. It cannot fail.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::article::{BlockKind, Document};

/// Headings and commenters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// Of the body, as ascending indices into [`Document::blocks`].
    pub headings: Vec<u32>,
    /// Those who wrote most first, then by their first comment.
    pub commenters: Vec<Commenter>,
}

/// Someone who wrote comments under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commenter {
    /// Their first comment, as an index into [`Document::comments`].
    pub first: u32,
    /// How many they wrote.
    pub comments: u32,
}

impl Directory {
    /// Of a document. Time grows with the number of blocks, and no faster.
    pub fn of(doc: &Document) -> Self {
        let body = (0..).zip(doc.body_blocks());
        let headings = body
            .filter(|(_, block)| matches!(block.kind(), BlockKind::Title | BlockKind::Heading(_)));
        let headings = headings.map(|(index, _)| index + doc.body.start).collect();
        Self { headings, commenters: commenters(doc) }
    }
}

fn commenters(doc: &Document) -> Vec<Commenter> {
    let mut known: HashMap<&str, Commenter> = HashMap::new();
    for (index, comment) in (0..).zip(&doc.comments) {
        let Some(name) = doc.author(comment) else { continue };
        known.entry(name).or_insert(Commenter { first: index, comments: 0 }).comments += 1;
    }
    let mut commenters: Vec<Commenter> = known.into_values().collect();
    commenters.sort_unstable_by_key(|one| (Reverse(one.comments), one.first));
    commenters
}
