//! Texts with the names marked in them, under `tests/names`, and laws that hold for any text.
//!
//! A mark is `[words|kind number]`: marks with one kind and number are one entity. A blank line
//! parts blocks; `# ` begins a remark; `--- byline: NAME`, `--- dateline: PLACE` and
//! `--- comment: AUTHOR` set the structure.

use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use recto::analysis::{Entity, Kind, Mention, entities};
use recto::article::Document;
use recto::article::builder::{Builder, CommentHead};

/// A text without its marks, and where they were.
#[derive(Default)]
struct Marked {
    builder: Builder,
    authors: Vec<String>,
    dateline: Option<String>,
    /// Words, kind and number of each mark, in order.
    marks: Vec<(String, String)>,
}

impl Marked {
    fn read(file: &str) -> Self {
        let mut marked = Self::default();
        for block in file.split("\n\n") {
            let lines =
                block.lines().filter(|line| !line.starts_with("# ")).collect::<Vec<_>>().join("\n");
            let words = marked.unmark(lines.trim());
            marked.block(&words);
        }
        marked
    }

    fn block(&mut self, words: &str) {
        let head = words.strip_prefix("--- ").and_then(|head| head.split_once(": "));
        match head {
            Some(("byline", name)) => {
                self.authors.push(name.to_owned());
                self.builder.title("", &format!("by {name}"));
            }
            Some(("dateline", place)) => self.dateline = Some(place.to_owned()),
            Some(("comment", name)) => {
                let author = Some(name.to_owned());
                self.builder.comment(&CommentHead { author, ..CommentHead::default() });
            }
            _ if words.is_empty() => {}
            _ => self.builder.paragraph(words),
        }
    }

    /// Takes the marks out of a block.
    fn unmark(&mut self, block: &str) -> String {
        let mut words = String::new();
        let mut rest = block;
        while let Some((before, after)) = rest.split_once('[') {
            let (mark, tail) = after.split_once(']').expect("a mark is closed");
            let (name, label) = mark.split_once('|').expect("a mark has a kind");
            words.push_str(before);
            words.push_str(name);
            self.marks.push((name.to_owned(), label.to_owned()));
            rest = tail;
        }
        words + rest
    }

    fn finish(self) -> (Document, Vec<(String, String)>) {
        let mut doc = self.builder.finish();
        doc.head.authors = self.authors;
        doc.head.dateline = self.dateline;
        (doc, self.marks)
    }
}

/// The mentions as marks, entities numbered within their kind by first mention.
fn found(doc: &Document) -> Vec<(String, String)> {
    let (entities, mentions) = entities::find(doc);
    check(doc, &entities, &mentions);
    let mut numbers: Vec<(u32, String)> = Vec::new();
    let mut marks = Vec::new();
    for mention in &mentions {
        let kind = entities[mention.entity as usize].kind.name();
        let of_kind = numbers.iter().filter(|(_, label)| label.starts_with(kind)).count();
        let label = match numbers.iter().find(|(entity, _)| *entity == mention.entity) {
            Some((_, label)) => label.clone(),
            None => format!("{kind} {}", of_kind + 1),
        };
        numbers.push((mention.entity, label.clone()));
        numbers.dedup();
        numbers.sort();
        numbers.dedup();
        marks.push((doc.slice(mention.span).to_owned(), label));
    }
    marks
}

/// What the documentation of `Analysis` promises.
fn check(doc: &Document, entities: &[Entity], mentions: &[Mention]) {
    assert!(
        mentions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start),
        "mentions overlap"
    );
    let mut count = 0;
    for (number, entity) in (0..).zip(entities) {
        let own: Vec<_> = mentions
            .iter()
            .filter(|mention| mention.entity == number)
            .map(|mention| mention.span)
            .collect();
        assert_eq!(own, *entity.mentions);
        assert!(!own.is_empty() && !entity.name.is_empty());
        let in_body = own.iter().filter(|span| span.start < doc.discussion_start()).count();
        assert_eq!(in_body, entity.in_body as usize);
        assert!(
            own.iter().any(|&span| {
                let form = doc.slice(span);
                form == entity.name || form.to_uppercase() == entity.name.to_uppercase()
            }),
            "{} stands in the text",
            entity.name
        );
        assert!(entity.aliases.iter().all(|alias| *alias != entity.name));
        count += own.len();
    }
    assert_eq!(count, mentions.len());
    for mention in mentions {
        let block = &doc.blocks[doc.block_at(mention.span.start)];
        assert!(
            block.span.covers(mention.span) && !mention.span.is_empty(),
            "a mention crosses blocks"
        );
        assert!(!doc.slice(mention.span).contains('\n'), "a mention crosses lines");
    }
    let rank = |entity: &Entity| (std::cmp::Reverse(entity.mentions.len()), entity.mentions[0]);
    assert!(entities.windows(2).all(|pair| rank(&pair[0]) < rank(&pair[1])));
}

#[test]
fn names_in_the_texts_are_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names");
    let mut files: Vec<_> =
        folder.read_dir().expect("tests/names").map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut report = String::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("readable");
        let (doc, wanted) = Marked::read(&text).finish();
        let got = found(&doc);
        let only = |these: &[(String, String)], those: &[(String, String)]| {
            these
                .iter()
                .filter(|mark| !those.contains(mark))
                .map(|(name, label)| format!("[{name}|{label}]"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        if got != wanted {
            let name = file.file_name().unwrap_or_default().display();
            writeln!(
                report,
                "{name}\n  missing: {}\n  not wanted: {}",
                only(&wanted, &got),
                only(&got, &wanted)
            )
            .expect("a string");
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

fn document(paragraphs: &[String], comments: &[(Option<String>, String)]) -> Document {
    let mut builder = Builder::new();
    for paragraph in paragraphs {
        builder.paragraph(paragraph);
    }
    for (author, words) in comments {
        builder.comment(&CommentHead { author: author.clone(), ..CommentHead::default() });
        builder.paragraph(words);
    }
    let mut doc = builder.finish();
    doc.head.dateline = paragraphs.first().map(|first| first.chars().take(5).collect());
    doc
}

/// Words that rules look for, in any order.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Ada",
        "Brandt",
        "Oslo",
        "US",
        "the",
        "of",
        "and",
        "Agency",
        "University",
        "President",
        "said",
        ",",
        ".",
        "(",
        ")",
        "’s",
        "-",
        "A.",
        "Mr.",
        "Jr.",
        "Lake",
        "“",
        "”",
        "\n",
        "\t",
        "@",
        "in",
        "Islands",
        "LXA",
        "von",
        "&",
        "\u{301}",
        "王",
        "Über",
        "may",
        "May",
    ]);
    prop::collection::vec((word, prop::bool::ANY), 0..30).prop_map(|words| {
        words.into_iter().flat_map(|(word, space)| [word, if space { " " } else { "" }]).collect()
    })
}

proptest! {
    // The word lists are read in each case, which takes its time in a debug build.
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_the_promises(
        paragraphs in prop::collection::vec(prop_oneof![words(), "\\PC{0,60}"], 0..5),
        comments in prop::collection::vec((prop::option::of(prop_oneof![words(), "\\PC{0,12}"]), words()), 0..4),
    ) {
        let doc = document(&paragraphs, &comments);
        found(&doc);
        prop_assert_eq!(entities::find(&doc), entities::find(&doc));
    }
}

#[test]
fn long_hostile_texts_are_read_in_linear_time() {
    for piece in [
        "A ",
        "Abc Def ",
        "1",
        "ế",
        "A.",
        "Ab of the ",
        "Mr. Ab ",
        "@a",
        "Ab-",
        "\u{301}",
        "(AB) ",
        "“Ab ",
        "Ab\n",
    ] {
        let doc = document(&[piece.repeat(50_000 / piece.len())], &[]);
        let (entities, mentions) = entities::find(&doc);
        assert!(entities.len() <= mentions.len() && mentions.len() <= 50_000);
    }
}

#[test]
fn kinds_have_names_of_their_own() {
    let names: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    assert!(names.iter().all(|name| names.iter().filter(|other| name == *other).count() == 1));
}
