//! Hacker News: the item of its search service, with all comments inside, and the bare item of
//! its own service, which only numbers them.

use super::super::json::Item;
use super::super::said::{Answers, Said};
use super::super::{Format, Head};
use super::{Talk, deleted, html, link, stamp, text, walk, word};

pub(super) fn read(root: Item<'_>) -> Option<Talk> {
    let has = |key| root.get(key).is_some();
    let nested =
        has("children") && has("author") && (has("created_at_i") || has("points") || has("type"));
    let bare = has("by") && has("time") && has("type") && has("id");
    if !nested && !bare {
        return None;
    }
    let url = word(root, &["url"]);
    let mut body = text(root, &["text"]).map(html).unwrap_or_default();
    if let Some(url) = url.as_deref().filter(|_| body.is_empty()) {
        body = link(url);
    }
    let said = if nested { comments(root) } else { Vec::new() };
    let head = Head {
        title: word(root, &["title"]),
        authors: word(root, &["author", "by"]).into_iter().collect(),
        published: time(root),
        url,
        dateline: None,
    };
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
