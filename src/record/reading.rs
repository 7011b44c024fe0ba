//! How far an article has been read. It may be lost without harm.
//!
//! May not know: files, clocks.

use serde::{Deserialize, Serialize};

use super::anchor::Anchor;
use super::origin::Origin;

/// How far an article has been read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Which article.
    pub origin: Origin,
    /// When it was last open, as RFC 3339 in UTC.
    #[serde(default)]
    pub when: String,
    /// The words at the top of the body.
    #[serde(default)]
    pub place: Anchor,
    /// How much of the body has been read, 0 to 100.
    #[serde(default)]
    pub percent: u8,
    /// Identifiers of the comments that have been read.
    #[serde(default)]
    pub seen: Vec<String>,
}
