//! The bookmarks of the article that is open.

use super::Model;
use super::action::Effect;
use super::mark::{Draft, Mark};
use crate::record::anchor::Verdict;
use crate::text::span::Span;

/// All bookmarks of the article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Invariant: sorted by place, those without one last.
    all: Vec<Mark>,
    /// What was deleted last.
    deleted: Option<Mark>,
}

impl Marks {
    /// All of them.
    pub fn all(&self) -> &[Mark] {
        &self.all
    }

    /// Those that have a place, in order.
    pub fn placed(&self) -> impl Iterator<Item = (Span, &Mark)> {
        self.all.iter().map_while(|mark| Some((mark.span?, mark)))
    }

    /// Those whose passage starts inside `window`.
    pub fn within(&self, window: Span) -> impl Iterator<Item = (Span, &Mark)> {
        let placed = |mark: &Mark| mark.span.map_or(u32::MAX, |span| span.start);
        let first = self.all.partition_point(|mark| placed(mark) < window.start);
        let rest = self.all[first..].iter();
        rest.take_while(move |mark| placed(mark) < window.end)
            .filter_map(|mark| Some((mark.span?, mark)))
    }

    /// Adds a bookmark or replaces the one of the same identifier.
    fn put(&mut self, mark: Mark) {
        self.all.retain(|other| other.id != mark.id);
        self.all.push(mark);
        self.sort();
    }

    fn sort(&mut self) {
        self.all.sort_by_key(|mark| (mark.span.is_none(), mark.span));
    }

    /// The bookmark of exactly this passage.
    fn of(&self, passage: Span) -> Option<&Mark> {
        self.all.iter().find(|mark| mark.span == Some(passage))
    }
}

impl Model {
    /// Bookmarks the passage under the cursor.
    pub fn bookmark(&mut self) -> Vec<Effect> {
        let passage = self.passage();
        match self.marks.of(passage).cloned() {
            Some(mark) if mark.saved => {
                self.tell("this passage is bookmarked already");
                Vec::new()
            }
            Some(mark) => vec![Effect::Rewrite(mark)],
            None => self.save(passage, None),
        }
    }

    /// Puts a note on the passage under the cursor, with a bookmark where it has none.
    pub fn annotate(&mut self, note: &str) -> Vec<Effect> {
        let note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        let passage = self.passage();
        match self.marks.of(passage).cloned() {
            Some(mark) => vec![Effect::Rewrite(Mark { note, ..mark })],
            None if note.is_some() => self.save(passage, note),
            None => Vec::new(),
        }
    }

    /// The note that the passage under the cursor has.
    pub fn note_here(&self) -> String {
        self.marks.of(self.passage()).and_then(|mark| mark.note.clone()).unwrap_or_default()
    }

    fn save(&mut self, passage: Span, note: Option<String>) -> Vec<Effect> {
        if passage.is_empty() {
            self.tell("there is no text here to bookmark");
            return Vec::new();
        }
        self.selection = None;
        vec![Effect::Save(Draft { span: passage, note })]
    }

    /// Takes in what was read from disk.
    pub fn take_marks(&mut self, marks: Vec<Mark>) {
        let moved = marks.iter().filter(|mark| mark.verdict != Verdict::Exact).count();
        let lost = marks.iter().filter(|mark| mark.span.is_none()).count();
        self.marks.all = marks;
        self.marks.sort();
        if lost > 0 {
            self.tell(&format!("{lost} bookmarks have no place in this text: ' lists them"));
        } else if moved > 0 {
            self.tell(&format!("the text has changed: {moved} bookmarks moved with it"));
        }
    }

    /// A bookmark is on disk.
    pub fn saved(&mut self, mark: Mark) {
        let said = if mark.note.is_some() { "note saved" } else { "bookmark saved" };
        self.marks.put(mark);
        self.tell(said);
    }

    /// A bookmark is kept in memory only.
    pub fn not_saved(&mut self, mark: Mark, why: &str) {
        self.marks.put(Mark { saved: false, ..mark });
        self.tell(&format!("not saved: {why} · kept until you quit"));
    }

    /// A bookmark was deleted, or could not be.
    pub fn deleted(&mut self, id: &str, result: Result<(), String>) {
        if let Err(why) = result {
            return self.tell(&format!("not deleted: {why}"));
        }
        let index = self.marks.all.iter().position(|mark| mark.id == id);
        self.marks.deleted = index.map(|index| self.marks.all.remove(index));
        self.refresh_list();
        self.tell("bookmark deleted · u brings it back");
    }

    /// Brings the bookmark back that was deleted last.
    pub fn undo(&mut self) -> Vec<Effect> {
        let deleted = self.marks.deleted.take();
        if let Some(effects) = deleted.is_none().then(|| self.undo_correction()).flatten() {
            return effects;
        }
        if deleted.is_none() {
            self.tell("nothing to bring back");
        }
        deleted.map(Effect::Restore).into_iter().collect()
    }
}
