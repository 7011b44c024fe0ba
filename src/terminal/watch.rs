//! Tells when a file has changed: the settings, or the article that is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use super::Event;
#[cfg(target_os = "linux")]
use super::told::Told;
use crate::record::reading::Stamp;
use crate::store;

/// How often the file is looked at where the system does not tell of changes.
const OFTEN: Duration = Duration::from_secs(1);

/// A file that is watched for as long as this is kept.
#[derive(Debug)]
pub(super) struct Watch {
    _kept: Arc<()>,
}

/// How long an editor that empties the file first may take to fill it.
#[cfg(target_os = "linux")]
const WRITTEN: Duration = Duration::from_millis(20);

/// Watches a file, which need not be there; how it was `last` is known. Whenever it is not as it
/// was, `event` makes an event of how it is; none: it is gone.
pub(super) fn watch(
    path: PathBuf,
    last: State,
    event: impl Fn(State) -> Event + Send + 'static,
    events: &Sender<Event>,
) -> std::io::Result<Watch> {
    let (events, kept) = (events.clone(), Arc::new(()));
    let (wanted, mut last) = (Arc::downgrade(&kept), last);
    thread::Builder::new().name("watch".into()).spawn(move || {
        loop {
            // Without a way to be told the file is looked at again and again.
            change(&path, last).unwrap_or_else(|_| thread::sleep(OFTEN));
            if wanted.strong_count() == 0 {
                return;
            }
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

/// How a file was; none where it was not there.
type State = Option<Stamp>;

/// Waits for a change of the file, without waking up before.
#[cfg(target_os = "linux")]
fn change(path: &Path, last: State) -> std::io::Result<()> {
    let told = Told::of(path)?;
    // What changed before it was watched is not waited for.
    if store::stamp(path) == last {
        told.wait()?;
        thread::sleep(WRITTEN);
        if told.is_being_written()? {
            thread::sleep(OFTEN);
        }
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn change(_: &Path, _: State) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_file_is_seen_to_be_saved_in_whatever_way() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("recto").join("config.toml");
        let (events, incoming) = mpsc::channel();
        let _kept = watch(path.clone(), None, |_| Event::Chosen, &events).unwrap();
        let told = |what: &str| {
            let event = incoming.recv_timeout(Duration::from_secs(20));
            assert!(matches!(event, Ok(Event::Chosen)), "{what}: {event:?}");
        };
        // A directory that comes is not a change of the file.
        std::fs::create_dir(place.path().join("recto")).unwrap();
        std::fs::write(&path, "a = 1").unwrap();
        told("made");
        std::fs::write(place.path().join("other"), "a = 12").unwrap();
        std::fs::rename(place.path().join("other"), &path).unwrap();
        told("replaced");
        std::fs::remove_file(&path).unwrap();
        told("removed");
    }

    #[test]
    fn a_file_that_grows_is_seen_while_its_writer_has_it_open() {
        use std::io::Write as _;

        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("page.txt");
        let mut open = std::fs::File::create(&path).unwrap();
        let (events, incoming) = mpsc::channel();
        let _kept = watch(path.clone(), store::stamp(&path), |_| Event::Chosen, &events).unwrap();
        for line in 0..2 {
            writeln!(open, "The tide turns.").unwrap();
            let event = incoming.recv_timeout(Duration::from_secs(20));
            assert!(matches!(event, Ok(Event::Chosen)), "line {line}: {event:?}");
        }
    }
}
