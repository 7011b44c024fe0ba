//! JSON Feed: one of its items is shown, the others are listed.

use super::super::entries::{Entry, chosen};
use super::super::json::Item;
use super::super::{Format, Head, Part};
use super::{Talk, html, text, word};
use crate::article::markup::blocks::Piece;

pub(super) fn read(root: Item<'_>, wanted: Part) -> Option<Talk> {
    let version = root.get("version").and_then(Item::text)?;
    version.contains("jsonfeed.org").then_some(())?;
    let items = root.get("items")?.items().filter(|item| item.is_object());
    Some(chosen(items.map(entry).collect(), wanted, Format::Feed, Vec::new()))
}

fn entry(item: Item<'_>) -> Entry {
    let authors = ["authors", "author"].iter().find_map(|key| item.get(key));
    let authors =
        authors.into_iter().flat_map(Item::items).filter_map(|author| word(author, &["name"]));
    let head = Head {
        title: word(item, &["title"]),
        authors: authors.filter(|name| !name.contains('@')).collect(),
        published: word(item, &["date_published"]),
        url: word(item, &["url", "external_url"]),
        ..Head::default()
    };
    Entry { head, body: body(item), ..Entry::default() }
}

fn body(item: Item<'_>) -> Vec<Piece> {
    let read = text(item, &["content_html"]).map(html);
    let plain = || text(item, &["content_text", "summary"]).map(super::marked);
    read.or_else(plain).unwrap_or_default()
}
