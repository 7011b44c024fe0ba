//! Remembers a passage by its words and finds it again after the text was edited.
//!
//! Precision before recall: a passage that cannot be found for certain is said to be lost or
//! ambiguous, never shown at a place that merely resembles it. Where the text as it was when
//! the passage was marked is at hand, [`Finder::with_old`] is surer than the words alone.
//!
//! May not know: files, clocks, what a bookmark is for.

use std::cell::OnceCell;

use serde::{Deserialize, Serialize};

use super::align::Alignment;
use super::offset::{Scalars, byte_of, scalar_of};
use super::passage::{Passage, Place};
use super::search::{Floor, candidates, search};
use super::words::{Worded, touched, words};
use crate::article::{Comment, Document};
use crate::text::span::Span;

/// How many scalar values of the text before and after a passage are remembered, at most.
const CONTEXT: usize = 40;

/// How many scalar values of them must agree for a passage to be thought unmoved.
const NEAREST: usize = 12;

/// A passage by its words and its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Anchor {
    /// The words themselves.
    pub exact: String,
    /// What stood before them.
    pub prefix: String,
    /// What stood after them.
    pub suffix: String,
    /// First scalar value in [`Document::text`].
    pub start: u32,
    /// One past the last scalar value.
    pub end: u32,
    /// The comment that the passage is part of.
    pub comment: Option<InComment>,
}

/// Which comment a passage is part of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InComment {
    /// Its identifier in the file.
    pub id: String,
    /// Its author's name.
    pub author: Option<String>,
    /// Whether the passage is all that the comment says.
    pub whole: bool,
}

/// How surely a passage was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The same words at the same place.
    Exact,
    /// The same words, but for typography, at another place.
    Moved,
    /// The passage is there and its words have changed.
    Edited,
    /// It may be there: another place fits as well, or too few words are left to be sure.
    Ambiguous,
    /// It is not there.
    Lost,
}

impl Verdict {
    /// Whether the reader should see what became of the passage.
    pub fn needs_a_look(self) -> bool {
        self >= Self::Edited
    }

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Moved => "moved",
            Self::Edited => "edited",
            Self::Ambiguous => "ambiguous",
            Self::Lost => "lost",
        }
    }
}

/// What became of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// How sure it is.
    pub verdict: Verdict,
    /// Where it is, in bytes of the new text; a guess where it is ambiguous, none where lost.
    pub span: Option<Span>,
}

impl Found {
    const LOST: Self = Self { verdict: Verdict::Lost, span: None };
}

impl Anchor {
    /// An anchor for the passage `span` of a document.
    pub fn of(doc: &Document, span: Span) -> Self {
        Self::from(doc, span, scalar_of(&doc.text, span.start))
    }

    /// The same where it is known how many scalar values stand before places of its text.
    pub fn knowing(scalars: &Scalars, doc: &Document, span: Span) -> Self {
        Self::from(doc, span, scalars.before(&doc.text, span.start))
    }

    /// Of a passage that starts with scalar value number `start`.
    fn from(doc: &Document, span: Span, start: u32) -> Self {
        let text = &*doc.text;
        let before = text.get(..span.start as usize).unwrap_or_default();
        let after = text.get(span.end as usize..).unwrap_or_default();
        Self {
            exact: doc.slice(span).to_owned(),
            prefix: tail(before).to_owned(),
            suffix: head(after).to_owned(),
            start,
            end: start + doc.slice(span).chars().count() as u32,
            comment: doc.comment_at(span.start).map(|index| InComment::of(doc, index, span)),
        }
    }

    /// Finds it in a document by its words alone. Time grows linearly with the text. For many
    /// anchors make one [`Finder`].
    pub fn find(&self, doc: &Document) -> Found {
        Finder::new(doc).find(self)
    }

    /// Finds it in a document with the help of `old`, the whole text as it was marked.
    pub fn find_with(&self, old: &str, doc: &Document) -> Found {
        Finder::with_old(doc, old).find(self)
    }

    /// How to search `text` for it by its words alone.
    fn strict(&self, text: &str) -> Floor {
        Floor::Strict((self.start != u32::MAX).then(|| byte_of(text, self.start)))
    }

    /// `span` with the punctuation around its words, where these stand there as they were.
    fn whole(&self, text: &str, span: Span) -> Span {
        let lead = self.exact.find(char::is_alphanumeric).unwrap_or(0);
        let start = (span.start as usize).saturating_sub(lead);
        let same = text.get(start..).is_some_and(|rest| rest.starts_with(&self.exact));
        if same { (start..start + self.exact.len()).into() } else { span }
    }

    /// Where it stands in `text` if nothing there has changed.
    fn unmoved(&self, text: &str) -> Option<Span> {
        let start = byte_of(text, self.start) as usize;
        let (before, after) = (text.get(..start)?, text.get(start..)?.strip_prefix(&self.exact)?);
        let last = self.prefix.char_indices().rev().take(NEAREST).last();
        let near_before = last.and_then(|(at, _)| self.prefix.get(at..));
        let rest = self.suffix.char_indices().nth(NEAREST).map_or(self.suffix.len(), |(at, _)| at);
        let near_after = self.suffix.get(..rest).filter(|near| !near.is_empty());
        let agrees = near_before.is_some_and(|near| before.ends_with(near))
            || near_after.is_some_and(|near| after.starts_with(near))
            || (self.prefix.is_empty() && self.suffix.is_empty());
        (agrees && !self.exact.is_empty()).then(|| (start..start + self.exact.len()).into())
    }
}

impl InComment {
    fn of(doc: &Document, index: usize, span: Span) -> Self {
        let comment = &doc.comments[index];
        Self {
            id: doc.comments.id(comment).to_owned(),
            author: doc.author(comment).map(str::to_owned),
            whole: said(doc, comment).is_some_and(|said| span.covers(said)),
        }
    }
}

/// What a comment says, without its author line; nothing if it says nothing.
fn said(doc: &Document, comment: &Comment) -> Option<Span> {
    let blocks = doc.comment_blocks(comment);
    let span = blocks.first()?.span.join(blocks.last()?.span);
    (!span.is_empty()).then_some(span)
}

/// Finds anchors in one document; its words are read once, when first needed.
pub struct Finder<'t> {
    doc: &'t Document,
    old: &'t str,
    alignment: OnceCell<Alignment<'t>>,
}

impl<'t> Finder<'t> {
    /// Finds by the anchors' own words.
    pub fn new(doc: &'t Document) -> Self {
        Self::with_old(doc, "")
    }

    /// Finds with the help of `old`, the whole text as it was when the passages were marked.
    pub fn with_old(doc: &'t Document, old: &'t str) -> Self {
        Self { doc, old, alignment: OnceCell::new() }
    }

    /// What became of the passage.
    pub fn find(&self, anchor: &Anchor) -> Found {
        if let Some(span) = anchor.unmoved(&self.doc.text) {
            return Found { verdict: Verdict::Exact, span: Some(span) };
        }
        let place = match self.in_comment(anchor) {
            Place::Here(span) => Place::Here(span),
            Place::Nowhere => self.anywhere(anchor),
            // The text around it may tell what the comments alone do not.
            guess @ Place::Perhaps(_) => match self.anywhere(anchor) {
                Place::Here(span) => Place::Here(span),
                _ => guess,
            },
        };
        match (place, self.rewritten(anchor)) {
            (Place::Nowhere, Some(said)) => Found { verdict: Verdict::Edited, span: Some(said) },
            _ => judged(anchor, &self.doc.text, place),
        }
    }

    /// All places that the passage may be at, in order.
    pub fn candidates(&self, anchor: &Anchor) -> Vec<Span> {
        let new = self.alignment().new_side();
        let mut all =
            with_company(anchor, |passage| candidates(passage, new, anchor.strict(&self.doc.text)));
        all.extend(self.find(anchor).span);
        let mut all: Vec<Span> =
            all.into_iter().map(|span| anchor.whole(&self.doc.text, span)).collect();
        all.sort_unstable();
        all.dedup_by(|one, other| one.intersect(*other).is_some());
        all
    }

    fn alignment(&self) -> &Alignment<'t> {
        self.alignment.get_or_init(|| Alignment::new(self.old, &self.doc.text))
    }

    /// In the comment that it was part of, else in those of the same author.
    fn in_comment(&self, anchor: &Anchor) -> Place {
        let Some(of) = &anchor.comment else { return Place::Nowhere };
        let author = of.author.as_deref();
        let theirs = self.doc.comments.iter().filter(|comment| self.doc.author(comment) == author);
        let (same, others): (Vec<_>, Vec<_>) =
            theirs.partition(|comment| self.doc.comments.id(comment) == of.id);
        match self.quoted(anchor, &self.spans(&same), Floor::Loose) {
            Place::Nowhere => {
                self.quoted(anchor, &self.spans(&others), anchor.strict(&self.doc.text))
            }
            place => place,
        }
    }

    fn spans(&self, comments: &[&Comment]) -> Vec<Span> {
        comments.iter().map(|comment| self.doc.comment_span(comment)).collect()
    }

    /// What the comment says now that the passage was all of. An identifier that only counts
    /// the comments does not tell which one it is.
    fn rewritten(&self, anchor: &Anchor) -> Option<Span> {
        let of = anchor.comment.as_ref().filter(|of| of.whole)?;
        let index =
            self.doc.comments.iter().position(|comment| self.doc.comments.id(comment) == of.id)?;
        let comment = &self.doc.comments[index];
        let same = self.doc.author(comment) == of.author.as_deref();
        let counted = self.doc.comments.id(comment) == (index + 1).to_string();
        said(self.doc, comment).filter(|_| same && !counted)
    }

    /// By the old text if it holds the passage, else by the passage's own words.
    fn anywhere(&self, anchor: &Anchor) -> Place {
        let discussion = self.doc.discussion_start();
        let own = match &anchor.comment {
            None => Span::new(0, discussion),
            Some(_) => Span::new(discussion, self.doc.text.len() as u32),
        };
        let all = Span::new(0, self.doc.text.len() as u32);
        let place = match anchor.unmoved(self.old) {
            Some(span) => self.alignment().place(span),
            None => match self.quoted(anchor, &[own], anchor.strict(&self.doc.text)) {
                Place::Nowhere => self.quoted(anchor, &[all], anchor.strict(&self.doc.text)),
                place => place,
            },
        };
        // A passage of the body that is only in the discussion is a quotation of it.
        match place {
            Place::Here(span) if !own.covers(span) => Place::Perhaps(span),
            place => place,
        }
    }

    /// By its own words, in some stretches of the text.
    fn quoted(&self, anchor: &Anchor, stretches: &[Span], floor: Floor) -> Place {
        if stretches.is_empty() {
            return Place::Nowhere;
        }
        quoted(anchor, self.alignment().new_side(), stretches, floor)
    }
}

/// By the anchor's own words, in some stretches of the text.
fn quoted(anchor: &Anchor, new: &Worded, stretches: &[Span], floor: Floor) -> Place {
    let stretches: Vec<_> = stretches.iter().map(|&span| touched(&new.words, span)).collect();
    with_company(anchor, |passage| {
        let says = !passage.mine.is_empty();
        if says { search(passage, new, &stretches, floor) } else { Place::Nowhere }
    })
}

/// Does something with the passage of an anchor among the words that stood around it.
fn with_company<T>(anchor: &Anchor, look: impl FnOnce(&Passage) -> T) -> T {
    let quote = [&*anchor.prefix, &*anchor.exact, &*anchor.suffix].concat();
    let old = Worded::new(&quote);
    let start = anchor.prefix.len();
    look(&Passage::new(&old, (start..start + anchor.exact.len()).into()))
}

/// What became of a passage in the text `new` by its own words, where the old text is gone.
pub fn relocate_words(anchor: &Anchor, new: &str) -> Found {
    if let Some(span) = anchor.unmoved(new) {
        return Found { verdict: Verdict::Exact, span: Some(span) };
    }
    let all = Span::new(0, new.len() as u32);
    judged(anchor, new, quoted(anchor, &Worded::new(new), &[all], anchor.strict(new)))
}

/// What became of the passage `span` of the text `old` in the text `new`.
pub fn relocate(old: &str, span: Span, new: &str) -> Found {
    let anchor = Anchor {
        exact: span.of(old).to_owned(),
        start: scalar_of(old, span.start),
        ..Anchor::default()
    };
    if old == new {
        let verdict = Verdict::Exact;
        return Found { verdict, span: Some(span) };
    }
    judged(&anchor, new, Alignment::new(old, new).place(span))
}

/// The verdict on a place.
fn judged(anchor: &Anchor, text: &str, place: Place) -> Found {
    match place {
        Place::Nowhere => Found::LOST,
        Place::Perhaps(span) => Found { verdict: Verdict::Ambiguous, span: Some(span) },
        Place::Here(span) => Found { verdict: compared(anchor, text, span), span: Some(span) },
    }
}

fn compared(anchor: &Anchor, text: &str, span: Span) -> Verdict {
    let now = span.of(text);
    if now == anchor.exact && scalar_of(text, span.start) == anchor.start {
        return Verdict::Exact;
    }
    let (old, new) = (words(&anchor.exact), words(now));
    let same = old.iter().map(|word| word.id).eq(new.iter().map(|word| word.id));
    if same { Verdict::Moved } else { Verdict::Edited }
}

/// The last [`CONTEXT`] scalar values of `text`, from the start of a word.
fn tail(text: &str) -> &str {
    let Some((from, _)) = text.char_indices().rev().nth(CONTEXT - 1) else { return text };
    let last = text.get(from..).unwrap_or_default();
    let cut = last.find(char::is_whitespace).and_then(|gap| last.get(gap..));
    cut.filter(|rest| !rest.trim().is_empty()).map_or(last, str::trim_start)
}

/// The first [`CONTEXT`] scalar values of `text`, to the end of a word.
fn head(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().nth(CONTEXT) else { return text };
    let first = text.get(..end).unwrap_or_default();
    let cut = first.rfind(char::is_whitespace).and_then(|gap| first.get(..gap));
    cut.filter(|rest| !rest.trim().is_empty()).map_or(first, str::trim_end)
}
