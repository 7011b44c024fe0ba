//! A page of the web is fetched, and then opened like any file.
//!
//! May not know: how it is fetched, where its copy lies.

use std::io;
use std::sync::Arc;

use super::super::fetcher;
use super::Loop;
use crate::app::Model;
use crate::app::file::fetching::Fetching;
use crate::source::page::{Page, PageError};
use crate::text::address::Address;

impl Loop<'_> {
    /// Begins with a page of the web: the screen stands for it until something of it is there.
    pub(super) fn set_out_for(&mut self, address: &Address) -> io::Result<()> {
        self.model = Model::fetching(address, (self.model.view.size, &self.settings));
        self.page = Some(address.clone());
        self.fetch(address)
    }

    /// Fetches a page, which takes the place of what is shown when it is there.
    pub(super) fn fetch(&mut self, address: &Address) -> io::Result<()> {
        self.fetches += 1;
        self.model.fetching = Some(Fetching { host: address.host(), bytes: 0 });
        let store = self.store.clone();
        self.fetch = Some(fetcher::fetch(address.clone(), self.fetches, store, &self.events)?);
        Ok(())
    }

    /// Waits no longer for the page that is fetched.
    pub(super) fn give_up(&mut self) {
        let given_up = self.fetch.take().is_some();
        self.model.fetching = None;
        if given_up {
            self.say_it_is_not_there("not fetched");
        }
    }

    /// Tells how much has come of a page.
    pub(super) fn coming(&mut self, number: usize, come: Fetching) {
        if self.is_waited_for(number) {
            self.model.fetching = Some(come);
        }
    }

    /// Opens the copy of a page, or says why there is none.
    pub(super) fn fetched(
        &mut self,
        number: usize,
        page: Result<Page, PageError>,
    ) -> io::Result<()> {
        if !self.is_waited_for(number) {
            return Ok(());
        }
        (self.fetch, self.model.fetching) = (None, None);
        match page {
            Ok(page) => self.open_copy(page),
            Err(error) => {
                self.say_it_is_not_there(&error.to_string());
                Ok(())
            }
        }
    }

    fn open_copy(&mut self, page: Page) -> io::Result<()> {
        self.go_on_as_before()?;
        let input = match self.input_at(Some(&page.path)) {
            Ok(input) => input,
            Err(error) => {
                self.say_it_is_not_there(&error.to_string());
                return Ok(());
            }
        };
        if !self.model.doc.articles.is_empty() {
            self.around = Some((self.input.clone(), Arc::clone(&self.model.doc)));
        }
        (self.wanted, self.note) = (None, page.note);
        if self.page.is_none() {
            return self.start(input);
        }
        // It is more of what the screen stands for.
        self.input = input;
        self.load()
    }

    fn is_waited_for(&self, number: usize) -> bool {
        self.fetch.as_ref().is_some_and(|fetch| fetch.number == number)
    }
}
