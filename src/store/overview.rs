//! All bookmarks at a glance, for lists of many: what a line shows of each.
//!
//! Reading ten thousand files takes too long to open a screen. So what they said is kept in
//! `state/overview.json` by folder, and a folder is read again when its time has changed, as
//! it does whenever a file in it is added, removed or replaced. It does not when another
//! program writes into a file that stays: that is seen when the article is opened, and by
//! [`Store::all`]. The file may be lost or damaged; it is made anew.
//!
//! May not know: what a passage is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::{Store, whole};
use crate::record::bookmark::Bookmark;
use crate::record::origin::{ArticleKey, Origin};

/// The form of the file; another one is made anew.
const FORM: u32 = 2;

/// A folder that changed so shortly before it was read may have changed again within the same
/// tick of the file system's clock, which is 2 s on some.
const SETTLED: Duration = Duration::from_secs(3);

/// All bookmarks at a glance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// The articles that have bookmarks, the one that was marked last first.
    pub articles: Vec<Marked>,
    /// Files that were left alone, each with the reason.
    pub unreadable: Vec<(PathBuf, String)>,
}

/// An article and its bookmarks. What is said of the article was known of it last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Which article.
    pub key: ArticleKey,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Canonical address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where the file was last seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// By the time they were made; deleted ones are not among them.
    pub bookmarks: Vec<Entry>,
}

/// What a list shows of a bookmark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its identifier.
    pub id: String,
    /// When it was made.
    pub created: String,
    /// The words that it marks.
    pub words: String,
    /// The reader's note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The reader's tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

/// What is kept of all folders.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    form: u32,
    folders: BTreeMap<ArticleKey, Folder>,
}

/// What one folder held.
#[derive(Serialize, Deserialize)]
struct Folder {
    /// When it was last changed, in nanoseconds since 1970.
    changed: u64,
    /// Whether that was long enough before it was read.
    settled: bool,
    article: Marked,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unreadable: Vec<(PathBuf, String)>,
}

impl Store {
    /// All bookmarks at a glance, at the time `now`. It writes nothing but what may be lost.
    pub fn overview(&self, now: SystemTime) -> Overview {
        let kept = self.kept();
        let known = kept.folders.len();
        let (folders, read) = self.folders(kept, now);
        let kept = Kept { form: FORM, folders };
        if read > 0 || kept.folders.len() != known {
            // The next one takes longer, and that is all.
            let _ = self.keep_overview(&kept);
        }
        let mut all = Overview::default();
        for folder in kept.folders.into_values() {
            all.articles.push(folder.article);
            all.unreadable.extend(folder.unreadable);
        }
        all.articles.retain(|article| !article.bookmarks.is_empty());
        // Stable: those of one moment stay in the order of their keys.
        all.articles.sort_by(|one, other| other.last().cmp(&one.last()));
        all
    }

    /// What is true of the folders that there are, and how many had to be read for it.
    fn folders(&self, mut kept: Kept, now: SystemTime) -> (BTreeMap<ArticleKey, Folder>, usize) {
        let mut read = 0;
        let mut folders = BTreeMap::new();
        for key in self.keys() {
            let Ok(path) = self.notes(&key) else { continue };
            let changed = changed(&path);
            let last = kept.folders.remove(&key);
            let same = last.filter(|last| last.settled && Some(last.changed) == changed);
            let folder = same.unwrap_or_else(|| {
                read += 1;
                self.folder(&key, changed.unwrap_or_default(), now)
            });
            folders.insert(key, folder);
        }
        (folders, read)
    }

    fn folder(&self, key: &ArticleKey, changed: u64, now: SystemTime) -> Folder {
        let there = self.bookmarks(key);
        let age = now.duration_since(UNIX_EPOCH + Duration::from_nanos(changed));
        let settled = age.is_ok_and(|age| age > SETTLED);
        let article = Marked::of(key, &there.bookmarks);
        Folder { changed, settled, article, unreadable: there.unreadable }
    }

    fn kept(&self) -> Kept {
        let bytes = self.overview_path().and_then(|path| whole::read(&path).ok());
        let kept: Option<Kept> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        kept.filter(|kept| kept.form == FORM).unwrap_or_default()
    }

    fn keep_overview(&self, kept: &Kept) -> std::io::Result<()> {
        let path = self.overview_path().ok_or(std::io::ErrorKind::NotFound)?;
        whole::put(&path, &serde_json::to_vec(kept)?)
    }

    fn overview_path(&self) -> Option<PathBuf> {
        Some(self.root().ok()?.join("state").join("overview.json"))
    }
}

impl Marked {
    fn of(key: &ArticleKey, bookmarks: &[Bookmark]) -> Self {
        let last = bookmarks.iter().max_by(|one, other| one.modified().cmp(other.modified()));
        let origin = last.and_then(Bookmark::origin);
        let (title, url, path) =
            origin.map_or((None, None, None), |Origin { title, url, path, .. }| (title, url, path));
        let bookmarks = bookmarks.iter().map(Entry::of).collect();
        Self { key: key.clone(), title, url, path, bookmarks }
    }

    /// When the last of its bookmarks was made.
    fn last(&self) -> Option<&str> {
        self.bookmarks.last().map(|entry| entry.created.as_str())
    }
}

impl Entry {
    fn of(bookmark: &Bookmark) -> Self {
        Self {
            id: bookmark.id().to_owned(),
            created: bookmark.created().to_owned(),
            words: bookmark.words().to_owned(),
            note: bookmark.note().map(str::to_owned),
            tags: bookmark.tags().into_iter().map(str::to_owned).collect(),
        }
    }
}

/// When a folder was last changed, in nanoseconds since 1970.
fn changed(folder: &Path) -> Option<u64> {
    let since = fs::metadata(folder).ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}
