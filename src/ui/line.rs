//! Words into cells.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::theme::Theme;
use crate::app::reading::lit::Role;
use crate::layout::justify;
use crate::layout::panes::Area;
use crate::text::shown::{Glyph, glyphs};
use crate::text::span::Span;

/// Paints the words of a row, `text[row]`, at the top left of `area`, lit as `runs` say. Its blanks
/// get `stretch` cells together. Returns the column after it.
pub(super) fn paint(
    (text, row, stretch): (&str, Span, u16),
    (base, runs): (Style, &[(Span, Role)]),
    theme: &Theme,
    (area, buf): (Area, &mut Buffer),
) -> u16 {
    let words = row.of(text);
    let ink = words.trim_end_matches([' ', '\n', '\t']);
    let mut runs = runs.iter().copied().peekable();
    let (mut x, mut added) = (area.x, 0);
    for glyph in glyphs(words).take_while(|glyph| (glyph.at as usize) < ink.len()) {
        let at = row.start + glyph.at;
        while runs.next_if(|(span, _)| span.end <= at).is_some() {}
        let role = runs.peek().filter(|(span, _)| span.start <= at).map(|&(_, role)| role);
        let style = role.map_or(base, |role| over(base, theme, role));
        if x + glyph.width > area.x + area.width {
            break;
        }
        put(buf, x, area.y, &glyph, style);
        x += glyph.width;
        if stretch > 0 && glyph.shown == " " {
            let wider = justify::before(ink, stretch, glyph.end) - added;
            fill(buf, Area { x, width: wider, height: 1, ..area }, style);
            (x, added) = (x + wider, added + wider);
        }
    }
    x
}

/// The look of words in a role. What stands out for a while looks the same in a heading, in a
/// quotation and in running text: nothing of how those are set shows through.
fn over(base: Style, theme: &Theme, role: Role) -> Style {
    let own = theme.role(role);
    let style = base.patch(own);
    if role.is_passing() { Style { add_modifier: own.add_modifier, ..style } } else { style }
}

/// Writes one line of plain words, cut to `width` cells. Returns the column after it.
pub(super) fn write(
    buf: &mut Buffer,
    (x, y): (u16, u16),
    width: u16,
    text: &str,
    style: Style,
) -> u16 {
    let mut at = x;
    for glyph in glyphs(text) {
        if at + glyph.width > x.saturating_add(width) {
            break;
        }
        put(buf, at, y, &glyph, style);
        at += glyph.width;
    }
    at
}

/// Fills cells with a style.
pub(super) fn fill(buf: &mut Buffer, area: Area, style: Style) {
    let area = super::rect(area, buf);
    buf.set_style(area, style);
}

/// Puts a cluster into its cells: one symbol for a cluster of the text, and one a character
/// where the cluster is shown as several.
fn put(buf: &mut Buffer, x: u16, y: u16, glyph: &Glyph<'_>, style: Style) {
    if glyph.width == 0 {
        return;
    }
    if glyph.width > 2 || glyph.shown.starts_with(' ') {
        let mut bytes = [0; 4];
        for (column, ch) in (x..).zip(glyph.shown.chars()) {
            set(buf, column, y, ch.encode_utf8(&mut bytes), style);
        }
        return;
    }
    set(buf, x, y, &glyph.shown, style);
    for column in 1..glyph.width {
        if let Some(cell) = buf.cell_mut((x + column, y)) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that fills cells, from glyphs")]
fn set(buf: &mut Buffer, x: u16, y: u16, symbol: &str, style: Style) {
    if let Some(cell) = buf.cell_mut((x, y)) {
        cell.set_symbol(symbol).set_style(style);
    }
}
