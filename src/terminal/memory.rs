//! What is remembered of an article for the next time: where the reader was, and which names were
//! read there. All of it may be lost without harm, but it is written whenever the reader rests:
//! then neither a power cut nor a killed program costs the place, and quitting waits for nothing.
//!
//! May not know: panes, threads.

use std::sync::Arc;

use crate::analysis::Names;
use crate::app::entities::elsewhere;
use crate::record::reading::Reading;
use crate::store::{Habits, Store};

/// All that is remembered.
#[derive(Debug)]
pub(super) struct Memory {
    /// None of what is not to be opened where it was left.
    pub(super) reading: Option<Reading>,
    /// Of these the names are kept with the place that tell in other articles that they were read
    /// here; none before all are known.
    pub(super) names: Option<Arc<Names>>,
    pub(super) habits: Habits,
}

impl Memory {
    /// Writes it.
    pub(super) fn save(&self, store: &Store) {
        if let Some(reading) = &self.reading {
            let _ = store.save_reading(reading);
            let names = self.names.as_ref().map(|names| elsewhere::worth_remembering(names));
            let _ = names.map(|names| store.save_names(&reading.origin.key, &names));
        }
        let _ = store.save_habits(&self.habits);
    }

    /// Whether it is all the same but for the time. Names are looked through only where they were found
    /// once more.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let timeless = |reading: &Reading| Reading { when: String::new(), ..reading.clone() };
        let (one, another) = (self.reading.as_ref(), other.reading.as_ref());
        one.map(timeless) == another.map(timeless)
            && (&self.names, &self.habits) == (&other.names, &other.habits)
    }
}
