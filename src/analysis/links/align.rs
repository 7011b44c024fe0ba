//! Two stretches of words laid side by side: which of them stand for each other, in order.
//!
//! A local alignment (Smith and Waterman 1981) of words instead of letters: a shared word earns
//! its weight, a word that only one side has costs a part of it, and the best-earning stretch of
//! both sides is taken. What precedes and follows it costs nothing.
//!
//! Two texts share few words, so the table is never filled: since a gap costs the sum of what is
//! left out, the best way to a pair is a prefix maximum over the pairs before it (chaining with
//! separable gap costs, Eppstein, Galil, Giancarlo and Italiano 1992). A pair costs two walks up
//! or down a binary indexed tree (Fenwick 1994).
//!
//! May not know: what the stretches are; where they come from.

use std::ops::Range;

use super::words::Words;

/// The left side has at most so many words, a bit each.
pub(super) const LONGEST: usize = 64;

/// What a shared word earns, in parts of its weight; a word left out costs one part.
const SAME: i32 = 6;
/// What an inflected form earns.
const INFLECTED: i32 = 3;
/// What a shared word earns in addition where the words before it are shared as well.
const RUN: i32 = 4;

/// Indices of words that stand for each other. Invariant: ascending on both sides, not empty.
pub(super) type Pairs = Vec<(usize, usize)>;

/// Which words stand for each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alignment {
    /// Earnings less costs.
    pub(super) score: i32,
    /// The words that both sides share.
    pub(super) pairs: Pairs,
}

/// Slots of the table of stems.
const SLOTS: usize = 256;

/// Lays out alignments, keeping its tables from one to the next.
#[derive(Debug)]
pub(super) struct Aligner {
    left: Range<usize>,
    /// For each slot that stems fall into, the left words with such a stem, a bit each.
    slots: [u64; SLOTS],
    /// What the left words before each one weigh together.
    before: [i32; LONGEST + 1],
    chains: Vec<Chain>,
    /// The last chain that ends with each left word.
    last: [u32; LONGEST],
    ends: BestEnds,
    /// Pairs looked at so far: what the work is measured in.
    pub(super) pairs: u64,
}

/// A pair with the best way to it.
#[derive(Clone, Copy, Debug)]
struct Chain {
    /// Number of the left word.
    left: usize,
    /// Number of the right word.
    right: usize,
    score: i32,
    /// The chain that it prolongs, or [`NONE`].
    before: u32,
}

const NONE: u32 = u32::MAX;

impl Default for Aligner {
    fn default() -> Self {
        Self {
            left: 0..0,
            slots: [0; SLOTS],
            before: [0; LONGEST + 1],
            chains: Vec::new(),
            last: [NONE; LONGEST],
            ends: BestEnds::default(),
            pairs: 0,
        }
    }
}

fn slot(stem: u32) -> usize {
    stem as usize % SLOTS
}

impl Aligner {
    /// Takes the left side, of which the first [`LONGEST`] words count.
    pub(super) fn take(&mut self, words: &Words, left: Range<usize>) {
        for word in &words.all[self.left.clone()] {
            self.slots[slot(word.stem)] = 0;
        }
        self.left = left.start..left.end.min(left.start + LONGEST);
        for (bit, at) in self.left.clone().enumerate() {
            self.slots[slot(words.all[at].stem)] |= 1 << bit;
            self.before[bit + 1] = self.before[bit] + i32::from(words.weights[at]);
        }
    }

    /// Aligns the left side with another stretch of `words`; `None` where that earns less than
    /// `least`. Time and memory grow with the number of equal words, at most the product of the
    /// lengths, so the caller keeps them short.
    pub(super) fn align(
        &mut self,
        words: &Words,
        right: Range<usize>,
        least: i32,
    ) -> Option<Alignment> {
        self.chains.clear();
        self.ends.clear();
        self.last.fill(NONE);
        let mut weight = 0;
        let mut best = None;
        for at in right {
            let word = &words.all[at];
            let mut bits = self.slots[slot(word.stem)];
            while let Some(bit) = bits.checked_ilog2() {
                let bit = bit as usize;
                bits ^= 1 << bit;
                if words.all[self.left.start + bit].stem == word.stem {
                    self.pair(words, bit, at, weight);
                }
            }
            weight += i32::from(words.weights[at]);
        }
        for (number, chain) in self.chains.iter().enumerate() {
            if chain.score > best.map_or(0, |(score, _)| score) {
                best = Some((chain.score, number as u32));
            }
        }
        let (score, end) = best.filter(|&(score, _)| score >= least)?;
        Some(Alignment { score, pairs: self.chain(end) })
    }

    /// Adds the pair of the left word number `left` with word `right`, before which the right side
    /// weighs `weight`. Pairs are added by `right`, of the same `right` the last `left` first, so
    /// that all that may go before one are there and no other.
    fn pair(&mut self, words: &Words, left: usize, right: usize, weight: i32) {
        self.pairs += 1;
        let (one, other) = (&words.all[self.left.start + left], &words.all[right]);
        let own = i32::from(words.weights[self.left.start + left]);
        let earned = own * if one.key == other.key { SAME } else { INFLECTED };
        let mut best = (0, NONE);
        let apart =
            self.ends.best(left).map(|(value, chain)| (value - self.before[left] - weight, chain));
        let run = left.checked_sub(1).and_then(|left| self.run(left, right));
        for way in [apart, run].into_iter().flatten() {
            if way.0 > best.0 {
                best = way;
            }
        }
        let score = earned + best.0;
        let number = self.chains.len() as u32;
        self.chains.push(Chain { left, right, score, before: best.1 });
        self.last[left] = number;
        let passed = self.before[left + 1] + weight + i32::from(words.weights[right]);
        self.ends.add(left, score + passed, number);
    }

    /// What the chain that ends right before a pair is worth for it.
    fn run(&self, left: usize, right: usize) -> Option<(i32, u32)> {
        let number = self.last[left];
        let chain = self.chains.get(number as usize)?;
        (chain.right + 1 == right).then_some((chain.score + RUN, number))
    }

    fn chain(&self, end: u32) -> Pairs {
        let mut pairs = Vec::new();
        let mut next = end;
        while let Some(chain) = self.chains.get(next as usize) {
            pairs.push((self.left.start + chain.left, chain.right));
            next = chain.before;
        }
        pairs.reverse();
        pairs
    }
}

/// The most valuable chain that ends with one of the first left words.
#[derive(Debug)]
struct BestEnds([(i32, u32); LONGEST + 1]);

impl Default for BestEnds {
    fn default() -> Self {
        Self([(i32::MIN, NONE); LONGEST + 1])
    }
}

impl BestEnds {
    fn clear(&mut self) {
        self.0.fill((i32::MIN, NONE));
    }

    /// The best of those that end before left word number `left`: value and chain.
    fn best(&self, left: usize) -> Option<(i32, u32)> {
        let mut best = (i32::MIN, NONE);
        let mut node = left;
        while node > 0 {
            if self.0[node].0 > best.0 {
                best = self.0[node];
            }
            node &= node - 1;
        }
        (best.1 != NONE).then_some(best)
    }

    /// Stops at the first node that has a better one, since the nodes above it cover more.
    fn add(&mut self, left: usize, value: i32, chain: u32) {
        let mut node = left + 1;
        while node <= LONGEST && value > self.0[node].0 {
            self.0[node] = (value, chain);
            node += node & node.wrapping_neg();
        }
    }
}
