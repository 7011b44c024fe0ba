//! What the reader chose for every article: keys, measure, share of the panes.
//!
//! May not know: the file that it comes from.

use std::sync::Arc;

use crate::app::Model;
use crate::app::action::{Action, Effect};
use crate::app::keys::keymap::Keymap;
use crate::app::mouse::Capture;
use crate::app::reading::raster::Protocol;
use crate::article::formats::Formats;
use crate::layout::hyphen::Language;
use crate::layout::setting::{Edge, Setting};
use crate::layout::wrap::Fit;

/// What the reader chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Which keys do what.
    pub keymap: Keymap,
    /// Widest line of the body, in cells.
    pub measure: u16,
    /// Share of the body beside the comments, in percent.
    pub share: u16,
    /// How paragraphs are set.
    pub setting: Setting,
    /// Whose the mouse is at first.
    pub mouse: Capture,
    /// Whether sentences that retell the article are linked at first.
    pub echoes: bool,
    /// Whether the terminal's cursor stands where the reader is.
    pub cursor: bool,
    /// Whether what goes on behind the reader's back is told by numbers that change.
    pub motion: bool,
    /// Which formats are read as what they are.
    pub formats: Formats,
    /// What opens addresses and files.
    pub openers: Openers,
    /// How pictures are shown.
    pub pictures: Pictures,
    /// What is wrong in the file that they come from, a sentence each.
    pub problems: Vec<String>,
}

/// Programs as words, the program first; none where the environment says which. No shell reads
/// them: `{url}`, `{file}` and `{line}` stand for what is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Openers {
    /// Opens addresses.
    pub browser: Vec<String>,
    /// Opens notes and the file of the article.
    pub editor: Vec<String>,
    /// Whether the terminal is told where links lead, so that it can open them too.
    pub hyperlinks: Hyperlinks,
}

/// Whether the terminal is told where links lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hyperlinks {
    /// Of those that may be opened and need no warning.
    #[default]
    On,
    /// Of none.
    Off,
}

/// How pictures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pictures {
    /// By the terminal where its name says that it can, else in cells.
    #[default]
    Auto,
    /// By the terminal.
    By(Protocol),
    /// In cells.
    Blocks,
}

/// Widest line of the body where nothing else is chosen, in cells. 66 characters a line is the
/// figure that Bringhurst's “Elements of Typographic Style” calls ideal.
pub const MEASURE: u16 = 66;

/// Share of the body beside the comments where nothing else is chosen, in percent.
pub const SHARE: u16 = 62;

/// Widest and narrowest column of the body that can be chosen, in cells.
pub const MEASURES: std::ops::RangeInclusive<u16> = 20..=200;

/// Share of the body beside the comments that can be chosen, in percent.
pub const SHARES: std::ops::RangeInclusive<u16> = 25..=80;

impl Default for Settings {
    fn default() -> Self {
        Self {
            keymap: Keymap::default(),
            measure: MEASURE,
            share: SHARE,
            setting: Setting::default(),
            mouse: Capture::On,
            echoes: true,
            cursor: true,
            motion: true,
            formats: Formats::default(),
            openers: Openers::default(),
            pictures: Pictures::default(),
            problems: Vec::new(),
        }
    }
}

/// A trait of how paragraphs are set, to be switched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// Lines as even as they can be, over the whole paragraph.
    EvenLines,
    /// Words that are parted.
    Hyphens,
    /// Blanks that are made wider.
    Justified,
}

impl Model {
    /// Sets paragraphs in another way, until the settings are read anew.
    pub fn switch(&mut self, which: Trait) {
        let setting = &mut Arc::make_mut(&mut self.settings).setting;
        let said = match which {
            Trait::EvenLines if setting.fit == Fit::Optimal => {
                setting.fit = Fit::First;
                "lines as full as each can be"
            }
            Trait::EvenLines => {
                setting.fit = Fit::Optimal;
                "lines as even as they can be"
            }
            Trait::Hyphens if setting.hyphens.is_some() => {
                setting.hyphens = None;
                "words are not parted"
            }
            Trait::Hyphens => {
                setting.hyphens = Some(Language::English);
                "words are parted as in English"
            }
            Trait::Justified if setting.edge == Edge::Even => {
                setting.edge = Edge::Ragged;
                "lines end where their words end"
            }
            Trait::Justified => {
                setting.edge = Edge::Even;
                "lines end at the edge of the column"
            }
        };
        self.tell(said);
        self.settle_cursors();
    }

    /// The key that does something, as it is written.
    pub fn key(&self, action: &Action) -> Option<String> {
        self.settings.keymap.key_of(action)
    }

    /// Takes settings in that were changed.
    pub fn reconfigure(&mut self, settings: Arc<Settings>) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.view.mouse, settings.mouse);
        self.view.measure = settings.measure;
        self.view.split.share = settings.share;
        self.view.echoes = settings.echoes;
        self.settings = settings;
        self.tell_problems();
        self.settle_cursors();
        let switched = (self.view.mouse != before).then_some(Effect::Mouse(self.view.mouse));
        switched.into_iter().collect()
    }

    /// Says what is wrong in the settings, where anything is.
    pub(in crate::app) fn tell_problems(&mut self) {
        let said = match self.settings.problems.as_slice() {
            [] => return,
            [one] => format!("config {one}"),
            [first, rest @ ..] => format!("config {first} · {} more in i", rest.len()),
        };
        self.tell(&said);
    }
}
