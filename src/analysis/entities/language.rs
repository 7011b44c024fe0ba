//! Which language a block is in, as far as names are concerned: in English the model knows what a
//! capital means; elsewhere a capital alone is no evidence at the beginning of a sentence, and in
//! a language that writes all nouns with capitals it is none anywhere.
//!
//! It is told by the words without capitals: of those of an English text nine in ten are on the
//! list of common ones, of those of any other a third at most. What was read before counts for
//! short blocks.
//!
//! May not know: other languages' words, labels.

use std::ops::Range;

use super::lexicon::{Lexicon, Senses};
use super::reading::Reading;
use super::tokens::{Flags, Token, join};
use super::words::Words;

/// What was read before counts as much as so many words of a block.
const MEMORY: f32 = 6.0;

/// Share of common English words among those without capitals that a text in English has.
const ENGLISH: f32 = 0.5;

/// Share of capitals within sentences that is reached only where nouns have them.
const NOUNS: f32 = 0.18;

/// What has a capital within a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Custom {
    /// Names and what English treats like them.
    English,
    /// Names, in another language.
    Names,
    /// All nouns.
    Nouns,
}

/// Parts of a whole that can fade.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    part: f32,
    whole: f32,
}

impl Share {
    fn add(&mut self, belongs: bool) {
        self.part += f32::from(u8::from(belongs));
        self.whole += 1.0;
    }

    /// The same share of [`MEMORY`] words at most.
    fn faded(self) -> Self {
        let by = (MEMORY / self.whole.max(1.0)).min(1.0);
        Self { part: self.part * by, whole: self.whole * by }
    }

    fn reaches(self, share: f32) -> bool {
        self.part >= self.whole * share
    }
}

/// What was read so far.
#[derive(Debug)]
pub(super) struct Language {
    english: Share,
    capitals: Share,
}

impl Language {
    /// Before the first block: by the words of the whole document.
    pub(super) fn of(lexicon: &Lexicon, words: &Words) -> Self {
        let (mut english, mut capitals) = (Share::default(), Share::default());
        for (word, count) in words.counts() {
            let (lower, capital) = (f64::from(count.lower) as f32, f64::from(count.capital) as f32);
            let entry = lexicon.entry(join(0, word));
            let common = entry.is_some_and(|entry| entry.senses.any(Senses::COMMON));
            english.whole += lower;
            english.part += if common { lower } else { 0.0 };
            capitals.whole += lower + capital;
            capitals.part += capital;
        }
        Self { english, capitals }
    }

    /// The custom of the next block.
    pub(super) fn read(&mut self, reading: &Reading<'_>) -> Custom {
        (self.english, self.capitals) = (self.english.faded(), self.capitals.faded());
        for (at, token) in reading.tokens.iter().enumerate() {
            if token.is_lower() {
                self.english.add(reading.has(at, Senses::COMMON));
            }
            if token.is(Flags::WORD) && !token.is(Flags::DIGIT) && !reading.is_due(at) {
                self.capitals.add(token.is(Flags::CAPITAL));
            }
        }
        match () {
            () if self.english.reaches(ENGLISH) => Custom::English,
            () if self.capitals.reaches(NOUNS) => Custom::Nouns,
            () => Custom::Names,
        }
    }
}

impl Custom {
    /// What of a name that was found in English ways is one by this custom.
    pub(super) fn kept(self, reading: &Reading<'_>, range: Range<usize>) -> Option<Range<usize>> {
        match self {
            Self::English => Some(range),
            _ if is_known(reading, &range) => Some(range),
            Self::Names => begun(reading, range),
            Self::Nouns => begun(reading, range).filter(|range| is_chain(reading, range)),
        }
    }
}

/// Whether lists tell the name, or it is an acronym.
fn is_known(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let first = range.start;
    let listed = reading.known(first).is_some_and(|(count, _)| count == range.len());
    let lone = range.len() == 1;
    let acronym = lone && reading.is(first, Flags::CAPS) && !reading.is(first, Flags::SHOUTED);
    let given = reading.has(first, Senses::GIVEN) || reading.is(first, Flags::INITIAL);
    let fits = |at| reading.is_capital(at) || reading.has(at, Senses::PARTICLE);
    let person = given && !lone && range.clone().all(fits);
    let alone = given && lone && !reading.is(first, Flags::START);
    listed || acronym || person || alone
}

/// Whether it is several words with capitals in a row: `Zsaz Vorn`.
fn is_chain(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    range.len() > 1 && range.clone().all(|at| reading.is_capital(at))
}

/// A name without the word that began the sentence, if that has a capital nowhere else.
fn begun(reading: &Reading<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let is_name = |token: &Token| {
        let count = reading.words.count(token);
        count.capital > 0 && count.lower == 0
    };
    let due = reading.is_due(range.start) && !is_name(&reading.tokens[range.start]);
    let rest = range.start + usize::from(due)..range.end;
    let bare = rest.clone().find(|&at| reading.is_capital(at))?;
    Some(bare..rest.end)
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;
    use crate::article::builder::Builder;

    /// The custom of each line, read one after the other.
    fn customs(text: &str) -> Vec<Custom> {
        let mut builder = Builder::new();
        text.lines().for_each(|line| builder.paragraph(line));
        let doc = builder.finish();
        let (lexicon, words) = (Lexicon::new(), Words::of(&doc));
        let mut language = Language::of(&lexicon, &words);
        let mut found = Vec::new();
        let custom = |block: &crate::article::Block| {
            tokens::read(&doc.text, block.span, &mut found);
            let senses: Vec<Senses> = found.iter().map(|token| lexicon.senses(token)).collect();
            language.read(&Reading {
                tokens: &found,
                senses: &senses,
                lexicon: &lexicon,
                words: &words,
            })
        };
        doc.blocks.iter().map(custom).collect()
    }

    #[test]
    fn languages_are_told_apart() {
        let lines = [
            ("We took the night train and walked to the lighthouse in the rain.", Custom::English),
            ("Mix the flour with a little salt and leave it to rest for an hour.", Custom::English),
            ("lol idk why they closed it again, nobody asked us tbh", Custom::English),
            (
                "Der Bäcker vergaß den Schlüssel, und die Tochter wartete vor der Tür.",
                Custom::Nouns,
            ),
            ("Die Katze schläft auf dem Dach, und der Hund sucht den Schatten.", Custom::Nouns),
            ("Le boulanger a oublié hier soir la lumière dans sa boutique.", Custom::Names),
            ("El panadero olvidó anoche apagar la luz de la tienda.", Custom::Names),
            ("Il fornaio ha dimenticato ieri sera la luce del negozio.", Custom::Names),
            ("De bakker heeft gisteravond het licht in de winkel vergeten.", Custom::Names),
            ("Piekarz zapomniał wczoraj wieczorem zgasić światło w sklepie.", Custom::Names),
            ("Пекарь вчера вечером забыл выключить свет в лавке.", Custom::Names),
            ("Fırıncı dün akşam dükkânın ışığını kapatmayı unuttu.", Custom::Names),
            ("Leipuri unohti eilen illalla sammuttaa valot kaupasta.", Custom::Names),
            ("Bagaren glömde i går kväll att släcka ljuset i butiken.", Custom::Names),
        ];
        for (line, custom) in lines {
            assert_eq!(customs(line), [custom], "{line}");
        }
    }

    #[test]
    fn a_short_block_is_in_the_language_of_those_before_it() {
        let german = "Der Bäcker hat am Abend das Licht im Laden vergessen und ist dann mit dem \
                      Fahrrad durch den Regen nach Hause gefahren, wo schon alle schliefen.";
        let english = "The baker forgot the light in the shop last night and then went home \
                       through the rain on a bicycle, where all were asleep.";
        let text = format!("{german}\nGute Nacht\n{english}\nGood Night\n{german}");
        let (foreign, plain) = (Custom::Nouns, Custom::English);
        assert_eq!(customs(&text), [foreign, foreign, plain, plain, foreign]);
        assert_eq!(customs("Oslo"), [Custom::English]);
        assert_eq!(customs(""), []);
    }
}
