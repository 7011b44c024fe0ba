//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// A terminal reader for an article and the discussion under it.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Press ? in the program for its keys; with --linear, type help for its commands."
)]
pub(crate) struct Arguments {
    /// What to read: files, folders of files, addresses of the web, or - for standard input. Without one: what you read lately, or a sample.
    pub(crate) files: Vec<PathBuf>,

    /// Read at most so many MB [default: 1024 of a file, 64 of what is piped in]
    #[arg(long, global = true, value_name = "MB", value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) max_size: Option<u64>,

    /// Read by commands, a line each, and answer in lines: for screen readers, braille and pipes
    #[arg(long)]
    pub(crate) linear: bool,

    /// Where bookmarks are kept [default: the data folder of your system]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,

    /// Your settings [default: config.toml in the settings folder of your system]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// What else to do.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What can be done without a screen. The arguments of each are put together when they are asked for.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Print an article as plain wrapped text
    Show(Show),
    /// Print everything known of an article
    Inspect(Inspect),
    /// Print an article in recto's own formats, which hold all that is known of it
    Convert(Convert),
    /// Find the names in plain text on standard input, one JSON line a mention
    Tag,
    /// Find passages again in edited texts: JSON Lines in, JSON Lines out
    Anchor {
        /// The cases
        input: PathBuf,
        /// Where the answers go
        output: PathBuf,
    },
    /// Your bookmarks
    #[command(subcommand)]
    Bookmarks(Bookmarks),
    /// Your settings: where they are, and whether they are right
    Config(Settings),
    /// Print a script that completes this command line in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

impl Arguments {
    /// The articles that are named, in whatever command.
    pub(crate) fn articles(&mut self) -> Vec<&mut PathBuf> {
        match &mut self.command {
            None => self.files.iter_mut().collect(),
            Some(Command::Show(show)) => vec![&mut show.file],
            Some(Command::Inspect(inspect)) => vec![&mut inspect.file],
            Some(Command::Convert(convert)) => vec![&mut convert.file],
            Some(Command::Bookmarks(bookmarks)) => bookmarks.articles(),
            Some(Command::Tag | Command::Anchor { .. } | Command::Config(_)) => Vec::new(),
            Some(Command::Completions { .. } | Command::Man) => Vec::new(),
        }
    }
}

impl Bookmarks {
    fn articles(&mut self) -> Vec<&mut PathBuf> {
        match self {
            Self::List { file, .. } => file.iter_mut().collect(),
            Self::Add { file, .. } => vec![file],
            Self::Check { files, .. } | Self::Export { files, .. } => files.iter_mut().collect(),
            Self::Delete { .. } | Self::Restore { .. } | Self::Import { .. } => Vec::new(),
        }
    }
}

/// Arguments of `config`.
#[derive(Debug, Args)]
pub(crate) struct Settings {
    /// Print all that can be set, as a file to begin with
    #[arg(long, conflicts_with = "check")]
    pub(crate) default: bool,
    /// Say only what is wrong
    #[arg(long)]
    pub(crate) check: bool,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A file, a folder whose files are listed, or - for standard input
    pub(crate) file: PathBuf,
    /// Which article, of a file that holds several, from 1
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) article: Option<u32>,
    /// Cells of a line
    #[arg(long, default_value_t = 72, value_parser = clap::value_parser!(u16).range(10..=1000))]
    pub(crate) width: u16,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// A file, or - for standard input
    pub(crate) file: PathBuf,
    /// Which article, of a file that holds several, from 1
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) article: Option<u32>,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `convert`.
#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// A file, or - for standard input
    pub(crate) file: PathBuf,
    /// Which article, of a file that holds several, from 1
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) article: Option<u32>,
    /// Into what
    #[arg(long, value_enum)]
    pub(crate) to: Target,
}

/// The formats of `convert`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Target {
    /// A schema.org article in JSON-LD
    Json,
    /// Markdown with front matter
    Markdown,
}

/// What can be done with bookmarks.
#[derive(Debug, Subcommand)]
pub(crate) enum Bookmarks {
    /// List the bookmarks of all articles, or of one
    List {
        /// Only those of this article
        file: Option<PathBuf>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Bookmark a passage
    Add {
        /// The article
        file: PathBuf,
        /// The words of the passage
        #[arg(long)]
        quote: String,
        /// What you think of it
        #[arg(long)]
        note: Option<String>,
        /// A word to find it by; may be given several times
        #[arg(long = "tag", value_name = "TAG")]
        tags: Vec<String>,
    },
    /// Say what became of the bookmarked passages of articles
    Check {
        /// The articles
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Delete a bookmark; it can be restored
    Delete {
        /// Its identifier, or the start of it
        id: String,
    },
    /// Bring a deleted bookmark back
    Restore {
        /// Its identifier, or the start of it
        id: String,
    },
    /// Print the bookmarks of all articles, or of some, for other programs
    Export {
        /// Only those of these articles
        files: Vec<PathBuf>,
        /// How
        #[arg(long, value_enum, default_value_t = Format::Markdown)]
        format: Format,
    },
    /// Take in bookmarks that were exported here or elsewhere: Web Annotations, Hypothesis,
    /// or Markdown
    Import {
        /// The files, or - for standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// The forms of an export.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// For a folder of notes
    Markdown,
    /// The array of `list --json`
    Json,
    /// A collection of W3C Web Annotations
    W3c,
}
