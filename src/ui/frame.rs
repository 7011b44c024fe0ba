//! The border of a pane: its name, its weight, its scrollbar.

use ratatui::buffer::Buffer;

use super::line;
use super::theme::{Part, Theme};
use crate::app::Model;
use crate::app::file::progress::Reach;
use crate::app::lists::overview;
use crate::layout::panes::{self, Area, Pane};
use crate::text::span::Span;

/// Corners and sides: upper left, upper right, lower left, lower right, across, down.
type Lines = [&'static str; 6];

const LIGHT: Lines = ["╭", "╮", "╰", "╯", "─", "│"];

/// The pane that has the focus is told by weight, with or without colour.
const HEAVY: Lines = ["┏", "┓", "┗", "┛", "━", "┃"];

/// Draws the border of a pane with its name, and its scrollbar.
pub(super) fn draw(model: &Model, theme: &Theme, pane: Pane, area: Area, buf: &mut Buffer) {
    if panes::boxed(model.view.size) {
        let focused = model.focus() == pane && model.overlay.is_none();
        outline(theme, focused, area, buf);
        let style = if focused { Part::FocusedName } else { Part::Name };
        let name = format!(" {} ", name(model, pane));
        line::write(
            buf,
            (area.x + 1, area.y),
            area.width.saturating_sub(2),
            &name,
            theme.part(style),
        );
    }
    match pane {
        Pane::Entities => spread(model, theme, area, buf),
        _ => scrollbar(model, theme, pane, area, buf),
    }
}

/// A box, heavy or light.
pub(super) fn outline(theme: &Theme, heavy: bool, area: Area, buf: &mut Buffer) {
    let (lines, part) = if heavy { (HEAVY, Part::Focused) } else { (LIGHT, Part::Border) };
    let style = theme.part(part);
    let (right, bottom) = (area.x + area.width - 1, area.y + area.height - 1);
    let mut put = |x, y, symbol| line::write(buf, (x, y), 1, symbol, style);
    for x in area.x + 1..right {
        put(x, area.y, lines[4]);
        put(x, bottom, lines[4]);
    }
    for y in area.y + 1..bottom {
        put(area.x, y, lines[5]);
        put(right, y, lines[5]);
    }
    let corners = [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)];
    for ((x, y), corner) in corners.into_iter().zip(lines) {
        put(x, y, corner);
    }
}

/// On the lower border of the list: where the mentions of the pointed entity fall, from the start
/// of the article to the last comment.
fn spread(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) {
    let names = &model.found.names;
    let entity = model.entities.pointed().and_then(|one| names.entities.get(one as usize));
    let (Some(entity), true) = (entity, panes::boxed(model.view.size)) else { return };
    let counts = model.spread(entity, area.width.saturating_sub(4));
    let most = counts.iter().copied().max().unwrap_or(0);
    let y = area.y + area.height.saturating_sub(1);
    for (x, count) in (area.x + 2..).zip(counts) {
        if let Some(level) = overview::level(count, most) {
            line::write(buf, (x, y), 1, level, theme.part(Part::Tick));
        }
    }
}

/// The name of a pane, with what it holds.
fn name(model: &Model, pane: Pane) -> String {
    match pane {
        Pane::Body => "Article".into(),
        Pane::Comments if model.folds.is_cut_down() => {
            format!("Some of {} comments · F all", model.doc.comments.len())
        }
        Pane::Comments => format!("Comments {}", model.doc.comments.len()),
        Pane::Entities if model.entities.filter.is_empty() => {
            let count = model.found.names.entities.len();
            match model.progress.names {
                Reach::Whole => format!("Entities {count}"),
                Reach::Near => format!("Entities {count} near here"),
                _ if count == 0 => "Entities …".into(),
                _ => format!("Entities {count} …"),
            }
        }
        Pane::Entities => format!("Entities with “{}”", model.entities.filter),
    }
}

/// The scrollbar, on the right border: what is shown, and where something is lit.
fn scrollbar(model: &Model, theme: &Theme, pane: Pane, area: Area, buf: &mut Buffer) {
    let track = model.inner(pane);
    let flow = model.flow(pane);
    let whole = flow.span();
    let shown = flow.window(model.top(pane), track.height);
    if whole.is_empty() || track.height == 0 {
        return;
    }
    // Where all is in sight there is nothing to find one's way to.
    if shown.start <= whole.start && shown.end >= whole.end {
        return;
    }
    let x = area.x + area.width - 1;
    for row in 0..track.height {
        let part = portion(whole, track.height, row);
        let thumb = part.start < shown.end && shown.start < part.end;
        if let Some(tick) = tick(model, part) {
            line::write(buf, (x, track.y + row), 1, tick, theme.part(Part::Tick));
        } else if thumb {
            line::write(buf, (x, track.y + row), 1, "▐", theme.part(Part::Thumb));
        }
    }
}

/// The bytes that one row of a scrollbar stands for.
fn portion(whole: Span, rows: u16, row: u16) -> Span {
    let at = |row: u64| whole.start + (u64::from(whole.len()) * row / u64::from(rows)) as u32;
    Span::new(at(u64::from(row)), at(u64::from(row) + 1))
}

/// The mark for what is lit in some bytes.
fn tick(model: &Model, part: Span) -> Option<&'static str> {
    let selected = model.selected();
    let mentions = selected.map_or(&[][..], |entity| &entity.mentions);
    if starts_in(mentions, part) || starts_in(&model.search.hits, part) {
        return Some("•");
    }
    if model.marks.within(part).next().is_some() {
        return Some("★");
    }
    // Where nothing is being looked for: what the discussion is about.
    let looking = selected.is_some() || !model.search.hits.is_empty();
    let quoted = !looking && model.ties().reaching(part).len() > 0;
    quoted.then_some("❝")
}

/// Whether one of some sorted spans starts in `part`.
fn starts_in(spans: &[Span], part: Span) -> bool {
    let first = spans.partition_point(|span| span.start < part.start);
    spans.get(first).is_some_and(|span| span.start < part.end)
}
