//! What the reader sees and does, as data: the [`Model`], the [`action::Action`]s that change it
//! and the [`action::Effect`]s that they ask for.
//!
//! A key becomes an action, [`update::update`] is the only thing that changes the model, and
//! drawing only looks at it. Geometry is asked of [`crate::layout`] whenever it is needed.
//!
//! May not know: ratatui, crossterm, files, threads, the clock.

pub mod action;
pub mod aloud;
pub mod copy;
pub mod entities;
pub mod file;
pub mod keys;
pub mod lists;
pub mod marks;
pub mod mouse;
pub mod reading;
pub mod search;
pub mod settings;
pub mod status;
pub mod ties;
pub mod update;

use std::sync::Arc;

use crate::analysis::{Analysis, Entity, Ties};
use crate::article::Document;
use crate::article::bulk::Bulk;
use crate::layout::flow::Flow;
use crate::layout::folds::Folds;
use crate::layout::panes::{self, Area, Column, Pane, Panes, Size, Split};
use crate::layout::wrapped::Wrapped;
use crate::text::span::Span;

/// Everything that is on the screen, and what has to be remembered between two keys.
#[derive(Clone, Debug)]
pub struct Model {
    /// The article. Never changed.
    pub doc: Arc<Document>,
    /// What was found in it so far.
    pub found: Analysis,
    /// How much of it was looked through for that.
    pub progress: file::progress::Progress,
    /// Set while the rest of the article is still being read.
    pub arriving: Option<file::arriving::Arriving>,
    /// Set while an article is fetched from the web: this one, or another one.
    pub fetching: Option<file::fetching::Fetching>,
    /// What became of its file since it was read.
    pub changed: Option<file::reload::Change>,
    /// What the reader chose for every article.
    pub settings: Arc<settings::Settings>,
    /// The screen and how it is divided.
    pub view: View,
    /// Where the reader is in the body.
    pub body: reading::reader::Place,
    /// Where the reader is in the discussion.
    pub comments: reading::reader::Place,
    /// Lines near the screen as they were wrapped last: of the body, and of the discussion.
    pub wrapped: [Wrapped; 2],
    /// Folded threads, and which comments are shown at all.
    pub folds: Folds,
    /// Comments that are new since the last reading, until they are dismissed. Invariant: sorted.
    pub fresh: Arc<Bulk<u32>>,
    /// What the reader corrected in the list of names.
    pub corrections: entities::correct::Corrections,
    /// The list of names.
    pub entities: entities::List,
    /// Other articles in which its names were read.
    pub elsewhere: Arc<entities::elsewhere::Elsewhere>,
    /// Bookmarks of this article.
    pub marks: marks::Marks,
    /// What was searched for.
    pub search: search::Search,
    /// Where the reader came from, and what `n` and `Enter` go on with.
    pub jumps: reading::jumps::Jumps,
    /// What a selection began with.
    pub selection: Option<reading::passage::Selection>,
    /// What the mouse holds.
    pub grip: Option<mouse::Grip>,
    /// What lies over the panes.
    pub overlay: Option<lists::overlay::Overlay>,
    /// The list that was asked for and is not there yet.
    pub awaited: Option<action::Topic>,
    /// The picture that was asked for and is not there yet, by its index.
    pub awaited_picture: Option<u32>,
    /// The names of the actions that were chosen in the palette lately, the last one first.
    pub recent: Vec<String>,
    /// Keys that have been waiting for more for a moment: what can follow them is shown.
    pub prefix: Vec<keys::Key>,
    /// What the status line says until the next key.
    pub message: Option<String>,
}

/// The screen and how it is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Of the terminal, in cells.
    pub size: Size,
    /// How it is divided.
    pub split: Split,
    /// Widest line of the body, in cells.
    pub measure: u16,
    /// The reading pane that had the focus last: body or comments.
    pub reading: Pane,
    /// Whether the comments follow the article while it is scrolled.
    pub step: bool,
    /// Whose the mouse is.
    pub mouse: mouse::Capture,
    /// Whether sentences that retell the article are linked to it, or quotations only.
    pub echoes: bool,
}

impl Model {
    /// A model that shows the start of an article, as a reader has it who chose nothing.
    pub fn new(doc: Arc<Document>, size: Size) -> Self {
        Self::of(doc, size, Arc::default())
    }

    /// A model that shows the start of an article.
    pub fn of(doc: Arc<Document>, size: Size, settings: Arc<settings::Settings>) -> Self {
        let start = doc.blocks.get(doc.body.start as usize).map_or(0, |block| block.span.start);
        let discussion = !doc.comments.is_empty();
        let split = Split {
            focus: Pane::Body,
            side: if discussion { Pane::Comments } else { Pane::Entities },
            zoom: false,
            share: settings.share,
            discussion,
        };
        let comments = reading::reader::Place::at(doc.discussion_start());
        let mut model = Self {
            folds: Folds::new(&doc),
            fresh: Arc::default(),
            body: reading::reader::Place { top: 0, at: start },
            comments,
            wrapped: Default::default(),
            doc,
            found: Analysis::default(),
            progress: file::progress::Progress::default(),
            arriving: None,
            fetching: None,
            changed: None,
            view: View {
                size,
                split,
                measure: settings.measure,
                reading: Pane::Body,
                step: false,
                mouse: settings.mouse,
                echoes: settings.echoes,
            },
            settings,
            corrections: entities::correct::Corrections::default(),
            entities: entities::List::default(),
            elsewhere: Arc::default(),
            marks: marks::Marks::default(),
            search: search::Search::default(),
            jumps: reading::jumps::Jumps::default(),
            selection: None,
            grip: None,
            overlay: None,
            awaited: None,
            awaited_picture: None,
            recent: Vec::new(),
            prefix: Vec::new(),
            message: None,
        };
        model.tell_problems();
        model.keep_in_view(Pane::Body);
        model
    }

    /// The screen, divided.
    pub fn panes(&self) -> Panes {
        panes::panes(self.view.size, &self.view.split)
    }

    /// The inside of a pane without its foot.
    pub fn inner(&self, pane: Pane) -> Area {
        let room = self.room(pane);
        Area { height: room.height - self.foot(pane).height, ..room }
    }

    /// The foot of a pane, which no row of the text takes: empty but below some comments.
    pub fn foot(&self, pane: Pane) -> Area {
        let rows = if pane == Pane::Comments { self.tie_rows() } else { 0 };
        panes::foot(self.room(pane), rows)
    }

    /// All inside a pane; where the pane is not on the screen, what it would be alone.
    pub fn room(&self, pane: Pane) -> Area {
        let area = self.panes().of(pane).unwrap_or_else(|| {
            let alone = Split { focus: pane, zoom: true, ..self.view.split };
            panes::panes(self.view.size, &alone).of(pane).unwrap_or_default()
        });
        if panes::boxed(self.view.size) { area.inner() } else { area }
    }

    /// The column of text inside a pane.
    pub fn column(&self, pane: Pane) -> Column {
        let measure = if pane == Pane::Body { self.view.measure } else { u16::MAX };
        panes::column(self.inner(pane), pane, measure)
    }

    /// The rows of a reading pane.
    pub fn flow(&self, pane: Pane) -> Flow<'_> {
        let width = self.column(pane).text.width;
        let flow = match pane {
            Pane::Comments => Flow::comments(&self.doc, &self.folds, width),
            _ => Flow::body(&self.doc, &self.folds, width),
        };
        let wrapped = &self.wrapped[side(pane)];
        flow.set(self.settings.setting).knowing(wrapped)
    }

    /// The pane that has the focus.
    pub fn focus(&self) -> Pane {
        self.view.split.focus
    }

    /// Where the reader is: the byte under the cursor of the last reading pane.
    pub fn at(&self) -> u32 {
        self.place(self.view.reading).at
    }

    /// The place in a reading pane.
    pub fn place(&self, pane: Pane) -> &reading::reader::Place {
        if pane == Pane::Comments { &self.comments } else { &self.body }
    }

    /// The reading pane that shows byte `at`.
    pub fn pane_of(&self, at: u32) -> Pane {
        let discussion = !self.doc.comments.is_empty() && at >= self.doc.discussion_start();
        if discussion { Pane::Comments } else { Pane::Body }
    }

    /// The comment under the cursor of the discussion.
    pub fn comment(&self) -> Option<usize> {
        self.doc.comment_at(self.comments.at)
    }

    /// Its bytes; none where there is no comment.
    pub fn comment_span(&self) -> Span {
        let comment = self.comment().map(|index| &self.doc.comments[index]);
        comment.map_or(Span::default(), |comment| self.doc.comment_span(comment))
    }

    /// The entity whose mentions are lit.
    pub fn selected(&self) -> Option<&Entity> {
        self.found.names.entities.get(self.entities.selected? as usize)
    }

    /// The links that the reader wants to see.
    pub fn ties(&self) -> &Ties {
        let links = &self.found.links;
        if self.view.echoes { &links.all } else { &links.quotes }
    }
}

/// Which of two things that the reading panes have is this pane's.
const fn side(pane: Pane) -> usize {
    matches!(pane, Pane::Comments) as usize
}
