//! Copies of one bookmark that were changed apart: what was changed last counts, part by part.
//!
//! A bookmark has four parts that a reader changes: note, tags, place and whether it is
//! deleted. Each remembers when it was last changed (`recto:changed`), so that a note written
//! here and a tag added there are both kept, whichever copy is written last and without any
//! common ancestor. A copy that another program changed has no such times that are true of it
//! and counts as changed as a whole.
//!
//! May not know: files, clocks.

use serde_json::{Map, Value};

use super::body;
use super::bookmark::Bookmark;
use super::time;

/// What of a bookmark is changed by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Note,
    Tags,
    Place,
    Deletion,
}

impl Part {
    const ALL: [Self; 4] = [Self::Note, Self::Tags, Self::Place, Self::Deletion];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tags => "tags",
            Self::Place => "place",
            Self::Deletion => "deletion",
        }
    }

    /// Members that belong to it alone; the bodies belong to two parts.
    const fn members(self) -> &'static [&'static str] {
        match self {
            Self::Note => &["bodyValue", "motivation"],
            Self::Tags => &[],
            Self::Place => &["target", "recto:comment", "recto:text"],
            Self::Deletion => &["recto:deleted"],
        }
    }

    /// All that an annotation says of it.
    fn of(self, object: &Map<String, Value>) -> (Vec<Value>, Vec<Option<&Value>>) {
        let bodies = match self {
            Self::Note => body::without_tags(object),
            Self::Tags => body::only_tags(object),
            Self::Place | Self::Deletion => Vec::new(),
        };
        (bodies, self.members().iter().map(|name| object.get(*name)).collect())
    }

    /// Gives `object` what `other` says of it.
    fn take(self, object: &mut Map<String, Value>, other: &Map<String, Value>) {
        match self {
            Self::Note => {
                let bodies = [body::only_tags(object), body::without_tags(other)];
                body::put(object, bodies.concat());
            }
            Self::Tags => {
                let bodies = [body::only_tags(other), body::without_tags(object)];
                body::put(object, bodies.concat());
            }
            Self::Place | Self::Deletion => {}
        }
        for name in self.members() {
            match other.get(*name) {
                Some(value) => drop(object.insert((*name).into(), value.clone())),
                None => drop(object.remove(*name)),
            }
        }
    }
}

/// Members whose absence says something, so that they do not come back from an older copy.
const MEANT: [&str; 6] =
    ["body", "bodyValue", "recto:deleted", "recto:comment", "recto:text", "recto:changed"];

impl Bookmark {
    /// Takes in what another copy of the same bookmark has that was changed later. The order
    /// in which copies are taken in does not matter.
    pub fn merge(&mut self, other: &Self) {
        if self == other {
            return;
        }
        let (late, early) =
            if self.rank() >= other.rank() { (&*self, other) } else { (other, &*self) };
        let mut merged = late.as_object().clone();
        for (name, value) in early.as_object() {
            if !MEANT.contains(&name.as_str()) && !merged.contains_key(name) {
                merged.insert(name.clone(), value.clone());
            }
        }
        let mut changed = Map::new();
        for part in Part::ALL {
            // Every part is taken from one of them, so that the bodies come in one order.
            let from = if early.tells(part) > late.tells(part) { early } else { late };
            part.take(&mut merged, from.as_object());
            if from.changed(part) != late.created() {
                changed.insert(part.name().into(), from.changed(part).into());
            }
        }
        if !changed.is_empty() {
            merged.insert("recto:changed".into(), Value::Object(changed));
        }
        *self = Self::of_members(merged);
    }

    /// What copies of a part are ordered by: the time of the change, then how much they say,
    /// since an export may leave something out.
    fn tells(&self, part: Part) -> (impl Ord + '_, usize, String) {
        let said = format!("{:?}", part.of(self.as_object()));
        (time::order(self.changed(part)), said.len(), said)
    }

    /// What copies are ordered by: the time of the last change, then the bytes.
    fn rank(&self) -> (impl Ord + '_, Vec<u8>) {
        (time::order(self.modified()), self.to_json())
    }

    /// When a part was last changed.
    fn changed(&self, part: Part) -> &str {
        let times = self.as_object().get("recto:changed").and_then(Value::as_object);
        let own = |times: &'_ Map<String, Value>| {
            let newest = times.values().filter_map(Value::as_str).map(time::order).max();
            // Whoever wrote that time and not these knows nothing of them.
            newest.is_some_and(|newest| newest >= time::order(self.modified()))
        };
        match times.filter(|times| own(times)) {
            Some(times) => times.get(part.name()).and_then(Value::as_str).unwrap_or(self.created()),
            None => self.modified(),
        }
    }
}
