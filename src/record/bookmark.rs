//! One bookmark.
