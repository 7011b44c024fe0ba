//! Offsets as bytes, which this program counts in, and as Unicode scalar values, which files
//! are written in. May not know: what the text is.

/// Bytes between two places whose scalar values are known.
const STRIDE: usize = 64 << 10;

/// How many scalar values stand before some bytes of a text, so that a place far down in a long one
/// is not counted from its start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scalars {
    /// Before every byte that is a multiple of [`STRIDE`].
    before: Vec<u32>,
}

impl Scalars {
    /// Of a text. It is read once.
    pub fn of(text: &str) -> Self {
        let mut sum = 0;
        let before = |part: &[u8]| {
            let before = sum;
            sum += count(part);
            before
        };
        Self { before: text.as_bytes().chunks(STRIDE).map(before).collect() }
    }

    /// How many stand before byte `at` of the text that this was made of.
    pub fn before(&self, text: &str, at: u32) -> u32 {
        let (at, last) = (text.len().min(at as usize), self.before.len().saturating_sub(1));
        let known = (at / STRIDE).min(last);
        let rest = text.as_bytes().get(known * STRIDE..at).unwrap_or_default();
        self.before.get(known).map_or(0, |before| before + count(rest))
    }
}

/// How many scalar values stand before byte `at`.
pub(crate) fn scalar_of(text: &str, at: u32) -> u32 {
    count(&text.as_bytes()[..text.len().min(at as usize)])
}

/// The byte that scalar value number `scalar` starts at; the end of the text if it has fewer.
pub(crate) fn byte_of(text: &str, scalar: u32) -> u32 {
    let (mut start, mut left) = (0, scalar);
    for part in text.as_bytes().chunks(STRIDE) {
        let here = count(part);
        if left < here {
            break;
        }
        (start, left) = (start + part.len(), left - here);
    }
    let rest = text.bytes().enumerate().skip(start).filter(|&(_, byte)| starts_scalar(byte));
    rest.map(|(at, _)| at).nth(left as usize).unwrap_or(text.len()) as u32
}

/// How many scalar values start in some bytes. Sums of one byte let the compiler add many at once.
fn count(bytes: &[u8]) -> u32 {
    let few =
        |bytes: &[u8]| bytes.iter().fold(0_u8, |sum, &byte| sum + u8::from(starts_scalar(byte)));
    bytes.chunks(u8::MAX.into()).map(|bytes| u32::from(few(bytes))).sum()
}

/// Whether a byte of UTF-8 is the first of a scalar value.
const fn starts_scalar(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_go_there_and_back() {
        let text = "aé港🙂z";
        for (scalar, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(byte_of(text, scalar as u32), byte as u32);
            assert_eq!(scalar_of(text, byte as u32), scalar as u32);
        }
        assert_eq!(byte_of(text, 99), text.len() as u32);
        assert_eq!(scalar_of(text, 99), 5);
    }

    #[test]
    fn a_place_far_down_is_counted_from_a_near_one() {
        for text in [String::new(), "é".repeat(STRIDE), "ab🙂".repeat(STRIDE) + "z"] {
            let scalars = Scalars::of(&text);
            for at in (0..text.len() + 9).step_by(997).chain([STRIDE - 1, STRIDE, STRIDE + 1]) {
                let before = text.bytes().take(at).filter(|&byte| starts_scalar(byte)).count();
                assert_eq!(scalars.before(&text, at as u32), before as u32, "{at}");
                assert_eq!(scalar_of(&text, at as u32), before as u32, "{at}");
                if text.is_char_boundary(at) {
                    assert_eq!(byte_of(&text, before as u32), at as u32);
                }
            }
        }
    }
}
