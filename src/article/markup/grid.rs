//! Which column a cell of a table stands in: cells reach over several columns and rows.
//!
//! May not know: what cells hold.

use super::super::TableRow;
use super::tree::Tree;

/// Columns beyond this are counted without cells that reach over others.
const COLUMNS: usize = 256;

/// A table as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// Whether a row with words was read.
    pub(super) begun: bool,
    /// The end of the rows that are its head.
    head: usize,
    /// For each column, how many of the next rows a cell above reaches into.
    reach: Vec<u32>,
    /// The column where the next cell may stand, and that of the last one.
    next: usize,
    last: usize,
}

impl Grid {
    /// The rows up to `end` are the head.
    pub(super) fn head(&mut self, end: usize) {
        self.head = end;
    }

    /// Begins a row.
    pub(super) fn row(&mut self, tree: &Tree<'_>, at: usize) -> TableRow {
        let passed = self.reach.iter_mut().skip(self.next);
        passed.for_each(|rows| *rows = rows.saturating_sub(1));
        (self.next, self.last) = (0, 0);
        let cells = || tree.outermost(tree.inside(at)).map(|at| tree.name(at));
        let named = cells().any(|name| name == "th") && !cells().any(|name| name == "td");
        match self.begun {
            true => TableRow::Later,
            false if named || at < self.head => TableRow::Head,
            false => TableRow::First,
        }
    }

    /// Puts a cell down. How many columns it stands behind the last one.
    pub(super) fn cell(&mut self, tree: &Tree<'_>, at: usize) -> usize {
        while let Some(rows) = self.reach.get_mut(self.next).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.next += 1;
        }
        let behind = self.next - self.last;
        self.last = self.next;
        let number = |name| tree.attribute(at, name).and_then(|it| it.trim().parse().ok());
        let (wide, high) = (number("colspan").unwrap_or(1), number("rowspan").unwrap_or(1));
        self.next += wide.clamp(1, COLUMNS.saturating_sub(self.next).max(1));
        if high > 1 && self.next <= COLUMNS {
            self.reach.resize(self.reach.len().max(self.next), 0);
            self.reach[self.last..self.next].fill(high as u32 - 1);
        }
        behind
    }
}
