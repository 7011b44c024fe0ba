//! Training: from marked texts to the bytes of a model, the same bytes each time.
//!
//! An averaged structured perceptron (Collins 2002): each text is tagged with the weights so far,
//! and where that is wrong, the features of the right labels gain and those of the found ones
//! lose. The mean of all weights over all steps is the model, in 8 bits.
//!
//! May not know: files. Nothing of this runs in the reader.

use std::collections::{BTreeMap, HashMap};

use super::buckets;
use super::decode::{Decoder, follows};
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

/// The labels that begin a name of a kind that is decided on.
const FIRST: [usize; 3] = [1, 3, 5];

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
}

impl Example {
    /// The same text as one who never writes a capital writes it.
    fn in_small_letters(&self) -> Self {
        // Of ASCII letters only, so that every byte stays where it is.
        Self { text: self.text.to_ascii_lowercase(), ..self.clone() }
    }
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

/// How to train; the default is what the built-in model was trained with.
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
    /// How many of 256 features are left out at random each time a text is read.
    pub dropped: u64,
    /// How often to train anew, each time in another order; the models are added up.
    pub models: u32,
    /// What the order of the texts and what is left out begin with.
    pub seed: u64,
    /// Each so manieth text is read in small letters, too (Mayhew and others 2019); none if 0.
    pub small: usize,
    /// How many of the models read them.
    pub small_models: u32,
    /// Points that the first word of a name costs: a point is what one mistake moves a weight by.
    pub dear: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rounds: 10,
            least: 2,
            fact_lines: 20_000,
            row_lines: 12_000,
            dropped: 96,
            models: 12,
            seed: 64,
            small: 3,
            small_models: 6,
            dear: 6.5,
        }
    }
}

/// The entities of a document as another model than the built-in one finds them; by rules alone
/// if `model` is none.
pub fn find(doc: &Document, model: &[u8]) -> (Vec<Entity>, Vec<Mention>) {
    super::find_with(doc, model, |_| true).unwrap_or_default()
}

/// Trains a model.
pub fn train(examples: &[Example], lists: &Lists<'_>, settings: &Settings) -> Vec<u8> {
    let lexicon = Lexicon::new();
    let known = collect_facts(lists);
    let levels = levels(lists.clusters);
    let packed = pack_facts(&known, examples, settings);
    let facts = Facts::new(&levels, &packed);
    let mut corpus = Corpus::default();
    for example in examples {
        corpus.add(example, &lexicon, &facts);
    }
    let as_written = corpus.segments.len();
    for example in examples.iter().step_by(settings.small.max(1)).filter(|_| settings.small > 0) {
        corpus.add(&example.in_small_letters(), &lexicon, &facts);
    }
    corpus.prune(settings.least);
    let mut sum = Means::new(corpus.numbers.len());
    for model in 0..settings.models {
        let mut perceptron = Perceptron::new(corpus.numbers.len(), settings);
        let small = model < settings.small_models;
        let count = if small { corpus.segments.len() } else { as_written };
        let seed = (settings.seed + u64::from(model)) << 16;
        for round in 0..settings.rounds {
            perceptron.round(&corpus, count, seed | (round as u64 + 1));
        }
        sum.add(&perceptron);
    }
    let (rows, transitions) = sum.quantized(&corpus.numbers, settings);
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
        let numbers: Vec<usize> =
            row.iter().skip(1).filter_map(|field| field.parse().ok()).collect();
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
        for token in &found {
            *used.entry(join(0, token.word)).or_default() += 1;
        }
    }
    let mut entries: Vec<(u64, Fact)> =
        known.iter().map(|(&number, &fact)| (number, fact)).collect();
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
            self.segments(&found, &sights, &marked);
        }
    }

    fn segments(&mut self, found: &[Token], sights: &[Sight], marked: &[u8]) {
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

/// A name whose first word stands outside of the segment begins with its next.
fn repair(marked: &mut [u8]) {
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
struct Perceptron<'a> {
    settings: &'a Settings,
    weights: Vec<Row<i32>>,
    /// Each change times the step it was made at.
    dated: Vec<Row<i64>>,
    transitions: [Row<i32>; LABELS],
    dated_transitions: [Row<i64>; LABELS],
    step: i32,
    /// The features of the tokens that are read, without those left out, and where they end.
    kept: Vec<u32>,
    ends: Vec<usize>,
}

impl<'a> Perceptron<'a> {
    fn new(features: usize, settings: &'a Settings) -> Self {
        Self {
            settings,
            weights: vec![[0; LABELS]; features],
            dated: vec![[0; LABELS]; features],
            transitions: [[0; LABELS]; LABELS],
            dated_transitions: [[0; LABELS]; LABELS],
            step: 1,
            kept: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Reads the first `count` segments in an order that depends on the seed.
    fn round(&mut self, corpus: &Corpus, count: usize, seed: u64) {
        let mut random = Random::new(seed);
        let (mut found, mut right) = (Decoder::default(), Decoder::default());
        let mut sums: Vec<Row<i32>> = Vec::new();
        for at in random.order(count) {
            let segment = &corpus.segments[at];
            self.keep(corpus, segment, &mut random);
            self.sums(&mut sums);
            right.run(&sums, &segment.marked, &self.transitions);
            found.run(&sums, &segment.masks, &self.transitions);
            if found.labels != right.labels {
                self.change(&right.labels, 1);
                self.change(&found.labels, -1);
            }
            self.step += 1;
        }
    }

    fn keep(&mut self, corpus: &Corpus, segment: &Segment, random: &mut Random) {
        self.kept.clear();
        self.ends.clear();
        let mut start = segment.first;
        for &end in &segment.ends {
            let all = &corpus.features[start as usize..end as usize];
            let kept = |id: &u32| *id > 0 && random.next() >> 56 >= self.settings.dropped;
            self.kept.extend(all.iter().copied().filter(kept));
            self.ends.push(self.kept.len());
            start = end;
        }
    }

    fn sums(&self, sums: &mut Vec<Row<i32>>) {
        sums.clear();
        let mut start = 0;
        for &end in &self.ends {
            let mut row = [0; LABELS];
            for &id in &self.kept[start..end] {
                let weights = &self.weights[id as usize];
                row.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
            sums.push(row);
            start = end;
        }
    }

    fn change(&mut self, labels: &[u8], by: i32) {
        let dated = i64::from(by) * i64::from(self.step);
        let (mut start, mut last) = (0, 0);
        for (&end, &label) in self.ends.iter().zip(labels) {
            let label = usize::from(label);
            for &id in &self.kept[start..end] {
                self.weights[id as usize][label] += by;
                self.dated[id as usize][label] += dated;
            }
            self.transitions[last][label] += by;
            self.dated_transitions[last][label] += dated;
            last = label;
            start = end;
        }
        self.transitions[last][0] += by;
        self.dated_transitions[last][0] += dated;
    }
}

/// Mean weights, added up over models.
struct Means {
    rows: Vec<Row<f64>>,
    transitions: [Row<f64>; LABELS],
}

impl Means {
    fn new(features: usize) -> Self {
        Self { rows: vec![[0.0; LABELS]; features], transitions: [[0.0; LABELS]; LABELS] }
    }

    fn add(&mut self, model: &Perceptron<'_>) {
        let step = i64::from(model.step);
        let mean = |weight: i32, dated: i64| {
            let (whole, part) = ((dated / step) as i32, (dated % step) as i32);
            f64::from(weight) - f64::from(whole) - f64::from(part) / f64::from(model.step)
        };
        let all = |sums: &mut [Row<f64>], weights: &[Row<i32>], dated: &[Row<i64>]| {
            for ((sum, &weight), &dated) in
                sums.iter_mut().flatten().zip(weights.iter().flatten()).zip(dated.iter().flatten())
            {
                *sum += mean(weight, dated);
            }
        };
        all(&mut self.rows, &model.weights, &model.dated);
        all(&mut self.transitions, &model.transitions, &model.dated_transitions);
    }

    /// The rows of the features packed, and the transitions, on one scale.
    fn quantized(&self, numbers: &[u64], settings: &Settings) -> (Vec<u8>, [Row<i16>; LABELS]) {
        let most = self.rows.iter().flatten().fold(1e-9_f64, |most, mean| most.max(mean.abs()));
        let scale = 127.0 / most;
        let mut entries: Vec<(i32, u64, [u8; LABELS])> = Vec::new();
        for (row, &number) in self.rows.iter().zip(numbers) {
            let row = row.map(|mean| (mean * scale).round() as i8);
            let weight: i32 = row.iter().map(|&weight| i32::from(weight).pow(2)).sum();
            if weight > 0 {
                entries.push((-weight, number, row.map(i8::cast_unsigned)));
            }
        }
        entries.sort_unstable();
        let dear = settings.dear * f64::from(settings.models);
        let cost = |to: usize| if FIRST.contains(&to) { dear } else { 0.0 };
        let weight = |from: usize, to: usize| (self.transitions[from][to] - cost(to)) * scale;
        let transitions =
            std::array::from_fn(|from| std::array::from_fn(|to| weight(from, to).round() as i16));
        let entries = entries.into_iter().map(|(_, number, row)| (number, row));
        (buckets::pack(entries, settings.row_lines), transitions)
    }
}

/// Random numbers that depend on the seed alone: xorshift (Marsaglia 2003).
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// The numbers below `count` in random order (Fisher and Yates).
    fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for at in (1..count).rev() {
            order.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLUSTERS: &str = "# remark\noslo\t3\t2\t1\nmet\t9\t4\t2\nbrandt\t700\t100\t20\n";
    const CITIES: &str = "# remark\nNew Vorn\tXX\t5000\t\nLund\tSE\t9000\t\n";
    const CENSUS: &str = "# remark\nzsaz\tfemale-first\t0.5\nbrandt\tlast\t0.001\n";

    fn examples() -> Vec<Example> {
        let marked = [
            ("Yesterday Zsaz Brandt met the Vorn Group in Lund.", "Zsaz Brandt", Kind::Person),
            ("They travelled to New Vorn by train.", "New Vorn", Kind::Place),
            ("A spokesman of the Holm Agency said no.", "Holm Agency", Kind::Organization),
            ("Nobody was there.\nThe Blue Book was read.", "Blue Book", Kind::Other),
        ];
        let example = |(text, name, kind): (&str, &str, Kind)| {
            let start = text.find(name).expect("a name");
            let names = vec![((start..start + name.len()).into(), kind)];
            Example { text: text.to_owned(), names, others: Others::Marked }
        };
        marked.map(example).to_vec()
    }

    fn trained(settings: &Settings) -> Vec<u8> {
        let lists = Lists { clusters: CLUSTERS, cities: CITIES, census: CENSUS };
        train(&examples(), &lists, settings)
    }

    fn small() -> Settings {
        Settings { least: 1, fact_lines: 8, row_lines: 400, models: 2, ..Settings::default() }
    }

    #[test]
    fn the_same_texts_give_the_same_bytes() {
        let bytes = trained(&small());
        assert_eq!(bytes, trained(&small()));
        assert_ne!(bytes, trained(&Settings { rounds: 2, ..small() }));
    }

    #[test]
    fn what_was_marked_is_found_and_the_lists_are_packed() {
        let bytes = trained(&small());
        let model = super::super::model::Model::read(&bytes).expect("a model");
        let fact = |words: &[&str]| {
            model.facts.get(words.iter().fold(0, |number, word| join(number, fold(word))))
        };
        assert!(fact(&["New", "Vorn"]).has(Fact::CITY) && fact(&["new"]).has(Fact::MORE));
        assert!(fact(&["Zsaz"]).has(Fact::COMMON_GIVEN) && fact(&["Brandt"]).has(Fact::FAMILY));
        assert_eq!(model.facts.coarser(fact(&["Oslo"]).cluster()), [3, 2]);
        for example in examples() {
            let (doc, _) = document(&example.text);
            let (entities, _) = find(&doc, &bytes);
            let (span, kind) = example.names[0];
            let named = entities.iter().find(|entity| entity.kind == kind);
            assert!(
                kind == Kind::Other
                    || named.is_some_and(|entity| entity.name == span.of(&example.text))
            );
        }
    }

    #[test]
    fn a_name_without_its_first_word_begins_with_its_next() {
        let mut marked = [1 << 2, 1 << 2, 1, 1 << 5, 1 << 6];
        repair(&mut marked);
        assert_eq!(marked, [1 << 1, 1 << 2, 1, 1 << 5, 1 << 6]);
    }
}
