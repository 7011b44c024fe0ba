//! What was fetched as an archive of the web (ISO 28500, WARC 1.1), packed: the copy that is kept.
//!
//! May not know: where it is kept, what is in it.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use uuid::Uuid;

use super::web::Found;

/// The archive of what was fetched at `time`, a time stamp as RFC 3339 writes it.
pub fn archive(found: &Found, time: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for answer in &found.answers {
        let (kind, length) = (one_line(&answer.kind), answer.bytes.len());
        let head =
            format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n");
        let content = [head.as_bytes(), &answer.bytes].concat();
        let what = ["response", "application/http; msgtype=response"];
        record(&mut out, what, &answer.url, time, &content);
    }
    if let Some(note) = &found.note {
        let note = format!("note: {}\r\n", one_line(note));
        record(&mut out, ["metadata", "application/warc-fields"], "", time, note.as_bytes());
    }
    out
}

/// Adds a record: a member of gzip of its own, as the standard asks.
fn record(out: &mut Vec<u8>, [kind, format]: [&str; 2], url: &str, time: &str, content: &[u8]) {
    let url = one_line(url);
    let target = if url.is_empty() { url } else { format!("WARC-Target-URI: {url}\r\n") };
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{}>\r\nWARC-Date: {time}\r\n\
         {target}Content-Type: {format}\r\nContent-Length: {}\r\n\r\n",
        Uuid::new_v4(),
        content.len()
    );
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory cannot fail.
    let written =
        [head.as_bytes(), content, b"\r\n\r\n"].iter().try_for_each(|it| packed.write_all(it));
    if let (Ok(()), Ok(bytes)) = (written, packed.finish()) {
        out.extend(bytes);
    }
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
