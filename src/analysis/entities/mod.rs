//! Entities and their mentions: the people, places and so on that body and comments speak of.
//!
//! Five steps, each a pass over the blocks or over what the step before found: count how the
//! document writes its words; take the names that its structure tells; tag each block; let the
//! document agree with itself; merge names into entities. Blocks are read into tokens anew in
//! each step, so that the tokens of one block are all that is held.
//!
//! May not know: files, state. It cannot fail.

mod buckets;
mod collect;
mod decode;
mod features;
mod language;
mod lexicon;
mod merge;
mod model;
mod names;
mod reading;
mod rules;
mod structure;
mod table;
mod tagger;
mod tokens;
pub mod training;
mod vote;
mod words;

use super::{Entity, Mention};
use crate::article::Document;
use crate::article::bulk::Bulk;
use lexicon::Lexicon;
use model::Model;
use names::Names;
use tagger::Tagger;
use words::Words;

/// The trained model; `examples/train.rs` makes it.
const MODEL: &[u8] = include_bytes!("../../../assets/model.bin");

/// The entities of a document, most mentioned first, then by first mention; and all their
/// mentions, sorted and disjoint. Time grows linearly with the text.
pub fn find(doc: &Document) -> (Vec<Entity>, Bulk<Mention>) {
    find_with(doc, MODEL, |_| true).unwrap_or_default()
}

/// As [`find`], but asks before each block, by its first byte, whether to go on. `None` where
/// not: names are known only when the whole text was read.
pub fn find_while(
    doc: &Document,
    go_on: impl FnMut(u32) -> bool,
) -> Option<(Vec<Entity>, Bulk<Mention>)> {
    find_with(doc, MODEL, go_on)
}

/// As [`find_while`], with the model in `bytes`; by rules alone if they are no sound model.
fn find_with(
    doc: &Document,
    bytes: &[u8],
    go_on: impl FnMut(u32) -> bool,
) -> Option<(Vec<Entity>, Bulk<Mention>)> {
    Some(tag_with(doc, bytes, go_on)?.merge(doc))
}

/// The names of a document before they are merged into entities.
#[derive(Debug, Default)]
pub struct Tagged {
    lexicon: Lexicon,
    names: Names,
}

/// The first half of [`find`]: which words are names, and of what kind.
pub fn tag(doc: &Document) -> Tagged {
    tag_with(doc, MODEL, |_| true).unwrap_or_default()
}

fn tag_with(doc: &Document, bytes: &[u8], mut go_on: impl FnMut(u32) -> bool) -> Option<Tagged> {
    let lexicon = Lexicon::new();
    let words = Words::of(doc);
    let mut names = Names::default();
    structure::add(doc, &lexicon, &mut names);
    let mut tagger = Tagger::new(&lexicon, &words, Model::read(bytes).ok());
    let mut found = Vec::new();
    for block in words::readable(doc) {
        if !go_on(block.span.start) {
            return None;
        }
        tokens::read(&doc.text, block.span, &mut found);
        tagger.tag(&doc.text, &found, &mut names);
    }
    vote::settle(doc, &lexicon, &words, &mut names);
    Some(Tagged { lexicon, names })
}

impl Tagged {
    /// The second half of [`find`], of the same document: which names mean the same.
    pub fn merge(&self, doc: &Document) -> (Vec<Entity>, Bulk<Mention>) {
        merge::entities(doc, &self.lexicon, &self.names)
    }
}
