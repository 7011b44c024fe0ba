//! What an installation holds beside the program is as the program is.

use std::process::Command;

use recto::app::keys;

fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_recto")).args(arguments).output();
    let output = output.expect("it starts");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn every_shell_completes_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for word in ["linear", "inspect", "bookmarks", "export", "completions", "data-dir"] {
            assert!(script.contains(word), "{word} in {shell}");
        }
    }
}

#[test]
fn the_manual_page_tells_options_commands_and_keys() {
    let page = printed(&["man"]).replace("\\-", "-");
    for words in [".TH recto 1", "--linear", ".SS \"recto inspect [OPTIONS] <FILE>\"", ".SH KEYS"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    // There is no other page that it could send to.
    assert!(!page.contains("(1)"), "{page}");
    for (topic, bindings) in keys::table() {
        assert!(page.contains(topic), "{topic}");
        assert!(bindings.iter().all(|binding| page.contains(binding.name)), "{topic}");
    }
}

#[test]
fn the_package_and_the_release_hold_the_same_files() {
    let root = env!("CARGO_MANIFEST_DIR");
    let read = |name: &str| std::fs::read_to_string(format!("{root}/{name}")).expect("a file");
    let (manifest, release) = (read("Cargo.toml"), read(".github/workflows/release.yml"));
    let made = manifest.split('"').filter(|word| word.starts_with("target/install/"));
    let made: Vec<&str> = made.collect();
    assert!(made.len() > 3);
    assert!(made.iter().all(|file| release.contains(&format!("> {file}"))), "{made:?}");
}
