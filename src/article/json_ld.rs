//! A schema.org `Article` in JSON-LD with its `comment`s: our own format, and what news sites
//! put into their pages.
//!
//! May not know: how JSON or Markdown is parsed.

use std::borrow::Cow;

use super::builder::{Builder, CommentHead};
use super::json::Item;
use super::thread::{places, pre_order, unique};
use super::{Document, Format, Head, Related, markdown, plain};

/// The types that are read, beside all whose names end in `Article` or `Posting`.
const TYPES: [&str; 6] = ["Report", "Review", "Comment", "Question", "CreativeWork", "WebPage"];

/// A document of an article in JSON-LD; `None` where the value holds none.
pub(super) fn read(root: Item<'_>) -> Option<Document> {
    article(root).map(build)
}

/// The first article of an object, of a list, or of a `@graph`.
pub(super) fn article(root: Item<'_>) -> Option<Item<'_>> {
    root.items().flat_map(with_graph).find(|item| is_article(*item))
}

fn with_graph(item: Item<'_>) -> impl Iterator<Item = Item<'_>> {
    let graph = item.get("@graph").into_iter().flat_map(Item::items);
    std::iter::once(item).chain(graph)
}

fn is_article(item: Item<'_>) -> bool {
    let types = || item.get("@type").into_iter().flat_map(Item::items).filter_map(Item::text);
    let known = types().any(|name| {
        let name = name.rsplit(['/', ':', '#']).next().unwrap_or(&name);
        name.ends_with("Article") || name.ends_with("Posting") || TYPES.contains(&name)
    });
    let untyped = item.get("@type").is_none() && item.get("articleBody").is_some();
    let says = |key| item.get(key).and_then(Item::text).is_some_and(|text| !text.trim().is_empty());
    let commented = || item.get("comment").is_some_and(|list| list.items().any(Item::is_object));
    let ours = known && item.get("articleBody").is_some() && item.get("encodingFormat").is_some();
    ours || (known || untyped)
        && (["headline", "articleBody", "text"].into_iter().any(says) || commented())
}

fn build(article: Item<'_>) -> Document {
    let head = head(article);
    let mut builder = Builder::new();
    builder.page(head.url.as_deref());
    builder.title(head.title.as_deref().unwrap_or_default(), &head.byline());
    append(article, Setting::Unknown, &["articleBody", "text"], &mut builder);
    let notes = comments(article, &mut builder);
    let related = article.get("citation").into_iter().flat_map(Item::items);
    related.filter_map(to_read).for_each(|related| builder.related(related));
    let mut doc = builder.finish();
    doc.head = head;
    doc.source.format = Format::JsonLd;
    doc.source.notes = article
        .get("backstory")
        .into_iter()
        .flat_map(Item::items)
        .filter_map(words)
        .chain(notes)
        .collect();
    doc
}

/// What an article says of itself.
pub(super) fn head(article: Item<'_>) -> Head {
    let one = |keys: &[&str]| keys.iter().find_map(|key| words(article.get(key)?));
    let people = ["author", "creator"].iter().find_map(|key| article.get(key));
    Head {
        title: one(&["headline", "name"]),
        authors: people.into_iter().flat_map(Item::items).filter_map(name).collect(),
        dateline: one(&["dateline"]),
        published: one(&["datePublished", "dateCreated"]),
        url: one(&["url", "mainEntityOfPage", "@id"]).filter(|url| url.contains("://")),
        discussion: one(&["discussionUrl"]).filter(|url| url.contains("://")),
    }
}

/// A string or number that is not blank, on one line.
fn words(item: Item<'_>) -> Option<String> {
    let text = super::builder::one_line(&item.word()?);
    (!text.is_empty()).then_some(text)
}

/// A name: a string, or the `name` of an object.
fn name(item: Item<'_>) -> Option<String> {
    words(item.get("name").unwrap_or(item))
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    Markdown,
    Plain,
    /// The file does not say.
    Unknown,
}

impl Setting {
    /// What an object says of itself, else what was so before.
    fn of(item: Item<'_>, before: Self) -> Self {
        match item.get("encodingFormat").and_then(Item::text).as_deref() {
            Some("text/plain") => Self::Plain,
            Some(_) => Self::Markdown,
            None => before,
        }
    }
}

/// Adds the text under the first of `keys` that is there.
fn append(item: Item<'_>, before: Setting, keys: &[&str], builder: &mut Builder) {
    let Some(text) = keys.iter().find_map(|key| item.get(key)?.text()) else { return };
    let ends = text.contains("\r\n");
    let text = if ends { Cow::Owned(text.replace("\r\n", "\n")) } else { text };
    match Setting::of(item, before) {
        Setting::Plain => plain::append(&text, builder),
        Setting::Unknown if markdown::is_plain(&text) => plain::append(&text, builder),
        Setting::Markdown | Setting::Unknown => markdown::append(&text, builder),
    }
}

/// A comment, and the number in the file of the one that holds it.
#[derive(Clone, Copy)]
struct Found<'a> {
    item: Item<'a>,
    holder: Option<u32>,
}

/// Adds the comments, nested or flat, in pre-order; gives sentences for the reader.
pub(super) fn comments(article: Item<'_>, builder: &mut Builder) -> Vec<String> {
    let found = collect(article);
    let ids = found.iter().map(|one| one.item.get("@id").and_then(words).unwrap_or_default());
    let (ids, repeated) = unique(ids.collect());
    let places = places(&ids);
    let own = article.get("@id").and_then(words);
    let mut orphans = 0;
    let parents: Vec<_> = found
        .iter()
        .map(|one| {
            let Some(named) = parent(one.item) else { return one.holder };
            let place = places.get(named.as_str()).copied();
            orphans += usize::from(
                place.is_none() && one.holder.is_none() && own.as_ref() != Some(&named),
            );
            place.or(one.holder)
        })
        .collect();
    let thread = pre_order(&parents);
    let setting = Setting::of(article, Setting::Unknown);
    for (&number, &parent) in thread.order.iter().zip(&thread.parents) {
        let (item, id) = (found[number as usize].item, &ids[number as usize]);
        write(
            item,
            CommentHead { id: id.clone(), parent, ..CommentHead::default() },
            setting,
            builder,
        );
    }
    let mut notes = markdown::thread_notes(repeated, orphans, thread.circles);
    notes.extend(missing(article, found.len()));
    notes
}

/// A sentence where the file says that there are more comments than it holds.
fn missing(article: Item<'_>, found: usize) -> Option<String> {
    let said = article.get("commentCount").and_then(Item::number)?;
    let more = said > found.try_into().unwrap_or(i64::MAX);
    more.then(|| format!("the file holds {found} of {said} comments"))
}

/// All comments below the article in the order of the file. The open ones are kept on a stack:
/// a thread may be nested deeper than a program's own stack is.
fn collect(article: Item<'_>) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    let mut waiting = replies(article, None);
    while let Some(next) = waiting.pop() {
        waiting.append(&mut replies(next.item, Some(found.len() as u32)));
        found.push(next);
    }
    found
}

/// How many comments an article holds.
pub(super) fn count(article: Item<'_>) -> usize {
    collect(article).len()
}

/// The comments directly below `item`, last first.
fn replies(item: Item<'_>, holder: Option<u32>) -> Vec<Found<'_>> {
    let lists = ["comment", "comments"].into_iter().filter_map(|key| item.get(key));
    let objects = lists.flat_map(Item::items).filter(|item| item.is_object());
    let mut found: Vec<_> = objects.map(|item| Found { item, holder }).collect();
    found.reverse();
    found
}

/// The identifier of the comment that is answered: a string, or the `@id` of an object.
fn parent(item: Item<'_>) -> Option<String> {
    let parent = item.get("parentItem")?;
    words(parent.get("@id").unwrap_or(parent))
}

fn write(item: Item<'_>, mut head: CommentHead, setting: Setting, builder: &mut Builder) {
    let deleted = item.get("creativeWorkStatus").is_some_and(|status| status.says("deleted"));
    let one = |keys: &[&str]| keys.iter().find_map(|key| words(item.get(key)?));
    let author = ["author", "creator"].iter().find_map(|key| item.get(key)?.items().find_map(name));
    head.author = author;
    head.time = one(&["dateCreated", "datePublished"]);
    head.score = score(item);
    builder.comment(&head);
    let before = builder.blocks();
    append(item, setting, &["text", "articleBody", "description"], builder);
    if deleted && builder.blocks() == before {
        builder.paragraph("[deleted]");
    }
}

/// Votes for, less votes against.
fn score(item: Item<'_>) -> Option<i64> {
    let votes = |key| item.get(key).and_then(Item::number);
    match (votes("upvoteCount"), votes("downvoteCount")) {
        (None, None) => None,
        (up, down) => Some(up.unwrap_or_default().saturating_sub(down.unwrap_or_default())),
    }
}

/// A work that is cited: its name, or its address where it has none.
fn to_read(item: Item<'_>) -> Option<Related> {
    let of = |key: &str| item.get(key).and_then(words);
    let url = of("url").or_else(|| words(item).filter(|text| text.contains("://")));
    let title =
        of("name").or_else(|| of("headline")).or_else(|| words(item)).or_else(|| url.clone())?;
    Some(Related { title, summary: of("description").or_else(|| of("abstract")), url })
}
