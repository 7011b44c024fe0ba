//! Arguments in, exit code out.

mod addresses;
mod args;
mod choice;
mod install;
mod linear;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::string::FromUtf8Error;

use args::{Arguments, Bookmarks, Command, Format};
use choice::Choice;
use clap::Parser as _;
use recto::analysis::Analysis;
use recto::analysis::corrections::corrected;
use recto::app::action::{Action, Topic};
use recto::app::lists::item::Opening;
use recto::article::deadline::Deadline;
use recto::article::input::Input;
use recto::article::load::LoadError;
use recto::article::{Document, Part};
use recto::config::{self, Config};
use recto::headless::bookmarks::Checked;
use recto::headless::{bookmarks, convert, folder, inspect, show, tag};
use recto::record::anchor::Anchor;
use recto::record::bookmark::Bookmark;
use recto::record::{cases, export, import};
use recto::source::{self, Folder};
use recto::store::{Shelf, Store, StoreError};
use recto::terminal::patience;
use recto::terminal::{self, Chosen, Leave, fault, now, output};
use recto::text::shown::{self, Shown};
use uuid::Uuid;

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
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error(transparent)]
    Terminal(#[from] terminal::Failure),
    #[error("{0}")]
    Said(String),
}

fn main() -> ExitCode {
    output::report_panics();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(said) => return answered(&said),
    };
    match run(arguments) {
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

fn run(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let environment = std::env::var_os("RECTO_DATA_DIR");
    let store = Store::open(arguments.data_dir.as_deref(), environment.as_deref());
    addresses::fetch_all(arguments.articles(), &store)?;
    let arguments = &arguments;
    match &arguments.command {
        None => return read(arguments, &store),
        Some(Command::Show(show)) => print_article(show, arguments.max_size)?,
        Some(Command::Inspect(inspect)) => {
            output::print(&inspected(inspect, &store, arguments.max_size)?)?;
        }
        Some(Command::Convert(convert)) => converted(convert, arguments.max_size)?,
        Some(Command::Tag) => {
            let text = standard_input()?;
            output::print_pieces(|print| tag::tag(&text, print))?;
        }
        Some(Command::Anchor { input, output }) => anchor(input, output)?,
        Some(Command::Bookmarks(bookmarks)) => record(bookmarks, &store)?,
        Some(Command::Completions { shell }) => output::print(&install::completions(*shell))?,
        Some(Command::Man) => output::print(&install::man()?)?,
        Some(Command::Config(settings)) => return configure(settings, arguments),
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints an article, or what there is to choose from in a folder.
fn print_article(show: &args::Show, most: Option<u64>) -> Result<(), Failure> {
    if source::is_folder(&show.file) {
        return print(&folder::folder(&listed(std::slice::from_ref(&show.file))?));
    }
    print(&show::show(&opened(&show.file, show.article, most)?, show.width))
}

/// What can be read of these files, and of the files in these folders.
fn listed(paths: &[PathBuf]) -> Result<Folder, Failure> {
    for path in paths.iter().filter(|path| !source::is_folder(path)) {
        Input::of(path)?;
    }
    let found = source::listing(paths);
    let named = || paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>();
    if found.files.is_empty() {
        return Err(Failure::Said(format!(
            "{}: there is nothing to read here",
            named().join(", ")
        )));
    }
    Ok(found)
}

/// Reads on the terminal; where there is none, prints.
fn read(arguments: &Arguments, store: &Store) -> Result<ExitCode, Failure> {
    if arguments.linear {
        return linear::linear(arguments, store);
    }
    let piped = !io::stdin().is_terminal();
    let choice = Choice::of(arguments.config.as_deref());
    let config = choice.read();
    let limited = |path: &Path, config: &Config| -> Result<Input, LoadError> {
        let formats = config.settings.formats.clone();
        Ok(limited_to(path, arguments.max_size)?.in_formats(formats))
    };
    let open = |opening: &Opening| match &opening.path {
        // The settings may have been saved meanwhile.
        Some(path) => limited(path, &choice.read()).map_err(|error| error.to_string()),
        None => found(opening),
    };
    let files = arguments.files.as_slice();
    let several = files.len() > 1 || files.first().is_some_and(|path| source::is_folder(path));
    let all = if several { Some(listed(files)?) } else { None };
    let first_file = all.as_ref().and_then(|all| all.files.first()).map(|file| &file.path);
    let input = match first_file.or(files.first()) {
        Some(path) => limited(path, &config)?,
        None if piped => limited(Path::new("-"), &config)?,
        None => Input::bytes(SAMPLE),
    };
    let dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    if !output::is_terminal() || dumb {
        let all = all.as_ref().map(folder::folder);
        print(&all.map_or_else(
            || Ok(show::show(&input.read(Deadline::new(&patience()))?, 72)),
            Ok::<_, Failure>,
        )?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let chosen = Chosen { config, read: &|| choice.read(), path: choice.path() };
    let home = files.is_empty() && !piped && terminal::has_history(store);
    let topic = if several { Some(Topic::Folder) } else { home.then_some(Topic::Home) };
    let first = topic.map(Action::List);
    let named = if files.len() > 1 { files.to_vec() } else { Vec::new() };
    let (leave, lost) = terminal::run((input, named), (store.clone(), chosen), &open, first)?;
    if let Some(lost) = lost {
        output::complain(&lost);
    }
    Ok(match leave {
        Leave::Quit => ExitCode::SUCCESS,
        Leave::Gone => ExitCode::from(129),
        Leave::Signal(signal) => {
            let _ = signal_hook::low_level::emulate_default_handler(signal);
            ExitCode::from(u8::try_from(128 + signal).unwrap_or(FAILED))
        }
    })
}

/// Another article, where there is one.
fn found(opening: &Opening) -> Result<Input, String> {
    match &opening.path {
        Some(path) => Input::of(path).map_err(|error| error.to_string()),
        None => Ok(Input::bytes(SAMPLE)),
    }
}

/// Says where the settings are and what is wrong in them, or prints all that can be set.
fn configure(settings: &args::Settings, arguments: &Arguments) -> Result<ExitCode, Failure> {
    if settings.default {
        print(&config::defaults())?;
        return Ok(ExitCode::SUCCESS);
    }
    let choice = Choice::of(arguments.config.as_deref());
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

/// What is at a path, of which at most so many MB are read.
fn limited_to(path: &Path, most: Option<u64>) -> Result<Input, LoadError> {
    match most {
        Some(most) => Input::of(path)?.at_most(most << 20),
        None => Input::of(path),
    }
}

/// An article of a file, by its number from 1.
fn opened(path: &Path, article: Option<u32>, most: Option<u64>) -> Result<Document, Failure> {
    fault::asked_for("load");
    let part = article.map_or(Part::Whole, |number| Part::Article(number - 1));
    let doc = limited_to(path, most)?.of_part(part).read(Deadline::new(&patience()))?;
    match article {
        Some(number) if number > 1 && doc.article != number - 1 => {
            let there = doc.articles.len().max(1);
            Err(Failure::Said(format!("{} holds {there}, not {number} articles", path.display())))
        }
        _ => Ok(doc),
    }
}

fn open(path: &Path) -> Result<Document, Failure> {
    opened(path, None, None)
}

fn standard_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let lossy = |error: FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
    Ok(String::from_utf8(bytes).unwrap_or_else(lossy))
}

fn inspected(inspect: &args::Inspect, store: &Store, most: Option<u64>) -> Result<Shown, Failure> {
    let doc = opened(&inspect.file, inspect.article, most)?;
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

fn converted(arguments: &args::Convert, most: Option<u64>) -> Result<(), Failure> {
    let doc = opened(&arguments.file, arguments.article, most)?;
    let target = match arguments.to {
        args::Target::Json => convert::Target::Json,
        args::Target::Markdown => convert::Target::Markdown,
    };
    let written = convert::convert(&doc, target);
    match target {
        convert::Target::Json => print_json(&written)?,
        convert::Target::Markdown => output::print(&Shown::source(&written))?,
    }
    if let Some(why) = convert::difference(&doc, &written) {
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

fn record(command: &Bookmarks, store: &Store) -> Result<(), Failure> {
    match command {
        Bookmarks::List { file, json } => {
            let listed = shelved(store, file.as_slice())?;
            match json {
                true => print_json(&bookmarks::list_json(&listed)),
                false => print(&bookmarks::list_text(&listed)),
            }
        }
        Bookmarks::Add { file, quote, note, tags } => {
            let doc = open(file)?;
            let missing = || Failure::Said(format!("“{quote}” is not in {}", file.display()));
            let span = bookmarks::passage(&doc, quote).ok_or_else(missing)?;
            let (now, origin) = (now(), store.origin(&doc, Some(file)));
            let mut made = Bookmark::new(Uuid::new_v4(), &now, &Anchor::of(&doc, span), &origin);
            made.set_note(note.as_deref().unwrap_or_default(), &now);
            made.set_tags(&tags.iter().map(String::as_str).collect::<Vec<_>>(), &now);
            store.save_with_text(&made, &doc.text)?;
            print(&format!("{}\n", made.id()))
        }
        Bookmarks::Check { files, json } => check(store, files, *json),
        Bookmarks::Delete { id } => Ok(store.delete(&named(store, id)?, &now())?),
        Bookmarks::Restore { id } => {
            let mut bookmark = named(store, id)?;
            bookmark.restore(&now());
            Ok(store.save(&bookmark)?)
        }
        Bookmarks::Export { files, format } => {
            let listed = shelved(store, files)?;
            match format {
                Format::Markdown => Ok(output::print(&Shown::source(&export::markdown(&listed)))?),
                Format::Json => print_json(&bookmarks::list_json(&listed)),
                Format::W3c => print_json(&export::web(&listed)),
            }
        }
        Bookmarks::Import { files } => take_in(store, files),
    }
}

/// The bookmarks of these articles, or of all. What cannot be read is said and left alone.
fn shelved(store: &Store, files: &[PathBuf]) -> Result<Vec<Bookmark>, Failure> {
    if files.is_empty() {
        return Ok(announced(store.all()));
    }
    let mut keys = Vec::new();
    for path in files {
        keys.push(store.identify(&open(path)?, Some(path)));
    }
    keys.sort_unstable();
    keys.dedup();
    Ok(keys.iter().flat_map(|key| announced(store.bookmarks(key))).collect())
}

fn announced(shelf: Shelf) -> Vec<Bookmark> {
    shelf.unreadable.iter().for_each(|(path, why)| warn(path, why));
    shelf.bookmarks
}

fn warn(path: &Path, why: &str) {
    output::complain(&format!("{}: {why}", path.display()));
}

fn named(store: &Store, id: &str) -> Result<Bookmark, Failure> {
    store.find(id).ok_or_else(|| Failure::Said(format!("no bookmark, or more than one, is “{id}”")))
}

fn check(store: &Store, files: &[PathBuf], json: bool) -> Result<(), Failure> {
    let mut articles = Vec::new();
    for path in files {
        let doc = open(path)?;
        let origin = store.origin(&doc, Some(path));
        let shelf = announced(store.bookmarks(&origin.key));
        let places = store.places(&doc, &origin, &shelf);
        articles.push((path.to_string_lossy(), doc, shelf, places));
    }
    let checked = articles.iter().flat_map(|(file, doc, shelf, places)| {
        shelf.iter().zip(places).map(move |(bookmark, &found)| {
            let now = found.span.map_or("", |span| doc.slice(span));
            Checked { file, bookmark, found, now }
        })
    });
    let checked: Vec<Checked> = checked.collect();
    if json {
        return print_json(&bookmarks::check_json(&checked));
    }
    print(&bookmarks::check_text(&checked))
}

fn take_in(store: &Store, files: &[PathBuf]) -> Result<(), Failure> {
    let (mut found, mut refused) = (Vec::new(), 0);
    for path in files {
        let mut bytes = Vec::new();
        if is_standard_input(path) {
            io::stdin().lock().read_to_end(&mut bytes)?;
        } else {
            let named = |error| Failure::Said(format!("{}: {error}", path.display()));
            bytes = std::fs::read(path).map_err(named)?;
        }
        let imported = import::read(&bytes);
        imported.refused.iter().for_each(|why| warn(path, why));
        refused += imported.refused.len();
        found.extend(imported.bookmarks);
    }
    let counts = store.import(&found, &now())?;
    print(&bookmarks::import_text(counts, refused))
}

/// Prints lines for eyes.
fn print(text: &str) -> Result<(), Failure> {
    Ok(output::print(&Shown::lines(text))?)
}

/// Prints JSON for programs, of which nothing may be lost.
fn print_json(text: &str) -> Result<(), Failure> {
    Ok(output::print(&Shown::json(text))?)
}
