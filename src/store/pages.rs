//! Copies of what was read on the web.
//!
//! May not know: what is in them, how they come.

use std::path::PathBuf;

use super::{Store, StoreError, whole};
use crate::record::origin::ArticleKey;

impl Store {
    /// Where the copy of what is at an address lies, if there is one.
    ///
    /// # Errors
    /// If there is no place for it.
    pub fn page(&self, url: &str) -> Result<PathBuf, StoreError> {
        let key = ArticleKey::of(url);
        Ok(self.root()?.join("pages").join(format!("{}.warc.gz", key.as_str())))
    }

    /// Keeps what was found at an address; what was kept of it before is gone.
    ///
    /// # Errors
    /// If there is no place for it or the system refuses.
    pub fn keep_page(&self, url: &str, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        let path = self.page(url)?;
        whole::put(&path, bytes)?;
        Ok(path)
    }
}
