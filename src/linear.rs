//! Reading without a screen, by commands from standard input.

use std::io;
use std::process::ExitCode;

use recto::app::item::Opening;
use recto::article::input::Input;
use recto::store::Store;
use recto::terminal::{self, Chosen, output};

use crate::args::Arguments;
use crate::choice::Choice;
use crate::{Failure, SAMPLE, found, is_standard_input, listed, source};

/// Reads the first of the files that are named, or the sample. The article cannot come from
/// standard input.
pub(crate) fn linear(arguments: &Arguments, store: &Store) -> Result<ExitCode, Failure> {
    let choice = Choice::of(arguments.config.as_deref());
    let chosen = Chosen { read: &|| choice.read(), path: None };
    let in_formats = |input: Input| input.in_formats(choice.read().settings.formats);
    let open = |opening: &Opening| found(opening).map(in_formats);
    let input = match arguments.files.first() {
        None => Input::bytes(SAMPLE),
        Some(path) if is_standard_input(path) => {
            return Err(Failure::Said("with --linear, standard input is for commands".into()));
        }
        Some(folder) if source::is_folder(folder) => {
            let files = listed(std::slice::from_ref(folder))?.files;
            files.first().map_or_else(|| Ok(Input::bytes(SAMPLE)), |file| Input::of(&file.path))?
        }
        Some(path) => Input::of(path)?,
    };
    let input = in_formats(input);
    let lost = terminal::linear(&input, (store, &chosen), &open, &mut io::stdin().lock())?;
    if let Some(lost) = lost {
        output::complain(&lost);
    }
    Ok(ExitCode::SUCCESS)
}
