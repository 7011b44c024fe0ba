//! What a role or a part looks like: in the terminal's own colours, and without any.
//!
//! Every role differs from every other without colour too: by weight, underline, reverse or a
//! mark in the gutter.

use ratatui::style::{Color, Modifier, Style};

use super::style::{self, Depth};
use crate::app::reading::lit::Role;

/// A part of the screen that is no word of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The page itself, under everything else.
    Page,
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

impl Part {
    /// All, in order.
    pub const ALL: [Self; 24] = [
        Self::Page,
        Self::Border,
        Self::Focused,
        Self::Name,
        Self::FocusedName,
        Self::Title,
        Self::Aside,
        Self::Status,
        Self::Message,
        Self::Heading,
        Self::Quoted,
        Self::Code,
        Self::Author,
        Self::CurrentAuthor,
        Self::Rule,
        Self::Cursor,
        Self::Star,
        Self::Quotes,
        Self::Kind,
        Self::Pointed,
        Self::Chosen,
        Self::Count,
        Self::Thumb,
        Self::Tick,
    ];

    /// What the config calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Border => "border",
            Self::Focused => "focused",
            Self::Name => "name",
            Self::FocusedName => "focused-name",
            Self::Title => "title",
            Self::Aside => "aside",
            Self::Status => "status",
            Self::Message => "message",
            Self::Heading => "heading",
            Self::Quoted => "quoted",
            Self::Code => "code",
            Self::Author => "author",
            Self::CurrentAuthor => "current-author",
            Self::Rule => "rule",
            Self::Cursor => "cursor",
            Self::Star => "star",
            Self::Quotes => "quotes",
            Self::Kind => "kind",
            Self::Pointed => "pointed",
            Self::Chosen => "chosen",
            Self::Count => "count",
            Self::Thumb => "thumb",
            Self::Tick => "tick",
        }
    }
}

/// How roles and parts look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// One for each of [`Role::ALL`].
    roles: Vec<Style>,
    /// One for each of [`Part::ALL`].
    parts: Vec<Style>,
    depth: Depth,
}

impl Theme {
    /// A theme as two functions tell it.
    pub fn new(role: impl Fn(Role) -> Style, part: impl Fn(Part) -> Style) -> Self {
        let (roles, parts) = (Role::ALL.map(role).into(), Part::ALL.map(part).into());
        Self { roles, parts, depth: Depth::True }
    }

    /// The terminal's own sixteen colours.
    pub fn coloured() -> Self {
        Self::new(coloured_role, coloured_part)
    }

    /// No colours at all (`NO_COLOR`).
    pub fn monochrome() -> Self {
        Self { depth: Depth::None, ..Self::new(plain_role, plain_part) }
    }

    /// With the colours that a terminal has. Where it has none, what colour told is told by
    /// weight, underline and reverse, so that it is another theme.
    #[must_use]
    pub fn at_depth(&self, depth: Depth) -> Self {
        if depth == Depth::None {
            return Self::monochrome();
        }
        let own = |style| style::at_depth(style, depth);
        let own = Self::new(|role| own(self.role(role)), |part| own(self.part(part)));
        Self { depth, ..own }
    }

    /// A style in the colours that there are; `None` where there are none.
    pub fn shown(&self, style: Style) -> Option<Style> {
        (self.depth != Depth::None).then(|| style::at_depth(style, self.depth))
    }

    /// With another look of a role.
    pub fn set_role(&mut self, role: Role, style: Style) {
        self.roles[role as usize] = style;
    }

    /// With another look of a part.
    pub fn set_part(&mut self, part: Part, style: Style) {
        self.parts[part as usize] = style;
    }

    /// How words in a role look.
    pub fn role(&self, role: Role) -> Style {
        self.roles[role as usize]
    }

    /// How a part of the screen looks.
    pub fn part(&self, part: Part) -> Style {
        self.parts[part as usize]
    }
}

pub(super) fn plain_role(role: Role) -> Style {
    let style = Style::new();
    match role {
        Role::Link => style.underlined(),
        Role::Emphasis | Role::Quoting => style.italic(),
        Role::Strong => style.bold(),
        Role::Code => style.bold(),
        Role::Struck => style.add_modifier(Modifier::CROSSED_OUT),
        Role::Bookmark => style.underlined(),
        Role::Mention => style.bold().underlined(),
        Role::Kin => style.bold().italic(),
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

pub(super) fn plain_part(part: Part) -> Style {
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
        Part::Page | Part::Focused | Part::Name | Part::Code => style,
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
            Role::Bookmark,
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
    fn every_role_and_part_stands_at_its_number() {
        assert!(Role::ALL.iter().enumerate().all(|(index, &role)| role as usize == index));
        assert!(Part::ALL.iter().enumerate().all(|(index, &part)| part as usize == index));
    }

    #[test]
    fn monochrome_names_no_colour() {
        for role in Role::ALL {
            let style = plain_role(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
    }
}
