//! The file of the article is not any more what was read: it is said, and the reader may have it
//! read anew, place and bookmarks kept.

use std::sync::Arc;

use crate::app::Model;
use crate::app::action::Effect;
use crate::app::reading::reader::Place;
use crate::layout::panes::Pane;
use crate::record::anchor::Anchor;

/// So many paragraphs before the reader's place are looked for in the new text, if that one is gone.
const BEFORE: usize = 8;

/// What became of the file of an article since it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It holds something else.
    Changed,
    /// It is shorter.
    Shorter,
    /// It is not there.
    Gone,
}

impl Change {
    /// What the status line says of it.
    pub const fn said(self) -> &'static str {
        match self {
            Self::Changed => "the file has changed",
            Self::Shorter => "the file is shorter now",
            Self::Gone => "the file is gone: this is what was read of it",
        }
    }
}

impl Model {
    /// Has the file read anew, or the page fetched again that is not there, unless that is being
    /// done.
    pub(in crate::app) fn reload(&mut self) -> Vec<Effect> {
        if self.arriving.as_ref().is_some_and(|arriving| arriving.failed.is_none()) {
            self.refuse("the article is still being read");
            return Vec::new();
        }
        vec![Effect::Reload]
    }

    /// Goes on in the new text of a file where the reader was in the one before. The record has
    /// brought the bookmarks to their places.
    pub fn go_on_anew(&mut self, before: Self) {
        self.keep_view(&before);
        self.body = self.place_again(&before, Pane::Body);
        self.comments = self.place_again(&before, Pane::Comments);
        self.keep_closed(&before);
        self.search.query = before.search.query;
        self.jumps.hits_last = before.jumps.hits_last;
        (self.entities.filter, self.entities.order) =
            (before.entities.filter, before.entities.order);
        self.resize_to(before.view.size);
        let look = self.marks.all().iter().filter(|mark| mark.needs_a_look()).count();
        let marks = match look {
            0 => String::new(),
            1 => " · look at 1 bookmark".into(),
            _ => format!(" · look at {look} bookmarks"),
        };
        self.tell(&format!("read anew{marks}"));
    }

    fn place_again(&self, before: &Self, pane: Pane) -> Place {
        let (flow, place) = (self.flow(pane), before.place(pane));
        let found = |at| self.found_again(before, at).filter(|&at| flow.row_at(at).is_some());
        match (found(place.at), found(place.top)) {
            (Some(at), top) => Place { top: top.unwrap_or(at), at },
            (None, Some(top)) => Place::at(top),
            (None, None) => *self.place(pane),
        }
    }

    /// The byte of this text that a byte of another one has become, or one not far before it.
    fn found_again(&self, before: &Self, at: u32) -> Option<u32> {
        let last = before.doc.block_at(at);
        let blocks = before.doc.blocks.get(last.saturating_sub(BEFORE)..=last)?;
        blocks.iter().rev().find_map(|block| {
            let found = Anchor::of(&before.doc, block.span).find(&self.doc).span?;
            let same = before.doc.slice(block.span) == self.doc.slice(found);
            let into = if same && at < block.span.end { at - block.span.start } else { 0 };
            Some(found.start + into)
        })
    }

    /// Threads that were folded are folded again, as far as their comments have names.
    fn keep_closed(&mut self, before: &Self) {
        let named = before.doc.comments.iter().enumerate();
        let mut closed: Vec<&str> = named
            .filter(|&(index, _)| before.folds.is_closed(index))
            .map(|(_, comment)| before.doc.comments.id(comment))
            .collect();
        closed.sort_unstable();
        let doc = Arc::clone(&self.doc);
        let now = doc.comments.iter().enumerate();
        let again =
            now.filter(|(_, comment)| closed.binary_search(&doc.comments.id(comment)).is_ok());
        self.folds.close(&doc, again.map(|(index, _)| index));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{Action, News, Trail, Way};
    use crate::app::update::update;
    use crate::article::builder::{Builder, CommentHead};
    use crate::layout::panes::Size;

    fn model(paragraphs: &[&str], comments: &[&str]) -> Model {
        let mut builder = Builder::new();
        for words in paragraphs {
            builder.paragraph(words);
        }
        for id in comments {
            builder.comment(&CommentHead { id: (*id).into(), ..CommentHead::default() });
            builder.paragraph(&format!("So says {id} of the light."));
        }
        Model::new(Arc::new(builder.finish()), Size { width: 90, height: 20 })
    }

    fn here(model: &Model) -> &str {
        model.doc.text.get(model.body.at as usize..).expect("a place in the text")
    }

    const LAMP: &str = "The lamp was lit at dusk. It burnt until the keeper slept.";
    const MILL: &str = "The mill stood still that night, and nobody asked the miller why.";
    const TIDE: &str = "The tide came in over the flats before the carts were home.";

    #[test]
    fn the_reader_stays_in_the_sentence_wherever_it_has_gone() {
        let mut before = model(&[MILL, LAMP], &["a", "b", "c"]);
        update(&mut before, Action::Walk(Trail::Sentence, Way::Forward));
        update(&mut before, Action::Walk(Trail::Sentence, Way::Forward));
        let folded = |model: &mut Model, comment| {
            let doc = Arc::clone(&model.doc);
            model.folds.set(&doc, comment, true);
        };
        folded(&mut before, 1);
        assert!(here(&before).starts_with("It burnt"));
        let mut after = model(&[TIDE, LAMP, MILL], &["new", "a", "b", "c"]);
        after.go_on_anew(before);
        assert!(here(&after).starts_with("It burnt"));
        let closed: Vec<usize> = (0..4).filter(|&index| after.folds.is_closed(index)).collect();
        assert_eq!(closed, [2]);
    }

    #[test]
    fn where_the_paragraph_is_gone_the_one_before_it_is_shown() {
        let mut before = model(&[MILL, LAMP, TIDE], &[]);
        before.body = Place::at(before.doc.blocks[2].span.start);
        let mut after = model(&[MILL, LAMP], &[]);
        after.go_on_anew(before);
        assert_eq!(after.body.at, after.doc.blocks[1].span.start);
    }

    #[test]
    fn it_is_said_what_became_of_the_file_and_how_it_is_read_anew() {
        let mut model = model(&[MILL], &[]);
        update(&mut model, News::Changed(Some(Change::Shorter)));
        let said = crate::app::status::status(&model);
        assert_eq!(said.aside, "the file is shorter now");
        assert!(said.right.starts_with("^r read it anew"), "{}", said.right);
        assert_eq!(update(&mut model, Action::Reload), [Effect::Reload]);
        update(&mut model, News::Changed(Some(Change::Gone)));
        assert!(!crate::app::status::status(&model).right.contains("anew"));
    }
}
