//! Bookmarks leave for other programs and come back, and those of others come in.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use recto::article::Document;
use recto::article::builder::{Builder, CommentHead};
use recto::record::anchor::Anchor;
use recto::record::bookmark::Bookmark;
use recto::record::export::{markdown, web};
use recto::record::import::{Imported, read};
use recto::record::origin::ArticleKey;
use recto::store::{Counts, Store};
use recto::text::span::Span;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

const NOON: &str = "2026-11-23T12:00:00Z";
const LATER: &str = "2026-11-23T12:30:00Z";
const EVENING: &str = "2026-11-23T20:00:00Z";

fn article() -> Document {
    let mut builder = Builder::new();
    builder
        .paragraph("The harbour master closed the *north* pier on Monday. 1. Swell_rose <fast>.");
    builder.paragraph("Fishing boats were moved to the inner basin.");
    builder.comment(&CommentHead {
        id: "c7".into(),
        author: Some("Ida Berg".into()),
        ..CommentHead::default()
    });
    builder.paragraph("They should have drawn a third plan.\nStone is cheap here.");
    let mut doc = builder.finish();
    doc.head.title = Some("Pier [closed] after swell".into());
    doc.head.authors = vec!["Tessa <T> [Orme]".into(), "Bo · Hale".into()];
    doc
}

fn marked(store: &Store, doc: &Document, words: &str) -> Bookmark {
    let start = doc.text.find(words).expect("the words stand in the text");
    let anchor = Anchor::of(doc, Span::from(start..start + words.len()));
    let origin = store.origin(doc, Some(Path::new("/articles/pier (1).txt")));
    Bookmark::new(Uuid::new_v4(), NOON, &anchor, &origin)
}

fn store(dir: &TempDir) -> Store {
    Store::open(Some(dir.path()), None)
}

/// A store with three bookmarks: with a note and tags, of a comment, and a plain one.
fn filled(dir: &TempDir) -> Vec<Bookmark> {
    let (store, doc) = (store(dir), article());
    let mut noted = marked(&store, &doc, "*north* pier on Monday. 1. Swell_rose <fast>");
    noted.set_note("> ask\n\n— when\n\\— and # why", LATER);
    noted.set_tags(&["weather", "at sea"], LATER);
    let said = marked(&store, &doc, "a third plan.\nStone");
    for bookmark in [&noted, &said, &marked(&store, &doc, "inner basin")] {
        store.save(bookmark).expect("a folder that can be written");
    }
    store.all().bookmarks
}

fn imported(text: &str) -> Vec<Bookmark> {
    let Imported { bookmarks, refused } = read(text.as_bytes());
    assert_eq!(refused, [""; 0]);
    bookmarks
}

#[test]
fn web_annotations_come_back_as_they_were() {
    let dir = TempDir::new().unwrap();
    let bookmarks = filled(&dir);
    assert_eq!(imported(&web(&bookmarks)), bookmarks);
}

#[test]
fn the_collection_is_one_of_the_web_annotation_model() {
    let dir = TempDir::new().unwrap();
    let value: Value = serde_json::from_str(&web(&filled(&dir))).unwrap();
    assert_eq!(value["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!((&value["type"], &value["total"]), (&json!("AnnotationCollection"), &json!(3)));
    let page = &value["first"];
    assert_eq!(page["type"], "AnnotationPage");
    assert_eq!((&page["partOf"], &page["id"]), (&value["id"], &value["last"]));
    let iri = |value: &Value| value.as_str().is_some_and(|id| id.starts_with("urn:"));
    assert!(iri(&value["id"]) && iri(&page["id"]));
    for item in page["items"].as_array().unwrap() {
        assert_eq!(item["@context"], "http://www.w3.org/ns/anno.jsonld");
        assert_eq!(item["type"], "Annotation");
        assert!(iri(&item["id"]) && iri(&item["target"]["source"]));
        let selectors = item["target"]["selector"].as_array().unwrap();
        let [quote, place] = [&selectors[0], &selectors[1]];
        assert_eq!(quote["type"], "TextQuoteSelector");
        assert!(["exact", "prefix", "suffix"].iter().all(|name| quote[name].is_string()));
        assert_eq!(place["type"], "TextPositionSelector");
        assert!(place["start"].as_u64().unwrap() < place["end"].as_u64().unwrap());
        for name in ["created", "modified"] {
            let time = item[name].as_str().unwrap();
            assert!(time.parse::<jiff::Timestamp>().is_ok() && time.ends_with('Z'), "{time}");
        }
    }
}

#[test]
fn markdown_is_grouped_by_article_and_comes_back() {
    let dir = TempDir::new().unwrap();
    let bookmarks = filled(&dir);
    let text = markdown(&bookmarks);
    let id = bookmarks.iter().find(|bookmark| bookmark.note().is_some()).unwrap().id();
    let key = bookmarks[0].key().unwrap();
    let start = format!(
        "# Pier \\[closed\\] after swell\n\nTessa \\<T\\> \\[Orme\\], Bo · Hale · [/articles/pier (1).txt](urn:recto:{})\n\n\
         > \\*north\\* pier on Monday. 1. Swell\\_rose \\<fast\\>\n\n\
         > ask\n\n\\— when\n\\\\— and # why\n\n\
         — article · #weather · #at sea · [2026-11-23]({id} \"{NOON} 2026-11-23T12:30:00.001Z 30 -\")\n\n",
        key.as_str()
    );
    assert!(text.starts_with(&start), "{text}\n{start}");
    assert!(text.contains("> a third plan.\n> Stone\n\n— comment by Ida Berg · "), "{text}");
    let back = imported(&text);
    assert_eq!(back.len(), 3);
    for bookmark in &back {
        let was = bookmarks.iter().find(|was| was.id() == bookmark.id()).unwrap();
        assert_eq!(bookmark.words(), was.words());
        assert_eq!((bookmark.note(), bookmark.tags()), (was.note(), was.tags()));
        assert_eq!((bookmark.created(), bookmark.modified()), (was.created(), was.modified()));
        assert_eq!((bookmark.key(), bookmark.anchor().start), (was.key(), was.anchor().start));
        let id = |bookmark: &Bookmark| bookmark.anchor().comment.map(|comment| comment.id);
        assert_eq!(id(bookmark), id(was));
        let [back, was] = [bookmark, was].map(|bookmark| bookmark.origin().unwrap());
        assert_eq!((back.title, back.author, back.path), (was.title, was.author, was.path));
    }
}

#[test]
fn an_import_adds_what_is_missing_and_once() {
    let (from, to) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let bookmarks = filled(&from);
    for text in [web(&bookmarks), markdown(&bookmarks), web(&bookmarks)] {
        let added = if store(&to).all().bookmarks.is_empty() { 3 } else { 0 };
        let counts = store(&to).import(&imported(&text), EVENING).unwrap();
        assert_eq!(counts, Counts { added, newer: 0, unchanged: 3 - added });
    }
    assert_eq!(store(&to).all().bookmarks, bookmarks);
}

#[test]
fn a_note_edited_in_markdown_is_taken_and_an_older_one_is_not() {
    let dir = TempDir::new().unwrap();
    let text = markdown(&filled(&dir)).replace("> ask\n", "> asked\n");
    let counts = store(&dir).import(&imported(&text), EVENING).unwrap();
    assert_eq!((counts.newer, counts.unchanged), (1, 2));
    let edited = store(&dir).all();
    let noted = edited.bookmarks.iter().find(|bookmark| bookmark.note().is_some()).unwrap();
    assert!(noted.note().unwrap().starts_with("> asked") && noted.modified() == EVENING);
    // The same file again says what was so before that.
    let again = store(&dir).import(&imported(&text.replace("asked", "old")), EVENING).unwrap();
    assert_eq!((again.newer, store(&dir).all()), (0, edited));
}

#[test]
fn a_deleted_bookmark_does_not_come_back_by_an_old_export() {
    let dir = TempDir::new().unwrap();
    let bookmarks = filled(&dir);
    let (one, old) = (&bookmarks[1], web(&bookmarks));
    store(&dir).delete(one, EVENING).unwrap();
    let counts = store(&dir).import(&imported(&old), EVENING).unwrap();
    assert_eq!((counts.added, counts.newer), (0, 0));
    assert_eq!(store(&dir).all().deleted[0].id(), one.id());
    assert_eq!(store(&dir).find(one.id()).unwrap().id(), one.id());
    let short = one.id().get(9..20).unwrap();
    assert_eq!(store(&dir).find(short).unwrap().id(), one.id());
    assert_eq!((store(&dir).find(""), store(&dir).find("urn:uuid:")), (None, None));
}

fn annotation(id: &str) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": id, "type": "Annotation", "created": NOON,
        "body": {"type": "TextualBody", "value": "seen", "other:mood": 1},
        "target": {"source": "https://example.org/pier#top", "selector": {
            "type": "RangeSelector",
            "refinedBy": {"type": "TextQuoteSelector", "exact": "inner basin"}}},
        "other:weight": [1, 2],
    })
}

#[test]
fn annotations_of_others_are_found_in_every_container() {
    let one = annotation("https://example.org/a/1");
    let page = json!({"type": "AnnotationPage", "items": [one, annotation("urn:x:2")]});
    let collection =
        json!({"type": ["AnnotationCollection"], "total": 2, "first": page, "last": "urn:p"});
    for (value, count) in [
        (one.clone(), 1),
        (json!([one, [annotation("urn:x:3")]]), 2),
        (page.clone(), 2),
        (collection, 2),
        (json!({"@graph": [one]}), 1),
    ] {
        let found = imported(&value.to_string());
        assert_eq!(found.len(), count, "{value}");
        let first = &found[0];
        assert_eq!((first.id(), first.words()), ("https://example.org/a/1", "inner basin"));
        assert_eq!(first.note(), Some("seen"));
        assert_eq!(first.key(), Some(ArticleKey::of("https://example.org/pier")));
        assert_eq!(first.as_object()["other:weight"], json!([1, 2]));
        assert_eq!(first.as_object()["body"]["other:mood"], 1);
    }
    let lines = format!("{one}\n{}\n", annotation("urn:x:4"));
    assert_eq!(imported(&lines).len(), 2);
}

#[test]
fn rows_of_hypothesis_become_annotations() {
    let row = json!({
        "id": "aB3", "created": "2026-05-01T10:00:00.123456+00:00",
        "updated": "2026-05-02T10:00:00.123456+00:00",
        "user": "acct:ida@example.org", "uri": "https://example.org/pier",
        "text": "Who **decided** that?", "tags": ["harbour", "two words"],
        "group": "__world__", "document": {"title": ["Pier closed"]},
        "target": [{"source": "https://example.org/pier", "selector": [
            {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0},
            {"type": "TextPositionSelector", "start": 88, "end": 99},
            {"type": "TextQuoteSelector", "exact": "inner basin", "prefix": "moved to the ", "suffix": "."},
        ]}],
    });
    let page_note = json!({"id": "q", "uri": "https://example.org/pier", "text": "all of it",
        "target": [{"source": "https://example.org/pier"}]});
    let found = read(json!({"total": 2, "rows": [row, page_note]}).to_string().as_bytes());
    assert_eq!(found.refused, ["no words to find it by"]);
    let [bookmark] = &found.bookmarks[..] else { panic!("{found:?}") };
    assert_eq!(bookmark.id(), "https://hypothes.is/a/aB3");
    assert_eq!(bookmark.note(), Some("Who **decided** that?"));
    assert_eq!(bookmark.tags(), ["harbour", "two words"]);
    assert!(bookmark.modified().starts_with("2026-05-02"));
    assert_eq!(bookmark.anchor().prefix, "moved to the ");
    let origin = bookmark.origin().unwrap();
    assert_eq!(origin.key, ArticleKey::of("https://example.org/pier"));
    assert_eq!(origin.title.as_deref(), Some("Pier closed"));
    assert_eq!(bookmark.as_object()["group"], "__world__");
    // It finds its words in the article, and is there once however often it is imported.
    let found = bookmark.anchor().find(&article());
    assert_eq!(
        found.span.map(|span| article().slice(span).to_owned()).as_deref(),
        Some("inner basin")
    );
    let dir = TempDir::new().unwrap();
    for added in [1, 0] {
        let counts = store(&dir).import(std::slice::from_ref(bookmark), EVENING).unwrap();
        assert_eq!((counts.added, counts.newer), (added, 0));
    }
}

#[test]
fn the_shapes_that_other_programs_write_are_read() {
    let quote = json!({"type": "TextQuoteSelector", "exact": "inner basin"});
    let place = json!({"type": "TextPositionSelector", "start": 88, "end": 99});
    let range = json!({"type": "RangeSelector", "startSelector": {"type": "XPathSelector",
        "value": "/p[2]"}, "endSelector": {"type": "XPathSelector", "value": "/p[3]"}});
    let pier = "https://example.org/pier";
    for (target, body) in [
        // A lone selector, and bodies in every form that the model has.
        (json!({"source": pier, "selector": quote}), json!({"bodyValue": "why"})),
        (json!({"source": pier, "selector": [place, quote]}), json!({"body": "why"})),
        (
            json!([{"source": {"id": pier, "type": "Text"}, "selector": [range, quote]}]),
            json!({"body": [{"type": "TextualBody", "purpose": "commenting", "value": "why"}]}),
        ),
        (
            json!({"type": "SpecificResource", "source": format!("{pier}#p2"), "selector":
            {"type": ["TextQuoteSelector"], "exact": "inner basin"}}),
            json!({"body": [{"type": "TextualBody", "purpose": "tagging", "value": "sea"},
                         {"type": "TextualBody", "value": "<p>why</p>", "format": "text/html"},
                         {"type": "TextualBody", "value": "why"}]}),
        ),
        (
            json!({"source": pier, "selector": {"type": "FragmentSelector", "value": "p2",
            "refinedBy": quote}}),
            json!({"body": {"value": "why"}}),
        ),
    ] {
        let mut value = json!({"id": "urn:x", "type": "Annotation", "target": target});
        value.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        let [bookmark] = &imported(&value.to_string())[..] else { panic!("{value}") };
        assert_eq!((bookmark.words(), bookmark.note()), ("inner basin", Some("why")), "{value}");
        assert_eq!(bookmark.key(), Some(ArticleKey::of(pier)), "{value}");
        let place =
            bookmark.anchor().find(&article()).span.map(|at| article().slice(at).to_owned());
        assert_eq!(place.as_deref(), Some("inner basin"), "{value}");
        // What they said is in it still when it leaves again.
        let [again] = &imported(&web(std::slice::from_ref(bookmark)))[..] else { panic!() };
        assert_eq!(again.as_object()["target"], value["target"]);
    }
    let row = json!({"id": "aB3", "uri": pier, "text": "", "tags": [],
        "target": [{"source": pier, "selector": [quote]}]});
    let file = json!({"export_date": NOON, "export_userid": "ida", "annotations": [row]});
    let [bookmark] = &imported(&file.to_string())[..] else { panic!() };
    assert_eq!((bookmark.words(), bookmark.note()), ("inner basin", None));
}

#[test]
fn what_is_no_annotation_is_refused_by_name() {
    for (text, reason) in [
        ("{\"a\": 1}", "not an annotation"),
        ("[1]", "not an annotation"),
        ("{\"type\": \"Annotation\", \"target\": ", "damaged"),
        ("{\"type\": \"Annotation\", \"id\": \"urn:x\"}", "it names no article"),
        (
            "{\"type\": \"Annotation\", \"id\": \"urn:x\", \"target\": \"https://x.org\"}",
            "no words",
        ),
        (
            "{\"type\":\"Annotation\",\"id\":\"urn:x\",\"recto:version\":2,\"target\":\"x:y\"}",
            "newer",
        ),
        ("# T\n\n> words without an end\n\nand more", "line 3: a quotation without its date"),
    ] {
        let found = read(text.as_bytes());
        assert_eq!(found.bookmarks, []);
        assert!(
            found.refused.len() == 1 && found.refused[0].contains(reason),
            "{:?}",
            found.refused
        );
    }
    assert_eq!(read(b""), Imported::default());
    assert_eq!(read("[".repeat(100_000).as_bytes()).refused.len(), 1);
}

#[test]
fn an_annotation_without_identity_gets_the_same_one_each_time() {
    let mut value = annotation("");
    value.as_object_mut().unwrap().remove("id");
    let text = value.to_string();
    let (one, other) = (imported(&text), imported(&text));
    assert_eq!(one, other);
    assert!(one[0].id().starts_with("urn:sha256:"));
}

#[test]
fn nothing_a_terminal_obeys_leaves_in_an_export() {
    let dir = TempDir::new().unwrap();
    let mut value = annotation("urn:\u{9b}31m");
    value["target"]["selector"]["refinedBy"]["exact"] = json!("a\u{1b}]52;c;x\u{7}\u{9b}31mb");
    value["body"]["value"] = json!("\u{1b}c\u{85}\tn");
    value["recto:title"] = json!("\u{9d}t\r\n");
    let bookmarks = imported(&value.to_string());
    store(&dir).save(&bookmarks[0]).unwrap();
    for text in [markdown(&bookmarks), web(&bookmarks)] {
        assert!(!text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{text:?}");
    }
    assert_eq!(imported(&web(&bookmarks)), bookmarks);
    assert_eq!(imported(&markdown(&bookmarks))[0].id(), bookmarks[0].id());
}

/// A change of one part of a bookmark at some minute.
fn change() -> impl Strategy<Value = (u8, u8, u32)> {
    (0..5_u8, any::<u8>(), 0..50_u32)
}

fn apply(bookmark: &mut Bookmark, (part, value, minute): (u8, u8, u32)) {
    let now = format!("2026-11-24T12:{minute:02}:00Z");
    match part {
        0 => bookmark.set_note(&format!("note {value}"), &now),
        1 => bookmark.set_tags(&[format!("t{value}").as_str()], &now),
        2 => bookmark.delete(&now),
        3 => bookmark.restore(&now),
        _ => {
            let anchor = Anchor { start: value.into(), ..bookmark.anchor() };
            bookmark.confirm(&anchor, "print", &now);
        }
    }
}

proptest! {
    #[test]
    fn copies_merge_to_one_whatever_the_order(
        one in prop::collection::vec(change(), 0..4), other in prop::collection::vec(change(), 0..4),
    ) {
        let base = imported(&annotation("urn:x").to_string()).remove(0);
        let (mut a, mut b) = (base.clone(), base.clone());
        for &change in &one { apply(&mut a, change); }
        for &change in &other { apply(&mut b, change); }
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.merge(&b);
        ba.merge(&a);
        prop_assert_eq!(&ab, &ba);
        let merged = ab.clone();
        for copy in [&a, &b, &base] {
            ab.merge(copy);
            prop_assert_eq!(&ab, &merged);
        }
        // What only one of them changed is as that one left it.
        let touched = |changes: &[(u8, u8, u32)], part: u8| changes.iter().any(|c| c.0 == part);
        if touched(&one, 0) && !touched(&other, 0) {
            prop_assert_eq!(ab.note(), a.note());
        }
        if touched(&other, 1) && !touched(&one, 1) {
            prop_assert_eq!(ab.tags(), b.tags());
        }
    }

    #[test]
    fn any_bytes_are_imported_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_lines_are_imported_or_refused(
        lines in prop::collection::vec("[>#—\\[<({\"] ?\\PC{0,12}|— article · \\[\\PC{0,4}\\]\\(\\PC{0,4} \"a b\"\\)", 0..12),
    ) {
        let found = read(lines.join("\n").as_bytes());
        let texts = [markdown(&found.bookmarks), web(&found.bookmarks)];
        prop_assert_eq!(imported(&texts[1]), found.bookmarks);
    }

    #[test]
    fn any_words_note_and_tag_survive_markdown(
        words in "[a-z]\\PC{0,30}[a-z]", note in "(\\PC{0,20}\n?){0,3}", tag in "[a-z*#_]{1,8}", title in "[a-z]\\PC{0,20}[a-z]",
    ) {
        let mut bookmark = imported(&annotation("urn:x").to_string()).remove(0);
        let mut value = Value::Object(bookmark.as_object().clone());
        value["target"]["selector"]["refinedBy"]["exact"] = words.as_str().into();
        value["recto:title"] = title.as_str().into();
        bookmark = Bookmark::from_value(value).unwrap();
        bookmark.set_note(&note, LATER);
        bookmark.set_tags(&[&tag], LATER);
        let back = imported(&markdown(std::slice::from_ref(&bookmark))).remove(0);
        prop_assert_eq!(back.words(), words);
        prop_assert_eq!(back.note().unwrap_or_default(), note.trim());
        prop_assert_eq!(back.tags(), [tag]);
        prop_assert_eq!(back.origin().unwrap().title, Some(title));
    }
}

#[test]
fn a_strange_file_name_is_no_way_out() {
    let dir = TempDir::new().unwrap();
    let mut value = annotation("urn:../../x");
    value["recto:article"] = json!("../../../evil");
    let found = imported(&value.to_string());
    store(&dir).import(&found, NOON).unwrap();
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    assert_eq!(store(&dir).all().bookmarks.len(), 1);
}
