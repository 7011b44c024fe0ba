//! Where an open list lies on the screen: its lines, and below them more of the line that is
//! pointed at.
//!
//! May not know: what is listed, styles.

use crate::app::Model;
use crate::app::lists::overlay::Overlay;
use crate::app::marks::confirm::Lines;
use crate::layout::panes::{self, Area};
use crate::layout::wrap;
use crate::text::span::Span;

/// An open list on the screen.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The whole, border included.
    pub area: Area,
    /// Where its lines stand.
    pub lines: Area,
    /// Number of the line in the first row.
    pub top: usize,
    /// More of the line that is pointed at.
    pub detail: Lines,
    /// The rows of it that have room, one cell in from the border; a rule stands above them.
    pub rows: Vec<Span>,
}

impl Model {
    /// Where the palette lies, and the number of its first line that is shown: at the top, so that
    /// it stays where it is while its lines grow fewer.
    pub fn palette_area(&self) -> Option<(Area, usize)> {
        let Some(Overlay::Palette(palette)) = &self.overlay else { return None };
        let lines = palette.items.len();
        let area = Area { y: 1, ..panes::list(self.view.size, lines) };
        Some((area, panes::first_shown(palette.cursor, lines, area.inner().height)))
    }

    /// Where the open list lies; `None` where no list is open.
    pub fn sheet(&self) -> Option<Sheet> {
        let (list, size) = (self.list()?, self.view.size);
        let detail = self.detail();
        let width = panes::list(size, 0).inner().width.saturating_sub(2);
        let mut rows = Vec::new();
        if !detail.text.is_empty() {
            rows = wrap::prose(&detail.text, width);
        }
        rows.truncate(usize::from(size.height / 3));
        let below = if rows.is_empty() { 0 } else { rows.len() + 1 };
        let area = panes::list(size, list.len().max(1) + below);
        let inner = area.inner();
        let lines = Area { height: inner.height.saturating_sub(below as u16), ..inner };
        let top = panes::first_shown(list.cursor(), list.len(), lines.height);
        Some(Sheet { area, lines, top, detail, rows })
    }
}
