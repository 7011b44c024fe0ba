//! The word lists: what is known of a word or phrase before the document is read.
//!
//! May not know: documents. Built once for each run from the files in `assets/names`.

use super::table::{Keyed, Table};
use super::tokens::{Flags, Token, fold, join};
use crate::analysis::Kind;

/// What a word or phrase can be: a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Senses(u32);

macro_rules! senses {
    ($($name:ident = $bit:literal, $doc:literal;)*) => {
        impl Senses { $(#[doc = $doc] pub(super) const $name: Self = Self(1 << $bit);)* }
    };
}

senses! {
    PLACE = 0, "A place.";
    CITY = 1, "A large city.";
    GROUP = 2, "A people, nationality or religion.";
    ORGANIZATION = 3, "An organization.";
    EVENT = 4, "An event.";
    WORK = 5, "A work.";
    LAW = 6, "A law or treaty.";
    PRODUCT = 7, "A product.";
    GIVEN = 8, "A given name.";
    FAMILY = 9, "A family name.";
    COMMON = 10, "A common word.";
    FREQUENT = 11, "One of the commonest words.";
    TITLE = 12, "Stands before a person's name.";
    PERSON_WORD = 13, "Says in lower case that a person stands beside it.";
    SUFFIX = 14, "Ends a person's name.";
    PARTICLE = 15, "A small word inside a person's name.";
    ORGANIZATION_HEAD = 16, "Ends the name of an organization.";
    PLACE_HEAD = 17, "Ends the name of a place.";
    PLACE_OPENER = 18, "Begins the name of a place.";
    EVENT_HEAD = 19, "Ends the name of an event.";
    LAW_HEAD = 20, "Ends the name of a law.";
    WORK_HEAD = 21, "Ends the name of a newspaper.";
    OF_HEAD = 22, "Goes on with `of` inside a name.";
    ORGANIZATION_WORD = 23, "Says in lower case that an organization stands beside it.";
    PLACE_WORD = 24, "Says in lower case that a place stands beside it.";
    AT_WORD = 25, "Stands before a place.";
    SAY = 26, "Stands after a person.";
    STOP = 27, "Written with a capital but no name.";
    EVENT_OPENER = 28, "Begins the name of an event.";
    MORE = 29, "A longer phrase begins with it.";
}

impl Senses {
    /// Those that make a phrase a name by itself.
    pub(super) const NAME: Self = Self(0xff);
    /// Those of a word that can end a name.
    pub(super) const HEAD: Self = Self(0b11_1011 << 16);

    /// Whether it has any bit of `other`.
    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The set as a number.
    pub(super) const fn bits(self) -> u32 {
        self.0
    }

    /// The bits of both.
    #[must_use]
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The kind of a name with these senses.
    pub(super) fn kind(self) -> Option<Kind> {
        KINDS.iter().find(|(sense, _)| self.any(*sense)).map(|&(_, kind)| kind)
    }

    /// The kind of a name that ends with a word of these senses.
    pub(super) fn head_kind(self) -> Option<Kind> {
        HEADS.iter().find(|(sense, _)| self.any(*sense)).map(|&(_, kind)| kind)
    }
}

/// Where a name has two senses, the earlier counts.
const KINDS: [(Senses, Kind); 8] = [
    (Senses::PLACE, Kind::Place),
    (Senses::GROUP, Kind::Group),
    (Senses::ORGANIZATION, Kind::Organization),
    (Senses::LAW, Kind::Law),
    (Senses::EVENT, Kind::Event),
    (Senses::WORK, Kind::Work),
    (Senses::PRODUCT, Kind::Product),
    (Senses::CITY, Kind::Place),
];

const HEADS: [(Senses, Kind); 5] = [
    (Senses::LAW_HEAD, Kind::Law),
    (Senses::EVENT_HEAD, Kind::Event),
    (Senses::ORGANIZATION_HEAD, Kind::Organization),
    (Senses::PLACE_HEAD, Kind::Place),
    (Senses::WORK_HEAD, Kind::Work),
];

/// Sections of the files and what they mean.
const SECTIONS: [(&str, Senses); 24] = [
    ("place", Senses::PLACE),
    ("group", Senses::GROUP),
    ("organization", Senses::ORGANIZATION),
    ("event", Senses::EVENT),
    ("work", Senses::WORK),
    ("law", Senses::LAW),
    ("product", Senses::PRODUCT),
    ("title", Senses::TITLE),
    ("person word", Senses::PERSON_WORD),
    ("suffix", Senses::SUFFIX),
    ("particle", Senses::PARTICLE),
    ("organization head", Senses::ORGANIZATION_HEAD),
    ("place head", Senses::PLACE_HEAD),
    ("place opener", Senses::PLACE_OPENER),
    ("event opener", Senses::EVENT_OPENER),
    ("event head", Senses::EVENT_HEAD),
    ("law head", Senses::LAW_HEAD),
    ("work head", Senses::WORK_HEAD),
    ("of head", Senses::OF_HEAD),
    ("organization word", Senses::ORGANIZATION_WORD),
    ("place word", Senses::PLACE_WORD),
    ("at word", Senses::AT_WORD),
    ("say verb", Senses::SAY),
    ("break", Senses::STOP),
];

/// Room for all phrases of the lists, in a table that is no larger for it.
const CAPACITY: usize = 28 << 10;

/// Most tokens of a phrase that is looked for in small letters.
const LONGEST_SMALL: usize = 4;

/// How many of the common words count as the commonest.
const FREQUENT: usize = 300;

/// What is known of one word or phrase.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    /// What it can be.
    pub(super) senses: Senses,
    /// Number of the names that mean the same thing; 0 for none.
    pub(super) group: u32,
    /// What it can be only where it is written in capitals throughout.
    capitals: Senses,
}

/// All lists in one table, keyed by phrase.
#[derive(Debug)]
pub(super) struct Lexicon {
    entries: Table<Entry>,
    groups: u32,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::new()
    }
}

impl Lexicon {
    /// Reads the lists; a few milliseconds at most.
    pub(super) fn new() -> Self {
        let mut lexicon = Self {
            entries: Table::with_capacity_and_hasher(CAPACITY, Keyed::default()),
            groups: 0,
        };
        let common = include_str!("../../../assets/names/common.txt");
        lexicon.words(common, usize::MAX, Senses::COMMON);
        lexicon.words(common, FREQUENT, Senses::FREQUENT);
        lexicon.words(include_str!("../../../assets/names/given.txt"), usize::MAX, Senses::GIVEN);
        lexicon.words(
            include_str!("../../../assets/names/surnames.txt"),
            usize::MAX,
            Senses::FAMILY,
        );
        for city in rows(include_str!("../../../assets/names/cities.txt")) {
            lexicon.add(city, Senses::CITY, 0);
        }
        lexicon.sections(include_str!("../../../assets/names/known.txt"));
        lexicon.sections(include_str!("../../../assets/names/words.txt"));
        lexicon.countries(include_str!("../../../assets/names/countries.txt"));
        lexicon
    }

    fn words(&mut self, file: &str, count: usize, sense: Senses) {
        for word in rows(file).flat_map(str::split_whitespace).take(count) {
            self.add(word, sense, 0);
        }
    }

    fn sections(&mut self, file: &str) {
        let mut sense = Senses::default();
        for row in rows(file) {
            match row.strip_prefix('[').and_then(|row| row.strip_suffix(']')) {
                Some(name) => sense = section(name),
                None => self.aliases(row, sense),
            }
        }
    }

    fn countries(&mut self, file: &str) {
        for row in rows(file) {
            let senses = [Senses::PLACE, Senses::GROUP, Senses::PLACE];
            for (part, sense) in row.split(';').zip(senses) {
                self.aliases(part, sense);
            }
        }
    }

    fn aliases(&mut self, row: &str, sense: Senses) {
        self.groups += 1;
        for name in row.split(" = ").map(str::trim).filter(|name| !name.is_empty()) {
            self.add(name, sense, self.groups);
        }
    }

    fn add(&mut self, name: &str, sense: Senses, group: u32) {
        let mut phrase = 0;
        let mut words =
            name.split([' ', '-']).filter(|word| !word.is_empty() && *word != "&").peekable();
        while let Some(word) = words.next() {
            phrase = join(phrase, fold(word));
            let entry = self.entries.entry(phrase).or_default();
            if words.peek().is_some() {
                entry.senses = entry.senses.and(Senses::MORE);
                continue;
            }
            let capitals = word.len() > 1 && !word.contains(char::is_lowercase);
            let senses = if capitals { &mut entry.capitals } else { &mut entry.senses };
            *senses = senses.and(sense);
            if group > 0 && entry.group == 0 {
                entry.group = group;
            }
        }
    }

    /// What is known of one token.
    pub(super) fn senses(&self, token: &Token) -> Senses {
        let entry = self.entries.get(&join(0, token.word));
        entry.map_or(Senses::default(), |entry| entry.at(token))
    }

    /// What is known of a phrase by its number.
    pub(super) fn entry(&self, phrase: u64) -> Option<&Entry> {
        self.entries.get(&phrase)
    }

    /// The longest phrase at the front of `tokens` that has one of the senses `wanted`: how many
    /// tokens it takes, and what it can be. It begins and ends with a capital.
    pub(super) fn longest(&self, tokens: &[Token], wanted: Senses) -> Option<(usize, Senses)> {
        self.walk(tokens, |token, senses| senses.any(wanted) && token.is_capital())
    }

    /// As [`Self::longest`], but for a phrase that has no capital at all.
    pub(super) fn longest_small(
        &self,
        tokens: &[Token],
        wanted: Senses,
    ) -> Option<(usize, Senses)> {
        let tokens = &tokens[..tokens.len().min(LONGEST_SMALL)];
        let capital = tokens.iter().position(Token::is_capital).unwrap_or(tokens.len());
        self.walk(&tokens[..capital], |_, senses| senses.any(wanted))
    }

    /// The longest phrase at the front of `tokens` that is taken by its last token and senses.
    fn walk(
        &self,
        tokens: &[Token],
        taken: impl Fn(&Token, Senses) -> bool,
    ) -> Option<(usize, Senses)> {
        let mut found = None;
        let mut phrase = 0;
        for (at, token) in tokens.iter().enumerate() {
            if at > 0 && token.is(Flags::BREAK) {
                break;
            }
            if !token.is(Flags::WORD) {
                if is_link(tokens, at) {
                    continue;
                }
                break;
            }
            phrase = join(phrase, token.word);
            let Some(entry) = self.entries.get(&phrase) else { break };
            let senses = entry.at(token);
            if taken(token, senses) {
                found = Some((at + 1, senses));
            }
            if !senses.any(Senses::MORE) {
                break;
            }
        }
        found
    }
}

impl Entry {
    fn at(&self, token: &Token) -> Senses {
        if token.is(Flags::CAPS) { self.senses.and(self.capitals) } else { self.senses }
    }
}

/// Whether the mark at `at` ties two words of a name: a hyphen between letters, or `&`.
pub(super) fn is_link(tokens: &[Token], at: usize) -> bool {
    let (Some(mark), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else { return false };
    let tied = mark.is(Flags::GLUED) && next.is(Flags::GLUED) && mark.word == fold("-");
    at > 0 && next.is(Flags::WORD) && (tied || mark.word == fold("&"))
}

fn rows(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(str::trim).filter(|row| !row.is_empty() && !row.starts_with('#'))
}

fn section(name: &str) -> Senses {
    let found = SECTIONS.iter().find(|(section, _)| *section == name);
    found.map_or(Senses::default(), |&(_, sense)| sense)
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    fn longest(text: &str) -> Option<(usize, Option<Kind>)> {
        let mut found = Vec::new();
        tokens::read(text, (0..text.len()).into(), &mut found);
        Lexicon::new().longest(&found, Senses::NAME).map(|(count, senses)| (count, senses.kind()))
    }

    #[test]
    fn the_longest_phrase_wins() {
        assert_eq!(longest("New York Times reporters"), Some((3, Some(Kind::Work))));
        assert_eq!(longest("New York is"), Some((2, Some(Kind::Place))));
        assert_eq!(longest("Norwegians left"), Some((1, Some(Kind::Group))));
    }

    #[test]
    fn names_in_capitals_need_capitals() {
        assert_eq!(longest("US troops"), Some((1, Some(Kind::Place))));
        assert_eq!(longest("U.S. troops"), Some((1, Some(Kind::Place))));
        assert_eq!(longest("us troops"), None);
        assert_eq!(longest("Us troops"), None);
    }

    #[test]
    fn every_section_is_known_and_every_file_says_whose_it_is() {
        let files = [
            include_str!("../../../assets/names/cities.txt"),
            include_str!("../../../assets/names/common.txt"),
            include_str!("../../../assets/names/countries.txt"),
            include_str!("../../../assets/names/given.txt"),
            include_str!("../../../assets/names/known.txt"),
            include_str!("../../../assets/names/surnames.txt"),
            include_str!("../../../assets/names/words.txt"),
        ];
        for file in files {
            let header = file.lines().take_while(|line| line.starts_with('#')).collect::<String>();
            assert!(header.contains("licence") || header.contains("public domain"), "{header}");
            for row in rows(file).filter_map(|row| row.strip_prefix('[')?.strip_suffix(']')) {
                assert_ne!(section(row), Senses::default(), "{row}");
            }
        }
        assert!(files.iter().map(|file| file.len()).sum::<usize>() < 200_000);
    }
}
