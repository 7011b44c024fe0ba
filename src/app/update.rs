//! The only place that changes the model: an action in, effects out.

use std::sync::Arc;

use crate::app::Model;
use crate::app::action::{Action, Effect, News, Scroll, Trail, Way};
use crate::app::file::progress::Task;
use crate::app::lists::overlay::Overlay;
use crate::app::mouse::Gesture;
use crate::app::reading::passage::{self, Selection};
use crate::app::settings::{MEASURES, SHARES};
use crate::layout::panes::{Pane, Size};

/// Changes the model as an action says. What is to be done outside comes back.
pub fn update(model: &mut Model, action: impl Into<Action>) -> Vec<Effect> {
    let action = action.into();
    if is_asked_for(&action) {
        model.attend();
    }
    let effects = change(model, action);
    model.wrap_screens();
    effects
}

fn change(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Scroll(_, way) if model.typed().is_some() => return model.recall(way),
        Action::Scroll(scroll, way) => return model.move_by(scroll, way),
        Action::Walk(trail, way) => return model.walk_or_point(trail, way),
        Action::Turn(way) => model.turn(way),
        Action::Focus(pane) => model.focus_if_there(pane),
        Action::Zoom => model.zoom(),
        Action::Share(way) => model.share(way),
        Action::Measure(way) => model.measure(way),
        Action::Switch(which) => model.switch(which),
        Action::Fold => model.fold(),
        Action::Unfold => model.unfold(),
        Action::ToggleFold => model.toggle_fold(),
        Action::FoldAll => model.set_all_folds(true),
        Action::UnfoldAll => model.set_all_folds(false),
        Action::FoldBelow(depth) => model.fold_below(depth),
        Action::FoldAway => model.fold_away(),
        Action::Narrow => model.narrow(),
        Action::Step => model.toggle_step(),
        Action::Dismiss => model.dismiss(),
        Action::Sibling(way) => model.to_sibling(way),
        Action::Parent => model.to_parent(),
        Action::Go => return model.go_or_choose(),
        Action::Picture => return model.ask_for_picture(),
        Action::List(topic) => return model.open_list(topic),
        Action::Palette(scope) => model.open_palette(scope),
        Action::Ask(purpose) => model.ask(purpose),
        Action::Jump(way) => model.jump(way),
        Action::Echoes => model.toggle_echoes(),
        Action::Star => return model.star(),
        Action::Correct => model.correct(),
        Action::Sort => model.sort(),
        Action::Select => model.select(),
        Action::Close => return model.close(),
        Action::Escape => return model.escape(),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Configure => return vec![Effect::Configure],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Reload => return model.reload(),
        Action::Raw => return vec![Effect::Raw],
        Action::Type(typing) => return model.edit(|field| field.take(&typing)),
        Action::Submit => return model.submit(),
        Action::Hint(hint) => return model.follow_hint(hint),
        Action::Choose(number) => return model.choose_number(number),
        Action::ToggleMouse => return model.toggle_mouse(),
        Action::Mouse(mouse) => return model.mouse(mouse),
        Action::Heard(news) => return take_in(model, news),
        Action::Bookmark => return model.bookmark(),
        Action::Delete => return model.delete_pointed(),
        Action::Undo => return model.undo(),
        Action::Confirm => return model.confirm(),
        Action::Write => return model.write(),
        Action::Editor => return model.compose(),
        Action::Copy => return model.copy(),
        Action::Cite => return model.cite(),
        Action::EditSource => return vec![Effect::EditSource(model.at())],
    }
    Vec::new()
}

/// Changes the model as something from outside says.
fn take_in(model: &mut Model, news: News) -> Vec<Effect> {
    match news {
        News::Resize(size) => {
            model.resize_to(size);
            return model.fit_picture();
        }
        News::Named(names, reach) => {
            model.reached(Task::Names, reach);
            return model.take_found(names);
        }
        News::Corrected(names) => model.take_names(names),
        News::Linked(links) => model.take_links(links),
        News::Reached(task, reach) => model.reached(task, reach),
        News::Ending(doc) => return model.take_end(doc),
        News::Hits(words, hits) => model.take_hits(words, hits),
        News::Nearest(words, hit) => model.take_hits(words, Arc::new(vec![hit].into())),
        News::Marks(marks) => model.take_marks(marks),
        News::Put(mark) => model.put_mark(mark),
        News::Noted(id, note) => model.put_note(&id, note),
        News::Saved(id, deed) => return model.saved(&id, deed),
        News::NotSaved(id, why) => model.not_saved(&id, &why),
        News::Deleted(which, result) => return model.deleted(which, result),
        News::Places(id, places) => model.list_places(&id, &places),
        News::Composed(text, failed) => return model.composed(text, failed),
        News::Listed(topic, items) => model.take_list_of(topic, items),
        News::Elsewhere(there) => model.elsewhere = there,
        News::Changed(change) => model.changed = change,
        News::Prefix(keys) => model.prefix = keys,
        News::Configured(settings) => return model.reconfigure(settings),
        News::Pictured(number, form) => model.show_picture(number, form),
        News::Tell(text) => model.tell(&text),
    }
    Vec::new()
}

/// Whether an action is the reader's; to let a button go only ends what its press began.
fn is_asked_for(action: &Action) -> bool {
    match action {
        Action::Heard(_) => false,
        Action::Mouse(mouse) => mouse.gesture != Gesture::Release,
        _ => true,
    }
}

impl Model {
    /// The reader did something: what was said and waited for before is over.
    fn attend(&mut self) {
        self.message = None;
        self.follow_no_end();
        self.awaited = None;
        self.awaited_picture = None;
        self.prefix.clear();
    }

    /// Puts something on the status line until the next key.
    pub fn tell(&mut self, text: &str) {
        self.message = Some(text.to_owned());
    }

    fn move_by(&mut self, scroll: Scroll, way: Way) -> Vec<Effect> {
        match (&self.overlay, self.focus()) {
            (Some(Overlay::Palette(_)), _) => self.scroll_palette(scroll, way),
            (Some(_), _) => self.scroll_list(scroll, way),
            (None, Pane::Entities) => self.scroll_entities(scroll, way),
            (None, pane) => {
                self.scroll(pane, scroll, way);
                self.keep_step();
            }
        }
        self.turn_round(scroll, way)
    }

    fn walk_or_point(&mut self, trail: Trail, way: Way) -> Vec<Effect> {
        if trail == Trail::Paragraph && self.focus() == Pane::Entities {
            self.walk_kinds(way);
            return Vec::new();
        }
        self.overlay = None;
        self.walk(trail, way)
    }

    fn go_or_choose(&mut self) -> Vec<Effect> {
        if self.overlay.is_some() {
            return self.choose();
        }
        self.go();
        Vec::new()
    }

    /// The panes that there are, in order.
    fn order(&self) -> Vec<Pane> {
        let all = [Pane::Body, Pane::Comments, Pane::Entities];
        all.into_iter().filter(|&pane| self.has(pane)).collect()
    }

    fn has(&self, pane: Pane) -> bool {
        pane != Pane::Comments || self.view.split.discussion
    }

    fn turn(&mut self, way: Way) {
        let order = self.order();
        let here = order.iter().position(|&pane| pane == self.focus()).unwrap_or(0);
        let step = if way == Way::Forward { 1 } else { order.len() - 1 };
        self.focus_on(order[(here + step) % order.len()]);
    }

    fn focus_if_there(&mut self, pane: Pane) {
        if self.has(pane) { self.focus_on(pane) } else { self.tell("this article has no comments") }
    }

    fn zoom(&mut self) {
        self.view.split.zoom = !self.view.split.zoom;
        self.settle_cursors();
    }

    fn share(&mut self, way: Way) {
        self.set_share(step(self.view.split.share, 4, way));
    }

    /// Gives the body a share of the room beside the comments, in percent.
    pub fn set_share(&mut self, share: u16) {
        self.view.split.share = share.clamp(*SHARES.start(), *SHARES.end());
        self.settle_cursors();
    }

    fn measure(&mut self, way: Way) {
        let shown = self.column(Pane::Body).text.width;
        let measure = step(self.view.measure, 4, way).clamp(*MEASURES.start(), *MEASURES.end());
        self.view.measure = measure;
        self.settle_cursors();
        let width = self.column(Pane::Body).text.width;
        if width == shown && way == Way::Forward {
            self.view.measure = shown.max(*MEASURES.start());
            return self.tell("lines fill the pane: > or Z give it more room");
        }
        self.tell(&format!("lines of {width} cells"));
    }

    fn select(&mut self) {
        self.selection = match self.selection {
            None if self.focus() != Pane::Entities => {
                self.tell("( ) { } j k extend the selection · m a y take it · Esc");
                Some(Selection::Sentences(passage::sentence_at(&self.doc, self.at())))
            }
            _ => None,
        };
    }

    fn close(&mut self) -> Vec<Effect> {
        if self.close_overlay() {
            return Vec::new();
        }
        self.warn_before_quitting().unwrap_or_else(|| vec![Effect::Quit])
    }

    /// Gives up the page that is on its way, else clears one thing.
    fn escape(&mut self) -> Vec<Effect> {
        if self.fetching.is_some() && self.overlay.is_none() {
            return self.give_up_fetching();
        }
        self.clear();
        Vec::new()
    }

    /// Clears one thing, the uppermost.
    fn clear(&mut self) {
        if self.unfilter_list() || self.close_overlay() {
        } else if self.selection.is_some() {
            self.selection = None;
        } else if !self.search.stops.is_empty() {
            self.forget_hits();
        } else if self.folds.is_cut_down() {
            self.widen();
        } else if !self.entities.filter.is_empty() {
            self.unfilter();
        } else if self.entities.selected.is_some() {
            self.entities.selected = None;
        } else {
            self.jumps.followed = None;
            self.view.split.zoom = false;
            self.settle_cursors();
        }
    }

    /// The screen has another size.
    pub fn resize_to(&mut self, size: Size) {
        self.view.size = size;
        self.settle_cursors();
    }

    /// The end of a text that is still being read was asked for by an earlier key.
    fn follow_no_end(&mut self) {
        if let Some(arriving) = &mut self.arriving {
            arriving.end = None;
        }
    }

    /// Wraps what is drawn next, once.
    fn wrap_screens(&mut self) {
        let panes = self.panes();
        for pane in [Pane::Body, Pane::Comments] {
            if panes.of(pane).is_some() {
                self.wrap_screen(pane);
            }
        }
    }

    /// Keeps both cursors on the screen, after something that may have moved the text under them.
    pub(in crate::app) fn settle_cursors(&mut self) {
        self.keep_cursor_in_view(Pane::Body);
        self.keep_cursor_in_view(Pane::Comments);
    }
}

fn step(value: u16, by: u16, way: Way) -> u16 {
    if way == Way::Forward { value.saturating_add(by) } else { value.saturating_sub(by) }
}
