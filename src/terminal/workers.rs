//! Work that would keep a key waiting, on threads of their own. Results come back as events.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use super::Event;
use crate::analysis::Analysis;
use crate::analysis::corrections::{Correction, corrected};
use crate::app::action::{Action, Extent};
use crate::article::Document;
use crate::text::find::Query;
use crate::text::span::Span;

/// Bytes of the start of a text that are analysed first, so that the names on the first screens
/// do not wait for the rest.
const START: u32 = 1 << 17;

/// Starts the workers of the article of some number. What is sent to the channel is searched for.
pub(super) fn start(
    doc: &Arc<Document>,
    number: usize,
    events: &Sender<Event>,
) -> std::io::Result<Sender<String>> {
    analyse(doc, number, events)?;
    searcher(doc, number, events)
}

/// Reads the article for names and links, the start of a long one first.
fn analyse(doc: &Arc<Document>, number: usize, events: &Sender<Event>) -> std::io::Result<()> {
    let (doc, events) = (Arc::clone(doc), events.clone());
    thread::Builder::new().name("analysis".into()).spawn(move || {
        let send = |doc: &Document, extent| {
            let found = Arc::new(Analysis::of(doc));
            events.send(Event::Done(number, Action::Analysed(found, extent))).is_ok()
        };
        if doc.text.len() > 2 * START as usize && !send(&doc.start(START), Extent::Start) {
            return;
        }
        // Where nobody listens any more, the program is about to end.
        send(&doc, Extent::Whole);
    })?;
    Ok(())
}

/// Corrects what was found in the article of some number.
pub(super) fn correct(
    doc: &Arc<Document>,
    (found, list, extent): (Arc<Analysis>, Vec<Correction>, Extent),
    number: usize,
    events: &Sender<Event>,
) -> std::io::Result<()> {
    let (doc, events) = (Arc::clone(doc), events.clone());
    thread::Builder::new().name("corrections".into()).spawn(move || {
        let found = Arc::new(corrected(&doc, &found, &list));
        // Where nobody listens any more, the program is about to end.
        let _ = events.send(Event::Done(number, Action::Corrected(found, extent)));
    })?;
    Ok(())
}

/// Searches for whatever is sent. Of several that wait, only the last is searched for.
fn searcher(
    doc: &Arc<Document>,
    number: usize,
    events: &Sender<Event>,
) -> std::io::Result<Sender<String>> {
    let (doc, events) = (Arc::clone(doc), events.clone());
    let (queries, waiting) = mpsc::channel();
    thread::Builder::new().name("search".into()).spawn(move || {
        while let Some(query) = latest(&waiting) {
            let hits = search(&doc, &query);
            if events.send(Event::Done(number, Action::Hits(query, hits))).is_err() {
                return;
            }
        }
    })?;
    Ok(queries)
}

/// All places of the words of a query, in order.
fn search(doc: &Document, query: &str) -> Arc<[Span]> {
    Query::new(query).map(|query| query.find(&doc.text)).unwrap_or_default().into()
}

fn latest(waiting: &Receiver<String>) -> Option<String> {
    let first = waiting.recv().ok()?;
    Some(waiting.try_iter().last().unwrap_or(first))
}
