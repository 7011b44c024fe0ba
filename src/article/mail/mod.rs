//! Mail: one letter, or a file of many with their answers, threaded as Jamie Zawinski described
//! (<https://www.jwz.org/doc/threading.html>); and web pages saved as letters (MHTML).
//!
//! An address never enters the document: people are shown by their names, or by what stands
//! before the `@`. May not know: feeds, discussions of sites.

mod letter;
pub(super) mod maildir;
mod mbox;
mod thread;
mod words;

use std::borrow::Cow;

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::deadline::Deadline;
use super::decode::decoded;
use super::entries::chosen;
use super::{Document, Format, Wanted, html, plain, threads};

/// How far into a file its first header lines are looked at, in bytes.
const PROBE: usize = 8 << 10;

/// How many letters are read.
const LETTERS: usize = 100_000;

/// A document of a letter, of a file of letters, or of a page saved as a letter; `None` where the
/// bytes begin as none of these.
pub(super) fn read(bytes: &[u8], wanted: Wanted<'_>) -> Option<Document> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes.get(start..)?);
    let is_mbox = mbox::begins(bytes);
    if !is_mbox && !has_headers(bytes) {
        return None;
    }
    let parts = if is_mbox { mbox::split(bytes) } else { vec![bytes.into()] };
    let parser = MessageParser::default();
    let on = |_: &&Cow<'_, [u8]>| !wanted.deadline.is_over();
    let taken = parts.iter().take(LETTERS).take_while(on);
    let parsed = taken.map(|part| parser.parse(part.as_ref()));
    let parsed: Vec<Option<Message<'_>>> = parsed.collect();
    // Where the time is over the file is shown as text.
    (parsed.len() == parts.len().min(LETTERS)).then_some(())?;
    let messages: Vec<Message<'_>> = parsed.into_iter().flatten().collect();
    if let [message] = messages.as_slice()
        && let Some(page) = page(message, wanted.deadline)
    {
        return Some(page);
    }
    let read = messages.iter().take_while(|_| !wanted.deadline.is_over()).map(letter::read);
    let letters: Vec<_> = read.collect();
    (letters.len() == messages.len()).then_some(())?;
    let mut notes = Vec::new();
    if parts.len() > LETTERS {
        notes.push(format!(
            "letters after the first {LETTERS} are left out: {}",
            parts.len() - LETTERS
        ));
    }
    if messages.last().is_some_and(is_open) {
        notes.push("the last letter ends before its end".to_owned());
    }
    let attached: usize = letters.iter().map(|letter| letter.attached).sum();
    if attached > 0 {
        notes.push(format!("attachments that are not shown: {attached}"));
    }
    letters.first()?;
    if letters.iter().all(|letter| letter.pieces.is_empty()) {
        return Some(damaged(bytes, wanted.deadline));
    }
    let talk = chosen(thread::entries(letters), wanted.part, Format::Mail, notes);
    Some(threads::build(talk))
}

/// A part of a page saved as a letter, by an address where it lay or by its own name (RFC 2557).
pub(super) fn part(bytes: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let message = MessageParser::default().parse(bytes)?;
    let found = message.parts.iter().find(|part| {
        let own = part.content_id().map(|id| format!("cid:{}", id.trim_matches(['<', '>'])));
        names
            .iter()
            .any(|&name| part.content_location() == Some(name) || own.as_deref() == Some(name))
    });
    found.map(|part| part.contents().to_vec())
}

/// A letter whose parts cannot be told apart: the page in it, if one begins in it, else its text
/// as it stands.
fn damaged(bytes: &[u8], deadline: Deadline<'_>) -> Document {
    let text = decoded(bytes.to_vec());
    let lower = text.to_ascii_lowercase();
    let start = ["<!doctype", "<html", "<body"].iter().find_map(|tag| lower.find(tag));
    let note = "a letter whose parts cannot be told apart";
    let mut doc = match start.and_then(|start| text.get(start..)) {
        Some(page) if page.contains("=3D") => html::page(&printable(page), deadline),
        Some(page) => html::page(page, deadline),
        None => plain::read(&text),
    };
    if doc.blocks.is_empty() {
        doc = plain::read(&text);
    }
    doc.source.format = if start.is_some() { Format::Mhtml } else { Format::Mail };
    doc.source.notes.insert(0, note.to_owned());
    doc
}

/// A text without its quoted-printable marks (RFC 2045).
fn printable(text: &str) -> String {
    let text = text.replace("=\r\n", "").replace("=\n", "");
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(part.bytes().skip(2));
            }
            None => bytes.extend(b"=".iter().copied().chain(part.bytes())),
        }
    }
    decoded(bytes)
}

/// Headers that a letter begins with, one of which must be among the first lines.
const HEADERS: [&str; 9] = [
    "received",
    "return-path",
    "mime-version",
    "message-id",
    "delivered-to",
    "content-type",
    "snapshot-content-location",
    "in-reply-to",
    "x-mailer",
];

/// Whether the bytes begin with the headers of a letter: lines of `Name: value`, of which one is
/// a letter's own, or both of `From` and `Subject` or `Date`.
fn has_headers(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(PROBE)).unwrap_or_default());
    let (mut own, mut from, mut about, mut count) = (false, false, false, 0);
    for line in head.lines() {
        if line.starts_with([' ', '\t']) && count > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        let lower = name.to_ascii_lowercase();
        let plain = lower.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !plain || lower.is_empty() {
            break;
        }
        count += 1;
        own |= HEADERS.contains(&lower.as_str());
        from |= lower == "from";
        about |= matches!(lower.as_str(), "subject" | "date" | "to");
    }
    count >= 2 && (own && (from || about) || from && about || own && count >= 3)
}

/// Whether a letter of several parts lacks the line that ends them (RFC 2046).
fn is_open(message: &Message<'_>) -> bool {
    let line = message.content_type().and_then(|kind| kind.attribute("boundary"));
    let end = line.map(|line| format!("--{line}--").into_bytes());
    end.is_some_and(|end| !message.raw_message.windows(end.len()).any(|part| part == end))
}

/// The page that a letter is, if it is one: its parts belong together, and nobody sent it.
fn page(message: &Message<'_>, deadline: Deadline<'_>) -> Option<Document> {
    let saved = message.header("Snapshot-Content-Location").is_some();
    let kind = message.content_type();
    let related =
        kind.is_some_and(|kind| kind.ctype() == "multipart" && kind.subtype() == Some("related"));
    let unsent = message.to().is_none() && message.message_id().is_none();
    (saved || related && unsent).then_some(())?;
    let found = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html),
        _ => None,
    });
    let mut doc = html::page(found?, deadline);
    doc.source.format = Format::Mhtml;
    if is_open(message) {
        doc.source.notes.push("the file ends before its end: what is there is shown".to_owned());
    }
    let address = message.header_raw("Snapshot-Content-Location").map(|url| url.trim().to_owned());
    doc.head.url = doc.head.url.take().or(address).filter(|url| url.contains("://"));
    Some(doc)
}
