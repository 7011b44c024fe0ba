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

fn packages() -> Vec<Value> {
    let done = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    let said = String::from_utf8_lossy(&done.stderr);
    let value: Value = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{said}"));
    value["packages"].as_array().expect("packages").clone()
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
