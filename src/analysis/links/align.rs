//! Two stretches of words laid side by side: which of them stand for each other, in order.
//!
//! A local alignment (Smith and Waterman 1981) of words instead of letters: a shared word earns
//! its weight, a word that only one side has costs a part of it, and the best-earning stretch of
//! both sides is taken. What precedes and follows it costs nothing.
//!
//! May not know: what the stretches are; where they come from.

use std::ops::Range;

use super::words::Words;

/// What a shared word earns, in parts of its weight; a word left out costs one part.
const SAME: i32 = 6;
/// What an inflected form earns.
const INFLECTED: i32 = 3;
/// What a shared word earns in addition where the words before it are shared as well.
const RUN: i32 = 4;

/// Indices of words that stand for each other. Invariant: ascending on both sides, not empty.
pub(super) type Pairs = Vec<(usize, usize)>;

/// Which words stand for each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alignment {
    /// Earnings less costs.
    pub(super) score: i32,
    /// The words that both sides share.
    pub(super) pairs: Pairs,
}

/// Lays out alignments, keeping its tables from one to the next.
#[derive(Debug, Default)]
pub(super) struct Aligner {
    row: Vec<i32>,
    moves: Vec<Move>,
    /// Cells computed so far: what the work is measured in.
    pub(super) cells: u64,
}

/// How a cell of the table was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Start,
    SkipLeft,
    SkipRight,
    Pair,
}

impl Aligner {
    /// Aligns two stretches of `words`. Time and memory grow with the product of their lengths,
    /// so the caller keeps them short.
    pub(super) fn align(
        &mut self,
        words: &Words,
        left: Range<usize>,
        right: Range<usize>,
    ) -> Option<Alignment> {
        let width = right.len() + 1;
        self.cells += (left.len() * right.len()) as u64;
        self.row.clear();
        self.row.resize(width, 0);
        self.moves.clear();
        self.moves.resize(width * (left.len() + 1), Move::Start);
        let mut best = (0, 0);
        for (line, at) in left.clone().enumerate() {
            let (score, column) = self.line(words, at, &right, (line + 1) * width);
            if score > best.0 {
                best = (score, (line + 1) * width + column);
            }
        }
        (best.0 > 0).then(|| Alignment {
            score: best.0,
            pairs: self.trace(best.1, width, left.start, right.start),
        })
    }

    /// Fills one line of the table and returns its best score with its column.
    fn line(
        &mut self,
        words: &Words,
        at: usize,
        right: &Range<usize>,
        base: usize,
    ) -> (i32, usize) {
        let (word, cost) = (words.all[at], i32::from(words.weights[at]));
        let width = right.len() + 1;
        let (mut diagonal, mut left, mut best) = (0, 0, (0, 0));
        for (column, other) in (1..width).zip(right.clone()) {
            let above = self.row[column];
            let mut cell = (above - cost, Move::SkipLeft);
            if left - i32::from(words.weights[other]) > cell.0 {
                cell = (left - i32::from(words.weights[other]), Move::SkipRight);
            }
            if words.all[other].stem == word.stem {
                let rate = if words.all[other].key == word.key { SAME } else { INFLECTED };
                let run = self.moves[base - width + column - 1] == Move::Pair;
                let score = diagonal + rate * cost + if run { RUN } else { 0 };
                if score > cell.0 {
                    cell = (score, Move::Pair);
                }
            }
            if cell.0 <= 0 {
                cell = (0, Move::Start);
            }
            (diagonal, left) = (above, cell.0);
            self.row[column] = cell.0;
            self.moves[base + column] = cell.1;
            if cell.0 > best.0 {
                best = (cell.0, column);
            }
        }
        best
    }

    fn trace(&self, mut cell: usize, width: usize, left: usize, right: usize) -> Pairs {
        let mut pairs = Vec::new();
        loop {
            match self.moves[cell] {
                Move::Start => break,
                Move::SkipLeft => cell -= width,
                Move::SkipRight => cell -= 1,
                Move::Pair => {
                    pairs.push((left + cell / width - 1, right + cell % width - 1));
                    cell -= width + 1;
                }
            }
        }
        pairs.reverse();
        pairs
    }
}
