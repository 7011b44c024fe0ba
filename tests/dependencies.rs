//! What is built in may be: its licences and sources are those that `deny.toml` allows, by the
//! files of the packages themselves, so that no network is needed.

use std::process::Command;

use serde_json::Value;

#[test]
fn licences_and_sources_are_allowed() {
    let rules: toml::Table = toml::from_str(include_str!("../deny.toml")).expect("rules");
    let list = |part: &str, name: &str| -> Vec<String> {
        let words = rules[part][name].as_array().expect("a list").iter();
        words.map(|word| word.as_str().expect("a word").to_owned()).collect()
    };
    let (allowed, refused) = (list("licenses", "allow"), list("bans", "deny"));
    let packages = packages();
    assert!(packages.len() > 100, "only {} packages were looked at", packages.len());
    for package in packages.iter().filter(|package| package["name"] != "recto") {
        let name = package["name"].as_str().expect("a name");
        let licence = package["license"].as_str().unwrap_or("none");
        let source = package["source"].as_str().unwrap_or("none");
        assert!(is_allowed(licence, &allowed), "{name}: {licence}");
        assert!(source.starts_with("registry+https://github.com/rust-lang/"), "{name}: {source}");
        assert!(!refused.iter().any(|other| other == name), "{name} is not to be built in");
    }
}

/// What is built in by choice, and whether it is in this test.
const CHOICES: [(&str, bool); 2] =
    [("clipboard", cfg!(feature = "clipboard")), ("images", cfg!(feature = "images"))];

/// The packages for this system: those are on the disk, since the test was built from them.
fn packages() -> Vec<Value> {
    let about = cargo(&["-vV"]);
    let about = String::from_utf8(about).expect("UTF-8");
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let chosen = CHOICES.into_iter().filter(|(_, is_in)| *is_in).map(|(name, _)| name);
    let chosen = chosen.collect::<Vec<_>>().join(",");
    let only = ["--locked", "--offline", "--filter-platform", host, "--features", &chosen];
    let found = cargo(&[&["metadata", "--format-version", "1"], &only[..]].concat());
    let value: Value = serde_json::from_slice(&found).expect("JSON");
    value["packages"].as_array().expect("packages").clone()
}

fn cargo(arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    let done = command.output().expect("cargo");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

/// Whether all that must hold of an SPDX expression is allowed; `/` is how `OR` was written once.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let flat = expression.replace('/', " OR ").replace(['(', ')'], "");
    let any = |terms: &str| terms.split(" OR ").any(|term| allowed.iter().any(|it| it == term));
    flat.split(" AND ").all(any)
}

#[test]
fn an_expression_is_allowed_as_a_whole() {
    let allowed = ["MIT".to_owned(), "Unicode-3.0".to_owned()];
    assert!(is_allowed("GPL-3.0/MIT", &allowed));
    assert!(is_allowed("(GPL-3.0 OR MIT) AND Unicode-3.0", &allowed));
    assert!(!is_allowed("MIT AND GPL-3.0", &allowed));
    assert!(!is_allowed("none", &allowed));
}
