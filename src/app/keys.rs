//! The one table of keys: what a key does, the help, and the list in the README come from it.
//!
//! May not know: crossterm.

use super::action::{Action, Purpose, Scroll, Topic, Trail, Way};
use crate::layout::panes::Pane;

/// A key as the table writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// A letter with Control.
    Ctrl(char),
    /// A key with a name.
    Named(&'static str),
}

/// A line of the table.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Key sequences, parted by blanks.
    pub keys: &'static str,
    /// What they do.
    pub action: Action,
    /// What the help says.
    pub help: &'static str,
}

/// Names of keys that are no characters.
const NAMES: [&str; 15] = [
    "Space",
    "Enter",
    "Esc",
    "Tab",
    "S-Tab",
    "Up",
    "Down",
    "Left",
    "Right",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "Backspace",
    "Del",
];

/// The table, by topic.
pub fn table() -> Vec<(&'static str, Vec<Binding>)> {
    vec![
        ("Read", reading()),
        ("Entities and quotations", walking()),
        ("Discussion", discussion()),
        ("Search and lists", searching()),
        ("Keep", keeping()),
        ("Screen", screen()),
    ]
}

const fn bind(keys: &'static str, action: Action, help: &'static str) -> Binding {
    Binding { keys, action, help }
}

fn reading() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind("j Down", Action::Scroll(Scroll::Row, Forward), "a line down"),
        bind("k Up", Action::Scroll(Scroll::Row, Back), "a line up"),
        bind("Space f PgDn ^f", Action::Scroll(Scroll::Page, Forward), "a page down"),
        bind("b PgUp ^b", Action::Scroll(Scroll::Page, Back), "a page up"),
        bind("d ^d", Action::Scroll(Scroll::Half, Forward), "half a page down"),
        bind("u ^u", Action::Scroll(Scroll::Half, Back), "half a page up"),
        bind("gg g Home", Action::Scroll(Scroll::All, Back), "to the start"),
        bind("G End", Action::Scroll(Scroll::All, Forward), "to the end"),
        bind(")", Action::Walk(Trail::Sentence, Forward), "next sentence"),
        bind("(", Action::Walk(Trail::Sentence, Back), "previous sentence"),
        bind("}", Action::Walk(Trail::Paragraph, Forward), "next paragraph, thread or kind"),
        bind("{", Action::Walk(Trail::Paragraph, Back), "previous paragraph, thread or kind"),
        bind("]h", Action::Walk(Trail::Heading, Forward), "next heading"),
        bind("[h", Action::Walk(Trail::Heading, Back), "previous heading"),
    ]
}

fn walking() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind("Enter", Action::Go, "go: to the mention, to what is quoted, to who quotes it"),
        bind("]m", Action::Walk(Trail::Mention, Forward), "next mention of the selected entity"),
        bind("[m", Action::Walk(Trail::Mention, Back), "previous mention"),
        bind("*", Action::Star, "select the entity under the cursor"),
        bind("c", Action::List(Topic::Card), "card of the entity: names, company, every mention"),
        bind("]q", Action::Walk(Trail::Quote, Forward), "next quotation or quoted passage"),
        bind("[q", Action::Walk(Trail::Quote, Back), "previous quotation or quoted passage"),
        bind(
            "p",
            Action::List(Topic::Peek),
            "peek at the other end of a quotation, without going there",
        ),
        bind("]c", Action::Walk(Trail::Answer, Forward), "next comment on this passage"),
        bind("[c", Action::Walk(Trail::Answer, Back), "previous comment on this passage"),
        bind("D", Action::List(Topic::Discussed), "the passages that most comments take up"),
        bind("S", Action::Step, "let the comments follow the article, or not"),
        bind("^o", Action::Jump(Back), "back to where you jumped from"),
        bind("^p", Action::Jump(Forward), "forward again"),
    ]
}

fn discussion() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind("J", Action::Sibling(Forward), "next comment on the same level"),
        bind("K", Action::Sibling(Back), "previous comment on the same level"),
        bind("P", Action::Parent, "the comment that this one answers"),
        bind("h Left", Action::Fold, "fold the thread; again: to its parent"),
        bind("l Right", Action::Unfold, "unfold the thread"),
        bind("za", Action::ToggleFold, "fold or unfold the thread"),
        bind("zM", Action::FoldAll, "fold all threads"),
        bind("zR", Action::UnfoldAll, "unfold all threads"),
        bind("z1", Action::FoldBelow(1), "show top-level comments and fold their replies"),
        bind("z2", Action::FoldBelow(2), "show two levels"),
        bind("z3", Action::FoldBelow(3), "show three levels"),
        bind("zn", Action::FoldAway, "fold this whole thread and go to the next one"),
        bind(
            "F",
            Action::Narrow,
            "only comments by this author, on this passage, with this entity",
        ),
        bind(
            "]u",
            Action::Walk(Trail::New, Forward),
            "next comment that is new since the last reading",
        ),
        bind("[u", Action::Walk(Trail::New, Back), "previous new comment"),
        bind(".", Action::Dismiss, "take the new comments for read"),
    ]
}

fn searching() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind("/", Action::Ask(Purpose::Search), "search article, comments and notes; Up: again"),
        bind("n", Action::Walk(Trail::Latest, Forward), "next hit or mention"),
        bind("N", Action::Walk(Trail::Latest, Back), "previous hit or mention"),
        bind("&", Action::Ask(Purpose::Filter), "list only entities that hold some letters"),
        bind("s", Action::Sort, "entities by count, place or alphabet"),
        bind("t", Action::List(Topic::Outline), "headings"),
        bind("H", Action::List(Topic::Home), "articles read lately"),
        bind("r", Action::List(Topic::Related), "what the page offers to read next"),
        bind("i", Action::List(Topic::Details), "what was read, guessed and repaired"),
    ]
}

fn keeping() -> Vec<Binding> {
    vec![
        bind("m", Action::Bookmark, "bookmark the sentence, selection or comment"),
        bind("a", Action::Ask(Purpose::Note), "write a note on it"),
        bind("v", Action::Select, "begin or end a selection: then ( ) { } j k"),
        bind("\"", Action::List(Topic::AllBookmarks), "bookmarks of all articles"),
        bind("'", Action::List(Topic::Bookmarks), "bookmarks; Enter goes there, x deletes"),
        bind("]b", Action::Walk(Trail::Bookmark, Way::Forward), "next bookmark"),
        bind("[b", Action::Walk(Trail::Bookmark, Way::Back), "previous bookmark"),
        bind("x Del", Action::Delete, "delete the bookmark pointed at"),
        bind("U", Action::Undo, "bring the deleted bookmark back"),
        bind("y", Action::Copy, "copy the sentence, selection or comment"),
    ]
}

fn screen() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind("Tab", Action::Turn(Forward), "next pane"),
        bind("S-Tab", Action::Turn(Back), "previous pane"),
        bind("1", Action::Focus(Pane::Body), "the article"),
        bind("2", Action::Focus(Pane::Comments), "the comments"),
        bind("3", Action::Focus(Pane::Entities), "the entities"),
        bind("Z", Action::Zoom, "this pane alone, and back"),
        bind(">", Action::Share(Forward), "wider article"),
        bind("<", Action::Share(Back), "wider comments"),
        bind("+ =", Action::Measure(Forward), "longer lines"),
        bind("-", Action::Measure(Back), "shorter lines"),
        bind("?", Action::List(Topic::Help), "this list"),
        bind("Esc", Action::Escape, "clear selection, search, entity"),
        bind("q", Action::Close, "close, or quit"),
        bind("^z", Action::Suspend, "to the shell; fg comes back"),
        bind("^l", Action::Redraw, "paint the screen anew"),
    ]
}

/// What keys are for at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Commands.
    Reading,
    /// Letters of a line.
    Typing,
}

/// The table made ready for looking keys up.
#[derive(Clone, Debug)]
pub struct Keymap {
    sequences: Vec<(Vec<Key>, Action)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = table().into_iter().flat_map(|(_, bindings)| bindings);
        let sequences = bindings.flat_map(|binding| {
            let keys = binding.keys.split(' ');
            keys.map(move |keys| (sequence(keys), binding.action.clone())).collect::<Vec<_>>()
        });
        Self { sequences: sequences.collect() }
    }
}

impl Keymap {
    /// What a key does. `pending` holds the keys of a sequence that is not complete.
    pub fn action(&self, pending: &mut Vec<Key>, mode: Mode, key: Key) -> Option<Action> {
        if mode == Mode::Typing {
            pending.clear();
            return typing(key);
        }
        pending.push(key);
        let longer = |keys: &[Key]| keys.len() > pending.len() && keys.starts_with(pending);
        if self.sequences.iter().any(|(keys, _)| longer(keys)) {
            return None;
        }
        let action = self.exact(pending);
        pending.clear();
        action
    }

    /// What an incomplete sequence does when no further key comes: a lone `g` goes to the start.
    pub fn timeout(&self, pending: &mut Vec<Key>) -> Option<Action> {
        let action = self.exact(pending);
        pending.clear();
        action
    }

    fn exact(&self, pending: &[Key]) -> Option<Action> {
        let found = self.sequences.iter().find(|(keys, _)| keys == pending);
        found.map(|(_, action)| action.clone())
    }
}

/// What a key does while a line is typed.
fn typing(key: Key) -> Option<Action> {
    match key {
        Key::Char(ch) => Some(Action::Type(ch)),
        Key::Named("Space") => Some(Action::Type(' ')),
        Key::Named("Enter") => Some(Action::Submit),
        Key::Named("Esc") | Key::Ctrl('c' | 'g') => Some(Action::Escape),
        Key::Named("Backspace") | Key::Ctrl('h') => Some(Action::Erase),
        Key::Ctrl('w') => Some(Action::EraseWord),
        Key::Ctrl('u') => Some(Action::EraseAll),
        Key::Named("Up") | Key::Ctrl('p') => Some(Action::Recall(Way::Back)),
        Key::Named("Down") | Key::Ctrl('n') => Some(Action::Recall(Way::Forward)),
        _ => None,
    }
}

/// A sequence as the table writes it: the name of a key, `^x` for Control, else characters.
pub fn sequence(written: &str) -> Vec<Key> {
    if let Some(name) = NAMES.iter().find(|&&name| name == written) {
        return vec![Key::Named(name)];
    }
    let mut chars = written.chars();
    match (chars.next(), chars.next()) {
        (Some('^'), Some(letter)) => vec![Key::Ctrl(letter)],
        _ => written.chars().map(Key::Char).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_lines_of_the_table_want_the_same_key() {
        let keymap = Keymap::default();
        for (index, (keys, action)) in keymap.sequences.iter().enumerate() {
            let twin = keymap.sequences[..index].iter().find(|(other, _)| other == keys);
            assert!(twin.is_none(), "{keys:?} does {action:?} and {twin:?}");
        }
    }

    #[test]
    fn a_sequence_waits_for_its_end_and_a_lone_g_goes_to_the_start() {
        let (keymap, mut pending) = (Keymap::default(), Vec::new());
        assert_eq!(keymap.action(&mut pending, Mode::Reading, Key::Char('g')), None);
        assert_eq!(keymap.timeout(&mut pending), Some(Action::Scroll(Scroll::All, Way::Back)));
        assert_eq!(keymap.action(&mut pending, Mode::Reading, Key::Char(']')), None);
        let action = keymap.action(&mut pending, Mode::Reading, Key::Char('m'));
        assert_eq!(action, Some(Action::Walk(Trail::Mention, Way::Forward)));
        assert_eq!(keymap.action(&mut pending, Mode::Reading, Key::Char(']')), None);
        assert_eq!(keymap.action(&mut pending, Mode::Reading, Key::Char('j')), None);
        assert_eq!((keymap.timeout(&mut pending), pending), (None, Vec::new()));
    }

    #[test]
    fn while_a_line_is_typed_keys_are_letters() {
        let (keymap, mut pending) = (Keymap::default(), Vec::new());
        let action = keymap.action(&mut pending, Mode::Typing, Key::Char('q'));
        assert_eq!(action, Some(Action::Type('q')));
    }

    #[test]
    fn sequences_are_read_as_written() {
        assert_eq!(sequence("]m"), [Key::Char(']'), Key::Char('m')]);
        assert_eq!(sequence("^o"), [Key::Ctrl('o')]);
        assert_eq!(sequence("S-Tab"), [Key::Named("S-Tab")]);
        assert_eq!(sequence("G"), [Key::Char('G')]);
    }
}
