//! Where the words of a quotation may come from, likeliest first, if they are not in the body.
//!
//! Whoever is named beside the quotation is asked first, then the comments that this one answers
//! from the nearest up, the headline, and all comments before it.
//!
//! May not know: how words are searched.

use std::ops::Range;

use super::words::Words;
use crate::article::bulk::Bulk;
use crate::article::{Comment, Document};
use crate::text::fold;

/// So many ancestors of a comment are asked one by one.
const ANCESTORS: usize = 6;
/// So many earlier comments of one who is named are asked, the last ones.
const SAID: usize = 8;

/// Words to search, and how sure it is that they are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Which words.
    pub(super) words: Range<usize>,
    /// What they are to the comment.
    pub(super) kind: In,
}

/// So many words are looked at one by one; more need an index.
const SMALL: usize = 256;

impl Place {
    /// Whether to look at its words one by one.
    pub(super) fn is_small(&self) -> bool {
        self.words.len() <= SMALL
    }
}

/// What words are to a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum In {
    /// The headline or the body.
    Article,
    /// A comment that this one answers, or whose author it names.
    Meant,
    /// Any comment before.
    Earlier,
}

/// The comments by the first word of their author's name: its key, then the number of the comment,
/// in one number. Invariant: sorted.
#[derive(Debug)]
pub(super) struct Authors(Bulk<u64>);

impl Authors {
    pub(super) fn of(doc: &Document) -> Self {
        let first = |comment| fold::words(doc.author(comment)?).next().map(|word| word.key);
        let mut all = Bulk::with_room(doc.comments.len());
        all.extend(
            doc.comments.iter().zip(0..).filter_map(|(it, number)| Some(entry(first(it)?, number))),
        );
        all.sort_unstable();
        Self(all)
    }

    /// The last comments before number `before` whose author one of the words `among` names.
    fn named(
        &self,
        doc: &Document,
        words: &Words,
        among: Range<usize>,
        before: usize,
    ) -> impl Iterator<Item = usize> {
        let by = move |at: usize| {
            let key = bare(words, at);
            let end = self.0.partition_point(|&other| other < entry(key, before as u32));
            let first = entry(key, 0);
            let mine = self.0[..end].iter().rev().take_while(move |&&other| other >= first);
            let numbers = mine.take(SAID).map(move |&other| (other - first) as usize);
            numbers.filter(move |&number| is_named(doc, words, number, at))
        };
        among.flat_map(by).take(SAID)
    }
}

const fn entry(key: u32, number: u32) -> u64 {
    (key as u64) << 32 | number as u64
}

/// Whether the author's whole name stands at the word `at`, be it in the genitive.
fn is_named(doc: &Document, words: &Words, comment: usize, at: usize) -> bool {
    let Some(name) = doc.author(&doc.comments[comment]) else { return false };
    let mut written = at..words.all.len();
    let mut is_next =
        |key| written.next().is_some_and(|at| [words.all[at].key, bare(words, at)].contains(&key));
    fold::words(name).all(|word| is_next(word.key))
}

/// The key of a word without an ending after an apostrophe.
fn bare(words: &Words, at: usize) -> u32 {
    let word = words.bytes(at);
    let end = word.find(['\'', '’']);
    let first = end.and_then(|end| fold::words(word.get(..end)?).next());
    first.map_or(words.all[at].key, |first| first.key)
}

/// Where else than in the body the quotations of a block of comment `number` may have come from.
/// `among` are the words of the block.
pub(super) fn elsewhere(
    doc: &Document,
    words: &Words,
    authors: &Authors,
    number: usize,
    among: Range<usize>,
) -> Vec<Place> {
    let comment = &doc.comments[number];
    let meant = |number: usize| {
        let blocks = doc.comments[number].blocks();
        Place { words: words.of_blocks(blocks), kind: In::Meant }
    };
    let named = authors.named(doc, words, among, number);
    let mut places: Vec<Place> = named.chain(ancestors(doc, comment)).map(meant).collect();
    if doc.body.start > 0 {
        places.push(Place { words: words.of_blocks(0..1), kind: In::Article });
    }
    let earlier = words.of_blocks(doc.body.end..comment.blocks().start);
    places.push(Place { words: earlier, kind: In::Earlier });
    places
}

fn ancestors(doc: &Document, comment: &Comment) -> impl Iterator<Item = usize> {
    let parent = |comment: &Comment| comment.parent().map(|parent| parent as usize);
    let all = std::iter::successors(parent(comment), move |&number| parent(&doc.comments[number]));
    all.take(ANCESTORS)
}
