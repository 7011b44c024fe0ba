//! Words, numbers and marks of a block, as spans with flags: no token owns a string.
//!
//! Hyphens stand alone (`US-led` is three tokens), the possessive `’s` is a token of its own, an
//! initial and a shortened word keep their full stop, an address is one token.
//!
//! May not know: what any word means.

use crate::text::sentences;
use crate::text::span::Span;

/// What can be seen of a token without knowing the language: a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(u16);

impl Flags {
    /// Letters or digits.
    pub(super) const WORD: Self = Self(1);
    /// A capital letter in it, first or not (`Oslo`, `iPhone`).
    pub(super) const CAPITAL: Self = Self(1 << 1);
    /// Two or more letters or digits, all letters capitals (`NATO`, `B2`).
    pub(super) const CAPS: Self = Self(1 << 2);
    /// One capital letter, with or without its full stop.
    pub(super) const INITIAL: Self = Self(1 << 3);
    /// A digit in it.
    pub(super) const DIGIT: Self = Self(1 << 4);
    /// First word of a sentence or of something in quotation marks.
    pub(super) const START: Self = Self(1 << 5);
    /// No white space before it.
    pub(super) const GLUED: Self = Self(1 << 6);
    /// A line or a table cell begins here: no name goes across.
    pub(super) const BREAK: Self = Self(1 << 7);
    /// An address of the web or of mail.
    pub(super) const ADDRESS: Self = Self(1 << 8);
    /// `’s` after a word.
    pub(super) const POSSESSIVE: Self = Self(1 << 9);
    /// In a sentence whose words nearly all begin with capitals: a title.
    pub(super) const TITLED: Self = Self(1 << 10);
    /// In a sentence all in capitals.
    pub(super) const SHOUTED: Self = Self(1 << 11);

    /// Whether all bits of `other` are set.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    fn set(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Its bytes in the text.
    pub(super) span: Span,
    /// What it looks like.
    pub(super) flags: Flags,
    /// [`fold`] of its characters.
    pub(super) word: u64,
}

impl Token {
    /// Whether it has the flag.
    pub(super) const fn is(&self, flag: Flags) -> bool {
        self.flags.has(flag)
    }

    /// Whether it is a word with a capital.
    pub(super) const fn is_capital(&self) -> bool {
        self.is(Flags::WORD) && self.is(Flags::CAPITAL)
    }

    /// Whether it is a word without any capital or digit.
    pub(super) const fn is_lower(&self) -> bool {
        self.is(Flags::WORD) && !self.is(Flags::CAPITAL) && !self.is(Flags::DIGIT)
    }
}

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// A word as a number: equal for words that differ in case, in full stops and in the kind of
/// apostrophe only. FNV-1a over the lower-case form (Fowler, Noll, Vo).
pub(super) fn fold(word: &str) -> u64 {
    let mut hash = BASIS;
    for (at, byte) in word.bytes().enumerate() {
        match byte {
            b'.' => {}
            0x80.. => return word.get(at..).map_or(hash, |rest| fold_any(hash, rest)),
            _ => hash = step(hash, u64::from(byte.to_ascii_lowercase())),
        }
    }
    hash
}

/// Goes on with a word from its first character beyond ASCII.
fn fold_any(hash: u64, rest: &str) -> u64 {
    rest.chars().fold(hash, |hash, ch| match ch {
        '.' => hash,
        '’' => step(hash, u64::from(b'\'')),
        _ => ch.to_lowercase().fold(hash, |hash, low| step(hash, u64::from(low as u32))),
    })
}

/// The number of a word with an `s` after it.
pub(super) const fn plural(word: u64) -> u64 {
    step(word, b's' as u64)
}

const fn step(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(PRIME)
}

/// The number of a phrase that goes on with `word`; a phrase begins with 0.
pub(super) const fn join(phrase: u64, word: u64) -> u64 {
    (phrase.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Replaces `tokens` by those of the block with the bytes `block`. Time is linear.
pub(super) fn read(text: &str, block: Span, tokens: &mut Vec<Token>) {
    tokens.clear();
    for sentence in sentences::split(block.of(text)) {
        let first = tokens.len();
        let span = Span::new(block.start + sentence.start, block.start + sentence.end);
        Scanner { text, span, at: span.start, flags: Flags::START, tokens }.run();
        if let Some(token) = tokens.get_mut(first) {
            token.flags.set(line_break(text, block, span.start));
        }
        let case = case_of(&tokens[first..]);
        tokens[first..].iter_mut().for_each(|token| token.flags.set(case));
    }
}

/// `BREAK` where a line feed stands before byte `at` of the block, or the block begins.
fn line_break(text: &str, block: Span, at: u32) -> Flags {
    let before = Span::new(block.start, at).of(text);
    let gap = before.len() - before.trim_end().len();
    let fresh = before.len() == gap
        || before.get(before.len() - gap..).is_some_and(|gap| gap.contains('\n'));
    if fresh { Flags::BREAK } else { Flags::default() }
}

/// Whether a sentence is set as a title or in capitals throughout.
fn case_of(tokens: &[Token]) -> Flags {
    let words = || tokens.iter().filter(|token| token.is(Flags::WORD) && token.span.len() > 3);
    let (all, capital) =
        (words().count(), words().filter(|token| token.is(Flags::CAPITAL)).count());
    let shouted = tokens.iter().filter(|token| token.is(Flags::CAPS)).count();
    let small = tokens.iter().any(|token| {
        token.is(Flags::WORD)
            && !token.is(Flags::CAPS)
            && !token.is(Flags::DIGIT)
            && token.span.len() > 1
    });
    // A headline has no full stop.
    let stopped = tokens.last().is_some_and(|token| {
        token.word == fold(".") && token.span.len() == 1 && !token.is(Flags::WORD)
    });
    match () {
        () if shouted >= 2 && !small => Flags::SHOUTED,
        () if !stopped && all >= 4 && capital * 10 >= all * 8 => Flags::TITLED,
        () => Flags::default(),
    }
}

/// Walks one sentence.
struct Scanner<'a> {
    text: &'a str,
    span: Span,
    at: u32,
    flags: Flags,
    tokens: &'a mut Vec<Token>,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        Span::new(self.at, self.span.end).of(self.text)
    }

    fn run(&mut self) {
        while let Some(ch) = self.rest().chars().next() {
            if ch.is_whitespace() {
                self.skip(ch);
            } else {
                self.chunk();
            }
        }
    }

    /// White space; a tab or a line separator breaks names.
    fn skip(&mut self, ch: char) {
        self.at += ch.len_utf8() as u32;
        if matches!(ch, '\t' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}') {
            self.flags.set(Flags::BREAK);
        }
    }

    /// What stands between two gaps.
    fn chunk(&mut self) {
        let (length, doubtful) = chunk(self.rest());
        let end = self.at + length as u32;
        if doubtful && is_address(Span::new(self.at, end).of(self.text)) {
            return self.push(length, Flags::ADDRESS);
        }
        while self.at < end {
            self.word_or_mark();
            self.flags.set(Flags::GLUED);
        }
        self.flags.0 &= !Flags::GLUED.0;
    }

    fn word_or_mark(&mut self) {
        let rest = self.rest();
        if let Some((length, word, shape)) = quick(rest) {
            return self.push_word(self.with_stop(length), word, shape);
        }
        let first = rest.chars().next().unwrap_or_default();
        let owns = self.flags.has(Flags::GLUED) && self.after_word();
        match (possessive(rest).filter(|_| owns), word(rest)) {
            (Some(length), _) => self.push(length, Flags::POSSESSIVE),
            (None, 0) => self.mark(first),
            (None, length) => self.slow_word(length),
        }
    }

    fn slow_word(&mut self, length: usize) {
        let word = self.rest().get(..length).unwrap_or_default();
        self.push_word(self.with_stop(length), fold(word), shape(word));
    }

    fn after_word(&self) -> bool {
        self.tokens.last().is_some_and(|token| token.is(Flags::WORD))
    }

    /// One mark; an opening quotation mark makes a new beginning.
    fn mark(&mut self, ch: char) {
        let opening = matches!(ch, '“' | '„' | '«' | '‹')
            || (matches!(ch, '"' | '‘' | '\'') && !self.flags.has(Flags::GLUED));
        let start = self.flags.has(Flags::START) || opening || ch == ':';
        self.push(ch.len_utf8(), Flags::default());
        if start {
            self.flags.set(Flags::START);
        }
    }

    /// A shortened word takes its full stop unless the sentence ends with it.
    fn with_stop(&self, length: usize) -> usize {
        let (word, after) = self.rest().split_at(length);
        let stop = after.starts_with('.') && after.len() > 1 && sentences::is_abbreviation(word);
        length + usize::from(stop)
    }

    fn push_word(&mut self, length: usize, word: u64, shape: Flags) {
        let mut flags = self.flags;
        flags.set(Flags::WORD);
        flags.set(shape);
        self.put(length, word, flags);
        self.flags.0 &= !(Flags::START.0 | Flags::BREAK.0);
    }

    /// Anything but a word.
    fn push(&mut self, length: usize, class: Flags) {
        let word = fold(self.rest().get(..length).unwrap_or_default());
        let mut flags = Flags(self.flags.0 & !Flags::START.0);
        flags.set(class);
        self.put(length, word, flags);
        self.flags.0 &= !Flags::BREAK.0;
    }

    fn put(&mut self, length: usize, word: u64, flags: Flags) {
        let span = Span::new(self.at, self.at + length as u32);
        self.tokens.push(Token { span, flags, word });
        self.at = span.end;
    }
}

/// Length of what stands before the next white space, and whether it may be an address.
fn chunk(rest: &str) -> (usize, bool) {
    let mut doubtful = rest.starts_with("www.");
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b' ' | b'\t'..=b'\r' => return (at, doubtful),
            b':' | b'@' => doubtful = true,
            // Other white space is rare: read it as characters.
            0x80.. => return (rest.find(char::is_whitespace).unwrap_or(rest.len()), true),
            _ => {}
        }
    }
    (rest.len(), doubtful)
}

/// The word at the beginning of `rest`, its number and its shape, if it is plain ASCII and ends
/// without any mark that might belong to it.
fn quick(rest: &str) -> Option<(usize, u64, Flags)> {
    let bytes = rest.as_bytes();
    let (mut hash, mut length, mut upper, mut digits) = (BASIS, 0, 0, 0);
    while let Some(byte) = bytes.get(length).filter(|byte| byte.is_ascii_alphanumeric()) {
        upper += usize::from(byte.is_ascii_uppercase());
        digits += usize::from(byte.is_ascii_digit());
        hash = step(hash, u64::from(byte.to_ascii_lowercase()));
        length += 1;
    }
    let plain = match bytes.get(length) {
        _ if length == 0 => false,
        None => true,
        Some(b'.' | b',') => length > 1 && digits == 0,
        Some(b'\'' | b'&' | b'_') => false,
        Some(byte) => byte.is_ascii(),
    };
    plain.then(|| (length, hash, counted(upper, length - upper - digits, digits)))
}

fn is_address(chunk: &str) -> bool {
    chunk.contains("://")
        || chunk.starts_with("www.")
        || chunk
            .find('@')
            .is_some_and(|at| at > 0 && chunk.get(at..).is_some_and(|host| host.contains('.')))
}

/// Length of a possessive ending at the beginning of `rest`.
fn possessive(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix(['’', '\''])?.strip_prefix(['s', 'S'])?;
    let ends = after.chars().next().is_none_or(|ch| !ch.is_alphanumeric());
    ends.then_some(rest.len() - after.len())
}

/// Length of the word at the beginning of `rest`; 0 if there is none.
fn word(rest: &str) -> usize {
    let mut length = 0;
    let mut previous = ' ';
    // Letters since the beginning or since the last full stop.
    let mut run = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, next)| next);
        let inside = if ch.is_alphanumeric() || (at > 0 && is_joined(ch)) {
            run += 1;
            true
        } else if ch == '.' && run == 1 && previous.is_uppercase() {
            run = 0;
            true
        } else {
            joins(previous, ch, next) && possessive(rest.get(at..).unwrap_or_default()).is_none()
        };
        if !inside {
            break;
        }
        length = at + ch.len_utf8();
        previous = ch;
        if ch == '.' && !next.is_uppercase() && !next.is_numeric() {
            break;
        }
    }
    length
}

/// Characters that belong to the letter before: accents, joiners, variation selectors.
fn is_joined(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe2f}' | '\u{ad}')
}

/// Whether a mark between two characters joins them to one word.
fn joins(previous: char, mark: char, next: char) -> bool {
    match mark {
        '\'' | '’' => previous.is_alphabetic() && next.is_alphabetic(),
        '.' | ',' => previous.is_numeric() && next.is_numeric(),
        '&' => previous.is_uppercase() && next.is_uppercase(),
        '_' => previous.is_alphanumeric() && next.is_alphanumeric(),
        _ => false,
    }
}

fn shape(word: &str) -> Flags {
    let count = |test: fn(char) -> bool| word.chars().filter(|&ch| test(ch)).count();
    counted(count(char::is_uppercase), count(char::is_lowercase), count(char::is_numeric))
}

/// The shape of a word with so many capitals, small letters and digits.
fn counted(upper: usize, lower: usize, digits: usize) -> Flags {
    let mut flags = Flags::default();
    if upper > 0 {
        flags.set(Flags::CAPITAL);
    }
    if digits > 0 {
        flags.set(Flags::DIGIT);
    }
    match (upper, lower, digits) {
        (1, 0, 0) => flags.set(Flags::INITIAL),
        (2.., 0, _) | (1, 0, 1..) => flags.set(Flags::CAPS),
        _ => {}
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        read(text, (0..text.len()).into(), &mut tokens);
        tokens
    }

    fn words(text: &str) -> Vec<&str> {
        all(text).iter().map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn words_split_at_hyphens_and_possessives_only() {
        assert_eq!(words("US-led, O’Neill’s"), ["US", "-", "led", ",", "O’Neill", "’s"]);
        assert_eq!(words("It's A. B. Lund"), ["It", "'s", "A.", "B.", "Lund"]);
        assert_eq!(
            words("The U.S. and AT&T paid 1,000.5 in St. Ives."),
            ["The", "U.S.", "and", "AT&T", "paid", "1,000.5", "in", "St.", "Ives", "."]
        );
        assert_eq!(
            words("see https://example.org/A-B now"),
            ["see", "https://example.org/A-B", "now"]
        );
        assert_eq!(words("don’t ‘Now’"), ["don’t", "‘", "Now", "’"]);
    }

    #[test]
    fn flags_tell_case_and_place() {
        let tokens = all("Ada met NATO. “We won,” said B. Holm");
        let flagged = |flag| {
            tokens
                .iter()
                .enumerate()
                .filter(|(_, token)| token.is(flag))
                .map(|(at, _)| at)
                .collect::<Vec<_>>()
        };
        assert_eq!(flagged(Flags::START), [0, 5]);
        assert_eq!(flagged(Flags::CAPS), [2]);
        assert_eq!(flagged(Flags::INITIAL), [10]);
        assert_eq!(flagged(Flags::BREAK), [0]);
        assert!(all("The Quiet Harbour Of Tomorrow Night")[1].is(Flags::TITLED));
        assert!(all("STOP IT NOW")[1].is(Flags::SHOUTED));
    }

    #[test]
    fn case_and_apostrophe_fold_away() {
        assert_eq!(fold("O’NEILL"), fold("o'neill"));
        assert_eq!(fold("U.S."), fold("us"));
        assert_ne!(fold("ab"), fold("ba"));
        assert_eq!(plural(fold("Holm")), fold("holms"));
    }

    proptest! {
        #[test]
        fn tokens_are_sorted_and_cover_all_but_space(text in "[ \n\tA-Ca-c0-9'’.@:/&_“\u{301}ü-]{0,60}|\\PC{0,40}") {
            let mut last = 0;
            for token in all(&text) {
                prop_assert!(token.span.start >= last && !token.span.is_empty());
                prop_assert!(Span::new(last, token.span.start).of(&text).trim().is_empty());
                last = token.span.end;
            }
        }
    }
}
