//! By what the comments that were seen are known again when their article has changed.
//!
//! May not know: files, the model.

use std::collections::HashMap;
use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::origin::fingerprint;
use super::words;
use crate::article::Document;
use crate::article::bulk::Bulk;

/// So many words tell a comment from the others of its author.
const FIRST: usize = 8;

/// Signs of comments, of each the identifier that the file gives it, and its author with its first
/// words, which stay when the comments are numbered anew.
///
/// They are the lines of one text: a long discussion has hundreds of thousands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(Bulk);

impl Seen {
    /// The signs of some comments, given as indices into [`Document::comments`].
    pub fn of(doc: &Document, comments: impl IntoIterator<Item = u32>) -> Self {
        let mut seen = Self::default();
        let there = comments.into_iter().map(|comment| comment as usize);
        for comment in there.filter(|&comment| comment < doc.comments.len()) {
            if let Some(id) = own_id(doc, comment) {
                seen.add(id);
            }
            seen.add(&by_words(doc, comment));
        }
        seen
    }

    /// Whether nothing was seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, sign: &str) {
        self.0.append(sign.as_bytes());
        self.0.push(b'\n');
    }

    fn signs(&self) -> impl Iterator<Item = &str> {
        let lines = self.0.split_inclusive(|&byte| byte == b'\n');
        lines.map(|line| std::str::from_utf8(&line[..line.len() - 1]).unwrap_or_default())
    }

    /// The comments that are not among them, as ascending indices into [`Document::comments`]. Of
    /// several that start alike, as many as were seen count as seen. Time grows with their number; the
    /// words of those whose identifier was seen are read only where another one starts like something
    /// that was seen.
    pub fn others(&self, doc: &Document) -> Vec<u32> {
        let mut left: HashMap<&str, u32> = HashMap::new();
        for sign in self.signs() {
            *left.entry(sign).or_default() += 1;
        }
        let known =
            |&comment: &u32| own_id(doc, comment as usize).is_some_and(|id| take(&mut left, id));
        let (known, others): (Vec<u32>, Vec<u32>) = (0..doc.comments.len() as u32).partition(known);
        let others = others.into_iter().map(|comment| (comment, by_words(doc, comment as usize)));
        let mut others: Vec<(u32, String)> = others.collect();
        if others.iter().any(|(_, sign)| left.contains_key(sign.as_str())) {
            // Each uses up both of its names, so that no other comment passes for it.
            for &comment in &known {
                take(&mut left, &by_words(doc, comment as usize));
            }
            others.retain(|(_, sign)| !take(&mut left, sign));
        }
        others.into_iter().map(|(comment, _)| comment).collect()
    }
}

impl Serialize for Seen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.signs())
    }
}

impl<'de> Deserialize<'de> for Seen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Signs)
    }
}

/// Reads signs one by one.
struct Signs;

impl<'de> Visitor<'de> for Signs {
    type Value = Seen;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of signs")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Seen, A::Error> {
        let mut seen = Seen::default();
        while let Some(sign) = list.next_element::<String>()? {
            seen.add(&sign);
        }
        Ok(seen)
    }
}

/// Takes one of the signs that are left, if there is one.
fn take(left: &mut HashMap<&str, u32>, sign: &str) -> bool {
    let count = left.get_mut(sign).filter(|count| **count > 0);
    count.map(|count| *count -= 1).is_some()
}

/// The identifier of a comment, if it is more than a count of the comments.
fn own_id(doc: &Document, comment: usize) -> Option<&str> {
    let id = doc.comments.id(&doc.comments[comment]);
    (id != (comment + 1).to_string()).then_some(id)
}

/// Author and first words as one word that no identifier looks like.
fn by_words(doc: &Document, comment: usize) -> String {
    let author = doc.author(&doc.comments[comment]).unwrap_or_default();
    let said = doc.comment_blocks(&doc.comments[comment]).iter();
    let text = said.map(|block| doc.words(block)).find(|text| !text.trim().is_empty());
    let words = words::each(text.unwrap_or_default()).take(FIRST);
    let ids: Vec<String> = words.map(|word| format!("{:x}", word.id)).collect();
    let print = fingerprint(&format!("{author}\n{}", ids.join(" ")));
    format!("~{}", print.get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::builder::{Builder, CommentHead};

    #[test]
    fn signs_are_the_same_when_they_were_written_down() {
        let mut builder = Builder::new();
        for id in ["a1", "", "\"quoted\""] {
            builder.comment(&CommentHead { id: id.into(), ..CommentHead::default() });
        }
        let doc = builder.finish();
        let seen = Seen::of(&doc, [0, 1, 2, 9]);
        assert_eq!(seen.signs().count(), 5, "the second one has no name of its own");
        let written = serde_json::to_string(&seen).unwrap();
        assert_eq!(serde_json::from_str::<Seen>(&written).unwrap(), seen);
        assert_eq!((seen.others(&doc), Seen::of(&doc, [1]).others(&doc)), (vec![], vec![1, 2]));
    }
}
