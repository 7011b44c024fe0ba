//! What of a letter is read: who wrote it, when, what it answers, and its words.
//!
//! May not know: other letters.

use mail_parser::{HeaderValue, Message, MimeHeaders, PartType};

use super::super::builder::one_line;
use super::super::markup::blocks::Piece;
use super::super::threads::html;
use super::words;

/// A letter.
#[derive(Debug, Default)]
pub(super) struct Letter {
    pub(super) id: String,
    /// Identifiers of those above it, the nearest last.
    pub(super) above: Vec<String>,
    pub(super) subject: Option<String>,
    pub(super) author: Option<String>,
    pub(super) time: Option<String>,
    pub(super) pieces: Vec<Piece>,
    /// How many attachments it has.
    pub(super) attached: usize,
}

/// Reads a letter.
pub(super) fn read(message: &Message<'_>) -> Letter {
    let mut above = ids(message.references());
    for id in ids(message.in_reply_to()) {
        if !above.contains(&id) {
            above.insert(0, id.clone());
            // Where there are no references it is the only one known.
            if message.references().is_empty() {
                above.rotate_left(1);
            }
        }
    }
    let from = message.from().or_else(|| message.sender()).and_then(|from| from.first());
    let named = from.and_then(|from| from.name.as_deref()).map(one_line);
    let local = || from.and_then(|from| from.address.as_deref()?.split('@').next().map(one_line));
    Letter {
        id: message.message_id().unwrap_or_default().to_owned(),
        above,
        subject: message.subject().map(one_line).filter(|subject| !subject.is_empty()),
        author: named.filter(|name| !name.is_empty() && !name.contains('@')).or_else(local),
        time: message.date().map(mail_parser::DateTime::to_rfc3339),
        pieces: body(message),
        attached: message.attachment_count(),
    }
}

/// How many identifiers a letter may name.
const ABOVE: usize = 200;

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Text(id) => vec![id.as_ref().to_owned()],
        HeaderValue::TextList(ids) => {
            let from = ids.len().saturating_sub(ABOVE);
            ids.iter().skip(from).map(|id| id.as_ref().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

/// The plain text where there is one, else the HTML.
fn body(message: &Message<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for &number in &message.text_body {
        let Some(part) = message.parts.get(number as usize) else { continue };
        match &part.body {
            PartType::Text(text) => {
                let flowed = part.content_type().and_then(|kind| kind.attribute("format"));
                let flowed = flowed.is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
                pieces.extend(if flowed { words::flowed(text) } else { words::set(text) });
            }
            PartType::Html(text) => pieces.extend(html(text)),
            _ => {}
        }
    }
    pieces
}
