//! Geometry: which rows a text has at a width, which row a byte is on, where the panes lie.
//!
//! Pure functions of what they are given, so that a key and a drawing ask the same question and
//! get the same answer. Lines that were wrapped for the last frame can be given along, which spares
//! wrapping them again and changes no answer.
//!
//! May not know: ratatui, keys, styles, state.

pub mod flow;
pub mod folds;
pub mod hyphen;
pub mod justify;
pub mod panes;
pub mod row;
pub mod setting;
mod table;
pub mod wrap;
pub mod wrapped;
