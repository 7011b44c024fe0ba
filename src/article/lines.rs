//! The lines of a text, and the paragraphs that hard-wrapped lines make when they are joined.
//!
//! May not know: what a paragraph means.

use std::borrow::Cow;

use memchr::memchr;

/// Widths, in characters, that hard-wrapped text is set to.
const WIDTHS: std::ops::RangeInclusive<usize> = 60..=132;

/// How many lines are looked at to tell whether they are wrapped.
const PROBE: usize = 4000;

/// How many longer lines must have another right below before it is asked how they end.
const FEW: usize = 3;

/// A paragraph of the file: a line of it, or several that were wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph<'a> {
    /// Its words, without white space around them and without the marks of a quotation.
    pub(super) text: Cow<'a, str>,
    /// White space before it, in characters.
    pub(super) indent: u16,
    /// How many `>` stood before it.
    pub(super) quote: u8,
    /// Whether an empty line stood above it.
    pub(super) gap: bool,
}

/// The paragraphs of `text`: its wrapped lines joined if it is wrapped, else one a line. Empty
/// lines are left out.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph<'_>> {
    match width(text) {
        Some(width) => joined(text, width),
        None => lines(text).collect(),
    }
}

/// The lines that are not empty.
fn lines(text: &str) -> impl Iterator<Item = Paragraph<'_>> {
    let (mut gap, mut rest) = (false, text);
    std::iter::from_fn(move || {
        loop {
            // Many empty lines are passed over at once.
            let below = rest.trim_start_matches('\n');
            gap |= below.len() < rest.len();
            let end = memchr(b'\n', below.as_bytes()).unwrap_or(below.len());
            let (line, after) = below.split_at_checked(end).filter(|_| !below.is_empty())?;
            rest = after.strip_prefix('\n').unwrap_or_default();
            match paragraph(line, gap) {
                Some(paragraph) => {
                    gap = false;
                    return Some(paragraph);
                }
                None => gap = true,
            }
        }
    })
}

/// A line as a paragraph, if there is a word on it.
fn paragraph(line: &str, gap: bool) -> Option<Paragraph<'_>> {
    let words = line.trim();
    let indent = line.len() - line.trim_start().len();
    let (quote, words) = unquoted(words);
    let text = Cow::from(words);
    (!text.is_empty()).then_some(Paragraph { text, indent: indent.min(999) as u16, quote, gap })
}

/// The level of a quoted line and its words; a line of marks alone is left as it is.
fn unquoted(line: &str) -> (u8, &str) {
    let words = line.trim_start_matches(['>', ' ']);
    let marks = line.strip_suffix(words).unwrap_or_default();
    let level = marks.bytes().filter(|&byte| byte == b'>').count();
    match level {
        0 => (0, line),
        _ if words.is_empty() => (0, line),
        _ => (level.min(usize::from(u8::MAX)) as u8, words),
    }
}

/// The width that the lines were wrapped to, in characters, if they were: the 97th percentile of
/// their lengths lies in [`WIDTHS`], a fifth of the lines are about as long, and most end where their next word no longer fitted.
fn width(text: &str) -> Option<usize> {
    let mut lengths = [0_usize; 134];
    let mut count = 0;
    for line in probe(text).filter(|line| !line.is_empty()) {
        lengths[line.chars().count().min(133)] += 1;
        count += 1;
    }
    let mut rest = count * 3 / 100;
    let near = |wide: usize| lengths[wide * 3 / 4..].iter().sum::<usize>() * 5 > count;
    let wide = (0..lengths.len()).rev().find(|&length| {
        let here = lengths[length];
        let found = here > rest;
        rest = rest.saturating_sub(here);
        found
    })?;
    (WIDTHS.contains(&wide) && near(wide) && breaks_are_forced(text, wide)).then_some(wide)
}

fn probe(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').take(PROBE).map(str::trim_end)
}

/// Whether three of four longer lines that have another right below were full: one more word
/// would have passed the width. Short lines tell nothing: menus and headings are made of them.
fn breaks_are_forced(text: &str, width: usize) -> bool {
    let (mut pairs, mut forced) = (0_usize, 0_usize);
    let mut above: &str = "";
    for line in probe(text) {
        let length = above.chars().count();
        if length * 2 >= width && !line.is_empty() && !is_bullet(line.trim_start()) {
            pairs += 1;
            forced += usize::from(is_full(above, line, width.saturating_sub(8)));
        }
        above = line;
    }
    pairs >= FEW && forced * 4 >= pairs * 3
}

/// Whether the first word of `next` would have made `line` wider than `width` characters.
fn is_full(line: &str, next: &str, width: usize) -> bool {
    let word = next.trim_start().chars().take_while(|c| !c.is_whitespace());
    // With the blank before the word.
    let room = width.saturating_sub(line.chars().count());
    word.take(room).count() == room
}

/// Lines joined to the paragraph above where that was full.
fn joined(text: &str, width: usize) -> Vec<Paragraph<'_>> {
    let mut paragraphs: Vec<Paragraph<'_>> = Vec::new();
    let mut last: &str = "";
    for line in lines(text) {
        let Cow::Borrowed(words) = line.text else { continue };
        let room = width.saturating_sub(usize::from(line.indent)).saturating_sub(8);
        match paragraphs.last_mut() {
            Some(above) if goes_on(above, &line, words) && is_full(last, words, room) => {
                join(above.text.to_mut(), words);
            }
            _ => paragraphs.push(line),
        }
        last = words;
    }
    paragraphs
}

fn goes_on(above: &Paragraph<'_>, line: &Paragraph<'_>, words: &str) -> bool {
    let deeper = line.indent > above.indent + 1 && !is_bullet(&above.text);
    !line.gap && !deeper && line.quote == above.quote && !is_bullet(words)
}

/// Whether a line starts with the mark of a list item.
fn is_bullet(line: &str) -> bool {
    let mark = line.split(' ').next().unwrap_or_default();
    let number = mark.trim_end_matches(['.', ')']);
    match mark {
        "*" | "-" | "•" | "+" | "–" | "—" | "·" => true,
        _ => {
            number.len() < mark.len()
                && number.len() < 4
                && number.bytes().all(|b| b.is_ascii_digit())
        }
    }
}

/// Puts a space between the two, except where a word was divided at its hyphen.
fn join(text: &mut String, words: &str) {
    let divided = text.ends_with('-') && !text.ends_with("--") && !text.ends_with(" -");
    if !divided || !words.starts_with(char::is_alphabetic) {
        text.push(' ');
    }
    text.push_str(words);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        paragraphs(text).into_iter().map(|paragraph| paragraph.text.into_owned()).collect()
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The harbour master had kept a ledger of every lamp that failed, and \
                    of\neach he wrote down the hour, the weather and the name of the man who \
                    had\nclimbed to mend it.\nNobody read it but his daughter, who copied the \
                    names into a book of\nher own.\n\n* one\n* two";
        assert_eq!(words(text).len(), 4);
        assert!(words(text)[0].ends_with("of each he wrote down the hour, the weather and the name of the man who had climbed to mend it."));
    }

    #[test]
    fn lines_of_their_own_stay() {
        let verse = "Out of the west\nthe evening came\nand laid its hand\non every flame";
        assert_eq!(words(verse).len(), 4);
    }

    #[test]
    fn empty_lines_are_gaps_however_many() {
        let found = paragraphs("one\ntwo\n\n\n three\n \t\r\nfour\r\n\r\nfive");
        let gaps: Vec<_> = found.iter().map(|found| (&*found.text, found.gap)).collect();
        let meant =
            [("one", false), ("two", false), ("three", true), ("four", true), ("five", true)];
        assert_eq!(gaps, meant);
        let above = paragraphs("\n\none");
        assert_eq!((above.len(), above[0].gap), (1, true));
        assert_eq!(paragraphs("\n\n"), []);
    }

    #[test]
    fn quotation_marks_of_mail_give_the_level() {
        let found = paragraphs("> > old\n> new\nmine\n>>");
        let levels: Vec<_> = found.iter().map(|paragraph| paragraph.quote).collect();
        assert_eq!(levels, [2, 1, 0, 0]);
        assert_eq!(found[0].text, "old");
    }
}
