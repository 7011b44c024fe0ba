//! The lists that lie over the panes.

use ratatui::buffer::Buffer;
use ratatui::widgets::{Clear, Widget as _};

use super::theme::{Part, Theme};
use super::{frame, line, names, rect};
use crate::app::Model;
use crate::app::item::Item;
use crate::app::list::{List, Order};
use crate::layout::panes::Area;
use crate::text::shown;

/// Widest list, in cells.
const WIDEST: u16 = 84;

/// Draws the list that is open, if any.
pub(super) fn draw(model: &Model, theme: &Theme, buf: &mut Buffer) {
    let Some(list) = model.list() else { return };
    let area = place(model, list);
    Clear.render(rect(area, buf), buf);
    frame::outline(theme, true, area, buf);
    let width = area.width.saturating_sub(2);
    line::write(buf, (area.x + 1, area.y), width, &title(list), (theme.part)(Part::FocusedName));
    let inner = area.inner();
    let lead = (list.lead() as u16).min(inner.width / 3);
    let top = names::first_shown(list.cursor(), list.len(), inner.height);
    for ((index, item), y) in (top..).zip(list.lines(top)).zip(inner.y..inner.y + inner.height) {
        let row = Area { y, height: 1, ..inner };
        draw_item(theme, (item, lead), row, buf);
        if index == list.cursor() {
            line::fill(buf, row, (theme.part)(Part::Pointed));
        }
    }
}

/// What it lists, in which order, and how many of the lines are left by what they must hold.
fn title(list: &List) -> String {
    let order = (list.order() != Order::default()).then(|| list.order().name().to_owned());
    let words = Some(shown::line(list.filter())).filter(|words| !words.is_empty());
    let some = words.map(|words| format!("{} with “{words}”", list.len()));
    let parts = [Some(list.topic.title().to_owned()), order, some];
    format!(" {} ", parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// In the middle of the screen, as large as its lines want.
fn place(model: &Model, list: &List) -> Area {
    let size = model.view.size;
    let width = size.width.saturating_sub(2).min(WIDEST);
    let wanted = list.len().max(1) + 2;
    let height = wanted.min(usize::from(size.height.saturating_sub(2))) as u16;
    Area { x: (size.width - width) / 2, y: (size.height - height) / 2, width, height }
}

fn draw_item(theme: &Theme, (item, lead): (&Item, u16), row: Area, buf: &mut Buffer) {
    let (x, end) = (row.x + 1, row.x + row.width);
    if item.heading {
        line::write(buf, (x, row.y), end - x, &item.text, (theme.part)(Part::Kind));
        return;
    }
    line::write(buf, (x, row.y), lead, &item.lead, (theme.part)(Part::Author));
    let start = if lead == 0 { x } else { x + lead + 2 };
    let room = end.saturating_sub(start + 1);
    // What is said of it is not pushed out by its words: it gets half of the line if it needs it.
    let more = if item.more.is_empty() { 0 } else { shown::width(&item.more) + 2 };
    let words = usize::from(room).saturating_sub(more.min(usize::from(room) / 2));
    let text = shown::fit(&item.text, words);
    let style = ratatui::style::Style::new();
    let after = line::write(buf, (start, row.y), room, &text, style);
    if !item.more.is_empty() && after + 5 < end {
        let more = format!("  {}", shown::fit(&item.more, usize::from(end - after - 3)));
        line::write(buf, (after, row.y), end - after, &more, (theme.part)(Part::Aside));
    }
}
