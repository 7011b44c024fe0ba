//! Names in plain text, one JSON line a mention.

use serde_json::json;

use crate::analysis::entities;
use crate::article::builder::Builder;

/// The mentions in `text`, one JSON object a line, sorted and disjoint. Offsets count Unicode
/// scalar values over the whole text; every line of it is a paragraph.
pub fn tag(text: &str) -> String {
    let mut builder = Builder::new();
    // Where the blocks stand in the text: byte and scalar value.
    let mut starts = Vec::new();
    let (mut byte, mut scalar) = (0, 0);
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        let before = builder.blocks();
        builder.paragraph(words);
        let pieces = builder.blocks() - before;
        starts.extend(std::iter::repeat_n((byte, scalar), pieces));
        byte += line.len();
        scalar += line.chars().count();
    }
    let doc = builder.finish();
    let (entities, mentions) = entities::find(&doc);
    let mut lines = String::new();
    for mention in mentions {
        let index = doc.block_at(mention.span.start);
        let whole = starts.partition_point(|start| *start < starts[index]);
        let block = doc.blocks[whole].span.start as usize;
        let before = doc.text.get(block..mention.span.start as usize).unwrap_or_default();
        let words = doc.slice(mention.span);
        let start = starts[index].1 + before.chars().count();
        let entity = &entities[mention.entity as usize];
        let line = json!({
            "start": start,
            "end": start + words.chars().count(),
            "text": words,
            "kind": entity.kind.name(),
            "entity": entity.name,
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_scalar_values_of_the_whole_input() {
        let text = "Žižek.\r\n\nThen Ada Brandt went to Norway. Ada Brandt stayed.\n";
        let mut found = 0;
        for line in tag(text).lines() {
            let mention: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let at = |name: &str| mention[name].as_u64().expect("a number") as usize;
            let words: String =
                text.chars().skip(at("start")).take(at("end") - at("start")).collect();
            assert_eq!(mention["text"], words.as_str());
            found += 1;
        }
        assert!(found > 0);
    }
}
