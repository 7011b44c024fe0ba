//! The links of the comment under the cursor, listed at the foot of its pane: what it quotes and
//! retells, then who quotes it.

use crate::analysis::{Link, LinkKind};
use crate::app::Model;
use crate::article::Document;
use crate::layout::panes::Pane;
use crate::text::span::Span;

/// So many links are listed at once; the list moves along with the one that comes next.
const LISTED: usize = 3;

/// A pane that is less high has no rows to spare, in cells.
const LEAST: u16 = 14;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// What kind of link it is.
    pub sign: &'static str,
    /// At the other end: how far down the article in percent, or whose comment.
    pub place: String,
    /// The passage: at the other end, or of this comment where the other one quotes it.
    pub passage: Span,
    /// Whether `Enter` goes there.
    pub next: bool,
}

impl Model {
    /// Rows that the list takes at the foot of the comments, with the line above it. Whoever lays out
    /// the pane asks, so that no more is counted than is listed.
    pub fn tie_rows(&self) -> u16 {
        if !self.lists_ties() {
            return 0;
        }
        let (ties, comment) = (self.ties(), self.comment_span());
        let out = ties.leaving(comment).len().min(LISTED);
        match out + ties.count_reaching(comment, LISTED - out) {
            0 => 0,
            rows => rows as u16 + 1,
        }
    }

    /// How many passages the comment under the cursor takes up, and how often it is taken up.
    pub fn tie_counts(&self) -> (usize, usize) {
        if !self.lists_ties() {
            return (0, 0);
        }
        (self.links_of_comment().len(), self.ties().reaching(self.comment_span()).len())
    }

    fn lists_ties(&self) -> bool {
        self.view.reading == Pane::Comments && self.room(Pane::Comments).height >= LEAST
    }

    /// The lines that are listed.
    pub fn listed_ties(&self) -> Vec<Tie> {
        let (out, back) = self.tie_counts();
        let next = self.next_link();
        let first = next.saturating_sub(1).min((out + back).saturating_sub(LISTED));
        let leaving = self.links_of_comment().iter().enumerate().skip(first);
        let leaving = leaving.map(|(number, link)| self.leading_out(link, number == next));
        let reaching = self.ties().reaching(self.comment_span());
        let reaching = reaching.skip(first.saturating_sub(out)).map(|link| self.leading_here(link));
        leaving.chain(reaching).take(LISTED).collect()
    }

    fn leading_out(&self, link: &Link, next: bool) -> Tie {
        let sign = match link.kind() {
            LinkKind::Quote => "❝",
            LinkKind::Echo => "≈",
        };
        Tie { sign, place: self.whereabouts(link.to), passage: link.to, next }
    }

    fn leading_here(&self, link: &Link) -> Tie {
        Tie { sign: "↩", place: writer(&self.doc, link.from), passage: link.to, next: false }
    }

    /// Where a passage stands: how far down the article, or in whose comment.
    pub(super) fn whereabouts(&self, passage: Span) -> String {
        if self.pane_of(passage.start) == Pane::Comments {
            return writer(&self.doc, passage);
        }
        let all = u64::from(self.doc.discussion_start().max(1));
        format!("{}%", u64::from(passage.start) * 100 / all)
    }
}

/// Who wrote the comment that some words stand in.
fn writer(doc: &Document, words: Span) -> String {
    let comment = doc.comment_at(words.start).map(|index| &doc.comments[index]);
    comment.and_then(|comment| doc.author(comment)).unwrap_or("someone").to_owned()
}
