//! The mouse: which cell was touched and how, and what that does. A press puts the cursor down or
//! takes hold of something, a drag moves what is held.
//!
//! May not know: crossterm, the clock.

pub mod cells;

use crate::app::Model;
use crate::app::action::{Effect, Scroll, Topic, Way};
use crate::app::lists::overlay::Overlay;
use crate::app::mouse::cells::Side;
use crate::app::reading::passage::Selection;
use crate::layout::panes::{self, Area, Pane};
use crate::text::span::Span;

/// Rows that a notch of the wheel moves.
const NOTCH: i32 = 3;

/// What was done with the mouse, and on which cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
    /// What was done.
    pub gesture: Gesture,
}

/// What was done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// The left button went down.
    Press,
    /// It went down again at once, on the same cell.
    Double,
    /// The mouse was moved while the button was down.
    Drag,
    /// The button went up.
    Release,
    /// The wheel was turned.
    Wheel(Way),
}

/// Whether the mouse is ours; else the terminal selects text with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capture {
    /// Ours.
    On,
    /// The terminal's.
    Off,
}

/// What the mouse holds while its button is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// Text of a pane, from a glyph.
    Text(Pane, Span),
    /// The scrollbar of a pane.
    Bar(Pane),
    /// The border between article and comments.
    Border,
}

impl Model {
    /// Does what the mouse says.
    pub fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        let Mouse { x, y, gesture } = mouse;
        match (gesture, &self.overlay) {
            (Gesture::Release, _) => self.release(),
            (_, Some(Overlay::Prompt(_))) => {}
            (Gesture::Wheel(way), Some(Overlay::Palette(_))) => self.roll_palette(way),
            (Gesture::Press, Some(Overlay::Palette(_))) => return self.take_at(x, y),
            (Gesture::Press, Some(Overlay::Picture(_))) => drop(self.close_overlay()),
            (Gesture::Wheel(way), Some(_)) => self.roll_list(way),
            (Gesture::Press, Some(_)) => return self.choose_at(x, y),
            (_, Some(_)) => {}
            (Gesture::Wheel(way), None) => self.roll(x, y, way),
            (Gesture::Press, None) => self.press(x, y),
            (Gesture::Double, None) => self.press_twice(x, y),
            (Gesture::Drag, None) => self.drag(x, y),
        }
        Vec::new()
    }

    /// Gives the mouse to the terminal, or takes it.
    pub fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.view.mouse = match self.view.mouse {
            Capture::On => Capture::Off,
            Capture::Off => Capture::On,
        };
        self.tell(match self.view.mouse {
            Capture::On => "the mouse points, drags and scrolls · with Shift the terminal selects",
            Capture::Off => "the mouse is the terminal's",
        });
        vec![Effect::Mouse(self.view.mouse)]
    }

    fn roll_list(&mut self, way: Way) {
        for _ in 0..NOTCH {
            self.scroll_list(Scroll::Row, way);
        }
    }

    fn roll_palette(&mut self, way: Way) {
        for _ in 0..NOTCH {
            self.scroll_palette(Scroll::Row, way);
        }
    }

    /// Does what the line of the palette under the mouse says; outside, closes it.
    fn take_at(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let Some((area, top)) = self.palette_area() else { return Vec::new() };
        if !area.holds(x, y) {
            self.close_overlay();
            return Vec::new();
        }
        let inner = area.inner();
        let line = top + usize::from(y.saturating_sub(inner.y));
        if inner.holds(x, y) && self.point_palette(line) { self.submit() } else { Vec::new() }
    }

    /// The button is up: on a link that was not dragged over, a look at where it leads.
    fn release(&mut self) {
        let Some(Grip::Text(_, glyph)) = self.grip.take() else { return };
        let still = self.selection.is_none() && self.overlay.is_none() && self.at() == glyph.start;
        if let Some(link) = self.link_at(glyph.start).filter(|_| still) {
            let items = self.behind(link);
            self.show_list(Topic::Peek, items);
        }
    }

    /// The line of the open list under the mouse; outside of the list, closes it.
    fn choose_at(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let Some(sheet) = self.sheet() else { return Vec::new() };
        if !sheet.area.holds(x, y) {
            self.close_overlay();
            return Vec::new();
        }
        let line = sheet.top + usize::from(y.saturating_sub(sheet.lines.y));
        match self.list_mut() {
            Some(list) if sheet.lines.holds(x, y) && line < list.len() => list.point(line),
            _ => return Vec::new(),
        }
        self.choose()
    }

    /// Scrolls the pane under the mouse; the focus stays where it is.
    fn roll(&mut self, x: u16, y: u16, way: Way) {
        let rows = if way == Way::Forward { NOTCH } else { -NOTCH };
        match self.panes().at(x, y) {
            Some((Pane::Entities, _)) => self.entities.step(NOTCH as usize, way),
            Some((pane, _)) => self.scroll_rows(pane, rows),
            None => return,
        }
        self.keep_step();
    }

    fn press(&mut self, x: u16, y: u16) {
        self.selection = None;
        let Some((pane, area)) = self.panes().at(x, y) else { return };
        if panes::border_at(self.view.size, &self.view.split, (x, y)) {
            self.grip = Some(Grip::Border);
        } else if pane == Pane::Entities {
            self.focus_on(pane);
            self.point_at(y);
        } else if self.is_bar(pane, area, (x, y)) {
            self.leave();
            self.grip = Some(Grip::Bar(pane));
            self.drag_bar(pane, y);
        } else {
            self.press_text(pane, (x, y));
        }
    }

    /// Puts the cursor on a glyph; a sign beside the text does what it stands for.
    fn press_text(&mut self, pane: Pane, (x, y): (u16, u16)) {
        let spot = self.spot(pane, x, y);
        self.focus_on(pane);
        let Some(spot) = spot else { return };
        self.place_mut(pane).at = spot.glyph.start;
        match spot.side {
            Side::Sign => self.toggle_fold(),
            Side::Gutter if self.takers(spot.row.span).0 > 0 => self.go(),
            _ => self.grip = Some(Grip::Text(pane, spot.glyph)),
        }
    }

    /// Selects the entity under the mouse, else the word.
    fn press_twice(&mut self, x: u16, y: u16) {
        let Some((pane, _)) = self.panes().at(x, y) else { return };
        if pane == Pane::Entities {
            return self.go();
        }
        let Some(spot) = self.spot(pane, x, y).filter(|spot| spot.side == Side::Text) else {
            return;
        };
        match self.found.names.entity_at(spot.glyph.start) {
            Some(entity) => self.select_entity(entity),
            None => self.select_word(pane, spot.glyph.start),
        }
    }

    fn select_word(&mut self, pane: Pane, at: u32) {
        let Some(word) = self.word_at(at) else { return };
        self.place_mut(pane).at = self.glyph_at(word.end - 1).start;
        self.selection = Some(Selection::Glyphs(self.glyph_at(word.start)));
    }

    fn drag(&mut self, x: u16, y: u16) {
        match self.grip {
            Some(Grip::Border) => self.drag_border(x),
            Some(Grip::Bar(pane)) => self.drag_bar(pane, y),
            Some(Grip::Text(pane, from)) => self.drag_text(pane, from, (x, y)),
            None => {}
        }
    }

    fn drag_border(&mut self, x: u16) {
        if let Some(share) = panes::share_at(self.view.size, &self.view.split, x) {
            self.set_share(share);
        }
    }

    /// Selects from a glyph to the one under the mouse; past an edge, scrolls.
    fn drag_text(&mut self, pane: Pane, from: Span, (x, y): (u16, u16)) {
        let text = self.column(pane).text;
        let (first, last) = (text.y, text.y + text.height.max(1) - 1);
        if y < first {
            self.scroll_rows(pane, -1);
        } else if y > last {
            self.scroll_rows(pane, 1);
        }
        let x = x.clamp(text.x, text.x + text.width.max(1) - 1);
        let Some(spot) = self.spot(pane, x, y.clamp(first, last)) else { return };
        self.place_mut(pane).at = spot.glyph.start;
        let moved = self.selection.is_some() || spot.glyph != from;
        self.selection = moved.then_some(Selection::Glyphs(from));
    }

    /// Shows the part of a pane that a row of its scrollbar stands for.
    fn drag_bar(&mut self, pane: Pane, y: u16) {
        let track = self.inner(pane);
        let rows = u64::from(track.height.max(1));
        let row = u64::from(y.saturating_sub(track.y)).min(rows - 1);
        let whole = self.flow(pane).span();
        let at = whole.start + (u64::from(whole.len()) * row / rows) as u32;
        self.place_mut(pane).top = self.flow(pane).step(at, 0);
        self.keep_cursor_in_view(pane);
    }

    /// Whether a cell is on the scrollbar of a pane.
    fn is_bar(&self, pane: Pane, area: Area, (x, y): (u16, u16)) -> bool {
        let track = self.inner(pane);
        x + 1 == area.x + area.width && track.y <= y && y < track.y + track.height
    }

    /// Points at the name in a row of the list, and selects it.
    fn point_at(&mut self, y: u16) {
        let area = self.inner(Pane::Entities);
        let list = &self.entities;
        let top = panes::first_shown(list.cursor, list.lines.len(), area.height);
        if let Some(row) = y.checked_sub(area.y).filter(|&row| row < area.height) {
            self.point_at_line(top + usize::from(row));
        }
    }
}
