//! What must hold for any bytes, one function a target. The checks are those of the tests.
//!
//! ```text
//! cargo install cargo-fuzz
//! RUSTC_BOOTSTRAP=1 cargo fuzz run -s none html -- -max_len=4096 -max_total_time=600
//! ```
//!
//! For `keys`, `anchor` and `analysis` add `-len_control=0 -max_len=800`: what a few bytes can do there
//! is little, and long ones take long.

use std::sync::OnceLock;

use recto::analysis::Analysis;
use recto::app::action::News;
use recto::app::keys::{self, Key};
use recto::article::{Document, load};
use recto::headless::{inspect, show, tag};
use recto::layout::panes::{Pane, Size};
use recto::record::anchor::{Anchor, relocate, relocate_words};
use recto::record::bookmark::Bookmark;
use recto::record::{export, import};
use recto::text::shown;
use recto::text::span::Span;
use recto::ui::theme::Theme;

#[path = "../../tests/any_bytes/invariants.rs"]
mod invariants;
#[path = "../../tests/reading/world.rs"]
mod world;

use invariants::check;
use world::World;

/// Whatever the bytes are taken for.
pub fn any(data: &[u8]) {
    check(data.to_vec());
}

/// The source of a web page, with a discussion or without.
pub fn html(data: &[u8]) {
    begun(&["<!DOCTYPE html><body>", "<!DOCTYPE html><body><ol class=commentlist>"], data);
}

/// Markdown, with front matter or without.
pub fn markdown(data: &[u8]) {
    begun(&["# T\n\n", "---\ntitle: x\n---\n", "+++\n", "# T\n\n## Comments\n\n### A\n\n"], data);
}

/// JSON of the threads that are known, and our own.
pub fn json(data: &[u8]) {
    begun(&[r#"{"@type":"Article","#, r#"[{"kind":"Listing","data":"#, "{", "["], data);
}

/// Feeds and exports.
pub fn feed(data: &[u8]) {
    begun(
        &["<?xml version=\"1.0\"?><rss><channel><item>", "<feed><entry>", "<disqus><thread>"],
        data,
    );
}

/// Letters, mailboxes and pages saved as letters.
pub fn mail(data: &[u8]) {
    let starts = ["From a Mon Sep 30 16:00:00 2024\nSubject: x\n", "Subject: x\nFrom: a\n"];
    begun(&starts, data);
}

/// The text of a web page.
pub fn page_text(data: &[u8]) {
    begun(&["Tide\n\n3 Comments\n", "PORTO – The tide turned.\n", "Comments\nAnn says:\n"], data);
}

/// Packed files: gzip, zstd, zip, WARC.
pub fn unpack(data: &[u8]) {
    let starts: [&[u8]; 4] = [
        b"\x1f\x8b\x08",
        b"\x28\xb5\x2f\xfd",
        b"PK\x03\x04",
        b"WARC/1.0\r\nWARC-Type: response\r\n",
    ];
    let (start, rest) = choose(&starts, data);
    check([start, rest].concat());
}

/// Names and links in any text with any comments.
pub fn analysis(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    tag::tag(&text, |_| Ok(())).expect("nothing fails");
    let doc = checked(&text);
    let found = Analysis::of(&doc);
    let inside = |span: &Span| assert!(doc.text.get(span.range()).is_some_and(|it| !it.is_empty()));
    found.names.mentions.iter().map(|mention| mention.span).for_each(|span| inside(&span));
    found.names.entities.iter().flat_map(|entity| &entity.mentions).for_each(inside);
    found
        .links
        .all
        .links
        .iter()
        .flat_map(|link| [link.from, link.to])
        .for_each(|span| inside(&span));
    let value = inspect::inspect(&doc, &found, None);
    assert!(value.is_object());
    show::show(&doc, 40);
}

/// A passage of one text, looked for in another.
pub fn anchor(data: &[u8]) {
    let [first, second, rest @ ..] = data else { return };
    let text = String::from_utf8_lossy(rest);
    let (old, new) = text.split_once('\u{1}').unwrap_or((&text, &text));
    let (start, end) = (place(old, *first), place(old, *second));
    let span = Span::new(start.min(end), start.max(end));
    let (old_doc, doc) = (checked(old), checked(new));
    let within = Span::new(place(&old_doc.text, *first), old_doc.text.len() as u32);
    let anchor = Anchor::of(&old_doc, within);
    let found = [relocate(old, span, new), relocate_words(&anchor, new)].map(|found| (found, new));
    let kept = [anchor.find(&doc), anchor.find_with(&old_doc.text, &doc)];
    for (found, text) in found.into_iter().chain(kept.map(|found| (found, &*doc.text))) {
        assert!(found.span.is_none_or(|span| text.get(span.range()).is_some()));
    }
}

/// How any text is shown.
pub fn shown(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut at = 0;
    for glyph in shown::glyphs(&text) {
        assert_eq!(glyph.at, at);
        assert!(!glyph.shown.chars().any(obeyed));
        at = glyph.end;
    }
    assert_eq!(at as usize, text.len());
    assert!(!shown::line(&text).chars().any(obeyed));
    let cells = usize::from(data.first().copied().unwrap_or_default());
    assert!(shown::width(&shown::fit(&text, cells)) <= cells);
}

/// What a terminal would obey, or what would reorder a line.
fn obeyed(ch: char) -> bool {
    let reorders = matches!(ch, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    ch.is_control() || reorders || matches!(ch, '\u{2028}' | '\u{2029}')
}

/// Files of the reader's record, damaged in any way.
pub fn store(data: &[u8]) {
    let mut bookmarks = import::read(data).bookmarks;
    bookmarks.extend(Bookmark::from_json(data));
    for bookmark in &bookmarks {
        bookmark.anchor();
        bookmark.origin();
        let again = Bookmark::from_json(&bookmark.to_json()).expect("what is written can be read");
        assert_eq!(again.id(), bookmark.id());
    }
    if let [one, other, ..] = &mut bookmarks[..] {
        one.merge(other);
    }
    import::read(export::web(&bookmarks).as_bytes());
    import::read(export::markdown(&bookmarks).as_bytes());
}

/// Any keys on any text at any size. A text of some screens and a screen of some rows are enough
/// for every key to do what it can; what is saved is the number of keys in a second.
pub fn keys(data: &[u8]) {
    let [width, height, count, rest @ ..] = data else { return };
    let (pressed, text) = rest.split_at(rest.len().min(usize::from(*count)));
    let text = text.get(..text.len().min(1024)).unwrap_or_default();
    let known = KNOWN.get_or_init(|| {
        let bindings = keys::table().into_iter().flat_map(|(_, bindings)| bindings);
        let sequences: Vec<Vec<Key>> = bindings.flat_map(|it| it.sequences()).collect();
        sequences
    });
    let doc = load::document(article(&String::from_utf8_lossy(text)).into_bytes());
    let size = Size { width: u16::from(*width) % 150, height: u16::from(*height) % 45 };
    let mut world = World::new(doc, size);
    for &key in pressed {
        match known.get(usize::from(key)) {
            Some(sequence) => sequence.iter().for_each(|&key| world.key(key)),
            None => world.act(News::Resize(Size { width: u16::from(key) % 150, height: 20 })),
        }
        for pane in [Pane::Body, Pane::Comments] {
            let (flow, at) = (world.model.flow(pane), world.model.place(pane).at);
            assert!(flow.is_empty() || flow.row_at(at).is_some());
            assert!(world.model.doc.text.is_char_boundary(at as usize));
        }
        let signs = |address: &str| address.bytes().all(|it| it.is_ascii_graphic() && it != b';');
        let links = world.model.hyperlinks();
        assert!(links.iter().all(|link| signs(link.target.address.as_str())));
        world.screen(&Theme::coloured());
    }
}

/// The sequences of the table.
static KNOWN: OnceLock<Vec<Vec<Key>>> = OnceLock::new();

/// An article whose comments are parted from it by form feeds, each answering the one before
/// it where its first letter is a `>`.
fn article(text: &str) -> String {
    let mut parts = text.split('\u{c}');
    let body = parts.next().unwrap_or_default();
    let comment = |(number, text): (usize, &str)| {
        let parent = text.strip_prefix('>').and(number.checked_sub(1));
        serde_json::json!({
            "@type": "Comment", "@id": format!("c{number}"), "text": text,
            "author": {"name": text.lines().next().unwrap_or_default()},
            "parentItem": parent.map(|parent| serde_json::json!({"@id": format!("c{parent}")})),
        })
    };
    let comments: Vec<_> = parts.enumerate().map(comment).collect();
    let article = serde_json::json!({
        "@context": "https://schema.org", "@type": "Article", "headline": "T",
        "articleBody": body, "comment": comments,
    });
    article.to_string()
}

fn checked(text: &str) -> Document {
    check(article(text).into_bytes())
}

/// The start of a file of some format, and the data after it.
fn begun(starts: &[&str], data: &[u8]) {
    let starts: Vec<&[u8]> = starts.iter().map(|start| start.as_bytes()).collect();
    let (start, rest) = choose(&starts, data);
    check([start, rest].concat());
}

fn choose<'a>(starts: &[&'a [u8]], data: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    match data.split_first() {
        Some((first, rest)) => (starts[usize::from(*first) % starts.len()], rest),
        None => (starts[0], data),
    }
}

/// A place in a text: so many 255ths of it, between two characters.
fn place(text: &str, part: u8) -> u32 {
    let at = text.len() * usize::from(part) / 255;
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0) as u32
}
