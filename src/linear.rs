//! Reading without a screen, by commands from standard input.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use recto::app::lists::item::Location;
use recto::store::Store;
use recto::terminal::{self, Chosen, output};

use crate::named::{self, Named, Opener};
use crate::{Failure, is_standard_input};

/// Reads the file that is named, or the sample; of several files, or those of a folder, the one that
/// the reader chooses. The article cannot come from standard input.
pub(crate) fn linear(opener: &Opener<'_>, store: &Store) -> Result<ExitCode, Failure> {
    let Opener { choice, arguments } = opener;
    if arguments.files.iter().any(|path| is_standard_input(path)) {
        return Err(Failure::Said("with --linear, standard input is for commands".into()));
    }
    let Named { first, all, several } = Named::of(&arguments.files)?;
    let first = if all.is_empty() { Location::Sample } else { first };
    let all = if several { all } else { Vec::new() };
    let open = |path: Option<&Path>| named::open(path, arguments.max_size);
    let input = open(first.path())?;
    let chosen = Chosen { read: &|| choice.read(), path: None };
    let commands = &mut io::stdin().lock();
    let lost = terminal::linear((&input, &all), (store, &chosen), &open, commands)?;
    if let Some(lost) = lost {
        output::complain(&lost);
    }
    Ok(ExitCode::SUCCESS)
}
