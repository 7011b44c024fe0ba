//! What the head of a page says of its article.
//!
//! May not know: the article, comments.

use std::borrow::Cow;

use super::super::Head;
use super::super::markup::tree::Tree;

/// The texts of the page's JSON-LD.
pub(super) fn data<'a>(tree: &'a Tree<'_>) -> impl Iterator<Item = &'a str> {
    let scripts = tree.all().filter(|&at| tree.name(at) == "script");
    let ours = scripts.filter(|&at| {
        tree.attribute(at, "type").is_some_and(|kind| kind.trim() == "application/ld+json")
    });
    ours.filter(|&at| tree.end(at) > at + 1).map(|at| tree.words(at + 1).trim())
}

/// Reads the `meta` elements.
pub(super) fn read(tree: &Tree<'_>) -> Head {
    let mut head = Head::default();
    for at in tree.all() {
        match tree.name(at) {
            "meta" => meta(tree, at, &mut head),
            "link" if tree.attribute(at, "rel").is_some_and(|rel| rel == "canonical") => {
                head.url = tree.attribute(at, "href").map(Cow::into_owned);
            }
            _ => {}
        }
    }
    head.url = head.url.filter(|url| url.contains("://"));
    head
}

fn meta(tree: &Tree<'_>, at: usize, head: &mut Head) {
    let of = |name| tree.attribute(at, name).map(|value| value.trim().to_owned());
    let Some(key) = of("property").or_else(|| of("name")).or_else(|| of("itemprop")) else {
        return;
    };
    let Some(value) = of("content").filter(|value| !value.is_empty()) else { return };
    match key.to_ascii_lowercase().as_str() {
        "og:title" => head.title = Some(value),
        "author" | "article:author" | "dc.creator" | "byl"
            if head.authors.is_empty() && !value.contains("://") =>
        {
            head.authors = vec![value.trim_start_matches("By ").to_owned()];
        }
        "article:published_time" | "datepublished" | "dc.date" | "date" => {
            head.published.get_or_insert(value);
        }
        "og:url" => {
            head.url.get_or_insert(value);
        }
        _ => {}
    }
}
