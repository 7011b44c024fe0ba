//! The words of a document in one row, how much each weighs, and where in a stretch of them one
//! or two given words stand.
//!
//! May not know: quotations, sentences.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::article::bulk::Bulk;
use crate::article::{BlockKind, Document};
use crate::text::fold::{self, Word};
use crate::text::span::Span;

/// All words of a document but those of author lines, in reading order.
#[derive(Debug)]
pub(super) struct Words<'a> {
    text: &'a str,
    pub(super) all: Bulk<Word>,
    /// How much a word says, from 1 (the, with, the name the article is about) to 4.
    pub(super) weights: Bulk,
    /// Number of the block that each word stands in.
    pub(super) blocks: Bulk<u32>,
    /// The first word of each block, and how many there are.
    firsts: Bulk<u32>,
}

impl<'a> Words<'a> {
    pub(super) fn of(doc: &'a Document) -> Self {
        let text = &*doc.text;
        let room = text.len() / 5;
        let (all, blocks) = (Bulk::with_room(room), Bulk::with_room(room));
        let firsts = Bulk::with_room(doc.blocks.len() + 1);
        let mut row = Self { text, all, weights: Bulk::default(), blocks, firsts };
        for (number, block) in doc.blocks.iter().enumerate() {
            row.firsts.push(row.all.len() as u32);
            if block.kind() == BlockKind::Author {
                continue;
            }
            let base = block.span.start;
            row.all.extend(fold::words(doc.words(block)).map(|word| Word {
                span: Span::new(base + word.span.start, base + word.span.end),
                ..word
            }));
            let count = row.all.len() - row.blocks.len();
            row.blocks.extend(std::iter::repeat_n(number as u32, count));
        }
        row.firsts.push(row.all.len() as u32);
        row.weights = weights(&row.all, text);
        row
    }

    /// A word as it is written.
    pub(super) fn bytes(&self, word: usize) -> &'a str {
        self.all[word].span.of(self.text)
    }

    /// Some bytes of the text.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The text before and after some bytes.
    pub(super) fn around(&self, span: Span) -> (&'a str, &'a str) {
        let before = self.text.get(..span.start as usize);
        let after = self.text.get(span.end as usize..);
        (before.unwrap_or_default(), after.unwrap_or_default())
    }

    /// What stands between a word and the next one.
    pub(super) fn gap(&self, word: usize) -> &'a str {
        let next = self.all.get(word + 1).map(|next| next.span.start);
        next.map_or("", |next| Span::new(self.all[word].span.end, next).of(self.text))
    }

    /// The words of some blocks.
    pub(super) fn of_blocks(&self, blocks: Range<u32>) -> Range<usize> {
        let first = |block: u32| self.firsts[block as usize] as usize;
        first(blocks.start)..first(blocks.end)
    }

    /// The words of the block that `word` stands in.
    pub(super) fn block_of(&self, word: usize) -> Range<usize> {
        let block = self.blocks[word];
        self.of_blocks(block..block + 1)
    }

    /// Those of the words `among` that stand inside `span`.
    pub(super) fn inside(&self, among: Range<usize>, span: Span) -> Range<usize> {
        let all = &self.all[among.clone()];
        let start = all.partition_point(|word| word.span.start < span.start);
        let count = all[start..].partition_point(|word| word.span.end <= span.end);
        among.start + start..among.start + start + count
    }

    /// The bytes from the first to the last of some words.
    pub(super) fn span(&self, words: Range<usize>) -> Span {
        match (self.all.get(words.start), self.all[..words.end].last()) {
            (Some(first), Some(last)) if !words.is_empty() => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// How much some words weigh together.
    pub(super) fn weight(&self, words: Range<usize>) -> u32 {
        self.weights[words].iter().map(|&weight| u32::from(weight)).sum()
    }

    /// How much the left words of some pairs weigh together.
    pub(super) fn weight_of(&self, pairs: &[(usize, usize)]) -> u32 {
        pairs.iter().map(|&(at, _)| u32::from(self.weights[at])).sum()
    }
}

/// A long word weighs more than a short one, unless this text uses it all the time.
fn weights(words: &[Word], text: &str) -> Bulk {
    let mut counts: HashMap<u32, u32, BuildHasherDefault<Spread>> = HashMap::default();
    for word in words {
        *counts.entry(word.key).or_default() += 1;
    }
    let total = words.len() as u64;
    counts.retain(|_, count| by_count(*count, total) < 4);
    let plain = PLAIN.iter().flat_map(|word| fold::words(word)).map(|word| (word.key, 1));
    let known = counts.into_iter().map(|(key, count)| (key, by_count(count, total)));
    // Few words are known to weigh less than their length says.
    let mut most: HashMap<u32, u8, BuildHasherDefault<Spread>> = known.collect();
    most.extend(plain);
    let weigh = |word: &Word| match most.get(&word.key) {
        Some(1) => 1,
        Some(&most) => by_length(word.span.of(text)).min(most),
        None => by_length(word.span.of(text)),
    };
    words.iter().map(weigh).collect()
}

/// Hashes a key, which is a hash already, by spreading it over the high bits.
#[derive(Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(self.0 as u32 ^ u32::from(byte));
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// English words of four letters and more that say no more than the shorter ones. Other languages
/// do without a list: there [`by_count`] must do.
const PLAIN: [&str; 52] = [
    "about", "after", "also", "because", "been", "before", "being", "could", "does", "each",
    "even", "ever", "from", "have", "here", "into", "just", "like", "made", "make", "many", "more",
    "most", "much", "only", "other", "over", "same", "should", "some", "such", "than", "that",
    "their", "them", "then", "there", "these", "they", "this", "those", "very", "were", "what",
    "when", "where", "which", "will", "with", "would", "your", "yours",
];

fn by_length(word: &str) -> u8 {
    let is_name = word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    match word.chars().take(7).count() + usize::from(is_name) {
        1 if word.len() > 2 => 2, // a sign of Han or kana
        0..=3 => 1,
        4 => 2,
        5..=6 => 3,
        _ => 4,
    }
}

fn by_count(count: u32, total: u64) -> u8 {
    match u64::from(count) {
        0..=2 => 4,
        count if count * 100 > total => 1,
        count if count * 300 > total => 2,
        count if count * 1000 > total => 3,
        _ => 4,
    }
}

/// Where each word, or each pair of neighbours, stands in a stretch of words: a table of buckets
/// with the positions of a bucket side by side, 4 bytes each.
#[derive(Debug)]
pub(super) struct Index {
    /// How many words make a run.
    pub(super) gram: usize,
    shift: u32,
    starts: Bulk<u32>,
    positions: Bulk<u32>,
}

impl Index {
    /// Indexes `range` of `words` by runs of `gram` (1 or 2) words.
    pub(super) fn of(words: &[Word], range: Range<usize>, gram: usize) -> Self {
        let end = (range.end + 1).saturating_sub(gram).max(range.start);
        let bits = (end - range.start).next_power_of_two().ilog2().max(1);
        let shift = 64 - bits;
        let (mut starts, mut positions) =
            (Bulk::zeroed((1 << bits) + 1), Bulk::zeroed(end - range.start));
        let bucket = |at: usize| bucket(&words[at..at + gram], shift);
        ends((range.start..end).map(bucket), &mut starts);
        let places = (range.start..end).rev().map(|at| (bucket(at), at));
        fill(places, (&mut starts, &mut positions));
        Self { gram, shift, starts, positions }
    }

    /// How much the run that the weights belong to says; neighbours say more than two words apart.
    pub(super) fn weight(&self, weights: &[u8]) -> u32 {
        let run = weights.iter().take(self.gram).map(|&weight| u32::from(weight));
        run.sum::<u32>() + 2 * (self.gram as u32 - 1)
    }

    /// How many places there are at most for the run of words that `words` begins with.
    pub(super) fn count(&self, words: &[Word]) -> usize {
        self.all(words).len()
    }

    /// Places in `range` where the run of words that `words` begins with may stand, ascending. A few may be
    /// others that share the bucket.
    pub(super) fn places(&self, words: &[Word], range: &Range<usize>) -> &[u32] {
        let places = self.all(words);
        let first = places.partition_point(|&at| (at as usize) < range.start);
        let count = places[first..].partition_point(|&at| (at as usize) < range.end);
        &places[first..first + count]
    }

    fn all(&self, words: &[Word]) -> &[u32] {
        if words.len() < self.gram {
            return &[];
        }
        let bucket = bucket(&words[..self.gram], self.shift);
        &self.positions[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }
}

/// Counts what is in each bucket, and leaves where each ends.
fn ends(buckets: impl Iterator<Item = usize>, ends: &mut [u32]) {
    buckets.for_each(|bucket| ends[bucket] += 1);
    (1..ends.len()).for_each(|bucket| ends[bucket] += ends[bucket - 1]);
}

/// Fills each bucket with its places, the last one first, from its end, which `starts` holds at
/// first, to its start.
fn fill(
    places: impl Iterator<Item = (usize, usize)>,
    (starts, positions): (&mut [u32], &mut [u32]),
) {
    for (bucket, at) in places {
        starts[bucket] -= 1;
        positions[starts[bucket] as usize] = at as u32;
    }
}

/// The bucket that a run of words falls into, where so many bits of a hash are left out.
fn bucket(run: &[Word], shift: u32) -> usize {
    let hash = run.iter().fold(0_u64, |hash, word| {
        (hash ^ u64::from(word.key)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
    });
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift) as usize
}
