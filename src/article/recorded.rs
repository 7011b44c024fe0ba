//! What a program recorded of its talk with servers: the HTTP archive that browsers save (HAR 1.2),
//! and the YAML of the libraries that record exchanges for tests. Both hold answers as an archive
//! of the web does.
//!
//! May not know: what is in an answer.

use std::borrow::Cow;

use serde_json::Value;

use super::json::{Item, parse};
use super::unpack::warc::{Answer, Archive};

/// Largest recording in YAML, in bytes: it is read as a whole.
const YAML: usize = 16 << 20;

/// What can be read in a recording; `None` where the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Archive> {
    // Only a text that begins like one is looked at as a whole.
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    let read = if begins_as_log(bytes) {
        browsed
    } else {
        bytes.starts_with(b"interactions:").then_some(in_yaml)?
    };
    let answers = read(std::str::from_utf8(bytes).ok()?)?;
    Some(Archive { answers, notes: Vec::new() })
}

/// Whether it may be a log of a browser: other JSON need not be gone through once more.
fn begins_as_log(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|&byte| byte != b'{').filter(|&at| at > 0);
    let key = start.and_then(|start| bytes.get(start..)).map(<[u8]>::trim_ascii_start);
    key.is_some_and(|key| key.starts_with(b"\"log\""))
}

fn browsed(text: &str) -> Option<Vec<Answer>> {
    text.contains("\"entries\"").then_some(())?;
    let json = parse(text)?;
    let entries = json.root().get("log")?.get("entries")?;
    Some(entries.items().filter_map(entry).collect())
}

fn entry(entry: Item<'_>) -> Option<Answer> {
    let response = entry.get("response")?;
    (response.get("status")?.number() == Some(200)).then_some(())?;
    let content = response.get("content")?;
    let text = content.get("text")?.text()?;
    let packed = content.get("encoding").is_some_and(|written| written.says("base64"));
    let bytes = if packed { unbased(&text) } else { text.into_owned().into_bytes() };
    let kind = content.get("mimeType").and_then(Item::text).unwrap_or_default().to_lowercase();
    // A text is UTF-8 in here, whatever it was.
    let kind = if packed { kind } else { kind.split(';').next().unwrap_or_default().to_owned() };
    let url = entry.get("request").and_then(|request| request.get("url")?.text());
    Answer { bytes, url: url.map(Cow::into_owned), kind }.readable()
}

/// Bytes in base 64 (RFC 4648), as far as they are that.
fn unbased(text: &str) -> Vec<u8> {
    let digits = text.bytes().filter_map(|byte| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    });
    let (mut out, mut bits, mut count) = (Vec::with_capacity(text.len() / 4 * 3), 0_u32, 0);
    for digit in digits {
        bits = bits << 6 & 0xFFFF | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

fn in_yaml(text: &str) -> Option<Vec<Answer>> {
    (text.starts_with("interactions:") && text.len() <= YAML).then_some(())?;
    let read: Value = serde_yaml_ng::from_str(text).ok()?;
    let exchanges = read.get("interactions")?.as_array()?;
    let answer = |exchange: &Value| {
        let body = exchange.get("response")?.get("body")?;
        let text = body.get("string").unwrap_or(body).as_str()?;
        let url = exchange.get("request")?.get("uri")?.as_str();
        let kind = if text.trim_start().starts_with(['{', '[']) { "json" } else { "html" };
        let bytes = text.as_bytes().to_vec();
        Some(Answer { bytes, url: url.map(str::to_owned), kind: kind.to_owned() })
    };
    Some(exchanges.iter().filter_map(answer).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_unpacked() {
        assert_eq!(unbased("SWNl"), b"Ice");
        assert_eq!(unbased("SWM=\n"), b"Ic");
        assert_eq!(unbased("SQ"), b"I");
    }
}
