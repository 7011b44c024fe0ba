//! How far an article has been read. It may be lost without harm.
//!
//! May not know: files, clocks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::anchor::{Anchor, Verdict};
use super::origin::Origin;

/// What tells that a file has not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// When it was last changed, in nanoseconds since 1970.
    pub changed: u64,
    /// How many bytes it has.
    pub bytes: u64,
}

/// How far an article has been read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Which article.
    pub origin: Origin,
    /// Which article of its file, where that holds several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<u32>,
    /// When it was last open, as RFC 3339 in UTC.
    #[serde(default)]
    pub when: String,
    /// The words at the top of the body.
    #[serde(default)]
    pub place: Anchor,
    /// How much of the body has been read, 0 to 100.
    #[serde(default)]
    pub percent: u8,
    /// How its file was.
    #[serde(default)]
    pub stamp: Option<Stamp>,
    /// How many of its comments were new.
    #[serde(default)]
    pub new: u32,
    /// How many bookmarks it had.
    #[serde(default)]
    pub marks: u32,
    /// Which of them the reader should look at, by identifier, and why.
    #[serde(default)]
    pub doubtful: BTreeMap<String, Verdict>,
}
