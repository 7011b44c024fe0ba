//! Sentences of a comment that retell a sentence of the article.
//!
//! A sentence is an echo when so many telling words of it stand in the article in the same order
//! and so close together that chance or a common topic cannot account for it.
//!
//! May not know: quotations.

use std::ops::Range;

use super::align::{self, Pairs};
use super::ends;
use super::quotes::{self, BEYOND_CHANCE};
use super::source::{Source, Tracer};
use super::words::Words;
use crate::text::sentences;
use crate::text::span::Span;

/// Longer sentences are looked up in parts of at most so many words.
const LONGEST: usize = align::LONGEST;
/// The fewest words that can be an echo.
const FEWEST: usize = 3;

/// A half of a sentence that was turned around is looked for among so many words.
const NEAR: usize = 24;
/// It must score as much: two telling words side by side.
const TELLING: i32 = 26;

/// The sentences of `part` of the text as ranges of the words `among`, in order; the long ones in
/// parts.
pub(super) fn sentences(words: &Words, among: Range<usize>, part: Span) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = words.inside(among.clone(), part).start;
    for sentence in sentences::split(words.slice(part)) {
        let end = part.start + sentence.end;
        while at < among.end && words.all[at].span.end <= end {
            let most = &words.all[at..among.end.min(at + LONGEST)];
            let count = most.iter().take_while(|word| word.span.end <= end).count();
            found.push(at..at + count);
            at += count;
        }
    }
    found
}

/// The passage of the source that a sentence retells.
pub(super) fn trace(
    tracer: &mut Tracer,
    words: &Words,
    source: &Source,
    sentence: Range<usize>,
    within: &Range<usize>,
) -> Option<Pairs> {
    if sentence.len() < FEWEST {
        return None;
    }
    let found = tracer.best(words, Some(source), sentence.clone(), within)?;
    let run = quotes::by_block(words, &found.pairs).max_by_key(|run| words.weight_of(run))?;
    let mut run = run.to_vec();
    if found.score >= TELLING && !retells(words, &sentence, found.score, &run) {
        run.extend(swapped(tracer, words, &sentence, &run));
    }
    retells(words, &sentence, found.score, &run).then_some(run)
}

/// What else of the sentence stands close by, but on the other side: a retelling often turns two
/// halves around.
fn swapped(
    tracer: &mut Tracer,
    words: &Words,
    sentence: &Range<usize>,
    run: &[(usize, usize)],
) -> Pairs {
    let (first, last) = (run[0], run[run.len() - 1]);
    let block = words.block_of(first.1);
    let before = block.start.max(first.1.saturating_sub(NEAR))..first.1;
    let after = last.1 + 1..block.end.min(last.1 + 1 + NEAR);
    let halves = [(sentence.start..first.0, after), (last.0 + 1..sentence.end, before)];
    let found = halves.into_iter().filter_map(|(left, right)| {
        tracer.aligner.take(words, left);
        tracer.aligner.align(words, right, TELLING)
    });
    found.max_by_key(|found| found.score).map(|best| best.pairs).unwrap_or_default()
}

/// Whether the shared words are too many for chance: a stretch that unrelated texts hardly ever
/// share, or else the more of them, the smaller a part of the sentence may be shared.
fn retells(words: &Words, sentence: &Range<usize>, score: i32, run: &[(usize, usize)]) -> bool {
    let shared = u64::from(words.weight_of(run));
    let whole = u64::from(words.weight(sentence.clone()).min(LONG));
    let size = shared + run.len() as u64;
    run.len() >= FEWEST
        && is_dense(words, run)
        && (score >= BEYOND_CHANCE || size * size * shared > ENOUGH * whole)
}

/// A sentence that weighs more than so much may retell with one of its clauses only.
const LONG: u32 = 64;

/// Whether a third of the words on both sides, by weight, are shared.
fn is_dense(words: &Words, run: &[(usize, usize)]) -> bool {
    let (from, to) = ends::words(run);
    let sides = words.weight(from) + words.weight(to);
    6 * words.weight_of(run) >= sides
}

/// What the square of the shared words' number and weight, times the shared part of the sentence,
/// must exceed. Measured on sentences of news articles retold by rule and on unrelated ones.
const ENOUGH: u64 = 64;
