//! A picture in the letters of a protocol by which a terminal shows pictures itself.
//!
//! The letters are made of strangers' bytes and go to the terminal past the cells. So a raster holds
//! none but those of its protocol's alphabet, in which no sequence can begin or end, and its
//! size as numbers. What stands around them is written where the terminal is told.
//!
//! May not know: how letters are made of a picture, and how a terminal is told.

use std::fmt;

use crate::layout::panes::Size;

/// How a terminal is told of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Kitty's graphics protocol: points, packed by zlib, in base64 (RFC 4648).
    Kitty,
    /// Sixel graphics of the VT340: columns of six points a letter.
    Sixel,
    /// Inline images of iTerm2: a file in base64.
    Iterm,
}

impl Protocol {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Kitty, Self::Sixel, Self::Iterm];

    /// What settings call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kitty => "kitty",
            Self::Sixel => "sixel",
            Self::Iterm => "iterm",
        }
    }

    /// Whether a picture may be written with a letter. For sixel these are points, repeats,
    /// colours, the size, and the two ways to go on (DEC STD 070, chapter 9).
    const fn has(self, letter: u8) -> bool {
        match self {
            Self::Kitty | Self::Iterm => {
                letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'/' | b'=')
            }
            Self::Sixel => matches!(
                letter,
                b'?'..=b'~' | b'0'..=b'9' | b';' | b'!' | b'#' | b'"' | b'$' | b'-'
            ),
        }
    }
}

/// A picture for a terminal. Invariant: every letter is one of the protocol's.
#[derive(Clone, PartialEq, Eq)]
pub struct Raster {
    protocol: Protocol,
    size: Size,
    points: (u32, u32),
    letters: String,
}

impl Raster {
    /// A picture that takes `size` cells and has `points` across and down. None where it is empty,
    /// or has a letter that is not one of the protocol's.
    pub fn new(
        protocol: Protocol,
        size: Size,
        points: (u32, u32),
        letters: String,
    ) -> Option<Self> {
        let there = size.width > 0 && size.height > 0 && !letters.is_empty();
        let known = letters.bytes().all(|letter| protocol.has(letter));
        (there && known).then_some(Self { protocol, size, points, letters })
    }

    /// How the terminal is told.
    pub const fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// The cells that it takes.
    pub const fn size(&self) -> Size {
        self.size
    }

    /// Points across and down.
    pub const fn points(&self) -> (u32, u32) {
        self.points
    }

    /// What it shows.
    pub fn letters(&self) -> &str {
        &self.letters
    }
}

impl fmt::Debug for Raster {
    /// Without its letters, of which there may be millions.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = out.debug_struct("Raster");
        out.field("protocol", &self.protocol).field("size", &self.size);
        out.finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: Size = Size { width: 2, height: 1 };

    fn raster(protocol: Protocol, letters: &str) -> Option<Raster> {
        Raster::new(protocol, SIZE, (16, 16), letters.to_owned())
    }

    #[test]
    fn letters_of_the_protocol_are_taken_as_they_are() {
        let sixel = "\"1;1;16;16#0;2;100;0;0#0!16~$-@";
        assert_eq!(raster(Protocol::Sixel, sixel).unwrap().letters(), sixel);
        for protocol in [Protocol::Kitty, Protocol::Iterm] {
            assert_eq!(raster(protocol, "aZ09+/==").unwrap().letters(), "aZ09+/==");
            assert_eq!(raster(protocol, sixel), None);
        }
    }

    #[test]
    fn what_takes_no_room_or_shows_nothing_is_no_picture() {
        assert_eq!(raster(Protocol::Kitty, ""), None);
        let flat = Size { width: 0, height: 1 };
        assert_eq!(Raster::new(Protocol::Kitty, flat, (0, 16), "AAAA".into()), None);
    }

    proptest! {
        #[test]
        fn nothing_that_a_terminal_obeys_is_a_letter(letters in any::<String>(), at in any::<char>()) {
            for protocol in Protocol::ALL {
                for letters in [letters.clone(), format!("AAAA{at}AAAA")] {
                    let Some(raster) = raster(protocol, &letters) else { continue };
                    let printed = |ch: char| ch.is_ascii_graphic();
                    prop_assert!(raster.letters().chars().all(printed), "{letters:?}");
                    // Neither the end of base64's part nor that of a parameter.
                    let base64 = protocol != Protocol::Sixel;
                    prop_assert!(!(base64 && letters.contains([';', ':', ',', '\\'])));
                }
            }
        }
    }
}
