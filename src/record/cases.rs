//! Passages to be found again, one JSON object a line, for measuring how well that works.
//!
//! May not know: files.

use serde::{Deserialize, Serialize};

use super::anchor::{Verdict, relocate};
use super::offset::{byte_of, scalar_of};
use crate::text::span::Span;

/// A passage of a text, and the text after an edit. Offsets count Unicode scalar values.
#[derive(Deserialize)]
struct Case {
    id: serde_json::Value,
    original: String,
    edited: String,
    start: u32,
    end: u32,
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
/// for certain.
///
/// # Errors
/// If the line is no such object.
pub fn answer(line: &str) -> Result<String, serde_json::Error> {
    let case: Case = serde_json::from_str(line)?;
    let byte = |scalar| byte_of(&case.original, scalar);
    let found = relocate(&case.original, Span::new(byte(case.start), byte(case.end)), &case.edited);
    let span = found.span.filter(|_| found.verdict != Verdict::Ambiguous);
    serde_json::to_string(&Answer {
        id: case.id,
        start: span.map(|span| scalar_of(&case.edited, span.start)),
        end: span.map(|span| scalar_of(&case.edited, span.end)),
        verdict: found.verdict.name(),
    })
}
