//! The article of an archive of the web: its first page, and the discussion beside it.
//!
//! May not know: how an archive is packed.

use super::load::inner;
use super::native::wholes;
use super::said::{Answers, Said};
use super::threads::{self, Talk};
use super::unpack::warc::{self, Answer, Archive};
use super::{Document, Format, Head, Wanted, plain, recorded};
use crate::article::builder::Passage;
use crate::article::markup::blocks::Piece;

/// How many answers are looked at for a discussion.
const LOOKED_AT: usize = 50;

/// A document of an archive; `None` where the bytes are none.
pub(super) fn read(bytes: &[u8], wanted: Wanted<'_>) -> Option<Document> {
    let archive = warc::read(bytes).or_else(|| recorded::read(bytes));
    let Archive { answers, notes } =
        archive.filter(|it| !it.answers.is_empty() || bytes.starts_with(b"WARC/"))?;
    let pages: Vec<&Answer> = answers.iter().filter(|it| it.kind.contains("html")).collect();
    let data = answers.iter().filter(|it| it.kind.contains("json")).take(LOOKED_AT);
    let document = |answer: &Answer| document(answer, wanted);
    let talk = data.map(document).find(|doc| is_discussion(doc.source.format));
    let other = || answers.iter().find(|it| !it.kind.contains("html")).map(document);
    let mut doc = match (pages.first(), talk) {
        (Some(page), Some(talk)) => joined(&document(page), &talk),
        (Some(page), None) => document(page),
        (None, Some(talk)) => talk,
        (None, None) => other().unwrap_or_else(|| without_page(bytes)),
    };
    doc.source.notes.extend(notes);
    if pages.len() > 1 {
        let note = format!("the archive holds {} pages: the first is shown", pages.len());
        doc.source.notes.push(note);
    }
    Some(doc)
}

fn without_page(bytes: &[u8]) -> Document {
    let mut doc = plain::read(&String::from_utf8_lossy(bytes));
    doc.source.notes.push("an archive without a page: shown as it is".to_owned());
    doc
}

fn document(answer: &Answer, wanted: Wanted<'_>) -> Document {
    let mut doc = inner(answer.bytes.clone(), answer.encoding(), wanted);
    let is_page = doc.source.format == Format::Html;
    doc.head.url = doc.head.url.or_else(|| answer.url.clone().filter(|_| is_page));
    doc
}

/// Whether it is the discussion of a site that is known.
fn is_discussion(format: Format) -> bool {
    use Format::{ActivityPub, Discourse, HackerNews, Lobsters, Mastodon, Reddit};
    matches!(format, HackerNews | Reddit | Lobsters | Discourse | Mastodon | ActivityPub)
}

/// An article with the discussion of it elsewhere before the comments on its own page.
fn joined(page: &Document, talk: &Document) -> Document {
    let own = pieces(talk, talk.body.clone());
    let opening = Said {
        author: talk.head.authors.first().cloned(),
        time: talk.head.published.clone(),
        pieces: own,
        ..Said::default()
    };
    let mut all: Vec<Said> = Vec::new();
    all.extend(Some(opening).filter(|one| !is_link(&one.pieces)));
    add(&mut all, talk);
    add(&mut all, page);
    let mut notes = page.source.notes.clone();
    notes.retain(|note| note != "no comments found in the page");
    notes.extend(talk.source.notes.iter().cloned());
    notes.push(format!("comments from elsewhere: {}", talk.source.format.name()));
    let title = page.head.title.clone().or_else(|| talk.head.title.clone());
    threads::build(Talk {
        format: page.source.format,
        head: Head { title, discussion: talk.head.discussion.clone(), ..page.head.clone() },
        body: pieces(page, page.body.clone()),
        said: all,
        related: page.related.clone(),
        notes,
        ..Talk::default()
    })
}

/// Whether nothing is said but an address.
fn is_link(pieces: &[Piece]) -> bool {
    match pieces {
        [] => true,
        [piece] => piece.passage.links.iter().any(|link| link.url == piece.passage.text),
        _ => false,
    }
}

fn pieces(doc: &Document, blocks: std::ops::Range<u32>) -> Vec<Piece> {
    let piece = |whole: super::native::Whole<'_>| Piece {
        kind: whole.kind,
        passage: Passage {
            text: whole.text.to_owned(),
            styles: whole.styles,
            links: whole.links,
            anchors: whole.anchors,
            pictures: whole.pictures,
        },
    };
    wholes(doc, blocks).into_iter().map(piece).collect()
}

/// Adds the comments of a document behind those that there are.
fn add(all: &mut Vec<Said>, doc: &Document) {
    let before = all.len() as u32;
    all.extend(doc.comments.iter().map(|comment| Said {
        id: doc.comments.id(comment).to_owned(),
        answers:
            comment.parent().map_or(Answers::Article, |parent| Answers::Place(before + parent)),
        author: doc.author(comment).map(str::to_owned),
        time: doc.comments.time(comment).map(str::to_owned),
        score: comment.score(),
        pieces: pieces(doc, comment.blocks().start + 1..comment.blocks().end),
    }));
}
