//! From bytes to text: byte order marks, UTF-16, UTF-8, and what to do with bytes that are none
//! of these; then one kind of line end.
//!
//! May not know: any file format. It cannot fail: what is no text is shown as U+FFFD, and said.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem::Finder;

use super::bulk::Bulk;
use super::words::Words;

/// How many bytes are looked at to tell UTF-16 without a byte order mark from bytes.
const PROBE: usize = 4 << 10;

/// How many bytes are looked at to guess an encoding.
const GUESS: usize = 1 << 20;

/// How many bytes beyond ASCII make a guess better than the most common encoding.
const SURE: usize = 12;

/// How many bytes are looked at together for line ends.
const CHUNK: usize = 4 << 10;

/// A text and what was repaired in it.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    /// The text; its lines end in a line feed.
    pub(super) text: Words,
    /// Sentences for the reader.
    pub(super) notes: Vec<String>,
}

/// The text of `bytes`. Valid UTF-8 without carriage returns is not copied.
pub(super) fn decode(bytes: Bulk) -> Decoded {
    let mut decoded = match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => foreign(bytes.get(mark..), encoding),
        Some((_, mark)) => unmarked(bytes, mark),
        None => match utf16_by_zeros(&bytes) {
            Some(encoding) => foreign(Some(&bytes), encoding),
            None => unmarked(bytes, 0),
        },
    };
    if has_other_line_ends(decoded.text.bytes()) {
        decoded.text = with_line_feeds(decoded.text.text()).into();
    }
    decoded
}

/// The text of bytes in a string, whatever had to be repaired.
pub(super) fn decoded(bytes: Vec<u8>) -> String {
    decode(bytes.into()).text.into_string()
}

/// The text of bytes that are said to be in some encoding, unless they say themselves that they
/// are in another one.
pub(super) fn decode_as(bytes: Bulk, label: Option<&str>) -> Decoded {
    let said = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let said = said.filter(|&said| said != UTF_8 && Encoding::for_bom(&bytes).is_none());
    let Some(encoding) = said else { return decode(bytes) };
    let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
    decode(text.into_bytes().into())
}

/// UTF-8 after a mark of `mark` bytes.
fn unmarked(bytes: Bulk, mark: usize) -> Decoded {
    match Words::of(bytes) {
        Ok(text) if mark == 0 => Decoded { text, notes: Vec::new() },
        Ok(text) => Decoded { text: text.without_first(mark), notes: Vec::new() },
        Err(bytes) => repaired(bytes.get(mark..).unwrap_or_default()),
    }
}

/// UTF-16, where an unpaired surrogate or a lone last byte becomes U+FFFD.
fn foreign(bytes: Option<&[u8]>, encoding: &'static Encoding) -> Decoded {
    let bytes = bytes.unwrap_or_default();
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let mut notes = vec![format!("read as {}", encoding.name())];
    if bad {
        notes.push("code units that are not UTF-16 are shown as \u{FFFD}".to_owned());
    }
    Decoded { text: text.into_owned().into(), notes }
}

/// Bytes that are not UTF-8 as a whole. Where valid sequences of several bytes outnumber the bad
/// ones it is damaged UTF-8; where hardly any is valid it is the one byte encoding that old
/// Western pages are written in (WHATWG reads Latin-1 as windows-1252, too).
fn repaired(bytes: &[u8]) -> Decoded {
    let (mut good, mut bad, mut cut) = (0_usize, 0_usize, false);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| byte & 0xC0 == 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
        cut = matches!(chunk.invalid(), [0xC2..=0xF4] | [0xE0..=0xF4, _] | [0xF0..=0xF4, _, _]);
    }
    let only_cut = cut && bad == 1 && std::str::from_utf8(bytes).is_err_and(is_at_end);
    if good >= bad || only_cut {
        let sequences = if bad == 1 { "1 sequence".to_owned() } else { format!("{bad} sequences") };
        let note = format!("{sequences} of bytes that are not UTF-8 shown as \u{FFFD}");
        let text = String::from_utf8_lossy(bytes).into_owned();
        return Decoded { text: text.into(), notes: vec![note] };
    }
    let encoding = declared(bytes).unwrap_or_else(|| guessed(bytes));
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let note = format!("not UTF-8: read as {}", encoding.name().to_lowercase());
    Decoded { text: text.into_owned().into(), notes: vec![note] }
}

/// The encoding that a page or an XML file says it is in, in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(PROBE))?;
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    head.trim_start().starts_with('<').then_some(())?;
    let label = ["charset=", "encoding="].iter().find_map(|key| {
        let value = head.split(key).nth(1)?.trim_start_matches(['"', '\'', ' ']);
        value.split(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).next()
    });
    let known = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    // The bytes are not UTF-8, and what could be read this far is not UTF-16, whatever is said.
    known.filter(|&known| known != UTF_8 && known != UTF_16LE && known != UTF_16BE)
}

/// The encoding by how often letters follow each other; of short texts the Western one.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let few = bytes.iter().filter(|byte| !byte.is_ascii()).take(SURE).count() < SURE;
    if few {
        return WINDOWS_1252;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..bytes.len().min(GUESS)).unwrap_or_default(), true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Whether the only fault is that the text ends inside a character.
fn is_at_end(error: std::str::Utf8Error) -> bool {
    error.error_len().is_none()
}

/// UTF-16 by where its zero bytes stand: Western text has one in each pair, on one side.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let probe = bytes.get(..bytes.len().min(PROBE) & !1)?;
    let zeros = |side: usize| probe.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), probe.len() / 2);
    let (many, few) = (pairs.div_ceil(2), pairs / 20);
    if pairs < 2 {
        return None;
    }
    match (even, odd) {
        (even, odd) if odd >= many && even <= few => Some(UTF_16LE),
        (even, odd) if even >= many && odd <= few => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether a line ends in something else than a line feed: in U+000B to U+000D, U+0085, U+2028 or
/// U+2029.
fn has_other_line_ends(bytes: &[u8]) -> bool {
    let long = ["\u{85}", "\u{2028}", "\u{2029}"].map(Finder::new);
    // An end of several bytes that begins in a chunk may reach into the next one.
    let chunks = (0..bytes.len()).step_by(CHUNK).map(|start| start..start + CHUNK + 2);
    let mut chunks = chunks.map(|chunk| &bytes[chunk.start..bytes.len().min(chunk.end)]);
    chunks.any(|chunk| {
        // Folding without a branch lets the compiler compare many bytes at once.
        let (nearest, bits) = chunk.iter().fold((u8::MAX, 0), |(nearest, bits), &byte| {
            (nearest.min(byte.wrapping_sub(0x0B)), bits | byte)
        });
        nearest < 3 || (!bits.is_ascii() && long.iter().any(|end| end.find(chunk).is_some()))
    })
}

/// The text with every kind of line end turned into one line feed.
fn with_line_feeds(text: &str) -> String {
    let is_end = |c: char| matches!(c, '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let text = text.replace("\r\n", "\n");
    if has_other_line_ends(text.as_bytes()) { text.replace(is_end, "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decoded(bytes.to_vec())
    }

    #[test]
    fn byte_order_marks_are_obeyed_and_taken_off() {
        assert_eq!(text(b"\xEF\xBB\xBFtide"), "tide");
        assert_eq!(text(b"\xFF\xFEt\0\xE9\0"), "té");
        assert_eq!(text(b"\xFE\xFF\0t\0\xE9"), "té");
    }

    #[test]
    fn utf_16_is_known_by_its_zeros() {
        let le: Vec<u8> = "The tide.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "The tide.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&le), "The tide.");
        assert_eq!(text(&be), "The tide.");
        assert_eq!(decode(le.into()).notes, ["read as UTF-16LE"]);
        assert_eq!(text(b"a\0b"), "a\0b", "a stray zero is no UTF-16");
    }

    #[test]
    fn damaged_utf_8_is_repaired_and_one_byte_text_is_read() {
        let damaged = decode(b"caf\xC3\xA9 na\xC3\xAFve \xFF end".to_vec().into());
        assert_eq!(damaged.text.text(), "café naïve \u{FFFD} end");
        assert_eq!(damaged.notes, ["1 sequence of bytes that are not UTF-8 shown as \u{FFFD}"]);
        let western = decode(b"caf\xE9 \x93tide\x94".to_vec().into());
        assert_eq!(western.text.text(), "café “tide”");
        assert_eq!(western.notes, ["not UTF-8: read as windows-1252"]);
    }

    #[test]
    fn a_page_that_is_not_utf_8_is_read_as_it_says_or_as_it_looks() {
        let page = b"<html><meta charset='windows-1251'><p>\xcf\xee\xf0\xf2".to_vec();
        assert!(text(&page).ends_with("Порт"));
        let said = "Порт был пуст, и никто не знал почему. Маяк горел всю ночь.";
        let (bytes, _, _) = encoding_rs::KOI8_R.encode(said);
        assert_eq!(text(&bytes), said);
    }

    #[test]
    fn a_text_cut_inside_a_character_is_still_utf_8() {
        assert_eq!(text(b"tide \xE2\x80"), "tide \u{FFFD}");
    }

    #[test]
    fn a_line_end_is_found_wherever_it_stands() {
        for end in ["\r", "\x0B", "\x0C", "\u{85}", "\u{2028}", "\u{2029}"] {
            for before in CHUNK - 4..CHUNK + 2 {
                assert!(has_other_line_ends(("x".repeat(before) + end + "é").as_bytes()));
            }
        }
        assert!(!has_other_line_ends("“café”\n\t\u{ff29}\u{405}\u{2068}\u{aa}".as_bytes()));
    }

    #[test]
    fn every_line_end_becomes_a_line_feed() {
        assert_eq!(text(b"a\r\nb\rc\x0Bd\x0Ce\n"), "a\nb\nc\nd\ne\n");
        assert_eq!(text("a\u{85}b\u{2028}c\u{2029}d\r\n\r\n".as_bytes()), "a\nb\nc\nd\n\n");
    }
}
