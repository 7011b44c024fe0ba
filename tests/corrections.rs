//! What the reader corrected in the list of names is kept, for one article or for all, and read
//! by the commands too.

use std::fs;
use std::process::Command;

use recto::analysis::Kind;
use recto::analysis::corrections::Correction;
use recto::record::origin::ArticleKey;
use recto::store::Store;
use serde_json::{Value, json};

fn hide(name: &str) -> Correction {
    Correction::Hide { name: name.into() }
}

#[test]
fn corrections_are_kept_for_an_article_or_for_all_and_can_be_taken_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(Some(dir.path()), None);
    let (one, other) = (ArticleKey::of("one"), ArticleKey::of("other"));
    store.correct(Some(&one), &hide("Oslo")).expect("kept");
    store
        .correct(None, &Correction::Kind { name: "Gull".into(), kind: Kind::Product })
        .expect("kept");
    let everywhere = Correction::Kind { name: "Gull".into(), kind: Kind::Product };
    assert_eq!(store.corrections(&one), [everywhere.clone(), hide("Oslo")]);
    assert_eq!(store.corrections(&other), [everywhere]);
    store.take_back(Some(&one), &hide("Oslo")).expect("taken back");
    assert_eq!(store.corrections(&one).len(), 1);
}

#[test]
fn what_a_newer_version_wrote_is_kept_and_what_is_no_json_is_left_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(Some(dir.path()), None);
    let path = dir.path().join("corrections").join("all.json");
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let newer = json!({
        "corrections": [{"do": "hide", "name": "Oslo", "why": "a boat"}, {"do": "dream", "of": 1}],
        "colour": "blue",
    });
    fs::write(&path, newer.to_string()).expect("written");
    store.correct(None, &hide("Gull")).expect("kept");
    let now: Value = serde_json::from_slice(&fs::read(&path).expect("it")).expect("JSON");
    assert_eq!(now["colour"], "blue");
    assert_eq!(now["corrections"].as_array().map(Vec::len), Some(3));
    assert_eq!(now["corrections"][0]["why"], "a boat");
    assert_eq!(store.corrections(&ArticleKey::of("one")), [hide("Oslo"), hide("Gull")]);

    fs::write(&path, "no JSON").expect("written");
    assert!(store.correct(None, &hide("Gull")).is_err());
    assert_eq!(fs::read_to_string(&path).expect("it"), "no JSON");
}

#[test]
fn inspect_shows_names_as_they_were_corrected() {
    let dir = tempfile::tempdir().expect("a folder");
    let inspect = || {
        let output = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(["inspect", "--json", "tests/screens/pier.json", "--data-dir"])
            .arg(dir.path())
            .output()
            .expect("it runs");
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    };
    let names = |value: &Value| {
        let entities = value["entities"].as_array().cloned().unwrap_or_default();
        entities
            .iter()
            .filter_map(|one| one["name"].as_str().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert!(names(&inspect()).contains(&"Tom Pascoe".to_owned()));
    Store::open(Some(dir.path()), None).correct(None, &hide("Tom Pascoe")).expect("kept");
    assert!(!names(&inspect()).contains(&"Tom Pascoe".to_owned()));
}
