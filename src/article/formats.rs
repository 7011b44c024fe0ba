//! Which formats are read as what they are: the reader may want some shown as plain text.
//!
//! May not know: where that was chosen.

use super::Format;

/// All but plain text.
pub const SWITCHED: [Format; 17] = [
    Format::PageText,
    Format::Markdown,
    Format::JsonLd,
    Format::Html,
    Format::HackerNews,
    Format::Reddit,
    Format::Lobsters,
    Format::Discourse,
    Format::Mastodon,
    Format::ActivityPub,
    Format::GitHub,
    Format::Feed,
    Format::Wxr,
    Format::Disqus,
    Format::Mail,
    Format::Mhtml,
    Format::Epub,
];

/// The formats that are read as what they are; at first all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formats {
    /// Those that are shown as plain text. Few, in no order.
    off: Vec<Format>,
}

impl Formats {
    /// Whether a format is read as what it is.
    pub fn reads(&self, format: Format) -> bool {
        !self.off.contains(&format)
    }

    /// Whether every format is.
    pub const fn reads_all(&self) -> bool {
        self.off.is_empty()
    }

    /// Has a format shown as plain text.
    pub fn turn_off(&mut self, format: Format) {
        if self.reads(format) {
            self.off.push(format);
        }
    }

    /// Has a format read as what it is.
    pub fn turn_on(&mut self, format: Format) {
        self.off.retain(|&other| other != format);
    }
}
