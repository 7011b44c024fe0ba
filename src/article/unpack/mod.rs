//! Files inside files: gzip and zstd of anything, books, archives of web pages.
//!
//! Sizes are capped, since a small file can say that it is a huge one. May not know: what the
//! files inside are, except for books.

pub(super) mod epub;
pub(super) mod warc;
mod zip;

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::bulk::Bulk;

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

/// Takes gzip and zstd off the bytes, as often as they are packed; notes of what could not be.
pub(super) fn unpacked(mut bytes: Bulk) -> (Bulk, Vec<String>) {
    let mut notes = Vec::new();
    for _ in 0..DEPTH {
        let read = match &*bytes {
            [0x1F, 0x8B, 8, ..] => limited(MultiGzDecoder::new(&*bytes), bytes.len()),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => zstd(&bytes),
            _ => break,
        };
        if read.bytes.is_empty() {
            notes.push("packed, and damaged: nothing could be unpacked".to_owned());
            break;
        }
        bytes = read.bytes.into();
        notes.extend(read.notes);
    }
    (bytes, notes)
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

    /// What was unpacked, and how many notes of it there are.
    fn unpacked(bytes: Vec<u8>) -> (Vec<u8>, usize) {
        let (bytes, notes) = super::unpacked(bytes.into());
        (bytes.to_vec(), notes.len())
    }

    #[test]
    fn packed_twice_is_unpacked_twice() {
        assert_eq!(unpacked(packed(&packed(b"tide"))).0, b"tide");
    }

    #[test]
    fn a_bomb_is_cut_and_damage_is_said() {
        let (bytes, notes) = unpacked(packed(&vec![0; 40 << 20]));
        assert_eq!((bytes.len(), notes), (SMALL, 1));
        let whole = packed("the sea and the hills ".repeat(50).as_bytes());
        assert_eq!(unpacked(whole[..whole.len() / 2].to_vec()).1, 1);
        assert_eq!(unpacked(vec![0x28, 0xB5, 0x2F, 0xFD, 9, 9]).1, 1);
    }
}
