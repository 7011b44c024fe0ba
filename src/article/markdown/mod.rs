//! Markdown: notes and clipped pages with front matter, and our own format's Markdown twin with
//! its comments below the heading “Comments”.
//!
//! May not know: the other formats, except for plain words.

mod blocks;
mod comments;
mod evidence;
mod front_matter;

use super::builder::{Builder, one_line};
use super::{BlockKind, Document, Format};
use blocks::Piece;
pub(super) use comments::{encoded, name_and_time, notes as thread_notes};
use front_matter::{Found, FrontMatter};

/// A document of Markdown below front matter; `None` where there is no front matter.
pub(super) fn with_front_matter(text: &str) -> Option<Document> {
    match front_matter::split(text)? {
        Found::Read(matter, body) => Some(build(&matter, blocks::read(body))),
        Found::Broken(matter, body) => {
            let mut pieces = blocks::read(body);
            pieces.insert(0, Piece::code(matter));
            let mut doc = build(&FrontMatter::default(), pieces);
            let note = "the front matter cannot be read and is shown as it is";
            doc.source.notes.push(note.to_owned());
            Some(doc)
        }
    }
}

/// A document of Markdown; `None` where the text shows too few signs of it.
pub(super) fn by_evidence(text: &str) -> Option<Document> {
    evidence::is_markdown(text).then(|| build(&FrontMatter::default(), blocks::read(text)))
}

/// A document of a later part of a text that is Markdown.
pub(super) fn going_on(text: &str) -> Document {
    build(&FrontMatter { untitled: true, ..FrontMatter::default() }, blocks::read(text))
}

/// Whether a text of unknown setting is better read as plain lines: it has line breaks, but no
/// empty line, and no signs of Markdown, which would run its lines together.
pub(super) fn is_plain(text: &str) -> bool {
    let lines = text.trim();
    lines.contains('\n') && !lines.contains("\n\n") && !evidence::is_markdown(lines)
}

/// Adds the blocks of a Markdown text to what is being built.
pub(super) fn append(text: &str, builder: &mut Builder) {
    blocks::read_each(text, |piece| builder.block(piece.kind, &piece.passage));
}

/// The blocks of a Markdown text.
pub(super) fn pieces(text: &str) -> Vec<super::markup::blocks::Piece> {
    let pieces = blocks::read(text).into_iter();
    pieces
        .map(|piece| super::markup::blocks::Piece { kind: piece.kind, passage: piece.passage })
        .collect()
}

fn build(matter: &FrontMatter, mut pieces: Vec<Piece>) -> Document {
    let known = matter.head.title.clone();
    let title = if matter.untitled { None } else { take_title(&mut pieces, known) };
    let discussion = comments::start(&pieces).unwrap_or(pieces.len());
    let mut builder = Builder::sized(pieces.iter().map(|piece| piece.passage.text.len() + 2).sum());
    builder.page(matter.head.url.as_deref());
    builder.title(title.as_deref().unwrap_or_default(), &matter.head.byline());
    write(pieces.get(..discussion).unwrap_or_default(), &mut builder);
    let rest = pieces.get(discussion..).unwrap_or_default();
    let repaired = comments::write(rest, &mut builder);
    let mut doc = builder.finish();
    doc.head = matter.head.clone();
    doc.head.title = title;
    doc.source.format = Format::Markdown;
    doc.source.notes.clone_from(&matter.notes);
    doc.source.notes.extend(repaired);
    doc
}

fn write(pieces: &[Piece], builder: &mut Builder) {
    for piece in pieces {
        builder.block(piece.kind, &piece.passage);
    }
}

/// The title of the front matter, else the first heading where it is of level 1. A heading that
/// says the same as the front matter is not said twice.
fn take_title(pieces: &mut Vec<Piece>, known: Option<String>) -> Option<String> {
    let first = pieces.first().filter(|piece| piece.kind == BlockKind::Heading(1));
    let heading = first.map(|piece| one_line(&piece.passage.text));
    let same = |known: &String| heading.as_ref().is_some_and(|said| said == known);
    if heading.as_ref().is_some_and(|said| !said.is_empty()) && known.as_ref().is_none_or(same) {
        pieces.remove(0);
        return heading;
    }
    known
}
