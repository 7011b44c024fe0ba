//! What lies on words inside a block: how they are set, where they lead, what they stand for.
//!
//! May not know: blocks.

use crate::text::span::Span;

/// How some words inside a block are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inline {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Code inside running text.
    Code,
    /// Struck out.
    Struck,
}

/// A link out of the text, or to another place of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words that carry it.
    pub span: Span,
    /// Where it leads, as the file says.
    pub url: String,
    /// The byte of this text that it leads to, where it leads there: told when the text is whole.
    pub to: Option<u32>,
}

impl Link {
    /// A link as the file gives it.
    pub const fn new(span: Span, url: String) -> Self {
        Self { span, url, to: None }
    }
}

/// A picture that stands in the text as `[image: what it shows]`.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// The words that stand for it.
    pub span: Span,
    /// Where it lies, as the file says: an address, a path seen from the file, or the picture
    /// itself as `data:`.
    pub src: String,
}

impl std::fmt::Debug for Picture {
    /// Without all of a picture that is in the file itself.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start: String = self.src.chars().take(80).collect();
        out.debug_struct("Picture").field("span", &self.span).field("src", &start).finish()
    }
}

/// The words that stand for a picture, where what it shows is known.
pub(crate) fn picture_words(shows: &str) -> String {
    if shows.is_empty() { "[image]".to_owned() } else { format!("[image: {shows}]") }
}

/// A place of the text with a name, to which links lead: `id` in HTML.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// The first byte behind it.
    pub at: u32,
    /// Its name, without `#`.
    pub name: String,
}
