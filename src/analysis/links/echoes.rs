//! Sentences of a comment that retell a sentence of the article.
//!
//! A sentence is an echo when so many telling words of it stand in the article in the same order
//! and so close together that chance or a common topic cannot account for it.
//!
//! May not know: quotations.

use std::ops::Range;

use super::align::{Aligner, Alignment, Pairs};
use super::quotes::{self, BEYOND_CHANCE};
use super::source::Source;
use super::words::Words;
use crate::text::span::Span;

/// Longer sentences are looked up in parts of at most so many words.
const LONGEST: usize = 64;
/// The fewest words that can be an echo.
const FEWEST: usize = 3;

/// The sentences in the words `part` of a text, in order: they end after a full stop, question or
/// exclamation mark with white space behind it.
pub(super) fn sentences(words: &Words, text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = part.start;
    for at in part.clone() {
        let next = words.words.get(at + 1).filter(|_| at + 1 < part.end);
        let gap = next.map(|next| Span::new(words.words[at].span.end, next.span.start).of(text));
        if gap.is_none_or(ends_sentence) || at + 1 - start == LONGEST {
            found.push(start..at + 1);
            start = at + 1;
        }
    }
    found
}

fn ends_sentence(gap: &str) -> bool {
    let mut chars = gap.chars().skip_while(|c| !matches!(c, '.' | '!' | '?' | '…' | '。'));
    chars.next() == Some('。') || chars.any(char::is_whitespace)
}

/// The passage of the source that a sentence retells.
pub(super) fn trace(
    aligner: &mut Aligner,
    words: &Words,
    source: &Source,
    sentence: Range<usize>,
    within: &Range<usize>,
) -> Option<Pairs> {
    if sentence.len() < FEWEST {
        return None;
    }
    let found = source.best(aligner, words, sentence.clone(), within)?;
    let run = quotes::by_block(words, &found.pairs).max_by_key(|run| words.weight_of(run))?;
    retells(words, &sentence, &found, run).then(|| run.to_vec())
}

/// Whether the shared words are too many for chance: a stretch that unrelated texts hardly ever
/// share, or else the more of them, the smaller a part of the sentence may be shared.
fn retells(
    words: &Words,
    sentence: &Range<usize>,
    found: &Alignment,
    run: &[(usize, usize)],
) -> bool {
    let shared = u64::from(words.weight_of(run));
    let whole = u64::from(words.weight(sentence.clone()));
    let size = shared + run.len() as u64;
    run.len() >= FEWEST
        && is_dense(words, run)
        && (found.score >= BEYOND_CHANCE || size * size * shared > ENOUGH * whole)
}

/// Whether a third of the words on both sides, by weight, are shared.
fn is_dense(words: &Words, run: &[(usize, usize)]) -> bool {
    let (first, last) = (run[0], run[run.len() - 1]);
    let sides = words.weight(first.0..last.0 + 1) + words.weight(first.1..last.1 + 1);
    6 * words.weight_of(run) >= sides
}

/// What the square of the shared words' number and weight, times the shared part of the sentence,
/// must exceed. Measured on sentences of news articles retold by rule and on unrelated ones.
const ENOUGH: u64 = 64;
