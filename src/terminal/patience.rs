//! The clock behind deadlines: how long a reader waits for a document.

use std::time::{Duration, Instant};

use crate::article::Document;
use crate::article::deadline::Deadline;
use crate::article::input::Input;
use crate::article::load::LoadError;

/// After this time a file is shown as its plain text: whoever waits longer thinks that the program
/// hangs.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads all of something and makes a document of it, for a reader who waits.
///
/// # Errors
/// As [`Input::read`].
pub fn document(input: &Input) -> Result<Document, LoadError> {
    patiently(|deadline| input.read(deadline))
}

/// Does some work within the time for which a reader waits.
pub(super) fn patiently<T>(work: impl FnOnce(Deadline<'_>) -> T) -> T {
    let start = Instant::now();
    work(Deadline::new(&|| start.elapsed() > PATIENCE))
}
