//! A folder of letters, one a file, as mail programs keep them (<https://cr.yp.to/proto/maildir.html>):
//! read as the one file of letters that it could be.
//!
//! May not know: what is in a letter.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::LETTERS;

/// What stands above each letter.
const LINE: &[u8] = b"From maildir Thu Jan  1 00:00:00 1970\n";

/// Whether a folder is one of letters.
pub(in crate::article) fn is_one(path: &Path) -> bool {
    ["cur", "new"].iter().all(|inner| path.join(inner).is_dir())
}

/// All letters of a folder in the order of their names, which begin with the time when they came;
/// at most `cap` bytes.
pub(in crate::article) fn read(path: &Path, cap: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for file in files(path)?.iter().take(LETTERS) {
        bytes.extend(LINE);
        let mut letter = Vec::new();
        // One that cannot be read has been moved meanwhile.
        let left = cap.saturating_sub(bytes.len() as u64);
        let _ = File::open(file).and_then(|file| file.take(left).read_to_end(&mut letter));
        for line in letter.split_inclusive(|&byte| byte == b'\n') {
            let quoted = line.iter().skip_while(|&&byte| byte == b'>').take(5);
            if quoted.eq(b"From ") {
                bytes.push(b'>');
            }
            bytes.extend(line);
        }
        bytes.extend(b"\n\n");
    }
    Ok(bytes)
}

fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for inner in ["cur", "new"] {
        files.extend(fs::read_dir(path.join(inner))?.flatten().map(|entry| entry.path()));
    }
    files.retain(|file| file.is_file() && !is_hidden(file));
    files.sort_by(|one, other| one.file_name().cmp(&other.file_name()));
    Ok(files)
}

fn is_hidden(file: &Path) -> bool {
    file.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::load;

    #[test]
    fn a_folder_of_letters_is_a_conversation() {
        let dir = tempfile::tempdir().unwrap();
        for inner in ["cur", "new", "tmp"] {
            fs::create_dir(dir.path().join(inner)).unwrap();
        }
        assert!(is_one(dir.path()) && !is_one(&dir.path().join("cur")));
        let put = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
        put(
            "cur/10.a:2,S",
            "From: Ada\nSubject: Nets\nMessage-ID: <a@x>\n\nWho mends them?\n\nFrom here I see none.\n",
        );
        put("new/20.b", "From: Bo\nSubject: Re: Nets\nIn-Reply-To: <a@x>\n\nI do.\n");
        put("tmp/30.c", "From: Cy\nSubject: Unsent\n\nNot yet.\n");
        let doc = load::open(dir.path()).unwrap();
        let body: Vec<_> = doc.body_blocks().iter().map(|block| doc.words(block)).collect();
        assert_eq!(body, ["Who mends them?", "From here I see none."]);
        assert_eq!(doc.author(&doc.comments[0]), Some("Bo"));
        assert_eq!((doc.comments.len(), doc.source.format.name()), (1, "mail"));
    }
}
