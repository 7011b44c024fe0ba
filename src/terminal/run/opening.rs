//! How the article that is shown is changed for another one, or for more of the same.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Duration, Instant};

use super::super::session::Session;
use super::super::workers::Workers;
use super::super::{Event, Loader, library};
use super::{Failure, Leave, Loop};
use crate::app::Model;
use crate::app::action::{Action, News, Topic};
use crate::app::lists::item::{Location, Opening};
use crate::article::input::Input;
use crate::article::load::LoadError;
use crate::article::{Document, Part};

/// How long the first frame waits for something to show.
const FIRST: Duration = Duration::from_millis(60);

/// What is drawn first has the processors for so long: the terminal is a program too.
const GLANCE: Duration = Duration::from_millis(1);

impl Loop<'_> {
    /// Waits for a part of the article. Keys that come before it are kept for it.
    pub(super) fn begin(&mut self, incoming: &Receiver<Event>) -> Result<Vec<Event>, Failure> {
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

    /// Opens another article, which takes the place of this one when something of it is there.
    pub(super) fn open(&mut self, opening: &Opening) -> io::Result<()> {
        self.give_up();
        if let Location::Web(address) = &opening.location {
            return self.fetch(address);
        }
        self.go_on_as_before()?;
        match self.input_at(opening.location.path()) {
            Ok(input) => {
                self.around = None;
                self.wanted.clone_from(&opening.bookmark);
                self.start(input.of_part(opening.part))?;
            }
            Err(error) => self.model.tell(&error.to_string()),
        }
        Ok(())
    }

    /// What is to be read of a file, or the sample where none is named.
    pub(super) fn input_at(&self, path: Option<&Path>) -> Result<Input, LoadError> {
        Ok((self.open)(path)?.in_formats(self.settings.formats.clone()))
    }

    pub(super) fn start(&mut self, input: Input) -> io::Result<()> {
        self.opened += 1;
        self.input = input;
        self.load()
    }

    /// Has the article read that was opened last.
    pub(super) fn load(&self) -> io::Result<()> {
        let kept = (self.store.clone(), Arc::clone(&self.settings));
        let there = (self.opened, self.model.view.size);
        Loader::start()?.read(self.input.clone(), there, kept, &self.events);
        Ok(())
    }

    /// Shows the text of the file as it stands, or the article that was shown before.
    pub(super) fn show_raw(&mut self) -> io::Result<()> {
        if self.page.is_some() {
            self.model.refuse("the article is still being read");
            return Ok(());
        }
        if self.input.is_pipe() {
            self.model.tell("what came through a pipe cannot be read again");
            return Ok(());
        }
        self.go_on_as_before()?;
        let part = match self.input.part() {
            Part::Raw => self.article,
            shown => {
                self.article = shown;
                Part::Raw
            }
        };
        self.wanted = None;
        self.start(self.input.clone().of_part(part))
    }

    /// What is known at once of what is beside this article, or beside the one from which the reader
    /// went to this page of the web; the rest comes as an event.
    pub(super) fn beside(&self) -> Option<News> {
        let (input, doc) = match &self.around {
            Some((input, doc)) => (input, doc),
            None => (&self.input, &self.model.doc),
        };
        let there = (input, &**doc, &self.named);
        let items = library::beside(there, self.version, &self.events);
        (!items.is_empty()).then_some(News::Listed(Topic::Folder, items))
    }

    pub(super) fn came(&mut self, number: usize, bytes: u64) {
        if let Some(arriving) = self.model.arriving.as_mut().filter(|_| number == self.number) {
            arriving.bytes = bytes;
        }
    }

    /// Shows what has come of an article.
    pub(super) fn part(&mut self, number: usize, doc: Arc<Document>, bytes: u64) -> io::Result<()> {
        if self.before.is_some() {
            return Ok(());
        }
        let model = Model::arriving(doc, (self.model.view.size, &self.settings), bytes);
        self.turn_to(number, model, None)
    }

    /// Takes in the end of an article of which the start is shown.
    pub(super) fn ending(&mut self, number: usize, doc: Arc<Document>) -> io::Result<()> {
        if number == self.number && self.before.is_none() {
            self.act(News::Ending(doc))?;
        }
        Ok(())
    }

    /// Shows the other end of an article of which more is still to come.
    pub(super) fn turn_round(&mut self) -> io::Result<()> {
        let other = self.model.at_other_end();
        other.map_or(Ok(()), |other| self.turn_to(self.number, other, None))
    }

    /// Shows an article that is there as a whole.
    pub(super) fn whole(
        &mut self,
        number: usize,
        (session, model): (Session, Model),
    ) -> io::Result<Option<Leave>> {
        if number != self.opened {
            return Ok(None);
        }
        self.turn_to(number, model, Some(session))?;
        let marks = self.model.marks.all().iter();
        let mut wanted = marks.filter(|mark| Some(&mark.id) == self.wanted.as_ref());
        if let Some(span) = wanted.next().and_then(|mark| mark.span) {
            self.model.go_to(span.start);
        }
        if let Some(note) = self.note.take() {
            self.model.tell(&note);
        }
        let several = !self.model.doc.articles.is_empty() && self.input.part() == Part::Whole;
        let choice = several && self.wanted.is_none();
        let then = self.then.take().or_else(|| choice.then_some(Action::List(Topic::Folder)));
        then.map_or(Ok(None), |then| self.act(then))
    }

    /// Puts another text in the place of what is shown: more of the same article, or another one.
    fn turn_to(
        &mut self,
        number: usize,
        mut model: Model,
        mut session: Option<Session>,
    ) -> io::Result<()> {
        if number != self.opened {
            return Ok(());
        }
        self.version += 1;
        self.page = None;
        std::mem::swap(&mut self.model, &mut model);
        self.model.fetching = model.fetching.take();
        if self.before.take().is_some() {
            self.model.go_on_anew(model);
        } else if number == self.number {
            self.model.go_on_from(model);
        } else {
            let before = self.session.as_mut();
            if let Some(why) = before.and_then(|before| before.suspend_reading(&model)) {
                self.model.tell(&why);
            }
            self.model.resize_to(model.view.size);
        }
        self.workers = None;
        // What there is to see comes before all that wants a processor of its own.
        if self.is_settled() {
            self.draw()?;
            thread::sleep(GLANCE);
        }
        if let Some(session) = &mut session {
            session.start(&self.model, (self.version, &self.events))?;
        }
        (self.number, self.session) = (number, session);
        self.watch()?;
        self.workers = Some(Workers::start(&self.model, self.version, &self.events)?);
        if let Some(query) = self.model.searched() {
            self.search(query.to_owned());
        }
        Ok(())
    }

    /// Whether nothing is about to lie over the text, and the reader stays where it opens.
    fn is_settled(&self) -> bool {
        self.then.is_none() && self.wanted.is_none() && self.model.doc.articles.is_empty()
    }

    /// Says why an article cannot be read. Where nothing is shown yet, the program ends.
    pub(super) fn failed(&mut self, number: usize, error: LoadError) -> Result<(), Failure> {
        if number != self.opened {
            return Ok(());
        }
        if self.version == 0 && self.page.is_none() {
            return Err(error.into());
        }
        self.go_on_as_before()?;
        let why = error.to_string();
        if number == self.number {
            self.model.fail(&why);
        }
        self.say_it_is_not_there(&why);
        Ok(())
    }

    /// Says why an article is not there that was asked for.
    pub(super) fn say_it_is_not_there(&mut self, why: &str) {
        if let Some(address) = &self.page {
            self.model.not_fetched(address, why);
        }
        self.model.tell(why);
    }
}
