//! A bookmark as the panes show it, and one that is to be made.

use crate::record::anchor::Verdict;
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
    /// What the reader wrote.
    pub note: Option<String>,
    /// Whether it is on disk.
    pub saved: bool,
}

/// A bookmark that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The passage.
    pub span: Span,
    /// What the reader wrote.
    pub note: Option<String>,
}
