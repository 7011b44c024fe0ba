//! A value of JSON in 8 bytes: a long thread has millions of them, and memory is the slowest part of
//! reading one.
//!
//! May not know: the grammar.

use bytemuck::{Pod, Zeroable};

use crate::text::span::Span;

/// What a value is; words are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A string that means what is written, without its marks.
    Text(Span),
    /// A string with escapes in it.
    Escaped(Span),
    /// A number, `true`, `false` or `null` as written.
    Bare(Span),
    /// Its items follow, up to the node of this index.
    List(u32),
    /// Its keys and values follow, by turns, up to the node of this index.
    Object(u32),
}

/// A value as it is kept: what it is in the highest bits of `rest`, its length in the others.
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Node {
    /// First byte of its words, or what [`Kind::List`] and [`Kind::Object`] hold.
    at: u32,
    rest: u32,
}

/// How many bits of a node tell a length.
const BITS: u32 = 29;

/// How many bits of a name are two of its letters.
const LETTERS: u32 = 16;

const TEXT: u32 = 0;
const ESCAPED: u32 = 1;
const BARE: u32 = 2;
const LIST: u32 = 3;
const OBJECT: u32 = 4;
/// A text that is a key, with its first and last byte beside its length.
const NAME: u32 = 5;

impl Node {
    /// A list whose items are there up to the node of index `end`.
    pub(super) const fn list(end: u32) -> Self {
        Self { at: end, rest: LIST << BITS }
    }

    /// The same for the keys and values of an object.
    pub(super) const fn object(end: u32) -> Self {
        Self { at: end, rest: OBJECT << BITS }
    }

    /// `None` of more words than can be kept, which are 512 MB: so it is with all words.
    pub(super) const fn bare(words: Span) -> Option<Self> {
        Self::words(BARE, words)
    }

    /// A string, with escapes or without.
    pub(super) const fn string(words: Span, escaped: bool) -> Option<Self> {
        Self::words(if escaped { ESCAPED } else { TEXT }, words)
    }

    /// The same for a key, written as `bytes`: most are then told apart without a look at the text.
    pub(super) const fn key(words: Span, bytes: &[u8], escaped: bool) -> Option<Self> {
        match Name::of(bytes) {
            Name(rest) if rest != Name::NONE && !escaped => Some(Self { at: words.start, rest }),
            _ => Self::string(words, escaped),
        }
    }

    const fn words(kind: u32, words: Span) -> Option<Self> {
        if words.len() >> BITS == 0 {
            Some(Self { at: words.start, rest: kind << BITS | words.len() })
        } else {
            None
        }
    }

    pub(super) const fn kind(self) -> Kind {
        let length = self.rest & ((1 << BITS) - 1);
        match self.rest >> BITS {
            TEXT => Kind::Text(Span::new(self.at, self.at + length)),
            ESCAPED => Kind::Escaped(Span::new(self.at, self.at + length)),
            BARE => Kind::Bare(Span::new(self.at, self.at + length)),
            LIST => Kind::List(self.at),
            OBJECT => Kind::Object(self.at),
            _ => Kind::Text(Span::new(self.at, self.at + (length >> LETTERS))),
        }
    }

    /// Whether it may be the key of a name.
    pub(super) const fn may_be(self, name: Name) -> bool {
        self.rest == name.0 || self.rest >> BITS != NAME
    }
}

/// What a node tells of a short key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Name(u32);

impl Name {
    /// Of words that are none or many.
    const NONE: u32 = 0;

    pub(super) const fn of(words: &[u8]) -> Self {
        let length = words.len() as u32;
        match words {
            [first, .., last] if length >> (BITS - LETTERS) == 0 => {
                let letters = (*first as u32) << 8 | *last as u32;
                Self(NAME << BITS | length << LETTERS | letters)
            }
            _ => Self(Self::NONE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_the_value_that_it_was_made_of() {
        let (span, last) = (Span::new(7, 900), Span::new(u32::MAX, u32::MAX));
        let kind = |node: Option<Node>| node.map(Node::kind);
        assert_eq!(kind(Node::string(span, false)), Some(Kind::Text(span)));
        assert_eq!(kind(Node::string(span, true)), Some(Kind::Escaped(span)));
        assert_eq!(kind(Node::bare(last)), Some(Kind::Bare(last)));
        assert_eq!(Node::list(u32::MAX).kind(), Kind::List(u32::MAX));
        assert_eq!(Node::object(0).kind(), Kind::Object(0));
        assert!(Node::string(Span::new(0, 1 << BITS), false).is_none());
    }

    #[test]
    fn keys_are_told_apart_by_length_and_letters() {
        let text = "title author points".to_owned() + &"x".repeat(1 << 14);
        let end = text.len() as u32;
        let bytes = |span: Span| &text.as_bytes()[span.range()];
        let key = |span: Span, escaped| Node::key(span, bytes(span), escaped).unwrap();
        let [title, author, all] = [(0, 5), (6, 12), (0, end)].map(|(a, b)| Span::new(a, b));
        for span in [title, author, all, Span::new(3, 3), Span::new(3, 4)] {
            assert_eq!(key(span, false).kind(), Kind::Text(span));
            assert_eq!(key(span, true).kind(), Kind::Escaped(span));
            assert!(key(span, false).may_be(Name::of(bytes(span))));
        }
        let points = Name::of(b"points");
        assert!(!key(author, false).may_be(points) && !key(title, false).may_be(Name::of(b"")));
        assert!(key(author, true).may_be(points), "it may mean anything");
        assert!(key(all, false).may_be(points), "it is too long to tell");
    }
}
