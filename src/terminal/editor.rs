//! Lets the reader write in an editor of their own.
//!
//! May not know: what is written.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use super::guard::Guard;

/// What came of it.
pub(super) enum Written {
    /// The reader wrote this.
    Text(String),
    /// The editor failed. What it left is not lost.
    Failed(String, String),
}

/// Editors that take `+N` for the number of a line; of the others only the file is told.
const TAKE_A_LINE: [&str; 18] = [
    "vi",
    "vim",
    "nvim",
    "view",
    "gvim",
    "ex",
    "nano",
    "pico",
    "rnano",
    "emacs",
    "emacsclient",
    "mg",
    "jed",
    "joe",
    "jmacs",
    "ne",
    "kak",
    "micro",
];

/// Opens `text` in the editor that the reader chose, else that the environment names, and waits
/// until it is closed. The file is private and gone afterwards.
pub(super) fn edit(guard: &Guard, text: &str, chosen: &[String]) -> Written {
    match written(guard, text, chosen) {
        Ok((text, None)) => Written::Text(text),
        Ok((text, Some(why))) => Written::Failed(text, why),
        Err(error) => Written::Failed(text.to_owned(), error.to_string()),
    }
}

/// Opens a file at a line, from 1, and waits until the editor is closed.
///
/// # Errors
/// If it cannot be started or fails, as a sentence for the status line.
pub(super) fn open(
    guard: &Guard,
    (path, line): (&Path, Option<usize>),
    chosen: &[String],
) -> Result<(), String> {
    let failed = start(guard, (path, line), chosen).map_err(|error| error.to_string())?;
    failed.map_or(Ok(()), Err)
}

fn written(guard: &Guard, text: &str, chosen: &[String]) -> io::Result<(String, Option<String>)> {
    let mut file = tempfile::Builder::new().prefix("recto-").suffix(".md").tempfile()?;
    writeln!(file, "{text}")?;
    file.flush()?;
    let failed = start(guard, (file.path(), None), chosen)?;
    // Editors replace files: it is read by its name.
    let text = String::from_utf8_lossy(&fs::read(file.path())?).trim_end().to_owned();
    Ok((text, failed))
}

/// Starts the editor and waits for it. What comes back says why it failed.
fn start(
    guard: &Guard,
    (path, line): (&Path, Option<usize>),
    chosen: &[String],
) -> io::Result<Option<String>> {
    let editor = chosen.first().cloned().unwrap_or_else(editor);
    let mut command = match chosen {
        [program, words @ ..] => direct(program, words, (path, line)),
        [] => shell(&editor, (path, line)),
    };
    // On the terminal, wherever standard input comes from.
    let tty = guard.tty();
    command.stdin(Stdio::from(tty.try_clone()?)).stdout(Stdio::from(tty.try_clone()?));
    Ok(match guard.lend(|| command.status())? {
        Ok(status) if status.success() => None,
        Ok(status) => Some(format!("{editor}: {status}")),
        Err(error) => Some(format!("{editor}: {error}")),
    })
}

/// As the settings name it, without a shell.
fn direct(program: &str, words: &[String], (path, line): (&Path, Option<usize>)) -> Command {
    let number = line.unwrap_or(1).to_string();
    let file = path.to_string_lossy();
    let mut command = Command::new(program);
    let says = |what: &str| words.iter().any(|word| word.contains(what));
    if !says("{line}") {
        command.args(line_argument(program, line));
    }
    command.args(words.iter().map(|word| word.replace("{line}", &number).replace("{file}", &file)));
    if !says("{file}") {
        command.arg(path);
    }
    command
}

/// As the shell would start it, since it may have arguments.
fn shell(editor: &str, (path, line): (&Path, Option<usize>)) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg("sh");
    let program = editor.split_whitespace().next().unwrap_or_default();
    command.args(line_argument(program, line)).arg(path);
    command
}

/// `+N` for an editor that takes it.
fn line_argument(program: &str, line: Option<usize>) -> Option<String> {
    let name = program.rsplit('/').next().unwrap_or_default();
    line.filter(|_| TAKE_A_LINE.contains(&name)).map(|line| format!("+{line}"))
}

fn editor() -> String {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    named.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_else(|| "vi".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(command: &Command) -> Vec<&str> {
        command.get_args().map(|word| word.to_str().unwrap()).collect()
    }

    #[test]
    fn the_line_is_told_to_editors_that_take_one() {
        let at = (Path::new("a b.md"), Some(7));
        assert_eq!(words(&shell("/usr/bin/vim -R", at))[3..], ["+7", "a b.md"]);
        assert_eq!(words(&shell("ed", at))[3..], ["a b.md"]);
        assert_eq!(words(&shell("vim", (at.0, None)))[3..], ["a b.md"]);
        let chosen = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let code = direct("code", &chosen(&["-w", "-g", "{file}:{line}"]), at);
        assert_eq!(words(&code), ["-w", "-g", "a b.md:7"]);
        assert_eq!(words(&direct("nvim", &chosen(&["-R"]), at)), ["+7", "-R", "a b.md"]);
    }
}
