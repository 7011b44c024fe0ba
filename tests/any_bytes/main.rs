//! Whatever the bytes are, a document comes of them, and its invariants hold.

mod invariants;

use std::fs;
use std::path::Path;

use invariants::check;
use proptest::prelude::*;
use recto::article::load;

fn fixtures() -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let files = fs::read_dir(dir)
        .expect("fixtures can be read")
        .map(|one| one.expect("fixtures can be read").path());
    let mut all: Vec<_> = files.map(|path| fs::read(path).expect("fixtures can be read")).collect();
    all.push(include_bytes!("../../assets/sample.json").to_vec());
    all
}

#[test]
fn fixtures_cut_anywhere() {
    for bytes in fixtures() {
        for part in 0..=16 {
            check(bytes[..bytes.len() * part / 16].to_vec());
        }
    }
}

#[test]
fn depth_is_no_danger() {
    let deep = 100_000;
    let open = r#"{"@type":"Article","headline":"x","comment":["#.to_owned();
    let nested = open + &r#"{"text":"t","comment":["#.repeat(deep) + &"]}".repeat(deep) + "]}";
    let doc = load::document(nested.clone().into_bytes());
    assert_eq!(doc.comments.len(), deep);
    for text in ["[", "> ", "- ", "{\"a\":", "*a **b ", "![", "<a ", "`a``"] {
        check(format!("# t\n\n{}", text.repeat(3000)).into_bytes());
        check(text.repeat(3000).into_bytes());
    }
}

#[test]
fn hostile_pages_and_feeds_are_cut_to_what_is_safe() {
    for (part, times) in [
        ("<div>", 20_000),
        ("<table><tr><td>", 5_000),
        ("<blockquote>", 20_000),
        ("<li class=\"comment\" id=\"comment-1\"><cite>a</cite><p>t", 5_000),
        ("<p>x<b><br><br>", 5_000),
        ("<a ", 50_000),
        ("<!x[", 50_000),
        ("&", 50_000),
    ] {
        check(format!("<!DOCTYPE html><body>{}", part.repeat(times)).into_bytes());
        check(format!("<rss>{}", part.repeat(times)).into_bytes());
    }
    let attributes = " a=x".repeat(100_000);
    check(format!("<!DOCTYPE html><body><p{attributes}>x").into_bytes());
}

#[test]
fn no_address_of_mail_enters_a_document() {
    for name in ["wxr.xml", "disqus.xml", "atom.xml", "letters.mbox"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles").join(name);
        let bytes = fs::read(file).expect("fixtures can be read");
        assert!(bytes.contains(&b'@'), "{name}");
        let doc = format!("{:?}", load::document(bytes));
        assert!(!doc.contains("@example.org") && !doc.contains("192.0.2"), "{name}");
    }
}

/// Pieces that mean something to one format or another.
const PIECES: &[&str] = &[
    "---\n",
    "+++\n",
    "title: x\n",
    "# Head\n\n",
    "## Comments\n\n",
    "### Ann — 2026 {#a parent=b}\n\n",
    "> q\n",
    "- i\n",
    "1. n\n",
    "```\n",
    "|a|b|\n|-|-|\n",
    "[l](u)",
    "![",
    "](",
    "**",
    "*",
    "<b>",
    "<!--",
    "\n",
    "\n\n",
    "Comments\n",
    "3 Comments\n",
    "Comment Commented Bo\n",
    "<!DOCTYPE html>",
    "<li class=\"comment depth-2\" id='comment-7'>",
    "<table><tr><td>",
    "<p class=fn>Ann</p>",
    "<pre>\n",
    "<br><br>",
    "</a>",
    "<a href='http://x'>",
    "<script>",
    "<rss><item>",
    "<wp:comment>",
    "<![CDATA[",
    "From a Mon Sep 30 16:00:00 2024\n",
    "Subject: x\nFrom: a\n",
    "\"children\":[",
    "\"author\":null",
    "\"type\":\"x\"",
    "\"kind\":\"Listing\"",
    "\"post_stream\":{\"posts\":[",
    "WARC/1.0\r\n",
    "PK\u{3}\u{4}",
    "Cy says:\n",
    "March 3, 2026\n",
    "Di / 3/4/2026\n",
    "Posted by: Ed | 4 March 2026\n",
    "Read more\n",
    "Featured\n",
    "Reply\n",
    "PORTO – The tide.\n",
    "{",
    "}",
    "[",
    "]",
    "\"@type\":\"Article\"",
    "\"comment\":",
    ",",
    ":",
    "\"",
    "\\u00e9",
    "\r\n",
    "\u{2028}",
    "e\u{301}",
    "👩‍👩‍👧",
    "\u{0}",
    "The harbour was full of boats that nobody had seen before, and by noon it was empty again, and nobody spoke of it to anyone else.\n",
];

/// Some of them, in any order.
fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        check(bytes);
    }

    #[test]
    fn pieces_of_every_format(text in pieces()) {
        check(text.into_bytes());
    }

    #[test]
    fn mutated_fixtures(which in any::<prop::sample::Index>(), edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..20)) {
        let all = fixtures();
        let mut bytes = which.get(&all).clone();
        for (at, byte, what) in edits.into_iter().filter(|_| !all.is_empty()) {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            match what {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => drop(bytes.remove(at)),
                _ => bytes.truncate(bytes.len().saturating_sub(1)),
            }
        }
        check(bytes);
    }
}
