//! The comments of our format's Markdown twin, below the heading “Comments”: each starts with a
//! heading `### NAME — DATE {#id parent=id score=3}`; without `parent` its level tells.
//!
//! May not know: how Markdown is read.

use super::super::builder::{Builder, CommentHead};
use super::super::thread::{places, pre_order, unique};
use super::super::{BlockKind, Related};
use super::blocks::Piece;

/// What a file that is ours calls its lists of comments and of what to read next.
const DISCUSSION: [&str; 2] = ["comments", "discussion"];
const NEXT: [&str; 2] = ["related", "read next"];

/// Where the words of an article end: at the heading “Comments”, where comments follow and no
/// other part of the article, or at the heading “Read next” above a list of links.
pub(super) fn start(pieces: &[Piece]) -> Option<usize> {
    let heading = pieces.iter().position(|piece| is_heading(piece, &DISCUSSION));
    heading.filter(|&at| pieces.get(at + 1..).is_some_and(is_discussion)).or_else(|| next(pieces))
}

/// Whether below a heading stand comments, and perhaps a list of what to read next.
fn is_discussion(below: &[Piece]) -> bool {
    let end = below.iter().position(|piece| is_heading(piece, &NEXT)).unwrap_or(below.len());
    let mut levels = below[..end].iter().filter_map(level).peekable();
    levels.peek().is_some() && levels.all(|level| level > 2)
}

/// The heading of a list of what to read next, if all below it are items with links.
fn next(pieces: &[Piece]) -> Option<usize> {
    let heading = pieces.iter().position(|piece| is_heading(piece, &NEXT))?;
    let below = pieces.get(heading + 1..).filter(|below| !below.is_empty())?;
    let is_link = |piece: &Piece| {
        matches!(piece.kind, BlockKind::Item(0, _))
            && piece.passage.links.first().is_some_and(|link| link.span.start == 0)
    };
    below.iter().all(is_link).then_some(heading)
}

/// Adds the comments of `pieces`, which begin with the heading that [`start`] found, to what is
/// being built; gives sentences for the reader.
pub(super) fn write(pieces: &[Piece], builder: &mut Builder) -> Vec<String> {
    let end = pieces.iter().position(|piece| is_heading(piece, &NEXT));
    let (discussion, related) = pieces.split_at(end.unwrap_or(pieces.len()));
    let comments = split(discussion);
    let (ids, repeated) = unique(comments.iter().map(|one| one.value("id")).collect());
    let places = places(&ids);
    let (mut parents, mut orphans) = (Vec::with_capacity(comments.len()), 0);
    let mut open: Vec<(u8, u32)> = Vec::new();
    for (number, comment) in comments.iter().enumerate() {
        while open.last().is_some_and(|&(level, _)| level >= comment.level) {
            open.pop();
        }
        let named = comment.value("parent");
        parents.push(match (named.is_empty(), places.get(named.as_str())) {
            (true, _) => open.last().map(|&(_, above)| above),
            (false, found) => found.copied(),
        });
        orphans += usize::from(!named.is_empty() && !places.contains_key(named.as_str()));
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
        found.map(|(_, value)| decoded(value.trim_matches('"'))).unwrap_or_default()
    }

    /// The name and time of the heading; where an attribute gives the time, all of it is the name.
    fn signed(&self) -> (String, Option<String>) {
        let heading = self.heading.passage.text.as_str();
        if self.heading.attributes.iter().any(|(key, _)| key == "time") {
            let time = Some(self.value("time")).filter(|time| !time.is_empty());
            return (heading.trim().to_owned(), time);
        }
        name_and_time(heading)
    }

    fn write(&self, id: String, parent: Option<u32>, builder: &mut Builder) {
        let (author, time) = self.signed();
        let score = self.value("score").parse().ok();
        builder.comment(&CommentHead { id, author: Some(author), parent, time, score });
        self.pieces.iter().for_each(|piece| builder.block(piece.kind, &piece.passage));
    }
}

/// `NAME — DATE`, where the part behind the dash starts with a digit.
pub(in crate::article) fn name_and_time(heading: &str) -> (String, Option<String>) {
    let parts = [" — ", " – ", " - "].iter().find_map(|dash| heading.rsplit_once(dash));
    match parts {
        Some((name, time)) if time.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
            (name.trim().to_owned(), Some(time.trim().to_owned()))
        }
        _ => (heading.trim().to_owned(), None),
    }
}

/// The value of an attribute, which may hold no white space and no braces: those are written as
/// in an address (RFC 3986).
pub(in crate::article) fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        if c.is_whitespace() || c.is_control() || "{}<>\\%\"".contains(c) {
            let bytes = c.encode_utf8(&mut [0; 4]).to_owned().into_bytes();
            out.extend(bytes.iter().map(|byte| format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// What [`encoded`] made; a `%` without two digits behind it stays.
fn decoded(value: &str) -> String {
    let mut parts = value.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => bytes.extend(std::iter::once(byte).chain(part.bytes().skip(2))),
            None => bytes.extend(b"%".iter().copied().chain(part.bytes())),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| value.to_owned())
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
    let loose = || after.trim_start_matches([' ', '—', '–', '-', ':', '.', '\n']);
    let summary = after.strip_prefix(" — ").unwrap_or_else(loose).trim();
    Some(Related {
        title: title.to_owned(),
        summary: (!summary.is_empty()).then(|| summary.to_owned()),
        url: link.map(|link| link.url.clone()).filter(|url| !url.is_empty()),
    })
}

/// The level of a heading, unless it is marked as a part of the text.
fn level(piece: &Piece) -> Option<u8> {
    match piece.kind {
        BlockKind::Heading(level) if !piece.is_marked("text") => Some(level),
        _ => None,
    }
}

fn is_heading(piece: &Piece, words: &[&str]) -> bool {
    let said = piece.passage.text.trim();
    level(piece) == Some(2) && words.iter().any(|words| said.eq_ignore_ascii_case(words))
}
