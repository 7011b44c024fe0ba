//! Guesses by lists and rules: which words of a block are names, and of what kind.
//!
//! A run of capitalised words is read from left to right; at each place the first rule that
//! fits takes its words: a known phrase, a name that ends with a head word (`Agency`), a title
//! and a person, a given name and what follows, an acronym, then the words around it.
//!
//! May not know: other blocks, but by the counts of their words; what the model makes of the
//! guesses.

use std::ops::Range;

use super::lexicon::{Senses, is_link};
use super::names::Trust;
use super::reading::Reading;
use super::tokens::{Flags, Token};
use crate::analysis::Kind;

/// Longest run of words that is read as one, in tokens, so that time stays linear.
const LONGEST_RUN: usize = 24;

/// Legal forms that stand after a comma: `Holm, Inc.`
const COMPANY: [&str; 6] = ["inc", "ltd", "llc", "corp", "plc", "llp"];

/// Most capitalised words that a person's name takes.
const LONGEST_PERSON: usize = 5;

/// Tokens taken for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    pub(super) trust: Trust,
}

/// Adds the names of one block to `guesses`, in order. Time is linear in the tokens.
pub(super) fn guess(reading: &Reading<'_>, guesses: &mut Vec<Guess>) {
    let mut at = 0;
    while at < reading.tokens.len() {
        let run = reading.run(at);
        at = run.end.max(at + 1);
        reading.split(run, guesses);
    }
}

/// Some tokens taken for a name, or passed over.
enum Piece {
    Name(Range<usize>, Kind, Trust),
    Skip(usize),
}

impl Reading<'_> {
    /// The run of words that may be one name or several, from `at` on; empty if none begins.
    fn run(&self, at: usize) -> Range<usize> {
        let known = self.lexicon.longest(&self.tokens[at..], Senses::NAME);
        if !self.is_capital(at) && known.is_none() {
            return at..at;
        }
        let mut end = at + known.map_or(1, |(count, _)| count);
        while end - at < LONGEST_RUN {
            match self.step(at, end) {
                step if step > 0 && self.is_unbroken(end..end + step) => end += step,
                _ => break,
            }
        }
        at..end
    }

    /// Whether no line and no sentence begins among these tokens.
    fn is_unbroken(&self, range: Range<usize>) -> bool {
        range.into_iter().all(|at| !self.is(at, Flags::BREAK) && !self.is(at, Flags::START))
    }

    /// How many tokens the run `at..end` goes on by.
    fn step(&self, at: usize, end: usize) -> usize {
        if self.is_capital(end) {
            return self.known(end).map_or(1, |(count, _)| count);
        }
        let company = self.word(end, ",") && COMPANY.iter().any(|form| self.word(end + 1, form));
        if company || is_link(self.tokens, end) && self.is_capital(end + 1) {
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
        let for_ = small == 1 && self.word(end, "for") && self.has(end - 1, Senses::OF_HEAD);
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
    fn split(&self, run: Range<usize>, guesses: &mut Vec<Guess>) {
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
                    guesses.push(Guess { range: start..span.end, kind, trust });
                    at = span.end.max(at + 1);
                }
            }
        }
    }

    /// `von Brandt`: small words before a person's name belong to it.
    pub(super) fn with_particles(&self, start: usize) -> usize {
        let particle = |&at: &usize| {
            self.has(at, Senses::PARTICLE)
                && self.tokens[at].is_lower()
                && self.is_unbroken(at + 1..at + 2)
        };
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
        let weak = self.has(at, Senses::FREQUENT) || self.is(at, Flags::SHOUTED);
        let ordinary = known < 2 && weak && self.is_plain(at);
        if ordinary || self.has(at, Senses::TITLE) && !self.is_of(at) {
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
            return Some(Piece::Skip(count));
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

    /// `Lake Brandt`, `Mount Holm`, `Hurricane Ada`.
    fn opened(&self, at: usize, end: usize) -> Option<Piece> {
        let openers = [(Senses::PLACE_OPENER, Kind::Place), (Senses::EVENT_OPENER, Kind::Event)];
        let (_, kind) = openers.into_iter().find(|&(opener, _)| self.has(at, opener))?;
        let fits = at + 1 < end && self.is_capital(at + 1);
        let open = fits
            && !self.has(at + 1, Senses::COMMON.and(Senses::TITLE))
            && (kind == Kind::Event || !self.is_due_plain(at));
        let stop = at + 1 + self.known(at + 1).map_or(1, |(count, _)| count);
        open.then(|| Piece::Name(at..stop.min(end), kind, Trust::Context))
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
        let short =
            token.is(Flags::CAPS) && !token.is(Flags::DIGIT) && (2..=6).contains(&token.span.len());
        let word = self.has(at, Senses::COMMON.and(Senses::SUFFIX))
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
        // A person's name has no article before it.
        let the = at > 0 && self.word(at - 1, "the");
        let (kind, trust) = match self.context(at, stop) {
            _ if common => return None,
            Some(kind) if count > 1 || !self.is_due(at) => (kind, Trust::Context),
            Some(kind) => (kind, Trust::Shape),
            _ if the && count > 1 => (Kind::Organization, Trust::Context),
            _ if the => (Kind::Other, Trust::Shape),
            _ if (2..4).contains(&count) && !self.is_set(at) => (Kind::Person, Trust::Context),
            _ if (2..4).contains(&count) => (Kind::Person, Trust::Shape),
            _ if family && !self.is_due(at) => (Kind::Person, Trust::Context),
            _ if family => (Kind::Person, Trust::Shape),
            _ if self.is_due(at) => return None,
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
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::tokens;
    use super::super::words::Words;
    use super::*;
    use crate::article::builder::Builder;

    /// The names of a text as `words/kind`, in order.
    fn tagged(text: &str) -> String {
        let mut builder = Builder::new();
        builder.paragraph(text);
        let doc = builder.finish();
        let (mut found, mut guesses) = (Vec::new(), Vec::new());
        tokens::read(text, (0..text.len()).into(), &mut found);
        let (lexicon, words) = (Lexicon::new(), Words::of(&doc));
        let senses: Vec<Senses> = found.iter().map(|token| lexicon.senses(token)).collect();
        let reading = Reading { tokens: &found, senses: &senses, lexicon: &lexicon, words: &words };
        guess(&reading, &mut guesses);
        let show = |guess: &Guess| {
            let span = found[guess.range.start].span.join(found[guess.range.end - 1].span);
            format!("{}/{}", span.of(text), guess.kind.name())
        };
        guesses.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rules_find_what_their_examples_say() {
        let examples = [
            ("They love Hong Kong.", "Hong Kong/place"),
            ("Here is Jordan Smith.", "Jordan Smith/person"),
            ("Here is the Vorn Export Agency.", "Vorn Export Agency/organization"),
            (
                "Here is the Coast Investment and Export Agency.",
                "Coast Investment and Export Agency/organization",
            ),
            ("She left the University of Lund.", "University of Lund/organization"),
            ("Then President Zsaz Brandt spoke.", "Zsaz Brandt/person"),
            ("We saw Lake Vorn.", "Lake Vorn/place"),
            ("Then Hurricane Zsaz came.", "Hurricane Zsaz/event"),
            (
                "We saw J. R. Vorn and Ada van der Vorn.",
                "J. R. Vorn/person Ada van der Vorn/person",
            ),
            ("We saw the LXA.", "LXA/organization"),
            ("So Zsaz said.", "Zsaz/person"),
            ("We asked the economist Zsaz.", "Zsaz/person"),
            ("We saw Zsaz, an old think tank.", "Zsaz/organization"),
            ("We saw Zsaz, Sweden.", "Zsaz/place Sweden/place"),
            ("We met in Zsaz.", "Zsaz/place"),
            ("We saw the Zsaz (three small islands).", "Zsaz/place"),
            ("We came from the town of Zsaz.", "Zsaz/place"),
            ("We work at Zsaz, Inc. now.", "Zsaz, Inc./organization"),
        ];
        for (text, wanted) in examples {
            assert_eq!(tagged(text), wanted, "{text}");
        }
    }

    #[test]
    fn ordinary_words_with_capitals_are_no_names() {
        for text in [
            "Bread is good.",
            "I came on Monday in May.",
            "The Best Bread You Will Ever Make",
            "STOP THE PRESS NOW",
        ] {
            assert_eq!(tagged(text), "", "{text}");
        }
    }
}
