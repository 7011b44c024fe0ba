//! Feeds and exports in XML: what `WordPress`, Disqus and Blogger give out, RSS and Atom.
//!
//! One file may hold many articles: the one with a discussion is shown, or else the first, and
//! the others are listed to read next. Addresses of mail and of machines, which exports are full
//! of, never enter the document. May not know: JSON, pages.
//!
//! Not by `feed-rs` (3.0.0): it knows no `thr:in-reply-to` (RFC 4685), on which discussions hang, nor
//! exports, and gives an error instead of what there is where a file is cut off.

mod atom;
mod disqus;
mod rss;

use super::builder::one_line;
use super::entries::{Entry, chosen};
use super::markup::blocks::{self, Piece};
use super::markup::tokens::Grammar;
use super::markup::tree::{Tree, parse_within};
use super::threads::{self, html};
use super::{Document, Wanted};

/// How far into a text its root is looked for, in bytes.
const PROBE: usize = 4 << 10;

/// A document of a feed or an export; `None` where the text is none.
pub(super) fn read(text: &str, wanted: Wanted<'_>) -> Option<Document> {
    text.trim_start_matches('\u{FEFF}').trim_start().starts_with('<').then_some(())?;
    let start = text.char_indices().take(PROBE).last().map_or(0, |(at, c)| at + c.len_utf8());
    let head = text.get(..start)?;
    let is = |root: &&str| head.match_indices(*root).any(|(at, _)| ends(head, at + root.len()));
    let root = ["<rss", "<feed", "<rdf:RDF", "<disqus"].into_iter().find(is)?;
    let tree = parse_within(text, Grammar::Xml, wanted.deadline);
    let name = root.trim_start_matches('<');
    let root = tree.all().find(|&at| tree.name(at) == name)?;
    let wanted = wanted.part;
    let mut talk = match name {
        "disqus" => disqus::read(&tree, root, wanted),
        "feed" => atom::read(&tree, root, wanted),
        _ => rss::read(&tree, root, wanted),
    };
    if !text.contains(&format!("</{name}")) {
        talk.notes.push("the file ends before its end: what is there is shown".to_owned());
    }
    Some(threads::build(talk))
}

fn ends(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\t', '\r', '/']))
}

/// The words of the first child of one of these names.
fn word(tree: &Tree<'_>, at: usize, names: &[&str]) -> Option<String> {
    let child = names.iter().find_map(|name| tree.child(at, name))?;
    Some(tree.text(child)).filter(|text| !text.is_empty())
}

/// The text of the first child of one of these names, with its line breaks.
fn text(tree: &Tree<'_>, at: usize, names: &[&str]) -> Option<String> {
    let filled = |name: &&str| tree.child(at, name).filter(|&at| !tree.text(at).is_empty());
    let child = names.iter().find_map(filled)?;
    Some(tree.inside(child).map(|at| tree.words(at)).collect::<String>().trim().to_owned())
}

/// A name; an address of mail is none, but the name in brackets behind it is.
fn name(text: String) -> Option<String> {
    let inner = text.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    let name = match inner {
        Some((name, _)) if text.contains('@') => name.to_owned(),
        _ => text,
    };
    Some(one_line(&name)).filter(|name| !name.is_empty() && !name.contains('@'))
}

/// HTML as blogs keep it: empty lines between paragraphs that have no elements of their own.
fn loose(text: &str) -> Vec<Piece> {
    let marked = ["<p>", "<p ", "<br", "<div", "<li"].iter().any(|tag| text.contains(tag));
    if marked {
        return html(text);
    }
    let text = text.replace("\r\n", "\n").replace("\n\n", "<p>");
    html(&if text.contains("<pre") { text } else { text.replace('\n', "<br>") })
}

/// The blocks of elements in XML that are HTML.
fn elements(tree: &Tree<'_>, at: usize) -> Vec<Piece> {
    blocks::read(tree, tree.inside(at), &[])
}
