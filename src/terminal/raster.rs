//! What stands around the letters of a picture, so that the terminal shows it.
//!
//! May not know: how letters are made, what they mean.

use std::io::Write as _;

use crate::app::reading::pictures::Placed;
use crate::app::reading::raster::{Protocol, Raster};
use crate::layout::panes::Size;

/// The number of the picture in kitty's protocol. There is one at most, and another takes its place.
const NUMBER: u32 = 1;

/// Letters of one command of kitty's protocol, at most; all but the last have a multiple of four.
const CHUNK: usize = 4096;

/// Appends what shows a picture in its cells, which are blank. The cursor is anywhere after it.
pub(super) fn show(picture: &Placed, out: &mut Vec<u8>) {
    let (x, y) = (picture.area.x + 1, picture.area.y + 1);
    put(out, format_args!("\x1b[{y};{x}H"));
    let raster = &*picture.raster;
    match raster.protocol() {
        Protocol::Kitty => kitty(raster, out),
        Protocol::Sixel => {
            // Points are square, and those without a colour stay as they are.
            put(out, format_args!("\x1bP9;1;0q{}\x1b\\", raster.letters()));
        }
        Protocol::Iterm => {
            let Size { width, height } = raster.size();
            put(out, format_args!("\x1b]1337;File=inline=1;width={width};height={height};"));
            put(out, format_args!("doNotMoveCursor=1:{}\x07", raster.letters()));
        }
    }
}

/// Appends what takes away a picture that does not go with the cells under it.
pub(super) fn hide(protocol: Protocol, out: &mut Vec<u8>) {
    if protocol == Protocol::Kitty {
        put(out, format_args!("\x1b_Ga=d,d=I,i={NUMBER},q=2\x1b\\"));
    }
}

/// Points of 32 bits, packed by zlib, to be shown at the cursor without moving it; nothing is
/// answered.
fn kitty(raster: &Raster, out: &mut Vec<u8>) {
    let ((across, down), Size { width, height }) = (raster.points(), raster.size());
    let mut chunks = raster.letters().as_bytes().chunks(CHUNK).peekable();
    let mut first = true;
    while let Some(chunk) = chunks.next() {
        put(out, format_args!("\x1b_Gq=2,"));
        if std::mem::take(&mut first) {
            put(out, format_args!("a=T,f=32,o=z,i={NUMBER},p=1,s={across},v={down},"));
            put(out, format_args!("c={width},r={height},C=1,"));
        }
        put(out, format_args!("m={};", u8::from(chunks.peek().is_some())));
        out.extend(chunk);
        out.extend(b"\x1b\\");
    }
}

fn put(out: &mut Vec<u8>, sequence: std::fmt::Arguments<'_>) {
    // Writing to a vector cannot fail.
    let _ = out.write_fmt(sequence);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::layout::panes::Area;
    use proptest::prelude::*;
    use regex::Regex;

    fn shown(protocol: Protocol, letters: String) -> String {
        let size = Size { width: 3, height: 2 };
        let raster = Arc::new(Raster::new(protocol, size, (24, 32), letters).unwrap());
        let mut out = Vec::new();
        show(&Placed { area: Area { x: 4, y: 1, width: 3, height: 2 }, raster }, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_picture_of_many_letters_is_sent_in_pieces_that_say_whether_more_follow() {
        let sent = shown(Protocol::Kitty, "A".repeat(CHUNK + 4));
        let head = "a=T,f=32,o=z,i=1,p=1,s=24,v=32,c=3,r=2,C=1,";
        let (first, last) = (format!("\x1b_Gq=2,{head}m=1;"), "\x1b_Gq=2,m=0;AAAA\x1b\\");
        assert_eq!(sent, format!("\x1b[2;5H{first}{}\x1b\\{last}", "A".repeat(CHUNK)));
        let one = shown(Protocol::Kitty, "AAAA".into());
        assert_eq!(one, format!("\x1b[2;5H\x1b_Gq=2,{head}m=0;AAAA\x1b\\"));
    }

    proptest! {
        #[test]
        fn what_is_sent_is_one_picture_whatever_its_letters(letters in "[!-~]{1,64}", times in 1..200usize) {
            let sequences = [
                (Protocol::Kitty, "(\x1b_G[a-zA-Z0-9=,]*;[A-Za-z0-9+/=]*\x1b\\\\)+"),
                (Protocol::Sixel, "\x1bP9;1;0q[^\x00-\x20\x7f]*\x1b\\\\"),
                (Protocol::Iterm, "\x1b]1337;File=[a-zA-Z0-9=;]*:[A-Za-z0-9+/=]*\x07"),
            ];
            for (protocol, sequence) in sequences {
                let size = Size { width: 3, height: 2 };
                let is_letter = |ch: &char| {
                    Raster::new(protocol, size, (1, 1), ch.to_string()).is_some()
                };
                let letters: String = letters.chars().filter(is_letter).collect();
                if letters.is_empty() {
                    continue;
                }
                let sent = shown(protocol, letters.repeat(times));
                let whole = Regex::new(&format!("^\x1b\\[2;5H{sequence}$")).unwrap();
                prop_assert!(whole.is_match(&sent), "{sent:?}");
            }
        }
    }
}
