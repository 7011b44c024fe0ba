//! The files of a folder as lines, one a file.

use std::fmt::Write as _;

use crate::source::Folder;
use crate::text::shown;

/// Title, format and number of comments, and the name of each file.
pub fn folder(folder: &Folder) -> String {
    let mut text = String::new();
    for file in &folder.files {
        let line = format!("{} · {} · {}", file.name(), file.said(), file.file_name());
        let _ = writeln!(text, "{}", shown::line(&line));
    }
    if folder.more > 0 {
        let _ = writeln!(text, "and {} more files", folder.more);
    }
    text
}
