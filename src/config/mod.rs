//! The reader's choices as a file, `config.toml`: read, checked, and printed with all that can
//! be chosen. What is wrong in it is said, with its line, and everything else holds.
//!
//! ```toml
//! [keys]
//! bookmark = ["m", "Space m"]
//! close = []
//!
//! [theme]
//! name = "light"
//! words = { mention = "bold #0b6e75" }
//!
//! [screen]
//! measure = 72
//! ```
//!
//! May not know: where the file is, the terminal, the clock. It cannot fail.

mod defaults;
mod formats;
mod options;

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use defaults::{defaults, settings};

use crate::app::keys::keymap::{Change, Keymap};
use crate::app::keys::{self, Key};
use crate::app::reading::lit::Role;
use crate::app::settings::Settings;
use crate::ui::style;
use crate::ui::theme::{Part, Theme};
use crate::ui::themes;

/// What the reader chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// All but the look.
    pub settings: Settings,
    /// The look, in all the colours that there are.
    pub theme: Theme,
    /// What is wrong in the file, in its order.
    pub problems: Vec<Problem>,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The number of its line, from 1.
    pub line: usize,
    /// The key, `screen.measure`; empty where the file is no TOML there.
    pub key: String,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: ", self.line)?;
        if !self.key.is_empty() {
            write!(out, "{}: ", self.key)?;
        }
        out.write_str(&self.why)
    }
}

/// Reads a file. `light` tells whether the terminal is known to be light or dark.
pub fn read(text: &str, light: Option<bool>) -> Config {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, light, problems: Vec::new(), config: Config::default() };
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.note(at, String::new(), error.message().replace('\n', ", "));
    }
    for (name, value) in table.get_ref() {
        reader.section(name, value);
    }
    let Reader { mut problems, mut config, .. } = reader;
    problems.sort_by_key(|problem| problem.line);
    config.settings.problems = problems.iter().map(Problem::to_string).collect();
    config.problems = problems;
    config
}

impl Default for Config {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            theme: (themes::THEMES[0].make)(),
            problems: Vec::new(),
        }
    }
}

type Name<'a> = Spanned<std::borrow::Cow<'a, str>>;
type Value<'a> = Spanned<DeValue<'a>>;

struct Reader<'a> {
    text: &'a str,
    light: Option<bool>,
    problems: Vec<Problem>,
    config: Config,
}

impl Reader<'_> {
    fn section(&mut self, name: &Name<'_>, value: &Value<'_>) {
        let section = name.get_ref().as_ref();
        let Some(table) = value.get_ref().as_table() else {
            let why =
                "this is a section: write [keys] on a line of its own".replace("keys", section);
            return self.note(name.span().start, section.into(), why);
        };
        match section {
            "keys" => self.keys(table),
            "theme" => self.theme(table),
            formats::SECTION => self.formats(table),
            section if options::OPTIONS.iter().any(|one| one.section == section) => {
                self.options(section, table);
            }
            _ => {
                let known = format!("there is no such section; there are {}", options::sections());
                self.note(name.span().start, section.into(), known);
            }
        }
    }

    fn options(&mut self, section: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let mut options = options::OPTIONS.iter().filter(|one| one.section == section);
            let known = options.clone().map(|one| one.name).collect::<Vec<_>>().join(", ");
            let set = match options.find(|one| one.name == name.get_ref().as_ref()) {
                Some(option) => (option.set)(&mut self.config.settings, value.get_ref()),
                None => Err(format!("there is no such setting; there are {known}")),
            };
            self.take(section, (name, value), set);
        }
    }

    fn formats(&mut self, table: &DeTable<'_>) {
        for (name, value) in table {
            let formats = &mut self.config.settings.formats;
            let set = formats::set(formats, name.get_ref(), value.get_ref());
            self.take(formats::SECTION, (name, value), set);
        }
    }

    fn keys(&mut self, table: &DeTable<'_>) {
        let mut changes: Vec<Change> = Vec::new();
        let mut lines: Vec<(&Name<'_>, &Value<'_>)> = table.iter().collect();
        lines.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in lines {
            let read = change(name.get_ref(), value.get_ref(), &changes);
            let change = self.take("keys", (name, value), read);
            changes.extend(change);
        }
        self.config.settings.keymap = Keymap::new(&changes);
    }

    fn theme(&mut self, table: &DeTable<'_>) {
        if let Some((name, value)) = table.get_key_value("name") {
            let chosen = self.chosen(value.get_ref());
            if let Some(theme) = self.take("theme", (name, value), chosen) {
                self.config.theme = theme;
            }
        }
        for (name, value) in table {
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("name", _) => {}
                ("words", DeValue::Table(words)) => self.looks("theme.words", words, |name| {
                    Role::ALL.into_iter().find(|role| role.name() == name).map(Place::Role)
                }),
                ("parts", DeValue::Table(parts)) => self.looks("theme.parts", parts, |name| {
                    Part::ALL.into_iter().find(|part| part.name() == name).map(Place::Part)
                }),
                _ => {
                    let why = "there is no such setting; there are name, words and parts";
                    self.take("theme", (name, value), Err::<(), _>(why.to_owned()));
                }
            }
        }
    }

    fn chosen(&self, value: &DeValue<'_>) -> Result<Theme, String> {
        let name = match (value.as_str(), self.light) {
            (Some("auto"), Some(true)) => Some("light"),
            (Some("auto"), Some(false)) => Some("dark"),
            (Some("auto"), None) => Some("terminal"),
            (name, _) => name,
        };
        let known = || {
            let names = themes::THEMES.map(|theme| theme.name).join(", ");
            format!("there is no such theme; there are {names} and auto")
        };
        name.and_then(themes::named).ok_or_else(known)
    }

    fn looks(&mut self, section: &str, table: &DeTable<'_>, place: impl Fn(&str) -> Option<Place>) {
        for (name, value) in table {
            let written = value.get_ref().as_str().ok_or("a look is words in quotation marks");
            let look = written.map_err(str::to_owned).and_then(style::parse);
            let known = place(name.get_ref()).ok_or("there is no such thing to look at".to_owned());
            let set = known.and_then(|place| Ok((place, look?)));
            match self.take(section, (name, value), set) {
                Some((Place::Role(role), style)) => self.config.theme.set_role(role, style),
                Some((Place::Part(part), style)) => self.config.theme.set_part(part, style),
                None => {}
            }
        }
    }

    /// What was read; where it could not be, notes why.
    fn take<T>(
        &mut self,
        section: &str,
        (name, value): (&Name<'_>, &Value<'_>),
        read: Result<T, String>,
    ) -> Option<T> {
        let span: Range<usize> = value.span();
        let key = format!("{section}.{}", name.get_ref());
        read.map_err(|why| self.note(span.start, key, why)).ok()
    }

    fn note(&mut self, at: usize, key: String, why: String) {
        let line = self.text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        self.problems.push(Problem { line, key, why });
    }
}

/// What a look is of.
#[derive(Clone, Copy)]
enum Place {
    Role(Role),
    Part(Part),
}

/// The keys of an action: one sequence or several. Of two actions that want the same one, the
/// first has it.
fn change(name: &str, value: &DeValue<'_>, earlier: &[Change]) -> Result<Change, String> {
    if !keys::table().iter().any(|(_, lines)| lines.iter().any(|line| line.name == name)) {
        return Err("there is no such action: recto config --default lists them".into());
    }
    let written: Option<Vec<&str>> = match value {
        DeValue::String(one) => Some(vec![one.as_ref()]),
        DeValue::Array(several) => several.iter().map(|one| one.get_ref().as_str()).collect(),
        _ => None,
    };
    let written = written.ok_or("keys are a list of words: [\"m\", \"Space m\"]")?;
    let keys: Vec<Vec<Key>> = written.iter().map(|keys| keys::sequence(keys)).collect();
    if keys.iter().any(Vec::is_empty) {
        return Err("a sequence of keys is empty; an empty list takes all keys away".into());
    }
    let twin = earlier.iter().find(|one| one.keys.iter().any(|other| keys.contains(other)));
    match twin {
        Some(twin) => Err(format!("{} has one of these keys already", twin.name)),
        None => Ok(Change { name: name.to_owned(), keys }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Action;
    use crate::app::mouse::Capture;
    use crate::app::reading::raster::Protocol;
    use crate::app::settings::Pictures;
    use crate::article::Format;

    fn said(text: &str) -> Vec<String> {
        read(text, None).problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn what_is_chosen_holds() {
        let text = "[keys]\nbookmark = [\"M\", \"Space m\"]\nclose = []\n\
                    [theme]\nname = \"light\"\nwords = { mention = \"bold red\" }\n\
                    [screen]\nmeasure = 72\nmouse = false\n[formats]\nhtml = false\n\
                    [pictures]\nprotocol = \"sixel\"\n\
                    [open]\nbrowser = \"lynx {url}\"\neditor = [\"my editor\", \"+{line}\"]\n";
        let config = read(text, None);
        assert_eq!(config.problems, []);
        assert_eq!((config.settings.measure, config.settings.mouse), (72, Capture::Off));
        assert!(!config.settings.formats.reads(Format::Html));
        assert!(config.settings.formats.reads(Format::Markdown));
        assert_eq!(config.settings.pictures, Pictures::By(Protocol::Sixel));
        assert_eq!(config.settings.openers.browser, ["lynx", "{url}"]);
        assert_eq!(config.settings.openers.editor, ["my editor", "+{line}"]);
        assert_eq!(config.settings.keymap.key_of(&Action::Bookmark).as_deref(), Some("M"));
        assert_eq!(config.settings.keymap.key_of(&Action::Close), None);
        let theme = themes::named("light").expect("a theme");
        assert_eq!(config.theme.part(Part::Page), theme.part(Part::Page));
        assert_eq!(style::written(config.theme.role(Role::Mention)), "bold red");
    }

    #[test]
    fn an_error_in_every_section_is_told_by_line_and_key_and_the_rest_holds() {
        let text = "[keys]\nbookmork = \"M\"\nselect = 7\nnote = \"A\"\ncopy = \"A\"\n\
                    [theme]\nname = \"pink\"\n\
                    [theme.words]\nmention = \"loud\"\nnobody = \"bold\"\nhit = \"bold\"\n\
                    [screen]\nmeasure = 3\nshare = 50\n[sound]\nloud = true\n\
                    [text]\nechoes = 1\n[open]\neditor = 7\n[pictures]\nprotocol = \"gif\"\n[formats]\nhtml = \"no\"\npdf = true\n";
        let config = read(text, None);
        let said: Vec<String> = config.problems.iter().map(Problem::to_string).collect();
        assert_eq!(said.len(), 13, "{said:#?}");
        let starts = [
            "line 2: keys.bookmork: there is no such action",
            "line 3: keys.select: keys are a list",
            "line 5: keys.copy: note has one of these keys already",
            "line 7: theme.name: there is no such theme",
            "line 9: theme.words.mention: “loud” is neither",
            "line 10: theme.words.nobody: there is no such thing",
            "line 13: screen.measure: ",
            "line 15: sound: there is no such section",
            "line 18: text.echoes: this is true or false",
            "line 20: open.editor: this is a program with its arguments",
            "line 22: pictures.protocol: this is auto, kitty, sixel, iterm or blocks",
            "line 24: formats.html: this is true or false",
            "line 25: formats.pdf: there is no such format; there are page-text",
        ];
        for (said, start) in said.iter().zip(starts) {
            assert!(said.starts_with(start), "{said}");
        }
        assert_eq!(config.settings.share, 50);
        let note = Action::Ask(crate::app::action::Purpose::Note);
        assert_eq!(config.settings.keymap.key_of(&note).as_deref(), Some("A"));
    }

    #[test]
    fn what_is_no_toml_is_told_and_the_rest_holds() {
        let config = read("[screen]\nmeasure = \nshare = 50\n", None);
        assert!(said("[screen]\nmeasure = \nshare = 50\n")[0].starts_with("line 2: "));
        assert_eq!(config.settings.share, 50);
    }

    #[test]
    fn the_printed_defaults_are_the_defaults() {
        let printed = defaults();
        assert_eq!(read(&printed, None), Config::default());
        let set: String = printed
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(setting) if setting.contains(" = ") => format!("{setting}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        assert_eq!(read(&set, None), Config::default(), "{set}");
        for (_, bindings) in keys::table() {
            assert!(bindings.iter().all(|one| set.contains(&format!("\n{} = [", one.name))));
        }
    }

    #[test]
    fn automatic_is_light_or_dark_as_the_terminal_is() {
        let page = |light| read("[theme]\nname = \"auto\"", light).theme.part(Part::Page);
        assert_eq!(page(Some(true)), themes::named("light").expect("it").part(Part::Page));
        assert_eq!(page(Some(false)), themes::named("dark").expect("it").part(Part::Page));
        assert_eq!(page(None), Config::default().theme.part(Part::Page));
    }
}
