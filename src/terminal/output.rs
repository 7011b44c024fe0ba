//! Standard output and standard error. What is sent there is shown text and nothing else; no other
//! file of the program sends anything (`.clippy.toml`, `tests/output.rs`).

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, BufWriter, IsTerminal as _, Stderr, Stdout, Write as _};
use std::panic;

use crate::text::shown::{Shown, line};

/// Prints to standard output.
///
/// # Errors
/// If nothing can be written there.
pub fn print(text: &Shown) -> io::Result<()> {
    let mut out = output().lock();
    out.write_all(text.as_str().as_bytes())?;
    out.flush()
}

/// Prints much to standard output, piece by piece, as `pieces` hands it over.
///
/// # Errors
/// If nothing can be written there.
pub fn print_pieces(
    pieces: impl FnOnce(&mut dyn FnMut(&Shown) -> io::Result<()>) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(output().lock());
    pieces(&mut |piece| out.write_all(piece.as_str().as_bytes()))?;
    out.flush()
}

/// Says why something was not done, in one line on standard error. Where there is none, nobody
/// is to be told.
pub fn complain(why: &str) {
    complain_at_length(&format!("recto: {}\n", line(why)));
}

/// Prints to standard error.
pub fn complain_at_length(text: &str) {
    let _ = errors().write_all(Shown::lines(text).as_str().as_bytes());
}

/// Whether a reader sees what is printed.
pub fn is_terminal() -> bool {
    output().is_terminal()
}

/// From now on the message of a panic is one safe line: it may hold words of an article.
pub fn report_panics() {
    panic::set_hook(Box::new(|panic| {
        complain(&format!("a fault in recto, {panic} · what was said to be saved is saved"));
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            complain_at_length(&trace.to_string());
        }
    }));
}

#[expect(clippy::disallowed_methods, reason = "the one place that prints")]
fn output() -> Stdout {
    io::stdout()
}

#[expect(clippy::disallowed_methods, reason = "the one place that complains")]
fn errors() -> Stderr {
    io::stderr()
}
