//! Both ends of a text that is still being read: whoever asks for its end is shown that at once,
//! and what lies between when it is there.
//!
//! May not know: how the end was read.

use std::sync::Arc;

use super::arriving::Arriving;
use crate::app::Model;
use crate::app::action::{Effect, Scroll, Way};
use crate::app::lists::overlay::Overlay;
use crate::app::reading::reader::Place;
use crate::article::Document;
use crate::layout::panes::Pane;

/// The end of a text that is not shown while the other one is.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherEnd {
    /// Which way it lies.
    pub way: Way,
    /// As a document of its own.
    pub doc: Arc<Document>,
}

impl Model {
    /// The end of the text that is still being read is there. What is to be done where the reader
    /// has asked for it.
    pub fn take_end(&mut self, doc: Arc<Document>) -> Vec<Effect> {
        let none = self.arriving.as_mut().filter(|arriving| arriving.other.is_none());
        let Some(arriving) = none else { return Vec::new() };
        arriving.other = Some(OtherEnd { way: Way::Forward, doc });
        if arriving.end == Some(Pane::Body) { vec![Effect::TurnRound] } else { Vec::new() }
    }

    /// What is to be done where the reader scrolled to an end that is not the one shown.
    pub(in crate::app) fn turn_round(&self, scroll: Scroll, way: Way) -> Vec<Effect> {
        let other = self.other_end().filter(|other| scroll == Scroll::All && other.way == way);
        let asked = other.is_some() && self.overlay.is_none() && self.focus() == Pane::Body;
        if asked { vec![Effect::TurnRound] } else { Vec::new() }
    }

    /// A model of the other end, where there is one.
    pub fn at_other_end(&self) -> Option<Self> {
        let OtherEnd { way, doc } = self.other_end()?.clone();
        let bytes = self.arriving.as_ref().map_or(0, |arriving| arriving.bytes);
        let mut model = Self::arriving(doc, (self.view.size, &self.settings), bytes);
        let way = if way == Way::Back { Way::Forward } else { Way::Back };
        if let Some(arriving) = &mut model.arriving {
            arriving.other = Some(OtherEnd { way, doc: Arc::clone(&self.doc) });
        }
        Some(model)
    }

    /// What begins as the article does: what is shown, or the other end of it.
    pub(in crate::app) fn beginning(&self) -> &Document {
        match self.other_end() {
            Some(other) if other.way == Way::Back => &other.doc,
            _ => &self.doc,
        }
    }

    fn other_end(&self) -> Option<&OtherEnd> {
        self.arriving.as_ref()?.other.as_ref()
    }

    /// Whether the end is shown of a text that is still being read: its bytes count from another
    /// one.
    pub(super) fn shows_end(&self) -> bool {
        self.other_end().is_some_and(|other| other.way == Way::Back)
    }

    /// Goes on in a text whose bytes count from another one than those of the text before.
    pub(super) fn go_on_from_end(&mut self, before: Self) {
        self.keep_view(&before);
        if before.shows_end() && self.other_end().is_none() {
            self.body = self.place_before_end(&before);
        }
        self.search = before.search.anew();
        // What is being typed is about no place in the text.
        self.overlay = before.overlay.filter(|over| matches!(over, Overlay::Prompt(_)));
        self.prefix = before.prefix;
        self.message = before.message.or(self.message.take());
        self.resize_to(before.view.size);
        self.go_to_end(before.arriving);
    }

    /// Where in this text the place is that was in the end of it.
    fn place_before_end(&self, before: &Self) -> Place {
        let (now, then) = (&self.doc.text, &before.doc.text);
        let (top, at) = (before.top(Pane::Body), before.body.at);
        let same = then.get(top as usize..).is_some_and(|rest| now.ends_with(rest));
        let more = now.len().saturating_sub(then.len()) as u32;
        if same && top <= at {
            return Place { top: top + more, at: at + more };
        }
        Place::at(self.flow(Pane::Body).span().end)
    }

    /// Goes to the end that the reader has asked for.
    pub(super) fn go_to_end(&mut self, before: Option<Arriving>) {
        if let Some(end) = before.and_then(|before| before.end) {
            self.scroll(end, Scroll::All, Way::Forward);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::action::{Action, News, Purpose, Trail};
    use crate::app::lists::field::Typing;
    use crate::app::update::update;
    use crate::article::builder::Builder;
    use crate::layout::panes::Size;

    const SIZE: Size = Size { width: 100, height: 20 };
    const TO_END: Action = Action::Scroll(Scroll::All, Way::Forward);
    const TO_START: Action = Action::Scroll(Scroll::All, Way::Back);
    const UP: Action = Action::Scroll(Scroll::Row, Way::Back);

    fn text(lamps: std::ops::Range<usize>) -> Arc<Document> {
        let mut builder = Builder::new();
        lamps.for_each(|n| builder.paragraph(&format!("Lamp {n:03} was lit.")));
        Arc::new(builder.finish())
    }

    /// As the loop does it.
    fn press(model: &mut Model, action: impl Into<Action>) {
        for effect in update(model, action) {
            assert_eq!(effect, Effect::TurnRound);
            let other = model.at_other_end().expect("another end");
            let before = std::mem::replace(model, other);
            model.go_on_from(before);
        }
    }

    /// The start of a text of which the end is there, too.
    fn part() -> Model {
        let mut model = Model::arriving(text(0..90), (SIZE, &Arc::default()), 9);
        press(&mut model, News::Ending(text(800..900)));
        model
    }

    fn whole(before: Model) -> Model {
        let mut model = Model::new(text(0..900), SIZE);
        model.go_on_from(before);
        model
    }

    fn here(model: &Model) -> &str {
        words(model, model.body.at)
    }

    fn words(model: &Model, at: u32) -> &str {
        model.doc.text.get(at as usize..at as usize + 8).expect("a lamp")
    }

    #[test]
    fn the_end_is_there_before_what_lies_between() {
        let mut model = part();
        assert_eq!(here(&model), "Lamp 000");
        press(&mut model, TO_END);
        assert_eq!((here(&model), model.doc.text.len()), ("Lamp 899", text(800..900).text.len()));
        assert_eq!(here(&whole(model.clone())), "Lamp 899");
        press(&mut model, TO_START);
        assert_eq!(here(&model), "Lamp 000");
        press(&mut model, TO_END);
        assert_eq!(here(&model), "Lamp 899");
    }

    #[test]
    fn who_asks_for_the_end_before_it_is_there_gets_it_when_it_is() {
        let mut model = Model::arriving(text(0..90), (SIZE, &Arc::default()), 9);
        press(&mut model, TO_END);
        assert_eq!(here(&model), "Lamp 089");
        press(&mut model, News::Ending(text(800..900)));
        assert_eq!(here(&model), "Lamp 899");
        let mut model = Model::arriving(text(0..90), (SIZE, &Arc::default()), 9);
        press(&mut model, TO_END);
        press(&mut model, UP);
        let at = model.body.at;
        press(&mut model, News::Ending(text(800..900)));
        assert_eq!((model.body.at, model.doc.text.len()), (at, text(0..90).text.len()));
    }

    #[test]
    fn whoever_reads_at_the_end_stays_in_place_when_the_rest_is_there() {
        let mut model = part();
        press(&mut model, TO_END);
        (0..40).for_each(|_| press(&mut model, UP));
        let at = here(&model).to_owned();
        let top = words(&model, model.top(Pane::Body)).to_owned();
        let model = whole(model);
        assert_eq!((here(&model), words(&model, model.top(Pane::Body))), (&*at, &*top));
        assert_ne!(at, "Lamp 899");
    }

    #[test]
    fn the_line_at_the_top_stays_that_of_the_article() {
        let mut model = part();
        let said = crate::app::status::title(&model);
        press(&mut model, TO_END);
        assert_eq!(crate::app::status::title(&model), said);
    }

    /// What a reader may do while a text is being read, and that more of it comes.
    fn step(model: &mut Model, step: usize) {
        let way = if step.is_multiple_of(2) { Way::Forward } else { Way::Back };
        match step / 2 {
            0 => press(model, Action::Scroll(Scroll::All, way)),
            1 => press(model, Action::Scroll(Scroll::Page, way)),
            2 => press(model, Action::Walk(Trail::Sentence, way)),
            3 => press(model, Action::Jump(way)),
            4 => press(model, Action::Select),
            5 => press(model, News::Ending(text(800..900))),
            _ => {
                update(model, Action::Ask(Purpose::Search));
                update(model, Action::Type(Typing::Words("lamp 8".into())));
                update(model, if way == Way::Forward { Action::Submit } else { Action::Escape });
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_is_done_at_either_end_the_reader_is_at_a_place_of_the_text(
            before in proptest::collection::vec(0_usize..14, 0..24),
            after in proptest::collection::vec(0_usize..10, 0..6),
        ) {
            let mut model = Model::arriving(text(0..90), (SIZE, &Arc::default()), 9);
            for one in before {
                step(&mut model, one);
            }
            // An end that is asked for is followed.
            let followed = model.arriving.as_ref().is_some_and(|it| it.end.is_some());
            let at = if followed { "Lamp 899" } else { here(&model) }.to_owned();
            let shown = model.body != Model::new(Arc::clone(&model.doc), SIZE).body;
            let mut model = whole(model);
            if shown && model.overlay.is_none() {
                prop_assert_eq!(here(&model), at);
            }
            for one in after {
                step(&mut model, one);
            }
            let row = model.flow(Pane::Body).row_at(model.body.at);
            prop_assert!(row.is_some() && model.body.at as usize <= model.doc.text.len());
        }
    }
}
