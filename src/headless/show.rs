//! An article as plain wrapped text, for pipes and for eyes.

use std::fmt::Write as _;

use crate::article::{BlockKind, Document};
use crate::layout::flow::{Flow, Row, RowKind};
use crate::layout::folds::Folds;
use crate::layout::wrap;
use crate::text::shown;

/// The article, its comments and what to read next, in lines of at most `width` cells. No
/// character in it can do anything to a terminal.
pub fn show(doc: &Document, width: u16) -> String {
    let folds = Folds::new(doc);
    let mut text = String::with_capacity(doc.text.len() + doc.text.len() / 8);
    rows(&Flow::body(doc, &folds, width), &mut text);
    if !doc.comments.is_empty() {
        heading(&format!("Comments {}", doc.comments.len()), &mut text);
        rows(&Flow::comments(doc, &folds, width), &mut text);
    }
    if !doc.related.is_empty() {
        heading("Read next", &mut text);
        related(doc, width, &mut text);
    }
    text
}

fn heading(words: &str, text: &mut String) {
    text.push_str("\n\n");
    text.push_str(words);
    text.push('\n');
    text.push_str(&"=".repeat(shown::width(words)));
    text.push_str("\n\n");
}

fn related(doc: &Document, width: u16, text: &mut String) {
    for one in &doc.related {
        hanging("* ", &one.title, width, text);
        for more in [&one.summary, &one.url].into_iter().flatten() {
            hanging("  ", more, width, text);
        }
    }
}

/// Words in lines of a width, the first one after a mark and the others below its words.
fn hanging(mark: &str, words: &str, width: u16, text: &mut String) {
    for row in wrap::prose(words, width.saturating_sub(mark.len() as u16)) {
        let mark = if row.start == 0 { mark } else { "  " };
        let _ = writeln!(text, "{mark}{}", shown::line(row.of(words).trim_end()));
    }
}

fn rows(flow: &Flow<'_>, text: &mut String) {
    if flow.is_empty() {
        return;
    }
    for row in flow.rows_from(flow.span().start) {
        let start = text.len();
        match row.kind {
            RowKind::Blank => {}
            RowKind::Thread => text.push_str(&"-".repeat(usize::from(flow.width.min(24)))),
            RowKind::Rule(width) => {
                text.push_str(&" ".repeat(usize::from(row.indent)));
                text.push_str(&"-".repeat(usize::from(width)));
            }
            RowKind::Author => author(flow, &row, text),
            RowKind::Text if !row.cells.is_empty() => cells(flow, &row, text),
            RowKind::Text => words(flow, &row, text),
        }
        text.truncate(start + text.get(start..).unwrap_or_default().trim_end().len());
        text.push('\n');
    }
}

fn author(flow: &Flow<'_>, row: &Row, text: &mut String) {
    let Some(index) = flow.doc.comment_of_block(row.block as usize) else { return };
    let comment = &flow.doc.comments[index];
    let name = flow.doc.author(comment).unwrap_or("someone");
    text.push_str(&" ".repeat(usize::from(row.indent)));
    text.push_str(&shown::line(name));
    let score = comment.score().map(|score| format!("{score:+}"));
    for part in [flow.doc.comments.time(comment), score.as_deref()].into_iter().flatten() {
        text.push_str(" · ");
        text.push_str(&shown::line(part));
    }
}

/// The cells of a table, each in its place.
fn cells(flow: &Flow<'_>, row: &Row, text: &mut String) {
    let mut used = 0;
    let mut put = |x: u16, words: &str, room: u16| {
        text.push_str(&" ".repeat(usize::from(x.saturating_sub(used))));
        used = used.max(x);
        for glyph in shown::glyphs(words.trim_end()) {
            if used + glyph.width > x.saturating_add(room) {
                break;
            }
            text.push_str(&glyph.shown);
            used += glyph.width;
        }
    };
    for piece in &row.cells {
        if let Some(name) = piece.name {
            let room = piece.x.saturating_sub(row.indent + 1);
            let name = format!("{}:", flow.doc.slice(name));
            put(row.indent, &shown::fit(&name, usize::from(room)), room);
        }
        put(piece.x, flow.doc.slice(piece.span), u16::MAX);
    }
}

fn words(flow: &Flow<'_>, row: &Row, text: &mut String) {
    let block = &flow.doc.blocks[row.block as usize];
    let mark = match block.kind() {
        BlockKind::Rule => "* * *".to_owned(),
        BlockKind::Quote(level) => "> ".repeat(usize::from(level.min(4))),
        BlockKind::Item(_, Some(number)) if row.opens => format!("{number}. "),
        BlockKind::Item(_, None) if row.opens => "- ".to_owned(),
        BlockKind::Heading(level) if row.opens => format!("{} ", "#".repeat(usize::from(level))),
        _ => String::new(),
    };
    let indent = usize::from(row.indent).saturating_sub(mark.len());
    text.push_str(&" ".repeat(indent));
    text.push_str(&mark);
    text.push_str(&shown::line(flow.doc.slice(row.span).trim_end_matches('\n')));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Related;
    use crate::article::builder::{Builder, CommentHead};

    #[test]
    fn every_line_fits_and_nothing_is_left_out() {
        let mut builder = Builder::new();
        builder.title("The Tide Turns", "Ada Brandt");
        builder.paragraph("A long paragraph about the sea\u{1b}[2J, which is never quite still.");
        let author = Some("Bo".to_owned());
        builder.comment(&CommentHead { author, ..CommentHead::default() });
        builder.paragraph("It is still at slack water, as anyone who has rowed there knows.");
        let summary = Some("Times and prices for the whole of the summer.".to_owned());
        builder.related(Related { title: "Ferries".into(), summary, url: None });
        let text = show(&builder.finish(), 24);
        assert!(text.lines().all(|line| shown::width(line) <= 24), "{text}");
        for words in ["The Tide Turns", "␛[2J", "Bo", "rowed", "* Ferries", "summer."] {
            assert!(text.contains(words), "{words} in {text}");
        }
    }
}
