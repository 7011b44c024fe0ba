//! The settings that are neither keys nor looks, as a table: what they are called, what they are
//! for, how they are read and printed.
//!
//! May not know: lines, files.

use std::ops::RangeInclusive;

use toml::de::DeValue;

use crate::app::mouse::Capture;
use crate::app::reading::raster::Protocol;
use crate::app::settings::{Hyperlinks, MEASURES, Pictures, SHARES, Settings};
use crate::layout::hyphen::Language;
use crate::layout::setting::Edge;
use crate::layout::wrap::Fit;

/// A line of the table.
pub(super) struct Choice {
    /// The section that it stands in.
    pub(super) section: &'static str,
    /// Its name there.
    pub(super) name: &'static str,
    /// What it is for.
    pub(super) help: &'static str,
    /// Its value, as TOML.
    pub(super) show: fn(&Settings) -> String,
    /// Takes a value in, or says why not.
    pub(super) set: fn(&mut Settings, &DeValue<'_>) -> Result<(), String>,
}

/// The table.
pub(super) const OPTIONS: [Choice; 13] = [
    Choice {
        section: "screen",
        name: "measure",
        help: "widest line of the article, in cells (20 to 200)",
        show: |settings| settings.measure.to_string(),
        set: |settings, value| put(&mut settings.measure, number(value, MEASURES)),
    },
    Choice {
        section: "screen",
        name: "share",
        help: "share of the article beside the comments, in percent (25 to 80)",
        show: |settings| settings.share.to_string(),
        set: |settings, value| put(&mut settings.share, number(value, SHARES)),
    },
    Choice {
        section: "screen",
        name: "mouse",
        help: "the mouse is recto's, not the terminal's (true or false)",
        show: |settings| (settings.mouse == Capture::On).to_string(),
        set: |settings, value| put(&mut settings.mouse, capture(value)),
    },
    Choice {
        section: "screen",
        name: "cursor",
        help: "the terminal's cursor stands where you read: screen readers and magnifiers follow it",
        show: |settings| settings.cursor.to_string(),
        set: |settings, value| put(&mut settings.cursor, switch(value)),
    },
    Choice {
        section: "screen",
        name: "motion",
        help: "numbers change on the screen while something is read (true or false)",
        show: |settings| settings.motion.to_string(),
        set: |settings, value| put(&mut settings.motion, switch(value)),
    },
    Choice {
        section: "text",
        name: "even-lines",
        help: "lines as even as they can be, not as full as each can be (true or false)",
        show: |settings| (settings.setting.fit == Fit::Optimal).to_string(),
        set: |settings, value| put(&mut settings.setting.fit, evenness(value)),
    },
    Choice {
        section: "text",
        name: "hyphens",
        help: "part words at the end of lines: \"en\", \"de\", \"fr\", \"es\", \"it\", \"nl\", \"pt\", or \"\"",
        show: |settings| format!("\"{}\"", settings.setting.hyphens.map_or("", Language::code)),
        set: |settings, value| put(&mut settings.setting.hyphens, language(value)),
    },
    Choice {
        section: "text",
        name: "justify",
        help: "lines as wide as their column (true or false)",
        show: |settings| (settings.setting.edge == Edge::Even).to_string(),
        set: |settings, value| put(&mut settings.setting.edge, edge(value)),
    },
    Choice {
        section: "text",
        name: "echoes",
        help: "comments are linked to what they retell, not only to what they quote (true or false)",
        show: |settings| settings.echoes.to_string(),
        set: |settings, value| put(&mut settings.echoes, switch(value)),
    },
    Choice {
        section: "open",
        name: "browser",
        help: "what opens links, without a shell: \"firefox --new-window {url}\", or a list of words",
        show: |settings| shown(&settings.openers.browser),
        set: |settings, value| put(&mut settings.openers.browser, command(value)),
    },
    Choice {
        section: "open",
        name: "editor",
        help: "what opens notes and files, without a shell: \"code -w -g {file}:{line}\", or a list of words",
        show: |settings| shown(&settings.openers.editor),
        set: |settings, value| put(&mut settings.openers.editor, command(value)),
    },
    Choice {
        section: "open",
        name: "hyperlinks",
        help: "the terminal is told where links lead and can open them too (OSC 8; true or false)",
        show: |settings| (settings.openers.hyperlinks == Hyperlinks::On).to_string(),
        set: |settings, value| put(&mut settings.openers.hyperlinks, hyperlinks(value)),
    },
    Choice {
        section: "pictures",
        name: "protocol",
        help: "what shows pictures: the terminal by \"kitty\", \"sixel\" or \"iterm\"; cells by \"blocks\"; \"auto\": as the terminal's name says",
        show: |settings| format!("\"{}\"", name(settings.pictures)),
        set: |settings, value| put(&mut settings.pictures, pictures(value)),
    },
];

/// All sections that a file may have.
pub(super) fn sections() -> String {
    let mut sections = vec!["keys", "theme", super::formats::SECTION];
    sections.extend(OPTIONS.iter().map(|option| option.section));
    sections.dedup();
    sections.join(", ")
}

fn put<T>(place: &mut T, value: Result<T, String>) -> Result<(), String> {
    *place = value?;
    Ok(())
}

fn switch(value: &DeValue<'_>) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "this is true or false".into())
}

fn evenness(value: &DeValue<'_>) -> Result<Fit, String> {
    Ok(if switch(value)? { Fit::Optimal } else { Fit::First })
}

fn edge(value: &DeValue<'_>) -> Result<Edge, String> {
    Ok(if switch(value)? { Edge::Even } else { Edge::Ragged })
}

fn language(value: &DeValue<'_>) -> Result<Option<Language>, String> {
    let known = || {
        let codes = Language::ALL.map(Language::code).join(", ");
        format!("this is a language, one of {codes}, or nothing")
    };
    match value.as_str() {
        Some("") => Ok(None),
        code => {
            let found = Language::ALL.into_iter().find(|language| Some(language.code()) == code);
            found.map(Some).ok_or_else(known)
        }
    }
}

fn capture(value: &DeValue<'_>) -> Result<Capture, String> {
    Ok(if switch(value)? { Capture::On } else { Capture::Off })
}

fn hyperlinks(value: &DeValue<'_>) -> Result<Hyperlinks, String> {
    Ok(if switch(value)? { Hyperlinks::On } else { Hyperlinks::Off })
}

const fn name(pictures: Pictures) -> &'static str {
    match pictures {
        Pictures::Auto => "auto",
        Pictures::By(protocol) => protocol.name(),
        Pictures::Blocks => "blocks",
    }
}

fn pictures(value: &DeValue<'_>) -> Result<Pictures, String> {
    let protocols = Protocol::ALL.into_iter().map(Pictures::By);
    let mut all = [Pictures::Auto, Pictures::Blocks].into_iter().chain(protocols);
    let known = || "this is auto, kitty, sixel, iterm or blocks".into();
    all.find(|&one| value.as_str() == Some(name(one))).ok_or_else(known)
}

/// The words of a command: parted by blanks, or one by one.
fn command(value: &DeValue<'_>) -> Result<Vec<String>, String> {
    let words: Option<Vec<String>> = match value {
        DeValue::String(line) => Some(line.split_whitespace().map(str::to_owned).collect()),
        DeValue::Array(words) => {
            words.iter().map(|word| word.get_ref().as_str().map(str::to_owned)).collect()
        }
        _ => None,
    };
    words.ok_or_else(|| "this is a program with its arguments, as one text or as a list".into())
}

fn shown(words: &[String]) -> String {
    format!("\"{}\"", words.join(" "))
}

fn number(value: &DeValue<'_>, range: RangeInclusive<u16>) -> Result<u16, String> {
    let written = value.as_integer().filter(|number| number.radix() == 10);
    let number = written.and_then(|number| number.as_str().replace('_', "").parse().ok());
    let said = || format!("this is a number from {} to {}", range.start(), range.end());
    number.filter(|number| range.contains(number)).ok_or_else(said)
}
