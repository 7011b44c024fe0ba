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

/// The lines of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// The bytes of the block, in one run a line: where a run begins is the place of its line.
    pub tiles: Vec<Span>,
    /// What stands side by side on the lines of a table's row, by line and from left to right.
    /// Elsewhere nothing: each line is one run.
    pub pieces: Vec<Piece>,
    /// What parts a table's row from the next.
    pub parting: Parting,
}

impl Lines {
    /// What stands on line `index`.
    pub fn on(&self, index: usize) -> &[Piece] {
        let first = self.pieces.partition_point(|piece| (piece.line as usize) < index);
        let count = self.pieces[first..].partition_point(|piece| piece.line as usize == index);
        &self.pieces[first..first + count]
    }

    /// Which line shows byte `at` of the block.
    pub fn holding(&self, at: u32) -> usize {
        let before = self.pieces.iter().filter(|piece| piece.span.start <= at);
        match before.max_by_key(|piece| piece.span.start) {
            Some(piece) => piece.line as usize,
            None => self.tiles.partition_point(|tile| tile.start <= at).saturating_sub(1),
        }
    }
}

/// A part of a line: of a cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The line of the block that it is on, from 0.
    pub line: u32,
    /// Its words.
    pub span: Span,
    /// Cells before it.
    pub x: u16,
    /// The name of its column, which stands before it with a colon.
    pub name: Option<Span>,
}

/// What parts a table's row from the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parting {
    /// Nothing.
    #[default]
    None,
    /// An empty row.
    Blank,
    /// A thin line of so many cells.
    Rule(u16),
}

/// Lines of some blocks of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrapped {
    /// Cells of the column.
    width: u16,
    setting: Setting,
    /// Invariant: sorted by block.
    blocks: Vec<(u32, Lines)>,
}

impl Wrapped {
    /// The lines of a block in a column of a width, where they are known.
    pub fn lines(&self, block: u32, width: u16, setting: Setting) -> Option<&Lines> {
        if (self.width, self.setting) != (width, setting) {
            return None;
        }
        let index = self.blocks.binary_search_by_key(&block, |&(block, _)| block).ok()?;
        Some(&self.blocks[index].1)
    }

    /// Takes in lines that were wrapped in a column of a width; those of another are forgotten.
    pub fn put(&mut self, width: u16, setting: Setting, lines: Vec<(u32, Lines)>) {
        if (self.width, self.setting) != (width, setting) {
            *self = Self { width, setting, blocks: Vec::new() };
        }
        if !lines.is_empty() {
            self.blocks.extend(lines);
            self.blocks.sort_by_key(|&(block, _)| block);
            self.blocks.dedup_by_key(|&mut (block, _)| block);
        }
    }

    /// Of how many blocks they are.
    pub fn count(&self) -> usize {
        self.blocks.len()
    }

    /// Forgets all but some blocks.
    pub fn keep(&mut self, blocks: &RangeInclusive<u32>) {
        self.blocks.retain(|(block, _)| blocks.contains(block));
    }
}
