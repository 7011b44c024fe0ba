//! The line of a file that some words of its text stand on. A text is not its file: marks, tags and
//! names of characters stand between the words. What is looked for is the place around which most
//! of the words follow each other.
//!
//! May not know: formats, articles.

/// So many words from the place on are looked for.
const AFTER: usize = 12;

/// So many words before it.
const BEFORE: usize = 6;

/// So many bytes of the text around the place are read for words.
const AROUND: usize = 400;

/// Between two words stand at most so many bytes of the file.
const GAP: usize = 160;

/// So many places are compared: a word that stands at more of them tells nothing.
const COMPARED: usize = 10_000;

/// The number, from 1, of the line of `source` that holds the words of `text` at byte `at`; `None`
/// where less than half of the words are there. Linear in `source`.
pub fn line_of(source: &str, text: &str, at: u32) -> Option<usize> {
    let at = text.floor_char_boundary(at as usize);
    let after = words(text.get(at..text.floor_char_boundary(at + AROUND))?);
    let after = after.get(..after.len().min(AFTER))?;
    let before = words(text.get(text.floor_char_boundary(at.saturating_sub(AROUND))..at)?);
    let before = before.get(before.len().saturating_sub(BEFORE)..)?;
    let (key, word) = after.iter().enumerate().max_by_key(|(_, word)| word.len())?;
    let mut best: Option<(usize, usize)> = None;
    for (place, _) in source.match_indices(word).take(COMPARED) {
        let (count, first) = compared(source, place, (before, &after[..key]), &after[key..]);
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, first));
        }
    }
    let (_, first) = best.filter(|&(count, _)| 2 * count > after.len())?;
    Some(1 + source.get(..first)?.matches('\n').count())
}

/// How many words stand around a place of the file in their order, and where the first one stands
/// that is looked for.
fn compared(
    source: &str,
    place: usize,
    (before, lead): (&[&str], &[&str]),
    rest: &[&str],
) -> (usize, usize) {
    let (mut count, mut first, mut end) = (0, place, place);
    for word in rest {
        let gap =
            source.get(end..source.floor_char_boundary(end + GAP + word.len())).unwrap_or_default();
        if let Some(found) = gap.find(word) {
            end += found + word.len();
            count += 1;
        }
    }
    let mut start = place;
    for (number, word) in before.iter().chain(lead).rev().enumerate() {
        let from = source.floor_char_boundary(start.saturating_sub(GAP + word.len()));
        if let Some(found) = source.get(from..start).unwrap_or_default().rfind(word) {
            start = from + found;
            count += 1;
            first = if number < lead.len() { start } else { first };
        }
    }
    (count, first)
}

/// Words without the signs around them.
fn words(text: &str) -> Vec<&str> {
    text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_through_tags_and_names_of_characters() {
        let source = "<h1>The tide</h1>\n<p>The tide turned at noon, and\nthe <em>ferry</em> left \
                      caf&eacute; empty.</p>\n<p>The tide turned at noon, said Ada.</p>\n";
        let text = "The tide\n\nThe tide turned at noon, and the ferry left café empty.\n\n\
                    The tide turned at noon, said Ada.";
        let line = |words: &str| line_of(source, text, text.find(words).unwrap() as u32);
        assert_eq!(line("The tide\n"), Some(1));
        assert_eq!(line("The tide turned at noon, and"), Some(2));
        assert_eq!(line("the ferry"), Some(3));
        assert_eq!(line("The tide turned at noon, said"), Some(4));
        assert_eq!(line("Ada"), Some(4));
    }

    #[test]
    fn what_is_not_there_has_no_line() {
        assert_eq!(line_of("one\ntwo\n", "The tide turned at noon.", 0), None);
        assert_eq!(line_of("", "", 0), None);
        assert_eq!(line_of("é", "é", 1), Some(1));
        assert_eq!(line_of("one", "…", 0), None);
    }
}
