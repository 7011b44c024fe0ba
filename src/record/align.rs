//! Two texts laid side by side word by word, and where a passage of the old one went.
//!
//! First a diff of all words says which are still in their order. What it cannot place (a
//! paragraph that moved) is looked for only in those stretches of the new text that the diff
//! could not place either, together with the words that stood around it. What is in neither
//! is lost: no measure of likeness can tell a passage that was deleted from one that was
//! edited, but the old text can.
//!
//! May not know: documents, bookmarks. Time grows linearly with both texts.

use std::collections::HashMap;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::passage::{Pair, Passage, Place, SHORT, together};
use super::search::{Floor, search};
use super::words::{Word, Worded, alike};
use crate::text::span::Span;

/// The word has no counterpart.
const NONE: u32 = u32::MAX;

/// A word that the two texts have more often than this is placed by its neighbours only: it
/// tells nothing, and a diff of such words alone would take quadratic time.
const COMMON: u32 = 2000;

/// Words that are no counterparts are compared letter by letter only in gaps of at most this
/// many old and new words.
const GAP: (u32, u32) = (12, 16);

/// Of what stood before and after a passage, so many words are looked at.
const NEAR: usize = 3;

/// An old and a new text, aligned.
pub(crate) struct Alignment<'t> {
    old: Worded<'t>,
    new: Worded<'t>,
    /// For each old word the index of the new one, or [`NONE`]. Invariant: ascending.
    to: Vec<u32>,
    /// The stretches of new words that are nobody's counterpart.
    loose: Vec<Range<usize>>,
}

impl<'t> Alignment<'t> {
    /// Lays `new` beside `old`.
    pub(crate) fn new(old: &'t str, new: &'t str) -> Self {
        let (old, new) = (Worded::new(old), Worded::new(new));
        let mut to = vec![NONE; old.words.len()];
        let mut pairs = matching(&old.words, &new.words);
        slide(&new, &mut pairs);
        pair_misspelt(&old, &new, &mut pairs);
        for &(before, after) in &pairs {
            to[before as usize] = after;
        }
        let loose = loose_stretches(&to, new.words.len());
        Self { old, new, to, loose }
    }

    /// The new text.
    pub(crate) const fn new_side(&self) -> &Worded<'t> {
        &self.new
    }

    /// Where the passage `span` of the old text stands in the new one.
    pub(crate) fn place(&self, span: Span) -> Place {
        let passage = Passage::new(&self.old, span);
        if passage.mine.is_empty() {
            return self.between(&passage).map_or(Place::Nowhere, Place::Here);
        }
        match self.by_order(&passage) {
            Some(found) => Place::Here(found),
            None => search(&passage, &self.new, &self.loose, Floor::Loose, None),
        }
    }

    /// Where the diff puts the passage. Stray common words prove nothing: it takes 40 % of the
    /// words, standing together, or 30 % between what stood before and after.
    fn by_order(&self, passage: &Passage) -> Option<Span> {
        let pairs: Vec<Pair> = passage.mine.clone().filter_map(|word| self.pair(word)).collect();
        let kept = together(&pairs);
        let (first, last) = (kept.first()?.1, kept.last()?.1);
        let (start, end) = (passage.mine.start, passage.mine.end);
        let before = |near: usize| {
            let mut words = (start.saturating_sub(near)..start).rev();
            words.find_map(|word| self.pair(word)).is_some_and(|pair| pair.1 + 4 >= first)
        };
        let after = |near: usize| {
            let pair = (end..end + near).find_map(|word| self.pair(word));
            pair.is_some_and(|pair| pair.1 <= last + 4)
        };
        let near = if passage.mine.len() < SHORT { 1 } else { NEAR };
        let percent = if before(near) && after(near) { 30 } else { 40 };
        let enough = kept.len() * 100 >= percent * passage.mine.len();
        // One or two words alone may be there by chance.
        let sure = kept.len() > 2 || before(NEAR) || after(NEAR);
        (enough && sure).then(|| passage.cut(&self.new, kept, |word| self.pair(word)))
    }

    /// Where a passage without words, such as a dash, stands: once between the same two words.
    fn between(&self, passage: &Passage) -> Option<Span> {
        let signs = passage.span.of(self.old.text).trim();
        let before = self.pair(passage.mine.start.checked_sub(1)?)?.1 as usize;
        let after = self.pair(passage.mine.end)?.1 as usize;
        let room = Span::new(self.new.words[before].span.end, self.new.words[after].span.start);
        let mut found = room.of(self.new.text).match_indices(signs).map(|(at, _)| at);
        let at = found.next().filter(|_| after == before + 1 && !signs.is_empty())?;
        let start = room.start as usize + at;
        found.next().is_none().then(|| (start..start + signs.len()).into())
    }

    fn pair(&self, word: usize) -> Option<Pair> {
        let after = *self.to.get(word)?;
        (after != NONE).then_some((word as u32, after))
    }
}

/// The words that two sequences have in common, in order: pairs of indices, both ascending.
pub(crate) fn matching(old: &[Word], new: &[Word]) -> Vec<Pair> {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for word in old.iter().chain(new) {
        *counts.entry(word.id).or_default() += 1;
    }
    let telling = |words: &[Word]| {
        let words = (0_u32..).zip(words).filter(|(_, word)| counts[&word.id] <= COMMON);
        words.map(|(index, word)| (index, word.id)).collect::<Vec<_>>()
    };
    let (before, after) = (telling(old), telling(new));
    let mut input = InternedInput::default();
    input.update_before(before.iter().map(|word| word.1));
    input.update_after(after.iter().map(|word| word.1));
    let diff = Diff::compute(Algorithm::Myers, &input);
    let kept = (0..before.len() as u32).filter(|&word| !diff.is_removed(word));
    let pairs = kept.zip((0..after.len() as u32).filter(|&word| !diff.is_added(word)));
    let pairs = pairs.map(|(one, other)| (before[one as usize].0, after[other as usize].0));
    if before.len() == old.len() && after.len() == new.len() {
        return pairs.collect();
    }
    grown(old, new, &pairs.collect::<Vec<_>>())
}

/// Adds the common words that go on alike after and before each pair.
fn grown(old: &[Word], new: &[Word], pairs: &[Pair]) -> Vec<Pair> {
    let same = |&(one, other): &Pair| old[one as usize].id == new[other as usize].id;
    let mut all = Vec::with_capacity(old.len());
    let mut from = (0, 0);
    for &until in pairs.iter().chain([&(old.len() as u32, new.len() as u32)]) {
        let room = (until.0 - from.0).min(until.1 - from.1);
        let ahead = (0..room).map(|step| (from.0 + step, from.1 + step)).take_while(same).count();
        let left = room - ahead as u32;
        let back = (1..=left).map(|step| (until.0 - step, until.1 - step)).take_while(same).count();
        all.extend((0..ahead as u32).map(|step| (from.0 + step, from.1 + step)));
        all.extend((1..=back as u32).rev().map(|step| (until.0 - step, until.1 - step)));
        all.push(until);
        from = (until.0 + 1, until.1 + 1);
    }
    all.pop();
    all
}

/// Where words were put in and the same words stand before and after, a diff cannot say which
/// are the new ones. Lets them start and end with a line where they can: what is put in is a
/// line of its own more often than the end of one and the start of the next.
fn slide(new: &Worded, pairs: &mut [Pair]) {
    for next in 1..=pairs.len() {
        let last = pairs[next - 1];
        let end = pairs.get(next).map_or(new.words.len() as u32, |pair| pair.1);
        let together = pairs.get(next).is_none_or(|pair| pair.0 == last.0 + 1);
        if together && end > last.1 + 1 {
            slide_up(new, &mut pairs[..next], (last.1 + 1, end));
        }
    }
}

/// Moves the words put in at `from.0..from.1`, behind all `pairs`, to where they fit best.
fn slide_up(new: &Worded, pairs: &mut [Pair], from: Pair) {
    let size = from.1 - from.0;
    let fit = |steps: u32| {
        let ends = [from.0 - steps, from.1 - steps];
        ends.iter().filter(|&&end| new.starts_line(end as usize)).count()
    };
    let same = |steps: u32| {
        let [one, other] = [from.0, from.1].map(|end| new.words[(end - steps) as usize].id);
        one == other
    };
    let mut best = (fit(0), 0);
    let runs = pairs.iter().rev().zip(1..);
    let steps = runs.take_while(|&(pair, steps)| pair.1 + steps == from.0 && same(steps));
    for (_, steps) in steps {
        best = if fit(steps) > best.0 { (fit(steps), steps) } else { best };
    }
    let first = pairs.len() - best.1 as usize;
    pairs[first..].iter_mut().for_each(|pair| pair.1 += size);
}

/// Adds pairs of words that differ by a slip of the pen, between the pairs that are there.
fn pair_misspelt(old: &Worded, new: &Worded, pairs: &mut Vec<Pair>) {
    let ends = (old.words.len() as u32, new.words.len() as u32);
    let mut found = Vec::new();
    let mut from = (0, 0);
    for &(before, after) in pairs.iter().chain([&ends]) {
        if before - from.0 <= GAP.0 && after - from.1 <= GAP.1 {
            found.extend(misspelt(old, new, from, (before, after)));
        }
        from = (before + 1, after + 1);
    }
    pairs.append(&mut found);
    pairs.sort_unstable();
}

/// The misspelt pairs between `from` and `until`, in order.
fn misspelt(old: &Worded, new: &Worded, from: Pair, until: Pair) -> Vec<Pair> {
    let mut next = from.1;
    let mut found = Vec::new();
    for before in from.0..until.0 {
        let word = old.word(before as usize);
        let after = (next..until.1).find(|&after| alike(word, new.word(after as usize)));
        if let Some(after) = after {
            found.push((before, after));
            next = after + 1;
        }
    }
    found
}

/// The stretches of the new words without counterpart. One or two placed words inside a
/// stretch do not end it, since common words are placed by chance; under three words are none.
fn loose_stretches(to: &[u32], count: usize) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    let placed = to.iter().filter(|&&after| after != NONE).map(|&after| after as usize);
    for after in placed.chain([count]) {
        match stretches.last_mut() {
            _ if after == from => {}
            Some(last) if from - last.end <= 2 => last.end = after,
            _ => stretches.push(from..after),
        }
        from = after + 1;
    }
    stretches.retain(|stretch| stretch.len() >= 3);
    stretches
}
