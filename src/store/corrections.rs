//! The reader's corrections of names: a file an article, and one for all articles.
//!
//! ```text
//! <data>/corrections/<article>.json, all.json   {"corrections": [{"do": "hide", "name": "…"}, …]}
//! ```
//!
//! What a newer version wrote there and this one does not know is kept.
//!
//! May not know: what a correction does.

use std::io;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::whole::{self, Lock};
use super::{Store, StoreError};
use crate::analysis::corrections::Correction;
use crate::record::origin::ArticleKey;

/// The list of a file.
const LIST: &str = "corrections";

impl Store {
    /// The corrections for all articles, then those for this one, each in the order they were
    /// made in. What cannot be read is left out.
    pub fn corrections(&self, key: &ArticleKey) -> Vec<Correction> {
        let files = [None, Some(key)].map(|key| self.corrections_path(key));
        let read = |path: Result<PathBuf, StoreError>| Some(entries(&read(&path.ok()?).ok()?));
        let entries = files.into_iter().filter_map(read).flatten();
        entries.filter_map(|entry| serde_json::from_value(entry).ok()).collect()
    }

    /// Adds a correction to those of an article, or of all.
    ///
    /// # Errors
    /// If there is no place for it, the system refuses, or the file that is there cannot be read.
    pub fn correct(
        &self,
        key: Option<&ArticleKey>,
        correction: &Correction,
    ) -> Result<(), StoreError> {
        self.change(key, Vec::push, correction)
    }

    /// Takes the last such correction of an article, or of all, back.
    ///
    /// # Errors
    /// As of [`Store::correct`].
    pub fn take_back(
        &self,
        key: Option<&ArticleKey>,
        correction: &Correction,
    ) -> Result<(), StoreError> {
        let take = |entries: &mut Vec<Value>, _| {
            let same = |entry: &Value| {
                serde_json::from_value::<Correction>(entry.clone())
                    .is_ok_and(|it| it == *correction)
            };
            if let Some(last) = entries.iter().rposition(same) {
                entries.remove(last);
            }
        };
        self.change(key, take, correction)
    }

    fn change(
        &self,
        key: Option<&ArticleKey>,
        change: impl FnOnce(&mut Vec<Value>, Value),
        correction: &Correction,
    ) -> Result<(), StoreError> {
        let path = self.corrections_path(key)?;
        let lock = whole::lock(path.parent().unwrap_or(&path))?;
        if matches!(lock, Lock::Busy) {
            return Err(io::Error::other("another recto is writing; try again").into());
        }
        let mut file = read(&path)?;
        let mut entries = entries(&file);
        change(&mut entries, serde_json::to_value(correction).map_err(io::Error::from)?);
        file.insert(LIST.to_owned(), Value::Array(entries));
        let bytes = serde_json::to_vec_pretty(&file).map_err(io::Error::from)?;
        Ok(whole::keep(&path, &bytes)?)
    }

    fn corrections_path(&self, key: Option<&ArticleKey>) -> Result<PathBuf, StoreError> {
        let name = key.map_or("all", ArticleKey::as_str);
        Ok(self.root()?.join("corrections").join(format!("{name}.json")))
    }
}

/// A file as it is; one that is not there is empty.
fn read(path: &std::path::Path) -> io::Result<Map<String, Value>> {
    match whole::read(path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Map::new()),
        Err(error) => Err(error),
    }
}

fn entries(file: &Map<String, Value>) -> Vec<Value> {
    file.get(LIST).unwrap_or(&json!([])).as_array().cloned().unwrap_or_default()
}
