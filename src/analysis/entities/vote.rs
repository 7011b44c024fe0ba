//! Makes the document agree with itself: a name that was accepted somewhere is a name
//! everywhere, and of the kind that most of its mentions speak for.
//!
//! May not know: rules about what a name looks like.

use std::collections::HashSet;

use super::lexicon::{Lexicon, Senses, is_link};
use super::names::{Form, Name, Names, Trust, phrase};
use super::table::{Keyed, Table};
use super::tokens::{self, Flags, Token, fold, join, plural};
use super::words::{Words, readable};
use crate::analysis::Kind;
use crate::article::Document;
use crate::article::bulk::Bulk;

/// Votes that a name needs to be accepted.
const ENOUGH: u32 = 2;

/// Votes that a full name needs to speak for its last word.
const FULL: u32 = 3;

/// Votes of a full name for a part of it: more than a few mentions in doubtful company have.
const PART: u32 = 20;

/// Words of a name that is long for one where it stands in a headline only.
const HEADLINE: usize = 5;

/// Words at the end of a long name that are looked at for a shorter one.
const TAIL: usize = 3;

/// Drops guesses that nothing supports, settles kinds, adds the mentions that were missed, and
/// leaves the names sorted and disjoint. Time is linear in text and names.
pub(super) fn settle(doc: &Document, lexicon: &Lexicon, words: &Words, names: &mut Names) {
    support_families(names);
    support_islands(names);
    support_events(lexicon, names);
    support_organizations(lexicon, names);
    let forms = &names.forms;
    let stretched = stretched(forms);
    let stays = |name: &Name| {
        forms[name.form as usize].weight() >= ENOUGH && !stretched[name.form as usize]
    };
    names.list.retain(stays);
    names.sort();
    let missed = missed(doc, lexicon, words, (names, &stretched));
    names.list.append(&missed);
    names.sort();
}

/// `Ada Brandt` speaks for `Brandt` being a person; a new form is made where there is none.
fn support_families(names: &mut Names) {
    let full = |form: &&Form| {
        form.words.len() > 1 && !form.author && form.kind() == Kind::Person && form.weight() >= FULL
    };
    let last: Vec<u64> =
        names.forms.iter().filter(full).filter_map(|form| form.words.last().copied()).collect();
    for word in last {
        names.support(word, Kind::Person, PART);
    }
}

/// `Holm Islands` speaks for `Holm` and `Holms` being a place.
fn support_islands(names: &mut Names) {
    let groups = ["islands", "isles", "islets"].map(fold);
    let full = |form: &&Form| form.words.len() == 2 && groups.contains(&form.words[1]);
    let stems: Vec<u64> = names.forms.iter().filter(full).map(|form| form.words[0]).collect();
    for stem in stems {
        names.support(stem, Kind::Place, PART);
        names.support(plural(stem), Kind::Place, PART);
    }
}

/// `Hurricane Holm` speaks for `Holm` being an event.
fn support_events(lexicon: &Lexicon, names: &mut Names) {
    let opens = |word| {
        lexicon.entry(join(0, word)).is_some_and(|entry| entry.senses.any(Senses::EVENT_OPENER))
    };
    let full =
        |form: &&Form| form.words.len() == 2 && form.kind() == Kind::Event && opens(form.words[0]);
    let last: Vec<u64> = names.forms.iter().filter(full).map(|form| form.words[1]).collect();
    for word in last {
        names.support(word, Kind::Event, PART);
    }
}

/// `Holm Shipping Company` speaks for `Holm` being an organization, if that is no word of another
/// meaning.
fn support_organizations(lexicon: &Lexicon, names: &mut Names) {
    let full = |form: &&Form| form.words.len() > 1 && form.kind() == Kind::Organization;
    let taken = Senses::NAME.and(Senses::COMMON).and(Senses::HEAD).and(Senses::GIVEN);
    let known =
        |word: u64| lexicon.entry(join(0, word)).is_some_and(|entry| entry.senses.any(taken));
    let first = names.forms.iter().filter(full).map(|form| form.words[0]);
    let first: Vec<u64> = first.filter(|&word| !known(word)).collect();
    for word in first {
        names.support(word, Kind::Organization, PART);
    }
}

/// Forms of many words that were found in headlines only, where a shorter name begins or ends
/// them that was found in a sentence, too: `Holm Sues Vorn Over Broken Boats`.
fn stretched(forms: &[Form]) -> Vec<bool> {
    let plain = forms.iter().filter(|form| form.plain && !form.author);
    let known: HashSet<u64, Keyed> = plain.map(|form| phrase(form.words.iter().copied())).collect();
    let shorter = |words: &[u64]| {
        let mut number = 0;
        let begins = words[..words.len() - 1].iter().any(|&word| {
            number = join(number, word);
            known.contains(&number)
        });
        let mut tails = (1..=TAIL).map(|count| &words[words.len() - count..]);
        begins || tails.any(|tail| known.contains(&phrase(tail.iter().copied())))
    };
    let long = |form: &Form| !form.plain && !form.author && form.words.len() >= HEADLINE;
    forms.iter().map(|form| long(form) && shorter(&form.words)).collect()
}

/// Where a phrase can go on, and what it is where it ends.
#[derive(Clone, Copy, Default)]
struct Node {
    form: Option<u32>,
    more: bool,
}

/// Accepted forms by phrase number, with all their beginnings; without those that are stretched.
fn tree(names: &Names, stretched: &[bool]) -> Table<Node> {
    let mut nodes: Table<Node> = Table::default();
    for (form, accepted) in (0..).zip(&names.forms) {
        if accepted.author || accepted.weight() < ENOUGH || stretched[form as usize] {
            continue;
        }
        let mut number = 0;
        for &word in &accepted.words {
            number = join(number, word);
            nodes.entry(number).or_default().more = true;
        }
        nodes.entry(phrase(accepted.words.iter().copied())).or_default().form = Some(form);
    }
    nodes
}

fn missed(
    doc: &Document,
    lexicon: &Lexicon,
    words: &Words,
    (names, stretched): (&Names, &[bool]),
) -> Bulk<Name> {
    let nodes = tree(names, stretched);
    let mut missed = Bulk::default();
    let mut found = Vec::new();
    let mut taken = names.list.iter().peekable();
    for block in readable(doc) {
        tokens::read(&doc.text, block.span, &mut found);
        let mut at = 0;
        while at < found.len() {
            while taken.next_if(|name| name.span.end <= found[at].span.start).is_some() {}
            let limit = taken.peek().map_or(u32::MAX, |name| name.span.start);
            let free = found[at].is_capital() && found[at].span.end <= limit;
            let hit = if free { longest(&nodes, &found[at..], limit) } else { None };
            let hit =
                hit.filter(|&(count, _)| count > 1 || !is_ordinary(&found[at], lexicon, words));
            if let Some((count, form)) = hit {
                let span = found[at].span.join(found[at + count - 1].span);
                missed.push(Name::new(span, form, Trust::Shape));
            }
            at += hit.map_or(1, |(count, _)| count);
        }
    }
    missed
}

/// The longest accepted form at the front of `tokens` that ends before byte `limit`.
fn longest(nodes: &Table<Node>, tokens: &[Token], limit: u32) -> Option<(usize, u32)> {
    let mut found = None;
    let mut number = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.span.end > limit || (at > 0 && token.is(Flags::BREAK)) {
            break;
        }
        if !token.is(Flags::WORD) {
            if is_link(tokens, at) {
                continue;
            }
            break;
        }
        number = join(number, token.word);
        let Some(node) = nodes.get(&number) else { break };
        if let (Some(form), true) = (node.form, token.is_capital()) {
            found = Some((at + 1, form));
        }
        if !node.more {
            break;
        }
    }
    found
}

/// Whether a lone word can be an ordinary one with a capital: `Will you come?`
fn is_ordinary(token: &Token, lexicon: &Lexicon, words: &Words) -> bool {
    let due = [Flags::START, Flags::TITLED, Flags::SHOUTED].iter().any(|&flag| token.is(flag));
    let stop = lexicon.senses(token).any(Senses::STOP);
    stop || due && (lexicon.senses(token).any(Senses::COMMON) || words.count(token).lower > 0)
}
