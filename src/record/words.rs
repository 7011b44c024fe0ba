//! The words of a text, folded so that two printings of the same words compare equal.
//!
//! Case, quotation marks, dashes, other punctuation and white space do not count. May not
//! know: documents, bookmarks.

use crate::text::span::Span;

/// One word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands, without the punctuation around it.
    pub(crate) span: Span,
    /// A hash of its folded letters: equal words have equal numbers.
    pub(crate) id: u64,
}

/// A text with its words.
pub(crate) struct Worded<'t> {
    /// The text.
    pub(crate) text: &'t str,
    /// Its words in order.
    pub(crate) words: Vec<Word>,
}

impl<'t> Worded<'t> {
    /// Reads the words of `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, words: words(text) }
    }

    /// The letters of word number `index`.
    pub(crate) fn word(&self, index: usize) -> &'t str {
        self.words[index].span.of(self.text)
    }

    /// Whether word number `index`, which may be one past the last, starts a line.
    pub(crate) fn starts_line(&self, index: usize) -> bool {
        let (Some(before), Some(word)) = (index.checked_sub(1), self.words.get(index)) else {
            return true;
        };
        Span::new(self.words[before].span.end, word.span.start).of(self.text).contains('\n')
    }
}

/// What a character does to the word before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Belongs to a word.
    Letter,
    /// Is a word by itself: scripts that put no spaces between words, and pictures.
    Alone,
    /// Belongs to a word where a letter follows: an apostrophe.
    Joins,
    /// Belongs to the word before it and is not compared: a mark, a soft hyphen, a joiner.
    Silent,
    /// Ends a word.
    Gap,
}

/// Scripts without spaces between words, arrows, symbols and emoji, as first and last character.
const ALONE: [(char, char); 10] = [
    ('\u{e00}', '\u{eff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1780}', '\u{17ff}'),
    ('\u{2190}', '\u{2bff}'),
    ('\u{2e80}', '\u{2fff}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3040}', '\u{9fff}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{1f000}', '\u{1faff}'),
    ('\u{20000}', '\u{3ffff}'),
];

/// The words of `text` in order. Linear time.
pub(crate) fn words(text: &str) -> Vec<Word> {
    each(text).collect()
}

/// The same one by one: no more of the text is read than it takes to know those that are asked for.
pub(crate) fn each(text: &str) -> impl Iterator<Item = Word> + use<'_> {
    let mut chars = text.char_indices();
    let (mut open, mut alone, mut joined): (Option<Word>, Option<Word>, bool) = (None, None, false);
    std::iter::from_fn(move || {
        if let Some(word) = alone.take() {
            return Some(word);
        }
        for (at, c) in chars.by_ref() {
            let (role, span) = (role(c), Span::from(at..at + c.len_utf8()));
            let ended = match (role, &mut open) {
                (Role::Letter, Some(word)) => {
                    *word = Word { span: word.span.join(span), id: mixed(word.id, c) };
                    None
                }
                (Role::Letter, None) => {
                    open = Some(Word { span, id: mixed(BASIS, c) });
                    None
                }
                (Role::Silent, Some(word)) if !joined => {
                    word.span.end = span.end;
                    None
                }
                (Role::Joins, Some(_)) if !joined => None,
                _ => open.take(),
            };
            joined = role == Role::Joins;
            alone = (role == Role::Alone).then(|| Word { span, id: mixed(BASIS, c) });
            if let Some(word) = ended.or_else(|| alone.take()) {
                return Some(word);
            }
        }
        open.take()
    })
}

fn role(c: char) -> Role {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Role::Letter,
        '\'' | '\u{2019}' => Role::Joins,
        '\0'..='\x7f' => Role::Gap,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' => {
            Role::Silent
        }
        _ if is_alone(c) => Role::Alone,
        _ if c.is_alphanumeric() => Role::Letter,
        _ => Role::Gap,
    }
}

fn is_alone(c: char) -> bool {
    let after = ALONE.partition_point(|&(first, _)| first <= c);
    after.checked_sub(1).is_some_and(|index| c <= ALONE[index].1)
}

/// Start and factor of the FNV-1a hash.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

fn mixed(hash: u64, c: char) -> u64 {
    let mix = |hash: u64, c: char| (hash ^ u64::from(c)).wrapping_mul(PRIME);
    if c.is_ascii() { mix(hash, c.to_ascii_lowercase()) } else { c.to_lowercase().fold(hash, mix) }
}

/// The words of which at least one byte lies in `span`, as indices `first..end`.
pub(crate) fn touched(words: &[Word], span: Span) -> std::ops::Range<usize> {
    let first = words.partition_point(|word| word.span.end <= span.start);
    let count = words[first..].partition_point(|word| word.span.start < span.end);
    first..first + count
}

/// How many characters of a word are compared by [`alike`].
const COMPARED: usize = 24;

/// Whether two words are nearly the same letters, as a word and its misspelling are: the
/// longest common subsequence makes up 70 % of both.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    let letters =
        |word: &str| word.chars().flat_map(char::to_lowercase).take(COMPARED).collect::<Vec<_>>();
    let (one, other) = (letters(one), letters(other));
    one.len() > 2 && 20 * common(&one, &other) >= 7 * (one.len() + other.len())
}

/// Length of the longest common subsequence.
fn common(one: &[char], other: &[char]) -> usize {
    let mut row = [0; COMPARED + 1];
    for a in one {
        let mut diagonal = 0;
        for (column, b) in other.iter().enumerate() {
            let above = row[column + 1];
            row[column + 1] = if a == b { diagonal + 1 } else { above.max(row[column]) };
            diagonal = above;
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        words(text).iter().map(|word| word.span.of(text)).collect()
    }

    #[test]
    fn words_stand_without_their_punctuation() {
        assert_eq!(cut("“Don’t,” she said – twice."), ["Don’t", "she", "said", "twice"]);
        assert_eq!(cut("the dogs' 3.5 well-known"), ["the", "dogs", "3", "5", "well", "known"]);
        assert_eq!(cut("港口 closed 🙂"), ["港", "口", "closed", "🙂"]);
        assert_eq!(cut("cafe\u{301} nai\u{308}f, 'n"), ["cafe\u{301}", "nai\u{308}f", "n"]);
        assert_eq!(cut(" …!? "), [""; 0]);
    }

    #[test]
    fn typography_and_case_do_not_count() {
        let ids = |text: &str| words(text).iter().map(|word| word.id).collect::<Vec<_>>();
        assert_eq!(ids("“The Harbour—isn’t closed”"), ids("\"the harbour - isn't\u{a0}closed\""));
        assert_ne!(ids("harbour"), ids("arbour"));
    }

    #[test]
    fn misspellings_are_alike_and_other_words_are_not() {
        assert!(alike("harbour", "Harbuor") && alike("closing", "closng"));
        assert!(!alike("harbour", "haddock") && !alike("of", "of"));
    }
}
