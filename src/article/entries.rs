//! Several articles of one file, of which one can be shown.
//!
//! May not know: which format they come from.

use super::markup::blocks::Piece;
use super::said::Said;
use super::threads::{self, Talk};
use super::{Format, Head, Listed, Part, Related};

/// Longest summary of another article, in characters.
const SUMMARY: usize = 200;

/// An article of a file, with its comments.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) head: Head,
    pub(super) body: Vec<Piece>,
    pub(super) said: Vec<Said>,
    /// How many comments it is said to have elsewhere.
    pub(super) elsewhere: u32,
}

/// Shows the article that is wanted, else the first with comments, else the first; the others
/// are listed.
pub(super) fn chosen(
    mut entries: Vec<Entry>,
    wanted: Part,
    format: Format,
    mut notes: Vec<String>,
) -> Talk {
    let articles = listed(&entries);
    if entries.is_empty() {
        notes.push("the file holds no article".to_owned());
        return Talk { format, notes, ..Talk::default() };
    }
    let spoken = entries.iter().position(|entry| !entry.said.is_empty());
    let named = match wanted {
        Part::Article(number) => Some(number as usize).filter(|&number| number < entries.len()),
        _ => None,
    };
    let article = named.or(spoken).unwrap_or_default();
    let first = entries.remove(article);
    let link = |url: &String| threads::link(url);
    let body = if first.body.is_empty() { first.head.url.as_ref().map(link) } else { None };
    if !articles.is_empty() {
        let count = articles.len();
        notes.push(format!("the file holds {count} articles: one is shown, the others are listed"));
    }
    let elsewhere: usize = entries.iter().map(|entry| entry.said.len()).sum();
    if elsewhere > 0 {
        notes.push(format!("comments on the other articles: {elsewhere}"));
    }
    Talk {
        format,
        head: first.head,
        // Where there is nothing else to read, there is its address.
        body: body.unwrap_or(first.body),
        said: first.said,
        related: entries.into_iter().filter_map(related).collect(),
        notes,
        articles,
        article: article as u32,
    }
}

/// What there is to choose from: nothing where there is one.
fn listed(entries: &[Entry]) -> Vec<Listed> {
    let several = if entries.len() > 1 { entries } else { &[] };
    let listed = several.iter().map(|entry| Listed {
        title: entry.head.title.clone().or_else(|| summary(entry)).unwrap_or_default(),
        published: entry.head.published.clone(),
        comments: entry.elsewhere.max(entry.said.len() as u32),
        url: entry.head.url.clone(),
        discussion: entry.head.discussion.clone(),
    });
    listed.collect()
}

fn related(entry: Entry) -> Option<Related> {
    let summary = summary(&entry);
    let title = entry.head.title.or_else(|| summary.clone())?;
    Some(Related { title, summary, url: entry.head.url })
}

/// The first words of an article.
fn summary(entry: &Entry) -> Option<String> {
    let mut texts = entry.body.iter().map(|piece| &piece.passage.text);
    let first = texts.find(|text| !text.is_empty())?;
    Some(first.chars().take(SUMMARY).collect())
}
