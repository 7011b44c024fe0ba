//! The loop: wait for one event, take in all that are there, draw once.

mod fetching;
mod opening;
mod outside;
mod reload;

use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::clipboard::Clipboard;
use super::fetcher::Fetch;
use super::guard::{Gate, Guard};
use super::screen::Screen;
use super::session::Session;
use super::watch::{self, Watch};
use super::workers::{self, Workers};
use super::{Event, Loader, fault, input};
use crate::app::Model;
use crate::app::action::{Action, Effect, News, Topic};
use crate::app::keys::Key;
use crate::app::keys::keymap::Mode;
use crate::app::lists::field::Typing;
use crate::app::lists::item::Location;
use crate::app::settings::Settings;
use crate::app::update::update;
use crate::article::input::Input;
use crate::article::load::LoadError;
use crate::article::{Document, Part};
use crate::config::Config;
use crate::store::{self, Store};
use crate::text::address::Address;
use crate::ui::{self, theme::Theme};

/// How long a key that may begin a sequence waits for the next one.
const SEQUENCE: Duration = Duration::from_millis(700);

/// What is read without a key for so long is remembered.
const REST: Duration = Duration::from_millis(250);

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// The reader quit.
    Quit,
    /// By a signal, which is to be raised again.
    Signal(i32),
    /// The terminal went away.
    Gone,
}

/// Why there is nothing to read.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The article cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The terminal cannot be taken over or written to.
    #[error(transparent)]
    Terminal(#[from] io::Error),
}

/// Opens a file, or the sample where none is named.
pub type Open<'a> = &'a dyn Fn(Option<&Path>) -> Result<Input, LoadError>;

/// What the reader chose: how it is read anew, and the file that it comes from.
pub struct Chosen<'a> {
    /// Reads it.
    pub read: &'a dyn Fn() -> Config,
    /// The file, where there may be one.
    pub path: Option<PathBuf>,
}

/// Shows an article that `loader` is to read, and those that are opened from it, on the terminal until
/// the reader quits. `named` are the files and addresses that were named with it; `then` is done when
/// the article is there. Says how it ended, and what could not be saved.
///
/// # Errors
/// If nothing can be read, or the terminal cannot be taken over or written to. A page of the web that
/// is not there is told on the screen.
pub fn run(
    loader: Loader,
    (first, named): (&Location, Vec<Location>),
    (store, chosen): (Store, Chosen<'_>),
    open: Open<'_>,
    then: Option<Action>,
) -> Result<(Leave, Option<String>), Failure> {
    let Config { settings, theme, .. } = (chosen.read)();
    let settings = Arc::new(settings);
    let input = match first {
        Location::Web(_) => Input::bytes(&[]),
        here => open(here.path())?.in_formats(settings.formats.clone()),
    };
    let guard = Guard::new()?;
    let (events, incoming) = mpsc::channel();
    guard.leave_on_panic();
    guard.capture(settings.mouse)?;
    // The article is read while all else is made ready.
    if !matches!(first, Location::Web(_)) {
        let (there, kept) = ((0, guard.size()), (store.clone(), Arc::clone(&settings)));
        loader.read(input.clone(), there, kept, &events);
    }
    let (chosen, there) = ((chosen, settings, theme), (&guard, events.clone()));
    let read = Loop::new(store, chosen, (open, then, (input, named)), there);
    // Whatever is left in the end the system takes back sooner than we could.
    let mut read = ManuallyDrop::new(read);
    if let Location::Web(address) = first {
        read.set_out_for(address)?;
    }
    input::catch_signals(&guard, &events)?;
    guard.enter()?;
    let leave = read.run(&incoming).map(|leave| {
        read.clipboard.hand_over();
        (leave, read.lost.take())
    });
    guard.end();
    leave
}

struct Loop<'a> {
    model: Model,
    /// Keys of a sequence that is not complete.
    pending: Vec<Key>,
    /// Whether nothing has happened for a moment.
    rested: bool,
    /// `None` until the article is there as a whole.
    session: Option<Session>,
    store: Store,
    chosen: Chosen<'a>,
    settings: Arc<Settings>,
    theme: Theme,
    guard: &'a Guard,
    screen: Screen<Gate>,
    open: Open<'a>,
    /// What is done when the article is there.
    then: Option<Action>,
    /// What is shown, or was opened last.
    input: Input,
    /// The part that was shown before the raw text.
    article: Part,
    /// The files and addresses that were named together, where there were several.
    named: Arc<[Location]>,
    /// The page of the web for which the screen stands until something of it is there.
    page: Option<Address>,
    /// The page that is fetched, and how many were before it.
    fetch: Option<Fetch>,
    fetches: usize,
    /// The file of several articles from which the reader went to a page of the web.
    around: Option<(Input, Arc<Document>)>,
    /// What is said of the next article when it is there.
    note: Option<String>,
    /// The bookmark that an article was opened for.
    wanted: Option<String>,
    events: Sender<Event>,
    /// The number of the article that is shown, and of the one that was opened last.
    number: usize,
    opened: usize,
    /// How many texts were shown: what workers find in an earlier one comes too late.
    version: usize,
    /// The article whose file is being read anew.
    before: Option<Session>,
    /// The files that are watched: of the settings, and of the article.
    watches: [Option<Watch>; 2],
    /// Dropped when what is there was drawn.
    drawn: Option<Sender<()>>,
    /// None before there is something to read.
    workers: Option<Workers>,
    clipboard: Clipboard,
    /// What could not be saved, as a sentence.
    lost: Option<String>,
}

impl<'a> Loop<'a> {
    fn new(
        store: Store,
        (chosen, settings, theme): (Chosen<'a>, Arc<Settings>, Theme),
        (open, then, (input, named)): (Open<'a>, Option<Action>, (Input, Vec<Location>)),
        (guard, events): (&'a Guard, Sender<Event>),
    ) -> Self {
        let size = guard.size();
        let screen = Screen::new(guard.screen(), size);
        let model = Model::arriving(Arc::default(), (size, &settings), 0);
        Self {
            model,
            pending: Vec::new(),
            rested: false,
            session: None,
            store,
            chosen,
            settings,
            theme,
            guard,
            screen,
            open,
            then,
            input,
            article: Part::Whole,
            named: named.into(),
            page: None,
            fetch: None,
            fetches: 0,
            around: None,
            note: None,
            wanted: None,
            events,
            number: 0,
            opened: 0,
            version: 0,
            before: None,
            watches: [None, None],
            drawn: None,
            workers: None,
            clipboard: Clipboard::default(),
            lost: None,
        }
    }

    fn run(&mut self, incoming: &Receiver<Event>) -> Result<Leave, Failure> {
        let mut held = self.begin(incoming)?.into_iter();
        self.draw()?;
        self.listen()?;
        loop {
            let mut next = held.next().or_else(|| Some(self.wait(incoming)));
            while let Some(event) = next {
                if let Some(leave) = self.take(event)? {
                    self.lost = self.suspend_reading();
                    return Ok(leave);
                }
                next = held.next().or_else(|| incoming.try_recv().ok());
            }
            self.draw()?;
        }
    }

    /// Takes in keys and what is chosen anew from now on: the first frame waits for neither.
    fn listen(&mut self) -> io::Result<()> {
        input::read_keys(self.guard, &self.events)?;
        let file = self.chosen.path.clone().map(|path| {
            let now = store::stamp(&path);
            watch::watch(path, now, |_| Event::Chosen, &self.events)
        });
        self.watches[0] = file.transpose()?;
        Ok(())
    }

    /// Has everything written; what could not be is what is returned.
    fn suspend_reading(&mut self) -> Option<String> {
        self.session.as_mut().and_then(|session| session.suspend_reading(&self.model))
    }

    /// The next event; where a key sequence is left incomplete, or something has happened, not for
    /// long.
    fn wait(&self, incoming: &Receiver<Event>) -> Event {
        let told = self.pending.is_empty() || self.model.prefix == self.pending;
        let (patience, silence) = match (told, self.rested) {
            (false, _) => (SEQUENCE, Event::Paused),
            (true, false) => (REST, Event::Rested),
            (true, true) => return incoming.recv().unwrap_or(Event::Gone),
        };
        match incoming.recv_timeout(patience) {
            Ok(event) => event,
            Err(RecvTimeoutError::Disconnected) => Event::Gone,
            Err(RecvTimeoutError::Timeout) => silence,
        }
    }

    fn take(&mut self, event: Event) -> Result<Option<Leave>, Failure> {
        self.rested = matches!(event, Event::Rested);
        match event {
            Event::Rested => self.session.iter_mut().for_each(|session| session.rest(&self.model)),
            Event::Key(key) => {
                let (keymap, mode) = (&self.model.settings.keymap, self.model.mode());
                let action = keymap.action(&mut self.pending, mode, key);
                if self.pending.is_empty() {
                    self.model.prefix.clear();
                }
                return Ok(action.map_or(Ok(None), |action| self.act(action))?);
            }
            Event::Paused => {
                let action = self.model.settings.keymap.timeout(&mut self.pending);
                let action = action.unwrap_or_else(|| News::Prefix(self.pending.clone()).into());
                return Ok(self.act(action)?);
            }
            Event::Mouse(mouse) => return Ok(self.act(Action::Mouse(mouse))?),
            Event::Done(version, news) if version == self.version => return Ok(self.act(news)?),
            Event::Done(..) => {}
            Event::Paste(text) => return Ok(self.paste(&text)?),
            Event::Part(number, doc, bytes, drawn) => {
                self.drawn = Some(drawn);
                self.part(number, doc, bytes)?;
            }
            Event::Ending(number, doc) => self.ending(number, doc)?,
            Event::Came(number, bytes) => self.came(number, bytes),
            Event::Opened(number, whole) => return Ok(self.whole(number, *whole)?),
            Event::Fetching(number, come) => self.coming(number, come),
            Event::Fetched(number, page) => self.fetched(number, page)?,
            Event::Failed(number, error) => self.failed(number, error)?,
            Event::Resized => self.resize()?,
            Event::Chosen => self.choose(),
            Event::File(version, now) => self.look_at_file(version, now),
            Event::End(signal) => return Ok(Some(Leave::Signal(signal))),
            Event::Gone => return Ok(Some(Leave::Gone)),
            Event::Stop => self.stop(),
            Event::Continue => self.resume()?,
        }
        Ok(None)
    }

    /// Changes the model and carries out what that asks for, until nothing is asked any more.
    fn act(&mut self, action: impl Into<Action>) -> io::Result<Option<Leave>> {
        let mut actions = vec![action.into()];
        while let Some(action) = actions.pop() {
            fault::asked_for("update");
            for effect in update(&mut self.model, action) {
                match effect {
                    Effect::Quit => return Ok(Some(Leave::Quit)),
                    Effect::Suspend => self.stop(),
                    Effect::Correct(names, list) => {
                        let there = (self.version, &self.events);
                        workers::correct(&self.model, (names, list), there)?;
                    }
                    Effect::Configure => self.choose(),
                    Effect::Redraw => self.screen.clear(),
                    Effect::TurnRound => self.turn_round()?,
                    Effect::Search(query) => self.search(query),
                    Effect::Mouse(capture) => self.guard.capture(capture)?,
                    Effect::Browse(address) => self.browse(&address),
                    Effect::Picture(number, room) => self.picture(number, room)?,
                    Effect::Copy(words) => self.copy(&words)?,
                    Effect::Compose(text) => actions.push(self.compose(&text)?.into()),
                    Effect::EditSource(at) => self.edit_source(at)?,
                    Effect::Open(opening) => self.open(&opening)?,
                    Effect::GiveUp => self.give_up(),
                    Effect::Reload => self.reload()?,
                    Effect::Raw => self.show_raw()?,
                    Effect::Gather(Topic::Folder) => {
                        actions.extend(self.beside().map(Action::Heard));
                    }
                    kept => match &mut self.session {
                        Some(session) => {
                            actions.extend(session.carry_out(kept).into_iter().map(Action::Heard));
                        }
                        None => self.model.refuse("the article is still being read"),
                    },
                }
            }
        }
        Ok(None)
    }

    fn search(&self, query: String) {
        if let Some(workers) = &self.workers {
            workers.search(query, self.model.search_start());
        }
    }

    /// Takes in what the reader chose anew.
    fn choose(&mut self) {
        let Config { settings, theme, .. } = (self.chosen.read)();
        self.settings = Arc::new(settings);
        self.theme = theme;
        update(&mut self.model, News::Configured(Arc::clone(&self.settings)));
    }

    /// Pasted text is typed where a line is being typed, and ignored elsewhere: it must not be
    /// taken for keys.
    fn paste(&mut self, text: &str) -> io::Result<Option<Leave>> {
        if self.model.mode() == Mode::Typing {
            return self.act(Action::Type(Typing::Words(text.to_owned())));
        }
        Ok(None)
    }

    fn resize(&mut self) -> io::Result<()> {
        let size = self.guard.size();
        if size != self.model.view.size {
            self.screen.resize(size);
            self.act(News::Resize(size))?;
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        if let Some(workers) = &self.workers {
            workers.look(&self.model);
        }
        let (model, theme) = (&self.model, &self.theme);
        self.screen.draw((model.hyperlinks(), model.raster()), |buffer| {
            fault::asked_for("draw");
            ui::draw(model, theme, buffer)
        })?;
        self.drawn = None;
        Ok(())
    }
}
