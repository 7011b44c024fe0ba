//! The texts of articles as they were when something was marked in them.
//!
//! May not know: what was marked.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::{Store, StoreError, whole};
use crate::record::origin::{ArticleKey, Origin, fingerprint, is_akin};

/// No text is longer than this many bytes; a file that unpacks to more is not one of ours.
const LONGEST: u64 = 1 << 30;

impl Store {
    /// Keeps the text of an article as it is now, whose fingerprint `origin` has. A text that is kept already is left alone.
    ///
    /// # Errors
    /// If there is no place for it or the system refuses.
    pub fn keep_text(&self, origin: &Origin, text: &str) -> Result<(), StoreError> {
        let path = self.notes(&origin.key)?.join(format!("{}.txt.gz", origin.text));
        if path.exists() {
            return Ok(());
        }
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(text.as_bytes())?;
        Ok(whole::keep(&path, &packed.finish()?)?)
    }

    /// The text with that fingerprint, if it was kept and is whole.
    pub fn text(&self, key: &ArticleKey, print: &str) -> Option<String> {
        let digits = print.len() == 64 && print.bytes().all(|byte| byte.is_ascii_hexdigit());
        let path = self.notes(key).ok().filter(|_| digits)?.join(format!("{print}.txt.gz"));
        unpack(&path).ok().filter(|text| fingerprint(text) == print)
    }

    /// Whether `text` may be an edit of the article `key`: it resembles one of the texts that
    /// were kept of it, or none was kept.
    pub(super) fn may_be(&self, key: &ArticleKey, text: &str) -> bool {
        let entries = self.notes(key).map(fs::read_dir);
        let Ok(Ok(entries)) = entries else { return true };
        let paths = entries.flatten().map(|entry| entry.path());
        let mut kept = paths.filter(|path| path.extension().is_some_and(|kind| kind == "gz"));
        let mut texts = kept.by_ref().filter_map(|path| unpack(&path).ok()).peekable();
        texts.peek().is_none() || texts.any(|old| is_akin(&old, text))
    }
}

fn unpack(path: &Path) -> io::Result<String> {
    let packed = whole::read(path)?;
    let mut text = String::new();
    GzDecoder::new(&packed[..]).take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}
