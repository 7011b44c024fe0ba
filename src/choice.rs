//! Where the reader's settings are, and the terminal that they are for, by the environment.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use recto::config::{self, Config};
use recto::ui::style::Depth;

/// A file of settings that the reader named, or the usual one.
#[derive(Debug)]
pub(crate) struct Choice {
    path: Option<PathBuf>,
    /// Whether it was named: one that is not there is a mistake then.
    named: bool,
}

impl Choice {
    /// The file named on the command line, else in `RECTO_CONFIG`, else the one in the folder
    /// where this system keeps a program's settings.
    pub(crate) fn of(explicit: Option<&Path>) -> Self {
        let named = env::var_os("RECTO_CONFIG").filter(|path| !path.is_empty());
        let named = explicit.map(Path::to_owned).or(named.map(PathBuf::from));
        let usual = || {
            directories::ProjectDirs::from("", "", "recto")
                .map(|dirs| dirs.config_dir().join("config.toml"))
        };
        Self { named: named.is_some(), path: named.or_else(usual) }
    }

    /// The file.
    pub(crate) fn path(&self) -> Option<PathBuf> {
        self.path.clone()
    }

    /// Where it is, and whether it is there.
    pub(crate) fn said(&self) -> String {
        match &self.path {
            Some(path) if path.exists() => format!("{}\n", path.display()),
            Some(path) => format!(
                "{} is not there: recto config --default shows what it may hold\n",
                path.display()
            ),
            None => "this system has no place for settings\n".into(),
        }
    }

    /// What it says. One that cannot be read says nothing, and that is told.
    pub(crate) fn read(&self) -> Config {
        let text = self.path.as_ref().map_or(Ok(String::new()), std::fs::read_to_string);
        let mut config = config::read(text.as_deref().unwrap_or_default(), is_light());
        config.theme = config.theme.at_depth(depth());
        if let Err(why) = text
            && (self.named || why.kind() != io::ErrorKind::NotFound)
        {
            config.settings.problems.push(format!("it cannot be read: {why}"));
        }
        config
    }
}

fn depth() -> Depth {
    let told = |name| env::var(name).unwrap_or_default();
    Depth::told(&told("NO_COLOR"), &told("COLORTERM"), &told("TERM"))
}

/// Whether the terminal says that its page is light: `COLORFGBG`, as rxvt and Konsole set it, ends
/// with the number of its colour. It is not asked, since an answer may never come.
fn is_light() -> Option<bool> {
    let told = env::var("COLORFGBG").ok()?;
    let page: u8 = told.rsplit(';').next()?.parse().ok()?;
    Some(matches!(page, 7 | 9..=15))
}
