//! From a cell of the screen to the byte that it shows, and back.

use crate::app::Model;
use crate::article::BlockKind;
use crate::layout::flow::{Row, RowKind};
use crate::layout::justify;
use crate::layout::panes::{self, Pane};
use crate::layout::wrapped::Piece;
use crate::text::shown;
use crate::text::span::Span;

/// Cells of the sign before an author's name that folds the thread.
const SIGN: u16 = 2;

/// What a cell of a reading pane shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The row.
    pub row: Row,
    /// The glyph cluster, or the nearest one of the row.
    pub glyph: Span,
    /// Where beside the words it is.
    pub side: Side,
}

/// Where in a row a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Left of the text.
    Gutter,
    /// On the sign that folds a thread.
    Sign,
    /// On the words, or right of them.
    Text,
}

impl Model {
    /// What a cell of a reading pane shows; `None` outside of its rows.
    pub fn spot(&self, pane: Pane, x: u16, y: u16) -> Option<Spot> {
        let column = self.column(pane).text;
        let line = y.checked_sub(column.y).filter(|&line| line < column.height)?;
        let row = self.flow(pane).rows_from(self.top(pane)).nth(usize::from(line))?;
        let piece = row.piece_on(x.saturating_sub(column.x))?;
        let start = column.x + piece.x.min(column.width);
        let side = match row.kind {
            _ if x < column.x => Side::Gutter,
            RowKind::Author if (start..start + SIGN).contains(&x) => Side::Sign,
            _ => Side::Text,
        };
        let glyph = match row.kind {
            RowKind::Text => {
                justify::at_cell(self.ink(piece), row.stretch, x.saturating_sub(start))
                    .moved(piece.span.start)
            }
            _ => Span::new(row.span.start, row.span.start),
        };
        Some(Spot { row, glyph, side })
    }

    /// The cell of the byte under the cursor of a reading pane; `None` where it is not shown.
    pub fn cell(&self, pane: Pane) -> Option<(u16, u16)> {
        let column = self.column(pane).text;
        let at = self.place(pane).at;
        let flow = self.flow(pane);
        let here = flow.row_at(at)?;
        let rows = flow.rows_from(self.top(pane)).take(usize::from(column.height));
        let (y, row) = (column.y..).zip(rows).find(|(_, row)| row.span.start == here.span.start)?;
        let piece = row.piece_at(at)?;
        let glyph = self.glyph_at(at).start.clamp(piece.span.start, piece.span.end);
        let x = column.x + self.cells_before(&row, piece, glyph);
        Some((x.min(column.x + column.width.max(1) - 1), y))
    }

    /// Cells of a column that are left of byte `at` of a piece of a row.
    pub fn cells_before(&self, row: &Row, piece: Piece, at: u32) -> u16 {
        let before = Span::new(piece.span.start, at);
        let cells = match row.kind {
            RowKind::Text => {
                let added = justify::before(self.ink(piece), row.stretch, before.len());
                shown::width(self.doc.slice(before)) as u16 + added
            }
            _ => 0,
        };
        piece.x.saturating_add(cells)
    }

    /// The words of a piece of a row, without the blanks at its end.
    pub fn ink(&self, piece: Piece) -> &str {
        self.doc.slice(piece.span).trim_end_matches([' ', '\n', '\t'])
    }

    /// The cell where the reader is: of the text, of the list that has the keys, or of the words
    /// that stand over a picture.
    pub fn focus_cell(&self) -> Option<(u16, u16)> {
        if let Some(area) = self.picture_area() {
            return Some((area.x + 2, area.y));
        }
        if let Some((list, sheet)) = self.list().zip(self.sheet()) {
            let row = list.cursor().checked_sub(sheet.top)? as u16;
            return Some((sheet.lines.x + 1, sheet.lines.y + row));
        }
        if self.focus() != Pane::Entities {
            return self.cell(self.focus());
        }
        let (area, list) = (self.inner(Pane::Entities), &self.entities);
        let top = panes::first_shown(list.cursor, list.lines.len(), area.height);
        Some((area.x + 1, area.y + list.cursor.checked_sub(top)? as u16))
    }

    /// The glyph cluster that holds byte `at`.
    pub fn glyph_at(&self, at: u32) -> Span {
        let block = self.doc.blocks.get(self.doc.block_at(at));
        let block = block.filter(|block| block.kind() != BlockKind::Rule);
        let span = block.map_or(Span::new(at, at), |block| block.span);
        let mut glyphs = shown::glyphs(self.doc.slice(span));
        let glyph = glyphs.find(|glyph| span.start + glyph.end > at);
        glyph.map_or(Span::new(at, at), |glyph| Span::new(glyph.at, glyph.end).moved(span.start))
    }
}
