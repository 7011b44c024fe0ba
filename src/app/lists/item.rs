//! A line of a list, and another article that it may open.

use std::path::{Path, PathBuf};

use crate::article::Part;
use crate::record::anchor::Verdict;
use crate::record::origin::ArticleKey;
use crate::text::address::Address;
use crate::text::span::Span;

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What stands at its left: keys, a verdict.
    pub lead: String,
    /// Its words.
    pub text: String,
    /// What is said of it, below or behind.
    pub more: String,
    /// Where it leads.
    pub at: Option<u32>,
    /// The passage that it stands for.
    pub span: Option<Span>,
    /// The bookmark that it stands for.
    pub id: Option<String>,
    /// The article of that bookmark, where it is not the open one.
    pub article: Option<ArticleKey>,
    /// The other article that it opens.
    pub opens: Option<Opening>,
    /// The address that it opens in another program.
    pub link: Option<Address>,
    /// Whether it is a heading of the list.
    pub heading: bool,
    /// When what it stands for was made, as RFC 3339; empty where that is not known.
    pub when: String,
    /// How surely its passage was found, where that is known.
    pub verdict: Option<Verdict>,
}

impl Item {
    /// Whether it leads anywhere.
    pub const fn leads(&self) -> bool {
        self.at.is_some() || self.opens.is_some() || self.link.is_some()
    }
}

/// Another article to open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Where it is.
    pub location: Location,
    /// What of it.
    pub part: Part,
    /// The bookmark to go to.
    pub bookmark: Option<String>,
}

/// Where an article is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Location {
    /// In the program itself.
    #[default]
    Sample,
    /// In a file.
    File(PathBuf),
    /// On the web: it is fetched.
    Web(Address),
}

impl Location {
    /// Its file, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Sample | Self::Web(_) => None,
        }
    }
}

impl Opening {
    /// All of what is somewhere.
    pub fn of(location: Location) -> Self {
        Self { location, ..Self::default() }
    }

    /// All of a file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::of(Location::File(path.into()))
    }
}
