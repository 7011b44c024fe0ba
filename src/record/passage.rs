//! A passage as words among its company, and how it is cut out of another text.
//!
//! May not know: documents, bookmarks.

use std::ops::Range;

use super::words::{Worded, touched};
use crate::text::span::Span;

/// How many words on either side of a passage are its company.
const COMPANY: usize = 10;

/// Two words of a passage may be this many words apart and still stand together.
const TOGETHER: u32 = 8;

/// A passage of fewer words than this proves too little by itself.
pub(super) const SHORT: usize = 6;

/// Index of an old word and of its counterpart.
pub(crate) type Pair = (u32, u32);

/// Where a passage is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Here.
    Here(Span),
    /// Here or at another place, equally well.
    Perhaps(Span),
    /// Nowhere.
    Nowhere,
}

/// A passage of a text.
pub(crate) struct Passage<'t> {
    /// The text that it stands in.
    pub(crate) old: &'t Worded<'t>,
    /// Its bytes.
    pub(crate) span: Span,
    /// Its words, also those of which it covers only a part.
    pub(crate) mine: Range<usize>,
}

impl<'t> Passage<'t> {
    /// The passage `span` of `old`.
    pub(crate) fn new(old: &'t Worded<'t>, span: Span) -> Self {
        Self { old, span, mine: touched(&old.words, span) }
    }

    /// Its words and those around it.
    pub(crate) fn window(&self) -> Range<usize> {
        let first = self.mine.start.saturating_sub(COMPANY);
        first..(self.mine.end + COMPANY).min(self.old.words.len())
    }

    /// The bytes of `new` that the passage takes up, from the first to the last of the words
    /// that were `kept` (not empty) and a little further where its end or its punctuation says
    /// so. `pair` finds the counterpart of any old word.
    pub(crate) fn cut(
        &self,
        new: &Worded,
        kept: &[Pair],
        pair: impl Fn(usize) -> Option<Pair>,
    ) -> Span {
        let (first, last) = (kept[0], kept[kept.len() - 1]);
        // More is not taken for replaced than is known to be kept.
        let may_grow = |replaced: u32| replaced as usize <= kept.len();
        let before = self.mine.start.checked_sub(1).and_then(&pair);
        let start =
            self.start(new, first, before.filter(|_| may_grow(first.0 - self.mine.start as u32)));
        let after = pair(self.mine.end).filter(|_| may_grow(self.mine.end as u32 - 1 - last.0));
        let end = self.end(new, last, after);
        Span::new(start, end.max(start))
    }

    fn start(&self, new: &Worded, first: Pair, before: Option<Pair>) -> u32 {
        let old_first = self.old.words[self.mine.start].span;
        let mut word = first.1;
        let replaced = first.0 - self.mine.start as u32;
        if let Some((_, neighbour)) = before
            && neighbour < word
            && word - neighbour - 1 <= replaced
        {
            word = neighbour + 1;
        }
        let found = new.words[word as usize].span;
        if self.span.start > old_first.start {
            let inside = found.start + (self.span.start - old_first.start);
            let same = replaced == 0 && old_first.of(self.old.text) == found.of(new.text);
            return if same { inside } else { found.start };
        }
        let lead = Span::new(self.span.start, old_first.start).of(self.old.text);
        let room = new.text.get(..found.start as usize).unwrap_or_default();
        found.start - shared(lead.chars().rev(), room.chars().rev())
    }

    fn end(&self, new: &Worded, last: Pair, after: Option<Pair>) -> u32 {
        let old_last = self.old.words[self.mine.end - 1].span;
        let mut word = last.1;
        let replaced = self.mine.end as u32 - 1 - last.0;
        if let Some((_, neighbour)) = after
            && neighbour > word
            && neighbour - word - 1 <= replaced
        {
            word = neighbour - 1;
        }
        let found = new.words[word as usize].span;
        if self.span.end < old_last.end {
            let inside = found.end - (old_last.end - self.span.end).min(found.len());
            let same = replaced == 0 && old_last.of(self.old.text) == found.of(new.text);
            return if same { inside } else { found.end };
        }
        let tail = Span::new(old_last.end, self.span.end).of(self.old.text);
        let room = new.text.get(found.end as usize..).unwrap_or_default();
        found.end + shared(tail.chars(), room.chars())
    }
}

/// Bytes of `new` that go on as `old` does, but for white space and the shape of quotes.
fn shared(old: impl Iterator<Item = char>, new: impl Iterator<Item = char>) -> u32 {
    let same = old.zip(new).take_while(|&(a, b)| plain(a) == plain(b));
    same.map(|(_, b)| b.len_utf8() as u32).sum()
}

/// Punctuation in its typewriter form.
fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' | '‚' => '\'',
        '–' | '—' | '‐' | '‑' => '-',
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// The longest run of `pairs` (ascending) whose words stand together in the new text.
pub(crate) fn together(pairs: &[Pair]) -> &[Pair] {
    let runs = pairs.chunk_by(|one, next| next.1 - one.1 <= TOGETHER);
    runs.fold(&[][..], |longest, run| if run.len() > longest.len() { run } else { longest })
}
