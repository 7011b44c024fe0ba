//! Which bytes are lit, and in which role. The theme decides what a role looks like.

use crate::analysis::{Link, LinkKind};
use crate::app::Model;
use crate::article::{Document, Inline};
use crate::layout::panes::Pane;
use crate::text::span::{self, Span};

/// Why some words stand out. The later ones win over the earlier where they meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A link out of the text.
    Link,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Code inside running text.
    Code,
    /// Struck out.
    Struck,
    /// A name, while the list of names has the focus.
    Mention,
    /// A name of the same kind as the selected one, likewise.
    Kin,
    /// Words of a comment that quote the article.
    Quoting,
    /// A bookmarked passage.
    Bookmark,
    /// An end of a link that retells what the cursor is on.
    Echo,
    /// An end of a link that quotes what the cursor is on.
    Quote,
    /// A mention of the selected entity.
    Selected,
    /// A search hit.
    Hit,
    /// What is being selected.
    Selection,
    /// The hit, mention or quotation that the cursor came to.
    Current,
    /// Words of a bookmark that are gone.
    Gone,
    /// Words that came for them.
    New,
}

impl Role {
    /// All, in order.
    pub const ALL: [Self; 17] = [
        Self::Link,
        Self::Emphasis,
        Self::Strong,
        Self::Code,
        Self::Struck,
        Self::Mention,
        Self::Kin,
        Self::Quoting,
        Self::Bookmark,
        Self::Echo,
        Self::Quote,
        Self::Selected,
        Self::Hit,
        Self::Selection,
        Self::Current,
        Self::Gone,
        Self::New,
    ];

    /// Whether it says why the words stand out now; the others say how they are set.
    pub const fn is_passing(self) -> bool {
        use Role::{Current, Echo, Hit, Kin, Mention, Quote, Selected, Selection};
        matches!(self, Current | Echo | Hit | Kin | Mention | Quote | Selected | Selection)
    }

    /// What the config calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Emphasis => "emphasis",
            Self::Strong => "strong",
            Self::Code => "code",
            Self::Struck => "struck",
            Self::Mention => "mention",
            Self::Kin => "kin",
            Self::Quoting => "quoting",
            Self::Bookmark => "bookmark",
            Self::Echo => "echo",
            Self::Quote => "quote",
            Self::Selected => "selected",
            Self::Hit => "hit",
            Self::Selection => "selection",
            Self::Current => "current",
            Self::Gone => "gone",
            Self::New => "new",
        }
    }
}

/// What is lit at the moment, gathered once a frame.
#[derive(Clone, Debug)]
pub struct Lit<'a> {
    model: &'a Model,
    /// Both ends of the links of what the cursor is on. Invariant: sorted by start.
    tied: Vec<(Span, Role)>,
    /// Mentions of the selected entity.
    selected: &'a [Span],
    selection: Option<Span>,
    current: Option<Span>,
}

/// At most so many links of one passage are lit: more than a screen holds.
const MOST: usize = 512;

impl<'a> Lit<'a> {
    /// Gathers what is lit.
    pub fn of(model: &'a Model) -> Self {
        Self {
            model,
            tied: tied(model),
            selected: model.selected().map_or(&[], |entity| &entity.mentions),
            selection: model.selection.map(|_| model.passage()),
            current: current(model),
        }
    }

    /// The roles inside a row, in order and disjoint.
    pub fn row(&self, row: Span) -> Vec<(Span, Role)> {
        let mut layers: Vec<(Span, Role)> = Vec::new();
        let doc = &self.model.doc;
        layers.extend(links_in(doc, row).map(|span| (span, Role::Link)));
        layers.extend(styles_in(doc, row));
        self.lay_mentions(row, &mut layers);
        let links = &self.model.ties().links;
        layers.extend(quoting(links, row).map(|span| (span, Role::Quoting)));
        let marks = self.model.marks.placed().map(|(span, _)| (span, Role::Bookmark));
        layers.extend(marks.filter(|(span, _)| span.intersect(row).is_some()));
        layers.extend(self.tied.iter().copied());
        layers.extend(span::within(self.selected, row).iter().map(|&one| (one, Role::Selected)));
        let hits = span::within(&self.model.search.hits, row);
        layers.extend(hits.iter().map(|&hit| (hit, Role::Hit)));
        layers.extend(self.selection.map(|span| (span, Role::Selection)));
        layers.extend(self.current.map(|span| (span, Role::Current)));
        flatten(row, layers)
    }

    fn lay_mentions(&self, row: Span, layers: &mut Vec<(Span, Role)>) {
        if self.model.focus() != Pane::Entities {
            return;
        }
        let names = &self.model.found.names;
        let kind = |entity: u32| names.entities.get(entity as usize).map(|one| one.kind);
        let selected = self.model.entities.selected.and_then(kind);
        let role = |entity| {
            if selected.is_some() && kind(entity) == selected { Role::Kin } else { Role::Mention }
        };
        let inside = names.mentions_in(row).iter();
        layers.extend(inside.map(|mention| (mention.span, role(mention.entity))));
    }
}

/// Both ends of the links of the comment or paragraph under the cursor.
fn tied(model: &Model) -> Vec<(Span, Role)> {
    let role = |link: &Link| match link.kind() {
        LinkKind::Quote => Role::Quote,
        LinkKind::Echo => Role::Echo,
    };
    let ends = |link: &Link| [(link.from, role(link)), (link.to, role(link))];
    let mut tied: Vec<(Span, Role)> = match model.view.reading {
        Pane::Comments => model.links_of_comment().iter().take(MOST).flat_map(ends).collect(),
        _ => model.ties().reaching(model.paragraph()).take(MOST).flat_map(ends).collect(),
    };
    tied.sort_unstable();
    tied
}

/// The hit, mention or quotation that starts at the cursor.
fn current(model: &Model) -> Option<Span> {
    let at = model.at();
    let starts = |spans: &[Span]| {
        let index = spans.partition_point(|span| span.start < at);
        spans.get(index).copied().filter(|span| span.start == at)
    };
    if let Some(hit) = starts(&model.search.stops) {
        return Some(hit);
    }
    if let Some(mention) = model.selected().and_then(|entity| starts(&entity.mentions)) {
        return Some(mention);
    }
    model.jumps.followed.map(|followed| followed.to).filter(|to| to.start == at)
}

fn quoting(links: &[Link], row: Span) -> impl Iterator<Item = Span> + '_ {
    // Quotations of one comment do not reach far: those that start a little before the row may
    // still cover it.
    let first = links.partition_point(|link| link.from.start < row.start.saturating_sub(4096));
    let rest = links[first..].iter().take_while(move |link| link.from.start < row.end);
    rest.filter(|link| link.kind() == LinkKind::Quote).map(|link| link.from)
}

/// Links, and pictures, which lead to what they show.
fn links_in(doc: &Document, row: Span) -> impl Iterator<Item = Span> + '_ {
    let first = doc.links.partition_point(|link| link.span.end <= row.start);
    let links = doc.links[first..].iter().map(|link| link.span);
    let first = doc.pictures.partition_point(|picture| picture.span.end <= row.start);
    let pictures = doc.pictures[first..].iter().map(|picture| picture.span);
    let starts_here = move |span: &Span| span.start < row.end;
    links.take_while(starts_here).chain(pictures.take_while(starts_here))
}

fn styles_in(doc: &Document, row: Span) -> impl Iterator<Item = (Span, Role)> + '_ {
    // Styles may nest, so that only their starts are sorted; none reaches beyond its block.
    let block = doc.blocks.get(doc.block_at(row.start)).map_or(row.start, |block| block.span.start);
    let first = doc.styles.partition_point(|(span, _)| span.start < block);
    let rest = doc.styles[first..].iter().take_while(move |(span, _)| span.start < row.end);
    rest.map(|&(span, style)| {
        let role = match style {
            Inline::Emphasis => Role::Emphasis,
            Inline::Strong => Role::Strong,
            Inline::Code => Role::Code,
            Inline::Struck => Role::Struck,
        };
        (span, role)
    })
}

/// Paints the layers over each other, the greater role on top, and reads the runs off.
fn flatten(row: Span, layers: Vec<(Span, Role)>) -> Vec<(Span, Role)> {
    if layers.is_empty() {
        return Vec::new();
    }
    let mut painted: Vec<Option<Role>> = vec![None; row.len() as usize];
    for (span, role) in layers {
        let Some(part) = span.intersect(row) else { continue };
        let cells = (part.start - row.start) as usize..(part.end - row.start) as usize;
        painted[cells].iter_mut().for_each(|cell| *cell = (*cell).max(Some(role)));
    }
    let mut start = row.start;
    let mut runs = Vec::new();
    for run in painted.chunk_by(|a, b| a == b) {
        let end = start + run.len() as u32;
        runs.extend(run[0].map(|role| (Span::new(start, end), role)));
        start = end;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greater_role_is_on_top() {
        let row = Span::new(10, 20);
        let layers = vec![
            (Span::new(0, 15), Role::Bookmark),
            (Span::new(12, 14), Role::Hit),
            (Span::new(13, 30), Role::Mention),
        ];
        let runs = flatten(row, layers);
        assert_eq!(
            runs,
            [
                (Span::new(10, 12), Role::Bookmark),
                (Span::new(12, 14), Role::Hit),
                (Span::new(14, 15), Role::Bookmark),
                (Span::new(15, 20), Role::Mention),
            ]
        );
    }
}
