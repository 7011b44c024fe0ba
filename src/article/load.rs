//! From a file's bytes to a document. What the bytes are is told by their content, never by the
//! name of the file; the formats are tried in one fixed order.
//!
//! May not know: panes, screens. Opening a file can fail; making a document of its bytes cannot.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};

use super::bulk::Bulk;
use super::deadline::Deadline;
use super::decode::{Decoded, decode, decode_as, decoded};
use super::formats::Formats;
use super::input::Input;
use super::json::{Json, parse_within};
use super::lines::paragraphs;
use super::{
    BlockKind, Document, Format, Part, Wanted, archive, feeds, html, json_ld, mail, markdown,
    page_text, plain, raw, threads, unpack,
};

/// Largest input that is read, in bytes: offsets are 32 bits wide, and a repaired text may be
/// three times as long as its file.
pub const CAP: u64 = 1 << 30;

/// Size up to which it is asked in every encoding whether a file is blank, in bytes.
const FEW: usize = 4 << 10;

/// Why a file was not opened. The path is as given: make it safe before it is shown.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is nothing of that name.
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    /// The system refuses it.
    #[error("{} cannot be read: {source}", .path.display())]
    Unreadable {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A directory.
    #[error("{} is a directory, not a file", .0.display())]
    Directory(PathBuf),
    /// A device or a socket, which may never end.
    #[error("{} is neither a file nor a pipe", .0.display())]
    NotAFile(PathBuf),
    /// Nothing but white space.
    #[error("{} is empty", .0.display())]
    Empty(PathBuf),
    /// More bytes than are read.
    #[error("{} is larger than the {} MB that are read at most", .path.display(), cap >> 20)]
    TooLarge {
        /// The path as given.
        path: PathBuf,
        /// The limit, in bytes.
        cap: u64,
    },
}

/// Reads the file at `path`, a regular file or a pipe, and makes a document of it.
///
/// # Errors
/// As [`Input::of`] and [`Input::read`].
pub fn open(path: &Path) -> Result<Document, LoadError> {
    Input::of(path)?.read(Deadline::NEVER)
}

/// Makes a document of a part of bytes that were read from `path`.
pub(super) fn filled(
    bytes: Bulk,
    path: &Path,
    (wanted, formats): (Wanted<'_>, &Formats),
) -> Result<Document, LoadError> {
    if is_blank(&bytes) {
        return Err(LoadError::Empty(path.to_owned()));
    }
    if formats.reads_all() || wanted.part == Part::Raw {
        return Ok(document_within(bytes, wanted));
    }
    let doc = document_within(bytes.to_vec().into(), wanted);
    let format = doc.source.format;
    Ok(if formats.reads(format) { doc } else { as_text(bytes, format) })
}

/// A document of bytes whose format is switched off.
fn as_text(bytes: Bulk, format: Format) -> Document {
    let size = bytes.len() as u64;
    let (bytes, unpacked) = unpack::unpacked(bytes);
    let Decoded { text, notes } = decode(bytes);
    let off = format!("{} is switched off in the settings", format.name());
    let mut doc = plain::noted(text.text(), &off);
    doc.source.notes.splice(0..0, unpacked.into_iter().chain(notes));
    doc.source.bytes = size;
    doc
}

/// A document of the start of a file, to be shown until the rest is there; `None` where its start
/// tells nothing. As far as it goes, its text is mostly that of the whole.
pub fn part(bytes: &[u8]) -> Option<Document> {
    if is_blank(bytes) || unpack::is_packed(bytes) {
        return None;
    }
    // A paragraph that is cut in two is shown when the rest is there.
    let half = bytes.len() / 2;
    let feed = bytes.get(half..)?.iter().rposition(|&byte| byte == b'\n');
    let bytes = bytes.get(..feed.map_or(bytes.len(), |feed| half + feed + 1))?;
    let mut doc = document(bytes.get(..bytes.len() - cut_character(bytes))?.to_vec());
    // It does not: the rest is still to come.
    doc.source.notes.retain(|note| note != ENDS_EARLY);
    Some(doc)
}

/// A document of the end of a file of which `start` is the start, to be shown to whoever asks for it
/// until the rest is there; `None` where an end alone does not tell how it reads. As far as it
/// goes, its text is mostly that of the whole.
pub fn ending(bytes: &[u8], start: &Document) -> Option<Document> {
    // It begins with a line, whose start is not far, and is in no encoding but UTF-8.
    let line = bytes.get(..bytes.len() / 2)?.iter().position(|&byte| byte == b'\n')?;
    let bytes = bytes.get(line + 1..).filter(|bytes| !bytes.contains(&0) && !is_blank(bytes))?;
    let text = std::str::from_utf8(bytes).ok()?;
    let mut doc = match start.source.format {
        Format::Markdown => markdown::going_on(text),
        _ => document(text.to_owned().into_bytes()),
    };
    let same = doc.source.format == start.source.format;
    if !same || [&doc, start].iter().any(|doc| !is_prose(doc)) {
        return None;
    }
    for block in doc.blocks.iter_mut().take(doc.body.start as usize) {
        *block = block.turned(BlockKind::Paragraph);
    }
    (doc.body.start, doc.head) = (0, start.head.clone());
    Some(doc)
}

/// Whether it is one text without a discussion, in a format that reads the same wherever one begins.
fn is_prose(doc: &Document) -> bool {
    let format = matches!(doc.source.format, Format::Plain | Format::Markdown);
    format && doc.comments.is_empty() && doc.articles.is_empty()
}

/// How many bytes at the end begin a character of UTF-8 that is not complete.
fn cut_character(bytes: &[u8]) -> usize {
    let starts = |byte: &u8| byte & 0xC0 != 0x80;
    let Some(last) = bytes.iter().rev().take(4).position(starts) else { return 0 };
    let tail = bytes.get(bytes.len() - last - 1..).unwrap_or_default();
    match std::str::from_utf8(tail) {
        Err(error) if error.error_len().is_none() => tail.len(),
        _ => 0,
    }
}

/// Makes a document of `bytes`, whatever they are. Time and memory grow linearly with them.
pub fn document(bytes: Vec<u8>) -> Document {
    document_of(bytes, Part::Whole)
}

/// Makes a document of a part of `bytes`, whatever they are.
pub fn document_of(bytes: Vec<u8>, part: Part) -> Document {
    document_within(bytes.into(), Wanted { part, deadline: Deadline::NEVER })
}

/// Makes a document of `bytes`, or, where that is not done in time, of their text as it stands.
pub fn document_within(bytes: Bulk, wanted: Wanted<'_>) -> Document {
    let size = bytes.len() as u64;
    let (bytes, notes) = unpack::unpacked(bytes);
    let mut doc = from_bytes(bytes, wanted);
    doc.source.notes.splice(0..0, notes);
    doc.source.bytes = size;
    doc
}

/// A document of what is no text as a whole, or else of a text.
fn from_bytes(bytes: Bulk, wanted: Wanted<'_>) -> Document {
    if wanted.part == Part::Raw && !bytes.starts_with(b"PK") {
        let Decoded { text, notes } = decode(bytes);
        let mut doc = raw::read(text.text());
        doc.source.notes.splice(0..0, notes);
        return doc;
    }
    let found = archive::read(&bytes, wanted);
    found.or_else(|| packed(&bytes, wanted)).unwrap_or_else(|| from_text(decode(bytes), wanted))
}

/// A document of what a server sent, in an encoding that it may have named. An archive inside is
/// none.
pub(super) fn inner(bytes: Vec<u8>, encoding: Option<&str>, wanted: Wanted<'_>) -> Document {
    let (bytes, notes) = unpack::unpacked(bytes.into());
    let found = packed(&bytes, wanted);
    let mut doc = found.unwrap_or_else(|| from_text(decode_as(bytes, encoding), wanted));
    doc.source.notes.splice(0..0, notes);
    doc
}

fn packed(bytes: &[u8], wanted: Wanted<'_>) -> Option<Document> {
    unpack::epub::read(bytes, wanted.deadline).or_else(|| mail::read(bytes, wanted))
}

/// Whether there is nothing but white space, in whatever encoding.
fn is_blank(bytes: &[u8]) -> bool {
    let blank = |text: &str| text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}');
    let short = || bytes.len() <= FEW && blank(&decoded(bytes.to_vec()));
    bytes.iter().all(u8::is_ascii_whitespace) || short()
}

/// The formats of machines in the order in which they are tried; each says `None` where the text is
/// not its.
const MARKED_UP: [fn(&str, Wanted<'_>) -> Option<Document>; 3] =
    [in_json, feeds::read, |text, wanted| html::read(text, wanted.deadline)];

/// A document of a text that is none of these: of what people write. It is read in linear time,
/// whatever is in it.
fn unmarked(text: &str) -> plain::Plan {
    if let Some(doc) = markdown::with_front_matter(text) {
        return with_words(doc, text).into();
    }
    let paragraphs = paragraphs(text);
    let found = page_text::read(&paragraphs).or_else(|| markdown::by_evidence(text));
    match found {
        Some(doc) => with_words(doc, text).into(),
        None => plain::Plan::of(text, &paragraphs),
    }
}

/// What is said of JSON that lacks its end.
const ENDS_EARLY: &str = "the file ends too early: what is there is shown";

/// A thread or an article in JSON, as far as it goes; of other JSON, and of what begins like it, its text.
fn in_json(text: &str, wanted: Wanted<'_>) -> Option<Document> {
    let text = text.trim_start_matches('\u{FEFF}').trim();
    text.starts_with(['{', '[']).then_some(())?;
    let json = parse_within(text, wanted.deadline);
    let read = |json: &Json<'_>| {
        threads::read(json.root(), wanted.part).or_else(|| json_ld::read(json.root()))
    };
    let found = json.as_ref().and_then(read);
    match (found, json) {
        (Some(mut doc), Some(json)) => {
            doc.source.notes.extend(json.is_cut().then(|| ENDS_EARLY.to_owned()));
            Some(doc)
        }
        (None, Some(json)) if !json.is_cut() => {
            Some(plain::noted(text, "JSON of a kind that is not known"))
        }
        _ => text.starts_with('{').then(|| plain::noted(text, "not JSON that can be read")),
    }
}

/// How many bytes of a text are shown as they stand where the time to read it is over.
const STANDING: usize = 16 << 20;

fn from_text(decoded: Decoded, wanted: Wanted<'_>) -> Document {
    let Decoded { text: words, mut notes } = decoded;
    let text = words.text();
    // Remembers that someone stopped; who was done just in time is not asked again.
    let stopped = Cell::new(false);
    let over = || {
        stopped.set(stopped.get() || wanted.deadline.is_over());
        stopped.get()
    };
    let within = Wanted { deadline: Deadline::new(&over), ..wanted };
    let mut readers = MARKED_UP.iter().take_while(|_| !over());
    let found = readers.find_map(|reader| reader(text, within)).filter(|_| !stopped.get());
    let plan = match found {
        Some(doc) => with_words(doc, text).into(),
        None if stopped.get() => standing(text).into(),
        None => unmarked(text),
    };
    let mut doc = plan.carry_out(words);
    notes.append(&mut doc.source.notes);
    doc.source.notes = notes;
    doc
}

/// A document of some format; where there is nothing to read in it, with the text as it stands.
fn with_words(doc: Document, text: &str) -> Document {
    if !doc.blocks.is_empty() {
        return doc;
    }
    let Document { head, mut source, .. } = doc;
    source.notes.push("there is nothing to read in it: shown as it stands".to_owned());
    Document { head, source, ..raw::read(text) }
}

/// The beginning of a text as it stands, where reading it took too long.
fn standing(text: &str) -> Document {
    let (beginning, rest) = text.split_at(text.floor_char_boundary(STANDING));
    let mut doc = raw::read(beginning);
    doc.source.notes.push("reading it took too long: shown as it stands".to_owned());
    if !rest.is_empty() {
        doc.source.notes.push(format!("only the first {} MB are shown", STANDING >> 20));
    }
    doc
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(path: &Path) -> String {
        open(path).unwrap_err().to_string()
    }

    #[test]
    fn what_cannot_be_opened_is_said_in_one_sentence() {
        let dir = tempfile::tempdir().unwrap();
        let empty = dir.path().join("empty");
        std::fs::write(&empty, " \r\n\u{FEFF}\n").unwrap();
        assert_eq!(error(Path::new("/no/such")), "/no/such does not exist");
        assert_eq!(
            error(dir.path()),
            format!("{} is a directory, not a file", dir.path().display())
        );
        assert_eq!(error(&empty), format!("{} is empty", empty.display()));
        assert_eq!(error(&empty.join("x")).split(": ").count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_refused() {
        assert_eq!(error(Path::new("/dev/zero")), "/dev/zero is neither a file nor a pipe");
    }

    /// A part of a thread, as its file is cut anywhere.
    #[test]
    fn the_start_of_a_thread_is_a_thread() {
        let said = |id| format!(r#"{{"id":{id},"author":"Ada [{id}]","text":"No, \"{id}\"."}}"#);
        let said: Vec<String> = (2..40).map(said).collect();
        let head = r#"{"id":1,"author":"Bo","created_at_i":5,"title":"Tide","children":["#;
        let file = format!("{head}{}]}}", said.join(","));
        let whole = document(file.clone().into_bytes());
        assert_eq!(whole.comments.len(), 38);
        for cut in head.len()..file.len() {
            let part = part(&file.as_bytes()[..cut]).unwrap();
            assert_eq!(part.source.format, whole.source.format);
            assert!(part.comments.len() + 1 >= (cut - head.len()) / said[37].len(), "{cut}");
            // Of the last one, words may be missing.
            let last = part.comments.last().map(|last| part.comment_span(last).start as usize);
            let known = part.text.get(..last.unwrap_or(part.text.len())).unwrap();
            assert!(whole.text.starts_with(known), "{cut}");
        }
    }

    #[test]
    fn the_start_of_a_text_ends_with_a_whole_line_or_character() {
        let text = |bytes: &[u8]| part(bytes).map(|doc| doc.text);
        assert_eq!(text("Tide.\nMill.\nWha".as_bytes()).as_deref(), Some("Tide.\n\nMill."));
        let long = "é".repeat(40);
        assert_eq!(text(&long.as_bytes()[..79]), Some("é".repeat(39).into()));
        assert_eq!((text(b" \n "), text(&[0x1F, 0x8B, 8, 0])), (None, None));
    }

    const LAMP: &str = "The lamp was lit at dusk, and nobody asked who paid for the oil.";

    #[test]
    fn the_end_of_a_text_is_a_text_that_ends_as_the_whole_does() {
        let lines = |title: &str| {
            let lines = (0..400).map(|n| format!("{LAMP} It was *day* {n}.\n\n"));
            format!("{title}\n\n{}", lines.collect::<String>()).into_bytes()
        };
        for (title, format) in
            [("The Oil", Format::Plain), ("# The Oil\n\n## One", Format::Markdown)]
        {
            let bytes = lines(title);
            let (start, whole) = (part(&bytes[..9000]).unwrap(), document(bytes.clone()));
            for cut in bytes.len() - 9000..bytes.len() - 8800 {
                let end = ending(&bytes[cut..], &start).unwrap();
                assert_eq!((end.source.format, &end.head), (format, &whole.head));
                assert!(whole.text.ends_with(&*end.text) && end.text.len() > 8000, "{cut}");
                assert_eq!(end.body_blocks().len(), end.blocks.len());
            }
        }
    }

    #[test]
    fn what_an_end_alone_does_not_tell_is_waited_for() {
        let prose = format!("{LAMP}\n").repeat(40);
        let start = part(prose.as_bytes()).unwrap();
        assert!(ending(prose.as_bytes(), &start).is_some());
        let thread = prose.replace('\n', "</p>\n<p>");
        let other = part(format!("<html><body><p>{thread}").as_bytes()).unwrap();
        let utf16: Vec<u8> = prose.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let western = prose.replace("dusk", "dawn caf\u{e9}").chars().map(|c| c as u8).collect();
        let line = LAMP.repeat(40).into_bytes();
        for bytes in [utf16, western, line, b" \n".repeat(40), Vec::new()] {
            assert_eq!(ending(&bytes, &start), None);
        }
        assert_eq!(ending(prose.as_bytes(), &other), None);
    }
}
