//! How the program is used, over all articles. It may be lost without harm.
//!
//! May not know: what the names mean.

use serde::{Deserialize, Serialize};

use super::{Store, StoreError, whole};

/// How the program is used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habits {
    /// Whether it was used before.
    #[serde(default)]
    pub welcomed: bool,
    /// The names of the actions that were chosen in the palette lately, the last one first.
    #[serde(default)]
    pub recent: Vec<String>,
}

impl Store {
    /// How the program is used; what cannot be read is as good as lost.
    pub fn habits(&self) -> Habits {
        let bytes = self.habits_path().ok().and_then(|path| whole::read(&path).ok());
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Remembers how the program is used.
    ///
    /// # Errors
    /// If there is no place for it or the system refuses.
    pub fn save_habits(&self, habits: &Habits) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec_pretty(habits).map_err(std::io::Error::from)?;
        Ok(whole::put(&self.habits_path()?, &bytes)?)
    }

    fn habits_path(&self) -> Result<std::path::PathBuf, StoreError> {
        Ok(self.root()?.join("state").join("habits.json"))
    }
}
