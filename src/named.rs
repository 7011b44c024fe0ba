//! What is named on the command line, and how it is opened: as much of it and in the formats that the
//! reader chose.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use recto::app::lists::item::Location;
use recto::article::input::Input;
use recto::article::load::LoadError;
use recto::article::{Document, Part};
use recto::source::{self, Folder, page};
use recto::terminal::{self, fault};

use crate::args::Arguments;
use crate::choice::Choice;
use crate::{Failure, SAMPLE};

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
    match (path, most) {
        (None, _) => Ok(Input::bytes(SAMPLE)),
        (Some(path), Some(most)) => Input::of(path)?.at_most(most << 20),
        (Some(path), None) => Input::of(path),
    }
}

/// Opens articles as the reader chose.
pub(crate) struct Opener<'a> {
    pub(crate) choice: &'a Choice,
    pub(crate) arguments: &'a Arguments,
}

impl Opener<'_> {
    /// A file, or the sample.
    pub(crate) fn open(&self, path: Option<&Path>) -> Result<Input, LoadError> {
        let formats = self.choice.read().settings.formats;
        Ok(open(path, self.arguments.max_size)?.in_formats(formats))
    }

    /// An article of a file, by its number from 1; without one, the first or only one.
    pub(crate) fn document(&self, path: &Path, article: Option<u32>) -> Result<Document, Failure> {
        fault::asked_for("load");
        let part = article.map_or(Part::Whole, |number| Part::Article(number - 1));
        let doc = terminal::document(&self.open(Some(path))?.of_part(part))?;
        match article {
            Some(number) if number > 1 && doc.article != number - 1 => {
                let there = doc.articles.len().max(1);
                Err(Failure::Said(format!(
                    "{} holds {there}, not {number} articles",
                    path.display()
                )))
            }
            _ => Ok(doc),
        }
    }
}
