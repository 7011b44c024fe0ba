//! The article and what is said about it, side by side: reading in step, peeking at the other end
//! of a link, the passages that most comments take up.

use std::cmp::Reverse;

use super::Model;
use super::item::Item;
use super::links::takers;
use super::passage::sentence_at;
use crate::article::Document;
use crate::layout::panes::Pane;
use crate::layout::wrap;
use crate::text::span::Span;

/// How many passages are listed.
const PASSAGES: usize = 100;

/// Lines of a passage that a peek shows, at most.
const LINES: usize = 4;

/// Widest line of a peek, in cells.
const WIDEST: u16 = 78;

impl Model {
    /// Lets the comments follow the article, or not.
    pub fn toggle_step(&mut self) {
        self.view.step = !self.view.step;
        self.keep_step();
        let follow = "the comments follow the article · S again: they stay";
        self.tell(if self.view.step { follow } else { "the comments stay where they are" });
    }

    /// Links sentences that retell the article, or quotations only.
    pub fn toggle_echoes(&mut self) {
        self.view.echoes = !self.view.echoes;
        self.keep_in_view(Pane::Comments);
        self.refresh_list();
        let all = "sentences that retell the article are linked too";
        self.tell(if self.view.echoes {
            all
        } else {
            "only quotations are linked · E: all again"
        });
    }

    /// Brings up the first comment on what is shown of the article.
    pub fn keep_step(&mut self) {
        if !self.view.step || self.focus() != Pane::Body {
            return;
        }
        let height = self.column(Pane::Body).text.height;
        let window = self.flow(Pane::Body).window(self.top(Pane::Body), height);
        let shown = Span::new(window.start, window.end);
        let first = self.ties().reaching(shown).map(|link| link.from.start).next();
        if let Some(comment) = first.and_then(|at| self.doc.comment_at(at)) {
            let line = self.doc.comments[comment].blocks.start as usize;
            let at = self.doc.blocks[line].span.start;
            self.comments = super::reader::Place::at(at);
        }
    }

    /// The other ends of the links under the cursor, in full.
    pub fn peek(&self) -> Vec<Item> {
        let ends: Vec<Span> = match self.view.reading {
            Pane::Comments => self.links_of_comment().iter().map(|link| link.to).collect(),
            _ => self.answers(self.paragraph()),
        };
        let mut wholes: Vec<Span> =
            ends.iter().map(|end| sentence_at(&self.doc, end.start).join(*end)).collect();
        // Two ends in one sentence are one thing to read.
        wholes.dedup();
        wholes.into_iter().flat_map(|whole| self.in_full(whole)).collect()
    }

    /// Whose words a passage is, and the words.
    fn in_full(&self, passage: Span) -> Vec<Item> {
        let doc = &self.doc;
        let heading = Item { text: source(doc, passage), heading: true, ..Item::default() };
        let words = doc.slice(passage);
        let width = self.view.size.width.saturating_sub(6).min(WIDEST);
        let rows = wrap::prose(words, width).into_iter().take(LINES);
        let lines = rows.map(|row| Item {
            text: row.of(words).trim_end().to_owned(),
            at: Some(passage.start),
            ..Item::default()
        });
        std::iter::once(heading).chain(lines).collect()
    }

    /// The passages that most comments take up, most discussed first.
    pub fn discussed(&self) -> Vec<Item> {
        let mut counted = self.linked_blocks();
        counted.sort_by_key(|&(links, block)| (Reverse(links), block));
        counted.truncate(PASSAGES);
        let comments = |(_, block): (usize, usize)| {
            let span = self.doc.blocks[block].span;
            (takers(&self.doc, self.ties().reaching(span)), span)
        };
        let mut discussed: Vec<(usize, Span)> = counted.into_iter().map(comments).collect();
        discussed.sort_by_key(|&(comments, span)| (Reverse(comments), span));
        let items = discussed.into_iter().map(|(comments, span)| Item {
            lead: format!("❝{comments}"),
            text: self.doc.slice(span).to_owned(),
            at: Some(span.start),
            ..Item::default()
        });
        items.collect()
    }

    /// The blocks that links lead to, with the number of those.
    fn linked_blocks(&self) -> Vec<(usize, usize)> {
        let ties = self.ties();
        let mut rest = ties.by_target.as_slice();
        let mut counted = Vec::new();
        while let Some(&link) = rest.first() {
            let block = self.doc.block_at(ties.links[link as usize].to.start);
            let links = ties.reaching(self.doc.blocks[block].span).len().max(1);
            counted.push((links, block));
            rest = rest.get(links..).unwrap_or_default();
        }
        counted
    }
}

/// Where some words stand: the author of the comment, or the article.
fn source(doc: &Document, passage: Span) -> String {
    match doc.comment_at(passage.start) {
        Some(comment) => doc.author(&doc.comments[comment]).unwrap_or("someone").to_owned(),
        None => "the article".to_owned(),
    }
}
