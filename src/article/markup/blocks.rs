//! A tree of HTML, or a part of one, as blocks with inline styles and links.
//!
//! Runs of white space become one space, except in preformatted text. May not know: pages; what
//! stands around the text is the caller's to leave out.

mod inline;

use std::ops::Range;

use super::super::builder::Passage;
use super::super::{Anchor, BlockKind, Inline, Link};
use super::gaps;
use super::grid::Grid;
use super::piece::{clip, shift};
use super::tree::{BLOCKS, Tree};

pub(in crate::article) use super::piece::{Piece, quoted, write, write_words};
use crate::text::span::Span;
pub(in crate::article) use inline::style;

/// Elements that hold no words to read.
const SILENT: [&str; 18] = [
    "script", "style", "template", "svg", "math", "head", "title", "noscript", "button", "input",
    "select", "textarea", "iframe", "object", "audio", "video", "canvas", "form",
];

/// The blocks of the nodes in `range`, without those that `skip` (sorted) names.
pub(in crate::article) fn read(tree: &Tree<'_>, range: Range<usize>, skip: &[usize]) -> Vec<Piece> {
    let mut reader = Reader::default();
    let mut at = range.start;
    while at < range.end {
        reader.close_before(at);
        let silent = SILENT.contains(&tree.name(at)) || skip.binary_search(&at).is_ok();
        if silent {
            at = tree.end(at);
            continue;
        }
        // A block begins behind what it ends; a link may put a mark before its words.
        let names = names(tree, at);
        if tree.name(at) == "a" {
            reader.anchors(names);
            reader.node(tree, at);
        } else {
            reader.node(tree, at);
            reader.anchors(names);
        }
        at += 1;
    }
    reader.close_before(usize::MAX);
    reader.flush();
    reader.end()
}

/// The names that an element gives to its place.
pub(in crate::article) fn names(tree: &Tree<'_>, at: usize) -> Vec<String> {
    let is_name = |key: &str| key == "id" || key == "name" && tree.name(at) == "a";
    let mut names: Vec<String> = tree
        .attributes(at)
        .filter(|(key, value)| is_name(key) && !value.is_empty())
        .map(|(_, value)| value.into_owned())
        .collect();
    names.dedup();
    names
}

/// What is to be done where an element ends.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Close {
    Flush,
    Quote,
    List,
    Style(Inline, usize),
    Link(String, usize),
    /// A link to a note, whose number stands in brackets.
    Note,
    Pre,
    Row,
    Heading,
}

#[derive(Debug, Default)]
struct Reader {
    pieces: Vec<Piece>,
    words: Passage,
    /// Names of places that wait for words to stand before.
    waiting: Vec<String>,
    /// Where each open element ends, and what is to be done there.
    open: Vec<(usize, Close)>,
    kind: Option<BlockKind>,
    quotes: u8,
    /// The open lists: the number of the next item where they are ordered.
    lists: Vec<Option<u32>>,
    pre: usize,
    /// The end of a table of figures, whose rows are blocks.
    table: usize,
    grid: Grid,
    links: usize,
    /// The end of the last element that is set above the line.
    raised: usize,
}

impl Reader {
    fn close_before(&mut self, at: usize) {
        while self.open.last().is_some_and(|&(end, _)| end <= at) {
            if let Some((_, close)) = self.open.pop() {
                self.close(close);
            }
        }
    }

    fn close(&mut self, close: Close) {
        match close {
            Close::Flush | Close::Row | Close::Heading => self.flush(),
            Close::Quote => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            Close::List => {
                self.flush();
                self.lists.pop();
            }
            Close::Pre => {
                self.flush();
                self.pre = self.pre.saturating_sub(1);
            }
            Close::Style(style, start) => self.end_style(style, start),
            Close::Link(url, start) => self.end_link(url, start),
            Close::Note => self.words.text.push(']'),
        }
    }

    fn node(&mut self, tree: &Tree<'_>, at: usize) {
        let end = tree.end(at);
        match tree.name(at) {
            "" => self.text(tree.words(at)),
            "br" => self.line_break(),
            "hr" => self.rule(),
            "img" => self.image(tree, at),
            "a" => self.link(tree, at),
            "sup" => self.raised = end,
            "pre" => self.pre(end),
            "blockquote" => self.quote(end),
            "ul" => self.list(end, None),
            "ol" => self.list(end, Some(start_of(tree, at))),
            "li" => self.item(end),
            "table" => self.table(tree, at),
            "thead" if end <= self.table => self.grid.head(end),
            "tr" if end <= self.table => self.row(tree, at),
            "td" | "th" if end <= self.table => self.cell(tree, at),
            "tr" | "td" | "th" | "caption" => self.block(end),
            name => match (heading(name), style(name)) {
                (Some(level), _) => self.heading(end, level),
                (_, Some(Inline::Code)) if self.pre > 0 => {}
                (_, Some(style)) => self.style(end, style),
                _ if BLOCKS.contains(&name) => self.block(end),
                _ => {}
            },
        }
    }

    fn at(&self) -> usize {
        self.words.text.len()
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 {
            self.words.text.push_str(&text.replace("\r\n", "\n"));
            return;
        }
        gaps::append(&mut self.words.text, text);
    }

    /// One break ends a line, a second one the paragraph.
    fn line_break(&mut self) {
        if self.pre > 0 {
            self.words.text.push('\n');
            return;
        }
        let kept = self.words.text.trim_end_matches(' ').len();
        if self.words.text.get(..kept).is_some_and(|text| text.ends_with('\n')) {
            self.split();
        } else if kept > 0 {
            self.words.text.truncate(kept);
            self.words.text.push('\n');
        }
    }

    /// Ends the paragraph inside its elements: what is open goes on in the next one.
    fn split(&mut self) {
        let end = self.at();
        let mut carried = Vec::new();
        for (_, close) in &mut self.open {
            match close {
                Close::Style(style, start) => {
                    carried.push((Span::from(*start..end), *style));
                    *start = 0;
                }
                Close::Link(url, start) => {
                    if *start < end {
                        let span = (*start..end).into();
                        self.words.links.push(Link::new(span, url.clone()));
                    }
                    *start = 0;
                }
                _ => {}
            }
        }
        self.words.styles.append(&mut carried);
        let kind = self.kind;
        self.flush();
        self.kind = kind.filter(|kind| matches!(kind, BlockKind::Heading(_)));
    }

    fn rule(&mut self) {
        self.flush_inline();
        self.pieces.push(Piece { kind: BlockKind::Rule, passage: Passage::default() });
    }

    /// The blocks. Names of places behind the last words stay with those.
    fn end(mut self) -> Vec<Piece> {
        self.keep_waiting();
        if let Some(piece) = self.pieces.last_mut() {
            let at = piece.passage.text.len() as u32;
            let anchors = self.waiting.into_iter().map(|name| Anchor { at, name });
            piece.passage.anchors.extend(anchors);
        }
        self.pieces
    }

    /// No words came: the names of their places wait for others.
    fn keep_waiting(&mut self) {
        self.waiting.extend(self.words.anchors.drain(..).map(|anchor| anchor.name));
    }

    fn block(&mut self, end: usize) {
        if end > self.table {
            self.flush_inline();
            self.open.push((end, Close::Flush));
        }
    }

    fn heading(&mut self, end: usize, level: u8) {
        self.flush_inline();
        self.kind = Some(BlockKind::Heading(level));
        self.open.push((end, Close::Heading));
    }

    fn pre(&mut self, end: usize) {
        self.flush_inline();
        self.pre += 1;
        self.open.push((end, Close::Pre));
    }

    fn quote(&mut self, end: usize) {
        self.flush_inline();
        self.quotes = self.quotes.saturating_add(1);
        self.open.push((end, Close::Quote));
    }

    fn list(&mut self, end: usize, number: Option<u32>) {
        self.flush_inline();
        self.lists.push(number);
        self.open.push((end, Close::List));
    }

    fn item(&mut self, end: usize) {
        self.flush_inline();
        let level = self.lists.len().saturating_sub(1).min(usize::from(u8::MAX)) as u8;
        let next = self.lists.last_mut().and_then(Option::as_mut);
        let number = next.map(|next| std::mem::replace(next, next.saturating_add(1)));
        self.kind = Some(BlockKind::Item(level, number));
        self.open.push((end, Close::Flush));
    }

    /// A table of figures is read by rows; one that sets out a page is passed through.
    fn table(&mut self, tree: &Tree<'_>, at: usize) {
        self.flush_inline();
        let end = tree.end(at);
        let laid =
            |at: usize| BLOCKS.contains(&tree.name(at)) && !matches!(tree.name(at), "p" | "center");
        if end > self.table && !tree.inside(at).any(laid) {
            self.table = end;
            self.grid = Grid::default();
        }
        self.open.push((end, Close::Flush));
    }

    fn row(&mut self, tree: &Tree<'_>, at: usize) {
        self.flush();
        self.kind = Some(BlockKind::Row(self.grid.row(tree, at)));
        self.open.push((tree.end(at), Close::Row));
    }

    fn cell(&mut self, tree: &Tree<'_>, at: usize) {
        let tabs = self.grid.cell(tree, at);
        if tabs > 0 {
            let kept = self.words.text.trim_end_matches([' ', '\n']).len();
            self.words.text.truncate(kept);
            self.words.text.extend(std::iter::repeat_n('\t', tabs));
        }
    }

    /// Ends what stands before a block. The styles and links that are open go on in it.
    fn flush_inline(&mut self) {
        if self.words.text.trim().is_empty() {
            // The kind of an item holds until its first words are out.
            self.words.text.clear();
            self.keep_waiting();
            self.reset_starts();
        } else {
            self.split();
        }
    }

    fn reset_starts(&mut self) {
        for (_, close) in &mut self.open {
            if let Close::Style(_, start) | Close::Link(_, start) = close {
                *start = 0;
            }
        }
    }

    /// Puts out the words that were read as a block.
    fn flush(&mut self) {
        let mut passage = std::mem::take(&mut self.words);
        self.reset_starts();
        let kind = self.kind.take();
        let kept = if self.pre > 0 {
            passage.text.trim_end().len()
        } else {
            passage.text.trim_end_matches([' ', '\n', '\t']).len()
        };
        if passage.text.trim().is_empty() {
            self.words.anchors = passage.anchors;
            self.keep_waiting();
            self.kind =
                kind.filter(|kind| matches!(kind, BlockKind::Item(..)) && !self.lists.is_empty());
            return;
        }
        passage.text.truncate(kept);
        if self.pre > 0 && passage.text.starts_with('\n') {
            passage.text.remove(0);
            shift(&mut passage, 1);
        }
        let first = self.waiting.drain(..).map(|name| Anchor { at: 0, name });
        passage.anchors.splice(0..0, first);
        clip(&mut passage);
        let plain = match self.quotes {
            _ if self.pre > 0 => BlockKind::Code,
            0 => BlockKind::Paragraph,
            level => BlockKind::Quote(level),
        };
        let kind = kind.filter(|_| self.pre == 0).unwrap_or(plain);
        if matches!(kind, BlockKind::Row(_)) {
            self.grid.begun = true;
        }
        self.pieces.push(Piece { kind, passage });
    }
}

fn heading(name: &str) -> Option<u8> {
    let level: u8 = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn start_of(tree: &Tree<'_>, at: usize) -> u32 {
    tree.attribute(at, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::tokens::Grammar;
    use super::super::tree::parse;
    use super::*;

    fn outline(html: &str) -> Vec<String> {
        let tree = parse(html, Grammar::Html);
        let pieces = read(&tree, tree.all(), &[]);
        pieces.iter().map(|piece| format!("{:?}: {}", piece.kind, piece.passage.text)).collect()
    }

    #[test]
    fn blocks_of_every_kind() {
        let found = outline(
            "<h2>The  Tide</h2>one<p>two <b>three</b>\n four<blockquote><p>five</blockquote>\
             <ul><li>six<ol start=3><li><p>seven</p><p>eight</p></ol></ul><pre>\n a\n  b</pre><hr>",
        );
        assert_eq!(
            found,
            [
                "Heading(2): The Tide",
                "Paragraph: one",
                "Paragraph: two three four",
                "Quote(1): five",
                "Item(0, None): six",
                "Item(1, Some(3)): seven",
                "Paragraph: eight",
                "Code:  a\n  b",
                "Rule: "
            ]
        );
    }

    #[test]
    fn tables_of_figures_have_rows_and_others_are_passed_through() {
        let figures = "<table><tr><th>Month<th>Tides<tr><td><p>May</p><td>31</table>";
        assert_eq!(outline(figures), ["Row(Head): Month\tTides", "Row(Later): May\t31"]);
        let bare = "<table><tr><td> <tr><td>May<td>31<tr><td>June</table>";
        assert_eq!(outline(bare), ["Row(First): May\t31", "Row(Later): June"]);
        let headed = "<table><thead><tr><td>Month</thead><tr><th>May</table>";
        assert_eq!(outline(headed), ["Row(Head): Month", "Row(Later): May"]);
        let layout = "<table><tr><td><div>one</div><td>two</table>";
        assert_eq!(outline(layout), ["Paragraph: one", "Paragraph: two"]);
    }

    #[test]
    fn cells_that_reach_over_others_leave_them_empty() {
        let html = "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td rowspan=0>f\
                    <tr><td>g<td colspan=9999>h</table>";
        let rows = ["Row(First): a\tb\t\tc", "Row(Later): \td\te\tf", "Row(Later): g\th"];
        assert_eq!(outline(html), rows);
    }

    #[test]
    fn runs_of_white_space_are_one_blank_wherever_they_are_cut() {
        for text in ["a b", " a  b ", "a\u{2003}é", "a\u{a0}b", "\ta\u{a0}  b\u{85}", "é “b” "]
        {
            let words: Vec<&str> =
                text.split(gaps::is_gap).filter(|word| !word.is_empty()).collect();
            for (at, _) in text.char_indices() {
                let (head, tail) = text.split_at(at);
                let found = outline(&format!("<p>{head}<!-- -->{tail}"));
                assert_eq!(found, [format!("Paragraph: {}", words.join(" "))], "{head:?} {tail:?}");
            }
        }
    }

    #[test]
    fn links_and_styles_are_spans_of_the_words() {
        let tree = parse(
            "<p>a <a href=' http://x/y '> <i>b</i> c </a>d<br>e<br><br>f <img alt='a sea'>",
            Grammar::Html,
        );
        let pieces = read(&tree, tree.all(), &[]);
        let first = &pieces[0].passage;
        assert_eq!(first.text, "a b c d\ne");
        assert_eq!(
            (first.links[0].span.of(&first.text), first.links[0].url.as_str()),
            ("b c", "http://x/y")
        );
        assert_eq!(first.styles[0].0.of(&first.text), "b");
        assert_eq!(pieces[1].passage.text, "f [image: a sea]");
    }

    #[test]
    fn names_of_places_stand_before_the_words_that_follow_them() {
        let tree = parse(
            "<p id=a>The moon<sup><a href=#n id=r>1</a></sup> pulls.<p id=b><a name=c></a>\
             <ol><li id=n><p>Brahe. <a href=#r>up</a></ol><a id=e></a>",
            Grammar::Html,
        );
        let pieces = read(&tree, tree.all(), &[]);
        let found: Vec<_> = pieces
            .iter()
            .map(|piece| {
                let names = piece.passage.anchors.iter();
                let names = names.map(|anchor| format!("{}{}", anchor.name, anchor.at));
                let links =
                    piece.passage.links.iter().map(|link| link.span.of(&piece.passage.text));
                (piece.passage.text.as_str(), names.collect(), links.collect())
            })
            .collect::<Vec<(&str, Vec<String>, Vec<&str>)>>();
        let names = |names: &str| names.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(found[0], ("The moon[1] pulls.", names("a0 r8"), vec!["[1]"]));
        assert_eq!(found[1], ("Brahe. up", names("b0 c0 n0 e9"), vec!["up"]));
    }

    #[test]
    fn a_mark_of_mail_makes_a_quotation() {
        let tree = parse("<p>&gt; old <b>w</b><p>new", Grammar::Html);
        let pieces = quoted(read(&tree, tree.all(), &[]));
        assert_eq!(pieces[0].kind, BlockKind::Quote(1));
        assert_eq!(pieces[0].passage.styles[0].0.of(&pieces[0].passage.text), "w");
    }
}
