//! Where things fall over the text, as strips of a cell for each part of it.
//!
//! May not know: how wide a list is drawn.

use crate::analysis::Entity;
use crate::app::Model;
use crate::app::lists::item::Item;
use crate::text::span::Span;

/// How many names have a strip.
const NAMES: usize = 12;

/// Most and fewest cells of a strip.
const CELLS: (u16, u16) = (52, 8);

/// From few to many.
const LEVELS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The sign for a count where `most` is the greatest one; none for nothing.
pub fn level(count: usize, most: usize) -> Option<&'static str> {
    let step = (count * LEVELS.len()).div_ceil(most.max(1)).clamp(1, LEVELS.len());
    (count > 0).then(|| LEVELS[step - 1])
}

/// A strip: each of some equal parts of a text by how much falls into it.
fn strip(counts: &[usize]) -> String {
    let most = counts.iter().copied().max().unwrap_or(0);
    counts.iter().map(|&count| level(count, most).unwrap_or("·")).collect()
}

impl Model {
    /// Where the article is quoted and marked, where names are mentioned in it and below it.
    pub fn overview(&self) -> Vec<Item> {
        let (doc, found) = (&self.doc, &self.found.names);
        let body = Span::new(0, doc.discussion_start());
        let heading = |text: &str| Item { text: text.into(), heading: true, ..Item::default() };
        let line = |lead: &str, text, at| Item { lead: lead.into(), text, at, ..Item::default() };
        let ties = self.ties();
        let quoted = |at| {
            let target = |&link: &u32| ties.links[link as usize].to.start < at;
            ties.by_target.partition_point(target)
        };
        let marks: Vec<u32> = self.marks.placed().map(|(span, _)| span.start).collect();
        let marked = |at| marks.partition_point(|&mark| mark < at);
        let mut items = vec![heading("In the article")];
        if quoted(body.end) > 0 {
            let first = ties.by_target.first().map(|&link| ties.links[link as usize].to.start);
            items.push(line("quoted", self.falls(body, quoted), first));
        }
        if marked(body.end) > 0 {
            items.push(line("bookmarks", self.falls(body, marked), marks.first().copied()));
        }
        if items.len() == 1 {
            items.clear();
        }
        if !found.entities.is_empty() {
            items.push(heading("In article and comments"));
        }
        items.extend(found.entities.iter().take(NAMES).map(|entity| {
            let first = entity.mentions.first().map(|mention| mention.start);
            line(&entity.name, self.strip_of(entity), first)
        }));
        items
    }

    /// Where the mentions of an entity fall over the whole text.
    pub fn strip_of(&self, entity: &Entity) -> String {
        let before = |at| entity.mentions.partition_point(|mention| mention.start < at);
        self.falls(Span::new(0, self.doc.text.len() as u32), before)
    }

    /// A strip over some of the text; `before` counts what lies before a byte.
    fn falls(&self, whole: Span, before: impl Fn(u32) -> usize) -> String {
        let cells = (self.view.size.width / 2).clamp(CELLS.1, CELLS.0);
        let edge = |cell: u16| {
            let bytes = u64::from(whole.len()) * u64::from(cell) / u64::from(cells);
            whole.start + bytes as u32
        };
        let counts = (0..cells).map(|cell| before(edge(cell + 1)) - before(edge(cell)));
        strip(&counts.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_tells_little_from_much_and_nothing_from_little() {
        assert_eq!(strip(&[0, 1, 4, 8, 100]), "·▁▁▁█");
        assert_eq!(strip(&[0, 0]), "··");
    }
}
