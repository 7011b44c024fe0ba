//! What lies on words: styles, links, pictures, names of places.
//!
//! May not know: how words become blocks.

use super::super::super::builder::one_line;
use super::super::super::{Anchor, Inline, Link, Picture, picture_words};
use super::super::tree::Tree;
use super::{Close, Reader};

/// How many styles are set at once.
const STYLES: usize = 8;

impl Reader {
    pub(super) fn image(&mut self, tree: &Tree<'_>, at: usize) {
        let alt = tree.attribute(at, "alt").map(|alt| one_line(&alt));
        if let Some(alt) = alt.filter(|alt| !alt.is_empty()) {
            let start = self.at();
            self.words.text.push_str(&picture_words(&alt));
            if let Some(src) = tree.picture(at) {
                let span = (start..self.at()).into();
                self.words.pictures.push(Picture { span, src: src.into_owned() });
            }
        }
    }

    /// Styles inside more than [`STYLES`] others are left out: each may begin anew in each block.
    pub(super) fn style(&mut self, end: usize, style: Inline) {
        let open = self.open.iter().filter(|(_, close)| matches!(close, Close::Style(..)));
        if open.count() >= STYLES {
            return;
        }
        let start = self.at();
        self.open.push((end, Close::Style(style, start)));
    }

    pub(super) fn end_style(&mut self, style: Inline, start: usize) {
        if start < self.at() {
            self.words.styles.push(((start..self.at()).into(), style));
        }
    }

    pub(super) fn link(&mut self, tree: &Tree<'_>, at: usize) {
        let url = tree.attribute(at, "href").map(|url| url.trim().to_owned());
        // A link inside a link, and one to a script, is plain words.
        let known = url.filter(|url| self.links == 0 && is_address(url));
        if let Some(url) = known {
            self.links += 1;
            let start = self.at();
            let note = url.starts_with('#') && self.is_raised_number(tree, at);
            self.open.push((tree.end(at), Close::Link(url, start)));
            if note {
                self.words.text.push('[');
                self.open.push((tree.end(at), Close::Note));
            }
        }
    }

    /// Whether an element is the number of a note, which would run into the word before it.
    pub(super) fn is_raised_number(&self, tree: &Tree<'_>, at: usize) -> bool {
        let raised = at < self.raised || tree.child(at, "sup").is_some();
        let words =
            if raised && tree.inside(at).len() <= 4 { tree.text(at) } else { String::new() };
        !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit())
    }

    pub(super) fn anchors(&mut self, names: Vec<String>) {
        let at = self.at() as u32;
        self.words.anchors.extend(names.into_iter().map(|name| Anchor { at, name }));
    }

    pub(super) fn end_link(&mut self, url: String, start: usize) {
        self.links = self.links.saturating_sub(1);
        let text = self.words.text.get(start..).unwrap_or_default();
        let lead = text.len() - text.trim_start().len();
        let end = start + text.trim_end().len();
        if start + lead < end {
            self.words.links.push(Link::new((start + lead..end).into(), url));
        }
    }
}

/// How the words of an element are set.
pub(in crate::article) fn style(name: &str) -> Option<Inline> {
    match name {
        "i" | "em" | "var" | "dfn" => Some(Inline::Emphasis),
        "b" | "strong" => Some(Inline::Strong),
        "s" | "del" | "strike" => Some(Inline::Struck),
        "code" | "kbd" | "samp" | "tt" => Some(Inline::Code),
        _ => None,
    }
}

/// Whether a link leads anywhere that a reader may want to go. A letter's address is not shown.
fn is_address(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let known = scheme.as_deref().is_none_or(|scheme| {
        matches!(scheme, "http" | "https" | "gemini" | "ftp") || scheme.contains(['/', '?', '#'])
    });
    known && !url.is_empty() && url != "#"
}
