//! Reading without a screen, by commands from standard input.

use std::io;
use std::process::ExitCode;

use recto::app::lists::item::Opening;
use recto::article::input::Input;
use recto::store::Store;
use recto::terminal::{self, Chosen, output};

use crate::args::Arguments;
use crate::choice::Choice;
use crate::{Failure, SAMPLE, found, is_standard_input, limited_to, listed, source};

/// Reads the file that is named, or the sample; of several files, or those of a folder, the one that
/// the reader chooses. The article cannot come from standard input.
pub(crate) fn linear(arguments: &Arguments, store: &Store) -> Result<ExitCode, Failure> {
    let choice = Choice::of(arguments.config.as_deref());
    let chosen = Chosen { config: choice.read(), read: &|| choice.read(), path: None };
    let in_formats = |input: Input| input.in_formats(choice.read().settings.formats);
    let open = |opening: &Opening| found(opening).map(in_formats);
    let files = arguments.files.as_slice();
    if files.iter().any(|path| is_standard_input(path)) {
        return Err(Failure::Said("with --linear, standard input is for commands".into()));
    }
    let several = files.len() > 1 || files.first().is_some_and(|path| source::is_folder(path));
    let named = if several { files } else { &[] };
    let all = if several { listed(files)?.files } else { Vec::new() };
    let input = match all.first().map(|file| &file.path).or(files.first()) {
        Some(path) => limited_to(path, arguments.max_size)?,
        None => Input::bytes(SAMPLE),
    };
    let (input, commands) = (in_formats(input), &mut io::stdin().lock());
    let lost = terminal::linear((&input, named), (store, &chosen), &open, commands)?;
    if let Some(lost) = lost {
        output::complain(&lost);
    }
    Ok(ExitCode::SUCCESS)
}
