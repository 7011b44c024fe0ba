//! A stretch of the document that comments take words from, and where in it given words may have
//! come from.
//!
//! Rare words and pairs of words vote for the places they stand at; places where many votes agree
//! are worth a closer look. Frequent ones are asked last and only within a budget, so that a text
//! of one word, said a million times, costs no more than any other.
//!
//! May not know: quotations, sentences, how words are aligned.

use std::ops::Range;

use super::align::{Aligner, Alignment};
use super::words::{Index, Words};

/// How many places are looked at for one query.
const BUDGET: usize = 256;
/// How many regions are proposed for one query.
const REGIONS: usize = 3;

/// Words that can be searched for where other words came from.
#[derive(Debug)]
pub(super) struct Source {
    single: Index,
    double: Index,
}

/// A word of the query at a place of the source: `shift` is the place less the word's index in
/// the query, the same for all words of a passage taken over unchanged.
struct Vote {
    shift: i64,
    weight: u32,
}

impl Source {
    pub(super) fn of(words: &Words, range: Range<usize>) -> Self {
        let single = Index::of(&words.words, range.clone(), 1);
        Self { single, double: Index::of(&words.words, range, 2) }
    }

    /// Where in `within` the words of `query` may stand, likeliest first.
    pub(super) fn regions(
        &self,
        words: &Words,
        query: Range<usize>,
        within: &Range<usize>,
    ) -> Vec<Range<usize>> {
        let mut votes = self.votes(words, query.clone(), within);
        votes.sort_unstable_by_key(|vote| vote.shift);
        let mut regions: Vec<Range<usize>> = Vec::new();
        while regions.len() < REGIONS {
            let Some(best) = densest(&votes, (8 + query.len() / 2) as i64) else { break };
            let slack = (8 + query.len() / 4) as i64;
            let start = (votes[best.start].shift - slack).max(within.start as i64) as usize;
            let end = votes[best.end - 1].shift + query.len() as i64 + slack;
            let end = (end.max(0) as usize).clamp(start, within.end);
            regions.push(start..end);
            votes.drain(best);
        }
        regions
    }

    /// The best alignment of `query` with any of its regions, the first of equals.
    pub(super) fn best(
        &self,
        aligner: &mut Aligner,
        words: &Words,
        query: Range<usize>,
        within: &Range<usize>,
    ) -> Option<Alignment> {
        let mut best: Option<Alignment> = None;
        for region in self.regions(words, query.clone(), within) {
            let found = aligner.align(words, query.clone(), region);
            best = match (best, found) {
                (Some(best), Some(found)) if found.score > best.score => Some(found),
                (None, found) => found,
                (best, _) => best,
            };
        }
        best
    }

    /// Where in `within` the one or two words of `phrase` stand, ascending; not all where they
    /// are many.
    pub(super) fn places(
        &self,
        words: &Words,
        phrase: Range<usize>,
        within: &Range<usize>,
    ) -> Vec<usize> {
        let index = if phrase.len() == 1 { &self.single } else { &self.double };
        let run = &words.words[phrase.clone()];
        let places = index.places(run, within).iter().take(BUDGET).map(|&place| place as usize);
        let same = |place: usize| {
            let there = words.words.get(place..place + run.len()).unwrap_or_default();
            there.iter().map(|word| word.key).eq(run.iter().map(|word| word.key))
                && words.blocks[place] == words.blocks[place + run.len() - 1]
        };
        places.filter(|&place| same(place)).collect()
    }

    fn votes(&self, words: &Words, query: Range<usize>, within: &Range<usize>) -> Vec<Vote> {
        let mut lists: Vec<(usize, &[u32])> = Vec::new();
        for at in query.clone() {
            let run = &words.words[at..query.end];
            lists.push((at, self.double.places(run, within)));
            lists.push((at, self.single.places(run, within)));
        }
        lists.retain(|(_, places)| !places.is_empty());
        lists.sort_by_key(|(_, places)| places.len());
        let mut left = BUDGET;
        let mut votes = Vec::new();
        for (at, places) in lists {
            let places = &places[..places.len().min(left)];
            left -= places.len();
            let word = words.words[at].key;
            let real = places.iter().filter(|&&place| words.words[place as usize].key == word);
            votes.extend(real.map(|&place| Vote {
                shift: i64::from(place) - (at - query.start) as i64,
                weight: u32::from(words.weights[at]),
            }));
        }
        votes
    }
}

/// The votes within `width` of each other that weigh most together, the first of equals.
fn densest(votes: &[Vote], width: i64) -> Option<Range<usize>> {
    let (mut start, mut weight) = (0, 0);
    let mut best: Option<(Range<usize>, u32)> = None;
    for (end, vote) in votes.iter().enumerate() {
        weight += vote.weight;
        while votes[start].shift < vote.shift - width {
            weight -= votes[start].weight;
            start += 1;
        }
        if best.as_ref().is_none_or(|(_, most)| weight > *most) {
            best = Some((start..end + 1, weight));
        }
    }
    best.map(|(votes, _)| votes)
}
