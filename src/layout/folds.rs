//! Which threads are folded, and so which blocks are hidden.
//!
//! May not know: rows, keys.

use std::ops::Range;

use crate::article::Document;

/// Threads that are folded to their author line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    /// One flag a comment.
    closed: Vec<bool>,
    /// Where the discussion is cut down to some comments: one flag a comment.
    only: Option<Vec<bool>>,
    /// Block ranges that are not shown. Invariant: disjoint, sorted, none touches the next.
    hidden: Vec<Range<u32>>,
}

impl Folds {
    /// Nothing folded.
    pub fn new(doc: &Document) -> Self {
        Self { closed: vec![false; doc.comments.len()], only: None, hidden: Vec::new() }
    }

    /// Whether a comment is folded itself.
    pub fn is_closed(&self, comment: usize) -> bool {
        self.closed.get(comment).is_some_and(|&closed| closed)
    }

    /// Folds or unfolds one comment. Linear in the number of comments.
    pub fn set(&mut self, doc: &Document, comment: usize, closed: bool) {
        if let Some(flag) = self.closed.get_mut(comment) {
            *flag = closed;
        }
        self.hide(doc);
    }

    /// Folds some comments. Linear in the number of comments.
    pub fn close(&mut self, doc: &Document, comments: impl Iterator<Item = usize>) {
        for comment in comments {
            if let Some(flag) = self.closed.get_mut(comment) {
                *flag = true;
            }
        }
        self.hide(doc);
    }

    /// Folds what lies deeper than some level (0 is top-level), and opens the rest.
    pub fn set_below(&mut self, doc: &Document, depth: u32) {
        for (closed, comment) in self.closed.iter_mut().zip(&doc.comments) {
            *closed = comment.depth >= depth;
        }
        self.hide(doc);
    }

    /// Shows only some comments (one flag each), or all again.
    pub fn show_only(&mut self, doc: &Document, only: Option<Vec<bool>>) {
        self.only = only;
        self.hide(doc);
    }

    /// Whether only some comments are shown.
    pub fn is_cut_down(&self) -> bool {
        self.only.is_some()
    }

    /// Folds all threads, replies too, or opens all.
    pub fn set_all(&mut self, doc: &Document, closed: bool) {
        self.closed.fill(closed);
        self.hide(doc);
    }

    /// Opens what hides a comment. True where something was folded.
    pub fn reveal(&mut self, doc: &Document, comment: usize) -> bool {
        let mut opened = self.only.take_if(|only| !only[comment]).is_some();
        let mut at = Some(comment);
        while let Some(index) = at {
            opened |= std::mem::take(&mut self.closed[index]);
            at = doc.comments[index].parent().map(|parent| parent as usize);
        }
        if opened {
            self.hide(doc);
        }
        opened
    }

    /// The hidden range that block number `block` lies in.
    pub fn hiding(&self, block: u32) -> Option<&Range<u32>> {
        let after = self.hidden.partition_point(|range| range.start <= block);
        self.hidden[..after].last().filter(|range| block < range.end)
    }

    fn hide(&mut self, doc: &Document) {
        self.hidden.clear();
        let mut comment = 0;
        while let Some(closed) = self.closed.get(comment).copied() {
            let left_out = self.only.as_ref().is_some_and(|only| !only[comment]);
            // A folded thread takes its replies with it, but not where those were asked for.
            let whole = closed && self.only.is_none();
            let end = if whole { doc.thread_end(comment) } else { comment + 1 };
            if closed || left_out {
                let line = doc.comments[comment].blocks().start;
                let first = if left_out { line } else { line + 1 };
                self.add(first..doc.comments[end - 1].blocks().end);
            }
            comment = end;
        }
    }

    /// Adds a range after the others; ranges that touch become one.
    fn add(&mut self, range: Range<u32>) {
        match self.hidden.last_mut().filter(|last| last.end == range.start) {
            Some(last) => last.end = range.end,
            None => self.hidden.push(range),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::builder::{Builder, CommentHead};

    #[test]
    fn a_folded_thread_hides_its_text_and_replies() {
        let mut builder = Builder::new();
        builder.paragraph("body");
        for parent in [None, Some(0), Some(1), None] {
            builder.comment(&CommentHead { parent, ..CommentHead::default() });
            builder.paragraph("words");
        }
        let doc = builder.finish();
        let mut folds = Folds::new(&doc);
        folds.set(&doc, 1, true);
        folds.set(&doc, 0, true);
        assert_eq!(folds.hiding(1), None);
        assert_eq!(folds.hiding(2), Some(&(2..7)));
        assert_eq!(folds.hiding(6), Some(&(2..7)));
        assert_eq!(folds.hiding(7), None);
        assert!(folds.reveal(&doc, 2));
        assert!(!folds.reveal(&doc, 3));
        assert_eq!(folds.hiding(6), None);
    }

    #[test]
    fn only_some_comments_are_shown() {
        let mut builder = Builder::new();
        builder.paragraph("body");
        for _ in 0..4 {
            builder.comment(&CommentHead::default());
            builder.paragraph("words");
        }
        let doc = builder.finish();
        let mut folds = Folds::new(&doc);
        folds.show_only(&doc, Some(vec![false, false, true, false]));
        assert_eq!(folds.hidden, [1..5, 7..9]);
        assert!(folds.reveal(&doc, 1));
        assert_eq!((folds.is_cut_down(), folds.hidden.len()), (false, 0));
    }
}
