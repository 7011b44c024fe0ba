//! Bookmarks whose passage is not the one that was marked any more: the reader sees what
//! became of it and says whether it is the right one. Nothing is written before.

use crate::app::Model;
use crate::app::action::{Effect, Topic};
use crate::app::lists::item::Item;
use crate::app::marks::mark::Mark;
use crate::app::reading::lit::Role;
use crate::article::Document;
use crate::record::anchor::Verdict;
use crate::record::changes::{Change, changes};
use crate::text::shown;
use crate::text::span::Span;

/// Of a passage at most so many bytes are compared word by word and shown.
const SHOWN: usize = 2000;

/// So many cells of words and note together are on the line of a list itself.
const LINE: usize = 60;

/// So many bytes before and behind a place tell it from others.
const AROUND: u32 = 40;

/// Some words with what stands out in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// The words; a line feed ends a line.
    pub text: String,
    /// What stands out. Invariant: sorted and disjoint.
    pub runs: Vec<(Span, Role)>,
}

impl Lines {
    fn push(&mut self, words: &str, role: Option<Role>) {
        let start = self.text.len();
        self.text.push_str(words);
        self.runs.extend(role.map(|role| (Span::from(start..self.text.len()), role)));
    }

    /// On a line of its own.
    fn line(&mut self, words: &str, role: Option<Role>) {
        if !words.is_empty() {
            let feed = if self.text.is_empty() { "" } else { "\n" };
            self.push(feed, None);
            self.push(words, role);
        }
    }
}

impl Model {
    /// What is shown below the open list of the line that it points at.
    pub fn detail(&self) -> Lines {
        let mut lines = Lines::default();
        let Some(list) = self.list() else { return lines };
        let Some(item) = list.pointed() else { return lines };
        match (list.topic, item.id.as_deref().and_then(|id| self.marks.get(id))) {
            (Topic::Bookmarks, Some(mark)) if mark.needs_a_look() || !fits(item) => {
                self.became(mark, &mut lines);
                lines.line(&mark.note, Some(Role::Emphasis));
            }
            (Topic::AllBookmarks | Topic::Deleted, _) if !fits(item) => {
                lines.line(head(&item.text), None);
                lines.line(&item.more, Some(Role::Emphasis));
            }
            _ => {}
        }
        lines
    }

    /// What became of the passage of a bookmark.
    fn became(&self, mark: &Mark, lines: &mut Lines) {
        let now = mark.span.map_or("", |span| self.doc.slice(span));
        match mark.verdict {
            Verdict::Exact | Verdict::Moved => lines.line(head(&mark.words), None),
            Verdict::Edited => differences(&mark.words, now, lines),
            Verdict::Ambiguous => {
                lines.line(head(&mark.words), None);
                lines.line("It may stand at more than one place: C lists them.", None);
            }
            Verdict::Lost => {
                let before = mark.before.trim();
                lines.line(if before.is_empty() { "" } else { "…" }, None);
                lines.push(before, None);
                lines.push(if before.is_empty() { "" } else { " " }, None);
                lines.push(head(&mark.words), Some(Role::Gone));
            }
        }
    }

    /// Opens the list of bookmarks at one of them.
    pub fn look_at(&mut self, id: &str) {
        self.show_bookmarks();
        if let Some(list) = self.list_mut() {
            list.point_at(id);
        }
    }

    /// Says that a bookmark marks what stands there now: the one that the open list points at.
    /// Without a list, shows the one under the cursor first.
    pub fn confirm(&mut self) -> Vec<Effect> {
        match self.list().map(|list| list.topic) {
            Some(Topic::Places) => return self.choose(),
            Some(Topic::Bookmarks) => {
                let pointed = self.pointed_bookmark();
                let mark = pointed.and_then(|which| self.marks.get(&which.id).cloned());
                return mark.map(|mark| self.confirm_mark(mark)).unwrap_or_default();
            }
            _ => {}
        }
        match self.doubtful().map(|mark| mark.id.clone()) {
            Some(id) => self.look_at(&id),
            None => self.tell("no bookmark here has to be looked at"),
        }
        Vec::new()
    }

    fn confirm_mark(&mut self, mark: Mark) -> Vec<Effect> {
        match (mark.verdict, mark.span) {
            (Verdict::Edited | Verdict::Moved, Some(span)) => {
                return vec![Effect::Confirm(mark.id, span)];
            }
            (Verdict::Ambiguous, _) => return vec![Effect::Places(mark.id)],
            (Verdict::Lost, _) | (_, None) => {
                self.tell("its words are not in this text any more · x deletes it");
            }
            (Verdict::Exact, _) => self.tell("its words are what they were"),
        }
        Vec::new()
    }

    /// The places that a bookmark may be at, to choose from.
    pub fn list_places(&mut self, id: &str, places: &[Span]) {
        let item = |&span: &Span| Item {
            lead: self.whereabouts(span),
            text: around(&self.doc, span),
            at: Some(span.start),
            id: Some(id.to_owned()),
            span: Some(span),
            ..Item::default()
        };
        self.show_list(Topic::Places, places.iter().map(item).collect());
    }
}

/// Whether the line of a list says all that there is to say.
fn fits(item: &Item) -> bool {
    shown::width(&item.text) + shown::width(&item.more) <= LINE
}

/// What is gone and what is new, word by word.
fn differences(old: &str, new: &str, lines: &mut Lines) {
    for (index, (change, words)) in changes(head(old), head(new)).into_iter().enumerate() {
        lines.push(if index > 0 { " " } else { "" }, None);
        lines.push(
            words,
            match change {
                Change::Kept => None,
                Change::Gone => Some(Role::Gone),
                Change::New => Some(Role::New),
            },
        );
    }
}

/// As much of a passage as is shown.
fn head(words: &str) -> &str {
    words.split_at(words.floor_char_boundary(SHOWN)).0
}

/// A place with some words before and behind it.
fn around(doc: &Document, span: Span) -> String {
    let block = doc.blocks[doc.block_at(span.start)].span;
    let boundary = |at: u32| doc.text.floor_char_boundary(at as usize) as u32;
    let from = boundary(span.start.saturating_sub(AROUND).max(block.start));
    let to = boundary(span.end.saturating_add(AROUND).min(block.end.max(span.end)));
    let cut = if from > block.start { "…" } else { "" };
    format!("{cut}{}", doc.slice(Span::new(from, to)))
}
