//! Our own formats, written: a schema.org `Article` in JSON-LD, and its twin in Markdown. Both
//! hold a whole document: what is read of them again is the same document.
//!
//! The words are Markdown in both. May not know: where a document came from.

mod blocks;
mod inline;
mod json;
mod markdown;

use std::io::{self, Write};

use markdown::Twin;

use super::{Anchor, Block, BlockKind, Document, Inline, Link, Picture};
use crate::text::span::Span;

/// Writes a document as JSON-LD, piece by piece.
///
/// # Errors
/// If `out` cannot be written to.
pub fn write_json(doc: &Document, out: &mut dyn Write) -> io::Result<()> {
    json::json(doc, out)
}

/// Writes a document as Markdown with front matter, piece by piece.
///
/// # Errors
/// If `out` cannot be written to.
pub fn write_markdown(doc: &Document, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{}", Twin(doc))
}

/// Line ends that a file cannot hold inside a line: reading makes line feeds of them.
const LINE_ENDS: [char; 6] = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// A block in one piece, with what is set in it; offsets count from its first byte.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Whole<'a> {
    pub(super) kind: BlockKind,
    pub(super) text: &'a str,
    pub(super) styles: Vec<(Span, Inline)>,
    pub(super) links: Vec<Link>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) pictures: Vec<Picture>,
}

/// The blocks `range` of a document, those that were cut put together again.
pub(super) fn wholes(doc: &Document, range: std::ops::Range<u32>) -> Vec<Whole<'_>> {
    let blocks = doc.blocks.get(range.start as usize..range.end as usize).unwrap_or_default();
    blocks.chunk_by(|_, next| next.continues()).map(|pieces| whole(doc, pieces)).collect()
}

fn whole<'a>(doc: &'a Document, pieces: &[Block]) -> Whole<'a> {
    let span = pieces.iter().fold(pieces[0].span, |whole, piece| whole.join(piece.span));
    let own = |inner: Span| Span::new(inner.start - span.start, inner.end - span.start);
    let styles = doc.styles.partition_point(|(style, _)| style.start < span.start);
    let styles = doc.styles[styles..].iter().take_while(|(style, _)| style.start < span.end);
    let links = doc.links.partition_point(|link| link.span.start < span.start);
    let links = doc.links[links..].iter().take_while(|link| link.span.start < span.end);
    let anchors = doc.anchors.partition_point(|anchor| anchor.at < span.start);
    let anchors = doc.anchors[anchors..].iter().take_while(|anchor| anchor.at <= span.end);
    let anchor = |one: &Anchor| Anchor { at: one.at - span.start, name: one.name.clone() };
    let pictures = doc.pictures.partition_point(|picture| picture.span.start < span.start);
    let pictures = doc.pictures[pictures..].iter();
    let pictures = pictures.take_while(|picture| picture.span.start < span.end);
    let picture = |one: &Picture| Picture { span: own(one.span), src: one.src.clone() };
    Whole {
        kind: pieces[0].kind(),
        text: doc.slice(span),
        styles: styles.map(|&(style, how)| (own(style), how)).collect(),
        links: links.map(|link| Link::new(own(link.span), link.url.clone())).collect(),
        anchors: anchors.map(anchor).collect(),
        pictures: pictures.map(picture).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::{Builder, CommentHead, Passage};
    use super::super::{TableRow, load};
    use super::*;

    /// Marks that mean something to Markdown, HTML or our own format.
    const WORDS: &str = "# a *b* _c_ [d](e) <f> & &amp; `g` ~~h~~ ![i](j) {#k} \\ | 1. l";

    fn article(words: &[&str]) -> Document {
        let mut builder = Builder::new();
        builder.title("Low: “Water” #1", "");
        let kinds = [
            BlockKind::Heading(1),
            BlockKind::Paragraph,
            BlockKind::Item(0, None),
            BlockKind::Item(2, Some(7)),
            BlockKind::Item(1, Some(3)),
            BlockKind::Item(1, Some(5)),
            BlockKind::Code,
            BlockKind::Quote(2),
            BlockKind::Rule,
            BlockKind::Row(TableRow::Head),
            BlockKind::Row(TableRow::Later),
            BlockKind::Row(TableRow::First),
            BlockKind::Heading(2),
        ];
        let add = |builder: &mut Builder| {
            for (words, kind) in words.iter().flat_map(|words| kinds.map(|kind| (words, kind))) {
                let words = if kind == BlockKind::Rule { "" } else { words };
                let is_row = matches!(kind, BlockKind::Row(_));
                let words = if is_row { words.replace('\n', "\t") } else { words.into() };
                let mut passage = styled(&words);
                // What is set in preformatted text, or in a table without a head, came from
                // elements, which neither overlap nor reach from cell to cell.
                let tagged = matches!(kind, BlockKind::Code | BlockKind::Row(TableRow::First));
                let alone = |span: Span| !tagged || !span.of(&words).contains('\t');
                passage
                    .styles
                    .retain(|&(span, style)| alone(span) && (!tagged || style == Inline::Emphasis));
                passage.links.retain(|_| !tagged);
                builder.block(kind, &passage);
            }
        };
        add(&mut builder);
        let parents = [None, Some(0), Some(1), Some(2), Some(3), Some(4), Some(0), None];
        for (number, parent) in parents.into_iter().enumerate() {
            if number % 2 == 0 {
                let author = Some("A — 5 {b} *c*".to_owned());
                let (time, score) = (Some("on Sunday".to_owned()), Some(-3));
                let id = format!("a b%{number}");
                builder.comment(&CommentHead { id, author, parent, time, score });
                builder.paragraph("One.");
            } else {
                builder.comment(&CommentHead { parent, ..CommentHead::default() });
                add(&mut builder);
            }
        }
        let mut doc = builder.finish();
        doc.head.title = Some("Low: “Water” #1".to_owned());
        doc
    }

    /// Words with a style, a link, and two styles that overlap.
    fn styled(words: &str) -> Passage {
        let end = words.len() as u32;
        let cut =
            |at: u32| (at..end).find(|&at| words.is_char_boundary(at as usize)).unwrap_or(end);
        let span = |start, end| Span::new(cut(start), cut(end));
        let styles = vec![
            (span(0, 9), Inline::Emphasis),
            (span(2, 5), Inline::Strong),
            (span(7, 12), Inline::Struck),
            (span(13, 15), Inline::Code),
        ];
        let links = vec![Link::new(span(4, 8), "http://x/(y) \\<z>&amp;".into())];
        let mut passage = Passage { text: words.to_owned(), styles, links, ..Passage::default() };
        // Each is asked for by the link, and the nearest is in the same block.
        let name = |at| Anchor { at: cut(at), name: "x \"y\"".to_owned() };
        passage.anchors = vec![name(0), name(5), name(end)];
        passage.links.push(Link::new(span(16, 18), "#x \"y\"".into()));
        passage.styles.retain(|(span, _)| !span.is_empty());
        passage.links.retain(|link| !link.span.is_empty());
        passage
    }

    fn same(doc: &Document, written: Vec<u8>) {
        let back = load::document(written);
        let lines = back.text.lines().zip(doc.text.lines());
        assert_eq!(lines.into_iter().find(|(back, doc)| back != doc), None);
        let blocks = back.blocks.iter().zip(&doc.blocks);
        assert_eq!(blocks.into_iter().find(|(back, doc)| back != doc), None);
        let styles = back.styles.iter().zip(&doc.styles);
        assert_eq!(styles.into_iter().find(|(back, doc)| back != doc), None);
        assert_eq!((back.styles.len(), &back.links), (doc.styles.len(), &doc.links));
        assert_eq!(back.anchors, doc.anchors);
        assert_eq!((&back.comments, &back.head), (&doc.comments, &doc.head));
    }

    #[test]
    fn what_is_written_is_read_again_as_it_was() {
        for words in
            ["The tide turned at noon, and again at night.", WORDS, "- x\n1. y\n> z\n\n# w"]
        {
            let doc = article(&[words, "Comments", "Read next"]);
            let (mut json, mut markdown) = (Vec::new(), Vec::new());
            write_json(&doc, &mut json).unwrap();
            write_markdown(&doc, &mut markdown).unwrap();
            same(&doc, json);
            same(&doc, markdown);
        }
    }
}
