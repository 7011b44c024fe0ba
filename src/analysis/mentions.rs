//! Where entities are mentioned, for all of a text in one list: most of them are mentioned but a few
//! times, and there may be tens of thousands.
//!
//! May not know: what the entities are.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::article::bulk::Bulk;
use crate::text::span::Span;

/// Where one entity is mentioned: a stretch of a list that it may share with others.
#[derive(Clone, Default)]
pub struct Mentions {
    all: Arc<Bulk<Span>>,
    own: Range<u32>,
}

impl Mentions {
    /// Those of `all` at some places.
    pub(super) fn among(all: &Arc<Bulk<Span>>, own: Range<u32>) -> Self {
        Self { all: Arc::clone(all), own }
    }
}

impl Deref for Mentions {
    type Target = [Span];

    fn deref(&self) -> &[Span] {
        let own = self.own.start as usize..self.own.end as usize;
        self.all.get(own).unwrap_or_default()
    }
}

impl FromIterator<Span> for Mentions {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let all: Bulk<Span> = spans.into_iter().collect();
        Self { own: 0..all.len() as u32, all: Arc::new(all) }
    }
}

impl<'a> IntoIterator for &'a Mentions {
    type Item = &'a Span;
    type IntoIter = std::slice::Iter<'a, Span>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Mentions {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Mentions {}

impl fmt::Debug for Mentions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.iter()).finish()
    }
}
