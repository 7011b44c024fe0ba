//! The terminal: what is written to it, what comes from it, and how it is given back.
//!
//! Everything it works on is passed to it. The only module that names crossterm, signals,
//! threads and the clock.

mod editor;
mod guard;
mod input;
mod library;
mod run;
mod session;
mod watch;
mod workers;
mod writer;

pub use run::{Chosen, Leave, Open, run};
pub use session::{Session, now};

use crate::app::action::Action;

/// What comes in from outside, over one channel.
#[derive(Debug)]
enum Event {
    /// From the keyboard.
    Key(crate::app::keys::Key),
    /// From the mouse.
    Mouse(crate::app::mouse::Mouse),
    /// Text pasted into the terminal.
    Paste(String),
    /// From a worker on one of the articles that were opened: their number, and what it found.
    Done(usize, Action),
    /// The file of settings was saved.
    Chosen,
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
