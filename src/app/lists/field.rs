//! A line of text with a cursor, as it is typed.
//!
//! The cursor goes from one cluster of characters to the next, so that what looks like one
//! letter is one.
//!
//! May not know: what the line is for.

use unicode_segmentation::UnicodeSegmentation as _;

/// A line has at most so many bytes; more are not taken in.
const LONGEST: usize = 1 << 16;

/// A line that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// Byte that the cursor stands before. Invariant: between two characters.
    at: usize,
}

/// Where a cursor may go from where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// Before the letter at its left.
    Left,
    /// Behind the letter at its right.
    Right,
    /// To the start of the word at its left.
    WordLeft,
    /// To the start.
    Start,
    /// To the end.
    End,
}

/// What is done to a line while it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typing {
    /// A character is put in.
    Char(char),
    /// Words that were pasted are put in.
    Words(String),
    /// The cursor goes somewhere.
    Go(Motion),
    /// It is erased from the cursor to somewhere.
    Erase(Motion),
}

impl Field {
    /// With the cursor behind the last letter.
    pub const fn new(text: String) -> Self {
        let at = text.len();
        Self { text, at }
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor and behind it.
    pub fn parts(&self) -> (&str, &str) {
        self.text.split_at_checked(self.at).unwrap_or((&self.text, ""))
    }

    /// Does what is typed.
    pub fn take(&mut self, typing: &Typing) {
        match typing {
            Typing::Char(ch) => self.insert(ch.encode_utf8(&mut [0; 4])),
            Typing::Words(words) => self.insert(words),
            Typing::Go(motion) => self.go(*motion),
            Typing::Erase(motion) => self.erase(*motion),
        }
    }

    /// Puts words in at the cursor, as one line, as far as there is room for them.
    pub fn insert(&mut self, words: &str) {
        let mut room = LONGEST.saturating_sub(self.text.len());
        let fits = |c: &char| {
            let left = room.checked_sub(c.len_utf8());
            room = left.unwrap_or(0);
            left.is_some()
        };
        let one_line = |c: char| if c.is_control() { ' ' } else { c };
        let words: String = words.chars().map(one_line).take_while(fits).collect();
        self.text.insert_str(self.at, &words);
        self.at += words.len();
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion) {
        self.at = self.target(motion);
    }

    /// Erases from the cursor to where it could go.
    pub fn erase(&mut self, motion: Motion) {
        let to = self.target(motion);
        let (from, to) = (self.at.min(to), self.at.max(to));
        self.text.replace_range(from..to, "");
        self.at = from;
    }

    fn target(&self, motion: Motion) -> usize {
        let (before, _) = self.parts();
        match motion {
            Motion::Left => self.stops().take_while(|&stop| stop < self.at).last().unwrap_or(0),
            Motion::Right => self.stops().find(|&stop| stop > self.at).unwrap_or(self.text.len()),
            Motion::WordLeft => {
                let word = before.trim_end();
                word.rfind(char::is_whitespace).map_or(0, |gap| gap + width_at(word, gap))
            }
            Motion::Start => 0,
            Motion::End => self.text.len(),
        }
    }

    /// Where clusters start.
    fn stops(&self) -> impl Iterator<Item = usize> {
        self.text.grapheme_indices(true).map(|(at, _)| at)
    }
}

/// Bytes of the character at byte `at`.
fn width_at(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line with a bar for the cursor.
    fn shown(field: &Field) -> String {
        let (before, after) = field.parts();
        format!("{before}|{after}")
    }

    #[test]
    fn the_cursor_goes_over_what_looks_like_one_letter() {
        let mut field = Field::new("ab👨‍👩‍👧e\u{301}".into());
        let mut seen = Vec::new();
        for _ in 0..5 {
            field.go(Motion::Left);
            seen.push(shown(&field));
        }
        assert_eq!(seen[0], "ab👨‍👩‍👧|e\u{301}");
        assert_eq!(seen[1], "ab|👨‍👩‍👧e\u{301}");
        assert_eq!(seen[4], "|ab👨‍👩‍👧e\u{301}");
        field.go(Motion::End);
        field.erase(Motion::Left);
        field.erase(Motion::Left);
        assert_eq!(shown(&field), "ab|");
        field.go(Motion::Start);
        field.erase(Motion::Right);
        assert_eq!(shown(&field), "|b");
    }

    #[test]
    fn words_are_crossed_and_erased_whole() {
        let mut field = Field::new("the  north\u{a0}pier ".into());
        field.go(Motion::WordLeft);
        assert_eq!(shown(&field), "the  north\u{a0}|pier ");
        field.erase(Motion::WordLeft);
        assert_eq!(shown(&field), "the  |pier ");
        field.erase(Motion::Start);
        field.insert("a\nb");
        assert_eq!(shown(&field), "a b|pier ");
        field.erase(Motion::End);
        assert_eq!(shown(&field), "a b|");
    }

    #[test]
    fn a_line_takes_in_no_more_than_it_can_hold() {
        let mut field = Field::new("a".repeat(LONGEST - 1));
        field.insert("éé");
        assert_eq!(field.text().len(), LONGEST - 1);
        field.insert("b");
        assert_eq!(field.text().len(), LONGEST);
    }
}
