//! A document as JSON-LD. Comments stand in one flat list, each naming the one that it answers:
//! a thread may be nested deeper than readers of JSON allow.
//!
//! May not know: how Markdown is written.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::super::{Comment, Document, Related};
use super::blocks::{Blocks, Headings};

/// A schema.org `Article` (<https://schema.org/Article>).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discussion_url: Option<&'a str>,
    encoding_format: &'static str,
    #[serde(rename = "articleBody")]
    body: Blocks<'a>,
    comment_count: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comment: Vec<Said<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Cited<'a>>,
    /// What was repaired or guessed where the text came from.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    backstory: &'a [String],
}

#[derive(Serialize)]
struct Person<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Said<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_item: Option<Reference<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_created: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upvote_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    downvote_count: Option<u64>,
    text: Blocks<'a>,
}

#[derive(Serialize)]
struct Reference<'a> {
    #[serde(rename = "@id")]
    id: &'a str,
}

#[derive(Serialize)]
struct Cited<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// Writes the document as JSON-LD, indented.
pub(super) fn json(doc: &Document, out: &mut dyn Write) -> io::Result<()> {
    let head = &doc.head;
    let article = Article {
        context: "https://schema.org",
        kind: "Article",
        headline: head.title.as_deref(),
        dateline: head.dateline.as_deref(),
        author: head.authors.iter().map(|name| person(name)).collect(),
        date_published: head.published.as_deref(),
        url: head.url.as_deref(),
        discussion_url: head.discussion.as_deref(),
        encoding_format: "text/markdown",
        body: blocks(doc, doc.body.clone()),
        comment_count: doc.comments.len(),
        comment: doc.comments.iter().map(|comment| said(doc, comment)).collect(),
        citation: doc.related.iter().map(cited).collect(),
        backstory: &doc.source.notes,
    };
    serde_json::to_writer_pretty(&mut *out, &article)?;
    out.write_all(b"\n")
}

const fn blocks(doc: &Document, range: Range<u32>) -> Blocks<'_> {
    Blocks { doc, range, headings: Headings::Free }
}

const fn person(name: &str) -> Person<'_> {
    Person { kind: "Person", name }
}

fn said<'a>(doc: &'a Document, comment: &'a Comment) -> Said<'a> {
    let parent = comment.parent().and_then(|parent| doc.comments.get(parent as usize));
    let words = comment.blocks().start + 1..comment.blocks().end;
    Said {
        kind: "Comment",
        id: doc.comments.id(comment),
        parent_item: parent.map(|parent| Reference { id: doc.comments.id(parent) }),
        author: doc.author(comment).map(person),
        date_created: doc.comments.time(comment),
        upvote_count: comment.score().filter(|score| *score >= 0),
        downvote_count: comment.score().filter(|score| *score < 0).map(i64::unsigned_abs),
        text: blocks(doc, words),
    }
}

fn cited(related: &Related) -> Cited<'_> {
    Cited {
        kind: "WebPage",
        name: &related.title,
        description: related.summary.as_deref(),
        url: related.url.as_deref(),
    }
}
