//! A bookmark as the panes show it, and one that is to be made.

use crate::record::anchor::Verdict;
use crate::record::origin::ArticleKey;
use crate::record::tags;
use crate::text::span::Span;

/// A bookmark as the panes show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Identifier of the annotation.
    pub id: String,
    /// Where its passage is now; `None` where it was not found again.
    pub span: Option<Span>,
    /// How sure that is.
    pub verdict: Verdict,
    /// The words that were marked.
    pub words: String,
    /// What stood before them.
    pub before: String,
    /// What the reader wrote, tags at the end.
    pub note: String,
    /// When it was made, as RFC 3339.
    pub created: String,
    /// Whether it is on disk.
    pub stored: Stored,
}

/// Whether something is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is.
    Yes,
    /// It is being written.
    Soon,
    /// It could not be written.
    No,
}

/// A bookmark that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The passage.
    pub span: Span,
    /// What the reader wrote, tags at the end.
    pub note: String,
}

/// Which bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Which {
    /// Its identifier.
    pub id: String,
    /// Its article, where that is not the one that is open.
    pub article: Option<ArticleKey>,
}

/// What was done to a bookmark that is on disk now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It was made.
    Made,
    /// Its note was changed.
    Noted,
    /// The reader said that it marks what stands there now.
    Confirmed,
    /// It was brought back.
    Restored,
}

impl Deed {
    /// What the status line says.
    pub const fn said(self) -> &'static str {
        match self {
            Self::Made => "bookmark saved",
            Self::Noted => "note saved",
            Self::Confirmed => "bookmark saved with the words as they are now",
            Self::Restored => "bookmark brought back",
        }
    }
}

impl Mark {
    /// Whether the reader should see what became of it.
    pub fn needs_a_look(&self) -> bool {
        self.verdict.needs_a_look()
    }

    /// Its sign in the margin.
    pub fn sign(&self) -> &'static str {
        match self.stored {
            Stored::Yes if self.needs_a_look() => "?",
            Stored::Yes => "★",
            Stored::Soon | Stored::No => "☆",
        }
    }

    /// Its sign in a list.
    pub fn state(&self) -> &'static str {
        match (self.stored, self.verdict) {
            (Stored::No, _) => "not saved",
            (Stored::Soon, _) => "☆",
            (Stored::Yes, Verdict::Exact) => "★",
            (Stored::Yes, verdict) => verdict.name(),
        }
    }

    /// The note without its tags.
    pub fn has_note(&self) -> bool {
        !tags::parted(&self.note).0.is_empty()
    }
}
