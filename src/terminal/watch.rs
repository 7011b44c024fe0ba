//! Tells when a file has changed: the settings, or the article that is read.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use super::Event;
use crate::record::reading::Stamp;
use crate::store;

/// How often the file is looked at.
const OFTEN: Duration = Duration::from_secs(1);

/// A file that is watched for as long as this is kept.
#[derive(Debug)]
pub(super) struct Watch {
    _kept: Arc<()>,
}

/// Watches a file, which need not be there; what it was `last` is known. Whenever it is not as it
/// was, `event` makes an event of how it is; none: it is gone.
pub(super) fn watch(
    path: PathBuf,
    last: Option<Stamp>,
    event: impl Fn(Option<Stamp>) -> Event + Send + 'static,
    events: &Sender<Event>,
) -> std::io::Result<Watch> {
    let (events, kept) = (events.clone(), Arc::new(()));
    let wanted = Arc::downgrade(&kept);
    thread::Builder::new().name("watch".into()).spawn(move || {
        let mut last = last;
        while still(&wanted) {
            let now = store::stamp(&path);
            // Where nobody listens any more, the program is about to end.
            if now != last && events.send(event(now)).is_err() {
                return;
            }
            last = now;
        }
    })?;
    Ok(Watch { _kept: kept })
}

/// Waits until it is time to look; false where nobody wants to know any more.
fn still(wanted: &Weak<()>) -> bool {
    thread::sleep(OFTEN);
    wanted.strong_count() > 0
}
