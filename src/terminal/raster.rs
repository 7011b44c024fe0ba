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
