//! A file of letters, each behind a line that begins with `From `.
//!
//! May not know: what is in a letter.

use std::borrow::Cow;

/// Longest such line, in bytes.
const LINE: usize = 305;

/// Whether the bytes begin with such a line: an address or a name, and a time.
pub(super) fn begins(bytes: &[u8]) -> bool {
    // Of a text without line feeds all is one line.
    let head = bytes.get(..bytes.len().min(LINE)).unwrap_or_default();
    head.split(|&byte| byte == b'\n').next().is_some_and(opens)
}

/// `From NAME Mon Nov  4 05:06:07 2026`.
fn opens(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let clock =
        rest.windows(3).any(|w| w[1] == b':' && w[0].is_ascii_digit() && w[2].is_ascii_digit());
    let year = rest.windows(4).any(|w| w.iter().all(u8::is_ascii_digit));
    line.len() < LINE && clock && year
}

/// The letters, without their `From ` lines; lines that were marked because they begin with
/// `From ` are as they were.
pub(super) fn split(bytes: &[u8]) -> Vec<Cow<'_, [u8]>> {
    let mut letters = Vec::new();
    let (mut start, mut at, mut after_gap) = (None, 0, true);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if after_gap && opens(line) {
            letters.extend(start.map(|start| unmarked(&bytes[start..at])));
            start = Some(at + line.len());
        }
        after_gap = line.iter().all(u8::is_ascii_whitespace);
        at += line.len();
    }
    letters.extend(start.map(|start| unmarked(&bytes[start..at])));
    letters
}

/// Takes one `>` off lines such as `>From `.
fn unmarked(letter: &[u8]) -> Cow<'_, [u8]> {
    let marked = |line: &[u8]| {
        let words = line.iter().position(|&byte| byte != b'>').unwrap_or_default();
        words > 0 && line[words..].starts_with(b"From ")
    };
    if !letter.split(|&byte| byte == b'\n').any(marked) {
        return letter.into();
    }
    let lines = letter.split_inclusive(|&byte| byte == b'\n');
    lines.flat_map(|line| &line[usize::from(marked(line))..]).copied().collect::<Vec<u8>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_split_at_their_lines_and_quotes_are_taken_back() {
        let file = b"From ann Mon Nov  2 05:06:07 2026\nSubject: a\n\n>From here\nFrom there\n\n\
                     From bo Tue Nov  3 05:06:07 2026\nSubject: b\n\nx\n";
        assert!(begins(file));
        let letters = split(file);
        assert_eq!(letters.len(), 2);
        assert_eq!(letters[0].as_ref(), b"Subject: a\n\nFrom here\nFrom there\n\n");
        assert!(!begins(b"From the sea to the hills, 1999"));
    }
}
