//! What a reader types to search for, and where it stands in a text.
//!
//! It is read as a regular expression whose characters stand for all that readers mean by them:
//!
//! | typed | finds |
//! |---|---|
//! | no capital letter | either case; with one, case counts |
//! | a letter without a mark | the letter with any mark, composed or not; a marked one only itself |
//! | a straight or curly quotation mark, a dash | all of its family |
//! | a blank | any white space, at most one line feed with it |
//! | a letter | also with soft hyphens and joiners after it |
//!
//! That holds for single characters, outside of brackets and as members of a set; a range such as
//! `[a-z]` and a character by its number are taken as they are. What is no regular expression is
//! searched for as plain words. A hit lies inside one paragraph, and time grows linearly with the
//! text.
//!
//! May not know: panes, folds, what was searched before.

use std::fmt::Write as _;

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{self, Ast, ClassSetItem, LiteralKind};
use unicode_normalization::char::decompose_canonical;

use super::marked::marked;
use super::span::Span;

/// A pattern has at most so many characters; more are left out.
pub const MAX_PATTERN: usize = 512;

/// A run of white space without an empty line, so that no hit goes on in another block.
const GAP: &str = r"(?:[\s--\n]+(?:\n[\s--\n]*)?|\n[\s--\n]*)";

/// Characters that are typed for each other.
const FAMILIES: [&str; 3] = ["'’‘ʼ‛′", "\"“”„‟«»″", "-‐‑‒–—―−"];

/// What may follow a letter unseen: combining marks of Latin, Greek and Cyrillic, the points of
/// Hebrew and Arabic, soft hyphens and joiners.
const UNSEEN: &str = "[\u{300}-\u{36f}\u{591}-\u{5bd}\u{5bf}\u{5c1}\u{5c2}\u{64b}-\u{65f}\u{670}\
    \u{ad}\u{200b}-\u{200d}\u{2060}]*";

/// A search, ready to run over any number of texts.
#[derive(Clone, Debug)]
pub struct Query {
    typed: String,
    regex: Regex,
    /// Why it is no regular expression, where it is none.
    flaw: Option<String>,
    reach: Reach,
}

/// How much of a text one run of the expression is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// All of it: plain words cannot match an empty line.
    Text,
    /// One paragraph: `.*` and the like must not go on in the next.
    Paragraph,
}

/// What is typed alike finds the same.
impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        (&self.typed, &self.flaw, self.reach) == (&other.typed, &other.flaw, other.reach)
    }
}

impl Query {
    /// From what was typed; `None` where that is nothing but white space.
    pub fn new(typed: &str) -> Option<Self> {
        let tidy = tidy(typed)?;
        let query = match Parser::new().parse(&tidy) {
            Ok(ast) => match Self::expression(&tidy, &ast) {
                Some(query) => Some(query),
                None => Self::instead(&tidy, "too large".into()),
            },
            Err(error) => Self::instead(&tidy, error.kind().to_string()),
        };
        query.map(|query| Self { typed: typed.to_owned(), ..query })
    }

    /// From words that mean nothing but themselves.
    pub fn words(typed: &str) -> Option<Self> {
        Self::instead(&tidy(typed)?, String::new()).map(|query| Self { flaw: None, ..query })
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Why what was typed is searched for as plain words, where it is no regular expression.
    pub fn flaw(&self) -> Option<&str> {
        self.flaw.as_deref()
    }

    fn expression(typed: &str, ast: &Ast) -> Option<Self> {
        let mut literals = ast::visit(ast, Literals::default()).ok()?;
        literals.at.sort_by_key(|&(start, ..)| start);
        let (mut pattern, mut copied) = (String::new(), 0);
        for &(start, end, place, c) in &literals.at {
            pattern.push_str(typed.get(copied..start)?);
            match place {
                Place::Alone => alone(c, &mut pattern),
                Place::InSet => in_set(c, &mut pattern),
            }
            copied = end;
        }
        pattern.push_str(typed.get(copied..)?);
        let regex = build(&pattern, literals.capital)?;
        let reach = if is_plain(ast) { Reach::Text } else { Reach::Paragraph };
        Some(Self { typed: typed.to_owned(), regex, flaw: None, reach })
    }

    fn instead(typed: &str, flaw: String) -> Option<Self> {
        let mut pattern = String::new();
        typed.chars().for_each(|c| alone(c, &mut pattern));
        let regex = build(&pattern, typed.chars().any(char::is_uppercase))?;
        Some(Self { typed: typed.to_owned(), regex, flaw: Some(flaw), reach: Reach::Text })
    }

    /// All hits in text order. They do not overlap, none is empty, and none holds an empty line.
    pub fn find(&self, text: &str) -> Vec<Span> {
        self.find_from(text, 0).collect()
    }

    /// The hits that start at byte `from` or later, found one by one as they are asked for.
    pub fn find_from<'a>(&'a self, text: &'a str, from: u32) -> impl Iterator<Item = Span> + 'a {
        let parts = match self.reach {
            Reach::Text => Parts::whole(text, from),
            Reach::Paragraph => Parts::paragraphs(text, from),
        };
        let hits = parts.flat_map(move |part| self.find_in(text, part));
        hits.skip_while(move |hit| hit.start < from)
    }

    fn find_in<'a>(&'a self, text: &'a str, part: Span) -> impl Iterator<Item = Span> + 'a {
        let hits = self.regex.find_iter(part.of(text)).map(move |hit| {
            let start = part.start + hit.start() as u32;
            without_breaks(text, Span::new(start, part.start + hit.end() as u32))
        });
        hits.filter(|hit| !hit.is_empty())
    }
}

/// Not too long, with single blanks; `None` where nothing is left.
fn tidy(typed: &str) -> Option<String> {
    let mut last = None;
    let tidy = typed.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let tidy = tidy.filter(|&c| last.replace(c) != Some(' ') || c != ' ');
    let tidy: String = tidy.take(MAX_PATTERN).collect();
    Some(tidy).filter(|tidy| !tidy.trim().is_empty())
}

fn build(pattern: &str, exact: bool) -> Option<Regex> {
    RegexBuilder::new(pattern).case_insensitive(!exact).multi_line(true).build().ok()
}

/// Whether an expression is nothing but characters.
fn is_plain(ast: &Ast) -> bool {
    match ast {
        Ast::Concat(concat) => concat.asts.iter().all(|ast| matches!(ast, Ast::Literal(_))),
        other => matches!(other, Ast::Literal(_)),
    }
}

/// Where a character stands in an expression.
#[derive(Clone, Copy, Debug)]
enum Place {
    Alone,
    InSet,
}

/// The characters of an expression that stand for themselves.
#[derive(Default)]
struct Literals {
    /// Bytes of the expression, place, character.
    at: Vec<(usize, usize, Place, char)>,
    /// Whether any is a capital letter.
    capital: bool,
}

impl Literals {
    fn add(&mut self, literal: &ast::Literal, place: Place) {
        self.capital |= literal.c.is_uppercase();
        if !matches!(literal.kind, LiteralKind::HexFixed(_) | LiteralKind::HexBrace(_)) {
            let ast::Span { start, end } = literal.span;
            self.at.push((start.offset, end.offset, place, literal.c));
        }
    }
}

impl ast::Visitor for Literals {
    type Output = Self;
    type Err = ();

    fn finish(self) -> Result<Self, ()> {
        Ok(self)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), ()> {
        if let Ast::Literal(literal) = ast {
            self.add(literal, Place::Alone);
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), ()> {
        match item {
            ClassSetItem::Literal(literal) => self.add(literal, Place::InSet),
            ClassSetItem::Range(range) => self.capital |= range.start.c.is_uppercase(),
            _ => {}
        }
        Ok(())
    }
}

/// An expression for one character by itself, with all that it stands for.
fn alone(c: char, pattern: &mut String) {
    if c.is_whitespace() {
        return pattern.push_str(GAP);
    }
    if !c.is_alphanumeric() {
        pattern.push('[');
        in_set(c, pattern);
        return pattern.push(']');
    }
    pattern.push_str("(?:[");
    in_set(c, pattern);
    pattern.push(']');
    if is_marked(c) {
        pattern.push('|');
        decompose_canonical(c, |part| pattern.push(part));
    }
    pattern.push_str(UNSEEN);
    pattern.push(')');
}

/// The members of a set that one character stands for.
fn in_set(c: char, pattern: &mut String) {
    if c.is_whitespace() {
        return pattern.push_str(r"\s");
    }
    let family = FAMILIES.iter().find(|family| family.contains(c)).into_iter();
    let family = family.flat_map(|family| family.chars()).filter(|&other| other != c);
    for member in [c].into_iter().chain(family).chain(marked(c)) {
        // By number: no character means anything else then.
        let _ = write!(pattern, r"\x{{{:x}}}", u32::from(member));
    }
}

/// Whether a letter is composed of a plain one and combining marks.
fn is_marked(letter: char) -> bool {
    let mut parts = Vec::new();
    decompose_canonical(letter, |part| parts.push(part));
    let is_mark = |part: &char| matches!(part, '\u{300}'..='\u{36f}');
    let plain = parts.first().is_some_and(|plain| plain.is_alphabetic());
    plain && parts.len() > 1 && parts[1..].iter().all(is_mark)
}

/// The parts of a text that are searched one after the other.
struct Parts<'a> {
    text: &'a str,
    at: usize,
    reach: Reach,
}

impl<'a> Parts<'a> {
    fn whole(text: &'a str, from: u32) -> Self {
        Self { text, at: text.floor_char_boundary(from as usize), reach: Reach::Text }
    }

    /// From the start of the paragraph that holds byte `from`.
    fn paragraphs(text: &'a str, from: u32) -> Self {
        let before = text.get(..text.floor_char_boundary(from as usize)).unwrap_or_default();
        let at = before.rfind("\n\n").map_or(0, |feeds| feeds + 2);
        Self { text, at, reach: Reach::Paragraph }
    }
}

impl Iterator for Parts<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let break_at = (self.reach == Reach::Paragraph).then(|| rest.find("\n\n")).flatten();
        self.at = break_at.map_or(self.text.len(), |feeds| start + feeds + 2);
        Some(Span::from(start..break_at.map_or(self.text.len(), |feeds| start + feeds)))
    }
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
        assert_eq!(hits(r"\Bide\S", "tides TIDES"), ["ides", "IDES"]);
    }

    #[test]
    fn a_plain_letter_finds_marked_ones_and_a_marked_one_only_itself() {
        assert_eq!(hits("lodz", "Łódź, Lódz, LODZ"), ["Łódź", "Lódz", "LODZ"]);
        assert_eq!(hits("cafe", "café cafe\u{301} cafés"), ["café", "cafe\u{301}", "café"]);
        assert_eq!(hits("café", "café cafe\u{301} cafe"), ["café", "cafe\u{301}"]);
        assert_eq!(hits("harbour", "har\u{ad}bour"), ["har\u{ad}bour"]);
        assert_eq!(hits("Αθηνα", "Αθήνα"), ["Αθήνα"]);
        assert_eq!(hits("Orsted", "Ørsted, ørsted"), ["Ørsted"]);
        assert_eq!(hits("s[ae]o", "São seo são"), ["São", "seo", "são"]);
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
        assert_eq!(hits("\"[^\"]+\"", "“one” and «two»"), ["“one”", "«two»"]);
    }

    #[test]
    fn what_is_typed_is_an_expression_inside_one_paragraph() {
        assert_eq!(hits("t(i|o)de?", "tide, tod, ted"), ["tide", "tod"]);
        assert_eq!(hits("^the .*$", "The tide\n\nOh the\n\nthe sea"), ["The tide", "the sea"]);
        assert_eq!(hits("(?s)old.*", "old mill\n\nold tide"), ["old mill", "old tide"]);
        assert_eq!(hits(r"\d{4}", "in 1998 and 20"), ["1998"]);
        assert_eq!(hits("x*", "axxb"), ["xx"]);
    }

    #[test]
    fn what_is_no_expression_is_plain_words() {
        assert_eq!(hits("a.c (x)* [b", "abc a.c (x)* [b"), ["a.c (x)* [b"]);
        let flaw = |typed| Query::new(typed).unwrap().flaw().map(str::to_owned);
        assert_eq!(flaw("(so").as_deref(), Some("unclosed group"));
        assert_eq!(flaw(r"\w{999}{999}{999}").as_deref(), Some("too large"));
        assert_eq!(flaw("so?"), None);
        assert!(Query::new("").is_none() && Query::new(" \n\t").is_none());
        assert!(Query::new(&(" ".repeat(MAX_PATTERN) + "x")).is_some());
    }

    #[test]
    fn hits_can_be_asked_for_from_any_byte() {
        for typed in ["tide", "t[i]de"] {
            let (text, query) = ("tide tide\n\ntide", Query::new(typed).unwrap());
            let from = |at| query.find_from(text, at).map(|hit| hit.start).collect::<Vec<_>>();
            assert_eq!(from(0), [0, 5, 11]);
            assert_eq!(from(1), [5, 11]);
            assert_eq!(from(11), [11]);
            assert!(from(99).is_empty());
        }
    }

    #[test]
    fn a_huge_pattern_is_cut() {
        assert!(Query::new(&"ſK ’e".repeat(100_000)).is_some());
    }

    proptest! {
        #[test]
        fn hits_are_sorted_and_stay_in_their_block(typed in r"[a-c'’ .*|^$+()\[\]\n\u{e9}ſK-]{1,6}", text in "[a-c'’ \n\r\u{e9}ſK–-]{0,60}", from in 0_u32..70) {
            let Some(query) = Query::new(&typed) else { return Ok(()) };
            let found = query.find(&text);
            for hit in &found {
                prop_assert!(!hit.is_empty() && !hit.of(&text).is_empty());
                prop_assert!(!hit.of(&text).contains("\n\n"));
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(query.find_from(&text, from).all(|hit| hit.start >= from && !hit.of(&text).is_empty()));
        }

        #[test]
        fn whatever_is_typed_finds_itself_as_words(typed in any::<String>()) {
            let Some(query) = Query::words(&typed) else { return Ok(()) };
            let text = typed.trim();
            if typed.chars().count() <= MAX_PATTERN && !text.contains(char::is_whitespace) && text == typed {
                let found = query.find(text);
                prop_assert!(found.first().is_some_and(|hit| hit.start == 0), "{:?}", found);
            }
        }
    }
}
