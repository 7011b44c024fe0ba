//! Everything about an article as JSON (`recto/1`): the document, its entities and its links.
//!
//! Offsets count Unicode scalar values inside the block that `at` names: `body/3`,
//! `comments/2/0`, and for what stands outside the blocks `title`, `byline`,
//! `comments/2/author`. Unknown is null.

use serde_json::{Value, json};

use crate::analysis::{Analysis, Entity, Link};
use crate::article::{Block, BlockKind, Document};
use crate::text::span::Span;

/// The contract's object for a document and what was found in it.
pub fn inspect(doc: &Document, found: &Analysis, path: Option<&str>) -> Value {
    let names = Names::of(doc);
    let body = names.texts(doc, doc.body.start, doc.body.end);
    let comments: Vec<Value> =
        (0..doc.comments.len()).map(|index| comment(doc, &names, index)).collect();
    let related = doc
        .related
        .iter()
        .map(|one| json!({"title": one.title, "summary": one.summary, "url": one.url}));
    json!({
        "schema": "recto/1",
        "source": {
            "path": path,
            "format": doc.source.format.name(),
            "bytes": doc.source.bytes,
            "notes": doc.source.notes,
        },
        "title": doc.head.title,
        "authors": doc.head.authors,
        "dateline": doc.head.dateline,
        "published": doc.head.published,
        "url": doc.head.url,
        "body": body,
        "comments": comments,
        "related": related.collect::<Vec<_>>(),
        "entities": found.names.entities.iter().map(|one| entity(doc, &names, one)).collect::<Vec<_>>(),
        "links": found.links.all.links.iter().map(|one| link(doc, &names, one)).collect::<Vec<_>>(),
    })
}

fn comment(doc: &Document, names: &Names, index: usize) -> Value {
    let comment = &doc.comments[index];
    json!({
        "at": format!("comments/{index}"),
        "id": doc.comments.id(comment),
        "parent": comment.parent(),
        "depth": comment.depth,
        "author": doc.author(comment),
        "time": doc.comments.time(comment),
        "score": comment.score(),
        "blocks": names.texts(doc, comment.blocks().start + 1, comment.blocks().end),
    })
}

fn entity(doc: &Document, names: &Names, entity: &Entity) -> Value {
    json!({
        "name": entity.name,
        "kind": entity.kind.name(),
        "aliases": entity.aliases,
        "mentions": entity.mentions.iter().map(|&span| names.place(doc, span)).collect::<Vec<_>>(),
    })
}

fn link(doc: &Document, names: &Names, link: &Link) -> Value {
    json!({
        "kind": link.kind().name(),
        "from": names.place(doc, link.from),
        "to": names.place(doc, link.to),
        "score": (f64::from(link.score) * 1000.0).round() / 1000.0,
    })
}

/// What the blocks are called. Pieces of one long block share a name.
struct Names {
    /// One a block: its name, and the first byte of the whole block.
    blocks: Vec<(String, u32)>,
}

impl Names {
    fn of(doc: &Document) -> Self {
        let mut blocks: Vec<(String, u32)> = Vec::with_capacity(doc.blocks.len());
        let mut number = 0;
        for (index, block) in doc.blocks.iter().enumerate() {
            if let Some(last) = blocks.last().filter(|_| block.continues()).cloned() {
                blocks.push(last);
                continue;
            }
            let name = match (block.kind(), doc.comment_of_block(index)) {
                (BlockKind::Author, Some(comment)) => {
                    number = 0;
                    format!("comments/{comment}/author")
                }
                (_, Some(comment)) => format!("comments/{comment}/{number}"),
                (kind, None) if (index as u32) < doc.body.start => kind.name().to_owned(),
                (_, None) => format!("body/{number}"),
            };
            let counted = block.kind() != BlockKind::Author && index as u32 >= doc.body.start;
            number += usize::from(counted);
            blocks.push((name, block.span.start));
        }
        Self { blocks }
    }

    /// The blocks `first..last` as the contract's objects.
    fn texts(&self, doc: &Document, first: u32, last: u32) -> Vec<Value> {
        let blocks = doc.blocks.get(first as usize..last as usize).unwrap_or_default();
        let mut index = first as usize;
        let wholes = blocks.chunk_by(|_, next| next.continues());
        wholes
            .map(|pieces| {
                let name = &self.blocks[index].0;
                index += pieces.len();
                json!({"at": name, "kind": pieces[0].kind().name(), "text": doc.slice(joined(pieces))})
            })
            .collect()
    }

    /// A span as the contract's object; one that reaches over its block is cut at its end.
    fn place(&self, doc: &Document, span: Span) -> Value {
        let index = doc.block_at(span.start);
        let Some((name, first)) = self.blocks.get(index) else { return Value::Null };
        let whole = doc.blocks[index..].iter().take_while({
            let mut opened = false;
            move |block| std::mem::replace(&mut opened, true) <= block.continues()
        });
        let end = whole.last().map_or(span.end, |block| block.span.end).min(span.end);
        let start = doc.slice(Span::new(*first, span.start)).chars().count();
        let words = doc.slice(Span::new(span.start, end));
        json!({"at": name, "start": start, "end": start + words.chars().count(), "text": words})
    }
}

fn joined(pieces: &[Block]) -> Span {
    pieces.iter().fold(pieces[0].span, |whole, piece| whole.join(piece.span))
}
