//! Names in plain text, one JSON line a mention.

use std::io;

use serde::Serialize;

use crate::analysis::entities;
use crate::article::builder::Builder;
use crate::text::shown::Shown;

/// A mention as it is printed; offsets count Unicode scalar values.
#[derive(Serialize)]
struct Line<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'a str,
    entity: &'a str,
}

/// Prints the mentions in `text`, one JSON object a line, sorted and disjoint. Offsets count
/// Unicode scalar values over the whole text; every line of it is a paragraph. Fails where
/// `print` fails.
pub fn tag(text: &str, mut print: impl FnMut(&Shown) -> io::Result<()>) -> io::Result<()> {
    let mut builder = Builder::sized(text.len());
    lines(text).for_each(|(_, words)| builder.paragraph(words));
    let doc = builder.finish();
    let (entities, mentions) = entities::find(&doc);
    let firsts = doc.blocks.iter().filter(|block| !block.continues()).map(|block| block.span.start);
    let mut lines = firsts.zip(lines(text).map(|(scalar, _)| scalar)).peekable();
    // Byte of the document up to which the scalar values of the text are counted.
    let (mut byte, mut scalar) = (0, 0);
    for mention in &mentions {
        while let Some(line) = lines.next_if(|&(first, _)| first <= mention.span.start) {
            (byte, scalar) = line;
        }
        let before = doc.text.get(byte as usize..mention.span.start as usize).unwrap_or_default();
        let words = doc.slice(mention.span);
        let start = scalar + before.chars().count();
        let end = start + words.chars().count();
        (byte, scalar) = (mention.span.end, end);
        let entity = &entities[mention.entity as usize];
        let line = Line { start, end, text: words, kind: entity.kind.name(), entity: &entity.name };
        print(&Shown::json(&(serde_json::to_string(&line)? + "\n")))?;
    }
    Ok(())
}

/// The lines that are not empty, each with the number of scalar values before it.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut scalar = 0;
    let numbered = text.split_inclusive('\n').map(move |line| {
        let before = scalar;
        scalar += line.chars().count();
        (before, line.trim_end_matches(['\n', '\r']))
    });
    numbered.filter(|(_, words)| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(text: &str) -> Vec<serde_json::Value> {
        let mut found = Vec::new();
        let read = |line: &Shown| serde_json::from_str(line.as_str()).expect("JSON");
        let print = |line: &Shown| {
            found.push(read(line));
            Ok(())
        };
        tag(text, print).expect("read");
        found
    }

    #[test]
    fn offsets_are_scalar_values_of_the_whole_input() {
        // The second line is cut into several blocks.
        let long = "Žižek met Ada Brandt in Norway. ".repeat(600);
        let text = format!("Žižek.\r\n\n{long}\n\nThen Ada Brandt went to Norway.\n");
        let scalars: Vec<char> = text.chars().collect();
        let found = tagged(&text);
        for mention in &found {
            let at = |name: &str| mention[name].as_u64().expect("a number") as usize;
            let words: String = scalars[at("start")..at("end")].iter().collect();
            assert_eq!(mention["text"], words.as_str());
        }
        let norway = found.iter().filter(|mention| mention["entity"] == "Norway").count();
        assert_eq!(norway, 601);
    }
}
