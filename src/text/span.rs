//! A range of bytes in the one text, and sorted slices of them as an index.
//!
//! May not know: what the bytes mean.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};

/// Bytes `start..end` of a text. 8 bytes large, so that a million of them are 8 MB.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Pod,
    Zeroable,
)]
#[repr(C)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`, in bytes; an `end` before the start gives an empty span.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// Whether byte `at` lies inside.
    pub const fn contains(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes that both have, if any.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same length, `by` bytes further on.
    #[must_use]
    pub const fn moved(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// As a range for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of `text` that it covers; empty where it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start as u32, range.end as u32)
    }
}

/// Those of `spans` (disjoint and sorted) that share a byte with `window`.
pub fn within(spans: &[Span], window: Span) -> &[Span] {
    let first = spans.partition_point(|span| span.end <= window.start);
    let count = spans[first..].partition_point(|span| span.start < window.end);
    &spans[first..first + count]
}

/// Index of the first of `spans` (sorted by start) that starts after byte `at`.
pub fn next_after(spans: &[Span], at: u32) -> Option<usize> {
    let index = spans.partition_point(|span| span.start <= at);
    (index < spans.len()).then_some(index)
}

/// Index of the last of `spans` (sorted by start) that starts before byte `at`.
pub fn last_before(spans: &[Span], at: u32) -> Option<usize> {
    spans.partition_point(|span| span.start < at).checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPANS: [Span; 3] = [Span::new(2, 4), Span::new(6, 9), Span::new(9, 12)];

    #[test]
    fn window_takes_only_what_shares_a_byte() {
        assert_eq!(within(&SPANS, Span::new(4, 6)), &[]);
        assert_eq!(within(&SPANS, Span::new(3, 7)), &SPANS[..2]);
        assert_eq!(within(&SPANS, Span::new(0, 99)), &SPANS);
        assert_eq!(within(&[], Span::new(0, 9)), &[]);
    }

    #[test]
    fn neighbours_are_strictly_before_and_after() {
        assert_eq!(next_after(&SPANS, 2), Some(1));
        assert_eq!(next_after(&SPANS, 9), None);
        assert_eq!(last_before(&SPANS, 2), None);
        assert_eq!(last_before(&SPANS, 7), Some(1));
    }

    #[test]
    fn spans_meet_in_their_common_bytes() {
        assert_eq!(Span::new(1, 5).intersect(Span::new(4, 9)), Some(Span::new(4, 5)));
        assert_eq!(Span::new(1, 4).intersect(Span::new(4, 9)), None);
        assert_eq!(Span::new(5, 2), Span::new(5, 5));
    }
}
