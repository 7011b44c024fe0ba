//! Comments as a file gives them, in any order, on their way into a document.
//!
//! May not know: which format they come from.

use std::mem;

use super::builder::{Builder, CommentHead};
use super::markdown::thread_notes;
use super::markup::blocks::{self, Piece};
use super::spread::SEPARATOR;
use super::thread::{places, pre_order, unique};

/// Which comment is answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Answers {
    /// The article.
    #[default]
    Article,
    /// The comment of this place in the list.
    Place(u32),
    /// The comment of this identifier.
    Id(String),
}

/// A comment.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) id: String,
    pub(super) answers: Answers,
    pub(super) author: Option<String>,
    pub(super) time: Option<String>,
    pub(super) score: Option<i64>,
    pub(super) pieces: Vec<Piece>,
}

impl Said {
    /// How many bytes it takes in the text of a document, about.
    pub(super) fn size(&self) -> usize {
        let author = self.author.as_ref().map_or(0, String::len) + SEPARATOR.len();
        let pieces = self.pieces.iter().map(|piece| piece.passage.text.len() + SEPARATOR.len());
        author + pieces.sum::<usize>()
    }
}

/// Adds comments in pre-order, and sentences about what was repaired. What stands in a comment
/// that answers one which is missing stays, at the top level.
pub(super) fn write(mut said: Vec<Said>, builder: &mut Builder) -> Vec<String> {
    let ids = said.iter_mut().map(|one| mem::take(&mut one.id)).collect();
    let (mut ids, repeated) = unique(ids);
    let places = places(&ids);
    let mut orphans = 0;
    let parents: Vec<Option<u32>> = said
        .iter()
        .map(|one| match &one.answers {
            Answers::Article => None,
            Answers::Place(place) => Some(*place),
            Answers::Id(id) => {
                let place = places.get(id.as_str()).copied();
                orphans += usize::from(place.is_none());
                place
            }
        })
        .collect();
    let thread = pre_order(&parents);
    for (&number, &parent) in thread.order.iter().zip(&thread.parents) {
        let one = mem::take(&mut said[number as usize]);
        builder.comment(&CommentHead {
            id: mem::take(&mut ids[number as usize]),
            author: one.author,
            parent,
            time: one.time,
            score: one.score,
        });
        blocks::write(&one.pieces, builder);
    }
    thread_notes(repeated, orphans, thread.circles)
}
