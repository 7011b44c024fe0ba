//! Addresses of the web among what is named on the command line, where there is no screen: they
//! are fetched, kept, and read as files from then on.

use std::path::PathBuf;

use recto::source::{fetch, page};
use recto::store::Store;
use recto::terminal::{now, output};

use crate::Failure;

/// Puts the copies of what is at addresses in their places.
pub(crate) fn fetch_all(files: Vec<&mut PathBuf>, store: &Store) -> Result<(), Failure> {
    for file in files {
        let Some(address) = page::address(file).transpose()? else { continue };
        if output::is_terminal() {
            output::complain(&format!("fetching {} …", address.as_str()));
        }
        let page = page::fetched(&address, (store, &now()), &fetch::get)?;
        page.note.iter().for_each(|note| output::complain(note));
        *file = page.path;
    }
    Ok(())
}
