//! Lists that lie over the panes: keys, bookmarks, headings, what to read next, details.

pub mod field;
mod goal;
pub mod item;
pub mod list;
pub mod outside;
pub mod overlay;
pub mod overview;
pub mod palette;
pub mod prompt;
pub mod sheet;
mod web;

use crate::app::Model;
use crate::app::action::{Effect, Scroll, Topic, Way};
use crate::app::lists::item::Item;
use crate::app::lists::list::List;
use crate::app::lists::overlay::Overlay;
use crate::app::marks::mark::{Mark, Which};
use crate::article::BlockKind;

impl Model {
    /// Opens a list, or closes it where it is open. What it lists may have to be gathered first.
    pub fn open_list(&mut self, topic: Topic) -> Vec<Effect> {
        if self.list().is_some_and(|list| list.topic == topic) {
            self.overlay = None;
        } else if matches!(topic, Topic::Home | Topic::Folder | Topic::AllBookmarks) {
            return self.gather(topic);
        } else {
            self.show_list(topic, self.items(topic));
        }
        Vec::new()
    }

    /// Asks for what a list is to show.
    pub fn gather(&mut self, topic: Topic) -> Vec<Effect> {
        self.awaited = Some(topic);
        vec![Effect::Gather(topic)]
    }

    /// Takes in what was gathered for a list, where it is open or still waited for.
    pub fn take_list_of(&mut self, topic: Topic, items: Vec<Item>) {
        if let Some(list) = self.list_mut().filter(|list| list.topic == topic) {
            list.renew(items);
        } else if self.awaited == Some(topic) {
            self.show_list(topic, items);
        }
    }

    /// Lists the bookmarks of this article.
    pub fn show_bookmarks(&mut self) {
        self.show_list(Topic::Bookmarks, self.items(Topic::Bookmarks));
    }

    /// Shows a list; where it is empty, says so.
    pub fn show_list(&mut self, topic: Topic, items: Vec<Item>) {
        if items.is_empty() {
            return self.tell(match topic {
                Topic::Bookmarks | Topic::AllBookmarks => "no bookmarks yet: m makes one",
                Topic::Deleted => "nothing to bring back",
                Topic::Places => "its words are not in this text any more",
                Topic::Card => "no entity is selected: * or 3",
                Topic::Peek => "nothing is quoted, noted or linked here",
                Topic::Discussed => "no comment quotes the article",
                Topic::Folder => "there is nothing beside this article",
                Topic::Links => "no links in this paragraph",
                Topic::Web => "nothing here has an address that can be fetched",
                Topic::Overview => "no names and no quotations were found",
                Topic::Outline => "this article has no headings",
                _ => "this page offers nothing to read next",
            });
        }
        self.overlay = Some(Overlay::List(List::new(topic, items)));
    }

    /// Makes the open list anew.
    pub fn refresh_list(&mut self) {
        let Some(topic) = self.list().map(|list| list.topic) else { return };
        // The others do not change, or are gathered.
        if !matches!(topic, Topic::Bookmarks | Topic::Card | Topic::Discussed | Topic::Peek) {
            return;
        }
        let items = self.items(topic);
        if items.is_empty() {
            self.overlay = None;
        } else if let Some(list) = self.list_mut() {
            list.renew(items);
        }
    }

    fn items(&self, topic: Topic) -> Vec<Item> {
        match topic {
            Topic::Bookmarks => self.marks.all().iter().map(bookmark).collect(),
            Topic::Card => self.card(),
            Topic::Peek => self.peek(),
            Topic::Discussed => self.discussed(),
            Topic::Outline => self.headings(),
            Topic::Links => self.links_out(),
            Topic::Web => self.pages(),
            Topic::Overview => self.overview(),
            Topic::Related => self.related(),
            Topic::Details => self.details(),
            Topic::Home | Topic::Folder | Topic::AllBookmarks => Vec::new(),
            Topic::Deleted | Topic::Places => Vec::new(),
        }
    }

    fn headings(&self) -> Vec<Item> {
        let blocks = self.doc.blocks.get(..self.doc.body.end as usize).unwrap_or_default();
        let headings = blocks.iter().filter_map(|block| match block.kind() {
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
                link: one.url.as_deref().and_then(|url| self.address(url).ok()),
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
        let Some(list) = self.list_mut() else { return };
        let lines = scroll.lines(height, list.len());
        list.point(match way {
            Way::Forward => list.cursor() + lines,
            Way::Back => list.cursor().saturating_sub(lines),
        });
    }

    /// Shows the open list, or else the names, in another order.
    pub fn sort(&mut self) {
        match self.list_mut() {
            Some(list) => {
                list.sort();
                let order = list.order().name();
                self.tell(order);
            }
            None => self.sort_entities(),
        }
    }

    /// Goes where the pointed line leads.
    pub fn choose(&mut self) -> Vec<Effect> {
        let Some(list) = self.list() else { return Vec::new() };
        let topic = list.topic;
        let Some(item) = list.pointed().cloned() else { return Vec::new() };
        if let Some(opening) = item.opens {
            self.overlay = None;
            return vec![Effect::Open(opening)];
        }
        if let Some(address) = item.link.clone() {
            self.overlay = None;
            self.tell(&format!("opening {}", address.host()));
            return vec![Effect::Browse(address)];
        }
        match (item.at, item.id) {
            (None, Some(id)) if topic == Topic::Deleted => {
                self.overlay = None;
                return vec![Effect::Restore(Which { id, article: item.article })];
            }
            (Some(at), id) => {
                self.overlay = None;
                self.go_to(at);
                let confirmed = id.zip(item.span);
                return confirmed.map(|(id, span)| Effect::Confirm(id, span)).into_iter().collect();
            }
            (None, Some(_)) => self.tell("its words are not in this text any more"),
            (None, None) => {}
        }
        Vec::new()
    }
}

fn bookmark(mark: &Mark) -> Item {
    Item {
        lead: mark.state().into(),
        text: mark.words.clone(),
        more: mark.note.clone(),
        at: mark.span.map(|span| span.start),
        id: Some(mark.id.clone()),
        when: mark.created.clone(),
        verdict: Some(mark.verdict),
        ..Item::default()
    }
}
