//! What was searched for, in all articles. It may be lost.
//!
//! May not know: what was found.

use std::path::PathBuf;

use super::{Store, StoreError, whole};

/// How many searches are kept.
const KEPT: usize = 100;

impl Store {
    /// What was searched for, the last one last.
    pub fn searches(&self) -> Vec<String> {
        let bytes = self.searched().ok().and_then(|path| whole::read(&path).ok());
        let mut kept: Vec<String> =
            bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        kept.drain(..kept.len().saturating_sub(KEPT));
        kept
    }

    /// Remembers a search as the last one, beside what other instances searched for.
    ///
    /// # Errors
    /// If there is no place for it or the system refuses. Nothing depends on it.
    pub fn save_search(&self, query: &str) -> Result<(), StoreError> {
        let mut kept = self.searches();
        kept.retain(|earlier| earlier != query);
        kept.push(query.to_owned());
        kept.drain(..kept.len().saturating_sub(KEPT));
        let bytes = serde_json::to_vec(&kept).map_err(std::io::Error::from)?;
        Ok(whole::put(&self.searched()?, &bytes)?)
    }

    fn searched(&self) -> Result<PathBuf, StoreError> {
        Ok(self.root()?.join("state").join("searches.json"))
    }
}
