//! Lists of many articles: those read lately, those in a folder, bookmarks of all. What is known
//! at once is listed at once; what needs files read comes after, from a thread.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::SystemTime;

use super::Event;
use crate::app::action::{Action, Topic};
use crate::app::item::{Item, Opening};
use crate::article::input::Input;
use crate::article::{Document, Listed, Part, load};
use crate::record::anchor::Verdict;
use crate::record::reading::{Reading, new_comments};
use crate::record::tags;
use crate::source::{self, File};
use crate::store::{Entry, Store, stamp};

/// How many articles are listed.
const ARTICLES: usize = 200;

/// Of how many of them, the last ones, a changed file is read for what is new in it.
const LOOKED_INTO: usize = 40;

/// The articles that were read lately as they were left, the last one first, and the sample.
pub(super) fn lately(store: &Store) -> Vec<Item> {
    items(&articles(store))
}

/// Gathers on a thread what needs files read for a list. It is sent to `events`, with the
/// number of the open article.
pub(super) fn gather(topic: Topic, store: &Store, number: usize, events: &Sender<Event>) {
    let (store, events) = (store.clone(), events.clone());
    let list = move |items| events.send(Event::Done(number, Action::Listed(topic, items))).is_ok();
    let work = move || match topic {
        Topic::Home => look_into(&store, &list),
        Topic::AllBookmarks => drop(list(bookmarks(&store))),
        _ => {}
    };
    // Without a thread the list stays as it is.
    let _ = thread::Builder::new().name("library".into()).spawn(work);
}

/// An article that was read, and what is known of it now.
struct Article {
    reading: Reading,
    marks: usize,
    is_gone: bool,
}

fn articles(store: &Store) -> Vec<Article> {
    let with_file = |reading: &Reading| reading.origin.path.is_some();
    let readings = store.lately(ARTICLES).into_iter().filter(with_file);
    let article =
        |reading: Reading| Article { marks: reading.marks as usize, is_gone: false, reading };
    readings.map(article).collect()
}

/// Lists the articles with the bookmarks that there are, then with what is new in files that
/// have changed since they were read.
fn look_into(store: &Store, list: &dyn Fn(Vec<Item>) -> bool) {
    let mut articles = articles(store);
    let mut counts: HashMap<String, usize> = HashMap::new();
    for entry in store.overview(SystemTime::now()).entries {
        *counts.entry(entry.key.as_str().to_owned()).or_default() += 1;
    }
    for article in &mut articles {
        let key = article.reading.origin.key.as_str();
        article.marks = counts.get(key).copied().unwrap_or(0);
        let path = article.reading.origin.path.as_ref();
        article.is_gone = path.is_some_and(|path| !Path::new(path).exists());
    }
    if !list(items(&articles)) {
        return;
    }
    for index in 0..articles.len().min(LOOKED_INTO) {
        if look_again(store, &mut articles[index].reading) && !list(items(&articles)) {
            return;
        }
    }
}

/// Counts new comments and doubtful bookmarks in a file that has changed. False where it has
/// not, or cannot be read.
fn look_again(store: &Store, reading: &mut Reading) -> bool {
    let Some(path) = reading.origin.path.clone() else { return false };
    let now = stamp(Path::new(&path));
    if now.is_none() || now == reading.stamp {
        return false;
    }
    let Ok(doc) = load::open(Path::new(&path)) else { return false };
    let origin = store.origin(&doc, Some(Path::new(&path)));
    let places = store.places(&doc, &origin, &store.bookmarks(&origin.key).bookmarks);
    reading.look = places.iter().filter(|found| found.verdict >= Verdict::Edited).count() as u32;
    if !reading.seen.is_empty() {
        reading.new = new_comments(reading, &doc).len() as u32;
    }
    true
}

fn items(articles: &[Article]) -> Vec<Item> {
    let sample = Item {
        lead: "sample".into(),
        text: "the article that is built in".into(),
        opens: Some(Opening::default()),
        ..Item::default()
    };
    articles.iter().map(item).chain([sample]).collect()
}

fn item(article: &Article) -> Item {
    let reading = &article.reading;
    let origin = &reading.origin;
    let count = |count: u32, words: &str| (count > 0).then(|| format!("{count} {words}"));
    let facts = [
        count(reading.new, if reading.new == 1 { "new comment" } else { "new comments" }),
        (article.marks > 0).then(|| format!("★ {}", article.marks)),
        count(reading.look, "to look at"),
        article.is_gone.then(|| "file not there".to_owned()),
        source(reading),
        reading.when.get(..10).map(str::to_owned),
    ];
    Item {
        lead: format!("{:>3}%", reading.percent),
        text: name(origin.title.as_deref(), origin.url.as_deref(), origin.path.as_deref()),
        more: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        opens: Some(Opening {
            path: origin.path.as_ref().map(PathBuf::from),
            part: reading.article.map_or(Part::Whole, Part::Article),
            bookmark: None,
        }),
        when: reading.when.clone(),
        ..Item::default()
    }
}

/// Where an article comes from: the host of its address, else the name of its file.
fn source(reading: &Reading) -> Option<String> {
    let origin = &reading.origin;
    let host = origin.url.as_deref().and_then(|url| url.split("://").nth(1)?.split('/').next());
    let file = origin.path.as_deref().map(|path| path.rsplit('/').next().unwrap_or(path));
    host.or(file).map(str::to_owned)
}

/// What an article is called: its title, else its address, else its file.
fn name(title: Option<&str>, url: Option<&str>, path: Option<&str>) -> String {
    let file = path.map(|path| path.rsplit('/').next().unwrap_or(path));
    title.or(url).or(file).unwrap_or("an article without a name").to_owned()
}

/// The articles that are offered beside the one that is open: those of its file, and on a thread
/// the files that were named with it, or else those of its folder.
pub(super) fn beside(
    (input, doc, named): (&Input, &Document, &Arc<[PathBuf]>),
    number: usize,
    events: &Sender<Event>,
) -> Vec<Item> {
    let inside = inside(doc, input.path());
    let folder = input.path().and_then(|path| path.canonicalize().ok());
    let folder = folder.as_deref().and_then(Path::parent).map(Path::to_owned);
    let paths = if named.is_empty() { folder.into_iter().collect() } else { named.to_vec() };
    let (first, events) = (inside.clone(), events.clone());
    let work = move || {
        let mut items = first;
        let files = files(&paths);
        if !items.is_empty() && !files.is_empty() {
            items.push(heading("other files"));
        }
        items.extend(files);
        // Whoever asked may be gone.
        let _ = events.send(Event::Done(number, Action::Listed(Topic::Folder, items)));
    };
    let _ = thread::Builder::new().name("library".into()).spawn(work);
    inside
}

/// The articles of a file that holds several.
fn inside(doc: &Document, path: Option<&Path>) -> Vec<Item> {
    let item = |(number, one): (usize, &Listed)| Item {
        lead: if number as u32 == doc.article { "▸".to_owned() } else { " ".to_owned() },
        text: one.title.clone(),
        more: facts(one),
        opens: path.map(|path| Opening {
            path: Some(path.to_owned()),
            part: Part::Article(number as u32),
            bookmark: None,
        }),
        when: one.published.clone().unwrap_or_default(),
        ..Item::default()
    };
    doc.articles.iter().enumerate().map(item).collect()
}

fn facts(one: &Listed) -> String {
    let comments = match one.comments {
        0 => None,
        1 => Some("1 comment".to_owned()),
        count => Some(format!("{count} comments")),
    };
    comments.into_iter().chain(one.published.clone()).collect::<Vec<_>>().join(" · ")
}

fn heading(text: &str) -> Item {
    Item { text: text.to_owned(), heading: true, ..Item::default() }
}

fn files(paths: &[PathBuf]) -> Vec<Item> {
    let found = source::listing(paths);
    let more = (found.more > 0).then(|| heading(&format!("and {} more files", found.more)));
    found.files.iter().map(file).chain(more).collect()
}

fn file(file: &File) -> Item {
    Item {
        text: file.name(),
        more: format!("{} · {}", file.said(), file.file_name()),
        opens: Some(Opening { path: Some(file.path.clone()), ..Opening::default() }),
        ..Item::default()
    }
}

/// The bookmarks of all articles, those of one article together.
fn bookmarks(store: &Store) -> Vec<Item> {
    let mut entries = store.overview(SystemTime::now()).entries;
    // Stable: those of one article stay in the order they were made in.
    entries.sort_by(|one, other| one.key.cmp(&other.key));
    let mut items = Vec::new();
    for group in entries.chunk_by(|one, other| one.key == other.key) {
        let Entry { title, url, path, .. } = &group[0];
        let text = name(title.as_deref(), url.as_deref(), path.as_deref());
        items.push(Item { text, heading: true, ..Item::default() });
        let article = store.reading(&group[0].key).and_then(|reading| reading.article);
        let part = article.map_or(Part::Whole, Part::Article);
        items.extend(group.iter().map(|entry| bookmark(entry, part)));
    }
    items
}

fn bookmark(entry: &Entry, part: Part) -> Item {
    let opening =
        |path| Opening { path: Some(PathBuf::from(path)), part, bookmark: Some(entry.id.clone()) };
    Item {
        lead: "★".into(),
        text: entry.words.clone(),
        more: tags::joined(entry.note.as_deref().unwrap_or_default(), &entry.tags),
        id: Some(entry.id.clone()),
        article: Some(entry.key.clone()),
        opens: entry.path.as_ref().map(opening),
        when: entry.created.clone(),
        ..Item::default()
    }
}
