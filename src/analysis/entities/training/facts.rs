//! What lists say of words and phrases, packed for a model: those come first that the examples use.
//!
//! May not know: weights.

use std::collections::BTreeMap;

use super::super::buckets;
use super::super::model::{CLUSTERS, Fact};
use super::super::tokens::{self, fold, join};
use super::{Example, Lists, Settings};

fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    let rows = file.lines().filter(|row| !row.starts_with('#'));
    rows.map(|row| row.split('\t').collect())
}

/// All facts by the number of the word or phrase.
pub(super) fn collect_facts(lists: &Lists<'_>) -> BTreeMap<u64, Fact> {
    let mut facts: BTreeMap<u64, Fact> = BTreeMap::new();
    let mut add = |number, fact: u16| facts.entry(number).or_default().0 |= fact;
    for row in rows(lists.clusters) {
        let [word, cluster, ..] = row[..] else { continue };
        if word.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '\'' | '’')) {
            let cluster: u16 = cluster.parse().unwrap_or_default();
            add(join(0, fold(word)), (cluster + 1).min(CLUSTERS as u16 - 1));
        }
    }
    for row in rows(lists.cities) {
        let mut number = 0;
        let mut words = row[0].split([' ', '-']).filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            number = join(number, fold(word));
            add(number, if words.peek().is_some() { Fact::MORE.0 } else { Fact::CITY.0 });
        }
    }
    for row in rows(lists.census) {
        let [name, class, percent, ..] = row[..] else { continue };
        let common = percent.parse::<f64>().is_ok_and(|percent| percent >= 0.01);
        let fact = match (class == "last", common) {
            (true, true) => Fact::FAMILY.0 | Fact::COMMON_FAMILY.0,
            (true, false) => Fact::FAMILY.0,
            (false, true) => Fact::GIVEN.0 | Fact::COMMON_GIVEN.0,
            (false, false) => Fact::GIVEN.0,
        };
        add(join(0, fold(name)), fact);
    }
    facts
}

/// The coarser clusters of each cluster, level after level.
pub(super) fn levels(clusters: &str) -> Vec<u8> {
    let mut levels = vec![0; 2 * CLUSTERS];
    for row in rows(clusters) {
        let numbers: Vec<usize> =
            row.iter().skip(1).filter_map(|field| field.parse().ok()).collect();
        let [fine, middle, coarse] = numbers[..] else { continue };
        if fine + 1 < CLUSTERS {
            levels[fine + 1] = middle as u8 + 1;
            levels[CLUSTERS + fine + 1] = coarse as u8 + 1;
        }
    }
    levels
}

/// Packs the facts, those about words that the examples use first, then those about names.
pub(super) fn pack_facts(
    known: &BTreeMap<u64, Fact>,
    examples: &[Example],
    settings: &Settings,
) -> Vec<u8> {
    let mut used: BTreeMap<u64, u32> = BTreeMap::new();
    let mut found = Vec::new();
    for example in examples {
        tokens::read(&example.text, (0..example.text.len()).into(), &mut found);
        for token in &found {
            *used.entry(join(0, token.word)).or_default() += 1;
        }
    }
    let mut entries: Vec<(u64, Fact)> =
        known.iter().map(|(&number, &fact)| (number, fact)).collect();
    entries.sort_by_key(|(number, fact)| {
        let named = fact.0 & !0x3ff != 0;
        (std::cmp::Reverse(used.get(number).copied().unwrap_or_default().min(3)), !named)
    });
    let entries = entries.into_iter().map(|(number, fact)| (number, fact.0.to_le_bytes()));
    buckets::pack(entries, settings.fact_lines)
}
