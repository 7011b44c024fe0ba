//! The reader's record as plain data: bookmarks and notes, how a passage is found again after
//! an edit, and the forms that other programs read.
//!
//! May not know: files, clocks, screens.

mod align;
pub mod anchor;
mod body;
pub mod bookmark;
pub mod cases;
pub mod changes;
pub mod export;
pub mod import;
mod merge;
pub mod offset;
pub mod origin;
mod passage;
pub mod reading;
mod search;
pub mod seen;
pub mod tags;
pub(crate) mod time;
mod words;
