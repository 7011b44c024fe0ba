//! The text of a file as it stands, line by line, without the addresses of people and machines in
//! it.
//!
//! May not know: any file format.

use std::borrow::Cow;

use regex::{Captures, Regex};

use super::builder::Builder;
use super::{BlockKind, Document};

/// Addresses of mail and of machines.
const ADDRESS: &str = r"(?x)
    (?<mail> [A-Za-z0-9._%+-]{1,64} (?:@|=40|%40|&\#64;) [A-Za-z0-9-]{1,63} (?:\.[A-Za-z0-9-]{1,63})+ )
  | \b (?: [0-9]{1,3} \. ){3} [0-9]{1,3} \b
  | \b (?: [0-9a-fA-F]{1,4} : ){3,7} (?: : | [0-9a-fA-F]{1,4} )";

/// A document of the lines of a text.
pub(super) fn read(text: &str) -> Document {
    let (text, hidden) = without_addresses(text);
    let mut builder = Builder::new();
    for part in text.split("\n\n").map(|part| part.trim_matches('\n')) {
        if !part.trim().is_empty() {
            builder.words(BlockKind::Code, part);
        }
    }
    let mut doc = builder.finish();
    doc.source.notes.push("the text of the file as it stands".to_owned());
    if hidden > 0 {
        doc.source.notes.push(format!("addresses of mail and machines that are hidden: {hidden}"));
    }
    doc
}

fn without_addresses(text: &str) -> (Cow<'_, str>, usize) {
    let Ok(address) = Regex::new(ADDRESS) else { return (text.into(), 0) };
    let mut hidden = 0;
    let text = address.replace_all(text, |found: &Captures<'_>| {
        hidden += 1;
        if found.name("mail").is_some() { "[mail address]" } else { "[address of a machine]" }
    });
    (text, hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_and_addresses_go() {
        let doc = read(
            "From: Ada <ada@example.org>\n  X-IP: 192.0.2.7\n\n\n\n<b>Low</b> 1.2.3 at 10:20:30\n",
        );
        let blocks: Vec<_> = doc.blocks.iter().map(|block| doc.words(block)).collect();
        let head = "From: Ada <[mail address]>\n  X-IP: [address of a machine]";
        assert_eq!(blocks, [head, "<b>Low</b> 1.2.3 at 10:20:30"]);
        assert_eq!(doc.source.notes.len(), 2);
    }
}
