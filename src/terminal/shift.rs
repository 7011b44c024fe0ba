//! Whether rows of a screen have moved up or down together, so that the terminal can move them.
//!
//! A terminal moves whole rows. Where panes stand side by side the others have to be mended
//! after it, so it is counted which way fewer cells are written.
//!
//! May not know: how a terminal is told.

use std::collections::HashMap;

use ratatui::buffer::{Buffer, Cell};

use super::ink::{alike, all_alike};

/// Columns are looked at in so many bands: what moves may be one pane of several.
const BANDS: usize = 4;

/// So many pieces of rows must have moved alike before it is counted further.
const FEW: usize = 4;

/// What telling the terminal costs, in cells.
const COST: usize = 16;

/// Rows that have moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    /// The first row of the region.
    pub(super) top: u16,
    /// Its last row.
    pub(super) bottom: u16,
    /// How far they moved: up where positive.
    pub(super) rows: i32,
}

impl Shift {
    /// Which row is at `y` after the shift; `None` for one that is blank then.
    pub(super) fn source(self, y: u16) -> Option<u16> {
        if !(self.top..=self.bottom).contains(&y) {
            return Some(y);
        }
        let from = u16::try_from(i32::from(y) + self.rows).ok()?;
        (self.top..=self.bottom).contains(&from).then_some(from)
    }
}

/// The cells of a row.
pub(super) fn row(buffer: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    buffer.content.get(usize::from(y) * width..).and_then(|rest| rest.get(..width)).unwrap_or(&[])
}

/// The shift that leaves fewest cells to be written, if one leaves fewer than none.
pub(super) fn between(before: &Buffer, after: &Buffer) -> Option<Shift> {
    let same = |y: &u16| all_alike(row(before, *y), row(after, *y));
    let changed = (0..after.area.height).filter(|y| !same(y)).count();
    if changed < FEW {
        return None;
    }
    let shift = likely(before, after)?;
    let rows = shift.top..=shift.bottom;
    let apart = |from: &[Cell], y| {
        from.iter().zip(row(after, y)).filter(|(from, to)| !alike(from, to)).count()
    };
    let still: usize = rows.clone().map(|y| apart(row(before, y), y)).sum();
    let blank = vec![Cell::EMPTY; usize::from(after.area.width)];
    let from = |y| shift.source(y).map_or(&blank[..], |from| row(before, from));
    let moved: usize = rows.map(|y| apart(from(y), y)).sum();
    (moved + COST < still).then_some(shift)
}

/// The shift that most pieces of rows have made.
fn likely(before: &Buffer, after: &Buffer) -> Option<Shift> {
    let height = after.area.height;
    let mut places: HashMap<(usize, u64), Option<u16>> = HashMap::new();
    for y in 0..height {
        for piece in pieces(before, y) {
            // What is there twice tells nothing.
            places.entry(piece).and_modify(|place| *place = None).or_insert(Some(y));
        }
    }
    if places.is_empty() {
        return None;
    }
    let mut moved: HashMap<i32, (usize, Shift)> = HashMap::new();
    for y in 0..height {
        for piece in pieces(after, y) {
            let Some(&Some(from)) = places.get(&piece) else { continue };
            let rows = i32::from(from) - i32::from(y);
            let (count, shift) =
                moved.entry(rows).or_insert((0, Shift { top: y, bottom: y, rows }));
            *count += 1;
            shift.top = shift.top.min(y).min(from);
            shift.bottom = shift.bottom.max(y).max(from);
        }
    }
    let moved = moved.into_values().filter(|(count, shift)| *count >= FEW && shift.rows != 0);
    let best = moved.max_by_key(|(count, shift)| (*count, std::cmp::Reverse(shift.rows)));
    best.map(|(_, shift)| shift)
}

/// The bands of a row that are not blank, as numbers.
fn pieces(buffer: &Buffer, y: u16) -> impl Iterator<Item = (usize, u64)> {
    let cells = row(buffer, y);
    let bands = cells.chunks(cells.len().div_ceil(BANDS).max(1)).enumerate();
    bands.filter_map(move |(band, cells)| {
        let blank = cells.iter().all(|cell| cell.symbol() == " ");
        (!blank).then(|| (band, number(cells.iter().flat_map(|cell| cell.symbol().bytes()))))
    })
}

/// A number for some bytes, by FNV-1a (Fowler, Noll and Vo). Others that have the same
/// may hide a shift, but what is written is compared as it is.
fn number(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |number, byte| {
        (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
