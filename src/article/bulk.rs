//! The bytes of a file on their way to being a text.
//!
//! Many of them lie in pages of 2 MB where the system has such and may be asked for them (Linux,
//! `madvise(2)`): they are there sooner than five hundred small ones each, and the program ends
//! sooner (100 MB are given back in half a millisecond, not in five or ten). Elsewhere, and where
//! they are few, they lie where all else does.
//!
//! May not know: what the bytes are.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use bytestring::ByteString;
use memmap2::{Advice, MmapMut};

/// From so many bytes on, large pages are asked for.
const MANY: usize = 4 << 20;

/// For every so many bytes there is room for one more: as a text, they may become a few more.
const SLACK: usize = 16;

/// Bytes that can be changed.
#[derive(Default)]
pub struct Bulk(Memory);

enum Memory {
    Usual(Vec<u8>),
    /// A mapping of no file, of which so many bytes are used.
    Mapped(MmapMut, usize),
}

impl Default for Memory {
    fn default() -> Self {
        Self::Usual(Vec::new())
    }
}

impl Bulk {
    /// So many zeros. No page of them is there before it is written to.
    pub fn zeroed(len: usize) -> Self {
        let mapped = || {
            let map = MmapMut::map_anon(len + len / SLACK).ok()?;
            // Where there are no large pages, small ones do.
            #[cfg(target_os = "linux")]
            let _ = map.advise(Advice::HugePage);
            Some(Memory::Mapped(map, len))
        };
        let large = (len >= MANY).then(mapped).flatten();
        Self(large.unwrap_or_else(|| Memory::Usual(vec![0; len])))
    }

    /// Leaves out what is beyond the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        match &mut self.0 {
            Memory::Usual(bytes) => bytes.truncate(len),
            Memory::Mapped(_, used) => *used = len.min(*used),
        }
    }

    /// None, with room for so many.
    pub(super) fn with_room(len: usize) -> Self {
        let mut bulk = Self::zeroed(len);
        bulk.truncate(0);
        bulk
    }

    /// Adds bytes at the end.
    pub fn extend(&mut self, more: &[u8]) {
        if let Memory::Usual(bytes) = &mut self.0 {
            return bytes.extend_from_slice(more);
        }
        let len = self.len();
        self.grow(len + more.len());
        self[len..].copy_from_slice(more);
    }

    /// Adds bytes at the end, whatever they are, until there are `len`.
    pub(super) fn grow(&mut self, len: usize) {
        match &mut self.0 {
            Memory::Mapped(map, used) if len <= map.len() => *used = len.max(*used),
            Memory::Usual(bytes) if len <= bytes.len() => {}
            Memory::Usual(bytes) => {
                bytes.reserve_exact(len - bytes.len());
                bytes.resize(len, 0);
            }
            Memory::Mapped(map, used) => {
                let mut larger = Self::zeroed(len.max(2 * map.len()));
                larger.truncate(len);
                larger[..*used].copy_from_slice(&map[..*used]);
                *self = larger;
            }
        }
    }

    /// The text that they are; what is no UTF-8 becomes U+FFFD.
    pub(super) fn into_text(self) -> ByteString {
        let bytes = match self.0 {
            Memory::Usual(bytes) => Bytes::from(bytes),
            Memory::Mapped(map, used) => Bytes::from_owner(map).slice(..used),
        };
        let lossy = || String::from_utf8_lossy(&bytes).into_owned().into();
        ByteString::try_from(bytes.clone()).unwrap_or_else(|_| lossy())
    }
}

impl From<Vec<u8>> for Bulk {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Memory::Usual(bytes))
    }
}

impl Deref for Bulk {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Memory::Usual(bytes) => bytes,
            Memory::Mapped(map, used) => &map[..*used],
        }
    }
}

impl DerefMut for Bulk {
    fn deref_mut(&mut self) -> &mut [u8] {
        match &mut self.0 {
            Memory::Usual(bytes) => bytes,
            Memory::Mapped(map, used) => &mut map[..*used],
        }
    }
}

impl fmt::Debug for Bulk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} bytes", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_bytes_are_as_few() {
        for len in [0, 9, MANY, MANY + 1] {
            let mut bulk = Bulk::zeroed(len);
            assert_eq!((bulk.len(), bulk.iter().all(|&byte| byte == 0)), (len, true));
            bulk.fill(b'a');
            bulk.extend("é".as_bytes());
            // More than there was room for.
            bulk.extend(&vec![b'b'; len / SLACK + 1]);
            bulk.grow(len);
            let text = "a".repeat(len) + "é" + &"b".repeat(len / SLACK + 1);
            assert_eq!(&*bulk, text.as_bytes());
            bulk.truncate(len + 1);
            assert_eq!(bulk.into_text(), "a".repeat(len) + "\u{FFFD}");
        }
    }
}
