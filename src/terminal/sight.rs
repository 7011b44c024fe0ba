//! Remembers which comments were seen, on a thread of its own: in a long discussion there are more of
//! them than a reader who quits would wait for.
//!
//! May not know: the model, panes.

use std::io;
use std::sync::{Arc, Weak};
use std::thread::{self, JoinHandle};

use super::workers::give_way;
use crate::article::Document;
use crate::article::bulk::Bulk;
use crate::record::origin::ArticleKey;
use crate::record::seen::Seen;
use crate::store::Store;

/// The comments that count as seen: all but some.
#[derive(Debug)]
pub(super) struct Sight {
    /// Those that do not.
    fresh: Arc<Bulk<u32>>,
    kept: Arc<()>,
    thread: JoinHandle<()>,
}

impl Sight {
    /// Has it remembered that all comments but the `fresh` ones were seen.
    pub(super) fn start(
        doc: Arc<Document>,
        fresh: Arc<Bulk<u32>>,
        (store, key): (Store, ArticleKey),
    ) -> io::Result<Self> {
        let (kept, new) = (Arc::new(()), Arc::clone(&fresh));
        let wanted = Arc::downgrade(&kept);
        let thread = thread::Builder::new().name("seen".into());
        let thread = thread.spawn(move || {
            give_way();
            remember(&doc, &new, (&store, &key), &wanted);
        })?;
        Ok(Self { fresh, kept, thread })
    }

    /// Gives up what is not remembered yet: nobody has seen all comments in so short a time. Says
    /// whether others are fresh by now, which is not remembered.
    pub(super) fn end(self, fresh: &Arc<Bulk<u32>>) -> bool {
        drop(self.kept);
        let _ = self.thread.join();
        // The same list is known to be the same without a look.
        self.fresh != *fresh
    }
}

/// Remembers that all comments but the `fresh` ones were seen, for as long as somebody wants that.
/// It may be lost without harm.
pub(super) fn remember(
    doc: &Document,
    fresh: &[u32],
    (store, key): (&Store, &ArticleKey),
    wanted: &Weak<()>,
) {
    let is_wanted = |_: &u32| wanted.strong_count() > 0;
    let known = |comment: &u32| fresh.binary_search(comment).is_err();
    let comments = (0..doc.comments.len() as u32).take_while(is_wanted).filter(known);
    let seen = Seen::of(doc, comments);
    if wanted.strong_count() > 0 {
        let _ = store.save_seen(key, &seen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::builder::{Builder, CommentHead};

    #[test]
    fn what_was_seen_is_remembered_while_it_is_read_and_not_after() {
        let mut builder = Builder::new();
        for words in ["Low water.", "High water.", "No water."] {
            builder.comment(&CommentHead::default());
            builder.paragraph(words);
        }
        let (dir, doc) = (tempfile::tempdir().unwrap(), Arc::new(builder.finish()));
        let store = Store::open(Some(dir.path()), None);
        let key = store.identify(&doc, None);
        let fresh: Arc<Bulk<u32>> = Arc::new(vec![1].into());
        let place = || (store.clone(), key.clone());
        let start = || Sight::start(Arc::clone(&doc), Arc::clone(&fresh), place()).unwrap();
        let sight = start();
        while !sight.thread.is_finished() {
            thread::yield_now();
        }
        let known = Seen::of(&doc, [0, 2]);
        assert_eq!((sight.end(&fresh), store.seen(&key)), (false, known.clone()));
        assert!(start().end(&Arc::default()), "others are fresh");
        remember(&doc, &[], (&store, &key), &Weak::new());
        assert_eq!(store.seen(&key), known, "nobody wants it");
    }
}
