//! The model as cells. Drawing looks at the [`Model`] and changes nothing.
//!
//! ```text
//!  bars::title
//! ╭ text::draw ───────────────╮╭ text::draw ─────────╮╭ names::draw ─╮
//! │ gutter  line::paint       ││ author line         ││ heading      │
//! │                           ││ line::paint         ││  name  18·9  │
//! │                           ││ ties::draw          ││              │
//! ╰ frame::draw ──────────────╯╰─────────────────────╯╰──────────────╯
//!  bars::status                       (lists::draw lies over the panes)
//! ```
//!
//! May not know: crossterm, the store. It returns nothing but where the cursor stands.

mod bars;
mod frame;
mod line;
mod lists;
mod names;
mod pictures;
pub mod style;
mod text;
pub mod theme;
pub mod themes;
mod ties;
mod when;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::Model;
use crate::app::reading::lit::Lit;
use crate::layout::panes::{Area, Pane};
use theme::{Part, Theme};

/// Draws everything into `buf`. Returns where the terminal's cursor belongs: in a line that is
/// being typed, else where the reader is.
pub fn draw(model: &Model, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    buf.set_style(buf.area, theme.part(Part::Page));
    if !model.view.size.is_enough() {
        bars::too_small(model, theme, buf);
        return None;
    }
    let panes = model.panes();
    let lit = Lit::of(model);
    for pane in [Pane::Body, Pane::Comments, Pane::Entities] {
        let Some(area) = panes.of(pane) else { continue };
        frame::draw(model, theme, pane, area, buf);
        match pane {
            Pane::Entities => names::draw(model, theme, buf),
            _ => text::draw(model, theme, pane, &lit, buf),
        }
    }
    if panes.comments.is_some() {
        ties::draw(model, theme, buf);
    }
    bars::title(model, theme, panes.title, buf);
    lists::draw(model, theme, buf);
    let typed = bars::status(model, theme, panes.status, buf);
    typed.or_else(|| {
        let (x, y) = model.focus_cell().filter(|_| model.settings.cursor)?;
        Some(Position::new(x, y)).filter(|&cell| buf.area.contains(cell))
    })
}

/// A rectangle of the layout, cut to what the buffer has.
fn rect(area: Area, buf: &Buffer) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height).intersection(buf.area)
}
