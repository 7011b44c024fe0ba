//! Moving through the discussion and folding it.

use std::sync::Arc;

use crate::app::Model;
use crate::app::action::Way;
use crate::article::bulk::Bulk;

impl Model {
    /// Folds the thread under the cursor; where it is folded, goes to its parent.
    pub fn fold(&mut self) {
        let Some(comment) = self.comment() else { return };
        if self.folds.is_closed(comment) {
            return self.to_parent();
        }
        self.set_fold(comment, true);
    }

    /// Unfolds the thread under the cursor.
    pub fn unfold(&mut self) {
        if let Some(comment) = self.comment() {
            self.set_fold(comment, false);
        }
    }

    /// Folds or unfolds the thread under the cursor.
    pub fn toggle_fold(&mut self) {
        if let Some(comment) = self.comment() {
            self.set_fold(comment, !self.folds.is_closed(comment));
        }
    }

    /// Folds or unfolds everything. The cursor stays on what still shows its comment.
    pub fn set_all_folds(&mut self, closed: bool) {
        self.folds.set_all(&Arc::clone(&self.doc), closed);
        self.settle();
    }

    /// Folds what lies deeper than a level.
    pub fn fold_below(&mut self, depth: u32) {
        self.folds.set_below(&Arc::clone(&self.doc), depth);
        self.settle();
    }

    /// Folds the whole thread under the cursor and goes to the next one, which takes its place.
    pub fn fold_away(&mut self) {
        let Some(comment) = self.comment() else { return };
        let root = self.doc.thread_root(comment);
        self.set_fold(root, true);
        match self.doc.thread_end(root) {
            next if next < self.doc.comments.len() => self.to_comment(next),
            _ => self.to_comment(root),
        }
    }

    /// Takes in which comments are new since the last reading.
    pub fn take_new(&mut self, comments: Bulk<u32>) {
        if !comments.is_empty() {
            self.tell(&format!("{} new comments since the last reading: ]u", comments.len()));
        }
        self.fresh = Arc::new(comments);
    }

    /// Takes the new comments for read.
    pub fn dismiss(&mut self) {
        let count = std::mem::take(&mut self.fresh).len();
        self.tell(&format!("{count} new comments taken for read"));
    }

    /// How many comments of a thread are new.
    pub fn new_in(&self, comments: std::ops::Range<usize>) -> usize {
        let before = |end: usize| self.fresh.partition_point(|&new| (new as usize) < end);
        before(comments.end) - before(comments.start)
    }

    /// To the comment that this one answers.
    pub fn to_parent(&mut self) {
        let parent = self.comment().and_then(|comment| self.doc.comments[comment].parent());
        match parent {
            Some(parent) => self.to_comment(parent as usize),
            None => self.tell("this comment answers none"),
        }
    }

    /// To the next or previous comment of the same level under the same parent.
    pub fn to_sibling(&mut self, way: Way) {
        let Some(comment) = self.comment() else { return };
        let sibling = match way {
            Way::Forward => self.next_sibling(comment),
            Way::Back => self.previous_sibling(comment),
        };
        match sibling {
            Some(sibling) => self.to_comment(sibling),
            None => self.tell("no further comment on this level"),
        }
    }

    /// Puts the cursor on a comment's author line.
    pub fn to_comment(&mut self, comment: usize) {
        let line = self.doc.comments[comment].blocks().start as usize;
        self.show(self.doc.blocks[line].span.start);
    }

    fn set_fold(&mut self, comment: usize, closed: bool) {
        self.folds.set(&Arc::clone(&self.doc), comment, closed);
        self.settle();
    }

    /// Puts a cursor that was folded away on the author line that is left of its thread.
    pub fn settle(&mut self) {
        let pane = crate::layout::panes::Pane::Comments;
        if let Some(row) = self.flow(pane).row_at(self.comments.at) {
            let hidden = self.folds.hiding(self.doc.block_at(self.comments.at) as u32).is_some();
            if hidden {
                self.comments.at = row.span.start;
            }
        }
        self.keep_in_view(pane);
    }

    fn next_sibling(&self, comment: usize) -> Option<usize> {
        let next = self.doc.thread_end(comment);
        let depth = self.doc.comments[comment].depth;
        self.doc.comments.get(next).filter(|other| other.depth == depth).map(|_| next)
    }

    fn previous_sibling(&self, comment: usize) -> Option<usize> {
        let depth = self.doc.comments[comment].depth;
        let before = (0..comment).rev();
        let mut upward = before.take_while(|&other| self.doc.comments[other].depth >= depth);
        upward.find(|&other| self.doc.comments[other].depth == depth)
    }
}
