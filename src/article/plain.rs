//! Text without a shape that we know: paragraphs, quoted lines, and perhaps a title.
//!
//! May not know: the other formats.

use super::builder::Builder;
use super::lines::{Paragraph, paragraphs};
use super::{BlockKind, Document, Head};

/// Longest first line, in characters, that may be a title.
const TITLE: usize = 100;

/// A document of the text as it stands.
pub(super) fn read(text: &str) -> Document {
    let paragraphs = paragraphs(text);
    let mut builder = Builder::sized(text.len() + 2 * paragraphs.len());
    let title = title(&paragraphs);
    let mut notes = Vec::new();
    if let Some(title) = &title {
        builder.title(title, "");
        notes.push("the first line is taken for the title".to_owned());
    }
    write(paragraphs.get(usize::from(title.is_some())..).unwrap_or_default(), &mut builder);
    let mut doc = builder.finish();
    doc.head = Head { title, ..Head::default() };
    doc.source.notes = notes;
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
    fn without_a_gap_or_with_a_full_stop_there_is_none() {
        assert_eq!(read(&format!("The Oil Question\n{LONG}")).head.title, None);
        assert_eq!(read(&format!("It was dark.\n\n{LONG}")).head.title, None);
        assert_eq!(read("Milk\n\nBread").head.title, None);
    }
}
