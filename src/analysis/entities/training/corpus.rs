//! Examples as rows of tokens with their features and the labels that their marks allow.
//!
//! May not know: weights.

use std::collections::HashMap;

use super::super::decode::follows;
use super::super::features::{self, Sight};
use super::super::lexicon::{Lexicon, Senses};
use super::super::model::Facts;
use super::super::reading::Reading;
use super::super::rules;
use super::super::tagger::{mask, segment};
use super::super::tokens::{self, Token};
use super::super::words::{self, Words};
use super::{Example, Others};
use crate::article::Document;
use crate::article::builder::Builder;

/// Tokens in a row that may be names.
pub(super) struct Segment {
    /// Where the features of each token end among those of the corpus.
    pub(super) ends: Vec<u32>,
    pub(super) first: u32,
    /// The labels that each token may have by the text and by the marks.
    pub(super) masks: Vec<u8>,
    pub(super) marked: Vec<u8>,
}

/// All segments of all examples.
#[derive(Default)]
pub(super) struct Corpus {
    pub(super) segments: Vec<Segment>,
    pub(super) features: Vec<u32>,
    pub(super) ids: HashMap<u64, u32>,
    /// The number of each feature.
    pub(super) numbers: Vec<u64>,
    pub(super) counts: Vec<u32>,
}

impl Corpus {
    pub(super) fn add(&mut self, example: &Example, lexicon: &Lexicon, facts: &Facts<'_>) {
        let (doc, starts) = document(&example.text);
        let words = Words::of(&doc);
        let (mut found, mut guesses, mut sights) = (Vec::new(), Vec::new(), Vec::new());
        for block in words::readable(&doc) {
            tokens::read(&doc.text, block.span, &mut found);
            let senses: Vec<Senses> = found.iter().map(|token| lexicon.senses(token)).collect();
            let reading = Reading { tokens: &found, senses: &senses, lexicon, words: &words };
            guesses.clear();
            rules::guess(&reading, &mut guesses);
            features::look(&doc.text, &reading, facts, &guesses, &mut sights);
            let at = starts.partition_point(|&(start, _)| start <= block.span.start) - 1;
            let marked = marked(&found, starts[at], example);
            self.segments(&found, &sights, &marked);
        }
    }

    pub(super) fn segments(&mut self, found: &[Token], sights: &[Sight], marked: &[u8]) {
        let mut at = 0;
        let mut features = Vec::new();
        while let Some(range) = segment(sights, at) {
            at = range.end;
            let first = self.features.len() as u32;
            let mut ends = Vec::new();
            for at in range.clone() {
                features::features(sights, at, &mut features);
                for &number in &features {
                    self.feature(number);
                }
                ends.push(self.features.len() as u32);
            }
            let masks = found[range.clone()].iter().map(mask).collect();
            let mut marked = marked[range].to_vec();
            repair(&mut marked);
            self.segments.push(Segment { ends, first, masks, marked });
        }
    }

    pub(super) fn feature(&mut self, number: u64) {
        let next = self.numbers.len() as u32;
        let id = *self.ids.entry(number).or_insert(next);
        if id == next {
            self.numbers.push(number);
            self.counts.push(0);
        }
        self.counts[id as usize] += 1;
        self.features.push(id);
    }

    /// Gives features that are seen too rarely the id of one that never counts.
    pub(super) fn prune(&mut self, least: u32) {
        let mut numbers = vec![0];
        let mut kept = vec![0; self.numbers.len()];
        for (id, &count) in self.counts.iter().enumerate() {
            if count >= least {
                kept[id] = numbers.len() as u32;
                numbers.push(self.numbers[id]);
            }
        }
        self.features.iter_mut().for_each(|id| *id = kept[*id as usize]);
        self.numbers = numbers;
        self.ids.clear();
    }
}

/// A name whose first word stands outside of the segment begins with its next.
pub(super) fn repair(marked: &mut [u8]) {
    let mut last = 0;
    for mask in marked {
        let label = mask.trailing_zeros();
        if !follows(last, label as usize) {
            *mask >>= 1;
        }
        last = mask.trailing_zeros() as usize;
    }
}

/// A text as a document, and where its blocks begin: byte of the document, byte of the text.
pub(super) fn document(text: &str) -> (Document, Vec<(u32, u32)>) {
    let mut builder = Builder::new();
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let before = builder.blocks();
        builder.paragraph(line.trim_end_matches(['\n', '\r']));
        lines.push((before, builder.blocks(), at));
        at += line.len() as u32;
    }
    let doc = builder.finish();
    let mut starts = Vec::new();
    for (before, after, at) in lines {
        if before < after {
            starts.push((doc.blocks[before].span.start, at));
        }
    }
    (doc, starts)
}

/// The labels that the marks allow each token of a block that begins at `starts`: byte of the
/// document, byte of the text.
pub(super) fn marked(found: &[Token], (block, line): (u32, u32), example: &Example) -> Vec<u8> {
    let open = match example.others {
        Others::Marked => 1,
        Others::Unmarked => 1 | 1 << 7,
    };
    let mut masks = vec![open; found.len()];
    let mut at = example.names.partition_point(|(span, _)| span.end <= line);
    let mut inside = None;
    for (token, mask) in found.iter().zip(&mut masks) {
        let start = token.span.start - block + line;
        while example.names.get(at).is_some_and(|(span, _)| span.end <= start) {
            at += 1;
        }
        let name = example.names.get(at).filter(|(span, _)| span.start <= start);
        let Some(&(_, kind)) = name else { continue };
        let [first, later] = features::labels(kind);
        *mask = 1 << if inside == Some(at) { later } else { first };
        inside = Some(at);
    }
    masks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_its_first_word_begins_with_its_next() {
        let mut marked = [1 << 2, 1 << 2, 1, 1 << 5, 1 << 6];
        repair(&mut marked);
        assert_eq!(marked, [1 << 1, 1 << 2, 1, 1 << 5, 1 << 6]);
    }
}
