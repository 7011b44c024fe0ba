//! JSON Feed: its first item is shown, the others are listed.

use super::super::json::Item;
use super::super::{Format, Head, Related};
use super::{Talk, html, text, word};
use crate::article::markup::blocks::Piece;

pub(super) fn read(root: Item<'_>) -> Option<Talk> {
    let version = root.get("version").and_then(Item::text)?;
    version.contains("jsonfeed.org").then_some(())?;
    let items: Vec<_> = root.get("items")?.items().filter(|item| item.is_object()).collect();
    let mut talk = items.first().map(|item| opened(*item)).unwrap_or_default();
    talk.format = Format::Feed;
    talk.related = items.iter().skip(1).filter_map(|item| related(*item)).collect();
    if items.len() > 1 {
        talk.notes.push(format!(
            "the file holds {} articles: one is shown, the others are listed",
            items.len()
        ));
    }
    Some(talk)
}

fn opened(item: Item<'_>) -> Talk {
    let authors = ["authors", "author"].iter().find_map(|key| item.get(key));
    let authors =
        authors.into_iter().flat_map(Item::items).filter_map(|author| word(author, &["name"]));
    let head = Head {
        title: word(item, &["title"]),
        authors: authors.filter(|name| !name.contains('@')).collect(),
        published: word(item, &["date_published"]),
        url: word(item, &["url", "external_url"]),
        dateline: None,
    };
    Talk { head, body: body(item), ..Talk::default() }
}

fn body(item: Item<'_>) -> Vec<Piece> {
    let read = text(item, &["content_html"]).map(html);
    let plain = || text(item, &["content_text", "summary"]).map(super::marked);
    read.or_else(plain).unwrap_or_default()
}

fn related(item: Item<'_>) -> Option<Related> {
    let summary =
        word(item, &["summary", "content_text"]).map(|text| text.chars().take(200).collect());
    let title = word(item, &["title"]).or_else(|| summary.clone())?;
    Some(Related { title, summary, url: word(item, &["url", "external_url"]) })
}
