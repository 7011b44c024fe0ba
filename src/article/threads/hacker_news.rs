//! Hacker News: the item of its search service, with all comments inside, and the bare item of
//! its own service, which only numbers them.

use super::super::entries::{Entry, chosen};
use super::super::json::Item;
use super::super::said::{Answers, Said};
use super::super::{Format, Head, Part};
use super::{Talk, count, deleted, html, link, stamp, text, walk, word};

pub(super) fn read(root: Item<'_>) -> Option<Talk> {
    let has = |key| root.get(key).is_some();
    let nested =
        has("children") && has("author") && (has("created_at_i") || has("points") || has("type"));
    let bare = is_bare(root);
    if !nested && !bare {
        return None;
    }
    let head = head(root);
    let mut body = text(root, &["text"]).map(html).unwrap_or_default();
    if let Some(url) = head.url.as_deref().filter(|_| body.is_empty()) {
        body = link(url);
    }
    let said = if nested { comments(root) } else { Vec::new() };
    let missing = root.get("descendants").and_then(Item::number).filter(|_| bare);
    let kids =
        || root.get("kids").map(|kids| i64::try_from(kids.items().count()).unwrap_or(i64::MAX));
    let missing = missing.or_else(|| kids().filter(|_| bare)).filter(|&count| count > 0);
    let notes = missing
        .map(|count| format!("the {count} comments are not in this file, only their numbers"));
    Some(Talk {
        format: Format::HackerNews,
        head,
        body,
        said,
        notes: notes.into_iter().collect(),
        ..Talk::default()
    })
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

fn comments(root: Item<'_>) -> Vec<Said> {
    walk(below(root), below).iter().map(|held| said(held.item, held.holder)).collect()
}

fn below(item: Item<'_>) -> Vec<Item<'_>> {
    let list = item.get("children").into_iter().flat_map(Item::items);
    list.filter(|item| item.is_object()).collect()
}

fn said(item: Item<'_>, holder: Option<u32>) -> Said {
    Said {
        id: word(item, &["id"]).unwrap_or_default(),
        answers: holder.map_or(Answers::Article, Answers::Place),
        author: word(item, &["author"]),
        time: time(item),
        score: item.get("points").and_then(Item::number),
        pieces: text(item, &["text"]).map_or_else(deleted, html),
    }
}

fn time(item: Item<'_>) -> Option<String> {
    let seconds = || ["created_at_i", "time"].iter().find_map(|key| item.get(key)?.number());
    word(item, &["created_at"]).or_else(|| stamp(seconds()))
}
