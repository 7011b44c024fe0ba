//! Gathers the mentions of each entity and chooses its name.
//!
//! May not know: why two names are one entity.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::iter::repeat_n;
use std::ops::Range;
use std::sync::Arc;

use super::names::{Names, elected};
use crate::analysis::{Entity, Kind, Mention, Mentions, ordered};
use crate::article::Document;
use crate::article::bulk::Bulk;
use crate::text::span::Span;

/// A form is common enough to be the name of its entity if it is one of this many mentions.
const COMMON_ENOUGH: usize = 100;

/// What is known of an entity while its mentions are gathered.
#[derive(Default)]
struct Draft<'a> {
    /// Its places in the list of all mentions, as far as they are filled.
    own: Range<u32>,
    in_body: u32,
    commenter: bool,
    votes: [u64; Kind::ALL.len()],
    /// Forms as they stand in the text, with their count and number of words.
    surfaces: Vec<(&'a str, usize, usize)>,
}

/// Entities and mentions from names and the form that stands for each form.
pub(super) fn collect(
    doc: &Document,
    names: &Names,
    roots: &[u32],
) -> (Vec<Entity>, Bulk<Mention>) {
    let mut numbers: Vec<Option<u32>> = vec![None; roots.len()];
    let mut surfaces: HashMap<(u32, &str), usize> = HashMap::new();
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    let mut counts = vec![0; roots.len()];
    names.list.iter().for_each(|name| counts[roots[name.form as usize] as usize] += 1);
    let mut all: Bulk<Span> = repeat_n(Span::default(), names.list.len()).collect();
    let mut free = 0;
    let body_end = doc.discussion_start();
    for name in &names.list {
        let next = drafts.len() as u32;
        let root = roots[name.form as usize] as usize;
        let number = *numbers[root].get_or_insert(next);
        if number == next {
            drafts.push(Draft { own: free..free, ..Draft::default() });
            free += counts[root];
        }
        let draft = &mut drafts[number as usize];
        let form = &names.forms[name.form as usize];
        all[draft.own.end as usize] = name.span;
        draft.own.end += 1;
        draft.in_body += u32::from(name.span.start < body_end);
        draft.commenter |= form.author;
        draft.votes[form.kind() as usize] += 1;
        let text = doc.slice(name.span);
        let surface = *surfaces.entry((number, text)).or_insert(draft.surfaces.len());
        if surface == draft.surfaces.len() {
            draft.surfaces.push((text, 0, form.words.len()));
        }
        draft.surfaces[surface].1 += 1;
    }
    let all = Arc::new(all);
    ordered(drafts.into_iter().map(|draft| draft.finish(&all)).collect())
}

impl Draft<'_> {
    fn finish(mut self, all: &Arc<Bulk<Span>>) -> Entity {
        let kind = elected(&self.votes);
        let total = self.own.len();
        let common = |count: usize| count * COMMON_ENOUGH >= total;
        let shouted = |text: &str| text.len() > 6 && !text.contains(char::is_lowercase);
        // Stable: of two alike the one that stands first in the text.
        self.surfaces.sort_by_key(|&(_, count, _)| Reverse(count));
        let best = self.surfaces.iter().enumerate().min_by_key(|(_, surface)| {
            (!common(surface.1), shouted(surface.0), Reverse(surface.2))
        });
        let best = best.map_or(0, |(at, _)| at);
        let found = self.surfaces.get(best).map_or("", |surface| surface.0);
        let name = if kind == Kind::Place { lowered(found) } else { found.to_owned() };
        let others = self.surfaces.iter().map(|surface| surface.0);
        let aliases = others.filter(|&other| other != name).map(str::to_owned).collect();
        let (in_body, commenter) = (self.in_body, self.commenter && self.in_body == 0);
        let mentions = Mentions::among(all, self.own);
        Entity { name, kind, aliases, mentions, in_body, commenter }
    }
}

/// A place in capitals, as in a dateline, as it is written elsewhere: `New Vorn` for `NEW VORN`.
fn lowered(name: &str) -> String {
    let is_word = |word: &str| word.len() > 4 || name.contains(' ') && word.len() > 2;
    let shouted = !name.contains(|ch: char| ch.is_lowercase() || ch.is_numeric() || ch == '.');
    if !shouted || !name.split(' ').all(is_word) {
        return name.to_owned();
    }
    let mut inside = false;
    let lower = |ch: char| {
        let low = std::mem::replace(&mut inside, ch.is_alphabetic()) && ch.is_alphabetic();
        if low { ch.to_lowercase().next().unwrap_or(ch) } else { ch }
    };
    name.chars().map(lower).collect()
}
