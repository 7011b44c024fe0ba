//! A large file read by two threads at once: most of the time to read one from memory goes into making
//! room for it, page by page.
//!
//! May not know: what is in the file.

use std::fs::File;
use std::io;
use std::thread;

/// So much is read at once: whoever quits meanwhile waits for no more.
const PIECE: usize = 1 << 20;

/// Fills `bytes` from byte `start` of a file on. Gives how many of them there were.
pub(super) fn fill(file: &File, bytes: &mut [u8], start: usize) -> io::Result<usize> {
    let half = bytes.len() / 2;
    let (first, second) = bytes.split_at_mut(half);
    let (first, second) = thread::scope(|scope| {
        let other = thread::Builder::new().name("loader".into());
        let other = other.spawn_scoped(scope, || fill_at(file, second, start + half))?;
        let first = fill_at(file, first, start);
        let second = other.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        Ok::<_, io::Error>((first?, second?))
    })?;
    Ok(if first < half { first } else { half + second })
}

/// The same by this thread alone.
pub(super) fn fill_at(file: &File, bytes: &mut [u8], start: usize) -> io::Result<usize> {
    let mut count = 0;
    while count < bytes.len() {
        let end = bytes.len().min(count + PIECE);
        match read_at(file, &mut bytes[count..end], (start + count) as u64) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, start)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_halves_are_read_and_a_file_may_be_shorter() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tide");
        let text: Vec<u8> = (0..=255).cycle().take(1000).collect();
        std::fs::write(&path, &text).unwrap();
        let file = File::open(&path).unwrap();
        for (start, room) in [(0, 1000), (7, 993), (100, 1100), (100, 2000), (990, 500), (1000, 3)]
        {
            let mut bytes = vec![0; room];
            let count = fill(&file, &mut bytes, start).unwrap();
            assert_eq!(bytes[..count], text[start..], "{start} {room}");
        }
    }
}
