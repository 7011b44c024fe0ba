//! Tells when the file of settings was saved.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, SystemTime};

use super::Event;

/// How often the file is looked at.
const OFTEN: Duration = Duration::from_secs(1);

/// Watches a file, which need not be there yet, from now on.
pub(super) fn watch(path: PathBuf, events: &Sender<Event>) -> std::io::Result<()> {
    let events = events.clone();
    thread::Builder::new().name("settings".into()).spawn(move || {
        let mut last = state(&path);
        loop {
            thread::sleep(OFTEN);
            let now = state(&path);
            // Where nobody listens any more, the program is about to end.
            if now != last && events.send(Event::Chosen).is_err() {
                return;
            }
            last = now;
        }
    })?;
    Ok(())
}

/// When a file was changed, and how long it is; none where it is not there.
fn state(path: &Path) -> Option<(SystemTime, u64)> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}
