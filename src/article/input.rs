//! What an article is read from: a file, a folder of letters, a pipe, standard input, or bytes of
//! the program itself.
//!
//! May not know: formats. Opening can fail, and a pipe may keep whoever opens it waiting.

use std::fs::{self, File, FileType};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use super::bulk::Bulk;
use super::deadline::Deadline;
use super::formats::Formats;
use super::load::{self, CAP, LoadError};
use super::mail::maildir;
use super::{Document, Part, Wanted};

/// Largest input that is read from a pipe, in bytes. A file is as large as it is; a pipe may
/// never end.
pub const PIPE_CAP: u64 = 64 << 20;

/// Something to read, looked at but not opened yet.
#[derive(Clone, Debug)]
pub struct Input {
    path: PathBuf,
    kind: Kind,
    /// How many bytes the reader wants read at most.
    most: Option<u64>,
    part: Part,
    formats: Formats,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A file, and its size in bytes.
    File(u64),
    Letters,
    Pipe,
    Standard,
    Bytes(&'static [u8]),
}

impl Input {
    /// The file or the pipe at `path`; `-` is standard input.
    ///
    /// # Errors
    /// If there is none, or it is neither; if it is larger than [`CAP`].
    pub fn of(path: &Path) -> Result<Self, LoadError> {
        if path.as_os_str() == "-" {
            return Ok(Self::standard());
        }
        let meta = fs::metadata(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => LoadError::Missing(path.to_owned()),
            _ => LoadError::Unreadable { path: path.to_owned(), source: error },
        })?;
        let kind = match meta.file_type() {
            kind if kind.is_dir() && maildir::is_one(path) => Kind::Letters,
            kind if kind.is_dir() => return Err(LoadError::Directory(path.to_owned())),
            kind if kind.is_file() => Kind::File(meta.len()),
            kind if is_pipe(kind) => Kind::Pipe,
            _ => return Err(LoadError::NotAFile(path.to_owned())),
        };
        if meta.len() > CAP {
            return Err(LoadError::TooLarge { path: path.to_owned(), cap: CAP });
        }
        Ok(Self::new(path.to_owned(), kind))
    }

    /// All of it, in whatever format.
    fn new(path: PathBuf, kind: Kind) -> Self {
        Self { path, kind, part: Part::Whole, most: None, formats: Formats::default() }
    }

    /// Standard input.
    pub fn standard() -> Self {
        Self::new(PathBuf::from("standard input"), Kind::Standard)
    }

    /// Bytes that are there already.
    pub fn bytes(bytes: &'static [u8]) -> Self {
        Self::new(PathBuf::new(), Kind::Bytes(bytes))
    }

    /// The same, of which at most `cap` bytes are read; never more than [`CAP`].
    ///
    /// # Errors
    /// If it is a file that is larger.
    pub fn at_most(self, cap: u64) -> Result<Self, LoadError> {
        let cap = cap.min(CAP);
        if self.size() > cap {
            return Err(LoadError::TooLarge { path: self.path, cap });
        }
        Ok(Self { most: Some(cap), ..self })
    }

    /// The same, of which a part is wanted.
    #[must_use]
    pub fn of_part(self, part: Part) -> Self {
        Self { part, ..self }
    }

    /// The same, of which only these formats are read as what they are.
    #[must_use]
    pub fn in_formats(self, formats: Formats) -> Self {
        Self { formats, ..self }
    }

    /// What of it is wanted.
    pub fn part(&self) -> Part {
        self.part
    }

    /// Opens it. A pipe waits for someone who writes to it.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(&self) -> Result<Box<dyn Read + Send>, LoadError> {
        Ok(match self.kind {
            Kind::Standard => Box::new(io::stdin()),
            Kind::Bytes(bytes) => Box::new(bytes),
            Kind::Letters => {
                let letters = maildir::read(&self.path, CAP);
                Box::new(Cursor::new(letters.map_err(|error| self.unreadable(error))?))
            }
            _ => Box::new(File::open(&self.path).map_err(|error| self.unreadable(error))?),
        })
    }

    /// Opens it where it is a file that has a size.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn file(&self) -> Result<Option<File>, LoadError> {
        let file = matches!(self.kind, Kind::File(_)).then(|| File::open(&self.path));
        file.transpose().map_err(|error| self.unreadable(error))
    }

    /// Reads all of it and makes a document of it, of its plain text where the time for that is over.
    ///
    /// # Errors
    /// If it cannot be read, is blank or larger than [`CAP`].
    pub fn read(&self, deadline: Deadline<'_>) -> Result<Document, LoadError> {
        let cap = self.most.unwrap_or(CAP);
        let mut bytes = Vec::with_capacity(self.size() as usize + 1);
        let read = self.open()?.take(cap + 1).read_to_end(&mut bytes);
        read.map_err(|error| self.unreadable(error))?;
        if bytes.len() as u64 > cap {
            return Err(LoadError::TooLarge { path: self.path.clone(), cap });
        }
        self.made_of(bytes.into(), deadline)
    }

    fn made_of(&self, bytes: Bulk, deadline: Deadline<'_>) -> Result<Document, LoadError> {
        let wanted = Wanted { part: self.part, deadline };
        load::filled(bytes, &self.path, (wanted, &self.formats))
    }

    /// A document of the bytes that were read, at most [`Input::cap`] of them; a note where there
    /// are more.
    ///
    /// # Errors
    /// If they are blank.
    pub fn document(&self, mut bytes: Bulk, deadline: Deadline<'_>) -> Result<Document, LoadError> {
        let rest = bytes.len() as u64 > self.cap();
        bytes.truncate(self.cap() as usize);
        let mut doc = self.made_of(bytes, deadline)?;
        if rest {
            let most = self.cap() >> 20;
            doc.source.notes.insert(0, format!("only the first {most} MB were read"));
        }
        Ok(doc)
    }

    /// A document of the start of it, to be shown until the rest is there; `None` where its start
    /// tells nothing, or only a part is wanted, or not in this format.
    pub fn beginning(&self, bytes: &[u8]) -> Option<Document> {
        let doc = load::part(bytes).filter(|_| self.part == Part::Whole)?;
        self.formats.reads(doc.source.format).then_some(doc)
    }

    /// That it could not be read, and why.
    pub fn unreadable(&self, source: io::Error) -> LoadError {
        LoadError::Unreadable { path: self.path.clone(), source }
    }

    /// Where the file is, for those that have a place.
    pub fn path(&self) -> Option<&Path> {
        matches!(self.kind, Kind::File(_) | Kind::Letters | Kind::Pipe).then_some(&*self.path)
    }

    /// How many bytes are expected.
    pub fn size(&self) -> u64 {
        match self.kind {
            Kind::File(size) => size,
            Kind::Bytes(bytes) => bytes.len() as u64,
            Kind::Letters | Kind::Pipe | Kind::Standard => 0,
        }
    }

    /// How many bytes are read at most.
    pub fn cap(&self) -> u64 {
        self.most.unwrap_or(if self.is_pipe() { PIPE_CAP } else { CAP })
    }

    /// Whether it may keep its reader waiting.
    pub fn is_pipe(&self) -> bool {
        matches!(self.kind, Kind::Pipe | Kind::Standard)
    }
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

    #[test]
    fn what_is_over_the_cap_is_left_out_and_said() {
        let input = Input::standard();
        let text = "Tide and mill. ".repeat(1 << 10);
        let doc = input.document(text.clone().into_bytes().into(), Deadline::NEVER).unwrap();
        assert!(doc.source.notes.iter().all(|note| !note.starts_with("only the first")));
        let most = usize::try_from(PIPE_CAP).unwrap();
        let doc = input
            .document(text.repeat(most / text.len() + 1).into_bytes().into(), Deadline::NEVER)
            .unwrap();
        assert_eq!(doc.source.bytes, PIPE_CAP);
        assert_eq!(doc.source.notes[0], "only the first 64 MB were read");
    }

    #[test]
    fn the_reader_says_how_much_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("tide");
        std::fs::write(&file, "Tide.\n".repeat(1 << 18)).unwrap();
        let input = |most| Input::of(&file).unwrap().at_most(most);
        let said = input(1 << 20).unwrap_err().to_string();
        assert!(said.ends_with("tide is larger than the 1 MB that are read at most"), "{said}");
        assert!(input(2 << 20).is_ok_and(|input| input.read(Deadline::NEVER).is_ok()));
        let most = Input::standard().at_most(9).unwrap();
        assert_eq!(
            most.document(b"The tide.".to_vec().into(), Deadline::NEVER)
                .unwrap()
                .source
                .notes
                .len(),
            0
        );
        assert_eq!(
            most.document(b"The tides.".to_vec().into(), Deadline::NEVER).unwrap().text,
            "The tides"
        );
    }

    #[test]
    fn bytes_of_the_program_have_no_place() {
        let input = Input::bytes(b"Tide.");
        assert_eq!((input.path(), input.size(), input.is_pipe()), (None, 5, false));
        assert_eq!(input.read(Deadline::NEVER).unwrap().text, "Tide.");
    }
}
