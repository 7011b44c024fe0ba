//! By what the comments that were seen are known again when their article has changed.
//!
//! May not know: files, the model.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use bytemuck::{Pod, Zeroable};
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
        let there = |&comment: &u32| (comment as usize) < doc.comments.len();
        for comment in comments.into_iter().filter(there) {
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

    /// An identifier of several lines is no sign: its comment is known by its words alone.
    fn add(&mut self, sign: &str) {
        if !sign.contains('\n') {
            self.0.append(sign.as_bytes());
            self.0.push(b'\n');
        }
    }

    fn signs(&self) -> impl Iterator<Item = &str> {
        let lines = self.0.split_inclusive(|&byte| byte == b'\n');
        lines.map(|line| std::str::from_utf8(&line[..line.len() - 1]).unwrap_or_default())
    }

    /// The comments that are not among them, as ascending indices into [`Document::comments`]. Of
    /// several that start alike, as many as were seen count as seen. Time grows with their number; the
    /// words of those whose identifier was seen are read only where another one starts like something
    /// that was seen.
    pub fn others(&self, doc: &Document) -> Bulk<u32> {
        let mut left = Left::of(self.signs());
        let known = |&comment: &u32| own_id(doc, comment).is_some_and(|id| left.take(hash(id)));
        let (known, others): (Bulk<u32>, Bulk<u32>) =
            (0..doc.comments.len() as u32).partition(known);
        let start = |comment: u32| hash(&by_words(doc, comment));
        let starts: Bulk<u64> = others.iter().map(|&comment| start(comment)).collect();
        if starts.iter().any(|&start| left.count(start).is_some()) {
            // Each uses up both of its names, so that no other comment passes for it.
            for &comment in &known {
                left.take(start(comment));
            }
        }
        let others = others.iter().zip(&starts);
        others.filter(|&(_, &start)| !left.take(start)).map(|(&comment, _)| comment).collect()
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

/// How often each sign is left.
struct Left(Bulk<Count>);

/// A sign by its hash: that two of a million have the same one is less likely than 1 in 10 million.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Count {
    hash: u64,
    left: u64,
}

impl Left {
    fn of<'a>(signs: impl Iterator<Item = &'a str>) -> Self {
        let mut all: Bulk<Count> = signs.map(|sign| Count { hash: hash(sign), left: 1 }).collect();
        all.sort_unstable_by_key(|one| one.hash);
        // The first of those alike stands for all.
        for at in (1..all.len()).rev() {
            if all[at - 1].hash == all[at].hash {
                all[at - 1].left += std::mem::take(&mut all[at].left);
            }
        }
        Self(all)
    }

    /// How often a sign is left, if it was ever there.
    fn count(&mut self, hash: u64) -> Option<&mut u64> {
        let first = self.0.partition_point(|one| one.hash < hash);
        self.0.get_mut(first).filter(|one| one.hash == hash).map(|one| &mut one.left)
    }

    /// Takes one of a sign, if there is one.
    fn take(&mut self, hash: u64) -> bool {
        let left = self.count(hash).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    }
}

fn hash(sign: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    sign.hash(&mut hasher);
    hasher.finish()
}

/// The identifier of a comment, if it is more than a count of the comments.
fn own_id(doc: &Document, comment: u32) -> Option<&str> {
    let id = doc.comments.id(&doc.comments[comment as usize]);
    (id != (comment + 1).to_string()).then_some(id)
}

/// Author and first words as one word that no identifier looks like.
fn by_words(doc: &Document, comment: u32) -> String {
    let comment = &doc.comments[comment as usize];
    let author = doc.author(comment).unwrap_or_default();
    let said = doc.comment_blocks(comment).iter();
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
        for id in ["a1", "", "\"quoted\"", "two\na1"] {
            builder.comment(&CommentHead { id: id.into(), ..CommentHead::default() });
        }
        let doc = builder.finish();
        let seen = Seen::of(&doc, [0, 1, 2, 3, 9]);
        assert_eq!(
            seen.signs().count(),
            6,
            "the second has no name of its own, the last one of two lines"
        );
        let written = serde_json::to_string(&seen).unwrap();
        assert_eq!(serde_json::from_str::<Seen>(&written).unwrap(), seen);
        assert_eq!(
            (seen.others(&doc), Seen::of(&doc, [1]).others(&doc)),
            (Bulk::default(), vec![1, 2, 3].into())
        );
        assert_eq!(
            Seen::of(&doc, [3]).others(&doc),
            vec![1, 2, 3].into(),
            "by their words, which are alike, one was seen"
        );
    }
}
