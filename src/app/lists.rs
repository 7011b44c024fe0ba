//! Lists that lie over the panes: keys, bookmarks, headings, what to read next, details.

use super::Model;
use super::action::{Effect, Scroll, Topic, Way};
use super::item::Item;
use super::mark::Mark;
use super::overlay::Overlay;
use crate::article::BlockKind;
use crate::record::anchor::Verdict;

/// A list to read or to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// What it lists.
    pub topic: Topic,
    /// Its lines.
    pub items: Vec<Item>,
    /// Index of the line that is pointed at.
    pub cursor: usize,
}

impl Model {
    /// Opens a list, or closes it where it is open. What it lists may have to be gathered first.
    pub fn open_list(&mut self, topic: Topic) -> Vec<Effect> {
        if matches!(&self.overlay, Some(Overlay::List(list)) if list.topic == topic) {
            self.overlay = None;
        } else if matches!(topic, Topic::Home | Topic::AllBookmarks) {
            return vec![Effect::Gather(topic)];
        } else {
            self.show_list(topic, self.items(topic));
        }
        Vec::new()
    }

    /// Shows a list; where it is empty, says so.
    pub fn show_list(&mut self, topic: Topic, items: Vec<Item>) {
        if items.is_empty() {
            return self.tell(match topic {
                Topic::Bookmarks | Topic::AllBookmarks => "no bookmarks yet: m makes one",
                Topic::Card => "no entity is selected: * or 3",
                Topic::Peek => "nothing is quoted here",
                Topic::Discussed => "no comment quotes the article",
                Topic::Overview => "no names and no quotations were found",
                Topic::Outline => "this article has no headings",
                _ => "this page offers nothing to read next",
            });
        }
        let leads = items.iter().position(|item| item.at.is_some());
        let cursor = leads.or_else(|| items.iter().position(|item| !item.heading)).unwrap_or(0);
        self.overlay = Some(Overlay::List(List { topic, items, cursor }));
    }

    /// Makes the open list anew.
    pub fn refresh_list(&mut self) {
        let Some(Overlay::List(list)) = &self.overlay else { return };
        let (topic, cursor) = (list.topic, list.cursor);
        let items = match topic {
            Topic::Home | Topic::AllBookmarks => return,
            _ => self.items(topic),
        };
        let cursor = cursor.min(items.len().saturating_sub(1));
        let list = List { topic, items, cursor };
        self.overlay = (!list.items.is_empty()).then_some(Overlay::List(list));
    }

    fn items(&self, topic: Topic) -> Vec<Item> {
        match topic {
            Topic::Bookmarks => self.marks.all().iter().map(bookmark).collect(),
            Topic::Card => self.card(),
            Topic::Peek => self.peek(),
            Topic::Discussed => self.discussed(),
            Topic::Outline => self.headings(),
            Topic::Overview => self.overview(),
            Topic::Related => self.related(),
            Topic::Details => self.details(),
            Topic::Home | Topic::AllBookmarks => Vec::new(),
        }
    }

    fn headings(&self) -> Vec<Item> {
        let blocks = self.doc.blocks.get(..self.doc.body.end as usize).unwrap_or_default();
        let headings = blocks.iter().filter_map(|block| match block.kind {
            BlockKind::Title => Some((block, 0)),
            BlockKind::Heading(level) => Some((block, usize::from(level) - 1)),
            _ => None,
        });
        headings
            .map(|(block, level)| Item {
                text: format!("{}{}", "  ".repeat(level), self.doc.words(block)),
                at: Some(block.span.start),
                ..Item::default()
            })
            .collect()
    }

    fn related(&self) -> Vec<Item> {
        let related = self.doc.related.iter();
        related
            .map(|one| Item {
                text: one.title.clone(),
                more: one.summary.clone().or_else(|| one.url.clone()).unwrap_or_default(),
                ..Item::default()
            })
            .collect()
    }

    fn details(&self) -> Vec<Item> {
        let (doc, head) = (&self.doc, &self.doc.head);
        let line = |lead: &str, text: String| Item { lead: lead.into(), text, ..Item::default() };
        let mut items = vec![
            line("read as", format!("{}, {} bytes", doc.source.format.name(), doc.source.bytes)),
            line("body", format!("{} blocks", doc.body.len())),
            line("comments", doc.comments.len().to_string()),
        ];
        let known = [
            ("title", head.title.clone()),
            ("by", Some(head.authors.join(", ")).filter(|names| !names.is_empty())),
            ("from", head.dateline.clone()),
            ("published", head.published.clone()),
            ("address", head.url.clone()),
        ];
        items.extend(known.into_iter().filter_map(|(lead, text)| Some(line(lead, text?))));
        items.extend(self.settings.problems.iter().map(|it| line("config", it.clone())));
        items.extend(doc.source.notes.iter().map(|note| line("note", note.clone())));
        items
    }

    /// Moves the cursor of the open list.
    pub fn scroll_list(&mut self, scroll: Scroll, way: Way) {
        let height = usize::from(self.view.size.height.saturating_sub(4)).max(1);
        let Some(Overlay::List(list)) = &mut self.overlay else { return };
        let lines = match scroll {
            Scroll::Row => 1,
            Scroll::Half => height / 2,
            Scroll::Page => height,
            Scroll::All => list.items.len(),
        };
        list.cursor = match way {
            Way::Forward => (list.cursor + lines).min(list.items.len().saturating_sub(1)),
            Way::Back => list.cursor.saturating_sub(lines),
        };
    }

    /// Goes where the pointed line leads.
    pub fn choose(&mut self) -> Vec<Effect> {
        let Some(Overlay::List(list)) = &self.overlay else { return Vec::new() };
        let Some(item) = list.items.get(list.cursor) else { return Vec::new() };
        if let Some(opening) = item.opens.clone() {
            self.overlay = None;
            return vec![Effect::Open(opening)];
        }
        match (item.at, item.id.is_some()) {
            (Some(at), _) => {
                self.overlay = None;
                self.go_to(at);
            }
            (None, true) => self.tell("its words are not in this text any more"),
            (None, false) => {}
        }
        Vec::new()
    }

    /// Deletes the bookmark that the open list points at.
    pub fn delete_pointed(&mut self) -> Vec<Effect> {
        let Some(Overlay::List(list)) = &self.overlay else {
            self.tell("d half a page down · ' lists the bookmarks");
            return Vec::new();
        };
        let id = list.items.get(list.cursor).and_then(|item| item.id.clone());
        id.map(Effect::Delete).into_iter().collect()
    }
}

fn bookmark(mark: &Mark) -> Item {
    let lead = match mark.verdict {
        _ if !mark.saved => "not saved",
        Verdict::Exact => "★",
        other => other.name(),
    };
    Item {
        lead: lead.into(),
        text: mark.words.clone(),
        more: mark.note.clone().unwrap_or_default(),
        at: mark.span.map(|span| span.start),
        id: Some(mark.id.clone()),
        ..Item::default()
    }
}
