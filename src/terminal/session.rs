//! One article being read: where it is recorded, and what the model's effects do to the record.

mod resting;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use jiff::{Timestamp, Unit};
use uuid::Uuid;

use super::memory::Memory;
use super::sight::Sight;
use super::writer::{Desk, Job, Revision, Writer, annotate};
use super::{Event, library};
use crate::app::Model;
use crate::app::action::{Effect, News, Topic};
use crate::app::entities::correct::Reach;
use crate::app::lists::item::Item;
use crate::app::marks::mark::{Deed, Draft, Mark, Stored, Which};
use crate::app::settings::Settings;
use crate::app::status;
use crate::article::input::Input;
use crate::article::{Document, Part};
use crate::layout::panes::{Pane, Size};
use crate::record::anchor::{Anchor, Found, Verdict};
use crate::record::bookmark::Bookmark;
use crate::record::offset::Scalars;
use crate::record::origin::{ArticleKey, Origin};
use crate::record::reading::{Reading, Stamp};
use crate::record::tags;
use crate::store::{Store, StoreError};
use crate::text::span::Span;

/// Of the articles read last, so many tell whether any file was read.
const LATELY: usize = 20;

/// An article and its record.
#[derive(Debug)]
pub(super) struct Session {
    doc: Arc<Document>,
    /// Places are kept as scalar values.
    scalars: Scalars,
    origin: Origin,
    store: Store,
    /// The bookmarks of the article, those not yet on disk and deleted ones too.
    bookmarks: Vec<Bookmark>,
    /// How many files of bookmarks could not be read.
    unreadable: usize,
    last: Option<Reading>,
    /// Its file, and how that was when it was read; none for what was no file.
    file: Option<(PathBuf, Stamp)>,
    /// What of the file it is.
    part: Part,
    /// What is remembered of it already; none before [`Session::rest`].
    kept: Option<Arc<Memory>>,
    /// What writes the record; none before [`Session::start`].
    writer: Option<Writer>,
    /// What remembers which comments were seen; none before [`Session::start`], or without comments.
    sight: Option<Sight>,
    /// The number of the article, and where is said what came of something.
    events: Option<(usize, Sender<Event>)>,
}

impl Session {
    /// Opens the record of an article that was read from `input`, a file that was as `stamp` says.
    /// A record that cannot be read is an empty one.
    pub(super) fn new(
        doc: Arc<Document>,
        (input, stamp): (&Input, Option<Stamp>),
        store: Store,
    ) -> Self {
        let (path, part) = (input.path(), input.part());
        let origin = store.origin(&doc, path);
        let shelf = store.bookmarks(&origin.key);
        let last = store.reading(&origin.key);
        let unreadable = shelf.unreadable.len();
        let bookmarks = [shelf.bookmarks, shelf.deleted].concat();
        let file = path.map(std::path::Path::to_owned).zip(stamp);
        Self {
            scalars: Scalars::of(&doc.text),
            doc,
            origin,
            store,
            bookmarks,
            unreadable,
            last,
            file,
            part,
            kept: None,
            writer: None,
            sight: None,
            events: None,
        }
    }

    /// The article.
    pub(super) fn document(&self) -> &Arc<Document> {
        &self.doc
    }

    /// Its file, and how that was when it was read.
    pub(super) fn file(&self) -> Option<&(PathBuf, Stamp)> {
        self.file.as_ref()
    }

    /// Lets it write from now on. What came of that is sent to `events`, with the number of the
    /// article.
    pub(super) fn start(
        &mut self,
        model: &Model,
        (number, events): (usize, &Sender<Event>),
    ) -> io::Result<()> {
        let desk = Desk {
            doc: Arc::clone(&self.doc),
            origin: self.origin.clone(),
            store: self.store.clone(),
            number,
            events: events.clone(),
        };
        self.writer = Some(Writer::start(desk)?);
        if !self.doc.comments.is_empty() {
            let (doc, fresh) = (Arc::clone(&self.doc), Arc::clone(&model.fresh));
            let place = (self.store.clone(), self.origin.key.clone());
            self.sight = Some(Sight::start(doc, fresh, place)?);
        }
        self.events = Some((number, events.clone()));
        library::remember(&self.store, self.origin.key.clone(), (number, events));
        Ok(())
    }

    /// Brings the reader back to where reading ended, with the bookmarks in their places.
    pub(super) fn resume(&self, model: &mut Model) {
        model.search.history = self.store.searches();
        let place = self.last.as_ref().filter(|last| !last.place.exact.is_empty());
        if let Some(span) = place.and_then(|last| last.place.find(&self.doc).span) {
            model.body.top = span.start;
            model.keep_cursor_in_view(Pane::Body);
        }
        model.take_corrections(self.store.corrections(&self.origin.key));
        let alive = self.bookmarks.iter().filter(|bookmark| !bookmark.is_deleted());
        let alive: Vec<Bookmark> = alive.cloned().collect();
        let places = self.store.places(&self.doc, &self.origin, &alive);
        let marks = alive.iter().zip(places).map(|(one, found)| mark(one, found, Stored::Yes));
        model.take_marks(marks.collect());
        let seen = self.store.seen(&self.origin.key);
        if !seen.is_empty() {
            model.take_new(seen.others(&self.doc));
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

    /// Does what the model asks of the record. What is known at once comes back; the rest is
    /// sent as an event.
    pub(super) fn carry_out(&mut self, effect: Effect) -> Vec<News> {
        match effect {
            Effect::Save(draft) => vec![self.add(&draft)],
            Effect::Annotate(which, note) => self.annotate(which, &note),
            Effect::Confirm(id, span) => self.confirm(&id, span),
            Effect::Places(id) => self.places(id),
            Effect::Delete(which) => self.delete(&which),
            Effect::Restore(which) => self.restore(&which),
            Effect::Write(ids) => self.write(ids.iter().map(String::as_str)),
            Effect::Searched(query) => self.remember(&query),
            Effect::Gather(topic) => self.gather(topic),
            Effect::KeepCorrection(correction, reach) => {
                kept(self.store.correct(self.reached(reach), &correction))
            }
            Effect::DropCorrection(correction, reach) => {
                kept(self.store.take_back(self.reached(reach), &correction))
            }
            // These are the terminal's.
            Effect::Quit | Effect::Suspend | Effect::Redraw => Vec::new(),
            Effect::Open(_) | Effect::GiveUp => Vec::new(),
            Effect::Configure | Effect::Correct(..) | Effect::Search(_) => Vec::new(),
            Effect::Browse(_) | Effect::Copy(_) | Effect::Compose(_) | Effect::Raw => Vec::new(),
            Effect::EditSource(_) | Effect::Picture(..) => Vec::new(),
            Effect::Mouse(_) | Effect::Reload | Effect::TurnRound => Vec::new(),
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
    fn remember(&self, query: &str) -> Vec<News> {
        let _ = self.store.save_search(query);
        Vec::new()
    }

    /// What a list shows that is known at once. What needs files read comes as an event.
    fn gather(&self, topic: Topic) -> Vec<News> {
        let items = match topic {
            Topic::Home => library::lately(&self.store),
            Topic::Deleted => self.deleted(),
            _ => Vec::new(),
        };
        if let Some((number, events)) = &self.events {
            library::gather(topic, &self.store, *number, events);
        }
        if topic == Topic::AllBookmarks { Vec::new() } else { vec![News::Listed(topic, items)] }
    }

    /// The bookmarks that were deleted, the last one first.
    fn deleted(&self) -> Vec<Item> {
        let mut deleted: Vec<&Bookmark> =
            self.bookmarks.iter().filter(|bookmark| bookmark.is_deleted()).collect();
        deleted.sort_by(|one, other| other.modified().cmp(one.modified()));
        let item = |bookmark: &&Bookmark| Item {
            lead: bookmark.modified().get(..10).unwrap_or_default().to_owned(),
            text: bookmark.words().to_owned(),
            more: tags::joined(bookmark.note().unwrap_or_default(), &bookmark.tags()),
            id: Some(bookmark.id().to_owned()),
            when: bookmark.modified().to_owned(),
            ..Item::default()
        };
        deleted.iter().map(item).collect()
    }

    fn add(&mut self, draft: &Draft) -> News {
        let now = now();
        let anchor = Anchor::knowing(&self.scalars, &self.doc, draft.span);
        let mut bookmark = Bookmark::new(Uuid::new_v4(), &now, &anchor, &self.origin);
        let (note, tags) = tags::parted(&draft.note);
        bookmark.set_note(&note, &now);
        bookmark.set_tags(&tags.iter().map(String::as_str).collect::<Vec<_>>(), &now);
        let found = Found { verdict: Verdict::Exact, span: Some(draft.span) };
        let mark = mark(&bookmark, found, Stored::Soon);
        let deed = if mark.has_note() { Deed::Noted } else { Deed::Made };
        self.send(Job::Save(bookmark.clone(), deed));
        self.bookmarks.push(bookmark);
        News::Put(mark)
    }

    fn annotate(&mut self, which: Which, note: &str) -> Vec<News> {
        if let Some(job) = self.elsewhere(&which, Revision::Note(note.to_owned())) {
            return self.ask(job);
        }
        self.change(&which.id, Deed::Noted, |bookmark| annotate(bookmark, note));
        vec![News::Noted(which.id, note.to_owned())]
    }

    fn confirm(&mut self, id: &str, span: Span) -> Vec<News> {
        let (doc, text) = (Arc::clone(&self.doc), self.origin.text.clone());
        let anchor = Anchor::knowing(&self.scalars, &doc, span);
        self.change(id, Deed::Confirmed, |bookmark| bookmark.confirm(&anchor, &text, &now()));
        let found = Found { verdict: Verdict::Exact, span: Some(span) };
        let bookmark = self.find(id).map(|bookmark| mark(bookmark, found, Stored::Soon));
        bookmark.map(News::Put).into_iter().collect()
    }

    /// Where a bookmark may stand.
    fn places(&mut self, id: String) -> Vec<News> {
        let (store, doc, origin) = (self.store.clone(), Arc::clone(&self.doc), self.origin.clone());
        let bookmark = self.find(&id);
        let places = bookmark.map(|bookmark| store.candidates(&doc, &origin, bookmark));
        vec![News::Places(id, places.unwrap_or_default())]
    }

    fn delete(&mut self, which: &Which) -> Vec<News> {
        if let Some(job) = self.elsewhere(which, Revision::Delete) {
            return self.ask(job);
        }
        let deleted = self.changed(&which.id, |bookmark| bookmark.delete(&now()));
        deleted.map(|bookmark| self.ask(Job::Delete(bookmark))).unwrap_or_default()
    }

    fn restore(&mut self, which: &Which) -> Vec<News> {
        if let Some(job) = self.elsewhere(which, Revision::Restore) {
            return self.ask(job);
        }
        let restored = self.changed(&which.id, |bookmark| bookmark.restore(&now()));
        restored.map(|bookmark| self.ask(Job::Restore(bookmark))).unwrap_or_default()
    }

    /// Has bookmarks written again.
    fn write<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Vec<News> {
        let wanted: Vec<&str> = ids.collect();
        let again = self.bookmarks.iter().filter(|bookmark| wanted.contains(&bookmark.id()));
        again.for_each(|bookmark| self.send(Job::Save(bookmark.clone(), Deed::Made)));
        Vec::new()
    }

    /// Changes a bookmark and has it written.
    fn change(&mut self, id: &str, deed: Deed, change: impl FnOnce(&mut Bookmark)) {
        if let Some(bookmark) = self.changed(id, change) {
            self.send(Job::Save(bookmark, deed));
        }
    }

    /// Changes a bookmark; a copy of it, to be written.
    fn changed(&mut self, id: &str, change: impl FnOnce(&mut Bookmark)) -> Option<Bookmark> {
        let bookmark = self.find(id)?;
        change(bookmark);
        Some(bookmark.clone())
    }

    /// What is to be done to a bookmark of another article; none where it is one of this.
    fn elsewhere(&self, which: &Which, revision: Revision) -> Option<Job> {
        let key = which.article.as_ref().filter(|key| **key != self.origin.key)?;
        Some(Job::Revise(key.clone(), which.id.clone(), revision))
    }

    fn ask(&self, job: Job) -> Vec<News> {
        self.send(job);
        Vec::new()
    }

    fn send(&self, job: Job) {
        if let Some(writer) = &self.writer {
            writer.send(job);
        }
    }

    fn find(&mut self, id: &str) -> Option<&mut Bookmark> {
        self.bookmarks.iter_mut().find(|bookmark| bookmark.id() == id)
    }
}

/// A model of an article, at the place where reading ended.
pub(super) fn resumed(session: &Session, settings: &Arc<Settings>, size: Size) -> Model {
    let mut model = Model::of(Arc::clone(session.document()), size, Arc::clone(settings));
    session.resume(&mut model);
    model
}

/// Whether any file was read before.
pub fn has_history(store: &Store) -> bool {
    store.lately(LATELY).iter().any(|reading| reading.origin.path.is_some())
}

/// What is told where a correction could not be kept.
fn kept(result: Result<(), StoreError>) -> Vec<News> {
    let why = result.err().map(|error| News::Tell(format!("not saved: {error}")));
    why.into_iter().collect()
}

/// A bookmark as the panes show it.
pub(super) fn mark(bookmark: &Bookmark, found: Found, stored: Stored) -> Mark {
    Mark {
        id: bookmark.id().to_owned(),
        span: found.span,
        verdict: found.verdict,
        words: bookmark.words().to_owned(),
        before: bookmark.anchor().prefix,
        note: tags::joined(bookmark.note().unwrap_or_default(), &bookmark.tags()),
        created: bookmark.created().to_owned(),
        stored,
    }
}

/// The time, as RFC 3339 in UTC to the millisecond.
pub fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Millisecond).unwrap_or(now).to_string()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tempfile::TempDir;

    use super::*;
    use crate::app::action::Action;
    use crate::app::keys;
    use crate::app::update::update;
    use crate::article::builder::Builder;

    const SIZE: Size = Size { width: 80, height: 24 };
    const NOON: &str = "2026-11-24T12:00:00Z";
    const LATE: &str = "The ferry was late again.";

    fn article(paragraphs: &[&str]) -> Arc<Document> {
        let mut builder = Builder::new();
        builder.paragraph("The tide table of the harbour hangs at the quay.");
        for paragraph in paragraphs {
            builder.paragraph(paragraph);
        }
        Arc::new(builder.finish())
    }

    fn press(session: &mut Session, model: &mut Model, written: &str) {
        for key in written.split_whitespace().flat_map(keys::sequence) {
            let keymap = &model.settings.keymap;
            let action = keymap.action(&mut Vec::new(), model.mode(), key);
            let mut actions = Vec::from_iter(action);
            while let Some(action) = actions.pop() {
                for effect in update(model, action) {
                    actions.extend(session.carry_out(effect).into_iter().map(Action::Heard));
                }
            }
        }
    }

    #[test]
    fn of_several_places_the_reader_chooses_one_and_it_is_kept() {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("ferry.txt");
        std::fs::write(&path, LATE).unwrap();
        let input = Input::of(&path).unwrap();
        let store = Store::open(Some(dir.path()), None);
        let old = article(&[&format!("On Monday it rained. {LATE} Then the wind turned.")]);
        let start = old.text.find(LATE).unwrap();
        let anchor = Anchor::of(&old, (start..start + LATE.len()).into());
        let made = Bookmark::new(Uuid::new_v4(), NOON, &anchor, &store.origin(&old, Some(&path)));
        store.save(&made).unwrap();
        let new = article(&[
            &format!("Nobody minds the snow. {LATE} Bread was scarce."),
            &format!("Here is the other half. {LATE} Somebody sang."),
        ]);
        let mut session = Session::new(Arc::clone(&new), (&input, None), store.clone());
        let mut model = resumed(&session, &Arc::default(), SIZE);
        session.start(&model, (0, &mpsc::channel().0)).unwrap();
        assert_eq!(model.marks.all()[0].verdict, Verdict::Ambiguous);
        press(&mut session, &mut model, "' C");
        let places: Vec<Item> = model.list().unwrap().lines(0).cloned().collect();
        assert_eq!((places.len(), model.list().unwrap().topic), (2, Topic::Places));
        assert!(
            places[0].text.contains("Nobody minds") && places[1].text.contains("the other half")
        );
        // Nothing is written before the reader has chosen.
        assert_eq!(store.all().bookmarks, [made]);
        press(&mut session, &mut model, "j Enter");
        assert_eq!(session.suspend_reading(&model), None);
        let chosen = new.text.rfind(LATE).unwrap();
        let again = resumed(&Session::new(new, (&input, None), store), &Arc::default(), SIZE);
        let mark = &again.marks.all()[0];
        let place = Span::from(chosen..chosen + LATE.len());
        assert_eq!((mark.verdict, mark.span), (Verdict::Exact, Some(place)));
    }

    #[test]
    fn where_a_reader_rests_is_remembered_once_even_if_the_program_is_killed() {
        let dir = TempDir::new().unwrap();
        let store = Store::open(Some(dir.path()), None);
        let words: Vec<String> = (0..60).map(|day| format!("On day {day} it rained.")).collect();
        let doc = article(&words.iter().map(String::as_str).collect::<Vec<_>>());
        let open = || {
            let input = Input::bytes(&[]);
            let mut session = Session::new(Arc::clone(&doc), (&input, None), store.clone());
            let model = resumed(&session, &Arc::default(), SIZE);
            session.start(&model, (0, &mpsc::channel().0)).unwrap();
            (session, model)
        };
        let (mut session, mut model) = open();
        press(&mut session, &mut model, "Space");
        session.rest(&model);
        let key = session.origin.key.clone();
        // As if it were killed: nothing more is asked for.
        drop(session);
        while store.reading(&key).is_none() {
            std::thread::yield_now();
        }
        let (mut session, again) = open();
        assert_eq!((again.body.top, again.body.top > 0), (model.body.top, true));
        session.rest(&again);
        let rested = session.kept.clone();
        std::thread::sleep(std::time::Duration::from_millis(5));
        assert_eq!(session.suspend_reading(&again), None);
        assert_eq!(store.reading(&key), rested.unwrap().reading, "quitting wrote it once more");
    }
}
