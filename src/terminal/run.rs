//! The loop: wait for one event, take in all that are there, draw once.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use rustix::process::{Signal, getpid, getsid, kill_current_process_group};

use super::editor::{self, Written};
use super::guard::Guard;
use super::session::Session;
use super::workers::{self, Workers};
use super::{Event, input, watch};
use crate::app::Model;
use crate::app::action::{Action, Effect};
use crate::app::item::Opening;
use crate::app::keymap::Mode;
use crate::app::keys::Key;
use crate::app::settings::Settings;
use crate::app::update::update;
use crate::config::Config;
use crate::layout::panes::Size;
use crate::ui::{self, theme::Theme};

/// How long a key that may begin a sequence waits for the next one.
const SEQUENCE: Duration = Duration::from_millis(700);

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

/// Opens another article; what it says where that fails is shown to the reader.
pub type Open<'a> = &'a dyn Fn(&Opening) -> Result<Session, String>;

/// What the reader chose: how it is read anew, and the file that it comes from.
pub struct Chosen<'a> {
    /// Reads it.
    pub read: &'a dyn Fn() -> Config,
    /// The file, where there may be one.
    pub path: Option<PathBuf>,
}

/// Reads an article, and those that are opened from it, on the terminal until the reader quits.
/// `first` is done before the first frame. Says how it ended, and what could not be saved.
///
/// # Errors
/// If the terminal cannot be taken over or written to.
pub fn run(
    session: Session,
    chosen: Chosen<'_>,
    open: Open<'_>,
    first: Option<Action>,
) -> io::Result<(Leave, Option<String>)> {
    let guard = Guard::new()?;
    let (events, incoming) = mpsc::channel();
    input::catch_signals(&guard, &events)?;
    guard.leave_on_panic();
    guard.enter()?;
    let leave = Loop::new(session, chosen, open, (&guard, events)).and_then(|mut read| {
        read.begin(first)?;
        let leave = read.run(&incoming)?;
        Ok((leave, read.lost))
    });
    guard.end();
    leave
}

type Screen = Terminal<CrosstermBackend<BufWriter<File>>>;

struct Loop<'a> {
    model: Model,
    /// Keys of a sequence that is not complete.
    pending: Vec<Key>,
    session: Session,
    chosen: Chosen<'a>,
    settings: Arc<Settings>,
    theme: Theme,
    guard: &'a Guard,
    screen: Screen,
    open: Open<'a>,
    events: Sender<Event>,
    /// How many articles were opened: what workers find in an earlier one comes too late.
    number: usize,
    workers: Workers,
    /// What could not be saved, as a sentence.
    lost: Option<String>,
}

impl<'a> Loop<'a> {
    fn new(
        mut session: Session,
        chosen: Chosen<'a>,
        open: Open<'a>,
        (guard, events): (&'a Guard, Sender<Event>),
    ) -> io::Result<Self> {
        let size = guard.size();
        let Config { settings, theme, .. } = (chosen.read)();
        let settings = Arc::new(settings);
        let model = resumed(&session, &settings, size);
        let backend =
            CrosstermBackend::new(BufWriter::with_capacity(1 << 16, guard.tty().try_clone()?));
        let options = TerminalOptions { viewport: Viewport::Fixed(rect(size)) };
        let screen = Terminal::with_options(backend, options)?;
        session.start(0, &events)?;
        let workers = Workers::start(&model, 0, &events)?;
        input::read_keys(guard, &events)?;
        if let Some(path) = chosen.path.clone() {
            watch::watch(path, &events)?;
        }
        let (pending, number) = (Vec::new(), 0);
        Ok(Self {
            model,
            pending,
            session,
            chosen,
            settings,
            theme,
            guard,
            screen,
            open,
            events,
            number,
            workers,
            lost: None,
        })
    }

    fn begin(&mut self, first: Option<Action>) -> io::Result<()> {
        first.map_or(Ok(()), |first| self.act(first).map(|_| ()))
    }

    fn run(&mut self, incoming: &Receiver<Event>) -> io::Result<Leave> {
        self.draw()?;
        loop {
            let mut next = Some(self.wait(incoming));
            while let Some(event) = next {
                if let Some(leave) = self.take(event)? {
                    self.lost = self.session.suspend_reading(&self.model);
                    return Ok(leave);
                }
                next = incoming.try_recv().ok();
            }
            self.draw()?;
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
                Event::Done(self.number, action)
            }
        }
    }

    fn take(&mut self, event: Event) -> io::Result<Option<Leave>> {
        match event {
            Event::Key(key) => {
                let (keymap, mode) = (&self.model.settings.keymap, self.model.mode());
                let action = keymap.action(&mut self.pending, mode, key);
                if self.pending.is_empty() {
                    self.model.prefix.clear();
                }
                return action.map_or(Ok(None), |action| self.act(action));
            }
            Event::Mouse(mouse) => return self.act(Action::Mouse(mouse)),
            Event::Done(number, action) if number == self.number => return self.act(action),
            Event::Done(..) => {}
            Event::Paste(text) => return self.paste(&text),
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
                    Effect::Correct(names, list) => {
                        workers::correct(&self.model, (names, list), (self.number, &self.events))?;
                    }
                    Effect::Configure => self.choose(),
                    Effect::Redraw => self.repaint()?,
                    Effect::Search(query) => self.workers.search(query),
                    Effect::Mouse(capture) => self.guard.capture(capture)?,
                    Effect::Copy(words) => self.copy(&words)?,
                    Effect::Compose(text) => actions.push(self.compose(&text)?),
                    Effect::Open(opening) => self.open(&opening)?,
                    kept => actions.extend(self.session.carry_out(kept)),
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

    /// Opens another article in the place of this one. Where that fails, this one stays.
    fn open(&mut self, opening: &Opening) -> io::Result<()> {
        let mut session = match (self.open)(opening) {
            Ok(session) => session,
            Err(why) => {
                self.model.tell(&why);
                return Ok(());
            }
        };
        let lost = self.session.suspend_reading(&self.model);
        self.number += 1;
        session.start(self.number, &self.events)?;
        let model = resumed(&session, &self.settings, self.model.view.size);
        self.workers = Workers::start(&model, self.number, &self.events)?;
        self.model = model;
        self.session = session;
        if let Some(why) = lost {
            self.model.tell(&why);
        }
        let marks = self.model.marks.all().iter();
        let mut wanted = marks.filter(|mark| Some(&mark.id) == opening.bookmark.as_ref());
        if let Some(span) = wanted.next().and_then(|mark| mark.span) {
            self.model.go_to(span.start);
        }
        Ok(())
    }

    /// Pasted text is typed where a line is being typed, and ignored elsewhere: it must not be
    /// taken for keys.
    fn paste(&mut self, text: &str) -> io::Result<Option<Leave>> {
        if self.model.mode() == Mode::Typing {
            return self.act(Action::Paste(text.to_owned()));
        }
        Ok(None)
    }

    fn resize(&mut self) -> io::Result<()> {
        let size = self.guard.size();
        if size != self.model.view.size {
            self.screen.resize(rect(size))?;
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
        self.resize()?;
        self.repaint()
    }

    /// Has every cell written anew. Unlike [`Terminal::clear`] it does not ask the terminal where
    /// its cursor is, for which the answer would have to be waited for.
    fn repaint(&mut self) -> io::Result<()> {
        self.screen.resize(rect(self.model.view.size))
    }

    /// Lets the reader write in an editor, which has the terminal meanwhile.
    fn compose(&mut self, text: &str) -> io::Result<Action> {
        let written = editor::edit(self.guard, text);
        self.resize()?;
        self.repaint()?;
        Ok(match written {
            Written::Text(text) => Action::Composed(text, None),
            Written::Failed(text, why) => Action::Composed(text, Some(why)),
        })
    }

    /// Puts words on the clipboard of the terminal (OSC 52), which works over ssh too.
    fn copy(&mut self, words: &str) -> io::Result<()> {
        let copy = crossterm::clipboard::CopyToClipboard::to_clipboard_from(words);
        crossterm::execute!(self.screen.backend_mut(), copy)
    }

    /// One frame, as one update where the terminal knows what that is (DEC mode 2026).
    fn draw(&mut self) -> io::Result<()> {
        self.workers.look(&self.model);
        self.screen.backend_mut().write_all(b"\x1b[?2026h")?;
        let (model, theme) = (&self.model, &self.theme);
        self.screen.draw(|frame| {
            if let Some(cursor) = ui::draw(model, theme, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        self.screen.backend_mut().write_all(b"\x1b[?2026l")?;
        io::Write::flush(self.screen.backend_mut())
    }
}

/// A model of an article, at the place where reading ended.
fn resumed(session: &Session, settings: &Arc<Settings>, size: Size) -> Model {
    let mut model = Model::new(Arc::clone(session.document()), size);
    model.configure(Arc::clone(settings));
    session.resume(&mut model);
    model
}

fn rect(size: Size) -> Rect {
    Rect::new(0, 0, size.width, size.height)
}
