//! A Markdown text as a list of blocks with inline styles and links.
//!
//! The parser's events come in reading order; open containers are kept on a stack of our own, so
//! that nesting of any depth is read without recursion. May not know: documents, comments.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::super::builder::{Passage, one_line};
use super::super::markup::blocks as markup;
use super::super::markup::tokens::Grammar;
use super::super::markup::tree;
use super::super::{Anchor, BlockKind, Inline, Link, Picture, TableRow, picture_words};
use crate::text::span::Span;

/// A block, and what stands in braces behind a heading.
#[derive(Debug)]
pub(super) struct Piece {
    /// What it is.
    pub(super) kind: BlockKind,
    /// Its words.
    pub(super) passage: Passage,
    /// `{#id .class key=value}` of a heading, under the keys `id` and `class` what has no own.
    pub(super) attributes: Vec<(String, String)>,
}

impl Piece {
    /// Whether it is a heading with `{.class}` behind it.
    pub(super) fn is_marked(&self, class: &str) -> bool {
        self.attributes.iter().any(|(key, value)| key == "class" && value == class)
    }

    /// Preformatted text that is no Markdown.
    pub(super) fn code(text: &str) -> Self {
        Self { kind: BlockKind::Code, passage: text.into(), attributes: Vec::new() }
    }
}

/// The blocks of `text`.
pub(super) fn read(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    read_each(text, |piece| pieces.push(piece));
    pieces
}

/// Hands the blocks of `text` over, one by one.
pub(super) fn read_each(text: &str, mut take: impl FnMut(Piece)) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, options) {
        reader.event(event);
        reader.pieces.drain(..).for_each(&mut take);
    }
    reader.flush();
    reader.pieces.into_iter().for_each(take);
}

/// What an open container makes of the words in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Container {
    /// A quotation of this level.
    Quote(u8),
    /// A list nested this deep: the number of its next item.
    List(u8, Option<u64>),
    /// An item: its block, until its first words are out.
    Item(Option<BlockKind>),
}

#[derive(Debug, Default)]
struct Reader {
    pieces: Vec<Piece>,
    open: Vec<Container>,
    /// How many quotations and lists are open.
    quotes: u8,
    lists: u8,
    /// The block that is being read, where its kind is known from its start.
    kind: Option<BlockKind>,
    words: Passage,
    /// Where the open styles and links began.
    styles: Vec<(Inline, usize)>,
    links: Vec<(Option<String>, usize)>,
    pictures: Vec<(String, usize)>,
    /// Names of places that wait for words to stand before.
    waiting: Vec<String>,
    attributes: Vec<(String, String)>,
    /// Words that stand before the next block: the label of a footnote.
    lead: String,
    cells: usize,
    /// What the next row of a table is.
    row: Option<TableRow>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push(&text),
            Event::Html(html) => self.words.text.push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.code(&code);
            }
            Event::FootnoteReference(label) => self.note(&label),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.push("\n"),
            Event::TaskListMarker(done) => self.push(if done { "☑ " } else { "☐ " }),
            Event::Rule => self.rule(),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.style(Inline::Emphasis),
            Tag::Strong => self.style(Inline::Strong),
            Tag::Strikethrough => self.style(Inline::Struck),
            Tag::Link { dest_url, .. } => self.link(Some(dest_url.into_string())),
            Tag::Image { dest_url, .. } => self.image(dest_url.into_string()),
            Tag::Heading { level, id, classes, attrs } => self.heading(level, id, classes, attrs),
            Tag::BlockQuote(_) => self.quote(),
            Tag::List(number) => self.list(number),
            Tag::Item => self.item(),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::HtmlBlock => self.flush(),
            Tag::FootnoteDefinition(label) => self.footnote(&label),
            Tag::TableHead => self.row(TableRow::Head),
            Tag::TableRow => self.row(self.row.unwrap_or(TableRow::First)),
            Tag::TableCell => self.cell(),
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.end_style(Inline::Emphasis),
            TagEnd::Strong => self.end_style(Inline::Strong),
            TagEnd::Strikethrough => self.end_style(Inline::Struck),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::TableCell => {}
            _ => self.flush(),
        }
    }

    fn push(&mut self, text: &str) {
        self.words.text.push_str(text);
    }

    fn at(&self) -> usize {
        self.words.text.len()
    }

    fn code(&mut self, code: &str) {
        let start = self.at();
        self.push(code);
        self.words.styles.push(((start..self.at()).into(), Inline::Code));
    }

    fn style(&mut self, style: Inline) {
        self.styles.push((style, self.at()));
    }

    /// Ends the style of this kind that was opened last: tags may overlap.
    fn end_style(&mut self, style: Inline) {
        if let Some(last) = self.styles.iter().rposition(|&(open, _)| open == style) {
            let (_, start) = self.styles.remove(last);
            self.words.styles.push(((start..self.at()).into(), style));
        }
    }

    /// Opens a link; one that leads nowhere is a name of its place.
    fn link(&mut self, url: Option<String>) {
        self.links.push((url, self.at()));
    }

    fn anchors(&mut self, names: impl IntoIterator<Item = String>) {
        let at = self.at() as u32;
        self.words.anchors.extend(names.into_iter().map(|name| Anchor { at, name }));
    }

    /// The mark of a footnote, which leads to it.
    fn note(&mut self, label: &str) {
        self.link(Some(format!("#{}", note(label))));
        self.push(&format!("[{label}]"));
        self.end_link();
    }

    /// Only the outermost of nested links is kept: links are disjoint.
    fn end_link(&mut self) {
        let Some((Some(url), start)) = self.links.pop() else { return };
        if self.at() == start {
            self.push(&url);
        }
        if self.links.iter().all(|(url, _)| url.is_none()) {
            self.words.links.push(Link::new((start..self.at()).into(), url));
        }
    }

    fn image(&mut self, src: String) {
        self.pictures.push((src, self.at()));
        self.push("[image: ");
    }

    fn end_image(&mut self) {
        if self.words.text.ends_with("[image: ") {
            self.words.text.truncate(self.at() - 2);
        }
        self.push("]");
        let Some((src, start)) = self.pictures.pop() else { return };
        if self.pictures.is_empty() && !src.is_empty() {
            self.words.pictures.push(Picture { span: (start..self.at()).into(), src });
        }
    }

    /// A picture that is written as a tag.
    fn img(&mut self, tag: &tree::Tree<'_>, at: usize) {
        let alt = tag.attribute(at, "alt").map(|alt| one_line(&alt)).unwrap_or_default();
        let start = self.at();
        self.push(&picture_words(&alt));
        if let Some(src) = tag.picture(at) {
            let span = (start..self.at()).into();
            self.words.pictures.push(Picture { span, src: src.into_owned() });
        }
    }

    /// A tag inside a line sets what its element means; one without a meaning is left out.
    fn inline_html(&mut self, html: &str) {
        let closes = html.starts_with("</");
        let opened = if closes { html.replacen("</", "<", 1) } else { html.to_owned() };
        let tag = tree::parse(&opened, Grammar::Html);
        let Some(at) = tag.all().next() else { return };
        if !closes {
            self.anchors(markup::names(&tag, at));
        }
        match (markup::style(tag.name(at)), tag.name(at)) {
            (Some(style), _) if closes => self.end_style(style),
            (Some(style), _) => self.style(style),
            (_, "br") => self.push("\n"),
            (_, "img") => self.img(&tag, at),
            (_, "a") if closes => self.end_link(),
            (_, "a") => self.link(tag.attribute(at, "href").map(Cow::into_owned)),
            _ => {}
        }
    }

    /// The blocks of raw HTML, where their kind is not that of the container.
    fn end_html(&mut self) {
        let html = std::mem::take(&mut self.words.text);
        let tree = tree::parse(&html, Grammar::Html);
        let pieces = markup::read(&tree, tree.all(), &[]);
        if pieces.is_empty() {
            self.waiting.extend(tree.all().flat_map(|at| markup::names(&tree, at)));
        }
        for piece in pieces {
            self.words = piece.passage;
            self.kind = Some(piece.kind).filter(|kind| *kind != BlockKind::Paragraph);
            self.emit();
        }
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'_>>,
        classes: Vec<CowStr<'_>>,
        attributes: Vec<(CowStr<'_>, Option<CowStr<'_>>)>,
    ) {
        self.flush();
        self.kind = Some(BlockKind::Heading(level as u8));
        let value = |value: Option<CowStr<'_>>| value.map(CowStr::into_string).unwrap_or_default();
        let named = attributes.into_iter().map(|(key, v)| (key.into_string(), value(v)));
        let id = id.map(CowStr::into_string);
        self.anchors(id.clone());
        self.attributes = id.map(|id| ("id".to_owned(), id)).into_iter().collect();
        let classes = classes.into_iter().map(|class| ("class".to_owned(), class.into_string()));
        self.attributes.extend(classes.chain(named));
    }

    fn quote(&mut self) {
        self.flush();
        self.quotes = self.quotes.saturating_add(1);
        self.open.push(Container::Quote(self.quotes));
    }

    fn list(&mut self, number: Option<u64>) {
        self.flush();
        self.open.push(Container::List(self.lists, number));
        self.lists = self.lists.saturating_add(1);
    }

    fn item(&mut self) {
        self.flush();
        let mut kind = BlockKind::Item(0, None);
        if let Some(Container::List(level, number)) = self.open.last_mut() {
            let counted = number.and_then(|number| u32::try_from(number).ok());
            kind = BlockKind::Item(*level, counted);
            *number = number.map(|number| number.saturating_add(1));
        }
        self.open.push(Container::Item(Some(kind)));
    }

    /// Ends the innermost container. The counts of a very deep nesting stay at their limit.
    fn close(&mut self) {
        self.flush();
        match self.open.pop() {
            Some(Container::Quote(level)) => self.quotes = level.saturating_sub(1),
            Some(Container::List(level, _)) => self.lists = level,
            _ => {}
        }
    }

    fn code_block(&mut self, _: &CodeBlockKind<'_>) {
        self.flush();
        self.kind = Some(BlockKind::Code);
    }

    fn footnote(&mut self, label: &str) {
        self.flush();
        self.anchors([note(label)]);
        self.lead = format!("[{label}] ");
        self.push(&self.lead.clone());
    }

    fn row(&mut self, row: TableRow) {
        self.flush();
        self.kind = Some(BlockKind::Row(row));
        self.row = Some(TableRow::Later);
        self.cells = 0;
    }

    fn cell(&mut self) {
        if self.cells > 0 {
            self.push("\t");
        }
        self.cells += 1;
    }

    fn rule(&mut self) {
        self.flush();
        self.kind = Some(BlockKind::Rule);
        self.emit();
    }

    /// Ends the block that is being read. The label of a footnote waits for its words.
    fn flush(&mut self) {
        let lead = std::mem::take(&mut self.lead);
        if !lead.is_empty() && self.words.text == lead {
            return;
        }
        let end = match self.kind {
            Some(BlockKind::Code) => self.words.text.trim_end_matches('\n').len(),
            // Markdown has no table without a head: one that is empty is none.
            Some(BlockKind::Row(TableRow::Head)) if self.words.text.trim().is_empty() => {
                self.row = Some(TableRow::First);
                0
            }
            Some(BlockKind::Row(_)) => self.words.text.len(),
            _ => self.words.text.trim_end_matches([' ', '\n', '\t']).len(),
        };
        self.words.text.truncate(end);
        if end > 0 || !self.attributes.is_empty() {
            self.emit();
        }
        self.waiting.extend(self.words.anchors.drain(..).map(|anchor| anchor.name));
        self.kind = None;
        self.words = Passage::default();
        // A tag that is not closed ends with its block.
        self.styles.clear();
        self.links.clear();
        self.pictures.clear();
    }

    fn emit(&mut self) {
        let mut passage = std::mem::take(&mut self.words);
        let end = passage.text.len() as u32;
        let cut = |span: &mut Span| {
            *span = Span::new(span.start.min(end), span.end.min(end));
            !span.is_empty()
        };
        passage.styles.retain_mut(|(span, _)| cut(span));
        passage.links.retain_mut(|link| cut(&mut link.span));
        passage.pictures.retain(|picture| picture.span.end <= end);
        let first = self.waiting.drain(..).map(|name| Anchor { at: 0, name });
        passage.anchors.splice(0..0, first);
        passage.anchors.iter_mut().for_each(|anchor| anchor.at = anchor.at.min(end));
        let kind = self.kind.take().unwrap_or_else(|| self.container());
        let attributes = std::mem::take(&mut self.attributes);
        self.pieces.push(Piece { kind, passage, attributes });
    }

    /// What running text is by the containers that are open.
    fn container(&mut self) -> BlockKind {
        let quote =
            if self.quotes > 0 { BlockKind::Quote(self.quotes) } else { BlockKind::Paragraph };
        match self.open.last_mut() {
            Some(Container::Item(first)) => first.take().unwrap_or(quote),
            _ => quote,
        }
    }
}

/// The name of a footnote's place.
fn note(label: &str) -> String {
    format!("^{label}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Vec<(BlockKind, String)> {
        read(text).into_iter().map(|piece| (piece.kind, piece.passage.text)).collect()
    }

    fn block(kind: BlockKind, text: &str) -> (BlockKind, String) {
        (kind, text.to_owned())
    }

    #[test]
    fn lists_keep_their_numbers_and_depth() {
        let found = outline("3. three\n4. four\n   - inner\n\n     more\n\nafter");
        let item = |level, number, text| block(BlockKind::Item(level, number), text);
        assert_eq!(found[..2], [item(0, Some(3), "three"), item(0, Some(4), "four")]);
        assert_eq!(found[2], item(1, None, "inner"));
        assert_eq!(
            found[3..],
            [block(BlockKind::Paragraph, "more"), block(BlockKind::Paragraph, "after")]
        );
    }

    #[test]
    fn quotes_nest_and_a_rule_is_empty() {
        let found = outline("> out\n>\n> > in\n\n---\n\nafter");
        assert_eq!(found[0], block(BlockKind::Quote(1), "out"));
        assert_eq!(found[1], block(BlockKind::Quote(2), "in"));
        assert_eq!(found[2], block(BlockKind::Rule, ""));
        assert_eq!(found[3], block(BlockKind::Paragraph, "after"));
    }

    #[test]
    fn inline_styles_and_links_are_spans() {
        let piece = read("a *b **c*** `d` [e *f*](u) ~~g~~ ![h](i) ![](j)").remove(0);
        assert_eq!(piece.passage.text, "a b c d e f g [image: h] [image]");
        let said = |span: Span| span.of(&piece.passage.text);
        let links: Vec<_> = piece.passage.links.iter().map(|l| (said(l.span), &*l.url)).collect();
        assert_eq!(links, [("e f", "u")]);
        let pictures = piece.passage.pictures.iter();
        let pictures: Vec<_> = pictures.map(|it| (said(it.span), &*it.src)).collect();
        assert_eq!(pictures, [("[image: h]", "i"), ("[image]", "j")]);
        assert!(
            piece.passage.styles.iter().any(|&(s, i)| said(s) == "b c" && i == Inline::Emphasis)
        );
        assert!(piece.passage.styles.iter().any(|&(s, i)| said(s) == "c" && i == Inline::Strong));
    }

    #[test]
    fn tables_code_breaks_html_and_footnotes() {
        let found = outline(
            "|a|b|\n|-|-|\n|c|d|\n\n```\nx\n\n  y\n```\n\nl  \nm\n\n<div>\n<b>n</b> < 3\n</div>\n\no[^1]\n\n[^1]: p",
        );
        let row = |row, text| block(BlockKind::Row(row), text);
        assert_eq!(found[..2], [row(TableRow::Head, "a\tb"), row(TableRow::Later, "c\td")]);
        assert_eq!(found[2], block(BlockKind::Code, "x\n\n  y"));
        assert_eq!(found[3], block(BlockKind::Paragraph, "l\nm"));
        assert_eq!(found[4], block(BlockKind::Paragraph, "n < 3"));
        assert_eq!(
            found[5..],
            [block(BlockKind::Paragraph, "o[1]"), block(BlockKind::Paragraph, "[1] p")]
        );
    }

    #[test]
    fn very_deep_nesting_is_read() {
        for text in [format!("{}deep", "> ".repeat(5000)), format!("{}deep", "- ".repeat(5000))] {
            assert!(outline(&text).last().unwrap().1.contains("deep"));
        }
    }
}
