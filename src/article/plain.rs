//! Text without a shape that we know: paragraphs, quoted lines, and perhaps a title.
//!
//! May not know: the other formats.

use std::borrow::Cow;

use super::builder::Builder;
use super::bulk::Bulk;
use super::lines::{Paragraph, paragraphs};
use super::spread::SEPARATOR;
use super::words::Words;
use super::{Block, BlockKind, Document, Head};
use crate::text::span::Span;

/// Longest first line, in characters, that may be a title.
const TITLE: usize = 100;

/// A document of the text as it stands.
pub(super) fn read(text: &str) -> Document {
    copied(&paragraphs(text))
}

/// What a text is to become: it is known before the text is touched.
#[derive(Debug)]
pub(super) enum Plan {
    /// Its lines are its paragraphs: they are brought to their places, and nothing is copied.
    Moved(Bulk<Block>, Option<String>),
    /// It is made of copies of it already.
    Copied(Box<Document>),
}

impl From<Document> for Plan {
    fn from(doc: Document) -> Self {
        Self::Copied(doc.into())
    }
}

impl Plan {
    /// What the text becomes that these paragraphs are of.
    pub(super) fn of(text: &str, paragraphs: &[Paragraph<'_>]) -> Self {
        let Some(places) = places(text, paragraphs) else {
            return copied(paragraphs).into();
        };
        let title = title(paragraphs);
        let kinds = paragraphs.iter().map(kind).zip(&places);
        let block = |(kind, &span)| Block::new(span, kind);
        let mut blocks: Bulk<Block> = kinds.map(block).collect();
        if let Some(first) = blocks.first_mut().filter(|_| title.is_some()) {
            *first = first.turned(BlockKind::Title);
        }
        Self::Moved(blocks, title)
    }

    /// The document, made of the text itself.
    pub(super) fn carry_out(self, text: Words) -> Document {
        match self {
            Self::Moved(blocks, title) => titled(Builder::of_blocks(text, blocks), title),
            Self::Copied(doc) => *doc,
        }
    }
}

/// Where paragraphs stand in the text; `None` where one was joined of several lines.
fn places(text: &str, paragraphs: &[Paragraph<'_>]) -> Option<Bulk<Span>> {
    let place = |paragraph: &Paragraph<'_>| {
        let Cow::Borrowed(words) = paragraph.text else { return None };
        let start = words.as_ptr().addr() - text.as_ptr().addr();
        Some(Span::from(start..start + words.len()))
    };
    paragraphs.iter().map(place).collect()
}

fn copied(paragraphs: &[Paragraph<'_>]) -> Document {
    let size = paragraphs.iter().map(|paragraph| paragraph.text.len() + SEPARATOR.len()).sum();
    let mut builder = Builder::sized(size);
    let title = title(paragraphs);
    builder.title(title.as_deref().unwrap_or_default(), "");
    write(paragraphs.get(usize::from(title.is_some())..).unwrap_or_default(), &mut builder);
    titled(builder.finish(), title)
}

fn titled(mut doc: Document, title: Option<String>) -> Document {
    let note = title.as_ref().map(|_| "the first line is taken for the title".to_owned());
    doc.source.notes.extend(note);
    doc.head = Head { title, ..Head::default() };
    doc
}

/// The same with a note of what it was not read as.
pub(super) fn noted(text: &str, what: &str) -> Document {
    let mut doc = read(text);
    doc.source.notes.push(format!("{what}: shown as plain text"));
    doc
}

/// Adds plain text to what is being built.
pub(super) fn append(text: &str, builder: &mut Builder) {
    write(&paragraphs(text), builder);
}

/// Adds paragraphs to what is being built.
pub(super) fn write(paragraphs: &[Paragraph<'_>], builder: &mut Builder) {
    for paragraph in paragraphs {
        builder.words(kind(paragraph), &paragraph.text);
    }
}

/// What a paragraph is: a quotation where `>` stood before it.
pub(super) fn kind(paragraph: &Paragraph<'_>) -> BlockKind {
    match paragraph.quote {
        0 => BlockKind::Paragraph,
        level => BlockKind::Quote(level),
    }
}

/// A short first line with an empty line below it and a longer paragraph somewhere after it.
fn title(paragraphs: &[Paragraph<'_>]) -> Option<String> {
    let [first, second, ..] = paragraphs else { return None };
    let length = first.text.chars().count();
    let short = length <= TITLE && !first.text.ends_with(['.', ',', ';', ':', '-']);
    let longer = || paragraphs.iter().skip(1).any(|p| p.text.len() > 2 * first.text.len().max(40));
    (short && second.gap && first.quote == 0 && longer()).then(|| first.text.clone().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "The lamp had been lit every night for a hundred years before anyone \
                        asked who paid for the oil, and then nobody could say.";

    #[test]
    fn a_short_line_above_a_gap_is_the_title() {
        let doc = read(&format!("The Oil Question\n\n{LONG}"));
        assert_eq!(doc.head.title.as_deref(), Some("The Oil Question"));
        assert_eq!(doc.body_blocks().len(), 1);
    }

    #[test]
    fn a_text_that_is_taken_reads_as_one_that_is_copied() {
        let long = "word ".repeat(4000);
        for text in [
            format!("The Oil Question\n\n  {LONG}\r\n\n\n> > {LONG}\n{long}\n"),
            format!("{}\n", LONG.replace(' ', "\n")),
            "It was dark,\n   and colder.\n\n\n>>\nStill.".to_owned(),
        ] {
            let plan = Plan::of(&text, &paragraphs(&text));
            assert_eq!(plan.carry_out(text.clone().into()), read(&text), "{text}");
        }
    }

    #[test]
    fn without_a_gap_or_with_a_full_stop_there_is_none() {
        assert_eq!(read(&format!("The Oil Question\n{LONG}")).head.title, None);
        assert_eq!(read(&format!("It was dark.\n\n{LONG}")).head.title, None);
        assert_eq!(read("Milk\n\nBread").head.title, None);
    }
}
