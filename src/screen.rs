//! Reading on the terminal; where there is none, what is named is printed.

use std::process::ExitCode;

use recto::app::action::{Action, Topic};
use recto::app::lists::item::Location;
use recto::headless::{folder, show};
use recto::store::Store;
use recto::terminal::{self, Chosen, Leave, Loader, output};

use crate::args::Arguments;
use crate::choice::Choice;
use crate::named::{self, Named, Opener, listed};
use crate::{FAILED, Failure, print};

/// Width of what is printed, in cells.
const WIDTH: u16 = 72;

/// Whether there is a screen.
pub(crate) fn is_there() -> bool {
    let dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    output::is_terminal() && !dumb
}

/// Reads on the terminal.
pub(crate) fn read(
    loader: Loader,
    arguments: &Arguments,
    store: &Store,
) -> Result<ExitCode, Failure> {
    let choice = Choice::of(arguments.config.as_deref());
    let Named { first, all, several } = Named::of(&arguments.files)?;
    let chosen = Chosen { read: &|| choice.read(), path: choice.path() };
    let home = first == Location::Sample && terminal::has_history(store);
    let topic = if several { Some(Topic::Folder) } else { home.then_some(Topic::Home) };
    let all = if all.len() > 1 { all } else { Vec::new() };
    let (leave, lost) = terminal::run(
        loader,
        (&first, all),
        (store.clone(), chosen),
        &|path| named::open(path, arguments.max_size),
        topic.map(Action::List),
    )?;
    if let Some(lost) = lost {
        output::complain(&lost);
    }
    Ok(match leave {
        Leave::Quit => ExitCode::SUCCESS,
        Leave::Gone => ExitCode::from(129),
        Leave::Signal(signal) => {
            let _ = signal_hook::low_level::emulate_default_handler(signal);
            ExitCode::from(u8::try_from(128 + signal).unwrap_or(FAILED))
        }
    })
}

/// Prints the article that is named, or what there is to choose from.
pub(crate) fn print_named(opener: &Opener<'_>) -> Result<(), Failure> {
    let files = &opener.arguments.files;
    let Named { first, several, .. } = Named::of(files)?;
    if several {
        return print(&folder::folder(&listed(files)?));
    }
    let input = opener.open(first.path())?;
    print(&show::show(&terminal::document(&input)?, WIDTH))
}
