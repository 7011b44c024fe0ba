//! What can be found out about a document by reading it: its entities with their mentions, and
//! the links from what a comment says to the passage that it quotes or retells.
//!
//! May not know: state, width, files. It cannot fail.

pub mod corrections;
pub mod directory;
pub mod entities;
pub mod links;

use serde::{Deserialize, Serialize};

use crate::article::Document;
use crate::text::span::Span;
use directory::Directory;

/// Everything that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The people, places and so on, most mentioned first.
    pub entities: Vec<Entity>,
    /// All mentions of all entities. Invariant: disjoint and sorted.
    pub mentions: Vec<Mention>,
    /// Invariant: sorted by `from`.
    pub links: Vec<Link>,
    /// Indices into `links`, sorted by `to`: the way back from a passage to its comments.
    pub by_target: Vec<u32>,
    /// What can be gone to by name.
    pub directory: Directory,
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
    pub mentions: Vec<Span>,
    /// How many of the mentions stand before the discussion.
    pub in_body: u32,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// Index into [`Analysis::entities`].
    pub entity: u32,
}

/// A tie from the words of a comment to a passage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Whether it quotes or retells.
    pub kind: LinkKind,
    /// The words of the comment, without their quotation marks.
    pub from: Span,
    /// The passage, in the body or in an earlier comment.
    pub to: Span,
    /// 1 = word for word; lower = altered.
    pub score: f32,
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
    /// Its name in `inspect --json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Echo => "echo",
        }
    }
}

impl Analysis {
    /// Reads the whole document. Time grows linearly with its text.
    pub fn of(doc: &Document) -> Self {
        let (entities, mentions) = entities::find(doc);
        let mut links = links::find(doc);
        links.sort_by_key(|link| (link.from, link.to));
        let mut by_target: Vec<u32> = (0..links.len() as u32).collect();
        by_target.sort_by_key(|&link| (links[link as usize].to, link));
        Self { entities, mentions, links, by_target, directory: Directory::of(doc) }
    }

    /// The entity mentioned at byte `at`.
    pub fn entity_at(&self, at: u32) -> Option<u32> {
        let after = self.mentions.partition_point(|mention| mention.span.start <= at);
        let mention = self.mentions[..after].last()?;
        mention.span.contains(at).then_some(mention.entity)
    }

    /// The links whose words start inside `span`.
    pub fn links_from(&self, span: Span) -> &[Link] {
        let first = self.links.partition_point(|link| link.from.start < span.start);
        let count = self.links[first..].partition_point(|link| link.from.start < span.end);
        &self.links[first..first + count]
    }

    /// The links whose passage starts inside `span`.
    pub fn links_to(&self, span: Span) -> impl Iterator<Item = &Link> {
        let target = |&link: &u32| self.links[link as usize].to.start;
        let first = self.by_target.partition_point(|link| target(link) < span.start);
        let rest = self.by_target[first..].iter();
        rest.take_while(move |link| target(link) < span.end).map(|&link| &self.links[link as usize])
    }
}
