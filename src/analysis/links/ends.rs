//! Where a link begins and ends: the bytes of both sides for words that stand for each other.
//!
//! May not know: how the words were found.

use std::ops::Range;

use super::words::Words;
use crate::article::Document;
use crate::text::span::Span;

/// So many altered words at an end of a quotation still belong to it.
const ALTERED: usize = 3;

/// From the first to the last of the shared words on both sides.
pub(super) fn of_words(words: &Words, run: &[(usize, usize)]) -> (Span, Span) {
    let (from, to) = self::words(run);
    (words.span(from), words.span(to))
}

/// The same as indices of words.
pub(super) fn words(run: &[(usize, usize)]) -> (Range<usize>, Range<usize>) {
    let ends = |side: fn(&(usize, usize)) -> usize| {
        let all = run.iter().map(side);
        all.clone().min().unwrap_or_default()..all.max().map_or(0, |last| last + 1)
    };
    (ends(|pair| pair.0), ends(|pair| pair.1))
}

/// The same for a quotation, whose own ends are taken where only a few altered words or the
/// punctuation are missing; the passage then takes in as much on its side.
pub(super) fn of_quotation(
    doc: &Document,
    words: &Words,
    quotation: Span,
    quote: &Range<usize>,
    run: &[(usize, usize)],
) -> (Span, Span) {
    let (mut from, mut to) = of_words(words, run);
    let (first, last) = (run[0], run[run.len() - 1]);
    let block = doc.blocks[words.blocks[first.1] as usize].span;
    let source = words.block_of(first.1);
    let (before, after) = (first.0 - quote.start, quote.end - 1 - last.0);
    if before <= ALTERED {
        let start = first.1.saturating_sub(before).max(source.start);
        (from.start, to.start) = (quotation.start, words.all[start].span.start);
    }
    if after <= ALTERED {
        let end = (last.1 + after).min(source.end - 1);
        (from.end, to.end) = (quotation.end, words.all[end].span.end);
        to.end +=
            punctuation(doc, words.all[quote.end - 1].span.end..quotation.end, to.end..block.end);
    }
    (from, to)
}

/// How many bytes of the same punctuation both ranges begin with.
fn punctuation(doc: &Document, quotation: Range<u32>, source: Range<u32>) -> u32 {
    let (one, other) = (
        doc.slice(Span::new(quotation.start, quotation.end)),
        doc.slice(Span::new(source.start, source.end)),
    );
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other);
    same.map(|(c, _)| c.len_utf8() as u32).sum()
}
