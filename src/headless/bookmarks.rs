//! The reader's record as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::article::Document;
use crate::record::bookmark::Bookmark;
use crate::text::find::Query;
use crate::text::shown;
use crate::text::span::Span;

/// Bookmarks as a JSON array.
pub fn list_json(bookmarks: &[Bookmark]) -> String {
    let list: Vec<Value> = bookmarks.iter().map(object).collect();
    let mut text = serde_json::to_string_pretty(&list).unwrap_or_default();
    text.push('\n');
    text
}

fn object(bookmark: &Bookmark) -> Value {
    let origin = bookmark.origin();
    let anchor = bookmark.anchor();
    json!({
        "id": bookmark.id(),
        "created": bookmark.created(),
        "modified": bookmark.modified(),
        "exact": bookmark.words(),
        "note": bookmark.note(),
        "comment": anchor.comment.map(|comment| json!({"id": comment.id, "author": comment.author})),
        "article": origin.as_ref().map(|origin| json!({
            "key": origin.key.as_str(),
            "title": origin.title,
            "url": origin.url,
            "path": origin.path,
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
        let origin = bookmark.origin();
        let article = origin.and_then(|origin| origin.title.or(origin.url).or(origin.path));
        let day = bookmark.created().get(..10).unwrap_or_default();
        let article = article.unwrap_or_else(|| "an article without a title".into());
        let _ = writeln!(text, "  {} · {}\n", shown::line(day), shown::line(&article));
    }
    text
}

/// The passage of an article that has these words: the first one, typography folded.
pub fn passage(doc: &Document, words: &str) -> Option<Span> {
    let exact = doc.text.find(words).map(|at| Span::from(at..at + words.len()));
    exact
        .filter(|span| !span.is_empty())
        .or_else(|| Query::new(words)?.find(&doc.text).first().copied())
}
