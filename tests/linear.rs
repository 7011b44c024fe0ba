//! Reading by commands over a plain pipe, as a screen reader or another program does.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Gives the program commands, a line each; what it answers, an answer for each after the first.
fn read(data: &Path, files: &[&str], commands: &[&str]) -> Vec<String> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_recto"))
        .arg("--linear")
        .args(files)
        .arg("--data-dir")
        .arg(data)
        .arg("--config")
        .arg(data.join("none.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = program.stdin.take().expect("a pipe");
    input.write_all((commands.join("\n") + "\n").as_bytes()).expect("written");
    drop(input);
    let output = program.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(!text.contains('\x1b'), "nothing is painted");
    text.trim_end().split("\n\n").map(str::to_owned).collect()
}

#[test]
fn the_sample_is_read_from_top_to_end() {
    let data = tempfile::tempdir().expect("a folder");
    let answers = read(data.path(), &[], &[""; 200]);
    let text = answers.join("\n");
    let doc =
        recto::article::load::document(std::fs::read("assets/sample.json").expect("the sample"));
    let mut from = 0;
    for block in doc.blocks.iter().filter(|block| !block.span.is_empty()) {
        let words = doc.words(block).trim().replace('\n', " ");
        let found = text.get(from..).and_then(|rest| rest.find(&words)).map(|at| from + at);
        from = found.unwrap_or_else(|| panic!("{words} is not read in its place"));
    }
    assert!(text.contains("Comments.\nComment 1 of 12 by"), "the focus is announced");
    assert_eq!(answers.last().expect("an answer"), "this is the last one");
}

#[test]
fn names_are_listed_a_quotation_is_followed_and_a_passage_is_bookmarked() {
    let data = tempfile::tempdir().expect("a folder");
    let commands = ["3", "2", "next-quote", "go", "m", "a", "well put", "/nobody", "close"];
    let answers = read(data.path(), &[], &commands);
    let [_, names, second, quote, followed, kept, asked, noted, found] = &answers[..] else {
        panic!("{answers:#?}");
    };
    assert!(names.starts_with("Entities.\nPeople:\n1. "), "{names}");
    let name = names.lines().find_map(|line| line.strip_prefix("2. ")).expect("a name");
    assert!(second.contains(name.split(',').next().unwrap_or_default()), "{second}");
    assert!(quote.contains("takes it up: go") || quote.contains("takes up a passage"), "{quote}");
    assert!(followed.starts_with("Comments.\n") || followed.starts_with("Article.\n"));
    assert_eq!(kept, "bookmark saved");
    assert!(asked.starts_with("note: "), "{asked}");
    assert_eq!(noted, "note saved");
    assert!(found.to_lowercase().contains("nobody"), "{found}");
    let again = read(data.path(), &[], &["'"]);
    assert!(again.last().is_some_and(|it| it.contains("well put")), "{again:#?}");
}

#[test]
fn what_is_no_command_is_said_and_reading_goes_on() {
    let data = tempfile::tempdir().expect("a folder");
    let answers = read(data.path(), &[], &["fly", "he", "help", "\u{1b}[2J", "."]);
    assert_eq!(answers[1], "no command is “fly”: help lists them");
    assert!(answers[3].contains("next-quote: next quotation or quoted passage (]q)"));
    assert_eq!(answers[4], "no command is “␛[2J”: help lists them");
}

#[test]
fn several_files_are_listed_and_one_is_opened_by_its_number() {
    let data = tempfile::tempdir().expect("a folder");
    let folder = data.path().join("articles");
    std::fs::create_dir(&folder).expect("a folder");
    let files = [("one.md", "pier"), ("two.md", "quay")].map(|(name, title)| {
        let path = folder.join(name);
        std::fs::write(&path, format!("# The {title}\n\nIt is closed.\n")).expect("written");
        path.to_string_lossy().into_owned()
    });
    let folder = folder.to_string_lossy().into_owned();
    for named in [vec![folder.as_str()], files.iter().map(String::as_str).collect()] {
        let answers = read(data.path(), &named, &["2", "close"]);
        let [list, opened, ..] = &answers[..] else { panic!("{answers:#?}") };
        assert!(list.contains("1. ") && list.contains("The pier"), "{list}");
        assert!(list.contains("2. ") && list.contains("The quay"), "{list}");
        assert!(opened.contains("The quay"), "{opened}");
    }
}

#[test]
fn no_command_reads_more_than_it_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("tide.txt");
    std::fs::write(&file, "The tide.\n".repeat(200_000)).expect("written");
    let file = file.to_str().expect("a path");
    for words in [&["show"][..], &["inspect"], &["convert", "--to", "json"], &["--linear"]] {
        let out = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(words)
            .args(["--max-size", "1", file])
            .env("RECTO_DATA_DIR", dir.path())
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(said.contains("larger than the 1 MB"), "{words:?}: {said}");
        assert_eq!(out.status.code(), Some(2), "{words:?}");
    }
}
