//! Where bookmarks are now, with the help of the texts that were kept.
//!
//! May not know: how a passage is found.

use super::Store;
use crate::article::Document;
use crate::record::anchor::{Finder, Found};
use crate::record::bookmark::Bookmark;
use crate::record::origin::Origin;
use crate::text::span::Span;

impl Store {
    /// All places that a bookmark may be at, in order.
    pub fn candidates(&self, doc: &Document, origin: &Origin, bookmark: &Bookmark) -> Vec<Span> {
        let print = bookmark.origin().map(|origin| origin.text);
        let old = print.and_then(|print| self.text(&origin.key, &print)).unwrap_or_default();
        Finder::with_old(doc, &old).candidates(&bookmark.anchor())
    }

    /// What became of the passages of some bookmarks of one article, in their order. Each text
    /// that they were made in is read and compared once.
    pub fn places(&self, doc: &Document, origin: &Origin, bookmarks: &[Bookmark]) -> Vec<Found> {
        let print = |bookmark: &Bookmark| bookmark.origin().map(|origin| origin.text);
        let mut sorted: Vec<(Option<String>, usize)> =
            bookmarks.iter().map(print).zip(0..).collect();
        sorted.sort_unstable();
        let mut found: Vec<(usize, Found)> = Vec::with_capacity(bookmarks.len());
        for group in sorted.chunk_by(|one, next| one.0 == next.0) {
            let print = group[0].0.as_ref().filter(|print| **print != origin.text);
            let old = print.and_then(|print| self.text(&origin.key, print)).unwrap_or_default();
            let finder = Finder::with_old(doc, &old);
            let place = |index: usize| (index, finder.find(&bookmarks[index].anchor()));
            found.extend(group.iter().map(|&(_, index)| place(index)));
        }
        found.sort_unstable_by_key(|(index, _)| *index);
        found.into_iter().map(|(_, found)| found).collect()
    }
}
