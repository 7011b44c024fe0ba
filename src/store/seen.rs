//! Which comments of an article were seen: a file an article, apart from how far it was read, since
//! a long discussion has many. It may be lost.
//!
//! May not know: by what comments are known again.

use std::path::PathBuf;

use super::{Store, StoreError, whole};
use crate::article::bulk::Bulk;
use crate::record::origin::ArticleKey;
use crate::record::seen::Seen;

impl Store {
    /// The comments of an article that were seen; what cannot be read is as good as lost.
    pub fn seen(&self, key: &ArticleKey) -> Seen {
        let bytes = self.seen_path(key).ok().and_then(|path| whole::read(&path).ok());
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Remembers which comments of an article were seen.
    ///
    /// # Errors
    /// If there is no place for it or the system refuses. Nothing depends on it.
    pub fn save_seen(&self, key: &ArticleKey, seen: &Seen) -> Result<(), StoreError> {
        let mut bytes = Bulk::default();
        serde_json::to_writer(&mut bytes, seen).map_err(std::io::Error::from)?;
        Ok(whole::put(&self.seen_path(key)?, &bytes)?)
    }

    fn seen_path(&self, key: &ArticleKey) -> Result<PathBuf, StoreError> {
        Ok(self.root()?.join("state").join("seen").join(format!("{}.json", key.as_str())))
    }
}
