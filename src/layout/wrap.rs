//! Cuts the words of one block into rows of a width.
//!
//! Rows tile the block: each starts where the one before ended, white space at its end
//! included, so that every byte is on exactly one row.
//!
//! May not know: blocks' neighbours, scrolling.

use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

use super::hyphen::{self, Language};
use super::setting::Setting;
use crate::text::shown::{self, glyphs};
use crate::text::span::Span;

/// How lines are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// As many words on each line as fit.
    #[default]
    First,
    /// Lines as even as they can be, over the whole paragraph (Knuth and Plass, “Breaking
    /// paragraphs into lines”, 1981). Time is linear in the number of words.
    Optimal,
}

/// The rows of running text, `width` cells wide; a line feed ends a row. At least one row.
pub fn prose(text: &str, width: u16) -> Vec<Span> {
    fitted(text, width, Setting::default())
}

/// As [`prose`], set so.
pub fn fitted(text: &str, width: u16, setting: Setting) -> Vec<Span> {
    lines(text).flat_map(|line| wrap_line(line, text, width.max(1), setting)).collect()
}

/// The rows of preformatted text: a line is cut only where it does not fit.
pub fn verbatim(text: &str, width: u16) -> Vec<Span> {
    lines(text).flat_map(|line| cut(line, text, width.max(1))).collect()
}

/// Lines as spans, the line feed included; a text that ends in one has no empty line after it.
fn lines(text: &str) -> impl Iterator<Item = Span> + use<'_> {
    let mut start = 0;
    let mut first = true;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| first || !rest.is_empty())?;
        first = false;
        let end = rest.find('\n').map_or(text.len(), |feed| start + feed + 1);
        let line = Span::from(start..end);
        start = end;
        Some(line)
    })
}

/// What stands between two places where a line may be broken.
#[derive(Clone, Copy, Debug)]
struct Word {
    span: Span,
    /// Cells without the white space at its end.
    width: u16,
    /// Cells of the white space.
    space: u16,
    /// Cells of the hyphen behind it, where a line ends with it.
    hyphen: u16,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        f64::from(self.width)
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(self.space)
    }

    fn penalty_width(&self) -> f64 {
        f64::from(self.hyphen)
    }
}

/// A line that is too long is never worth it; one short word on the last line hardly ever is.
const PENALTIES: Penalties = Penalties {
    nline_penalty: 1_000,
    overflow_penalty: 1_000_000_000,
    short_last_line_fraction: 4,
    short_last_line_penalty: 25,
    hyphen_penalty: 25,
};

fn wrap_line(line: Span, text: &str, width: u16, setting: Setting) -> Vec<Span> {
    let words = words(line, text, (width, setting.hyphens));
    let widths = [f64::from(width)];
    let even = (setting.fit == Fit::Optimal).then(|| wrap_optimal_fit(&words, &widths, &PENALTIES));
    let rows = match even {
        Some(Ok(rows)) => rows,
        // Widths beyond what can be counted with.
        Some(Err(_)) | None => wrap_first_fit(&words, &widths),
    };
    let joined = rows.iter().filter_map(|row| Some(row.first()?.span.join(row.last()?.span)));
    let rows: Vec<Span> = joined.collect();
    if rows.is_empty() { vec![line] } else { rows }
}

/// Words by the line-break opportunities of Unicode Standard Annex 14; those wider than a row in
/// pieces.
fn words(line: Span, text: &str, (width, hyphens): (u16, Option<Language>)) -> Vec<Word> {
    let mut words = Vec::with_capacity(line.len() as usize / 5 + 1);
    let mut fit = |word: Word| {
        if word.width <= width { words.push(word) } else { words.extend(shards(word, text, width)) }
    };
    let mut add = |span: Span| match hyphens {
        None => fit(word(span, text)),
        Some(language) => {
            let whole = word(span, text);
            let pieces = syllables(whole, text, language);
            let have_room = |piece: Word| piece.width.saturating_add(piece.hyphen) <= width;
            // Where a piece has no room with its hyphen, a row of two pieces would be no worse.
            if pieces.clone().all(have_room) { pieces.for_each(&mut fit) } else { fit(whole) }
        }
    };
    let mut start = line.start;
    while start < line.end {
        let part = Span::new(start, start + sure_break(Span::new(start, line.end).of(text)));
        if is_one_word(part.of(text)) {
            add(part);
        } else {
            let mut from = part.start;
            for (end, _) in unicode_linebreak::linebreaks(part.of(text)) {
                add(Span::new(from, part.start + end as u32));
                from = part.start + end as u32;
            }
        }
        start = part.end;
    }
    words
}

fn word(span: Span, text: &str) -> Word {
    let word = span.of(text);
    let ink = word.trim_end();
    let space = word.get(ink.len()..).unwrap_or_default().trim_end_matches('\n');
    Word { span, width: cells(ink), space: cells(space), hyphen: 0 }
}

/// Bytes up to the first place where a line may be broken whatever is around it (rule LB18), or
/// all: between blanks and a letter or digit, where what is before the blanks is a character of
/// ASCII that opens nothing. A text that is cut there has the same opportunities in its parts,
/// and prose is cut at nearly every word, so that the tables are asked for little of it.
fn sure_break(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let closed = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'(' | b'[' | b'{');
    let mut at = 0;
    while let Some(blank) = bytes[at..].iter().position(|&byte| byte == b' ').map(|to| at + to) {
        at = blank + bytes[blank..].iter().take_while(|&&byte| byte == b' ').count();
        let before = blank.checked_sub(1).is_some_and(|before| closed(bytes[before]));
        if before && bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            return at as u32;
        }
    }
    bytes.len() as u32
}

/// Whether what [`sure_break`] cut off is letters and digits, with stops and quotation marks, in
/// which there is no opportunity (rules LB13, LB19, LB23, LB25, LB28 and LB29).
fn is_one_word(part: &str) -> bool {
    let part = part.strip_suffix('\n').unwrap_or(part).trim_end_matches(' ');
    let word = part.trim_end_matches(['!', '?', ')', '.', ',', '"', '\'']);
    let inside = |&byte: &u8| byte.is_ascii_alphanumeric() || b".,:;'\"".contains(&byte);
    !word.is_empty() && word.as_bytes().iter().all(inside)
}

/// A word in the pieces that it may be parted into.
fn syllables(word: Word, text: &str, language: Language) -> impl Iterator<Item = Word> + Clone {
    let piece = move |span: Span| {
        let last = span.end == word.span.end;
        let space = if last { word.space } else { 0 };
        let hyphen = u16::from(!last);
        Word { span, width: cells(span.of(text).trim_end()), space, hyphen }
    };
    hyphen::pieces(word.span, text, language).into_iter().map(piece)
}

/// A word that is wider than a row, in pieces that are not.
fn shards(word: Word, text: &str, width: u16) -> Vec<Word> {
    let ink = word.span.of(text).trim_end().len() as u32;
    let body = Span::new(word.span.start, word.span.start + ink);
    let mut pieces: Vec<Word> = cut(body, text, width)
        .into_iter()
        .map(|span| Word { span, width: cells(span.of(text)), space: 0, hyphen: 0 })
        .collect();
    if let Some(last) = pieces.last_mut() {
        last.span.end = word.span.end;
        last.space = word.space;
    }
    pieces
}

/// Cuts between glyph clusters wherever `width` is full.
fn cut(line: Span, text: &str, width: u16) -> Vec<Span> {
    let mut rows = Vec::new();
    let (mut start, mut used) = (line.start, 0);
    for glyph in glyphs(line.of(text).trim_end_matches('\n')) {
        if used + glyph.width > width && used > 0 {
            rows.push(Span::new(start, line.start + glyph.at));
            (start, used) = (line.start + glyph.at, 0);
        }
        used += glyph.width;
    }
    rows.push(Span::new(start, line.end));
    rows
}

fn cells(text: &str) -> u16 {
    shown::width(text).min(usize::from(u16::MAX)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::setting::Edge;
    use proptest::prelude::*;

    const EVEN: Setting = Setting { fit: Fit::Optimal, hyphens: None, edge: Edge::Ragged };

    fn rows(text: &str, width: u16) -> Vec<&str> {
        prose(text, width).into_iter().map(|row| row.of(text)).collect()
    }

    #[test]
    fn words_are_kept_whole_and_white_space_hangs() {
        assert_eq!(rows("one two  three", 8), ["one two  ", "three"]);
        assert_eq!(rows("a well-known tale", 7), ["a well-", "known ", "tale"]);
        assert_eq!(rows("", 8), [""]);
        assert_eq!(rows("a\n\nb\n", 8), ["a\n", "\n", "b\n"]);
    }

    #[test]
    fn a_word_that_is_too_long_is_cut_between_clusters() {
        assert_eq!(rows("abcdefgh ij", 3), ["abc", "def", "gh ", "ij"]);
        assert_eq!(rows("日本語", 4), ["日本", "語"]);
        assert_eq!(rows("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3).len(), 2);
    }

    #[test]
    fn even_lines_take_a_word_over_for_a_line_that_would_be_short() {
        let text = "aaa bb cc ddddd";
        let even: Vec<&str> = fitted(text, 6, EVEN).into_iter().map(|row| row.of(text)).collect();
        assert_eq!(rows(text, 6), ["aaa bb ", "cc ", "ddddd"]);
        assert_eq!(even, ["aaa ", "bb cc ", "ddddd"]);
    }

    #[test]
    fn a_word_is_parted_where_the_hyphen_has_room_too() {
        let parted = |width| -> Vec<&str> {
            let setting = Setting { hyphens: Some(Language::English), ..Setting::default() };
            let text = "an extensive tide";
            fitted(text, width, setting).into_iter().map(|row| row.of(text)).collect()
        };
        assert_eq!(parted(9), ["an exten", "sive tide"]);
        assert_eq!(parted(8), ["an ex", "tensive ", "tide"]);
        // Too narrow for a piece with its hyphen: every row is still full and none is wider.
        assert_eq!(parted(2), ["an ", "ex", "te", "ns", "iv", "e ", "ti", "de"]);
    }

    #[test]
    fn preformatted_lines_keep_their_spaces() {
        let text = "if x:\n    y = 1\n";
        let rows: Vec<&str> = verbatim(text, 6).into_iter().map(|row| row.of(text)).collect();
        assert_eq!(rows, ["if x:\n", "    y ", "= 1\n"]);
    }

    /// What the whole text gives where no part of it is spared the tables.
    fn by_the_tables(text: &str) -> Vec<u32> {
        unicode_linebreak::linebreaks(text).map(|(end, _)| end as u32).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn words_end_where_the_tables_say(
            text in "([ -~]|[a-z .,'\"?!()-]|[a-c ]{3}|[é日—“”\u{301}\u{200b}\u{200d}\u{a0}\tא🇫👩]){0,24}\n?",
        ) {
            let line = Span::new(0, text.len() as u32);
            let ends: Vec<u32> =
                words(line, &text, (u16::MAX, None)).into_iter().map(|word| word.span.end).collect();
            let tables = if text.is_empty() { Vec::new() } else { by_the_tables(&text) };
            prop_assert_eq!(ends, tables);
        }
    }

    proptest! {
        #[test]
        fn rows_tile_the_text_and_fit(text in "[a-zé日 \\n\\t\u{301}\u{202e}-]{0,60}", width in 1u16..12) {
            let even = fitted(&text, width, EVEN);
            let parted = Setting { hyphens: Some(Language::English), ..EVEN };
            let parted = fitted(&text, width, parted);
            for rows in [prose(&text, width), even, parted, verbatim(&text, width)] {
                let mut at = 0;
                for row in &rows {
                    prop_assert_eq!(row.start, at);
                    prop_assert!(text.is_char_boundary(row.end as usize));
                    at = row.end;
                    let ink = row.of(&text).trim_end();
                    let widest = glyphs(ink).map(|glyph| glyph.width).max().unwrap_or(0);
                    prop_assert!(cells(ink) <= width.max(widest));
                }
                prop_assert_eq!(at as usize, text.len());
            }
        }
    }
}
