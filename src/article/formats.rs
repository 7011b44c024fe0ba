//! The formats, and which of them are read as what they are: the reader may want some shown as
//! plain text.
//!
//! May not know: where that was chosen.

/// What the bytes were taken for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text without a shape that we know.
    #[default]
    Plain,
    /// The text of a web page, one paragraph a line, with its comments.
    PageText,
    /// Markdown, with or without front matter.
    Markdown,
    /// A schema.org `Article` in JSON-LD: our own format.
    JsonLd,
    /// A web page as its source.
    Html,
    /// A Hacker News item in JSON.
    HackerNews,
    /// A Reddit thread in JSON.
    Reddit,
    /// A Lobsters story in JSON.
    Lobsters,
    /// A Discourse topic in JSON.
    Discourse,
    /// A Mastodon context in JSON.
    Mastodon,
    /// Objects of `ActivityPub` in JSON.
    ActivityPub,
    /// GitHub issues or their comments in JSON.
    GitHub,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// The export of `WordPress`.
    Wxr,
    /// The export of Disqus.
    Disqus,
    /// A letter, or a file of them.
    Mail,
    /// A web page saved as a letter.
    Mhtml,
    /// A book.
    Epub,
}

impl Format {
    /// Its name in `inspect --json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "text",
            Self::PageText => "page-text",
            Self::Markdown => "markdown",
            Self::JsonLd => "json-ld",
            Self::Html => "html",
            Self::HackerNews => "hacker-news",
            Self::Reddit => "reddit",
            Self::Lobsters => "lobsters",
            Self::Discourse => "discourse",
            Self::Mastodon => "mastodon",
            Self::ActivityPub => "activitypub",
            Self::GitHub => "github",
            Self::Feed => "feed",
            Self::Wxr => "wxr",
            Self::Disqus => "disqus",
            Self::Mail => "mail",
            Self::Mhtml => "mhtml",
            Self::Epub => "epub",
        }
    }

    /// Whether a file of it holds the pictures that its text names.
    pub const fn holds_pictures(self) -> bool {
        matches!(self, Self::Epub | Self::Mhtml)
    }
}

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

#[cfg(test)]
mod tests {
    use super::super::deadline::Deadline;
    use super::*;
    use crate::article::input::Input;

    #[test]
    fn a_file_of_a_format_that_is_off_is_shown_as_plain_text_and_that_is_said() {
        let mut formats = Formats::default();
        formats.turn_off(Format::Html);
        let dir = tempfile::tempdir().unwrap();
        let read = |name: &str, text: &str| {
            let path = dir.path().join(name);
            std::fs::write(&path, text).unwrap();
            Input::of(&path).unwrap().in_formats(formats.clone()).read(Deadline::NEVER).unwrap()
        };
        let page = "<!DOCTYPE html><html><body><article><p>The tide.</p></article></body></html>";
        let doc = read("page", page);
        assert_eq!(doc.source.format, Format::Plain);
        assert!(doc.text.contains("<p>The tide.</p>"), "{}", doc.text);
        let said = "html is switched off in the settings: shown as plain text";
        assert_eq!(doc.source.notes.last().map(String::as_str), Some(said));
        let doc = read("page.md", "---\ntitle: Tide\n---\n\nThe *tide*.\n");
        assert_eq!(doc.source.format, Format::Markdown);
    }

    #[test]
    fn every_format_has_a_name_of_its_own() {
        let mut names = SWITCHED.map(Format::name);
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
