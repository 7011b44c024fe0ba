//! The bookmarks of the article that is open.

pub mod confirm;
pub mod mark;

use crate::app::Model;
use crate::app::action::{Effect, Topic};
use crate::app::lists::list::List;
use crate::app::marks::mark::{Deed, Draft, Mark, Stored, Which};
use crate::record::anchor::Verdict;
use crate::text::span::Span;

/// All bookmarks of the article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Invariant: sorted by place, those without one last.
    all: Vec<Mark>,
    /// What was deleted since the article was opened, the last one last.
    deleted: Vec<Which>,
    /// Whether the reader was told that quitting loses something.
    warned: bool,
}

impl Marks {
    /// All of them.
    pub fn all(&self) -> &[Mark] {
        &self.all
    }

    /// The bookmark of that identifier.
    pub fn get(&self, id: &str) -> Option<&Mark> {
        self.all.iter().find(|mark| mark.id == id)
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

    fn set_stored(&mut self, id: &str, stored: Stored) {
        if let Some(mark) = self.all.iter_mut().find(|mark| mark.id == id) {
            mark.stored = stored;
        }
    }

    /// The bookmark of exactly this passage.
    fn of(&self, passage: Span) -> Option<&Mark> {
        self.all.iter().find(|mark| mark.span == Some(passage))
    }

    /// Identifiers of those that could not be written.
    fn unsaved(&self) -> Vec<String> {
        let unsaved = self.all.iter().filter(|mark| mark.stored == Stored::No);
        unsaved.map(|mark| mark.id.clone()).collect()
    }
}

impl Model {
    /// The bookmark on the passage under the cursor that the reader should look at.
    pub fn doubtful(&self) -> Option<&Mark> {
        let passage = self.passage();
        let mut placed = self.marks.placed();
        let here = placed.find(|(span, mark)| {
            mark.needs_a_look() && (*span == passage || span.intersect(passage).is_some())
        });
        here.map(|(_, mark)| mark)
    }

    /// Bookmarks the passage under the cursor.
    pub fn bookmark(&mut self) -> Vec<Effect> {
        if let Some(id) = self.doubtful().map(|mark| mark.id.clone()) {
            self.look_at(&id);
            return Vec::new();
        }
        let passage = self.passage();
        match self.marks.of(passage).map(|mark| mark.stored) {
            Some(Stored::No) => return self.write(),
            Some(_) => self.tell("this passage is bookmarked already"),
            None => return self.save(passage, String::new()),
        }
        Vec::new()
    }

    /// Puts a note on the bookmark that the list points at, else on the passage under the
    /// cursor, with a bookmark where it has none.
    pub fn annotate(&mut self, note: &str) -> Vec<Effect> {
        let note = note.trim().to_owned();
        if note == self.note_here() {
            return Vec::new();
        }
        let passage = self.passage();
        match self.noted() {
            Some(which) => vec![Effect::Annotate(which, note)],
            None => self.save(passage, note),
        }
    }

    /// The note that a line would be typed for, with its tags.
    pub fn note_here(&self) -> String {
        if let Some(list) = self.bookmark_list() {
            return list.pointed().map(|item| item.more.clone()).unwrap_or_default();
        }
        self.marks.of(self.passage()).map(|mark| mark.note.clone()).unwrap_or_default()
    }

    /// The bookmark that a note would be put on.
    fn noted(&self) -> Option<Which> {
        if self.bookmark_list().is_some() {
            return self.pointed_bookmark();
        }
        let id = self.marks.of(self.passage())?.id.clone();
        Some(Which { id, article: None })
    }

    /// The open list, if it is one of bookmarks.
    pub fn bookmark_list(&self) -> Option<&List> {
        self.list().filter(|list| matches!(list.topic, Topic::Bookmarks | Topic::AllBookmarks))
    }

    /// The bookmark that the open list points at.
    pub fn pointed_bookmark(&self) -> Option<Which> {
        let item = self.list()?.pointed()?;
        Some(Which { id: item.id.clone()?, article: item.article.clone() })
    }

    fn save(&mut self, passage: Span, note: String) -> Vec<Effect> {
        if self.refuse_while_arriving() {
            return Vec::new();
        }
        if passage.is_empty() {
            self.tell("there is no text here to bookmark");
            return Vec::new();
        }
        self.selection = None;
        vec![Effect::Save(Draft { span: passage, note })]
    }

    /// Takes in what was read from disk.
    pub fn take_marks(&mut self, marks: Vec<Mark>) {
        let count =
            |wanted: fn(Verdict) -> bool| marks.iter().filter(|mark| wanted(mark.verdict)).count();
        let moved = count(|verdict| verdict == Verdict::Moved);
        let changed = count(|verdict| matches!(verdict, Verdict::Edited | Verdict::Ambiguous));
        let lost = count(|verdict| verdict == Verdict::Lost);
        self.marks.all = marks;
        self.marks.sort();
        if changed + lost > 0 {
            let lost = if lost > 0 { format!(", {lost} lost") } else { String::new() };
            self.tell(&format!("the text has changed: bookmarks to look at: {changed}{lost} · '"));
        } else if moved > 0 {
            self.tell(&format!("the text has changed: {moved} bookmarks moved with it"));
        }
    }

    /// A bookmark is kept in memory, new or changed.
    pub fn put_mark(&mut self, mark: Mark) {
        self.marks.put(mark);
        self.refresh_list();
    }

    /// A bookmark has another note in memory.
    pub fn put_note(&mut self, id: &str, note: String) {
        let noted =
            self.marks.get(id).map(|mark| Mark { note, stored: Stored::Soon, ..mark.clone() });
        if let Some(mark) = noted {
            self.put_mark(mark);
        }
    }

    /// A bookmark is on disk.
    pub fn saved(&mut self, id: &str, deed: Deed) -> Vec<Effect> {
        self.marks.set_stored(id, Stored::Yes);
        self.tell(deed.said());
        self.gather_again()
    }

    /// A bookmark is kept in memory only.
    pub fn not_saved(&mut self, id: &str, why: &str) {
        self.marks.set_stored(id, Stored::No);
        self.marks.warned = false;
        self.refresh_list();
        self.tell(&format!("not saved: {why} · kept here, w tries again"));
    }

    /// Tries again to write what could not be written.
    pub fn write(&mut self) -> Vec<Effect> {
        let unsaved = self.marks.unsaved();
        if unsaved.is_empty() {
            self.tell("every bookmark is saved");
            return Vec::new();
        }
        for id in &unsaved {
            self.marks.set_stored(id, Stored::Soon);
        }
        vec![Effect::Write(unsaved)]
    }

    /// Whether the reader may quit. Where that would lose something it is said, once, and tried
    /// again.
    pub fn warn_before_quitting(&mut self) -> Option<Vec<Effect>> {
        let unsaved = self.marks.unsaved().len();
        if unsaved == 0 || std::mem::replace(&mut self.marks.warned, true) {
            return None;
        }
        self.tell(&format!("bookmarks that are not saved: {unsaved} · w tries again, q quits"));
        Some(Vec::new())
    }

    /// Deletes the bookmark that the open list points at.
    pub fn delete_pointed(&mut self) -> Vec<Effect> {
        if self.bookmark_list().is_none() {
            self.tell("d half a page down · ' lists the bookmarks");
            return Vec::new();
        }
        self.pointed_bookmark().map(Effect::Delete).into_iter().collect()
    }

    /// A bookmark was deleted, or could not be.
    pub fn deleted(&mut self, which: Which, result: Result<(), String>) -> Vec<Effect> {
        if let Err(why) = result {
            self.tell(&format!("not deleted: {why}"));
            return Vec::new();
        }
        self.marks.all.retain(|mark| mark.id != which.id);
        self.marks.deleted.push(which);
        self.refresh_list();
        self.tell("bookmark deleted · U brings it back");
        self.gather_again()
    }

    /// Brings back the bookmark that was deleted last; where none was since the article was
    /// opened, lists those that were deleted before.
    pub fn undo(&mut self) -> Vec<Effect> {
        if self.list().is_some_and(|list| list.topic == Topic::Deleted) {
            return self.choose();
        }
        let only_corrected = self.marks.deleted.is_empty();
        if let Some(effects) = only_corrected.then(|| self.undo_correction()).flatten() {
            return effects;
        }
        match self.marks.deleted.pop() {
            Some(which) => vec![Effect::Restore(which)],
            None => self.gather(Topic::Deleted),
        }
    }

    /// Has the open list of all articles gathered again.
    fn gather_again(&mut self) -> Vec<Effect> {
        self.refresh_list();
        let open = self.list().is_some_and(|list| list.topic == Topic::AllBookmarks);
        open.then_some(Effect::Gather(Topic::AllBookmarks)).into_iter().collect()
    }
}
