//! The reader's record on disk: one file a bookmark, written whole or not at all.
//!
//! ```text
//! <data>/notes/<article>/<time>-<8 hex>.json   one bookmark, a W3C Web Annotation
//! <data>/notes/<article>/<sha-256>.txt.gz      the text as it was marked, written once
//! <data>/pages/…                               copies of what was read on the web
//! <data>/corrections/…                         what the reader corrected in the list of names
//! <data>/state/…                               what may be lost: positions, comments that were seen, names, an index, searches
//! ```
//!
//! A bookmark is merged with what its file holds before it is written, part by part, so that
//! two instances that change the same one lose nothing, and so are the copies that a sync
//! program leaves. A file that cannot be read is reported and left alone.
//!
//! May not know: the model, panes, keys. It never panics; reading goes on without it.

mod corrections;
mod exchange;
mod habits;
mod names;
mod notes;
mod overview;
mod pages;
mod places;
mod searches;
mod seen;
mod snapshot;
mod state;
mod whole;

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

pub use exchange::Counts;
pub use habits::Habits;
pub use notes::Shelf;
pub use overview::{Entry, Marked, Overview};
pub use state::stamp;

/// The reader's record on disk.
#[derive(Clone, Debug)]
pub struct Store {
    /// Its folder, or why there is none.
    root: Result<PathBuf, &'static str>,
}

/// Why something could not be saved, as a sentence for the status line.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no folder to save it in.
    #[error("{0}")]
    Nowhere(&'static str),
    /// The bookmark names no article.
    #[error("the bookmark names no article")]
    Homeless,
    /// The system refused.
    #[error("{}", plain(.0))]
    Refused(#[from] io::Error),
}

impl Store {
    /// The record in the folder that the reader names, else in the one that the environment
    /// names, else where this system keeps a program's data. It touches no file.
    pub fn open(explicit: Option<&Path>, environment: Option<&OsStr>) -> Self {
        let environment = environment.filter(|folder| !folder.is_empty()).map(Path::new);
        let root = match explicit.or(environment) {
            Some(folder) => {
                std::path::absolute(folder).ok().ok_or("the data folder's name is no path")
            }
            None => directories::ProjectDirs::from("", "", "recto")
                .map(|dirs| dirs.data_dir().to_owned())
                .ok_or("there is no home folder; name one with --data-dir"),
        };
        Self { root }
    }

    /// Its folder, or why there is none.
    ///
    /// # Errors
    /// If the system has no place for a program's data and none was named.
    pub fn root(&self) -> Result<&Path, StoreError> {
        self.root.as_deref().map_err(|reason| StoreError::Nowhere(reason))
    }
}

/// What the system says, without its number and without a capital.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
