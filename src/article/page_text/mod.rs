//! The text of a web page, one paragraph a line, as it is saved or pasted: the article with its
//! discussion below, among what else stands on a page.
//!
//! Nothing in such a text is marked, so all is guessed: by lines that open a discussion, by lines
//! that name the author of a comment, by dates and by lengths. What was guessed is said in the
//! notes. Where no comment is found it is not this format.
//!
//! May not know: the other formats, except for how plain words are quoted.

mod around;
mod comments;
mod dates;
mod framed;
mod furniture;
mod headers;
mod names;
mod top;
mod words;

use std::collections::HashSet;

use super::builder::{Builder, one_line};
use super::lines::Paragraph;
use super::plain::{kind, write};
use super::{BlockKind, Document, Format, Related};
use around::Around;
use comments::Discussion;
use headers::{Found, REACH};
use top::Top;

/// A document of the paragraphs of a page's text; `None` where no discussion is found in it.
pub(super) fn read(lines: &[Paragraph<'_>]) -> Option<Document> {
    let markers = markers(lines);
    let found = headers::choose(lines, &markers.iter().map(|(at, _)| *at).collect::<Vec<_>>())?;
    let first = found.hits.first()?.at;
    let (mut start, named) = start(&markers, first);
    if start == first && headers::are_below(&found, lines) {
        // Without a marker only the paragraph above its header is known to be the first comment.
        start = start.saturating_sub(1);
    }
    let discussion = comments::read(lines, &found, start);
    let top = top::read(lines.get(..start)?, named);
    let mut around = Around::default();
    around::read(lines, &top.around, &mut around);
    around::read(lines, &discussion.around, &mut around);
    around.left_out.extend(&discussion.left_out);
    around.left_out.sort_unstable();
    Some(build(lines, top, &discussion, around, &found))
}

/// Lines that open a discussion or ask to join it.
fn markers(lines: &[Paragraph<'_>]) -> Vec<(usize, furniture::Marker)> {
    let all = lines.iter().enumerate();
    all.filter_map(|(at, line)| Some((at, furniture::marker(&line.text)?))).collect()
}

/// The line where the discussion starts: the first marker of those above the first header, else
/// that header; and the title of the article where a marker names it.
fn start(markers: &[(usize, furniture::Marker)], first: usize) -> (usize, Option<String>) {
    let above = markers.get(..markers.partition_point(|&(at, _)| at < first)).unwrap_or_default();
    let mut start = first;
    for &(at, _) in above.iter().rev() {
        if start - at > REACH {
            break;
        }
        start = at;
    }
    (start, above.iter().rev().find_map(|(_, marker)| marker.title.clone()))
}

fn build(
    lines: &[Paragraph<'_>],
    top: Top,
    discussion: &Discussion<'_>,
    mut around: Around,
    found: &Found<'_>,
) -> Document {
    let mut builder = Builder::sized(lines.iter().map(|line| line.text.len() + 2).sum());
    let mut head = top.head;
    let first = top.body.first().and_then(|&at| top::dateline(&lines[at].text));
    head.dateline = first.map(|(place, _)| place.to_owned());
    builder.title(head.title.as_deref().unwrap_or_default(), &head.byline());
    let mut body = top.body.iter();
    if let Some((_, words)) = first {
        builder.paragraph(words);
        body.next();
    }
    body.for_each(|&at| builder.words(kind(&lines[at]), &lines[at].text));
    about(lines, &head.authors, &mut around);
    if !around.rest.is_empty() {
        builder.words(BlockKind::Rule, "");
        around.rest.iter().for_each(|&at| write(std::slice::from_ref(&lines[at]), &mut builder));
    }
    comments::write(lines, discussion, &mut builder);
    around.related.iter().cloned().for_each(|related| builder.related(related));
    let mut doc = builder.finish();
    doc.source.format = Format::PageText;
    doc.source.notes = notes(head.title.is_some(), discussion.comments.len(), &around, found);
    doc.source.notes.extend(discussion.folded_note());
    doc.source.notes.extend(left_out(lines, &around.left_out));
    doc.head = head;
    doc
}

/// Puts what the page says of the article's author among what there is to read next.
fn about(lines: &[Paragraph<'_>], authors: &[String], around: &mut Around) {
    let of = |text: &str| {
        let names = authors.iter().map(|name| name.to_lowercase());
        let lower = text.to_lowercase();
        names.into_iter().position(|name| {
            lower.strip_prefix(&name).is_some_and(|rest| rest.starts_with([' ', ',']))
        })
    };
    around.rest.retain(|&at| {
        let author = of(&lines[at].text);
        around.related.extend(author.map(|author| Related {
            title: authors[author].clone(),
            summary: Some(lines[at].text.clone().into_owned()),
            url: None,
        }));
        author.is_none()
    });
}

/// What was guessed.
fn notes(titled: bool, comments: usize, around: &Around, found: &Found<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if !titled {
        notes.push("no title found".to_owned());
    }
    let shape = found.family.shape();
    notes.push(format!("comments by headers like “{shape}”, {comments} found"));
    if !around.rest.is_empty() {
        let count = around.rest.len();
        notes.push(format!(
            "text around article and discussion is kept below a rule: {count} paragraphs"
        ));
    }
    notes
}

/// A sentence that counts the lines that are not shown, and those lines, a note each: whoever
/// misses something finds it there. A line that the page says again and again is told once.
fn left_out(lines: &[Paragraph<'_>], left_out: &[usize]) -> Vec<String> {
    if left_out.is_empty() {
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let words =
        left_out.iter().map(|&at| lines[at].text.as_ref()).filter(|line| seen.insert(*line));
    let count = format!("lines of the page around the text left out: {}", left_out.len());
    std::iter::once(count)
        .chain(words.map(|line| format!("left out: {}", one_line(line))))
        .collect()
}
