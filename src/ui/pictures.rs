//! The picture that lies over the panes: two of its points in each cell, above each other, or
//! where there are no colours a sign as dark as they are. Where the terminal shows it itself the
//! cells are blank.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Style};
use ratatui::widgets::{Clear, Widget as _};

use super::theme::{Part, Theme};
use super::{frame, line, rect};
use crate::app::Model;
use crate::app::reading::pictures::{Form, Shown};

/// From dark to light, on a dark screen.
const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];

pub(super) fn draw(model: &Model, theme: &Theme, picture: &Shown, buf: &mut Buffer) {
    let Some((area, cells)) = model.picture_area().zip(model.picture_cells()) else { return };
    Clear.render(rect(area, buf), buf);
    line::fill(buf, area, theme.part(Part::Page));
    frame::outline(theme, true, area, buf);
    let (width, title) = (area.inner().width, format!(" {} ", picture.words));
    line::write(buf, (area.x + 1, area.y), width, &title, theme.part(Part::FocusedName));
    let Form::Points(points) = &picture.form else { return };
    for y in 0..cells.height {
        for x in 0..cells.width {
            let (sign, style) = cell(theme, points.cell(x, y));
            line::write(buf, (cells.x + x, cells.y + y), 1, sign, style);
        }
    }
}

/// What stands in a cell for two points.
fn cell(theme: &Theme, points: [Option<[u8; 3]>; 2]) -> (&'static str, Style) {
    let colour = |[r, g, b]: [u8; 3]| Color::Rgb(r, g, b);
    let (sign, style) = match points.map(|point| point.map(colour)) {
        [Some(above), Some(below)] => ("▀", Style::new().fg(above).bg(below)),
        [Some(above), None] => ("▀", Style::new().fg(above)),
        [None, Some(below)] => ("▄", Style::new().fg(below)),
        [None, None] => (" ", Style::new()),
    };
    match theme.shown(style) {
        Some(style) => (sign, style),
        None => (shade(points), Style::new()),
    }
}

/// A sign as light as two points are (the weights are those of Rec. 709).
fn shade(points: [Option<[u8; 3]>; 2]) -> &'static str {
    let light = |[r, g, b]: [u8; 3]| 2126 * u32::from(r) + 7152 * u32::from(g) + 722 * u32::from(b);
    let sum: u32 = points.into_iter().flatten().map(light).sum();
    SHADES[(sum as usize * SHADES.len() / (2 * 255 * 10_000 + 1)).min(SHADES.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::style::Depth;

    #[test]
    fn two_points_are_one_cell_and_without_colours_a_sign() {
        let (white, black) = (Some([255; 3]), Some([0; 3]));
        let theme = Theme::coloured().at_depth(Depth::True);
        let (sign, style) = cell(&theme, [white, black]);
        assert_eq!((sign, style.fg), ("▀", Some(Color::Rgb(255, 255, 255))));
        assert_eq!(cell(&theme, [None, black]).0, "▄");
        let plain = Theme::monochrome();
        let signs = [[black, black], [white, black], [white, white], [None, None]];
        assert_eq!(signs.map(|points| cell(&plain, points).0), [" ", "▒", "█", " "]);
        assert_eq!(cell(&plain, [white, white]).1, Style::new());
    }
}
