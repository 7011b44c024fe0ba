//! Along mentions, hits, bookmarks and quotations, in whichever pane the next one lies.

use super::Model;
use super::action::{Effect, Trail, Way};
use super::status;
use crate::text::span::{self, Span};

impl Model {
    /// To the next or previous place of a trail.
    pub fn walk(&mut self, trail: Trail, way: Way) -> Vec<Effect> {
        match trail {
            Trail::Sentence => self.walk_sentences(way),
            Trail::Paragraph => self.walk_paragraphs(way),
            Trail::Heading => self.walk_headings(way),
            Trail::Mention => self.walk_mentions(way),
            Trail::Quote => self.walk_quotes(way),
            Trail::Answer => self.walk_answers(way),
            Trail::Bookmark => self.walk_bookmarks(way),
            Trail::New => self.walk_new(way),
            Trail::Latest if self.jumps.hits_last => self.walk_hits(way),
            Trail::Latest => self.walk_mentions(way),
        }
        Vec::new()
    }

    /// The mentions of the selected entity, or of all where none is selected.
    pub fn mentions(&self) -> Vec<Span> {
        let found = self.analysis();
        match self.entities.selected.and_then(|entity| found.entities.get(entity as usize)) {
            Some(entity) => entity.mentions.clone(),
            None => found.mentions.iter().map(|mention| mention.span).collect(),
        }
    }

    fn walk_mentions(&mut self, way: Way) {
        let mentions = self.mentions();
        self.jumps.hits_last = false;
        self.walk_spans(&mentions, way, "no names were found");
    }

    fn walk_hits(&mut self, way: Way) {
        let hits = std::sync::Arc::clone(&self.search.stops);
        self.walk_spans(&hits, way, "nothing was searched for");
    }

    fn walk_bookmarks(&mut self, way: Way) {
        let marks: Vec<Span> = self.marks.placed().map(|(span, _)| span).collect();
        self.walk_spans(&marks, way, "no bookmarks in this article");
    }

    fn walk_new(&mut self, way: Way) {
        let line = |&comment: &u32| {
            let comment = self.doc.comments.get(comment as usize)?;
            Some(self.doc.blocks[comment.blocks.start as usize].span)
        };
        let new: Vec<Span> = self.fresh.iter().filter_map(line).collect();
        self.walk_spans(&new, way, "no comment is new since the last reading");
    }

    fn walk_quotes(&mut self, way: Way) {
        let links = &self.analysis().links;
        let mut ends: Vec<Span> = links.iter().flat_map(|link| [link.from, link.to]).collect();
        ends.sort_unstable();
        ends.dedup_by_key(|end| end.start);
        self.walk_spans(&ends, way, "no comment quotes the article");
    }

    /// To the next of some sorted spans; round the end and on.
    pub fn walk_spans(&mut self, spans: &[Span], way: Way, none: &str) {
        let at = self.at();
        let (next, round) = match way {
            Way::Forward => (span::next_after(spans, at), Some(0)),
            Way::Back => (span::last_before(spans, at), spans.len().checked_sub(1)),
        };
        let Some(index) = next.or(round).filter(|&index| index < spans.len()) else {
            return self.tell(none);
        };
        self.go_to(spans[index].start);
        if next.is_none() {
            let round = match way {
                Way::Forward => "went on at the start",
                Way::Back => "went on at the end",
            };
            let progress = status::walk(self);
            let parts = [progress.as_str(), round].into_iter().filter(|part| !part.is_empty());
            self.tell(&parts.collect::<Vec<_>>().join(" · "));
        }
    }
}
