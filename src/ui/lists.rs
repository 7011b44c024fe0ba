//! The lists that lie over the panes.

use ratatui::buffer::Buffer;
use ratatui::widgets::{Clear, Widget as _};

use super::theme::{Part, Theme};
use super::{frame, line, rect};
use crate::app::Model;
use crate::app::item::Item;
use crate::app::lists::List;
use crate::app::overlay::Overlay;
use crate::layout::panes::{self, Area};
use crate::text::shown;

/// Draws the list that is open, if any.
pub(super) fn draw(model: &Model, theme: &Theme, buf: &mut Buffer) {
    let Some(Overlay::List(list)) = &model.overlay else { return };
    let area = panes::list(model.view.size, list.items.len());
    Clear.render(rect(area, buf), buf);
    frame::outline(theme, true, area, buf);
    let title = format!(" {} ", list.topic.title());
    let width = area.width.saturating_sub(2);
    line::write(buf, (area.x + 1, area.y), width, &title, theme.part(Part::FocusedName));
    let inner = area.inner();
    let lead = lead_width(list).min(inner.width / 3);
    let top = panes::first_shown(list.cursor, list.items.len(), inner.height);
    let items = list.items.iter().enumerate().skip(top);
    for ((index, item), y) in items.zip(inner.y..inner.y + inner.height) {
        let row = Area { y, height: 1, ..inner };
        draw_item(theme, (item, lead), row, buf);
        if index == list.cursor {
            line::fill(buf, row, theme.part(Part::Pointed));
        }
    }
}

fn lead_width(list: &List) -> u16 {
    list.items.iter().map(|item| shown::width(&item.lead)).max().unwrap_or(0) as u16
}

fn draw_item(theme: &Theme, (item, lead): (&Item, u16), row: Area, buf: &mut Buffer) {
    let (x, end) = (row.x + 1, row.x + row.width);
    if item.heading {
        line::write(buf, (x, row.y), end - x, &item.text, theme.part(Part::Kind));
        return;
    }
    line::write(buf, (x, row.y), lead, &item.lead, theme.part(Part::Author));
    let start = if lead == 0 { x } else { x + lead + 2 };
    let room = end.saturating_sub(start + 1);
    let text = shown::fit(&item.text, usize::from(room));
    let style = ratatui::style::Style::new();
    let after = line::write(buf, (start, row.y), room, &text, style);
    if !item.more.is_empty() && after + 5 < end {
        let more = format!("  {}", shown::fit(&item.more, usize::from(end - after - 3)));
        line::write(buf, (after, row.y), end - after, &more, theme.part(Part::Aside));
    }
}
