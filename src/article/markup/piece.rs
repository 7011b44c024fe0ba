//! A block with its words before it stands in a document.
//!
//! May not know: where it was read.

use super::super::BlockKind;
use super::super::builder::{Builder, Passage};
use crate::text::span::Span;

/// A block and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::article) struct Piece {
    pub(in crate::article) kind: BlockKind,
    pub(in crate::article) passage: Passage,
}

/// Adds blocks to what is being built.
pub(in crate::article) fn write(pieces: &[Piece], builder: &mut Builder) {
    for piece in pieces {
        builder.block(piece.kind, &piece.passage);
    }
}

/// Adds a paragraph of plain words, which may be a quotation.
pub(in crate::article) fn write_words(text: &str, builder: &mut Builder) {
    match quotation(text) {
        Some((level, words)) => builder.words(BlockKind::Quote(level), words),
        None => builder.words(BlockKind::Paragraph, text),
    }
}

/// The level and the words of a paragraph that begins with `>`.
fn quotation(text: &str) -> Option<(u8, &str)> {
    let words = text.trim_start_matches(['>', ' ']);
    let mark = text.bytes().take(text.len() - words.len());
    let level = mark.filter(|&byte| byte == b'>').count();
    (level > 0 && !words.is_empty()).then_some((level.min(usize::from(u8::MAX)) as u8, words))
}

/// Makes quotations of paragraphs that begin with `>`, as people write them in forums.
pub(in crate::article) fn quoted(mut pieces: Vec<Piece>) -> Vec<Piece> {
    for piece in pieces.iter_mut().filter(|piece| piece.kind == BlockKind::Paragraph) {
        let Some((level, words)) = quotation(&piece.passage.text) else { continue };
        let mark = piece.passage.text.len() - words.len();
        piece.passage.text = words.to_owned();
        shift(&mut piece.passage, mark as u32);
        piece.kind = BlockKind::Quote(level);
    }
    pieces
}

/// Takes `by` bytes off the front of all spans.
pub(super) fn shift(passage: &mut Passage, by: u32) {
    let moved = |span: Span| Span::new(span.start.saturating_sub(by), span.end.saturating_sub(by));
    passage.styles.iter_mut().for_each(|(span, _)| *span = moved(*span));
    passage.links.iter_mut().for_each(|link| link.span = moved(link.span));
    passage.anchors.iter_mut().for_each(|anchor| anchor.at = anchor.at.saturating_sub(by));
    passage.pictures.iter_mut().for_each(|picture| picture.span = moved(picture.span));
}

/// Keeps the spans inside the words.
pub(super) fn clip(passage: &mut Passage) {
    let end = passage.text.len() as u32;
    let clipped = |span: Span| Span::new(span.start.min(end), span.end.min(end));
    passage.styles.iter_mut().for_each(|(span, _)| *span = clipped(*span));
    passage.styles.retain(|(span, _)| !span.is_empty());
    passage.links.iter_mut().for_each(|link| link.span = clipped(link.span));
    passage.links.retain(|link| !link.span.is_empty());
    passage.anchors.iter_mut().for_each(|anchor| anchor.at = anchor.at.min(end));
    passage.pictures.retain(|picture| picture.span.end <= end);
}
