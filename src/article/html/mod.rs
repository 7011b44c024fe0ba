//! A saved web page: its article by the rules of Readability, its comments by the markup that
//! comment systems write, from a tree that was made safe first.
//!
//! May not know: other formats, except for the JSON-LD inside pages.

mod article;
mod discussion;
mod elements;
mod forms;
mod head;

use super::builder::Builder;
use super::deadline::Deadline;
use super::json::{Json, parse as parse_json};
use super::markup::blocks::{self, Piece};
use super::markup::tokens::Grammar;
use super::markup::tree::{Tree, parse_within};
use super::{Document, Format, Head, json_ld, plain, said};
use discussion::Discussion;

/// How far into a text the first tag of a page is looked for, in bytes.
const PROBE: usize = 4 << 10;

/// A document of a web page; `None` where the text does not begin as one.
pub(super) fn read(text: &str, deadline: Deadline<'_>) -> Option<Document> {
    begins(text).then(|| page(text, deadline))
}

/// Whether a text begins with the first tag of a page, after comments and white space.
fn begins(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    while let Some(tail) = rest.strip_prefix("<!--").or_else(|| rest.strip_prefix("<?xml")) {
        let end = tail.find('>').map_or("", |at| tail.get(at + 1..).unwrap_or_default());
        rest = end.trim_start();
        if text.len() - rest.len() > PROBE {
            return false;
        }
    }
    let names = ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<meta"];
    names
        .iter()
        .any(|name| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
}

/// A document of a page, of a part of it where the time is over.
pub(super) fn page(text: &str, deadline: Deadline<'_>) -> Document {
    let tree = parse_within(text, Grammar::Html, deadline);
    let data: Vec<Json<'_>> = head::data(&tree).filter_map(parse_json).collect();
    let known = data.iter().find_map(|json| json_ld::article(json.root()));
    let discussion = discussion::find(&tree);
    let found = article::read(&tree, &discussion);
    let mut head = head::read(&tree);
    if let Some(known) = known.map(json_ld::head) {
        head = merged(known, head);
    }
    head = merged(discussion.head.clone(), merged(head, found.head.clone()));
    head.title = head.title.or_else(|| title(&tree));
    let mut doc = build(&head, &found, &discussion, known);
    if doc.blocks.is_empty() {
        doc = plain::read(text);
        doc.source.notes.push("a page without words: shown as its source".to_owned());
    }
    doc.head = Head { title: doc.head.title.take().or(head.title.clone()), ..head };
    doc.source.format = Format::Html;
    if is_open(text) {
        let note = "the page does not say where it ends: it may be cut off";
        doc.source.notes.push(note.to_owned());
    }
    doc
}

/// Whether a page opens what it does not close. Pages may leave out both, but hardly one of them.
fn is_open(text: &str) -> bool {
    let is = |at: usize, tag: &str| {
        text.get(at..at + tag.len()).is_some_and(|it| it.eq_ignore_ascii_case(tag))
    };
    let tag = |tag: &str| text.match_indices('<').any(|(at, _)| is(at, tag));
    (tag("<html") || tag("<body")) && !tag("</html") && !tag("</body")
}

/// The first heading that is in the title of the window, or else that title.
fn title(tree: &Tree<'_>) -> Option<String> {
    let (_, window) = first_text(tree, &["title"])?;
    let heading = first_text(tree, &["h1"]).filter(|(_, heading)| window.contains(heading));
    heading.map(|(_, heading)| heading).or(Some(window))
}

/// What the first says, and what the second says of what it does not.
fn merged(first: Head, second: Head) -> Head {
    Head {
        title: first.title.or(second.title),
        authors: if first.authors.is_empty() { second.authors } else { first.authors },
        dateline: first.dateline.or(second.dateline),
        published: first.published.or(second.published),
        url: first.url.or(second.url),
        discussion: first.discussion.or(second.discussion),
    }
}

fn build(
    head: &Head,
    found: &article::Found,
    discussion: &Discussion,
    known: Option<super::json::Item<'_>>,
) -> Document {
    let mut notes = found.notes.clone();
    let mut builder = Builder::new();
    builder.page(head.url.as_deref());
    builder.title(head.title.as_deref().unwrap_or_default(), &head.byline());
    blocks::write(without_title(&found.pieces, head.title.as_deref()), &mut builder);
    let listed = known.map_or(0, json_ld::count);
    if let Some(known) = known.filter(|_| listed > discussion.said.len()) {
        notes.extend(json_ld::comments(known, &mut builder));
    } else {
        notes.extend(said::write(discussion.said.clone(), &mut builder));
        notes.extend(discussion.note.clone());
    }
    let mut doc = builder.finish();
    if doc.comments.is_empty() {
        notes.push("no comments found in the page".to_owned());
    }
    doc.source.notes = notes;
    doc
}

/// The blocks without a first heading that says the title again.
fn without_title<'a>(pieces: &'a [Piece], title: Option<&str>) -> &'a [Piece] {
    let same = pieces.first().is_some_and(|piece| Some(piece.passage.text.as_str()) == title);
    pieces.get(usize::from(same)..).unwrap_or_default()
}

/// The words of the elements of a tree that match any of `forms`, the earlier form first.
fn first_text(tree: &Tree<'_>, forms: &[&str]) -> Option<(usize, String)> {
    let forms: Vec<_> = forms.iter().map(|form| elements::Form::parse(form)).collect();
    let all: Vec<_> = tree.all().map(|at| elements::Element::of(tree, at)).collect();
    let found = forms.iter().find_map(|form| all.iter().find(|element| form.fits(element)))?;
    Some((found.at, tree.text(found.at))).filter(|(_, text)| !text.is_empty())
}
