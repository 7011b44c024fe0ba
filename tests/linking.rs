//! Links from comments to passages, as data: every file in `tests/links/` holds an article, its
//! comments and the links that are due. `~` stands for a line feed.

use std::{fs, path::Path};

use recto::analysis::{Analysis, LinkKind};
use recto::article::BlockKind;
use recto::article::Document;
use recto::article::builder::{Builder, CommentHead};

/// Reads the form described above.
fn parse(text: &str) -> (Document, Vec<String>) {
    let (mut builder, mut links) = (Builder::new(), Vec::new());
    for part in text.split("== ").skip(1) {
        let (head, body) = part.split_once('\n').expect("a head line");
        match head.split_once(' ') {
            None if head == "links" => links = body.lines().map(str::to_owned).collect(),
            None => body.trim().split("\n\n").for_each(|words| builder.paragraph(words)),
            Some(("comment", author)) => comment(&mut builder, author, None, body),
            Some((_, reply)) => {
                let (author, parent) = reply.split_once(" to ").expect("reply NAME to NUMBER");
                comment(
                    &mut builder,
                    author,
                    Some(parent.parse::<u32>().expect("a number") - 1),
                    body,
                );
            }
        }
    }
    (builder.finish(), links)
}

fn comment(builder: &mut Builder, author: &str, parent: Option<u32>, body: &str) {
    let author = Some(author.to_owned());
    builder.comment(&CommentHead { author, parent, ..CommentHead::default() });
    for words in body.trim().split("\n\n") {
        match words.strip_prefix("quote: ") {
            Some(words) => builder.block(BlockKind::Quote(1), &words.into()),
            None => builder.paragraph(words),
        }
    }
}

fn found(doc: &Document) -> Vec<String> {
    let shown = |span| doc.slice(span).replace('\n', " ~ ");
    let links = Analysis::of(doc).links.all.links.clone();
    links
        .iter()
        .map(|link| format!("{} | {} | {}", link.kind().name(), shown(link.from), shown(link.to)))
        .collect()
}

#[test]
fn every_file_has_the_links_it_expects() {
    let mut wrong = Vec::new();
    let mut files = 0;
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/links")).unwrap() {
        let path = file.unwrap().path();
        let (doc, due) = parse(&fs::read_to_string(&path).unwrap());
        let found = found(&doc);
        for line in due.iter().filter(|line| !found.contains(line)) {
            wrong.push(format!("{}: missing {line}", path.display()));
        }
        for line in found.iter().filter(|line| !due.contains(line)) {
            wrong.push(format!("{}: unexpected {line}", path.display()));
        }
        files += 1;
    }
    assert!(files > 5);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_reply_is_linked_to_its_parent_before_a_stranger() {
    let mut builder = Builder::new();
    builder.paragraph("Nothing of interest stands here.");
    for parent in [None, None, Some(1)] {
        builder.comment(&CommentHead { parent, ..CommentHead::default() });
        let marks = if parent.is_some() { ["“", "”"] } else { ["", ""] };
        builder.paragraph(&marks.join("seven geese crossed the frozen lake"));
    }
    let doc = builder.finish();
    let links = Analysis::of(&doc).links.all.links.clone();
    assert_eq!(links.len(), 1);
    assert_eq!((links[0].kind(), doc.comment_at(links[0].to.start)), (LinkKind::Quote, Some(1)));
}

/// Comments as author, parent and words; the last one quotes. Returns the comment it is linked to.
fn quoted_comment(comments: &[(&str, Option<u32>, &str)]) -> Option<usize> {
    let mut builder = Builder::new();
    builder.paragraph("Nothing of interest stands here.");
    for &(author, parent, words) in comments {
        comment(&mut builder, author, parent, words);
    }
    let doc = builder.finish();
    let links = Analysis::of(&doc).links.all.links.clone();
    let [link] = &*links else { return None };
    doc.comment_at(link.to.start)
}

const GEESE: &str = "seven geese crossed the frozen lake";
const QUOTED: &str = "“seven geese crossed the frozen lake”, and nobody counted";

#[test]
fn an_ancestor_is_linked_before_a_stranger() {
    let comments = [
        ("Ada", None, GEESE),
        ("Bo", None, GEESE),
        ("Cy", Some(1), "How many?"),
        ("Di", Some(2), "Who saw it?"),
        ("Eve", Some(3), QUOTED),
    ];
    assert_eq!(quoted_comment(&comments), Some(1));
}

#[test]
fn who_is_named_is_linked_before_the_parent() {
    let named = format!("Tante Käthe said {QUOTED}");
    let comments = [
        ("Tante Käthe", None, GEESE),
        ("Tante Anna", None, GEESE),
        ("Bo", None, GEESE),
        ("Cy", Some(2), named.as_str()),
    ];
    assert_eq!(quoted_comment(&comments), Some(0));
}

#[test]
fn of_two_comments_by_who_is_named_the_later_is_linked() {
    let named = format!("@ada {QUOTED}");
    let comments =
        [("Ada", None, GEESE), ("Ada", None, GEESE), ("Bo", None, GEESE), ("Cy", Some(2), &named)];
    assert_eq!(quoted_comment(&comments), Some(1));
}
