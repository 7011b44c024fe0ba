//! What can be said of a text without knowing what it is: spans of bytes, sentences,
//! folding for comparison, and how a character is shown.
//!
//! May not know: articles, panes, colours.

pub mod address;
mod clusters;
pub mod find;
pub mod fold;
pub mod locate;
mod marked;
pub mod sentences;
pub mod shown;
pub mod span;
