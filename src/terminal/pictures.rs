//! Pictures of an article, read beside the reader: from its text, from the file of a book or of a page
//! that was saved with them, or from files that lie in the folder of the article or below. Nothing
//! is fetched.
//!
//! They are strangers' bytes: how many are read, how large a picture may be and how much memory
//! it may take are capped.

use std::fs::{self, File};
use std::io::{self, Cursor, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use image::{DynamicImage, ImageError, ImageReader, Limits};
use percent_encoding::percent_decode_str;

use super::Event;
use super::encode::{self, Means};
use crate::app::action::News;
use crate::app::reading::pictures::{Form, Points};
use crate::article::formats::Format;
use crate::article::inside;
use crate::layout::panes::Size;

/// Largest file that is read, in bytes.
const BYTES: u64 = 32 << 20;

/// Largest file of an article in which a picture is looked for, in bytes.
const BOOK: u64 = 256 << 20;

/// Widest and highest picture, in points.
const SIDE: u32 = 16_384;

/// Memory that a picture may take while it is read, in bytes.
const MEMORY: u64 = 256 << 20;

/// Why a picture is not shown.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("it is not beside the article")]
    Outside,
    #[error("the file of the article is not known")]
    NoFolder,
    #[error("its file is larger than {} MB", .0 >> 20)]
    Large(u64),
    #[error("it is not in the file of the article")]
    Missing,
    #[error("what stands in the article for it cannot be read")]
    Damaged,
    #[error(transparent)]
    File(#[from] io::Error),
    #[error(transparent)]
    Image(#[from] ImageError),
}

/// Where a picture lies.
#[derive(Debug)]
pub(super) struct Place {
    /// As the article says.
    pub(super) src: String,
    /// Where that is on the web, if anywhere.
    pub(super) address: Option<String>,
    /// The file of the article.
    pub(super) article: Option<PathBuf>,
    pub(super) format: Format,
}

/// Reads the picture of some number for so many cells of a terminal that shows it by some means; by
/// none it is drawn in cells. What comes of it is an event of the article of some number.
///
/// # Errors
/// If no thread can be started.
pub(super) fn read(
    (number, place): (u32, Place),
    (room, means): (Size, Option<Means>),
    (version, events): (usize, Sender<Event>),
) -> io::Result<()> {
    let thread = thread::Builder::new().name("picture".into());
    let work = move || {
        let picture = bytes(&place).and_then(decoded);
        let done = match picture {
            Ok(picture) => News::Pictured(number, form(&picture, room, means)),
            Err(why) => News::Tell(format!("the picture is not shown: {why}")),
        };
        // Where nobody listens any more, nobody wants to see it.
        let _ = events.send(Event::Done(version, done));
    };
    thread.spawn(work).map(drop)
}

fn bytes(place: &Place) -> Result<Vec<u8>, Trouble> {
    let (src, article) = (&place.src, place.article.as_deref());
    if src.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        let data = data_url::DataUrl::process(src).ok();
        let bytes = data.and_then(|data| data.decode_to_vec().ok());
        return bytes.map(|(bytes, _)| bytes).ok_or(Trouble::Damaged);
    }
    if place.format.holds_pictures() {
        let book = at_most(BOOK, article.ok_or(Trouble::NoFolder)?)?;
        let names: Vec<&str> = [&**src].into_iter().chain(place.address.as_deref()).collect();
        return inside::file(book, place.format, &names).ok_or(Trouble::Missing);
    }
    at_most(BYTES, &beside(src, article)?)
}

/// The bytes of a file, if there are not too many. What is no file may never end.
fn at_most(most: u64, path: &Path) -> Result<Vec<u8>, Trouble> {
    if !fs::metadata(path)?.is_file() {
        return Err(Trouble::Outside);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(Trouble::Large(most)) } else { Ok(bytes) }
}

/// A file in the folder of the article or below, also where it is named through a link.
fn beside(src: &str, article: Option<&Path>) -> Result<PathBuf, Trouble> {
    let folder = article.and_then(Path::parent).ok_or(Trouble::NoFolder)?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let name = src.split(['?', '#']).next().unwrap_or_default();
    let name = percent_decode_str(name).decode_utf8_lossy();
    let name = Path::new(&*name);
    let inside = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if !name.components().all(inside) {
        return Err(Trouble::Outside);
    }
    let (folder, file) = (fs::canonicalize(folder)?, fs::canonicalize(folder.join(name))?);
    if file.starts_with(folder) { Ok(file) } else { Err(Trouble::Outside) }
}

fn decoded(bytes: Vec<u8>) -> Result<DynamicImage, Trouble> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    Ok(reader.decode()?)
}

/// A picture as the terminal shows it, or where that cannot be, its points.
fn form(picture: &DynamicImage, room: Size, means: Option<Means>) -> Form {
    match means.and_then(|means| encode::raster(picture, room, means)) {
        Some(raster) => Form::Raster(Arc::new(raster)),
        None => Form::Points(Arc::new(points(picture, room))),
    }
}

/// A picture made as small as it has to be. Two points stand above each other in a cell.
fn points(picture: &DynamicImage, room: Size) -> Points {
    let (width, height) = (u32::from(room.width.max(1)), 2 * u32::from(room.height.max(1)));
    let picture = encode::fitted(picture, (width, height)).to_rgba8();
    let opaque = |pixel: &image::Rgba<u8>| {
        let [r, g, b, alpha] = pixel.0;
        (alpha >= 128).then_some([r, g, b])
    };
    Points { width: picture.width() as u16, colours: picture.pixels().map(opaque).collect() }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use image::{ImageFormat, Rgb, RgbImage};
    use proptest::prelude::*;

    use super::*;

    /// A red field over a blue one.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let colour = |y| if 2 * y < height { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) };
        let picture = RgbImage::from_fn(width, height, |_, y| colour(y));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn place(src: &str, article: Option<&Path>) -> Place {
        let (src, article) = (src.to_owned(), article.map(Path::to_owned));
        Place { src, address: None, article, format: Format::Html }
    }

    const ROOM: Size = Size { width: 20, height: 10 };

    #[test]
    fn a_picture_is_made_small_and_keeps_its_shape() {
        let points = |width, height| points(&decoded(png(width, height)).unwrap(), ROOM);
        let small = points(4, 2);
        assert_eq!((small.width, small.rows()), (4, 1));
        assert_eq!(small.cell(0, 0), [Some([255, 0, 0]), Some([0, 0, 255])]);
        let large = points(400, 200);
        assert_eq!((large.width, large.rows()), (20, 5));
    }

    #[test]
    fn only_files_beside_the_article_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("page/index.html");
        fs::create_dir_all(page.with_file_name("files")).unwrap();
        for name in ["page/files/a b.png", "far.png"] {
            let mut file = File::create(folder.path().join(name)).unwrap();
            file.write_all(&png(2, 2)).unwrap();
        }
        std::os::unix::fs::symlink("../far.png", page.with_file_name("link.png")).unwrap();
        let read = |src: &str| bytes(&place(src, Some(&page))).map(|bytes| bytes.len());
        assert_eq!(read("files/a%20b.png?v=2").unwrap(), png(2, 2).len());
        let far = folder.path().join("far.png");
        for src in ["../far.png", "link.png", "files", "", far.to_str().unwrap()] {
            assert!(matches!(read(src), Err(Trouble::Outside)), "{src}");
        }
        assert!(matches!(read("files/none.png"), Err(Trouble::File(_))));
        assert!(matches!(bytes(&place("a.png", None)), Err(Trouble::NoFolder)));
    }

    #[test]
    fn a_picture_in_the_file_itself_is_read() {
        assert_eq!(bytes(&place("data:image/png;base64,aGVsbG8=", None)).unwrap(), b"hello");
        assert!(matches!(bytes(&place("data:broken", None)), Err(Trouble::Damaged)));
    }

    #[test]
    fn a_picture_that_says_it_is_huge_is_refused() {
        let mut huge = png(2, 2);
        // The width of a PNG, and the sum over its header left as it was.
        huge[16..20].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff]);
        assert!(decoded(huge).is_err());
    }

    proptest! {
        #[test]
        fn damaged_pictures_are_an_error_or_a_picture(at in 0usize..80, byte in any::<u8>(), cut in 0usize..90) {
            let mut bytes = png(8, 8);
            let end = bytes.len();
            bytes[at % end] = byte;
            bytes.truncate(end - cut % end);
            if let Ok(picture) = decoded(bytes) {
                prop_assert!(points(&picture, ROOM).width <= ROOM.width);
            }
        }
    }
}
