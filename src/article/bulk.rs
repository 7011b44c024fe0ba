//! The bytes of a file on their way to being a text, and the text that they are.
//!
//! Many of them lie in pages of 2 MB where the system has such and may be asked for them (Linux,
//! `madvise(2)`): the program ends sooner (with 100 MB in 2 ms, not in 8 to 16). Elsewhere, and where
//! they are few, they lie where all else does.
//!
//! May not know: what the bytes are.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use bytestring::ByteString;
use memmap2::MmapMut;

/// From so many bytes on, large pages are asked for.
const MANY: usize = 4 << 20;

/// Bytes of a large page.
#[cfg(target_os = "linux")]
const PAGE: usize = 2 << 20;

/// For every so many bytes there is room for one more: as a text, they may become a few more.
const SLACK: usize = 16;

/// Bytes that can be changed.
pub struct Bulk(Memory);

enum Memory {
    Usual(Vec<u8>),
    /// A mapping of no file, of which so many bytes are used.
    Large(MmapMut, usize),
}

impl Bulk {
    /// So many zeros. No page of them is there before it is written to.
    pub fn zeroed(len: usize) -> Self {
        let usual = || Memory::Usual(vec![0; len]);
        Self(pages(len + len / SLACK).map_or_else(usual, |map| Memory::Large(map, len)))
    }

    /// Leaves out what is beyond the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        match &mut self.0 {
            Memory::Usual(bytes) => bytes.truncate(len),
            Memory::Large(_, used) => *used = len.min(*used),
        }
    }

    /// Adds bytes at the end.
    pub fn extend(&mut self, more: &[u8]) {
        let len = self.len();
        if let Memory::Usual(bytes) = &mut self.0 {
            return bytes.extend_from_slice(more);
        }
        self.grow(len + more.len());
        self[len..].copy_from_slice(more);
    }

    /// Adds bytes at the end, whatever they are, until there are `len`.
    pub(super) fn grow(&mut self, len: usize) {
        match &mut self.0 {
            Memory::Usual(bytes) => bytes.resize(len.max(bytes.len()), 0),
            Memory::Large(map, used) if len <= map.len() => *used = len.max(*used),
            Memory::Large(map, used) => {
                let mut larger = Self::zeroed(len.max(2 * map.len()));
                larger[..*used].copy_from_slice(&map[..*used]);
                larger.truncate(len);
                *self = larger;
            }
        }
    }

    /// The text that they are; what is no UTF-8 becomes U+FFFD.
    pub(super) fn into_text(self) -> ByteString {
        let bytes = match self.0 {
            Memory::Usual(bytes) => Bytes::from(bytes),
            Memory::Large(map, used) => Bytes::from_owner(map).slice(..used),
        };
        let lossy = || String::from_utf8_lossy(&bytes).into_owned().into();
        ByteString::try_from(bytes.clone()).unwrap_or_else(|_| lossy())
    }
}

/// Large pages for so many bytes, where they are enough and there are any. Only a whole number of them
/// begins where one does (Linux from 6.7 on).
#[cfg(target_os = "linux")]
fn pages(len: usize) -> Option<MmapMut> {
    let whole = || len.checked_next_multiple_of(PAGE);
    let map = (len >= MANY).then(whole).flatten().and_then(|len| MmapMut::map_anon(len).ok())?;
    map.advise(memmap2::Advice::HugePage).ok()?;
    Some(map)
}

#[cfg(not(target_os = "linux"))]
fn pages(_: usize) -> Option<MmapMut> {
    None
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
            Memory::Large(map, used) => &map[..*used],
        }
    }
}

impl DerefMut for Bulk {
    fn deref_mut(&mut self) -> &mut [u8] {
        match &mut self.0 {
            Memory::Usual(bytes) => bytes,
            Memory::Large(map, used) => &mut map[..*used],
        }
    }
}

impl fmt::Debug for Bulk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} bytes", self.len())
    }
}

/// A text that can be changed. Of one in large pages it is found anew, whenever that is asked, that it
/// is UTF-8, at some 6 GB/s: nothing that is safe remembers it while they are changed.
#[derive(Debug)]
pub(super) enum Words {
    /// A short one, or of a system without large pages.
    Usual(String),
    /// In large pages.
    Large(Bulk),
}

impl Words {
    /// None, with room for `len` bytes.
    pub(super) fn with_room(len: usize) -> Self {
        match pages(len) {
            Some(map) => Self::Large(Bulk(Memory::Large(map, 0))),
            None => Self::Usual(String::with_capacity(len)),
        }
    }

    /// What bytes say that are UTF-8, else the bytes.
    pub(super) fn of(bytes: Bulk) -> Result<Self, Bulk> {
        match bytes.0 {
            Memory::Usual(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Self::Usual(text)),
                Err(error) => Err(error.into_bytes().into()),
            },
            large @ Memory::Large(..) => {
                let bulk = Bulk(large);
                let is_text = std::str::from_utf8(&bulk).is_ok();
                if is_text { Ok(Self::Large(bulk)) } else { Err(bulk) }
            }
        }
    }

    /// What they say.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Usual(text) => text,
            Self::Large(bytes) => std::str::from_utf8(bytes).unwrap_or_default(),
        }
    }

    /// The same in a string of its own.
    pub(super) fn into_string(self) -> String {
        match self {
            Self::Usual(text) => text,
            Self::Large(_) => self.text().to_owned(),
        }
    }

    /// The bytes of it.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Usual(text) => text.as_bytes(),
            Self::Large(bytes) => bytes,
        }
    }

    /// Adds words at the end.
    pub(super) fn push(&mut self, more: &str) {
        match self {
            Self::Usual(text) => text.push_str(more),
            Self::Large(bytes) => bytes.extend(more.as_bytes()),
        }
    }

    /// The text without its first `count` bytes, which are whole characters.
    pub(super) fn without_first(mut self, count: usize) -> Self {
        match &mut self {
            Self::Usual(text) => drop(text.drain(..count)),
            Self::Large(bytes) => {
                let len = bytes.len() - count;
                bytes.copy_within(count.., 0);
                bytes.truncate(len);
            }
        }
        self
    }

    /// The text as it stays.
    pub(super) fn done(self) -> ByteString {
        match self {
            Self::Usual(text) => text.into(),
            Self::Large(bytes) => bytes.into_text(),
        }
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::Usual(String::new())
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::Usual(text)
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
            let mut words = Words::of(bulk).unwrap().without_first(len / 2);
            words.push("c");
            let rest = text.split_at(len / 2).1.to_owned() + "c";
            assert_eq!(words.text(), rest);
            assert_eq!(words.done(), rest);
        }
    }

    #[test]
    fn what_is_no_text_is_given_back() {
        for len in [9, MANY] {
            let mut bulk = Bulk::zeroed(len);
            bulk[len - 1] = 0xFF;
            assert_eq!(Words::of(bulk).unwrap_err().len(), len);
        }
    }

    #[test]
    fn words_are_put_together_where_there_is_room_for_many() {
        for len in [0, MANY] {
            let mut words = Words::with_room(len);
            for _ in 0..len + len / 2 + 3 {
                words.push("ö");
            }
            assert_eq!(words.done(), "ö".repeat(len + len / 2 + 3));
        }
    }
}
