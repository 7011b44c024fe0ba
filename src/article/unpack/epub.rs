//! A book: its chapters in their order as one article.
//!
//! May not know: pages of the web.
//!
//! Not by `rbook` (0.7.12): its source names no bound on what a book unpacks to, and the zip reader
//! below it needs the list at the end, which a book that is cut off lacks.

use super::super::deadline::Deadline;
use super::super::markup::blocks::{self, Piece};
use super::super::markup::tokens::Grammar;
use super::super::markup::tree::{Tree, parse};
use super::super::threads::{Talk, build};
use super::super::{Document, Format, Head, plain};
use super::limit;
use super::zip::Zip;

/// A document of a book, or of the names of the files in another zip file; `None` where the bytes
/// are none.
pub(in crate::article) fn read(bytes: &[u8], deadline: Deadline<'_>) -> Option<Document> {
    bytes.starts_with(b"PK\x03\x04").then_some(())?;
    let zip = Zip::read(bytes);
    Some(book(&zip, limit(bytes.len()), deadline).unwrap_or_else(|| other(&zip)))
}

fn other(zip: &Zip<'_>) -> Document {
    let mut doc = plain::read(&zip.names().collect::<Vec<_>>().join("\n\n"));
    let cut = if zip.is_cut { ", and ends before its end" } else { "" };
    let note = format!("a zip file that is not a book that can be read{cut}: its files are listed");
    doc.source.notes.push(note);
    doc
}

/// A book, of which at most `most` bytes of chapters are read.
fn book(zip: &Zip<'_>, most: usize, deadline: Deadline<'_>) -> Option<Document> {
    let container = text(zip, "META-INF/container.xml")?;
    let container = parse(&container, Grammar::Xml);
    let root = container.all().find(|&at| local(&container, at) == "rootfile")?;
    let path = container.attribute(root, "full-path")?.into_owned();
    let package = text(zip, &path)?;
    let package = parse(&package, Grammar::Xml);
    let (body, missing) = chapters((zip, most), &package, &path, deadline);
    let missing =
        (missing > 0).then(|| format!("chapters of the book that cannot be read: {missing}"));
    let cut = zip.is_cut.then(|| "the file ends before its end: what is there is shown".to_owned());
    let notes = cut.into_iter().chain(missing).collect();
    Some(build(Talk { format: Format::Epub, head: head(&package), body, notes, ..Talk::default() }))
}

fn text(zip: &Zip<'_>, name: &str) -> Option<String> {
    Some(super::super::decode::decode(zip.file(name)?).text)
}

/// A name without its prefix.
fn local<'a>(tree: &'a Tree<'_>, at: usize) -> &'a str {
    tree.name(at).rsplit(':').next().unwrap_or_default()
}

fn head(package: &Tree<'_>) -> Head {
    let all = |name: &'static str| {
        let found = package.all().filter(move |&at| local(package, at) == name);
        found.map(|at| package.text(at)).filter(|text| !text.is_empty())
    };
    Head {
        title: all("title").next(),
        authors: all("creator").collect(),
        published: all("date").next(),
        ..Head::default()
    }
}

/// The blocks of the chapters, and how many could not be read.
fn chapters(
    (zip, most): (&Zip<'_>, usize),
    package: &Tree<'_>,
    path: &str,
    deadline: Deadline<'_>,
) -> (Vec<Piece>, usize) {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let items: Vec<(String, String)> = package
        .all()
        .filter(|&at| local(package, at) == "item")
        .filter_map(|at| {
            let (id, href) = (package.attribute(at, "id")?, package.attribute(at, "href")?);
            Some((id.into_owned(), resolved(folder, &href)))
        })
        .collect();
    let items: std::collections::HashMap<_, _> = items.into_iter().collect();
    let (mut pieces, mut missing, mut read) = (Vec::new(), 0, 0);
    for at in package.all().filter(|&at| local(package, at) == "itemref") {
        let name = package.attribute(at, "idref").and_then(|id| items.get(id.as_ref()));
        let chapter =
            name.filter(|_| read < most && !deadline.is_over()).and_then(|name| text(zip, name));
        let Some(chapter) = chapter else {
            missing += 1;
            continue;
        };
        read += chapter.len();
        let tree = parse(&chapter, Grammar::Html);
        pieces.extend(blocks::read(&tree, tree.all(), &[]));
    }
    (pieces, missing)
}

/// The name of a file that is written as seen from `folder`.
fn resolved(folder: &str, href: &str) -> String {
    let href = percent(href.split('#').next().unwrap_or_default());
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The text with its `%20` and the like resolved.
fn percent(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let code = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(part.bytes().skip(2));
            }
            None => bytes.extend(b"%".iter().copied().chain(part.bytes())),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
