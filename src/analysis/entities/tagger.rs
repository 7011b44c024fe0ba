//! The tagger: which words of a block are names, and of what kind. By lists and rules.
//!
//! A run of capitalised words is read from left to right; at each place the first rule that
//! fits takes its words: a known phrase, a name that ends with a head word (`Agency`), a title
//! and a person, a given name and what follows, an acronym, then the words around it.
//!
//! May not know: other blocks, but by the counts of their words. The model that is to replace
//! these rules replaces this module alone.

use std::ops::Range;

use super::lexicon::{Lexicon, Senses, is_link};
use super::names::{Names, Trust};
use super::tokens::{Flags, Token, fold};
use super::words::Words;
use crate::analysis::Kind;

/// Longest run of words that is read as one, in tokens, so that time stays linear.
const LONGEST_RUN: usize = 24;

/// Most capitalised words that a person's name takes.
const LONGEST_PERSON: usize = 5;

/// Adds the names of one block to `names`. Time is linear in the tokens.
pub(super) fn tag(tokens: &[Token], lexicon: &Lexicon, words: &Words, names: &mut Names) {
    let senses: Vec<Senses> = tokens.iter().map(|token| lexicon.senses(token)).collect();
    let reading = Reading { tokens, senses: &senses, lexicon, words };
    let mut at = 0;
    while at < tokens.len() {
        let run = reading.run(at);
        at = run.end.max(at + 1);
        reading.split(run, names);
    }
}

/// One block with what the lists say of each token.
struct Reading<'a> {
    tokens: &'a [Token],
    senses: &'a [Senses],
    lexicon: &'a Lexicon,
    words: &'a Words,
}

/// Some tokens taken for a name, or passed over.
enum Piece {
    Name(Range<usize>, Kind, Trust),
    Skip(usize),
}

impl Reading<'_> {
    fn is(&self, at: usize, flag: Flags) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(flag))
    }

    fn has(&self, at: usize, senses: Senses) -> bool {
        self.senses.get(at).is_some_and(|found| found.any(senses))
    }

    fn word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.word == fold(word))
    }

    /// Whether the token can be part of a name by itself.
    fn is_capital(&self, at: usize) -> bool {
        let given = self.has(at, Senses::GIVEN)
            && self.has(at + 1, Senses::FAMILY)
            && self.is(at + 1, Flags::CAPITAL);
        let stop = self.has(at, Senses::STOP) && !given;
        self.tokens.get(at).is_some_and(Token::is_capital) && !stop
    }

    /// Whether a capital says nothing here: sentence starts, titles, shouting.
    fn is_due(&self, at: usize) -> bool {
        [Flags::START, Flags::TITLED, Flags::SHOUTED].iter().any(|&flag| self.is(at, flag))
    }

    /// Whether all words around have capitals.
    fn is_set(&self, at: usize) -> bool {
        self.is(at, Flags::TITLED) || self.is(at, Flags::SHOUTED)
    }

    /// Whether the word at `at` is an ordinary one that has its capital from its place only.
    fn is_plain(&self, at: usize) -> bool {
        let count =
            self.tokens.get(at).map_or_else(Default::default, |token| self.words.count(token));
        let common = self.has(at, Senses::COMMON);
        self.has(at, Senses::FREQUENT) && (self.is_due(at) || count.lower > 0)
            || self.is_due(at) && (count.lower > count.capital || (common && count.capital == 0))
            || common && count.lower > count.capital
    }

    /// The run of words that may be one name or several, from `at` on; empty if none begins.
    fn run(&self, at: usize) -> Range<usize> {
        let known = self.lexicon.longest(&self.tokens[at..], Senses::NAME);
        if !self.is_capital(at) && known.is_none() {
            return at..at;
        }
        let mut end = at + known.map_or(1, |(count, _)| count);
        while end - at < LONGEST_RUN {
            match self.step(at, end) {
                0 => break,
                step => end += step,
            }
        }
        at..end
    }

    /// How many tokens the run `at..end` goes on by.
    fn step(&self, at: usize, end: usize) -> usize {
        if self.is(end, Flags::BREAK) || self.is(end, Flags::START) {
            return 0;
        }
        if self.is_capital(end) {
            return 1;
        }
        if is_link(self.tokens, end) && self.is_capital(end + 1) {
            return 2;
        }
        let small = (end..end + 3)
            .take_while(|&at| self.tokens.get(at).is_some_and(Token::is_lower))
            .count();
        let joined =
            (1..3).contains(&small) && self.is_capital(end + small) && self.joins(at, end, small);
        if joined { small + 1 } else { 0 }
    }

    /// Whether `small` lower-case words at `end` join the run before them to the capital after.
    fn joins(&self, at: usize, end: usize, small: usize) -> bool {
        if self.has(end, Senses::PARTICLE) && self.has(end + small - 1, Senses::PARTICLE) {
            return true;
        }
        let the = small == 1 || self.word(end + 1, "the");
        let of = self.word(end, "of") && self.has(end - 1, Senses::OF_HEAD);
        let for_ = self.word(end, "for")
            && self.has(end - 1, Senses::OF_HEAD.and(Senses::ORGANIZATION_HEAD));
        the && (of || for_ || (small == 1 && self.word(end, "and") && self.is_list(at, end)))
    }

    /// `Investment and Export Agency`: common words on both sides of an `and` and a head word on
    /// one of them.
    fn is_list(&self, at: usize, and: usize) -> bool {
        let ordinary = Senses::COMMON.and(Senses::HEAD);
        let common = |at: usize| self.has(at, ordinary) && !self.has(at, Senses::NAME);
        let after = (and + 1..and + 5).take_while(|&at| self.is_capital(at));
        let ends = after.skip(1).any(|at| self.has(at, Senses::ORGANIZATION_HEAD));
        let begins = (at..and.saturating_sub(1)).any(|at| self.has(at, Senses::OF_HEAD));
        common(and - 1) && common(and + 1) && (begins || (ends && and - at > 1))
    }

    /// Cuts a run into names.
    fn split(&self, run: Range<usize>, names: &mut Names) {
        let mut at = run.start;
        while at < run.end {
            match self.piece(at, run.end) {
                Piece::Skip(count) => at += count.max(1),
                Piece::Name(span, kind, trust) => {
                    let start = if kind == Kind::Person {
                        self.with_particles(span.start)
                    } else {
                        span.start
                    };
                    names.add(&self.tokens[start..span.end], kind, trust);
                    at = span.end.max(at + 1);
                }
            }
        }
    }

    /// `von Brandt`: small words before a person's name belong to it.
    fn with_particles(&self, start: usize) -> usize {
        let particle = |&at: &usize| self.has(at, Senses::PARTICLE) && self.tokens[at].is_lower();
        let count = (start.saturating_sub(2)..start).rev().take_while(particle).count();
        start - count
    }

    fn piece(&self, at: usize, end: usize) -> Piece {
        if !self.is_capital(at) && self.known(at).is_none() {
            return Piece::Skip(1);
        }
        self.headed(at, end)
            .or_else(|| self.namesake(at, end))
            .or_else(|| self.listed(at, end))
            .or_else(|| self.titled(at, end))
            .or_else(|| self.opened(at, end))
            .or_else(|| self.given(at, end))
            .or_else(|| self.acronym(at))
            .or_else(|| self.unknown(at, end))
            .unwrap_or(Piece::Skip(1))
    }

    fn known(&self, at: usize) -> Option<(usize, Senses)> {
        self.lexicon.longest(&self.tokens[at..], Senses::NAME)
    }

    /// A name in the lists: `Hong Kong`.
    fn listed(&self, at: usize, end: usize) -> Option<Piece> {
        let (count, senses) = self.known(at)?;
        let kind = senses.kind()?;
        let doubtful = count == 1
            && self.is_plain(at)
            && (self.is_due(at) || !senses.any(Senses::PLACE.and(Senses::GROUP)));
        (!doubtful && at + count <= end).then(|| Piece::Name(at..at + count, kind, Trust::Known))
    }

    /// A given name that is a place too, before a family name: `Jordan Smith`, `Paris Holm`.
    fn namesake(&self, at: usize, end: usize) -> Option<Piece> {
        let (count, senses) = self.known(at)?;
        let family =
            at + 1 < end && self.has(at + 1, Senses::FAMILY) && self.known(at + 1).is_none();
        let person =
            count == 1 && senses.any(Senses::GIVEN) && family && !self.has(at + 1, Senses::HEAD);
        person.then(|| self.person(at, end, Trust::Known)).flatten()
    }

    /// A name that ends with a head word, or begins with one and goes on with `of`:
    /// `Lund Export Agency`, `University of Lund`, `Lund Peninsula`.
    fn headed(&self, at: usize, end: usize) -> Option<Piece> {
        let known = self.known(at).map_or(0, |(count, _)| count);
        let frequent = known < 2 && self.is_plain(at) && self.has(at, Senses::FREQUENT);
        if frequent || self.has(at, Senses::TITLE) && !self.is_of(at) {
            return None;
        }
        let limit = (at + 1..end).find(|&at| self.is_stop(at)).unwrap_or(end);
        let of = (at..limit).find(|&at| self.is_of(at));
        let head =
            (at + known.max(1)..of.unwrap_or(limit)).rev().find(|&at| self.has(at, Senses::HEAD));
        let last = of.or(head)?;
        let stop = if of.is_some() { self.tail(last, limit) } else { last + 1 };
        let bare = stop - at < 3 && self.is_due(at) && self.is_plain(at);
        let kind = self.senses[last].head_kind().unwrap_or(Kind::Organization);
        (stop - at > known && !bare).then_some(Piece::Name(at..stop, kind, Trust::Known))
    }

    /// Where a headed name cannot go on: a title or a given name begins a person.
    fn is_stop(&self, at: usize) -> bool {
        let title =
            self.has(at, Senses::TITLE) && !self.has(at, Senses::HEAD) && !self.word(at, "General");
        let given = self.has(at, Senses::GIVEN)
            && !self.has(at, Senses::COMMON.and(Senses::NAME).and(Senses::HEAD));
        title || given && self.is_capital(at + 1)
    }

    /// Whether the head word at `at` goes on with `of`, `of the`, `for`.
    fn is_of(&self, at: usize) -> bool {
        let on = self.word(at + 1, "of") || self.word(at + 1, "for");
        let after = at + 2 + usize::from(self.word(at + 2, "the"));
        on && self.has(at, Senses::OF_HEAD)
            && !self.has(at, Senses::TITLE)
            && self.is_capital(after)
    }

    /// End of the name whose head at `at` goes on with `of`.
    fn tail(&self, at: usize, limit: usize) -> usize {
        let first = at + 2 + usize::from(self.word(at + 2, "the"));
        match self.known(first) {
            Some((count, _)) => (first + count).min(limit),
            None => limit,
        }
    }

    /// `President Ada Brandt`; the title is no part of the name.
    fn titled(&self, at: usize, end: usize) -> Option<Piece> {
        let (count, _) = self.lexicon.longest(&self.tokens[at..end], Senses::TITLE)?;
        let first = at + count;
        if first >= end {
            return self
                .has(at, Senses::GIVEN.and(Senses::FAMILY))
                .then_some(())
                .and(None)
                .or(Some(Piece::Skip(count)));
        }
        let person = self.is_capital(first)
            && !self.is_due_plain(first)
            && !self.has(first, Senses::TITLE.and(Senses::GROUP));
        let place = self
            .known(first)
            .is_some_and(|(_, senses)| senses.any(Senses::PLACE.and(Senses::ORGANIZATION)))
            && !self.is_capital(first + 1);
        if !person || place {
            return Some(Piece::Skip(count));
        }
        self.person(first, end, Trust::Known)
    }

    fn is_due_plain(&self, at: usize) -> bool {
        self.is_due(at) && self.is_plain(at)
    }

    /// `Lake Brandt`, `Mount Holm`.
    fn opened(&self, at: usize, end: usize) -> Option<Piece> {
        let fits = self.has(at, Senses::PLACE_OPENER) && at + 1 < end && self.is_capital(at + 1);
        let open =
            fits && !self.has(at + 1, Senses::COMMON.and(Senses::TITLE)) && !self.is_due_plain(at);
        let stop = at + 1 + self.known(at + 1).map_or(1, |(count, _)| count);
        open.then(|| Piece::Name(at..stop.min(end), Kind::Place, Trust::Context))
    }

    /// `Ada Brandt`, `J. R. Brandt`, `Ada`.
    fn given(&self, at: usize, end: usize) -> Option<Piece> {
        let initial = self.is(at, Flags::INITIAL);
        if !(initial || self.has(at, Senses::GIVEN)) {
            return None;
        }
        let stop = self.person_end(at, end);
        let words =
            (at..stop).filter(|&at| self.is_capital(at) && !self.is(at, Flags::INITIAL)).count();
        let common = self.has(at, Senses::COMMON);
        let next = stop > at + 1 && !self.has(stop - 1, Senses::COMMON);
        let sure = if initial {
            words > 0 && next
        } else if common {
            next
        } else {
            true
        };
        let alone = stop == at + 1 && (self.is_plain(at) || self.is(at, Flags::CAPS));
        (sure && !alone).then_some(Piece::Name(at..stop, Kind::Person, Trust::Known))
    }

    fn person(&self, at: usize, end: usize, trust: Trust) -> Option<Piece> {
        let stop = self.person_end(at, end);
        (stop > at).then_some(Piece::Name(at..stop, Kind::Person, trust))
    }

    /// One past the last word of the person's name that begins at `at`.
    fn person_end(&self, at: usize, end: usize) -> usize {
        let mut stop = at + 1;
        let mut count = 1;
        while stop < end && count < LONGEST_PERSON {
            let taken = self.person_step(stop, end);
            if taken == 0 {
                break;
            }
            stop += taken;
            count += 1;
        }
        stop
    }

    fn person_step(&self, at: usize, end: usize) -> usize {
        let fits = |at: usize| {
            at < end && self.is_capital(at) && !self.is(at, Flags::START) && !self.ends_person(at)
        };
        if fits(at) {
            return 1;
        }
        let small = (at..end.min(at + 2))
            .take_while(|&at| {
                is_link(self.tokens, at) || self.has(at, Senses::PARTICLE) && !self.is_capital(at)
            })
            .count();
        if small > 0 && fits(at + small) { small + 1 } else { 0 }
    }

    fn ends_person(&self, at: usize) -> bool {
        let name = Senses::FAMILY.and(Senses::GIVEN).and(Senses::SUFFIX);
        if self.is(at, Flags::INITIAL) || self.has(at, name) {
            return false;
        }
        let known = self.known(at).is_some_and(|(_, senses)| !senses.any(Senses::CITY));
        known || self.has(at, Senses::TITLE.and(Senses::HEAD)) || self.has(at, Senses::FREQUENT)
    }

    /// `ABC` where not all is in capitals.
    fn acronym(&self, at: usize) -> Option<Piece> {
        let token = self.tokens.get(at)?;
        let short = token.is(Flags::CAPS) && (2..=6).contains(&token.span.len());
        let word = self.has(at, Senses::COMMON)
            || token.is(Flags::SHOUTED)
            || self.words.count(token).lower > 0;
        (short && !word).then_some(Piece::Name(at..at + 1, Kind::Organization, Trust::Context))
    }

    /// Words that no list knows, judged by their number and by what stands around them.
    fn unknown(&self, at: usize, end: usize) -> Option<Piece> {
        if self.is_plain(at) || self.is(at, Flags::TITLED) && self.has(at, Senses::COMMON) {
            return None;
        }
        let stop = self.unknown_end(at, end);
        let common = (at..stop).any(|at| self.has(at, Senses::COMMON));
        let count = (at..stop).filter(|&at| self.is_capital(at)).count();
        let family = self.has(stop - 1, Senses::FAMILY);
        let (kind, trust) = match self.context(at, stop) {
            _ if common => return None,
            Some(kind) if count > 1 || !self.is_due(at) => (kind, Trust::Context),
            Some(kind) => (kind, Trust::Shape),
            _ if (2..4).contains(&count) && !self.is_set(at) => (Kind::Person, Trust::Context),
            _ if (2..4).contains(&count) => (Kind::Person, Trust::Shape),
            _ if family && !self.is_due(at) => (Kind::Person, Trust::Context),
            _ if family => (Kind::Person, Trust::Shape),
            _ => (Kind::Other, Trust::Shape),
        };
        Some(Piece::Name(at..stop, kind, trust))
    }

    fn unknown_end(&self, at: usize, end: usize) -> usize {
        let mut stop = at + 1;
        while stop < end {
            let taken = self.person_step(stop, end);
            let open = self.known(stop).is_none() && !self.has(stop, Senses::COMMON);
            if taken == 0 || !open {
                break;
            }
            stop += taken;
        }
        stop
    }

    /// What the words beside the name `at..stop` say of it.
    fn context(&self, at: usize, stop: usize) -> Option<Kind> {
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
