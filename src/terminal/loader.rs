//! Reads an article on a thread of its own: what has come of it is shown while the rest comes.
//!
//! Of a file its start comes first, then its end for whoever is in a hurry, then all of it, then
//! what the record holds of it; of a pipe what came before each pause. May not know: keys, panes.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::patience::patiently;
use super::session::{self, Session};
use super::workers::let_keys_pass;
use super::{Event, fault, halves};
use crate::app::settings::Settings;
use crate::article::Document;
use crate::article::bulk::Bulk;
use crate::article::input::Input;
use crate::article::load::{self, LoadError};
use crate::layout::panes::Size;
use crate::record::origin::ArticleKey;
use crate::store::{self, Store};

/// Bytes of the start of a file that are shown first.
const HEAD: usize = 64 << 10;

/// A file of at most so many bytes is read as a whole at once; so are letters of a folder.
const SMALL: usize = 2 * HEAD;

/// A text of more bytes than this is shown before the record is asked about it, which reads all
/// of it once more.
const LARGE: usize = 1 << 20;

/// A pipe that is silent for so long shows what it has sent.
const PAUSE: Duration = Duration::from_millis(30);

/// What is shown of an article is not waited for longer than this.
const FRAME: Duration = Duration::from_millis(20);

/// Time between two messages about how much has come.
const BEAT: Duration = Duration::from_millis(200);

/// What is shown of a pipe is made anew at most in this part of the time.
const EFFORT: u32 = 10;

/// A thread that waits to be told which article to read.
#[derive(Debug)]
pub struct Loader(Sender<Task>);

impl Loader {
    /// Starts it. It ends with the article, or where it is told of none.
    ///
    /// # Errors
    /// If the system has no room for one more thread.
    pub fn start() -> io::Result<Self> {
        let (told, articles) = mpsc::channel::<Task>();
        thread::Builder::new().name("loader".into()).spawn(move || {
            rehearse();
            let Ok(task) = articles.recv() else { return };
            if let Err(error) = task.load() {
                task.send(Event::Failed(task.number, error));
            }
        })?;
        Ok(Self(told))
    }

    /// Has article number `number` read, for a screen of some size.
    pub(super) fn read(
        self,
        input: Input,
        (number, size): (usize, Size),
        (store, settings): (Store, Arc<Settings>),
        events: &Sender<Event>,
    ) {
        let events = events.clone();
        // It waits until it hears of something.
        let _ = self.0.send(Task { input, number, size, store, settings, events });
    }
}

/// Reads next to nothing while the command line is looked at, so that the code for it is in memory
/// and knows the processor: to ask what that can do takes a hypervisor as long as a short article.
fn rehearse() {
    if let Some(doc) = Input::bytes(&[]).beginning(b"Title\n\nA word.\n") {
        ArticleKey::of(&doc.text);
    }
}

/// What it is told.
#[derive(Debug)]
struct Task {
    input: Input,
    number: usize,
    size: Size,
    store: Store,
    settings: Arc<Settings>,
    events: Sender<Event>,
}

impl Task {
    fn load(&self) -> Result<(), LoadError> {
        fault::asked_for("load");
        // Before it is read: what changes meanwhile is noticed.
        let stamp = self.input.path().filter(|_| !self.input.is_pipe()).and_then(store::stamp);
        let bytes = match self.input.file()? {
            Some(file) => self.file(file),
            None if self.input.is_pipe() => self.pipe(self.input.open()?).map(Bulk::from),
            None => self.all(self.input.open()?).map(Bulk::from),
        };
        let bytes = bytes.map_err(|error| self.input.unreadable(error))?;
        let size = bytes.len();
        let doc = Arc::new(patiently(|deadline| self.input.document(bytes, deadline))?);
        if size > LARGE {
            self.show(Arc::clone(&doc), size as u64);
        }
        let session = Session::new(doc, (&self.input, stamp), self.store.clone());
        let model = session::resumed(&session, &self.settings, self.size);
        self.send(Event::Opened(self.number, Box::new((session, model))));
        Ok(())
    }

    /// Has a part shown, and waits until it is: memory and the processor are for that alone.
    fn show(&self, doc: Arc<Document>, bytes: u64) {
        let (drawn, wait) = mpsc::channel();
        self.send(Event::Part(self.number, doc, bytes, drawn));
        let _ = wait.recv_timeout(FRAME);
    }

    /// Where nobody listens any more, the program is about to end.
    fn send(&self, event: Event) {
        let _ = self.events.send(event);
    }

    fn all(&self, reader: impl Read) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.input.size() as usize + 1);
        reader.take(self.input.cap() + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// All of a file, which may have become shorter or longer than it was.
    fn file(&self, mut file: File) -> io::Result<Bulk> {
        let size = self.input.size() as usize;
        if size <= SMALL {
            return Ok(self.all(file)?.into());
        }
        let mut head = vec![0; HEAD];
        let count = halves::fill_at(&file, &mut head, 0)?;
        let start = self.part(&head[..count]);
        if let Some(start) = start.filter(|_| size > LARGE) {
            self.ending(&file, &start)?;
        }
        // The first of large pages takes longer to come than all that was shown so far.
        let mut bytes = Bulk::zeroed(size);
        let count = halves::fill(&file, &mut bytes, 0)?;
        bytes.truncate(count);
        file.seek(SeekFrom::Start(count as u64))?;
        let mut more = Vec::new();
        file.take(self.input.cap() + 1 - count as u64).read_to_end(&mut more)?;
        bytes.append(&more);
        Ok(bytes)
    }

    /// Shows what has come so far.
    fn part(&self, bytes: &[u8]) -> Option<Arc<Document>> {
        let doc = Arc::new(self.input.beginning(bytes)?);
        self.show(Arc::clone(&doc), bytes.len() as u64);
        let_keys_pass();
        Some(doc)
    }

    /// Has the end of a file ready for whoever asks for it before all of it is there.
    fn ending(&self, file: &File, start: &Document) -> io::Result<()> {
        let mut bytes = vec![0; HEAD];
        let count = halves::fill_at(file, &mut bytes, self.input.size() as usize - HEAD)?;
        if let Some(doc) = load::ending(&bytes[..count], start) {
            self.send(Event::Ending(self.number, Arc::new(doc)));
        }
        Ok(())
    }

    fn pipe(&self, reader: Box<dyn Read + Send>) -> io::Result<Vec<u8>> {
        let chunks = chunks(reader.take(self.input.cap() + 1))?;
        let (mut bytes, mut shown) = (Vec::new(), 0);
        let (mut said, mut drawn, mut cost) = (Instant::now(), Instant::now(), Duration::ZERO);
        loop {
            let chunk = chunks.recv_timeout(PAUSE);
            let pause = match chunk {
                Ok(chunk) => {
                    bytes.extend(chunk?);
                    false
                }
                Err(RecvTimeoutError::Timeout) => bytes.len() > shown,
                Err(RecvTimeoutError::Disconnected) => return Ok(bytes),
            };
            if pause && drawn.elapsed() > EFFORT * cost || bytes.len() >= 2 * shown.max(HEAD) {
                drawn = Instant::now();
                self.part(&bytes);
                cost = drawn.elapsed();
                shown = bytes.len();
            } else if said.elapsed() > BEAT && !bytes.is_empty() {
                said = Instant::now();
                self.send(Event::Came(self.number, bytes.len() as u64));
            }
        }
    }
}

/// What comes through a pipe, from a thread that waits for it.
fn chunks(mut reader: impl Read + Send + 'static) -> io::Result<Receiver<io::Result<Vec<u8>>>> {
    let (sender, receiver) = mpsc::sync_channel(64);
    thread::Builder::new().name("pipe".into()).spawn(move || {
        let mut buffer = vec![0; HEAD];
        loop {
            let chunk = match reader.read(&mut buffer) {
                Ok(0) => return,
                Ok(count) => Ok(buffer[..count].to_vec()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
            let failed = chunk.is_err();
            if sender.send(chunk).is_err() || failed {
                return;
            }
        }
    })?;
    Ok(receiver)
}
