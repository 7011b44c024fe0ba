//! Comments as files give them, in any order, and the pre-order that a document keeps them in.
//!
//! May not know: where they come from.

use std::collections::{HashMap, HashSet};

use super::bulk::Bulk;

/// Comments in pre-order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Thread {
    /// For each place, the index of its comment in the file.
    pub(super) order: Vec<u32>,
    /// For each place, the place of its parent, which is smaller.
    pub(super) parents: Vec<Option<u32>>,
    /// How many comments answered themselves, over others or at once; one link of each circle
    /// was cut.
    pub(super) circles: usize,
}

/// Puts comments in pre-order. `parents` gives for each comment the index of the one that it
/// answers; an index out of range is taken for none. Siblings keep the order of the file.
/// Linear in their number, without recursion.
pub(super) fn pre_order(parents: &[Option<u32>]) -> Thread {
    let (parents, circles) = without_circles(parents);
    let family = Family::of(&parents);
    let mut places = vec![0_u32; parents.len()];
    let mut thread = Thread { circles, ..Thread::default() };
    let mut next = family.eldest(parents.len());
    let mut waiting = Vec::new();
    while let Some(comment) = next.or_else(|| waiting.pop()) {
        places[comment] = thread.order.len() as u32;
        thread.order.push(comment as u32);
        thread.parents.push(parents[comment].map(|parent| places[parent as usize]));
        waiting.extend(family.younger(comment));
        next = family.eldest(comment);
    }
    thread
}

/// First child and next sibling of each comment; the root stands behind the last one.
struct Family {
    first: Vec<u32>,
    next: Vec<u32>,
}

impl Family {
    fn of(parents: &[Option<u32>]) -> Self {
        let root = parents.len();
        let mut family = Self { first: vec![u32::MAX; root + 1], next: vec![u32::MAX; root] };
        for (comment, parent) in parents.iter().enumerate().rev() {
            let parent = parent.map_or(root, |parent| parent as usize);
            family.next[comment] = family.first[parent];
            family.first[parent] = comment as u32;
        }
        family
    }

    fn eldest(&self, parent: usize) -> Option<usize> {
        (self.first[parent] != u32::MAX).then(|| self.first[parent] as usize)
    }

    fn younger(&self, comment: usize) -> Option<usize> {
        (self.next[comment] != u32::MAX).then(|| self.next[comment] as usize)
    }
}

/// The parents with each circle cut at the comment where it was entered, and their number.
fn without_circles(parents: &[Option<u32>]) -> (Vec<Option<u32>>, usize) {
    let known = |parent: &u32| (*parent as usize) < parents.len();
    let mut parents: Vec<_> = parents.iter().map(|parent| parent.filter(known)).collect();
    // 0: not seen; else the number of the walk, from 1, that saw it first.
    let mut walk = vec![0_usize; parents.len()];
    let mut circles = 0;
    for start in 0..parents.len() {
        let mut at = start;
        while walk[at] == 0 {
            walk[at] = start + 1;
            let Some(parent) = parents[at] else { break };
            if walk[parent as usize] == start + 1 {
                parents[at] = None;
                circles += 1;
                break;
            }
            at = parent as usize;
        }
    }
    (parents, circles)
}

/// Identifiers made unique: a missing or repeated one is replaced by the comment's number in the
/// file. The number of repeated ones comes last.
pub(super) fn unique(mut ids: Vec<String>) -> (Vec<String>, usize) {
    let (others, repeated) = others(ids.iter().map(String::as_str));
    for (number, id) in others {
        ids[number] = id;
    }
    (ids, repeated)
}

/// Other identifiers for the comments, by their number in the file, whose own is missing or repeated;
/// how many are repeated comes last.
pub(super) fn others<'a>(
    ids: impl Iterator<Item = &'a str> + Clone,
) -> (HashMap<usize, String>, usize) {
    if are_other_numbers(ids.clone()) {
        return (HashMap::new(), 0);
    }
    let mut known: HashSet<&str> = HashSet::with_capacity(ids.size_hint().0);
    let (mut missing, mut repeated) = (Vec::new(), 0);
    for (number, id) in ids.enumerate() {
        if id.is_empty() || !known.insert(id) {
            missing.push(number);
            repeated += usize::from(!id.is_empty());
        }
    }
    let mut made: HashMap<String, usize> = HashMap::new();
    for number in missing {
        let mut id = format!("{}", number + 1);
        while known.contains(id.as_str()) || made.contains_key(&id) {
            id.push('\'');
        }
        made.insert(id, number);
    }
    (made.into_iter().map(|(id, number)| (number, id)).collect(), repeated)
}

/// Whether all are numbers, none of them twice, and near enough to each other for a bit each: those of
/// most sites are.
fn are_other_numbers<'a>(ids: impl Iterator<Item = &'a str>) -> bool {
    let Some(numbers) = ids.map(number).collect::<Option<Bulk<u64>>>() else {
        return false;
    };
    let least = numbers.iter().copied().min().unwrap_or_default();
    let span = numbers.iter().copied().max().unwrap_or_default() - least;
    if span / SPREAD > numbers.len() as u64 {
        return false;
    }
    let mut known: Bulk<u64> = Bulk::zeroed((span / 64) as usize + 1);
    numbers.iter().map(|number| number - least).all(|at| {
        let (word, bit) = (&mut known[(at / 64) as usize], 1 << (at % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    })
}

/// For how many numbers between the least and the greatest identifier there must be one.
const SPREAD: u64 = 1 << 10;

/// A number in the one way to write it.
fn number(id: &str) -> Option<u64> {
    let plain = !id.starts_with('0') && id.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| id.parse().ok()).flatten()
}

/// Where each of some identifiers stands, which are unique.
pub(super) fn places(ids: &[String]) -> HashMap<&str, u32> {
    ids.iter().enumerate().map(|(place, id)| (id.as_str(), place as u32)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_parent_stands_before_its_replies() {
        let thread = pre_order(&[Some(3), None, Some(0), None, Some(1)]);
        assert_eq!(thread.order, [1, 4, 3, 0, 2]);
        assert_eq!(thread.parents, [None, Some(0), None, Some(2), Some(3)]);
        assert_eq!(thread.circles, 0);
    }

    #[test]
    fn circles_are_cut_and_nothing_is_lost() {
        let thread = pre_order(&[Some(1), Some(2), Some(0), Some(3), Some(99)]);
        let mut seen = thread.order.clone();
        seen.sort_unstable();
        assert_eq!(seen, [0, 1, 2, 3, 4]);
        assert_eq!(thread.circles, 2);
        assert!(thread.parents.iter().enumerate().all(|(i, p)| p.is_none_or(|p| (p as usize) < i)));
    }

    #[test]
    fn identifiers_become_unique() {
        let (ids, repeated) = unique(vec!["2".to_owned(), String::new(), "2".into()]);
        assert_eq!(ids, ["2", "2'", "3"]);
        assert_eq!(places(&ids)["2"], 0);
        assert_eq!(repeated, 1);
    }

    proptest! {
        #[test]
        fn numbers_are_known_to_be_unique_where_they_are(
            ids in proptest::collection::vec("0?[1-9]{0,2}|4000000[0-9]|[a-z]", 0..24)
        ) {
            let mut known = HashSet::new();
            let unlike = ids.iter().all(|id| known.insert(id));
            let numbers = ids.iter().all(|id| number(id).is_some());
            let lent = || ids.iter().map(String::as_str);
            prop_assert!(!are_other_numbers(lent()) || unlike && numbers);
            let near = ids.iter().all(|id| id.len() < 4);
            prop_assert!(are_other_numbers(lent()) || !unlike || !numbers || !near);
        }
    }
}
