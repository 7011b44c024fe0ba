//! Bookmarks in the forms that other programs and other people read.
//!
//! `markdown` is meant for a folder of notes: the quoted words, the note, and one line of where
//! and when, grouped by article. [`super::import`] reads it back. `web` is the Web Annotation
//! model's collection of annotations (<https://www.w3.org/TR/annotation-model/#collections>).
//!
//! May not know: files, clocks, screens.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::bookmark::Bookmark;
use super::origin::{Origin, fingerprint};

/// What parts the facts of the last line of an entry.
pub(super) const DOT: &str = " · ";

/// What the last line of an entry starts with.
pub(super) const DASH: &str = "— ";

/// The title of an article that has none.
pub(super) const UNTITLED: &str = "Untitled";

/// Where nothing stands.
pub(super) const NONE: &str = "-";

/// Signs that Markdown would take for more than themselves.
const SIGNS: [char; 10] = ['\\', '`', '*', '_', '[', ']', '<', '>', '#', '|'];

/// One page with all bookmarks, as indented JSON-LD.
pub fn web(bookmarks: &[Bookmark]) -> String {
    let items: Vec<Value> =
        bookmarks.iter().map(|bookmark| Value::Object(bookmark.as_object().clone())).collect();
    let ids: String = bookmarks.iter().flat_map(|bookmark| [bookmark.id(), "\n"]).collect();
    let id = format!("urn:recto:bookmarks:{}", fingerprint(&ids));
    let page = format!("{id}:1");
    let collection = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": id,
        "type": "AnnotationCollection",
        "label": "Bookmarks",
        "total": items.len(),
        "first": {
            "id": page,
            "type": "AnnotationPage",
            "partOf": id,
            "startIndex": 0,
            "items": items,
        },
        "last": page,
    });
    format!("{}\n", printable(&format!("{collection:#}")))
}

/// JSON without characters that a terminal obeys: they can stand in strings only.
pub fn printable(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}' => drop(write!(text, "\\u{:04x}", u32::from(c))),
            c => text.push(c),
        }
    }
    text
}

/// All bookmarks as Markdown, by article and place.
pub fn markdown(bookmarks: &[Bookmark]) -> String {
    let mut sorted: Vec<(Option<Origin>, &Bookmark)> =
        bookmarks.iter().map(|bookmark| (bookmark.origin(), bookmark)).collect();
    let key = |origin: &Option<Origin>| origin.as_ref().map(|origin| origin.key.clone());
    sorted.sort_by_cached_key(|(origin, bookmark)| (key(origin), bookmark.anchor().start));
    let mut text = String::new();
    for article in sorted.chunk_by(|one, next| key(&one.0) == key(&next.0)) {
        let latest = article.iter().max_by_key(|(_, bookmark)| bookmark.created());
        if let Some(origin) = latest.and_then(|(origin, _)| origin.as_ref()) {
            head(&mut text, origin);
        }
        for (_, bookmark) in article {
            entry(&mut text, bookmark);
        }
    }
    text
}

fn head(text: &mut String, origin: &Origin) {
    let _ = writeln!(text, "# {}\n", escaped(&line(origin.title.as_deref().unwrap_or(UNTITLED))));
    if let Some(author) = &origin.author {
        let _ = write!(text, "{}{DOT}", escaped(&line(author)));
    }
    let key = origin.key.as_str();
    let _ = match (&origin.url, &origin.path) {
        (Some(url), _) if is_plain(url) => writeln!(text, "<{url}>\n"),
        (_, Some(path)) => writeln!(text, "[{}](urn:recto:{key})\n", escaped(&line(path))),
        (_, None) => writeln!(text, "[no address](urn:recto:{key})\n"),
    };
}

/// Whether an address can stand between angle brackets.
fn is_plain(url: &str) -> bool {
    !url.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'))
}

fn entry(text: &mut String, bookmark: &Bookmark) {
    for words in bookmark.words().split('\n') {
        let words = escaped(&line(words));
        let _ = writeln!(text, "{}", format!("> {words}").trim_end());
    }
    text.push('\n');
    if let Some(note) = bookmark.note() {
        for words in note.trim().lines() {
            let words = without_controls(words);
            // So that no line of a note is taken for the last line of an entry.
            let guard = if words.starts_with(['—', '\\']) { "\\" } else { "" };
            let _ = writeln!(text, "{guard}{words}");
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{DASH}{}\n", facts(bookmark).join(DOT));
}

/// Where, by whom, tags, when; the last one is a link that carries what only programs read: the
/// identity, the times, the first character and the comment's identifier.
fn facts(bookmark: &Bookmark) -> Vec<String> {
    let anchor = bookmark.anchor();
    let place = match &anchor.comment {
        None => "article".to_owned(),
        Some(comment) => {
            let author = comment.author.as_deref().map(|author| format!(" by {}", line(author)));
            escaped(&format!("comment{}", author.unwrap_or_default()))
        }
    };
    let at = (anchor.start != u32::MAX).then(|| anchor.start.to_string());
    let comment = anchor.comment.map(|comment| encoded(&comment.id));
    let [at, comment] = [at, comment].map(|fact| fact.unwrap_or_else(|| NONE.into()));
    let tags = bookmark.tags().into_iter().map(|tag| format!("#{}", escaped(&line(tag))));
    let when = bookmark.created();
    let day = when.get(..10).filter(|day| is_plain(day)).unwrap_or("undated");
    let id = encoded(bookmark.id());
    let times = [bookmark.created(), bookmark.modified()]
        .map(|time| time.chars().filter(|&c| is_name(c)).collect::<String>());
    let link = format!("[{day}]({id} \"{} {} {at} {comment}\")", times[0], times[1]);
    [place].into_iter().chain(tags).chain([link]).collect()
}

/// Whether a character may stand in the address of a link.
const fn is_name(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '(' | ')' | '<' | '>' | '"' | '\\')
}

/// An identifier as the address of a link.
fn encoded(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        let _ = match char::from(byte) {
            c if is_name(c) && c != '%' => write!(out, "{c}"),
            _ => write!(out, "%{byte:02X}"),
        };
    }
    out
}

/// What [`encoded`] was made of.
pub(super) fn decoded(address: &str) -> String {
    let mut out = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).filter(|_| *first == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Text as one line without characters that a terminal obeys.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn without_controls(text: &str) -> String {
    text.chars().filter(|&c| !c.is_control() || c == '\t').collect()
}

/// Text as Markdown that shows it as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let listed = digits > 0 || text.starts_with(['-', '+']);
    for (at, c) in text.char_indices() {
        let starts_item = listed && at == digits && matches!(c, '.' | ')' | '-' | '+');
        if SIGNS.contains(&c) || starts_item {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What [`escaped`] was made of.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(c) = signs.next() {
        let next = signs.as_str().chars().next();
        out.push(match next {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => signs.next().unwrap_or(c),
            _ => c,
        });
    }
    out
}
