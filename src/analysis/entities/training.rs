//! Training: from marked texts to the bytes of a model, the same bytes each time.
//!
//! An averaged structured perceptron (Collins 2002): each text is tagged with the weights so far,
//! and where that is wrong, the features of the right labels gain and those of the found ones
//! lose. The mean of all weights over all steps is the model, in 8 bits.
//!
//! May not know: files. Nothing of this runs in the reader.

use std::collections::{BTreeMap, HashMap};

use super::buckets;
use super::decode::Decoder;
use super::features::{self, Sight};
use super::lexicon::{Lexicon, Senses};
use super::model::{CLUSTERS, Fact, Facts, LABELS, Parts, Row};
use super::reading::Reading;
use super::rules;
use super::tagger::{mask, segment};
use super::tokens::{self, Token, fold, join};
use super::words::{self, Words};
use crate::analysis::{Entity, Kind, Mention};
use crate::article::Document;
use crate::article::builder::Builder;
use crate::text::span::Span;

/// A text with its names.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// The text; each line is a paragraph.
    pub text: String,
    /// The names as bytes of the text, sorted and disjoint. All kinds but person, place and
    /// organization count as one.
    pub names: Vec<(Span, Kind)>,
    /// Whether names of other kinds than those three are marked, too.
    pub others: Others,
    /// How much a mistake in it counts.
    pub weight: i32,
}

/// Whether names that are neither people, places nor organizations are marked in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Others {
    /// They are.
    Marked,
    /// They are not: what is unmarked may be one.
    #[default]
    Unmarked,
}

/// Lists of words, each a file with a row of fields parted by tabs a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lists<'a> {
    /// Word, then its cluster on three levels, finest first.
    pub clusters: &'a str,
    /// Name of a city; what follows is not read.
    pub cities: &'a str,
    /// Name, `male-first`, `female-first` or `last`, percent of the people who bear it.
    pub census: &'a str,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How often each text is read.
    pub rounds: usize,
    /// How often a feature is seen at least.
    pub least: u32,
    /// Lines of 64 bytes for what is known of words.
    pub fact_lines: usize,
    /// Lines of 64 bytes for the weights of features.
    pub row_lines: usize,
}

/// The entities of a document as another model than the built-in one finds them; by rules alone
/// if `model` is none.
pub fn find(doc: &Document, model: &[u8]) -> (Vec<Entity>, Vec<Mention>) {
    super::find_with(doc, model)
}

/// Trains a model.
pub fn train(examples: &[Example], lists: &Lists<'_>, settings: &Settings) -> Vec<u8> {
    let lexicon = Lexicon::new();
    let known = collect_facts(lists);
    let levels = levels(lists.clusters);
    let packed = pack_facts(&known, examples, settings);
    let facts = Facts::new(&levels, &packed);
    let mut corpus = Corpus::default();
    examples.iter().for_each(|example| corpus.add(example, &lexicon, &facts));
    corpus.prune(settings.least);
    let mut perceptron = Perceptron::new(corpus.numbers.len());
    for round in 0..settings.rounds {
        perceptron.round(&corpus, round as u64 + 1);
    }
    let (rows, transitions) = perceptron.quantized(&corpus.numbers, settings.row_lines);
    Parts { transitions, levels, facts: packed, rows }.write()
}

fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    let rows = file.lines().filter(|row| !row.starts_with('#'));
    rows.map(|row| row.split('\t').collect())
}

/// All facts by the number of the word or phrase.
fn collect_facts(lists: &Lists<'_>) -> BTreeMap<u64, Fact> {
    let mut facts: BTreeMap<u64, Fact> = BTreeMap::new();
    let mut add = |number, fact: u16| facts.entry(number).or_default().0 |= fact;
    for row in rows(lists.clusters) {
        let [word, cluster, ..] = row[..] else { continue };
        if word.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '\'' | '’')) {
            let cluster: u16 = cluster.parse().unwrap_or_default();
            add(join(0, fold(word)), (cluster + 1).min(CLUSTERS as u16 - 1));
        }
    }
    for row in rows(lists.cities) {
        let mut number = 0;
        let mut words = row[0].split([' ', '-']).filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            number = join(number, fold(word));
            add(number, if words.peek().is_some() { Fact::MORE.0 } else { Fact::CITY.0 });
        }
    }
    for row in rows(lists.census) {
        let [name, class, percent, ..] = row[..] else { continue };
        let common = percent.parse::<f64>().is_ok_and(|percent| percent >= 0.01);
        let fact = match (class == "last", common) {
            (true, true) => Fact::FAMILY.0 | Fact::COMMON_FAMILY.0,
            (true, false) => Fact::FAMILY.0,
            (false, true) => Fact::GIVEN.0 | Fact::COMMON_GIVEN.0,
            (false, false) => Fact::GIVEN.0,
        };
        add(join(0, fold(name)), fact);
    }
    facts
}

/// The coarser clusters of each cluster, level after level.
fn levels(clusters: &str) -> Vec<u8> {
    let mut levels = vec![0; 2 * CLUSTERS];
    for row in rows(clusters) {
        let numbers: Vec<usize> = row.iter().skip(1).filter_map(|field| field.parse().ok()).collect();
        let [fine, middle, coarse] = numbers[..] else { continue };
        if fine + 1 < CLUSTERS {
            levels[fine + 1] = middle as u8 + 1;
            levels[CLUSTERS + fine + 1] = coarse as u8 + 1;
        }
    }
    levels
}

/// Packs the facts, those about words that the examples use first, then those about names.
fn pack_facts(known: &BTreeMap<u64, Fact>, examples: &[Example], settings: &Settings) -> Vec<u8> {
    let mut used: BTreeMap<u64, u32> = BTreeMap::new();
    let mut found = Vec::new();
    for example in examples {
        tokens::read(&example.text, (0..example.text.len()).into(), &mut found);
        found.iter().for_each(|token| *used.entry(join(0, token.word)).or_default() += 1);
    }
    let mut entries: Vec<(u64, Fact)> = known.iter().map(|(&number, &fact)| (number, fact)).collect();
    entries.sort_by_key(|(number, fact)| {
        let named = fact.0 & !0x3ff != 0;
        (std::cmp::Reverse(used.get(number).copied().unwrap_or_default().min(3)), !named)
    });
    let entries = entries.into_iter().map(|(number, fact)| (number, fact.0.to_le_bytes()));
    buckets::pack(entries, settings.fact_lines)
}

/// Tokens in a row that may be names.
struct Segment {
    /// Where the features of each token end among those of the corpus.
    ends: Vec<u32>,
    first: u32,
    /// The labels that each token may have by the text and by the marks.
    masks: Vec<u8>,
    marked: Vec<u8>,
    weight: i32,
}

/// All segments of all examples.
#[derive(Default)]
struct Corpus {
    segments: Vec<Segment>,
    features: Vec<u32>,
    ids: HashMap<u64, u32>,
    /// The number of each feature.
    numbers: Vec<u64>,
    counts: Vec<u32>,
}

impl Corpus {
    fn add(&mut self, example: &Example, lexicon: &Lexicon, facts: &Facts<'_>) {
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
            self.segments(&found, &sights, &marked, example.weight);
        }
    }

    fn segments(&mut self, found: &[Token], sights: &[Sight], marked: &[u8], weight: i32) {
        let mut at = 0;
        let mut features = Vec::new();
        while let Some(range) = segment(sights, at) {
            at = range.end;
            let first = self.features.len() as u32;
            let mut ends = Vec::new();
            for at in range.clone() {
                features::features(sights, at, &mut features);
                features.iter().for_each(|&number| self.feature(number));
                ends.push(self.features.len() as u32);
            }
            let masks = found[range.clone()].iter().map(mask).collect();
            // A name whose first word can be none goes on with no first word.
            let mut marked = marked[range].to_vec();
            let mut last = 0;
            for mask in &mut marked {
                let label = mask.trailing_zeros();
                if matches!(label, 2 | 4 | 6) && last != label && last + 1 != label {
                    *mask >>= 1;
                }
                last = mask.trailing_zeros();
            }
            self.segments.push(Segment { ends, first, masks, marked, weight });
        }
    }

    fn feature(&mut self, number: u64) {
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
    fn prune(&mut self, least: u32) {
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

/// A text as a document, and where its blocks begin: byte of the document, byte of the text.
fn document(text: &str) -> (Document, Vec<(u32, u32)>) {
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
fn marked(found: &[Token], (block, line): (u32, u32), example: &Example) -> Vec<u8> {
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

/// Weights while they are trained.
struct Perceptron {
    weights: Vec<Row<i32>>,
    /// Each change times the step it was made at.
    dated: Vec<Row<i64>>,
    transitions: [Row<i32>; LABELS],
    dated_transitions: [Row<i64>; LABELS],
    step: i64,
}

impl Perceptron {
    fn new(features: usize) -> Self {
        Self {
            weights: vec![[0; LABELS]; features],
            dated: vec![[0; LABELS]; features],
            transitions: [[0; LABELS]; LABELS],
            dated_transitions: [[0; LABELS]; LABELS],
            step: 1,
        }
    }

    fn round(&mut self, corpus: &Corpus, seed: u64) {
        let (mut found, mut right) = (Decoder::default(), Decoder::default());
        let mut sums: Vec<Row<i32>> = Vec::new();
        for at in shuffled(corpus.segments.len(), seed) {
            let segment = &corpus.segments[at];
            sums.clear();
            let mut start = segment.first;
            for &end in &segment.ends {
                let mut row = [0; LABELS];
                for &id in &corpus.features[start as usize..end as usize] {
                    let weights = &self.weights[id as usize];
                    row.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
                }
                sums.push(row);
                start = end;
            }
            found.run(&sums, &segment.masks, &self.transitions);
            right.run(&sums, &segment.marked, &self.transitions);
            if found.labels != right.labels {
                self.change(corpus, segment, &right.labels, segment.weight);
                self.change(corpus, segment, &found.labels, -segment.weight);
            }
            self.step += 1;
        }
    }

    fn change(&mut self, corpus: &Corpus, segment: &Segment, labels: &[u8], by: i32) {
        let dated = i64::from(by) * self.step;
        let mut start = segment.first;
        let mut last = 0;
        for (&end, &label) in segment.ends.iter().zip(labels) {
            let label = usize::from(label);
            for &id in &corpus.features[start as usize..end as usize] {
                if id > 0 {
                    self.weights[id as usize][label] += by;
                    self.dated[id as usize][label] += dated;
                }
            }
            self.transitions[last][label] += by;
            self.dated_transitions[last][label] += dated;
            last = label;
            start = end;
        }
        self.transitions[last][0] += by;
        self.dated_transitions[last][0] += dated;
    }

    fn mean(&self, weight: i32, dated: i64) -> f64 {
        f64::from(weight) - dated as f64 / self.step as f64
    }

    /// The rows of the features packed, and the transitions, on one scale.
    fn quantized(&self, numbers: &[u64], lines: usize) -> (Vec<u8>, [Row<i16>; LABELS]) {
        let means: Vec<Row<f64>> = self.weights.iter().zip(&self.dated).map(|(weights, dated)| {
            std::array::from_fn(|label| self.mean(weights[label], dated[label]))
        }).collect();
        let most = means.iter().flatten().fold(1e-9_f64, |most, mean| most.max(mean.abs()));
        let scale = 127.0 / most;
        let mut entries: Vec<(i32, u64, [u8; LABELS])> = Vec::new();
        for (row, &number) in means.iter().zip(numbers) {
            let row = row.map(|mean| (mean * scale).round() as i8);
            let weight: i32 = row.iter().map(|&weight| i32::from(weight).pow(2)).sum();
            if weight > 0 {
                entries.push((-weight, number, row.map(i8::cast_unsigned)));
            }
        }
        entries.sort_unstable();
        let transitions = std::array::from_fn(|from| std::array::from_fn(|to| {
            (self.mean(self.transitions[from][to], self.dated_transitions[from][to]) * scale).round() as i16
        }));
        let entries = entries.into_iter().map(|(_, number, row)| (number, row));
        (buckets::pack(entries, lines), transitions)
    }
}

/// The numbers below `count` in an order that depends on the seed alone (Fisher and Yates;
/// random numbers by Marsaglia's xorshift).
fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for at in (1..count).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(at, (state % (at as u64 + 1)) as usize);
    }
    order
}
