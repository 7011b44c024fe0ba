//! A look at what is elsewhere, without going there: the other ends of quotations, the notes that
//! the words refer to, the addresses and places that they link to.
//!
//! Where the cursor stands on a word of its sentence, the link or reference under it is shown
//! alone; at the start of the sentence, all that it has.

use crate::app::Model;
use crate::app::lists::item::Item;
use crate::app::reading::passage::sentence_at;
use crate::article::{BlockKind, Document, Link};
use crate::layout::panes::Pane;
use crate::layout::wrap;
use crate::text::span::Span;

/// Lines of a passage that are shown, at most.
const LINES: usize = 4;

/// Widest of them, in cells.
const WIDEST: u16 = 78;

/// Longest label of a note, in bytes.
const LABEL: usize = 24;

/// So many blocks are looked through for a note, from the end: notes stand there.
const LOOKED: usize = 20_000;

/// So many notes and links of one sentence are shown.
const MOST: usize = 12;

impl Model {
    /// What is elsewhere of the passage under the cursor, in full.
    pub fn peek(&self) -> Vec<Item> {
        let (passage, at) = (self.passage(), self.at());
        let pointed = self.selection.is_none() && at != passage.start;
        if let Some(link) = self.link_at(at).filter(|_| pointed) {
            return self.behind(link);
        }
        let mut references = references(&self.doc, passage);
        references.retain(|reference| self.link_at(reference.start).is_none());
        let here = references.iter().find(|reference| reference.contains(at)).copied();
        if let Some(here) = here.filter(|_| pointed) {
            return self.note_of(here);
        }
        references.truncate(MOST);
        let mut items = self.other_ends();
        items.extend(references.into_iter().flat_map(|reference| self.note_of(reference)));
        let first = self.doc.links.partition_point(|link| link.span.end <= passage.start);
        let links = self.doc.links[first..].iter();
        let links = links.take_while(|link| link.span.start < passage.end).take(MOST);
        items.extend(links.flat_map(|link| self.behind(link)));
        items
    }

    /// The link that byte `at` is part of.
    pub fn link_at(&self, at: u32) -> Option<&Link> {
        let links = &self.doc.links;
        let after = links.partition_point(|link| link.span.start <= at);
        links[..after].last().filter(|link| link.span.contains(at))
    }

    /// The other ends of the links between comments and article, in full.
    fn other_ends(&self) -> Vec<Item> {
        let ends: Vec<Span> = match self.view.reading {
            Pane::Comments => self.links_of_comment().iter().map(|link| link.to).collect(),
            _ => self.answers(self.paragraph()),
        };
        let mut wholes: Vec<Span> =
            ends.iter().map(|end| sentence_at(&self.doc, end.start).join(*end)).collect();
        // Two ends in one sentence are one thing to read.
        wholes.dedup();
        let whole = |whole: Span| self.in_full(source(&self.doc, whole), whole);
        wholes.into_iter().flat_map(whole).collect()
    }

    /// The note that a reference, `[3]`, stands for.
    fn note_of(&self, reference: Span) -> Vec<Item> {
        let (doc, mark) = (&self.doc, self.doc.slice(reference));
        let own = doc.block_at(reference.start);
        let comment = doc.comment_of_block(own).map(|index| doc.comments[index].blocks());
        let range = comment.unwrap_or_else(|| doc.body.clone());
        let is_note = |&block: &usize| {
            block != own && doc.words(&doc.blocks[block]).trim_start().starts_with(mark)
        };
        let blocks = (range.start as usize..range.end as usize).rev().take(LOOKED);
        let note = blocks.into_iter().find(is_note).map(|block| doc.blocks[block].span);
        note.map_or_else(Vec::new, |note| self.in_full(format!("note {mark}"), note))
    }

    /// Where a link leads: a passage of this text, else an address with its host.
    pub fn behind(&self, link: &Link) -> Vec<Item> {
        if let Some(to) = link.to {
            return self.in_full(self.direction(link, to), section(&self.doc, to));
        }
        let item = self.link_out(self.doc.slice(link.span), &link.url);
        let (head, lines) = match &item.link {
            Some(address) => {
                let said = format!("{}: Enter opens it", address.host());
                (said, [address.warnings(), vec![address.as_str().to_owned()]].concat().join("\n"))
            }
            None => (item.lead.clone(), item.more.clone()),
        };
        let heading = Item { text: head, heading: true, ..Item::default() };
        let row = |text| Item { text, link: item.link.clone(), ..Item::default() };
        std::iter::once(heading).chain(self.lines(&lines).into_iter().map(row)).collect()
    }

    /// What a place of this text is, seen from a link to it: the note of a mark, or which way it
    /// lies.
    fn direction(&self, link: &Link, to: u32) -> String {
        let words = self.doc.slice(link.span);
        let mark = words.len() <= LABEL && (words.starts_with('[') || words.parse::<u32>().is_ok());
        match to > link.span.start {
            true if mark => format!("note {words}"),
            true => "further on this page".to_owned(),
            false => "before this on this page".to_owned(),
        }
    }

    /// Whose words a passage is, and the words.
    fn in_full(&self, head: String, passage: Span) -> Vec<Item> {
        let heading = Item { text: head, heading: true, ..Item::default() };
        let line = |text| Item { text, at: Some(passage.start), ..Item::default() };
        let words = self.doc.slice(passage);
        std::iter::once(heading).chain(self.lines(words).into_iter().map(line)).collect()
    }

    /// The first lines of some words, as wide as a list.
    fn lines(&self, words: &str) -> Vec<String> {
        let width = self.view.size.width.saturating_sub(6).min(WIDEST);
        let rows = wrap::prose(words, width).into_iter();
        let lines = rows.map(|row| row.of(words).trim_end().to_owned());
        lines.filter(|line| !line.is_empty()).take(LINES).collect()
    }
}

/// The references to notes in a passage, as they are written: `[3]`, `[note]`.
fn references(doc: &Document, passage: Span) -> Vec<Span> {
    let words = doc.slice(passage);
    let opens = words.match_indices('[').map(|(at, _)| at);
    let reference = |at: usize| {
        let inside = words.get(at + 1..)?;
        let length = inside.find(']').filter(|length| (1..=LABEL).contains(length))?;
        let label = inside.get(..length)?;
        let plain = !label.contains(|ch: char| ch.is_whitespace() || ch == '[');
        plain.then(|| Span::from(at..at + length + 2).moved(passage.start))
    };
    let mut found: Vec<Span> = opens.filter_map(reference).collect();
    found.dedup_by_key(|reference| doc.slice(*reference).to_owned());
    found
}

/// What stands at a place: a heading with what follows it, else the rest of its block from the
/// start of the sentence on.
fn section(doc: &Document, at: u32) -> Span {
    let index = doc.block_at(at);
    let Some(block) = doc.blocks.get(index) else { return Span::new(at, at) };
    let is_heading = |kind| matches!(kind, BlockKind::Heading(_) | BlockKind::Title);
    let below = doc.blocks.get(index + 1);
    let below = below.filter(|below| is_heading(block.kind()) && !is_heading(below.kind()));
    let start = sentence_at(doc, at).start;
    Span::new(start, below.map_or(block.span.end, |below| below.span.end))
}

/// Where some words stand: the author of the comment, or the article.
fn source(doc: &Document, passage: Span) -> String {
    match doc.comment_at(passage.start) {
        Some(comment) => doc.author(&doc.comments[comment]).unwrap_or("someone").to_owned(),
        None => "the article".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::action::{Action, Effect, Topic};
    use crate::app::mouse::{Gesture, Mouse};
    use crate::app::update::update;
    use crate::article::load;
    use crate::layout::panes::Size;

    const PAGE: &str = "# Tides\n\nThe moon pulls[^moon], see [below](#the-quay) and \
                        [here](https://tide.example/table).\n\n## The quay\n\nIt is *wet*.\n\n\
                        [^moon]: So said Brahe.\n";

    fn model() -> Model {
        let doc = load::document(PAGE.as_bytes().to_vec());
        Model::new(Arc::new(doc), Size { width: 80, height: 24 })
    }

    fn texts(model: &Model) -> Vec<String> {
        model
            .list()
            .map_or_else(Vec::new, |list| list.lines(0).map(|item| item.text.clone()).collect())
    }

    #[test]
    fn a_sentence_shows_its_notes_its_places_and_its_addresses() {
        let mut model = model();
        model.body.at = model.doc.text.find("The moon").unwrap() as u32;
        update(&mut model, Action::List(Topic::Peek));
        let expected = [
            "note [moon]",
            "[moon] So said Brahe.",
            "further on this page",
            "The quay",
            "It is wet.",
            "tide.example: Enter opens it",
            "https://tide.example/table",
        ];
        assert_eq!(texts(&model), expected);
    }

    #[test]
    fn a_click_on_a_link_shows_where_it_leads_and_opens_nothing_before_it_is_confirmed() {
        let mut model = model();
        let at = model.doc.text.find("here").unwrap() as u32;
        model.body.at = at;
        let (x, y) = model.cell(Pane::Body).unwrap();
        let mut mouse = |gesture| update(&mut model, Action::Mouse(Mouse { x, y, gesture }));
        assert_eq!((mouse(Gesture::Press), mouse(Gesture::Release)), (vec![], vec![]));
        assert_eq!(texts(&model), ["tide.example: Enter opens it", "https://tide.example/table"]);
        let effects = update(&mut model, Action::Go);
        assert!(matches!(&effects[..], [Effect::Browse(it)] if it.host() == "tide.example"));
    }

    #[test]
    fn a_note_and_a_place_can_be_gone_to() {
        let mut model = model();
        model.body.at = model.doc.text.find("[moon]").unwrap() as u32 + 1;
        update(&mut model, Action::List(Topic::Peek));
        assert_eq!(texts(&model), ["note [moon]", "[moon] So said Brahe."]);
        update(&mut model, Action::Go);
        assert!(
            model.doc.text.get(model.body.at as usize..).unwrap().starts_with("[moon] So said")
        );
    }
}
