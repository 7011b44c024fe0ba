//! A line that is typed in place of the status line.

use super::Model;
use super::action::{Effect, Purpose};
use super::overlay::Overlay;
use crate::layout::panes::Pane;

/// A line that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What for.
    pub purpose: Purpose,
    /// What stands there so far.
    pub text: String,
}

impl Model {
    /// Opens a line to type.
    pub fn ask(&mut self, purpose: Purpose) {
        let text = match purpose {
            Purpose::Search => {
                self.begin_search();
                String::new()
            }
            Purpose::Filter => {
                self.focus_on(Pane::Entities);
                self.entities.filter.clone()
            }
            Purpose::Note => self.note_here(),
            Purpose::Add => self.offered(),
            Purpose::Rename => String::new(),
        };
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, text }));
    }

    /// What is typed into the open search line.
    pub fn typed(&self) -> Option<&str> {
        match &self.overlay {
            Some(Overlay::Prompt(prompt)) if prompt.purpose == Purpose::Search => {
                Some(&prompt.text)
            }
            _ => None,
        }
    }

    /// Changes the line that is being typed.
    pub fn edit(&mut self, change: impl FnOnce(&mut String)) -> Vec<Effect> {
        if let Some(Overlay::Palette(palette)) = &mut self.overlay {
            change(&mut palette.text);
            self.refresh_palette();
            return Vec::new();
        }
        let Some(Overlay::Prompt(prompt)) = &mut self.overlay else { return Vec::new() };
        change(&mut prompt.text);
        self.search.recalled = None;
        let text = prompt.text.clone();
        match prompt.purpose {
            Purpose::Search => self.search_for(&text),
            Purpose::Filter => {
                self.entities.filter = text;
                self.arrange_entities();
                Vec::new()
            }
            Purpose::Note | Purpose::Add | Purpose::Rename => Vec::new(),
        }
    }

    /// Answers the prompt.
    pub fn submit(&mut self) -> Vec<Effect> {
        let prompt = match self.overlay.take() {
            Some(Overlay::Prompt(prompt)) => prompt,
            Some(Overlay::Palette(palette)) => return self.take_pointed(&palette),
            _ => return Vec::new(),
        };
        match prompt.purpose {
            Purpose::Search => return self.submit_search(&prompt.text),
            Purpose::Filter => {}
            Purpose::Note => return self.annotate(&prompt.text),
            Purpose::Add => self.name_to_add(&prompt.text),
            Purpose::Rename => return self.rename_to(&prompt.text),
        }
        Vec::new()
    }
}
