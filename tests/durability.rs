//! Bookmarks survive a kill, two writers, a full disk and a folder that cannot be written to:
//! the real program, run many times. The driver of `tests/durability/recto.toml` does the same
//! with keys on a terminal.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

const ARTICLE: &str = "The harbour master closed the north pier on Monday.\n\n\
    Fishing boats were moved to the inner basin, and the ferry ran every second hour.\n\n\
    The town has asked for a breakwater since the winter of the long storms.\n";

/// A folder with an article and a place for the record.
struct Bench {
    dir: TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { dir: TempDir::new().expect("a temporary folder") };
        fs::write(bench.article(), ARTICLE).expect("a folder that can be written");
        bench
    }

    fn article(&self) -> PathBuf {
        self.dir.path().join("article.txt")
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn recto(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
        command.env("RECTO_DATA_DIR", self.data()).stdin(Stdio::null());
        command
    }

    fn add(&self, words: &str) -> Command {
        let mut command = self.recto();
        command.args(["bookmarks", "add", "--quote", words]).arg(self.article());
        command
    }

    /// The identifiers that are listed, and what is said beside.
    fn list(&self) -> (BTreeSet<String>, String) {
        let out = self.recto().args(["bookmarks", "list", "--json"]).output().expect("it runs");
        assert!(out.status.success(), "{out:?}");
        let list: Vec<Value> = serde_json::from_slice(&out.stdout).expect("JSON");
        let ids = list.iter().map(|item| {
            assert_ne!(item["exact"], "");
            item["id"].as_str().expect("an id").to_owned()
        });
        let ids: Vec<String> = ids.collect();
        let set: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(set.len(), ids.len(), "nothing is listed twice");
        (set, String::from_utf8_lossy(&out.stderr).into_owned())
    }

    fn notes(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let folders = fs::read_dir(self.data().join("notes")).expect("a folder").flatten();
        for folder in folders {
            let paths = fs::read_dir(folder.path()).expect("a folder").flatten();
            found.extend(paths.map(|entry| entry.path()));
        }
        found.retain(|path| path.extension().is_some_and(|kind| kind == "json"));
        found.sort();
        found
    }
}

fn id(out: &Output) -> Option<String> {
    let printed = String::from_utf8_lossy(&out.stdout).trim().to_owned();
    out.status.success().then_some(printed).filter(|id| !id.is_empty())
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_said_to_be_saved() {
    let bench = Bench::new();
    let (mut acked, mut listed) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..30_u64 {
        let mut child = bench.add("north pier").stdout(Stdio::piped()).spawn().expect("it starts");
        std::thread::sleep(Duration::from_micros(round * 700));
        child.kill().expect("it can be killed");
        let out = child.wait_with_output().expect("it ends");
        // What it printed it had saved, though it was killed right after.
        let printed = String::from_utf8_lossy(&out.stdout).trim().to_owned();
        acked.extend(Some(printed).filter(|id| !id.is_empty()));
        let (now, said) = bench.list();
        assert!(acked.is_subset(&now) && listed.is_subset(&now), "round {round}");
        assert_eq!(said, "");
        listed = now;
    }
    acked.extend(id(&bench.add("inner basin").output().expect("it runs")));
    assert!(!acked.is_empty() && acked.is_subset(&bench.list().0));
}

#[test]
fn two_programs_at_once_lose_nothing() {
    let bench = Bench::new();
    let write = |words: &'static str| {
        let out = (0..10).map(|_| bench.add(words).output().expect("it runs"));
        out.map(|out| id(&out).expect("it is saved")).collect::<BTreeSet<_>>()
    };
    let (one, other) = std::thread::scope(|scope| {
        let [one, other] = ["ferry", "long storms"].map(|words| scope.spawn(move || write(words)));
        (one.join().expect("no panic"), other.join().expect("no panic"))
    });
    assert_eq!(bench.list().0, one.union(&other).cloned().collect());
}

#[cfg(unix)]
#[test]
fn a_full_disk_harms_nothing_and_is_said() {
    let bench = Bench::new();
    let first = id(&bench.add("ferry").output().expect("it runs")).expect("it is saved");
    let before: Vec<Vec<u8>> = bench.notes().iter().map(|path| fs::read(path).unwrap()).collect();
    // Files of this size at most: writing more fails as on a full disk.
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
    for _ in 0..3 {
        let add = bench.add("inner basin");
        let mut limited = Command::new("sh");
        limited.args(["-c", script]).arg(add.get_program()).args(add.get_args());
        limited.env("RECTO_DATA_DIR", bench.data());
        // What it says goes through a pipe, which has no such limit.
        let out = limited.stdin(Stdio::null()).output().expect("it runs");
        let said = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{out:?}");
        assert!(said.contains("not saved: ") && out.stdout.is_empty(), "{out:?}");
    }
    assert_eq!(bench.list(), (BTreeSet::from([first]), String::new()));
    let after: Vec<Vec<u8>> = bench.notes().iter().map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(after, before);
    assert!(id(&bench.add("inner basin").output().expect("it runs")).is_some());
}

#[test]
fn where_no_folder_can_be_made_that_is_said_and_the_article_is_read() {
    let bench = Bench::new();
    let under_a_file = bench.article().join("data");
    let out = bench.add("ferry").env("RECTO_DATA_DIR", &under_a_file).output().expect("it runs");
    assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&out.stderr).contains("not saved: "), "{out:?}");
    let mut show = bench.recto();
    show.env("RECTO_DATA_DIR", &under_a_file).arg("show").arg(bench.article());
    assert!(String::from_utf8_lossy(&show.output().expect("it runs").stdout).contains("harbour"));
}

#[test]
fn damaged_and_newer_files_are_named_and_kept() {
    let bench = Bench::new();
    for words in ["ferry", "north pier"] {
        assert!(id(&bench.add(words).output().expect("it runs")).is_some());
    }
    let path = bench.notes().remove(0);
    let good = fs::read(&path).unwrap();
    let newer = String::from_utf8(good.clone()).unwrap();
    let newer = newer.replace("\"recto:version\": 1", "\"recto:version\": 2").into_bytes();
    for bytes in [&b""[..], &good[..good.len() / 2], &vec![0; good.len()], &newer] {
        fs::write(&path, bytes).unwrap();
        let (ids, said) = bench.list();
        assert_eq!(ids.len(), 1);
        assert!(said.contains(path.file_name().unwrap().to_str().unwrap()), "{said}");
        assert!(id(&bench.add("inner basin").output().expect("it runs")).is_some());
        assert_eq!(fs::read(&path).unwrap(), bytes);
        for other in bench.notes().iter().skip(2) {
            fs::remove_file(other).unwrap();
        }
    }
}

fn copied(path: &Path, name: &str) -> PathBuf {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
    path.with_file_name(name.replace('*', stem))
}

#[test]
fn conflict_copies_are_merged_and_left_in_place() {
    let bench = Bench::new();
    assert!(id(&bench.add("ferry").output().expect("it runs")).is_some());
    let path = bench.notes().remove(0);
    let mut value: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let names = [
        "*.sync-conflict-20261123-120000-ABCDEFG.json",
        "* (conflicted copy 2026-11-23).json",
        "* (Ida's conflicted copy).json",
        "*.json.orig",
    ];
    for (year, name) in (2030..).zip(names) {
        value["modified"] = format!("{year}-01-01T00:00:00Z").into();
        value["body"] = serde_json::json!({"type": "TextualBody", "value": name});
        let bytes = value.to_string();
        fs::write(copied(&path, name), &bytes).unwrap();
        let out = bench.recto().args(["bookmarks", "list", "--json"]).output().unwrap();
        let list: Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!(list.as_array().map(Vec::len), Some(1));
        assert_eq!((list[0]["note"].as_str(), out.stderr.len()), (Some(name), 0));
        assert_eq!(fs::read_to_string(copied(&path, name)).unwrap(), bytes);
    }
}

#[test]
fn check_delete_and_restore_say_what_they_did() {
    let bench = Bench::new();
    let out = bench.add("inner basin").args(["--tag", "sea", "--note", "where?"]).output().unwrap();
    let sea = id(&out).unwrap();
    assert!(id(&bench.add("closed the north pier on Monday").output().unwrap()).is_some());
    assert!(id(&bench.add("the long storms").output().unwrap()).is_some());
    let edited = ARTICLE
        .replace("north pier", "whole pier")
        .replace("the winter of the long storms", "then");
    fs::write(bench.article(), format!("News on top.\n\n{edited}")).unwrap();
    let check = |arguments: &[&str]| {
        let mut command = bench.recto();
        let out = command.args(["bookmarks", "check"]).args(arguments).arg(bench.article());
        String::from_utf8(out.output().unwrap().stdout).unwrap()
    };
    let text = check(&[]);
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines[0], "edited     closed the [-north-] {+whole+} pier on Monday");
    assert!(
        lines[1].starts_with("lost       ") && lines[1].ends_with("[the long storms]"),
        "{text}"
    );
    assert_eq!(lines[2], "moved      inner basin");
    let json: Value = serde_json::from_str(&check(&["--json"])).unwrap();
    let one = json.as_array().unwrap().iter().find(|one| one["verdict"] == "edited").unwrap();
    assert_eq!(one["diff"][1], serde_json::json!(["-", "north"]));
    let run = |arguments: &[&str]| bench.recto().arg("bookmarks").args(arguments).output().unwrap();
    assert!(run(&["delete", &sea]).status.success());
    assert!(!bench.list().0.contains(&sea));
    assert!(run(&["restore", sea.get(9..).unwrap()]).status.success());
    assert!(bench.list().0.contains(&sea));
    let export = String::from_utf8(run(&["export"]).stdout).unwrap();
    assert!(export.contains("> inner basin\n\nwhere?\n\n— article · #sea · ["));
    assert_eq!(run(&["delete", "nothing"]).status.code(), Some(2));
}
