//! A document as Markdown: front matter, the body, then `## Comments` with a heading a comment,
//! then `## Read next`.
//!
//! May not know: how blocks are written.

use std::fmt::{self, Write as _};

use super::super::builder::one_line;
use super::super::markdown::{encoded, name_and_time};
use super::super::{BlockKind, Comment, Document, Related};
use super::blocks::{Blocks, Headings};
use super::inline::{Room, escaped, target};
use super::{Whole, wholes};

/// How deep a comment may be nested for its heading to tell the one that it answers: headings have
/// six levels, and the first of a comment is the third.
const DEEPEST: u32 = 3;

/// The document as Markdown with front matter.
pub(super) struct Twin<'a>(pub(super) &'a Document);

impl fmt::Display for Twin<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let doc = self.0;
        out.write_str(&front_matter(doc))?;
        if !doc.body.is_empty() {
            write!(out, "\n{}\n", Body(doc))?;
        }
        if !doc.comments.is_empty() {
            out.write_str("\n## Comments\n")?;
            (0..doc.comments.len()).try_for_each(|number| comment(doc, number, out))?;
        }
        if !doc.related.is_empty() {
            out.write_str("\n## Read next\n\n")?;
            doc.related.iter().try_for_each(|related| to_read(related, out))?;
        }
        Ok(())
    }
}

/// The keys that web clippers write. A string of JSON is one of YAML too.
fn front_matter(doc: &Document) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let head = &doc.head;
    let mut out = format!("---\ntitle: {}\n", quoted(head.title.as_deref().unwrap_or_default()));
    let keys = [
        ("source", &head.url),
        ("discussion", &head.discussion),
        ("published", &head.published),
        ("dateline", &head.dateline),
    ];
    for (key, value) in keys.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
        let _ = writeln!(out, "{key}: {}", quoted(value));
    }
    for (key, list) in [("author", &head.authors), ("notes", &doc.source.notes)] {
        if !list.is_empty() {
            let _ = writeln!(out, "{key}:");
            out.extend(list.iter().map(|text| format!("  - {}\n", quoted(text))));
        }
    }
    out + "---\n"
}

/// The body. A first heading that says the title again is said twice, since one is taken for the
/// title; headings that the file's own are named like are marked.
struct Body<'a>(&'a Document);

impl fmt::Display for Body<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let doc = self.0;
        let wholes = wholes(doc, doc.body.clone());
        let headings =
            if wholes.iter().any(is_named_like_ours) { Headings::Marked } else { Headings::Free };
        let first = wholes.first().filter(|whole| whole.kind == BlockKind::Heading(1));
        let title = doc.head.title.as_deref();
        if first.is_some_and(|first| Some(one_line(first.text).as_str()) == title) {
            let range = doc.body.start..doc.body.start + 1;
            write!(out, "{}\n\n", Blocks { doc, range, headings })?;
        }
        Blocks { doc, range: doc.body.clone(), headings }.fmt(out)
    }
}

/// Whether it is a heading like those that part our own file.
fn is_named_like_ours(whole: &Whole<'_>) -> bool {
    let names = ["comments", "discussion", "related", "read next"];
    let ours = names.iter().any(|name| whole.text.trim().eq_ignore_ascii_case(name));
    matches!(whole.kind, BlockKind::Heading(_)) && ours
}

/// A comment: `### NAME — TIME {#id parent=id score=3}` and its words.
fn comment(doc: &Document, number: usize, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let comment = &doc.comments[number];
    let name = doc.author(comment).unwrap_or_default();
    let time = doc.comments.time(comment).filter(|time| is_told(name, time));
    let time = time.map(|time| format!(" — {time}")).unwrap_or_default();
    let heading = escaped(&format!("{name}{time}"), Room::Line, true);
    let level = "#".repeat(comment.depth.min(DEEPEST) as usize + 3);
    let attributes = attributes(doc, comment, name).join(" ");
    writeln!(out, "\n{level} {heading} {{{attributes}}}")?;
    let range = comment.blocks().start + 1..comment.blocks().end;
    if range.is_empty() {
        return Ok(());
    }
    write!(out, "\n{}\n", Blocks { doc, range, headings: Headings::Marked })
}

/// What the heading of a comment does not tell.
fn attributes(doc: &Document, comment: &Comment, name: &str) -> Vec<String> {
    let mut attributes = vec![format!("#{}", encoded(doc.comments.id(comment)))];
    let above = comment.parent().filter(|_| comment.depth > DEEPEST);
    if let Some(parent) = above.and_then(|parent| doc.comments.get(parent as usize)) {
        attributes.push(format!("parent={}", encoded(doc.comments.id(parent))));
    }
    match doc.comments.time(comment) {
        Some(time) if !is_told(name, time) => attributes.push(format!("time={}", encoded(time))),
        None if name_and_time(name).1.is_some() => attributes.push("time=".to_owned()),
        _ => {}
    }
    attributes.extend(comment.score().map(|score| format!("score={score}")));
    attributes
}

/// Whether a time is found again behind a name.
fn is_told(name: &str, time: &str) -> bool {
    let (found, told) = name_and_time(&format!("{name} — {time}"));
    found == name && told.as_deref() == Some(time)
}

/// `- [title](url) — summary`
fn to_read(related: &Related, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let title = escaped(&related.title, Room::Line, false);
    let url = related.url.as_deref().map(target).unwrap_or_default();
    write!(out, "- [{title}]({url})")?;
    if let Some(summary) = &related.summary {
        write!(out, " — {}", escaped(summary, Room::Line, false))?;
    }
    out.write_str("\n")
}
