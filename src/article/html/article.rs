//! The article of a page by the rules of Readability, read from a copy of the page without its
//! comments; where they find none, all that is not menu or form.
//!
//! May not know: how comments are found.

use std::collections::HashMap;

use dom_smoothie::{Config, Readability};

use super::super::Head;
use super::super::markup::blocks::{self, Piece};
use super::super::markup::tokens::Grammar;
use super::super::markup::tree::{Tree, parse};
use super::discussion::Discussion;
use super::elements::{Element, Form};

/// How many elements Readability may look at; a page with more is read without it.
const ELEMENTS: usize = 60_000;

/// How many elements it may look at, each counted with those that hold it: it climbs up from each.
/// Five million take it about half a second.
const DEPTHS: usize = 5_000_000;

/// How many bytes it may look at.
const BYTES: usize = 16 << 20;

/// Longest attribute that it is shown, in bytes, but for addresses and the like: it searches names
/// of classes for words.
const NAMES: usize = 512;

/// Stands for a picture while Readability looks at the page, with the number of its element: a
/// picture may be megabytes long.
const PICTURE: &str = "picture-of-element-";

/// An article.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) head: Head,
    pub(super) pieces: Vec<Piece>,
    pub(super) notes: Vec<String>,
}

/// Finds the article.
pub(super) fn read(tree: &Tree<'_>, discussion: &Discussion) -> Found {
    if discussion.owns_page {
        return Found { pieces: discussion.post.clone(), ..Found::default() };
    }
    let title = tree.all().find(|&at| tree.name(at) == "title").map(|at| tree.text(at));
    let mut found = extracted(tree, discussion).unwrap_or_else(|| Found {
        pieces: rest(tree, discussion),
        notes: vec!["no article was told from the page: all its text is shown".to_owned()],
        ..Found::default()
    });
    let said = found.head.title.or(title).filter(|title| !title.is_empty());
    found.head.title = said.map(|said| headline(tree, &said).unwrap_or(said));
    found
}

/// The first heading that a page's title begins with: the name of the site stands behind it.
fn headline(tree: &Tree<'_>, title: &str) -> Option<String> {
    let headings = tree.all().filter(|&at| tree.name(at) == "h1").map(|at| tree.text(at));
    headings.take(20).find(|text| text.len() >= 8 && title.starts_with(text.as_str()))
}

fn extracted(tree: &Tree<'_>, discussion: &Discussion) -> Option<Found> {
    if tree.len() > ELEMENTS * 2 || depths(tree) > DEPTHS || tree.is_over() {
        return None;
    }
    let html = without(tree, &discussion.nodes);
    if html.len() > BYTES || tree.is_over() {
        return None;
    }
    let config = Config { max_elements_to_parse: ELEMENTS, ..Config::default() };
    let article = Readability::new(html.as_str(), None, Some(config)).ok()?.parse().ok()?;
    let content = restored(&article.content);
    let body = parse(&content, Grammar::Html);
    let mut pieces = blocks::read(&body, body.all(), &[]);
    for piece in &mut pieces {
        depict(tree, piece);
    }
    let said = |text: String| {
        Some(super::super::builder::one_line(&unmasked(&text))).filter(|t| !t.is_empty())
    };
    let byline = article.byline.and_then(said);
    let head = Head {
        title: said(article.title),
        authors: byline.map(|names| authors(&names)).unwrap_or_default(),
        published: article.published_time,
        url: article.url.map(|url| unmasked(&url)),
        ..Head::default()
    };
    (!pieces.is_empty()).then_some(Found { head, pieces, notes: Vec::new() })
}

/// Puts the pictures back that were left out for Readability.
fn depict(tree: &Tree<'_>, piece: &mut Piece) {
    for picture in &mut piece.passage.pictures {
        let number = picture.src.strip_prefix(PICTURE).and_then(|number| number.parse().ok());
        let node = number.filter(|&at: &usize| at < tree.len());
        if let Some(src) = node.and_then(|at| tree.picture(at)) {
            picture.src = src.into_owned();
        }
    }
}

/// How many elements hold each node, summed up.
fn depths(tree: &Tree<'_>) -> usize {
    let named = tree.all().filter(|&at| !tree.name(at).is_empty());
    named.map(|at| tree.inside(at).len()).sum()
}

/// Words of what people do, which bylines put behind their names.
const ROLES: [&str; 12] = [
    "staff",
    "editor",
    "writer",
    "senior",
    "reporter",
    "correspondent",
    "director",
    "chief",
    "contributor",
    "project",
    "professor",
    "team",
];

/// The names of a byline, without what its people do.
fn authors(byline: &str) -> Vec<String> {
    let names = byline.trim_start_matches("By ").trim_start_matches("by ");
    let parts = names.split(", ").flat_map(|part| part.split(" and "));
    let parts = parts.flat_map(|part| part.split(" & ")).map(str::trim);
    let person = |part: &&str| {
        let words = part.split_whitespace();
        (2..=4).contains(&words.clone().count())
            && words.clone().all(|word| !word.starts_with(char::is_lowercase))
            && !words.clone().any(|word| ROLES.contains(&word.to_lowercase().as_str()))
    };
    let mut parts = parts.filter(|part| !part.is_empty());
    let first = parts.next();
    first.into_iter().chain(parts.take_while(person)).map(str::to_owned).collect()
}

/// The page's text without menus, forms and comments.
fn rest(tree: &Tree<'_>, discussion: &Discussion) -> Vec<Piece> {
    let quiet = ["nav", "header", "footer", "aside", "form"].map(Form::parse);
    let is_quiet = |&at: &usize| quiet.iter().any(|form| form.fits(&Element::of(tree, at)));
    let mut skip: Vec<usize> = tree.all().filter(is_quiet).collect();
    skip.extend(&discussion.nodes);
    skip.sort_unstable();
    let pieces = blocks::read(tree, tree.all(), &skip);
    if pieces.is_empty() { blocks::read(tree, tree.all(), &discussion.nodes) } else { pieces }
}

/// The page written out again without scripts, styles and the nodes of `left_out`.
fn without(tree: &Tree<'_>, left_out: &[usize]) -> String {
    let mut out = String::from("<!DOCTYPE html>");
    let mut open: Vec<usize> = Vec::new();
    // The name of a place that nothing stands in, which Readability would leave out.
    let mut name = None;
    let mut at = 0;
    while at < tree.len() {
        close(tree, &mut open, at, &mut out);
        let dropped = matches!(tree.name(at), "script" | "style" | "template" | "svg" | "noscript")
            || left_out.binary_search(&at).is_ok()
            || asks(tree, at);
        let empty = empty_place(tree, at);
        if dropped || empty.is_some() {
            name = empty.or(name);
            at = tree.end(at);
            continue;
        }
        if tree.name(at).is_empty() {
            text(tree.words(at), &mut name, &mut out);
        } else {
            start(tree, at, &mut name, &mut out);
            open.push(at);
        }
        at += 1;
    }
    close(tree, &mut open, usize::MAX, &mut out);
    out
}

/// The name of a place that holds nothing.
fn empty_place(tree: &Tree<'_>, at: usize) -> Option<String> {
    let empty = matches!(tree.name(at), "a" | "span") && tree.inside(at).is_empty();
    if empty { blocks::names(tree, at).pop() } else { None }
}

/// Words; those behind a place that holds nothing get its name.
fn text(words: &str, name: &mut Option<String>, out: &mut String) {
    let Some(name) = name.take_if(|_| !words.trim().is_empty()) else { return escape(words, out) };
    out.push_str("<span id=\"");
    escape(&name, out);
    out.push_str("\">");
    escape(words, out);
    out.push_str("</span>");
}

/// Whether an element is a form to write a comment in. Some pages are one form as a whole.
fn asks(tree: &Tree<'_>, at: usize) -> bool {
    let inside = tree.inside(at);
    tree.name(at) == "form"
        && inside.len() < 200
        && tree.inside(at).any(|at| tree.name(at) == "textarea")
}

fn close(tree: &Tree<'_>, open: &mut Vec<usize>, before: usize, out: &mut String) {
    while let Some(last) = open.pop_if(|last| tree.end(*last) <= before) {
        out.push_str("</");
        out.push_str(tree.name(last));
        out.push('>');
    }
}

/// The start of an element; one without a name gets that of the place before it.
fn start(tree: &Tree<'_>, at: usize, name: &mut Option<String>, out: &mut String) {
    out.push('<');
    out.push_str(tree.name(at));
    let mut kept: HashMap<String, _> = tree.attributes(at).collect();
    if tree.name(at) == "img" && tree.picture(at).is_some() {
        kept.insert("src".to_owned(), format!("{PICTURE}{at}").into());
    }
    if !kept.contains_key("id")
        && let Some(name) = name.take()
    {
        kept.insert("id".to_owned(), name.into());
    }
    let plain =
        |key: &str| key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':'));
    let mut kept: Vec<_> = kept.into_iter().filter(|(key, _)| plain(key)).collect();
    let long = |key: &str| matches!(key, "href" | "src" | "alt" | "title" | "content");
    kept.retain(|(key, value)| value.len() <= NAMES || long(key));
    kept.sort();
    for (key, value) in kept {
        out.push(' ');
        out.push_str(&key);
        out.push_str("=\"");
        escape(&value, out);
        out.push('"');
    }
    out.push('>');
}

/// Marks of HTML in words, and characters for private use that stand for them meanwhile: the
/// parser behind Readability takes quadratic time over references.
const MARKS: [(char, char, &str); 3] =
    [('&', '\u{F8F1}', "&amp;"), ('<', '\u{F8F2}', "&lt;"), ('"', '\u{F8F3}', "&quot;")];

fn escape(text: &str, out: &mut String) {
    let masked = |c| MARKS.iter().find(|(mark, ..)| *mark == c).map_or(c, |(_, mask, _)| *mask);
    out.extend(text.chars().map(masked));
}

/// HTML with its marks as references again.
fn restored(html: &str) -> String {
    let masked =
        |text: String, (_, mask, reference): &(char, char, &str)| text.replace(*mask, reference);
    MARKS.iter().fold(html.to_owned(), masked)
}

/// Words with their marks again.
fn unmasked(text: &str) -> String {
    let unmasked = |c| MARKS.iter().find(|(_, mask, _)| *mask == c).map_or(c, |(mark, ..)| *mark);
    text.chars().map(unmasked).collect()
}
