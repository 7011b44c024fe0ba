//! Lists of many articles: those read lately, those in a folder, bookmarks of all.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::app::item::{Item, Opening};
use crate::record::reading::Reading;
use crate::source::{self, File};
use crate::store::{Entry, Store};

/// How many articles are listed.
const ARTICLES: usize = 200;

/// The articles that were read lately, the last one first, and the sample.
pub(super) fn lately(store: &Store) -> Vec<Item> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for entry in store.overview(SystemTime::now()).entries {
        *counts.entry(entry.key.as_str().to_owned()).or_default() += 1;
    }
    let readings = store.readings();
    let articles = readings.iter().take(ARTICLES).filter(|one| one.origin.path.is_some());
    let sample = Item {
        lead: "sample".into(),
        text: "the article that is built in".into(),
        opens: Some(Opening::default()),
        ..Item::default()
    };
    let marks = |one: &Reading| counts.get(one.origin.key.as_str()).copied().unwrap_or(0);
    articles.map(|one| article(one, marks(one))).chain([sample]).collect()
}

fn article(reading: &Reading, marks: usize) -> Item {
    let origin = &reading.origin;
    let marks = (marks > 0).then(|| format!("★ {marks}"));
    let day = reading.when.get(..10).map(str::to_owned);
    let more: Vec<String> = [marks, day].into_iter().flatten().collect();
    Item {
        lead: format!("{:>3}%", reading.percent),
        text: name(origin.title.as_deref(), origin.url.as_deref(), origin.path.as_deref()),
        more: more.join(" · "),
        opens: Some(Opening { path: origin.path.as_ref().map(PathBuf::from), bookmark: None }),
        ..Item::default()
    }
}

/// What an article is called: its title, else its address, else its file.
fn name(title: Option<&str>, url: Option<&str>, path: Option<&str>) -> String {
    let file = path.map(|path| path.rsplit('/').next().unwrap_or(path));
    title.or(url).or(file).unwrap_or("an article without a name").to_owned()
}

/// The articles in the folder of a file.
pub(super) fn folder(path: Option<&str>) -> Vec<Item> {
    let Some(folder) = path.and_then(|path| Path::new(path).parent()) else { return Vec::new() };
    // A folder that cannot be read has nothing to choose from.
    let found = source::folder(folder).unwrap_or_default();
    let more = (found.more > 0).then(|| Item {
        text: format!("and {} more files", found.more),
        heading: true,
        ..Item::default()
    });
    found.files.iter().map(file).chain(more).collect()
}

fn file(file: &File) -> Item {
    Item {
        text: file.name(),
        more: format!("{} · {}", file.said(), file.file_name()),
        opens: Some(Opening { path: Some(file.path.clone()), bookmark: None }),
        ..Item::default()
    }
}

/// The bookmarks of all articles, those of one article together.
pub(super) fn bookmarks(store: &Store) -> Vec<Item> {
    let mut entries = store.overview(SystemTime::now()).entries;
    // Stable: those of one article stay in the order they were made in.
    entries.sort_by(|one, other| one.key.cmp(&other.key));
    let mut items = Vec::new();
    for group in entries.chunk_by(|one, other| one.key == other.key) {
        let Entry { title, url, path, .. } = &group[0];
        let text = name(title.as_deref(), url.as_deref(), path.as_deref());
        items.push(Item { text, heading: true, ..Item::default() });
        items.extend(group.iter().map(bookmark));
    }
    items
}

fn bookmark(entry: &Entry) -> Item {
    let opening =
        |path| Opening { path: Some(PathBuf::from(path)), bookmark: Some(entry.id.clone()) };
    Item {
        lead: "★".into(),
        text: entry.words.clone(),
        more: entry.note.clone().unwrap_or_default(),
        opens: entry.path.as_ref().map(opening),
        ..Item::default()
    }
}
