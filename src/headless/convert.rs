//! Any article in one of our own formats, and whether that holds all of it.

use crate::article::{Document, load, native};

/// Our own formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// schema.org JSON-LD.
    Json,
    /// Its twin with front matter.
    Markdown,
}

/// A document in one of our own formats.
pub fn convert(doc: &Document, target: Target) -> String {
    match target {
        Target::Json => native::json(doc),
        Target::Markdown => native::markdown(doc),
    }
}

/// What is different in the document that is read of `written`; `None` where nothing is.
pub fn difference(doc: &Document, written: &str) -> Option<String> {
    let back = load::document(written.as_bytes().to_vec());
    let differs = [
        ("the head", back.head != doc.head),
        ("the text", back.text != doc.text),
        ("the blocks", back.blocks != doc.blocks || back.body != doc.body),
        ("the comments", back.comments != doc.comments),
        ("the styles", back.styles != doc.styles),
        ("the links", back.links != doc.links || back.anchors != doc.anchors),
        ("the pictures", back.pictures != doc.pictures),
        ("what to read next", back.related != doc.related),
        ("the notes", back.source.notes != doc.source.notes),
    ];
    let named: Vec<&str> = differs.into_iter().filter(|one| one.1).map(|one| one.0).collect();
    (!named.is_empty()).then(|| format!("not all of it is kept: {}", named.join(", ")))
}
