//! Several articles of one file, of which one can be shown.
//!
//! May not know: which format they come from.

use super::markup::blocks::Piece;
use super::said::Said;
use super::threads::Talk;
use super::{Format, Head, Related};

/// Longest summary of another article, in characters.
const SUMMARY: usize = 200;

/// An article of a file, with its comments.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) head: Head,
    pub(super) body: Vec<Piece>,
    pub(super) said: Vec<Said>,
}

/// Shows one of the articles: the first with comments, else the first; the others are listed.
pub(super) fn chosen(mut entries: Vec<Entry>, format: Format, mut notes: Vec<String>) -> Talk {
    let count = entries.len();
    let spoken = entries.iter().position(|entry| !entry.said.is_empty());
    if entries.is_empty() {
        notes.push("the file holds no article".to_owned());
        return Talk { format, notes, ..Talk::default() };
    }
    let first = entries.remove(spoken.unwrap_or_default());
    if count > 1 {
        notes.push(format!("the file holds {count} articles: one is shown, the others are listed"));
    }
    let elsewhere: usize = entries.iter().map(|entry| entry.said.len()).sum();
    if elsewhere > 0 {
        notes.push(format!("comments on the other articles: {elsewhere}"));
    }
    let related = entries.into_iter().filter_map(related).collect();
    Talk { format, head: first.head, body: first.body, said: first.said, related, notes }
}

fn related(entry: Entry) -> Option<Related> {
    let first =
        entry.body.into_iter().map(|piece| piece.passage.text).find(|text| !text.is_empty());
    let summary = first.map(|text| text.chars().take(SUMMARY).collect::<String>());
    let title = entry.head.title.or_else(|| summary.clone())?;
    Some(Related { title, summary, url: entry.head.url })
}
