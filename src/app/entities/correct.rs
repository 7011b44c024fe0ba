//! Correcting the list of names: what can be done about an entity, and what was done.
//!
//! May not know: files, what a correction does to what was found.

use std::sync::Arc;

use crate::analysis::corrections::Correction;
use crate::analysis::{Entity, Kind, Names};
use crate::app::Model;
use crate::app::action::{Effect, Purpose};
use crate::app::lists::field::Field;
use crate::app::lists::overlay::Overlay;
use crate::app::lists::palette::Scope;
use crate::app::lists::prompt::Prompt;
use crate::layout::panes::Pane;
use crate::text::span::Span;

/// Longest passage that is offered as a name, in bytes.
const LONGEST: usize = 80;

/// What the reader corrected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    /// All that hold, in their order.
    list: Vec<Correction>,
    /// What was found, without them.
    found: Arc<Names>,
    /// Those made since the article was opened, which can be taken back.
    done: Vec<(Correction, Reach)>,
    /// Where the next one holds.
    pub reach: Reach,
    /// What the reader is about to give a kind or another name.
    subject: String,
    /// The entity to be selected once the next correction is made.
    follow: Option<String>,
}

/// Where a correction holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// In this article.
    #[default]
    Here,
    /// In all articles.
    Everywhere,
}

/// What can be done about an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is the same as another one.
    Merge,
    /// One of its forms is another one.
    Split,
    /// It has another name.
    Rename,
    /// It is of another kind.
    Retype,
    /// It is none.
    Hide,
    /// Corrections hold in this article, or in all.
    Reach,
}

impl Step {
    /// All, in the order of the menu.
    pub const ALL: [Self; 6] =
        [Self::Merge, Self::Split, Self::Rename, Self::Retype, Self::Hide, Self::Reach];

    /// What the menu says.
    pub const fn words(self, reach: Reach) -> &'static str {
        match (self, reach) {
            (Self::Merge, _) => "the same as …",
            (Self::Split, _) => "one of its names is another …",
            (Self::Rename, _) => "call it …",
            (Self::Retype, _) => "it is a …",
            (Self::Hide, _) => "not a name: hide it",
            (Self::Reach, Reach::Here) => "kept for this article: keep for all",
            (Self::Reach, Reach::Everywhere) => "kept for all articles: keep for this",
        }
    }
}

impl Model {
    /// Opens what can be done about the entity under the cursor; where there is none, asks for
    /// the words that are one.
    pub fn correct(&mut self) {
        match self.to_correct() {
            Some(entity) => self.open_palette(Scope::Correct(entity)),
            None => self.ask(Purpose::Add),
        }
    }

    fn to_correct(&self) -> Option<u32> {
        match self.focus() {
            Pane::Entities => self.entities.pointed(),
            _ if self.selection.is_some() => None,
            // A hit that is no name may be meant to become one.
            _ if self.hit_here().is_some() => self.found.names.entity_at(self.at()),
            _ => self.entity_here(),
        }
    }

    /// The words that are offered as the name of an entity: what is selected or was found.
    pub fn offered(&self) -> String {
        let span = self.selection.map(|_| self.passage()).or(self.hit_here());
        let words = span.map_or("", |span| self.doc.slice(span).trim());
        if words.len() <= LONGEST { words.to_owned() } else { String::new() }
    }

    fn hit_here(&self) -> Option<Span> {
        let hits = &self.search.hits;
        let hit = hits.get(hits.partition_point(|hit| hit.start < self.at()));
        hit.copied().filter(|hit| hit.start == self.at())
    }

    /// Goes on with a step of the menu.
    pub fn step_correction(&mut self, entity: u32, step: Step) -> Vec<Effect> {
        let Some(name) = self.entity(entity).map(|entity| entity.name.clone()) else {
            return Vec::new();
        };
        match step {
            Step::Merge => self.open_palette(Scope::Merge(entity)),
            Step::Split if self.forms(entity).is_empty() => self.tell("it has only one name"),
            Step::Split => self.open_palette(Scope::Split(entity)),
            Step::Rename => {
                self.corrections.subject.clone_from(&name);
                let purpose = Purpose::Rename;
                self.overlay =
                    Some(Overlay::Prompt(Prompt { purpose, field: Field::new(name), over: None }));
            }
            Step::Retype => self.open_palette(Scope::Retype(entity)),
            Step::Hide => return self.make_correction(Correction::Hide { name }),
            Step::Reach => {
                self.corrections.reach = match self.corrections.reach {
                    Reach::Here => Reach::Everywhere,
                    Reach::Everywhere => Reach::Here,
                };
                self.open_palette(Scope::Correct(entity));
            }
        }
        Vec::new()
    }

    /// An entity is the same as another one.
    pub fn merge_into(&mut self, entity: u32, into: u32) -> Vec<Effect> {
        match (self.entity(entity), self.entity(into)) {
            (Some(one), Some(other)) => {
                let (name, into) = (one.name.clone(), other.name.clone());
                self.make_correction(Correction::Merge { name, into })
            }
            _ => Vec::new(),
        }
    }

    /// One form of an entity is another one.
    pub fn split_off(&mut self, entity: u32, form: usize) -> Vec<Effect> {
        let form = self.forms(entity).get(form).cloned();
        match (self.entity(entity), form) {
            (Some(one), Some(form)) => {
                let name = one.name.clone();
                self.make_correction(Correction::Split { name, form })
            }
            _ => Vec::new(),
        }
    }

    /// An entity is of another kind.
    pub fn retype(&mut self, entity: u32, kind: Kind) -> Vec<Effect> {
        let name = self.entity(entity).map(|entity| entity.name.clone());
        name.map(|name| self.make_correction(Correction::Kind { name, kind })).unwrap_or_default()
    }

    /// Takes a typed name in: of the entity that is renamed.
    pub fn rename_to(&mut self, to: &str) -> Vec<Effect> {
        let (name, to) = (std::mem::take(&mut self.corrections.subject), to.trim().to_owned());
        if to.is_empty() || to == name {
            return Vec::new();
        }
        self.make_correction(Correction::Rename { name, to })
    }

    /// Takes typed words in that are the name of an entity, and asks for its kind.
    pub fn name_to_add(&mut self, words: &str) {
        words.trim().clone_into(&mut self.corrections.subject);
        if self.corrections.subject.is_empty() {
            return;
        }
        if !self.doc.text.contains(&self.corrections.subject) {
            return self.tell(&format!("“{}” is not in this text", words.trim()));
        }
        self.open_palette(Scope::Add);
    }

    /// The words that were typed are an entity of some kind.
    pub fn add_entity(&mut self, kind: Kind) -> Vec<Effect> {
        let name = std::mem::take(&mut self.corrections.subject);
        self.selection = None;
        self.make_correction(Correction::Add { name, kind })
    }

    /// The forms of an entity that stand in the text beside its name.
    pub fn forms(&self, entity: u32) -> Vec<String> {
        let Some(entity) = self.entity(entity) else { return Vec::new() };
        let stand = |form: &&String| {
            entity.mentions.iter().any(|&mention| self.doc.slice(mention) == form.as_str())
        };
        entity.aliases.iter().filter(stand).cloned().collect()
    }

    /// An entity by its index.
    pub fn entity(&self, entity: u32) -> Option<&Entity> {
        self.found.names.entities.get(entity as usize)
    }

    fn make_correction(&mut self, correction: Correction) -> Vec<Effect> {
        let reach = self.corrections.reach;
        self.corrections.follow = followed(&correction);
        self.corrections.list.push(correction.clone());
        self.corrections.done.push((correction.clone(), reach));
        self.tell(&match self.key(&crate::app::action::Action::Undo) {
            Some(key) => format!("{} · {key} takes it back", said(&correction)),
            None => said(&correction),
        });
        let mut effects = self.apply_corrections();
        effects.push(Effect::KeepCorrection(correction, reach));
        effects
    }

    /// Takes the last correction back, if one was made after what else could be taken back.
    pub fn undo_correction(&mut self) -> Option<Vec<Effect>> {
        let (correction, reach) = self.corrections.done.pop()?;
        if let Some(last) = self.corrections.list.iter().rposition(|one| *one == correction) {
            self.corrections.list.remove(last);
        }
        self.tell("the correction is taken back");
        let mut effects = self.apply_corrections();
        effects.push(Effect::DropCorrection(correction, reach));
        Some(effects)
    }

    /// Takes in the corrections that were kept.
    pub fn take_corrections(&mut self, corrections: Vec<Correction>) {
        self.corrections.list = corrections;
    }

    /// Takes in what was found, to be corrected before it is shown.
    pub fn take_found(&mut self, found: Arc<Names>) -> Vec<Effect> {
        self.corrections.found = Arc::clone(&found);
        if self.corrections.list.is_empty() {
            self.take_names(found);
            return Vec::new();
        }
        self.apply_corrections()
    }

    fn apply_corrections(&self) -> Vec<Effect> {
        let found = Arc::clone(&self.corrections.found);
        vec![Effect::Correct(found, self.corrections.list.clone())]
    }

    /// The name of the entity that is to be selected after a correction.
    pub fn follow_correction(&mut self) -> Option<String> {
        self.corrections.follow.take()
    }

    /// What is to be given a kind.
    pub fn subject(&self) -> &str {
        &self.corrections.subject
    }
}

/// Which entity a correction leaves in its place.
fn followed(correction: &Correction) -> Option<String> {
    match correction {
        Correction::Merge { into, .. } => Some(into.clone()),
        Correction::Split { form, .. } => Some(form.clone()),
        Correction::Rename { to, .. } => Some(to.clone()),
        Correction::Kind { name, .. } | Correction::Add { name, .. } => Some(name.clone()),
        Correction::Hide { .. } => None,
    }
}

fn said(correction: &Correction) -> String {
    match correction {
        Correction::Merge { name, into } => format!("{name} is {into}"),
        Correction::Split { form, .. } => format!("{form} is listed by itself"),
        Correction::Rename { name, to } => format!("{name} is called {to}"),
        Correction::Kind { name, kind } => format!("{name}: {}", kind.name()),
        Correction::Hide { name } => format!("{name} is hidden"),
        Correction::Add { name, .. } => format!("{name} is listed"),
    }
}
