//! Where sentences begin and end, as a reader would say.
//!
//! A sentence ends at a full stop, exclamation or question mark with the closing quotes and
//! brackets after it, if what follows can begin a sentence; and at every line feed. Which full
//! stops only shorten a word is decided by the word before and the word after.
//!
//! May not know: blocks, names. Time is linear: each mark looks at a bounded number of bytes
//! behind it and ahead to the next mark at most.

use std::ops::Range;

use super::span::Span;

/// Longest word that is looked up as an abbreviation, in bytes.
const LONGEST: usize = 12;

/// Never at the end of a sentence: what follows belongs to them.
const BEFORE_A_NAME: [&str; 41] = [
    "adm", "assn", "brig", "capt", "cf", "cmdr", "col", "cpl", "dr", "eg", "fr", "gen", "gov",
    "hon", "ie", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "msgr", "mt", "op",
    "pres", "prof", "rep", "reps", "rev", "sen", "sens", "sgt", "st", "ste", "supt", "univ", "v",
    "viz", "vs",
];

/// Shortened words that may stand at the end: only a plain beginning after them ends a sentence.
const SHORTENED: [&str; 47] = [
    "al", "apr", "assoc", "aug", "ave", "blvd", "bros", "ca", "co", "corp", "dec", "dept", "dist",
    "eds", "esq", "est", "etc", "feb", "fri", "ft", "hrs", "hwy", "inc", "jan", "jr", "jul", "jun",
    "lb", "ltd", "mar", "min", "mins", "mon", "nov", "oct", "oz", "phd", "rd", "sat", "sep",
    "sept", "sr", "sun", "thu", "tue", "tues", "wed",
];

/// Only shortened before a number (`No. 5`, `pp. 7`); otherwise words of their own.
const BEFORE_A_NUMBER: [&str; 16] = [
    "art", "ch", "chap", "figs", "fig", "n", "no", "nos", "nr", "p", "para", "pp", "sec", "vol",
    "vols", "ver",
];

/// Words that begin sentences and hardly ever names, in lower case.
const BEGINNERS: [&str; 82] = [
    "a", "after", "all", "also", "although", "an", "and", "another", "as", "at", "because",
    "before", "both", "but", "by", "did", "do", "does", "during", "each", "even", "every", "few",
    "finally", "first", "for", "from", "he", "her", "here", "his", "how", "however", "i", "if",
    "in", "instead", "is", "it", "its", "last", "many", "most", "my", "no", "nor", "not", "now",
    "on", "one", "only", "or", "other", "our", "she", "since", "so", "some", "still", "such",
    "that", "the", "their", "then", "there", "these", "they", "this", "those", "though", "thus",
    "to", "today", "we", "what", "when", "where", "while", "who", "why", "with", "you",
];

/// The sentences of `text`, in bytes relative to it: sorted, disjoint, none empty. White space
/// around a sentence belongs to none; all other characters belong to one.
pub fn split(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut seen = 0;
    for (at, ch) in marks(text) {
        if at < seen {
            continue;
        }
        let stops = row_of_stops(text, at);
        // A row of stops is judged once, by its first.
        seen = at + stops.max(1);
        let end = if is_line_end(ch) { Some(at) } else { ending(text, start..at, stops) };
        if let Some(end) = end {
            push(&mut sentences, text, start, end);
            start = end;
        }
    }
    push(&mut sentences, text, start, text.len());
    sentences
}

/// Line ends and stops. Looks at bytes first: most of a text is neither.
fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    let first =
        |byte: u8| matches!(byte, b'\n' | b'.' | b'!' | b'?' | 0xd8 | 0xdb | 0xe0..=0xe3 | 0xef);
    let places = text.bytes().enumerate().filter(move |&(_, byte)| first(byte));
    let marks = places.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)));
    marks.filter(|&(_, ch)| is_line_end(ch) || is_stop(ch))
}

/// Whether a full stop after `word` (without the stop) belongs to the word: a title, a shortened
/// word, or one initial.
pub fn is_abbreviation(word: &str) -> bool {
    is_initial(word) || listed(&BEFORE_A_NAME, word) || listed(&SHORTENED, word)
}

fn push(sentences: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let words = text.get(start..end).unwrap_or_default();
    let front = start + (words.len() - words.trim_start().len());
    let back = front + words.trim().len();
    if front < back {
        sentences.push((front..back).into());
    }
}

fn is_line_end(ch: char) -> bool {
    matches!(ch, '\n' | '\u{2028}' | '\u{2029}')
}

fn is_stop(ch: char) -> bool {
    matches!(ch, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '॥' | '።')
        || is_wide_stop(ch)
}

/// Full stops of scripts that put no space between sentences.
fn is_wide_stop(ch: char) -> bool {
    matches!(ch, '。' | '！' | '？' | '｡' | '．')
}

fn is_closing(ch: char) -> bool {
    matches!(
        ch,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '*'
            | '_'
    )
}

fn is_opening(ch: char) -> bool {
    matches!(
        ch,
        '"' | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '*'
            | '_'
    )
}

/// How many bytes the row of stops at byte `at` is long.
fn row_of_stops(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.len() - rest.trim_start_matches(is_stop).len()
}

/// Where the sentence ends that is `range` so far, if the row of `stops` bytes after it ends it.
fn ending(text: &str, range: Range<usize>, stops: usize) -> Option<usize> {
    let row = text.get(range.end..range.end + stops)?;
    let closed = past_note(text.get(range.end + stops..)?.trim_start_matches(is_closing));
    let end = text.len() - closed.len();
    let wide = row.chars().any(is_wide_stop);
    let gap = closed.chars().next().is_none_or(char::is_whitespace);
    if wide && begins_anyhow(closed) {
        return Some(end);
    }
    if !gap {
        return None;
    }
    let next = Next::of(closed);
    let ends = match row {
        _ if next == Next::Lower => false,
        "." => stop_ends(text.get(range)?, closed, next),
        _ => true,
    };
    ends.then_some(end)
}

/// Whether what follows a full stop of a script without spaces can begin a sentence.
fn begins_anyhow(rest: &str) -> bool {
    rest.chars().next().is_none_or(|ch| {
        ch.is_alphanumeric()
            || ch.is_whitespace()
            || is_opening(ch)
            || matches!(ch, '「' | '『' | '（' | '【')
    })
}

/// Skips the mark of a footnote, `[12]`, that closes a sentence.
fn past_note(rest: &str) -> &str {
    let Some(inside) = rest.strip_prefix('[') else { return rest };
    let digits = inside.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let after = inside.get(digits..).unwrap_or_default().strip_prefix(']');
    after.filter(|_| digits > 0).unwrap_or(rest)
}

/// What the first letter or digit after a stop is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Lower,
    Digit,
    Other,
}

impl Next {
    /// Looks past white space, dashes and opening marks, but past no line feed and no other stop.
    fn of(rest: &str) -> Self {
        let first = rest.chars().find(|&ch| !is_skipped(ch));
        match first {
            Some(',' | ';' | ':') => Self::Lower,
            Some(ch) if ch.is_lowercase() => Self::Lower,
            Some(ch) if ch.is_numeric() => Self::Digit,
            _ => Self::Other,
        }
    }
}

fn is_skipped(ch: char) -> bool {
    !is_line_end(ch) && (ch.is_whitespace() || is_opening(ch) || matches!(ch, '–' | '—' | '-'))
}

/// Whether a single full stop ends the sentence that `before` is so far.
fn stop_ends(before: &str, after: &str, next: Next) -> bool {
    let word = last_word(before);
    let plain = word.trim_matches('.');
    if is_number(plain) && is_first(before, word) {
        return false;
    }
    if listed(&BEFORE_A_NUMBER, plain) && next == Next::Digit {
        return false;
    }
    if word.contains('.') {
        return !listed(&BEFORE_A_NAME, &plain.replace('.', "")) && dotted_ends(after);
    }
    if is_initial(word) {
        return initial_ends(before, word, after);
    }
    if listed(&BEFORE_A_NAME, word) {
        return false;
    }
    !listed(&SHORTENED, word) || (next != Next::Digit && begins(after))
}

/// After `U.S.`, `a.m.`, `Ph.D.` only a plain beginning, or the end of the line, ends a sentence.
fn dotted_ends(after: &str) -> bool {
    begins(after)
}

/// `Ada B. Brandt` and `by B. Brandt` go on, `plan B. Then` does not, nor does `so did I. Ada`.
fn initial_ends(before: &str, word: &str, after: &str) -> bool {
    let ahead = before.get(..before.len() - word.len()).unwrap_or_default().trim_end();
    let named = last_word(ahead).starts_with(char::is_uppercase);
    begins(after) || (word == "I" && !named)
}

/// Whether what follows is nothing, a new line, or a word that begins sentences.
fn begins(after: &str) -> bool {
    let rest = after.trim_start_matches(is_skipped);
    let length = rest.find(|ch: char| !ch.is_alphabetic()).unwrap_or(rest.len().min(LONGEST + 1));
    let word = rest.get(..length).unwrap_or_default();
    rest.is_empty() || rest.starts_with(is_line_end) || listed(&BEGINNERS, word)
}

/// The last run of letters, digits and inner stops, of at most [`LONGEST`] bytes or so.
fn last_word(before: &str) -> &str {
    let mut start = before.len();
    for (at, ch) in before.char_indices().rev() {
        if before.len() - at > LONGEST || !(ch.is_alphanumeric() || ch == '.') {
            break;
        }
        start = at;
    }
    before.get(start..).unwrap_or_default()
}

/// Whether nothing but a mark or two stands before the last word: `1. Open the box`.
fn is_first(before: &str, word: &str) -> bool {
    let ahead = before.get(..before.len() - word.len()).unwrap_or_default();
    ahead.len() < LONGEST && !ahead.contains(char::is_alphanumeric)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// Whether a list of lower-case ASCII words holds `word` in any case.
fn listed(list: &[&str], word: &str) -> bool {
    if word.len() > LONGEST || word.is_empty() {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    list.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Splits at `|`, which stands for the gaps.
    fn check(marked: &str) {
        let wanted: Vec<&str> = marked.split('|').map(str::trim).collect();
        let text = marked.replace('|', "");
        let found: Vec<&str> = split(&text).into_iter().map(|span| span.of(&text)).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn stops_that_shorten_do_not_end() {
        check("Dr. Ada B. Brandt met Mr. Lund at 3.15 p.m. on St. Mary St. in Oslo.| She left.");
        check("The U.S. Senate sat.| He lives in the U.S.| They moved, e.g. Gen. Holm, i.e. him.");
        check("See No. 5 and pp. 7.| No.| He said no.| Then J. von Lund spoke to J. R. Holm.");
        check("It fell by 0.8% in Jan. 2016 and rose in Feb. 3 times.");
        check("Lund & Co. Ltd. was sold to Holm Inc.| The price was low.");
        check("They chose plan B.| Then rain came, etc.| It was World War I.| It ended.");
        check("“We won,” said B. Holm.| So did I.| Ada did not.");
        check("1. Open the box.| 2. Close it.");
    }

    #[test]
    fn quotes_and_brackets_close_with_their_sentence() {
        check("“We have no problems,” he said.| “It’s you.”| “No.”| (It was so.)| Then.");
        check("“Why?” she asked.| “Go!” they cried.| “Why?”| She left.");
        check("He said “no.”| She said ‘yes.’| [It was noted.[12]| Then not.");
        check("What?!| Really…| Well … he said… and went.| Wait...| Now.");
        check("Visit example.org today.| It is 3.5 m.| Yahoo! bought it.");
    }

    #[test]
    fn other_scripts_and_lines_end_too() {
        check("今日は晴れ。|明日は雨！|本当？|「はい。」|それから");
        check("यह घर है।| वह गया।");
        check("one line\n|another line\n\n|third");
        check("Ünïcode ends.| Österreich begins.");
    }

    #[test]
    fn a_long_row_of_marks_is_no_trouble() {
        for piece in [".", ". ", "\" - ", "A. ", "A.", "?!\"", "\n", "e.g. ", "。", "[1"] {
            let text = piece.repeat(50_000);
            assert!(split(&text).len() <= text.len());
            assert!(split(&(text + "a")).len() <= 50_000 * 2);
        }
    }

    proptest! {
        #[test]
        fn every_visible_character_is_in_one_sentence(text in "[ \n.!?A-Ca-c0-9“”\"'()…。\u{301}ü-]{0,60}|\\PC{0,40}") {
            let spans = split(&text);
            let mut last = 0;
            for span in &spans {
                prop_assert!(span.start >= last && !span.is_empty());
                prop_assert!(text.get(last as usize..span.start as usize).unwrap().trim().is_empty());
                prop_assert_eq!(span.of(&text).trim(), span.of(&text));
                prop_assert!(!span.of(&text).contains('\n'));
                last = span.end;
            }
            prop_assert!(text.get(last as usize..).unwrap().trim().is_empty());
        }
    }
}
