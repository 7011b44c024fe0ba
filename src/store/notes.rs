//! Bookmarks on disk.
//!
//! May not know: what a passage is, or how it is found.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::whole::{self, Lock};
use super::{Store, StoreError, plain};
use crate::record::bookmark::{Bookmark, Unreadable};
use crate::record::origin::{ArticleKey, fingerprint};

/// The bookmarks that there are, and the files that could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shelf {
    /// Sorted by the time they were made; deleted ones are not among them.
    pub bookmarks: Vec<Bookmark>,
    /// Those that the reader deleted, in the same order.
    pub deleted: Vec<Bookmark>,
    /// Files that were left alone, each with the reason.
    pub unreadable: Vec<(PathBuf, String)>,
}

/// What the files of one or more folders hold, before copies are merged.
#[derive(Default)]
pub(super) struct Files {
    pub(super) read: Vec<(PathBuf, Bookmark)>,
    pub(super) unreadable: Vec<(PathBuf, String)>,
}

impl Store {
    /// Saves a bookmark, new or changed. What another instance has changed in it since it was
    /// read stays. When this returns, it is on the disk.
    ///
    /// # Errors
    /// If there is no place for it or the system refuses; nothing that was there is harmed.
    pub fn save(&self, bookmark: &Bookmark) -> Result<(), StoreError> {
        let folder = self.notes(&bookmark.key().ok_or(StoreError::Homeless)?)?;
        let lock = whole::lock(&folder)?;
        let (path, there) = match lock {
            Lock::Busy => (copy_name(&folder, bookmark), None),
            Lock::Held(_) | Lock::Unknown => free_name(&folder, bookmark)?,
        };
        let mut merged = bookmark.clone();
        if let Some(there) = &there {
            merged.merge(there);
        }
        whole::keep(&path, &merged.to_json())?;
        // The index can be rebuilt from the file that was just written.
        let _ = bookmark.origin().map(|origin| self.remember(&origin));
        Ok(())
    }

    /// Saves a bookmark and `text`, the very one that it was made in, so that its passage is found again
    /// after an edit. A text that cannot be saved does not keep the bookmark from it.
    ///
    /// # Errors
    /// As [`Store::save`].
    pub fn save_with_text(&self, bookmark: &Bookmark, text: &str) -> Result<(), StoreError> {
        if let Some(origin) = bookmark.origin() {
            // Without the text the passage is still found by its own words.
            let _ = self.keep_text(&origin, text);
        }
        self.save(bookmark)
    }

    /// Deletes a bookmark: it stays on disk, marked so that no other device brings it back.
    ///
    /// # Errors
    /// As [`Store::save`].
    pub fn delete(&self, bookmark: &Bookmark, now: &str) -> Result<(), StoreError> {
        let mut gone = bookmark.clone();
        gone.delete(now);
        self.save(&gone)
    }

    /// The bookmarks of one article.
    pub fn bookmarks(&self, key: &ArticleKey) -> Shelf {
        let mut files = Files::default();
        if let Ok(folder) = self.notes(key) {
            files.add(&folder, key);
        }
        files.merged()
    }

    /// The bookmarks of all articles.
    pub fn all(&self) -> Shelf {
        self.files().merged()
    }

    /// All files of all articles.
    pub(super) fn files(&self) -> Files {
        let mut files = Files::default();
        for key in self.keys() {
            if let Ok(folder) = self.notes(&key) {
                files.add(&folder, &key);
            }
        }
        files
    }

    /// The folder of an article.
    pub(super) fn notes(&self, key: &ArticleKey) -> Result<PathBuf, StoreError> {
        Ok(self.root()?.join("notes").join(key.as_str()))
    }

    /// The articles that have a folder, sorted.
    pub(super) fn keys(&self) -> Vec<ArticleKey> {
        let entries = self.root().map(|root| root.join("notes")).map(fs::read_dir);
        let Ok(Ok(entries)) = entries else { return Vec::new() };
        let names = entries.flatten().map(|entry| entry.file_name());
        let mut keys: Vec<_> = names.filter_map(|name| ArticleKey::parse(name.to_str()?)).collect();
        keys.sort_unstable();
        keys
    }
}

impl Files {
    fn add(&mut self, folder: &Path, key: &ArticleKey) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.unreadable.push((folder.to_owned(), plain(&error))),
        };
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.file_name().is_some_and(is_note));
        paths.sort_unstable();
        for path in paths {
            match read(&path) {
                Ok(mut bookmark) => {
                    // The folder says where it belongs, whatever became of its own member.
                    bookmark.set_key(key);
                    self.read.push((path, bookmark));
                }
                Err(reason) => self.unreadable.push((path, reason)),
            }
        }
    }

    /// One bookmark an id: all copies merged, deleted or not.
    fn merged(mut self) -> Shelf {
        self.read.sort_by(|(_, one), (_, other)| one.id().cmp(other.id()));
        self.read.dedup_by(|(_, copy), (_, first)| {
            let same = copy.id() == first.id();
            if same {
                first.merge(copy);
            }
            same
        });
        let all = self.read.into_iter().map(|(_, bookmark)| bookmark);
        let (mut deleted, mut bookmarks): (Vec<_>, Vec<_>) = all.partition(Bookmark::is_deleted);
        for list in [&mut bookmarks, &mut deleted] {
            // They are sorted by their ids already.
            list.sort_by(|one, other| one.created().cmp(other.created()));
        }
        Shelf { bookmarks, deleted, unreadable: self.unreadable }
    }
}

/// Whether a file by its name holds a bookmark; copies that a sync or merge program made do
/// as well (`….sync-conflict-….json`, `… (conflicted copy).json`, `….json.orig`).
pub(super) fn is_note(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    !name.starts_with(b".") && [&b".json"[..], b".json.orig"].iter().any(|end| name.ends_with(end))
}

fn read(path: &Path) -> Result<Bookmark, String> {
    let bytes = whole::read(path).map_err(|error| plain(&error))?;
    Bookmark::from_json(&bytes).map_err(|error: Unreadable| error.to_string())
}

/// Where a bookmark goes: the file that already holds it, which is returned with it, or one
/// that does not exist. A file that holds something else, or what cannot be read, is passed by.
fn free_name(folder: &Path, bookmark: &Bookmark) -> io::Result<(PathBuf, Option<Bookmark>)> {
    let stem = stem(bookmark);
    for copy in 1..100 {
        let name = if copy == 1 { format!("{stem}.json") } else { format!("{stem}-{copy}.json") };
        let path = folder.join(name);
        match path.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((path, None)),
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        if let Ok(there) = read(&path)
            && there.id() == bookmark.id()
        {
            return Ok((path, Some(there)));
        }
    }
    Err(io::Error::other("unreadable files hold all its names"))
}

/// Where a bookmark goes while another writer may be about to replace its file: beside it, under a
/// name of what it says. All that read it merge the two.
fn copy_name(folder: &Path, bookmark: &Bookmark) -> PathBuf {
    let said = fingerprint(&String::from_utf8_lossy(&bookmark.to_json()));
    let digits: String = said.chars().take(16).collect();
    folder.join(format!("{}-copy-{digits}.json", stem(bookmark)))
}

/// The name of a bookmark's file: when it was made, and 8 digits that tell it from others of
/// the same second. No character of it is a stranger's.
fn stem(bookmark: &Bookmark) -> String {
    let plain = |c: char| if c == ':' { '-' } else { c };
    let time = bookmark.created().chars().map(plain);
    let time: String = time.filter(|&c| c.is_ascii_alphanumeric() || c == '-').take(32).collect();
    let digits: String = fingerprint(bookmark.id()).chars().take(8).collect();
    if time.is_empty() { format!("undated-{digits}") } else { format!("{time}-{digits}") }
}
