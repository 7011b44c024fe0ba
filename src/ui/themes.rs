//! The themes that are built in, by name.
//!
//! May not know: which one the reader chose, how many colours the terminal has.

use ratatui::style::{Color, Style};

use super::theme::{self, Part, Theme};
use crate::app::reading::lit::Role;

/// A theme that is built in.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// What the config calls it.
    pub name: &'static str,
    /// What it is for.
    pub help: &'static str,
    /// Makes it.
    pub make: fn() -> Theme,
}

/// All themes that are built in; the first is the usual one.
pub const THEMES: [Named; 6] = [
    Named { name: "terminal", help: "the terminal's own colours", make: Theme::coloured },
    Named { name: "light", help: "dark ink on warm paper", make: light },
    Named { name: "dark", help: "quiet light on dark", make: dark },
    Named { name: "high-contrast", help: "white on black, nothing dim", make: high_contrast },
    Named { name: "okabe-ito", help: "told apart by all kinds of colour sight", make: okabe_ito },
    Named { name: "monochrome", help: "no colours", make: Theme::monochrome },
];

/// The theme of a name.
pub fn named(name: &str) -> Option<Theme> {
    THEMES.iter().find(|theme| theme.name == name).map(|theme| (theme.make)())
}

/// The colours of a theme. Everything else (weight, underline, marks) is as without colour.
struct Inks {
    /// Of the page itself, words and paper; none where those are the terminal's.
    page: Option<(Color, Color)>,
    /// What is said beside something; dim where there is none.
    aside: Option<Color>,
    /// Focus and cursor.
    focus: Color,
    /// Those who wrote comments, links.
    author: Color,
    /// Code, inside running text and set off.
    code: Color,
    /// Names, those of the kind that is selected, the one that is.
    names: [Color; 3],
    /// Quotations and the passages that they are of.
    quote: Color,
    /// Bookmarks and ticks.
    mark: Color,
    /// Search hits.
    hit: Color,
    /// Where the cursor came to.
    current: Color,
    /// On the last four, which are papers.
    ink: Color,
}

impl Inks {
    fn theme(&self) -> Theme {
        Theme::new(|role| self.role(role), |part| self.part(part))
    }

    fn role(&self, role: Role) -> Style {
        let plain = theme::plain_role(role);
        let on = |paper: Color| Style::new().fg(self.ink).bg(paper);
        match role {
            Role::Link => plain.fg(self.author),
            Role::Code => Style::new().fg(self.code),
            Role::Mention => plain.fg(self.names[0]),
            Role::Kin => plain.fg(self.names[1]),
            Role::Bookmark => plain.underline_color(self.mark),
            Role::Echo | Role::Quote => plain.fg(self.quote),
            Role::Selected => on(self.names[2]),
            Role::Hit => on(self.hit).bold(),
            Role::Current => on(self.current).bold().underlined(),
            Role::Gone | Role::New => plain,
            Role::Selection | Role::Emphasis | Role::Quoting | Role::Strong | Role::Struck => plain,
        }
    }

    fn part(&self, part: Part) -> Style {
        let plain = theme::plain_part(part);
        let aside = self.aside.map_or(plain, |aside| Style::new().fg(aside));
        match part {
            Part::Page => self.page.map_or(plain, |(ink, paper)| plain.fg(ink).bg(paper)),
            Part::Border | Part::Aside | Part::Count | Part::Rule => aside,
            Part::Focused | Part::FocusedName | Part::Cursor | Part::Kind => plain.fg(self.focus),
            Part::Author | Part::CurrentAuthor => plain.fg(self.author),
            Part::Star | Part::Tick => plain.fg(self.mark),
            Part::Quotes => plain.fg(self.quote),
            Part::Code => plain.fg(self.code),
            _ => plain,
        }
    }
}

/// From red, green and blue, a byte each.
const fn rgb(hex: u32) -> Color {
    Color::Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

fn light() -> Theme {
    Inks {
        page: Some((rgb(0x2b_2a_27), rgb(0xfb_f8_f1))),
        aside: Some(rgb(0x6f_6a_5f)),
        focus: rgb(0x0b_6e_75),
        author: rgb(0x1f_4e_9c),
        code: rgb(0x8a_2f_6b),
        names: [rgb(0x0b_6e_75), rgb(0x8a_4b_00), rgb(0xff_d9_7a)],
        quote: rgb(0x2c_6e_2f),
        mark: rgb(0x85_5b_00),
        hit: rgb(0x9f_df_e4),
        current: rgb(0xf3_b0_d8),
        ink: rgb(0x2b_2a_27),
    }
    .theme()
}

fn dark() -> Theme {
    Inks {
        page: Some((rgb(0xd7_d3_c8), rgb(0x1d_1f_21))),
        aside: Some(rgb(0x91_8c_80)),
        focus: rgb(0x6f_c3_c9),
        author: rgb(0x8f_b3_f0),
        code: rgb(0xd7_a0_c8),
        names: [rgb(0x6f_c3_c9), rgb(0xe8_b3_6a), rgb(0xe8_c4_6a)],
        quote: rgb(0x93_c9_87),
        mark: rgb(0xe8_c4_6a),
        hit: rgb(0x7f_d0_d6),
        current: rgb(0xe7_9b_cb),
        ink: rgb(0x1d_1f_21),
    }
    .theme()
}

fn high_contrast() -> Theme {
    Inks {
        page: Some((rgb(0xff_ff_ff), rgb(0x00_00_00))),
        aside: Some(rgb(0xff_ff_ff)),
        focus: rgb(0xff_ff_00),
        author: rgb(0x80_ff_ff),
        code: rgb(0xff_c0_ff),
        names: [rgb(0x00_ff_ff), rgb(0xff_ff_00), rgb(0xff_ff_00)],
        quote: rgb(0x80_ff_80),
        mark: rgb(0xff_ff_00),
        hit: rgb(0x00_ff_ff),
        current: rgb(0xff_ff_ff),
        ink: rgb(0x00_00_00),
    }
    .theme()
}

/// The colours of Okabe and Ito, “Color Universal Design” (2008), on the terminal's own page.
fn okabe_ito() -> Theme {
    let [orange, sky, green, yellow] =
        [rgb(0xe6_9f_00), rgb(0x56_b4_e9), rgb(0x00_9e_73), rgb(0xf0_e4_42)];
    Inks {
        page: None,
        aside: None,
        focus: sky,
        author: sky,
        code: rgb(0xcc_79_a7),
        names: [sky, orange, yellow],
        quote: green,
        mark: orange,
        hit: sky,
        current: orange,
        ink: rgb(0x00_00_00),
    }
    .theme()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What can stand beside each other on a screen and has to be told apart.
    const APART: [Role; 8] = [
        Role::Emphasis,
        Role::Mention,
        Role::Kin,
        Role::Quote,
        Role::Selected,
        Role::Hit,
        Role::Selection,
        Role::Current,
    ];

    #[test]
    fn what_has_to_be_told_apart_differs_in_every_theme_at_every_depth() {
        use crate::ui::style::Depth;
        for Named { name, make, .. } in THEMES {
            for depth in [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True] {
                let theme = make().at_depth(depth);
                for (index, &role) in APART.iter().enumerate() {
                    for &other in &APART[..index] {
                        assert_ne!(
                            theme.role(role),
                            theme.role(other),
                            "{name} {depth:?} {role:?} {other:?}"
                        );
                    }
                }
                assert_ne!(theme.part(Part::Pointed), theme.part(Part::Page), "{name} {depth:?}");
            }
        }
    }

    #[test]
    fn words_can_be_read_on_their_paper() {
        for Named { name, make, .. } in THEMES {
            let theme = make();
            let page = theme.part(Part::Page);
            let styles = Role::ALL.map(|role| theme.role(role)).into_iter();
            let styles = styles.chain(Part::ALL.map(|part| theme.part(part)));
            for style in styles.map(|style| page.patch(style)) {
                let (Some(Color::Rgb(..)), Some(Color::Rgb(..))) = (style.fg, style.bg) else {
                    continue;
                };
                let contrast = contrast(style.fg, style.bg);
                assert!(contrast >= 4.5, "{name}: {style:?} has a contrast of {contrast:.1}");
            }
        }
    }

    /// The contrast ratio of the Web Content Accessibility Guidelines 2.2.
    fn contrast(one: Option<Color>, other: Option<Color>) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(colour: Option<Color>) -> f64 {
        let Some(Color::Rgb(r, g, b)) = colour else { panic!("{colour:?}") };
        let linear = |part: u8| match f64::from(part) / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }
}
