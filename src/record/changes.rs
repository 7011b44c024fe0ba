//! What has changed in a passage, word by word, for the reader to judge.
//!
//! May not know: documents, bookmarks.

use super::align::matching;
use super::passage::Pair;
use super::words::{Word, Worded};
use crate::text::span::Span;

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// They are still there, but for typography.
    Kept,
    /// They are gone.
    Gone,
    /// They are new.
    New,
}

impl Change {
    /// Its sign in JSON and in the margin of a diff.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Kept => "=",
            Self::Gone => "-",
            Self::New => "+",
        }
    }
}

/// The words of `old` and of `new` as runs, in order; what is gone stands before what came in
/// its place. Kept words are those of `new`. Linear time but for the diff of Myers.
pub fn changes<'t>(old: &'t str, new: &'t str) -> Vec<(Change, &'t str)> {
    let (old, new) = (Worded::new(old), Worded::new(new));
    let ends: Pair = (old.words.len() as u32, new.words.len() as u32);
    let pairs = matching(&old.words, &new.words);
    let mut runs = Vec::new();
    let mut from = (0, 0);
    for run in pairs.chunk_by(|one, next| next.0 == one.0 + 1 && next.1 == one.1 + 1) {
        let until = (run[0].0, run[0].1);
        push(&mut runs, Change::Gone, &old, from.0..until.0);
        push(&mut runs, Change::New, &new, from.1..until.1);
        from = (until.0 + run.len() as u32, until.1 + run.len() as u32);
        push(&mut runs, Change::Kept, &new, until.1..from.1);
    }
    push(&mut runs, Change::Gone, &old, from.0..ends.0);
    push(&mut runs, Change::New, &new, from.1..ends.1);
    runs
}

fn push<'t>(
    runs: &mut Vec<(Change, &'t str)>,
    change: Change,
    text: &Worded<'t>,
    words: std::ops::Range<u32>,
) {
    let words: &[Word] = &text.words[words.start as usize..words.end as usize];
    if let (Some(first), Some(last)) = (words.first(), words.last()) {
        runs.push((change, Span::new(first.span.start, last.span.end).of(text.text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Change::{Gone, Kept, New};

    #[test]
    fn what_is_gone_stands_before_what_came_for_it() {
        let old = "The harbour master closed the north pier on Monday.";
        let new = "On Sunday the harbour master “closed” the whole pier.";
        let expected = [
            (New, "On Sunday"),
            (Kept, "the harbour master “closed” the"),
            (Gone, "north"),
            (New, "whole"),
            (Kept, "pier"),
            (Gone, "on Monday"),
        ];
        assert_eq!(changes(old, new), expected);
        assert_eq!(changes("", "a b"), [(New, "a b")]);
        assert_eq!(changes("a b", "…"), [(Gone, "a b")]);
        assert_eq!(changes("“A b”", "a, b"), [(Kept, "a, b")]);
    }
}
