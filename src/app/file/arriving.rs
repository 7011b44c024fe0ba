//! A text that is still being read: what has come of it is shown, and the reader stays in place
//! when more of it is there.

use std::sync::Arc;

use super::ends::OtherEnd;
use crate::app::Model;
use crate::app::reading::reader::Place;
use crate::app::settings::Settings;
use crate::article::Document;
use crate::layout::panes::{Pane, Size};
use crate::record::anchor::Anchor;

/// What is known of a text that is still being read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arriving {
    /// How many bytes of its file have come.
    pub bytes: u64,
    /// Why no more of it comes.
    pub failed: Option<String>,
    /// The pane whose end the reader asked for: it is followed as more comes.
    pub end: Option<Pane>,
    /// The end of it that is not shown, where both are there.
    pub other: Option<OtherEnd>,
}

impl Model {
    /// A model of what has come of a text.
    pub fn arriving(
        doc: Arc<Document>,
        (size, settings): (Size, &Arc<Settings>),
        bytes: u64,
    ) -> Self {
        let arriving = Arriving { bytes, ..Arriving::default() };
        Self { arriving: Some(arriving), ..Self::of(doc, size, Arc::clone(settings)) }
    }

    /// No more comes of the text that is still being read.
    pub fn fail(&mut self, why: &str) {
        if let Some(arriving) = &mut self.arriving {
            arriving.failed = Some(why.to_owned());
        }
    }

    /// Says what cannot be done before all of the text is there; where it never will be, why.
    pub fn refuse(&mut self, otherwise: &str) {
        let failed = self.arriving.as_ref().and_then(|arriving| arriving.failed.clone());
        self.tell(failed.as_deref().unwrap_or(otherwise));
    }

    /// Says that this cannot be done yet, where it cannot. True where it was said.
    pub fn refuse_while_arriving(&mut self) -> bool {
        let refused = self.arriving.is_some();
        if refused {
            self.refuse("the article is still being read: bookmarks can be made in a moment");
        }
        refused
    }

    /// Goes on, in more of the same text, with what the reader did before it was there.
    pub fn go_on_from(&mut self, before: Self) {
        if before.shows_end() || self.shows_end() {
            return self.go_on_from_end(before);
        }
        let settings = Arc::clone(&before.settings);
        let start = Self::of(Arc::clone(&before.doc), before.view.size, settings);
        let moved = (before.body, before.comments) != (start.body, start.comments);
        self.keep_view(&before);
        if moved {
            self.body = self.kept(&before, Pane::Body);
            self.comments = self.kept(&before, Pane::Comments);
            self.keep_folds(&before);
            self.jumps = before.jumps;
            self.selection = before.selection;
        }
        self.prefix = before.prefix;
        self.overlay = before.overlay;
        self.search = before.search;
        self.message = before.message.or(self.message.take());
        (self.entities.filter, self.entities.order) =
            (before.entities.filter, before.entities.order);
        self.resize_to(before.view.size);
        self.go_to_end(before.arriving);
    }

    /// The panes as the reader left them, and the discussion if there is one now.
    pub(in crate::app) fn keep_view(&mut self, before: &Self) {
        let (discussion, side) = (self.view.split.discussion, self.view.split.side);
        self.view = before.view;
        self.view.split.discussion = discussion;
        if discussion && !before.view.split.discussion && before.focus() == Pane::Body {
            self.view.split.side = side;
        }
    }

    /// The place of a pane as it was before.
    fn kept(&self, before: &Self, pane: Pane) -> Place {
        let (flow, place) = (before.flow(pane), before.place(pane));
        if flow.is_empty() || place.at == flow.span().start {
            return *self.place(pane);
        }
        // Where the text ended, its last rows were shown from an earlier one on.
        let top = before.top(pane);
        Place { top: self.same(before, top), at: self.same(before, place.at) }
    }

    /// The byte of this text that byte `at` of another one has become.
    fn same(&self, before: &Self, at: u32) -> u32 {
        let (now, then) = (&self.doc.text, &before.doc.text);
        if now.as_bytes().get(..at as usize) == then.as_bytes().get(..at as usize) {
            return at;
        }
        let block = before.doc.blocks.get(before.doc.block_at(at));
        let anchor = block.map(|block| Anchor::of(&before.doc, block.span));
        let found = anchor.and_then(|anchor| anchor.find(&self.doc).span);
        found.map_or(0, |span| span.start)
    }

    fn keep_folds(&mut self, before: &Self) {
        let doc = Arc::clone(&self.doc);
        let same = doc.comments.iter().zip(&before.doc.comments);
        let count = same
            .take_while(|(now, then)| doc.comments.id(now) == before.doc.comments.id(then))
            .count();
        self.folds.close(&doc, (0..count).filter(|&one| before.folds.is_closed(one)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{Action, Effect, Scroll, Trail, Way};
    use crate::app::update::update;
    use crate::article::builder::{Builder, CommentHead};

    const SIZE: Size = Size { width: 100, height: 20 };

    fn text(paragraphs: usize, comments: usize) -> Arc<Document> {
        let mut builder = Builder::new();
        (0..paragraphs).for_each(|n| builder.paragraph(&format!("Lamp {n} was lit.")));
        for n in 0..comments {
            let id = n.to_string();
            builder.comment(&CommentHead { id, ..CommentHead::default() });
            builder.paragraph(&format!("It went out on day {n}."));
        }
        Arc::new(builder.finish())
    }

    fn part(paragraphs: usize, keys: &[Action]) -> Model {
        let mut model = Model::arriving(text(paragraphs, 0), (SIZE, &Arc::default()), 9);
        for key in keys {
            update(&mut model, key.clone());
        }
        model
    }

    fn whole(before: Model) -> Model {
        let mut model = Model::new(text(900, 5), SIZE);
        model.go_on_from(before);
        model
    }

    #[test]
    fn the_place_is_kept_when_the_rest_is_there() {
        let before = part(90, &[Action::Scroll(Scroll::Page, Way::Forward)]);
        let (top, at) = (before.top(Pane::Body), before.body.at);
        let model = whole(before);
        assert_eq!((model.top(Pane::Body), model.body.at), (top, at));
        assert!(top > 0 && model.view.split.side == Pane::Comments);
        assert_eq!(model.comments.at, model.doc.discussion_start());
    }

    #[test]
    fn the_end_is_followed_until_another_key() {
        let end = Action::Scroll(Scroll::All, Way::Forward);
        let up = Action::Scroll(Scroll::Row, Way::Back);
        let model = whole(part(90, std::slice::from_ref(&end)));
        assert_eq!(model.body.at, model.doc.body_blocks()[899].span.start);
        let before = part(90, &[end, up]);
        let at = before.body.at;
        assert_eq!(whole(before).body.at, at);
    }

    #[test]
    fn a_reader_who_has_not_moved_resumes_where_reading_ended() {
        let mut model = Model::new(text(900, 0), SIZE);
        model.body = Place::at(model.doc.blocks[500].span.start);
        let resumed = model.body;
        model.go_on_from(part(90, &[]));
        assert_eq!(model.body, resumed);
    }

    #[test]
    fn no_bookmark_is_made_of_a_text_that_is_not_there() {
        let mut model = part(9, &[]);
        assert_eq!(update(&mut model, Action::Bookmark), []);
        assert!(model.message.is_some_and(|said| said.contains("still being read")));
        let mut model = whole(part(9, &[Action::Walk(Trail::Paragraph, Way::Forward)]));
        assert!(matches!(update(&mut model, Action::Bookmark)[..], [Effect::Save(_)]));
    }
}
