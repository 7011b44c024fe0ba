//! Fetches a page of the web on a thread of its own, and tells who is asked and how much has come.
//!
//! May not know: what is in a page, the model.

use std::cell::Cell;
use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::Event;
use super::session::now;
use crate::app::file::fetching::Fetching;
use crate::source::fetch::{self, Answer, FetchError};
use crate::source::page;
use crate::store::Store;
use crate::text::address::Address;

/// Time between two messages about how much has come.
const BEAT: Duration = Duration::from_millis(200);

/// A page that is fetched for as long as this is kept.
#[derive(Debug)]
pub(super) struct Fetch {
    /// Of all that were fetched.
    pub(super) number: usize,
    _wanted: Arc<()>,
}

/// Starts to fetch page number `number`.
pub(super) fn fetch(
    address: Address,
    number: usize,
    store: Store,
    events: &Sender<Event>,
) -> io::Result<Fetch> {
    let wanted = Arc::new(());
    let told = Cell::new(Instant::now());
    let fetcher = Fetcher { number, wanted: Arc::downgrade(&wanted), told, events: events.clone() };
    thread::Builder::new().name("fetcher".into()).spawn(move || {
        let page = page::fetched(&address, (&store, &now()), &|url| fetcher.get(url));
        fetcher.send(Event::Fetched(number, page));
    })?;
    Ok(Fetch { number, _wanted: wanted })
}

struct Fetcher {
    number: usize,
    wanted: Weak<()>,
    /// When it was told last how much has come.
    told: Cell<Instant>,
    events: Sender<Event>,
}

impl Fetcher {
    fn get(&self, url: &str) -> Result<Answer, FetchError> {
        let host = Address::parse(url, None).map(|address| address.host()).unwrap_or_default();
        let come = |bytes| Event::Fetching(self.number, Fetching { host: host.clone(), bytes });
        self.send(come(0));
        if !self.is_wanted() {
            return Err(FetchError::GivenUp);
        }
        fetch::get_while(url, &|bytes| {
            if self.told.get().elapsed() > BEAT {
                self.told.set(Instant::now());
                self.send(come(bytes));
            }
            self.is_wanted()
        })
    }

    fn is_wanted(&self) -> bool {
        self.wanted.strong_count() > 0
    }

    /// Where nobody listens any more, the program is about to end.
    fn send(&self, event: Event) {
        let _ = self.events.send(event);
    }
}
