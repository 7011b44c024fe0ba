//! The record on disk: what is saved comes back, and nothing that cannot be read is harmed.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use recto::article::Document;
use recto::article::builder::{Builder, CommentHead};
use recto::article::bulk::Bulk;
use recto::record::anchor::{Anchor, Verdict};
use recto::record::bookmark::{Bookmark, Unreadable};
use recto::record::origin::{ArticleKey, Origin, fingerprint};
use recto::record::reading::{Reading, Stamp};
use recto::record::seen::Seen;
use recto::store::{Overview, Store};
use recto::text::span::Span;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

const NOON: &str = "2026-11-23T12:00:00Z";
const LATER: &str = "2026-11-23T12:30:00Z";

const TIDE: [&str; 3] = [
    "The harbour master closed the north pier on Monday, after the swell rose above two metres.",
    "Fishing boats were moved to the inner basin, and the ferry ran every second hour.",
    "“Nobody was hurt,” she said, “and the pier opens again when the wind turns.”",
];

fn article(paragraphs: &[&str]) -> Document {
    let mut builder = Builder::new();
    for paragraph in paragraphs {
        builder.paragraph(paragraph);
    }
    builder.finish()
}

fn store(dir: &TempDir) -> Store {
    Store::open(Some(dir.path()), None)
}

fn mark_at(store: &Store, doc: &Document, path: Option<&Path>, words: &str) -> Bookmark {
    let start = doc.text.find(words).expect("the words stand in the text");
    let anchor = Anchor::of(doc, Span::from(start..start + words.len()));
    Bookmark::new(Uuid::new_v4(), NOON, &anchor, &store.origin(doc, path))
}

fn mark(store: &Store, doc: &Document, words: &str) -> Bookmark {
    mark_at(store, doc, None, words)
}

/// All files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn notes(dir: &TempDir) -> Vec<PathBuf> {
    let is_note = |path: &PathBuf| path.starts_with(dir.path().join("notes"));
    let json = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "json");
    files(dir.path()).into_iter().filter(|path| is_note(path) && json(path)).collect()
}

#[test]
fn a_bookmark_comes_back_as_it_was() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let mut bookmark = mark(&store(&dir), &doc, "Nobody was hurt");
    bookmark.set_note("ask when", LATER);
    store(&dir).save(&bookmark).unwrap();
    let shelf = store(&dir).bookmarks(&store(&dir).identify(&doc, None));
    assert_eq!(shelf.bookmarks, [bookmark.clone()]);
    assert_eq!(store(&dir).all(), shelf);
    assert_eq!(bookmark.note(), Some("ask when"));
    assert_eq!((bookmark.created(), bookmark.modified()), (NOON, LATER));
    assert_eq!(bookmark.anchor().find(&doc).span, Some(span_of(&doc, "Nobody was hurt")));
}

/// An article that was half read.
fn reading((origin, when, place): (Origin, &str, Anchor)) -> Reading {
    let stamp = Some(Stamp { changed: 1, bytes: 2 });
    let (when, percent) = (when.to_owned(), 50);
    let doubtful = [("urn:x".to_owned(), Verdict::Edited)].into();
    let article = Some(4);
    Reading { origin, article, when, place, percent, stamp, new: 1, marks: 2, doubtful }
}

fn span_of(doc: &Document, words: &str) -> Span {
    let start = doc.text.find(words).expect("the words stand in the text");
    (start..start + words.len()).into()
}

#[test]
fn the_file_is_a_web_annotation() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let bookmark = mark(&store(&dir), &doc, "Nobody was hurt");
    store(&dir).save(&bookmark).unwrap();
    let paths = notes(&dir);
    let name = paths[0].file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("2026-11-23T12-00-00Z-") && name.len() == 34, "{name}");
    let value: Value = serde_json::from_slice(&fs::read(&paths[0]).unwrap()).unwrap();
    assert_eq!(value["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(value["type"], "Annotation");
    assert_eq!(value["motivation"], "bookmarking");
    let start = doc.text.split("Nobody").next().unwrap().chars().count();
    let [quote, place] = [0, 1].map(|index| &value["target"]["selector"][index]);
    assert_eq!(quote["exact"], "Nobody was hurt");
    assert_eq!(
        (quote["type"].as_str(), place["type"].as_str()),
        (Some("TextQuoteSelector"), Some("TextPositionSelector"))
    );
    assert_eq!(
        (place["start"].as_u64(), place["end"].as_u64()),
        (Some(start as u64), Some(start as u64 + 15))
    );
    assert_eq!(value["recto:text"], fingerprint(&doc.text));
}

#[test]
fn a_note_can_be_written_changed_and_taken_back() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let mut bookmark = mark(&store(&dir), &doc, "ferry");
    for (note, motivation) in [("one", "commenting"), ("two", "commenting"), ("", "bookmarking")] {
        bookmark.set_note(note, LATER);
        assert_eq!(bookmark.note(), Some(note).filter(|note| !note.is_empty()));
        assert_eq!(bookmark.as_object()["motivation"], motivation);
    }
    assert_eq!(bookmark.as_object().get("body"), None);
}

#[test]
fn members_of_others_survive_at_every_level() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let mut value: Value =
        serde_json::from_slice(&mark(&store(&dir), &doc, "ferry").to_json()).unwrap();
    value["creator"] = json!({"name": "Ida", "deep": [1, {"x": null}]});
    value["target"]["state"] = json!("kept");
    value["target"]["selector"][0]["other:weight"] = json!(0.25);
    value["target"]["selector"].as_array_mut().unwrap().push(json!({"type": "FragmentSelector"}));
    value["body"] = json!([{"type": "TextualBody", "purpose": "tagging", "value": "weather"},
                           {"type": "TextualBody", "value": "old", "language": "en"}]);
    value["recto:comment"] = json!({"id": "7", "author": "Bo", "other:mood": "calm"});
    let mut bookmark = Bookmark::from_json(value.to_string().as_bytes()).unwrap();
    assert_eq!(bookmark.note(), Some("old"));
    bookmark.set_note("new", LATER);
    let mut anchor = bookmark.anchor();
    anchor.exact = "ferries".to_owned();
    bookmark.set_anchor(&anchor, LATER);
    store(&dir).save(&bookmark).unwrap();
    let saved: Value = serde_json::from_slice(&fs::read(&notes(&dir)[0]).unwrap()).unwrap();
    assert_eq!(saved["creator"], value["creator"]);
    assert_eq!(saved["target"]["state"], "kept");
    assert_eq!(saved["target"]["selector"][0]["other:weight"], 0.25);
    assert_eq!(saved["target"]["selector"][0]["exact"], "ferries");
    assert_eq!(saved["target"]["selector"][2]["type"], "FragmentSelector");
    assert_eq!(saved["body"][0]["value"], "weather");
    assert_eq!(
        (&saved["body"][1]["value"], &saved["body"][1]["language"]),
        (&json!("new"), &json!("en"))
    );
    assert_eq!(saved["recto:comment"]["other:mood"], "calm");
}

#[test]
fn a_deleted_bookmark_stays_deleted() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let bookmark = mark(&store(&dir), &doc, "ferry");
    store(&dir).save(&bookmark).unwrap();
    let copy = fs::read(&notes(&dir)[0]).unwrap();
    store(&dir).delete(&bookmark, LATER).unwrap();
    assert_eq!(store(&dir).all().bookmarks, []);
    assert_eq!(notes(&dir).len(), 1);
    // Another device brings its older copy along.
    fs::write(notes(&dir)[0].with_extension("sync-conflict-1.json"), copy).unwrap();
    assert_eq!(store(&dir).all().bookmarks, []);
    assert_eq!(notes(&dir).len(), 2);
}

#[test]
fn of_two_copies_the_later_change_counts() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let mut bookmark = mark(&store(&dir), &doc, "ferry");
    store(&dir).save(&bookmark).unwrap();
    bookmark.set_note("from the other device", LATER);
    let copy = notes(&dir)[0].with_extension("sync-conflict-1.json");
    fs::write(copy, bookmark.to_json()).unwrap();
    assert_eq!(store(&dir).all().bookmarks, [bookmark]);
}

#[test]
fn what_cannot_be_read_is_listed_and_left_alone() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let bookmark = mark(&store(&dir), &doc, "ferry");
    store(&dir).save(&bookmark).unwrap();
    let path = notes(&dir).remove(0);
    let good = fs::read(&path).unwrap();
    let text = String::from_utf8(good.clone()).unwrap();
    let damaged: [(Vec<u8>, &str); 9] = [
        (Vec::new(), "damaged"),
        (good[..good.len() / 2].to_vec(), "damaged"),
        (vec![0; good.len()], "damaged"),
        (vec![b'['; 100_000], "damaged"),
        (text.encode_utf16().flat_map(u16::to_le_bytes).collect(), "damaged"),
        (format!("<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n").into(), "damaged"),
        (text.replace("\"exact\"", "\"exbct\"").into(), "damaged: no words to find it by"),
        (text.replace("\"recto:version\": 1", "\"recto:version\": 9999").into(), "newer version"),
        (text.replace("\"Annotation\"", "\"Imposter\"").into(), "damaged: not an annotation"),
    ];
    for (bytes, reason) in damaged {
        assert_ne!(bytes, good);
        fs::write(&path, &bytes).unwrap();
        let shelf = store(&dir).all();
        assert_eq!(shelf.bookmarks, []);
        assert_eq!(shelf.unreadable.len(), 1);
        assert!(shelf.unreadable[0].1.contains(reason), "{:?}", shelf.unreadable);
        // Saving it again finds another name.
        store(&dir).save(&bookmark).unwrap();
        assert_eq!(fs::read(&path).unwrap(), bytes);
        assert_eq!(store(&dir).all().bookmarks, std::slice::from_ref(&bookmark));
        for copy in notes(&dir).iter().filter(|copy| **copy != path) {
            fs::remove_file(copy).unwrap();
        }
    }
}

#[test]
fn a_newer_version_is_named() {
    let text = br#"{"id": "urn:x", "type": "Annotation", "recto:version": 2}"#;
    assert_eq!(Bookmark::from_json(text), Err(Unreadable::Newer(2)));
}

#[test]
fn a_folder_named_like_a_note_and_a_strange_folder_do_no_harm() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let bookmark = mark(&store(&dir), &doc, "ferry");
    store(&dir).save(&bookmark).unwrap();
    fs::create_dir(notes(&dir)[0].parent().unwrap().join("x.json")).unwrap();
    fs::create_dir(dir.path().join("notes/not an article")).unwrap();
    let shelf = store(&dir).all();
    assert_eq!(shelf.bookmarks, [bookmark]);
    assert_eq!(shelf.unreadable[0].1, "not an ordinary file");
}

#[test]
fn where_nothing_can_be_written_it_says_so() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let file = dir.path().join("file");
    fs::write(&file, "no folder").unwrap();
    let store = Store::open(Some(&file.join("data")), None);
    let bookmark = mark(&store, &doc, "ferry");
    let error = store.save_with_text(&bookmark, &doc.text).unwrap_err();
    assert_eq!(error.to_string(), "not a directory");
    assert_eq!(store.all().bookmarks, []);
    assert_eq!(store.reading(&store.identify(&doc, None)), None);
}

#[test]
fn the_folder_named_by_the_reader_comes_first() {
    let (asked, environment) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let variable = environment.path().as_os_str();
    let both = Store::open(Some(asked.path()), Some(variable));
    assert_eq!(both.root().unwrap(), asked.path());
    assert_eq!(Store::open(None, Some(variable)).root().unwrap(), environment.path());
}

#[test]
fn two_writers_lose_nothing() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let store = store(&dir);
                for word in ["ferry", "swell", "basin", "pier", "wind"].repeat(4) {
                    store.save_with_text(&mark(&store, &doc, word), &doc.text).unwrap();
                }
            });
        }
    });
    let shelf = store(&dir).all();
    assert_eq!((shelf.bookmarks.len(), shelf.unreadable.len()), (40, 0));
    let names: Vec<_> = files(dir.path());
    let is_left = |path: &&PathBuf| path.extension().is_some_and(|kind| kind == "tmp");
    assert_eq!(names.iter().filter(is_left).count(), 0);
}

#[test]
fn two_instances_that_change_one_bookmark_lose_neither_change() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let (one, other) = (store(&dir), store(&dir));
    let mut mine = mark(&one, &doc, "ferry");
    one.save(&mine).unwrap();
    let mut theirs = other.all().bookmarks.remove(0);
    mine.set_note("when?", LATER);
    one.save(&mine).unwrap();
    theirs.set_tags(&["sea"], "2026-11-23T12:31:00Z");
    other.save(&theirs).unwrap();
    // Again, by the one that has not seen the tags.
    mine.set_note("when does it run?", "2026-11-23T12:32:00Z");
    one.save(&mine).unwrap();
    let all = one.all().bookmarks;
    assert_eq!(
        (all.len(), all[0].note(), all[0].tags()),
        (1, Some("when does it run?"), vec!["sea"])
    );
    one.delete(&mine, "2026-11-23T12:33:00Z").unwrap();
    theirs.set_note("late", "2026-11-23T12:34:00Z");
    other.save(&theirs).unwrap();
    let shelf = one.all();
    assert_eq!((shelf.bookmarks.len(), shelf.deleted[0].note()), (0, Some("late")));
    assert_eq!(notes(&dir).len(), 1);
}

#[test]
fn many_threads_that_change_one_bookmark_lose_no_change() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let first = mark(&store(&dir), &doc, "ferry");
    store(&dir).save(&first).unwrap();
    for round in 0..20 {
        let now = format!("2026-11-23T13:{round:02}:00Z");
        std::thread::scope(|scope| {
            let base = store(&dir).all().bookmarks.remove(0);
            for part in 0..3 {
                let (mut copy, now, dir) = (base.clone(), &now, &dir);
                scope.spawn(move || {
                    match part {
                        0 => copy.set_note(now, now),
                        1 => copy.set_tags(&[now], now),
                        _ => copy.confirm(&Anchor { start: round, ..copy.anchor() }, "", now),
                    }
                    store(dir).save(&copy).unwrap();
                });
            }
        });
        let now = now.as_str();
        let all = store(&dir).all().bookmarks;
        let seen = (all[0].note(), all[0].tags(), all[0].anchor().start);
        assert_eq!(seen, (Some(now), vec![now], round), "round {round}");
    }
}

#[test]
fn a_writer_that_hangs_keeps_nobody_from_saving_and_overwrites_nothing() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let base = mark(&store(&dir), &doc, "ferry");
    store(&dir).save(&base).unwrap();
    let path = notes(&dir).remove(0);
    let folder = fs::File::open(path.parent().unwrap());
    folder
        .and_then(|folder| folder.lock().map(|()| folder))
        .map(|held| {
            store(&dir).save(&mark(&store(&dir), &doc, "swell")).unwrap();
            let mut mine = base.clone();
            mine.set_note("when?", LATER);
            store(&dir).save(&mine).unwrap();
            drop(held);
        })
        .unwrap();
    // It goes on with what it read before.
    let mut theirs = base;
    theirs.set_tags(&["sea"], "2026-11-23T12:31:00Z");
    fs::write(path, theirs.to_json()).unwrap();
    let all = store(&dir).all().bookmarks;
    let ferry = all.iter().find(|bookmark| bookmark.words() == "ferry").unwrap();
    assert_eq!((all.len(), ferry.note(), ferry.tags()), (2, Some("when?"), vec!["sea"]));
}

#[test]
fn the_overview_says_what_the_files_say() {
    use std::time::{Duration, SystemTime};
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let store = store(&dir);
    let ids = |now: SystemTime| -> Vec<String> {
        let articles = store.overview(now).articles.into_iter();
        articles.flat_map(|article| article.bookmarks).map(|entry| entry.id).collect()
    };
    let all = || store.all().bookmarks.iter().map(|one| one.id().to_owned()).collect::<Vec<_>>();
    // Now and long after, when folders count as settled.
    let times = [0, 60].map(|more| SystemTime::now() + Duration::from_secs(more));
    assert_eq!(ids(times[0]), [""; 0]);
    for word in ["ferry", "swell", "basin"] {
        let mut bookmark = mark(&store, &doc, word);
        bookmark.set_note("of it", LATER);
        bookmark.set_tags(&["sea"], LATER);
        store.save(&bookmark).unwrap();
        for now in times {
            assert_eq!(ids(now), all());
        }
    }
    let overview = store.overview(times[1]);
    assert_eq!(overview, store.overview(times[1]));
    let entry = &overview.articles[0].bookmarks[0];
    assert_eq!((entry.note.as_deref(), &entry.tags[..]), (Some("of it"), &["sea".to_owned()][..]));
    store.delete(&store.all().bookmarks[1], LATER).unwrap();
    assert_eq!((ids(times[1]).len(), ids(times[1])), (2, all()));
    let path = notes(&dir).remove(0);
    fs::remove_file(&path).unwrap();
    fs::write(&path, b"half").unwrap();
    assert_eq!(store.overview(times[1]).unreadable.len(), 1);
    assert_eq!(ids(times[1]), all());
    // A damaged index is made anew.
    fs::write(dir.path().join("state/overview.json"), b"{\"form\": 1, \"fol").unwrap();
    assert_eq!(ids(times[1]), all());
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
    assert_eq!((ids(times[1]), store.overview(times[1])), (all(), Overview::default()));
}

/// An article in which Ida and Bo answer, with identifiers of the file or without.
fn discussed(paragraphs: &[&str], comments: &[(&str, &str)], ids: bool) -> Document {
    let mut builder = Builder::new();
    for paragraph in paragraphs {
        builder.paragraph(paragraph);
    }
    for (index, (author, text)) in comments.iter().enumerate() {
        let id = if ids { format!("c-{}", fingerprint(text)) } else { (index + 1).to_string() };
        let head = CommentHead { id, author: Some((*author).into()), ..CommentHead::default() };
        builder.comment(&head);
        builder.paragraph(text);
    }
    builder.finish()
}

const SAID: [(&str, &str); 3] = [
    ("Ida", "They should have drawn a third plan."),
    ("Bo", "The ferry was late all week."),
    ("Bo", "Thanks!"),
];

#[test]
fn a_file_renamed_edited_and_answered_keeps_marks_and_place_and_shows_what_is_new() {
    for ids in [true, false] {
        let dir = TempDir::new().unwrap();
        let store = store(&dir);
        let (one, two) = (Path::new("/articles/one.txt"), Path::new("/articles/two.txt"));
        let doc = discussed(&TIDE, &SAID, ids);
        for words in ["Nobody was hurt", "The ferry was late all week", "swell rose above two"] {
            store.save_with_text(&mark_at(&store, &doc, Some(one), words), &doc.text).unwrap();
        }
        let place = Anchor::of(&doc, span_of(&doc, "Fishing boats were moved"));
        let reading = reading((store.origin(&doc, Some(one)), NOON, place));
        store.save_reading(&reading).unwrap();
        store.save_seen(&reading.origin.key, &Seen::of(&doc, 0..3)).unwrap();
        assert_eq!(Seen::of(&doc, 0..3).others(&doc), Bulk::default());
        // Renamed and opened, then edited; the comments are numbered anew.
        store.remember(&store.origin(&doc, Some(two))).unwrap();
        let grown = [
            ("Eve", "Who pays for it?"),
            SAID[0],
            ("Ida", "Stone is cheap here."),
            SAID[1],
            SAID[2],
            ("Bo", "Thanks!!"),
            ("Cy", "Thanks!"),
        ];
        let first = TIDE[0].replace("swell rose above two metres", "swell went above two metres");
        let edited = discussed(&["News on top.", &first, TIDE[1], TIDE[2]], &grown, ids);
        let origin = store.origin(&edited, Some(two));
        assert_eq!(origin.key, reading.origin.key);
        let marks = store.bookmarks(&origin.key).bookmarks;
        let places = store.places(&edited, &origin, &marks);
        let mut found: Vec<_> = marks
            .iter()
            .zip(places)
            .map(|(mark, found)| {
                let words = found.span.map(|span| edited.slice(span).to_owned());
                (mark.words().to_owned(), found.verdict.name(), words.unwrap_or_default())
            })
            .collect();
        found.sort();
        let expected = [
            ("Nobody was hurt", "moved", "Nobody was hurt"),
            ("The ferry was late all week", "moved", "The ferry was late all week"),
            ("swell rose above two", "edited", "swell went above two"),
        ];
        let found: Vec<_> = found.iter().map(|(a, b, c)| (a.as_str(), *b, c.as_str())).collect();
        assert_eq!(found, expected);
        let last = store.reading(&origin.key).unwrap();
        let top = last.place.find(&edited).span.unwrap();
        assert_eq!(edited.slice(top), "Fishing boats were moved");
        let known = store.seen(&origin.key);
        assert_eq!(known.others(&edited), vec![0, 2, 5, 6].into(), "with ids: {ids}");
        assert_eq!(Seen::of(&edited, 0..7).others(&edited), Bulk::default());
    }
}

#[test]
fn what_a_crash_left_is_swept_after_a_minute() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    store(&dir).save(&mark(&store(&dir), &doc, "ferry")).unwrap();
    let folder = notes(&dir)[0].parent().unwrap().to_owned();
    let (old, fresh) = (folder.join(".a.json.1.tmp"), folder.join(".b.json.2.tmp"));
    for path in [&old, &fresh] {
        fs::write(path, "half").unwrap();
    }
    let hours_ago =
        fs::metadata(&old).unwrap().modified().unwrap() - std::time::Duration::from_hours(2);
    fs::File::options().write(true).open(&old).unwrap().set_modified(hours_ago).unwrap();
    assert_eq!(store(&dir).all().bookmarks.len(), 1);
    store(&dir).save(&mark(&store(&dir), &doc, "swell")).unwrap();
    assert!(!old.exists() && fresh.exists());
}

#[test]
fn a_renamed_file_and_an_edited_file_keep_their_marks() {
    let dir = TempDir::new().unwrap();
    let (one, two) = (Path::new("/articles/one.txt"), Path::new("/articles/two.txt"));
    let doc = article(&TIDE);
    let edited = article(&["A line of news on top.", TIDE[0], TIDE[2]]);
    let other =
        article(&["Bread needs flour, water, salt and a night of patience in a warm kitchen."]);
    let store = store(&dir);
    store.save_with_text(&mark_at(&store, &doc, Some(one), "ferry"), &doc.text).unwrap();
    let key = store.identify(&doc, Some(one));
    // Twice: by the index, and by the bookmarks when the index is lost.
    for _ in 0..2 {
        assert_eq!(store.identify(&doc, Some(two)), key);
        assert_eq!(store.identify(&edited, Some(one)), key);
        assert_ne!(store.identify(&edited, Some(two)), key);
        assert_ne!(store.identify(&other, Some(one)), key);
        let _ = fs::remove_dir_all(dir.path().join("state"));
    }
    // Renamed, opened, and then edited.
    store.remember(&store.origin(&doc, Some(two))).unwrap();
    assert_eq!(store.identify(&edited, Some(two)), key);
    assert_eq!(store.identify(&edited, Some(one)), key);
}

#[test]
fn a_canonical_address_names_the_article_wherever_it_lies() {
    let dir = TempDir::new().unwrap();
    let (mut doc, mut edited) = (article(&TIDE), article(&TIDE[..1]));
    doc.head.url = Some("https://example.org/tide".to_owned());
    edited.head.url.clone_from(&doc.head.url);
    let store = store(&dir);
    assert_eq!(store.identify(&doc, None), store.identify(&edited, Some(Path::new("/x"))));
    let bookmark = mark(&store, &doc, "ferry");
    assert_eq!(bookmark.as_object()["target"]["source"], "https://example.org/tide");
    assert_eq!(bookmark.origin().unwrap().url, doc.head.url);
}

#[test]
fn the_text_as_marked_is_kept_once_and_found_by_its_fingerprint() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let store = store(&dir);
    for word in ["ferry", "swell"] {
        store.save_with_text(&mark(&store, &doc, word), &doc.text).unwrap();
    }
    let key = store.identify(&doc, None);
    let print = fingerprint(&doc.text);
    assert_eq!(store.text(&key, &print).as_deref(), Some(&*doc.text));
    assert_eq!(store.text(&key, "../../../etc/passwd"), None);
    let packed = files(dir.path())
        .into_iter()
        .find(|path| path.extension().is_some_and(|kind| kind == "gz"));
    fs::write(packed.unwrap(), b"not packed").unwrap();
    assert_eq!(store.text(&key, &print), None);
    assert_eq!(store.bookmarks(&key).bookmarks.len(), 2);
}

#[test]
fn a_text_that_cannot_be_kept_does_not_lose_the_bookmark() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let store = store(&dir);
    let bookmark = mark(&store, &doc, "ferry");
    let folder = dir.path().join("notes").join(bookmark.key().unwrap().as_str());
    // The name is taken by a folder that is not empty.
    fs::create_dir_all(folder.join(format!("{}.txt.gz/x", fingerprint(&doc.text)))).unwrap();
    store.save_with_text(&bookmark, &doc.text).unwrap();
    assert_eq!(store.all().bookmarks, [bookmark]);
}

#[test]
fn a_reading_comes_back_and_the_last_one_is_first() {
    let dir = TempDir::new().unwrap();
    let store = store(&dir);
    let mut expected = Vec::new();
    for (when, paragraphs) in [(NOON, &TIDE[..1]), (LATER, &TIDE[..])] {
        let doc = article(paragraphs);
        let place = Anchor::of(&doc, span_of(&doc, "north pier"));
        let origin = store.origin(&doc, Some(Path::new("/articles/tide.txt")));
        let reading = reading((origin, when, place));
        store.save_reading(&reading).unwrap();
        assert_eq!(store.reading(&reading.origin.key), Some(reading.clone()));
        expected.insert(0, reading);
    }
    expected.dedup_by(|later, first| later.origin.key == first.origin.key);
    assert_eq!(store.readings(), expected);
    assert_eq!(store.lately(1).len(), 1);
    assert_eq!(store.lately(9), expected);
    for path in files(&dir.path().join("state")) {
        fs::write(path, b"\xff{").unwrap();
    }
    assert_eq!(store.readings(), []);
}

#[test]
fn a_body_inside_a_list_is_not_taken_for_a_note() {
    let mut value: Value = json!({"type": ["Annotation"], "id": "urn:x", "recto:deleted": true});
    value["body"] = json!([["not a note"]]);
    let mut bookmark = Bookmark::from_json(value.to_string().as_bytes()).unwrap();
    bookmark.set_note("", LATER);
    assert_eq!(bookmark.note(), None);
    let written: Value = serde_json::from_slice(&bookmark.to_json()).unwrap();
    assert_eq!(written["body"], json!([["not a note"]]));
}

#[test]
fn a_hostile_name_stays_inside_the_folder() {
    let (dir, doc) = (TempDir::new().unwrap(), article(&TIDE));
    let mut value: Value =
        serde_json::from_slice(&mark(&store(&dir), &doc, "ferry").to_json()).unwrap();
    value["id"] = json!("urn:uuid:../../../../x\0/\n");
    value["created"] = json!("../../2026/\0\u{1b}[31m");
    let bookmark = Bookmark::from_json(value.to_string().as_bytes()).unwrap();
    store(&dir).save(&bookmark).unwrap();
    assert_eq!(store(&dir).all().bookmarks, [bookmark]);
    value["recto:article"] = json!("../../evil");
    let homeless = Bookmark::from_json(value.to_string().as_bytes()).unwrap();
    assert_eq!(homeless.key(), None);
    assert!(store(&dir).save(&homeless).is_err());
}

/// JSON of any shape, with the names that a bookmark has.
fn strange() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("Annotation")),
        Just(json!("TextQuoteSelector")),
        Just(json!("TextPositionSelector")),
        Just(json!("TextualBody")),
    ];
    let name = prop::sample::select(vec![
        "id",
        "type",
        "body",
        "target",
        "selector",
        "exact",
        "start",
        "end",
        "prefix",
        "suffix",
        "source",
        "value",
        "refinedBy",
        "recto:version",
        "recto:comment",
        "recto:article",
        "author",
    ]);
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..8)
                .prop_map(|members| json!(members)),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Bookmark::from_json(&bytes);
    }

    #[test]
    fn any_json_can_be_read_changed_and_written(mut value in strange(), note in "\\PC{0,8}") {
        if let Value::Object(object) = &mut value {
            object.insert("type".into(), json!(["Annotation"]));
            object.insert("id".into(), json!("urn:x"));
            object.insert("recto:deleted".into(), json!(true));
        }
        if let Ok(mut bookmark) = Bookmark::from_json(value.to_string().as_bytes()) {
            let again = Bookmark::from_json(&bookmark.to_json());
            prop_assert_eq!(again.as_ref(), Ok(&bookmark));
            let _ = (bookmark.origin(), bookmark.note());
            bookmark.set_note(&note, LATER);
            prop_assert_eq!(bookmark.note().unwrap_or_default(), &note);
            let anchor = Anchor { exact: "words".into(), start: 3, end: 8, ..bookmark.anchor() };
            bookmark.set_anchor(&anchor, LATER);
            prop_assert_eq!(&bookmark.anchor(), &anchor);
            prop_assert!(Bookmark::from_json(&bookmark.to_json()).is_ok());
        }
    }

    #[test]
    fn any_string_that_is_a_key_is_one_plain_name(key in "\\PC{0,70}|[0-9a-f./]{0,70}") {
        if let Some(key) = ArticleKey::parse(&key) {
            prop_assert!(key.as_str().bytes().all(|byte| byte.is_ascii_hexdigit()));
        }
    }
}

#[test]
fn searches_are_kept_the_last_one_last_and_no_more_than_a_hundred() {
    let dir = TempDir::new().expect("a folder");
    let store = store(&dir);
    for number in 0..120 {
        store.save_search(&format!("tide {number}")).expect("kept");
    }
    store.save_search("tide 60").expect("kept");
    let kept = store.searches();
    assert_eq!((kept.len(), kept[0].as_str(), kept[99].as_str()), (100, "tide 20", "tide 60"));
    assert_eq!(kept.iter().filter(|query| *query == "tide 60").count(), 1);
}
