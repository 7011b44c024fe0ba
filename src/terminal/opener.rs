//! Hands an address to the program that opens such: without a shell, without our terminal.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use super::Event;
use crate::app::action::News;
use crate::text::address::Address;

/// What opens an address where the reader names nothing.
const USUAL: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// Opens an address. What goes wrong later is said by an event of the article of some number;
/// what cannot be started is said at once.
///
/// # Errors
/// If there is no such program, as a sentence for the status line.
pub(super) fn open(
    address: &Address,
    chosen: &[String],
    (number, events): (usize, &Sender<Event>),
) -> Result<(), String> {
    let is_letter = address.as_str().starts_with("mailto:");
    let named = std::env::var_os("BROWSER").filter(|_| !is_letter);
    let argv = match chosen {
        [_, ..] if !is_letter => filled(chosen, address.as_str()),
        _ => argv(named.as_deref(), address.as_str()),
    };
    let program = argv[0].clone();
    let mut child = Command::new(&argv[0])
        .args(&argv[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Not ours: a ^C here, or the end of recto, does not reach it.
        .process_group(0)
        .spawn()
        .map_err(|error| format!("not opened: {program}: {error}"))?;
    let (host, events) = (address.host(), events.clone());
    let waits = thread::Builder::new().name("opener".into()).spawn(move || {
        let done = child.wait();
        if !done.as_ref().is_ok_and(std::process::ExitStatus::success) {
            let why = done.map_or_else(|error| error.to_string(), |status| status.to_string());
            let said = format!("{host} was not opened: {program} ended with {why}");
            // Where nobody listens any more, nobody is to be told.
            let _ = events.send(Event::Done(number, News::Tell(said)));
        }
    });
    waits.map(drop).map_err(|error| error.to_string())
}

/// The program that the settings name, and its arguments: the address stands for `{url}`, or is a
/// word of its own.
fn filled(chosen: &[String], address: &str) -> Vec<String> {
    let mut argv: Vec<String> = chosen.iter().map(|word| word.replace("{url}", address)).collect();
    if !chosen.iter().any(|word| word.contains("{url}")) {
        argv.push(address.to_owned());
    }
    argv
}

/// The program and its arguments: the first command that `BROWSER` names, in words parted by
/// blanks; the address is a word of its own, or stands for `%s`. No shell reads any of it.
fn argv(browser: Option<&OsStr>, address: &str) -> Vec<String> {
    let named = browser.and_then(OsStr::to_str).and_then(|named| named.split(':').next());
    let words = named.unwrap_or_default().split_whitespace();
    let mut argv: Vec<String> = words.map(|word| word.replace("%s", address)).collect();
    if argv.is_empty() {
        argv.push(USUAL.to_owned());
    }
    if !named.is_some_and(|named| named.contains("%s")) {
        argv.push(address.to_owned());
    }
    argv
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_names_the_program_and_no_shell_reads_the_address() {
        let argv = |browser: &str| argv(Some(OsStr::new(browser)), "https://e.org/%24(x)&y;z");
        let address = "https://e.org/%24(x)&y;z";
        assert_eq!(argv(""), [USUAL, address]);
        assert_eq!(argv("firefox --new-window:lynx"), ["firefox", "--new-window", address]);
        let chosen = |words: &[&str]| {
            filled(&words.iter().map(ToString::to_string).collect::<Vec<_>>(), address)
        };
        assert_eq!(chosen(&["my browser", "--at={url}"])[1], format!("--at={address}"));
        assert_eq!(chosen(&["lynx", "-nopause"]), ["lynx", "-nopause", address]);
        assert_eq!(argv("sh -c '%s'"), ["sh", "-c", &format!("'{address}'")]);
    }
}
