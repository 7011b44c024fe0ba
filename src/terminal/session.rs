//! One article being read: where it is recorded, and what the model's effects do to the record.

use std::path::Path;
use std::sync::Arc;

use jiff::{Timestamp, Unit};
use uuid::Uuid;

use super::library;
use crate::app::Model;
use crate::app::action::{Action, Effect, Topic};
use crate::app::correct::Reach;
use crate::app::item::Item;
use crate::app::mark::{Draft, Mark};
use crate::app::status;
use crate::article::Document;
use crate::layout::panes::Pane;
use crate::record::anchor::{Anchor, Found};
use crate::record::bookmark::Bookmark;
use crate::record::origin::{ArticleKey, Origin};
use crate::record::reading::{Reading, new_comments, seen};
use crate::store::{Habits, Store, StoreError};
use crate::text::span::Span;

/// An article and its record.
#[derive(Debug)]
pub struct Session {
    doc: Arc<Document>,
    origin: Origin,
    store: Store,
    /// The bookmarks of the article, those not yet on disk too.
    bookmarks: Vec<Bookmark>,
    /// How many files of bookmarks could not be read.
    unreadable: usize,
    last: Option<Reading>,
}

impl Session {
    /// Opens the record of an article. A record that cannot be read is an empty one.
    pub fn new(doc: Document, path: Option<&Path>, store: Store) -> Self {
        let origin = store.origin(&doc, path);
        let shelf = store.bookmarks(&origin.key);
        let last = store.reading(&origin.key);
        let (bookmarks, unreadable) = (shelf.bookmarks, shelf.unreadable.len());
        Self { doc: Arc::new(doc), origin, store, bookmarks, unreadable, last }
    }

    /// The article.
    pub fn document(&self) -> &Arc<Document> {
        &self.doc
    }

    /// Brings the reader back to where reading ended, with the bookmarks in their places.
    pub fn resume(&self, model: &mut Model) {
        model.search.history = self.store.searches();
        let place = self.last.as_ref().filter(|last| !last.place.exact.is_empty());
        if let Some(span) = place.and_then(|last| last.place.find(&self.doc).span) {
            model.body.top = span.start;
            model.keep_cursor_in_view(Pane::Body);
        }
        model.take_corrections(self.store.corrections(&self.origin.key));
        let places = self.store.places(&self.doc, &self.origin, &self.bookmarks);
        model.take_marks(
            self.bookmarks.iter().zip(places).map(|(one, found)| mark(one, found)).collect(),
        );
        if let Some(last) = self.last.as_ref().filter(|last| !last.seen.is_empty()) {
            model.take_new(new_comments(last, &self.doc));
        }
        let habits = self.store.habits();
        model.recent = habits.recent;
        if !habits.welcomed && model.message.is_none() {
            model.tell(&status::welcome(model));
        }
        if self.unreadable > 0 {
            model.tell(&format!("{} bookmark files could not be read", self.unreadable));
        }
    }

    /// Records where the reader is, and tries once more to save what is not on disk yet.
    pub fn suspend_reading(&self, model: &Model) {
        for mark in model.marks.all().iter().filter(|mark| !mark.saved) {
            if let Some(bookmark) = self.bookmarks.iter().find(|one| one.id() == mark.id) {
                // Nobody is left to be told; what could be done was said when it failed first.
                let _ = self.store.save_with_text(bookmark, &self.doc.text);
            }
        }
        let top = model.flow(Pane::Body).row_at(model.top(Pane::Body));
        let reading = Reading {
            origin: self.origin.clone(),
            when: now(),
            place: top.map(|row| Anchor::of(&self.doc, row.span)).unwrap_or_default(),
            percent: status::percent(model).min(100) as u8,
            seen: seen(&self.doc, self.known(model)),
        };
        // Both may be lost without harm.
        let _ = self.store.save_reading(&reading);
        let habits = Habits { welcomed: true, recent: model.recent.clone() };
        let _ = self.store.save_habits(&habits);
    }

    /// The comments that are not new any more: they are new until the reader dismisses them.
    fn known<'a>(&self, model: &'a Model) -> impl Iterator<Item = u32> + use<'a> {
        let is_new = |comment: &u32| model.fresh.binary_search(comment).is_ok();
        (0..self.doc.comments.len() as u32).filter(move |comment| !is_new(comment))
    }

    /// Does what the model asks of the record; what came of it goes back as actions.
    pub fn carry_out(&mut self, effect: Effect) -> Vec<Action> {
        match effect {
            Effect::Save(draft) => vec![self.add(draft)],
            Effect::Rewrite(mark) => vec![self.rewrite(mark)],
            Effect::Restore(mark) => vec![self.restore(mark)],
            Effect::Delete(id) => vec![self.delete(id)],
            Effect::Searched(query) => self.remember(&query),
            Effect::Gather(topic) => vec![Action::Listed(topic, self.gather(topic))],
            Effect::KeepCorrection(correction, reach) => {
                kept(self.store.correct(self.reached(reach), &correction))
            }
            Effect::DropCorrection(correction, reach) => {
                kept(self.store.take_back(self.reached(reach), &correction))
            }
            // These are the terminal's.
            Effect::Quit | Effect::Suspend | Effect::Redraw | Effect::Open(_) => Vec::new(),
            Effect::Configure => Vec::new(),
            Effect::Correct(..) | Effect::Search(_) | Effect::Copy(_) => Vec::new(),
            Effect::Mouse(_) => Vec::new(),
        }
    }

    /// The article that a correction is kept for; none: all.
    const fn reached(&self, reach: Reach) -> Option<&ArticleKey> {
        match reach {
            Reach::Here => Some(&self.origin.key),
            Reach::Everywhere => None,
        }
    }

    /// What was searched for may be lost without harm.
    fn remember(&self, query: &str) -> Vec<Action> {
        let _ = self.store.save_search(query);
        Vec::new()
    }

    fn gather(&self, topic: Topic) -> Vec<Item> {
        match topic {
            Topic::Home => library::lately(&self.store),
            Topic::AllBookmarks => library::bookmarks(&self.store),
            _ => Vec::new(),
        }
    }

    /// Whether any file was read before.
    pub fn has_history(&self) -> bool {
        self.store.readings().iter().any(|reading| reading.origin.path.is_some())
    }

    fn add(&mut self, draft: Draft) -> Action {
        let bookmark = make(&self.doc, &self.origin, draft.span, draft.note.as_deref());
        let mark = Mark {
            id: bookmark.id().to_owned(),
            span: Some(draft.span),
            verdict: crate::record::anchor::Verdict::Exact,
            words: bookmark.words().to_owned(),
            note: draft.note,
            saved: true,
        };
        self.bookmarks.push(bookmark);
        self.put(mark)
    }

    fn rewrite(&mut self, mark: Mark) -> Action {
        let note = mark.note.clone().unwrap_or_default();
        if let Some(bookmark) = self.find(&mark.id) {
            bookmark.set_note(&note, &now());
        }
        self.put(mark)
    }

    fn restore(&mut self, mark: Mark) -> Action {
        if let Some(bookmark) = self.find(&mark.id) {
            bookmark.restore(&now());
        }
        self.put(mark)
    }

    /// Saves the bookmark of a mark. Only when that returned is it said to be saved.
    fn put(&self, mark: Mark) -> Action {
        let bookmark = self.bookmarks.iter().find(|bookmark| bookmark.id() == mark.id);
        let Some(bookmark) = bookmark else { return Action::Tell("this bookmark is gone".into()) };
        match self.store.save_with_text(bookmark, &self.doc.text) {
            Ok(()) => Action::Saved(Mark { saved: true, ..mark }),
            Err(error) => Action::NotSaved(mark, error.to_string()),
        }
    }

    fn delete(&mut self, id: String) -> Action {
        let store = self.store.clone();
        let result = match self.find(&id) {
            Some(bookmark) => {
                bookmark.delete(&now());
                store.save(bookmark).map_err(|error| error.to_string())
            }
            None => Ok(()),
        };
        Action::Deleted(id, result)
    }

    fn find(&mut self, id: &str) -> Option<&mut Bookmark> {
        self.bookmarks.iter_mut().find(|bookmark| bookmark.id() == id)
    }
}

/// What is told where a correction could not be kept.
fn kept(result: Result<(), StoreError>) -> Vec<Action> {
    result.err().map(|error| Action::Tell(error.to_string())).into_iter().collect()
}

fn make(doc: &Document, origin: &Origin, span: Span, note: Option<&str>) -> Bookmark {
    let now = now();
    let mut bookmark = Bookmark::new(Uuid::new_v4(), &now, &Anchor::of(doc, span), origin);
    if let Some(note) = note {
        bookmark.set_note(note, &now);
    }
    bookmark
}

fn mark(bookmark: &Bookmark, found: Found) -> Mark {
    Mark {
        id: bookmark.id().to_owned(),
        span: found.span,
        verdict: found.verdict,
        words: bookmark.words().to_owned(),
        note: bookmark.note().map(str::to_owned),
        saved: true,
    }
}

/// The time, as RFC 3339 in UTC to the millisecond.
fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Millisecond).unwrap_or(now).to_string()
}
