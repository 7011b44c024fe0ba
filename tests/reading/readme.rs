//! The README shows the real screen and the real keys. `UPDATE=1 cargo test --test reading`
//! writes both anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use recto::app::keys;
use recto::article::load;
use recto::config;
use recto::layout::panes::Size;

use crate::world::{World, letters};

const SIZE: Size = Size { width: 120, height: 30 };

#[test]
fn the_readme_shows_the_program_as_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let was = fs::read_to_string(root.join("README.md")).expect("README.md");
    let mut now = put(&was, "<!-- picture: ", |keys| picture(root, keys));
    now = put(&now, "<!-- keys", |_| table());
    now = put(&now, "<!-- config", |_| format!("```toml\n{}```\n", config::settings()));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root.join("README.md"), &now).expect("written");
    }
    assert!(was == now, "README.md is not up to date: UPDATE=1 cargo test --test reading");
}

/// Replaces what stands between a mark and the next `<!-- end -->`.
fn put(text: &str, mark: &str, make: impl Fn(&str) -> String) -> String {
    let (before, rest) = text.split_once(mark).expect("a mark");
    let (argument, rest) = rest.split_once("-->\n").expect("an end of the mark");
    let (_, after) = rest.split_once("<!-- end -->").expect("an end");
    format!("{before}{mark}{argument}-->\n{}<!-- end -->{after}", make(argument.trim()))
}

fn picture(root: &Path, keys: &str) -> String {
    let doc = load::open(&root.join("assets/sample.json")).expect("the sample");
    let mut world = World::new(doc, SIZE);
    world.press(keys);
    format!("```text\n{}```\n", world.screen(&letters()).0)
}

fn table() -> String {
    let mut text = String::new();
    for (topic, bindings) in keys::table() {
        let _ = write!(text, "\n**{topic}**\n\n| keys | |\n|---|---|\n");
        for binding in bindings {
            let written = |key: &str| format!("`{}`", key.replace('|', "\\|"));
            let mut keys: Vec<String> = binding.keys.split_whitespace().map(written).collect();
            if keys.is_empty() {
                keys.push(format!("`:` {}", binding.name));
            }
            let _ = writeln!(text, "| {} | {} |", keys.join(" "), binding.help);
        }
    }
    text.push('\n');
    text
}
