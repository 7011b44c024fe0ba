//! Disqus' export: threads, and posts that name their thread and the post that they answer.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::markup::tree::Tree;
use super::super::said::{Answers, Said};
use super::super::{Format, Part};
use super::{Entry, chosen, loose, name, text, word};
use crate::article::threads::Talk;

pub(super) fn read(tree: &Tree<'_>, root: usize, wanted: Part) -> Talk {
    let children: Vec<usize> = tree.outermost(tree.inside(root)).collect();
    let named = |name: &'static str| {
        let tree = &tree;
        children.iter().copied().filter(move |&at| tree.name(at) == name)
    };
    let mut entries: Vec<Entry> = named("thread").map(|at| entry(tree, at)).collect();
    let places: HashMap<String, usize> =
        entries.iter().enumerate().map(|(place, entry)| (entry.id.clone(), place)).collect();
    let (mut left_out, mut astray) = (0, 0);
    for post in named("post") {
        let thread = tree.child(post, "thread").and_then(|at| id(tree, at));
        match thread.and_then(|thread| places.get(&thread)) {
            _ if is(tree, post, "isSpam") => left_out += 1,
            Some(&place) => entries[place].said.push(said(tree, post)),
            None => astray += 1,
        }
    }
    entries.retain(|entry| entry.head.title.is_some() || !entry.said.is_empty());
    let counted = [
        (left_out, "comments left out as spam"),
        (astray, "comments on threads that are not in the file"),
    ];
    let notes = counted.iter().filter(|(count, _)| *count > 0);
    let mut notes: Vec<String> = notes.map(|(count, what)| format!("{what}: {count}")).collect();
    notes.push("an export of comments: the articles themselves are not in it".to_owned());
    chosen(entries, wanted, Format::Disqus, notes)
}

fn id(tree: &Tree<'_>, at: usize) -> Option<String> {
    tree.attribute(at, "dsq:id").map(Cow::into_owned)
}

fn is(tree: &Tree<'_>, at: usize, key: &str) -> bool {
    word(tree, at, &[key]).is_some_and(|word| word == "true")
}

fn author(tree: &Tree<'_>, at: usize) -> Option<String> {
    word(tree, tree.child(at, "author")?, &["name"]).and_then(name)
}

fn entry(tree: &Tree<'_>, at: usize) -> Entry {
    let mut entry = Entry { id: id(tree, at).unwrap_or_default(), ..Entry::default() };
    entry.head.title = word(tree, at, &["title"]);
    entry.head.url = word(tree, at, &["link"]).filter(|url| url.contains("://"));
    entry.head.published = word(tree, at, &["createdAt"]);
    entry.head.authors = author(tree, at).into_iter().collect();
    entry.body = text(tree, at, &["message"]).map(|text| loose(&text)).unwrap_or_default();
    entry
}

fn said(tree: &Tree<'_>, post: usize) -> Said {
    let gone = is(tree, post, "isDeleted");
    let words = text(tree, post, &["message"]).map(|text| loose(&text)).unwrap_or_default();
    let parent = tree.child(post, "parent").and_then(|at| id(tree, at));
    Said {
        id: id(tree, post).unwrap_or_default(),
        answers: parent.map_or(Answers::Article, Answers::Id),
        author: author(tree, post).filter(|_| !gone),
        time: word(tree, post, &["createdAt"]),
        score: None,
        pieces: if gone || words.is_empty() { loose("[deleted]") } else { words },
    }
}
