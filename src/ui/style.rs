//! A style as words, `bold red on #fdf6e3`, and cut down to the colours that a terminal has.
//!
//! May not know: which terminal that is, what a style is for.

use ratatui::style::{Color, Modifier, Style};

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None.
    None,
    /// Its own sixteen.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Any of 24 bits.
    True,
}

impl Depth {
    /// By the variables `NO_COLOR` (<https://no-color.org>), `COLORTERM` and `TERM`; an empty
    /// one is as good as none.
    pub fn told(no_color: &str, colorterm: &str, term: &str) -> Self {
        match (no_color, colorterm, term) {
            (no, ..) if !no.is_empty() => Self::None,
            (_, "truecolor" | "24bit", _) => Self::True,
            (_, _, term) if term.ends_with("-direct") => Self::True,
            (_, _, term) if term.contains("256color") => Self::Indexed,
            _ => Self::Sixteen,
        }
    }
}

/// Modifiers by their names.
const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("strike", Modifier::CROSSED_OUT),
];

/// A style from words: modifiers, a colour, `on` a colour, `under` a colour of the underline. A
/// colour is a name, a number from 0 to 255 or `#rrggbb`.
///
/// # Errors
/// Where a word is none of these, a sentence that says so.
pub fn parse(written: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = written.split_whitespace();
    while let Some(word) = words.next() {
        let known = MODIFIERS.iter().find(|(name, _)| *name == word);
        style = match (word, known) {
            (_, Some(&(_, modifier))) => style.add_modifier(modifier),
            ("on", _) => style.bg(colour(words.next().unwrap_or_default())?),
            ("under", _) => style.underline_color(colour(words.next().unwrap_or_default())?),
            (word, None) => style.fg(colour(word)?),
        };
    }
    Ok(style)
}

fn colour(word: &str) -> Result<Color, String> {
    let unknown = |_| match word {
        "" => "a colour is missing".to_owned(),
        word => format!("“{word}” is neither a colour nor one of {}", modifiers()),
    };
    word.parse().map_err(unknown)
}

fn modifiers() -> String {
    MODIFIERS.map(|(name, _)| name).join(", ")
}

/// A style as [`parse`] reads it.
pub fn written(style: Style) -> String {
    let modifiers = MODIFIERS.iter().filter(|(_, one)| style.add_modifier.contains(*one));
    let mut words: Vec<String> = modifiers.map(|(name, _)| (*name).to_owned()).collect();
    words.extend(style.fg.map(name));
    words.extend(style.bg.map(|colour| format!("on {}", name(colour))));
    words.extend(style.underline_color.map(|colour| format!("under {}", name(colour))));
    words.join(" ")
}

fn name(colour: Color) -> String {
    colour.to_string().to_lowercase()
}

/// A style with the colours that a terminal has.
pub fn at_depth(style: Style, depth: Depth) -> Style {
    let mut style = style;
    let own = |colour: Color| reduced(colour, depth);
    style.fg = style.fg.and_then(own);
    style.bg = style.bg.and_then(own);
    style.underline_color = style.underline_color.and_then(own);
    if style.fg.is_some() && style.fg == style.bg {
        // Two colours that have become one would hide the words.
        style.fg = Some(if style.bg == Some(Color::Black) { Color::White } else { Color::Black });
    }
    style
}

fn reduced(colour: Color, depth: Depth) -> Option<Color> {
    match (colour, depth) {
        (_, Depth::None) => None,
        (Color::Rgb(r, g, b), Depth::Indexed) => Some(Color::Indexed(indexed([r, g, b]))),
        (Color::Rgb(r, g, b), Depth::Sixteen) => Some(SIXTEEN[sixteen([r, g, b])]),
        (Color::Indexed(index), Depth::Sixteen) => Some(SIXTEEN[sixteen(rgb(index))]),
        _ => Some(colour),
    }
}

/// In the order of their numbers.
const SIXTEEN: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// What xterm shows for them.
const SIXTEEN_RGB: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// The steps of the colour cube of xterm.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

fn rgb(index: u8) -> [u8; 3] {
    match index {
        0..=15 => SIXTEEN_RGB[usize::from(index)],
        16..=231 => {
            let cube = usize::from(index - 16);
            [STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6]]
        }
        _ => [8 + 10 * (index - 232); 3],
    }
}

/// The nearest of the cube and the greys; the first sixteen are the terminal's own to change.
fn indexed(wanted: [u8; 3]) -> u8 {
    (16..=255).min_by_key(|&index| distance(rgb(index), wanted)).unwrap_or(16)
}

fn sixteen(wanted: [u8; 3]) -> usize {
    (0..16).min_by_key(|&index| distance(SIXTEEN_RGB[index], wanted)).unwrap_or(0)
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    let apart = one.into_iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)));
    apart.map(|apart| apart * apart).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_read_as_it_is_written() {
        for written_so in
            ["", "bold italic red on #fdf6e3", "underline under yellow", "reverse 208"]
        {
            assert_eq!(parse(written_so).map(written).as_deref(), Ok(written_so));
        }
        assert_eq!(parse("bold on"), Err("a colour is missing".into()));
        assert!(parse("bright").unwrap_err().starts_with("“bright” is neither"));
    }

    #[test]
    fn colours_are_cut_down_to_what_there_is() {
        let style = Style::new().fg(Color::Rgb(255, 255, 250)).bg(Color::Rgb(250, 255, 255));
        assert_eq!(at_depth(style, Depth::True), style);
        assert_eq!(at_depth(style, Depth::None), Style::new());
        let sixteen = at_depth(style, Depth::Sixteen);
        assert_eq!((sixteen.fg, sixteen.bg), (Some(Color::Black), Some(Color::White)));
        let blue = Style::new().fg(Color::Rgb(0, 114, 178));
        assert_eq!(at_depth(blue, Depth::Indexed).fg, Some(Color::Indexed(25)));
    }

    #[test]
    fn the_depth_is_told_by_the_environment() {
        assert_eq!(Depth::told("1", "truecolor", "xterm-256color"), Depth::None);
        assert_eq!(Depth::told("", "truecolor", "xterm"), Depth::True);
        assert_eq!(Depth::told("", "", "screen-256color"), Depth::Indexed);
        assert_eq!(Depth::told("", "", "linux"), Depth::Sixteen);
    }
}
