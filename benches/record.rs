//! How fast a large record is listed: `cargo bench --bench record`.
//!
//! Ten thousand bookmarks over a thousand articles, in a folder for temporary files (`TMPDIR`). The
//! least of ten times is told, each of them on one thread.

#![expect(clippy::disallowed_methods, reason = "a benchmark prints its figures")]

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::time::{Duration, Instant, SystemTime};

use recto::record::anchor::Anchor;
use recto::record::bookmark::Bookmark;
use recto::record::origin::{ArticleKey, Origin};
use recto::record::reading::Reading;
use recto::store::Store;
use tempfile::TempDir;
use uuid::Uuid;

const ARTICLES: usize = 1000;
const EACH: usize = 10;

fn main() -> io::Result<()> {
    let dir = TempDir::new()?;
    let store = Store::open(Some(dir.path()), None);
    for number in 0..ARTICLES {
        fill(&store, number).map_err(io::Error::other)?;
    }
    // When all folders count as settled.
    let now = SystemTime::now() + Duration::from_mins(1);
    let marked = |now| store.overview(now).articles.iter().map(|one| one.bookmarks.len()).sum();
    say("all bookmarks, first time", &mut || marked(SystemTime::UNIX_EPOCH))?;
    marked(now);
    say("all bookmarks", &mut || marked(now))?;
    say("all files", &mut || store.all().bookmarks.len())?;
    say("articles read lately", &mut || store.lately(200).len())?;
    say("all articles read", &mut || store.readings().len())
}

fn say(what: &str, work: &mut dyn FnMut() -> usize) -> io::Result<()> {
    let once = |_| {
        let start = Instant::now();
        (work(), start.elapsed())
    };
    let (count, least) = (0..10).map(once).min_by_key(|(_, time)| *time).unwrap_or_default();
    writeln!(io::stdout(), "{what:<26} {count:>6}  {:>7.2} ms", least.as_secs_f64() * 1e3)
}

/// An article, ten bookmarks in it, and how far it was read.
fn fill(store: &Store, number: usize) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let url = format!("https://example.org/harbour/{number}");
    let origin = Origin {
        key: ArticleKey::of(&url),
        url: Some(url),
        title: Some(format!("What the harbour master said on day {number}")),
        author: Some("Tessa Orme".into()),
        text: String::new(),
        path: Some(format!("/articles/harbour-{number}.md")),
    };
    let place = Anchor {
        exact: "The ferry now leaves from the quay, every second hour until the wind turns.".into(),
        prefix: "was closed on Monday, after the swell rose. ".into(),
        suffix: " Nobody was hurt, she said.".into(),
        ..Anchor::default()
    };
    for count in 0..EACH {
        let when = format!("2026-{:02}-{:02}T12:{count:02}:00Z", number % 12 + 1, number % 28 + 1);
        let mut bookmark = Bookmark::new(Uuid::new_v4(), &when, &place, &origin);
        if count % 3 == 0 {
            bookmark.set_note("ask at the quay when it runs again", &when);
        }
        store.save(&bookmark)?;
    }
    let (when, marks) = ("2026-11-23T12:00:00Z".to_owned(), EACH as u32);
    let (percent, stamp, new, doubtful) = (50, None, 0, BTreeMap::new());
    Ok(store.save_reading(&Reading {
        origin,
        article: None,
        when,
        place,
        percent,
        stamp,
        new,
        marks,
        doubtful,
    })?)
}
