//! Where sentences begin and end.
use super::span::Span;

/// The sentences of one paragraph.
pub fn split(text: &str) -> Vec<Span> {
    vec![(0..text.len()).into()]
}
