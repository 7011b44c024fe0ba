//! Names that the structure of the document tells: commenters, the byline, the dateline, and
//! commenters who are addressed or cited in other comments.
//!
//! May not know: how names are found in running text.

use std::collections::HashSet;

use super::lexicon::{Lexicon, Senses};
use super::names::{Names, Trust, phrase, words};
use super::table::Keyed;
use super::tokens::{self, Flags, Token, fold};
use crate::analysis::Kind;
use crate::article::{Block, BlockKind, Document};
use crate::text::span::Span;

/// Most words that the name of a commenter has where it is looked for in a comment.
const LONGEST: usize = 4;

/// How far into the body the dateline may stand, in bytes.
const DATELINE: u32 = 120;

/// Adds all names that need no reading of sentences.
pub(super) fn add(doc: &Document, lexicon: &Lexicon, names: &mut Names) {
    let mut found = Vec::new();
    let authors = commenters(doc, names, &mut found);
    byline(doc, names, &mut found);
    dateline(doc, names, &mut found);
    if authors.is_empty() {
        return;
    }
    for block in doc.comments.iter().flat_map(|comment| doc.comment_blocks(comment)) {
        tokens::read(&doc.text, block.span, &mut found);
        addressed(&found, &authors, lexicon, names);
    }
}

/// The author line of a comment names a person: `Tove Lund`.
fn commenters(doc: &Document, names: &mut Names, found: &mut Vec<Token>) -> HashSet<u64, Keyed> {
    let mut authors = HashSet::default();
    for comment in doc.comments.iter().filter(|comment| comment.is_named()) {
        let Some(line) = doc.blocks.get(comment.blocks().start as usize) else { continue };
        tokens::read(&doc.text, line.span, found);
        let number = phrase(words(found));
        if words(found).next().is_some() && !words(found).all(is_nobody) {
            names.add_author(found);
            authors.insert(number);
        }
    }
    authors
}

/// `anonymous`, `[deleted]`.
fn is_nobody(word: u64) -> bool {
    ["anonymous", "guest", "deleted", "removed", "unknown", "user", "admin"]
        .iter()
        .any(|name| fold(name) == word)
}

/// The people whom the head of the document knows as its authors, where the byline names them.
fn byline(doc: &Document, names: &mut Names, found: &mut Vec<Token>) {
    for block in doc.blocks.iter().filter(|block| block.kind() == BlockKind::Byline) {
        for author in &doc.head.authors {
            tell(doc, block, author, found);
            names.add(found, Kind::Person, Trust::Structure);
        }
    }
}

/// The place in the byline or in front of the first sentence: `OSLO –`, `Oslo, Norway (Wire) –`.
fn dateline(doc: &Document, names: &mut Names, found: &mut Vec<Token>) {
    let line = doc.head.dateline.as_deref().unwrap_or_default();
    let place = line.split([',', '(', '/', '–', '—']).next().unwrap_or_default();
    for block in doc.blocks.iter().take(doc.body.start as usize + 1) {
        tell(doc, block, place, found);
        found.retain(|token| token.span.end < block.span.start + DATELINE);
        names.add(found, Kind::Place, Trust::Structure);
    }
}

/// Replaces `found` by the tokens of `name` where it stands first in the block; by none if it
/// does not stand there on one line.
fn tell(doc: &Document, block: &Block, name: &str, found: &mut Vec<Token>) {
    found.clear();
    let name = name.trim();
    let at = doc.words(block).find(name).filter(|_| !name.contains('\n'));
    if let Some(at) = at {
        let start = block.span.start + at as u32;
        tokens::read(&doc.text, Span::new(start, start + name.len() as u32), found);
    }
}

/// `@tove`, `as tove said`, `Tove Lund is right`.
fn addressed(found: &[Token], authors: &HashSet<u64, Keyed>, lexicon: &Lexicon, names: &mut Names) {
    let mut at = 0;
    while at < found.len() {
        let longest = (1..=LONGEST.min(found.len() - at)).rev();
        let mut counts = longest
            .filter(|&count| found[at + count - 1].is(Flags::WORD) && found[at].is(Flags::WORD));
        let matched = counts.find(|&count| {
            !found[at + 1..at + count].iter().any(|token| token.is(Flags::BREAK))
                && authors.contains(&phrase(words(&found[at..at + count])))
                && is_meant(found, at, count, lexicon)
        });
        if let Some(count) = matched {
            names.add_author(&found[at..at + count]);
        }
        at += matched.unwrap_or(1);
    }
}

/// Whether words that are equal to the name of a commenter mean the commenter.
fn is_meant(found: &[Token], at: usize, count: usize, lexicon: &Lexicon) -> bool {
    let at_sign = at > 0 && found[at - 1].word == fold("@") && found[at].is(Flags::GLUED);
    let says = found.get(at + count).is_some_and(|next| lexicon.senses(next).any(Senses::SAY));
    let known = Senses::NAME.and(Senses::COMMON);
    let proper = found[at].is_capital()
        && !found[at].is(Flags::START)
        && !lexicon.senses(&found[at]).any(known);
    let whole = count > 1 && found[at].is_capital();
    let ordinary = count == 1 && lexicon.senses(&found[at]).any(Senses::NAME.and(Senses::FREQUENT));
    at_sign || whole || proper || (says && !ordinary)
}
