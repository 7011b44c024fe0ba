//! What is named on the command line, and how it is opened: as much of it and in the formats that the
//! reader chose.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use recto::app::lists::item::Location;
use recto::article::input::Input;
use recto::article::load::LoadError;
use recto::source::{self, Folder, page};

use crate::{Failure, SAMPLE, limited_to};

/// The articles that are named.
pub(crate) struct Named {
    /// The one that is read first.
    pub(crate) first: Location,
    /// All, as they are named.
    pub(crate) all: Vec<Location>,
    /// Whether there is something to choose from.
    pub(crate) several: bool,
}

impl Named {
    /// What some names stand for; without any, standard input where something is piped in, else the
    /// sample.
    pub(crate) fn of(files: &[PathBuf]) -> Result<Self, Failure> {
        let all = files.iter().map(|name| location(name)).collect::<Result<Vec<_>, Failure>>()?;
        let several = files.len() > 1 || files.first().is_some_and(|path| source::is_folder(path));
        let paths: Vec<PathBuf> =
            all.iter().filter_map(Location::path).map(Path::to_owned).collect();
        let found = if several && !paths.is_empty() { listed(&paths)? } else { Folder::default() };
        let first = match all.first() {
            Some(Location::Web(address)) => Location::Web(address.clone()),
            Some(named) => {
                found.files.first().map_or(named.clone(), |file| Location::File(file.path.clone()))
            }
            None if io::stdin().is_terminal() => Location::Sample,
            None => Location::File("-".into()),
        };
        Ok(Self { first, all, several })
    }
}

fn location(name: &Path) -> Result<Location, Failure> {
    let address = page::address(name).transpose()?;
    Ok(address.map_or_else(|| Location::File(name.to_owned()), Location::Web))
}

/// What can be read of these files, and of the files in these folders.
pub(crate) fn listed(paths: &[PathBuf]) -> Result<Folder, Failure> {
    for path in paths.iter().filter(|path| !source::is_folder(path)) {
        Input::of(path)?;
    }
    let found = source::listing(paths);
    let named = || paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>();
    if found.files.is_empty() {
        return Err(Failure::Said(format!(
            "{}: there is nothing to read here",
            named().join(", ")
        )));
    }
    Ok(found)
}

/// Opens a file, or the sample, of which at most so many MB are read.
pub(crate) fn open(path: Option<&Path>, most: Option<u64>) -> Result<Input, LoadError> {
    path.map_or_else(|| Ok(Input::bytes(SAMPLE)), |path| limited_to(path, most))
}
