//! The settings that are neither keys nor looks, as a table: what they are called, what they are
//! for, how they are read and printed.
//!
//! May not know: lines, files.

use std::ops::RangeInclusive;

use toml::de::DeValue;

use crate::app::settings::{MEASURES, SHARES, Settings};
use crate::layout::wrap::Fit;

/// A line of the table.
pub(super) struct Setting {
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
pub(super) const OPTIONS: [Setting; 3] = [
    Setting {
        section: "screen",
        name: "measure",
        help: "widest line of the article, in cells (20 to 200)",
        show: |settings| settings.measure.to_string(),
        set: |settings, value| put(&mut settings.measure, number(value, MEASURES)),
    },
    Setting {
        section: "screen",
        name: "share",
        help: "share of the article beside the comments, in percent (25 to 80)",
        show: |settings| settings.share.to_string(),
        set: |settings, value| put(&mut settings.share, number(value, SHARES)),
    },
    Setting {
        section: "text",
        name: "even-lines",
        help: "lines as even as they can be, not as full as each can be (true or false)",
        show: |settings| (settings.fit == Fit::Optimal).to_string(),
        set: |settings, value| put(&mut settings.fit, evenness(value)),
    },
];

/// All sections that a file may have.
pub(super) fn sections() -> String {
    let mut sections = vec!["keys", "theme"];
    sections.extend(OPTIONS.iter().map(|option| option.section));
    sections.dedup();
    sections.join(", ")
}

fn put<T>(place: &mut T, value: Result<T, String>) -> Result<(), String> {
    *place = value?;
    Ok(())
}

fn evenness(value: &DeValue<'_>) -> Result<Fit, String> {
    match value.as_bool() {
        Some(true) => Ok(Fit::Optimal),
        Some(false) => Ok(Fit::First),
        None => Err("this is true or false".into()),
    }
}

fn number(value: &DeValue<'_>, range: RangeInclusive<u16>) -> Result<u16, String> {
    let written = value.as_integer().filter(|number| number.radix() == 10);
    let number = written.and_then(|number| number.as_str().replace('_', "").parse().ok());
    let said = || format!("this is a number from {} to {}", range.start(), range.end());
    number.filter(|number| range.contains(number)).ok_or_else(said)
}
