//! Files inside files: gzip and zstd of anything, books, archives of web pages.
//!
//! Sizes are capped, since a small file can say that it is a huge one. May not know: what the
//! files inside are, except for books.

pub(super) mod epub;
pub(super) mod warc;
mod zip;

use std::io::Read;

use flate2::read::MultiGzDecoder;

/// Largest file that is unpacked, in bytes.
const LARGEST: usize = 256 << 20;

/// How many times larger than its packed form a file may be, beyond [`SMALL`]: texts and pages
/// pack to a third or a tenth.
const RATIO: usize = 20;

/// Size up to which the ratio is not asked for, in bytes.
const SMALL: usize = 16 << 20;

/// How often a file may be packed.
const DEPTH: usize = 4;

/// What was unpacked.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    pub(super) bytes: Vec<u8>,
    pub(super) notes: Vec<String>,
}

/// Whether bytes are packed, or a book: their start alone tells nothing.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    matches!(bytes, [0x1F, 0x8B, 8, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] | [b'P', b'K', 3, 4, ..])
}

/// Takes gzip and zstd off the bytes, as often as they are packed.
pub(super) fn unpacked(bytes: Vec<u8>) -> Unpacked {
    let mut out = Unpacked { bytes, notes: Vec::new() };
    for _ in 0..DEPTH {
        let read = match out.bytes.as_slice() {
            [0x1F, 0x8B, 8, ..] => {
                limited(MultiGzDecoder::new(out.bytes.as_slice()), out.bytes.len())
            }
            [0x28, 0xB5, 0x2F, 0xFD, ..] => zstd(&out.bytes),
            _ => break,
        };
        if read.bytes.is_empty() {
            out.notes.push("packed, and damaged: nothing could be unpacked".to_owned());
            break;
        }
        out.bytes = read.bytes;
        out.notes.extend(read.notes);
    }
    out
}

fn zstd(bytes: &[u8]) -> Unpacked {
    match ruzstd::decoding::StreamingDecoder::new(bytes) {
        Ok(decoder) => limited(decoder, bytes.len()),
        Err(_) => Unpacked::default(),
    }
}

/// How large what is unpacked of `packed` bytes may be.
pub(super) fn limit(packed: usize) -> usize {
    packed.saturating_mul(RATIO).clamp(SMALL, LARGEST)
}

/// Reads up to the limit; what was read before an error is kept.
pub(super) fn limited(reader: impl Read, packed: usize) -> Unpacked {
    let limit = limit(packed);
    let mut bytes = Vec::new();
    let mut notes = Vec::new();
    if reader.take(limit as u64 + 1).read_to_end(&mut bytes).is_err() {
        notes.push("packed, and damaged: what could be unpacked is shown".to_owned());
    }
    if bytes.len() > limit {
        bytes.truncate(limit);
        notes.push(format!("only the first {limit} bytes were unpacked"));
    }
    Unpacked { bytes, notes }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn packed_twice_is_unpacked_twice() {
        assert_eq!(unpacked(packed(&packed(b"tide"))).bytes, b"tide");
    }

    #[test]
    fn a_bomb_is_cut_and_damage_is_said() {
        let bomb = packed(&vec![0; 40 << 20]);
        let read = unpacked(bomb);
        assert_eq!(read.bytes.len(), SMALL);
        assert_eq!(read.notes.len(), 1);
        let whole = packed("the sea and the hills ".repeat(50).as_bytes());
        let cut = unpacked(whole[..whole.len() / 2].to_vec());
        assert_eq!(cut.notes.len(), 1);
        assert_eq!(unpacked(vec![0x28, 0xB5, 0x2F, 0xFD, 9, 9]).notes.len(), 1);
    }
}
