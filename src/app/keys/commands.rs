//! A command that is typed as a line, for a reader without a screen: the name of an action of the
//! key table, its beginning, or its keys.
//!
//! May not know: where the line comes from.

use crate::app::Model;
use crate::app::action::{Action, Effect, Purpose, Trail, Way};
use crate::app::keys;
use crate::app::keys::keymap::Mode;
use crate::app::lists::field::Typing;
use crate::app::lists::overlay::Overlay;
use crate::app::lists::palette::Scope;
use crate::layout::panes::Pane;

/// What a line that gives up what is being typed holds.
const GIVE_UP: &str = ".";

impl Model {
    /// What a line does, one action after the other.
    ///
    /// # Errors
    /// If it is no command; what is said then.
    pub fn command_of(&self, line: &str) -> Result<Vec<Action>, String> {
        let line = line.trim();
        if self.mode() == Mode::Typing {
            return Ok(self.answer(line));
        }
        if line.is_empty() {
            return Ok(vec![Action::Walk(Trail::Piece, Way::Forward)]);
        }
        if let Some(number) = line.parse().ok().filter(|_| self.lists_lines()) {
            return Ok(vec![Action::Choose(number)]);
        }
        if let Some(words) = line.strip_prefix('/').filter(|words| !words.trim().is_empty()) {
            let typed = Action::Type(Typing::Words(words.into()));
            return Ok(vec![Action::Ask(Purpose::Search), typed, Action::Submit]);
        }
        let named = self.named(line).or_else(|| self.pressed(line)).or_else(|| self.begun(line));
        match named {
            Some(action) => Ok(vec![action]),
            None => Err(format!("no command is “{line}”: help lists them")),
        }
    }

    /// Whether numbers choose something, rather than being keys.
    fn lists_lines(&self) -> bool {
        self.list().is_some() || self.overlay.is_none() && self.focus() == Pane::Entities
    }

    /// A line that answers what is asked.
    fn answer(&self, line: &str) -> Vec<Action> {
        if line == GIVE_UP {
            return vec![Action::Escape];
        }
        match (&self.overlay, line.parse()) {
            (Some(Overlay::Palette(palette)), Ok(number)) if palette.scope != Scope::Everything => {
                vec![Action::Choose(number)]
            }
            _ => vec![Action::Type(Typing::Words(line.into())), Action::Submit],
        }
    }

    fn named(&self, line: &str) -> Option<Action> {
        let mut commands = self.settings.keymap.commands().iter();
        let found = commands.find(|(_, binding)| binding.name == line);
        found.map(|(_, binding)| binding.action.clone())
    }

    fn pressed(&self, line: &str) -> Option<Action> {
        let (keymap, mut pending) = (&self.settings.keymap, Vec::new());
        let (last, before) =
            keys::sequence(line).split_last().map(|(&last, rest)| (last, rest.to_vec()))?;
        for key in before {
            if keymap.action(&mut pending, Mode::Reading, key).is_some() || pending.is_empty() {
                return None;
            }
        }
        let action = keymap.action(&mut pending, Mode::Reading, last);
        action.or_else(|| keymap.timeout(&mut pending))
    }

    /// The first command whose name begins so.
    fn begun(&self, line: &str) -> Option<Action> {
        let mut commands = self.settings.keymap.commands().iter();
        let found = commands.find(|(_, binding)| binding.name.starts_with(line));
        found.map(|(_, binding)| binding.action.clone())
    }

    /// Chooses the line of this number, from 1, of what is listed; headings are not counted.
    pub fn choose_number(&mut self, number: usize) -> Vec<Effect> {
        let nth = number.checked_sub(1);
        if let Some(list) = self.list_mut() {
            let mut lines = (0..list.len())
                .filter(|&line| list.lines(line).next().is_some_and(|item| !item.heading));
            if let Some(line) = nth.and_then(|nth| lines.nth(nth)) {
                drop(lines);
                list.point(line);
                return self.choose();
            }
        } else if let Some(Overlay::Palette(palette)) = &mut self.overlay {
            let items = palette.items.iter().enumerate();
            let mut lines = items.filter(|(_, item)| !item.heading).map(|(line, _)| line);
            if let Some(line) = nth.and_then(|nth| lines.nth(nth)) {
                palette.cursor = line;
                return self.submit();
            }
        } else if let Some(line) = nth.and_then(|nth| self.entities.name_line(nth)) {
            self.point_at_line(line);
            self.go_to_mention();
            return Vec::new();
        }
        self.tell("there is no such line");
        Vec::new()
    }
}
