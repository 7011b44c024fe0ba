//! Any article in one of our own formats, and whether that holds all of it.

use std::io::{self, Write};

use crate::article::{Document, load, native};

/// Our own formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// schema.org JSON-LD.
    Json,
    /// Its twin with front matter.
    Markdown,
}

/// Writes a document in one of our own formats, piece by piece.
///
/// # Errors
/// If `out` cannot be written to.
pub fn convert(doc: &Document, target: Target, out: &mut dyn Write) -> io::Result<()> {
    match target {
        Target::Json => native::write_json(doc, out),
        Target::Markdown => native::write_markdown(doc, out),
    }
}

/// What is different in the document that is read of what was `written`; `None` where nothing is.
pub fn difference(doc: &Document, written: Vec<u8>) -> Option<String> {
    let back = load::document(written);
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

/// Takes bytes in and hands them over as texts, none of which ends inside a character.
pub struct Texts<'a> {
    waiting: Vec<u8>,
    take: &'a mut dyn FnMut(&str) -> io::Result<()>,
}

/// How many bytes are handed over at once.
const ROOM: usize = 64 << 10;

impl<'a> Texts<'a> {
    /// `take` gets the texts. The last one is handed over when this is flushed.
    pub fn new(take: &'a mut dyn FnMut(&str) -> io::Result<()>) -> Self {
        Self { waiting: Vec::with_capacity(2 * ROOM), take }
    }
}

impl Write for Texts<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= ROOM {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let text = self.waiting.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        (self.take)(text)?;
        let taken = text.len();
        self.waiting.drain(..taken);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_inside_a_character() {
        let words = "Café, naïve, 日本. ".repeat(9000);
        let (mut all, mut most) = (String::new(), 0);
        let mut take = |text: &str| {
            all.push_str(text);
            most = most.max(text.len());
            Ok(())
        };
        let mut texts = Texts::new(&mut take);
        words.as_bytes().chunks(7).for_each(|chunk| texts.write_all(chunk).unwrap());
        texts.flush().unwrap();
        assert_eq!(all, words);
        assert!(most < ROOM + 7);
    }
}
