//! Lists over the whole record: articles read lately, bookmarks of all articles.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::app::item::{Item, Opening};
use crate::record::bookmark::Bookmark;
use crate::record::origin::Origin;
use crate::record::reading::Reading;
use crate::store::Store;

/// How many articles are listed.
const ARTICLES: usize = 200;

/// The articles that were read lately, the last one first, and the sample.
pub(super) fn lately(store: &Store) -> Vec<Item> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for bookmark in store.all().bookmarks {
        let key = bookmark.key().map(|key| key.as_str().to_owned());
        *counts.entry(key.unwrap_or_default()).or_default() += 1;
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
        text: name(origin),
        more: more.join(" · "),
        opens: Some(Opening { path: origin.path.as_ref().map(PathBuf::from), bookmark: None }),
        ..Item::default()
    }
}

/// What an article is called: its title, else its address, else its file.
fn name(origin: &Origin) -> String {
    let file = origin.path.as_deref().map(|path| path.rsplit('/').next().unwrap_or(path));
    let title = origin.title.as_deref().or(origin.url.as_deref()).or(file);
    title.unwrap_or("an article without a name").to_owned()
}

/// The bookmarks of all articles, those of one article together.
pub(super) fn bookmarks(store: &Store) -> Vec<Item> {
    let mut all: Vec<(Option<Origin>, Bookmark)> =
        store.all().bookmarks.into_iter().map(|one| (one.origin(), one)).collect();
    all.sort_by_cached_key(|(origin, _)| origin.as_ref().map(|origin| origin.key.clone()));
    let mut items = Vec::new();
    for group in all.chunk_by(|(one, _), (other, _)| key(one.as_ref()) == key(other.as_ref())) {
        let origin = group[0].0.as_ref();
        let text = origin.map_or_else(|| "made by another program".to_owned(), name);
        items.push(Item { text, heading: true, ..Item::default() });
        items.extend(group.iter().map(|(origin, bookmark)| Item {
            lead: "★".into(),
            text: bookmark.words().to_owned(),
            more: bookmark.note().unwrap_or_default().to_owned(),
            opens: origin.as_ref().and_then(|origin| origin.path.as_ref()).map(|path| Opening {
                path: Some(PathBuf::from(path)),
                bookmark: Some(bookmark.id().to_owned()),
            }),
            ..Item::default()
        }));
    }
    items
}

fn key(origin: Option<&Origin>) -> Option<&str> {
    origin.map(|origin| origin.key.as_str())
}
