//! What the reader stands on: a sentence, a paragraph, a comment, or what is selected.

use crate::app::Model;
use crate::app::action::Way;
use crate::article::{BlockKind, Document};
use crate::layout::panes::Pane;
use crate::text::fold;
use crate::text::sentences;
use crate::text::span::Span;

/// What a selection began with; it reaches to what is under the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// A passage; it grows by sentences.
    Sentences(Span),
    /// A glyph; it grows by glyphs.
    Glyphs(Span),
}

/// The sentence at byte `at`: the nearest one of its block. A block that is not prose is taken
/// whole, and so is a comment by its author line.
pub fn sentence_at(doc: &Document, at: u32) -> Span {
    let index = doc.block_at(at);
    let Some(block) = doc.blocks.get(index) else { return Span::default() };
    match block.kind() {
        BlockKind::Author => match doc.comment_of_block(index) {
            Some(comment) => doc.comment_span(&doc.comments[comment]),
            None => block.span,
        },
        BlockKind::Code | BlockKind::Row(_) | BlockKind::Rule => block.span,
        _ => {
            let sentences = sentences_of(doc, index);
            let after = sentences.partition_point(|sentence| sentence.start <= at);
            sentences.get(after.saturating_sub(1)).copied().unwrap_or(block.span)
        }
    }
}

/// The sentences of a block, as spans of the document's text.
fn sentences_of(doc: &Document, block: usize) -> Vec<Span> {
    let span = doc.blocks[block].span;
    let sentences = sentences::split(doc.slice(span)).into_iter();
    sentences.map(|one| Span::new(one.start + span.start, one.end + span.start)).collect()
}

/// Where the places of a block are that a walk by sentences stops at.
fn stops(doc: &Document, block: usize) -> Vec<u32> {
    match doc.blocks[block].kind() {
        BlockKind::Rule => Vec::new(),
        BlockKind::Author | BlockKind::Code | BlockKind::Row(_) => {
            vec![doc.blocks[block].span.start]
        }
        _ => sentences_of(doc, block).iter().map(|sentence| sentence.start).collect(),
    }
}

impl Model {
    /// What a bookmark or a copy would take: the selection, else the sentence or the comment.
    pub fn passage(&self) -> Span {
        match self.selection {
            None => sentence_at(&self.doc, self.at()),
            Some(Selection::Sentences(from)) => from.join(sentence_at(&self.doc, self.at())),
            Some(Selection::Glyphs(from)) => from.join(self.glyph_at(self.at())),
        }
    }

    /// The word that byte `at` is part of.
    pub fn word_at(&self, at: u32) -> Option<Span> {
        let block = self.doc.blocks.get(self.doc.block_at(at))?.span;
        let mut words = fold::words(self.doc.slice(block));
        let word = words.find(|word| word.span.moved(block.start).contains(at))?;
        Some(word.span.moved(block.start))
    }

    /// To the next or previous sentence of the pane.
    pub fn walk_sentences(&mut self, way: Way) {
        let (at, pane) = (self.at(), self.view.reading);
        let stops = |block| ordered(stops(&self.doc, block), way);
        let next =
            self.blocks_from(pane, at, way).flat_map(stops).find(|&stop| beyond(stop, at, way));
        self.arrive(next, way);
    }

    /// To the next or previous paragraph, or to the next top-level thread.
    pub fn walk_paragraphs(&mut self, way: Way) {
        let (at, pane) = (self.at(), self.view.reading);
        let next = self.next_start(pane, at, way, |doc, block| match pane {
            Pane::Comments => starts_thread(doc, block),
            _ => !doc.blocks[block].continues() && doc.blocks[block].kind() != BlockKind::Rule,
        });
        self.arrive(next, way);
    }

    /// To the next or previous paragraph of the article or comment, from one into the other.
    pub fn walk_pieces(&mut self, way: Way) {
        let (at, doc) = (self.at(), &self.doc);
        let here = doc.block_at(at);
        let begins = |&block: &usize| {
            let kind = doc.blocks[block].kind();
            let inside = doc.comment_of_block(block).is_some() && kind != BlockKind::Author;
            kind != BlockKind::Rule && !inside && beyond(doc.blocks[block].span.start, at, way)
        };
        let next = match way {
            Way::Forward => (here..doc.blocks.len()).find(begins),
            Way::Back => (0..doc.blocks.len().min(here + 1)).rev().find(begins),
        };
        self.arrive(next.map(|block| self.doc.blocks[block].span.start), way);
    }

    /// To the next or previous heading of the body.
    pub fn walk_headings(&mut self, way: Way) {
        let at = if self.view.reading == Pane::Body { self.at() } else { self.body.at };
        let next = self.next_start(Pane::Body, at, way, |doc, block| {
            matches!(doc.blocks[block].kind(), BlockKind::Heading(_) | BlockKind::Title)
        });
        self.arrive(next, way);
    }

    /// Where the nearest block of a sort starts, beyond byte `at`.
    fn next_start(
        &self,
        pane: Pane,
        at: u32,
        way: Way,
        wanted: impl Fn(&Document, usize) -> bool,
    ) -> Option<u32> {
        let doc = &self.doc;
        let blocks = self.blocks_from(pane, at, way).filter(|&block| wanted(doc, block));
        blocks.map(|block| doc.blocks[block].span.start).find(|&start| beyond(start, at, way))
    }

    /// Blocks of a pane from the one that holds byte `at`, away from it.
    fn blocks_from(&self, pane: Pane, at: u32, way: Way) -> Box<dyn Iterator<Item = usize> + '_> {
        let flow = self.flow(pane);
        let (first, last) = (flow.first as usize, flow.last as usize);
        let here = self.doc.block_at(at).clamp(first, last.max(first + 1) - 1);
        let shown = |&block: &usize| self.folds.hiding(block as u32).is_none();
        match way {
            Way::Forward => Box::new((here..last).filter(shown)),
            Way::Back => Box::new((first..last.min(here + 1)).rev().filter(shown)),
        }
    }

    fn arrive(&mut self, at: Option<u32>, way: Way) {
        match at {
            Some(at) => self.show_within(at),
            None if way == Way::Forward => self.tell("this is the last one"),
            None => self.tell("this is the first one"),
        }
    }

    /// Shows a byte of the same walk: a selection goes on.
    fn show_within(&mut self, at: u32) {
        let selection = self.selection.map(|from| match from {
            Selection::Glyphs(_) => Selection::Sentences(self.passage()),
            sentences @ Selection::Sentences(_) => sentences,
        });
        self.show(at);
        self.selection = selection;
    }
}

fn ordered(mut stops: Vec<u32>, way: Way) -> Vec<u32> {
    if way == Way::Back {
        stops.reverse();
    }
    stops
}

fn beyond(stop: u32, at: u32, way: Way) -> bool {
    if way == Way::Forward { stop > at } else { stop < at }
}

fn starts_thread(doc: &Document, block: usize) -> bool {
    let comment = doc.comment_of_block(block).map(|comment| &doc.comments[comment]);
    comment.is_some_and(|comment| comment.depth == 0 && comment.blocks().start as usize == block)
}
