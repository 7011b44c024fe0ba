//! Where words may be parted at the end of a row, by the patterns of a language (Liang, “Word
//! Hy-phen-a-tion by Com-put-er”, 1983). The patterns are part of the program and read in place, so
//! that they cost nothing before a word is asked for; only words near the screen are.
//!
//! May not know: rows, widths.

use hypher::Lang;

use crate::text::span::Span;

/// A word of fewer letters is never parted.
const SHORTEST: usize = 5;

/// A word of more bytes is none of a language.
const LONGEST: usize = 64;

/// The language of the patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Dutch.
    Dutch,
    /// Portuguese.
    Portuguese,
}

impl Language {
    /// All that there are patterns of.
    pub const ALL: [Self; 7] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Italian,
        Self::Dutch,
        Self::Portuguese,
    ];

    /// Its code by ISO 639-1.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Italian => "it",
            Self::Dutch => "nl",
            Self::Portuguese => "pt",
        }
    }

    const fn patterns(self) -> Lang {
        match self {
            Self::English => Lang::English,
            Self::German => Lang::German,
            Self::French => Lang::French,
            Self::Spanish => Lang::Spanish,
            Self::Italian => Lang::Italian,
            Self::Dutch => Lang::Dutch,
            Self::Portuguese => Lang::Portuguese,
        }
    }
}

/// The bytes of `word`, signs around it included, before which it may be parted; none where it is
/// no word of letters alone, as an address is none.
pub fn parts(word: &str, language: Language) -> Vec<u32> {
    let core = word.trim_matches(|ch: char| !ch.is_alphanumeric());
    let letters = core.chars().count();
    if letters < SHORTEST || core.len() > LONGEST || !core.chars().all(is_letter) {
        return Vec::new();
    }
    let mut at = word.find(core).unwrap_or(0);
    let mut parts = Vec::new();
    for syllable in hypher::hyphenate(core, language.patterns()) {
        at += syllable.len();
        parts.push(at as u32);
    }
    parts.pop();
    parts
}

/// Whether a row that ends at byte `at` of `text` ends inside a word that may be parted there.
pub fn parted(text: &str, at: usize, language: Language) -> bool {
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let inside = before.ends_with(is_letter) && after.starts_with(is_letter);
    if !inside {
        return false;
    }
    let (tail, _) = after.split_at(after.floor_char_boundary(2 * LONGEST));
    let from = before.ceil_char_boundary(before.len().saturating_sub(2 * LONGEST));
    let (_, head) = before.split_at(from);
    let head = head.rsplit(is_gap).next().unwrap_or_default();
    let tail = tail.split(is_gap).next().unwrap_or_default();
    let word = format!("{head}{tail}");
    parts(&word, language).contains(&(head.len() as u32))
}

/// Where words end for line breaks as well: white space and hyphens.
const fn is_gap(ch: char) -> bool {
    matches!(ch, ' ' | '\n' | '\t' | '\u{a0}' | '-' | '–' | '—' | '‐')
}

/// A Latin letter: other scripts are parted elsewhere, or not at all.
fn is_letter(ch: char) -> bool {
    ch.is_alphabetic() && ch < '\u{250}'
}

/// A word in the pieces that it may be parted into.
pub(super) fn pieces(word: Span, text: &str, language: Language) -> Vec<Span> {
    let mut start = word.start;
    let ends = parts(word.of(text), language).into_iter().map(|part| word.start + part);
    let ends = ends.chain([word.end]);
    ends.map(|end| Span::new(std::mem::replace(&mut start, end), end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_by_the_patterns_of_their_language() {
        let parted = |word: &str, language| -> Vec<String> {
            let pieces = pieces(Span::new(0, word.len() as u32), word, language).into_iter();
            pieces.map(|piece| piece.of(word).to_owned()).collect()
        };
        assert_eq!(parted("“extensive”, ", Language::English), ["“ex", "ten", "sive”, "]);
        assert_eq!(parted("Feuerwehr", Language::German), ["Feu", "er", "wehr"]);
        for whole in ["tide ", "https://extensive.example/", "x86extensive", "日本語日本語", ""]
        {
            assert_eq!(parted(whole, Language::English), [whole]);
        }
    }

    #[test]
    fn a_row_that_ends_inside_a_word_is_told() {
        let text = "an extensive well-extensive http://extensive";
        let at = |words: &str| text.find(words).unwrap() + words.len();
        assert!(parted(text, at("an ex"), Language::English));
        assert!(parted(text, at("well-exten"), Language::English));
        assert!(!parted(text, at("an exte"), Language::English));
        assert!(!parted(text, at("an "), Language::English));
        assert!(!parted(text, at("http://ex"), Language::English));
    }
}
