//! What lies over the panes: a list to choose from, or a line to type.

use super::Model;
use super::action::Purpose;
use super::keymap::Mode;
use super::lists::List;
use super::palette::Palette;
use super::prompt::Prompt;

/// What lies over the panes.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// A list.
    List(List),
    /// A line to type, over a list of what it may mean.
    Palette(Palette),
    /// A line to type, in place of the status line.
    Prompt(Prompt),
}

impl Model {
    /// Closes what lies over the panes. False where nothing did.
    pub fn close_overlay(&mut self) -> bool {
        match self.overlay.take() {
            Some(Overlay::Prompt(Prompt { purpose: Purpose::Search, .. })) => self.cancel_search(),
            Some(Overlay::Prompt(Prompt { purpose: Purpose::Filter, .. })) => self.unfilter(),
            Some(_) => {}
            None => return false,
        }
        true
    }

    /// Lists all names again.
    pub fn unfilter(&mut self) {
        self.entities.filter.clear();
        self.arrange_entities();
    }

    /// What keys are for at the moment.
    pub fn mode(&self) -> Mode {
        match self.overlay {
            Some(Overlay::Prompt(_) | Overlay::Palette(_)) => Mode::Typing,
            _ => Mode::Reading,
        }
    }
}
