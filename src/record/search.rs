//! Searches for a passage in stretches of another text by its words and their company.
//!
//! May not know: documents, bookmarks. Time grows linearly with the stretches.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::align::matching;
use super::passage::{Pair, Passage, Place, SHORT, together};
use super::words::{Word, Worded};
use crate::text::span::Span;

/// How many places are looked at closely.
const CLOSELY: usize = 8;

/// How many places are offered to choose from.
const OFFERED: usize = 50;

/// So many words in a row are hardly there by chance.
const TELLING: usize = 4;

/// A passage has hardly moved by more than one part in so many of the text.
const NEARBY: usize = 5;

/// A passage of so many words is hardly written twice.
const LONG: usize = 20;

/// How much must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Floor {
    /// The stretches are known to hold only what is new or moved.
    Loose,
    /// Nothing is known of the rest of the old text but the byte that the passage stood at.
    Strict(Option<u32>),
}

/// What the words that are there prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Proof {
    /// Nothing.
    None,
    /// That the passage may be there.
    Weak,
    /// That it is there.
    Strong,
}

/// How many there are of how many that there were.
#[derive(Clone, Copy)]
struct Share(usize, usize);

impl Share {
    const fn is_at_least(self, percent: usize) -> bool {
        self.0 * 100 >= percent * self.1
    }
}

/// A place that was looked at closely.
struct Candidate {
    /// Words of the passage that are there, together.
    mine: usize,
    /// Words of the passage and its company that are there.
    all: usize,
    /// Words of its company.
    company: usize,
    /// Whether so much cannot be there by chance.
    proof: Proof,
    span: Span,
}

/// Where in `stretches` (ranges of words of `new`) the passage stands. Of places that fit as
/// well as each other the one nearest to where it stood is the guess.
pub(crate) fn search(
    passage: &Passage,
    new: &Worded,
    stretches: &[Range<usize>],
    floor: Floor,
) -> Place {
    let likely = likely(passage, new, stretches);
    let looked = likely.into_iter().filter_map(|region| {
        // Where the company went another way, the words are looked for without it.
        let look = |window, region| look(passage, window, new, region, floor);
        let found = look(passage.window(), region.clone());
        found.or_else(|| look(passage.mine.clone(), region))
    });
    let mut found: Vec<Candidate> = looked.collect();
    found.sort_by_key(|place| Reverse((place.proof, place.mine + place.all, place.mine)));
    let Some(best) = found.first() else { return Place::Nowhere };
    // By its words alone it may as well be a place that its company does not tell from this.
    let equal = |other: &&Candidate| match floor {
        Floor::Loose => (other.mine, other.all) == (best.mine, best.all),
        Floor::Strict(_) => 2 * other.company >= best.company,
    };
    let mut rivals: Vec<Span> = found.iter().filter(equal).map(|place| place.span).collect();
    rivals.retain(|span| span.intersect(best.span).is_none());
    if best.all == best.mine {
        rivals.extend(repeated(passage, new, stretches));
    }
    if best.proof == Proof::Strong && rivals.is_empty() {
        return Place::Here(best.span);
    }
    let distance = |span: &Span| match floor {
        Floor::Strict(Some(near)) => span.start.abs_diff(near),
        _ => 0,
    };
    Place::Perhaps(rivals.into_iter().chain([best.span]).min_by_key(distance).unwrap_or(best.span))
}

/// All places of a text that the passage may stand at, at most [`OFFERED`].
pub(crate) fn candidates(passage: &Passage, new: &Worded, floor: Floor) -> Vec<Span> {
    if passage.mine.is_empty() {
        return Vec::new();
    }
    let all = 0..new.words.len();
    let regions = likely(passage, new, std::slice::from_ref(&all)).into_iter();
    let looked = regions.filter_map(|region| look(passage, passage.window(), new, region, floor));
    let mut spans: Vec<Span> = looked.map(|place| place.span).collect();
    spans.extend(repeated(passage, new, &[all]).into_iter().take(OFFERED));
    spans
}

/// Aligns the passage and its company with one region.
fn look(
    passage: &Passage,
    window: Range<usize>,
    new: &Worded,
    region: Range<usize>,
    floor: Floor,
) -> Option<Candidate> {
    let (first, base) = (window.start as u32, region.start as u32);
    let pairs = matching(&passage.old.words[window.clone()], &new.words[region]);
    let pairs: Vec<Pair> = pairs.iter().map(|pair| (pair.0 + first, pair.1 + base)).collect();
    let own = |word: u32| passage.mine.contains(&(word as usize));
    let inside: Vec<Pair> = pairs.iter().copied().filter(|pair| own(pair.0)).collect();
    let kept = together(&inside);
    let around = kept.first()?.1.saturating_sub(30)..=kept.last()?.1 + 30;
    let all = pairs.iter().filter(|pair| around.contains(&pair.1)).count();
    let (mine, company) = (kept.len(), all - inside.len().min(all));
    let others = passage.window().len() - passage.mine.len();
    let pair = |word: usize| {
        let index = pairs.binary_search_by_key(&(word as u32), |pair| pair.0).ok()?;
        Some(pairs[index])
    };
    let shares = (Share(mine, passage.mine.len()), Share(company, others));
    let span = passage.cut(new, kept, pair);
    let far = new.text.len() / NEARBY;
    let proof = match floor {
        Floor::Loose if mine == passage.mine.len() && is_telling(passage, &pairs) => Proof::Strong,
        Floor::Loose => by_stretch(shares.0, shares.1),
        Floor::Strict(near) => by_words(&Evidence {
            mine: shares.0,
            company: shares.1,
            touches: touches(passage, kept, pair),
            near: near.is_some_and(|near| span.start.abs_diff(near) as usize <= far),
        }),
    };
    (proof > Proof::None).then_some(Candidate { mine, all, company, proof, span })
}

/// What the words of a passage and its company prove in a stretch that nothing else fits.
fn by_stretch(mine: Share, company: Share) -> Proof {
    let all = Share(mine.0 + company.0, mine.1 + company.1);
    let enough = mine.1 >= SHORT || (all.is_at_least(40) && all.0 >= 5);
    if mine.is_at_least(50) && enough { Proof::Strong } else { Proof::None }
}

/// What speaks for a place where nothing is known of the rest of the old text.
struct Evidence {
    /// Words of the passage.
    mine: Share,
    /// Words of its company.
    company: Share,
    /// On how many sides the word next to it is still there.
    touches: usize,
    /// Whether it is where the passage was, more or less.
    near: bool,
}

/// What they prove where nothing else is known: the words may be quoted elsewhere, or be
/// common ones, so that all the company must be there as well, or much of it and the place.
fn by_words(found: &Evidence) -> Proof {
    let Evidence { mine, company, touches, near } = *found;
    let long = mine.1 >= SHORT;
    let (least, sides) = if long { (60, 1) } else { (75, 2) };
    let alone = company.1 < SHORT && mine.is_at_least(90);
    // What others remember of the company may begin and end within a word.
    let whole = company.0 >= SHORT && company.0 + 2 >= company.1;
    match () {
        () if !mine.is_at_least(least) => Proof::None,
        () if mine.is_at_least(90) && whole && touches == 2 => Proof::Strong,
        () if near && company.is_at_least(least - 10) && touches >= sides => Proof::Strong,
        () if mine.1 >= LONG && mine.is_at_least(90) => Proof::Strong,
        () if alone && mine.0 + company.0 >= 3 => Proof::Strong,
        () => Proof::Weak,
    }
}

/// On how many sides the word next to the passage is still there; where it had none, that is
/// as good.
fn touches(passage: &Passage, kept: &[Pair], pair: impl Fn(usize) -> Option<Pair>) -> usize {
    let (first, last) = (kept[0].1, kept[kept.len() - 1].1);
    let before = match passage.mine.start.checked_sub(1) {
        Some(word) => pair(word).is_some_and(|before| before.1 + 1 == first),
        None => true,
    };
    let after = match passage.mine.end {
        word if word < passage.old.words.len() => pair(word).is_some_and(|pair| pair.1 == last + 1),
        _ => true,
    };
    usize::from(before) + usize::from(after)
}

/// Whether the whole passage is in a run of words that go on alike in both texts and that stood
/// only here in the old one: a heading or a line that moved away from its neighbours.
fn is_telling(passage: &Passage, pairs: &[Pair]) -> bool {
    let mut runs = pairs.chunk_by(|one, next| next.0 - one.0 == 1 && next.1 - one.1 == 1);
    let covers = |run: &&[Pair]| {
        let words = run[0].0 as usize..run[0].0 as usize + run.len();
        words.start <= passage.mine.start && passage.mine.end <= words.end
    };
    // A longer passage tells enough by itself, and this would take too long for it.
    let short = passage.mine.len() < SHORT;
    let telling = |run: &&[Pair]| short && run.len() >= TELLING;
    let Some(run) = runs.find(covers).filter(telling) else { return false };
    let first = run[0].0 as usize;
    let wanted = &passage.old.words[first..first + run.len()];
    let same = |words: &&[Word]| words.iter().zip(wanted).all(|(one, other)| one.id == other.id);
    passage.old.words.windows(wanted.len()).filter(same).count() == 1
}

/// Where the very words of the passage stand, if that is at more than one place.
fn repeated(passage: &Passage, new: &Worded, stretches: &[Range<usize>]) -> Vec<Span> {
    let wanted = &passage.old.words[passage.mine.clone()];
    if wanted.len() >= LONG {
        return Vec::new();
    }
    let all = stretches.iter().flat_map(|stretch| new.words[stretch.clone()].windows(wanted.len()));
    let same = |words: &&[Word]| words.iter().zip(wanted).all(|(one, other)| one.id == other.id);
    let span = |words: &[Word]| words[0].span.join(words[words.len() - 1].span);
    let found: Vec<Span> = all.filter(same).map(span).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// The regions of the stretches that hold most of the words looked for, rare words counting
/// more; at most [`CLOSELY`], best first.
fn likely(passage: &Passage, new: &Worded, stretches: &[Range<usize>]) -> Vec<Range<usize>> {
    let window = passage.window();
    let mut seen: HashMap<u64, u32> =
        passage.old.words[window.clone()].iter().map(|word| (word.id, 0)).collect();
    for word in stretches.iter().flat_map(|stretch| &new.words[stretch.clone()]) {
        seen.entry(word.id).and_modify(|count| *count += 1);
    }
    let length = window.len() + window.len() / 2 + 8;
    let step = length / 4;
    let weight = |word: usize| match seen.get(&new.words[word].id) {
        Some(&count) => (1 << 20) / u64::from(count.max(1)),
        None => 0,
    };
    let mut scored: Vec<(Reverse<u64>, usize, usize)> = Vec::new();
    for stretch in stretches {
        let steps: Vec<u64> = stretch
            .clone()
            .step_by(step)
            .map(|from| (from..(from + step).min(stretch.end)).map(weight).sum())
            .collect();
        let windows = steps.len().saturating_sub(3).max(1);
        for index in 0..windows {
            let score: u64 = steps[index..steps.len().min(index + 4)].iter().sum();
            let from = stretch.start + index * step;
            if score > 0 {
                scored.push((Reverse(score), from, stretch.end.min(from + length)));
            }
        }
    }
    scored.sort_unstable();
    let mut regions: Vec<Range<usize>> = Vec::new();
    for (_, from, end) in scored {
        let apart = regions.iter().all(|other| {
            end <= other.start || other.end <= from || {
                end.min(other.end) - from.max(other.start) <= length / 2
            }
        });
        if apart {
            regions.push(from..end);
        }
        if regions.len() == CLOSELY {
            break;
        }
    }
    regions
}
