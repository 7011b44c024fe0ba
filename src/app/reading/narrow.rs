//! Cutting the discussion down to some comments: of one author, on one passage, with one entity.

use std::sync::Arc;

use crate::app::Model;
use crate::article::Comment;
use crate::layout::panes::Pane;
use crate::text::find::Query;

/// A discussion of no more bytes is filtered at every letter.
const AT_ONCE: u32 = 1 << 20;

impl Model {
    /// Shows only the comments that have to do with what the cursor is on; again: all.
    pub fn narrow(&mut self) {
        if self.folds.is_cut_down() {
            return self.widen();
        }
        let (only, what) = match self.focus() {
            Pane::Comments => self.of_author(),
            Pane::Entities => self.with_entity(),
            Pane::Body => self.on_passage(),
        };
        self.show_those(only, &what);
    }

    /// Shows only the comments that hold all of some words, while these are typed; of a very long
    /// discussion not before they are typed.
    pub fn preview_comments(&mut self, words: &str) {
        let discussion = self.doc.text.len() as u32 - self.doc.discussion_start();
        if discussion <= AT_ONCE {
            self.filter_comments(words);
        }
    }

    /// Shows only the comments that hold all of some words, or all where there are none.
    pub fn filter_comments(&mut self, words: &str) {
        let queries: Vec<Query> = words.split_whitespace().filter_map(Query::words).collect();
        if queries.is_empty() {
            return self.widen();
        }
        let only = self.those(|comment| {
            let text = self.doc.slice(self.doc.comment_span(comment));
            queries.iter().all(|query| query.find_from(text, 0).next().is_some())
        });
        self.show_those(only, &format!("with “{}”", words.trim()));
    }

    /// Shows only some comments; where these are none, says so.
    fn show_those(&mut self, only: Vec<bool>, what: &str) {
        let count = only.iter().filter(|&&shown| shown).count();
        if count == 0 {
            return self.tell(&format!("no comment {what}"));
        }
        self.folds.show_only(&Arc::clone(&self.doc), Some(only));
        self.settle();
        self.tell(&format!("{count} of {} comments: {what} · F all", self.doc.comments.len()));
    }

    /// Shows all comments again.
    pub fn widen(&mut self) {
        self.folds.show_only(&Arc::clone(&self.doc), None);
        self.keep_in_view(Pane::Comments);
    }

    fn those(&self, wanted: impl Fn(&Comment) -> bool) -> Vec<bool> {
        self.doc.comments.iter().map(wanted).collect()
    }

    fn of_author(&self) -> (Vec<bool>, String) {
        let doc = &self.doc;
        let author = self.comment().and_then(|comment| doc.author(&doc.comments[comment]));
        let only = self.those(|comment| author.is_some() && doc.author(comment) == author);
        (only, format!("by {}", author.unwrap_or("someone without a name")))
    }

    fn with_entity(&self) -> (Vec<bool>, String) {
        let entity =
            self.entities.pointed().and_then(|one| self.found.names.entities.get(one as usize));
        let Some(entity) = entity else { return (Vec::new(), "without an entity".into()) };
        let only = self.those(|comment| {
            let span = self.doc.comment_span(comment);
            let first = entity.mentions.partition_point(|mention| mention.start < span.start);
            entity.mentions.get(first).is_some_and(|mention| mention.start < span.end)
        });
        (only, format!("with {}", entity.name))
    }

    fn on_passage(&self) -> (Vec<bool>, String) {
        let answers = self.answers(self.paragraph());
        let only = self.those(|comment| {
            let span = self.doc.comment_span(comment);
            let first = answers.partition_point(|answer| answer.start < span.start);
            answers.get(first).is_some_and(|answer| answer.start < span.end)
        });
        (only, "on this passage".into())
    }
}
