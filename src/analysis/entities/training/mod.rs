//! Training: from marked texts to the bytes of a model, the same bytes each time.
//!
//! An averaged structured perceptron (Collins 2002): each text is tagged with the weights so far,
//! and where that is wrong, the features of the right labels gain and those of the found ones
//! lose. The mean of all weights over all steps is the model, in 8 bits.
//!
//! May not know: files. Nothing of this runs in the reader.

mod corpus;
mod facts;
mod perceptron;

use corpus::Corpus;
use facts::{collect_facts, levels, pack_facts};
use perceptron::{Means, Perceptron};

use super::lexicon::Lexicon;
use super::model::{Facts, Parts};
use crate::analysis::{Entity, Kind, Mention};
use crate::article::Document;
use crate::article::bulk::Bulk;
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
pub fn find(doc: &Document, model: &[u8]) -> (Vec<Entity>, Bulk<Mention>) {
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

#[cfg(test)]
mod tests {
    use super::super::model::Fact;
    use super::super::tokens::{fold, join};
    use super::corpus::document;
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
}
