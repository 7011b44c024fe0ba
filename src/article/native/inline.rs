//! Words as Markdown: their marks escaped, styles and links around them.
//!
//! Markdown's own marks cannot say everything: a style that ends inside a word or overlaps another
//! needs tags. May not know: blocks.

use std::fmt::Write as _;

use super::super::{Anchor, Inline, Link, Picture};
use super::{LINE_ENDS, Whole};
use crate::text::span::Span;

/// How styles and links are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `*words*` and `[words](url)`.
    Marks,
    /// `<em>words</em>` and `<a href="url">words</a>`.
    Tags,
    /// Tags, and words escaped as in HTML.
    Html,
}

/// Whether a block may be written on several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// A line feed ends a line.
    Lines,
    /// A heading or a row of a table: a line feed is a tag.
    Line,
}

impl Room {
    const fn line_break(self) -> &'static str {
        match self {
            Self::Lines => "\\\n",
            Self::Line => "<br>",
        }
    }
}

/// A style or a link.
#[derive(Clone, Copy)]
enum Mark<'a> {
    Style(Inline),
    Link(&'a Link),
    Picture(&'a Picture),
}

/// The words of a block.
pub(super) fn written(whole: &Whole<'_>, dialect: Dialect, room: Room) -> String {
    let mut marks: Vec<(Span, Mark<'_>)> =
        whole.links.iter().map(|link| (link.span, Mark::Link(link))).collect();
    marks.extend(whole.styles.iter().map(|&(span, style)| (span, Mark::Style(style))));
    marks.extend(whole.pictures.iter().map(|one| (one.span, Mark::Picture(one))));
    marks.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let anchors = &whole.anchors;
    let mut pen =
        Pen { whole, dialect, room, out: String::new(), at: 0, anchors, open: Vec::new() };
    for (span, mark) in marks {
        pen.close_until(span.start);
        pen.words(span.start);
        pen.open(span, mark);
    }
    pen.close_until(whole.text.len() as u32);
    pen.words(whole.text.len() as u32);
    pen.out
}

struct Pen<'a> {
    whole: &'a Whole<'a>,
    dialect: Dialect,
    room: Room,
    out: String,
    /// Up to where the words are written.
    at: u32,
    /// The names of places that are not written.
    anchors: &'a [Anchor],
    open: Vec<(Span, Mark<'a>)>,
}

impl<'a> Pen<'a> {
    /// Closes what ends up to `end`, the first end first and the last opened before the others.
    fn close_until(&mut self, end: u32) {
        while let Some(next) = self.next_closed(end) {
            let (span, mark) = self.open.remove(next);
            self.words(span.end);
            self.close(mark);
        }
    }

    fn next_closed(&self, end: u32) -> Option<usize> {
        let ends = self.open.iter().enumerate().filter(|(_, (span, _))| span.end <= end);
        ends.min_by_key(|(at, (span, _))| (span.end, std::cmp::Reverse(*at))).map(|(at, _)| at)
    }

    fn open(&mut self, span: Span, mark: Mark<'a>) {
        match (self.dialect, mark) {
            (Dialect::Marks, Mark::Style(Inline::Code)) => return self.code(span),
            (_, Mark::Picture(picture)) => return self.picture(picture),
            (Dialect::Marks, Mark::Style(style)) => self.out.push_str(sign(style)),
            (Dialect::Marks, Mark::Link(_)) => self.bracket(),
            (_, Mark::Style(style)) => {
                let _ = write!(self.out, "<{}>", tag(style));
            }
            (_, Mark::Link(link)) => {
                let _ = write!(self.out, "<a href=\"{}\">", as_html(&link.url, "&#10;"));
            }
        }
        self.open.push((span, mark));
    }

    /// Opens a link, which behind an exclamation mark would be an image.
    fn bracket(&mut self) {
        if self.out.ends_with('!') {
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push('[');
    }

    fn close(&mut self, mark: Mark<'_>) {
        match (self.dialect, mark) {
            (Dialect::Marks, Mark::Style(style)) => self.out.push_str(sign(style)),
            (Dialect::Marks, Mark::Link(link)) => {
                let _ = write!(self.out, "]({})", target(&link.url));
            }
            (_, Mark::Style(style)) => {
                let _ = write!(self.out, "</{}>", tag(style));
            }
            (_, Mark::Link(_)) => self.out.push_str("</a>"),
            // It is written where it is opened.
            (_, Mark::Picture(_)) => {}
        }
    }

    /// Words between backticks, more of them than there are in the words.
    fn code(&mut self, span: Span) {
        let words = span.of(self.whole.text);
        let run = words.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(run + 1);
        let pad =
            if words.starts_with(['`', ' ']) || words.ends_with(['`', ' ']) { " " } else { "" };
        let _ = write!(self.out, "{fence}{pad}{words}{pad}{fence}");
        self.at = self.at.max(span.end);
    }

    /// A picture in place of the words that stand for it.
    fn picture(&mut self, picture: &Picture) {
        let words = picture.span.of(self.whole.text);
        let shows = words.strip_prefix("[image: ").and_then(|rest| rest.strip_suffix(']'));
        let shows = shows.unwrap_or_default();
        let _ = if self.dialect == Dialect::Marks {
            let shows = escaped(shows, self.room, false);
            write!(self.out, "![{shows}]({})", target(&picture.src))
        } else {
            let (shows, src) = (as_html(shows, " "), as_html(&picture.src, "&#10;"));
            write!(self.out, "<img alt=\"{shows}\" src=\"{src}\">")
        };
        self.at = self.at.max(picture.span.end);
    }

    fn words(&mut self, end: u32) {
        while let Some((anchor, rest)) = self.anchors.split_first().filter(|it| it.0.at <= end) {
            self.anchors = rest;
            self.plain(anchor.at);
            let _ = write!(self.out, "<a id=\"{}\"></a>", as_html(&anchor.name, "&#10;"));
        }
        self.plain(end);
    }

    fn plain(&mut self, end: u32) {
        let words = Span::new(self.at.min(end), end).of(self.whole.text);
        self.at = self.at.max(end);
        let starts = self.out.is_empty() || self.out.ends_with('\n');
        let words = match self.dialect {
            Dialect::Html if self.room == Room::Line => as_html(words, "<br>"),
            Dialect::Html => as_html(words, "\n"),
            _ => escaped(words, self.room, starts),
        };
        self.out.push_str(&words);
    }
}

const fn sign(style: Inline) -> &'static str {
    match style {
        Inline::Emphasis => "*",
        Inline::Strong => "**",
        Inline::Struck => "~~",
        Inline::Code => "`",
    }
}

const fn tag(style: Inline) -> &'static str {
    match style {
        Inline::Emphasis => "em",
        Inline::Strong => "strong",
        Inline::Struck => "del",
        Inline::Code => "code",
    }
}

/// Where a link leads, as it stands behind its words.
pub(super) fn target(url: &str) -> String {
    let plain =
        !url.is_empty() && !url.contains(|c: char| c.is_whitespace() || "()<>\\&".contains(c));
    if plain {
        return url.to_owned();
    }
    let mut out = String::from("<");
    for c in url.chars() {
        match c {
            '<' | '>' | '\\' | '&' => out.extend(['\\', c]),
            c if c.is_control() || LINE_ENDS.contains(&c) => reference(&mut out, c),
            c => out.push(c),
        }
    }
    out + ">"
}

fn reference(out: &mut String, c: char) {
    let _ = write!(out, "&#{};", u32::from(c));
}

/// Plain words as Markdown. `starts` says whether they begin a line, where some marks mean more.
pub(super) fn escaped(words: &str, room: Room, starts: bool) -> String {
    let mut out = String::with_capacity(words.len() + words.len() / 16);
    let mut starts = starts;
    let (mut last, mut digits) = (' ', false);
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        digits = c.is_ascii_digit() && (starts || digits) || digits && matches!(c, '.' | ')');
        match c {
            '\n' => out.push_str(room.line_break()),
            ' ' | '\t' if starts => reference(&mut out, c),
            '\u{a0}' if starts || next == ' ' => out.push_str("&nbsp;"),
            c if LINE_ENDS.contains(&c) => reference(&mut out, c),
            c if is_mark(c, last, next) => out.extend(['\\', c]),
            c if starts && "#>+-=:|*".contains(c) => out.extend(['\\', c]),
            c if room == Room::Line && "|{}#".contains(c) => out.extend(['\\', c]),
            '.' | ')' if digits && next.is_whitespace() => out.extend(['\\', c]),
            c => out.push(c),
        }
        starts = c == '\n';
        last = c;
    }
    out
}

/// Whether a character means something wherever it stands.
fn is_mark(c: char, last: char, next: char) -> bool {
    let inside = last.is_alphanumeric() && next.is_alphanumeric();
    let apart = last == ' ' && next == ' ';
    match c {
        '\\' | '`' | '[' | ']' | '<' => true,
        '_' => !inside && !apart,
        '*' | '~' => !apart,
        '&' => next == '#' || next.is_alphanumeric(),
        _ => false,
    }
}

/// Plain words as HTML. A line feed becomes `line_break`.
pub(super) fn as_html(words: &str, line_break: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str(line_break),
            c if LINE_ENDS.contains(&c) => reference(&mut out, c),
            c => out.push(c),
        }
    }
    out
}
