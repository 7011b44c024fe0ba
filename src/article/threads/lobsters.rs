//! Lobsters: a story with a flat list of comments, which name their parent, or in older files
//! their level.

use super::super::entries::{Entry, chosen};
use super::super::json::Item;
use super::super::said::{Answers, Said};
use super::super::{Format, Head, Part};
use super::{Talk, count, deleted, html, is_true, link, marked, text, word};

pub(super) fn read(root: Item<'_>) -> Option<Talk> {
    let comments = root.get("comments").filter(|_| root.get("short_id").is_some())?;
    let url = word(root, &["url"]);
    let own = text(root, &["description"]).map(html);
    let own = own.or_else(|| text(root, &["description_plain"]).map(marked));
    let body = own.or_else(|| url.as_deref().map(link)).unwrap_or_default();
    let head = head(root);
    let mut open: Vec<(i64, u32)> = Vec::new();
    let list = comments.items().filter(|item| item.is_object()).enumerate();
    let said = list.map(|(place, item)| said(item, place as u32, &mut open)).collect();
    Some(Talk { format: Format::Lobsters, head, body, said, ..Talk::default() })
}

/// Stories without their comments, of which one is shown.
pub(super) fn list(root: Item<'_>, wanted: Part) -> Option<Talk> {
    let is_story =
        |item: &Item<'_>| item.get("short_id").is_some() && item.get("comments_url").is_some();
    let stories: Vec<_> = root.items().filter(is_story).collect();
    (!stories.is_empty()).then(|| {
        let entries = stories.into_iter().map(|story| Entry {
            head: head(story),
            body: text(story, &["description"]).map(html).unwrap_or_default(),
            elsewhere: count(story, &["comment_count"]),
            ..Entry::default()
        });
        chosen(entries.collect(), wanted, Format::Lobsters, Vec::new())
    })
}

fn head(story: Item<'_>) -> Head {
    Head {
        title: word(story, &["title"]),
        authors: user(story, "submitter_user").into_iter().collect(),
        published: word(story, &["created_at"]),
        url: word(story, &["url"]),
        discussion: word(story, &["comments_url", "short_id_url"]),
        dateline: None,
    }
}

fn said(item: Item<'_>, place: u32, open: &mut Vec<(i64, u32)>) -> Said {
    let level = ["depth", "indent_level"].iter().find_map(|key| item.get(key)?.number());
    let level = level.unwrap_or_default();
    while open.last().is_some_and(|&(above, _)| above >= level) {
        open.pop();
    }
    let above = open.last().map_or(Answers::Article, |&(_, place)| Answers::Place(place));
    open.push((level, place));
    let gone = is_true(item, "is_deleted") || is_true(item, "is_moderated");
    let words = text(item, &["comment"]).map(html);
    let words = words.or_else(|| text(item, &["comment_plain"]).map(marked));
    Said {
        id: word(item, &["short_id"]).unwrap_or_default(),
        answers: word(item, &["parent_comment"]).map_or(above, Answers::Id),
        author: user(item, "commenting_user").filter(|_| !gone),
        time: word(item, &["created_at"]),
        score: item.get("score").and_then(Item::number),
        pieces: words.filter(|words| !words.is_empty()).unwrap_or_else(deleted),
    }
}

/// A user's name, also where it is inside an object.
fn user(item: Item<'_>, key: &str) -> Option<String> {
    let user = item.get(key)?;
    word(item, &[key]).or_else(|| word(user, &["username"]))
}
