//! The comments of a page between their headers, without the buttons below them and without
//! the folded copies that some pages keep beside the full ones.
//!
//! May not know: the article.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::super::builder::{Builder, CommentHead};
use super::super::lines::Paragraph;
use super::super::plain::kind;
use super::super::thread::pre_order;
use super::dates;
use super::framed::is_menu;
use super::furniture::{heads_list, is_button, is_end, is_prompt, marker, unfolded};
use super::headers::{Found, are_below};

/// How many characters of a folded copy must be the same as the beginning of the full one.
const SAME: usize = 40;

/// A comment before its place in the thread is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Comment<'a> {
    author: &'a str,
    time: Option<Cow<'a, str>>,
    answers: Option<&'a str>,
    indent: u16,
    /// Its paragraphs, as indices of lines.
    lines: Vec<usize>,
    folded: bool,
}

/// The comments of a page, and what is none of them.
#[derive(Debug, Default)]
pub(super) struct Discussion<'a> {
    pub(super) comments: Vec<Comment<'a>>,
    /// Lines between and below that are no comment.
    pub(super) around: Vec<usize>,
    /// Buttons and prompts among the comments, as indices of lines.
    pub(super) left_out: Vec<usize>,
    copies: usize,
    folds: usize,
}

/// Cuts the lines from `start` on into comments at the headers that were found.
pub(super) fn read<'a>(
    lines: &'a [Paragraph<'_>],
    found: &Found<'a>,
    start: usize,
) -> Discussion<'a> {
    let mut discussion = Discussion::default();
    let below = are_below(found, lines, start);
    let mut from = start;
    for (number, hit) in found.hits.iter().enumerate() {
        let after = hit.at + hit.header.lines;
        let next = found.hits.get(number + 1).map_or(lines.len(), |next| next.at);
        let text = if below { from..hit.at } else { after..next };
        let place = if text.end == lines.len() { Place::Last } else { Place::Between };
        if below {
            from = after;
        } else if number == 0 {
            discussion.around.extend(start..hit.at);
        }
        let header = &hit.header;
        let mut comment = Comment {
            author: header.author,
            time: header.time.map(|time| Cow::Borrowed(dates::bare(time))),
            answers: header.answers,
            indent: lines[hit.at].indent,
            lines: hit.title.into_iter().collect(),
            ..Comment::default()
        };
        fill(lines, text, place, &mut comment, &mut discussion);
        discussion.comments.push(comment);
    }
    if below {
        discussion.around.extend(from..lines.len());
    }
    drop_copies(lines, &mut discussion);
    discussion
}

/// Whether another header follows a comment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Between,
    Last,
}

/// Gives a comment its lines up to where it ends; the others are around.
fn fill<'a>(
    lines: &'a [Paragraph<'_>],
    text: Range<usize>,
    place: Place,
    comment: &mut Comment<'a>,
    out: &mut Discussion<'a>,
) {
    let end = end(lines, text.clone(), place).unwrap_or(text.end);
    for (at, line) in lines.iter().enumerate().take(end).skip(text.start) {
        let line: &'a str = line.text.as_ref();
        let name = comment.lines.is_empty() && line == comment.author;
        if name || is_button(line) || is_prompt(line) || marker(line).is_some() {
            out.left_out.push(at);
        } else if dates::is_date(line) {
            comment.time.get_or_insert(Cow::Borrowed(line));
        } else if dates::is_time(line) {
            add_clock(&mut comment.time, line);
        } else {
            comment.folded |= unfolded(line).is_some();
            comment.lines.push(at);
        }
    }
    out.around.extend(end..text.end);
}

/// Puts a time of day behind a date that lacks one.
fn add_clock(time: &mut Option<Cow<'_, str>>, clock: &str) {
    if let Some(date) = time.as_mut().filter(|date| !date.contains(clock)) {
        date.to_mut().push(' ');
        date.to_mut().push_str(clock);
    }
}

/// Where the words of a comment end, of the lines `text` up to the next header. The last one
/// ends at a form, at a list of other texts, at another marker, or at three short lines in a row,
/// as menus are. Of the others such a line is mostly their own; it ends them only where a whole
/// article stands before the next header, which the marker of its discussion shows.
fn end(lines: &[Paragraph<'_>], mut text: Range<usize>, place: Place) -> Option<usize> {
    let words = |at: usize| lines[at].text.as_ref();
    let ends = |at: usize| is_end(words(at)) || heads_list(words(at));
    let opens = |at: usize| marker(words(at)).is_some_and(|marker| marker.opens);
    if place == Place::Last {
        return text.find(|&at| ends(at) || opens(at) || is_menu(lines, at));
    }
    let marker = text.clone().rfind(|&at| opens(at))?;
    (text.start..marker).find(|&at| ends(at))
}

/// The words of a paragraph without the mark of a fold.
fn words<'a>(line: &'a Paragraph<'_>) -> &'a str {
    unfolded(&line.text).unwrap_or(&line.text)
}

/// Leaves out a folded comment where the same author's full one begins with the same words.
fn drop_copies(lines: &[Paragraph<'_>], discussion: &mut Discussion<'_>) {
    discussion.folds = discussion.comments.iter().filter(|comment| comment.folded).count();
    if discussion.folds == 0 {
        return;
    }
    let text = |comment: &Comment<'_>| {
        let paragraphs = comment.lines.iter().map(|&at| words(&lines[at]));
        paragraphs.collect::<Vec<_>>().join("\n")
    };
    let texts: Vec<String> = discussion.comments.iter().map(text).collect();
    let key = |number: usize| {
        let text = texts[number].as_str();
        let start = text.char_indices().nth(SAME).map_or(text, |(at, _)| text.split_at(at).0);
        (discussion.comments[number].author, start)
    };
    let mut longest: HashMap<(&str, &str), usize> = HashMap::new();
    for number in (0..texts.len()).filter(|&number| texts[number].chars().count() >= SAME) {
        let best = longest.entry(key(number)).or_insert(number);
        if texts[number].len() > texts[*best].len() {
            *best = number;
        }
    }
    let is_copy = |number: usize| {
        let short = texts[number].trim_end_matches(['…', '.', ' ']);
        let full = longest.get(&key(number)).map(|&best| texts[best].as_str());
        discussion.comments[number].folded
            && full.is_some_and(|full| full.len() > texts[number].len() && full.starts_with(short))
    };
    let copies: Vec<bool> = (0..texts.len()).map(is_copy).collect();
    discussion.copies = copies.iter().filter(|&&copy| copy).count();
    let mut copy = copies.into_iter();
    discussion.comments.retain(|_| !copy.next().unwrap_or_default());
}

impl Discussion<'_> {
    /// What is to be said of folded comments.
    pub(super) fn folded_note(&self) -> Vec<String> {
        let cut = self.folds - self.copies;
        let counted = [
            (self.copies, "folded copies of comments left out"),
            (cut, "comments that the page had folded, and that may be cut"),
        ];
        let said = counted.iter().filter(|(count, _)| *count > 0);
        said.map(|(count, what)| format!("{what}: {count}")).collect()
    }
}

/// Adds the comments to what is being built, replies below what they answer.
pub(super) fn write(lines: &[Paragraph<'_>], discussion: &Discussion<'_>, builder: &mut Builder) {
    let comments = &discussion.comments;
    let thread = pre_order(&parents(comments));
    for (&number, &parent) in thread.order.iter().zip(&thread.parents) {
        let comment = &comments[number as usize];
        builder.comment(&CommentHead {
            author: Some(comment.author.to_owned()),
            parent,
            time: comment.time.as_deref().map(str::to_owned),
            ..CommentHead::default()
        });
        for &at in &comment.lines {
            let text = words(&lines[at]);
            if !text.is_empty() {
                builder.words(kind(&lines[at]), text);
            }
        }
    }
}

/// The parent of each comment: the last one before by the author that its header names, else by
/// indentation. The first header may stand at the margin by accident of copying.
fn parents(comments: &[Comment<'_>]) -> Vec<Option<u32>> {
    let margin = comments.iter().skip(1).map(|comment| comment.indent).min().unwrap_or_default();
    let mut latest: HashMap<&str, u32> = HashMap::new();
    let mut open: Vec<(u16, u32)> = Vec::new();
    let mut parents = Vec::with_capacity(comments.len());
    for (number, comment) in comments.iter().enumerate() {
        let astray = number == 0 && comment.indent == 0;
        let indent = if astray { margin } else { comment.indent };
        while open.last().is_some_and(|&(above, _)| above >= indent) {
            open.pop();
        }
        let named = comment.answers.and_then(|name| latest.get(name).copied());
        parents.push(named.or_else(|| open.last().map(|&(_, above)| above)));
        open.push((indent, number as u32));
        latest.insert(comment.author, number as u32);
    }
    parents
}
