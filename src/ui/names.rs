//! The side list of names.

use ratatui::buffer::Buffer;

use super::line;
use super::theme::{Part, Theme};
use crate::analysis::Entity;
use crate::app::Model;
use crate::app::entities::Line;
use crate::app::file::progress::Reach;
use crate::layout::panes::{self, Area, Pane};
use crate::text::shown;

/// Draws the lines that are on the screen; the cursor is kept near the middle.
pub(super) fn draw(model: &Model, theme: &Theme, buf: &mut Buffer) {
    let area = model.inner(Pane::Entities);
    let list = &model.entities;
    if list.lines.is_empty() {
        return say(model, theme, area, buf);
    }
    let top = panes::first_shown(list.cursor, list.lines.len(), area.height);
    let lines = list.lines.iter().enumerate().skip(top);
    for ((index, &line), y) in lines.zip(area.y..area.y + area.height) {
        let row = Area { y, height: 1, ..area };
        match line {
            Line::Heading(heading) => {
                let style = theme.part(Part::Kind);
                line::write(buf, (row.x + 1, y), row.width.saturating_sub(1), heading, style);
            }
            Line::Entity(entity) => {
                let entity = &model.found.names.entities[entity as usize];
                name(model, theme, (entity, index), row, buf);
            }
        }
    }
}

fn name(
    model: &Model,
    theme: &Theme,
    (entity, index): (&Entity, usize),
    row: Area,
    buf: &mut Buffer,
) {
    let list = &model.entities;
    let pointed = index == list.cursor;
    if pointed && model.focus() == Pane::Entities {
        line::fill(buf, row, theme.part(Part::Pointed));
    } else if pointed && list.selected.is_some() {
        line::fill(buf, row, theme.part(Part::Chosen));
    }
    let count = count(model, entity);
    let width = row.width.saturating_sub(count.len() as u16 + 3);
    let style = ratatui::style::Style::new();
    let mark = if pointed && list.selected.is_some() { "▌" } else { " " };
    line::write(buf, (row.x, row.y), 1, mark, theme.part(Part::Cursor));
    line::write(
        buf,
        (row.x + 1, row.y),
        width,
        &shown::fit(&entity.name, usize::from(width)),
        style,
    );
    let x = (row.x + row.width).saturating_sub(shown::width(&count) as u16 + 1);
    line::write(buf, (x, row.y), row.width, &count, theme.part(Part::Count));
}

/// How often an entity is mentioned, in the article and in the comments.
fn count(model: &Model, entity: &Entity) -> String {
    let body = entity.in_body as usize;
    if !model.view.split.discussion {
        return body.to_string();
    }
    format!("{body}·{}", entity.mentions.len() - body)
}

fn say(model: &Model, theme: &Theme, area: Area, buf: &mut Buffer) {
    let text = match (model.progress.names, model.entities.filter.is_empty()) {
        (Reach::Whole, true) => "no names found",
        (Reach::Near, true) => "no names near here",
        (Reach::Whole | Reach::Near, false) => "no name holds this",
        _ => "reading for names …",
    };
    line::write(
        buf,
        (area.x + 1, area.y),
        area.width.saturating_sub(1),
        text,
        theme.part(Part::Aside),
    );
}
