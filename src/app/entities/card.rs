//! What is known of one entity: its names, who appears with it, every mention in its words.

use crate::analysis::{Entity, Kind};
use crate::app::Model;
use crate::app::lists::item::Item;
use crate::layout::panes::Pane;
use crate::text::span::Span;

/// How many companions are listed.
const COMPANIONS: usize = 6;

/// How many mentions are listed: more than anyone walks through in a list.
const MENTIONS: usize = 1000;

/// Bytes of the text before a mention that its line shows, at most.
const BEFORE: u32 = 30;

/// Bytes of the text after it, at most.
const AFTER: u32 = 90;

impl Model {
    /// The card of the selected entity, or of the one that the list points at.
    pub fn card(&self) -> Vec<Item> {
        let names = &self.found.names;
        let index = self.entities.selected.or_else(|| self.entities.pointed());
        let Some((index, entity)) =
            index.and_then(|index| Some((index, names.entities.get(index as usize)?)))
        else {
            return Vec::new();
        };
        let heading = |text: String| Item { text, heading: true, ..Item::default() };
        let mut items = vec![heading(format!("{} · {}", entity.name, entity.kind.name()))];
        if !entity.aliases.is_empty() {
            items.push(Item {
                text: entity.aliases.join(", "),
                lead: "also".into(),
                ..Item::default()
            });
        }
        items.push(Item { text: self.strip_of(entity), lead: "where".into(), ..Item::default() });
        items.extend(self.companions(index, entity));
        items.extend(self.namesakes(entity));
        items.extend(self.also_in(entity));
        let body = entity.in_body as usize;
        let counts = format!("{body} in the article, {} in comments", entity.mentions.len() - body);
        items.push(heading(format!("Mentions · {counts}")));
        items
            .extend(entity.mentions.iter().take(MENTIONS).map(|&mention| self.in_context(mention)));
        items
    }

    /// Who is mentioned in the same paragraphs, most often first.
    fn companions(&self, index: u32, entity: &Entity) -> Option<Item> {
        let found = &self.found.names;
        let mut together: Vec<u32> = Vec::new();
        let mut last = None;
        for mention in &entity.mentions {
            let block = self.doc.block_at(mention.start);
            if last.replace(block) == Some(block) {
                continue;
            }
            let paragraph = self.doc.blocks[block].span;
            let inside = found.mentions_in(paragraph).iter();
            let mut others: Vec<u32> =
                inside.map(|other| other.entity).filter(|&it| it != index).collect();
            others.sort_unstable();
            others.dedup();
            together.extend(others);
        }
        together.sort_unstable();
        let mut counted: Vec<(usize, u32)> =
            together.chunk_by(|a, b| a == b).map(|group| (group.len(), group[0])).collect();
        counted.sort_by_key(|&(count, other)| (std::cmp::Reverse(count), other));
        let names = counted
            .iter()
            .take(COMPANIONS)
            .map(|&(count, other)| format!("{} {count}×", found.entities[other as usize].name));
        let text = names.collect::<Vec<_>>().join(", ");
        (!text.is_empty()).then(|| Item { text, lead: "with".into(), ..Item::default() })
    }

    /// Whom a lone name may mean: several people bear it, so it was given to none of them.
    fn namesakes(&self, entity: &Entity) -> Option<Item> {
        let lone = entity.kind == Kind::Person && !entity.name.contains(' ');
        let bears = |other: &&Entity| {
            let mut words = other.name.split(' ');
            other.kind == Kind::Person
                && other.name != entity.name
                && words.any(|word| word == entity.name)
        };
        let others = self.found.names.entities.iter().filter(bears);
        let names: Vec<&str> =
            others.map(|other| other.name.as_str()).take(COMPANIONS).filter(|_| lone).collect();
        let item = Item { text: names.join(" or "), lead: "perhaps".into(), ..Item::default() };
        (!names.is_empty()).then_some(item)
    }

    /// A mention with the words around it, and whose words those are.
    fn in_context(&self, mention: Span) -> Item {
        let doc = &self.doc;
        let block = doc.blocks[doc.block_at(mention.start)].span;
        let start = word_start(&doc.text, mention, block);
        let end =
            doc.text.floor_char_boundary((mention.end + AFTER).min(block.end) as usize) as u32;
        let cut = if start > block.start { "…" } else { "" };
        let comment =
            doc.comment_at(mention.start).filter(|_| self.pane_of(mention.start) == Pane::Comments);
        let author = comment.map(|index| doc.author(&doc.comments[index]).unwrap_or("someone"));
        Item {
            lead: author.unwrap_or("article").to_owned(),
            text: format!("{cut}{}", doc.slice(Span::new(start, end))),
            at: Some(mention.start),
            ..Item::default()
        }
    }

    /// How many mentions of an entity fall into each of some equal parts of the whole text.
    pub fn spread(&self, entity: &Entity, parts: u16) -> Vec<usize> {
        let whole = self.doc.text.len() as u64;
        let edge = |part: u16| (whole * u64::from(part) / u64::from(parts.max(1))) as u32;
        (0..parts)
            .map(|part| {
                let (from, to) = (edge(part), edge(part + 1));
                let before = |at| entity.mentions.partition_point(|mention| mention.start < at);
                before(to) - before(from)
            })
            .collect()
    }
}

/// Where the words before a mention begin that its line shows.
fn word_start(text: &str, mention: Span, block: Span) -> u32 {
    let from = mention.start.saturating_sub(BEFORE);
    if from <= block.start {
        return block.start;
    }
    let from = text.floor_char_boundary(from as usize) as u32;
    let before = Span::new(from, mention.start).of(text);
    before.find(' ').map_or(from, |blank| from + blank as u32 + 1)
}
