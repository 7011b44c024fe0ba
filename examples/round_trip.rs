//! Reads every file of a folder and prints what it was taken for, how much is in it, and whether
//! it is the same after it was written in our own formats and read again. Ends with 1 where one
//! is not.
//!
//! `cargo run --example round_trip FOLDER`

#![expect(clippy::disallowed_methods, reason = "an example prints what it found")]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use recto::article::Document;
use recto::article::load;
use recto::headless::convert::{Target, convert, difference};

fn main() -> io::Result<ExitCode> {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        writeln!(io::stderr(), "usage: round_trip FOLDER")?;
        return Ok(ExitCode::from(2));
    };
    let mut out = io::stdout().lock();
    let mut differ = 0;
    for file in files(&folder)? {
        let name = file.strip_prefix(&folder).unwrap_or(&file).display().to_string();
        match load::open(&file) {
            Ok(doc) => {
                let wrong = wrong(&doc);
                differ += usize::from(wrong.is_some());
                writeln!(out, "{}", line(&name, &doc, wrong.as_deref()))?;
            }
            Err(why) => writeln!(out, "{name:<52} {why}")?,
        }
    }
    writeln!(out, "{differ} are not the same afterwards")?;
    Ok(ExitCode::from(u8::from(differ > 0)))
}

fn wrong(doc: &Document) -> Option<String> {
    let ways = [("json", Target::Json), ("markdown", Target::Markdown)];
    let found = ways.into_iter().filter_map(|(name, target)| {
        let mut written = Vec::new();
        convert(doc, target, &mut written).ok()?;
        let why = difference(doc, written)?;
        Some(format!("{name}: {why}"))
    });
    let found: Vec<String> = found.collect();
    (!found.is_empty()).then(|| found.join("; "))
}

fn line(name: &str, doc: &Document, wrong: Option<&str>) -> String {
    let (format, body, comments) = (doc.source.format.name(), doc.body.len(), doc.comments.len());
    let (notes, same) = (doc.source.notes.join("; "), wrong.unwrap_or("same"));
    format!("{name:<52} {format:<12} {body:>5} blocks {comments:>5} comments  {same}  {notes}")
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut found, mut waiting) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { waiting.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
