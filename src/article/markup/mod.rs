//! HTML and XML of any quality as a flat tree, and a tree's text as blocks with inline styles.
//!
//! Everything is linear in its input, without recursion, and bounded: strangers write these files.
//! May not know: documents, comments, file formats.

pub(super) mod blocks;
mod gaps;
mod grid;
pub(super) mod paragraphs;
mod piece;
pub(super) mod tokens;
pub(super) mod tree;
