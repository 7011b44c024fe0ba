//! The lists that lie over the panes.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget as _};

use super::theme::{Part, Theme};
use super::{frame, line, pictures, rect};
use crate::app::Model;
use crate::app::keys;
use crate::app::lists::item::Item;
use crate::app::lists::list::{List, Order};
use crate::app::lists::overlay::Overlay;
use crate::app::lists::sheet::Sheet;
use crate::layout::panes::{self, Area};
use crate::text::shown;

/// The bytes of the text of a line, by its index, that are lit.
type Lit<'a> = &'a dyn Fn(usize) -> &'a [u32];

/// What a list shows.
struct Panel<'a> {
    title: &'a str,
    items: &'a [&'a Item],
    /// Index of the line that is pointed at.
    cursor: Option<usize>,
    /// Widest start of a line, in cells.
    lead: usize,
    /// Where in the text of a line letters are lit, in bytes.
    lit: Lit<'a>,
}

/// Draws the list that is open, if any, or what can follow the keys that wait.
pub(super) fn draw(model: &Model, theme: &Theme, buf: &mut Buffer) {
    if let Some((list, sheet)) = model.list().zip(model.sheet()) {
        return draw_list(theme, list, &sheet, buf);
    }
    match &model.overlay {
        Some(Overlay::Palette(palette)) => {
            let (title, items) = (palette.scope.title(), &palette.items.iter().collect::<Vec<_>>());
            let (cursor, lead) = (Some(palette.cursor), widest(items));
            let panel = Panel { title, items, cursor, lead, lit: &|index| palette.lit(index) };
            let area = model.palette_area().map(|(area, _)| area);
            panel.draw(theme, area.unwrap_or_default(), buf);
        }
        Some(Overlay::Picture(picture)) => pictures::draw(model, theme, picture, buf),
        Some(Overlay::List(_) | Overlay::Prompt(_)) => {}
        None => waiting(model, theme, buf),
    }
}

/// Draws a list, and below it more of the line that is pointed at.
fn draw_list(theme: &Theme, list: &List, sheet: &Sheet, buf: &mut Buffer) {
    let items: Vec<&Item> = list.lines(sheet.top).take(usize::from(sheet.lines.height)).collect();
    let title = title(list);
    let panel = Panel {
        title: &title,
        items: &items,
        cursor: Some(list.cursor() - sheet.top),
        lead: list.lead(),
        lit: &|_| &[],
    };
    panel.draw(theme, sheet.area, buf);
    if sheet.rows.is_empty() {
        return;
    }
    let inner = sheet.area.inner();
    let mut y = sheet.lines.y + sheet.lines.height;
    let end = inner.y + inner.height;
    if y < end {
        let rule = "─".repeat(usize::from(inner.width));
        line::write(buf, (inner.x, y), inner.width, &rule, theme.part(Part::Rule));
    }
    let detail = &sheet.detail;
    for row in &sheet.rows {
        y += 1;
        let width = inner.width.saturating_sub(2);
        let at = Area { x: inner.x + 1, y, width, height: 1 };
        if y < end {
            let words = (detail.text.as_str(), *row, 0);
            line::paint(words, (Style::new(), &detail.runs), theme, (at, &mut *buf));
        }
    }
}

/// What it lists, in which order, and how many of the lines are left by what they must hold.
fn title(list: &List) -> String {
    let order = (list.order() != Order::default()).then(|| list.order().name().to_owned());
    let words = Some(shown::line(list.filter())).filter(|words| !words.is_empty());
    let some = words.map(|words| format!("{} with “{words}”", list.len()));
    let parts = [Some(list.topic.title().to_owned()), order, some];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What can follow the keys that have been waiting for a moment.
fn waiting(model: &Model, theme: &Theme, buf: &mut Buffer) {
    if model.prefix.is_empty() {
        return;
    }
    let after = model.settings.keymap.after(&model.prefix).into_iter();
    let items: Vec<Item> = after
        .map(|(lead, binding)| Item { lead, text: binding.help.into(), ..Item::default() })
        .collect();
    let items: &[&Item] = &items.iter().collect::<Vec<_>>();
    let (title, cursor, lead) = (&keys::written(&model.prefix), None, widest(items));
    let panel = Panel { title, items, cursor, lead, lit: &|_| &[] };
    panel.draw(theme, lower(model, items.len()), buf);
}

/// On the status line.
fn lower(model: &Model, lines: usize) -> Area {
    let area = panes::list(model.view.size, lines);
    Area { y: model.view.size.height - 1 - area.height, ..area }
}

impl Panel<'_> {
    fn draw(&self, theme: &Theme, area: Area, buf: &mut Buffer) {
        Clear.render(rect(area, buf), buf);
        line::fill(buf, area, theme.part(Part::Page));
        frame::outline(theme, true, area, buf);
        let title = format!(" {} ", self.title);
        let width = area.width.saturating_sub(2);
        line::write(buf, (area.x + 1, area.y), width, &title, theme.part(Part::FocusedName));
        let inner = area.inner();
        let lead = (self.lead as u16).min(inner.width / 3);
        let top = panes::first_shown(self.cursor.unwrap_or(0), self.items.len(), inner.height);
        let items = self.items.iter().enumerate().skip(top);
        for ((index, item), y) in items.zip(inner.y..inner.y + inner.height) {
            let row = Area { y, height: 1, ..inner };
            draw_item(theme, (item, lead, (self.lit)(index)), row, buf);
            if Some(index) == self.cursor {
                line::fill(buf, row, theme.part(Part::Pointed));
            }
        }
    }
}

fn widest(items: &[&Item]) -> usize {
    items.iter().map(|item| shown::width(&item.lead)).max().unwrap_or(0)
}

fn draw_item(theme: &Theme, (item, lead, lit): (&Item, u16, &[u32]), row: Area, buf: &mut Buffer) {
    let (x, end) = (row.x + 1, row.x + row.width);
    if item.heading {
        line::write(buf, (x, row.y), end - x, &item.text, theme.part(Part::Kind));
        return;
    }
    line::write(buf, (x, row.y), lead, &item.lead, theme.part(Part::Author));
    let start = if lead == 0 { x } else { x + lead + 2 };
    let room = end.saturating_sub(start + 1);
    // What is said of it is not pushed out by its words: it gets half of the line if it needs it.
    let more = if item.more.is_empty() { 0 } else { shown::width(&item.more) + 2 };
    let words = usize::from(room).saturating_sub(more.min(usize::from(room) / 2));
    let text = shown::fit(&item.text, words);
    let after = line::write(buf, (start, row.y), room, &text, Style::new());
    light(&text, lit, Area { x: start, width: room, ..row }, buf);
    if !item.more.is_empty() && after + 5 < end {
        let more = format!("  {}", shown::fit(&item.more, usize::from(end - after - 3)));
        line::write(buf, (after, row.y), end - after, &more, theme.part(Part::Aside));
    }
}

/// Lights the letters of a line that were typed.
fn light(text: &str, lit: &[u32], area: Area, buf: &mut Buffer) {
    let mut x = area.x;
    for glyph in shown::glyphs(text).take_while(|_| !lit.is_empty()) {
        let cell = Area { x, width: glyph.width, ..area };
        if lit.binary_search(&glyph.at).is_ok() && x + glyph.width <= area.x + area.width {
            line::fill(buf, cell, Style::new().bold().underlined());
        }
        x += glyph.width;
    }
}
