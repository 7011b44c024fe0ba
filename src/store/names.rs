//! Which names were read in which article: a file an article, small, that may be lost.
//!
//! May not know: how names are found.

use std::fs;
use std::path::PathBuf;

use super::{Store, StoreError, whole};
use crate::record::origin::ArticleKey;

/// Of so many articles the names are kept, those that were read last.
const KEPT: usize = 400;

impl Store {
    /// The names that were read in an article; what cannot be read is as good as lost.
    pub fn names(&self, key: &ArticleKey) -> Vec<String> {
        let path = self.named().map(|folder| folder.join(format!("{}.json", key.as_str())));
        let bytes = path.ok().and_then(|path| whole::read(&path).ok());
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Remembers the names that were read in an article.
    ///
    /// # Errors
    /// If there is no place for it or the system refuses. Nothing depends on it.
    pub fn save_names(&self, key: &ArticleKey, names: &[String]) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(names).map_err(std::io::Error::from)?;
        Ok(whole::put(&self.named()?.join(format!("{}.json", key.as_str())), &bytes)?)
    }

    /// Forgets the names of articles that were read long ago.
    pub fn forget_old_names(&self) {
        let Ok(Ok(entries)) = self.named().map(fs::read_dir) else { return };
        let dated = entries
            .flatten()
            .map(|entry| entry.path())
            .filter_map(|path| Some((fs::metadata(&path).ok()?.modified().ok()?, path)));
        let mut dated: Vec<_> = dated.collect();
        dated.sort_unstable_by(|one, other| other.cmp(one));
        for (_, path) in dated.into_iter().skip(KEPT) {
            // What is not forgotten today may be tomorrow.
            let _ = fs::remove_file(path);
        }
    }

    fn named(&self) -> Result<PathBuf, StoreError> {
        Ok(self.root()?.join("state").join("names"))
    }
}
