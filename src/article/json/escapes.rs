//! What is written behind a backslash in a string of JSON.
//!
//! May not know: where a string ends.

use memchr::memchr;

/// Length of four hexadecimal digits behind their mark, in bytes.
const UNIT: usize = 6;

/// What a string means, between its marks.
pub(super) fn read(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    let next = |rest: &str| memchr(b'\\', rest.as_bytes());
    while let Some((plain, escape)) = next(rest).and_then(|at| rest.split_at_checked(at)) {
        let (meant, length) = first(escape).unwrap_or(('\\', 1));
        out.push_str(plain);
        out.push(meant);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What the escape that `text` begins with means, and its length in bytes; `None` where it is none.
pub(super) fn first(text: &str) -> Option<(char, usize)> {
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

/// Four hexadecimal digits, twice for a surrogate pair; half a pair becomes U+FFFD.
fn code_point(text: &str) -> Option<(char, usize)> {
    let high = unit(text)?;
    let paired = (0xD800..0xDC00).contains(&high).then(|| text.get(UNIT..).and_then(unit));
    match paired.flatten() {
        Some(low @ 0xDC00..0xE000) => {
            let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            Some((char::from_u32(code)?, UNIT * 2))
        }
        _ => Some((char::from_u32(high).unwrap_or('\u{FFFD}'), UNIT)),
    }
}

/// The number behind `\u`.
fn unit(text: &str) -> Option<u32> {
    let digits = text.as_bytes().get(..UNIT)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |number, &digit| Some(number << 4 | char::from(digit).to_digit(16)?))
}
