//! What an installation holds beside the program: completions for shells, and the man page.

use std::io;

use clap::builder::PossibleValue;
use clap::{Arg, Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use recto::app::keys;
use recto::text::shown::Shown;

use crate::args::Arguments;

/// A script that completes the command line in a shell.
pub(crate) fn completions(shell: Shell) -> Shown {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "recto", &mut script);
    Shown::source(&String::from_utf8_lossy(&script))
}

/// The man page: the command line, and the keys from their table.
pub(crate) fn man() -> io::Result<Shown> {
    let man = Man::new(Arguments::command());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    commands_section().to_writer(&mut page)?;
    keys_section().to_writer(&mut page)?;
    man.render_extra_section(&mut page)?;
    man.render_version_section(&mut page)?;
    Ok(Shown::source(&String::from_utf8_lossy(&page)))
}

/// Every command with all that it takes: there is one page, and none for each of them.
fn commands_section() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    let mut program = Arguments::command();
    program.build();
    program.get_subcommands_mut().for_each(|command| write_command(command, &mut roff));
    roff
}

/// A command, or those that it has below it.
fn write_command(command: &mut Command, roff: &mut Roff) {
    if command.is_hide_set() || command.get_name() == "help" {
        return;
    }
    let usage = command.render_usage().to_string();
    roff.control("SS", [usage.trim_start_matches("Usage: ")]);
    roff.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default())]);
    let own = |arg: &&Arg| !arg.is_global_set() && !arg.is_hide_set() && arg.get_id() != "help";
    for argument in command.get_arguments().filter(own) {
        roff.control("TP", []);
        roff.text([bold(argument.to_string())]);
        roff.text([roman(told(argument))]);
    }
    command.get_subcommands_mut().for_each(|command| write_command(command, roff));
}

/// What an argument is for, and what can be said.
fn told(argument: &Arg) -> String {
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let values = argument.get_possible_values();
    let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    if names.is_empty() { help } else { format!("{help}: {}", names.join(", ")) }
}

fn keys_section() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["KEYS"]);
    for (topic, bindings) in keys::table() {
        roff.control("SS", [topic]);
        for binding in bindings {
            let keys = if binding.keys.is_empty() { ":" } else { binding.keys };
            roff.control("TP", []);
            roff.text([bold(keys), roman(format!("  {}", binding.name))]);
            roff.text([roman(binding.help)]);
        }
    }
    roff
}
