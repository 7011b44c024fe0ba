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
const BUDGET: usize = 32;
/// Places that fewer votes point to are no regions: chance alone brings as many together.
const LEAST: u32 = 8;
/// So few places may be another word's that fell into the same bucket. More of them are hardly
/// ever, and to look at each would cost more than to be wrong.
const FEW: usize = 4;
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
/// In one number, the weight in the low byte, which sorts faster than two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Vote(u64);

impl Vote {
    fn new(shift: usize, weight: u32) -> Self {
        Self((shift as u64) << 8 | u64::from(weight & 0xff))
    }

    const fn shift(self) -> usize {
        (self.0 >> 8) as usize
    }

    const fn weight(self) -> u32 {
        (self.0 & 0xff) as u32
    }
}

/// The places of one run of query words: how many there are, where the run begins, how many words
/// it has.
type List = (u32, u32, u32);

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

    fn index(&self, gram: usize) -> Option<&Index> {
        if gram == 1 { self.single.as_ref() } else { Some(&self.double) }
    }
}

/// Where in `within` the one or two words of `phrase` stand, ascending; not all where they are
/// many. Without a source, each word of `within` is looked at.
pub(super) fn places(
    words: &Words,
    source: Option<&Source>,
    phrase: Range<usize>,
    within: &Range<usize>,
) -> Vec<usize> {
    let run = &words.all[phrase.clone()];
    let same = |&place: &usize| {
        let there = words.all.get(place..place + run.len()).unwrap_or_default();
        there.iter().map(|word| word.key).eq(run.iter().map(|word| word.key))
            && words.blocks[place] == words.blocks[place + run.len() - 1]
    };
    let Some(source) = source else {
        let last = (within.end + 1).saturating_sub(run.len());
        return (within.start..last).filter(same).collect();
    };
    let Some(index) = source.index(phrase.len()) else { return Vec::new() };
    let places = index.places(run, within).iter().take(BUDGET);
    places.map(|&place| place as usize).filter(same).collect()
}

/// Searches sources, keeping its tables from one search to the next.
#[derive(Debug, Default)]
pub(super) struct Tracer {
    pub(super) aligner: Aligner,
    lists: Vec<List>,
    votes: Vec<Vote>,
}

impl Tracer {
    /// The best alignment of `query` with the likeliest regions of `within`, the first of equals.
    /// Without a source, all of `within` is one region.
    pub(super) fn best(
        &mut self,
        words: &Words,
        source: Option<&Source>,
        query: Range<usize>,
        within: &Range<usize>,
    ) -> Option<Alignment> {
        self.aligner.take(words, query.clone());
        let Some(source) = source else { return self.aligner.align(words, within.clone(), 0) };
        self.vote(words, source, query.clone(), within);
        let mut best: Option<Alignment> = None;
        let mut most = 0;
        for _ in 0..REGIONS {
            let Some((votes, weight)) = densest(&self.votes, 8 + query.len() / 2) else { break };
            most = most.max(weight);
            if weight < LEAST || weight * 2 < most {
                break;
            }
            let region = self.region(votes.clone(), query.len(), within);
            self.votes.drain(votes);
            let least = best.as_ref().map_or(0, |best| best.score);
            let found = self.aligner.align(words, region, least);
            best = match (best, found) {
                (Some(best), Some(found)) if rank(words, &found) <= rank(words, &best) => {
                    Some(best)
                }
                (best, found) => found.or(best),
            };
        }
        best
    }

    /// The words of the source around some votes for a query of `length` words.
    fn region(&self, votes: Range<usize>, length: usize, within: &Range<usize>) -> Range<usize> {
        let slack = 8 + length / 4;
        let start = self.votes[votes.start].shift().saturating_sub(length + slack);
        let end = self.votes[votes.end - 1].shift() + slack;
        start.max(within.start)..end.min(within.end)
    }

    /// Collects where the words of the query stand, the rarest first until the budget is spent,
    /// in the order of the source.
    fn vote(&mut self, words: &Words, source: &Source, query: Range<usize>, within: &Range<usize>) {
        self.list(words, source, query.clone());
        self.votes.clear();
        let mut left = BUDGET;
        for &(_, at, gram) in &self.lists {
            let (at, Some(index)) = (at as usize, source.index(gram as usize)) else { continue };
            let places = index.places(&words.all[at..query.end], within);
            let places = places.get(..left).unwrap_or(places);
            left -= places.len();
            let (word, weight) = (words.all[at].key, index.weight(&words.weights[at..]));
            let many = places.len() > FEW;
            let real = |place: u32| many || words.all[place as usize].key == word;
            let real = places.iter().filter(|&&place| real(place));
            let shift = |place: u32| place as usize + query.end - at;
            self.votes.extend(real.map(|&place| Vote::new(shift(place), weight)));
            if left == 0 {
                break;
            }
        }
        self.votes.sort_unstable();
    }

    /// Lists the runs of the query that the source has, the rarest first.
    fn list(&mut self, words: &Words, source: &Source, query: Range<usize>) {
        self.lists.clear();
        for at in query.clone() {
            let run = &words.all[at..query.end];
            let single = source.single.as_ref().filter(|_| words.weights[at] > 1);
            for index in single.into_iter().chain([&source.double]) {
                let count = index.count(run);
                if count > 0 {
                    self.lists.push((count as u32, at as u32, index.gram as u32));
                }
            }
        }
        self.lists.sort_unstable();
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
    let (mut best, mut most) = (0..0, 0);
    for (end, vote) in votes.iter().enumerate() {
        weight += vote.weight();
        while votes[start].shift() + width < vote.shift() {
            weight -= votes[start].weight();
            start += 1;
        }
        if weight > most {
            (best, most) = (start..end + 1, weight);
        }
    }
    (most > 0).then_some((best, most))
}
