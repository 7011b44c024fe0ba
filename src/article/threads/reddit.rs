//! Reddit: two listings, the post and its comments, with stubs where there are more.

use super::super::json::Item;
use super::super::markup::tokens::unescaped;
use super::super::said::{Answers, Said};
use super::super::{Format, Head};
use super::{Talk, deleted, html, link, marked, stamp, text, walk, word};
use crate::article::markup::blocks::Piece;

pub(super) fn read(root: Item<'_>) -> Option<Talk> {
    let listed = |item: &Item<'_>| word(*item, &["kind"]).as_deref() == Some("Listing");
    let listings: Vec<_> = root.items().filter(listed).collect();
    let things: Vec<_> = listings.iter().flat_map(|listing| children(*listing)).collect();
    let first = *things.first()?;
    let post = Some(first).filter(|thing| is(*thing, "t3")).and_then(|thing| thing.get("data"));
    let held =
        walk(things.into_iter().skip(usize::from(post.is_some())), |held| replies(held.item));
    let mut talk = post.map(opened).unwrap_or_default();
    talk.format = Format::Reddit;
    let mut places = Vec::with_capacity(held.len());
    let mut more = 0;
    for one in &held {
        let holder = one.holder.and_then(|holder| places.get(holder as usize).copied().flatten());
        let data = one.item.get("data").filter(|_| is(one.item, "t1"));
        places.push(data.map(|_| talk.said.len() as u32));
        talk.said.extend(data.map(|data| said(data, holder)));
        if is(one.item, "more") {
            let count = one.item.get("data").and_then(|data| data.get("count")?.number());
            more += count.unwrap_or_default().max(1);
        }
    }
    if more > 0 {
        talk.notes.push(format!("comments that the site did not put into the file: {more}"));
    }
    Some(talk)
}

fn is(thing: Item<'_>, kind: &str) -> bool {
    thing.get("kind").is_some_and(|written| written.says(kind))
}

fn children(listing: Item<'_>) -> Vec<Item<'_>> {
    let list = listing.get("data").and_then(|data| data.get("children"));
    list.into_iter().flat_map(Item::items).filter(|item| item.is_object()).collect()
}

/// `replies` is an empty string where there are none.
fn replies(thing: Item<'_>) -> Vec<Item<'_>> {
    let listing = thing.get("data").and_then(|data| data.get("replies"));
    listing.filter(|listing| listing.is_object()).map(children).unwrap_or_default()
}

fn opened(post: Item<'_>) -> Talk {
    let url = word(post, &["url"]);
    let own = words(post, "selftext", "selftext_html");
    let body = if own.is_empty() { url.as_deref().map(link).unwrap_or_default() } else { own };
    let head = Head {
        title: word(post, &["title"]).map(|title| unescaped(&title).into_owned()),
        authors: author(post).into_iter().collect(),
        published: time(post),
        url,
        ..Head::default()
    };
    Talk { head, body, ..Talk::default() }
}

fn said(data: Item<'_>, holder: Option<u32>) -> Said {
    let pieces = words(data, "body", "body_html");
    Said {
        id: word(data, &["name", "id"]).unwrap_or_default(),
        answers: holder.map_or(Answers::Article, Answers::Place),
        author: author(data),
        time: time(data),
        score: data.get("score").and_then(Item::number),
        pieces: if pieces.is_empty() { deleted() } else { pieces },
    }
}

/// The text as Markdown, in which `<` and `&` may stand as references; else as HTML, all of whose
/// marks do.
fn words(data: Item<'_>, markdown: &str, markup: &str) -> Vec<Piece> {
    let plain = text(data, &[markdown]).map(|text| marked(unescaped(&text)));
    plain.or_else(|| text(data, &[markup]).map(|text| html(unescaped(&text)))).unwrap_or_default()
}

fn author(data: Item<'_>) -> Option<String> {
    word(data, &["author"]).filter(|name| name != "[deleted]")
}

fn time(data: Item<'_>) -> Option<String> {
    stamp(data.get("created_utc").and_then(Item::number))
}
