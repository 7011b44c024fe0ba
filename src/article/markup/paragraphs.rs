//! HTML that is nothing but words and `<p>`, as most comments are: its paragraphs are cut out of
//! the text, and no tree is made of it.
//!
//! What it reads is what [`super::blocks`] would. May not know: any other element.

use memchr::{memchr, memchr_iter};

use super::gaps::{self, Seen};
use super::tokens::unescaped;

/// Longest text that is read here, in bytes: in a longer one, elements may be too many to be kept.
const LONGEST: usize = 1 << 20;

/// Tells the words of each paragraph of a fragment of HTML; says whether there is nothing else in
/// it, and tells none where there is.
pub(in crate::article) fn each(html: &str, mut tell: impl FnMut(&str)) -> bool {
    let seen = Seen::of(html);
    if html.len() > LONGEST || seen.has_tags() && !is_plain(html) {
        return false;
    }
    // Most are taken over as they are, which is asked once for all paragraphs.
    let written = !seen.has_references() && seen.is_even(html);
    let mut rest = Some(html);
    while let Some(part) = rest {
        let end = seen.has_tags().then(|| memchr(b'<', part.as_bytes())).flatten();
        let (words, tag) = end.and_then(|end| part.split_at_checked(end)).unwrap_or((part, ""));
        if written {
            tell_words(words, &mut tell);
        } else {
            tell_words(&gaps::single(&unescaped(words)), &mut tell);
        }
        rest = tag.strip_prefix("<p>").or_else(|| tag.strip_prefix("</p>"));
    }
    true
}

fn tell_words(words: &str, tell: &mut impl FnMut(&str)) {
    let words = words.trim_matches(' ');
    if !words.trim_start().is_empty() {
        tell(words);
    }
}

/// Whether there is no tag but `<p>`, and `</p>` only behind one.
fn is_plain(html: &str) -> bool {
    let mut open = false;
    memchr_iter(b'<', html.as_bytes()).all(|at| {
        let tag = html.get(at..).unwrap_or_default();
        let begun = std::mem::replace(&mut open, tag.starts_with("<p>"));
        open || begun && tag.starts_with("</p>")
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::builder::Builder;
    use super::super::blocks::{quoted, write, write_words};
    use super::super::tokens::Grammar;
    use super::super::{blocks, tree};
    use super::*;
    use crate::article::Document;

    fn by_tree(html: &str) -> Document {
        let mut builder = Builder::new();
        let tree = tree::parse(html, Grammar::Html);
        write(&quoted(blocks::read(&tree, tree.all(), &[])), &mut builder);
        builder.finish()
    }

    /// The same, and whether it was plain.
    fn by_parts(html: &str) -> (bool, Document) {
        let mut builder = Builder::new();
        let plain = each(html, |words| write_words(words, &mut builder));
        (plain, builder.finish())
    }

    #[test]
    fn what_is_not_words_and_paragraphs_is_left_to_the_tree() {
        let (plain, doc) = by_parts("a<p>b &lt; c</p> d <p>&gt; e");
        assert_eq!((plain, &*doc.text), (true, "a\n\nb < c\n\nd\n\ne"));
        for html in
            ["a</p>b", "<p>a</p>b</p>c", "<P>a", "<p class=a>b", "a <i>b</i>", "a<", "a < b"]
        {
            assert_eq!(by_parts(html), (false, Document::default()), "{html}");
        }
        assert!(!by_parts(&"<p>".repeat(LONGEST)).0);
    }

    /// HTML, most of it words and paragraphs.
    fn html() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            8 => "[a-c“é]{0,4}",
            6 => "[ \t\n\r\u{a0}\u{85}\u{2003}\u{3000}]{1,3}",
            6 => Just("<p>".to_owned()),
            4 => Just("</p>".to_owned()),
            3 => "&(lt|gt|amp|nbsp|#x27|#32|#10|emsp|nope|#x2F);?",
            2 => ">{1,2} ?",
            1 => "</?(i|P|p |pre|br|td|!--)>",
            1 => "<",
        ];
        proptest::collection::vec(part, 0..16).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_tree_says(html in html()) {
            let (plain, doc) = by_parts(&html);
            if plain {
                prop_assert_eq!(doc, by_tree(&html));
            } else {
                let tags = html.replace("<p>", "");
                prop_assert!(tags.contains('<') && doc.blocks.is_empty());
            }
        }
    }
}
