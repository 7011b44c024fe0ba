//! A quotation traced to the passage it was taken from.
//!
//! The words are laid beside the likeliest regions of the source; what is left over before and
//! after the stretch that fits is looked up again, so that a quotation with a gap, or one that
//! goes on in another paragraph, falls into several runs of words.
//!
//! May not know: which marks set it off, which sources there are.

use std::ops::Range;

use super::align::{self, Alignment, Pairs};
use super::source::{self, Source, Tracer};
use super::words::Words;

/// Longer quotations are traced in parts of at most so many words.
const PART: usize = align::LONGEST;
/// The fewest words that alignment can trace; see [`phrase`] for fewer.
pub(super) const FEWEST: usize = 3;
/// Fewer and lighter words than these together say nothing (`as for the`).
const LIGHTEST: u32 = 9;
/// Unrelated texts of one topic hardly ever share a stretch that scores as much (62 was the
/// highest seen between sentences of twelve unrelated web articles).
pub(super) const BEYOND_CHANCE: i32 = 72;
/// A gap of more words than these in the source parts a quotation into two.
const WIDEST_GAP: usize = 64;

/// Traces the words `quote` in the part `within` of a source: runs of pairs, ascending in the
/// quotation.
pub(super) fn trace(
    tracer: &mut Tracer,
    words: &Words,
    source: Option<&Source>,
    quote: Range<usize>,
    within: &Range<usize>,
) -> Vec<Pairs> {
    let mut runs = Vec::new();
    let mut open = parts(words, quote);
    while let Some(query) = open.pop() {
        let best = tracer.best(words, source, query.clone(), within);
        let Some(found) = best.filter(|found| holds(words, &query, found)) else { continue };
        let (first, last) = (found.pairs[0].0, found.pairs[found.pairs.len() - 1].0);
        open.extend(
            [query.start..first, last + 1..query.end]
                .into_iter()
                .filter(|rest| rest.len() > FEWEST),
        );
        runs.extend(by_block(words, &found.pairs).map(<[_]>::to_vec));
    }
    runs.sort_unstable();
    let mut runs = joined(words, runs);
    runs.retain(|run| run.len() >= FEWEST);
    runs
}

/// The parts between its gaps (`A … B`), the long ones in parts of like length of at most [`PART`]
/// words.
fn parts(words: &Words, quote: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = quote.start;
    for end in quote.clone().map(|word| word + 1) {
        if end == quote.end || is_ellipsis(words.gap(end - 1)) {
            let (length, count) = (end - start, (end - start).div_ceil(PART));
            let bound = |part: usize| start + length * part / count;
            parts.extend((0..count).map(|part| bound(part)..bound(part + 1)));
            start = end;
        }
    }
    parts.retain(|part| part.len() >= FEWEST);
    parts
}

fn is_ellipsis(gap: &str) -> bool {
    gap.contains('…') || gap.contains("...") || gap.contains("[..") || gap.contains(". . .")
}

/// Whether an alignment shows that the words were taken from there: most of the quotation is
/// found, or a stretch that is too long for chance.
fn holds(words: &Words, query: &Range<usize>, found: &Alignment) -> bool {
    let weight = words.weight_of(&found.pairs);
    let most = weight * 5 >= words.weight(query.clone()) * 3;
    let whole =
        most && found.pairs.len() >= FEWEST && weight + found.pairs.len() as u32 >= LIGHTEST;
    let exact = found.pairs.len() == query.len() && query.len() > FEWEST;
    whole || exact || found.score >= BEYOND_CHANCE
}

/// Pairs parted where the source goes on in another block.
pub(super) fn by_block<'a>(
    words: &'a Words,
    pairs: &'a [(usize, usize)],
) -> impl Iterator<Item = &'a [(usize, usize)]> {
    pairs.chunk_by(|one, next| words.blocks[one.1] == words.blocks[next.1])
}

/// Runs that go on in the same block of the source, a gap apart, become one.
fn joined(words: &Words, runs: Vec<Pairs>) -> Vec<Pairs> {
    let mut all: Vec<Pairs> = Vec::new();
    for run in runs {
        let (_, start) = run[0];
        let last = all.last_mut().filter(|last| {
            let (_, end) = last[last.len() - 1];
            let near = end < start && start - end <= WIDEST_GAP;
            near && words.blocks[end] == words.blocks[start]
        });
        match last {
            Some(last) => last.extend(run),
            None => all.push(run),
        }
    }
    all
}

/// Where a phrase of one or two words stands, if it is plain that it was taken from there: the
/// source has it in quotation marks too and a word of it tells something, or it is a pair of telling words that stand together
/// nowhere else. A single word in quotation marks is mostly the writer's own irony.
pub(super) fn phrase(
    words: &Words,
    source: Option<&Source>,
    quote: Range<usize>,
    within: &Range<usize>,
) -> Option<Pairs> {
    let places = source::places(words, source, quote.clone(), within);
    let marked = places.iter().find(|&&place| {
        let span = words.span(place..place + quote.len());
        let (before, after) = words.around(span);
        let before = before.chars().next_back();
        let after = after.trim_start_matches(['.', ',']).chars().next();
        is_mark(before) && is_mark(after)
    });
    let heavy = words.weights[quote.clone()].iter().filter(|&&weight| weight > 2).count();
    let place = match (marked, places.as_slice()) {
        (Some(&place), _) if heavy > 0 => place,
        (None, &[place]) if heavy == 2 => place,
        _ => return None,
    };
    Some(quote.clone().zip(place..place + quote.len()).collect())
}

fn is_mark(c: Option<char>) -> bool {
    c.is_some_and(|c| "\"“”„«»‹›‘’'".contains(c))
}
