//! A block as the tagger reads it: its tokens, what the lists say of each, and what the words
//! beside a name say of it.
//!
//! May not know: which words are names.

use super::lexicon::{Lexicon, Senses};
use super::tokens::{Flags, Token, fold};
use super::words::Words;
use crate::analysis::Kind;

/// One block with what the lists say of each token.
pub(super) struct Reading<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) senses: &'a [Senses],
    pub(super) lexicon: &'a Lexicon,
    pub(super) words: &'a Words,
}

impl Reading<'_> {
    pub(super) fn is(&self, at: usize, flag: Flags) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(flag))
    }

    pub(super) fn has(&self, at: usize, senses: Senses) -> bool {
        self.senses.get(at).is_some_and(|found| found.any(senses))
    }

    pub(super) fn word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.word == fold(word))
    }

    /// Whether the token can be part of a name by itself.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        let given = self.has(at, Senses::GIVEN)
            && self.has(at + 1, Senses::FAMILY)
            && self.is(at + 1, Flags::CAPITAL);
        let stop = self.has(at, Senses::STOP) && !given && !self.has(at, Senses::SUFFIX);
        self.tokens.get(at).is_some_and(Token::is_capital) && !stop
    }

    /// Whether a capital says nothing here: sentence starts, titles, shouting.
    pub(super) fn is_due(&self, at: usize) -> bool {
        [Flags::START, Flags::TITLED, Flags::SHOUTED].iter().any(|&flag| self.is(at, flag))
    }

    /// Whether all words around have capitals.
    pub(super) fn is_set(&self, at: usize) -> bool {
        self.is(at, Flags::TITLED) || self.is(at, Flags::SHOUTED)
    }

    /// Whether the word at `at` is an ordinary one that has its capital from its place only.
    pub(super) fn is_plain(&self, at: usize) -> bool {
        let count =
            self.tokens.get(at).map_or_else(Default::default, |token| self.words.count(token));
        let common = self.has(at, Senses::COMMON);
        self.has(at, Senses::FREQUENT) && (self.is_due(at) || count.lower > 0)
            || self.is_due(at) && (count.lower > count.capital || (common && count.capital == 0))
            || common && count.lower > count.capital
    }

    pub(super) fn known(&self, at: usize) -> Option<(usize, Senses)> {
        self.lexicon.longest(&self.tokens[at..], Senses::NAME)
    }

    /// How many tokens the name takes that begins at `at` without any capital, as some people
    /// write: `san francisco`, `ada brandt`; 0 if there is none.
    pub(super) fn small_name(&self, at: usize) -> usize {
        let lower = |at: usize| self.tokens.get(at).is_some_and(Token::is_lower);
        let sure = |at: usize, senses| self.has(at, senses) && !self.has(at, Senses::COMMON);
        if !lower(at) {
            return 0;
        }
        if let Some((count, _)) = self.known_small(at).filter(|&(count, _)| count > 1) {
            return count;
        }
        let given = sure(at, Senses::GIVEN);
        if given && lower(at + 1) && !self.is(at + 1, Flags::BREAK) && sure(at + 1, Senses::FAMILY)
        {
            return 2;
        }
        usize::from(given || sure(at, Senses::NAME))
    }

    /// The longest place or organization of the lists that begins at `at` without any capital.
    pub(super) fn known_small(&self, at: usize) -> Option<(usize, Senses)> {
        let wanted = Senses::PLACE.and(Senses::CITY).and(Senses::ORGANIZATION);
        let begins = self.has(at, Senses::MORE.and(wanted));
        begins.then(|| self.lexicon.longest_small(&self.tokens[at..], wanted)).flatten()
    }

    pub(super) fn is_due_plain(&self, at: usize) -> bool {
        self.is_due(at) && self.is_plain(at)
    }

    /// What the words beside the name `at..stop` say of it.
    pub(super) fn context(&self, at: usize, stop: usize) -> Option<Kind> {
        let after = self.is(stop, Flags::WORD) && self.tokens[stop].is_lower();
        let before = at
            .checked_sub(1)
            .filter(|&before| self.tokens[before].is_lower() && !self.is(at, Flags::BREAK));
        let before = |senses| before.is_some_and(|at| self.has(at, senses));
        let beside = match () {
            () if self.word(stop, ",") => self.apposition(stop + 1),
            () if self.word(stop, "(") => self.gloss(stop + 1),
            () => None,
        };
        beside.or_else(|| match () {
            () if after && self.has(stop, Senses::SAY) => Some(Kind::Person),
            () if before(Senses::PERSON_WORD) => Some(Kind::Person),
            () if after && self.has(stop, Senses::PLACE_WORD) => Some(Kind::Place),
            () if at > 1 && self.word(at - 1, "of") && self.has(at - 2, Senses::PLACE_WORD) => {
                Some(Kind::Place)
            }
            () if before(Senses::AT_WORD) => Some(Kind::Place),
            () => None,
        })
    }

    /// `Brandt, an economist` · `Holm, a think tank` · `Lund, Sweden`, read from after the comma.
    fn apposition(&self, at: usize) -> Option<Kind> {
        if self.known(at).is_some_and(|(_, senses)| senses.any(Senses::PLACE)) {
            return Some(Kind::Place);
        }
        let article = ["a", "an", "the"].iter().any(|word| self.word(at, word));
        let lower = |at: &usize| self.tokens.get(*at).is_some_and(Token::is_lower);
        let mut near = (at + 1..at + 5).take_while(lower);
        if article { near.find_map(|at| self.said_of(at)) } else { None }
    }

    /// `Brandts (Holm islands)`, read from after the bracket.
    fn gloss(&self, at: usize) -> Option<Kind> {
        let mut near = (at..at + 5).take_while(|&at| self.is(at, Flags::WORD));
        near.find_map(|at| self.said_of(at))
    }

    /// What the lower-case word at `at` says of the name beside it.
    fn said_of(&self, at: usize) -> Option<Kind> {
        let said = [
            (Senses::PERSON_WORD, Kind::Person),
            (Senses::ORGANIZATION_WORD, Kind::Organization),
            (Senses::PLACE_WORD, Kind::Place),
        ];
        let lower = self.tokens.get(at).is_some_and(Token::is_lower);
        said.iter().find(|(sense, _)| lower && self.has(at, *sense)).map(|&(_, kind)| kind)
    }
}
