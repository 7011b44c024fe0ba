//! Atom: entries, and comments among them that say what they answer (RFC 4685). Blogger exports
//! in it, and Reddit gives a thread as a flat list of entries.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::markup::blocks::Piece;
use super::super::markup::tree::Tree;
use super::super::said::{Answers, Said};
use super::super::{Format, Part};
use super::{Entry, chosen, elements, loose, name, text, word};
use crate::article::threads::{Talk, html};

pub(super) fn read(tree: &Tree<'_>, root: usize, wanted: Part) -> Talk {
    let nodes = tree.outermost(tree.inside(root)).filter(|&at| tree.name(at) == "entry");
    let (mut entries, mut answers): (Vec<Entry>, Vec<(String, Entry)>) = (Vec::new(), Vec::new());
    for node in nodes.filter(|&node| is_read(tree, node)) {
        let entry = entry(tree, node);
        let reddit = entry.id.starts_with("t1_") && !entries.is_empty();
        match answered(tree, node).or_else(|| reddit.then(|| entries[0].id.clone())) {
            Some(named) => answers.push((named, entry)),
            None => entries.push(entry),
        }
    }
    if entries.is_empty() {
        return alone(tree, root, answers);
    }
    give(&mut entries, answers);
    chosen(entries, wanted, Format::Feed, Vec::new())
}

/// Blogger's export also has entries for its settings and for its layout.
fn is_read(tree: &Tree<'_>, node: usize) -> bool {
    let kinds = tree.outermost(tree.inside(node)).filter(|&at| tree.name(at) == "category");
    let other = |at: usize| {
        let term = tree.attribute(at, "term").unwrap_or_default();
        term.rsplit_once("kind#")
            .is_some_and(|(_, kind)| !matches!(kind, "post" | "comment" | "page"))
    };
    !kinds.into_iter().any(other)
}

fn entry(tree: &Tree<'_>, node: usize) -> Entry {
    let mut entry = Entry { id: word(tree, node, &["id"]).unwrap_or_default(), ..Entry::default() };
    let title = word(tree, node, &["title"]);
    entry.head.title = title.map(|title| {
        html(&title).into_iter().map(|p| p.passage.text).collect::<Vec<_>>().join(" ")
    });
    let author = tree.child(node, "author").and_then(|author| word(tree, author, &["name"]));
    entry.head.authors = author.and_then(name).into_iter().collect();
    entry.head.published = word(tree, node, &["published", "updated"]);
    entry.head.url = link(tree, node, None);
    entry.head.discussion = link(tree, node, Some("replies"));
    entry.body = content(tree, node);
    entry
}

/// The address of a page that is related so to an entry; without a relation, its own.
fn link(tree: &Tree<'_>, node: usize, relation: Option<&str>) -> Option<String> {
    let links = tree.outermost(tree.inside(node)).filter(|&at| tree.name(at) == "link");
    let is_page = |at: usize| tree.attribute(at, "type").is_none_or(|kind| kind.contains("html"));
    let related = |at: usize| match (tree.attribute(at, "rel"), relation) {
        (rel, None) => rel.is_none_or(|rel| rel == "alternate"),
        (rel, Some(relation)) => rel.is_some_and(|rel| rel == relation) && is_page(at),
    };
    let mut links = links.filter(|&at| related(at));
    links.find_map(|at| tree.attribute(at, "href")).map(Cow::into_owned)
}

fn content(tree: &Tree<'_>, node: usize) -> Vec<Piece> {
    let Some(at) = ["content", "summary"].iter().find_map(|name| tree.child(node, name)) else {
        return Vec::new();
    };
    match tree.attribute(at, "type").as_deref() {
        Some("xhtml") => elements(tree, at),
        _ => text(tree, node, &["content", "summary"]).map(|text| loose(&text)).unwrap_or_default(),
    }
}

/// The identifier of the entry that is answered. The prefix may be bound to any name.
fn answered(tree: &Tree<'_>, node: usize) -> Option<String> {
    let mut children = tree.outermost(tree.inside(node));
    let at = children.find(|&at| tree.name(at).rsplit(':').next() == Some("in-reply-to"))?;
    tree.attribute(at, "ref").or_else(|| tree.attribute(at, "href")).map(Cow::into_owned)
}

fn said(answers: Answers, entry: Entry) -> Said {
    Said {
        id: entry.id,
        answers,
        author: entry.head.authors.into_iter().next(),
        time: entry.head.published,
        score: None,
        pieces: entry.body,
    }
}

/// Gives each answer to the article that it, or the answer above it, is on.
fn give(entries: &mut [Entry], answers: Vec<(String, Entry)>) {
    let places: HashMap<String, usize> =
        entries.iter().enumerate().map(|(place, entry)| (entry.id.clone(), place)).collect();
    let above: HashMap<String, String> =
        answers.iter().map(|(named, entry)| (entry.id.clone(), named.clone())).collect();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (named, entry) in answers {
        let mut path = Vec::new();
        let mut at = named.as_str();
        let place = loop {
            if let Some(&place) = places.get(at).or_else(|| known.get(at)) {
                break place;
            }
            match above.get(at) {
                Some(next) if path.len() < above.len() => {
                    path.push(at.to_owned());
                    at = next;
                }
                _ => break 0,
            }
        };
        known.extend(path.into_iter().map(|id| (id, place)));
        known.insert(entry.id.clone(), place);
        let direct = places.contains_key(&named);
        let answers = if direct { Answers::Article } else { Answers::Id(named) };
        entries[place].said.push(said(answers, entry));
    }
}

/// A feed of answers alone.
fn alone(tree: &Tree<'_>, root: usize, answers: Vec<(String, Entry)>) -> Talk {
    let ids: Vec<String> = answers.iter().map(|(_, entry)| entry.id.clone()).collect();
    let ids: std::collections::HashSet<String> = ids.into_iter().collect();
    let said = answers.into_iter().map(|(named, entry)| {
        said(if ids.contains(&named) { Answers::Id(named) } else { Answers::Article }, entry)
    });
    let mut talk = Talk { format: Format::Feed, said: said.collect(), ..Talk::default() };
    talk.head.title = word(tree, root, &["title"]);
    talk.head.url = link(tree, root, None);
    let empty = talk.said.is_empty();
    let what = if empty {
        "the file holds no article"
    } else {
        "what the comments are on is not in this file"
    };
    talk.notes.push(what.to_owned());
    talk
}
