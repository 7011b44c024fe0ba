//! Tells when the file of settings was saved.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, SystemTime};

use super::Event;

/// How often the file is looked at where the system does not tell of changes.
const OFTEN: Duration = Duration::from_secs(1);

/// How long an editor that empties the file first may take to fill it.
#[cfg(target_os = "linux")]
const WRITTEN: Duration = Duration::from_millis(20);

/// Watches a file, which need not be there yet, from now on.
pub(super) fn watch(path: PathBuf, events: &Sender<Event>) -> std::io::Result<()> {
    let (events, mut last) = (events.clone(), state(&path));
    thread::Builder::new().name("settings".into()).spawn(move || {
        loop {
            // Without a way to be told the file is looked at again and again.
            change(&path, last).unwrap_or_else(|_| thread::sleep(OFTEN));
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
type State = Option<(SystemTime, u64)>;

fn state(path: &Path) -> State {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// Waits for a change beside the file, or beside what it is a link to, without waking up before:
/// editors put another file in its place. Where its directory is not there yet, it waits for it.
#[cfg(target_os = "linux")]
fn change(path: &Path, last: State) -> std::io::Result<()> {
    use std::fs::File;
    use std::io::Read as _;

    use rustix::fs::inotify::{CreateFlags, WatchFlags, add_watch, init};

    let changes = File::from(init(CreateFlags::CLOEXEC)?);
    let wanted = WatchFlags::CLOSE_WRITE
        | WatchFlags::CREATE
        | WatchFlags::MOVE
        | WatchFlags::DELETE
        | WatchFlags::DELETE_SELF
        | WatchFlags::MOVE_SELF;
    let place = path.canonicalize();
    for path in [Some(path), place.as_deref().ok()].into_iter().flatten() {
        let there = path.ancestors().skip(1).find(|directory| directory.is_dir());
        add_watch(&changes, there.unwrap_or(Path::new(".")), wanted)?;
    }
    // What changed before it was watched is not waited for.
    if state(path) == last {
        let _ = (&changes).read(&mut [0; 4096])?;
        thread::sleep(WRITTEN);
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
        watch(path.clone(), &events).unwrap();
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
}
