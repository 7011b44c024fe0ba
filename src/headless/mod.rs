//! The program without a screen: the same document, analysis and record, as text or as JSON.
//!
//! Pure functions from values to what is printed. May not know: panes, terminals, the clock.

pub mod bookmarks;
pub mod convert;
pub mod folder;
pub mod inspect;
pub mod show;
pub mod tag;
