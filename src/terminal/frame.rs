//! What a terminal is to show: cells, the links that some of them carry, and the picture that lies
//! over some others, which are blank.
//!
//! May not know: how it comes to be shown.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::ink::{alike, all_alike};
use super::shift;
use crate::app::reading::hyperlinks::{Hyperlink, Target};
use crate::app::reading::pictures::Placed;
use crate::layout::panes::Size;

/// A screen.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) cells: Buffer,
    /// Invariant: sorted by row and column.
    links: Vec<Hyperlink>,
    picture: Option<Placed>,
}

/// A row of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    pub(super) cells: &'a [Cell],
    links: &'a [Hyperlink],
}

impl Frame {
    /// A blank one.
    pub(super) fn blank(size: Size) -> Self {
        Self { cells: Buffer::empty(rect(size)), links: Vec::new(), picture: None }
    }

    /// One that is blank whatever its size, and needs no memory for that: it has no rows.
    pub(super) fn nothing() -> Self {
        Self::blank(Size { width: 0, height: 0 })
    }

    /// Makes it blank, and of some size.
    pub(super) fn reset(&mut self, size: Size) {
        if self.cells.area != rect(size) {
            self.cells.resize(rect(size));
        }
        self.cells.reset();
        self.links.clear();
        self.picture = None;
    }

    /// Has cells carry links.
    pub(super) fn link(&mut self, mut links: Vec<Hyperlink>) {
        links.sort_by_key(|link| (link.y, link.columns.start));
        self.links = links;
    }

    /// Has a picture lie over it.
    pub(super) fn cover(&mut self, picture: Option<Placed>) {
        self.picture = picture;
    }

    /// The picture that lies over it.
    pub(super) const fn picture(&self) -> Option<&Placed> {
        self.picture.as_ref()
    }

    /// The row `y`.
    pub(super) fn row(&self, y: u16) -> Row<'_> {
        let first = self.links.partition_point(|link| link.y < y);
        let rest = &self.links[first..];
        let links = &rest[..rest.partition_point(|link| link.y == y)];
        Row { cells: shift::row(&self.cells, y), links }
    }
}

impl<'a> Row<'a> {
    /// One without links.
    pub(super) const fn plain(cells: &'a [Cell]) -> Self {
        Self { cells, links: &[] }
    }

    /// Whether column `x` of two rows looks and leads the same.
    pub(super) fn is_alike(self, other: Self, x: usize) -> bool {
        let cells = match (self.cells.get(x), other.cells.get(x)) {
            (Some(one), Some(other)) => alike(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let plain = self.links.is_empty() && other.links.is_empty();
        cells && (plain || self.target(x) == other.target(x))
    }

    /// What column `x` leads to.
    pub(super) fn target(self, x: usize) -> Option<&'a Target> {
        let holds = |link: &&Hyperlink| link.columns.contains(&(x as u16));
        self.links.iter().find(holds).map(|link| &link.target)
    }
}

/// Rows are the same where they look and lead the same, wherever they are.
impl PartialEq for Row<'_> {
    fn eq(&self, other: &Self) -> bool {
        let links = |row: &Self| row.links.iter().map(|link| (&link.columns, &link.target));
        all_alike(self.cells, other.cells) && links(self).eq(links(other))
    }
}

fn rect(size: Size) -> Rect {
    Rect::new(0, 0, size.width, size.height)
}
