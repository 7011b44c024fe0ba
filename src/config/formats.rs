//! The section of formats: each is read as what it is, or shown as plain text.
//!
//! May not know: lines, files.

use toml::de::DeValue;

use crate::article::Format;
use crate::article::formats::{Formats, SWITCHED};

/// What it is called.
pub(super) const SECTION: &str = "formats";

/// What it is for.
pub(super) const HELP: &str = "false: a file of this format is shown as plain text, with a note";

/// Takes a line in, or says why not.
pub(super) fn set(formats: &mut Formats, name: &str, value: &DeValue<'_>) -> Result<(), String> {
    let known = || {
        let names = SWITCHED.map(Format::name).join(", ");
        format!("there is no such format; there are {names}")
    };
    let format = SWITCHED.into_iter().find(|format| format.name() == name).ok_or_else(known)?;
    match value.as_bool() {
        Some(true) => formats.turn_on(format),
        Some(false) => formats.turn_off(format),
        None => return Err("this is true or false".into()),
    }
    Ok(())
}
