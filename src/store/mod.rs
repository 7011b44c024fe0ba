//! The reader's record on disk: one file a bookmark, written whole or not at all.
//!
//! May not know: the model, panes, keys.
