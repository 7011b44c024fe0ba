//! A line that is typed in place of the status line.

use crate::app::Model;
use crate::app::action::{Effect, Purpose};
use crate::app::lists::field::Field;
use crate::app::lists::list::List;
use crate::app::lists::overlay::Overlay;
use crate::layout::panes::Pane;

/// A line that is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What for.
    pub purpose: Purpose,
    /// What stands there so far.
    pub field: Field,
    /// The list that it was opened from and is typed for.
    pub over: Option<List>,
}

impl Prompt {
    /// What stands before the line.
    pub const fn sign(&self) -> &'static str {
        match (self.purpose, &self.over) {
            (Purpose::Search, _) => "/",
            (Purpose::Filter, None) => "entities with: ",
            (Purpose::Filter, Some(_)) => "only with: ",
            (Purpose::Comments, _) => "comments with: ",
            (Purpose::Note, _) => "note: ",
            (Purpose::Add, _) => "add a name: ",
            (Purpose::Rename, _) => "call it: ",
        }
    }
}

impl Model {
    /// Opens a line to type. Over a list it is about that list.
    pub fn ask(&mut self, purpose: Purpose) {
        let comments = self.list().is_none() && self.focus() == Pane::Comments;
        let purpose = match purpose {
            Purpose::Filter if comments => Purpose::Comments,
            purpose => purpose,
        };
        let note = self.note_here();
        let about_it = match purpose {
            Purpose::Search | Purpose::Comments | Purpose::Add | Purpose::Rename => false,
            Purpose::Filter => true,
            Purpose::Note => self.bookmark_list().is_some(),
        };
        let over = self.take_list().filter(|_| about_it);
        let text = match (purpose, &over) {
            (Purpose::Search, _) => {
                self.begin_search();
                String::new()
            }
            (Purpose::Filter, Some(list)) => list.filter().to_owned(),
            (Purpose::Filter, None) => {
                self.focus_on(Pane::Entities);
                self.entities.filter.clone()
            }
            (Purpose::Note, _) => note,
            (Purpose::Add, _) => self.offered(),
            (Purpose::Comments | Purpose::Rename, _) => String::new(),
        };
        let field = Field::new(text);
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, field, over }));
    }

    /// What is typed into the open search line.
    pub fn typed(&self) -> Option<&str> {
        match &self.overlay {
            Some(Overlay::Prompt(prompt)) if prompt.purpose == Purpose::Search => {
                Some(prompt.field.text())
            }
            _ => None,
        }
    }

    /// Changes the line that is being typed.
    pub fn edit(&mut self, change: impl FnOnce(&mut Field)) -> Vec<Effect> {
        if let Some(Overlay::Palette(palette)) = &mut self.overlay {
            change(&mut palette.field);
            self.refresh_palette();
            return Vec::new();
        }
        let Some(Overlay::Prompt(prompt)) = &mut self.overlay else { return Vec::new() };
        let before = prompt.field.text().to_owned();
        change(&mut prompt.field);
        let text = prompt.field.text().to_owned();
        if text == before {
            return Vec::new();
        }
        self.search.recalled = None;
        match (prompt.purpose, &mut prompt.over) {
            (Purpose::Search, _) => return self.search_for(&text),
            (Purpose::Filter, Some(list)) => list.set_filter(&text),
            (Purpose::Filter, None) => {
                self.entities.filter = text;
                self.arrange_entities();
            }
            (Purpose::Comments, _) => self.preview_comments(&text),
            (Purpose::Note | Purpose::Add | Purpose::Rename, _) => {}
        }
        Vec::new()
    }

    /// Opens the note that is being typed, or that a line would be typed for, in an editor.
    pub fn compose(&mut self) -> Vec<Effect> {
        let typing =
            matches!(&self.overlay, Some(Overlay::Prompt(it)) if it.purpose == Purpose::Note);
        if !typing {
            self.ask(Purpose::Note);
        }
        match &self.overlay {
            Some(Overlay::Prompt(prompt)) => vec![Effect::Compose(prompt.field.text().to_owned())],
            _ => Vec::new(),
        }
    }

    /// Takes in what was written in an editor; where that failed, lets the reader judge it.
    pub fn composed(&mut self, text: String, failed: Option<String>) -> Vec<Effect> {
        let Some(Overlay::Prompt(prompt)) = &mut self.overlay else { return Vec::new() };
        prompt.field = Field::new(text);
        match failed {
            None => self.submit(),
            Some(why) => {
                self.tell(&why);
                Vec::new()
            }
        }
    }

    /// Answers the prompt.
    pub fn submit(&mut self) -> Vec<Effect> {
        let prompt = match self.overlay.take() {
            Some(Overlay::Prompt(prompt)) => prompt,
            Some(Overlay::Palette(palette)) => return self.take_pointed(&palette),
            _ => return Vec::new(),
        };
        self.overlay = prompt.over.map(Overlay::List);
        match prompt.purpose {
            Purpose::Search => return self.submit_search(prompt.field.text()),
            Purpose::Filter => {}
            Purpose::Comments => self.filter_comments(prompt.field.text()),
            Purpose::Note => return self.annotate(prompt.field.text()),
            Purpose::Add => self.name_to_add(prompt.field.text()),
            Purpose::Rename => return self.rename_to(prompt.field.text()),
        }
        Vec::new()
    }
}
