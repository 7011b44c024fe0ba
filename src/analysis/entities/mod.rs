//! Entities and their mentions: the people, places and so on that body and comments speak of.
//!
//! Five steps, each a pass over the blocks or over what the step before found: count how the
//! document writes its words; take the names that its structure tells; tag each block; let the
//! document agree with itself; merge names into entities. Blocks are read into tokens anew in
//! each step, so that the tokens of one block are all that is held.
//!
//! May not know: files, state. It cannot fail.

mod collect;
mod lexicon;
mod merge;
mod names;
mod reading;
mod structure;
mod table;
mod tagger;
mod tokens;
mod vote;
mod words;

use super::{Entity, Mention};
use crate::article::Document;
use lexicon::Lexicon;
use names::Names;
use words::Words;

/// The entities of a document, most mentioned first, then by first mention; and all their
/// mentions, sorted and disjoint. Time grows linearly with the text.
pub fn find(doc: &Document) -> (Vec<Entity>, Vec<Mention>) {
    let lexicon = Lexicon::new();
    let words = Words::of(doc);
    let mut names = Names::default();
    structure::add(doc, &lexicon, &mut names);
    let mut found = Vec::new();
    for block in words::readable(doc) {
        tokens::read(&doc.text, block.span, &mut found);
        tagger::tag(&found, &lexicon, &words, &mut names);
    }
    vote::settle(doc, &lexicon, &words, &mut names);
    merge::entities(doc, &lexicon, &names)
}
