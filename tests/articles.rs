//! Every file under `tests/articles` is read, and the document is compared with the outline
//! beside it. `UPDATE=1 cargo test --test articles` writes the outlines anew.

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use recto::article::deadline::Deadline;
use recto::article::{Block, BlockKind, Document, Format, Part, Wanted, load};
use recto::headless::convert::{Target, convert, difference};

fn fixtures() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let entries = fs::read_dir(dir).expect("the fixtures");
    let mut files: Vec<PathBuf> = entries.map(|one| one.expect("a fixture").path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end != "doc"));
    files.sort();
    assert!(files.len() >= 15);
    files
}

#[test]
fn our_own_formats_hold_all_of_every_fixture() {
    for file in fixtures() {
        let doc = load::open(&file).expect("it can be read");
        for target in [Target::Json, Target::Markdown] {
            let mut written = Vec::new();
            convert(&doc, target, &mut written).expect("a vector takes it");
            let wrong = difference(&doc, written);
            assert_eq!(wrong, None, "{} as {target:?}", file.display());
        }
    }
}

#[test]
fn fixtures_become_the_documents_beside_them() {
    let files = fixtures();
    let wrong: Vec<String> = files.iter().filter_map(|file| compare(file)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_thread_that_lacks_its_end_is_shown_as_far_as_it_goes() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    for name in ["hacker_news", "lobsters", "discourse", "json_nested"] {
        let whole = fs::read(dir.join(name).with_extension("json")).expect("a fixture");
        let cut = whole.len() * 7 / 8;
        let (all, doc) = (load::document(whole.clone()), load::document(whole[..cut].to_vec()));
        assert!(doc.source.notes.iter().any(|note| note.contains("ends too early")), "{name}");
        assert_eq!(doc.source.format, all.source.format, "{name}");
        let (some, most) = (doc.comments.len(), all.comments.len());
        assert!(some > 0 && some <= most, "{name}: {some} of {most}");
    }
}

/// Formats that say where they end, each at the end of a fixture's name.
const ENDING: [&str; 8] = ["json", "har", "warc", "mhtml", "epub", "gz", "zst", "xml"];

#[test]
fn what_is_cut_off_says_so() {
    let says = ["ends before its end", "ends too early", "cut off", "damaged", "not JSON", "brace"];
    let mut silent = Vec::new();
    for file in fixtures() {
        let whole = fs::read(&file).expect("it can be read");
        let all = load::document(whole.clone());
        let end = file.extension().and_then(|end| end.to_str()).unwrap_or_default();
        let page = String::from_utf8_lossy(&whole).contains("</html>");
        for part in 1..16 {
            let doc = load::document(whole[..whole.len() * part / 16].to_vec());
            let told = |note: &String| says.iter().any(|it| note.contains(it));
            let known =
                doc.source.format == all.source.format && doc.source.format != Format::Plain;
            // What is missing behind the last thing that is read is nothing.
            let lacks = doc.text != all.text;
            let ends = ENDING.contains(&end) || end == "html" && page;
            if ends && known && lacks && !doc.source.notes.iter().any(told) {
                silent.push(format!("{} at {part}/16: {:?}", file.display(), doc.source.notes));
            }
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

/// A document of a text that is to be there before it was asked for the time so often.
fn within(asks: u32, bytes: &[u8]) -> (Document, u32) {
    let asked = Cell::new(0);
    let over = || {
        asked.set(asked.get() + 1);
        asked.get() > asks
    };
    let wanted = Wanted { part: Part::Whole, deadline: Deadline::new(&over) };
    (load::document_within(bytes.to_vec().into(), wanted), asked.get())
}

#[test]
fn a_text_that_takes_too_long_is_shown_as_it_stands() {
    let page = format!("<html><body>{}</body></html>", "<p>The lamp was lit.</p>".repeat(9000));
    let line =
        "{\"id\":2,\"type\":\"comment\",\"author\":\"Ada\",\"text\":\"Tide.\",\"children\":[]},";
    let list = line.repeat(5000);
    let story = "{\"id\":1,\"type\":\"story\",\"title\":\"T\",\"author\":\"Bo\",\"children\":";
    let thread = format!("{story}[{}]}}", list.trim_end_matches(','));
    let item = "<item><title>Tide</title><description>High.</description></item>".repeat(3000);
    let feed = format!("<rss><channel><title>T</title>{item}</channel></rss>");
    let letter = "From a@b Mon Jan  1 00:00:00 2024\nFrom: Ada <a@b>\nSubject: Tide\n\nHigh.\n\n";
    let texts = [page, thread, feed, letter.repeat(500)];
    for text in &texts {
        let (whole, asks) = within(u32::MAX, text.as_bytes());
        assert!(asks > 10, "{:?} is asked {asks} times", whole.source.format);
        for most in [0, 1, asks / 2, asks - 1] {
            let (doc, asked) = within(most, text.as_bytes());
            let note = "reading it took too long: shown as it stands";
            assert!(
                doc.source.notes.iter().any(|it| it == note),
                "{most} of {asks}: {:?}",
                doc.source
            );
            // Who was told stops: only those that are on the way ask once more.
            assert!(asked <= most + 8, "asked {asked} times, of {most}");
            assert!(doc.comments.is_empty() && doc.text.len() > text.len() / 2);
        }
        assert_eq!(within(asks, text.as_bytes()).0, whole);
    }
}

#[test]
fn each_article_of_a_file_can_be_chosen() {
    let mut several = 0;
    for file in fixtures() {
        let bytes = fs::read(&file).expect("it can be read");
        let listed = load::document(bytes.clone()).articles;
        for (number, one) in listed.iter().enumerate() {
            let doc = load::document_of(bytes.clone(), Part::Article(number as u32));
            assert_eq!(doc.article as usize, number, "{}", file.display());
            assert_eq!(doc.articles, listed);
            assert!(doc.head.title.is_none_or(|title| title == one.title));
        }
        several += usize::from(!listed.is_empty());
    }
    assert!(several >= 5);
}

#[test]
fn the_raw_text_has_every_line() {
    for file in fixtures() {
        let bytes = fs::read(&file).expect("it can be read");
        let Ok(text) = String::from_utf8(bytes.clone()) else { continue };
        let doc = load::document_of(bytes, Part::Raw);
        let raw = doc.text.replace("\n\n", "\n");
        let lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
        // An address is not shown, and what is too long for one block goes on in the next.
        let whole =
            |line: &&str| !line.contains('@') && !line.contains("192.") && line.len() < 4000;
        for line in lines.filter(whole) {
            let line = line.trim_matches(['\u{FEFF}', '\u{c}', '\u{b}', '\u{85}']);
            assert!(
                line.split(['\u{2028}', '\u{85}']).all(|it| raw.contains(it)),
                "{}: {line}",
                file.display()
            );
        }
    }
}

/// What is wrong with the document of a file.
fn compare(file: &Path) -> Option<String> {
    let found = outline(&load::open(file).expect("it can be read"));
    let beside = file.with_extension("doc");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&beside, &found).expect("it can be written");
    }
    let expected = fs::read_to_string(&beside).unwrap_or_default();
    let mut lines = found.lines().zip(expected.lines());
    let first = lines.find(|(found, expected)| found != expected);
    (found != expected).then(|| format!("{}: {first:?}", file.display()))
}

fn outline(doc: &Document) -> String {
    let mut out = format!("format {}\n", doc.source.format.name());
    let head = &doc.head;
    let known = [
        ("title", &head.title),
        ("dateline", &head.dateline),
        ("published", &head.published),
        ("url", &head.url),
        ("discussion", &head.discussion),
    ];
    for (key, value) in known.iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
        writeln!(out, "{key} {value}").expect("a string takes it");
    }
    head.authors
        .iter()
        .for_each(|author| writeln!(out, "author {author}").expect("a string takes it"));
    doc.source
        .notes
        .iter()
        .for_each(|note| writeln!(out, "note {note}").expect("a string takes it"));
    writeln!(out, "body").expect("a string takes it");
    doc.body_blocks().iter().for_each(|block| write_block(&mut out, doc, block, 1));
    for comment in &doc.comments {
        let indent = "  ".repeat(comment.depth as usize);
        let author = doc.author(comment).unwrap_or("?");
        write!(out, "{indent}comment {} by {author}", doc.comments.id(comment))
            .expect("a string takes it");
        doc.comments
            .time(comment)
            .iter()
            .for_each(|time| write!(out, " at {time}").expect("a string takes it"));
        comment
            .score()
            .iter()
            .for_each(|score| write!(out, " score {score}").expect("a string takes it"));
        out.push('\n');
        let depth = comment.depth as usize + 1;
        doc.comment_blocks(comment)
            .iter()
            .for_each(|block| write_block(&mut out, doc, block, depth));
    }
    for one in &doc.articles {
        let of = |known: &Option<String>| known.clone().unwrap_or("-".into());
        let (title, count) = (&one.title, one.comments);
        writeln!(out, "listed {title} | {count} | {} | {}", of(&one.url), of(&one.discussion))
            .expect("a string takes it");
    }
    for related in &doc.related {
        let (summary, url) = (related.summary.as_deref(), related.url.as_deref());
        writeln!(
            out,
            "related {} | {} | {}",
            related.title,
            summary.unwrap_or("-"),
            url.unwrap_or("-")
        )
        .expect("a string takes it");
    }
    out
}

fn write_block(out: &mut String, doc: &Document, block: &Block, depth: usize) {
    let indent = "  ".repeat(depth);
    let kind = match block.kind() {
        BlockKind::Heading(level) => format!("heading {level}"),
        BlockKind::Quote(level) => format!("quote {level}"),
        BlockKind::Item(level, number) => {
            format!("item {level} {}", number.map_or("-".into(), |n| n.to_string()))
        }
        kind => kind.name().to_owned(),
    };
    writeln!(
        out,
        "{indent}{kind}: {}",
        doc.words(block).escape_debug().to_string().replace("\\'", "'").replace("\\\"", "\"")
    )
    .expect("a string takes it");
    for (span, style) in doc.styles.iter().filter(|(span, _)| block.span.covers(*span)) {
        writeln!(out, "{indent}  {style:?}: {}", doc.slice(*span)).expect("a string takes it");
    }
    for link in doc.links.iter().filter(|link| block.span.covers(link.span)) {
        let inside = link.to.and_then(|to| doc.text.get(to as usize..)).map(|text| {
            let words: String = text.chars().take(16).collect();
            format!(" = {words:?}…")
        });
        let (words, inside) = (doc.slice(link.span), inside.unwrap_or_default());
        writeln!(out, "{indent}  link: {words} -> {}{inside}", link.url)
            .expect("a string takes it");
    }
    for picture in doc.pictures.iter().filter(|picture| block.span.covers(picture.span)) {
        writeln!(out, "{indent}  picture: {} -> {}", doc.slice(picture.span), picture.src)
            .expect("a string takes it");
    }
}

#[test]
fn the_sample_is_whole() {
    let bytes = include_bytes!("../assets/sample.json").to_vec();
    let doc = load::document(bytes);
    assert_eq!(doc.source.notes, Vec::<String>::new());
    assert_eq!(doc.head.title.as_deref(), Some("The Train That Stops for the Lamp"));
    assert_eq!(doc.head.dateline.as_deref(), Some("TRIESTE"));
    assert_eq!(doc.head.authors, ["Clara Montebruno"]);
    assert_eq!((doc.comments.len(), doc.related.len()), (12, 3));
    assert_eq!(doc.comments.iter().map(|comment| comment.depth).max(), Some(2));
    assert!(
        doc.comments
            .iter()
            .all(|comment| comment.is_named() && doc.comments.time(comment).is_some())
    );
    let words = doc.body_blocks().iter().map(|block| doc.words(block).split_whitespace().count());
    assert!((900..1200).contains(&words.sum::<usize>()));
    let start = doc.discussion_start() as usize;
    let (body, said) = doc.text.split_at(start);
    let quoted = said.split('“').skip(1).filter_map(|rest| rest.split('”').next());
    assert!(quoted.filter(|words| body.contains(words.trim_end_matches(['.', ',']))).count() >= 4);
}
