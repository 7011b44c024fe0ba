//! Along mentions, hits, bookmarks and quotations, in whichever pane the next one lies.

use crate::app::Model;
use crate::app::action::{Effect, Trail, Way};
use crate::app::status;
use crate::text::span::Span;

impl Model {
    /// To the next or previous place of a trail.
    pub fn walk(&mut self, trail: Trail, way: Way) -> Vec<Effect> {
        match trail {
            Trail::Sentence => self.walk_sentences(way),
            Trail::Paragraph => self.walk_paragraphs(way),
            Trail::Piece => self.walk_pieces(way),
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

    /// To the next mention of the selected entity, or of any where none is selected.
    pub fn walk_mentions(&mut self, way: Way) {
        let names = &self.found.names;
        let selected = self.entities.selected.and_then(|one| names.entities.get(one as usize));
        let stop = match selected {
            Some(entity) => self.along(&entity.mentions, |mention| mention.start, way),
            None => self.along(&names.mentions, |mention| mention.span.start, way),
        };
        self.jumps.hits_last = false;
        self.stop_at(stop, way, "no names were found");
    }

    fn walk_hits(&mut self, way: Way) {
        let stop = self.along(&self.search.stops, |stop| stop.start, way);
        self.stop_at(stop, way, "nothing was searched for");
    }

    fn walk_bookmarks(&mut self, way: Way) {
        let marks: Vec<Span> = self.marks.placed().map(|(span, _)| span).collect();
        let stop = self.along(&marks, |mark| mark.start, way);
        self.stop_at(stop, way, "no bookmarks in this article");
    }

    fn walk_new(&mut self, way: Way) {
        let start = |&comment: &u32| {
            let line = self.doc.comments.get(comment as usize).map_or(0, |one| one.blocks().start);
            self.doc.blocks[line as usize].span.start
        };
        let stop = self.along(&self.fresh, start, way);
        self.stop_at(stop, way, "no comment is new since the last reading");
    }

    /// Along both ends of all links.
    fn walk_quotes(&mut self, way: Way) {
        let ties = self.ties();
        let froms = self.along(&ties.links, |link| link.from.start, way);
        let target = |&link: &u32| ties.links[link as usize].to.start;
        let tos = self.along(&ties.by_target, target, way);
        let nearer = |one: Option<u32>, other: Option<u32>| match way {
            Way::Forward => one.into_iter().chain(other).min(),
            Way::Back => one.max(other),
        };
        let stop = (nearer(froms.0, tos.0), nearer(froms.1, tos.1));
        self.stop_at(stop, way, "no comment quotes the article");
    }

    /// Where the next of some things begins, that are sorted by where they begin, and the first
    /// one from the other end of the text.
    fn along<T>(
        &self,
        things: &[T],
        start: impl Fn(&T) -> u32,
        way: Way,
    ) -> (Option<u32>, Option<u32>) {
        let at = self.at();
        let (next, round) = match way {
            Way::Forward => {
                (things.get(things.partition_point(|it| start(it) <= at)), things.first())
            }
            Way::Back => {
                (things[..things.partition_point(|it| start(it) < at)].last(), things.last())
            }
        };
        (next.map(&start), round.map(&start))
    }

    /// To the next place, or round the end and on.
    fn stop_at(&mut self, (next, round): (Option<u32>, Option<u32>), way: Way, none: &str) {
        let Some(at) = next.or(round) else { return self.tell(none) };
        self.go_to(at);
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
