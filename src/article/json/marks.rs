//! Where a string of JSON ends, or an escape begins in it.
//!
//! May not know: what an escape means.

use memchr::memchr2;

/// How many words of eight bytes are looked at before a search is set up.
const NEAR: usize = 4;

/// Where the first quotation mark or backslash stands. Most are near.
pub(super) fn next_mark(bytes: &[u8]) -> Option<usize> {
    let (words, _) = bytes.as_chunks();
    for (number, word) in words.iter().take(NEAR).enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ all(b'"')) | zeros(word ^ all(b'\\'));
        if found != 0 {
            return Some(number * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let near = words.len().min(NEAR) * 8;
    memchr2(b'"', b'\\', bytes.get(near..)?).map(|at| near + at)
}

/// A byte in each place of a word.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each byte that is zero, up to the first of them; those behind may be others.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(all(1)) & !word & all(0x80)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_mark_is_found(words in "[a-c!#\\[\\]\u{a2}\u{dc}]{0,50}", mark in "[\"\\\\]{0,3}") {
            let bytes = [words.as_bytes(), mark.as_bytes(), &[0xA2, 0x23, 0x5D], words.as_bytes()];
            let expected = (!mark.is_empty()).then_some(words.len());
            prop_assert_eq!(next_mark(&bytes.concat()), expected);
        }
    }
}
