//! Where the cells of a table stand: side by side in columns, each as wide as its widest cell or,
//! where they have no room, narrower, with its words wrapped; where even that has no room, below
//! each other, each behind the name of its column.
//!
//! The widths are taken over rows from all over the table, the same few wherever the reader is, so
//! that columns stay where they are and a longer table costs no more.
//!
//! May not know: what stands around a table, scrolling, state.

use std::ops::Range;

use super::wrap;
use super::wrapped::{Lines, Parting, Piece};
use crate::article::{BlockKind, Document, Table, TableRow};
use crate::text::shown;
use crate::text::span::Span;

/// Cells between two columns.
const GAP: u16 = 2;

/// So many rows at the start of a table are measured, and so many more of the rest.
const FIRST: usize = 8;
const SPREAD: usize = 24;

/// A column is taken to be no wider than this, in cells and in bytes of a cell.
const WIDEST: usize = 160;

/// A column of words is made no narrower than this, nor than its longest word up to twice this.
const NARROWEST: u16 = 12;

/// Longest number, in bytes.
const NUMBER: usize = 24;

/// A row that was cut is looked back along for its first cell over so many blocks.
const PIECES: usize = 64;

/// How a table is set in a column of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Side by side.
    Columns(Vec<Column>),
    /// Below each other, each behind the name of its column: the cell of the head, with the cells
    /// from the margin to the words.
    Records(Vec<Span>, u16),
    /// One after the other: they have neither room nor names.
    Running,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Column {
    /// Cells from the left.
    x: u16,
    width: u16,
    /// Whether its cells end at its right edge, as numbers do.
    right: bool,
    /// Whether it is narrower than its widest cell.
    shrunk: bool,
}

/// What is known of the cells of a column.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    widest: u16,
    least: u16,
    numbers: usize,
    words: usize,
}

impl Form {
    /// How a table is set in a column of `width` cells. Bounded by the width, whatever the table.
    pub(super) fn of(doc: &Document, table: &Table, width: u16) -> Self {
        let most = usize::from(width / (GAP + 1)) + 1;
        let measures = measured(doc, table, most);
        let columns = measures.and_then(|measures| columns(&measures, width));
        columns.map_or_else(|| records(doc, table, width), Self::Columns)
    }

    /// The lines of block `index`, a row of the table, in a column of `width` cells.
    pub(super) fn lines(&self, doc: &Document, table: &Table, index: usize, width: u16) -> Lines {
        let block = doc.blocks[index];
        let head = table.head && block.kind() == BlockKind::Row(TableRow::Head);
        let first = first_cell(doc, table, index);
        let mut lines = match self {
            Self::Columns(columns) => side_by_side(doc, block.span, (columns, first)),
            Self::Records(names, x) if !head => {
                below_each_other(doc, block.span, (names, first), (*x, width))
            }
            _ => running(doc, block.span, width),
        };
        lines.parting = self.parting(head);
        lines
    }

    /// What parts a row from the next one.
    fn parting(&self, head: bool) -> Parting {
        match self {
            Self::Columns(columns) if head || columns.iter().any(|column| column.shrunk) => {
                Parting::Rule(columns.last().map_or(0, |last| last.x + last.width))
            }
            Self::Records(..) => Parting::Blank,
            _ => Parting::None,
        }
    }
}

/// The cells of a row's words, at most `most`: the last one takes what is left.
fn cells(row: Span, text: &str, most: usize) -> impl Iterator<Item = Span> + use<'_> {
    let mut at = row.start;
    row.of(text).splitn(most.max(1), '\t').map(move |cell| {
        let span = Span::new(at, at + cell.len() as u32);
        at = span.end + 1;
        span
    })
}

/// Which cell of its row a block begins in: another than the first where the row was cut.
fn first_cell(doc: &Document, table: &Table, index: usize) -> usize {
    let before = (table.blocks.start as usize..=index).rev().take(PIECES);
    let cut =
        before.take_while(|&at| doc.blocks[at].continues()).filter_map(|at| at.checked_sub(1));
    cut.map(|at| doc.words(&doc.blocks[at]).matches('\t').count()).sum()
}

/// The rows that are measured: some at the start, and some from there to the end, the last one
/// among them.
fn sample(blocks: &Range<u32>) -> impl Iterator<Item = usize> + use<> {
    let (start, count) = (blocks.start as usize, blocks.len());
    let rest = count.saturating_sub(FIRST);
    let spread = SPREAD.min(rest);
    let later = (1..=spread).map(move |step| FIRST + rest * step / spread - 1);
    (0..count.min(FIRST)).chain(later).map(move |row| start + row)
}

/// The columns of a table; `None` where they are more than `most`.
fn measured(doc: &Document, table: &Table, most: usize) -> Option<Vec<Measure>> {
    let mut measures: Vec<Measure> = Vec::new();
    for index in sample(&table.blocks) {
        let block = doc.blocks[index];
        if block.continues() {
            continue;
        }
        for (column, cell) in cells(block.span, &doc.text, most + 1).enumerate() {
            if column >= most {
                return None;
            }
            if column == measures.len() {
                measures.push(Measure::default());
            }
            measures[column].take(cell.of(&doc.text), block.kind());
        }
    }
    Some(measures)
}

impl Measure {
    fn take(&mut self, cell: &str, kind: BlockKind) {
        let (start, _) = cell.split_at(cell.floor_char_boundary(WIDEST));
        let cells = |text: &str| shown::width(text).min(WIDEST) as u16;
        let lines = start.split('\n').map(|line| cells(line.trim_end()));
        self.widest = self.widest.max(lines.max().unwrap_or_default());
        let word = start.split_whitespace().map(cells).max().unwrap_or_default();
        self.least = self.least.max(word);
        let said = !cell.trim().is_empty() && kind != BlockKind::Row(TableRow::Head);
        self.numbers += usize::from(said && is_number(cell));
        self.words += usize::from(said && !is_number(cell));
    }

    /// A column of numbers is not made narrower, nor one that is narrow.
    fn least(&self) -> u16 {
        let words = self.least.clamp(NARROWEST, 2 * NARROWEST);
        if self.is_numeric() { self.widest } else { self.widest.min(words) }
    }

    fn is_numeric(&self) -> bool {
        self.numbers > 0 && self.words == 0
    }
}

/// Whether a cell is a number: figures with their signs, marks and units of a letter or two.
fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    let signs = |c: char| c.is_ascii_digit() || " .,:/%+-−–±~<>$€£¥'’()".contains(c);
    let unit = cell.trim_end_matches(|c: char| c.is_alphabetic());
    cell.len() <= NUMBER
        && cell.chars().count() - unit.chars().count() <= 2
        && unit.chars().all(signs)
        && unit.contains(|c: char| c.is_ascii_digit())
}

/// The columns side by side: as wide as they are, else the widest ones made narrower alike.
/// `None` where they have no room.
fn columns(measures: &[Measure], width: u16) -> Option<Vec<Column>> {
    let gaps = usize::from(GAP) * measures.len().saturating_sub(1);
    let room = usize::from(width).checked_sub(gaps)?;
    let cell = |measure: &Measure, cap: u16| measure.widest.min(cap.max(measure.least())).max(GAP);
    let sum = |cap| measures.iter().map(|one| usize::from(cell(one, cap))).sum::<usize>();
    let cap = (0..=width.max(WIDEST as u16)).rev().find(|&cap| sum(cap) <= room)?;
    let mut x = 0;
    let column = |measure: &Measure| {
        let width = cell(measure, cap);
        let shrunk = width < measure.widest;
        let column = Column { x, width, right: measure.is_numeric(), shrunk };
        x += width + GAP;
        column
    };
    Some(measures.iter().map(column).collect())
}

fn records(doc: &Document, table: &Table, width: u16) -> Form {
    let head = doc.blocks.get(table.blocks.start as usize);
    let head = head.filter(|_| table.head && width >= NARROWEST);
    let Some(head) = head else { return Form::Running };
    let names: Vec<Span> = cells(head.span, &doc.text, usize::MAX).collect();
    let wide = |name: &Span| shown::width(name.of(&doc.text)).min(usize::from(width)) as u16;
    let widest = names.iter().map(wide).max().unwrap_or_default().min(width / 5 * 2);
    Form::Records(names, widest + GAP)
}

/// Cells in columns. The lines begin where those of the tallest cell do: so they have places in
/// order, and are one after the other.
fn side_by_side(doc: &Document, row: Span, (columns, first): (&[Column], usize)) -> Lines {
    let first = first.min(columns.len().saturating_sub(1));
    let columns = columns.get(first..).unwrap_or_default();
    let (mut pieces, mut starts): (Vec<Piece>, Vec<u32>) = (Vec::new(), Vec::new());
    for (cell, column) in cells(row, &doc.text, columns.len()).zip(columns) {
        let rows = wrap::prose(cell.of(&doc.text), column.width);
        let rows = rows.into_iter().map(|one| one.moved(cell.start));
        let from = pieces.len();
        pieces.extend((0..).zip(rows).map(|(line, span)| {
            let ink = shown::width(span.of(&doc.text).trim_end()) as u16;
            let lead = if column.right { column.width.saturating_sub(ink) } else { 0 };
            Piece { line, span, x: column.x + lead, name: None }
        }));
        if pieces.len() - from > starts.len() {
            starts = pieces[from..].iter().map(|piece| piece.span.start).collect();
        }
    }
    pieces.sort_by_key(|piece| (piece.line, piece.x));
    Lines { tiles: tiles(row, &starts), pieces, parting: Parting::None }
}

/// Cells below each other; those that are empty take no line.
fn below_each_other(
    doc: &Document,
    row: Span,
    (names, first): (&[Span], usize),
    (x, width): (u16, u16),
) -> Lines {
    let mut pieces: Vec<Piece> = Vec::new();
    for (number, cell) in cells(row, &doc.text, usize::MAX).enumerate() {
        if cell.of(&doc.text).trim().is_empty() {
            continue;
        }
        // What a row that was cut begins with goes on in its cell.
        let name = names.get(first + number).filter(|_| first == 0 || number > 0);
        let rows = wrap::prose(cell.of(&doc.text), width.saturating_sub(x)).into_iter();
        let line = pieces.len() as u32;
        pieces.extend((line..).zip(rows).map(|(at, span)| {
            let name = name.copied().filter(|_| at == line);
            Piece { line: at, span: span.moved(cell.start), x, name }
        }));
    }
    let starts: Vec<u32> = pieces.iter().map(|piece| piece.span.start).collect();
    Lines { tiles: tiles(row, &starts), pieces, parting: Parting::None }
}

/// Cells one after the other, the lines after the first indented so that one sees where the next
/// row begins.
fn running(doc: &Document, row: Span, width: u16) -> Lines {
    let hang = if width > 2 * NARROWEST { GAP } else { 0 };
    let rows = wrap::prose(row.of(&doc.text), width.saturating_sub(hang)).into_iter();
    let piece = |(line, span): (u32, Span)| {
        let x = if line == 0 { 0 } else { hang };
        Piece { line, span: span.moved(row.start), x, name: None }
    };
    let pieces: Vec<Piece> = (0..).zip(rows).map(piece).collect();
    let starts: Vec<u32> = pieces.iter().map(|piece| piece.span.start).collect();
    Lines { tiles: tiles(row, &starts), pieces, parting: Parting::None }
}

/// The bytes of a row from where each line begins to where the next one does.
fn tiles(row: Span, starts: &[u32]) -> Vec<Span> {
    let ends = starts.iter().skip(1).copied().chain([row.end]);
    let starts = [row.start].into_iter().chain(starts.iter().skip(1).copied());
    starts.zip(ends).map(|(start, end)| Span::new(start, end)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::builder::Builder;
    use crate::layout::flow::{Flow, Row, RowKind};
    use crate::layout::folds::Folds;

    fn document(rows: &[String], head: bool) -> Document {
        let mut builder = Builder::new();
        builder.paragraph("before");
        for (number, row) in rows.iter().enumerate() {
            let first = if head { TableRow::Head } else { TableRow::First };
            builder.words(BlockKind::Row(if number == 0 { first } else { TableRow::Later }), row);
        }
        builder.finish()
    }

    fn rows(doc: &Document, width: u16) -> Vec<Row> {
        let folds = Folds::new(doc);
        Flow::body(doc, &folds, width).rows_from(0).collect()
    }

    /// The rows as they are drawn, without the paragraph before them.
    fn drawn(doc: &Document, width: u16) -> Vec<String> {
        let line = |row: &Row| {
            let mut line = String::new();
            for piece in row.pieces().filter(|_| row.kind == RowKind::Text) {
                let mut put = |x: u16, words: &str| {
                    let room = usize::from(x).saturating_sub(shown::width(&line));
                    line.push_str(&" ".repeat(room));
                    line.push_str(words.trim_end());
                };
                piece.name.into_iter().for_each(|name| put(0, &format!("{}:", doc.slice(name))));
                put(piece.x, doc.slice(piece.span));
            }
            match row.kind {
                RowKind::Rule(width) => "-".repeat(usize::from(width)),
                _ => line.trim_end().to_owned(),
            }
        };
        rows(doc, width).iter().skip(2).map(line).collect()
    }

    #[test]
    fn cells_stand_in_columns_and_numbers_end_where_the_others_do() {
        let doc = document(
            &["Month\tTides", "May\t9", "June\t1,031", "\t7 %", "July"].map(str::to_owned),
            true,
        );
        let lines = [
            "Month  Tides",
            "------------",
            "May        9",
            "June   1,031",
            "         7 %",
            "July",
        ];
        assert_eq!(drawn(&doc, 40), lines);
    }

    #[test]
    fn columns_without_room_are_narrower_and_then_rows_are_records() {
        let words = ["Who\tWhat was said", "Oona Fairley\tThe mule was right", "Bo\t"];
        let doc = document(&words.map(str::to_owned), true);
        let narrow = [
            "Who           What was",
            "              said",
            "--------------------------",
            "Oona Fairley  The mule was",
            "              right",
            "--------------------------",
            "Bo",
        ];
        assert_eq!(drawn(&doc, 26), narrow);
        let records = [
            "Who    What was said",
            "",
            "Who:  Oona Fairley",
            "What: The mule was",
            "      right",
            "",
            "Who:  Bo",
        ];
        let doc = document(
            &["Who\tWhat", "Oona Fairley\tThe mule was right", "Bo"].map(str::to_owned),
            true,
        );
        assert_eq!(drawn(&doc, 20)[1..], records[1..]);
    }

    #[test]
    fn columns_stay_where_they_are_in_a_table_of_any_length() {
        let words: Vec<String> =
            (0..20_000).map(|n| format!("{n}\tLamp {n}\t{}", "lit ".repeat(n % 9))).collect();
        let doc = document(&words, false);
        let folds = Folds::new(&doc);
        let flow = Flow::body(&doc, &folds, 60);
        let places = |row: Row| row.pieces().map(|piece| piece.x).collect::<Vec<_>>();
        let text = |row: &Row| row.kind == RowKind::Text;
        let far = doc.blocks[doc.blocks.len() - 8].span.start;
        let first: Vec<_> = flow.rows_from(8).filter(text).take(8).map(places).collect();
        let last: Vec<_> = flow.rows_from(far).filter(text).map(places).collect();
        // The numbers at the start are shorter, and end where those at the end do.
        assert!(first.iter().zip(&last).all(|(first, last)| first[1..] == last[1..]));
        assert_eq!(sample(&doc.tables[0].blocks).last(), Some(doc.blocks.len() - 1));
        assert_eq!(sample(&doc.tables[0].blocks).count(), FIRST + SPREAD);
    }

    #[test]
    fn a_row_that_was_cut_goes_on_in_its_cell() {
        let long = "word ".repeat(3000);
        let doc = document(&[format!("a\tb\t{long}\tlast"), "1\t2\t3\tx".to_owned()], false);
        assert!(doc.blocks.len() > 3 && doc.tables.len() == 1);
        let rows = rows(&doc, 60);
        let of = |words: &str| {
            let at = doc.text.find(words).unwrap() as u32;
            rows.iter().find_map(|row| row.pieces().find(|piece| piece.span.contains(at)))
        };
        assert_eq!(of("last").map(|piece| piece.x), of("x").map(|piece| piece.x));
        assert_eq!(of("1").map(|piece| piece.x), Some(0));
    }

    proptest! {
        #[test]
        fn every_character_is_shown_once_and_no_row_is_too_wide(
            words in prop::collection::vec("[a-z0-9 é日.\u{301}👩\t\n]{0,40}|(\t[a-z]{1,9}){0,30}", 1..12),
            head in any::<bool>(),
            width in 1u16..100,
        ) {
            let doc = document(&words, head);
            let folds = Folds::new(&doc);
            let flow = Flow::body(&doc, &folds, width);
            let mut shown_at = vec![0; doc.text.len()];
            let mut last = None;
            for row in flow.rows_from(0) {
                prop_assert!(last < Some(row.span.start));
                last = Some(row.span.start);
                prop_assert_eq!(flow.row_at(row.span.start).map(|it| it.span), Some(row.span));
                if row.kind != RowKind::Text {
                    continue;
                }
                for piece in row.pieces() {
                    piece.span.range().for_each(|at| shown_at[at] += 1);
                    let ink = doc.slice(piece.span).trim_end();
                    let widest = shown::glyphs(ink).map(|glyph| glyph.width).max().unwrap_or(0);
                    let end = usize::from(piece.x) + shown::width(ink);
                    // A glyph that is wider than its column may end in the gap, or at the edge.
                    prop_assert!(end <= usize::from(width.max(widest + piece.x)), "{row:?}");
                    for at in piece.span.range().filter(|&at| doc.text.is_char_boundary(at)) {
                        let found = flow.row_at(at as u32).map(|it| it.span);
                        prop_assert_eq!(found, Some(row.span));
                    }
                }
            }
            let hidden = |(at, ch): (usize, char)| shown_at[at] != 1 && !ch.is_whitespace();
            prop_assert!(!doc.text.char_indices().any(hidden));
        }
    }
}
