//! Parts of a text brought to where the blocks of a document stand, in the memory that the text
//! has: a large one is never there twice.
//!
//! May not know: what the blocks are.

use bytestring::ByteString;

use super::Block;
use super::bulk::Bulk;
use super::words::{Words, into_text};
use crate::text::span::Span;

/// Separates blocks in the text. Two bytes, so that the blank row below a block has an offset
/// of its own even where the block is empty.
pub(super) const SEPARATOR: &str = "\n\n";
const GAP: u32 = SEPARATOR.len() as u32;

/// A text of at most so many bytes is copied, which takes less time than to see that it is still
/// UTF-8.
const SHORT: usize = 1 << 20;

/// What blocks say of `text`, with [`SEPARATOR`] between them and nothing else; they are brought to
/// where it stands then. Blocks are in the order of the text and disjoint, and begin and end between
/// characters.
pub(super) fn spread(text: Words, blocks: &mut [Block]) -> ByteString {
    let spread = match text {
        Words::Usual(text) if text.len() <= SHORT => copied(&text, blocks),
        Words::Usual(text) => moved(text.into_bytes().into(), blocks),
        Words::Large(bytes) => moved(bytes, blocks),
    };
    let mut start = 0;
    for block in blocks {
        block.span = Span::new(start, start + block.span.len());
        start = block.span.end + GAP;
    }
    spread
}

/// The same in the memory of the text.
fn moved(mut bytes: Bulk, blocks: &[Block]) -> ByteString {
    let end = length(blocks);
    bytes.grow(end as usize);
    // What moves to the left makes room for what follows it, what moves to the right for what is
    // before it: neither is written over before it was moved.
    let mut start = 0;
    for Block { span, .. } in blocks {
        if start < span.start {
            bytes.copy_within(span.range(), start as usize);
        }
        start += span.len() + GAP;
    }
    let mut after = end + GAP;
    for Block { span, .. } in blocks.iter().rev() {
        let start = after - GAP - span.len();
        if start > span.start {
            bytes.copy_within(span.range(), start as usize);
        }
        after = start;
    }
    let mut gap = 0;
    for Block { span, .. } in &blocks[..blocks.len().saturating_sub(1)] {
        gap += span.len() as usize;
        bytes[gap..gap + SEPARATOR.len()].copy_from_slice(SEPARATOR.as_bytes());
        gap += SEPARATOR.len();
    }
    bytes.truncate(end as usize);
    into_text(bytes)
}

/// The same in memory of its own.
fn copied(text: &str, blocks: &[Block]) -> ByteString {
    let mut copied = String::with_capacity(length(blocks) as usize);
    for (number, block) in blocks.iter().enumerate() {
        copied.push_str(if number == 0 { "" } else { SEPARATOR });
        copied.push_str(block.span.of(text));
    }
    copied.into()
}

/// Bytes of the blocks and of what is between them.
fn length(blocks: &[Block]) -> u32 {
    let words: u32 = blocks.iter().map(|block| block.span.len()).sum();
    words + GAP * (blocks.len() as u32).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::BlockKind;

    proptest! {
        #[test]
        fn it_is_as_if_the_parts_were_copied(
            words in proptest::collection::vec("[ \n]{0,5}[aé漢]{0,6}", 0..40)
        ) {
            let text = words.concat();
            let mut at = 0;
            let block = |word: &String| {
                let start = at + (word.len() - word.trim_start().len()) as u32;
                at += word.len() as u32;
                let span = Span::new(start, at);
                Block::new(span, BlockKind::Paragraph)
            };
            let mut blocks: Vec<Block> = words.iter().map(block).collect();
            let words: Vec<&str> = blocks.iter().map(|block| block.span.of(&text)).collect();
            let moved = moved(text.clone().into_bytes().into(), &blocks);
            let spread = spread(text.clone().into(), &mut blocks);
            prop_assert_eq!(&spread, &words.join(SEPARATOR));
            prop_assert_eq!(&moved, &spread);
            let there: Vec<&str> = blocks.iter().map(|block| block.span.of(&spread)).collect();
            prop_assert_eq!(there, words);
        }
    }
}
