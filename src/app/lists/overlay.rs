//! What lies over the panes: a list to choose from, or a line to type.

use crate::app::Model;
use crate::app::action::{Purpose, Topic};
use crate::app::keys::keymap::Mode;
use crate::app::lists::list::List;
use crate::app::lists::palette::Palette;
use crate::app::lists::prompt::Prompt;
use crate::app::reading::pictures::Shown;

/// What lies over the panes.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// A list.
    List(List),
    /// A line to type, over a list of what it may mean.
    Palette(Palette),
    /// A line to type, in place of the status line.
    Prompt(Prompt),
    /// A picture.
    Picture(Shown),
}

impl Model {
    /// The list that lies over the panes, also while a line is typed for it.
    pub fn list(&self) -> Option<&List> {
        match &self.overlay {
            Some(Overlay::List(list)) => Some(list),
            Some(Overlay::Prompt(prompt)) => prompt.over.as_ref(),
            Some(Overlay::Palette(_) | Overlay::Picture(_)) | None => None,
        }
    }

    /// As [`Model::list`], to change it.
    pub fn list_mut(&mut self) -> Option<&mut List> {
        match &mut self.overlay {
            Some(Overlay::List(list)) => Some(list),
            Some(Overlay::Prompt(prompt)) => prompt.over.as_mut(),
            Some(Overlay::Palette(_) | Overlay::Picture(_)) | None => None,
        }
    }

    /// The list that lies over the panes, taken away.
    pub fn take_list(&mut self) -> Option<List> {
        match self.overlay.take() {
            Some(Overlay::List(list)) => Some(list),
            _ => None,
        }
    }

    /// Closes what lies over the panes: a line before the list that it was typed for. False
    /// where nothing did.
    pub fn close_overlay(&mut self) -> bool {
        match self.overlay.take() {
            Some(Overlay::Prompt(prompt)) => self.give_up(prompt),
            Some(Overlay::List(_) | Overlay::Palette(_) | Overlay::Picture(_)) => {}
            None => return false,
        }
        true
    }

    /// Forgets what was typed.
    fn give_up(&mut self, prompt: Prompt) {
        match (prompt.purpose, prompt.over) {
            (Purpose::Search, _) => self.cancel_search(),
            (Purpose::Filter, None) => self.unfilter(),
            (Purpose::Comments, _) => self.widen(),
            (Purpose::Filter, Some(mut list)) => {
                list.set_filter("");
                self.overlay = Some(Overlay::List(list));
            }
            (Purpose::Note | Purpose::Add | Purpose::Rename, over) => {
                self.overlay = over.map(Overlay::List);
            }
        }
    }

    /// Shows all lines of the list again that has the keys. False where all are shown.
    pub fn unfilter_list(&mut self) -> bool {
        match &mut self.overlay {
            Some(Overlay::List(list)) if !list.filter().is_empty() => list.set_filter(""),
            _ => return false,
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
            Some(Overlay::List(ref list)) if list.topic == Topic::Links => Mode::Hinting,
            _ => Mode::Reading,
        }
    }
}
