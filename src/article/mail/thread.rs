//! Which letter answers which, and the conversations that they make.
//!
//! May not know: how letters are written.

use std::collections::HashMap;

use super::super::Head;
use super::super::entries::Entry;
use super::super::said::{Answers, Said};
use super::super::thread::pre_order;
use super::letter::Letter;

/// The conversations in the order of their first letters: that letter, and the answers.
pub(super) fn entries(letters: Vec<Letter>) -> Vec<Entry> {
    let parents = parents(&letters);
    let thread = pre_order(&parents);
    let mut letters: Vec<Option<Letter>> = letters.into_iter().map(Some).collect();
    let mut entries: Vec<Entry> = Vec::new();
    // For each place of the order its place among the comments of its conversation.
    let mut places: Vec<Option<u32>> = Vec::with_capacity(thread.order.len());
    for (&number, &parent) in thread.order.iter().zip(&thread.parents) {
        let Some(letter) = letters.get_mut(number as usize).and_then(Option::take) else {
            continue;
        };
        if let (Some(parent), Some(entry)) = (parent, entries.last_mut()) {
            let holder = places.get(parent as usize).copied().flatten();
            places.push(Some(entry.said.len() as u32));
            entry.said.push(answer(letter, holder));
        } else {
            places.push(None);
            entries.push(opening(letter));
        }
    }
    entries
}

fn opening(letter: Letter) -> Entry {
    let head = Head {
        title: letter.subject,
        authors: letter.author.into_iter().collect(),
        published: letter.time,
        ..Head::default()
    };
    Entry { id: letter.id, head, body: letter.pieces, ..Entry::default() }
}

/// Identifiers of letters look like addresses, so that numbers stand for them.
fn answer(letter: Letter, holder: Option<u32>) -> Said {
    Said {
        id: String::new(),
        answers: holder.map_or(Answers::Article, Answers::Place),
        author: letter.author,
        time: letter.time,
        score: None,
        pieces: letter.pieces,
    }
}

/// The nearest letter above each that is there; by subject where none is named.
fn parents(letters: &[Letter]) -> Vec<Option<u32>> {
    let mut places: HashMap<&str, u32> = HashMap::new();
    let mut subjects: HashMap<String, u32> = HashMap::new();
    for (place, letter) in letters.iter().enumerate() {
        if !letter.id.is_empty() {
            places.entry(&letter.id).or_insert(place as u32);
        }
        let subject =
            letter.subject.as_deref().map(bare).filter(|(subject, _)| !subject.is_empty());
        if let Some((subject, false)) = subject {
            subjects.entry(subject).or_insert(place as u32);
        }
    }
    let above = |(place, letter): (usize, &Letter)| {
        let named = letter.above.iter().rev().filter_map(|id| places.get(id.as_str()).copied());
        let named = named.into_iter().find(|&parent| parent as usize != place);
        let by_subject = || {
            let (subject, answers) = bare(letter.subject.as_deref()?);
            subjects.get(&subject).copied().filter(|&parent| answers && parent as usize != place)
        };
        named.or_else(by_subject)
    };
    letters.iter().enumerate().map(above).collect()
}

/// A subject without what answers put before it, and whether anything stood there.
fn bare(subject: &str) -> (String, bool) {
    let mut rest = subject.trim();
    let mut answers = false;
    while let Some((lead, tail)) = rest.split_once(':') {
        let lead = lead
            .trim_end_matches(|c: char| c.is_ascii_digit() || "[]()".contains(c))
            .to_lowercase();
        if !matches!(lead.as_str(), "re" | "aw" | "sv" | "antw" | "fw" | "fwd" | "wg" | "tr" | "rv")
        {
            break;
        }
        answers = true;
        rest = tail.trim_start();
    }
    (rest.to_lowercase(), answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(id: &str, above: &[&str], subject: &str) -> Letter {
        Letter {
            id: id.into(),
            above: above.iter().map(|&id| id.to_owned()).collect(),
            subject: Some(subject.into()),
            ..Letter::default()
        }
    }

    #[test]
    fn references_subjects_and_circles() {
        let letters = [
            letter("a", &[], "Tide"),
            letter("b", &["a", "missing"], "Re: Tide"),
            letter("", &[], "AW: Re: tide"),
            letter("c", &["b"], "Re: Tide"),
            letter("x", &["y"], "Gull"),
            letter("y", &["x"], "Gull"),
            letter("z", &["z"], "Lamp"),
        ];
        assert_eq!(parents(&letters), [None, Some(0), Some(0), Some(1), Some(5), Some(4), None]);
        let entries = entries(letters.into());
        let counts: Vec<_> = entries.iter().map(|entry| entry.said.len()).collect();
        assert_eq!(counts, [3, 1, 0]);
    }
}
