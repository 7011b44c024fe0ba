//! The article and what is said about it, side by side: reading in step, the passages that most
//! comments take up.

use std::cmp::Reverse;

use crate::app::Model;
use crate::app::lists::item::Item;
use crate::app::reading::links::takers;
use crate::layout::panes::Pane;
use crate::text::span::Span;

/// How many passages are listed.
const PASSAGES: usize = 100;

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
            let line = self.doc.comments[comment].blocks().start as usize;
            let at = self.doc.blocks[line].span.start;
            self.comments = crate::app::reading::reader::Place::at(at);
        }
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
        let mut rest = &*ties.by_target;
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
