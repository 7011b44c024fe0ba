//! Merges names into entities: which forms mean the same person, place or organization.
//!
//! Works on the distinct forms, longest first; the rules and their worth were measured on the
//! coreference annotation of GUM (Zeldes 2017). Metonyms stay apart, and so do two people with
//! one family name: a wrong merge is worse than a missing one.
//!
//! May not know: how names are found.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::collect::collect;
use super::lexicon::{Lexicon, Senses};
use super::names::{Form, Names, phrase};
use super::table::{Keyed, Table};
use super::tokens::{fold, join, plural};
use crate::analysis::{Entity, Kind, Mention};
use crate::article::Document;
use crate::article::bulk::Bulk;
use crate::text::span::Span;

/// Most words of a name that are looked at for shorter names in it.
const LONGEST: usize = 8;

/// Entities and mentions as [`crate::analysis::Analysis`] wants them, from names that are sorted
/// and disjoint.
pub(super) fn entities(
    doc: &Document,
    lexicon: &Lexicon,
    names: &Names,
) -> (Vec<Entity>, Bulk<Mention>) {
    let mut merge = Merge::new(doc, lexicon, names);
    merge.aliases();
    merge.people();
    merge.definitions();
    merge.acronyms();
    merge.organizations();
    merge.islands();
    collect(doc, names, &merge.roots())
}

/// Who owns a shorter name: one entity, or several and so none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    One(u32),
    Many,
}

type Owners = Table<Owner>;

fn claim(owners: &mut Owners, name: u64, root: u32) {
    let owner = owners.entry(name).or_insert(Owner::One(root));
    if *owner != Owner::One(root) {
        *owner = Owner::Many;
    }
}

struct Merge<'a> {
    doc: &'a Document,
    lexicon: &'a Lexicon,
    names: &'a Names,
    /// First mention of each form; empty for a form without one.
    first: Vec<Span>,
    kinds: Vec<Kind>,
    /// Forms that have mentions, most words first, then first mention first.
    order: Vec<u32>,
    /// A form that each form was joined to, or itself.
    parents: Vec<u32>,
}

impl<'a> Merge<'a> {
    fn new(doc: &'a Document, lexicon: &'a Lexicon, names: &'a Names) -> Self {
        let mut first = vec![Span::default(); names.forms.len()];
        for name in names.list.iter().rev() {
            first[name.form as usize] = name.span;
        }
        let count = names.forms.len() as u32;
        let mut order: Vec<u32> =
            (0..count).filter(|&form| !first[form as usize].is_empty()).collect();
        order.sort_by_key(|&form| {
            (Reverse(names.forms[form as usize].words.len()), first[form as usize])
        });
        let kinds = names.forms.iter().map(Form::kind).collect();
        Self { doc, lexicon, names, first, kinds, order, parents: (0..count).collect() }
    }

    fn form(&self, form: u32) -> &'a Form {
        &self.names.forms[form as usize]
    }

    fn text(&self, form: u32) -> &'a str {
        self.doc.slice(self.first[form as usize])
    }

    fn of_kind(&self, kind: Kind) -> Vec<u32> {
        self.order.iter().copied().filter(|&form| self.kinds[form as usize] == kind).collect()
    }

    fn root(&mut self, mut form: u32) -> u32 {
        while self.parents[form as usize] != form {
            // Halving the path keeps chains short.
            let parent = self.parents[form as usize];
            self.parents[form as usize] = self.parents[parent as usize];
            form = parent;
        }
        form
    }

    fn join(&mut self, form: u32, other: u32) {
        let (form, other) = (self.root(form), self.root(other));
        self.parents[form as usize] = other;
    }

    fn roots(mut self) -> Vec<u32> {
        (0..self.parents.len() as u32).map(|form| self.root(form)).collect()
    }

    /// `US`, `USA`, `United States`: the same row of a list.
    fn aliases(&mut self) {
        let mut rows: HashMap<(u32, Kind), u32> = HashMap::new();
        for form in self.order.clone() {
            let words = self.form(form).words.iter().copied();
            let group = self.lexicon.entry(phrase(words)).map_or(0, |entry| entry.group);
            if group == 0 || self.form(form).author {
                continue;
            }
            let first = *rows.entry((group, self.kinds[form as usize])).or_insert(form);
            self.join(form, first);
        }
    }

    /// `Brandt` and `Ada` are `Ada Brandt` if only one such person is named; `A. Brandt` and
    /// `Ada B. Brandt` are, too.
    fn people(&mut self) {
        let people = self.of_kind(Kind::Person);
        self.writers(&people);
        self.same_people(&people);
        let (mut ends, mut begins, mut commenters) =
            (Owners::default(), Owners::default(), Owners::default());
        for &form in &people {
            let full = phrase(self.person_words(form).into_iter());
            let author = self.form(form).author;
            let hit = match (ends.get(&full), begins.get(&full)) {
                (Some(&owner), _) | (None, Some(&owner)) => Some(owner),
                (None, None) => commenters.get(&full).copied().filter(|_| self.in_discussion(form)),
            };
            if let (Some(Owner::One(root)), false) = (hit, author) {
                self.join(form, root);
            }
            let root = self.root(form);
            let words = self.person_words(form);
            let (ends, begins) =
                if author { (&mut commenters, None) } else { (&mut ends, Some(&mut begins)) };
            for start in 1..words.len() {
                claim(ends, phrase(words[start..].iter().copied()), root);
            }
            if let (Some(begins), true) = (begins, words.len() > 1) {
                claim(begins, join(0, words[0]), root);
            }
            if author && words.len() > 1 {
                claim(&mut commenters, full, root);
            }
        }
    }

    /// Who wrote the article and comments under it is one person.
    fn writers(&mut self, people: &[u32]) {
        let full = |name: &String| phrase(name.split_whitespace().map(fold));
        let authors: HashSet<u64, Keyed> = self.doc.head.authors.iter().map(full).collect();
        let mut first: Table<u32> = Table::default();
        for &form in people.iter().filter(|&&form| self.names.forms[form as usize].words.len() > 1)
        {
            let full = phrase(self.form(form).words.iter().copied());
            if authors.contains(&full) {
                let first = *first.entry(full).or_insert(form);
                self.join(form, first);
            }
        }
    }

    /// Full names with one family name and the same given name, or its initial.
    fn same_people(&mut self, people: &[u32]) {
        let mut given: Table<u32> = Table::default();
        let mut initials = Owners::default();
        let full = people.iter().copied();
        let full =
            full.filter(|&form| self.person_words(form).len() > 1 && !self.form(form).author);
        let (short, long): (Vec<u32>, Vec<u32>) = full.partition(|&form| self.is_initialed(form));
        for form in long {
            let words = self.person_words(form);
            let first = *given.entry(join(words[0], words[words.len() - 1])).or_insert(form);
            self.join(form, first);
            let root = self.root(first);
            claim(&mut initials, self.initialed(form), root);
        }
        for form in short {
            if let Some(&Owner::One(root)) = initials.get(&self.initialed(form)) {
                self.join(form, root);
            }
        }
    }

    /// Words of a person's name without `Jr.` and the like.
    fn person_words(&self, form: u32) -> Vec<u64> {
        let words = &self.form(form).words;
        let is_suffix = |&word: &u64| {
            self.lexicon.entry(join(0, word)).is_some_and(|entry| entry.senses.any(Senses::SUFFIX))
        };
        let kept = words.iter().rposition(|word| !is_suffix(word)).map_or(words.len(), |at| at + 1);
        words[..kept.min(LONGEST)].to_vec()
    }

    fn is_initialed(&self, form: u32) -> bool {
        let mut letters = self.text(form).chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(|ch| !ch.is_alphabetic())
    }

    /// First letter and family name as one number.
    fn initialed(&self, form: u32) -> u64 {
        let letter = self.text(form).chars().next().unwrap_or_default();
        let words = self.person_words(form);
        join(fold(letter.encode_utf8(&mut [0; 4])), words.last().copied().unwrap_or_default())
    }

    fn in_discussion(&self, form: u32) -> bool {
        self.first[form as usize].start >= self.doc.discussion_start()
    }

    /// `Lund Export Agency (LXA)` says what `LXA` is.
    fn definitions(&mut self) {
        for pair in self.names.list.windows(2) {
            let (name, short) = (pair[0], pair[1]);
            let between = Span::new(name.span.end, short.span.start).of(&self.doc.text);
            let closed = self
                .doc
                .text
                .get(short.span.end as usize..)
                .is_some_and(|rest| rest.starts_with(')'));
            let lone =
                self.form(short.form).words.len() == 1 && self.form(name.form).words.len() > 1;
            if between == " ("
                && closed
                && lone
                && is_acronym(self.doc.slice(short.span))
                && self.root(short.form) == short.form
            {
                self.join(short.form, name.form);
            }
        }
    }

    /// `LXA` is `Lund Export Agency` if no other name has these initials.
    fn acronyms(&mut self) {
        let mut owners = Owners::default();
        for form in self.order.clone() {
            let full = self.form(form).words.len() > 1
                && !matches!(self.kinds[form as usize], Kind::Person | Kind::Group);
            if full {
                let root = self.root(form);
                for name in initials(self.text(form)) {
                    claim(&mut owners, name, root);
                }
            }
        }
        for form in self.order.clone() {
            let words = &self.form(form).words;
            let free = self.root(form) == form && words.len() == 1 && !self.form(form).author;
            if !free
                || !is_acronym(self.text(form))
                || self.lexicon.entry(join(0, words[0])).is_some_and(|entry| entry.group > 0)
            {
                continue;
            }
            if let Some(&Owner::One(root)) = owners.get(&words[0]) {
                self.join(form, root);
            }
        }
    }

    /// `Holm` is `Holm Shipping Company` if it is an organization too and no other begins so.
    fn organizations(&mut self) {
        let mut owners = Owners::default();
        for form in self.of_kind(Kind::Organization) {
            let words = &self.form(form).words;
            let full = phrase(words.iter().copied());
            let free = self.root(form) == form;
            if let (Some(&Owner::One(root)), true) =
                (owners.get(&full), free && !self.is_head(words))
            {
                self.join(form, root);
            }
            let root = self.root(form);
            let mut number = 0;
            for &word in words.iter().take(words.len() - 1).take(LONGEST) {
                number = join(number, word);
                claim(&mut owners, number, root);
            }
        }
    }

    /// Whether a name is one ordinary word: `Bank`.
    fn is_head(&self, words: &[u64]) -> bool {
        let ordinary = Senses::HEAD.and(Senses::COMMON);
        words.len() == 1
            && self.lexicon.entry(join(0, words[0])).is_some_and(|entry| entry.senses.any(ordinary))
    }

    /// `Holms` and `Holm` are the `Holm Islands`.
    fn islands(&mut self) {
        let groups = ["islands", "isles", "islets", "mountains", "hills"].map(fold);
        let mut owners = Owners::default();
        for form in self.order.clone() {
            if !matches!(self.kinds[form as usize], Kind::Place | Kind::Other) {
                continue;
            }
            let words = &self.form(form).words;
            let root = self.root(form);
            if words.len() == 2 && groups.contains(&words[1]) {
                claim(&mut owners, words[0], root);
                claim(&mut owners, plural(words[0]), root);
            }
            if words.len() > 1 || root != form {
                continue;
            }
            if let Some(&Owner::One(owner)) = owners.get(&words[0]) {
                self.join(form, owner);
            }
        }
    }
}

/// Two to six capitals or digits, with or without full stops.
fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|&ch| ch != '.').count();
    (2..=6).contains(&letters)
        && text.chars().all(|ch| ch == '.' || ch.is_uppercase() || ch.is_numeric())
}

/// The initials of a name as words: of its capitals, and of all its words.
fn initials(text: &str) -> Vec<u64> {
    let words = || {
        text.split(|ch: char| !ch.is_alphanumeric() && ch != '’' && ch != '\'')
            .filter_map(|word| word.chars().next())
    };
    let capitals: String = words().filter(|ch| ch.is_uppercase()).take(LONGEST).collect();
    let all: String = words().take(LONGEST).collect();
    let mut found = vec![fold(&capitals), fold(&all)];
    found.dedup();
    found
}
