//! The lines of the blocks near the screen, as they were wrapped last.
//!
//! Wrapping is a pure function of a block, a width and a [`Setting`]; a block never changes. So its
//! lines can be asked for here first: the answer is the same, and a key wraps only what it brings
//! to the screen.
//!
//! May not know: which document, folds, what is on the screen.

use std::ops::RangeInclusive;

use super::setting::Setting;
use crate::text::span::Span;

/// A block by its index, and its lines as bytes of the text.
pub type Lines = (u32, Vec<Span>);

/// Lines of some blocks of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrapped {
    /// Cells of the column.
    width: u16,
    setting: Setting,
    /// Invariant: sorted by block.
    blocks: Vec<Lines>,
}

impl Wrapped {
    /// The lines of a block in a column of a width, where they are known.
    pub fn lines(&self, block: u32, width: u16, setting: Setting) -> Option<&[Span]> {
        if (self.width, self.setting) != (width, setting) {
            return None;
        }
        let index = self.blocks.binary_search_by_key(&block, |&(block, _)| block).ok()?;
        Some(&self.blocks[index].1)
    }

    /// Takes in lines that were wrapped in a column of a width; those of another are forgotten.
    pub fn put(&mut self, width: u16, setting: Setting, lines: Vec<Lines>) {
        if (self.width, self.setting) != (width, setting) {
            *self = Self { width, setting, blocks: Vec::new() };
        }
        if !lines.is_empty() {
            self.blocks.extend(lines);
            self.blocks.sort_by_key(|&(block, _)| block);
            self.blocks.dedup_by_key(|&mut (block, _)| block);
        }
    }

    /// Forgets all but some blocks where more than `most` are known.
    pub fn keep(&mut self, blocks: &RangeInclusive<u32>, most: usize) {
        if self.blocks.len() > most {
            self.blocks.retain(|(block, _)| blocks.contains(block));
        }
    }
}
