//! What holds of every document, whatever bytes it was made of.

use recto::article::builder::MAX_BLOCK;
use recto::article::{Document, load};
use recto::text::span::Span;

/// Makes a document of `bytes` and looks at it.
pub(crate) fn check(bytes: Vec<u8>) -> Document {
    let size = bytes.len() as u64;
    let doc = load::document(bytes);
    assert_eq!(doc.source.bytes, size);
    blocks_are_disjoint_sorted_and_short(&doc);
    comments_are_in_pre_order(&doc);
    spans_lie_inside(&doc);
    doc
}

fn blocks_are_disjoint_sorted_and_short(doc: &Document) {
    let mut end = 0;
    for block in &doc.blocks {
        assert!(block.span.start >= end && is_inside(doc, block.span));
        assert!(block.span.len() as usize <= MAX_BLOCK);
        end = block.span.end;
    }
    assert_eq!(doc.text.len(), end as usize);
    assert!(doc.body.start <= doc.body.end && doc.body.end as usize <= doc.blocks.len());
}

fn comments_are_in_pre_order(doc: &Document) {
    let mut end = doc.body.end;
    for (number, comment) in doc.comments.iter().enumerate() {
        assert!(comment.blocks().start == end && comment.blocks().end > end);
        end = comment.blocks().end;
        let depth = comment.parent().map_or(0, |parent| doc.comments[parent as usize].depth + 1);
        assert_eq!(comment.depth, depth);
        if let Some(parent) = comment.parent() {
            assert!((parent as usize) < number && doc.thread_end(parent as usize) > number);
        }
    }
    assert_eq!(end as usize, doc.blocks.len());
    let mut ids: Vec<_> = doc.comments.iter().map(|comment| doc.comments.id(comment)).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
}

fn spans_lie_inside(doc: &Document) {
    assert!(doc.styles.windows(2).all(|pair| pair[0].0.start <= pair[1].0.start));
    assert!(doc.links.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    assert!(doc.styles.iter().all(|&(span, _)| is_inside(doc, span)));
    assert!(doc.links.iter().all(|link| is_inside(doc, link.span)));
}

fn is_inside(doc: &Document, span: Span) -> bool {
    doc.text.get(span.range()).is_some()
}
