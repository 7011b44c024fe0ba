//! Lists of many articles: those read lately, those in a folder, bookmarks of all. What is known
//! at once is listed at once; what needs files read comes after, from a thread.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::SystemTime;

use super::Event;
use crate::app::action::{News, Topic};
use crate::app::entities::elsewhere::Elsewhere;
use crate::app::lists::item::{Item, Location, Opening};
use crate::article::input::Input;
use crate::article::{Document, Listed, Part, load};
use crate::record::anchor::Verdict;
use crate::record::origin::ArticleKey;
use crate::record::reading::Reading;
use crate::record::tags;
use crate::source::{self, File};
use crate::store::{Entry, Marked, Store, stamp};

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
    let list = move |items| events.send(Event::Done(number, News::Listed(topic, items))).is_ok();
    let work = move || match topic {
        Topic::Home => look_into(&store, &list),
        Topic::AllBookmarks => judge(&store, &list),
        _ => {}
    };
    // Without a thread the list stays as it is.
    let _ = thread::Builder::new().name("library".into()).spawn(work);
}

/// Reads on a thread in which other articles names were read, and sends it to `events` with the
/// number of the open article, whose key is `own`.
pub(super) fn remember(store: &Store, own: ArticleKey, (number, events): (usize, &Sender<Event>)) {
    let (store, events) = (store.clone(), events.clone());
    let work = move || {
        store.forget_old_names();
        let others = store.lately(ARTICLES).into_iter();
        let others =
            others.filter(|reading| reading.origin.path.is_some() && reading.origin.key != own);
        let read = |reading: Reading| {
            let names = store.names(&reading.origin.key);
            let line = item(&Article { marks: reading.marks as usize, is_gone: false, reading });
            (!names.is_empty()).then_some((line, names))
        };
        let there = Elsewhere::new(others.filter_map(read).collect());
        // Where nobody listens any more, nobody wants to know.
        let _ = events.send(Event::Done(number, News::Elsewhere(Arc::new(there))));
    };
    // Without a thread the card says nothing of other articles.
    let _ = thread::Builder::new().name("names".into()).spawn(work);
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
    for marked in store.overview(SystemTime::now()).articles {
        counts.insert(marked.key.as_str().to_owned(), marked.bookmarks.len());
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
    // A file of several articles is opened at its first one.
    if origin.key != reading.origin.key {
        return false;
    }
    let bookmarks = store.bookmarks(&origin.key).bookmarks;
    let places = store.places(&doc, &origin, &bookmarks);
    let verdicts = places.iter().map(|found| found.verdict);
    let ids = bookmarks.iter().map(|bookmark| bookmark.id().to_owned());
    reading.doubtful = ids.zip(verdicts).filter(|(_, verdict)| verdict.needs_a_look()).collect();
    let seen = store.seen(&origin.key);
    if !seen.is_empty() {
        reading.new = seen.others(&doc).len() as u32;
    }
    true
}

/// Lists the bookmarks of all articles, then with what is known of them since their articles
/// were read: what became of them, and which article of its file each of them is in; then as it is now in files that have changed since they were read.
fn judge(store: &Store, list: &dyn Fn(Vec<Item>) -> bool) {
    let items = bookmarks(store);
    if !list(items.clone()) {
        return;
    }
    let mut readings = store.readings();
    if !list(judged(&items, &readings)) {
        return;
    }
    for index in 0..readings.len().min(LOOKED_INTO) {
        if look_again(store, &mut readings[index]) && !list(judged(&items, &readings)) {
            return;
        }
    }
}

fn judged(items: &[Item], readings: &[Reading]) -> Vec<Item> {
    let doubtful = readings.iter().flat_map(|reading| &reading.doubtful);
    let verdicts: HashMap<&String, &Verdict> = doubtful.collect();
    let numbered = |reading: &Reading| Some((reading.origin.key.clone(), reading.article?));
    let numbers: HashMap<ArticleKey, u32> = readings.iter().filter_map(numbered).collect();
    let mut items = items.to_vec();
    for item in &mut items {
        if let Some(verdict) = item.id.as_ref().and_then(|id| verdicts.get(id)) {
            verdict.name().clone_into(&mut item.lead);
            item.verdict = Some(**verdict);
        }
        let number = item.article.as_ref().and_then(|key| numbers.get(key));
        if let (Some(opening), Some(number)) = (&mut item.opens, number) {
            opening.part = Part::Article(*number);
        }
    }
    items
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
    let text = name(origin.title.as_deref(), origin.url.as_deref(), origin.path.as_deref());
    let facts = [
        count(reading.new, if reading.new == 1 { "new comment" } else { "new comments" }),
        (article.marks > 0).then(|| format!("★ {}", article.marks)),
        count(reading.doubtful.len() as u32, "to look at"),
        article.is_gone.then(|| "file not there".to_owned()),
        source(reading).filter(|source| *source != text),
        reading.when.get(..10).map(str::to_owned),
    ];
    Item {
        lead: format!("{:>3}%", reading.percent),
        text,
        more: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        opens: Some(Opening {
            location: origin
                .path
                .as_ref()
                .map_or(Location::Sample, |path| Location::File(path.into())),
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
    (input, doc, named): (&Input, &Document, &Arc<[Location]>),
    number: usize,
    events: &Sender<Event>,
) -> Vec<Item> {
    let inside = inside(doc, input.path());
    let folder = input.path().and_then(|path| path.canonicalize().ok());
    let folder = folder.as_deref().and_then(Path::parent).map(Path::to_owned);
    let folder = folder.map(Location::File).into_iter();
    let places = if named.is_empty() { folder.collect() } else { named.to_vec() };
    let (first, events) = (inside.clone(), events.clone());
    let work = move || {
        let mut items = first;
        let files = items_at(&places);
        if !items.is_empty() && !files.is_empty() {
            items.push(heading("other files"));
        }
        items.extend(files);
        // Whoever asked may be gone.
        let _ = events.send(Event::Done(number, News::Listed(Topic::Folder, items)));
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
        opens: path
            .map(|path| Opening { part: Part::Article(number as u32), ..Opening::file(path) }),
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

/// The files that are somewhere, then the addresses, of which nothing is fetched for a list.
fn items_at(places: &[Location]) -> Vec<Item> {
    let paths = places.iter().filter_map(Location::path).map(Path::to_owned);
    let found = source::listing(&paths.collect::<Vec<_>>());
    let more = (found.more > 0).then(|| heading(&format!("and {} more files", found.more)));
    found.files.iter().map(file).chain(more).chain(places.iter().filter_map(address)).collect()
}

fn address(place: &Location) -> Option<Item> {
    let Location::Web(address) = place else { return None };
    Some(Item {
        text: address.as_str().to_owned(),
        more: [vec![format!("fetched from {}", address.host())], address.warnings()]
            .concat()
            .join(" · "),
        opens: Some(Opening::of(place.clone())),
        ..Item::default()
    })
}

fn file(file: &File) -> Item {
    Item {
        text: file.name(),
        more: format!("{} · {}", file.said(), file.file_name()),
        opens: Some(Opening::file(&file.path)),
        ..Item::default()
    }
}

/// The bookmarks of all articles, those of one article together.
fn bookmarks(store: &Store) -> Vec<Item> {
    let mut items = Vec::new();
    for article in store.overview(SystemTime::now()).articles {
        let Marked { key, title, url, path, bookmarks } = article;
        let text = name(title.as_deref(), url.as_deref(), path.as_deref());
        items.push(Item { text, heading: true, ..Item::default() });
        items.extend(bookmarks.into_iter().map(|entry| bookmark(entry, &key, path.as_deref())));
    }
    items
}

fn bookmark(entry: Entry, key: &ArticleKey, path: Option<&str>) -> Item {
    let opening = |path| Opening { bookmark: Some(entry.id.clone()), ..Opening::file(path) };
    Item {
        lead: "★".into(),
        more: tags::joined(entry.note.as_deref().unwrap_or_default(), &entry.tags),
        article: Some(key.clone()),
        opens: path.map(opening),
        id: Some(entry.id),
        text: entry.words,
        when: entry.created,
        ..Item::default()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::fs;

    use tempfile::TempDir;
    use uuid::Uuid;

    use super::*;
    use crate::record::anchor::Anchor;
    use crate::record::bookmark::Bookmark;

    const NOON: &str = "2026-11-24T12:00:00Z";
    const LATER: &str = "2026-11-24T12:30:00Z";
    const TEXT: &str = "The ferry leaves from the quay at noon.\n\nNobody was hurt, she said.\n";

    /// A store with two bookmarks in an article that was edited after it was read.
    fn edited(dir: &TempDir) -> Store {
        let store = Store::open(Some(dir.path()), None);
        let file = dir.path().join("pier.txt");
        fs::write(&file, TEXT).unwrap();
        let doc = load::open(&file).unwrap();
        let origin = store.origin(&doc, Some(&file));
        for (when, words) in [(NOON, "leaves from the quay at noon"), (LATER, "Nobody was hurt")] {
            let start = doc.text.find(words).unwrap();
            let anchor = Anchor::of(&doc, (start..start + words.len()).into());
            let bookmark = Bookmark::new(Uuid::new_v4(), when, &anchor, &origin);
            store.save_with_text(&bookmark, &doc.text).unwrap();
        }
        let (when, place, percent) = (NOON.to_owned(), Anchor::default(), 10);
        let (new, marks, doubtful) = (0, 2, [].into());
        let stamp = stamp(&file);
        let article = None;
        let reading =
            Reading { origin, article, when, place, percent, stamp, new, marks, doubtful };
        store.save_reading(&reading).unwrap();
        fs::write(&file, TEXT.replace("quay at noon", "new quay at nine")).unwrap();
        store
    }

    #[test]
    fn lists_say_what_became_of_bookmarks_in_a_file_that_was_edited() {
        let dir = TempDir::new().unwrap();
        let store = edited(&dir);
        let lists = RefCell::new(Vec::new());
        judge(&store, &|items| {
            lists.borrow_mut().push(items);
            true
        });
        let states: Vec<Vec<String>> = lists.borrow().iter().map(|items| states(items)).collect();
        let [read, edited] = [["pier.txt", "★", "★"], ["pier.txt", "edited", "★"]];
        assert_eq!(states, [read, read, edited]);
        look_into(&store, &|items| {
            lists.borrow_mut().push(items);
            true
        });
        assert!(lists.borrow().last().unwrap()[0].more.contains("★ 2 · 1 to look at"));
    }

    /// What stands at the left of the lines, of headings their words.
    fn states(items: &[Item]) -> Vec<String> {
        let state = |item: &Item| if item.heading { &item.text } else { &item.lead }.clone();
        items.iter().map(state).collect()
    }
}
