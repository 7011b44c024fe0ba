//! The one table of keys: what a key does, the help, the palette, the config and the list in the
//! README come from it.
//!
//! May not know: crossterm.

pub mod commands;
pub mod keymap;

use std::fmt;

use crate::app::action::{Action, Purpose, Scroll, Topic, Trail, Way};
use crate::app::lists::palette::Scope;
use crate::app::settings::Trait;
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
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// What the palette and the config call it. It never changes.
    pub name: &'static str,
    /// Key sequences, parted by blanks; none where only the palette offers it.
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
        ("Entities", entities()),
        ("Quotations", quotations()),
        ("Discussion", discussion()),
        ("Search and lists", searching()),
        ("Keep", keeping()),
        ("Screen", screen()),
    ]
}

const fn bind(
    name: &'static str,
    keys: &'static str,
    action: Action,
    help: &'static str,
) -> Binding {
    Binding { name, keys, action, help }
}

fn reading() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind("line-down", "j Down", Action::Scroll(Scroll::Row, Forward), "a line down"),
        bind("line-up", "k Up", Action::Scroll(Scroll::Row, Back), "a line up"),
        bind("page-down", "Space f PgDn ^f", Action::Scroll(Scroll::Page, Forward), "a page down"),
        bind("page-up", "b PgUp ^b", Action::Scroll(Scroll::Page, Back), "a page up"),
        bind("half-page-down", "d ^d", Action::Scroll(Scroll::Half, Forward), "half a page down"),
        bind("half-page-up", "u ^u", Action::Scroll(Scroll::Half, Back), "half a page up"),
        bind("start", "gg g Home", Action::Scroll(Scroll::All, Back), "to the start"),
        bind("end", "G End", Action::Scroll(Scroll::All, Forward), "to the end"),
        bind("next-sentence", ")", Action::Walk(Trail::Sentence, Forward), "next sentence"),
        bind("previous-sentence", "(", Action::Walk(Trail::Sentence, Back), "previous sentence"),
        bind(
            "next-paragraph",
            "}",
            Action::Walk(Trail::Paragraph, Forward),
            "next paragraph, thread or kind",
        ),
        bind(
            "previous-paragraph",
            "{",
            Action::Walk(Trail::Paragraph, Back),
            "previous paragraph, thread or kind",
        ),
        bind(
            "read-on",
            "",
            Action::Walk(Trail::Piece, Forward),
            "read on: the next paragraph, then comment by comment",
        ),
        bind("read-back", "", Action::Walk(Trail::Piece, Back), "read back: the one before"),
        bind("next-heading", "]h", Action::Walk(Trail::Heading, Forward), "next heading"),
        bind("previous-heading", "[h", Action::Walk(Trail::Heading, Back), "previous heading"),
    ]
}

fn entities() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind("go", "Enter", Action::Go, "go: to the mention, to what is quoted, to who quotes it"),
        bind(
            "next-mention",
            "]m",
            Action::Walk(Trail::Mention, Forward),
            "next mention of the selected entity",
        ),
        bind("previous-mention", "[m", Action::Walk(Trail::Mention, Back), "previous mention"),
        bind(
            "select-entity",
            "*",
            Action::Star,
            "select the entity under the cursor, or search for the word",
        ),
        bind(
            "correct",
            "e",
            Action::Correct,
            "correct the name: join, split, rename, hide it; or add one",
        ),
        bind(
            "entity-card",
            "c",
            Action::List(Topic::Card),
            "card of the entity: names, company, every mention",
        ),
    ]
}

fn quotations() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind(
            "next-quote",
            "]q",
            Action::Walk(Trail::Quote, Forward),
            "next quotation or quoted passage",
        ),
        bind(
            "previous-quote",
            "[q",
            Action::Walk(Trail::Quote, Back),
            "previous quotation or quoted passage",
        ),
        bind(
            "peek",
            "p",
            Action::List(Topic::Peek),
            "peek at the other end of a quotation, a note or a link, without going there",
        ),
        bind(
            "next-answer",
            "]c",
            Action::Walk(Trail::Answer, Forward),
            "next comment on this passage",
        ),
        bind(
            "previous-answer",
            "[c",
            Action::Walk(Trail::Answer, Back),
            "previous comment on this passage",
        ),
        bind(
            "most-discussed",
            "D",
            Action::List(Topic::Discussed),
            "the passages that most comments take up",
        ),
        bind("in-step", "S", Action::Step, "let the comments follow the article, or not"),
        bind("echoes", "E", Action::Echoes, "link retold sentences too, or quotations only"),
        bind("back", "^o", Action::Jump(Back), "back to where you jumped from"),
        bind("forward", "^p", Action::Jump(Forward), "forward again"),
    ]
}

fn discussion() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind("next-sibling", "J", Action::Sibling(Forward), "next comment on the same level"),
        bind("previous-sibling", "K", Action::Sibling(Back), "previous comment on the same level"),
        bind("parent", "P", Action::Parent, "the comment that this one answers"),
        bind("fold", "h Left", Action::Fold, "fold the thread; again: to its parent"),
        bind("unfold", "l Right", Action::Unfold, "unfold the thread"),
        bind("toggle-fold", "za", Action::ToggleFold, "fold or unfold the thread"),
        bind("fold-all", "zM", Action::FoldAll, "fold all threads"),
        bind("unfold-all", "zR", Action::UnfoldAll, "unfold all threads"),
        bind(
            "fold-to-1",
            "z1",
            Action::FoldBelow(1),
            "show top-level comments and fold their replies",
        ),
        bind("fold-to-2", "z2", Action::FoldBelow(2), "show two levels"),
        bind("fold-to-3", "z3", Action::FoldBelow(3), "show three levels"),
        bind("fold-away", "zn", Action::FoldAway, "fold this whole thread and go to the next one"),
        bind(
            "narrow",
            "F",
            Action::Narrow,
            "only comments by this author, on this passage, with this entity",
        ),
        bind(
            "next-new",
            "]u",
            Action::Walk(Trail::New, Forward),
            "next comment that is new since the last reading",
        ),
        bind("previous-new", "[u", Action::Walk(Trail::New, Back), "previous new comment"),
        bind("dismiss-new", ".", Action::Dismiss, "take the new comments for read"),
    ]
}

fn searching() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind("search", "/", Action::Ask(Purpose::Search), "search article, comments and notes"),
        bind("next", "n", Action::Walk(Trail::Latest, Forward), "next hit or mention"),
        bind("previous", "N", Action::Walk(Trail::Latest, Back), "previous hit or mention"),
        bind(
            "filter",
            "&",
            Action::Ask(Purpose::Filter),
            "only the lines of the list with some words",
        ),
        bind("sort", "s", Action::Sort, "another order of the list"),
        bind(
            "overview",
            "V",
            Action::List(Topic::Overview),
            "where quotations, bookmarks and names fall over the text",
        ),
        bind("outline", "t", Action::List(Topic::Outline), "headings"),
        bind("home", "H", Action::List(Topic::Home), "articles read lately"),
        bind(
            "articles",
            "L",
            Action::List(Topic::Folder),
            "articles in this file, named with it, or in its folder",
        ),
        bind(
            "links",
            "o",
            Action::List(Topic::Links),
            "links of the paragraph, with their hosts; a letter or Enter opens",
        ),
        bind("picture", "I", Action::Picture, "show the picture under the cursor, or the next one"),
        bind(
            "fetch",
            "O",
            Action::List(Topic::Web),
            "read a page of the web here: of the line, the article, the paragraph; Enter fetches",
        ),
        bind("read-next", "r", Action::List(Topic::Related), "what the page offers to read next"),
        bind("raw", "R", Action::Raw, "the text of the file as it stands, or the article again"),
        bind("details", "i", Action::List(Topic::Details), "what was read, guessed and repaired"),
    ]
}

fn keeping() -> Vec<Binding> {
    vec![
        bind("bookmark", "m", Action::Bookmark, "bookmark the sentence, selection or comment"),
        bind("note", "a", Action::Ask(Purpose::Note), "write a note on it, #tags at its end"),
        bind("select", "v", Action::Select, "begin or end a selection: then ( ) { } j k"),
        bind("all-bookmarks", "\"", Action::List(Topic::AllBookmarks), "bookmarks of all articles"),
        bind("bookmarks", "'", Action::List(Topic::Bookmarks), "bookmarks of this article"),
        bind("next-bookmark", "]b", Action::Walk(Trail::Bookmark, Way::Forward), "next bookmark"),
        bind(
            "previous-bookmark",
            "[b",
            Action::Walk(Trail::Bookmark, Way::Back),
            "previous bookmark",
        ),
        bind("delete", "x Del", Action::Delete, "delete the bookmark pointed at"),
        bind("undo", "U", Action::Undo, "take back; again: bookmarks that were deleted earlier"),
        bind(
            "confirm",
            "C",
            Action::Confirm,
            "what became of the bookmark; again: it is right as it is now",
        ),
        bind("note-in-editor", "A", Action::Editor, "write the note in your editor"),
        bind("write", "w", Action::Write, "save again what could not be saved"),
        bind("copy", "y", Action::Copy, "copy the sentence, selection or comment"),
        bind("copy-with-source", "Y", Action::Cite, "copy it with author, title and address"),
        bind("edit-source", "gE", Action::EditSource, "the file of the article in your editor"),
    ]
}

fn screen() -> Vec<Binding> {
    use Way::{Back, Forward};
    vec![
        bind("next-pane", "Tab", Action::Turn(Forward), "next pane"),
        bind("previous-pane", "S-Tab", Action::Turn(Back), "previous pane"),
        bind("article", "1", Action::Focus(Pane::Body), "the article"),
        bind("comments", "2", Action::Focus(Pane::Comments), "the comments"),
        bind("entities", "3", Action::Focus(Pane::Entities), "the entities"),
        bind("zoom", "Z", Action::Zoom, "this pane alone, and back"),
        bind("wider-article", ">", Action::Share(Forward), "wider article"),
        bind("wider-comments", "<", Action::Share(Back), "wider comments"),
        bind("longer-lines", "+ =", Action::Measure(Forward), "longer lines"),
        bind("shorter-lines", "-", Action::Measure(Back), "shorter lines"),
        bind("even-lines", "", Action::Switch(Trait::EvenLines), "lines as even as they can be"),
        bind("hyphens", "", Action::Switch(Trait::Hyphens), "part words at the end of lines"),
        bind("justify", "", Action::Switch(Trait::Justified), "lines as wide as their column"),
        bind(
            "palette",
            ":",
            Action::Palette(Scope::Everything),
            "do anything, or go anywhere, by a few letters of its name",
        ),
        bind("help", "?", Action::Palette(Scope::Keys), "this list; type to search it"),
        bind("escape", "Esc", Action::Escape, "clear selection, search, entity"),
        bind("close", "q", Action::Close, "close, or quit"),
        bind("suspend", "^z", Action::Suspend, "to the shell; fg comes back"),
        bind(
            "reload-config",
            "",
            Action::Configure,
            "read config.toml anew; it is also read when it is saved",
        ),
        bind("reload", "^r", Action::Reload, "read the file anew, place and bookmarks kept"),
        bind("redraw", "^l", Action::Redraw, "paint the screen anew"),
        bind(
            "mouse",
            "M",
            Action::ToggleMouse,
            "the mouse to the terminal, and back; Shift: for once",
        ),
    ]
}

impl Binding {
    /// Its key sequences.
    pub fn sequences(&self) -> impl Iterator<Item = Vec<Key>> + use<> {
        self.keys.split_whitespace().map(sequence)
    }
}

/// A sequence as the table and the config write it: names of keys, `^x` for Control, else
/// characters. Blanks part its keys where a name stands among them.
pub fn sequence(written: &str) -> Vec<Key> {
    written.split_whitespace().flat_map(part).collect()
}

fn part(written: &str) -> Vec<Key> {
    if let Some(name) = NAMES.iter().find(|&&name| name == written) {
        return vec![Key::Named(name)];
    }
    let mut chars = written.chars().peekable();
    let mut keys = Vec::new();
    while let Some(ch) = chars.next() {
        let letter = chars.next_if(|next| ch == '^' && next.is_ascii_lowercase());
        keys.push(letter.map_or(Key::Char(ch), Key::Ctrl));
    }
    keys
}

/// A sequence as [`sequence`] reads it.
pub fn written(keys: &[Key]) -> String {
    let named = keys.iter().any(|key| matches!(key, Key::Named(_)));
    let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
    keys.join(if named { " " } else { "" })
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(ch) => write!(out, "{ch}"),
            Self::Ctrl(ch) => write!(out, "^{ch}"),
            Self::Named(name) => out.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_read_as_written() {
        assert_eq!(sequence("]m"), [Key::Char(']'), Key::Char('m')]);
        assert_eq!(sequence("^o"), [Key::Ctrl('o')]);
        assert_eq!(sequence("S-Tab"), [Key::Named("S-Tab")]);
        assert_eq!(sequence("G"), [Key::Char('G')]);
        assert_eq!(sequence("Space ^wh"), [Key::Named("Space"), Key::Ctrl('w'), Key::Char('h')]);
        for (_, bindings) in table() {
            for keys in bindings.iter().flat_map(Binding::sequences) {
                assert_eq!(sequence(&written(&keys)), keys);
            }
        }
    }

    #[test]
    fn every_name_is_kebab_case_and_stands_for_one_action() {
        let bindings: Vec<Binding> =
            table().into_iter().flat_map(|(_, bindings)| bindings).collect();
        for (index, one) in bindings.iter().enumerate() {
            assert!(
                one.name.chars().all(|ch| matches!(ch, 'a'..='z' | '0'..='9' | '-')),
                "{one:?}"
            );
            let twin = bindings[..index]
                .iter()
                .find(|other| other.name == one.name || other.action == one.action);
            assert!(twin.is_none(), "{one:?} {twin:?}");
        }
    }
}
