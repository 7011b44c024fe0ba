//! RSS, and the export of `WordPress`, which is RSS with the comments inside.

use super::super::markup::tree::Tree;
use super::super::said::{Answers, Said};
use super::super::{Format, Part};
use super::{Entry, chosen, loose, name, text, word};
use crate::article::threads::Talk;

/// Beginnings of the titles of feeds that hold comments only.
const COMMENTS: [&str; 6] = [
    "comments on",
    "comments for",
    "kommentare zu",
    "commentaires sur",
    "comentarios en",
    "comentarios de",
];

pub(super) fn read(tree: &Tree<'_>, root: usize, wanted: Part) -> Talk {
    let channel = tree.child(root, "channel").unwrap_or(root);
    let mut left_out = 0;
    let items = tree.inside(root).filter(|&at| tree.name(at) == "item");
    let mut exported = false;
    let mut entries: Vec<Entry> = Vec::new();
    for item in items {
        exported |=
            tree.child(item, "wp:post_type").is_some() || tree.child(item, "wp:comment").is_some();
        if is_post(tree, item) {
            entries.push(entry(tree, item, &mut left_out));
        }
    }
    let title = word(tree, channel, &["title"]);
    let lower = title.as_deref().unwrap_or_default().to_lowercase();
    if COMMENTS.iter().any(|start| lower.starts_with(start)) {
        return comments(title, entries);
    }
    // Drafts without words are no articles.
    entries.retain(|entry| {
        !entry.body.is_empty() || !entry.said.is_empty() || entry.head.title.is_some()
    });
    let mut notes = Vec::new();
    if left_out > 0 {
        notes.push(format!(
            "comments left out as spam, unapproved or mere links from other sites: {left_out}"
        ));
    }
    chosen(entries, wanted, if exported { Format::Wxr } else { Format::Feed }, notes)
}

/// Whether an item of an export is something to read.
fn is_post(tree: &Tree<'_>, item: usize) -> bool {
    let kind = word(tree, item, &["wp:post_type"]);
    kind.is_none_or(|kind| matches!(kind.as_str(), "post" | "page"))
}

fn entry(tree: &Tree<'_>, item: usize, left_out: &mut usize) -> Entry {
    let mut entry =
        Entry { id: word(tree, item, &["guid"]).unwrap_or_default(), ..Entry::default() };
    entry.head.title = word(tree, item, &["title"]);
    let author = word(tree, item, &["dc:creator", "author", "itunes:author"]);
    entry.head.authors = author.and_then(name).into_iter().collect();
    entry.head.published = word(tree, item, &["pubDate", "dc:date", "wp:post_date"]);
    entry.head.url = word(tree, item, &["link"]).filter(|url| url.contains("://"));
    entry.head.discussion = word(tree, item, &["comments"]).filter(|url| url.contains("://"));
    let told = word(tree, item, &["slash:comments"]).and_then(|count| count.parse().ok());
    entry.elsewhere = told.unwrap_or_default();
    let body = text(tree, item, &["content:encoded", "description"]);
    entry.body = body.map(|text| loose(&text)).unwrap_or_default();
    let comments = tree.outermost(tree.inside(item)).filter(|&at| tree.name(at) == "wp:comment");
    for comment in comments {
        match said(tree, comment) {
            Some(said) => entry.said.push(said),
            None => *left_out += 1,
        }
    }
    entry
}

/// A comment that was approved and is one.
fn said(tree: &Tree<'_>, comment: usize) -> Option<Said> {
    let of = |key| word(tree, comment, &[key]);
    let approved = of("wp:comment_approved").is_none_or(|approved| approved == "1");
    let kind = of("wp:comment_type").unwrap_or_default();
    let spoken = approved && !matches!(kind.as_str(), "pingback" | "trackback");
    let parent = of("wp:comment_parent").filter(|parent| parent != "0");
    spoken.then(|| Said {
        id: of("wp:comment_id").unwrap_or_default(),
        answers: parent.map_or(Answers::Article, Answers::Id),
        author: of("wp:comment_author").and_then(name),
        time: of("wp:comment_date_gmt").or_else(|| of("wp:comment_date")),
        score: None,
        pieces: text(tree, comment, &["wp:comment_content"])
            .map(|text| loose(&text))
            .unwrap_or_default(),
    })
}

/// A feed of comments: what they are on is not in it.
fn comments(title: Option<String>, entries: Vec<Entry>) -> Talk {
    let said = entries.into_iter().rev().map(|entry| Said {
        id: entry.id,
        author: entry.head.authors.into_iter().next(),
        time: entry.head.published,
        pieces: entry.body,
        ..Said::default()
    });
    let mut talk = Talk { format: Format::Feed, said: said.collect(), ..Talk::default() };
    talk.head.title = title;
    talk.notes.push("a feed of comments: the article itself is not in this file".to_owned());
    talk
}
