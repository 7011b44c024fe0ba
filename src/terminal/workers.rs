//! Work that would keep a key waiting, on threads of their own. Results come back as events.
//!
//! Names and links are looked for at the same time, and both give way to keys. Links are looked for comment by comment,
//! from the one that is on the screen on; what is found so far comes in growing pieces, so that
//! the last comment waits for all others but the first does not wait for the last. Whoever goes
//! on to another article drops the [`Workers`] of this one, and they stop.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use std::{io, thread};

use super::{Event, fault};
use crate::analysis::corrections::{Correction, corrected};
use crate::analysis::directory::Directory;
use crate::analysis::links::Linker;
use crate::analysis::links::agenda::Agenda;
use crate::analysis::{Links, Names, entities};
use crate::app::Model;
use crate::app::action::News;
use crate::app::file::progress::{Reach, Task};
use crate::article::Document;
use crate::article::bulk::Bulk;
use crate::text::find::Query;
use crate::text::span::Span;

/// Bytes around the reader's place that are read for names first, so that those on the first
/// screens do not wait for the rest.
const NEAR: u32 = 1 << 17;

/// A text of more bytes than this is never read for names as a whole, since what is kept of them
/// would be several times as much: only [`AROUND`] the reader's place, wherever that comes to be.
const LONG: usize = 64 << 20;

/// Bytes around the reader's place that are read for names in a long text.
const AROUND: u32 = 1 << 19;

/// How often it is told how far the reading has come: seldom enough that a number that changes does
/// not draw the eye off the text.
const TOLD: Duration = Duration::from_secs(2);

/// Bytes that are searched between two looks at whether something else is searched for.
const STRETCH: u32 = 2 << 20;

/// What is searched for, and the byte from which the nearest hit is wanted.
type Asked = (String, u32);

/// What goes on behind the back of the reader of one article, for as long as this is kept.
#[derive(Debug)]
pub(super) struct Workers {
    queries: Sender<Asked>,
    /// Index of a comment on the screen.
    wanted: Arc<AtomicUsize>,
    /// Takes the byte at the top of the screen; of a text that is read as a whole nobody does.
    places: Sender<u32>,
}

impl Workers {
    /// Starts the workers of the text of some number. What is still being read is not worth
    /// looking for names in: it is only searched.
    pub(super) fn start(model: &Model, number: usize, events: &Sender<Event>) -> io::Result<Self> {
        let report = Report { number, events: events.clone(), told: Instant::now() };
        let wanted = Arc::new(AtomicUsize::new(0));
        let (places, visited) = mpsc::channel();
        if model.arriving.is_none() {
            let watch = Arc::downgrade(&wanted);
            let (doc, place) = (Arc::clone(&model.doc), model.top(model.view.reading));
            spawn("names", report.clone(), move |report| {
                if doc.text.len() > LONG {
                    return names_around(&doc, place, &visited, report);
                }
                drop(visited);
                names(&doc, place, &watch, report)
            })?;
            let (doc, watch) = (Arc::clone(&model.doc), Arc::downgrade(&wanted));
            spawn("links", report.clone(), move |report| links(&doc, &watch, report))?;
        }
        let (doc, (queries, waiting)) = (Arc::clone(&model.doc), mpsc::channel());
        spawn("search", report, move |report| searches(&doc, &waiting, report))?;
        Ok(Self { queries, wanted, places })
    }

    /// Searches for the words of a query, from byte `from` on and then from the start. What is
    /// being searched for is given up.
    pub(super) fn search(&self, query: String, from: u32) {
        // Where nobody listens any more, the program is about to end.
        let _ = self.queries.send((query, from));
    }

    /// Tells what is on the screen.
    pub(super) fn look(&self, model: &Model) {
        let comment = model.doc.comment_at(model.comments.top);
        self.wanted.store(comment.unwrap_or_default(), Ordering::Relaxed);
        // Nobody asks for it in most texts.
        let _ = self.places.send(model.top(model.view.reading));
    }
}

/// Where results go. An error says that nobody wants them any more.
#[derive(Clone)]
struct Report {
    number: usize,
    events: Sender<Event>,
    told: Instant,
}

/// Nobody wants the result.
struct Unwanted;

impl Report {
    fn send(&self, news: News) -> Result<(), Unwanted> {
        self.events.send(Event::Done(self.number, news)).ok().ok_or(Unwanted)
    }

    /// Tells how far the reading has come, now and then.
    fn reached(&mut self, task: Task, read: usize, all: usize) -> Result<(), Unwanted> {
        if self.told.elapsed() < TOLD {
            return Ok(());
        }
        self.told = Instant::now();
        self.send(News::Reached(task, Reach::Part(read as u32, all as u32)))
    }
}

fn spawn(
    name: &str,
    mut report: Report,
    work: impl FnOnce(&mut Report) -> Result<(), Unwanted> + Send + 'static,
) -> io::Result<()> {
    let thread = thread::Builder::new().name(name.into());
    thread.spawn(move || {
        fault::asked_for("worker");
        drop(work(&mut report));
    })?;
    Ok(())
}

/// Reads the article for names, what is near byte `place` of a long one first.
fn names(
    doc: &Document,
    place: u32,
    watch: &Weak<AtomicUsize>,
    report: &mut Report,
) -> Result<(), Unwanted> {
    give_way();
    let all = doc.text.len();
    if all > 2 * NEAR as usize {
        report.send(News::Named(Arc::new(names_near(doc, place, NEAR)), Reach::Begun))?;
    }
    let go_on =
        |at| watch.strong_count() > 0 && report.reached(Task::Names, at as usize, all).is_ok();
    let (entities, mentions) = entities::find_while(doc, go_on).ok_or(Unwanted)?;
    let names = Names::new(entities, mentions, Directory::of(doc));
    report.send(News::Named(Arc::new(names), Reach::Whole))
}

/// Reads a long article for names where the reader is, and again where the reader goes.
fn names_around(
    doc: &Document,
    mut place: u32,
    visited: &Receiver<u32>,
    report: &mut Report,
) -> Result<(), Unwanted> {
    loop {
        let near = giving_way(|| names_near(doc, place, AROUND)).ok_or(Unwanted)?;
        report.send(News::Named(Arc::new(near), Reach::Near))?;
        let last = place;
        while place.abs_diff(last) <= AROUND / 4 {
            place = latest(visited).ok_or(Unwanted)?;
        }
    }
}

/// The names in about `size` bytes around byte `place`.
fn names_near(doc: &Document, place: u32, size: u32) -> Names {
    let block = |at: u32| doc.block_at(at);
    let first = block(place.saturating_sub(size / 2).min(doc.text.len() as u32 - size));
    let start = doc.blocks[first].span.start;
    let (entities, mentions) = entities::find(&doc.excerpt(first..block(start + size)));
    Names::new(entities, mentions, Directory::default()).moved(start)
}

/// Does some work that gives way, on a thread for it alone. Who waits for more of it must not give way
/// itself: the last thread to end has the system take back all memory, as fast as its class allows.
fn giving_way<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    let aside = || {
        give_way();
        work()
    };
    let thread = thread::Builder::new().name("aside".into());
    thread::scope(|scope| thread.spawn_scoped(scope, aside).ok()?.join().ok())
}

/// Lets keys and all other programs be served before what this thread does, whatever class the
/// program was started in. Where priority is of processes rather than threads, nothing is changed.
pub(super) fn give_way() {
    in_batches(25);
}

/// Lets keys be served before what this thread does: the reader waits for it, but not to go on
/// reading what is there.
pub(super) fn let_keys_pass() {
    in_batches(50);
}

/// Puts this thread among those whose work is done in batches, so much of the way up, in percent,
/// from the least important; half is the usual. Without it the thread does the same, at the cost
/// of keys.
#[cfg(target_os = "linux")]
fn in_batches(percent: u8) {
    use thread_priority::{NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy};

    let class = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Batch);
    let Ok(much) = percent.try_into().map(ThreadPriority::Crossplatform) else { return };
    let this = thread_priority::thread_native_id();
    let _ = thread_priority::set_thread_priority_and_policy(this, much, class);
}

#[cfg(not(target_os = "linux"))]
fn in_batches(_: u8) {}

/// Corrects the names that were found in the article of some number.
pub(super) fn correct(
    model: &Model,
    (names, list): (Arc<Names>, Vec<Correction>),
    (number, events): (usize, &Sender<Event>),
) -> io::Result<()> {
    let report = Report { number, events: events.clone(), told: Instant::now() };
    let doc = Arc::clone(&model.doc);
    spawn("corrections", report, move |report| {
        report.send(News::Corrected(Arc::new(corrected(&doc, &names, &list))))
    })
}

/// Reads the comments for links, those on the screen first.
fn links(doc: &Document, watch: &Weak<AtomicUsize>, report: &mut Report) -> Result<(), Unwanted> {
    give_way();
    let all = doc.comments.len();
    if all == 0 {
        return report.send(News::Reached(Task::Links, Reach::Whole));
    }
    let mut linker = Linker::new(doc);
    let mut agenda = Agenda::new(all);
    loop {
        let wanted = watch.upgrade().ok_or(Unwanted)?.load(Ordering::Relaxed);
        let Some(batch) = agenda.next(wanted) else { break };
        let links = batch.clone().flat_map(|number| linker.comment(number)).collect();
        agenda.put(&batch, links);
        if let Some(links) = agenda.due(batch.contains(&wanted)) {
            report.send(News::Linked(Arc::new(Links::new(links))))?;
        }
        report.reached(Task::Links, agenda.read(), all)?;
    }
    report.send(News::Reached(Task::Links, Reach::Whole))
}

/// Searches for whatever is sent. Of several that wait, only the last is searched for.
fn searches(
    doc: &Document,
    waiting: &Receiver<Asked>,
    report: &mut Report,
) -> Result<(), Unwanted> {
    let mut next = latest(waiting);
    while let Some(asked) = next {
        let newer = search(doc, &asked, (waiting, STRETCH), report)?;
        next = newer.or_else(|| latest(waiting));
    }
    Ok(())
}

/// Searches stretch by stretch, where the reader is first: the nearest hit is told before all are.
/// Returns what was asked for meanwhile; then the search was given up.
fn search(
    doc: &Document,
    (query, from): &Asked,
    (waiting, stretch): (&Receiver<Asked>, u32),
    report: &mut Report,
) -> Result<Option<Asked>, Unwanted> {
    let Some(words) = Query::new(query).map(Arc::new) else { return Ok(None) };
    let parts = stretches(doc, stretch);
    let first = parts.partition_point(|part| part.end <= *from);
    let (mut before, mut after) = (Bulk::default(), Bulk::default());
    let mut nearest = None;
    for (index, &part) in parts.iter().enumerate().cycle().skip(first).take(parts.len()) {
        if let Some(newer) = waiting.try_iter().last() {
            return Ok(Some(newer));
        }
        let found = if index < first { &mut before } else { &mut after };
        let known = found.len();
        found.extend(words.find_from(part.of(&doc.text), 0).map(|hit| hit.moved(part.start)));
        if nearest.is_none() {
            let is_next = |hit: &&Span| index != first || hit.start >= *from;
            nearest = found[known..].iter().find(is_next).copied();
            let told = nearest.map(|hit| report.send(News::Nearest(Arc::clone(&words), hit)));
            told.transpose()?;
        }
    }
    before.append(&after);
    report.send(News::Hits(words, Arc::new(before)))?;
    Ok(None)
}

/// The text in parts of about `size` bytes. No hit reaches from one into the next, since they are
/// cut between paragraphs.
fn stretches(doc: &Document, size: u32) -> Vec<Span> {
    let (mut parts, end) = (Vec::new(), doc.text.len() as u32);
    let mut start = 0;
    while start < end {
        let after =
            doc.blocks.partition_point(|block| block.span.start < start.saturating_add(size));
        let cut = doc.blocks[after..].iter().find(|block| !block.continues());
        let next = cut.map_or(end, |block| block.span.start);
        parts.push(Span::new(start, next));
        start = next;
    }
    parts
}

fn latest<T>(waiting: &Receiver<T>) -> Option<T> {
    let first = waiting.recv().ok()?;
    Some(waiting.try_iter().last().unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::builder::Builder;

    #[test]
    fn names_of_a_long_text_are_those_around_the_reader() {
        let mut builder = Builder::new();
        for lamp in 0..600 {
            let keeper = if lamp < 300 { "Tove Lund" } else { "Ada Brandt" };
            builder.paragraph(&format!("Lamp {lamp} was lit by {keeper}, who came from Norway."));
        }
        let doc = builder.finish();
        let end = doc.text.len() as u32;
        let near = names_near(&doc, end, 4096);
        let spans = near.mentions.iter().map(|mention| mention.span);
        assert!(spans.clone().all(|span| span.start + 5000 > end), "{near:?}");
        assert!(spans.map(|span| span.of(&doc.text)).any(|name| name == "Ada Brandt"));
    }

    /// What comes of a search for a lamp from byte `from` on, and what it was given up for.
    fn searched(doc: &Document, from: u32, newer: Option<Asked>) -> (Vec<News>, Option<Asked>) {
        let ((events, reports), (queries, waiting)) = (mpsc::channel(), mpsc::channel());
        let mut report = Report { number: 0, events, told: Instant::now() };
        if let Some(newer) = newer {
            queries.send(newer).unwrap();
        }
        let asked = ("lamp 7".to_owned(), from);
        let given_up = search(doc, &asked, (&waiting, 256), &mut report).ok().unwrap();
        let news = |event| if let Event::Done(_, news) = event { Some(news) } else { None };
        (reports.try_iter().filter_map(news).collect(), given_up)
    }

    #[test]
    fn the_nearest_hit_is_told_first_and_all_in_the_end() {
        let mut builder = Builder::new();
        (0..80).for_each(|lamp| builder.paragraph(&format!("Lamp {lamp} was lit at dusk.")));
        let doc = builder.finish();
        let all: Bulk<Span> = Query::new("lamp 7").unwrap().find_from(&doc.text, 0).collect();
        assert_eq!(all.len(), 11);
        for from in 0..doc.text.len() as u32 {
            let nearest = all.iter().find(|hit| hit.start >= from).unwrap_or(&all[0]);
            let words = || Arc::new(Query::new("lamp 7").unwrap());
            let told =
                [News::Nearest(words(), *nearest), News::Hits(words(), Arc::new(all.clone()))];
            assert_eq!(searched(&doc, from, None), (told.to_vec(), None));
        }
    }

    #[test]
    fn a_search_is_given_up_for_the_next_one() {
        let mut builder = Builder::new();
        builder.paragraph("Lamp 7 was lit.");
        let newer = Some(("lamp 70".to_owned(), 0));
        assert_eq!(searched(&builder.finish(), 0, newer.clone()), (Vec::new(), newer));
    }
}
