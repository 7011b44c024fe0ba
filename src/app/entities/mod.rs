//! The side list of names.

pub mod card;
pub mod correct;
pub mod elsewhere;

use crate::analysis::{Entity, Names, Order};
use crate::app::Model;
use crate::app::action::{Effect, Scroll, Way};
use crate::layout::panes::Pane;
use crate::text::find::Query;

/// The list: its lines, what it is cut down to, where its cursor stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// Headings and names, in the order shown. Made anew when the analysis, the filter or the
    /// order changes, never in a frame.
    pub lines: Vec<Line>,
    /// Index into `lines`; always of a name where there is one.
    pub cursor: usize,
    /// The entity whose mentions are lit, as an index into [`Names::entities`].
    pub selected: Option<u32>,
    /// Words that a name must hold to be listed.
    pub filter: String,
    /// The order within a kind.
    pub order: Order,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Above the names that stand under it.
    Heading(&'static str),
    /// A name, as an index into [`Names::entities`].
    Entity(u32),
}

impl List {
    /// Makes the lines anew.
    pub fn arrange(&mut self, names: &Names) {
        self.lines.clear();
        let query = Query::words(&self.filter);
        let mut last = None;
        for &index in names.listed(self.order) {
            let entity = &names.entities[index as usize];
            if query.as_ref().is_some_and(|query| !admits(query, entity)) {
                continue;
            }
            let heading = entity.heading();
            if last.replace(heading) != Some(heading) {
                self.lines.push(Line::Heading(heading));
            }
            self.lines.push(Line::Entity(index));
        }
        let selected = self.selected.and_then(|entity| self.line_of(entity));
        self.cursor = selected.unwrap_or_else(|| usize::from(self.lines.len() > 1));
    }

    /// Index of the line of a name by its number from 0, headings not counted.
    pub fn name_line(&self, number: usize) -> Option<usize> {
        let names =
            self.lines.iter().enumerate().filter(|(_, line)| matches!(line, Line::Entity(_)));
        names.map(|(index, _)| index).nth(number)
    }

    /// The line of an entity, where it is listed.
    pub fn line_of(&self, entity: u32) -> Option<usize> {
        self.lines.iter().position(|&line| line == Line::Entity(entity))
    }

    /// The entity under the cursor.
    pub fn pointed(&self) -> Option<u32> {
        match self.lines.get(self.cursor) {
            Some(&Line::Entity(entity)) => Some(entity),
            _ => None,
        }
    }

    /// Moves the cursor by some names, headings not counted.
    pub fn step(&mut self, names: usize, way: Way) {
        for _ in 0..names {
            let lines = &self.lines;
            let is_name = |&index: &usize| matches!(lines[index], Line::Entity(_));
            let next = match way {
                Way::Forward => (self.cursor + 1..lines.len()).find(is_name),
                Way::Back => (0..self.cursor.min(lines.len())).rev().find(is_name),
            };
            let Some(next) = next else { return };
            self.cursor = next;
        }
    }
}

impl Model {
    /// Moves the cursor of the list; the name that it stands on is selected at once.
    pub fn scroll_entities(&mut self, scroll: Scroll, way: Way) {
        let height = usize::from(self.inner(Pane::Entities).height).max(1);
        let names = match scroll {
            // The first key takes the name that the cursor stands on already.
            Scroll::Row if self.entities.selected.is_none() => 0,
            _ => scroll.lines(height, self.entities.lines.len()),
        };
        self.entities.step(names, way);
        self.select_pointed();
    }

    /// To the next name, or the next kind, of the list.
    pub fn walk_kinds(&mut self, way: Way) {
        let lines = self.entities.lines.iter().enumerate();
        let heading =
            |(index, line): (usize, &Line)| matches!(line, Line::Heading(_)).then_some(index);
        let headings: Vec<usize> = lines.filter_map(heading).collect();
        let here = headings.partition_point(|&index| index <= self.entities.cursor);
        let next = match way {
            Way::Forward => headings.get(here),
            Way::Back => here.checked_sub(2).and_then(|before| headings.get(before)),
        };
        if let Some(&next) = next {
            self.entities.cursor = next + 1;
            self.select_pointed();
        }
    }

    /// Points at a line of the list and selects its name; headings are passed over.
    pub fn point_at_line(&mut self, line: usize) {
        if matches!(self.entities.lines.get(line), Some(Line::Entity(_))) {
            self.entities.cursor = line;
            self.select_pointed();
        }
    }

    /// Selects the name under the cursor of the list.
    fn select_pointed(&mut self) {
        self.entities.selected = self.entities.pointed();
        self.jumps.hits_last = false;
    }

    /// From the list to the next mention of its name.
    pub fn go_to_mention(&mut self) {
        if self.entities.pointed().is_none() {
            return self.tell("no name is listed");
        }
        self.select_pointed();
        self.walk_mentions(Way::Forward);
    }

    /// The entity under the cursor, or the first one of the sentence.
    pub fn entity_here(&self) -> Option<u32> {
        let passage = crate::app::reading::passage::sentence_at(&self.doc, self.at());
        let names = &self.found.names;
        let first = names.mentions_in(passage).first();
        names.entity_at(self.at()).or(first.map(|first| first.entity))
    }

    /// Selects the entity under the cursor; at the start of a sentence, its first one. Where there
    /// is none, searches for the word under the cursor.
    pub fn star(&mut self) -> Vec<Effect> {
        let at = self.at();
        let starts = crate::app::reading::passage::sentence_at(&self.doc, at).start == at;
        let here = self.found.names.entity_at(at);
        match here.or_else(|| self.entity_here().filter(|_| starts)) {
            Some(entity) => self.select_entity(entity),
            None => return self.search_word(at),
        }
        Vec::new()
    }

    /// Selects an entity, and points at it in the list.
    pub fn select_entity(&mut self, entity: u32) {
        self.entities.selected = Some(entity);
        self.jumps.hits_last = false;
        if let Some(line) = self.entities.line_of(entity) {
            self.entities.cursor = line;
        }
    }

    /// Changes the order of the list.
    pub fn sort_entities(&mut self) {
        let (order, said) = match self.entities.order {
            Order::Count => (Order::Place, "entities in the order of the text"),
            Order::Place => (Order::Name, "entities by the alphabet"),
            Order::Name => (Order::Count, "entities by how often they are mentioned"),
        };
        self.entities.order = order;
        self.arrange_entities();
        self.tell(said);
    }

    /// Makes the lines of the list anew.
    pub fn arrange_entities(&mut self) {
        self.entities.arrange(&self.found.names);
    }
}

/// Whether a name, in any of its forms, holds what the list is cut down to.
fn admits(query: &Query, entity: &Entity) -> bool {
    let mut names = std::iter::once(&entity.name).chain(&entity.aliases);
    names.any(|name| !query.find(name).is_empty())
}
