//! Hacker News: the item of its search service, with all comments inside, and the bare item of
//! its own service, which only numbers them.

use std::borrow::Cow;

use super::super::builder::{Builder, Lent};
use super::super::entries::{Entry, chosen};
use super::super::json::Item;
use super::super::markdown::thread_notes;
use super::super::{Document, Format, Head, Part};
use super::{
    DELETED, Talk, build, build_with, count, html, lent_line, link, stamp, text, visit, word,
    write_html,
};

/// A story with its comments. Each of these is read when it is written: of a long thread no second
/// copy is held.
pub(super) fn read(root: Item<'_>) -> Option<Document> {
    let has = |key| root.get(key).is_some();
    let nested =
        has("children") && has("author") && (has("created_at_i") || has("points") || has("type"));
    if nested {
        return Some(build_with(story(root), root.around(), |builder| comments(root, builder)));
    }
    is_bare(root).then(|| build(story(root)))
}

fn story(root: Item<'_>) -> Talk {
    let head = head(root);
    let mut body = text(root, &["text"]).map(html).unwrap_or_default();
    if let Some(url) = head.url.as_deref().filter(|_| body.is_empty()) {
        body = link(url);
    }
    let notes = missing(root).into_iter().collect();
    Talk { format: Format::HackerNews, head, body, notes, ..Talk::default() }
}

/// What is said of comments that are only numbered.
fn missing(root: Item<'_>) -> Option<String> {
    is_bare(root).then_some(())?;
    let told = root.get("descendants").and_then(Item::number);
    let kids =
        || root.get("kids").map(|kids| i64::try_from(kids.items().count()).unwrap_or(i64::MAX));
    let count = told.or_else(kids).filter(|&count| count > 0)?;
    Some(format!("the {count} comments are not in this file, only their numbers"))
}

/// Stories without their comments, of which one is shown: what the search service finds, or a list
/// of bare items.
pub(super) fn list(root: Item<'_>, wanted: Part) -> Option<Talk> {
    let is_hit = |item: &Item<'_>| {
        ["objectID", "author", "num_comments"].iter().all(|key| item.get(key).is_some())
    };
    let stories: Vec<_> = match root.get("hits") {
        Some(hits) => hits.items().filter(is_hit).collect(),
        None => root.items().filter(|item| is_bare(*item)).collect(),
    };
    (!stories.is_empty()).then(|| {
        let entries = stories.into_iter().map(|story| Entry {
            head: head(story),
            body: text(story, &["story_text", "text"]).map(html).unwrap_or_default(),
            elsewhere: count(story, &["num_comments", "descendants"]),
            ..Entry::default()
        });
        chosen(entries.collect(), wanted, Format::HackerNews, Vec::new())
    })
}

/// Whether it is an item whose comments are only numbered.
fn is_bare(item: Item<'_>) -> bool {
    ["by", "time", "type", "id"].iter().all(|key| item.get(key).is_some())
}

fn head(item: Item<'_>) -> Head {
    let number = word(item, &["objectID", "id"]);
    Head {
        title: word(item, &["title", "story_title"]),
        authors: word(item, &["author", "by"]).into_iter().collect(),
        published: time(item),
        url: word(item, &["url"]),
        discussion: number.map(|id| format!("https://news.ycombinator.com/item?id={id}")),
        dateline: None,
    }
}

/// Adds all comments, and gives sentences about what was repaired.
fn comments(root: Item<'_>, builder: &mut Builder) -> Vec<String> {
    let mut scratch = String::new();
    visit(below(root.get("children")), |held| {
        // The fields are looked up at once: a long thread does not fit into the processor's memory,
        // and is gone through as seldom as can be.
        let keys = ["id", "author", "created_at", "points", "text", "children"];
        let [id, author, created, points, text, children] = held.item.fields(keys);
        let id = lent_line(id).unwrap_or_default();
        let time = lent_line(created).or_else(|| time(held.item).map(Cow::Owned));
        builder.comment_of(&Lent {
            id: &id,
            author: author.and_then(Item::word).as_deref(),
            parent: held.holder,
            time: time.as_deref(),
            score: points.and_then(Item::number),
        });
        let text = text.and_then(|text| text.text_in(&mut scratch));
        write_html(text.filter(|text| !text.trim().is_empty()).unwrap_or(DELETED), builder);
        below(children)
    });
    thread_notes(builder.tell_apart(), 0, 0)
}

fn below(children: Option<Item<'_>>) -> impl Iterator<Item = Item<'_>> + use<'_> {
    let list = children.into_iter().flat_map(Item::items);
    list.filter(|item| item.is_object())
}

fn time(item: Item<'_>) -> Option<String> {
    let seconds = || ["created_at_i", "time"].iter().find_map(|key| item.get(key)?.number());
    word(item, &["created_at"]).or_else(|| stamp(seconds()))
}
