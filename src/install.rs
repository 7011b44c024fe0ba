//! What an installation holds beside the program: completions for shells, and the man page.

use std::io;

use clap::CommandFactory as _;
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
    man.render_subcommands_section(&mut page)?;
    keys_section().to_writer(&mut page)?;
    man.render_extra_section(&mut page)?;
    man.render_version_section(&mut page)?;
    Ok(Shown::source(&String::from_utf8_lossy(&page)))
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
