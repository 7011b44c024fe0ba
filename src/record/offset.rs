//! Offsets as bytes, which this program counts in, and as Unicode scalar values, which files
//! are written in. May not know: what the text is.

/// How many scalar values stand before byte `at`.
pub(crate) fn scalar_of(text: &str, at: u32) -> u32 {
    let before = text.as_bytes().iter().take(at as usize);
    before.filter(|&&byte| starts_scalar(byte)).count() as u32
}

/// The byte that scalar value number `scalar` starts at; the end of the text if it has fewer.
pub(crate) fn byte_of(text: &str, scalar: u32) -> u32 {
    let starts = text.bytes().enumerate().filter(|&(_, byte)| starts_scalar(byte));
    starts.map(|(at, _)| at).nth(scalar as usize).unwrap_or(text.len()) as u32
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
}
