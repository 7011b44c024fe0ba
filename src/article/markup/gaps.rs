//! Runs of white space, of which one blank is left.
//!
//! May not know: where words come from.

use std::borrow::Cow;

use memchr::{memchr_iter, memchr3_iter};

/// Adds words to those that there are; gaps become single blanks, none of them at a beginning.
pub(super) fn append(words: &mut String, text: &str) {
    words.reserve(text.len());
    let mut open = words.is_empty() || words.ends_with([' ', '\n', '\t']);
    if is_even(text) {
        words.push_str(text.strip_prefix(' ').filter(|_| open).unwrap_or(text));
        return;
    }
    for (number, word) in text.split(is_gap).enumerate() {
        if number > 0 && !open {
            words.push(' ');
            open = true;
        }
        words.push_str(word);
        open &= word.is_empty();
    }
}

/// Words with single blanks between them, and perhaps one before the first.
pub(super) fn single(text: &str) -> Cow<'_, str> {
    if is_even(text) {
        return text.into();
    }
    let mut words = String::new();
    append(&mut words, text);
    words.into()
}

/// Whether a character parts words; one that keeps them together does not.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace() && c != '\u{a0}'
}

/// Whether all gaps in a text are single blanks, as in most: it can be taken over as a whole.
pub(super) fn is_even(text: &str) -> bool {
    let bytes = text.as_bytes();
    // A minimum without a branch is found over many bytes at once. Where there are no controls, the
    // larger of two neighbours is a blank only if both are.
    let controls = bytes.iter().copied().fold(u8::MAX, u8::min) < b' ';
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let double = pairs.map(|(&a, &b)| a.max(b)).fold(u8::MAX, u8::min) <= b' ';
    !controls && !double && (text.is_ascii() || !has_wide_gap(text))
}

/// Whether there is a gap beyond ASCII. Few other characters begin with the same bytes as those do.
fn has_wide_gap(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut starts = memchr_iter(0xC2, bytes).chain(memchr3_iter(0xE1, 0xE2, 0xE3, bytes));
    starts.any(|at| text.get(at..).is_some_and(|rest| rest.starts_with(is_gap)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gap_beyond_ascii_is_seen() {
        for c in ('\u{80}'..=char::MAX).filter(|c| c.is_whitespace() || ('’'..'‡').contains(c))
        {
            assert_eq!(has_wide_gap(&format!("é{c}“ü")), is_gap(c), "{c:?}");
            assert_eq!(is_even(&format!("a {c}b")), !is_gap(c), "{c:?}");
        }
        assert!(is_even("a b ") && is_even(" a!") && is_even(""));
        assert!(!is_even("a  b") && !is_even("a\tb") && !is_even("é  "));
    }
}
