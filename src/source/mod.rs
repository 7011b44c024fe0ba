//! Where articles lie: a folder of files, as a list to choose from; the web.
//!
//! However many files there are and however large they are, the list is there at once: only so
//! many bytes are read for it. May not know: the record, the model, panes.

pub mod archive;
pub mod fetch;
pub mod page;
pub mod web;

use std::fs;
use std::path::{Path, PathBuf};

use crate::article::input::Input;
use crate::article::{Document, load};

/// How many files are listed.
const FILES: usize = 500;

/// Largest file that is read for its title, in bytes.
const LARGEST: u64 = 2 << 20;

/// How many bytes are read for titles in all; files after that are listed by their names.
const BUDGET: u64 = 16 << 20;

/// The files of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// By their names. What cannot be an article is not among them.
    pub files: Vec<File>,
    /// How many more there are.
    pub more: usize,
}

/// A file of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it lies.
    pub path: PathBuf,
    /// What is in it; `None` where it was too large to look.
    pub article: Option<Known>,
}

/// What a list shows of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its title.
    pub title: Option<String>,
    /// The name of its format.
    pub format: &'static str,
    /// How many comments it has.
    pub comments: usize,
}

impl File {
    /// The title of its article, else its name.
    pub fn name(&self) -> String {
        let title = self.article.as_ref().and_then(|known| known.title.clone());
        title.unwrap_or_else(|| self.file_name())
    }

    /// The last part of its path.
    pub fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Its format and how many comments it has, as far as that is known.
    pub fn said(&self) -> String {
        match &self.article {
            None => "large".to_owned(),
            Some(Known { format, comments: 0, .. }) => (*format).to_owned(),
            Some(Known { format, comments: 1, .. }) => format!("{format}, 1 comment"),
            Some(Known { format, comments, .. }) => format!("{format}, {comments} comments"),
        }
    }
}

/// Files, and the files of folders by name, without hidden ones, folders in them, and what is no
/// article. What cannot be read is left out.
pub fn listing(paths: &[PathBuf]) -> Folder {
    let mut files = Vec::new();
    for path in paths {
        if is_folder(path) {
            files.extend(inside(path));
        } else {
            files.push(path.clone());
        }
    }
    let more = files.len().saturating_sub(FILES);
    files.truncate(FILES);
    let mut left = BUDGET;
    let files = files.into_iter().filter_map(|path| look(path, &mut left)).collect();
    Folder { files, more }
}

/// Whether it is a folder of files, and not one of letters, which is an article.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir() && Input::of(path).is_err()
}

fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| is_plain(path));
    paths.sort();
    paths
}

fn is_plain(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    !hidden && path.is_file()
}

/// What is in a file, if there is room to look; `None` where it holds no text.
fn look(path: PathBuf, left: &mut u64) -> Option<File> {
    if path.is_dir() {
        let article = load::open(&path).ok().map(known);
        return Some(File { path, article });
    }
    let size = fs::metadata(&path).ok()?.len();
    if size > LARGEST.min(*left) {
        return Some(File { path, article: None });
    }
    *left -= size;
    let bytes = fs::read(&path).ok().filter(|bytes| !bytes.trim_ascii().is_empty())?;
    let packed = bytes.starts_with(b"PK") || bytes.starts_with(&[0x1f, 0x8b]);
    if bytes.contains(&0) && !packed && !is_utf_16(&bytes) && !bytes.starts_with(&[0x28, 0xb5]) {
        return None;
    }
    Some(File { path, article: Some(known(load::document(bytes))) })
}

fn known(doc: Document) -> Known {
    let (format, comments) = (doc.source.format.name(), doc.comments.len());
    Known { title: doc.head.title, format, comments }
}

/// Whether bytes begin with a mark of UTF-16.
fn is_utf_16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_lists_what_can_be_read_and_only_so_much_of_it() {
        let dir = tempfile::tempdir().expect("a folder");
        let put = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes);
        let talk =
            b"---\ntitle: Slack Water\n---\nIt is still.\n\n## Comments\n\n### Bo\n\nIs it?\n";
        put("b.md", talk).expect("a file");
        put("a.txt", b"The tide.").expect("a file");
        put("c.png", b"\x89PNG\0\0").expect("a file");
        put(".hidden", b"The tide.").expect("a file");
        put("empty", b" \n").expect("a file");
        put("large.txt", &vec![b'x'; LARGEST as usize + 1]).expect("a file");
        fs::create_dir(dir.path().join("inner")).expect("a folder");
        let found = listing(&[dir.path().to_owned()]);
        let lines: Vec<String> =
            found.files.iter().map(|file| format!("{}: {}", file.name(), file.said())).collect();
        assert_eq!(lines, ["a.txt: text", "Slack Water: markdown, 1 comment", "large.txt: large"]);
        assert_eq!(found.more, 0);
    }
}
