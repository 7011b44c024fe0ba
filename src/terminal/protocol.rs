//! Whether the terminal shows pictures itself, and how it is told: as the reader chose, else by the
//! names in the environment. It is not asked, since an answer may never come, and what comes late
//! would be taken for keys.
//!
//! May not know: pictures.

use crate::app::reading::raster::Protocol;
use crate::app::settings::Pictures;

/// Beginnings of the name of a terminal in `TERM`, which goes through ssh too.
const TERMS: [(&str, Protocol); 6] = [
    ("xterm-kitty", Protocol::Kitty),
    ("xterm-ghostty", Protocol::Kitty),
    ("foot", Protocol::Sixel),
    ("mlterm", Protocol::Sixel),
    ("yaft", Protocol::Sixel),
    ("contour", Protocol::Sixel),
];

/// Names of programs in `TERM_PROGRAM`.
const PROGRAMS: [(&str, Protocol); 4] = [
    ("ghostty", Protocol::Kitty),
    ("WezTerm", Protocol::Iterm),
    ("iTerm.app", Protocol::Iterm),
    ("mintty", Protocol::Iterm),
];

/// Who stands between the terminal and the program, and passes no pictures on.
const BETWEEN: [&str; 3] = ["TMUX", "STY", "ZELLIJ"];

/// Terminals that were perhaps started from one that shows pictures, and have its names too.
const OTHERS: [&str; 3] = ["XTERM_VERSION", "VTE_VERSION", "ALACRITTY_WINDOW_ID"];

/// The first version of Konsole that shows inline images, as it writes its version.
const KONSOLE: u32 = 220_400;

/// The protocol to use; none: pictures are drawn in cells.
pub(super) fn protocol(chosen: Pictures, told: impl Fn(&str) -> String) -> Option<Protocol> {
    match chosen {
        Pictures::By(protocol) => Some(protocol),
        Pictures::Blocks => None,
        Pictures::Auto => known(told),
    }
}

fn known(told: impl Fn(&str) -> String) -> Option<Protocol> {
    let is_told = |name: &&str| !told(name).is_empty();
    if BETWEEN.iter().any(is_told) {
        return None;
    }
    let (term, program) = (told("TERM"), told("TERM_PROGRAM"));
    if let Some((_, protocol)) = TERMS.into_iter().find(|(name, _)| term.starts_with(name)) {
        return Some(protocol);
    }
    if OTHERS.iter().any(is_told) {
        return None;
    }
    let named = PROGRAMS.into_iter().find(|(name, _)| program == *name);
    let version = told("KONSOLE_VERSION").parse();
    let konsole = version.is_ok_and(|version: u32| version >= KONSOLE).then_some(Protocol::Iterm);
    let kitty = is_told(&"KITTY_WINDOW_ID").then_some(Protocol::Kitty);
    named.map(|(_, protocol)| protocol).or(konsole).or(kitty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(environment: &str, chosen: Pictures) -> Option<Protocol> {
        let told = |name: &str| {
            let mut all = environment.split(' ').filter_map(|one| one.split_once('='));
            all.find(|(other, _)| *other == name).map_or(String::new(), |(_, value)| value.into())
        };
        protocol(chosen, told)
    }

    #[test]
    fn terminals_are_known_by_their_names() {
        use Protocol::{Iterm, Kitty, Sixel};
        let cases = [
            ("TERM=xterm-kitty KITTY_WINDOW_ID=1", Some(Kitty)),
            ("TERM=xterm-256color KITTY_WINDOW_ID=1", Some(Kitty)),
            ("TERM=xterm-ghostty", Some(Kitty)),
            ("TERM=xterm-256color TERM_PROGRAM=ghostty", Some(Kitty)),
            ("TERM=foot-extra", Some(Sixel)),
            ("TERM=mlterm", Some(Sixel)),
            ("TERM=xterm-256color TERM_PROGRAM=WezTerm", Some(Iterm)),
            ("TERM=xterm-256color TERM_PROGRAM=iTerm.app", Some(Iterm)),
            ("TERM=xterm TERM_PROGRAM=mintty", Some(Iterm)),
            ("TERM=xterm-256color KONSOLE_VERSION=221203", Some(Iterm)),
            ("TERM=xterm-256color KONSOLE_VERSION=211203", None),
            ("TERM=xterm-256color", None),
            ("TERM=xterm-256color TERM_PROGRAM=Apple_Terminal", None),
            ("", None),
        ];
        for (environment, protocol) in cases {
            assert_eq!(found(environment, Pictures::Auto), protocol, "{environment}");
        }
    }

    #[test]
    fn names_that_were_inherited_are_not_believed() {
        for environment in [
            "TERM=tmux-256color TMUX=/tmp/tmux-0/default,1,0 KITTY_WINDOW_ID=1",
            "TERM=xterm-kitty TMUX=/tmp/tmux-0/default,1,0",
            "TERM=screen STY=1.pts-0 TERM_PROGRAM=iTerm.app",
            "TERM=foot ZELLIJ=0",
            "TERM=xterm-256color XTERM_VERSION=XTerm(379) KITTY_WINDOW_ID=1",
            "TERM=xterm-256color VTE_VERSION=7600 TERM_PROGRAM=WezTerm",
        ] {
            assert_eq!(found(environment, Pictures::Auto), None, "{environment}");
        }
    }

    #[test]
    fn what_the_reader_chose_is_believed() {
        let kitty = "TERM=xterm-kitty";
        assert_eq!(found(kitty, Pictures::Blocks), None);
        let sixel = Pictures::By(Protocol::Sixel);
        assert_eq!(found(&format!("{kitty} TMUX=1"), sixel), Some(Protocol::Sixel));
    }
}
