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
const BUDGET: usize = 96;
/// Places that fewer votes point to are no regions: chance alone brings as many together.
const LEAST: u32 = 8;
/// How many regions are proposed for one query.
const REGIONS: usize = 3;

/// Words that can be searched for where other words came from.
#[derive(Debug)]
pub(super) struct Source {
    /// Single words; `None` where pairs of them must do.
    single: Option<Index>,
    double: Index,
}

/// A word of the query at a place of the source: `shift` is the place plus the number of words
/// from there to the end of the query, the same for all words of a passage taken over unchanged.
struct Vote {
    shift: usize,
    weight: u32,
}

impl Source {
    /// A source that retold words are traced in, too.
    pub(super) fn of(words: &Words, range: Range<usize>) -> Self {
        let single = Some(Index::of(&words.all, range.clone(), 1));
        Self { single, double: Index::of(&words.all, range, 2) }
    }

    /// A source that only quotations of at least two words are traced in: half as large.
    pub(super) fn of_pairs(words: &Words, range: Range<usize>) -> Self {
        Self { single: None, double: Index::of(&words.all, range, 2) }
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
        let mut most = 0;
        while regions.len() < REGIONS {
            let Some((best, weight)) = densest(&votes, 8 + query.len() / 2) else { break };
            most = most.max(weight);
            if weight < LEAST || weight * 2 < most {
                break;
            }
            let slack = 8 + query.len() / 4;
            let start = votes[best.start].shift.saturating_sub(query.len() + slack);
            let end = votes[best.end - 1].shift + slack;
            regions.push(start.max(within.start)..end.min(within.end));
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
                (Some(best), Some(found)) if rank(words, &found) > rank(words, &best) => {
                    Some(found)
                }
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
        let index = if phrase.len() == 1 { self.single.as_ref() } else { Some(&self.double) };
        let Some(index) = index else { return Vec::new() };
        let run = &words.all[phrase.clone()];
        let places = index.places(run, within).iter().take(BUDGET).map(|&place| place as usize);
        let same = |place: usize| {
            let there = words.all.get(place..place + run.len()).unwrap_or_default();
            there.iter().map(|word| word.key).eq(run.iter().map(|word| word.key))
                && words.blocks[place] == words.blocks[place + run.len() - 1]
        };
        places.filter(|&place| same(place)).collect()
    }

    /// Where the words of the query stand, the rarest first until the budget is spent.
    fn votes(&self, words: &Words, query: Range<usize>, within: &Range<usize>) -> Vec<Vote> {
        let mut lists: Vec<(usize, &Index, usize)> = Vec::new();
        for at in query.clone() {
            let run = &words.all[at..query.end];
            lists.push((self.double.count(run), &self.double, at));
            if let Some(single) = self.single.as_ref().filter(|_| words.weights[at] > 1) {
                lists.push((single.count(run), single, at));
            }
        }
        lists.retain(|&(count, ..)| count > 0);
        lists.sort_by_key(|&(count, ..)| count);
        let mut left = BUDGET;
        let mut votes = Vec::new();
        for (_, index, at) in lists {
            if left == 0 {
                break;
            }
            let places = index.places(&words.all[at..query.end], within);
            let places = &places[..places.len().min(left)];
            left -= places.len();
            let (word, weight) = (words.all[at].key, index.weight(&words.weights[at..]));
            let real = places.iter().filter(|&&place| words.all[place as usize].key == word);
            let shift = |place: u32| place as usize + query.end - at;
            votes.extend(real.map(|&place| Vote { shift: shift(place), weight }));
        }
        votes
    }
}

/// Alignments by how much they earn, and where that is the same, by how many words are spelled
/// the same to the letter.
fn rank(words: &Words, found: &Alignment) -> (i32, usize) {
    let same = |&&(one, other): &&(usize, usize)| words.bytes(one) == words.bytes(other);
    (found.score, found.pairs.iter().filter(same).count())
}

/// The votes within `width` of each other that weigh most together, the first of equals.
fn densest(votes: &[Vote], width: usize) -> Option<(Range<usize>, u32)> {
    let (mut start, mut weight) = (0, 0);
    let mut best: Option<(Range<usize>, u32)> = None;
    for (end, vote) in votes.iter().enumerate() {
        weight += vote.weight;
        while votes[start].shift + width < vote.shift {
            weight -= votes[start].weight;
            start += 1;
        }
        if best.as_ref().is_none_or(|(_, most)| weight > *most) {
            best = Some((start..end + 1, weight));
        }
    }
    best
}
