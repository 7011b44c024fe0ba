//! What a comment sets off as somebody's words: between quotation marks of any style, or as a
//! block or lines of their own.
//!
//! May not know: whose words they are.

use crate::article::{Block, BlockKind};
use crate::text::span::Span;

/// Words set off as a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The words without the marks, in bytes of the text the block is cut from.
    pub(super) span: Span,
    /// How it is set off.
    pub(super) form: Form,
}

/// How a quotation is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// By quotation marks inside running text.
    Marks,
    /// As a paragraph or lines of its own.
    Block,
}

/// The quotations in one block of a comment, in order and disjoint; `text` is the block's words.
pub(super) fn of_block(block: &Block, text: &str) -> Vec<Quotation> {
    let base = block.span.start;
    let moved = |(start, end, form)| trimmed(text, start, end, form, base);
    match block.kind() {
        BlockKind::Quote(_) => moved((0, text.len(), Form::Block)).into_iter().collect(),
        BlockKind::Code | BlockKind::Row(_) | BlockKind::Rule => Vec::new(),
        _ if text.starts_with('>') || text.contains("\n>") => {
            by_lines(text).filter_map(moved).collect()
        }
        _ => by_marks(text, 0, text.len()).into_iter().filter_map(moved).collect(),
    }
}

type Piece = (usize, usize, Form);

/// Without the white space around it; `None` where nothing is left.
fn trimmed(text: &str, start: usize, end: usize, form: Form, base: u32) -> Option<Quotation> {
    let words = text.get(start..end)?;
    let lead = words.len() - words.trim_start().len();
    let length = words.trim().len();
    let start = base + (start + lead) as u32;
    (length > 0).then(|| Quotation { span: Span::new(start, start + length as u32), form })
}

/// Runs of lines that begin with `>` are quotations; between them marks count.
fn by_lines(text: &str) -> impl Iterator<Item = Piece> {
    let mut runs: Vec<(usize, usize, bool)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let quoted = line.trim_start().starts_with('>');
        let marks =
            if quoted { line.len() - line.trim_start_matches([' ', '\t', '>']).len() } else { 0 };
        match runs.last_mut() {
            Some((_, end, of_quotes)) if *of_quotes == quoted => *end = at + line.len(),
            _ => runs.push((at + marks, at + line.len(), quoted)),
        }
        at += line.len();
    }
    runs.into_iter().flat_map(|(start, end, quoted)| {
        if quoted { vec![(start, end, Form::Block)] } else { by_marks(text, start, end) }
    })
}

/// A quotation mark that was opened: where the words begin, and the mark.
type Opened = (usize, char);

/// No quotation is nested deeper than this.
const NESTED: usize = 4;

/// The words between quotation marks in `text[from..to]`; of nested ones the outermost. Where a
/// typographic mark never closes, it holds to the next that opens, else to the end, as when a
/// quotation goes on in the next paragraph; a straight one is taken for something else.
fn by_marks(text: &str, from: usize, to: usize) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut open: Vec<Opened> = Vec::new();
    for (at, c) in marks(text, from, to) {
        let before = text.get(from..at).and_then(|before| before.chars().next_back());
        let next = text.get(at + c.len_utf8()..to).and_then(|next| next.chars().next());
        let closed = open.iter().rposition(|&(_, opener)| closes(opener, c, before, next));
        if let Some(level) = closed {
            found.push((open[level].0, at, Form::Marks));
            open.truncate(level);
        } else if opens(c, before, next) {
            if let Some(level) = open.iter().position(|&(_, opener)| opener == c) {
                found.extend(unclosed(open[level], at));
                open.truncate(level);
            }
            open.truncate(NESTED);
            open.push((at + c.len_utf8(), c));
        }
    }
    found.extend(open.first().and_then(|&first| unclosed(first, to)));
    outermost(found)
}

/// The characters that may be quotation marks. Looks at bytes first: hardly any is one.
fn marks(text: &str, from: usize, to: usize) -> impl Iterator<Item = (usize, char)> {
    let first = |byte: u8| matches!(byte, b'"' | b'\'' | 0xc2 | 0xe2 | 0xe3);
    let bytes = text.as_bytes().get(from..to).unwrap_or_default().iter();
    let places =
        bytes.enumerate().filter(move |&(_, &byte)| first(byte)).map(move |(at, _)| from + at);
    places.filter_map(|at| Some((at, text.get(at..)?.chars().next()?)))
}

/// What an opened mark that does not close may stand for.
fn unclosed((start, opener): Opened, end: usize) -> Option<Piece> {
    matches!(opener, '“' | '„' | '«').then_some((start, end, Form::Marks))
}

/// Without the pieces that lie in another one.
fn outermost(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
    let mut reach = 0;
    pieces.retain(|&(start, end, _)| {
        let outer = start >= reach;
        reach = reach.max(end);
        outer
    });
    pieces
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

fn is_space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// Whether `c` opens a quotation between its two neighbours.
fn opens(c: char, before: Option<char>, next: Option<char>) -> bool {
    match c {
        '„' | '‚' | '«' | '‹' | '「' | '『' => true,
        '“' => !is_space(next) || is_space(before),
        '‘' | '\'' | '"' => !is_word(before) && !is_space(next),
        '”' | '»' => is_space(before) && is_word(next),
        _ => false,
    }
}

/// Whether `c` closes between its two neighbours what `opener` opened.
fn closes(opener: char, c: char, before: Option<char>, next: Option<char>) -> bool {
    match (opener, c) {
        ('„', '“' | '”' | '"') | ('“' | '”' | '"', '”' | '"') => {
            !is_space(before) || is_space(next)
        }
        ('‘' | '\'', '’' | '\'') | ('‚', '‘' | '’') => {
            !is_space(before) && !is_word(next)
        }
        ('«', '»') | ('»', '«') | ('‹', '›') | ('「', '」') | ('『', '』') => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let span = Span::from(0..text.len());
        let block = Block::new(span, BlockKind::Paragraph);
        of_block(&block, text).into_iter().map(|quotation| quotation.span.of(text)).collect()
    }

    #[test]
    fn every_pair_of_marks_is_known() {
        for text in [
            "a “b c” d",
            "a \"b c\" d",
            "a ‘b c’ d",
            "a 'b c' d",
            "a «b c» d",
            "a « b c » d",
            "a „b c“ d",
            "a »b c« d",
            "a ‹b c› d",
            "a ‚b c‘ d",
            "a ”b c” d",
            "a 「b c」 d",
            "(\"b c\")",
            "a—“b c”—d",
        ] {
            assert_eq!(found(text), ["b c"], "{text}");
        }
    }

    #[test]
    fn apostrophes_and_inches_are_no_marks() {
        assert!(found("I don't, they'd, the traders' 'tis; rock 'n roll").is_empty());
        assert!(found("a 5\" pipe and a 6\" pipe, it’s the dogs’ own").is_empty());
    }

    #[test]
    fn of_nested_quotations_the_outermost_counts() {
        assert_eq!(
            found("“he said ‘no’ to me” ‘and “yes” to you’"),
            ["he said ‘no’ to me", "and “yes” to you"]
        );
    }

    #[test]
    fn a_mark_that_never_closes_swallows_no_other_quotation() {
        assert_eq!(found("“one two, “three four” five"), ["one two,", "three four"]);
        assert_eq!(found("so \"one two, and \"three\" five"), ["three"]);
        assert_eq!(found("“goes on in the next"), ["goes on in the next"]);
    }

    #[test]
    fn lines_after_a_sign_are_a_quotation() {
        assert_eq!(found("> one\n> two\nno, “three”\n>> four"), ["one\n> two", "three", "four"]);
    }
}
