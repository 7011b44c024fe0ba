//! Names as they are found, and the distinct forms that they take.
//!
//! May not know: how a name is found, what it refers to.

use std::cmp::Reverse;

use bytemuck::{Pod, Zeroable};

use super::table::Table;
use super::tokens::{Flags, Token, join};
use crate::analysis::Kind;
use crate::article::bulk::Bulk;
use crate::text::span::Span;

/// How sure a guess is. Guesses add up over a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// Only that it looks like a name.
    Shape,
    /// By the words beside it or in it.
    Context,
    /// By a list, a title or a head word.
    Known,
    /// By the structure of the document.
    Structure,
}

impl Trust {
    const fn votes(self) -> u32 {
        match self {
            Self::Shape => 1,
            Self::Context => 3,
            Self::Known => 6,
            Self::Structure => 100,
        }
    }
}

/// A name in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Name {
    /// Its bytes in the text.
    pub(super) span: Span,
    /// Index of its form.
    pub(super) form: u32,
    /// How sure it is, as a number.
    trust: u32,
}

impl Name {
    pub(super) const fn new(span: Span, form: u32, trust: Trust) -> Self {
        Self { span, form, trust: trust as u32 }
    }
}

/// A distinct name: the same words, whatever their case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// Its words as numbers.
    pub(super) words: Vec<u64>,
    /// Votes for each kind, in the order of [`Kind::ALL`].
    pub(super) votes: [u32; Kind::ALL.len()],
    /// Whether it is the name of a commenter, which is not the name of anything else.
    pub(super) author: bool,
    /// Whether it was found where not all words around have capitals.
    pub(super) plain: bool,
}

impl Form {
    /// The kind with most votes; the earlier of two.
    pub(super) fn kind(&self) -> Kind {
        elected(&self.votes)
    }

    /// All votes together.
    pub(super) fn weight(&self) -> u32 {
        self.votes.iter().fold(0, |sum: u32, &votes| sum.saturating_add(votes))
    }
}

/// All names of a document with their forms.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The names; sorted and disjoint only when [`Names::sort`] was called last.
    pub(super) list: Bulk<Name>,
    /// Their distinct forms.
    pub(super) forms: Vec<Form>,
    index: Table<u32>,
}

/// The kind with most votes; the earlier of two. `Other` is no opinion: it counts if it is alone.
pub(super) fn elected<Votes: Copy + Ord + Default>(votes: &[Votes; Kind::ALL.len()]) -> Kind {
    let named = |&&(kind, votes): &&(Kind, Votes)| kind != Kind::Other && votes > Votes::default();
    let ballot: Vec<(Kind, Votes)> = Kind::ALL.into_iter().zip(votes.iter().copied()).collect();
    let most = ballot.iter().rev().filter(named).max_by_key(|&&(_, votes)| votes);
    most.map_or(Kind::Other, |&(kind, _)| kind)
}

/// The number of a phrase: of its words in order, marks left out.
pub(super) fn phrase(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0, join)
}

/// The words among some tokens.
pub(super) fn words(tokens: &[Token]) -> impl Iterator<Item = u64> + Clone {
    tokens.iter().filter(|token| token.is(Flags::WORD)).map(|token| token.word)
}

impl Names {
    /// Adds a name with the words of `tokens`.
    pub(super) fn add(&mut self, tokens: &[Token], kind: Kind, trust: Trust) {
        self.insert(tokens, kind, trust, false);
    }

    /// Adds the name of a commenter.
    pub(super) fn add_author(&mut self, tokens: &[Token]) {
        self.insert(tokens, Kind::Person, Trust::Structure, true);
    }

    fn insert(&mut self, tokens: &[Token], kind: Kind, trust: Trust, author: bool) {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
        if words(tokens).next().is_none() {
            return;
        }
        let form = self.intern(words(tokens), author);
        let set = first.is(Flags::TITLED) || first.is(Flags::SHOUTED);
        let known = &mut self.forms[form as usize];
        known.plain |= !set || trust == Trust::Structure;
        let votes = &mut known.votes[kind as usize];
        *votes = votes.saturating_add(trust.votes());
        self.list.push(Name::new(first.span.join(last.span), form, trust));
    }

    fn intern(&mut self, words: impl Iterator<Item = u64> + Clone, author: bool) -> u32 {
        // Names of commenters are kept apart from the same words elsewhere.
        let number = phrase(words.clone());
        let key = if author { !number } else { number };
        let next = self.forms.len() as u32;
        let form = *self.index.entry(key).or_insert(next);
        if form == next {
            self.forms.push(Form {
                words: words.collect(),
                votes: [0; Kind::ALL.len()],
                author,
                plain: false,
            });
        }
        form
    }

    /// Adds votes for a form of one word, without a mention.
    pub(super) fn support(&mut self, word: u64, kind: Kind, votes: u32) {
        let form = self.intern(std::iter::once(word), false);
        let sum = &mut self.forms[form as usize].votes[kind as usize];
        *sum = sum.saturating_add(votes);
    }

    /// Sorts the names; where two overlap, the more trusted stays, else the longer.
    pub(super) fn sort(&mut self) {
        self.list.sort_unstable_by_key(|name| {
            (name.span.start, Reverse(name.span.end), Reverse(name.trust), name.form)
        });
        let mut kept = 0;
        for at in 0..self.list.len() {
            let name = self.list[at];
            match self.list[..kept].last_mut() {
                Some(last) if last.span.end > name.span.start => {
                    if name.trust == Trust::Structure as u32 && last.trust < name.trust {
                        *last = name;
                    }
                }
                _ => {
                    self.list[kept] = name;
                    kept += 1;
                }
            }
        }
        self.list.truncate(kept);
    }
}
