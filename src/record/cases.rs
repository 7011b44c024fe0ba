//! Passages to be found again, one JSON object a line, for measuring how well that works.
//!
//! May not know: files.

use serde::{Deserialize, Serialize};

use super::anchor::{Anchor, Found, Verdict, relocate, relocate_words};
use super::offset::{byte_of, scalar_of};
use crate::text::span::Span;

/// A passage of a text, and the text after an edit. Offsets count Unicode scalar values.
#[derive(Deserialize)]
struct Case {
    id: serde_json::Value,
    /// Where it is missing, the words below are all that is known.
    original: Option<String>,
    edited: String,
    start: u32,
    end: u32,
    #[serde(default)]
    exact: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
}

/// Where the passage is now.
#[derive(Serialize)]
struct Answer {
    id: serde_json::Value,
    start: Option<u32>,
    end: Option<u32>,
    verdict: &'static str,
}

/// Answers one line `{"id", "original", "edited", "start", "end"}` by one line `{"id",
/// "start", "end", "verdict"}`; `start` and `end` are null where the passage cannot be found
/// for certain. Instead of `original` there may be `exact`, `prefix` and `suffix`.
///
/// # Errors
/// If the line is no such object.
pub fn answer(line: &str) -> Result<String, serde_json::Error> {
    let case: Case = serde_json::from_str(line)?;
    let found = found(&case);
    let span = found.span.filter(|_| found.verdict != Verdict::Ambiguous);
    serde_json::to_string(&Answer {
        id: case.id,
        start: span.map(|span| scalar_of(&case.edited, span.start)),
        end: span.map(|span| scalar_of(&case.edited, span.end)),
        verdict: found.verdict.name(),
    })
}

fn found(case: &Case) -> Found {
    let Some(original) = &case.original else {
        let (exact, prefix) = (case.exact.clone(), case.prefix.clone());
        let (suffix, start, end) = (case.suffix.clone(), case.start, case.end);
        let anchor = Anchor { exact, prefix, suffix, start, end, comment: None };
        return relocate_words(&anchor, &case.edited);
    };
    let [start, end] = [case.start, case.end].map(|scalar| byte_of(original, scalar));
    relocate(original, Span::new(start, end), &case.edited)
}
