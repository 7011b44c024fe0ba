//! A frame of the program as an SVG picture: each run of cells of one look is one piece of text.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use recto::text::shown;

/// Width and height of a cell, and the size of a letter, in pixels.
const CELL: (u32, u32) = (9, 18);
const LETTER: u32 = 15;

/// Pixels around the screen.
const MARGIN: u32 = 12;

/// Colours where a cell has none of its own: words, paper.
const PAGE: (&str, &str) = ("#d8d4cc", "#1d1f21");

/// The sixteen colours of a terminal.
const ANSI: [&str; 16] = [
    "#1d1f21", "#cc6666", "#b5bd68", "#f0c674", "#81a2be", "#b294bb", "#8abeb7", "#c5c8c6",
    "#969896", "#d54e53", "#b9ca4a", "#e7c547", "#7aa6da", "#c397d8", "#70c0b1", "#ffffff",
];

/// The picture of a frame; `title` is read to who cannot see it.
pub(crate) fn picture(buf: &Buffer, title: &str) -> String {
    let (columns, rows) = (u32::from(buf.area.width), u32::from(buf.area.height));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"{LETTER}\" xml:space=\"preserve\">\n",
        escaped(title),
        PAGE.1
    );
    for y in 0..buf.area.height {
        row(buf, y, &mut svg);
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// The runs of a row.
fn row(buf: &Buffer, y: u16, svg: &mut String) {
    let mut x = 0;
    while x < buf.area.width {
        let (start, look) = (x, look(&buf[(x, y)]));
        let mut words = String::new();
        while x < buf.area.width && self::look(&buf[(x, y)]) == look {
            let symbol = buf[(x, y)].symbol();
            words.push_str(symbol);
            x += (shown::width(symbol) as u16).max(1);
        }
        run(&words, (start, y, x - start), &look, svg);
    }
}

/// Colours of words and paper, and the rest of a look.
type Look = (String, String, Modifier);

fn look(cell: &Cell) -> Look {
    let (mut ink, mut paper) = (colour(cell.fg, PAGE.0), colour(cell.bg, PAGE.1));
    if cell.modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut ink, &mut paper);
    }
    (ink, paper, cell.modifier.difference(Modifier::REVERSED))
}

fn run(words: &str, (x, y, cells): (u16, u16, u16), look: &Look, svg: &mut String) {
    let (ink, paper, modifier) = look;
    let (left, top) = (MARGIN + u32::from(x) * CELL.0, MARGIN + u32::from(y) * CELL.1);
    let (width, height) = (u32::from(cells) * CELL.0, CELL.1);
    if paper != PAGE.1 {
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>"
        );
    }
    if words.trim().is_empty() {
        return;
    }
    let styles = [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ];
    let styles = styles.into_iter().filter(|&(one, _)| modifier.contains(one));
    let style: String = styles.map(|(_, style)| style).collect();
    let baseline = top + LETTER - 1;
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{baseline}\" textLength=\"{width}\" fill=\"{ink}\"{style}>{}</text>",
        escaped(words)
    );
}

fn colour(colour: Color, page: &str) -> String {
    let ansi = |index: usize| ANSI[index].to_owned();
    match colour {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Black => ansi(0),
        Color::Red => ansi(1),
        Color::Green => ansi(2),
        Color::Yellow => ansi(3),
        Color::Blue => ansi(4),
        Color::Magenta => ansi(5),
        Color::Cyan => ansi(6),
        Color::Gray => ansi(7),
        Color::DarkGray => ansi(8),
        Color::White => ansi(15),
        Color::Indexed(index) if index < 16 => ansi(usize::from(index)),
        _ => page.to_owned(),
    }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
