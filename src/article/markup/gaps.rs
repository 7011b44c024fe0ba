//! Runs of white space, of which one blank is left.
//!
//! May not know: where words come from.

use std::borrow::Cow;

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
    Seen::of(text).is_even(text)
}

/// What the bytes of a text are together. It is found without a branch, so that many are looked at
/// at once.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// The smallest one.
    least: u8,
    /// The smallest among the larger ones of two neighbours: where there are no controls, it is a blank
    /// only if both are.
    least_pair: u8,
    /// The bits that any of them has.
    bits: u8,
    /// The smallest difference from `<`, and from `&`.
    to_tag: u8,
    to_reference: u8,
}

impl Seen {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let most = u8::MAX;
        let none =
            Self { least: most, least_pair: most, bits: 0, to_tag: most, to_reference: most };
        let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
        let inside = pairs.fold(none, |seen, (&byte, &next)| seen.with(byte, byte.max(next)));
        bytes.last().map_or(none, |&last| inside.with(last, most))
    }

    fn with(self, byte: u8, pair: u8) -> Self {
        Self {
            least: self.least.min(byte),
            least_pair: self.least_pair.min(pair),
            bits: self.bits | byte,
            to_tag: self.to_tag.min(byte ^ b'<'),
            to_reference: self.to_reference.min(byte ^ b'&'),
        }
    }

    /// Whether a tag may begin in the text.
    pub(super) const fn has_tags(self) -> bool {
        self.to_tag == 0
    }

    /// Whether a reference to a character may begin in the text.
    pub(super) const fn has_references(self) -> bool {
        self.to_reference == 0
    }

    /// Whether all gaps in the text are single blanks.
    pub(super) fn is_even(self, text: &str) -> bool {
        let single = self.least >= b' ' && self.least_pair > b' ';
        single && (self.bits.is_ascii() || !has_wide_gap(text))
    }
}

/// Whether there is a gap beyond ASCII.
fn has_wide_gap(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some(next) = beyond_ascii(rest).and_then(|at| rest.get(at..)) {
        let length = match next {
            [0xC2, 0x85, ..]
            | [0xE1, 0x9A, 0x80, ..]
            | [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..]
            | [0xE2, 0x81, 0x9F, ..]
            | [0xE3, 0x80, 0x80, ..] => return true,
            [..0xE0, ..] => 2,
            [..0xF0, ..] => 3,
            _ => 4,
        };
        rest = next.get(length..).unwrap_or_default();
    }
    false
}

/// Where the first byte beyond ASCII stands.
fn beyond_ascii(bytes: &[u8]) -> Option<usize> {
    const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
    let (words, rest) = bytes.as_chunks();
    for (number, word) in words.iter().enumerate() {
        let found = u64::from_le_bytes(*word) & HIGHEST;
        if found != 0 {
            return Some(number * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let near = rest.iter().position(|byte| !byte.is_ascii());
    near.map(|at| bytes.len() - rest.len() + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gap_beyond_ascii_is_seen() {
        for c in ('\u{80}'..=char::MAX).filter(|c| c.is_whitespace() || ('’'..'‡').contains(c))
        {
            for before in ["é", "tides and é", "a 𝄞漢"] {
                assert_eq!(has_wide_gap(&format!("{before}{c}“ü")), is_gap(c), "{c:?}");
            }
            assert_eq!(is_even(&format!("a {c}b")), !is_gap(c), "{c:?}");
        }
        assert!(is_even("a b ") && is_even(" a!") && is_even(""));
        assert!(!is_even("a  b") && !is_even("a\tb") && !is_even("é  "));
    }
}
