//! Searches for a passage in stretches of another text by its words and their company.
//!
//! May not know: documents, bookmarks. Time grows linearly with the stretches.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::align::matching;
use super::passage::{Pair, Passage, Place, together};
use super::words::{Word, Worded};
use crate::text::span::Span;

/// How many places are looked at closely.
const CLOSELY: usize = 8;

/// A passage of fewer words than this proves too little by itself.
const SHORT: usize = 6;

/// So many words in a row are hardly there by chance.
const TELLING: usize = 4;

/// How much must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Floor {
    /// The stretches are known to hold only what is new or moved.
    Loose,
    /// Nothing is known of the rest of the old text.
    Strict,
}

/// A place that was looked at closely.
struct Candidate {
    /// Words of the passage that are there, together.
    mine: usize,
    /// Words of the passage and its company that are there.
    all: usize,
    span: Span,
}

/// Where in `stretches` (ranges of words of `new`) the passage stands.
pub(crate) fn search(
    passage: &Passage,
    new: &Worded,
    stretches: &[Range<usize>],
    floor: Floor,
) -> Place {
    let likely = likely(passage, new, stretches);
    let looked = likely.into_iter().filter_map(|region| look(passage, new, region, floor));
    let mut found: Vec<Candidate> = looked.collect();
    found.sort_by_key(|place| Reverse((place.mine + place.all, place.mine)));
    let Some(best) = found.first() else { return Place::Nowhere };
    let equal = |other: &Candidate| (other.mine, other.all) == (best.mine, best.all);
    let rival = found.iter().any(|place| equal(place) && place.span.intersect(best.span).is_none());
    if rival { Place::Perhaps(best.span) } else { Place::Here(best.span) }
}

/// Aligns the passage and its company with one region.
fn look(passage: &Passage, new: &Worded, region: Range<usize>, floor: Floor) -> Option<Candidate> {
    let window = passage.window();
    let (first, base) = (window.start as u32, region.start as u32);
    let pairs = matching(&passage.old.words[window.clone()], &new.words[region]);
    let pairs: Vec<Pair> = pairs.iter().map(|pair| (pair.0 + first, pair.1 + base)).collect();
    let own = |word: u32| passage.mine.contains(&(word as usize));
    let inside: Vec<Pair> = pairs.iter().copied().filter(|pair| own(pair.0)).collect();
    let kept = together(&inside);
    let near = kept.first()?.1.saturating_sub(30)..=kept.last()?.1 + 30;
    let all = pairs.iter().filter(|pair| near.contains(&pair.1)).count();
    let (mine, company) = (kept.len(), all - inside.len().min(all));
    let around = window.len() - passage.mine.len();
    let proven = enough(floor, (mine, passage.mine.len()), (company, around))
        || (mine == passage.mine.len() && is_telling(passage, &pairs));
    if !proven {
        return None;
    }
    let pair = |word: usize| {
        let index = pairs.binary_search_by_key(&(word as u32), |pair| pair.0).ok()?;
        Some(pairs[index])
    };
    Some(Candidate { mine, all, span: passage.cut(new, kept, pair) })
}

/// Whether so many of the passage's words and of its company prove that it is there.
fn enough(floor: Floor, mine: (usize, usize), company: (usize, usize)) -> bool {
    let percent = |share: (usize, usize), least: usize| share.0 * 100 >= least * share.1;
    let all = (mine.0 + company.0, mine.1 + company.1);
    match floor {
        Floor::Loose if mine.1 >= SHORT => percent(mine, 50),
        Floor::Loose => percent(mine, 50) && percent(all, 40) && all.0 >= 5,
        Floor::Strict if mine.1 >= SHORT => percent(mine, 60) && percent(all, 50),
        Floor::Strict => percent(mine, 60) && percent(all, 60),
    }
}

/// Whether the whole passage is in a run of words that go on alike in both texts and that stood
/// only here in the old one: a heading or a line that moved away from its neighbours.
fn is_telling(passage: &Passage, pairs: &[Pair]) -> bool {
    let mut runs = pairs.chunk_by(|one, next| next.0 - one.0 == 1 && next.1 - one.1 == 1);
    let covers = |run: &&[Pair]| {
        let words = run[0].0 as usize..run[0].0 as usize + run.len();
        words.start <= passage.mine.start && passage.mine.end <= words.end
    };
    let Some(run) = runs.find(covers).filter(|run| run.len() >= TELLING) else { return false };
    let ids = |words: &[Word]| words.iter().map(|word| word.id).collect::<Vec<_>>();
    let first = run[0].0 as usize;
    let (all, wanted) = (&passage.old.words, ids(&passage.old.words[first..first + run.len()]));
    let starts = all.windows(wanted.len()).filter(|words| words[0].id == wanted[0]);
    starts.filter(|words| ids(words) == wanted).count() == 1
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
