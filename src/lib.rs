//! recto: a terminal reader for an article and the discussion under it.
//!
//! Direction, left to right; a module names only those to its left:
//! `text → article → record → analysis → layout → app → ui → store → headless → terminal → main`.

pub mod analysis;
pub mod app;
pub mod article;
pub mod headless;
pub mod layout;
pub mod record;
pub mod store;
pub mod terminal;
pub mod text;
pub mod ui;
