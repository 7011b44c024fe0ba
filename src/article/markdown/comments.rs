//! The comments of our format's Markdown twin, below the heading “Comments”: each starts with a
//! heading `### NAME — DATE {#id parent=id score=3}`; without `parent` its level tells.
//!
//! May not know: how Markdown is read.

use super::super::builder::{Builder, CommentHead};
use super::super::thread::{pre_order, unique};
use super::super::{BlockKind, Related};
use super::blocks::Piece;

/// Index of the heading “Comments”, where a heading of a lower level follows.
pub(super) fn start(pieces: &[Piece]) -> Option<usize> {
    let heading = pieces.iter().position(|piece| is_heading(piece, &["comments", "discussion"]))?;
    let mut below = pieces.get(heading + 1..)?.iter();
    below.any(|piece| level(piece).is_some_and(|level| level > 2)).then_some(heading)
}

/// Adds the comments of `pieces` to what is being built; gives sentences for the reader.
pub(super) fn write(pieces: &[Piece], builder: &mut Builder) -> Vec<String> {
    let end = pieces.iter().position(|piece| is_heading(piece, &["related", "read next"]));
    let (discussion, related) = pieces.split_at(end.unwrap_or(pieces.len()));
    let comments = split(discussion);
    let (ids, places, repeated) = unique(comments.iter().map(|one| one.value("id")).collect());
    let (mut parents, mut orphans) = (Vec::with_capacity(comments.len()), 0);
    let mut open: Vec<(u8, u32)> = Vec::new();
    for (number, comment) in comments.iter().enumerate() {
        while open.last().is_some_and(|&(level, _)| level >= comment.level) {
            open.pop();
        }
        let named = comment.value("parent");
        parents.push(match (named.is_empty(), places.get(&named)) {
            (true, _) => open.last().map(|&(_, above)| above),
            (false, found) => found.copied(),
        });
        orphans += usize::from(!named.is_empty() && !places.contains_key(&named));
        open.push((comment.level, number as u32));
    }
    let thread = pre_order(&parents);
    for (&comment, &parent) in thread.order.iter().zip(&thread.parents) {
        comments[comment as usize].write(ids[comment as usize].clone(), parent, builder);
    }
    related.iter().filter_map(to_read).for_each(|related| builder.related(related));
    notes(repeated, orphans, thread.circles)
}

/// Sentences about identifiers that were repaired.
pub(in crate::article) fn notes(repeated: usize, orphans: usize, circles: usize) -> Vec<String> {
    let sentences = [
        (repeated, "with the identifier of another are numbered anew"),
        (orphans, "that answer none of this file stand at the top level"),
        (circles, "that answer themselves stand at the top level"),
    ];
    let said = sentences.iter().filter(|(count, _)| *count > 0);
    said.map(|(count, sentence)| format!("comments {sentence}: {count}")).collect()
}

/// A comment: its heading, and what stands below.
struct Comment<'a> {
    heading: &'a Piece,
    level: u8,
    pieces: &'a [Piece],
}

/// The comments; what stands above the first heading is left to the first one.
fn split(pieces: &[Piece]) -> Vec<Comment<'_>> {
    let starts = pieces.iter().enumerate();
    let starts = starts.filter_map(|(at, piece)| Some((at, level(piece).filter(|&l| l > 2)?)));
    let starts: Vec<(usize, u8)> = starts.collect();
    let ends = starts.iter().skip(1).map(|&(at, _)| at).chain([pieces.len()]);
    let ranges = starts.iter().zip(ends);
    ranges
        .map(|(&(at, level), end)| Comment {
            heading: &pieces[at],
            level,
            pieces: &pieces[at + 1..end],
        })
        .collect()
}

impl Comment<'_> {
    fn value(&self, key: &str) -> String {
        let found = self.heading.attributes.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.trim_matches('"').to_owned()).unwrap_or_default()
    }

    fn write(&self, id: String, parent: Option<u32>, builder: &mut Builder) {
        let (author, time) = name_and_time(&self.heading.passage.text);
        let score = self.value("score").parse().ok();
        builder.comment(CommentHead { id, author: Some(author), parent, time, score });
        self.pieces.iter().for_each(|piece| builder.block(piece.kind, &piece.passage));
    }
}

/// `NAME — DATE`, where the part behind the dash starts with a digit.
fn name_and_time(heading: &str) -> (String, Option<String>) {
    let parts = [" — ", " – ", " - "].iter().find_map(|dash| heading.rsplit_once(dash));
    match parts {
        Some((name, time)) if time.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
            (name.trim().to_owned(), Some(time.trim().to_owned()))
        }
        _ => (heading.trim().to_owned(), None),
    }
}

/// An item `[title](url) — summary` of the list of what to read next.
fn to_read(piece: &Piece) -> Option<Related> {
    if level(piece).is_some() {
        return None;
    }
    let text = &piece.passage.text;
    let link = piece.passage.links.first();
    let title = link.map_or(text.as_str(), |link| link.span.of(text));
    let after = link.and_then(|link| text.get(link.span.end as usize..)).unwrap_or_default();
    let summary = after.trim_start_matches([' ', '—', '–', '-', ':', '.', '\n']).trim();
    Some(Related {
        title: title.to_owned(),
        summary: (!summary.is_empty()).then(|| summary.to_owned()),
        url: link.map(|link| link.url.clone()),
    })
}

fn level(piece: &Piece) -> Option<u8> {
    match piece.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    }
}

fn is_heading(piece: &Piece, words: &[&str]) -> bool {
    let said = piece.passage.text.trim();
    level(piece) == Some(2) && words.iter().any(|words| said.eq_ignore_ascii_case(words))
}
