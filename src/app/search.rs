//! Searching: what was typed, what was found, and where the reader was before.

use std::sync::Arc;

use super::Model;
use super::action::Effect;
use super::reader::Place;
use crate::layout::panes::Pane;
use crate::text::span::{self, Span};

/// A search and its hits.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// What was searched for.
    pub query: String,
    /// All hits in body and discussion. Invariant: disjoint and sorted.
    pub hits: Arc<[Span]>,
    /// Where the reader was, until the hits of this search have been shown.
    origin: Option<Origin>,
}

/// Where a search set out from.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Origin {
    body: Place,
    comments: Place,
    reading: Pane,
    focus: Pane,
}

impl Default for Search {
    fn default() -> Self {
        Self { query: String::new(), hits: Arc::from([]), origin: None }
    }
}

impl Search {
    /// How many hits stand before byte `at`.
    pub fn hits_before(&self, at: u32) -> usize {
        self.hits.partition_point(|hit| hit.start < at)
    }
}

impl Model {
    /// Remembers where the reader is before the first letter is typed.
    pub fn begin_search(&mut self) {
        self.search.origin = Some(Origin {
            body: self.body,
            comments: self.comments,
            reading: self.view.reading,
            focus: self.focus(),
        });
    }

    /// Searches for what is typed so far.
    pub fn search_for(&mut self, query: &str) -> Vec<Effect> {
        if query.is_empty() {
            self.forget_hits();
            self.return_to_origin();
            return Vec::new();
        }
        vec![Effect::Search(query.to_owned())]
    }

    /// Takes the hits in and shows the first one from where the reader was.
    pub fn take_hits(&mut self, query: String, hits: Arc<[Span]>) {
        if self.typed().is_some_and(|typed| typed != query) {
            return;
        }
        self.search.query = query;
        self.search.hits = hits;
        let Some(origin) = self.search.origin else { return };
        self.return_to_origin();
        self.show_first_hit();
        let open = self.typed().is_some();
        self.search.origin = (open || self.may_be_found()).then_some(origin);
        if self.search.hits.is_empty() && !open {
            self.say_not_found();
        }
    }

    /// Ends the typing; an empty line goes to the next hit of the last search.
    pub fn submit_search(&mut self, typed: &str) {
        if typed.is_empty() {
            self.search.origin = None;
            self.jumps.hits_last = true;
            self.walk(super::action::Trail::Latest, super::action::Way::Forward);
            return;
        }
        self.jumps.hits_last = true;
        let arrived = self.search.query == typed;
        let here = (self.body, self.comments, self.view.reading, self.focus());
        if let Some(origin) = self.search.origin {
            (self.body, self.comments, self.view.reading) =
                (origin.body, origin.comments, origin.reading);
            self.leave();
            (self.body, self.comments, self.view.reading) = (here.0, here.1, here.2);
        }
        if arrived {
            self.search.origin = self.search.origin.filter(|_| self.may_be_found());
            if self.search.hits.is_empty() {
                self.say_not_found();
            }
        }
    }

    /// Whether what was not found may stand in what is still being read.
    fn may_be_found(&self) -> bool {
        self.arriving.is_some() && self.search.hits.is_empty()
    }

    fn say_not_found(&mut self) {
        let yet = if self.may_be_found() { " yet" } else { "" };
        self.tell(&format!("not found{yet}: {}", self.search.query));
    }

    /// What is searched for, where anything is.
    pub fn searched(&self) -> Option<&str> {
        let query = self.typed().unwrap_or(&self.search.query);
        Some(query).filter(|query| !query.is_empty())
    }

    /// Gives the search up and goes back to where it began.
    pub fn cancel_search(&mut self) {
        self.return_to_origin();
        self.search.origin = None;
        self.forget_hits();
    }

    /// No hits are lit any more.
    pub fn forget_hits(&mut self) {
        self.search.hits = Arc::from([]);
        self.search.query.clear();
        self.jumps.hits_last = false;
    }

    fn return_to_origin(&mut self) {
        if let Some(origin) = self.search.origin {
            self.focus_on(origin.focus);
            (self.body, self.comments, self.view.reading) =
                (origin.body, origin.comments, origin.reading);
        }
    }

    fn show_first_hit(&mut self) {
        let hits = &self.search.hits;
        let from = self.at().checked_sub(1);
        let next = from.map_or(Some(0), |from| span::next_after(hits, from)).or(Some(0));
        if let Some(hit) = next.and_then(|index| hits.get(index)) {
            self.show(hit.start);
        }
    }
}
