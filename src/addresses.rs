//! Addresses of the web among the files that are named on the command line: they are fetched,
//! kept, and read as files from then on.

use std::path::{Path, PathBuf};

use recto::source::archive::archive;
use recto::source::{fetch, web};
use recto::store::Store;
use recto::terminal::{now, output};

use crate::Failure;

/// Puts the copies of what is at addresses in their places.
pub(crate) fn fetch_all(files: Vec<&mut PathBuf>, store: &Store) -> Result<(), Failure> {
    for file in files {
        if let Some(url) = file.to_str().filter(|name| name.contains("://") && !file.exists()) {
            *file = copy(url, store)?;
        }
    }
    Ok(())
}

/// The copy of what is at an address now; where nothing comes, the copy that was kept before.
fn copy(url: &str, store: &Store) -> Result<PathBuf, Failure> {
    if output::is_terminal() && fetch::is_address(url) {
        output::complain(&format!("fetching {url} …"));
    }
    let error = match web::find(url, &fetch::get) {
        Ok(found) => return Ok(store.keep_page(url, &archive(&found, &now()))?),
        Err(error) => error,
    };
    let kept = store.page(url).ok().filter(|path| path.exists());
    let Some(kept) = kept else { return Err(Failure::Said(format!("{url}: {error}"))) };
    output::complain(&format!("{url}: {error}; this is the copy of {}", day(&kept)));
    Ok(kept)
}

/// The day on which a file was written.
fn day(path: &Path) -> String {
    let written = path.metadata().and_then(|meta| meta.modified()).ok();
    let written = written.and_then(|time| jiff::Timestamp::try_from(time).ok());
    written.map_or_else(|| "before".to_owned(), |time| time.strftime("%Y-%m-%d").to_string())
}
