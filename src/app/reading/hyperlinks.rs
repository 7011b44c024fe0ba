//! Which cells of the screen show the words of a link, and where it leads: what a terminal has to
//! know to open it.
//!
//! A terminal asks nobody before it opens an address. So it is only told of those that recto would
//! open without a warning; the others can be opened by a key that shows the warning first.
//!
//! May not know: how a terminal is told.

use std::ops::Range;

use crate::app::Model;
use crate::app::settings::Hyperlinks;
use crate::layout::flow::RowKind;
use crate::layout::panes::Pane;
use crate::layout::wrapped::Piece;
use crate::text::address::{Address, LONGEST};
use crate::text::span::Span;

/// At most so many on one screen: a page of links has fewer, and each costs bytes.
const MOST: usize = 512;

/// Cells of one row that show words of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyperlink {
    /// Their row.
    pub y: u16,
    /// Their columns.
    pub columns: Range<u16>,
    /// What they lead to.
    pub target: Target,
}

/// What cells lead to; the same on several rows, where a link is parted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Which of the links of the document it is.
    pub link: usize,
    /// Where it leads.
    pub address: Address,
}

impl Model {
    /// The links on the screen, from the top of each pane. None while something lies over the
    /// panes, and where the reader wants none.
    pub fn hyperlinks(&self) -> Vec<Hyperlink> {
        let lies_over = self.list().is_some() || self.palette_area().is_some();
        let covered = lies_over || self.picture_area().is_some() || !self.prefix.is_empty();
        let unwanted = self.settings.openers.hyperlinks == Hyperlinks::Off;
        if covered || unwanted || !self.view.size.is_enough() {
            return Vec::new();
        }
        let panes = self.panes();
        let seen =
            [Pane::Body, Pane::Comments].into_iter().filter(|&pane| panes.of(pane).is_some());
        seen.flat_map(|pane| self.hyperlinks_of(pane)).take(MOST).collect()
    }

    fn hyperlinks_of(&self, pane: Pane) -> impl Iterator<Item = Hyperlink> + '_ {
        let column = self.column(pane).text;
        let rows = self.flow(pane).rows_from(self.top(pane)).take(usize::from(column.height));
        let rows = (column.y..).zip(rows).filter(|(_, row)| row.kind == RowKind::Text);
        rows.flat_map(move |(y, row)| {
            let linked = row.pieces().flat_map(|piece| self.linked(piece));
            let seen = linked.filter_map(|(link, piece, span)| {
                let cell = |at| column.x + self.cells_before(&row, piece, at).min(column.width);
                let columns = cell(span.start)..cell(span.end);
                let address = self.plain_address(link).filter(|_| !columns.is_empty())?;
                Some(Hyperlink { y, columns, target: Target { link, address } })
            });
            seen.collect::<Vec<_>>()
        })
    }

    /// The links of a piece of a row by their index, each with its words in it.
    fn linked(&self, piece: Piece) -> impl Iterator<Item = (usize, Piece, Span)> + '_ {
        let links = &self.doc.links;
        let start = piece.span.start;
        let ink = Span::new(start, start + self.ink(piece).len() as u32);
        let first = links.partition_point(|link| link.span.end <= ink.start);
        let rest = links.iter().enumerate().skip(first);
        rest.take_while(move |(_, link)| link.span.start < ink.end)
            .filter_map(move |(index, link)| Some((index, piece, link.span.intersect(ink)?)))
    }

    /// Where a link leads, if out of the text and to nobody that a reader has to be warned of.
    fn plain_address(&self, link: usize) -> Option<Address> {
        let url = &self.doc.links.get(link)?.url;
        // A longer one would be read on every frame, to find that it is too long.
        let address = (url.len() <= LONGEST).then(|| self.address(url))?.ok()?;
        address.warnings().is_empty().then_some(address)
    }
}
