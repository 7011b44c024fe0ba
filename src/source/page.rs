//! A page of the web as a file: fetched, kept, and read from its copy from then on.
//!
//! May not know: the clock, threads, who waits for it.

use std::path::{Path, PathBuf};

use super::archive::archive;
use super::fetch::{self, FetchError};
use super::web::{self, Get};
use crate::store::{Store, StoreError};
use crate::text::address::Address;

/// The copy of what is at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it lies.
    pub path: PathBuf,
    /// Where nothing came and it is an earlier copy: why, and of which day.
    pub note: Option<String>,
}

/// Why there is no page, as a sentence.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// What is written is no address of the web.
    #[error("{0}: {error}", error = FetchError::Address)]
    Address(String),
    /// Nothing came, and there is no earlier copy.
    #[error("{0}: {1}")]
    Fetch(String, FetchError),
    /// It cannot be kept.
    #[error("not saved: {0}")]
    Store(#[from] StoreError),
}

/// The address that a name on the command line is; `None` where it names a file.
///
/// # Errors
/// If it has the form of an address, and may not be fetched.
pub fn address(name: &Path) -> Option<Result<Address, PageError>> {
    let name = name.to_str().filter(|it| it.contains("://") && !name.exists())?;
    let address = Address::parse(name, None).ok().filter(|_| fetch::is_address(name));
    Some(address.ok_or_else(|| PageError::Address(name.to_owned())))
}

/// Fetches what is at an address and keeps it as of `time`, a time stamp as RFC 3339 writes it;
/// where nothing comes, the copy that was kept before.
///
/// # Errors
/// If nothing comes and nothing was kept, or it cannot be kept.
pub fn fetched(
    address: &Address,
    (store, time): (&Store, &str),
    get: Get<'_>,
) -> Result<Page, PageError> {
    let url = address.as_str();
    let error = match web::find(url, get) {
        Ok(found) => {
            let path = store.keep_page(url, &archive(&found, time))?;
            return Ok(Page { path, note: None });
        }
        Err(error) => error,
    };
    let kept = store.page(url).ok().filter(|path| path.exists());
    let Some(path) = kept else { return Err(PageError::Fetch(url.to_owned(), error)) };
    let note = format!("{url}: {error}; this is the copy of {}", day(&path));
    Ok(Page { path, note: Some(note) })
}

/// The day on which a file was written.
fn day(path: &Path) -> String {
    let written = path.metadata().and_then(|meta| meta.modified()).ok();
    let written = written.and_then(|time| jiff::Timestamp::try_from(time).ok());
    written.map_or_else(|| "before".to_owned(), |time| time.strftime("%Y-%m-%d").to_string())
}
