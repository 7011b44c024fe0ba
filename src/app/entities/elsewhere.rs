//! In which other articles a name was read: what the history tells of the entities of this one.
//!
//! May not know: where the history is kept.

use crate::analysis::{Entity, Kind, Names};
use crate::app::Model;
use crate::app::lists::item::Item;

/// Of one article so many names are remembered, those that are mentioned most.
pub const REMEMBERED: usize = 256;

/// So many articles are listed on a card.
const LISTED: usize = 8;

/// Names of other articles, and those articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// The articles, each as a line that opens it; the one that was read last comes first.
    articles: Vec<Item>,
    /// Names as they are compared, with indices of articles. Invariant: sorted.
    names: Vec<(String, u32)>,
}

impl Elsewhere {
    /// Some articles, each with the names that were read in it.
    pub fn new(articles: Vec<(Item, Vec<String>)>) -> Self {
        let (mut lines, mut names) = (Vec::new(), Vec::new());
        for (line, read) in articles {
            let index = lines.len() as u32;
            names.extend(read.iter().map(|name| (folded(name), index)));
            lines.push(line);
        }
        names.sort_unstable();
        names.dedup();
        Self { articles: lines, names }
    }

    /// The articles in which an entity was read, by any of the names that say enough: the first
    /// name of a person alone is many people's.
    pub fn with(&self, entity: &Entity) -> Vec<&Item> {
        let telling = |name: &&String| entity.kind != Kind::Person || name.contains(' ');
        let names = std::iter::once(&entity.name).chain(&entity.aliases).filter(telling);
        let mut found: Vec<u32> = names.flat_map(|name| self.of(&folded(name))).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|index| self.articles.get(index as usize)).collect()
    }

    fn of(&self, name: &str) -> impl Iterator<Item = u32> + use<'_> {
        let first = self.names.partition_point(|(other, _)| other.as_str() < name);
        let name = name.to_owned();
        self.names[first..].iter().take_while(move |(other, _)| *other == name).map(|&(_, it)| it)
    }
}

/// The names of an article that are worth remembering.
pub fn worth_remembering(names: &Names) -> Vec<String> {
    let telling = |entity: &&Entity| entity.kind != Kind::Person || entity.name.contains(' ');
    let names = names.entities.iter().filter(telling).map(|entity| entity.name.clone());
    names.take(REMEMBERED).collect()
}

impl Model {
    /// The lines of a card that say in which other articles the entity was read.
    pub fn also_in(&self, entity: &Entity) -> Vec<Item> {
        let articles = self.elsewhere.with(entity);
        let said = match articles.len() {
            0 => return Vec::new(),
            1 => "Also in 1 other article".to_owned(),
            count => format!("Also in {count} other articles"),
        };
        let heading = Item { text: said, heading: true, ..Item::default() };
        let more = articles.len().saturating_sub(LISTED);
        let rest = Item { more: format!("and {more} more"), ..Item::default() };
        let lines = articles.into_iter().take(LISTED).cloned();
        std::iter::once(heading).chain(lines).chain((more > 0).then_some(rest)).collect()
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Mentions;

    fn entity(kind: Kind, name: &str, aliases: &[&str]) -> Entity {
        let aliases = aliases.iter().map(ToString::to_string).collect();
        Entity {
            name: name.into(),
            kind,
            aliases,
            mentions: Mentions::default(),
            in_body: 0,
            commenter: false,
        }
    }

    #[test]
    fn articles_are_found_by_any_name_that_says_enough() {
        let read = |title: &str, names: &[&str]| {
            let line = Item { text: title.into(), ..Item::default() };
            (line, names.iter().map(ToString::to_string).collect())
        };
        let there = Elsewhere::new(vec![
            read("Pier", &["Ada Brandt", "Falmouth"]),
            read("Quay", &["ADA BRANDT", "Mayor Ada Brandt", "Ada"]),
        ]);
        let found = |entity: &Entity| -> Vec<String> {
            there.with(entity).iter().map(|line| line.text.clone()).collect()
        };
        assert_eq!(found(&entity(Kind::Person, "Ada Brandt", &["Ada"])), ["Pier", "Quay"]);
        assert_eq!(found(&entity(Kind::Person, "Ada", &["Mayor Ada Brandt"])), ["Quay"]);
        assert_eq!(found(&entity(Kind::Person, "Ada", &[])), [""; 0]);
        assert_eq!(found(&entity(Kind::Place, "Falmouth", &[])), ["Pier"]);
    }
}
