//! What is done with bookmarks without a screen.

use std::io::{self, Read as _};
use std::path::PathBuf;

use recto::headless::bookmarks::{self, Checked};
use recto::record::anchor::Anchor;
use recto::record::bookmark::Bookmark;
use recto::record::{export, import};
use recto::store::{Shelf, Store};
use recto::terminal::{now, output};
use recto::text::shown::Shown;
use uuid::Uuid;

use crate::args::{Bookmarks, Format};
use crate::named::Opener;
use crate::{Failure, is_standard_input, print, print_json, warn};

/// Does it.
pub(crate) fn record(
    command: &Bookmarks,
    store: &Store,
    opener: &Opener<'_>,
) -> Result<(), Failure> {
    match command {
        Bookmarks::List { file, json } => {
            let listed = shelved((store, opener), file.as_slice())?;
            match json {
                true => print_json(&bookmarks::list_json(&listed)),
                false => print(&bookmarks::list_text(&listed)),
            }
        }
        Bookmarks::Add { file, quote, note, tags } => {
            let doc = opener.document(file, None)?;
            let missing = || Failure::Said(format!("“{quote}” is not in {}", file.display()));
            let span = bookmarks::passage(&doc, quote).ok_or_else(missing)?;
            let (now, origin) = (now(), store.origin(&doc, Some(file)));
            let mut made = Bookmark::new(Uuid::new_v4(), &now, &Anchor::of(&doc, span), &origin);
            made.set_note(note.as_deref().unwrap_or_default(), &now);
            made.set_tags(&tags.iter().map(String::as_str).collect::<Vec<_>>(), &now);
            store.save_with_text(&made, &doc.text)?;
            print(&format!("{}\n", made.id()))
        }
        Bookmarks::Check { files, json } => check((store, opener), files, *json),
        Bookmarks::Delete { id } => Ok(store.delete(&named(store, id)?, &now())?),
        Bookmarks::Restore { id } => {
            let mut bookmark = named(store, id)?;
            bookmark.restore(&now());
            Ok(store.save(&bookmark)?)
        }
        Bookmarks::Export { files, format } => {
            let listed = shelved((store, opener), files)?;
            match format {
                Format::Markdown => Ok(output::print(&Shown::source(&export::markdown(&listed)))?),
                Format::Json => print_json(&bookmarks::list_json(&listed)),
                Format::W3c => print_json(&export::web(&listed)),
            }
        }
        Bookmarks::Import { files } => take_in(store, files),
    }
}

/// The bookmarks of these articles, or of all. What cannot be read is said and left alone.
fn shelved(
    (store, opener): (&Store, &Opener<'_>),
    files: &[PathBuf],
) -> Result<Vec<Bookmark>, Failure> {
    if files.is_empty() {
        return Ok(announced(store.all()));
    }
    let mut keys = Vec::new();
    for path in files {
        keys.push(store.identify(&opener.document(path, None)?, Some(path)));
    }
    keys.sort_unstable();
    keys.dedup();
    Ok(keys.iter().flat_map(|key| announced(store.bookmarks(key))).collect())
}

fn announced(shelf: Shelf) -> Vec<Bookmark> {
    shelf.unreadable.iter().for_each(|(path, why)| warn(path, why));
    shelf.bookmarks
}

fn named(store: &Store, id: &str) -> Result<Bookmark, Failure> {
    store.find(id).ok_or_else(|| Failure::Said(format!("no bookmark, or more than one, is “{id}”")))
}

fn check(
    (store, opener): (&Store, &Opener<'_>),
    files: &[PathBuf],
    json: bool,
) -> Result<(), Failure> {
    let mut articles = Vec::new();
    for path in files {
        let doc = opener.document(path, None)?;
        let origin = store.origin(&doc, Some(path));
        let shelf = announced(store.bookmarks(&origin.key));
        let places = store.places(&doc, &origin, &shelf);
        articles.push((path.to_string_lossy(), doc, shelf, places));
    }
    let checked = articles.iter().flat_map(|(file, doc, shelf, places)| {
        shelf.iter().zip(places).map(move |(bookmark, &found)| {
            let now = found.span.map_or("", |span| doc.slice(span));
            Checked { file, bookmark, found, now }
        })
    });
    let checked: Vec<Checked> = checked.collect();
    if json {
        return print_json(&bookmarks::check_json(&checked));
    }
    print(&bookmarks::check_text(&checked))
}

fn take_in(store: &Store, files: &[PathBuf]) -> Result<(), Failure> {
    let (mut found, mut refused) = (Vec::new(), 0);
    for path in files {
        let mut bytes = Vec::new();
        if is_standard_input(path) {
            io::stdin().lock().read_to_end(&mut bytes)?;
        } else {
            let named = |error| Failure::Said(format!("{}: {error}", path.display()));
            bytes = std::fs::read(path).map_err(named)?;
        }
        let imported = import::read(&bytes);
        imported.refused.iter().for_each(|why| warn(path, why));
        refused += imported.refused.len();
        found.extend(imported.bookmarks);
    }
    let counts = store.import(&found, &now())?;
    print(&bookmarks::import_text(counts, refused))
}
