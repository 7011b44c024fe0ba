//! From a file's bytes to a document. What the bytes are is told by their content, never by the
//! name of the file; the formats are tried in one fixed order.
//!
//! May not know: panes, screens. Opening a file can fail; making a document of its bytes cannot.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::decode::{Decoded, decode, decode_as};
use super::{
    Document, archive, feeds, html, json_ld, mail, markdown, page_text, plain, threads, unpack,
};

/// Largest input that is read, in bytes: offsets are 32 bits wide, and a repaired text may be
/// three times as long as its file.
pub const CAP: u64 = 1 << 30;

/// Size up to which it is asked in every encoding whether a file is blank, in bytes.
const FEW: usize = 4 << 10;

/// Why a file was not opened. The path is as given: make it safe before it is shown.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is nothing of that name.
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    /// The system refuses it.
    #[error("{} cannot be read: {source}", .path.display())]
    Unreadable {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A directory.
    #[error("{} is a directory, not a file", .0.display())]
    Directory(PathBuf),
    /// A device or a socket, which may never end.
    #[error("{} is neither a file nor a pipe", .0.display())]
    NotAFile(PathBuf),
    /// Nothing but white space.
    #[error("{} is empty", .0.display())]
    Empty(PathBuf),
    /// More bytes than are read.
    #[error("{} is larger than {cap} bytes", .path.display())]
    TooLarge {
        /// The path as given.
        path: PathBuf,
        /// The limit, in bytes.
        cap: u64,
    },
}

/// Reads the file at `path`, a regular file or a pipe, and makes a document of it.
pub fn open(path: &Path) -> Result<Document, LoadError> {
    let unreadable = |source| LoadError::Unreadable { path: path.to_owned(), source };
    let meta = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => LoadError::Missing(path.to_owned()),
        _ => unreadable(error),
    })?;
    if meta.is_dir() {
        return Err(LoadError::Directory(path.to_owned()));
    }
    if !meta.is_file() && !is_pipe(meta.file_type()) {
        return Err(LoadError::NotAFile(path.to_owned()));
    }
    if meta.len() > CAP {
        return Err(LoadError::TooLarge { path: path.to_owned(), cap: CAP });
    }
    let file = File::open(path).map_err(unreadable)?;
    named(file, CAP, path, meta.len())
}

/// Reads standard input, at most `cap` bytes of it, and makes a document of it.
pub fn read(reader: impl Read, cap: u64) -> Result<Document, LoadError> {
    named(reader, cap.min(CAP), Path::new("standard input"), 0)
}

/// Makes a document of `bytes`, whatever they are. Time and memory grow linearly with them.
pub fn document(bytes: Vec<u8>) -> Document {
    let size = bytes.len() as u64;
    let unpacked = unpack::unpacked(bytes);
    let mut doc = from_bytes(unpacked.bytes);
    doc.source.notes.splice(0..0, unpacked.notes);
    doc.source.bytes = size;
    doc
}

/// A document of what is no text as a whole, or else of a text.
fn from_bytes(bytes: Vec<u8>) -> Document {
    let found = archive::read(&bytes);
    let found = found.or_else(|| unpack::epub::read(&bytes)).or_else(|| mail::read(&bytes));
    found.unwrap_or_else(|| from_text(decode(bytes)))
}

/// Reads up to `cap` bytes; `hint` is the size that is expected.
fn named(reader: impl Read, cap: u64, path: &Path, hint: u64) -> Result<Document, LoadError> {
    let path = path.to_owned();
    let mut bytes = Vec::with_capacity(usize::try_from(hint).map_or(0, |hint| hint + 1));
    if let Err(source) = reader.take(cap + 1).read_to_end(&mut bytes) {
        return Err(LoadError::Unreadable { path, source });
    }
    let size = bytes.len() as u64;
    if size > cap {
        return Err(LoadError::TooLarge { path, cap });
    }
    if is_blank(&bytes) {
        return Err(LoadError::Empty(path));
    }
    Ok(document(bytes))
}

/// A document of what a server sent, in an encoding that it may have named. An archive inside is
/// none.
pub(super) fn inner(bytes: Vec<u8>, encoding: Option<&str>) -> Document {
    let unpacked = unpack::unpacked(bytes);
    let found = unpack::epub::read(&unpacked.bytes).or_else(|| mail::read(&unpacked.bytes));
    let mut doc = found.unwrap_or_else(|| from_text(decode_as(unpacked.bytes, encoding)));
    doc.source.notes.splice(0..0, unpacked.notes);
    doc
}

/// Whether there is nothing but white space, in whatever encoding.
fn is_blank(bytes: &[u8]) -> bool {
    let blank = |text: &str| text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}');
    let short = || bytes.len() <= FEW && blank(&decode(bytes.to_vec()).text);
    bytes.iter().all(u8::is_ascii_whitespace) || short()
}

/// The formats in the order in which they are tried; each says `None` where the text is not its.
const READERS: [fn(&str) -> Option<Document>; 7] = [
    threads::read,
    json_ld::read,
    feeds::read,
    html::read,
    markdown::with_front_matter,
    page_text::read,
    markdown::by_evidence,
];

fn from_text(decoded: Decoded) -> Document {
    let Decoded { text, mut notes } = decoded;
    let found = READERS.iter().find_map(|reader| reader(&text));
    let mut doc = found.unwrap_or_else(|| plain::read(&text));
    notes.append(&mut doc.source.notes);
    doc.source.notes = notes;
    doc
}

#[cfg(unix)]
fn is_pipe(kind: FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
fn is_pipe(_: FileType) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(path: &Path) -> String {
        open(path).unwrap_err().to_string()
    }

    #[test]
    fn what_cannot_be_opened_is_said_in_one_sentence() {
        let dir = tempfile::tempdir().unwrap();
        let empty = dir.path().join("empty");
        fs::write(&empty, " \r\n\u{FEFF}\n").unwrap();
        assert_eq!(error(Path::new("/no/such")), "/no/such does not exist");
        assert_eq!(
            error(dir.path()),
            format!("{} is a directory, not a file", dir.path().display())
        );
        assert_eq!(error(&empty), format!("{} is empty", empty.display()));
        assert_eq!(error(&empty.join("x")).split(": ").count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_refused() {
        assert_eq!(error(Path::new("/dev/zero")), "/dev/zero is neither a file nor a pipe");
    }

    #[test]
    fn standard_input_is_read_up_to_the_cap() {
        assert_eq!(read(&b"Tide."[..], 5).unwrap().text, "Tide.");
        let long = read(&b"Tides."[..], 5).unwrap_err().to_string();
        assert_eq!(long, "standard input is larger than 5 bytes");
        assert!(matches!(read(&b"\n \n"[..], 9), Err(LoadError::Empty(_))));
    }
}
