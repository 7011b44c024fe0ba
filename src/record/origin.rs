//! Which article something in the record belongs to.
//!
//! May not know: files.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::words::words;

/// Names an article in the record. Invariant: 8 to 64 of the digits `0-9a-f`, so that it is
/// the name of one folder wherever it comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ArticleKey(String);

/// An article as it was when something was recorded of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Its key.
    pub key: ArticleKey,
    /// Canonical address.
    #[serde(default)]
    pub url: Option<String>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Who wrote it.
    #[serde(default)]
    pub author: Option<String>,
    /// [`fingerprint`] of the whole text.
    #[serde(default)]
    pub text: String,
    /// Where the file was last seen.
    #[serde(default)]
    pub path: Option<String>,
}

impl ArticleKey {
    /// The key that a canonical address or else a whole text makes by itself.
    pub fn of(address_or_text: &str) -> Self {
        Self(fingerprint(address_or_text).chars().take(32).collect())
    }

    /// Reads a key; none if it is not one.
    pub fn parse(key: &str) -> Option<Self> {
        let digits = key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (digits && (8..=64).contains(&key.len())).then(|| Self(key.to_owned()))
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ArticleKey {
    type Error = &'static str;

    fn try_from(key: String) -> Result<Self, Self::Error> {
        Self::parse(&key).ok_or("not the key of an article")
    }
}

/// The SHA-256 of a text, as 64 hexadecimal digits.
pub fn fingerprint(text: &str) -> String {
    let halves = |byte: u8| [byte >> 4, byte & 0xF];
    let digits = Sha256::digest(text.as_bytes()).into_iter().flat_map(halves);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// Whether `new` may be an edit of `old`: a tenth of the old triples of words are still there.
/// Two articles on different things share almost none, whatever their common words.
pub fn is_akin(old: &str, new: &str) -> bool {
    let (old, new) = (triples(old), triples(new));
    let kept = old.iter().filter(|triple| new.binary_search(triple).is_ok()).count();
    kept * 10 >= old.len()
}

/// All runs of three words, sorted, each once.
fn triples(text: &str) -> Vec<[u64; 3]> {
    let words = words(text);
    let mut all: Vec<_> = words.windows(3).map(|run| [run[0].id, run[1].id, run[2].id]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_name_of_one_folder() {
        for key in ["", "..", "../../etc", "abc", "0123456/", "0123456\0", "ABCDEF01", "con"] {
            assert_eq!(ArticleKey::parse(key), None, "{key:?}");
        }
        let key = ArticleKey::of("https://example.org/tide");
        assert_eq!(ArticleKey::parse(key.as_str()), Some(key));
        assert!(serde_json::from_str::<ArticleKey>("\"../x\"").is_err());
    }

    #[test]
    fn a_fingerprint_is_a_sha_256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(fingerprint(""), empty);
    }

    #[test]
    fn an_edit_is_akin_and_another_article_is_not() {
        let old = "The harbour master closed the north pier on Monday after the swell rose.";
        let edit = "News: the harbour master closed the whole pier after a swell rose.";
        let other = "On Monday the council closed its books; the mayor rose after the vote.";
        assert!(is_akin(old, edit) && !is_akin(old, other));
    }
}
