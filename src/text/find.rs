//! What a reader types to search for, and where it stands in a text.
//!
//! The words are taken literally, but as a reader means them: a pattern in lower case ignores
//! case, white space matches any white space up to one line feed, and quotation marks and dashes
//! match all of their family. Time grows linearly with the text.
//!
//! May not know: panes, folds, what was searched before.

use std::iter;

use regex::{Regex, RegexBuilder};

use super::span::Span;

/// A pattern has at most so many characters; more are left out.
pub const MAX_PATTERN: usize = 512;

/// A run of white space without an empty line, so that no hit goes on in another block.
const GAP: &str = r"(?:[\s--\n]+(?:\n[\s--\n]*)?|\n[\s--\n]*)";

/// Characters that are typed for each other.
const FAMILIES: [(&str, &str); 3] =
    [("'’‘ʼ‛′", r"['’‘ʼ‛′]"), ("\"“”„‟«»″", r#"["“”„‟«»″]"#), ("-‐‑‒–—―−", r"[\-‐‑‒–—―−]")];

/// A search, ready to run over any number of texts.
#[derive(Clone, Debug)]
pub struct Query {
    regex: Regex,
}

impl Query {
    /// From what was typed; `None` where that is nothing but white space.
    pub fn new(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().take(MAX_PATTERN).collect();
        if typed.trim().is_empty() {
            return None;
        }
        let ignores_case = !typed.chars().any(char::is_uppercase);
        let regex =
            RegexBuilder::new(&pattern(&typed)).case_insensitive(ignores_case).build().ok()?;
        Some(Self { regex })
    }

    /// All hits in text order. They do not overlap, and none holds an empty line.
    pub fn find(&self, text: &str) -> Vec<Span> {
        self.regex.find_iter(text).map(|hit| without_breaks(text, hit.range().into())).collect()
    }

    /// The hits that start at byte `from` or later, found one by one as they are asked for.
    pub fn find_from<'a>(&'a self, text: &'a str, from: u32) -> impl Iterator<Item = Span> + 'a {
        let before = (0..=text.len().min(from as usize)).rev();
        let mut at = before.into_iter().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
        let hits = iter::from_fn(move || {
            let hit = self.regex.find_at(text, at)?;
            at = hit.end();
            Some(without_breaks(text, hit.range().into()))
        });
        hits.skip_while(move |hit| hit.start < from)
    }
}

/// A regular expression for what was typed.
fn pattern(typed: &str) -> String {
    let mut pattern = String::new();
    let mut chars = typed.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            while chars.next_if(|next| next.is_whitespace()).is_some() {}
            pattern.push_str(GAP);
        } else if let Some((_, class)) = FAMILIES.iter().find(|(family, _)| family.contains(c)) {
            pattern.push_str(class);
        } else {
            pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
        }
    }
    pattern
}

/// Without line feeds at the ends: a space typed before or after a word also matches the end of a
/// block, but the hit is to lie inside.
fn without_breaks(text: &str, hit: Span) -> Span {
    let words = hit.of(text);
    let start = hit.start + (words.len() - words.trim_start_matches('\n').len()) as u32;
    Span::new(start, start + words.trim_matches('\n').len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hits<'a>(typed: &str, text: &'a str) -> Vec<&'a str> {
        let query = Query::new(typed).unwrap();
        query.find(text).into_iter().map(|hit| hit.of(text)).collect()
    }

    #[test]
    fn lower_case_ignores_case_and_an_upper_case_letter_makes_it_exact() {
        assert_eq!(
            hits("harbour", "Harbour, HARBOUR, harbours"),
            ["Harbour", "HARBOUR", "harbour"]
        );
        assert_eq!(hits("Harbour", "Harbour, HARBOUR, harbours"), ["Harbour"]);
        assert_eq!(hits("été", "ÉTÉ Été"), ["ÉTÉ", "Été"]);
    }

    #[test]
    fn a_space_matches_any_white_space_but_an_empty_line() {
        assert_eq!(
            hits("old tide", "old  tide old\n tide old\u{a0}tide"),
            ["old  tide", "old\n tide", "old\u{a0}tide"]
        );
        assert_eq!(hits("old \n tide", "old tide"), ["old tide"]);
        assert!(hits("old tide", "old\n\ntide old \n \n tide").is_empty());
        assert_eq!(hits(" tide ", "old\n\ntide\n\nmill"), ["tide"]);
    }

    #[test]
    fn quotation_marks_and_dashes_match_their_family() {
        assert_eq!(hits("it's", "It’s it‘s it's its"), ["It’s", "it‘s", "it's"]);
        assert_eq!(hits("\"so\" -", "«so» – “so„ ‑"), ["«so» –", "“so„ ‑"]);
        assert_eq!(hits("“so” —", "\"so\" -"), ["\"so\" -"]);
    }

    #[test]
    fn everything_else_is_literal() {
        assert_eq!(hits("a.c (x)* [b", "abc a.c (x)* [b"), ["a.c (x)* [b"]);
        assert!(Query::new("").is_none() && Query::new(" \n\t").is_none());
    }

    #[test]
    fn hits_can_be_asked_for_from_any_byte() {
        let (text, query) = ("tide tide tide", Query::new("tide").unwrap());
        let from = |at| query.find_from(text, at).map(|hit| hit.start).collect::<Vec<_>>();
        assert_eq!(from(0), [0, 5, 10]);
        assert_eq!(from(1), [5, 10]);
        assert_eq!(from(10), [10]);
        assert!(from(99).is_empty());
    }

    #[test]
    fn a_huge_pattern_is_cut() {
        assert!(Query::new(&"ſK ’".repeat(100_000)).is_some());
    }

    proptest! {
        #[test]
        fn hits_are_sorted_and_stay_in_their_block(typed in "[a-c'’ \n\u{e9}ſK-]{1,6}", text in "[a-c'’ \n\r\u{e9}ſK–-]{0,60}", from in 0_u32..70) {
            let Some(query) = Query::new(&typed) else { return Ok(()) };
            let found = query.find(&text);
            for hit in &found {
                prop_assert!(!hit.is_empty() && !hit.of(&text).is_empty());
                prop_assert!(!hit.of(&text).contains("\n\n"));
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(query.find_from(&text, from).all(|hit| hit.start >= from && !hit.of(&text).is_empty()));
            prop_assert_eq!(query.find_from(&text, 0).collect::<Vec<_>>(), found);
        }

        #[test]
        fn whatever_is_typed_finds_itself(typed in any::<String>()) {
            let Some(query) = Query::new(&typed) else { return Ok(()) };
            let text = typed.trim();
            if typed.chars().count() <= MAX_PATTERN && !text.contains(char::is_whitespace) && text == typed {
                prop_assert_eq!(query.find(text), vec![Span::from(0..text.len())]);
            }
        }
    }
}
