//! The tagger: which words of a block are names, and of what kind.
//!
//! The rules guess; the model, to which a guess is one piece of evidence among many, decides on
//! people, places and organizations. Other kinds stay as the rules guessed them. Without a sound
//! model all guesses stand.
//!
//! May not know: other blocks, but by the counts of their words.

use std::ops::Range;

use super::decode::Decoder;
use super::features::{self, Sight};
use super::language::{Custom, Language};
use super::lexicon::{Lexicon, Senses};
use super::model::{LABELS, Model, Row};
use super::names::{Names, Trust};
use super::reading::Reading;
use super::rules::{self, Guess};
use super::tokens::{Flags, Token};
use super::words::Words;
use crate::analysis::Kind;

/// Kinds by label.
const KINDS: [Kind; 3] = [Kind::Person, Kind::Place, Kind::Organization];

/// All labels, and all that begin a name or none.
const ANY: u8 = 0b1111_1111;
const FIRST: u8 = 0b1010_1011;

/// Tags block after block; keeps its buffers.
pub(super) struct Tagger<'a> {
    lexicon: &'a Lexicon,
    words: &'a Words,
    language: Language,
    model: Option<Model<'a>>,
    senses: Vec<Senses>,
    guesses: Vec<Guess>,
    sights: Vec<Sight>,
    features: Vec<u64>,
    sums: Vec<Row<i16>>,
    masks: Vec<u8>,
    decoder: Decoder,
    spans: Vec<Guess>,
}

impl<'a> Tagger<'a> {
    pub(super) fn new(lexicon: &'a Lexicon, words: &'a Words, model: Option<Model<'a>>) -> Self {
        Self {
            lexicon,
            words,
            language: Language::of(lexicon, words),
            model,
            senses: Vec::new(),
            guesses: Vec::new(),
            sights: Vec::new(),
            features: Vec::new(),
            sums: Vec::new(),
            masks: Vec::new(),
            decoder: Decoder::default(),
            spans: Vec::new(),
        }
    }

    /// Adds the names of one block to `names`. Time is linear in the tokens.
    pub(super) fn tag(&mut self, text: &str, tokens: &[Token], names: &mut Names) {
        let mut senses = std::mem::take(&mut self.senses);
        senses.clear();
        senses.extend(tokens.iter().map(|token| self.lexicon.senses(token)));
        let reading = Reading { tokens, senses: &senses, lexicon: self.lexicon, words: self.words };
        self.guesses.clear();
        rules::guess(&reading, &mut self.guesses);
        self.spans.clear();
        if let Some(model) = self.model {
            features::look(text, &reading, &model.facts, &self.guesses, &mut self.sights);
            self.decide(&model, tokens);
            self.merge(&reading);
        } else {
            self.spans.append(&mut self.guesses);
        }
        let custom = self.language.read(&reading);
        self.spans.retain_mut(|span| keep(&reading, custom, span));
        for guess in &self.spans {
            names.add(&tokens[guess.range.clone()], guess.kind, guess.trust);
        }
        self.senses = senses;
    }

    fn decide(&mut self, model: &Model<'_>, tokens: &[Token]) {
        let mut at = 0;
        while let Some(range) = segment(&self.sights, at) {
            at = range.end;
            self.sums.clear();
            self.masks.clear();
            for at in range.clone() {
                features::features(&self.sights, at, &mut self.features);
                let mut sums = [0; LABELS];
                self.features.iter().for_each(|&feature| model.add(feature, &mut sums));
                self.sums.push(sums);
                self.masks.push(mask(&tokens[at]));
            }
            self.decoder.run(&self.sums, &self.masks, &model.transitions);
            spans(&self.decoder.labels, range.start, &mut self.spans);
        }
    }

    /// Puts the guesses of other kinds between the names that the model found.
    fn merge(&mut self, reading: &Reading<'_>) {
        let found = std::mem::take(&mut self.spans);
        let decided = |guess: &Guess| !KINDS.contains(&guess.kind);
        let mut guesses = self.guesses.drain(..).filter(decided).peekable();
        let mut end = 0;
        for mut span in found {
            let mut beaten = span.range.start < end || nameless(reading, &span.range);
            while let Some(guess) = guesses.next_if(|guess| guess.range.start < span.range.end) {
                let apart = guess.range.end <= span.range.start;
                let wins = outdoes(&guess, &span);
                beaten |= wins;
                if (apart || wins) && guess.range.start >= end {
                    end = guess.range.end;
                    self.spans.push(guess);
                }
            }
            if span.kind == Kind::Person {
                span.range = person(reading, span.range);
            }
            if !beaten && span.range.start >= end {
                end = span.range.end;
                self.spans.push(span);
            }
        }
        self.spans.extend(guesses.filter(|guess| guess.range.start >= end));
    }
}

/// Whether a name stays one: not in `US$ 5`, and by the custom of its language. It may lose its
/// first words.
fn keep(reading: &Reading<'_>, custom: Custom, span: &mut Guess) -> bool {
    let money = reading.word(span.range.end, "$") && reading.is(span.range.end, Flags::GLUED);
    let kept = custom.kept(reading, span.range.clone()).filter(|_| !money);
    let stays = kept.is_some();
    span.range = undated(reading, kept.unwrap_or_default());
    stays
}

/// `1980s Lund` is no name, but `Lund` is.
fn undated(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let rest = range.start + 1..range.end;
    let dated = range.len() > 1 && reading.is(range.start, Flags::DIGIT);
    let listed = dated && reading.known(rest.start).is_some_and(|(count, _)| count == rest.len());
    if listed { rest } else { range }
}

/// Whether a guess of another kind is surer than a name that the model found: its lists are
/// closed, or it ends with a word that says what it is.
fn outdoes(guess: &Guess, span: &Guess) -> bool {
    let (inner, outer) = (&span.range, &guess.range);
    match guess.kind {
        Kind::Group => inner == outer,
        Kind::Law | Kind::Event => outer.start <= inner.start && inner.end <= outer.end,
        _ => false,
    }
}

/// Whether all the words are titles or others that are no names by themselves: `Senator`, and
/// `Us` at the end of a heading.
fn nameless(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let named = Senses::NAME.and(Senses::GIVEN).and(Senses::FAMILY);
    let title = |at| reading.has(at, Senses::TITLE) && !reading.has(at, named);
    let only = |at| !reading.has(at, named) && reading.has(at, Senses::FREQUENT);
    let ordinary = range.len() == 1
        && only(range.start)
        && reading.is_due(range.start)
        && !reading.is(range.start, Flags::CAPS);
    ordinary || range.clone().all(|at| title(at) || reading.has(at, Senses::STOP))
}

/// A person's name without titles and with the small words before it.
fn person(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let title = |at: &usize| {
        reading.has(*at, Senses::TITLE) && !reading.has(*at, Senses::GIVEN) && at + 1 < range.end
    };
    let titles = range.clone().take_while(title).count();
    if titles > 0 {
        range.start + titles..range.end
    } else {
        reading.with_particles(range.start)..range.end
    }
}

/// The labels that a token may have.
pub(super) fn mask(token: &Token) -> u8 {
    if token.is(Flags::BREAK) { FIRST } else { ANY }
}

/// The next tokens from `at` on that may be parts of names.
pub(super) fn segment(sights: &[Sight], at: usize) -> Option<Range<usize>> {
    let start = at + sights.get(at..)?.iter().position(|sight| sight.active)?;
    let rest = sights.get(start..)?;
    let count = rest.iter().position(|sight| !sight.active).unwrap_or(rest.len());
    Some(start..start + count)
}

/// Adds the names that `labels` mark, from token `first` on.
fn spans(labels: &[u8], first: usize, found: &mut Vec<Guess>) {
    let mut open: Option<Guess> = None;
    for (at, &label) in (first..).zip(labels) {
        if matches!(label, 2 | 4 | 6) {
            if let Some(guess) = &mut open {
                guess.range.end = at + 1;
            }
            continue;
        }
        found.extend(open.take());
        open = match label {
            1 | 3 | 5 => {
                let kind = KINDS[usize::from(label) / 2];
                Some(Guess { range: at..at + 1, kind, trust: Trust::Known })
            }
            _ => None,
        };
    }
    found.extend(open);
}
