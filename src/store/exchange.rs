//! Bookmarks that come from elsewhere.
//!
//! May not know: in which form they came.

use std::collections::HashMap;

use super::{Store, StoreError};
use crate::record::bookmark::Bookmark;
use crate::record::time;

/// What became of bookmarks that came from elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// They were not there.
    pub added: usize,
    /// They were there and something in them had changed.
    pub newer: usize,
    /// They were there as they are, or in a later state.
    pub unchanged: usize,
}

impl Store {
    /// Takes bookmarks in: new ones are added; of one that is there, what was changed later
    /// counts, part by part, and a deleted one stays deleted. One whose time is that of ours
    /// but whose note or tags differ was edited where no clock ran: they count as changed `now`.
    ///
    /// # Errors
    /// If there is no place for one or the system refuses; those before it are in.
    pub fn import(&self, bookmarks: &[Bookmark], now: &str) -> Result<Counts, StoreError> {
        let there = self.all();
        let all = there.bookmarks.into_iter().chain(there.deleted);
        let mut ours: HashMap<String, Bookmark> =
            all.map(|bookmark| (bookmark.id().to_owned(), bookmark)).collect();
        let mut counts = Counts::default();
        for theirs in bookmarks {
            let (result, count) = match ours.get(theirs.id()) {
                None => (theirs.clone(), &mut counts.added),
                Some(own) => {
                    let Some(changed) = taken(own, theirs, now) else {
                        counts.unchanged += 1;
                        continue;
                    };
                    (changed, &mut counts.newer)
                }
            };
            self.save(&result)?;
            *count += 1;
            ours.insert(result.id().to_owned(), result);
        }
        Ok(counts)
    }

    /// The bookmark, deleted or not, whose identifier is `id` or ends with a UUID that starts
    /// so; none where several do.
    pub fn find(&self, id: &str) -> Option<Bookmark> {
        let there = self.all();
        let all = there.bookmarks.into_iter().chain(there.deleted);
        let starts = |bookmark: &Bookmark| {
            let own = bookmark.id();
            own == id || own.strip_prefix("urn:uuid:").is_some_and(|own| own.starts_with(id))
        };
        let mut found: Vec<Bookmark> = all.filter(starts).collect();
        let exact = found.iter().position(|bookmark| bookmark.id() == id);
        let only = (found.len() == 1).then_some(0);
        exact.or(only).filter(|_| !id.is_empty()).map(|index| found.swap_remove(index))
    }
}

/// Our bookmark with what changed in theirs; none if that is nothing.
fn taken(own: &Bookmark, theirs: &Bookmark, now: &str) -> Option<Bookmark> {
    let mut changed = own.clone();
    if time::same(own.modified(), theirs.modified()) {
        edit(&mut changed, theirs, now);
    } else {
        let mut theirs = theirs.clone();
        // It stays in the folder of the article where it is.
        if let Some(key) = own.key() {
            theirs.set_key(&key);
        }
        changed.merge(&theirs);
    }
    (changed != *own).then_some(changed)
}

fn edit(own: &mut Bookmark, theirs: &Bookmark, now: &str) {
    let text = |bookmark: &Bookmark| bookmark.note().unwrap_or_default().trim().to_owned();
    if !own.is_deleted() && !theirs.is_deleted() {
        if text(own) != text(theirs) {
            own.set_note(&text(theirs), now);
        }
        if own.tags() != theirs.tags() {
            own.set_tags(&theirs.tags(), now);
        }
    }
}
