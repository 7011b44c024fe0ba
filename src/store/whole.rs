//! Files that appear whole or not at all.
//!
//! May not know: what is in them.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW, UTIME_OMIT, utimensat};
use tempfile::NamedTempFile;

/// A temporary file of this age was left by a crash.
const STALE: Duration = Duration::from_mins(1);

/// No file of the record is larger than this many bytes; a larger one is not read.
pub(super) const LARGEST: u64 = 64 << 20;

/// How often and how long another writer is waited for: 200 ms in all, since one that hangs must
/// not keep the reader from saving.
const TRIES: u32 = 100;
const WAIT: Duration = Duration::from_millis(2);

/// What came of asking other writers to stay out of a folder.
#[derive(Debug)]
pub(super) enum Lock {
    /// They are out until this is dropped, or the process ends.
    Held(#[expect(dead_code, reason = "it is held, not read")] File),
    /// The file system knows no locks: nobody can be kept out.
    Unknown,
    /// Another writer is in there for longer than is waited. What it read before it writes may be
    /// read and changed meanwhile, so that no file may be written that it may write as well.
    Busy,
}

/// Makes a folder and keeps other writers of this program out of it.
pub(super) fn lock(folder: &Path) -> io::Result<Lock> {
    make(folder)?;
    let Ok(file) = File::open(folder) else { return Ok(Lock::Unknown) };
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Lock::Held(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(WAIT),
            Err(TryLockError::Error(_)) => return Ok(Lock::Unknown),
        }
    }
    Ok(Lock::Busy)
}

/// Writes a file that must not be lost: when this returns, its bytes and its name are on the
/// disk. It makes the folder where needed.
pub(super) fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path)?;
    make(folder)?;
    let mut file = temporary(path, folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let now = file.as_file().metadata()?.modified();
    file.persist(path)?;
    sync(folder)?;
    if let Ok(now) = now {
        sweep(folder, now);
    }
    Ok(())
}

/// Writes a file that may be lost in a power cut, but never half written. One that says the same
/// already is only dated anew: putting another in its place takes longer than all the rest of
/// leaving.
pub(super) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if read(path).is_ok_and(|before| before == bytes) && dated_anew(path).is_ok() {
        return Ok(());
    }
    let folder = folder_of(path)?;
    fs::create_dir_all(folder)?;
    let mut file = temporary(path, folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

/// Gives a file the date of a file that is written now, by the system's own time.
fn dated_anew(path: &Path) -> io::Result<()> {
    let at = |tv_nsec| Timespec { tv_sec: 0, tv_nsec };
    let times = Timestamps { last_access: at(UTIME_OMIT), last_modification: at(UTIME_NOW) };
    Ok(utimensat(CWD, path, &times, AtFlags::empty())?)
}

/// Reads an ordinary file of at most [`LARGEST`] bytes.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(io::Error::other("not an ordinary file"));
    }
    if about.len() > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    // One byte more, so that one reading finds the end as well.
    let mut bytes = Vec::with_capacity(about.len() as usize + 1);
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn folder_of(path: &Path) -> io::Result<&Path> {
    path.parent().ok_or_else(|| io::ErrorKind::InvalidInput.into())
}

/// A new file beside `path`, named so that no listing takes it for what it will become. It
/// vanishes if it is dropped.
fn temporary(path: &Path, folder: &Path) -> io::Result<NamedTempFile> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.{}.", std::process::id());
    tempfile::Builder::new().prefix(&prefix).suffix(".tmp").tempfile_in(folder)
}

/// Makes a folder and what is missing above it, so that a power cut does not take it away.
fn make(folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|folder| !folder.exists());
    let above: Vec<&Path> = missing.filter_map(Path::parent).collect();
    fs::create_dir_all(folder)?;
    above.into_iter().rev().try_for_each(sync)
}

/// Puts the names in a folder on the disk, where the system can do that.
fn sync(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    // Some file systems cannot sync a folder, and some folders above ours may not be opened.
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if is_inability(error.kind()) => Ok(()),
        result => result,
    }
}

const fn is_inability(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    matches!(kind, InvalidInput | PermissionDenied | Unsupported)
}

/// Removes the temporary files that a crash left. `now` is the file system's own time.
fn sweep(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let temporary = name.starts_with('.') && name.ends_with(".tmp");
        if temporary && is_stale(&entry, now) {
            // Another instance may have swept it already.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_stale(entry: &fs::DirEntry, now: SystemTime) -> bool {
    let modified = entry.metadata().and_then(|about| about.modified());
    modified.is_ok_and(|then| now.duration_since(then).is_ok_and(|age| age > STALE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_the_same_is_the_same_file_with_another_date() {
        use std::os::unix::fs::MetadataExt as _;

        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("names").join("a.json");
        put(&path, b"[1]").unwrap();
        let about = || fs::metadata(&path).unwrap();
        let (file, now) = (about().ino(), about().modified().unwrap());
        let long_ago = now - Duration::from_hours(2);
        File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
        put(&path, b"[1]").unwrap();
        assert_eq!(about().ino(), file);
        assert!(about().modified().unwrap() >= now);
        put(&path, b"[2]").unwrap();
        assert_eq!(read(&path).unwrap(), b"[2]");
    }
}
