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
    /// Block ranges behind the outermost folded threads. Invariant: disjoint and sorted.
    hidden: Vec<Range<u32>>,
}

impl Folds {
    /// Nothing folded.
    pub fn new(doc: &Document) -> Self {
        Self { closed: vec![false; doc.comments.len()], hidden: Vec::new() }
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

    /// Folds all threads, replies too, or opens all.
    pub fn set_all(&mut self, doc: &Document, closed: bool) {
        self.closed.fill(closed);
        self.hide(doc);
    }

    /// Opens what hides a comment. True where something was folded.
    pub fn reveal(&mut self, doc: &Document, comment: usize) -> bool {
        let mut opened = false;
        let mut at = Some(comment);
        while let Some(index) = at {
            opened |= std::mem::take(&mut self.closed[index]);
            at = doc.comments[index].parent.map(|parent| parent as usize);
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
        while comment < self.closed.len() {
            if !self.closed[comment] {
                comment += 1;
                continue;
            }
            let end = doc.thread_end(comment);
            let last = doc.comments[end - 1].blocks.end;
            self.hidden.push(doc.comments[comment].blocks.start + 1..last);
            comment = end;
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
            builder.comment(CommentHead { parent, ..CommentHead::default() });
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
}
