//! The clock behind deadlines: how long a reader waits for a document.

use std::time::{Duration, Instant};

/// After this time a file is shown as its plain text: whoever waits longer thinks that the program
/// hangs.
const PATIENCE: Duration = Duration::from_secs(5);

/// Says, five seconds from now on, that the time is over.
pub fn patience() -> impl Fn() -> bool {
    let start = Instant::now();
    move || start.elapsed() > PATIENCE
}
