//! A scrolling pane: where its top row is and where its cursor stands, both as bytes.

use std::sync::Arc;

use crate::app::action::{Scroll, Way};
use crate::app::{Model, side};
use crate::layout::panes::Pane;
use crate::text::span::Span;

/// The lines of at most so many screens are remembered, each block counted as a row.
const SCREENS: usize = 6;

/// A place in a pane, in bytes of the text, so that it means the same at any width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// A byte of the top row.
    pub top: u32,
    /// The byte under the cursor.
    pub at: u32,
}

impl Place {
    /// The cursor on the top row.
    pub const fn at(at: u32) -> Self {
        Self { top: at, at }
    }
}

impl Model {
    /// Moves the view of a reading pane. The cursor keeps its row on the screen; where the view
    /// can go no further, it goes on alone.
    pub fn scroll(&mut self, pane: Pane, scroll: Scroll, way: Way) {
        let height = self.column(pane).text.height.max(1);
        let rows = match scroll {
            Scroll::Row => 1,
            Scroll::Half => i32::from(height / 2).max(1),
            // One row of the page before stays in sight.
            Scroll::Page => i32::from(height - 1).max(1),
            Scroll::All => return self.reach_edge(pane, way),
        };
        self.scroll_rows(pane, if way == Way::Forward { rows } else { -rows });
    }

    /// Moves the view of a reading pane by some rows, back where negative.
    pub fn scroll_rows(&mut self, pane: Pane, rows: i32) {
        let height = self.column(pane).text.height.max(1);
        let (top, at) = (self.top(pane), self.place(pane).at);
        self.wrap(pane, top, if rows > 0 { rows + i32::from(height) } else { rows });
        let flow = self.flow(pane);
        let top = flow.top_at(flow.step(top, rows), height);
        let at = flow.step(at, rows);
        *self.place_mut(pane) = Place { top, at };
        self.keep_cursor_in_view(pane);
    }

    fn reach_edge(&mut self, pane: Pane, way: Way) {
        self.leave();
        if let Some(arriving) = self.arriving.as_mut().filter(|_| way == Way::Forward) {
            arriving.end = Some(pane);
        }
        let flow = self.flow(pane);
        let Span { start, end } = flow.span();
        let last = flow.row_at(end).map_or(end, |row| row.span.start);
        self.place_mut(pane).at = if way == Way::Forward { last } else { start };
        self.place_mut(pane).top = if way == Way::Forward { last } else { start };
    }

    /// Goes to a byte, wherever it lies, and remembers where the reader was.
    pub fn go_to(&mut self, at: u32) {
        self.leave();
        self.show(at);
    }

    /// Shows a byte, wherever it lies: focus goes to its pane, folds over it open.
    pub fn show(&mut self, at: u32) {
        let pane = self.pane_of(at);
        if let Some(comment) = self.doc.comment_at(at).filter(|_| pane == Pane::Comments) {
            self.reveal(comment, at);
        }
        self.focus_on(pane);
        self.place_mut(pane).at = at;
        self.keep_in_view(pane);
    }

    /// Opens the folds that hide a byte.
    fn reveal(&mut self, comment: usize, at: u32) {
        if self.folds.hiding(self.doc.block_at(at) as u32).is_some() {
            self.folds.reveal(&Arc::clone(&self.doc), comment);
        }
    }

    /// Gives a pane the focus.
    pub fn focus_on(&mut self, pane: Pane) {
        if pane != self.view.split.focus {
            self.selection = None;
        }
        self.view.split.focus = pane;
        match pane {
            Pane::Entities => self.view.split.side = pane,
            Pane::Body => self.view.reading = pane,
            Pane::Comments => {
                self.view.split.side = pane;
                self.view.reading = pane;
            }
        }
        self.settle_cursors();
    }

    /// Moves the view so that the cursor is in it: a third from the top where it has to move.
    pub fn keep_in_view(&mut self, pane: Pane) {
        self.wrap_screen(pane);
        let (top, last) = self.shown(pane);
        let flow = self.flow(pane);
        let at = self.place(pane).at;
        let Some(row) = flow.row_at(at).map(|row| row.span.start) else { return };
        if (top..=last).contains(&row) {
            return;
        }
        let above = i32::from(self.column(pane).text.height / 3);
        self.place_mut(pane).top = self.flow(pane).step(at, -above);
    }

    /// Moves the cursor so that it is in the view.
    pub fn keep_cursor_in_view(&mut self, pane: Pane) {
        self.wrap_screen(pane);
        let (top, last) = self.shown(pane);
        let at = self.place(pane).at;
        let Some(row) = self.flow(pane).row_at(at).map(|row| row.span.start) else { return };
        if !(top..=last).contains(&row) {
            self.place_mut(pane).at = row.clamp(top, last);
        }
    }

    /// Wraps what is on the screen, as far as it is not yet, so that nobody else has to.
    pub(in crate::app) fn wrap_screen(&mut self, pane: Pane) {
        let (top, height) = (self.place(pane).top, self.column(pane).text.height.max(1));
        let count = self.wrap(pane, top, i32::from(height));
        if count < usize::from(height) {
            self.wrap(pane, self.flow(pane).span().end, -i32::from(height));
        }
        if self.wrapped[side(pane)].count() > SCREENS * usize::from(height) {
            let (first, end) = (self.top(pane), self.flow(pane).window(top, height).end);
            let block = |at| self.doc.block_at(at) as u32;
            let shown = block(first.min(top))..=block(end);
            self.wrapped[side(pane)].keep(&shown);
        }
    }

    /// Wraps the rows from that of byte `at` on, or before it where negative, as far as they are
    /// not yet. How many there are.
    fn wrap(&mut self, pane: Pane, at: u32, rows: i32) -> usize {
        let flow = self.flow(pane);
        let (width, setting) = (flow.width, flow.setting);
        let (lines, count) = flow.unknown(at, rows);
        self.wrapped[side(pane)].put(width, setting, lines);
        count
    }

    /// The top row that is shown. It is the row of the remembered byte, or an earlier one where
    /// the text would end above the bottom of the pane.
    pub fn top(&self, pane: Pane) -> u32 {
        self.flow(pane).top_at(self.place(pane).top, self.column(pane).text.height)
    }

    /// The first and the last row that are shown.
    fn shown(&self, pane: Pane) -> (u32, u32) {
        let height = usize::from(self.column(pane).text.height.max(1));
        let top = self.top(pane);
        let last = self.flow(pane).rows_from(top).take(height).last();
        (top, last.map_or(top, |row| row.span.start))
    }

    /// The place in a reading pane.
    pub fn place_mut(&mut self, pane: Pane) -> &mut Place {
        if pane == Pane::Comments { &mut self.comments } else { &mut self.body }
    }
}
