//! An article as plain wrapped text, for pipes and for eyes.

use std::fmt::Write as _;

use crate::article::{BlockKind, Document};
use crate::layout::flow::{Flow, Row, RowKind};
use crate::layout::folds::Folds;
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
        related(doc, &mut text);
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

fn related(doc: &Document, text: &mut String) {
    for one in &doc.related {
        let _ = writeln!(text, "* {}", shown::line(&one.title));
        for more in [&one.summary, &one.url].into_iter().flatten() {
            let _ = writeln!(text, "  {}", shown::line(more));
        }
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
            RowKind::Author => author(flow, row, text),
            RowKind::Text => words(flow, row, text),
        }
        text.truncate(start + text.get(start..).unwrap_or_default().trim_end().len());
        text.push('\n');
    }
}

fn author(flow: &Flow<'_>, row: Row, text: &mut String) {
    let Some(index) = flow.doc.comment_of_block(row.block as usize) else { return };
    let comment = &flow.doc.comments[index];
    let name = flow.doc.author(comment).unwrap_or("someone");
    text.push_str(&" ".repeat(usize::from(row.indent)));
    text.push_str(&shown::line(name));
    let score = comment.score.map(|score| format!("{score:+}"));
    for part in [comment.time.as_deref(), score.as_deref()].into_iter().flatten() {
        text.push_str(" · ");
        text.push_str(&shown::line(part));
    }
}

fn words(flow: &Flow<'_>, row: Row, text: &mut String) {
    let block = &flow.doc.blocks[row.block as usize];
    let mark = match block.kind {
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
