//! Links out of the text: listed with the host that would be asked, and opened by choice only.

use crate::app::Model;
use crate::app::action::Effect;
use crate::app::keys::keymap::HINTS;
use crate::app::lists::item::Item;
use crate::article::{Block, BlockKind, Link};
use crate::text::address::{Address, LONGEST, Refused};
use crate::text::span::Span;

/// So much of a host is shown, in cells: its end, which tells whose it is.
const HOST: usize = 24;

impl Model {
    /// The links of the paragraph under the cursor, those of the sentence first; by the author
    /// line of a comment, those of the comment.
    pub fn links_out(&self) -> Vec<Item> {
        let (doc, passage) = (&self.doc, self.passage());
        let whole = self.whole().join(passage);
        let first = doc.links.partition_point(|link| link.span.end <= whole.start);
        let inside = doc.links[first..].iter().take_while(|link| link.span.start < whole.end);
        let mut links: Vec<&Link> = inside.collect();
        links.sort_by_key(|link| link.span.intersect(passage).is_none());
        let items = links.into_iter().map(|link| {
            let words = doc.slice(link.span);
            match link.to {
                Some(to) => Item {
                    lead: "this page".into(),
                    text: words.to_owned(),
                    at: Some(to),
                    ..Item::default()
                },
                None => self.link_out(words, &link.url),
            }
        });
        let mut items: Vec<Item> = items.collect();
        items.extend(self.pictures_out(whole));
        for (item, hint) in items.iter_mut().zip(HINTS.chars()) {
            item.lead = format!("{hint} {}", item.lead);
        }
        items
    }

    /// The pictures of a passage that another program can be asked to show.
    fn pictures_out(&self, passage: Span) -> impl Iterator<Item = Item> + '_ {
        let pictures = &self.doc.pictures;
        let first = pictures.partition_point(|picture| picture.span.end <= passage.start);
        let inside = pictures[first..].iter().take_while(move |one| one.span.start < passage.end);
        let web = inside.filter(|picture| picture.src.len() <= LONGEST);
        web.map(|picture| self.link_out(self.doc.slice(picture.span), &picture.src))
            .filter(|item| item.link.is_some())
    }

    /// Opens the link of the open list that a letter stands before.
    pub fn follow_hint(&mut self, hint: char) -> Vec<Effect> {
        let Some(list) = self.list_mut() else { return Vec::new() };
        let hinted =
            |item: &Item| item.lead.strip_prefix(hint).is_some_and(|it| it.starts_with(' '));
        let Some(line) = list.lines(0).position(hinted) else {
            self.tell("no link has this letter");
            return Vec::new();
        };
        list.point(line);
        self.choose()
    }

    fn whole(&self) -> Span {
        let block = self.doc.block_at(self.at());
        let comment = self.doc.comment_of_block(block).map(|index| &self.doc.comments[index]);
        match (self.doc.blocks.get(block).map(Block::kind), comment) {
            (Some(BlockKind::Author), Some(comment)) => self.doc.comment_span(comment),
            _ => self.paragraph(),
        }
    }

    /// A line for an address that the file gives: who would be asked, then what the file says.
    pub fn link_out(&self, words: &str, url: &str) -> Item {
        match self.address(url) {
            Ok(address) => Item {
                lead: end_of(&address.host()),
                text: words.to_owned(),
                more: [address.warnings(), vec![address.as_str().to_owned()]].concat().join(" · "),
                link: Some(address),
                ..Item::default()
            },
            Err(why) => Item {
                lead: "not opened".into(),
                text: words.to_owned(),
                more: format!("{why} · {url}"),
                ..Item::default()
            },
        }
    }

    /// An address as the article means it.
    pub fn address(&self, url: &str) -> Result<Address, Refused> {
        Address::parse(url, self.doc.head.url.as_deref())
    }
}

/// A host, which is ASCII, cut at its start: whose it is stands at its end.
fn end_of(host: &str) -> String {
    match host.len().checked_sub(HOST).and_then(|from| host.get(from + 1..)) {
        Some(end) if host.len() > HOST => format!("…{end}"),
        _ => host.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::action::{Action, Topic};
    use crate::app::lists::overlay::Overlay;
    use crate::app::update::update;
    use crate::article::load;
    use crate::layout::panes::Size;

    #[test]
    fn links_are_listed_with_their_hosts_and_opened_by_choice() {
        let page = "# Tides\n\nOne [bank](https://bank.example@evil.example/x). \
                    Two [page](file:///etc/passwd), [far](https://accounts.bank.example.and.far.evil.example/).\n";
        let doc = load::document(page.as_bytes().to_vec());
        let mut model = Model::new(Arc::new(doc), Size { width: 80, height: 24 });
        update(&mut model, Action::List(Topic::Links));
        let Some(Overlay::List(list)) = &model.overlay else { panic!("no list") };
        let leads: Vec<&str> = list.lines(0).map(|item| item.lead.as_str()).collect();
        assert_eq!(leads, ["a evil.example", "s not opened", "d …le.and.far.evil.example"]);
        let pointed = list.pointed().expect("a line");
        assert!(pointed.more.starts_with("what stands before the @"));
        let effects = update(&mut model, Action::Hint('a'));
        assert!(matches!(&effects[..], [Effect::Browse(it)] if it.host() == "evil.example"));
        assert_eq!(model.overlay, None);
    }

    #[test]
    fn what_is_not_opened_stays_in_the_list() {
        let doc = load::document(b"# T\n\nSee [it](javascript:alert(1)).\n".to_vec());
        let mut model = Model::new(Arc::new(doc), Size { width: 80, height: 24 });
        update(&mut model, Action::List(Topic::Links));
        assert_eq!(update(&mut model, Action::Go), []);
        assert!(model.overlay.is_some());
    }
}
