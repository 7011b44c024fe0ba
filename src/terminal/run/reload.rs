//! The file of the article is watched, and read anew when the reader says so; a page that is not
//! there is fetched again.

use std::io;

use super::super::Event;
use super::super::watch::watch;
use super::Loop;
use crate::app::action::News;
use crate::app::file::arriving::Arriving;
use crate::app::file::reload::Change;
use crate::app::update::update;
use crate::record::reading::Stamp;

impl Loop<'_> {
    /// Watches the file of the article that is shown, and no other one any more.
    pub(super) fn watch(&mut self) -> io::Result<()> {
        let version = self.version;
        let file = self.session.as_ref().and_then(|session| session.file().cloned());
        let watched = file.map(|(path, stamp)| {
            watch(path, Some(stamp), move |now| Event::File(version, now), &self.events)
        });
        self.watches[1] = watched.transpose()?;
        Ok(())
    }

    /// Tells what became of the file of a text that was shown.
    pub(super) fn look_at_file(&mut self, version: usize, now: Option<Stamp>) {
        let session = self.session.as_ref().filter(|_| version == self.version);
        let Some((_, then)) = session.and_then(|session| session.file()) else { return };
        let change = match now {
            None => Some(Change::Gone),
            Some(now) if now == *then => None,
            Some(now) if now.bytes < then.bytes => Some(Change::Shorter),
            Some(_) => Some(Change::Changed),
        };
        update(&mut self.model, News::Changed(change));
    }

    /// Reads the file of the article anew, or fetches once more the page that is not there. An
    /// article that is shown stays until that is done, and no bookmark is made in it meanwhile; all
    /// that were made are on disk before.
    pub(super) fn reload(&mut self) -> io::Result<()> {
        if let Some(address) = self.page.clone() {
            return self.set_out_for(&address);
        }
        let file = self.session.as_ref().and_then(|session| session.file());
        let Some(path) = file.map(|(path, _)| path.clone()) else {
            self.model.tell("this was not read from a file: there is nothing to read anew");
            return Ok(());
        };
        let input = match self.input_at(Some(&path)) {
            Ok(input) => input.of_part(self.input.part()),
            Err(error) => {
                self.model.tell(&error.to_string());
                return Ok(());
            }
        };
        let lost = self.suspend_reading();
        self.before = self.session.take();
        if let Some(lost) = lost {
            self.go_on_as_before()?;
            self.model.tell(&format!("not read anew: {lost}"));
            return Ok(());
        }
        self.model.arriving = Some(Arriving::default());
        self.wanted = None;
        self.start(input)
    }

    /// Where the file is not read anew after all, everything goes on as before.
    pub(super) fn go_on_as_before(&mut self) -> io::Result<()> {
        if let Some(mut session) = self.before.take() {
            session.start(&self.model, (self.version, &self.events))?;
            self.session = Some(session);
            self.model.arriving = None;
        }
        Ok(())
    }
}
