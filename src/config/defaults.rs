//! A file that changes nothing and shows all that can be changed, made from the tables.
//!
//! May not know: how a file is read.

use std::fmt::Write as _;

use super::options::OPTIONS;
use super::{Config, formats};
use crate::app::keys;
use crate::app::reading::lit::Role;
use crate::article::formats::SWITCHED;
use crate::ui::style;
use crate::ui::theme::Part;
use crate::ui::themes::THEMES;

/// All that can be chosen, commented out, with what holds where nothing else is chosen.
pub fn defaults() -> String {
    let mut text = String::from(
        "# What can be chosen in recto. Each setting is commented out and has the value that it\n\
         # has without this file: take the mark away and change it.\n",
    );
    options(&mut text);
    formats(&mut text);
    theme(&mut text);
    keys_of_actions(&mut text);
    text
}

/// The settings that are neither keys nor looks, as [`defaults`] prints them.
pub fn settings() -> String {
    let mut text = String::new();
    options(&mut text);
    formats(&mut text);
    text.trim_start().to_owned()
}

fn options(text: &mut String) {
    let settings = Config::default().settings;
    let mut last = "";
    for option in &OPTIONS {
        if std::mem::replace(&mut last, option.section) != option.section {
            let _ = writeln!(text, "\n[{}]", option.section);
        }
        let _ =
            writeln!(text, "\n# {}\n# {} = {}", option.help, option.name, (option.show)(&settings));
    }
}

fn formats(text: &mut String) {
    let _ = writeln!(text, "\n[{}]\n\n# {}", formats::SECTION, formats::HELP);
    for format in SWITCHED {
        let _ = writeln!(text, "# {} = true", format.name());
    }
}

fn theme(text: &mut String) {
    text.push_str(
        "\n[theme]\n\n# One of these, or \"auto\": light or dark as the terminal says it is\n",
    );
    for theme in THEMES {
        let _ = writeln!(text, "#   \"{}\": {}", theme.name, theme.help);
    }
    let _ = writeln!(text, "# name = \"{}\"", THEMES[0].name);
    let usual = Config::default().theme;
    text.push_str(
        "\n# What stands out in the text, each as words: bold, dim, italic, underline, reverse, strike,\n\
         # a colour, \"on\" a colour behind it. A colour is a name, a number up to 255 or #rrggbb.\n\
         [theme.words]\n",
    );
    for role in Role::ALL {
        let _ = writeln!(text, "# {} = \"{}\"", role.name(), style::written(usual.role(role)));
    }
    text.push_str("\n# Everything else on the screen\n[theme.parts]\n");
    for part in Part::ALL {
        let _ = writeln!(text, "# {} = \"{}\"", part.name(), style::written(usual.part(part)));
    }
}

fn keys_of_actions(text: &mut String) {
    text.push_str(
        "\n# The keys of each action, in place of the usual ones; an empty list takes them away.\n\
         # \"gg\" is two keys, \"^o\" is Control and o; blanks part keys that have names: \"Space m\".\n\
         [keys]\n",
    );
    for (topic, bindings) in keys::table() {
        let _ = writeln!(text, "\n# {topic}");
        for binding in bindings {
            let keys: Vec<String> =
                binding.sequences().map(|keys| quoted(&keys::written(&keys))).collect();
            let _ = writeln!(text, "# {} = [{}] # {}", binding.name, keys.join(", "), binding.help);
        }
    }
}

/// A TOML string; keys hold no control characters.
fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}
