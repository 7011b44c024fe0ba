//! Markup as one flat list of nodes in the order of the text, each with where it ends: what a node
//! holds is a range of indices.
//!
//! Hostile nesting is cut here, before any other code sees it. May not know: what elements mean.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::super::deadline::Deadline;
use super::tokens::{Grammar, Token, Tokens, attributes, attributes_up_to};

/// How deep elements nest; deeper ones are left out, and what they hold moves up.
const DEPTH: usize = 512;

/// After how many tokens it is asked whether the time is over.
const TOKENS: usize = 256;

/// How deep tables nest.
const TABLES: usize = 32;

/// Longest picture that is kept where it stands in the text itself, in bytes.
const PICTURE: usize = 4 << 20;

/// How many elements are kept.
const ELEMENTS: usize = 500_000;

/// Elements of HTML that hold nothing.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements of HTML whose start ends an open paragraph.
pub(super) const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// What a node is.
#[derive(Clone, Debug)]
enum Kind<'a> {
    Text(Cow<'a, str>),
    /// An element: its name, and its attributes as written.
    Element(Cow<'a, str>, &'a str),
}

#[derive(Clone, Debug)]
struct Node<'a> {
    kind: Kind<'a>,
    /// One past the last node that it holds.
    end: u32,
}

/// A parsed text.
#[derive(Debug, Default)]
pub(in crate::article) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    deadline: Deadline<'a>,
}

/// Parses `text`; it cannot fail.
pub(in crate::article) fn parse(text: &str, grammar: Grammar) -> Tree<'_> {
    parse_within(text, grammar, Deadline::NEVER)
}

/// The same, as far as it was read when the time was over.
pub(in crate::article) fn parse_within<'a>(
    text: &'a str,
    grammar: Grammar,
    deadline: Deadline<'a>,
) -> Tree<'a> {
    let mut maker = Maker { grammar, ..Maker::default() };
    for (number, token) in Tokens::new(text, grammar).enumerate() {
        if number.is_multiple_of(TOKENS) && deadline.is_over() {
            break;
        }
        match token {
            Token::Text(text) => maker.text(text),
            Token::Start(name, attributes, empty) => maker.start(name, attributes, empty),
            Token::End(name) => maker.end(&name),
        }
    }
    maker.close_to(0);
    Tree { nodes: maker.nodes, deadline }
}

#[derive(Debug)]
struct Maker<'a> {
    grammar: Grammar,
    nodes: Vec<Node<'a>>,
    open: Vec<u32>,
    /// How many elements of a name are open, and how many were left out while open.
    counts: HashMap<Cow<'a, str>, (u32, u32)>,
    elements: usize,
}

impl Default for Maker<'_> {
    fn default() -> Self {
        Self {
            grammar: Grammar::Html,
            nodes: Vec::new(),
            open: Vec::new(),
            counts: HashMap::new(),
            elements: 0,
        }
    }
}

impl<'a> Maker<'a> {
    fn push(&mut self, kind: Kind<'a>) -> u32 {
        let at = self.nodes.len() as u32;
        self.nodes.push(Node { kind, end: at + 1 });
        at
    }

    fn text(&mut self, text: Cow<'a, str>) {
        if !text.is_empty() {
            self.push(Kind::Text(text));
        }
    }

    fn count(&mut self, name: &str) -> (u32, u32) {
        self.counts.get(name).copied().unwrap_or_default()
    }

    fn start(&mut self, name: Cow<'a, str>, attributes: &'a str, empty: bool) {
        let html = self.grammar == Grammar::Html;
        if html {
            self.imply_ends(&name);
        }
        let holds_nothing = if html { VOID.contains(&&*name) } else { empty };
        let (open, _) = self.count(&name);
        let deep = self.open.len() >= DEPTH || (name == "table" && open as usize >= TABLES);
        let full = self.elements >= ELEMENTS;
        if holds_nothing && !full {
            self.elements += 1;
            self.push(Kind::Element(name, attributes));
        } else if !holds_nothing {
            let counts = self.counts.entry(name.clone()).or_default();
            if deep || full {
                counts.1 += 1;
                return;
            }
            counts.0 += 1;
            self.elements += 1;
            let at = self.push(Kind::Element(name, attributes));
            self.open.push(at);
        }
    }

    fn end(&mut self, name: &str) {
        let Some(counts) = self.counts.get_mut(name) else { return };
        if counts.1 > 0 {
            counts.1 -= 1;
        } else if counts.0 > 0 {
            self.close(name, &[]);
        }
    }

    /// Closes the innermost open element of a name, if none of `walls` is open inside it.
    fn close(&mut self, name: &str, walls: &[&str]) {
        if self.count(name).0 == 0 {
            return;
        }
        let name_of = |at: u32| match &self.nodes[at as usize].kind {
            Kind::Element(name, _) => name.as_ref(),
            Kind::Text(_) => "",
        };
        let found =
            self.open.iter().rposition(|&at| name_of(at) == name || walls.contains(&name_of(at)));
        if let Some(depth) = found.filter(|&depth| name_of(self.open[depth]) == name) {
            self.close_to(depth);
        }
    }

    fn close_to(&mut self, depth: usize) {
        let end = self.nodes.len() as u32;
        for at in self.open.split_off(depth) {
            let node = &mut self.nodes[at as usize];
            node.end = end;
            if let Kind::Element(name, _) = &node.kind
                && let Some(counts) = self.counts.get_mut(name)
            {
                counts.0 -= 1;
            }
        }
    }

    /// Closes what the start of an element closes by the rules of HTML.
    fn imply_ends(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.close("p", &["td", "th", "table", "button", "caption"]);
        }
        match name {
            "li" => self.close("li", &["ul", "ol"]),
            "dt" | "dd" => {
                self.close("dt", &["dl"]);
                self.close("dd", &["dl"]);
            }
            "option" => self.close("option", &["select"]),
            "td" | "th" => {
                self.close("td", &["table", "tr"]);
                self.close("th", &["table", "tr"]);
            }
            "tr" => self.close("tr", &["table"]),
            "tbody" | "thead" | "tfoot" => {
                self.close("tbody", &["table"]);
                self.close("thead", &["table"]);
            }
            _ => {}
        }
    }
}

impl<'a> Tree<'a> {
    /// Whether the time to read it is over.
    pub(in crate::article) fn is_over(&self) -> bool {
        self.deadline.is_over()
    }

    /// How many nodes there are.
    pub(in crate::article) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The indices of all nodes.
    pub(in crate::article) fn all(&self) -> Range<usize> {
        0..self.nodes.len()
    }

    /// The indices of what node `at` holds.
    pub(in crate::article) fn inside(&self, at: usize) -> Range<usize> {
        at + 1..self.end(at)
    }

    /// One past the last node that node `at` holds.
    pub(in crate::article) fn end(&self, at: usize) -> usize {
        self.nodes[at].end as usize
    }

    /// The name of an element; empty for a text.
    pub(in crate::article) fn name(&self, at: usize) -> &str {
        match &self.nodes[at].kind {
            Kind::Element(name, _) => name,
            Kind::Text(_) => "",
        }
    }

    /// The words of a text; empty for an element.
    pub(in crate::article) fn words(&self, at: usize) -> &str {
        match &self.nodes[at].kind {
            Kind::Text(text) => text,
            Kind::Element(..) => "",
        }
    }

    /// The attributes of an element as written.
    pub(in crate::article) fn attributes(
        &self,
        at: usize,
    ) -> impl Iterator<Item = (String, Cow<'a, str>)> {
        let written = match &self.nodes[at].kind {
            Kind::Element(_, written) => *written,
            Kind::Text(_) => "",
        };
        attributes(written)
    }

    /// The value of an attribute.
    pub(in crate::article) fn attribute(&self, at: usize, name: &str) -> Option<Cow<'a, str>> {
        self.attributes(at).find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Where the picture of an element lies, or the picture itself.
    pub(in crate::article) fn picture(&self, at: usize) -> Option<Cow<'a, str>> {
        let Kind::Element(_, written) = &self.nodes[at].kind else { return None };
        let mut all = attributes_up_to(written, PICTURE);
        all.find(|(key, src)| key == "src" && !src.is_empty()).map(|(_, src)| src)
    }

    /// The children of an element, or the outermost nodes of a range.
    pub(in crate::article) fn outermost(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let first = Some(range.start).filter(|&at| at < range.end);
        std::iter::successors(first, move |&at| Some(self.end(at)).filter(|&at| at < range.end))
    }

    /// The first child element of a name.
    pub(in crate::article) fn child(&self, at: usize, name: &str) -> Option<usize> {
        self.outermost(self.inside(at)).find(|&child| self.name(child) == name)
    }

    /// All words of a node on one line.
    pub(in crate::article) fn text(&self, at: usize) -> String {
        let mut out = String::new();
        for node in at..self.end(at) {
            out.push_str(self.words(node));
            if matches!(self.name(node), "br" | "p" | "div" | "td" | "li") {
                out.push(' ');
            }
        }
        super::super::builder::one_line(&out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        let tree = parse(text, Grammar::Html);
        let mut out = String::new();
        let mut open: Vec<usize> = Vec::new();
        for at in tree.all() {
            while open.last().is_some_and(|&end| end <= at) {
                open.pop();
                out.push(')');
            }
            match tree.name(at) {
                "" => out.push_str(tree.words(at)),
                name => {
                    out.push_str(name);
                    out.push('(');
                    open.push(tree.end(at));
                }
            }
        }
        out + &")".repeat(open.len())
    }

    #[test]
    fn ends_are_implied_and_strays_are_ignored() {
        assert_eq!(shape("<p>a<p>b</div><ul><li>c<li>d</ul>e"), "p(a)p(b)ul(li(c)li(d))e");
        assert_eq!(shape("<b><p>x</b>y"), "b(p(x))y");
        assert_eq!(
            shape("<table><tr><td>1<td>2<tr><td>3</table>"),
            "table(tr(td(1)td(2))tr(td(3)))"
        );
        assert_eq!(shape("a<br>b<img src=x>c"), "abr()bimg()c");
    }

    #[test]
    fn hostile_nesting_is_cut() {
        let deep = "<div>".repeat(20_000) + "x" + &"</div>".repeat(20_000) + "<p>y</p>";
        let tree = parse(&deep, Grammar::Html);
        assert_eq!(tree.len(), DEPTH + 3);
        assert_eq!(tree.end(0), DEPTH + 1);
        assert!(parse(&"<table>".repeat(5000), Grammar::Html).len() <= TABLES);
        let wide = format!("<a {}>", "x=1 ".repeat(100_000));
        assert_eq!(parse(&wide, Grammar::Html).attributes(0).count(), 64);
    }
}
