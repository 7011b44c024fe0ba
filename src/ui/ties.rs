//! The list at the foot of the comments: the links of the one under the cursor.

use ratatui::buffer::Buffer;

use super::line;
use super::theme::{Part, Theme};
use crate::app::Model;
use crate::app::ties::Tie;
use crate::layout::panes::{Area, Pane};
use crate::text::shown;

/// Draws the list, where there is one.
pub(super) fn draw(model: &Model, theme: &Theme, buf: &mut Buffer) {
    let area = model.foot(Pane::Comments);
    if area.height == 0 {
        return;
    }
    let aside = theme.part(Part::Rule);
    line::write(buf, (area.x, area.y), area.width, &"─".repeat(area.width.into()), aside);
    let said = format!(" {} ", counts(model.tie_counts()));
    line::write(buf, (area.x + 2, area.y), area.width.saturating_sub(2), &said, aside);
    let rows = area.y + 1..area.y + area.height;
    for (y, tie) in rows.zip(model.listed_ties()) {
        draw_tie(model, theme, &tie, Area { y, height: 1, ..area }, buf);
    }
}

fn draw_tie(model: &Model, theme: &Theme, tie: &Tie, row: Area, buf: &mut Buffer) {
    let (aside, end) = (theme.part(Part::Aside), row.x + row.width);
    let part = if tie.sign == "❝" { Part::Quotes } else { Part::Aside };
    if tie.next {
        line::write(buf, (row.x, row.y), 1, "▸", theme.part(Part::Cursor));
    }
    line::write(buf, (row.x + 2, row.y), 2, tie.sign, theme.part(part));
    let place = shown::fit(&tie.place, usize::from(row.width / 3));
    let x = line::write(buf, (row.x + 4, row.y), row.width.saturating_sub(4), &place, aside) + 1;
    let room = end.saturating_sub(x + 1);
    let words = shown::fit(model.doc.slice(tie.passage), usize::from(room));
    line::write(buf, (x, row.y), room, &words, ratatui::style::Style::new());
}

/// What is listed.
fn counts((out, back): (usize, usize)) -> String {
    let out = match out {
        0 => None,
        1 => Some("takes up 1 passage".to_owned()),
        out => Some(format!("takes up {out} passages")),
    };
    let back = (back > 0).then(|| format!("quoted {back}×"));
    out.into_iter().chain(back).collect::<Vec<_>>().join(" · ")
}
