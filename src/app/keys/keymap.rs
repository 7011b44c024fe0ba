//! The table of keys made ready for looking keys up, with what the reader changed in it.
//!
//! May not know: crossterm, the file that the changes come from.

use crate::app::action::{Action, Scroll, Way};
use crate::app::keys::{self, Binding, Key};
use crate::app::lists::field::{Motion, Typing};

/// Letters that stand before links, to open them: those that move about in a list, and the key that
/// closes it, are none of them.
pub const HINTS: &str = "asdfhlwertyuipzxcvbm";

/// What keys are for at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Commands.
    Reading,
    /// Letters of a line.
    Typing,
    /// Letters that stand before the lines of a list; the other keys are commands.
    Hinting,
}

/// A sequence of keys and the line of the table that it stands for.
#[derive(Clone, Debug, PartialEq)]
struct Stroke {
    keys: Vec<Key>,
    command: usize,
}

/// Which keys do what.
#[derive(Clone, Debug, PartialEq)]
pub struct Keymap {
    commands: Vec<(&'static str, Binding)>,
    strokes: Vec<Stroke>,
}

/// The keys of an action, named as in the table, in place of those of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of the action.
    pub name: String,
    /// All sequences that do it.
    pub keys: Vec<Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Keymap {
    /// The table with some changes. A sequence that a change takes is no other action's any more.
    pub fn new(changes: &[Change]) -> Self {
        let topics = keys::table().into_iter();
        let commands: Vec<(&str, Binding)> = topics
            .flat_map(|(topic, bindings)| bindings.into_iter().map(move |it| (topic, it)))
            .collect();
        let taken = |keys: &Vec<Key>| changes.iter().any(|change| change.keys.contains(keys));
        let mut strokes = Vec::new();
        for (command, (_, binding)) in commands.iter().enumerate() {
            let stroke = |keys| Stroke { keys, command };
            match changes.iter().find(|change| change.name == binding.name) {
                Some(change) => strokes.extend(change.keys.iter().cloned().map(stroke)),
                None => strokes.extend(binding.sequences().filter(|keys| !taken(keys)).map(stroke)),
            }
        }
        Self { commands, strokes }
    }

    /// All lines of the table with their topics, in its order.
    pub fn commands(&self) -> &[(&'static str, Binding)] {
        &self.commands
    }

    /// The sequences of a line of the table, as they are written.
    pub fn written(&self, command: usize) -> String {
        let own = self.strokes.iter().filter(|stroke| stroke.command == command);
        own.map(|stroke| keys::written(&stroke.keys)).collect::<Vec<_>>().join(" ")
    }

    /// The first sequence of an action, as it is written; none where no key does it.
    pub fn key_of(&self, action: &Action) -> Option<String> {
        let does = |stroke: &&Stroke| self.commands[stroke.command].1.action == *action;
        self.strokes.iter().find(does).map(|stroke| keys::written(&stroke.keys))
    }

    /// What can follow some keys: the rest of each sequence, and what it does.
    pub fn after(&self, pending: &[Key]) -> Vec<(String, &Binding)> {
        let longer = self.strokes.iter().filter(|stroke| goes_on(stroke, pending));
        longer
            .map(|stroke| {
                let rest = keys::written(&stroke.keys[pending.len()..]);
                (rest, &self.commands[stroke.command].1)
            })
            .collect()
    }

    /// What a key does. `pending` holds the keys of a sequence that is not complete.
    pub fn action(&self, pending: &mut Vec<Key>, mode: Mode, key: Key) -> Option<Action> {
        if mode == Mode::Typing {
            pending.clear();
            return typing(key);
        }
        if let Key::Char(hint) = key
            && mode == Mode::Hinting
            && pending.is_empty()
            && HINTS.contains(hint)
        {
            return Some(Action::Hint(hint));
        }
        pending.push(key);
        if self.strokes.iter().any(|stroke| goes_on(stroke, pending)) {
            return None;
        }
        let action = self.exact(pending);
        pending.clear();
        action
    }

    /// What an incomplete sequence does when no further key comes: a lone `g` goes to the start.
    /// One that does nothing by itself goes on waiting.
    pub fn timeout(&self, pending: &mut Vec<Key>) -> Option<Action> {
        let action = self.exact(pending)?;
        pending.clear();
        Some(action)
    }

    fn exact(&self, pending: &[Key]) -> Option<Action> {
        let found = self.strokes.iter().find(|stroke| stroke.keys == pending);
        found.map(|stroke| self.commands[stroke.command].1.action.clone())
    }
}

fn goes_on(stroke: &Stroke, pending: &[Key]) -> bool {
    stroke.keys.len() > pending.len() && stroke.keys.starts_with(pending)
}

/// What a key does while a line is typed.
fn typing(key: Key) -> Option<Action> {
    let row = |way| Some(Action::Scroll(Scroll::Row, way));
    match key {
        Key::Named("Enter") => Some(Action::Submit),
        Key::Named("Esc") | Key::Ctrl('c' | 'g') => Some(Action::Escape),
        Key::Ctrl('x') => Some(Action::Editor),
        Key::Named("Down" | "Tab") | Key::Ctrl('n') => row(Way::Forward),
        Key::Named("Up" | "S-Tab") | Key::Ctrl('p') => row(Way::Back),
        Key::Named("PgDn") => Some(Action::Scroll(Scroll::Page, Way::Forward)),
        Key::Named("PgUp") => Some(Action::Scroll(Scroll::Page, Way::Back)),
        key => in_line(key).map(Action::Type),
    }
}

/// What a key does to the line.
fn in_line(key: Key) -> Option<Typing> {
    let typing = match key {
        Key::Char(ch) => Typing::Char(ch),
        Key::Named("Space") => Typing::Char(' '),
        Key::Named("Left") | Key::Ctrl('b') => Typing::Go(Motion::Left),
        Key::Named("Right") | Key::Ctrl('f') => Typing::Go(Motion::Right),
        Key::Named("Home") | Key::Ctrl('a') => Typing::Go(Motion::Start),
        Key::Named("End") | Key::Ctrl('e') => Typing::Go(Motion::End),
        Key::Named("Backspace") | Key::Ctrl('h') => Typing::Erase(Motion::Left),
        Key::Named("Del") | Key::Ctrl('d') => Typing::Erase(Motion::Right),
        Key::Ctrl('w') => Typing::Erase(Motion::WordLeft),
        Key::Ctrl('u') => Typing::Erase(Motion::Start),
        Key::Ctrl('k') => Typing::Erase(Motion::End),
        _ => return None,
    };
    Some(typing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Trail;

    #[test]
    fn no_two_lines_of_the_table_want_the_same_key() {
        let keymap = Keymap::default();
        for (index, stroke) in keymap.strokes.iter().enumerate() {
            let twin = keymap.strokes[..index].iter().find(|other| other.keys == stroke.keys);
            assert!(twin.is_none(), "{stroke:?} and {twin:?}");
        }
    }

    #[test]
    fn a_sequence_waits_for_its_end_and_a_lone_g_goes_to_the_start() {
        let (keymap, mut pending) = (Keymap::default(), Vec::new());
        assert_eq!(keymap.action(&mut pending, Mode::Reading, Key::Char('g')), None);
        assert_eq!(keymap.timeout(&mut pending), Some(Action::Scroll(Scroll::All, Way::Back)));
        assert_eq!(keymap.action(&mut pending, Mode::Reading, Key::Char(']')), None);
        assert_eq!(keymap.timeout(&mut pending), None);
        let action = keymap.action(&mut pending, Mode::Reading, Key::Char('m'));
        assert_eq!(action, Some(Action::Walk(Trail::Mention, Way::Forward)));
        assert_eq!(keymap.action(&mut pending, Mode::Reading, Key::Char(']')), None);
        assert_eq!(keymap.action(&mut pending, Mode::Reading, Key::Char('j')), None);
        assert_eq!(pending, []);
    }

    #[test]
    fn while_a_line_is_typed_keys_are_letters() {
        let (keymap, mut pending) = (Keymap::default(), Vec::new());
        let action = keymap.action(&mut pending, Mode::Typing, Key::Char('q'));
        assert_eq!(action, Some(Action::Type(Typing::Char('q'))));
    }

    #[test]
    fn a_changed_key_is_taken_from_the_action_that_had_it() {
        let change = |name: &str, keys: &[&str]| Change {
            name: name.into(),
            keys: keys.iter().map(|keys| keys::sequence(keys)).collect(),
        };
        let keymap = Keymap::new(&[change("bookmark", &["j", "Space m"]), change("close", &[])]);
        let press = |keys: &str| {
            let mut pending = Vec::new();
            let pressed = keys::sequence(keys).into_iter();
            pressed.filter_map(|key| keymap.action(&mut pending, Mode::Reading, key)).last()
        };
        assert_eq!(press("j"), Some(Action::Bookmark));
        assert_eq!(press("Space m"), Some(Action::Bookmark));
        assert_eq!(press("m"), None);
        assert_eq!(press("q"), None);
        assert_eq!(press("Down"), Some(Action::Scroll(Scroll::Row, Way::Forward)));
        assert_eq!(keymap.key_of(&Action::Bookmark).as_deref(), Some("j"));
        assert_eq!(keymap.key_of(&Action::Close), None);
    }
}
