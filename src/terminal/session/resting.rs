//! What of an article is remembered while the reader rests, and when it is left.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::memory::Memory;
use super::super::sight;
use super::super::writer::{Job, Writer};
use super::{Session, now};
use crate::app::Model;
use crate::app::file::progress;
use crate::app::marks::mark::Stored;
use crate::app::status;
use crate::article::Part;
use crate::layout::panes::Pane;
use crate::record::anchor::Anchor;
use crate::record::reading::Reading;
use crate::store::Habits;

impl Session {
    /// Has it remembered where the reader is, who has been resting for a moment, if that is not
    /// known yet.
    pub(in crate::terminal) fn rest(&mut self, model: &Model) {
        let memory = Arc::new(self.memory(model));
        if self.kept.as_ref().is_none_or(|kept| !kept.is_like(&memory)) {
            self.send(Job::Remember(Arc::clone(&memory)));
            self.kept = Some(memory);
        }
    }

    /// Records where the reader is, tries once more to save what is not on disk yet, and waits
    /// until all is written. Says what was lost.
    pub(in crate::terminal) fn suspend_reading(&mut self, model: &Model) -> Option<String> {
        let unsaved = model.marks.all().iter().filter(|mark| mark.stored == Stored::No);
        self.write(unsaved.map(|mark| mark.id.as_str()));
        let failed = self.writer.take().map(Writer::finish).unwrap_or_default();
        let memory = self.memory(model);
        if memory.reading.is_some() {
            self.remember_seen(model);
        }
        if self.kept.take().is_none_or(|kept| !kept.is_like(&memory)) {
            memory.save(&self.store);
        }
        lost(&failed)
    }

    /// What is to be remembered of this article.
    fn memory(&self, model: &Model) -> Memory {
        let shown = self.part != Part::Raw;
        let known = matches!(model.progress.names, progress::Reach::Whole | progress::Reach::Near);
        Memory {
            reading: shown.then(|| self.reading(model)),
            names: (shown && known).then(|| Arc::clone(&model.found.names)),
            habits: Habits { welcomed: true, recent: model.recent.clone() },
        }
    }

    /// Where the reader is.
    fn reading(&self, model: &Model) -> Reading {
        let top = model.flow(Pane::Body).row_at(model.top(Pane::Body));
        let doubtful = model.marks.all().iter().filter(|mark| mark.needs_a_look());
        let several = !self.doc.articles.is_empty();
        Reading {
            origin: self.origin.clone(),
            article: several.then_some(self.doc.article),
            when: now(),
            place: top
                .map(|row| Anchor::knowing(&self.scalars, &self.doc, row.span))
                .unwrap_or_default(),
            percent: status::percent(model).min(100) as u8,
            stamp: self.file.as_ref().map(|(_, stamp)| *stamp),
            new: model.fresh.len() as u32,
            marks: model.marks.all().len() as u32,
            doubtful: doubtful.map(|mark| (mark.id.clone(), mark.verdict)).collect(),
        }
    }

    /// Which comments were seen is remembered while they are read; here only what the reader changed.
    fn remember_seen(&mut self, model: &Model) {
        if self.sight.take().is_some_and(|sight| sight.end(&model.fresh)) {
            let (now, place) = (Arc::new(()), (&self.store, &self.origin.key));
            sight::remember(&self.doc, &model.fresh, place, &Arc::downgrade(&now));
        }
    }
}

/// What could not be written, as a sentence.
fn lost(failed: &BTreeMap<String, String>) -> Option<String> {
    let why = failed.values().next()?;
    let bookmarks = if failed.len() == 1 { "1 bookmark" } else { "some bookmarks" };
    Some(format!("{bookmarks} could not be saved: {why}"))
}
