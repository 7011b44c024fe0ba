//! Discussions as the JSON of the sites that hold them: one file a site, all alike in that each
//! gives a head, the blocks of what is discussed, and the comments in any order.
//!
//! Nesting is walked with a stack of its own, never by recursion. May not know: other formats,
//! except for how HTML and Markdown become blocks.

mod discourse;
mod fediverse;
mod github;
mod hacker_news;
mod json_feed;
mod lobsters;
mod reddit;

use std::borrow::Cow;

use super::builder::{Builder, Passage, lined, one_line};
use super::json::Item;
use super::markup::blocks::{self, Piece, quoted};
use super::markup::paragraphs;
use super::markup::tokens::Grammar;
use super::markup::tree;
use super::said::{self, Said};
use super::{BlockKind, Document, Format, Head, Listed, Part, Related, markdown};

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Talk {
    pub(super) format: Format,
    pub(super) head: Head,
    pub(super) body: Vec<Piece>,
    pub(super) said: Vec<Said>,
    pub(super) related: Vec<Related>,
    pub(super) notes: Vec<String>,
    /// All articles of the file where it holds several, and which of them this is.
    pub(super) articles: Vec<Listed>,
    pub(super) article: u32,
}

/// A document of a discussion in JSON; `None` where it is of no site that is known.
pub(super) fn read(root: Item<'_>, wanted: Part) -> Option<Document> {
    let readers: [fn(Item<'_>, Part) -> Option<Document>; 9] = [
        |root, _| reddit::read(root).map(build),
        |root, _| hacker_news::read(root),
        |root, _| lobsters::read(root).map(build),
        |root, _| discourse::read(root).map(build),
        |root, _| fediverse::read(root).map(build),
        |root, wanted| json_feed::read(root, wanted).map(build),
        |root, wanted| github::read(root, wanted).map(build),
        |root, wanted| hacker_news::list(root, wanted).map(build),
        |root, wanted| lobsters::list(root, wanted).map(build),
    ];
    readers.iter().find_map(|reader| reader(root, wanted))
}

/// Puts a document together.
pub(super) fn build(mut talk: Talk) -> Document {
    let said = std::mem::take(&mut talk.said);
    let size = said.iter().map(Said::size).sum();
    build_with(talk, size, |builder| said::write(said, builder))
}

/// The same with comments that `write` adds, of about `size` bytes; it gives sentences about what
/// was repaired.
fn build_with(
    talk: Talk,
    size: usize,
    write: impl FnOnce(&mut Builder) -> Vec<String>,
) -> Document {
    let mut builder = Builder::sized(size);
    let head = talk.head;
    builder.page(head.url.as_deref());
    builder.title(head.title.as_deref().unwrap_or_default(), &head.byline());
    blocks::write(&talk.body, &mut builder);
    let repaired = write(&mut builder);
    talk.related.into_iter().for_each(|related| builder.related(related));
    let mut doc = builder.finish();
    doc.head = head;
    doc.source.format = talk.format;
    doc.articles = talk.articles;
    doc.article = talk.article;
    doc.source.notes = talk.notes;
    doc.source.notes.extend(repaired);
    doc
}

/// An item with the place of the one that holds it.
#[derive(Clone, Copy)]
struct Held<'a> {
    item: Item<'a>,
    holder: Option<u32>,
}

/// All items below `first` in the order of the file, each before what it holds. `below` is told
/// them in that order, and tells what each holds.
fn walk<'a, Below: IntoIterator<Item = Item<'a>>>(
    first: impl IntoIterator<Item = Item<'a>>,
    mut below: impl FnMut(Held<'a>) -> Below,
) -> Vec<Held<'a>> {
    let mut found = Vec::new();
    visit(first, |held| {
        found.push(held);
        below(held)
    });
    found
}

/// The same, where what was found need not be kept.
fn visit<'a, Below: IntoIterator<Item = Item<'a>>>(
    first: impl IntoIterator<Item = Item<'a>>,
    mut below: impl FnMut(Held<'a>) -> Below,
) {
    let mut waiting: Vec<Held<'a>> =
        first.into_iter().map(|item| Held { item, holder: None }).collect();
    waiting.reverse();
    let mut places = 0..;
    while let Some(next) = waiting.pop() {
        let (holder, before) = (places.next(), waiting.len());
        waiting.extend(below(next).into_iter().map(|item| Held { item, holder }));
        waiting[before..].reverse();
    }
}

/// The blocks of a fragment of HTML: by its tree where it is more than words and paragraphs.
pub(super) fn html(text: impl AsRef<str>) -> Vec<Piece> {
    let (text, mut pieces) = (text.as_ref(), Vec::new());
    let paragraph = |words: &str| Piece { kind: BlockKind::Paragraph, passage: words.into() };
    if !paragraphs::each(text, |words| pieces.push(paragraph(words))) {
        let tree = tree::parse(text, Grammar::Html);
        pieces = blocks::read(&tree, tree.all(), &[]);
    }
    quoted(pieces)
}

/// Adds the same to what is being built.
fn write_html(text: &str, builder: &mut Builder) {
    if !paragraphs::each(text, |words| blocks::write_words(words, builder)) {
        blocks::write(&html(text), builder);
    }
}

/// A paragraph that is a link.
pub(super) fn link(url: &str) -> Vec<Piece> {
    let span = (0..url.len()).into();
    let links = vec![super::Link::new(span, url.to_owned())];
    let passage = Passage { text: url.to_owned(), links, ..Passage::default() };
    vec![Piece { kind: BlockKind::Paragraph, passage }]
}

/// What stands for a comment that is gone.
const DELETED: &str = "[deleted]";

/// A paragraph that says that a comment is gone.
fn deleted() -> Vec<Piece> {
    html(DELETED)
}

/// The first of `keys` that holds words, on one line.
fn word(item: Item<'_>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| line(item.get(key)))
}

/// What an item holds, on one line.
fn line(item: Option<Item<'_>>) -> Option<String> {
    lent_line(item).map(Cow::into_owned)
}

/// The same; a copy only where it is not written like that.
fn lent_line(item: Option<Item<'_>>) -> Option<Cow<'_, str>> {
    let words = match item?.word()? {
        Cow::Borrowed(words) => lined(words),
        Cow::Owned(words) => one_line(&words).into(),
    };
    Some(words).filter(|words| !words.is_empty())
}

/// The first of `keys` that holds a text.
fn text<'a>(item: Item<'a>, keys: &[&str]) -> Option<Cow<'a, str>> {
    keys.iter().find_map(|key| item.get(key)?.text().filter(|text| !text.trim().is_empty()))
}

/// The first of `keys` that holds a count; none is 0.
fn count(item: Item<'_>, keys: &[&str]) -> u32 {
    let number = keys.iter().find_map(|key| item.get(key)?.number());
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

/// A count of seconds since 1970 as a time stamp.
fn stamp(seconds: Option<i64>) -> Option<String> {
    jiff::Timestamp::from_second(seconds?).ok().map(|time| time.to_string())
}

/// Whether an item is true.
fn is_true(item: Item<'_>, key: &str) -> bool {
    item.get(key).is_some_and(Item::is_true)
}

/// The blocks of Markdown.
fn marked(text: impl AsRef<str>) -> Vec<Piece> {
    markdown::pieces(&text.as_ref().replace("\r\n", "\n"))
}
