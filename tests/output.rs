//! There is one way to the terminal, to a pipe and to standard error: shown text, or cells that
//! were filled from it, or the letters of a picture. Clippy refuses the usual others (`.clippy.toml`); here it is counted who
//! is exempt, and what clippy cannot see is looked for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What sends something, and the files that may.
const SENDS: [(&str, &[&str]); 13] = [
    (
        "clippy::disallowed_methods",
        &[
            "terminal/output.rs",
            "terminal/output.rs",
            // Their tests.
            "terminal/paint.rs",
            "terminal/screen.rs",
            "ui/line.rs",
        ],
    ),
    ("clippy::disallowed_macros", &[]),
    ("io::stdout()", &["terminal/output.rs"]),
    ("io::stderr()", &["terminal/output.rs"]),
    ("\"/dev/tty\"", &["terminal/guard.rs"]),
    // What is copied, in base64.
    ("screen.send(", &["terminal/run/outside.rs"]),
    // Letters of a picture, looked at one by one, and what stands around them.
    (
        "Raster::new(",
        &[
            // Tests.
            "app/reading/pictures.rs",
            "app/reading/raster.rs",
            "app/reading/raster.rs",
            "terminal/encode.rs",
            // Tests.
            "terminal/paint.rs",
            "terminal/raster.rs",
            "terminal/raster.rs",
            "terminal/screen.rs",
        ],
    ),
    ("raster::show(", &["terminal/paint.rs"]),
    ("ratatui_image", &["terminal/encode.rs"; 5]),
    ("/dev/std", &[]),
    ("/proc/self/fd", &[]),
    (".symbol_mut(", &[]),
    ("from_raw_fd", &[]),
];

#[test]
fn nothing_is_sent_but_from_the_places_that_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let sources: Vec<(String, String)> = sources(&root);
    assert!(sources.len() > 90, "only {} files were looked at", sources.len());
    for (what, allowed) in SENDS {
        let mut found: Vec<&str> = Vec::new();
        for (name, text) in &sources {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            found.extend(code.filter(|line| line.contains(what)).map(|_| name.as_str()));
        }
        assert_eq!(found, allowed, "{what}");
    }
}

/// Every source with its path below `src`, in order.
fn sources(root: &Path) -> Vec<(String, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("a folder");
        let paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        folders.extend(paths.iter().filter(|path| path.is_dir()).cloned());
        let files = paths.iter().filter(|path| path.extension().is_some_and(|it| it == "rs"));
        found.extend(files.map(|path| {
            let name = path.strip_prefix(root).expect("below src").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("a source"))
        }));
    }
    found.sort();
    found
}

/// Whether a terminal would obey some of it, or show it in another order.
fn is_obeyed(ch: char) -> bool {
    (ch.is_control() && ch != '\n')
        || matches!(ch, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

const HOSTILE: &str = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\r\u{7f}tide";

#[test]
fn every_command_prints_shown_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hostile.json");
    let article = serde_json::json!({
        "@context": "https://schema.org", "@type": "Article", "headline": HOSTILE,
        "author": {"name": HOSTILE}, "articleBody": format!("{HOSTILE} turns at noon."),
        "comment": [{"@type": "Comment", "author": {"name": HOSTILE}, "text": HOSTILE}],
    });
    fs::write(&file, article.to_string()).expect("written");
    let file = file.to_str().expect("a path");
    let commands: [&[&str]; 15] = [
        &["show", file],
        &["inspect", file],
        &["inspect", "--json", file],
        &["bookmarks", "add", file, "--quote", "turns at noon", "--note", HOSTILE],
        &["bookmarks", "list"],
        &["bookmarks", "list", "--json"],
        &["bookmarks", "check", file],
        &["bookmarks", "export"],
        &["bookmarks", "export", "--format", "json"],
        &["bookmarks", "export", "--format", "w3c"],
        &["bookmarks", "delete", HOSTILE],
        &["show", HOSTILE],
        &["--no-such-option", HOSTILE],
        &[HOSTILE, HOSTILE],
        &["--help"],
    ];
    for command in commands {
        let done = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(command)
            .env("RECTO_DATA_DIR", folder.path().join("data"))
            .output()
            .expect("the program");
        for bytes in [done.stdout, done.stderr] {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert!(!text.contains(is_obeyed), "{command:?}: {text:?}");
        }
    }
}
