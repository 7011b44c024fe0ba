//! Searching: what was typed, what was found, and where the reader was before.

use std::sync::Arc;

use crate::app::Model;
use crate::app::action::{Effect, Trail, Way};
use crate::app::lists::field::Field;
use crate::app::lists::overlay::Overlay;
use crate::app::reading::reader::Place;
use crate::article::bulk::Bulk;
use crate::layout::folds::Folds;
use crate::layout::panes::{Pane, Split};
use crate::text::find::{MAX_PATTERN, Query};
use crate::text::span::{self, Span};

/// How many searches are remembered.
pub const REMEMBERED: usize = 100;

/// The end of a word, in a regular expression.
const EDGE: &str = r"\b";

/// What a search finds, for the help.
pub const FOUND: [&str; 5] = [
    "words, or a regular expression; what is none is taken as plain words",
    "a capital letter makes case count, without one it does not",
    "e finds é, ë …; é finds é alone",
    "\" ' and - find every quotation mark and dash, a blank any white space",
    "hits in notes are shown at the passage that the note is on",
];

/// A search and its hits.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// What was searched for.
    pub query: String,
    /// All hits in body and discussion. Invariant: disjoint and sorted.
    pub hits: Arc<Bulk<Span>>,
    /// Bookmarked passages whose notes hold the words. Invariant: sorted by start, which differ.
    pub notes: Vec<Span>,
    /// Hits and noted passages together: where `n` goes. Invariant: sorted by start.
    pub stops: Arc<Bulk<Span>>,
    /// By what the hits were found, once they are.
    pub words: Option<Arc<Query>>,
    /// What was searched for before, the last one last. No more than [`REMEMBERED`].
    pub history: Vec<String>,
    /// The line of the history that stands in the prompt, and what was typed instead.
    pub recalled: Option<(usize, String)>,
    /// Where the reader was, until the hits of this search have been shown.
    origin: Option<Origin>,
}

/// Where a search set out from.
#[derive(Clone, Debug, PartialEq)]
struct Origin {
    at: u32,
    body: Place,
    comments: Place,
    reading: Pane,
    split: Split,
    folds: Folds,
}

impl Default for Search {
    fn default() -> Self {
        let none = Arc::default();
        Self {
            query: String::new(),
            hits: Arc::clone(&none),
            notes: Vec::new(),
            stops: none,
            words: None,
            history: Vec::new(),
            recalled: None,
            origin: None,
        }
    }
}

impl Search {
    /// How many hits stand before byte `at`.
    pub fn hits_before(&self, at: u32) -> usize {
        self.hits.partition_point(|hit| hit.start < at)
    }

    /// Why the words were taken plainly, where they are no regular expression.
    pub fn flaw(&self) -> Option<&str> {
        self.words.as_ref()?.flaw()
    }

    /// The same search before anything is found, for another text.
    #[must_use]
    pub fn anew(self) -> Self {
        Self { query: self.query, history: self.history, ..Self::default() }
    }

    /// What was searched for as it is said: a whole word without the marks of its ends.
    pub fn said(&self) -> &str {
        let word = self.query.strip_prefix(EDGE).and_then(|rest| rest.strip_suffix(EDGE));
        word.unwrap_or(&self.query)
    }

    fn remember(&mut self, query: &str) {
        if query.chars().count() > MAX_PATTERN {
            return;
        }
        self.history.retain(|earlier| earlier != query);
        self.history.push(query.to_owned());
        let surplus = self.history.len().saturating_sub(REMEMBERED);
        self.history.drain(..surplus);
    }
}

impl Model {
    /// Remembers where the reader is before the first letter is typed.
    pub fn begin_search(&mut self) {
        self.search.origin = Some(Origin {
            at: self.at(),
            body: self.body,
            comments: self.comments,
            reading: self.view.reading,
            split: self.view.split,
            folds: self.folds.clone(),
        });
    }

    /// Searches for what is typed so far.
    pub fn search_for(&mut self, query: &str) -> Vec<Effect> {
        if query.trim().is_empty() {
            self.forget_hits();
            self.return_to_origin();
            return Vec::new();
        }
        vec![Effect::Search(query.to_owned())]
    }

    /// Takes the hits in and shows the first one from where the reader was.
    pub fn take_hits(&mut self, words: Arc<Query>, hits: Arc<Bulk<Span>>) {
        // What is found of an earlier letter, or of a search that was given up, comes too late.
        if self.typed().unwrap_or(&self.search.query) != words.typed() {
            return;
        }
        words.typed().clone_into(&mut self.search.query);
        self.search.hits = hits;
        self.search_notes(&words);
        self.search.words = Some(words);
        if self.search.origin.is_none() {
            return;
        }
        self.return_to_origin();
        self.show_first_hit();
        if self.typed().is_none() {
            self.settle_search();
        }
    }

    /// Searches the notes of the bookmarks, and puts their passages among the hits.
    fn search_notes(&mut self, words: &Query) {
        let holds = |note: &str| !words.find(note).is_empty();
        let found = self.marks.placed().filter(|(_, mark)| holds(&mark.note));
        let mut notes: Vec<Span> = found.map(|(passage, _)| passage).collect();
        notes.dedup_by_key(|passage| passage.start);
        let search = &mut self.search;
        search.stops = Arc::clone(&search.hits);
        if !notes.is_empty() {
            let mut stops: Vec<Span> = search.hits.iter().chain(&notes).copied().collect();
            stops.sort_by_key(|stop| stop.start);
            stops.dedup_by_key(|stop| stop.start);
            search.stops = Arc::new(stops.into());
        }
        search.notes = notes;
    }

    /// The note under the cursor that holds what was searched for.
    pub fn note_found(&self) -> Option<&str> {
        let at = self.at();
        let index = self.search.notes.binary_search_by_key(&at, |passage| passage.start).ok()?;
        let passage = self.search.notes[index];
        let mut marks = self.marks.within(Span::new(passage.start, passage.start + 1));
        marks.find(|(_, mark)| mark.has_note()).map(|(_, mark)| mark.note.as_str())
    }

    /// Ends the typing; an empty line goes to the next hit of the last search.
    pub fn submit_search(&mut self, typed: &str) -> Vec<Effect> {
        self.jumps.hits_last = true;
        self.search.recalled = None;
        if typed.trim().is_empty() {
            self.search.origin = None;
            return match self.search.history.last().cloned() {
                Some(last) if self.search.query.is_empty() => self.search_again(last),
                _ => self.walk(Trail::Latest, Way::Forward),
            };
        }
        self.search.remember(typed);
        if let Some(origin) = &self.search.origin {
            self.leave_from(origin.at);
        }
        if self.search.query == typed {
            self.settle_search();
        } else {
            self.await_hits(typed);
        }
        vec![Effect::Searched(typed.to_owned())]
    }

    /// Searches for the whole word at byte `at`, wherever it stands.
    pub fn search_word(&mut self, at: u32) -> Vec<Effect> {
        let Some(word) = self.word_at(at) else {
            self.tell("no name and no word here");
            return Vec::new();
        };
        let query =
            format!("{EDGE}{}{EDGE}", regex_syntax::escape(&self.doc.slice(word).to_lowercase()));
        self.selection = None;
        self.search.remember(&query);
        self.jumps.hits_last = true;
        let mut effects = self.search_again(query.clone());
        effects.push(Effect::Searched(query));
        effects
    }

    fn search_again(&mut self, query: String) -> Vec<Effect> {
        self.begin_search();
        self.leave();
        self.await_hits(&query);
        vec![Effect::Search(query)]
    }

    /// What is lit is not what is searched for; its hits are on their way.
    fn await_hits(&mut self, query: &str) {
        let hits_last = self.jumps.hits_last;
        self.forget_hits();
        query.clone_into(&mut self.search.query);
        self.jumps.hits_last = hits_last;
    }

    /// The hits of a search that was typed are there, or may still come.
    fn settle_search(&mut self) {
        if !self.may_be_found() {
            self.search.origin = None;
        }
        self.tell_found();
    }

    /// Says what came of a search where that is not what was expected.
    fn tell_found(&mut self) {
        let (query, none) = (&self.search.query, self.search.stops.is_empty());
        let said = match self.search.flaw() {
            None if self.may_be_found() => format!("not found yet: {query}"),
            None if none => format!("not found: {query}"),
            None => return,
            Some(flaw) if none => format!("not found as plain words: {query} · {flaw}"),
            Some(flaw) => format!("“{query}” was taken as plain words: {flaw}"),
        };
        self.tell(&said);
    }

    /// Puts what was searched for before into the open search line, or something later again.
    pub fn recall(&mut self, way: Way) -> Vec<Effect> {
        let Some(typed) = self.typed().map(str::to_owned) else { return Vec::new() };
        let search = &mut self.search;
        let (here, draft) = search.recalled.take().unwrap_or((search.history.len(), typed));
        let line = match way {
            Way::Back => here.saturating_sub(1),
            Way::Forward => here + 1,
        };
        let text = search.history.get(line).unwrap_or(&draft).clone();
        search.recalled = (line < search.history.len()).then_some((line, draft));
        if let Some(Overlay::Prompt(prompt)) = &mut self.overlay {
            prompt.field = Field::new(text.clone());
        }
        self.search_for(&text)
    }

    /// Whether what was not found may stand in what is still being read.
    fn may_be_found(&self) -> bool {
        self.arriving.is_some() && self.search.stops.is_empty()
    }

    /// From where the nearest hit is wanted: where the reader was when the search began.
    pub fn search_start(&self) -> u32 {
        self.search.origin.as_ref().map_or_else(|| self.at(), |origin| origin.at)
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
        self.search.recalled = None;
        self.forget_hits();
    }

    /// No hits are lit any more.
    pub fn forget_hits(&mut self) {
        let search = &mut self.search;
        search.hits = Arc::default();
        search.stops = Arc::clone(&search.hits);
        search.notes.clear();
        search.query.clear();
        search.words = None;
        self.jumps.hits_last = false;
    }

    fn return_to_origin(&mut self) {
        let Some(origin) = &self.search.origin else { return };
        self.folds = origin.folds.clone();
        (self.body, self.comments) = (origin.body, origin.comments);
        (self.view.split, self.view.reading) = (origin.split, origin.reading);
    }

    fn show_first_hit(&mut self) {
        let stops = &self.search.stops;
        let from = self.at().checked_sub(1);
        let next = from.map_or(Some(0), |from| span::next_after(stops, from)).or(Some(0));
        if let Some(stop) = next.and_then(|index| stops.get(index)) {
            self.show(stop.start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{Action, News, Purpose};
    use crate::app::lists::field::Typing;
    use crate::app::update::update;
    use crate::article::load;
    use crate::layout::panes::Size;

    #[test]
    fn what_is_found_of_an_earlier_letter_comes_too_late() {
        let doc = load::document(b"# At sea\n\nAt noon it rains. The tide turns.\n".to_vec());
        let mut model = Model::new(Arc::new(doc), Size { width: 80, height: 24 });
        update(&mut model, Action::Ask(Purpose::Search));
        update(&mut model, Action::Type(Typing::Char('t')));
        update(&mut model, Action::Type(Typing::Words("ide".into())));
        update(&mut model, Action::Submit);
        for query in ["t", "tide"] {
            let words = Query::new(query).unwrap();
            let hits = words.find(&model.doc.text);
            update(&mut model, News::Hits(words.into(), Arc::new(hits.into())));
        }
        assert_eq!(model.at(), model.doc.text.find("tide").unwrap() as u32);
        assert_eq!((model.search.query.as_str(), model.search.hits.len()), ("tide", 1));
    }
}
