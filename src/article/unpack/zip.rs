//! A zip file's list of files, and one file of it (PKWARE's APPNOTE, stored and deflated only).
//!
//! May not know: what the files are.

use flate2::read::DeflateDecoder;

use super::limited;

/// How many files are listed.
const FILES: usize = 20_000;

/// A zip file.
#[derive(Debug)]
pub(super) struct Zip<'a> {
    bytes: &'a [u8],
    files: Vec<File>,
    /// Whether its list is missing: then its files are those that are found.
    pub(super) is_cut: bool,
}

#[derive(Debug)]
struct File {
    name: String,
    method: u16,
    packed: usize,
    at: usize,
}

fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    let field = bytes.get(at..at.checked_add(width)?)?;
    Some(field.iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte)))
}

impl<'a> Zip<'a> {
    /// Reads the list at the end of the file, or else what stands before each file.
    pub(super) fn read(bytes: &'a [u8]) -> Self {
        Self::listed(bytes).unwrap_or_else(|| Self::found(bytes))
    }

    /// The names of its files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    fn found(bytes: &'a [u8]) -> Self {
        let marks = bytes.windows(4).enumerate().filter(|(_, mark)| *mark == b"PK\x03\x04");
        let marks: Vec<usize> = marks.map(|(at, _)| at).take(FILES).collect();
        let ends = marks.iter().skip(1).copied().chain([bytes.len()]);
        let file = |(&at, end): (&usize, usize)| {
            let (name, extra) = (number(bytes, at + 26, 2)?, number(bytes, at + 28, 2)?);
            let written = bytes.get(at + 30..at + 30 + name)?;
            let said = number(bytes, at + 18, 4)?;
            let rest = end.saturating_sub(at + 30 + name + extra);
            Some(File {
                name: String::from_utf8_lossy(written).into_owned(),
                method: number(bytes, at + 8, 2)? as u16,
                // Where it was not known when the file was begun, the next file ends it.
                packed: if said == 0 { rest } else { said },
                at,
            })
        };
        let files = marks.iter().zip(ends).filter_map(file).collect();
        Self { bytes, files, is_cut: true }
    }

    fn listed(bytes: &'a [u8]) -> Option<Self> {
        let from = bytes.len().saturating_sub((64 << 10) + 22);
        let tail = bytes.get(from..)?;
        let end = from + tail.windows(4).rposition(|mark| mark == b"PK\x05\x06")?;
        let mut at = number(bytes, end + 16, 4)?;
        let mut files = Vec::new();
        while files.len() < FILES && bytes.get(at..at.checked_add(4)?) == Some(b"PK\x01\x02") {
            let (name, extra, comment) = (
                number(bytes, at + 28, 2)?,
                number(bytes, at + 30, 2)?,
                number(bytes, at + 32, 2)?,
            );
            let written = bytes.get(at + 46..at + 46 + name)?;
            files.push(File {
                name: String::from_utf8_lossy(written).into_owned(),
                method: number(bytes, at + 10, 2)? as u16,
                packed: number(bytes, at + 20, 4)?,
                at: number(bytes, at + 42, 4)?,
            });
            at += 46 + name + extra + comment;
        }
        Some(Self { bytes, files, is_cut: false })
    }

    /// The contents of a file of this name.
    pub(super) fn file(&self, name: &str) -> Option<Vec<u8>> {
        let file = self.files.iter().find(|file| file.name == name)?;
        let name = number(self.bytes, file.at.checked_add(26)?, 2)?;
        let extra = number(self.bytes, file.at.checked_add(28)?, 2)?;
        let start = file.at.checked_add(30 + name + extra)?;
        let end = start.checked_add(file.packed)?.min(self.bytes.len());
        let packed = self.bytes.get(start..end)?;
        match file.method {
            0 => Some(packed.to_vec()),
            8 => Some(limited(DeflateDecoder::new(packed), packed.len()).bytes),
            _ => None,
        }
    }
}
