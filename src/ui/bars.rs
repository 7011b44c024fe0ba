//! The lines at the top and the bottom.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::line;
use super::theme::{Part, Theme};
use crate::app::Model;
use crate::app::status;
use crate::layout::panes::Area;
use crate::text::shown;

/// Draws the line at the top.
pub(super) fn title(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) {
    let said = status::title(model);
    let right = format!("recto  {} ", said.right);
    let room = area.width.saturating_sub(shown::width(&right) as u16 + 2);
    let left = shown::fit(&said.left, usize::from(room.saturating_sub(1)));
    let (x, end) = (area.x + 1, area.x + room);
    let mut at =
        line::write(buf, (x, area.y), end.saturating_sub(x), &left, theme.part(Part::Title));
    if !left.is_empty() && !said.aside.is_empty() {
        at = line::write(buf, (at, area.y), end.saturating_sub(at), " · ", theme.part(Part::Aside));
    }
    let aside = shown::fit(&said.aside, usize::from(end.saturating_sub(at)));
    line::write(buf, (at, area.y), end.saturating_sub(at), &aside, theme.part(Part::Aside));
    let x = area.x + area.width.saturating_sub(shown::width(&right) as u16);
    line::write(buf, (x, area.y), area.width, &right, theme.part(Part::Aside));
}

/// Draws the line at the bottom. Returns the place of the cursor while a line is typed.
pub(super) fn status(
    model: &Model,
    theme: &Theme,
    area: Area,
    buf: &mut Buffer,
) -> Option<Position> {
    let said = status::status(model);
    let base = theme.part(Part::Status);
    line::fill(buf, area, base);
    let part = match (&model.message, said.cursor) {
        (None, None) => Part::Status,
        _ => Part::Message,
    };
    let end = area.x + area.width;
    let room = usize::from(area.width.saturating_sub(2));
    // While a line is typed, its cursor is what has to be seen.
    let skipped = said.cursor.map_or(0, |cursor| cursor.saturating_sub(room));
    let left = match said.cursor {
        Some(_) => behind(&said.left, skipped),
        None => shown::fit(&said.left, room),
    };
    let mut at = line::write(buf, (area.x + 1, area.y), area.width - 1, &left, theme.part(part));
    if !said.aside.is_empty() {
        let room = end.saturating_sub(at + 2);
        let aside = shown::fit(&said.aside, usize::from(room.saturating_sub(1)));
        at = line::write(buf, (at + 2, area.y), room, &aside, base);
    }
    hints(&said.right, (at, end), area.y, base, buf);
    let cursor = said.cursor.map(|cursor| area.x + 1 + (cursor - skipped) as u16);
    cursor.map(|x| Position::new(x.min(end.saturating_sub(1)), area.y))
}

/// The keys that help next, as many as there is room for.
fn hints(
    said: &str,
    (from, end): (u16, u16),
    y: u16,
    style: ratatui::style::Style,
    buf: &mut Buffer,
) {
    let mut said = said;
    let width = |said: &str| shown::width(said) as u16;
    while from + 2 + width(said) + 1 > end {
        let Some((_, rest)) = said.split_once("  ") else { return };
        said = rest;
    }
    line::write(buf, (end - width(said) - 1, y), end, said, style);
}

/// The glyphs of a line behind the first `cells`.
fn behind(text: &str, cells: usize) -> String {
    let mut left = cells;
    let glyphs = shown::glyphs(text).skip_while(|glyph| {
        let skip = left > 0;
        left = left.saturating_sub(usize::from(glyph.width));
        skip
    });
    glyphs.map(|glyph| glyph.shown).collect()
}

/// Says that there is no room to read, as far as that fits.
pub(super) fn too_small(model: &Model, theme: &Theme, buf: &mut Buffer) {
    let size = model.view.size;
    let style = theme.part(Part::Aside);
    line::write(buf, (0, 0), size.width, "recto: too small", style);
}
