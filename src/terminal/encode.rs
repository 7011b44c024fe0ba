//! A picture in the letters of a protocol, as large as it is or as has room.
//!
//! `ratatui-image` makes them. It writes whole sequences, and none of them goes on: what stands
//! between their marks is taken out and looked at letter by letter (`Raster::new`).
//!
//! May not know: files, which protocol it is to be and why.

use std::borrow::Cow;

use image::{DynamicImage, Rgba, RgbaImage, imageops};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size as Cells};
use ratatui::widgets::Widget as _;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol as Encoded;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;

use crate::app::reading::raster::{Protocol, Raster};
use crate::layout::panes::Size;

/// Widest and highest picture that is sent, in points: more bytes than make a larger one better.
const SIDE: u32 = 2048;

/// How a terminal is told of pictures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Means {
    pub(super) protocol: Protocol,
    /// A cell of it, in points.
    pub(super) cell: (u16, u16),
}

/// A picture for so many cells. None where it cannot be put in letters.
///
/// Sixel is told points, not cells, and a cell is smaller than a terminal says that counts its own
/// margins to its rows. They are less than a cell together, which is left free for them.
pub(super) fn raster(picture: &DynamicImage, room: Size, means: Means) -> Option<Raster> {
    let free = u16::from(means.protocol == Protocol::Sixel);
    let (width, height) = (room.width.saturating_sub(free), room.height.saturating_sub(free));
    let (canvas, taken) = canvas(picture, Size { width, height }, means.cell);
    let points = (canvas.width(), canvas.height());
    let text = text(canvas.into(), taken, means.protocol)?;
    let size = Size { width: taken.width + free, height: taken.height + free };
    Raster::new(means.protocol, size, points, letters(&text, means.protocol))
}

/// A picture in the middle of the cells that it takes, so that terminals which count in cells and
/// those which count in points show the same.
fn canvas(picture: &DynamicImage, room: Size, (across, down): (u16, u16)) -> (RgbaImage, Size) {
    let (across, down) = (u32::from(across.max(1)), u32::from(down.max(1)));
    let whole = |cells: u16, points: u32| (u32::from(cells).max(1) * points).min(SIDE);
    let (width, height) = (whole(room.width, across), whole(room.height, down));
    let picture = fitted(picture, (width, height));
    let (columns, rows) = (picture.width().div_ceil(across), picture.height().div_ceil(down));
    let mut canvas = RgbaImage::from_pixel(columns * across, rows * down, Rgba([0; 4]));
    let margin = |whole: u32, part: u32| i64::from((whole - part) / 2);
    let x = margin(canvas.width(), picture.width());
    let y = margin(canvas.height(), picture.height());
    imageops::replace(&mut canvas, &picture.to_rgba8(), x, y);
    (canvas, Size { width: columns as u16, height: rows as u16 })
}

/// A picture that is no wider and no higher than so many points, and keeps its shape.
pub(super) fn fitted(picture: &DynamicImage, (width, height): (u32, u32)) -> Cow<'_, DynamicImage> {
    let fits = picture.width() <= width && picture.height() <= height;
    if fits { Cow::Borrowed(picture) } else { Cow::Owned(picture.thumbnail(width, height)) }
}

/// What shows a picture, as `ratatui-image` writes it: in the first cell that it draws.
fn text(picture: DynamicImage, size: Size, protocol: Protocol) -> Option<String> {
    let cells = Cells::new(size.width, size.height);
    let encoded = match protocol {
        Protocol::Kitty => Kitty::new(picture, cells, 1, false, true).map(Encoded::Kitty),
        Protocol::Sixel => Sixel::new(picture, cells, false).map(Encoded::Sixel),
        Protocol::Iterm => Iterm2::new(picture, cells, false).map(Encoded::ITerm2),
    };
    let encoded = encoded.ok()?;
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    Image::new(&encoded).render(buffer.area, &mut buffer);
    buffer.content.first().map(|cell| cell.symbol().to_owned())
}

/// What stands between the marks of a protocol's sequences.
fn letters(text: &str, protocol: Protocol) -> String {
    let (start, mark, end) = match protocol {
        Protocol::Kitty => ("\x1b_G", ';', "\x1b\\"),
        Protocol::Sixel => ("\x1bP", 'q', "\x1b\\"),
        Protocol::Iterm => ("\x1b]1337;", ':', "\x07"),
    };
    let sequences = text.split(start).skip(1);
    let between = |text: &'_ str| Some(text.split_once(mark)?.1.split_once(end)?.0.to_owned());
    sequences.filter_map(between).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ROOM: Size = Size { width: 20, height: 10 };

    fn field(width: u32, height: u32) -> DynamicImage {
        RgbaImage::from_pixel(width, height, Rgba([250, 0, 0, 255])).into()
    }

    fn encoded(picture: &DynamicImage, protocol: Protocol) -> Raster {
        raster(picture, ROOM, Means { protocol, cell: (8, 16) }).unwrap()
    }

    #[test]
    fn a_picture_takes_whole_cells_and_stands_in_their_middle() {
        let (canvas, size) = canvas(&field(20, 20), ROOM, (8, 16));
        assert_eq!((size, canvas.dimensions()), (Size { width: 3, height: 2 }, (24, 32)));
        let there = |x, y| canvas.get_pixel(x, y).0[3] == 255;
        assert!(there(2, 6) && there(21, 25));
        assert!(!there(1, 6) && !there(2, 5) && !there(22, 25) && !there(21, 26));
    }

    #[test]
    fn a_large_picture_has_the_room_and_its_shape() {
        let size = |width, height| canvas(&field(width, height), ROOM, (8, 16)).1;
        assert_eq!(size(1600, 800), Size { width: 20, height: 5 });
        assert_eq!(size(800, 1600), Size { width: 10, height: 10 });
        let vast = Size { width: 1000, height: 500 };
        let (canvas, _) = canvas(&field(6000, 3000), vast, (10, 20));
        assert_eq!(canvas.dimensions(), (2050, 1040));
    }

    #[test]
    fn each_protocol_has_its_letters() {
        let picture = field(16, 16);
        let sixel = encoded(&picture, Protocol::Sixel);
        assert_eq!((sixel.size(), sixel.points()), (Size { width: 3, height: 2 }, (16, 16)));
        assert_eq!(encoded(&field(900, 100), Protocol::Sixel).size().width, ROOM.width);
        assert_eq!(encoded(&picture, Protocol::Kitty).size(), Size { width: 2, height: 1 });
        assert!(sixel.letters().starts_with("\"1;1;16;16#0;2;98;0;0"), "{}", sixel.letters());
        // A PNG, and what zlib made.
        assert!(encoded(&picture, Protocol::Iterm).letters().starts_with("iVBORw0KGgo"));
        assert!(encoded(&picture, Protocol::Kitty).letters().starts_with("eA"));
    }

    #[test]
    fn nothing_of_the_sequences_is_left() {
        for protocol in Protocol::ALL {
            let text = text(field(16, 16), Size { width: 2, height: 1 }, protocol).unwrap();
            assert!(text.contains('\x1b'), "{protocol:?}");
            let letters = letters(&text, protocol);
            assert!(letters.len() > 20 && !letters.contains('\x1b'), "{protocol:?}: {letters}");
        }
    }

    proptest! {
        #[test]
        fn any_picture_has_letters(
            (width, points) in (1u32..40).prop_flat_map(|width| {
                let row = proptest::collection::vec(any::<[u8; 4]>(), width as usize);
                (Just(width), proptest::collection::vec(row, 1..40))
            }),
            which in 0usize..3,
        ) {
            let height = points.len() as u32;
            let bytes = points.concat().concat();
            let picture = RgbaImage::from_raw(width, height, bytes).unwrap();
            let raster = encoded(&picture.into(), Protocol::ALL[which]);
            let free = u16::from(raster.protocol() == Protocol::Sixel);
            let cells = (width.div_ceil(8) as u16 + free, height.div_ceil(16) as u16 + free);
            prop_assert_eq!((raster.size().width, raster.size().height), cells);
        }
    }
}
