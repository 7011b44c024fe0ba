//! The reader's record as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::article::Document;
use crate::record::anchor::{Found, Verdict};
use crate::record::bookmark::Bookmark;
use crate::record::changes::{Change, changes};
use crate::record::export::printable;
use crate::store::Counts;
use crate::text::find::Query;
use crate::text::shown;
use crate::text::span::Span;

/// Bookmarks as a JSON array.
pub fn list_json(bookmarks: &[Bookmark]) -> String {
    let list: Vec<Value> = bookmarks.iter().map(object).collect();
    let mut text = serde_json::to_string_pretty(&list).unwrap_or_default();
    text.push('\n');
    printable(&text)
}

fn object(bookmark: &Bookmark) -> Value {
    let origin = bookmark.origin();
    let anchor = bookmark.anchor();
    json!({
        "id": bookmark.id(),
        "created": bookmark.created(),
        "modified": bookmark.modified(),
        "exact": bookmark.words(),
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "start": Some(anchor.start).filter(|&start| start != u32::MAX),
        "end": Some(anchor.end).filter(|&end| end != u32::MAX),
        "note": bookmark.note(),
        "tags": bookmark.tags(),
        "comment": anchor.comment.map(|comment| json!({"id": comment.id, "author": comment.author})),
        "article": origin.as_ref().map(|origin| json!({
            "key": origin.key.as_str(),
            "title": origin.title,
            "author": origin.author,
            "url": origin.url,
            "path": origin.path,
            "text": origin.text,
        })),
    })
}

/// Bookmarks for eyes: the words, the note, the article.
pub fn list_text(bookmarks: &[Bookmark]) -> String {
    let mut text = String::new();
    for bookmark in bookmarks {
        let _ = writeln!(text, "★ {}", shown::line(bookmark.words()));
        if let Some(note) = bookmark.note() {
            let _ = writeln!(text, "  {}", shown::line(note));
        }
        if !bookmark.tags().is_empty() {
            let _ = writeln!(text, "  #{}", shown::line(&bookmark.tags().join(" #")));
        }
        let origin = bookmark.origin();
        let article = origin.and_then(|origin| origin.title.or(origin.url).or(origin.path));
        let day = bookmark.created().get(..10).unwrap_or_default();
        let article = article.unwrap_or_else(|| "an article without a title".into());
        let _ = writeln!(text, "  {} · {}\n", shown::line(day), shown::line(&article));
    }
    text
}

/// A bookmark and what became of it in an article.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The file of the article, as the reader named it.
    pub file: &'a str,
    /// The bookmark.
    pub bookmark: &'a Bookmark,
    /// Its place.
    pub found: Found,
    /// The words that stand there.
    pub now: &'a str,
}

/// What became of bookmarks, as a JSON array.
pub fn check_json(checked: &[Checked]) -> String {
    let list: Vec<Value> = checked.iter().map(verdict).collect();
    let text = serde_json::to_string_pretty(&list).unwrap_or_default();
    printable(&text) + "\n"
}

fn verdict(checked: &Checked) -> Value {
    let exact = checked.bookmark.words();
    let is_there = checked.found.span.is_some();
    let is_edited = checked.found.verdict == Verdict::Edited;
    let runs = || changes(exact, checked.now);
    let diff = is_edited.then(|| runs().iter().map(|run| json!([run.0.sign(), run.1])).collect());
    json!({
        "file": checked.file,
        "id": checked.bookmark.id(),
        "verdict": checked.found.verdict.name(),
        "exact": exact,
        "prefix": checked.bookmark.anchor().prefix,
        "now": is_there.then_some(checked.now),
        "diff": diff.map(Value::Array),
        "note": checked.bookmark.note(),
    })
}

/// What became of bookmarks, one line each: verdict and words. Of an edited passage the words
/// that are gone stand in `[-…-]` and those that are new in `{+…+}`, as git writes it.
pub fn check_text(checked: &[Checked]) -> String {
    let mut text = String::new();
    let several = checked.iter().any(|one| one.file != checked[0].file);
    for one in checked {
        let words = match one.found.verdict {
            Verdict::Edited => diff(one.bookmark.words(), one.now),
            Verdict::Lost => format!("{}[{}]", one.bookmark.anchor().prefix, one.bookmark.words()),
            _ => one.bookmark.words().to_owned(),
        };
        let file = if several { format!("{}: ", one.file) } else { String::new() };
        let line = shown::line(&format!("{file}{:<9}  {words}", one.found.verdict.name()));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn diff(old: &str, new: &str) -> String {
    let run = |(change, words): &(Change, &str)| match change {
        Change::Kept => (*words).to_owned(),
        Change::Gone => format!("[-{words}-]"),
        Change::New => format!("{{+{words}+}}"),
    };
    changes(old, new).iter().map(run).collect::<Vec<_>>().join(" ")
}

/// What an import did, as one line.
pub fn import_text(counts: Counts, refused: usize) -> String {
    let Counts { added, newer, unchanged } = counts;
    format!("{added} added, {newer} newer, {unchanged} unchanged, {refused} left out\n")
}

/// The passage of an article that has these words: the first one, typography folded.
pub fn passage(doc: &Document, words: &str) -> Option<Span> {
    let exact = doc.text.find(words).map(|at| Span::from(at..at + words.len()));
    exact
        .filter(|span| !span.is_empty())
        .or_else(|| Query::words(words)?.find(&doc.text).first().copied())
}
