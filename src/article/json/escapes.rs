//! What is written behind a backslash in a string of JSON.
//!
//! May not know: where a string ends.

use memchr::memchr;

/// Length of four hexadecimal digits behind their mark, in bytes.
const UNIT: usize = 6;

/// What a string means, between its marks.
pub(super) fn read(words: &str) -> String {
    let mut out = String::new();
    read_into(words, &mut out);
    out
}

/// Adds the same to `out`.
pub(super) fn read_into(words: &str, out: &mut String) {
    out.reserve(words.len());
    let mut rest = words;
    let next = |rest: &str| memchr(b'\\', rest.as_bytes());
    while let Some((plain, escape)) = next(rest).and_then(|at| rest.split_at_checked(at)) {
        let (meant, length) = first(escape).unwrap_or(('\\', 1));
        out.push_str(plain);
        out.push(meant);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// What the escape that `text` begins with means, and its length in bytes; `None` where it is none.
fn first(text: &str) -> Option<(char, usize)> {
    let meant = match text.as_bytes().get(1)? {
        mark @ (b'"' | b'\\' | b'/') => char::from(*mark),
        b'b' => '\u{8}',
        b'f' | b'n' | b'r' => '\n',
        b't' => '\t',
        b'u' => return code_point(text),
        _ => return None,
    };
    Some((meant, 2))
}

/// The length in bytes of the escape that `bytes` begin with, of each half of a pair alone; `None`
/// where it is none.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    match bytes.get(1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        _ => unit(bytes).map(|_| UNIT),
    }
}

/// Four hexadecimal digits, twice for a surrogate pair; half a pair becomes U+FFFD.
fn code_point(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    let high = unit(bytes)?;
    let paired = (0xD800..0xDC00).contains(&high).then(|| bytes.get(UNIT..).and_then(unit));
    match paired.flatten() {
        Some(low @ 0xDC00..0xE000) => {
            let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            Some((char::from_u32(code)?, UNIT * 2))
        }
        _ => Some((char::from_u32(high).unwrap_or('\u{FFFD}'), UNIT)),
    }
}

/// The number behind `\u`.
fn unit(bytes: &[u8]) -> Option<u32> {
    match bytes {
        [b'\\', b'u', a, b, c, d, ..] => {
            let [a, b, c, d] = [a, b, c, d].map(|&digit| u32::from(DIGITS[usize::from(digit)]));
            let number = a << 12 | b << 8 | c << 4 | d;
            ((a | b | c | d) < 16).then_some(number)
        }
        _ => None,
    }
}

/// What each byte is worth as a hexadecimal digit; 255 where it is none.
const DIGITS: [u8; 256] = {
    let mut worth = [u8::MAX; 256];
    let (mut digit, digits) = (0, b"0123456789abcdef");
    while digit < digits.len() {
        worth[digits[digit] as usize] = digit as u8;
        worth[digits[digit].to_ascii_uppercase() as usize] = digit as u8;
        digit += 1;
    }
    worth
};
