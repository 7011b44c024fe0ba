//! An archive of the web (ISO 28500): its records, and what servers answered in full.
//!
//! May not know: what is in an answer.

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::{limit, limited};

/// Kinds of answers that are nothing to read.
const UNREADABLE: [&str; 7] = ["image/", "audio/", "video/", "font/", "css", "javascript", "pdf"];

/// What an archive holds.
#[derive(Debug, Default)]
pub(in crate::article) struct Archive {
    pub(in crate::article) answers: Vec<Answer>,
    pub(in crate::article) notes: Vec<String>,
}

/// What a server answered.
#[derive(Debug, Default)]
pub(in crate::article) struct Answer {
    pub(in crate::article) bytes: Vec<u8>,
    pub(in crate::article) url: Option<String>,
    /// Its `Content-Type`, in lower case.
    pub(in crate::article) kind: String,
}

impl Answer {
    /// The answer, if it is of a kind that can be read.
    pub(in crate::article) fn readable(self) -> Option<Self> {
        let unreadable = UNREADABLE.iter().any(|kind| self.kind.contains(kind));
        (!unreadable).then_some(self)
    }

    /// The encoding that the server says it is in.
    pub(in crate::article) fn encoding(&self) -> Option<&str> {
        let label = self.kind.split("charset=").nth(1)?;
        label.split([';', ',']).next().map(|label| label.trim_matches(['"', '\'', ' ']))
    }
}

/// What can be read in an archive; `None` where the bytes are no archive.
pub(in crate::article) fn read(bytes: &[u8]) -> Option<Archive> {
    bytes.starts_with(b"WARC/").then_some(())?;
    let (mut archive, mut rest) = (Archive::default(), bytes);
    let (mut left, mut dropped) = (limit(bytes.len()), 0);
    while let Some(((head, content), after)) = record(rest) {
        if is_cut(head, content) {
            archive.notes.push("the archive ends before its end".to_owned());
        }
        if header(head, "warc-type").as_deref() == Some("metadata") {
            archive.notes.extend(header(content, "note"));
        } else if left == 0 {
            dropped += 1;
        } else if let Some((answer, notes)) = answer((head, content)) {
            left = left.saturating_sub(answer.bytes.len());
            archive.answers.push(answer);
            archive.notes.extend(notes);
        }
        rest = after;
    }
    if dropped > 0 {
        archive.notes.push(format!("records behind too large ones are left out: {dropped}"));
    }
    Some(archive)
}

/// A record: its headers and its contents.
type Record<'a> = (&'a [u8], &'a [u8]);

/// The first record, and what follows it. One that is cut is read as far as it goes.
fn record(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let bytes = bytes.get(start..).filter(|bytes| bytes.starts_with(b"WARC/"))?;
    let (head, body) = split_head(bytes)?;
    let length: usize = header(head, "content-length")?.parse().ok()?;
    let (content, rest) = body.split_at_checked(length).unwrap_or((body, &[]));
    Some(((head, content), rest))
}

/// Whether less is there than the record says.
fn is_cut(head: &[u8], content: &[u8]) -> bool {
    let said = header(head, "content-length").and_then(|length| length.parse().ok());
    said.is_some_and(|said: usize| said > content.len())
}

/// Cuts bytes at their first empty line.
fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n').take(400) {
        at += line.len();
        if line.iter().all(u8::is_ascii_whitespace) {
            return bytes.split_at_checked(at);
        }
    }
    None
}

/// The value of a header, whatever the case of its name.
fn header(head: &[u8], name: &str) -> Option<String> {
    head.split(|&byte| byte == b'\n').find_map(|line| {
        let line = String::from_utf8_lossy(line);
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// What a record holds, if the server gave it in full and it may be read.
fn answer((head, content): Record<'_>) -> Option<(Answer, Vec<String>)> {
    let url = header(head, "warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    match header(head, "warc-type")?.as_str() {
        "response" => {}
        "resource" => {
            let kind = header(head, "content-type").unwrap_or_default().to_lowercase();
            let answer = Answer { bytes: content.to_vec(), url, kind };
            return answer.readable().map(|answer| (answer, Vec::new()));
        }
        _ => return None,
    }
    let (answer, body) = split_head(content)?;
    let first = String::from_utf8_lossy(answer.split(|&byte| byte == b'\n').next()?).into_owned();
    let given = first.starts_with("HTTP/") && first.split_whitespace().nth(1) == Some("200");
    let kind = header(answer, "content-type").unwrap_or_default().to_lowercase();
    given.then_some(())?;
    let chunked = header(answer, "transfer-encoding").is_some_and(|how| how.contains("chunked"));
    let body = if chunked { dechunked(body) } else { body.to_vec() };
    let body = match header(answer, "content-encoding").as_deref() {
        Some("gzip" | "x-gzip") => limited(MultiGzDecoder::new(body.as_slice()), body.len()),
        Some("deflate") => limited(ZlibDecoder::new(body.as_slice()), body.len()),
        _ => super::Unpacked { bytes: body, notes: Vec::new() },
    };
    let answer = Answer { bytes: body.bytes, url, kind }.readable()?;
    Some((answer, body.notes))
}

/// The chunks of an answer put together; bytes that are no chunks stay as they are.
fn dechunked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some(end) = rest.iter().take(64).position(|&byte| byte == b'\n') {
        let line = String::from_utf8_lossy(&rest[..end]);
        let digits = line.split(';').next().unwrap_or_default().trim();
        let Ok(length) = usize::from_str_radix(digits, 16) else { break };
        let body = rest.get(end + 1..).unwrap_or_default();
        let (chunk, after) = body.split_at_checked(length).unwrap_or((body, &[]));
        out.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
        if length == 0 {
            break;
        }
    }
    if out.is_empty() { bytes.to_vec() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_put_together() {
        assert_eq!(dechunked(b"4\r\ntide\r\n2;x\r\n !\r\n0\r\n\r\n"), b"tide !");
        assert_eq!(dechunked(b"<p>tide"), b"<p>tide");
        assert_eq!(dechunked(b"ff\r\ncut"), b"cut");
    }
}
