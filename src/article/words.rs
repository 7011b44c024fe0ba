//! A text on its way to being the one of a document.
//!
//! May not know: what it says.

use bytestring::ByteString;

use super::bulk::Bulk;

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
        Self::of(Bulk::with_room(len)).unwrap_or_default()
    }

    /// What bytes say that are UTF-8, else the bytes.
    pub(super) fn of(bytes: Bulk) -> Result<Self, Bulk> {
        if bytes.is_large() {
            let is_text = std::str::from_utf8(&bytes).is_ok();
            return if is_text { Ok(Self::Large(bytes)) } else { Err(bytes) };
        }
        let usual = String::from_utf8(bytes.into_vec());
        usual.map(Self::Usual).map_err(|error| error.into_bytes().into())
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
            Self::Large(bytes) => bytes.append(more.as_bytes()),
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
            Self::Large(bytes) => into_text(bytes),
        }
    }
}

/// The text that bytes are; what is no UTF-8 becomes U+FFFD.
pub(super) fn into_text(bytes: Bulk) -> ByteString {
    let bytes = bytes.into_bytes();
    let lossy = || String::from_utf8_lossy(&bytes).into_owned().into();
    ByteString::try_from(bytes.clone()).unwrap_or_else(|_| lossy())
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
    use crate::article::bulk::{MANY, SLACK};

    #[test]
    fn many_bytes_are_as_few() {
        for len in [0, 9, MANY, MANY + 1] {
            let mut bulk = Bulk::zeroed(len);
            assert_eq!((bulk.len(), bulk.iter().all(|&byte| byte == 0)), (len, true));
            bulk.fill(b'a');
            bulk.append("é".as_bytes());
            // More than there was room for.
            bulk.append(&vec![b'b'; len / SLACK + 1]);
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
