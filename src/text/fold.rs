//! Text folded for comparison: its words, each with its place and a number that is the same for
//! all ways of writing it.
//!
//! Folded away are case, the kind of apostrophe inside a word, soft hyphens, joiners and
//! variation selectors, combining marks, and with the words' surroundings every space, dash and
//! quotation mark. The numbers hold for one run of the program; do not store them.
//!
//! May not know: where the text stands in an article.

use bytemuck::{Pod, Zeroable};

use super::span::Span;

/// One word. Two words are the same when their keys are; two different words share a key once in
/// four thousand million pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Word {
    /// Its bytes, without the punctuation around it.
    pub span: Span,
    /// Number of the folded word.
    pub key: u32,
    /// Number of its first six folded letters, or of all where it is shorter: the same for most
    /// inflections of a long word.
    pub stem: u32,
}

/// Letters that make a stem.
const STEM: u32 = 6;

/// The words of `text` in order; offsets are bytes of `text`.
///
/// A word is a run of letters and digits, with apostrophes between them. In scripts that put no
/// spaces between words every letter is a word.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// Iterator over the words of a text.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let start = self.at + start(self.text.get(self.at..)?)?;
        let mut hash = Hash::default();
        let mut end = start;
        loop {
            end += hash.plain(self.text.as_bytes().get(end..)?);
            let Some(rest) = self.text.get(end..).filter(|rest| !ends_plainly(rest)) else { break };
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            match role(c, chars.next()) {
                Role::Letter if stands_alone(c) && end > start => break,
                Role::Letter => hash.letter(c),
                Role::Apostrophe => hash.letter('\''),
                Role::Ignored => {}
                Role::Outside => break,
            }
            end += c.len_utf8();
            if stands_alone(c) {
                break;
            }
        }
        self.at = end;
        let (key, stem) = hash.numbers();
        Some(Word { span: (start..end).into(), key, stem })
    }
}

/// Where the first word of `text` starts. Looks at bytes as long as they are ASCII.
fn start(text: &str) -> Option<usize> {
    let first = text.bytes().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    Some(first + text.get(first..)?.find(char::is_alphanumeric)?)
}

/// Whether a word before `rest` is over, as is plain from the first byte.
fn ends_plainly(rest: &str) -> bool {
    rest.bytes().next().is_none_or(|byte| byte.is_ascii() && byte != b'\'')
}

/// What a character does in a word.
enum Role {
    Letter,
    Apostrophe,
    Ignored,
    Outside,
}

fn role(c: char, next: Option<char>) -> Role {
    match c {
        _ if c.is_alphanumeric() => Role::Letter,
        '\'' | '’' | '‘' | 'ʼ' if next.is_some_and(char::is_alphanumeric) => Role::Apostrophe,
        '\u{ad}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'
        | '\u{300}'..='\u{36f}'
        | '\u{fe00}'..='\u{fe0f}' => Role::Ignored,
        _ => Role::Outside,
    }
}

/// Whether a letter belongs to a script without spaces between words: Thai to Khmer, kana, Han.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// ASCII letters and digits in lower case; 0 for all other bytes.
const PLAIN: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            folded[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// FNV-1a over folded letters (Fowler, Noll, Vo); its halves are mixed at the end, so that the
/// high bits are as good as the low ones.
struct Hash {
    state: u64,
    letters: u32,
    /// The state after the letters of the stem.
    stem: u64,
}

impl Default for Hash {
    fn default() -> Self {
        Self { state: 0xcbf2_9ce4_8422_2325, letters: 0, stem: 0 }
    }
}

impl Hash {
    /// Takes the ASCII letters and digits that `bytes` begins with, and tells how many.
    fn plain(&mut self, bytes: &[u8]) -> usize {
        let folded = bytes.iter().map(|&byte| PLAIN[usize::from(byte)]);
        let mut count = 0;
        for byte in folded.take_while(|&byte| byte > 0) {
            self.folded(byte.into());
            count += 1;
        }
        count
    }

    fn letter(&mut self, c: char) {
        if c.is_ascii() {
            self.folded(c.to_ascii_lowercase().into());
        } else {
            c.to_lowercase().filter(|c| c.is_alphanumeric()).for_each(|c| self.folded(c.into()));
        }
    }

    fn folded(&mut self, c: u32) {
        self.state = (self.state ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
        self.letters += 1;
        if self.letters <= STEM {
            self.stem = self.state;
        }
    }

    /// The numbers of the word and of its stem.
    fn numbers(&self) -> (u32, u32) {
        let mixed = |state: u64| (state ^ (state >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed(self.state) >> 32) as u32, (mixed(self.stem) >> 32) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(text: &str) -> Vec<u32> {
        words(text).map(|word| word.key).collect()
    }

    fn shown(text: &str) -> Vec<&str> {
        words(text).map(|word| word.span.of(text)).collect()
    }

    #[test]
    fn words_leave_out_what_surrounds_them() {
        assert_eq!(
            shown("“Don’t,” she said – U.S.-led 2.5%"),
            ["Don’t", "she", "said", "U", "S", "led", "2", "5"]
        );
        assert_eq!(shown("leaders’ 'tis ’90s"), ["leaders", "tis", "90s"]);
        assert_eq!(shown("海を見る"), ["海", "を", "見", "る"]);
        assert_eq!(shown("ab海c"), ["ab", "海", "c"]);
        assert!(shown(" …—\u{301} ").is_empty());
    }

    #[test]
    fn ways_of_writing_a_word_are_one_word() {
        for (one, other) in [
            ("DON’T", "don't"),
            ("har\u{ad}bour", "Harbour"),
            ("ÉTÉ", "été"),
            ("İstanbul", "i\u{307}stanbul"),
            ("one\u{a0}two – three", "One two-three"),
        ] {
            assert_eq!(keys(one), keys(other), "{one} {other}");
        }
        assert_ne!(keys("harbour"), keys("harbours"));
    }

    #[test]
    fn inflections_of_long_words_share_a_stem() {
        let stem = |text| words(text).next().map(|word| word.stem);
        assert_eq!(stem("arrive"), stem("arrived"));
        assert_eq!(stem("promise"), stem("promising"));
        assert_ne!(stem("hour"), stem("hours"));
    }

    proptest! {
        #[test]
        fn words_are_sorted_and_stand_on_characters(text in any::<String>()) {
            let found: Vec<Word> = words(&text).collect();
            prop_assert!(found.iter().all(|word| text.get(word.span.range()).is_some_and(|w| !w.is_empty())));
            prop_assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
            let held: usize = found.iter().map(|word| word.span.of(&text).chars().filter(|c| c.is_alphanumeric()).count()).sum();
            prop_assert_eq!(letters, held);
        }
    }
}
