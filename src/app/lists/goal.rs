//! What can be meant in the palette: actions, headings, entities, commenters, bookmarks, and what can
//! be done about an entity.
//!
//! May not know: what is typed.

use std::borrow::Cow;

use crate::analysis::Kind;
use crate::app::Model;
use crate::app::entities::correct::Step;
use crate::app::lists::item::Item;
use crate::app::lists::palette::Scope;

/// Of each kind of thing at most so many are compared with what is typed, so that no key has to
/// wait in a discussion of any size: those that are mentioned or write most come first.
pub(super) const COMPARED: usize = 10_000;

/// Of a name no more than so many bytes are compared and shown.
const LONGEST: usize = 160;

/// What a line of the palette stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// Nothing: a heading of the list.
    Nothing,
    /// An action, as an index into the commands of the keymap.
    Command(u32),
    /// A heading of the article, as an index into its blocks.
    Heading(u32),
    /// An entity, as an index into those of the analysis.
    Entity(u32),
    /// Who wrote comments, as an index into the directory.
    Commenter(u32),
    /// A bookmark, by its number.
    Bookmark(u32),
    /// Something to do about an entity.
    Step(Step),
    /// A form of an entity, by its number.
    Form(u32),
    /// A kind.
    Kind(Kind),
}

impl Model {
    /// All that can be looked for.
    pub(super) fn goals(&self, scope: Scope) -> Vec<Goal> {
        match scope {
            Scope::Everything => self.places(COMPARED),
            Scope::Keys => self.places(0),
            Scope::Correct(_) => Step::ALL.map(Goal::Step).into(),
            Scope::Merge(entity) => self.others(entity),
            Scope::Split(entity) => (0..self.forms(entity).len() as u32).map(Goal::Form).collect(),
            Scope::Retype(_) | Scope::Add => Kind::ALL.map(Goal::Kind).into(),
        }
    }

    /// All entities but one: those that share a word with its name come first, then its kind.
    fn others(&self, entity: u32) -> Vec<Goal> {
        let entities = &self.found.names.entities;
        let name = self.entity(entity).map_or("", |entity| &entity.name);
        let kind = self.entity(entity).map(|entity| entity.kind);
        let apart = |&index: &u32| {
            let other = &entities[index as usize];
            let mut words = other.name.split_whitespace();
            let shares = words.any(|word| name.split_whitespace().any(|own| own == word));
            (!shares, Some(other.kind) != kind)
        };
        let others = 0..entities.len().min(COMPARED) as u32;
        let mut others: Vec<u32> = others.filter(|&other| other != entity).collect();
        others.sort_by_key(apart);
        others.into_iter().map(Goal::Entity).collect()
    }

    /// All actions, and at most so many of each kind of place.
    fn places(&self, places: usize) -> Vec<Goal> {
        let found = &self.found.names;
        let upto = move |count: usize| 0..count.min(places) as u32;
        let headings = found.directory.headings.iter().take(places).copied();
        (0..self.settings.keymap.commands().len() as u32)
            .map(Goal::Command)
            .chain(headings.map(Goal::Heading))
            .chain(upto(found.entities.len()).map(Goal::Entity))
            .chain(upto(found.directory.commenters.len()).map(Goal::Commenter))
            .chain(upto(self.marks.placed().take(places).count()).map(Goal::Bookmark))
            .collect()
    }

    /// By what a goal is found.
    pub(super) fn words(&self, scope: Scope, goal: Goal) -> Cow<'_, str> {
        let (doc, found) = (&self.doc, &self.found.names);
        let words = match goal {
            Goal::Nothing => None,
            Goal::Command(index) => {
                let commands = self.settings.keymap.commands();
                commands.get(index as usize).map(|(_, binding)| binding.help)
            }
            Goal::Heading(block) => doc.blocks.get(block as usize).map(|one| doc.words(one)),
            Goal::Entity(index) => found.entities.get(index as usize).map(|one| one.name.as_str()),
            Goal::Commenter(index) => {
                let commenter = found.directory.commenters.get(index as usize);
                let comment = commenter.and_then(|one| doc.comments.get(one.first as usize));
                comment.and_then(|comment| doc.author(comment))
            }
            Goal::Bookmark(index) => {
                self.marks.all().get(index as usize).map(|mark| mark.words.as_str())
            }
            Goal::Step(step) => Some(step.words(self.corrections.reach)),
            Goal::Kind(kind) => Some(kind.name()),
            Goal::Form(form) => {
                let Scope::Split(entity) = scope else { return Cow::default() };
                let forms = self.forms(entity);
                return forms.get(form as usize).cloned().unwrap_or_default().into();
            }
        };
        start_of(words.unwrap_or_default()).into()
    }

    /// By what else an action is found: its name.
    pub(super) fn also(&self, goal: Goal) -> Option<&str> {
        let Goal::Command(index) = goal else { return None };
        Some(self.settings.keymap.commands().get(index as usize)?.1.name)
    }

    pub(super) fn item(&self, scope: Scope, goal: Goal) -> Item {
        let found = &self.found.names;
        let (lead, more) = match goal {
            Goal::Nothing | Goal::Step(_) | Goal::Form(_) | Goal::Kind(_) => Default::default(),
            Goal::Command(index) => {
                let written = self.settings.keymap.written(index as usize);
                let name = self.also(goal).filter(|_| scope == Scope::Everything);
                (written, name.unwrap_or_default().to_owned())
            }
            Goal::Heading(_) => ("heading".into(), String::new()),
            Goal::Entity(index) => {
                let entity = found.entities.get(index as usize);
                let count = entity.map_or(0, |entity| entity.mentions.len());
                (entity.map_or("", |entity| entity.kind.name()).into(), format!("{count}×"))
            }
            Goal::Commenter(index) => {
                let commenter = found.directory.commenters.get(index as usize);
                let count = commenter.map_or(0, |one| one.comments);
                let plural = if count == 1 { "" } else { "s" };
                ("commenter".into(), format!("{count} comment{plural}"))
            }
            Goal::Bookmark(_) => ("★".into(), String::new()),
        };
        let text = self.words(scope, goal).trim().to_owned();
        Item { lead, text, more, ..Item::default() }
    }
}

/// The start of some words, cut at a character.
fn start_of(words: &str) -> &str {
    words.split_at(words.floor_char_boundary(LONGEST)).0
}
