//! Arguments in, exit code out.

mod addresses;
mod args;
mod bookmarks;
mod choice;
mod install;
mod linear;
mod named;
mod screen;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::string::FromUtf8Error;

use args::{Arguments, Command};
use choice::Choice;
use clap::Parser as _;
use named::Opener;
use recto::analysis::Analysis;
use recto::analysis::corrections::corrected;
use recto::article::load::LoadError;
use recto::config;
use recto::headless::convert::Texts;
use recto::headless::{convert, folder, inspect, show, tag};
use recto::record::cases;
use recto::source;
use recto::source::page::PageError;
use recto::store::{Store, StoreError};
use recto::terminal::{self, Loader, output};
use recto::text::shown::{self, Shown};

/// The article that opens where none is named.
const SAMPLE: &[u8] = include_bytes!("../assets/sample.json");

/// Exit code where something could not be opened or saved, as for wrong arguments.
const FAILED: u8 = 2;

/// Why the program ends without having done what it was asked.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("not saved: {0}")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Page(#[from] PageError),
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error(transparent)]
    Terminal(#[from] terminal::Failure),
    #[error("{0}")]
    Said(String),
}

fn main() -> ExitCode {
    output::report_panics();
    // By the time that it is known what there is to read, there is someone to read it.
    let loader = screen::is_there().then(Loader::start);
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(said) => return answered(&said),
    };
    match run(arguments, loader) {
        Ok(code) => code,
        // Whoever reads our output has seen enough.
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure.to_string());
            ExitCode::from(FAILED)
        }
    }
}

/// Prints help, version, or what is wrong with the arguments: they may name a stranger's file.
fn answered(said: &clap::Error) -> ExitCode {
    let text = said.render().to_string();
    if said.use_stderr() {
        output::complain_at_length(&text);
    } else {
        // Whoever reads our output has seen enough.
        let _ = output::print(&Shown::lines(&text));
    }
    ExitCode::from(u8::try_from(said.exit_code()).unwrap_or(FAILED))
}

fn run(mut arguments: Arguments, loader: Option<io::Result<Loader>>) -> Result<ExitCode, Failure> {
    let environment = std::env::var_os("RECTO_DATA_DIR");
    let store = Store::open(arguments.data_dir.as_deref(), environment.as_deref());
    if let Some(loader) = loader.filter(|_| arguments.command.is_none() && !arguments.linear) {
        return screen::read(loader?, &arguments, &store);
    }
    addresses::fetch_all(arguments.articles(), &store)?;
    let arguments = &arguments;
    let choice = Choice::of(arguments.config.as_deref());
    let opener = Opener { choice: &choice, arguments };
    match &arguments.command {
        None if arguments.linear => return linear::linear(&opener, &store),
        None => screen::print_named(&opener)?,
        Some(Command::Show(show)) => print_article(show, &opener)?,
        Some(Command::Inspect(inspect)) => output::print(&inspected(inspect, &store, &opener)?)?,
        Some(Command::Convert(convert)) => converted(convert, &opener)?,
        Some(Command::Tag) => {
            let text = standard_input()?;
            output::print_pieces(|print| tag::tag(&text, print))?;
        }
        Some(Command::Anchor { input, output }) => anchor(input, output)?,
        Some(Command::Bookmarks(command)) => bookmarks::record(command, &store, &opener)?,
        Some(Command::Completions { shell }) => output::print(&install::completions(*shell))?,
        Some(Command::Man) => output::print(&install::man()?)?,
        Some(Command::Config(settings)) => return configure(settings, &choice),
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints an article, or what there is to choose from in a folder.
fn print_article(show: &args::Show, opener: &Opener<'_>) -> Result<(), Failure> {
    if source::is_folder(&show.file) {
        return print(&folder::folder(&named::listed(std::slice::from_ref(&show.file))?));
    }
    print(&show::show(&opener.document(&show.file, show.article)?, show.width))
}

/// Says where the settings are and what is wrong in them, or prints all that can be set.
fn configure(settings: &args::Settings, choice: &Choice) -> Result<ExitCode, Failure> {
    if settings.default {
        print(&config::defaults())?;
        return Ok(ExitCode::SUCCESS);
    }
    let problems = choice.read().settings.problems;
    if !settings.check {
        print(&choice.said())?;
    }
    let said: Vec<String> = problems.iter().map(|it| shown::line(it) + "\n").collect();
    print(&said.concat())?;
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == OsStr::new("-")
}

fn standard_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let lossy = |error: FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
    Ok(String::from_utf8(bytes).unwrap_or_else(lossy))
}

fn inspected(
    inspect: &args::Inspect,
    store: &Store,
    opener: &Opener<'_>,
) -> Result<Shown, Failure> {
    let doc = opener.document(&inspect.file, inspect.article)?;
    let path = inspect.file.to_string_lossy();
    let file = Some(inspect.file.as_path()).filter(|path| !is_standard_input(path));
    let corrections = store.corrections(&store.identify(&doc, file));
    let mut found = Analysis::of(&doc);
    found.names = corrected(&doc, &found.names, &corrections).into();
    let value = inspect::inspect(&doc, &found, Some(&path));
    Ok(if inspect.json {
        Shown::json(&(serde_json::to_string(&value).map_err(io::Error::from)? + "\n"))
    } else {
        Shown::lines(&(serde_json::to_string_pretty(&value).map_err(io::Error::from)? + "\n"))
    })
}

fn converted(arguments: &args::Convert, opener: &Opener<'_>) -> Result<(), Failure> {
    let doc = opener.document(&arguments.file, arguments.article)?;
    let target = match arguments.to {
        args::Target::Json => convert::Target::Json,
        args::Target::Markdown => convert::Target::Markdown,
    };
    let shown = match target {
        convert::Target::Json => Shown::json,
        convert::Target::Markdown => Shown::source,
    };
    let mut written = Vec::with_capacity(doc.text.len());
    output::print_pieces(|print| {
        let mut take = |text: &str| {
            written.extend_from_slice(text.as_bytes());
            print(&shown(text))
        };
        let mut texts = Texts::new(&mut take);
        convert::convert(&doc, target, &mut texts)?;
        texts.flush()
    })?;
    if let Some(why) = convert::difference(&doc, written) {
        warn(&arguments.file, &why);
    }
    Ok(())
}

fn anchor(input: &Path, output: &Path) -> Result<(), Failure> {
    let mut answers = BufWriter::new(File::create(output)?);
    for line in BufReader::new(File::open(input)?).lines() {
        let answer = cases::answer(&line?).map_err(|error| Failure::Said(error.to_string()))?;
        writeln!(answers, "{answer}")?;
    }
    Ok(answers.flush()?)
}

/// Says what is wrong with a file that is left alone.
fn warn(path: &Path, why: &str) {
    output::complain(&format!("{}: {why}", path.display()));
}

/// Prints lines for eyes.
fn print(text: &str) -> Result<(), Failure> {
    Ok(output::print(&Shown::lines(text))?)
}

/// Prints JSON for programs, of which nothing may be lost.
fn print_json(text: &str) -> Result<(), Failure> {
    Ok(output::print(&Shown::json(text))?)
}
