//! The loop: wait for one event, take in all that are there, draw once.

use std::fs::File;
use std::io;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use rustix::process::{Signal, getpid, getsid, kill_current_process_group};

use super::guard::Guard;
use super::screen::Screen;
use super::session::Session;
use super::{Event, input, loader, watch, workers};
use crate::app::Model;
use crate::app::action::{Action, Effect};
use crate::app::item::Opening;
use crate::app::keymap::Mode;
use crate::app::keys::Key;
use crate::app::settings::Settings;
use crate::app::update::update;
use crate::article::Document;
use crate::article::input::Input;
use crate::article::load::LoadError;
use crate::config::Config;
use crate::store::Store;
use crate::ui::{self, theme::Theme};

/// How long a key that may begin a sequence waits for the next one.
const SEQUENCE: Duration = Duration::from_millis(700);

/// How long the first frame waits for something to show.
const FIRST: Duration = Duration::from_millis(60);

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

/// Finds another article; what it says where that fails is shown to the reader.
pub type Open<'a> = &'a dyn Fn(&Opening) -> Result<Input, String>;

/// What the reader chose: how it is read anew, and the file that it comes from.
pub struct Chosen<'a> {
    /// Reads it.
    pub read: &'a dyn Fn() -> Config,
    /// The file, where there may be one.
    pub path: Option<PathBuf>,
}

/// Reads an article, and those that are opened from it, on the terminal until the reader quits.
/// `first` is done when the article is there.
///
/// # Errors
/// If nothing can be read, or the terminal cannot be taken over or written to.
pub fn run(
    input: Input,
    (store, chosen): (Store, Chosen<'_>),
    open: Open<'_>,
    first: Option<Action>,
) -> Result<Leave, Failure> {
    let guard = Guard::new()?;
    let (events, incoming) = mpsc::channel();
    let config = (chosen.read)();
    let settings = Arc::new(config.settings.clone());
    loader::start(input, (0, guard.size()), (store.clone(), settings), &events)?;
    input::catch_signals(&guard, &events)?;
    guard.leave_on_panic();
    guard.enter()?;
    let leave =
        Loop::new((store, chosen, config), (open, first), (&guard, events)).and_then(|read| {
            // Whatever is left then the system takes back sooner than we could.
            ManuallyDrop::new(read).run(&incoming)
        });
    guard.end();
    leave
}

struct Loop<'a> {
    model: Model,
    /// Keys of a sequence that is not complete.
    pending: Vec<Key>,
    /// `None` until the article is there as a whole.
    session: Option<Session>,
    store: Store,
    chosen: Chosen<'a>,
    settings: Arc<Settings>,
    theme: Theme,
    guard: &'a Guard,
    screen: Screen<File>,
    open: Open<'a>,
    /// What is done when the article is there.
    first: Option<Action>,
    /// The bookmark that an article was opened for.
    wanted: Option<String>,
    events: Sender<Event>,
    /// The number of the article that is shown, and of the one that was opened last.
    number: usize,
    opened: usize,
    /// How many texts were shown: what workers find in an earlier one comes too late.
    version: usize,
    queries: Sender<String>,
}

impl<'a> Loop<'a> {
    fn new(
        (store, chosen, config): (Store, Chosen<'a>, Config),
        (open, first): (Open<'a>, Option<Action>),
        (guard, events): (&'a Guard, Sender<Event>),
    ) -> Result<Self, Failure> {
        let size = guard.size();
        let Config { settings, theme, .. } = config;
        let settings = Arc::new(settings);
        let screen = Screen::new(guard.tty().try_clone()?, size);
        input::read_keys(guard, &events)?;
        if let Some(path) = chosen.path.clone() {
            watch::watch(path, &events)?;
        }
        let mut model = Model::arriving(Arc::default(), size, 0);
        model.configure(Arc::clone(&settings));
        Ok(Self {
            model,
            pending: Vec::new(),
            session: None,
            store,
            chosen,
            settings,
            theme,
            guard,
            screen,
            open,
            first,
            wanted: None,
            events,
            number: 0,
            opened: 0,
            version: 0,
            queries: mpsc::channel().0,
        })
    }

    fn run(&mut self, incoming: &Receiver<Event>) -> Result<Leave, Failure> {
        let mut held = self.begin(incoming)?.into_iter();
        self.draw()?;
        loop {
            let mut next = held.next().or_else(|| Some(self.wait(incoming)));
            while let Some(event) = next {
                if let Some(leave) = self.take(event)? {
                    self.suspend_reading();
                    return Ok(leave);
                }
                next = held.next().or_else(|| incoming.try_recv().ok());
            }
            self.draw()?;
        }
    }

    /// Waits for a part of the article. Keys that come before it are kept for it.
    fn begin(&mut self, incoming: &Receiver<Event>) -> Result<Vec<Event>, Failure> {
        let (start, mut held) = (Instant::now(), Vec::new());
        while self.version == 0 {
            match incoming.recv_timeout(FIRST.saturating_sub(start.elapsed())) {
                Ok(event @ (Event::Part(..) | Event::Opened(..) | Event::Failed(..))) => {
                    self.take(event)?;
                }
                Ok(event) => held.push(event),
                Err(_) => break,
            }
        }
        Ok(held)
    }

    fn suspend_reading(&self) {
        if let Some(session) = &self.session {
            session.suspend_reading(&self.model);
        }
    }

    /// The next event; where a key sequence is left incomplete, what it does as it stands.
    fn wait(&mut self, incoming: &Receiver<Event>) -> Event {
        if self.pending.is_empty() || self.model.prefix == self.pending {
            return incoming.recv().unwrap_or(Event::Gone);
        }
        match incoming.recv_timeout(SEQUENCE) {
            Ok(event) => event,
            Err(RecvTimeoutError::Disconnected) => Event::Gone,
            Err(RecvTimeoutError::Timeout) => {
                let action = self.model.settings.keymap.timeout(&mut self.pending);
                let action = action.unwrap_or_else(|| Action::Prefix(self.pending.clone()));
                Event::Done(self.version, action)
            }
        }
    }

    fn take(&mut self, event: Event) -> Result<Option<Leave>, Failure> {
        match event {
            Event::Key(key) => {
                let (keymap, mode) = (&self.model.settings.keymap, self.model.mode());
                let action = keymap.action(&mut self.pending, mode, key);
                if self.pending.is_empty() {
                    self.model.prefix.clear();
                }
                return Ok(action.map_or(Ok(None), |action| self.act(action))?);
            }
            Event::Done(version, action) if version == self.version => return Ok(self.act(action)?),
            Event::Done(..) => {}
            Event::Paste(text) => return Ok(self.paste(&text)?),
            Event::Part(number, doc, bytes) => self.part(number, doc, bytes)?,
            Event::Came(number, bytes) => self.came(number, bytes),
            Event::Opened(number, whole) => return Ok(self.whole(number, *whole)?),
            Event::Failed(number, error) => self.failed(number, error)?,
            Event::Resized => self.resize()?,
            Event::Chosen => self.choose(),
            Event::End(signal) => return Ok(Some(Leave::Signal(signal))),
            Event::Gone => return Ok(Some(Leave::Gone)),
            Event::Stop => self.stop(),
            Event::Continue => self.resume()?,
        }
        Ok(None)
    }

    /// Changes the model and carries out what that asks for, until nothing is asked any more.
    fn act(&mut self, action: Action) -> io::Result<Option<Leave>> {
        let mut actions = vec![action];
        while let Some(action) = actions.pop() {
            for effect in update(&mut self.model, action) {
                match effect {
                    Effect::Quit => return Ok(Some(Leave::Quit)),
                    Effect::Suspend => self.stop(),
                    Effect::Correct(found, list, extent) => {
                        workers::correct(
                            &self.model.doc,
                            (found, list, extent),
                            self.version,
                            &self.events,
                        )?;
                    }
                    Effect::Configure => self.choose(),
                    Effect::Redraw => self.screen.clear(),
                    Effect::Search(query) => drop(self.queries.send(query)),
                    Effect::Copy(words) => self.copy(&words)?,
                    Effect::Open(opening) => self.open(&opening)?,
                    kept => match &mut self.session {
                        Some(session) => actions.extend(session.carry_out(kept)),
                        None => self.model.tell("the article is still being read"),
                    },
                }
            }
        }
        Ok(None)
    }

    /// Takes in what the reader chose anew.
    fn choose(&mut self) {
        let Config { settings, theme, .. } = (self.chosen.read)();
        self.settings = Arc::new(settings);
        self.theme = theme;
        update(&mut self.model, Action::Configured(Arc::clone(&self.settings)));
    }

    /// Opens another article, which takes the place of this one when something of it is there.
    fn open(&mut self, opening: &Opening) -> io::Result<()> {
        match (self.open)(opening) {
            Ok(input) => {
                self.opened += 1;
                self.wanted.clone_from(&opening.bookmark);
                let size = self.model.view.size;
                let kept = (self.store.clone(), Arc::clone(&self.settings));
                loader::start(input, (self.opened, size), kept, &self.events)?;
            }
            Err(why) => self.model.tell(&why),
        }
        Ok(())
    }

    /// Shows what has come of an article.
    fn part(&mut self, number: usize, doc: Arc<Document>, bytes: u64) -> io::Result<()> {
        let mut model = Model::arriving(doc, self.model.view.size, bytes);
        model.configure(Arc::clone(&self.settings));
        self.turn_to(number, model, None)
    }

    /// Shows an article that is there as a whole.
    fn whole(
        &mut self,
        number: usize,
        (session, model): (Session, Model),
    ) -> io::Result<Option<Leave>> {
        if number != self.opened {
            return Ok(None);
        }
        let doc = Arc::clone(session.document());
        self.turn_to(number, model, Some(session))?;
        workers::analyse(&doc, self.version, &self.events)?;
        let marks = self.model.marks.all().iter();
        let mut wanted = marks.filter(|mark| Some(&mark.id) == self.wanted.as_ref());
        if let Some(span) = wanted.next().and_then(|mark| mark.span) {
            self.model.go_to(span.start);
        }
        self.first.take().map_or(Ok(None), |first| self.act(first))
    }

    /// Puts another text in the place of what is shown: more of the same article, or another one.
    fn turn_to(
        &mut self,
        number: usize,
        mut model: Model,
        session: Option<Session>,
    ) -> io::Result<()> {
        if number != self.opened {
            return Ok(());
        }
        self.version += 1;
        self.queries = workers::searcher(&model.doc, self.version, &self.events)?;
        std::mem::swap(&mut self.model, &mut model);
        if number == self.number {
            self.model.go_on_from(model);
        } else {
            if let Some(session) = &self.session {
                session.suspend_reading(&model);
            }
            self.model.resize_to(model.view.size);
        }
        (self.number, self.session) = (number, session);
        if let Some(query) = self.model.searched() {
            let _ = self.queries.send(query.to_owned());
        }
        Ok(())
    }

    fn came(&mut self, number: usize, bytes: u64) {
        if let Some(arriving) = self.model.arriving.as_mut().filter(|_| number == self.number) {
            arriving.bytes = bytes;
        }
    }

    /// Says why an article cannot be read. Where nothing is shown yet, the program ends.
    fn failed(&mut self, number: usize, error: LoadError) -> Result<(), Failure> {
        if number == 0 && self.version == 0 {
            return Err(error.into());
        }
        if number == self.opened {
            self.model.tell(&error.to_string());
        }
        Ok(())
    }

    /// Pasted text is typed where a line is being typed, and ignored elsewhere: it must not be
    /// taken for keys.
    fn paste(&mut self, text: &str) -> io::Result<Option<Leave>> {
        if self.model.mode() == Mode::Typing {
            for ch in text.chars().map(|ch| if ch.is_control() { ' ' } else { ch }) {
                self.act(Action::Type(ch))?;
            }
        }
        Ok(None)
    }

    fn resize(&mut self) -> io::Result<()> {
        let size = self.guard.size();
        if size != self.model.view.size {
            self.screen.resize(size);
            self.act(Action::Resize(size))?;
        }
        Ok(())
    }

    /// Gives the terminal to the shell and stops the process group. A session leader has no
    /// shell that could continue it.
    fn stop(&mut self) {
        if getsid(None).is_ok_and(|leader| leader == getpid()) {
            self.model.message = Some("there is no shell to go back to".into());
            return;
        }
        self.guard.leave();
        let _ = kill_current_process_group(Signal::STOP);
    }

    fn resume(&mut self) -> io::Result<()> {
        self.guard.enter()?;
        self.screen.clear();
        self.resize()
    }

    /// Puts words on the clipboard of the terminal (OSC 52), which works over ssh too.
    fn copy(&mut self, words: &str) -> io::Result<()> {
        let mut sequence = String::new();
        // Writing to a string cannot fail.
        let _ = CopyToClipboard::to_clipboard_from(words).write_ansi(&mut sequence);
        self.screen.send(&sequence)
    }

    fn draw(&mut self) -> io::Result<()> {
        let (model, theme) = (&self.model, &self.theme);
        self.screen.draw(|buffer| ui::draw(model, theme, buffer))
    }
}
