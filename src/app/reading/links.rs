//! Following a link between a comment and a passage, either way.

use crate::analysis::{Link, LinkKind};
use crate::app::Model;
use crate::app::action::Way;
use crate::app::reading::jumps::Followed;
use crate::article::Document;
use crate::layout::panes::Pane;
use crate::text::span::Span;

/// How many links of one passage are looked at to count the comments: the gutter has room for
/// one digit.
const LOOKED: usize = 256;

impl Model {
    /// Follows what the cursor is on: a name to its next mention, a comment to what it quotes, a
    /// passage to the comment that quotes it. The same again takes the next one.
    pub fn go(&mut self) {
        match self.focus() {
            Pane::Entities => self.go_to_mention(),
            Pane::Comments => self.go_to_quoted(),
            Pane::Body => self.walk_answers(Way::Forward),
        }
    }

    /// The links of the comment under the cursor.
    pub fn links_of_comment(&self) -> &[Link] {
        self.ties().leaving(self.comment_span())
    }

    /// The paragraph under the cursor.
    pub fn paragraph(&self) -> Span {
        let block = self.doc.blocks.get(self.doc.block_at(self.at()));
        block.map_or(Span::default(), |block| block.span)
    }

    /// What others may quote of where the cursor is: the paragraph, or the whole comment.
    fn quotable(&self) -> Span {
        if self.view.reading == Pane::Comments { self.comment_span() } else { self.paragraph() }
    }

    fn go_to_quoted(&mut self) {
        let number = self.next_link();
        let links = self.links_of_comment();
        let Some(link) = links.get(number) else { return self.toggle_fold() };
        let (from, to, count) = (self.comment_span(), link.to, links.len());
        self.go_to(to.start);
        self.jumps.followed = Some(Followed { from, to, number: (number, count) });
    }

    /// Which link of the comment under the cursor is followed next: the one that the cursor came
    /// to, else the one after the last that was followed, else the first below the cursor.
    pub fn next_link(&self) -> usize {
        let (links, at) = (self.links_of_comment(), self.comments.at);
        let below = links.partition_point(|link| link.from.start < at);
        let here = links.get(below).is_some_and(|link| link.from.start == at);
        let last = self.jumps.followed.filter(|last| last.from == self.comment_span());
        match last.map(|last| last.number.0) {
            Some(last) if !here || links.get(last).is_some_and(|link| link.from.start == at) => {
                (last + 1) % links.len().max(1)
            }
            _ => below % links.len().max(1),
        }
    }

    /// To the next comment on the passage under the cursor, or on the one that the last such
    /// step set out from.
    pub fn walk_answers(&mut self, way: Way) {
        let passage = self.going_on().unwrap_or_else(|| self.quotable());
        let ends = self.answers(passage);
        if ends.is_empty() {
            return self.tell("no comment quotes this passage");
        }
        self.follow(passage, &ends, way);
    }

    /// The passage that the last step to a comment set out from, while the cursor is still there.
    fn going_on(&self) -> Option<Span> {
        let last = self.jumps.followed.filter(|last| last.to.contains(self.at()))?;
        self.answers(last.from).contains(&last.to).then_some(last.from)
    }

    /// The words of comments that take up a passage, in reading order.
    pub fn answers(&self, passage: Span) -> Vec<Span> {
        let mut ends: Vec<Span> = self.ties().reaching(passage).map(|link| link.from).collect();
        ends.sort_unstable();
        ends
    }

    /// How many comments take up what starts in `span`, of very many not all, and whether one of
    /// them quotes it.
    pub fn takers(&self, span: Span) -> (usize, bool) {
        let links = || self.ties().reaching(span).take(LOOKED);
        (takers(&self.doc, links()), links().any(|link| link.kind() == LinkKind::Quote))
    }

    fn follow(&mut self, from: Span, ends: &[Span], way: Way) {
        let last = self.jumps.followed.filter(|last| last.from == from);
        let last = last.and_then(|last| ends.iter().position(|&end| end == last.to));
        let number = match (last, way) {
            (None, Way::Forward) => 0,
            (None, Way::Back) => ends.len() - 1,
            (Some(number), Way::Forward) => (number + 1) % ends.len(),
            (Some(number), Way::Back) => (number + ends.len() - 1) % ends.len(),
        };
        let to = ends[number];
        self.go_to(to.start);
        self.jumps.followed = Some(Followed { from, to, number: (number, ends.len()) });
    }
}

/// How many comments some links set out from.
pub(in crate::app) fn takers<'a>(doc: &Document, links: impl Iterator<Item = &'a Link>) -> usize {
    let comments = links.map(|link| doc.comment_at(link.from.start));
    let mut comments: Vec<Option<usize>> = comments.collect();
    comments.sort_unstable();
    comments.dedup();
    comments.len()
}
