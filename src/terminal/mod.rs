//! The terminal: what is written to it, what comes from it, and how it is given back.
//!
//! Everything it works on is passed to it. The only module that names crossterm, signals,
//! threads and the clock.

mod clipboard;
mod editor;
#[cfg(feature = "images")]
mod encode;
pub mod fault;
mod fetcher;
mod frame;
mod guard;
mod halves;
mod ink;
mod input;
mod library;
mod linear;
mod loader;
mod memory;
mod opener;
pub mod output;
mod paint;
mod patience;
#[cfg(feature = "images")]
mod pictures;
#[cfg(feature = "images")]
mod protocol;
mod raster;
mod run;
mod screen;
mod session;
mod shift;
mod sight;
#[cfg(target_os = "linux")]
mod told;
mod watch;
mod workers;
mod writer;

pub use linear::linear;
pub use loader::Loader;
pub use patience::document;
pub use run::{Chosen, Failure, Leave, Open, run};
pub use session::{has_history, now};

use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::app::Model;
use crate::app::action::News;
use crate::app::file::fetching::Fetching;
use crate::article::Document;
use crate::article::load::LoadError;
use crate::record::reading::Stamp;
use crate::source::page::{Page, PageError};

/// What comes in from outside, over one channel.
#[derive(Debug)]
enum Event {
    /// From the keyboard.
    Key(crate::app::keys::Key),
    /// From the mouse.
    Mouse(crate::app::mouse::Mouse),
    /// No key for a moment, where one may follow.
    Paused,
    /// Nothing at all for a moment.
    Rested,
    /// Text pasted into the terminal.
    Paste(String),
    /// From a worker on one of the articles that were opened: their number, and what it found.
    Done(usize, News),
    /// So many bytes of an article have come, and what they are. Who sent it waits until the last
    /// is dropped: then it is on the screen.
    Part(usize, Arc<Document>, u64, Sender<()>),
    /// The end of an article of which more is still to come.
    Ending(usize, Arc<Document>),
    /// So many bytes of an article have come.
    Came(usize, u64),
    /// An article is there as a whole, with its record.
    Opened(usize, Box<(session::Session, Model)>),
    /// So much of a page of some number has come from the web.
    Fetching(usize, Fetching),
    /// A page of some number lies here now, or why not.
    Fetched(usize, Result<Page, PageError>),
    /// An article cannot be read.
    Failed(usize, LoadError),
    /// The file of settings was saved.
    Chosen,
    /// The file of one of the texts that were shown is like this now, or gone.
    File(usize, Option<Stamp>),
    /// The terminal has another size.
    Resized,
    /// A signal that ends the program.
    End(i32),
    /// Asked to stop until continued.
    Stop,
    /// Continued after a stop.
    Continue,
    /// The terminal is gone.
    Gone,
}
