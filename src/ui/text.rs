//! The two reading panes.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::line;
use super::theme::{Part, Theme};
use super::when::when;
use crate::app::Model;
use crate::app::reading::lit::Lit;
use crate::article::{Block, BlockKind, TableRow};
use crate::layout::flow::{Row, RowKind};
use crate::layout::panes::{Area, Column, Pane};
use crate::layout::wrapped::Piece;
use crate::text::shown;
use crate::text::span::Span;

/// Draws the rows of a pane that are on the screen.
pub(super) fn draw(model: &Model, theme: &Theme, pane: Pane, lit: &Lit<'_>, buf: &mut Buffer) {
    let column = model.column(pane);
    let view = Page { model, theme, lit, column, passage: cursor(model, pane) };
    let rows = model.flow(pane).rows_from(model.top(pane));
    for (y, row) in (column.text.y..column.text.y + column.text.height).zip(rows) {
        view.row(&row, y, buf);
    }
}

/// The passage under the cursor, where this is the pane that was read last.
fn cursor(model: &Model, pane: Pane) -> Option<Span> {
    (model.view.reading == pane).then(|| model.passage())
}

/// What the rows of a pane have in common.
struct Page<'a> {
    model: &'a Model,
    theme: &'a Theme,
    lit: &'a Lit<'a>,
    column: Column,
    passage: Option<Span>,
}

impl Page<'_> {
    fn row(&self, row: &Row, y: u16, buf: &mut Buffer) {
        let text = Area { y, height: 1, ..self.column.text };
        self.gutter(row, y, buf);
        match row.kind {
            RowKind::Blank => {}
            RowKind::Thread => self.rule("━", text, buf),
            RowKind::Author => self.author(row, text, buf),
            RowKind::Rule(width) => self.thin(row.indent, width, text, buf),
            RowKind::Text => self.words(row, text, buf),
        }
    }

    fn rule(&self, symbol: &str, area: Area, buf: &mut Buffer) {
        let line = symbol.repeat(usize::from(area.width));
        line::write(buf, (area.x, area.y), area.width, &line, self.theme.part(Part::Rule));
    }

    /// A line between two rows of a table.
    fn thin(&self, indent: u16, width: u16, area: Area, buf: &mut Buffer) {
        let indent = indent.min(area.width);
        let width = width.min(area.width - indent);
        self.rule("─", Area { x: area.x + indent, width, ..area }, buf);
    }

    fn words(&self, row: &Row, area: Area, buf: &mut Buffer) {
        let block = self.model.doc.blocks[row.block as usize];
        if block.kind() == BlockKind::Rule {
            let width = area.width / 3;
            let middle = Area { x: area.x + width, width, ..area };
            return self.rule("─", middle, buf);
        }
        self.before(block, row, area, buf);
        let base = self.base(block);
        for piece in row.pieces() {
            let indent = piece.x.min(area.width);
            self.name_of(piece, row.indent, area, buf);
            let runs = self.lit.row(piece.span);
            let area = Area { x: area.x + indent, width: area.width - indent, ..area };
            let words = (&*self.model.doc.text, piece.span, row.stretch);
            let end = line::paint(words, (base, &runs), self.theme, (area, &mut *buf));
            if row.hyphen && end < area.x + area.width {
                line::write(buf, (end, area.y), 1, "-", base);
            }
        }
    }

    /// The name of the column that a cell belongs to, where the cell stands behind it.
    fn name_of(&self, piece: Piece, indent: u16, area: Area, buf: &mut Buffer) {
        let Some(name) = piece.name else { return };
        let indent = indent.min(area.width);
        let room = piece.x.saturating_sub(indent + 1).min(area.width - indent);
        let name = shown::fit(&format!("{}:", self.model.doc.slice(name)), usize::from(room));
        line::write(buf, (area.x + indent, area.y), room, &name, self.theme.part(Part::Aside));
    }

    fn base(&self, block: Block) -> Style {
        let part = match block.kind() {
            BlockKind::Title | BlockKind::Heading(_) => Part::Heading,
            BlockKind::Row(TableRow::Head) => Part::Heading,
            BlockKind::Byline => Part::Aside,
            BlockKind::Quote(_) => Part::Quoted,
            BlockKind::Code => Part::Code,
            _ => return Style::new(),
        };
        self.theme.part(part)
    }

    /// What stands between the margin and the words: bullets, numbers, bars of quotations.
    fn before(&self, block: Block, row: &Row, area: Area, buf: &mut Buffer) {
        let dim = self.theme.part(Part::Aside);
        let end = area.x + row.indent.min(area.width);
        match block.kind() {
            BlockKind::Quote(level) => {
                for level in 1..=u16::from(level.min(4)) {
                    let x = end.saturating_sub(2 * level).max(area.x);
                    line::write(buf, (x, area.y), 1, "│", dim);
                }
            }
            BlockKind::Item(_, number) if row.opens && !block.continues() => {
                let mark = number.map_or("•".to_owned(), |number| format!("{number}."));
                let width = shown::width(&mark) as u16 + 1;
                let x = end.saturating_sub(width).max(area.x);
                line::write(buf, (x, area.y), width, &mark, dim);
            }
            _ => {}
        }
    }

    fn author(&self, row: &Row, area: Area, buf: &mut Buffer) {
        let doc = &self.model.doc;
        let Some(index) = doc.comment_of_block(row.block as usize) else { return };
        let folded = self.model.folds.is_closed(index);
        let (mut x, end) = (area.x + row.indent.min(area.width), area.x + area.width);
        let aside = self.theme.part(Part::Aside);
        x = line::write(buf, (x, area.y), end - x, &self.sign(index, folded), aside);
        x = self.name(index, row, Area { x, width: end - x, ..area }, buf);
        let said = self.beside(index, folded, end.saturating_sub(x));
        line::write(buf, (x, area.y), end.saturating_sub(x), &said, aside);
    }

    /// The name of an author, lit where it is a mention. Returns the column after it.
    fn name(&self, index: usize, row: &Row, area: Area, buf: &mut Buffer) -> u16 {
        let doc = &self.model.doc;
        let Some(name) = doc.author(&doc.comments[index]) else {
            let aside = self.theme.part(Part::Aside);
            return line::write(buf, (area.x, area.y), area.width, "someone", aside);
        };
        let current =
            self.model.view.reading == Pane::Comments && self.model.comment() == Some(index);
        let style = self.theme.part(if current { Part::CurrentAuthor } else { Part::Author });
        let width = (shown::width(name) as u16).min(area.width);
        let runs = self.lit.row(row.span);
        let area = Area { width, ..area };
        line::paint((&doc.text, row.span, 0), (style, &runs), self.theme, (area, buf));
        area.x + width
    }

    /// What is folded away, what is new, who the author is in this discussion, time, score.
    fn beside(&self, index: usize, folded: bool, room: u16) -> String {
        let comment = &self.model.doc.comments[index];
        let only = |part: String| vec![part];
        let parts = [
            folded.then(|| self.hidden(index)),
            self.model.fresh.binary_search(&(index as u32)).ok().map(|_| only("● new".into())),
            self.part_in_it(index).map(|part| only(part.into())),
            self.model.doc.comments.time(comment).map(|time| only(when(time))),
            comment.score().map(|score| only(format!("{score:+}"))),
        ];
        // What does not fit is left out whole: half a time tells nothing.
        let mut said = String::new();
        for forms in parts.into_iter().flatten() {
            let room = usize::from(room).saturating_sub(shown::width(&said) + 3);
            if let Some(part) = forms.iter().find(|form| shown::width(form) <= room) {
                said.push_str(" · ");
                said.push_str(part);
            }
        }
        said
    }

    /// Whether a thread is folded, and its depth where indentation cannot show it.
    fn sign(&self, index: usize, folded: bool) -> String {
        let depth = self.model.doc.comments[index].depth;
        let flow = self.model.flow(Pane::Comments);
        let capped = depth > 0 && flow.thread_indent(depth) == flow.thread_indent(depth - 1);
        let fold = if folded { "▸" } else { "▾" };
        if capped { format!("{fold} ↳{depth} ") } else { format!("{fold} ") }
    }

    /// Whether the author of a comment wrote the article, or began the thread.
    fn part_in_it(&self, index: usize) -> Option<&'static str> {
        let doc = &self.model.doc;
        let author = doc.author(&doc.comments[index])?;
        if doc.head.authors.iter().any(|name| name == author) {
            return Some("the author");
        }
        let root = doc.thread_root(index);
        let began = root != index && doc.author(&doc.comments[root]) == Some(author);
        began.then_some("began this")
    }

    /// What a folded thread hides, in more and in fewer words.
    fn hidden(&self, index: usize) -> Vec<String> {
        let end = self.model.doc.thread_end(index);
        let replies = end - index - 1;
        let said = match replies {
            0 => "folded".into(),
            1 => "↩ 1 reply".into(),
            replies => format!("↩ {replies} replies"),
        };
        match self.model.new_in(index + 1..end) {
            0 => vec![said, format!("↩ {replies}")],
            new => vec![format!("{said}, {new} new"), format!("↩ {replies}, {new} new")],
        }
    }

    /// The marks left of a row: cursor, bookmark, quotations.
    fn gutter(&self, row: &Row, y: u16, buf: &mut Buffer) {
        let Column { text, gutter } = self.column;
        let x = text.x - gutter;
        let touches =
            |span: Span| span.intersect(row.span).is_some() || span.start == row.span.start;
        let parts = matches!(row.kind, RowKind::Thread | RowKind::Rule(_));
        if self.passage.is_some_and(touches) && !parts {
            line::write(buf, (x, y), 1, "▌", self.theme.part(Part::Cursor));
        }
        if parts || row.kind == RowKind::Blank {
            return;
        }
        let (takers, quoted) = self.model.takers(row.span);
        if takers > 0 {
            let (sign, part) = if quoted { ("❝", Part::Quotes) } else { ("≈", Part::Aside) };
            let mark = self.mark(sign, takers);
            // Beside the star where the gutter is wide, over it where it is narrow.
            let at = x + if gutter > 2 { 2 } else { 1 };
            line::write(buf, (at, y), gutter.min(2), &mark, self.theme.part(part));
        }
        if let Some((_, mark)) = self.model.marks.within(row.span).next() {
            line::write(buf, (x + 1, y), 1, mark.sign(), self.theme.part(Part::Star));
        }
    }

    /// The sign of links with how many comments take up what starts on a row.
    fn mark(&self, sign: &str, count: usize) -> String {
        match (self.column.gutter, count) {
            (..3, _) => sign.into(),
            (_, 1..=9) => format!("{sign}{count}"),
            _ => format!("{sign}+"),
        }
    }
}
