//! A book: its chapters in their order as one article.
//!
//! May not know: pages of the web.
//!
//! Not by `rbook` (0.7.12): its source names no bound on what a book unpacks to, and the zip reader
//! below it needs the list at the end, which a book that is cut off lacks.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::super::deadline::Deadline;
use super::super::markup::blocks::{self, Piece};
use super::super::markup::tokens::Grammar;
use super::super::markup::tree::{Tree, parse};
use super::super::threads::{Talk, build};
use super::super::{Anchor, Document, Format, Head, plain};
use super::limit;
use super::zip::Zip;

/// A document of a book, or of the names of the files in another zip file; `None` where the bytes
/// are none.
pub(in crate::article) fn read(bytes: &[u8], deadline: Deadline<'_>) -> Option<Document> {
    bytes.starts_with(b"PK\x03\x04").then_some(())?;
    let zip = Zip::read(bytes);
    Some(book(&zip, limit(bytes.len()), deadline).unwrap_or_else(|| other(&zip)))
}

/// A file of a book, by its name in it.
pub(in crate::article) fn file(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    Zip::read(bytes).file(name)
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
    Some(super::super::decode::decoded(zip.file(name)?))
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
    let items: HashMap<_, _> = items.into_iter().collect();
    let (mut pieces, mut missing, mut read) = (Vec::new(), 0, 0);
    for at in package.all().filter(|&at| local(package, at) == "itemref") {
        let name = package.attribute(at, "idref").and_then(|id| items.get(id.as_ref()));
        let name = name.filter(|_| read < most && !deadline.is_over());
        let Some((name, chapter)) = name.and_then(|name| Some((name, text(zip, name)?))) else {
            missing += 1;
            continue;
        };
        read += chapter.len();
        let tree = parse(&chapter, Grammar::Html);
        pieces.extend(placed(blocks::read(&tree, tree.all(), &[]), name));
    }
    (pieces, missing)
}

/// The blocks of a chapter with the names of its places as the book knows them: behind the name of
/// its file, which is itself that of its start. So a link leads to any chapter. Pictures have
/// the names of their files.
fn placed(mut pieces: Vec<Piece>, file: &str) -> Vec<Piece> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    for passage in pieces.iter_mut().map(|piece| &mut piece.passage) {
        for anchor in &mut passage.anchors {
            anchor.name = format!("{file}#{}", anchor.name);
        }
        for link in passage.links.iter_mut().filter(|link| !link.url.contains("://")) {
            let (path, name) = link.url.split_once('#').unwrap_or((&link.url, ""));
            let path = if path.is_empty() { file.to_owned() } else { resolved(folder, path) };
            let mark = if name.is_empty() { "" } else { "#" };
            link.url = format!("#{path}{mark}{name}");
        }
        let own = |src: &str| !src.contains("://") && !src.starts_with("data:");
        for picture in passage.pictures.iter_mut().filter(|picture| own(&picture.src)) {
            picture.src = resolved(folder, &picture.src);
        }
    }
    if let Some(first) = pieces.first_mut() {
        first.passage.anchors.insert(0, Anchor { at: 0, name: file.to_owned() });
    }
    pieces
}

/// The name of a file that is written as seen from `folder`.
fn resolved(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let href = percent_decode_str(href).decode_utf8_lossy();
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
