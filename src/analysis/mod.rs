//! What can be found out about a document by reading it: its entities with their mentions, and
//! the links from what a comment says to the passage that it quotes or retells.
//!
//! The two know nothing of each other, so that each can be there before the other.
//!
//! May not know: state, width, files. It cannot fail.

pub mod corrections;
pub mod directory;
pub mod entities;
pub mod links;
mod mentions;

use std::cmp::Reverse;
use std::sync::Arc;

use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};

use crate::article::Document;
use crate::article::bulk::Bulk;
use crate::text::span::Span;
use directory::Directory;
pub use mentions::Mentions;

/// Everything that was found. It is shared rather than copied: either half may be large.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The names that the text speaks of.
    pub names: Arc<Names>,
    /// What comments say of passages.
    pub links: Arc<Links>,
}

/// Entities and where they are mentioned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The people, places and so on, most mentioned first.
    pub entities: Vec<Entity>,
    /// All mentions of all entities. Invariant: disjoint and sorted.
    pub mentions: Bulk<Mention>,
    /// For each [`Order`], the indices of all entities, those under one heading together.
    listed: [Vec<u32>; Order::ALL.len()],
    /// What can be gone to by name.
    pub directory: Directory,
}

/// Links from comments to passages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// Quotations and echoes.
    pub all: Ties,
    /// Quotations only.
    pub quotes: Ties,
}

/// Some links, to be looked up from either end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// Invariant: sorted by `from`.
    pub links: Bulk<Link>,
    /// Indices into `links`, sorted by `to`: the way back from a passage to its comments.
    pub by_target: Bulk<u32>,
}

/// One thing that the text speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its fullest common name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The other forms that stand in the text.
    pub aliases: Vec<String>,
    /// Where it is mentioned. Invariant: disjoint and sorted.
    pub mentions: Mentions,
    /// How many of the mentions stand before the discussion.
    pub in_body: u32,
    /// Whether it is one of those who comment, and not named in the article.
    pub commenter: bool,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A person.
    Person,
    /// A place, country or region.
    Place,
    /// An organization.
    Organization,
    /// A people, nationality or religion.
    Group,
    /// An event.
    Event,
    /// A work: book, film, newspaper.
    Work,
    /// A law or treaty.
    Law,
    /// A product.
    Product,
    /// A name of no known kind.
    Other,
}

impl Kind {
    /// All, in the order of the side list.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Place,
        Self::Organization,
        Self::Group,
        Self::Event,
        Self::Work,
        Self::Law,
        Self::Product,
        Self::Other,
    ];

    /// Its name in `inspect --json` and `tag`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organization => "organization",
            Self::Group => "group",
            Self::Event => "event",
            Self::Work => "work",
            Self::Law => "law",
            Self::Product => "product",
            Self::Other => "other",
        }
    }

    /// Its heading in the side list.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Person => "People",
            Self::Place => "Places",
            Self::Organization => "Organizations",
            Self::Group => "Groups",
            Self::Event => "Events",
            Self::Work => "Works",
            Self::Law => "Laws",
            Self::Product => "Products",
            Self::Other => "Other names",
        }
    }
}

/// One mention of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// Index into [`Names::entities`].
    pub entity: u32,
}

impl Mention {
    /// All mentions of some entities in the order of the text.
    fn of_all(entities: &[Entity]) -> Bulk<Self> {
        let mut all = Bulk::with_room(entities.iter().map(|entity| entity.mentions.len()).sum());
        for (number, entity) in (0..).zip(entities) {
            all.extend(entity.mentions.iter().map(|&span| Self { span, entity: number }));
        }
        all.sort_unstable_by_key(|mention| mention.span);
        all
    }
}

/// Entities, the most mentioned first, then by their first mention; and all their mentions.
fn ordered(mut entities: Vec<Entity>) -> (Vec<Entity>, Bulk<Mention>) {
    entities.sort_unstable_by_key(|entity| {
        (Reverse(entity.mentions.len()), entity.mentions.first().copied())
    });
    let mentions = Mention::of_all(&entities);
    (entities, mentions)
}

/// A tie from the words of a comment to a passage.
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Link {
    /// The words of the comment, without their quotation marks.
    pub from: Span,
    /// The passage, in the body or in an earlier comment.
    pub to: Span,
    /// 1 = word for word; lower = altered.
    pub score: f32,
    /// Number of its kind in [`LinkKind::ALL`].
    kind: u32,
}

impl Link {
    /// From some words to a passage.
    pub const fn new(kind: LinkKind, (from, to): (Span, Span), score: f32) -> Self {
        Self { from, to, score, kind: kind as u32 }
    }

    /// Whether it quotes or retells.
    pub const fn kind(&self) -> LinkKind {
        LinkKind::ALL[self.kind as usize]
    }
}

/// How a comment takes up a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// In quotation marks or set off as a quotation.
    Quote,
    /// Retold in nearly the same words.
    Echo,
}

impl LinkKind {
    const ALL: [Self; 2] = [Self::Quote, Self::Echo];

    /// Its name in `inspect --json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Echo => "echo",
        }
    }
}

/// The order of the entities of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Most mentioned first.
    #[default]
    Count,
    /// First mentioned first.
    Place,
    /// By name.
    Name,
}

impl Order {
    /// All.
    pub const ALL: [Self; 3] = [Self::Count, Self::Place, Self::Name];
}

impl Entity {
    /// What it stands under in the side list.
    pub fn heading(&self) -> &'static str {
        if self.commenter { "Commenters" } else { self.kind.heading() }
    }

    /// Sorts entities by heading. Those who comment stand last: there may be hundreds of them,
    /// and it is others that are spoken of.
    fn section(&self) -> (bool, Kind) {
        (self.commenter, self.kind)
    }
}

impl Analysis {
    /// Reads the whole document. Time grows linearly with its text.
    pub fn of(doc: &Document) -> Self {
        let (entities, mentions) = entities::find(doc);
        let names = Arc::new(Names::new(entities, mentions, Directory::of(doc)));
        Self { names, links: Arc::new(Links::new(links::find(doc).into())) }
    }
}

impl Names {
    /// Entities with all their mentions, put in every order that they are listed in.
    pub fn new(entities: Vec<Entity>, mentions: Bulk<Mention>, directory: Directory) -> Self {
        let listed = Order::ALL.map(|order| listed(&entities, order));
        Self { entities, mentions, listed, directory }
    }

    /// Indices of all entities, heading after heading.
    pub fn listed(&self, order: Order) -> &[u32] {
        &self.listed[order as usize]
    }

    /// The same names in a text that begins `by` bytes earlier.
    #[must_use]
    pub fn moved(mut self, by: u32) -> Self {
        for entity in &mut self.entities {
            entity.mentions = entity.mentions.iter().map(|span| span.moved(by)).collect();
        }
        self.mentions.iter_mut().for_each(|mention| mention.span = mention.span.moved(by));
        self
    }

    /// The entity mentioned at byte `at`.
    pub fn entity_at(&self, at: u32) -> Option<u32> {
        let after = self.mentions.partition_point(|mention| mention.span.start <= at);
        let mention = self.mentions[..after].last()?;
        mention.span.contains(at).then_some(mention.entity)
    }

    /// The mentions that share a byte with `window`.
    pub fn mentions_in(&self, window: Span) -> &[Mention] {
        let first = self.mentions.partition_point(|mention| mention.span.end <= window.start);
        let rest = &self.mentions[first..];
        &rest[..rest.partition_point(|mention| mention.span.start < window.end)]
    }
}

fn listed(entities: &[Entity], order: Order) -> Vec<u32> {
    let mut all: Vec<u32> = (0..entities.len() as u32).collect();
    let entity = |index: u32| &entities[index as usize];
    let place = |index| (entity(index).section(), entity(index).mentions.first().copied());
    let count = |index| (entity(index).section(), Reverse(entity(index).mentions.len()));
    match order {
        Order::Count => all.sort_by_key(|&index| count(index)),
        Order::Place => all.sort_by_key(|&index| place(index)),
        Order::Name => {
            all.sort_by_cached_key(|&index| {
                (entity(index).section(), entity(index).name.to_lowercase())
            });
        }
    }
    all
}

impl Links {
    /// Links in any order, made ready to be looked up.
    pub fn new(mut links: Bulk<Link>) -> Self {
        links.sort_unstable_by_key(|link| (link.from, link.to));
        let quotes = links.iter().filter(|link| link.kind() == LinkKind::Quote).copied().collect();
        Self { all: Ties::new(links), quotes: Ties::new(quotes) }
    }
}

impl Ties {
    fn new(links: Bulk<Link>) -> Self {
        let mut by_target: Bulk<u32> = (0..links.len() as u32).collect();
        by_target.sort_unstable_by_key(|&link| (links[link as usize].to, link));
        Self { links, by_target }
    }

    /// The links whose words start inside `span`.
    pub fn leaving(&self, span: Span) -> &[Link] {
        let first = self.links.partition_point(|link| link.from.start < span.start);
        let count = self.links[first..].partition_point(|link| link.from.start < span.end);
        &self.links[first..first + count]
    }

    /// The links whose passage starts inside `span`, in the order of the passages.
    pub fn reaching(&self, span: Span) -> impl ExactSizeIterator<Item = &Link> {
        let rest = self.reaching_from(span.start);
        let count = rest.partition_point(|&link| self.links[link as usize].to.start < span.end);
        rest[..count].iter().map(|&link| &self.links[link as usize])
    }

    /// How many of them there are, at most `most`.
    pub fn count_reaching(&self, span: Span, most: usize) -> usize {
        let inside = |&&link: &&u32| self.links[link as usize].to.start < span.end;
        match most {
            0 => 0,
            _ => self.reaching_from(span.start).iter().take(most).take_while(inside).count(),
        }
    }

    /// The links, as indices, whose passage starts at byte `at` or later.
    fn reaching_from(&self, at: u32) -> &[u32] {
        let before = |&link: &u32| self.links[link as usize].to.start < at;
        &self.by_target[self.by_target.partition_point(before)..]
    }
}
