//! Blocks as Markdown. Each is read again as it is written: where Markdown's own marks do not give
//! it back, tags are tried.
//!
//! May not know: articles, comments.

use std::fmt;

use serde::{Serialize, Serializer};

use super::super::markdown;
use super::super::{BlockKind, Document, TableRow};
use super::inline::{Dialect, Room, written};
use super::{LINE_ENDS, Whole, wholes};

/// Stands behind a heading that belongs to a text, where one of the file's own is looked for.
pub(super) const IN_TEXT: &str = " {.text}";

/// Between two lists that would be read as one.
const APART: &str = "<!-- -->";

/// What the headings of a text could be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Headings {
    /// For nothing but what they are.
    Free,
    /// For the start of a discussion or of a comment.
    Marked,
}

/// The blocks of a document, or some of them, as Markdown, an empty line between any two.
#[derive(Clone, Debug)]
pub(super) struct Blocks<'a> {
    pub(super) doc: &'a Document,
    pub(super) range: std::ops::Range<u32>,
    pub(super) headings: Headings,
}

impl fmt::Display for Blocks<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut page = Page { out, is_empty: true, open: Vec::new(), headings: self.headings };
        let wholes = wholes(self.doc, self.range.clone());
        let alike = |_: &Whole<'_>, next: &Whole<'_>| next.kind == BlockKind::Row(TableRow::Later);
        wholes.chunk_by(alike).try_for_each(|run| match run {
            [row, ..] if is_row(row) => page.table(run),
            _ => run.iter().try_for_each(|whole| page.block(whole)),
        })
    }
}

/// In JSON as a string, of which no more than a block is in memory.
impl Serialize for Blocks<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

fn is_row(whole: &Whole<'_>) -> bool {
    matches!(whole.kind, BlockKind::Row(_))
}

fn cells(row: &Whole<'_>) -> usize {
    row.text.split('\t').count()
}

struct Page<'o, 'f> {
    out: &'o mut fmt::Formatter<'f>,
    /// Whether nothing was written yet.
    is_empty: bool,
    /// The open lists: how far what stands in an item is indented more, and its number.
    open: Vec<(usize, Option<u32>)>,
    headings: Headings,
}

impl Page<'_, '_> {
    fn block(&mut self, whole: &Whole<'_>) -> fmt::Result {
        if let BlockKind::Item(level, number) = whole.kind {
            return self.item(whole, usize::from(level), number);
        }
        self.open.clear();
        let text = self.tried(whole);
        self.add(&text)
    }

    fn add(&mut self, text: &str) -> fmt::Result {
        if !std::mem::take(&mut self.is_empty) {
            self.out.write_str("\n\n")?;
        }
        self.out.write_str(text)
    }

    /// The first form of a block that gives it back.
    fn tried(&self, whole: &Whole<'_>) -> String {
        let forms = [Dialect::Marks, Dialect::Tags, Dialect::Html].into_iter();
        let right =
            forms.map(|how| self.form(whole, how)).find(|text| is_read_as(text, whole, whole.kind));
        right.unwrap_or_else(|| self.form(whole, Dialect::Tags))
    }

    fn form(&self, whole: &Whole<'_>, dialect: Dialect) -> String {
        match whole.kind {
            BlockKind::Heading(level) => self.heading(whole, dialect, level),
            BlockKind::Quote(level) => quote(&written(whole, dialect, Room::Lines), level),
            BlockKind::Code => code(whole, dialect),
            BlockKind::Rule => "---".to_owned(),
            BlockKind::Row(_) => table(&[row(whole, dialect)]),
            _ => written(whole, dialect, Room::Lines),
        }
    }

    fn heading(&self, whole: &Whole<'_>, dialect: Dialect, level: u8) -> String {
        let sign = "#".repeat(usize::from(level.clamp(1, 6)));
        let mark = if self.headings == Headings::Marked { IN_TEXT } else { "" };
        format!("{sign} {}{mark}", written(whole, dialect, Room::Line))
    }

    /// An item below those that it belongs to; a list that is missing above it is opened.
    fn item(&mut self, whole: &Whole<'_>, level: usize, number: Option<u32>) -> fmt::Result {
        self.open.truncate(level + 1);
        let same = if self.open.len() > level { self.open.pop() } else { None };
        let goes_on = same.is_some_and(|(_, last)| match (last, number) {
            (Some(last), Some(number)) => last.checked_add(1) == Some(number),
            (last, number) => last.is_none() && number.is_none(),
        });
        if same.is_some_and(|(_, last)| last.is_some()) && number.is_some() && !goes_on {
            self.open.clear();
            self.add(APART)?;
        }
        let marker = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
        let mut first = " ".repeat(self.open.iter().map(|(width, _)| width).sum());
        while self.open.len() < level {
            first.push_str("- ");
            self.open.push((2, None));
        }
        self.open.push((marker.len(), number));
        let indent = " ".repeat(self.open.iter().map(|(width, _)| width).sum());
        let form = |how| written(whole, how, Room::Lines).replace('\n', &format!("\n{indent}"));
        let list = format!("{}{marker}", "- ".repeat(level));
        let alone = |text: &String| is_read_as(&format!("{list}{text}"), whole, whole.kind);
        let marks = Some(form(Dialect::Marks)).filter(alone);
        let text = marks.unwrap_or_else(|| form(Dialect::Tags));
        if goes_on {
            self.out.write_str("\n")?;
        } else {
            self.add("")?;
        }
        write!(self.out, "{first}{marker}{text}")
    }

    /// A table as Markdown has them, else in tags: one without a head, with rows of different
    /// lengths, or with words that Markdown cannot give back.
    fn table(&mut self, rows: &[Whole<'_>]) -> fmt::Result {
        self.open.clear();
        let head = BlockKind::Row(TableRow::Head);
        let even = rows.iter().all(|row| cells(row) == cells(&rows[0])) && rows[0].kind == head;
        let form = |whole: &Whole<'_>| {
            let mut forms = [Dialect::Marks, Dialect::Tags].into_iter().map(|how| row(whole, how));
            forms.find(|form| is_read_as(&table(std::slice::from_ref(form)), whole, head))
        };
        let marked: Option<Vec<String>> =
            rows.iter().map(|row| form(row).filter(|_| even)).collect();
        self.add(&marked.map_or_else(|| tagged(rows), |rows| table(&rows)))
    }
}

/// A table in tags.
fn tagged(rows: &[Whole<'_>]) -> String {
    let row = |row: &Whole<'_>| {
        let cell = if row.kind == BlockKind::Row(TableRow::Head) { "th" } else { "td" };
        let words = written(row, Dialect::Html, Room::Line);
        let words = words.replace('\t', &format!("</{cell}><{cell}>"));
        format!("<tr><{cell}>{words}</{cell}></tr>\n")
    };
    format!("<table>\n{}</table>", rows.iter().map(row).collect::<String>())
}

/// Whether a text is read as this one block, of a kind.
fn is_read_as(text: &str, whole: &Whole<'_>, kind: BlockKind) -> bool {
    let pieces = markdown::pieces(text);
    let [piece] = pieces.as_slice() else { return false };
    let mut styles = piece.passage.styles.clone();
    super::super::builder::arrange(&mut styles);
    piece.kind == kind
        && piece.passage.text == whole.text
        && styles == whole.styles
        && piece.passage.links == whole.links
        && piece.passage.anchors == whole.anchors
        && piece.passage.pictures == whole.pictures
}

fn quote(text: &str, level: u8) -> String {
    let mark = "> ".repeat(usize::from(level.max(1)));
    format!("{mark}{}", text.replace('\n', &format!("\n{mark}")))
}

/// Preformatted text: between fences, or in tags where something is set in it.
fn code(whole: &Whole<'_>, dialect: Dialect) -> String {
    let bare = whole.styles.is_empty() && whole.links.is_empty();
    let bare = bare && whole.anchors.is_empty() && whole.pictures.is_empty();
    let plain = bare && !whole.text.contains(LINE_ENDS);
    if plain && dialect == Dialect::Marks {
        let run = whole.text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(run.max(2) + 1);
        return format!("{fence}\n{}\n{fence}", whole.text);
    }
    let first = if whole.text.starts_with('\n') { "\n" } else { "" };
    format!("<pre>{first}{}</pre>", written(whole, Dialect::Html, Room::Lines))
}

/// The cells of a row between bars. What is set across two cells is not kept.
fn row(whole: &Whole<'_>, dialect: Dialect) -> String {
    format!("| {} |", written(whole, dialect, Room::Line).replace('\t', " | "))
}

/// Rows, the first of which Markdown calls the head.
fn table(rows: &[String]) -> String {
    let bars = rows.first().map_or(0, |row| row.replace("\\|", "").matches('|').count());
    let rule = format!("|{}", " --- |".repeat(bars.saturating_sub(1)));
    let mut lines: Vec<&str> = rows.iter().map(String::as_str).collect();
    lines.insert(1.min(lines.len()), &rule);
    lines.join("\n")
}
