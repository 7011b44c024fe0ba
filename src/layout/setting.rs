//! How paragraphs are set.

use super::hyphen::Language;
use super::wrap::Fit;

/// How paragraphs are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// How lines are chosen.
    pub fit: Fit,
    /// By which language words are parted; none: they are not.
    pub hyphens: Option<Language>,
    /// How lines end.
    pub edge: Edge,
}

/// How lines end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edge {
    /// Where their words end.
    #[default]
    Ragged,
    /// At the edge of the column: blanks are made wider.
    Even,
}
