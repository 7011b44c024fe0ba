//! The modules name only those to their left, as `src/lib.rs` says.

use std::fs;
use std::path::{Path, PathBuf};

/// From left to right.
const ORDER: [&str; 12] = [
    "text", "article", "record", "analysis", "layout", "app", "ui", "config", "store", "source",
    "headless", "terminal",
];

#[test]
fn no_module_names_one_to_its_right() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (rank, module) in ORDER.iter().enumerate() {
        for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module)) {
            seen += 1;
            let text = fs::read_to_string(&path).expect("a source");
            for (number, line) in text.lines().enumerate() {
                for later in &ORDER[rank + 1..] {
                    if names(line, later) {
                        wrong.push(format!(
                            "{}:{}: {module} names {later}",
                            path.display(),
                            number + 1
                        ));
                    }
                }
            }
        }
    }
    assert!(seen > 40, "only {seen} files were looked at");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_module_may_not_know_it_does_not_name() {
    let forbidden =
        [("ratatui", &ORDER[..6]), ("crossterm", &ORDER[..11]), ("std::fs", &ORDER[2..8])];
    let mut wrong = Vec::new();
    for (word, modules) in forbidden {
        for module in modules {
            for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module)) {
                let text = fs::read_to_string(&path).expect("a source");
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                if code.clone().any(|line| line.contains(word)) {
                    wrong.push(format!("{} names {word}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a line of code names a module of this crate.
fn names(line: &str, module: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let path = format!("crate::{module}");
    let after = code.split(&path).skip(1).map(|rest| rest.chars().next());
    after.into_iter().any(|next| !next.is_some_and(|ch| ch.is_alphanumeric() || ch == '_'))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                found.push(path);
            }
        }
    }
    found
}
