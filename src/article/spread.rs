//! Parts of a text brought to where the blocks of a document stand, in the memory that the text
//! has: a large one is never there twice.
//!
//! May not know: what the parts are.

use bytestring::ByteString;

use super::bulk::{Bulk, Words};
use crate::text::span::Span;

/// Separates blocks in the text. Two bytes, so that the blank row below a block has an offset
/// of its own even where the block is empty.
pub(super) const SEPARATOR: &str = "\n\n";

/// A text of at most so many bytes is copied, which takes less time than to see that it is still
/// UTF-8.
const SHORT: usize = 1 << 20;

/// The parts of `text` with [`SEPARATOR`] between them and nothing else, and where each of them
/// is then. Parts are in the order of the text and disjoint, and begin and end between characters.
pub(super) fn spread(text: Words, parts: &[Span]) -> (ByteString, Vec<Span>) {
    let places = places(parts);
    let spread = match text {
        Words::Usual(text) if text.len() <= SHORT => copied(&text, parts),
        Words::Usual(text) => moved(text.into_bytes().into(), parts, &places),
        Words::Large(bytes) => moved(bytes, parts, &places),
    };
    (spread, places)
}

/// The same in the memory of the text.
fn moved(mut bytes: Bulk, parts: &[Span], places: &[Span]) -> ByteString {
    let end = places.last().map_or(0, |last| last.end as usize);
    bytes.grow(end);
    // What moves to the left makes room for what follows it, what moves to the right for what is
    // before it: neither is written over before it was moved.
    let moves = || parts.iter().zip(places);
    let left = moves().filter(|(from, to)| to.start < from.start);
    let right = moves().rev().filter(|(from, to)| to.start > from.start);
    for (from, to) in left.chain(right) {
        bytes.copy_within(from.range(), to.start as usize);
    }
    for pair in places.windows(2) {
        bytes[pair[0].end as usize..pair[1].start as usize].copy_from_slice(SEPARATOR.as_bytes());
    }
    bytes.truncate(end);
    bytes.into_text()
}

/// The same in memory of its own.
fn copied(text: &str, parts: &[Span]) -> ByteString {
    let mut copied = String::with_capacity(text.len() + SEPARATOR.len() * parts.len());
    for (number, part) in parts.iter().enumerate() {
        copied.push_str(if number == 0 { "" } else { SEPARATOR });
        copied.push_str(part.of(text));
    }
    copied.into()
}

/// Where the parts are when they are one separator apart.
fn places(parts: &[Span]) -> Vec<Span> {
    let mut start = 0;
    let place = |part: &Span| {
        let place = Span::new(start, start + part.len());
        start = place.end + SEPARATOR.len() as u32;
        place
    };
    parts.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_as_if_the_parts_were_copied(
            words in proptest::collection::vec("[ \n]{0,5}[aé漢]{0,6}", 0..40)
        ) {
            let text = words.concat();
            let mut at = 0;
            let part = |word: &String| {
                let start = at + (word.len() - word.trim_start().len()) as u32;
                at += word.len() as u32;
                Span::new(start, at)
            };
            let parts: Vec<Span> = words.iter().map(part).collect();
            let words: Vec<&str> = parts.iter().map(|part| part.of(&text)).collect();
            let (spread, places) = spread(text.clone().into(), &parts);
            prop_assert_eq!(&spread, &words.join(SEPARATOR));
            prop_assert_eq!(&moved(text.clone().into_bytes().into(), &parts, &places), &spread);
            let there: Vec<&str> = places.iter().map(|place| place.of(&spread)).collect();
            prop_assert_eq!(there, words);
        }
    }
}
