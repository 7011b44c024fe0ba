//! recto: a terminal reader for an article and the discussion under it.
//!
//! This page is the map: what the modules are, what they may not know, and how one key press
//! travels through them.
//!
//! # The screen and who draws it
//!
//! ```text
//!  The North Pier Is Closed · FALMOUTH · Tessa Orme · 2 min left     recto  41%   ui::bars
//! ┏ Article ━━━━━━━━━━━━━━━━━━━━━━━┓╭ Comments 5 ─────────╮╭ Entities 8 ───────╮ ui::frame
//! ┃▌★❝1 The ferry to Saint Mawes … ┃│ ▾ Jory Hale · +12   ││ People            │ ui::text
//! ┃     now leaves from the quay.  ┃│   “It has met …”    ││ ▌Tom Pascoe   2·1 │ ui::names
//! ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛╰─────────────────────╯╰───────────────────╯
//!  article  Tom Pascoe 1/3 (article 2 · comments 1)          n next mention       app::status
//! ```
//!
//! # The one idea
//!
//! One text, never changed after it was loaded; everything else is a sorted flat array of spans
//! over it. A [`Document`](article::Document) is one string with blocks and comments; mentions,
//! quotations, bookmarks and search hits are spans; a place in any pane is one byte offset. So a
//! jump, a highlight, a search and a bookmark are the same code in the article and in the
//! discussion, and a resize has nothing to repair.
//!
//! ```text
//! bytes ─ article::load ─▶ Document ─ analysis ─▶ Analysis ─┐  (a thread)
//! key, signal, size ─ app::keys ─▶ Action ─ app::update ─▶ Model ─ ui::draw ─▶ cells
//!                                               └──▶ Effect ─ terminal::session ─▶ store
//! ```
//!
//! # Direction
//!
//! A module names only those to its left:
//! `text → article → record → analysis → layout → app → ui → config → store → source → headless →
//! terminal → main`
//! (`tests/layers.rs` keeps it so).
//!
//! | module | knows | may not know |
//! |---|---|---|
//! | [`text`] | spans, sentences, folding, searching; how a character is shown and how wide it is | articles, colours |
//! | [`article`] | the document; bytes, encodings and one file a format | rows, screens, keys |
//! | [`record`] | bookmarks as data, and how a passage is found again after an edit | files, the clock |
//! | [`analysis`] | entities and their mentions, links from comments to passages | state, widths |
//! | [`layout`] | rows of a block at a width, a flow of rows from any byte, where panes lie | ratatui, keys, styles |
//! | [`app`] | `Model`, `Action`, `Effect`, the key table, `update`, which words are lit | ratatui, files, threads |
//! | [`ui`] | `&Model` to cells; a role to a style | crossterm |
//! | [`config`] | `config.toml`: keys, theme and settings, read, checked and printed from the tables | files |
//! | [`store`] | the record on disk: whole files, written before they are said to be | the model |
//! | [`source`] | a folder of files as a list to choose from; pages of the web and their copies | the record, panes |
//! | [`headless`] | the same as text and JSON | panes |
//! | [`terminal`] | the terminal, signals, threads, the clock | – |
//!
//! # Invariants
//!
//! - Nothing between `load` and `draw` can fail: bad input becomes a value and a note.
//! - `app` lies in folders by what a reader works with: keys, mouse, reading (where the reader is and
//!   the ways from there), lists, marks, entities, and the file that the text comes from.
//! - No clock below `terminal`: where reading may take long, an [`article::deadline::Deadline`] is handed in and
//!   asked between steps; when it is over, the text of the file is shown as it stands.
//! - [`app::update::update`] is the only thing that changes the model; drawing returns nothing.
//! - Geometry is asked for: [`layout`] is a set of pure functions that both `update` and `draw`
//!   call. What the model remembers are the lines of the blocks near the screen, by the width they
//!   were wrapped for, and with them or without the answers are the same. Only blocks near the screen are wrapped, and none is longer than
//!   [`MAX_BLOCK`](article::builder::MAX_BLOCK), so no key costs more in a longer text.
//! - Of a text that is still being read, its start and its end are documents of their own
//!   ([`app::file::ends`]), so that `G` waits for nothing at any size; no byte of the one is taken for a
//!   byte of the other. What has come of it is on the screen before more of it is read.
//! - The first screen is sent in one piece with what takes the terminal over, and nothing that wants a
//!   processor is begun before it had the time to be seen. What is remembered of an article is
//!   written while the reader rests, not when the program ends.
//! - What a long text has many of (bytes, blocks, comments, words, mentions, links, hits) is plain numbers in a
//!   [`article::bulk::Bulk`], which lies in large pages and is given back whole; what names them (identifiers, times,
//!   signs of what was seen) is one text with spans. So opening and leaving it cost what its size costs, not what its
//!   parts do.
//! - Nothing is fetched from the web that the reader did not ask for; what was fetched is read from
//!   its copy, as a file.
//! - No byte of a file reaches the terminal but through [`text::shown`], or as a letter of a picture that
//!   [`app::reading::raster`] has looked at.
//! - “Saved” is said after the bookmark is on disk.
//!
//! # One key press
//!
//! `n` arrives as `Key::Char('n')`; [`app::keys`] looks it up: `Action::Walk(Trail::Latest,
//! Way::Forward)`; `update` finds the next mention by `partition_point`, opens the threads that
//! hide it, moves the top row of its pane if it is outside, and remembers where the reader was;
//! no effect comes back; `ui::draw` takes rows from the top byte and the roles of their bytes
//! from [`app::reading::lit`], and ratatui writes the cells that differ.

pub mod analysis;
pub mod app;
pub mod article;
pub mod config;
pub mod headless;
pub mod layout;
pub mod record;
pub mod source;
pub mod store;
pub mod terminal;
pub mod text;
pub mod ui;
