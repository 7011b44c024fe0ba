//! Reading without a screen: commands come in as lines, and what they did goes out as lines. What
//! was written is never painted over. For screen readers, braille, slow lines and other programs.
//!
//! May not know: what the words are (see [`crate::app::aloud`]).

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use super::Event;
use super::patience;
use super::run::{Chosen, Failure, Open};
use super::session::{self, Session};
use super::workers::Workers;
use super::{library, output};
use crate::analysis::corrections::corrected;
use crate::app::Model;
use crate::app::action::{Action, Effect, News, Topic};
use crate::app::aloud::{self, Heard};
use crate::app::file::progress::Reach;
use crate::app::lists::item::{Location, Opening};
use crate::app::lists::palette::Scope;
use crate::app::update::update;
use crate::article::Part;
use crate::article::input::Input;
use crate::layout::panes::Size;
use crate::source::{fetch, page};
use crate::store::Store;
use crate::text::shown::{self, Shown};

/// The screen that is not there: panes side by side, so that going to one closes no other.
const SIZE: Size = Size { width: 140, height: 40 };

/// What has not answered for so long is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// How reading one article ends.
enum End {
    Quit,
    Open(Opening),
}

/// Reads an article, and those that are opened from it, by commands from `commands`, answers on standard output, until
/// the reader quits or no more commands come. Says what could not be saved.
///
/// # Errors
/// If the first article cannot be read, or nothing can be printed.
pub fn linear(
    (article, named): (&Input, &[Location]),
    (store, chosen): (&Store, &Chosen<'_>),
    open: Open<'_>,
    commands: &mut dyn BufRead,
) -> Result<Option<String>, Failure> {
    let named: Arc<[Location]> = named.into();
    let mut reading = Reading::of(article, &named, (store, chosen))?;
    let mut first = !named.is_empty();
    loop {
        let choice = std::mem::take(&mut first) || reading.is_one_of_several();
        let end = reading.run(commands, choice.then_some(Action::List(Topic::Folder)))?;
        let lost = reading.session.suspend_reading(&reading.model);
        let End::Open(opening) = end else { return Ok(lost) };
        match found(&opening, store, open).map(|input| input.of_part(opening.part)) {
            Ok(input) => match Reading::of(&input, &named, (store, chosen)) {
                Ok(next) => reading = next,
                Err(error) => say(&[error.to_string()])?,
            },
            Err(why) => say(&[why])?,
        }
    }
}

/// What is to be opened; a page of the web is fetched first, and waited for.
fn found(opening: &Opening, store: &Store, open: Open<'_>) -> Result<Input, String> {
    let page = match &opening.location {
        Location::Web(address) => {
            Some(page::fetched(address, (store, &session::now()), &fetch::get))
        }
        Location::Sample | Location::File(_) => None,
    };
    let page = page.transpose().map_err(|error| error.to_string())?;
    page.iter().filter_map(|page| page.note.as_ref()).for_each(|note| output::complain(note));
    let path = page.as_ref().map(|page| page.path.as_path()).or(opening.location.path());
    open(path).map_err(|error| error.to_string())
}

/// An article while it is read.
struct Reading {
    input: Input,
    /// The files and folders that were named together, where there were several.
    named: Arc<[Location]>,
    model: Model,
    sender: Sender<Event>,
    session: Session,
    events: Receiver<Event>,
    workers: Workers,
    /// Whether anything was said of it yet.
    said: bool,
}

impl Reading {
    fn of(
        input: &Input,
        named: &Arc<[Location]>,
        (store, chosen): (&Store, &Chosen<'_>),
    ) -> Result<Self, Failure> {
        let settings = Arc::new((chosen.read)().settings);
        let input = input.clone().in_formats(settings.formats.clone());
        let doc = Arc::new(patience::document(&input)?);
        let mut session = Session::new(doc, (&input, None), store.clone());
        let mut model = session::resumed(&session, &settings, SIZE);
        model.message = model.message.filter(|_| !model.settings.problems.is_empty());
        let (sender, events) = mpsc::channel();
        session.start(&model, (0, &sender))?;
        let workers = Workers::start(&model, 0, &sender)?;
        let named = Arc::clone(named);
        Ok(Self { input, named, model, sender, session, events, workers, said: false })
    }

    /// Whether its file holds other articles, and none of them was chosen.
    fn is_one_of_several(&self) -> bool {
        !self.model.doc.articles.is_empty() && self.input.part() == Part::Whole
    }

    /// Reads on by commands; what there is to choose from is listed before.
    fn run(&mut self, commands: &mut dyn BufRead, choice: Option<Action>) -> Result<End, Failure> {
        match choice.filter(|_| !self.said) {
            Some(choice) => {
                let heard = Heard::all(&self.model);
                self.act(choice)?;
                say(&aloud::news(&self.model, &heard))?;
            }
            None if self.said => {}
            None => say(&aloud::opening(&self.model))?,
        }
        self.said = true;
        let mut line = Vec::new();
        loop {
            line.clear();
            if commands.read_until(b'\n', &mut line)? == 0 {
                return Ok(End::Quit);
            }
            self.settle();
            let heard = Heard::all(&self.model);
            match self.model.command_of(&String::from_utf8_lossy(&line)) {
                Err(why) => say(&[why])?,
                Ok(actions) if actions == [Action::Palette(Scope::Keys)] => {
                    say(&aloud::help(&self.model))?;
                }
                Ok(actions) => {
                    for action in actions {
                        if let Some(end) = self.act(action)? {
                            return Ok(end);
                        }
                    }
                    say(&aloud::news(&self.model, &heard))?;
                }
            }
        }
    }

    /// Waits until names and links are there: a command means the same whenever it is given.
    fn settle(&mut self) {
        let there = |model: &Model| {
            model.progress.names == Reach::Whole && model.progress.links == Reach::Whole
        };
        while !there(&self.model) {
            let Ok(event) = self.events.recv() else { return };
            if let Event::Done(_, news) = event {
                update(&mut self.model, news);
            }
        }
    }

    /// Changes the model and carries out what that asks for.
    fn act(&mut self, action: Action) -> Result<Option<End>, Failure> {
        let mut actions = VecDeque::from([action]);
        while let Some(action) = actions.pop_front() {
            for effect in update(&mut self.model, action) {
                match effect {
                    Effect::Quit => return Ok(Some(End::Quit)),
                    Effect::Open(opening) => return Ok(Some(End::Open(opening))),
                    Effect::Search(query) => {
                        self.workers.search(query, self.model.search_start());
                        actions.extend(
                            self.until(|news| matches!(news, News::Hits(..)))
                                .into_iter()
                                .map(Action::Heard),
                        );
                    }
                    Effect::Correct(names, list) => {
                        let names = corrected(&self.model.doc, &names, &list);
                        actions.push_back(News::Corrected(Arc::new(names)).into());
                    }
                    // What is on a pipe can be taken from it.
                    Effect::Copy(words) => {
                        self.model.message = None;
                        output::print(&words)?;
                        say(&[String::new()])?;
                    }
                    Effect::Browse(address) => {
                        self.model.tell(&format!("it is at {}", address.as_str()));
                    }
                    Effect::Picture(..) => self.model.tell("pictures are shown on a screen only"),
                    Effect::EditSource(_) => self.model.tell("files are edited from a screen only"),
                    Effect::Compose(_) => self.model.tell("type the note here"),
                    Effect::Raw => {
                        self.model.tell("the text of the file is shown on a screen only");
                    }
                    Effect::Gather(Topic::Folder) => {
                        let there = (&self.input, &*self.model.doc, &self.named);
                        library::beside(there, 0, &self.sender);
                        actions.extend(
                            self.until(|news| matches!(news, News::Listed(..)))
                                .into_iter()
                                .map(Action::Heard),
                        );
                    }
                    Effect::Suspend | Effect::Redraw | Effect::Configure | Effect::Mouse(_) => {}
                    Effect::GiveUp => {}
                    kept => actions.extend(self.keep(kept).into_iter().map(Action::Heard)),
                }
            }
        }
        Ok(None)
    }

    /// Has the record changed, and waits for what came of it.
    fn keep(&mut self, effect: Effect) -> Vec<News> {
        let waits = matches!(
            effect,
            Effect::Save(_)
                | Effect::Annotate(..)
                | Effect::Confirm(..)
                | Effect::Delete(_)
                | Effect::Restore(_)
                | Effect::Write(_)
        );
        let gathers = matches!(effect, Effect::Gather(_));
        let mut heard = self.session.carry_out(effect);
        if waits || gathers && heard.is_empty() {
            heard.extend(self.until(is_answer));
        }
        heard
    }

    /// What comes from outside up to the first that is waited for.
    fn until(&self, waited_for: impl Fn(&News) -> bool) -> Vec<News> {
        let mut heard = Vec::new();
        while let Ok(Event::Done(_, news)) = self.events.recv_timeout(PATIENCE) {
            heard.push(news);
            if heard.last().is_some_and(&waited_for) {
                break;
            }
        }
        heard
    }
}

/// Whether this is what came of a change of the record, or a list that was gathered.
fn is_answer(news: &News) -> bool {
    use News::{Deleted, Listed, NotSaved, Saved, Tell};
    matches!(news, Saved(..) | NotSaved(..) | Deleted(..) | Tell(_) | Listed(..))
}

/// Prints lines, and an empty one after them.
fn say(lines: &[String]) -> io::Result<()> {
    let lines: Vec<String> = lines.iter().map(|line| shown::line(line)).collect();
    output::print(&Shown::lines(&(lines.join("\n") + "\n\n")))
}
