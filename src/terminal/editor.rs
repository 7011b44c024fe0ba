//! Lets the reader write in an editor of their own.
//!
//! May not know: what is written.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use super::guard::Guard;

/// What came of it.
pub(super) enum Written {
    /// The reader wrote this.
    Text(String),
    /// The editor failed. What it left is not lost.
    Failed(String, String),
}

/// Opens `text` in the editor that the environment names, and waits until it is closed. The
/// file is private and gone afterwards.
pub(super) fn edit(guard: &Guard, text: &str) -> Written {
    match written(guard, text) {
        Ok((text, None)) => Written::Text(text),
        Ok((text, Some(why))) => Written::Failed(text, why),
        Err(error) => Written::Failed(text.to_owned(), error.to_string()),
    }
}

fn written(guard: &Guard, text: &str) -> io::Result<(String, Option<String>)> {
    let mut file = tempfile::Builder::new().prefix("recto-").suffix(".md").tempfile()?;
    writeln!(file, "{text}")?;
    file.flush()?;
    let editor = editor();
    let mut command = command(&editor, guard.tty())?;
    let status = guard.lend(|| command.arg(file.path()).status())?;
    let failed = match status {
        Ok(status) if status.success() => None,
        Ok(status) => Some(format!("{editor}: {status}")),
        Err(error) => Some(format!("{editor}: {error}")),
    };
    // Editors replace files: it is read by its name.
    let text = String::from_utf8_lossy(&fs::read(file.path())?).trim_end().to_owned();
    Ok((text, failed))
}

/// As the shell would start it, since it may have arguments; on the terminal, wherever standard
/// input comes from.
fn command(editor: &str, tty: &File) -> io::Result<Command> {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg("sh");
    command.stdin(Stdio::from(tty.try_clone()?)).stdout(Stdio::from(tty.try_clone()?));
    Ok(command)
}

fn editor() -> String {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    named.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_else(|| "vi".into())
}
