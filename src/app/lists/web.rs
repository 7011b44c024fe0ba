//! Pages of the web that the reader may have fetched and opened here. Nothing is fetched before the
//! host that would be asked has been shown.
//!
//! May not know: how a page is fetched.

use crate::app::Model;
use crate::app::action::Topic;
use crate::app::lists::item::{Item, Location, Opening};
use crate::article::Part;
use crate::text::address::Address;

impl Model {
    /// The pages of the line that the open list points at; where none is open, those of the article
    /// and of the paragraph under the cursor. Each is there once.
    pub fn pages(&self) -> Vec<Item> {
        let items = match self.list() {
            Some(list) => {
                list.pointed().map(|item| self.pages_of(list.topic, item)).unwrap_or_default()
            }
            None => self.pages_here(),
        };
        let mut pages: Vec<Item> = Vec::new();
        for item in items {
            if !pages.iter().any(|known| known.opens == item.opens) {
                pages.push(item);
            }
        }
        pages
    }

    fn pages_of(&self, topic: Topic, item: &Item) -> Vec<Item> {
        let part = item.opens.as_ref().map(|opening| opening.part);
        let listed = match part {
            Some(Part::Article(number)) if topic == Topic::Folder => {
                self.doc.articles.get(number as usize)
            }
            _ => None,
        };
        match listed {
            Some(one) => self.page_and_discussion([&one.url, &one.discussion], &one.title),
            None => item.link.iter().filter_map(|link| page(link, &item.text)).collect(),
        }
    }

    fn pages_here(&self) -> Vec<Item> {
        let head = &self.doc.head;
        let title = head.title.as_deref().unwrap_or("this article");
        let mut pages = self.page_and_discussion([&head.url, &head.discussion], title);
        let links = self.links_out().into_iter();
        pages.extend(links.filter_map(|item| page(&item.link?, &item.text)));
        pages
    }

    fn page_and_discussion(&self, urls: [&Option<String>; 2], title: &str) -> Vec<Item> {
        let words = [title.to_owned(), format!("the discussion of {title}")];
        let pages = urls.into_iter().zip(words);
        let page = |(url, words): (&Option<String>, String)| {
            page(&self.address(url.as_deref()?).ok()?, &words)
        };
        pages.filter_map(page).collect()
    }
}

/// A line that fetches a page: who is asked, then what it is said to be. The same page is not fetched
/// twice for two places of it.
fn page(address: &Address, words: &str) -> Option<Item> {
    let whole = address.as_str().split('#').next().unwrap_or_default();
    let address = Address::parse(whole, None).ok().filter(Address::is_web)?;
    Some(Item {
        lead: address.host(),
        text: words.to_owned(),
        more: [address.warnings(), vec![address.as_str().to_owned()]].concat().join(" · "),
        opens: Some(Opening::of(Location::Web(address))),
        ..Item::default()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::action::{Action, Effect};
    use crate::app::lists::overlay::Overlay;
    use crate::app::update::update;
    use crate::article::load;
    use crate::layout::panes::Size;

    const FEED: &str = "<rss><channel><title>News of the coast</title>\
        <item><title>Low Water</title><link>https://coast.example/low</link>\
        <comments>https://talk.example/t/7</comments><description>Dry.</description></item>\
        <item><title>High Water</title><link>https://coast.example/high</link>\
        <comments>https://coast.example/high#comments</comments></item></channel></rss>";

    fn model(text: &str) -> Model {
        let doc = load::document(text.as_bytes().to_vec());
        Model::new(Arc::new(doc), Size { width: 80, height: 24 })
    }

    /// What can be fetched: hosts and words.
    fn offered(model: &Model) -> Vec<(String, String)> {
        let Some(Overlay::List(list)) = &model.overlay else { panic!("{:?}", model.message) };
        assert_eq!(list.topic, Topic::Web);
        list.lines(0).map(|item| (item.lead.clone(), item.text.clone())).collect()
    }

    fn line(host: &str, words: &str) -> (String, String) {
        (host.to_owned(), words.to_owned())
    }

    #[test]
    fn the_host_is_shown_before_anything_is_fetched() {
        let mut model = model(FEED);
        assert_eq!(update(&mut model, Action::List(Topic::Web)), []);
        let discussion = line("talk.example", "the discussion of Low Water");
        assert_eq!(offered(&model), [line("coast.example", "Low Water"), discussion]);
        update(&mut model, Action::Choose(2));
        let effects = update(&mut model, Action::List(Topic::Web));
        assert_eq!(effects, []);
        let effects = update(&mut model, Action::Choose(2));
        let [Effect::Open(Opening { location: Location::Web(address), .. })] = &effects[..] else {
            panic!("{effects:?}")
        };
        assert_eq!(address.as_str(), "https://talk.example/t/7");
    }

    #[test]
    fn a_line_of_a_list_has_its_own_pages() {
        let mut model = model(FEED);
        let line_of = |number, part| Item {
            text: format!("line {number}"),
            opens: Some(Opening { part, ..Opening::file("/news.xml") }),
            ..Item::default()
        };
        let lines = vec![line_of(1, Part::Article(0)), line_of(2, Part::Article(1))];
        model.show_list(Topic::Folder, lines);
        model.list_mut().expect("a list").point(1);
        update(&mut model, Action::List(Topic::Web));
        // Its comments are on the same page.
        assert_eq!(offered(&model), [line("coast.example", "High Water")]);
        model.show_list(Topic::Folder, vec![line_of(3, Part::Whole)]);
        update(&mut model, Action::List(Topic::Web));
        assert!(model.message.is_some_and(|said| said.contains("no") || said.contains("nothing")));
    }

    #[test]
    fn letters_and_files_are_not_fetched() {
        let mut model = model(
            "# Tides\n\nSee [a](https://a.example/x#y), [b](mailto:b@c.example), [c](file:///etc/hosts).\n",
        );
        update(&mut model, Action::List(Topic::Web));
        assert_eq!(offered(&model), [line("a.example", "a")]);
    }
}
