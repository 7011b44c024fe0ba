//! How far the reading for names and links has come, which goes on behind the reader's back.
//!
//! May not know: threads, the clock.

use std::sync::Arc;

use crate::analysis::{Links, Names};
use crate::app::Model;

/// What the text is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Entities and their mentions.
    Names,
    /// Links from comments to passages.
    Links,
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Nothing worth telling yet.
    #[default]
    Begun,
    /// So much of so much: bytes for names, comments for links.
    Part(u32, u32),
    /// What is near the reader's place, of a text that is too long for more.
    Near,
    /// All of it.
    Whole,
}

/// How much was read for either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// For names.
    pub names: Reach,
    /// For links.
    pub links: Reach,
}

impl Progress {
    /// What the status line says of it: nothing while it takes no time, and when it is over.
    pub fn said(self) -> String {
        let names = match self.names {
            Reach::Part(read, all) => {
                Some(format!("names {} %", u64::from(read) * 100 / u64::from(all.max(1))))
            }
            _ => None,
        };
        let links = match self.links {
            Reach::Part(read, all) => Some(format!("links {}/{}", grouped(read), grouped(all))),
            _ => None,
        };
        names.into_iter().chain(links).collect::<Vec<_>>().join(" · ")
    }
}

/// A number with a comma before every three digits.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

impl Model {
    /// Takes names in. What was selected stays selected: it is known by its name.
    pub fn take_names(&mut self, names: Arc<Names>) {
        let selected = self.selected().map(|entity| entity.name.clone());
        let selected = self.follow_correction().or(selected);
        let same = |name: String| names.entities.iter().position(|entity| entity.name == name);
        self.entities.selected = selected.and_then(same).map(|index| index as u32);
        self.found.names = names;
        self.arrange_entities();
        self.refresh_palette();
    }

    /// Takes links in.
    pub fn take_links(&mut self, links: Arc<Links>) {
        self.found.links = links;
    }

    /// Takes in how much was read.
    pub fn reached(&mut self, task: Task, reach: Reach) {
        match task {
            Task::Names => self.progress.names = reach,
            Task::Links => self.progress.links = reach,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_said_while_there_is_some() {
        let said = |names, links| Progress { names, links }.said();
        assert_eq!(said(Reach::Begun, Reach::Whole), "");
        assert_eq!(said(Reach::Part(4_000_000_000, 4_100_000_000), Reach::Begun), "names 97 %");
        let both = said(Reach::Part(2, 5), Reach::Part(12_300, 100_000));
        assert_eq!(both, "names 40 % · links 12,300/100,000");
        assert_eq!(said(Reach::Whole, Reach::Part(7, 1_000_000)), "links 7/1,000,000");
    }
}
