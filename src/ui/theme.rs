//! What a role or a part looks like. The only file that names colours.
//!
//! Every role differs from every other without colour too: by weight, underline, reverse or a
//! mark in the gutter.

use ratatui::style::{Color, Modifier, Style};

use crate::app::lit::Role;

/// A part of the screen that is no word of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The border of a pane.
    Border,
    /// The border of the pane that has the focus.
    Focused,
    /// The name of a pane in its border.
    Name,
    /// The name of the pane that has the focus.
    FocusedName,
    /// The title of the article, at the top.
    Title,
    /// What is said beside something.
    Aside,
    /// The line at the bottom.
    Status,
    /// What the line at the bottom tells.
    Message,
    /// A heading of the article.
    Heading,
    /// Quoted paragraphs.
    Quoted,
    /// Preformatted text.
    Code,
    /// Who wrote a comment.
    Author,
    /// Who wrote the comment under the cursor.
    CurrentAuthor,
    /// A rule between threads or parts of the text.
    Rule,
    /// The bar beside the passage under the cursor.
    Cursor,
    /// The mark of a bookmark.
    Star,
    /// The mark of a passage that is quoted.
    Quotes,
    /// A heading of a list.
    Kind,
    /// The line of a list that is pointed at.
    Pointed,
    /// The line of a list that is pointed at while another pane has the focus.
    Chosen,
    /// A count in a list.
    Count,
    /// The part of a scrollbar that is shown.
    Thumb,
    /// A mark on a scrollbar.
    Tick,
}

/// How roles and parts look.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Words that stand out.
    pub role: fn(Role) -> Style,
    /// Everything else.
    pub part: fn(Part) -> Style,
}

impl Theme {
    /// The terminal's own sixteen colours.
    pub const COLOURED: Self = Self { role: coloured_role, part: coloured_part };

    /// No colours at all (`NO_COLOR`).
    pub const MONOCHROME: Self = Self { role: plain_role, part: plain_part };
}

fn plain_role(role: Role) -> Style {
    let style = Style::new();
    match role {
        Role::Link => style.underlined(),
        Role::Emphasis | Role::Quoting => style.italic(),
        Role::Strong => style.bold(),
        Role::Code => style.bold(),
        Role::Struck => style.add_modifier(Modifier::CROSSED_OUT),
        Role::Mention | Role::Bookmark => style.underlined(),
        Role::Kin => style.bold().underlined(),
        Role::Echo => style.italic().underlined(),
        Role::Quote => style.bold().italic().underlined(),
        Role::Selected => style.reversed(),
        Role::Hit => style.bold().reversed(),
        Role::Selection => style.reversed().italic(),
        Role::Current => style.reversed().bold().underlined(),
        Role::Gone => style.dim().crossed_out(),
        Role::New => style.bold().underlined(),
    }
}

fn coloured_role(role: Role) -> Style {
    let style = plain_role(role);
    let on = |style: Style, colour| style.fg(Color::Black).bg(colour);
    match role {
        Role::Link => style.fg(Color::Blue),
        Role::Code => Style::new().fg(Color::Magenta),
        Role::Mention => Style::new().fg(Color::Cyan),
        Role::Kin => Style::new().fg(Color::Yellow),
        Role::Bookmark => style.underline_color(Color::Yellow),
        Role::Echo => style.fg(Color::Green),
        Role::Quote => Style::new().fg(Color::Green).bold().underlined(),
        Role::Selected => on(Style::new(), Color::Yellow),
        Role::Hit => on(Style::new(), Color::Cyan),
        Role::Selection => Style::new().reversed(),
        Role::Current => on(Style::new().bold().underlined(), Color::Magenta),
        Role::Gone => style.fg(Color::Red),
        Role::New => style.fg(Color::Green),
        Role::Emphasis | Role::Quoting | Role::Strong | Role::Struck => style,
    }
}

fn plain_part(part: Part) -> Style {
    let style = Style::new();
    match part {
        Part::Border | Part::Aside | Part::Count | Part::Rule => style.dim(),
        Part::Title | Part::FocusedName | Part::Heading | Part::Author | Part::Star => style.bold(),
        Part::CurrentAuthor => style.bold().underlined(),
        Part::Status => style.reversed(),
        Part::Message => style.reversed().bold(),
        Part::Quoted => style.italic(),
        Part::Kind => style.bold().underlined(),
        Part::Pointed => style.reversed(),
        Part::Chosen => style.bold().underlined(),
        Part::Focused | Part::Name | Part::Code => style,
        Part::Cursor | Part::Quotes | Part::Thumb | Part::Tick => style,
    }
}

fn coloured_part(part: Part) -> Style {
    let style = plain_part(part);
    match part {
        Part::Focused | Part::FocusedName => style.fg(Color::Cyan),
        Part::Cursor => style.fg(Color::Cyan),
        Part::Star => style.fg(Color::Yellow),
        Part::Quotes => style.fg(Color::Green),
        Part::Author | Part::CurrentAuthor => style.fg(Color::Blue),
        Part::Tick => style.fg(Color::Yellow),
        Part::Kind => Style::new().bold().fg(Color::Cyan),
        Part::Code => style.fg(Color::Magenta),
        _ => style,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_meet_on_a_screen_differs_without_colour() {
        let roles = [
            Role::Emphasis,
            Role::Mention,
            Role::Kin,
            Role::Echo,
            Role::Quote,
            Role::Selected,
            Role::Hit,
            Role::Selection,
            Role::Current,
        ];
        for (index, &role) in roles.iter().enumerate() {
            for &other in &roles[..index] {
                assert_ne!(plain_role(role), plain_role(other), "{role:?} {other:?}");
            }
        }
    }

    #[test]
    fn monochrome_names_no_colour() {
        for role in Role::ALL {
            let style = plain_role(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
    }
}
