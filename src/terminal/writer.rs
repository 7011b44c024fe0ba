//! Writes the record on a thread of its own, so that no key waits for a disk. What is said to
//! be saved is on the disk when it is said.
//!
//! May not know: the model.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use super::Event;
use super::memory::Memory;
use super::session::{mark, now};
use crate::app::action::News;
use crate::app::marks::mark::{Deed, Stored, Which};
use crate::article::Document;
use crate::record::bookmark::Bookmark;
use crate::record::origin::{ArticleKey, Origin};
use crate::record::tags;
use crate::store::{Store, StoreError};

/// What is to be written.
#[derive(Debug)]
pub(super) enum Job {
    /// A bookmark of the open article, new or changed.
    Save(Bookmark, Deed),
    /// One that was deleted, as its tombstone.
    Delete(Bookmark),
    /// One that was brought back: where it stands now has to be found.
    Restore(Bookmark),
    /// Where the reader is, and what was read.
    Remember(Arc<Memory>),
    /// One of another article is to have another note, is deleted or brought back.
    Revise(ArticleKey, String, Revision),
}

/// What is to be done to a bookmark of another article.
#[derive(Debug)]
pub(super) enum Revision {
    /// Another note, tags at its end.
    Note(String),
    /// It is to be deleted.
    Delete,
    /// It is to come back.
    Restore,
}

/// The thread and the way to it.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Sender<Job>,
    thread: JoinHandle<BTreeMap<String, String>>,
    /// How many jobs are not done, or were done after something could not be written.
    left: Arc<AtomicUsize>,
}

/// What the thread works with.
pub(super) struct Desk {
    pub(super) doc: Arc<Document>,
    pub(super) origin: Origin,
    pub(super) store: Store,
    /// The number of the article, and where is said what came of a job.
    pub(super) number: usize,
    pub(super) events: Sender<Event>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(desk: Desk) -> io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let thread = thread::Builder::new().name("record".into());
        let left = Arc::new(AtomicUsize::new(0));
        let undone = Arc::clone(&left);
        let thread = thread.spawn(move || desk.work(&waiting, &undone))?;
        Ok(Self { jobs, thread, left })
    }

    /// Has something written, after all that was asked for before.
    pub(super) fn send(&self, job: Job) {
        self.left.fetch_add(1, Ordering::Relaxed);
        // The thread ends only when nobody can send any more.
        let _ = self.jobs.send(job);
    }

    /// Waits until all is written. Why some could not be, by identifier.
    pub(super) fn finish(self) -> BTreeMap<String, String> {
        drop(self.jobs);
        // Most readers quit when all is written, and need not wait until it has ended.
        if self.left.load(Ordering::Acquire) > 0 {
            self.thread.join().unwrap_or_default()
        } else {
            BTreeMap::new()
        }
    }
}

impl Desk {
    fn work(&self, jobs: &Receiver<Job>, left: &AtomicUsize) -> BTreeMap<String, String> {
        let mut failed = BTreeMap::new();
        for job in jobs {
            match job {
                Job::Remember(memory) => memory.save(&self.store),
                Job::Save(bookmark, deed) => self.save(&bookmark, deed, &mut failed),
                Job::Restore(bookmark) => {
                    let found =
                        self.store.places(&self.doc, &self.origin, std::slice::from_ref(&bookmark));
                    let found = found.into_iter().map(|found| mark(&bookmark, found, Stored::Soon));
                    found.for_each(|mark| self.say(News::Put(mark)));
                    self.save(&bookmark, Deed::Restored, &mut failed);
                }
                Job::Delete(bookmark) => {
                    let result = self.delete(&bookmark);
                    failed.remove(bookmark.id());
                    let which = Which { id: bookmark.id().to_owned(), article: None };
                    self.say(News::Deleted(which, result));
                }
                Job::Revise(key, id, revision) => self.say(self.revise(&key, id, &revision)),
            }
            if failed.is_empty() {
                left.fetch_sub(1, Ordering::Release);
            }
        }
        failed
    }

    fn say(&self, news: News) {
        // Where nobody listens any more, the program is about to end.
        let _ = self.events.send(Event::Done(self.number, news));
    }

    fn save(&self, bookmark: &Bookmark, deed: Deed, failed: &mut BTreeMap<String, String>) {
        let id = bookmark.id().to_owned();
        match self.written(bookmark) {
            Ok(()) => {
                failed.remove(&id);
                self.say(News::Saved(id, deed));
            }
            Err(error) => {
                let why = error.to_string();
                failed.insert(id.clone(), why.clone());
                self.say(News::NotSaved(id, why));
            }
        }
    }

    /// Writes a bookmark, with the text where it was made in the text as it is now.
    fn written(&self, bookmark: &Bookmark) -> Result<(), StoreError> {
        let same = bookmark.origin().is_some_and(|origin| origin.text == self.origin.text);
        if same {
            self.store.save_with_text(bookmark, &self.doc.text)
        } else {
            self.store.save(bookmark)
        }
    }

    /// Writes a tombstone. What never reached the disk needs none.
    fn delete(&self, bookmark: &Bookmark) -> Result<(), String> {
        let result = self.store.save(bookmark);
        let there = |key| {
            let kept = self.store.bookmarks(&key);
            kept.bookmarks.iter().any(|other| other.id() == bookmark.id())
        };
        match result {
            Err(error) if bookmark.key().is_some_and(there) => Err(error.to_string()),
            _ => Ok(()),
        }
    }

    /// Changes a bookmark of another article as it is on disk now.
    fn revise(&self, key: &ArticleKey, id: String, revision: &Revision) -> News {
        let kept = self.store.bookmarks(key);
        let mut all = kept.bookmarks.into_iter().chain(kept.deleted);
        let Some(mut bookmark) = all.find(|bookmark| bookmark.id() == id) else {
            return News::Tell("this bookmark is gone".into());
        };
        revision.apply(&mut bookmark);
        let result = self.store.save(&bookmark).map_err(|error| error.to_string());
        revision.told(Which { id, article: Some(key.clone()) }, result)
    }
}

impl Revision {
    fn apply(&self, bookmark: &mut Bookmark) {
        match self {
            Self::Note(note) => annotate(bookmark, note),
            Self::Delete => bookmark.delete(&now()),
            Self::Restore => bookmark.restore(&now()),
        }
    }

    /// What is said of it once it was written, or could not be.
    fn told(&self, which: Which, result: Result<(), String>) -> News {
        match (self, result) {
            (Self::Delete, result) => News::Deleted(which, result),
            (Self::Note(_), Ok(())) => News::Saved(which.id, Deed::Noted),
            (Self::Restore, Ok(())) => News::Saved(which.id, Deed::Restored),
            (Self::Note(_) | Self::Restore, Err(why)) => News::Tell(format!("not saved: {why}")),
        }
    }
}

/// Puts a note with its tags on a bookmark.
pub(super) fn annotate(bookmark: &mut Bookmark, note: &str) {
    let (note, tags) = tags::parted(note);
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    if bookmark.note().unwrap_or_default() != note {
        bookmark.set_note(&note, &now());
    }
    if bookmark.tags() != tags {
        bookmark.set_tags(&tags, &now());
    }
}
