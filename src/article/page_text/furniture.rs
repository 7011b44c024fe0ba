//! The words of a page that belong to neither article nor comments: what opens and ends a
//! discussion, buttons, prompts, headings of lists.
//!
//! May not know: how comments are headed.

use super::words::{BUTTONS, FEET, FOLDS, LISTS, PLURALS, PROMPTED, PROMPTS, SINGULARS};

/// Longest line, in bytes, that may be furniture.
const LONGEST: usize = 160;

fn is_noun(word: &str) -> bool {
    PLURALS.contains(&word) || SINGULARS.contains(&word)
}

/// What a line that opens a discussion says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marker {
    /// The headline, where the line names it.
    pub(super) title: Option<String>,
    /// Whether it speaks of comments in general or counts them, rather than asks for one.
    pub(super) opens: bool,
}

/// A line made only of words about comments, with one that names them: `3 Comments`, `Leave a
/// comment`, `Hide Comments Read Comments (2)`, `2 responses to “TITLE”`.
pub(super) fn marker(line: &str) -> Option<Marker> {
    if line.len() > 2 * LONGEST || !opens_like_one(line) {
        return None;
    }
    let (line, title) = without_title(line);
    if line.len() > LONGEST {
        return None;
    }
    let lower = line.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let known = |word: &str| {
        is_noun(word) || PROMPTS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit())
    };
    let mut all = words.clone();
    if !all.any(is_noun) || !words.all(known) {
        return None;
    }
    let plural = lower.split(|c: char| !c.is_alphanumeric());
    let opens = title.is_some()
        || plural.clone().any(|word| PLURALS.contains(&word))
        || (plural.clone().any(|word| word.parse::<u32>().is_ok()) && !line.ends_with('.'));
    // A single word in the singular is a button below a comment.
    let alone = plural.filter(|word| !word.is_empty()).count() == 1 && !opens;
    (!alone).then_some(Marker { title, opens })
}

/// For each length in bytes, by which letters the words that stand in such lines begin.
const SHAPES: [u32; 32] = shapes(&[&PLURALS, &SINGULARS, &PROMPTS]);

const fn shapes(lists: &[&[&str]]) -> [u32; 32] {
    let (mut shapes, mut list) = ([0; 32], 0);
    while list < lists.len() {
        let mut word = 0;
        while word < lists[list].len() {
            shapes[lists[list][word].len()] |= bit(lists[list][word]);
            word += 1;
        }
        list += 1;
    }
    shapes
}

/// The first byte of a word as one of 32 bits, the same for both cases of a letter.
const fn bit(word: &str) -> u32 {
    1 << (word.as_bytes()[0] & 31)
}

/// Whether the first word is one that stands in such lines: most lines are told by it.
fn opens_like_one(line: &str) -> bool {
    let word = line.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    let is = |word: &str, known: &[&str]| known.iter().any(|one| one.eq_ignore_ascii_case(word));
    let may = |word: &str| SHAPES.get(word.len()).is_some_and(|first| first & bit(word) > 0);
    word.is_some_and(|word| {
        word.bytes().all(|b| b.is_ascii_digit())
            || may(word) && (is(word, &PLURALS) || is(word, &SINGULARS) || is(word, &PROMPTS))
    })
}

/// The line without a headline in quotation marks at its end, and that headline.
fn without_title(line: &str) -> (&str, Option<String>) {
    let open = line.find(['“', '"', '«', '„']);
    let Some((words, quoted)) = open.map(|at| line.split_at(at)) else { return (line, None) };
    let inner = quoted.trim_start_matches(['“', '"', '«', '„']).trim_end_matches('.');
    let title = inner.strip_suffix(['”', '"', '»', '“']).map(str::trim);
    match title {
        Some(title) if !title.is_empty() => (words, Some(title.to_owned())),
        _ => (line, None),
    }
}

/// Whether a line stands below a discussion.
pub(super) fn is_end(line: &str) -> bool {
    is_heading(line, &[&FEET, &PROMPTED, &LISTS])
}

/// Whether a line heads a list of other texts.
pub(super) fn heads_list(line: &str) -> bool {
    is_heading(line, &[&LISTS])
}

/// Whether a line asks to join a discussion, or says that it is closed.
pub(super) fn is_prompt(line: &str) -> bool {
    is_end(line) && !heads_list(line)
}

/// A short line without a sentence's end that begins with one of the words of some tables, as
/// whole words.
fn is_heading(line: &str, tables: &[&[&str]]) -> bool {
    if line.len() > 70 {
        return false;
    }
    let lower = line.to_lowercase();
    let is_end = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let mut starts = tables.iter().copied().flatten();
    let found = starts.any(|start| lower.strip_prefix(*start).is_some_and(is_end));
    let sentence = lower.ends_with(['.', '!', '?', ',', ';']) || lower.contains(". ");
    found && (!sentence || PROMPTED.iter().any(|start| lower.starts_with(start)))
}

/// Whether a line is a button, or a count of votes such as `+20`.
pub(super) fn is_button(line: &str) -> bool {
    if line.len() > 30 {
        return false;
    }
    let lower = line.to_lowercase();
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '↓');
    BUTTONS.contains(&lower) || is_votes(line)
}

/// `+20`, `-3`, `5 likes`.
fn is_votes(line: &str) -> bool {
    let line = line.trim();
    let (sign, rest) =
        (line.starts_with(['+', '-', '−']), line.trim_start_matches(['+', '-', '−']));
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let known = ["", "likes", "like", "votes", "points"].contains(&unit.trim());
    unit.len() < rest.len() && known && (sign || !unit.is_empty())
}

/// The words before the mark of a fold at the end of a paragraph, if one stands there. The mark
/// must follow a sentence, a gap or dots, since “more” also ends sentences.
pub(super) fn unfolded(text: &str) -> Option<&str> {
    let cut = FOLDS.iter().find_map(|fold| {
        let at = text.len().checked_sub(fold.len())?;
        let (head, tail) = text.split_at_checked(at)?;
        (tail.eq_ignore_ascii_case(fold) && tail.starts_with(char::is_uppercase)).then_some(head)
    })?;
    let head = cut.trim_end();
    (head.len() < cut.len() || !head.ends_with(char::is_alphanumeric)).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_open_a_discussion() {
        for line in [
            "Comments",
            "3 Comments",
            "Comments (14)",
            "View comments (31)",
            "1 Comment",
            "Show Comments See Comments (12)Please sign in or register to post a comment.",
            "5 thoughts on “Low Water”",
            "12 responses to \"Low Water\"",
            "Kommentare",
            "3 Gedanken zu „Niedrigwasser“",
            "2 réflexions sur « Basses eaux »",
            "Una respuesta a “Agua baja”",
            "Alle 12 Kommentare anzeigen",
        ] {
            assert!(marker(line).is_some_and(|marker| marker.opens), "{line}");
        }
        assert_eq!(
            marker("5 thoughts on “Low Water”").unwrap().title.as_deref(),
            Some("Low Water")
        );
        assert!(marker("Leave a comment").is_some_and(|marker| !marker.opens));
    }

    #[test]
    fn sentences_and_buttons_do_not() {
        for line in ["Reply", "Comment", "His comments angered the house.", "", "3", "Hide"] {
            assert_eq!(marker(line), None, "{line}");
        }
    }

    #[test]
    fn a_fold_is_cut_but_not_a_word() {
        assert_eq!(unfolded("It went on. Read more"), Some("It went on."));
        assert_eq!(unfolded("It went on …Read more"), Some("It went on …"));
        assert_eq!(unfolded("I ought to read more"), None);
    }

    #[test]
    fn buttons_and_ends() {
        assert!(is_button("Reply ↓") && is_button("+20") && is_button("5 likes"));
        assert!(!is_button("20") && !is_button("Print is dead"));
        assert!(is_end("Featured") && is_end("Related Posts") && heads_list("Related:"));
        assert!(!is_end("Relatedly, the sea is high."));
    }
}
