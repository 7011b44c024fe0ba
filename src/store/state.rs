//! What may be lost: how far articles have been read, and which key a file or a text was last
//! known by. The index can be rebuilt from the bookmarks.
//!
//! May not know: what a bookmark marks.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::{Store, StoreError, whole};
use crate::article::Document;
use crate::record::origin::{ArticleKey, Origin, fingerprint};
use crate::record::reading::{Reading, Stamp};

/// By what an article is looked up.
#[derive(Clone, Copy)]
enum Index {
    /// By the fingerprint of a text.
    Texts,
    /// By where its file was last seen.
    Paths,
}

impl Store {
    /// Which article a document is: by its canonical address; else the one that had this very
    /// text; else the one last seen at that path, if this may be an edit of it; else a new
    /// one. So a renamed file and an edited file both keep their bookmarks. It writes nothing.
    pub fn identify(&self, doc: &Document, path: Option<&Path>) -> ArticleKey {
        self.origin(doc, path).key
    }

    /// A document's key as [`Store::identify`] finds it, with what else is recorded of it.
    pub fn origin(&self, doc: &Document, path: Option<&Path>) -> Origin {
        let text = fingerprint(&doc.text);
        let path = path.map(whole_path);
        let key = match &doc.head.url {
            Some(url) => ArticleKey::of(url),
            None => self.known(&text, path.as_deref(), &doc.text),
        };
        let (url, title) = (doc.head.url.clone(), doc.head.title.clone());
        let author = Some(doc.head.authors.join(", ")).filter(|names| !names.is_empty());
        Origin { key, url, title, author, text, path }
    }

    /// Remembers that this text and this path belong to that article, so that it is known
    /// again after the file was edited or renamed.
    ///
    /// # Errors
    /// If there is no place for it or the system refuses. Nothing depends on it.
    pub fn remember(&self, origin: &Origin) -> Result<(), StoreError> {
        self.rebuild()?;
        self.point(Index::Texts, &origin.text, &origin.key)?;
        match &origin.path {
            Some(path) => self.point(Index::Paths, path, &origin.key),
            None => Ok(()),
        }
    }

    /// How far an article was read.
    pub fn reading(&self, key: &ArticleKey) -> Option<Reading> {
        read(&self.positions().ok()?.join(format!("{}.json", key.as_str())))
    }

    /// How far all articles were read, the last one first.
    pub fn readings(&self) -> Vec<Reading> {
        let entries = self.positions().map(fs::read_dir);
        let Ok(Ok(entries)) = entries else { return Vec::new() };
        let mut readings: Vec<Reading> =
            entries.flatten().filter_map(|entry| read(&entry.path())).collect();
        readings.sort_by(|one, other| {
            other.when.cmp(&one.when).then_with(|| one.origin.key.cmp(&other.origin.key))
        });
        readings
    }

    /// How far the articles were read that were read last, the last one first, at most so many.
    /// It reads no more files than that.
    pub fn lately(&self, most: usize) -> Vec<Reading> {
        let entries = self.positions().map(fs::read_dir);
        let Ok(Ok(entries)) = entries else { return Vec::new() };
        let paths = entries.flatten().map(|entry| entry.path());
        let mut dated: Vec<_> = paths
            .filter_map(|path| Some((fs::metadata(&path).ok()?.modified().ok()?, path)))
            .collect();
        dated.sort_unstable_by(|one, other| other.cmp(one));
        let mut readings: Vec<Reading> =
            dated.iter().filter_map(|(_, path)| read(path)).take(most).collect();
        readings.sort_by(|one, other| other.when.cmp(&one.when));
        readings
    }

    /// Saves how far an article was read, and remembers it as [`Store::remember`] does.
    ///
    /// # Errors
    /// If there is no place for it or the system refuses.
    pub fn save_reading(&self, reading: &Reading) -> Result<(), StoreError> {
        let path = self.positions()?.join(format!("{}.json", reading.origin.key.as_str()));
        let bytes = serde_json::to_vec_pretty(reading).map_err(std::io::Error::from)?;
        whole::put(&path, &bytes)?;
        self.remember(&reading.origin)
    }

    fn positions(&self) -> Result<PathBuf, StoreError> {
        Ok(self.root()?.join("state").join("positions"))
    }

    /// The article that had this text or path; else a new one.
    fn known(&self, print: &str, path: Option<&str>, text: &str) -> ArticleKey {
        let indexed = self.is_indexed();
        let look = |index, value| {
            if indexed { self.pointed(index, value) } else { self.scan(index, value) }
        };
        let by_path = || {
            let key = look(Index::Paths, path?)?;
            self.may_be(&key, text).then_some(key)
        };
        look(Index::Texts, print).or_else(by_path).unwrap_or_else(|| ArticleKey::of(text))
    }

    fn index(&self) -> Result<PathBuf, StoreError> {
        Ok(self.root()?.join("state").join("index"))
    }

    /// Whether the index knows all bookmarks.
    fn is_indexed(&self) -> bool {
        self.index().is_ok_and(|index| index.join("complete").exists())
    }

    fn entry(&self, index: Index, value: &str) -> Result<PathBuf, StoreError> {
        let folder = match index {
            Index::Texts => "texts",
            Index::Paths => "paths",
        };
        Ok(self.index()?.join(folder).join(ArticleKey::of(value).as_str()))
    }

    fn pointed(&self, index: Index, value: &str) -> Option<ArticleKey> {
        let bytes = whole::read(&self.entry(index, value).ok()?).ok()?;
        ArticleKey::parse(std::str::from_utf8(&bytes).ok()?.trim())
    }

    fn point(&self, index: Index, value: &str, key: &ArticleKey) -> Result<(), StoreError> {
        if value.is_empty() || self.pointed(index, value).as_ref() == Some(key) {
            return Ok(());
        }
        Ok(whole::put(&self.entry(index, value)?, key.as_str().as_bytes())?)
    }

    /// Looks the value up in the bookmarks themselves; the last one changed is right.
    fn scan(&self, index: Index, value: &str) -> Option<ArticleKey> {
        let bookmarks = self.files().read.into_iter().map(|(_, bookmark)| bookmark);
        let same = bookmarks.filter(|bookmark| {
            bookmark.origin().is_some_and(|origin| match index {
                Index::Texts => origin.text == value,
                Index::Paths => origin.path.as_deref() == Some(value),
            })
        });
        same.max_by(|one, other| one.modified().cmp(other.modified()))?.key()
    }

    /// Makes the index anew from the bookmarks, where there is none.
    fn rebuild(&self) -> Result<(), StoreError> {
        if self.is_indexed() {
            return Ok(());
        }
        let mut files = self.files().read;
        files.sort_by(|(_, one), (_, other)| one.modified().cmp(other.modified()));
        for origin in files.iter().filter_map(|(_, bookmark)| bookmark.origin()) {
            self.point(Index::Texts, &origin.text, &origin.key)?;
            if let Some(path) = &origin.path {
                self.point(Index::Paths, path, &origin.key)?;
            }
        }
        Ok(whole::put(&self.index()?.join("complete"), b"")?)
    }
}

/// What tells that a file has not changed; none where it is not there.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let about = fs::metadata(path).ok()?;
    let since = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Stamp { changed: u64::try_from(since.as_nanos()).ok()?, bytes: about.len() })
}

/// Reads how far an article was read; what cannot be read is as good as lost.
fn read(path: &Path) -> Option<Reading> {
    let json = path.extension().is_some_and(|kind| kind == "json");
    serde_json::from_slice(&whole::read(path).ok().filter(|_| json)?).ok()
}

/// A path that means the same wherever the program is started.
fn whole_path(path: &Path) -> String {
    let resolved = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    resolved.as_deref().unwrap_or(path).to_string_lossy().into_owned()
}
