//! How the document itself writes each word: small, or with a capital where none is due.
//!
//! May not know: names.

use super::table::Table;
use super::tokens::{self, Flags, Token};
use crate::article::{Block, BlockKind, Document};

/// How often a word was seen, by its writing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Without a capital.
    pub(super) lower: u32,
    /// With a capital in mid-sentence, where the sentence is not all capitals.
    pub(super) capital: u32,
}

/// Counts of all words of a document.
#[derive(Debug, Default)]
pub(super) struct Words {
    counts: Table<Count>,
}

/// The blocks in which names are looked for.
pub(super) fn readable(doc: &Document) -> impl Iterator<Item = &Block> {
    let unread = |kind| matches!(kind, BlockKind::Code | BlockKind::Rule | BlockKind::Author);
    doc.blocks.iter().filter(move |block| !unread(block.kind()))
}

impl Words {
    /// Counts the words of a document.
    pub(super) fn of(doc: &Document) -> Self {
        let mut words = Self::default();
        let mut found = Vec::new();
        for block in readable(doc) {
            tokens::read(&doc.text, block.span, &mut found);
            for token in &found {
                words.add(token);
            }
        }
        words
    }

    fn add(&mut self, token: &Token) {
        let due = [Flags::START, Flags::TITLED, Flags::SHOUTED].iter().any(|&flag| token.is(flag));
        if token.is_lower() {
            self.counts.entry(token.word).or_default().lower += 1;
        } else if token.is_capital() && !due {
            self.counts.entry(token.word).or_default().capital += 1;
        }
    }

    /// All words, in no order, and how the document writes them.
    pub(super) fn counts(&self) -> impl Iterator<Item = (u64, Count)> {
        self.counts.iter().map(|(&word, &count)| (word, count))
    }

    /// How the document writes a word.
    pub(super) fn count(&self, token: &Token) -> Count {
        self.counts.get(&token.word).copied().unwrap_or_default()
    }
}
