//! How far an article has been read. It may be lost without harm.
//!
//! May not know: files, clocks.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::anchor::{Anchor, Verdict};
use super::origin::{Origin, fingerprint};
use super::words;
use crate::article::Document;

/// So many words tell a comment from the others of its author.
const FIRST: usize = 8;

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

/// By what some comments, given as indices into [`Document::comments`], are known again: the
/// identifier that the file gives each, and its author with its first words, which stay when the
/// comments are numbered anew.
pub fn seen(doc: &Document, comments: impl IntoIterator<Item = u32>) -> Vec<String> {
    let there = comments.into_iter().map(|comment| comment as usize);
    let there = there.filter(|&comment| comment < doc.comments.len());
    let signs = |comment| {
        own_id(doc, comment).map(str::to_owned).into_iter().chain([by_words(doc, comment)])
    };
    there.flat_map(signs).collect()
}

/// The comments that are not among those [`seen`], as ascending indices into
/// [`Document::comments`]. Of several that start alike, as many as were seen count as seen. Time
/// grows with their number; the words of those whose identifier was seen are read only where
/// another one starts like something that was seen.
pub fn new_comments(seen: &[String], doc: &Document) -> Vec<u32> {
    let mut left: HashMap<&str, u32> = HashMap::new();
    for sign in seen {
        *left.entry(sign).or_default() += 1;
    }
    let known =
        |&comment: &u32| own_id(doc, comment as usize).is_some_and(|id| take(&mut left, id));
    let (known, others): (Vec<u32>, Vec<u32>) = (0..doc.comments.len() as u32).partition(known);
    let others = others.into_iter().map(|comment| (comment, by_words(doc, comment as usize)));
    let mut others: Vec<(u32, String)> = others.collect();
    if others.iter().any(|(_, sign)| left.contains_key(sign.as_str())) {
        // Each uses up both of its names, so that no other comment passes for it.
        for &comment in &known {
            take(&mut left, &by_words(doc, comment as usize));
        }
        others.retain(|(_, sign)| !take(&mut left, sign));
    }
    others.into_iter().map(|(comment, _)| comment).collect()
}

/// Takes one of the signs that are left, if there is one.
fn take(left: &mut HashMap<&str, u32>, sign: &str) -> bool {
    let count = left.get_mut(sign).filter(|count| **count > 0);
    count.map(|count| *count -= 1).is_some()
}

/// The identifier of a comment, if it is more than a count of the comments.
fn own_id(doc: &Document, comment: usize) -> Option<&str> {
    let id = doc.id(&doc.comments[comment]);
    (id != (comment + 1).to_string()).then_some(id)
}

/// Author and first words as one word that no identifier looks like.
fn by_words(doc: &Document, comment: usize) -> String {
    let author = doc.author(&doc.comments[comment]).unwrap_or_default();
    let said = doc.comment_blocks(&doc.comments[comment]).iter();
    let text = said.map(|block| doc.words(block)).find(|text| !text.trim().is_empty());
    let words = words::each(text.unwrap_or_default()).take(FIRST);
    let ids: Vec<String> = words.map(|word| format!("{:x}", word.id)).collect();
    let print = fingerprint(&format!("{author}\n{}", ids.join(" ")));
    format!("~{}", print.get(..16).unwrap_or_default())
}
