//! What the reader chose holds without a screen too.

use std::fs;
use std::path::Path;
use std::process::Command;

const PAGE: &str =
    "<!DOCTYPE html><html><body><article><p>The tide turns at noon.</p></article></body></html>";

/// What the program prints where pages of the web are not read as such.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(arguments)
        .env("RECTO_CONFIG", folder.join("config.toml"))
        .env("RECTO_DATA_DIR", folder.join("data"))
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{arguments:?}: {said}");
    String::from_utf8(done.stdout).expect("UTF-8")
}

#[test]
fn a_format_that_is_off_is_plain_text_for_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    fs::write(&page, PAGE).expect("a page");
    let page = page.to_str().expect("a path");
    let commands: [&[&str]; 3] =
        [&["show", page], &["inspect", page], &["convert", page, "--to", "markdown"]];
    let on = commands.map(|command| {
        fs::write(folder.path().join("config.toml"), "").expect("settings");
        printed(folder.path(), command)
    });
    fs::write(folder.path().join("config.toml"), "[formats]\nhtml = false\n").expect("settings");
    let off = commands.map(|command| printed(folder.path(), command));
    let tag = |words: &&String| words.contains("<p>") || words.contains("\\<p");
    assert_eq!(on.iter().filter(tag).count(), 0, "{on:#?}");
    assert_eq!(off.iter().filter(tag).count(), 3, "{off:#?}");
    // A bookmark of what is shown is found in what is shown.
    let quote = "<p>The tide turns at noon.</p>";
    printed(folder.path(), &["bookmarks", "add", page, "--quote", quote]);
    let checked = printed(folder.path(), &["bookmarks", "check", page]);
    assert!(checked.contains("<p>The tide"), "{checked}");
}
