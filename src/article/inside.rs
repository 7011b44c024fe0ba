//! What lies beside the text in the file of an article: the pictures of a book, and of a page that
//! was saved with its pictures as a letter.
//!
//! May not know: what a picture is, where the file lies.

use super::formats::Format;
use super::{mail, unpack};

/// The bytes of a file that lies in another one of some format, by its name there or one of the
/// addresses where it lay; `None` where it is not there or cannot be unpacked.
pub fn file(bytes: Vec<u8>, format: Format, names: &[&str]) -> Option<Vec<u8>> {
    let (bytes, _) = unpack::unpacked(bytes.into());
    match format {
        Format::Epub => names.iter().find_map(|name| unpack::epub::file(&bytes, name)),
        Format::Mhtml => mail::part(&bytes, names),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::load;
    use proptest::prelude::*;

    const PAGE: &str = "From: <Saved by a browser>\r\n\
        Snapshot-Content-Location: https://tide.example/pier/\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=\"--cut\"\r\n\r\n\
        ----cut\r\nContent-Type: text/html\r\nContent-Location: https://tide.example/pier/\r\n\r\n\
        <html><body><article><p>The pier <img src=\"https://tide.example/a.png\" alt=\"a\"> at noon, \
        and <img src=\"cid:two@tide\" alt=\"b\"> at dusk.</p></article></body></html>\r\n\
        ----cut\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
        Content-Location: https://tide.example/a.png\r\n\r\nb25l\r\n\
        ----cut\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
        Content-ID: <two@tide>\r\n\r\ndHdv\r\n\
        ----cut--\r\n";

    #[test]
    fn pictures_of_a_saved_page_are_found_by_where_they_lay_and_by_their_names() {
        let doc = load::document(PAGE.as_bytes().to_vec());
        assert_eq!(doc.source.format, Format::Mhtml);
        let found = |name: &str| file(PAGE.as_bytes().to_vec(), Format::Mhtml, &[name]);
        let all = doc.pictures.iter().map(|picture| found(&picture.src));
        assert_eq!(all.collect::<Vec<_>>(), [Some(b"one".to_vec()), Some(b"two".to_vec())]);
        assert_eq!(found("https://tide.example/none.png"), None);
        let both = ["/a.png", "https://tide.example/a.png"];
        assert_eq!(file(PAGE.as_bytes().to_vec(), Format::Mhtml, &both), Some(b"one".to_vec()));
    }

    /// A file as a zip file has it that is not packed: the sizes, the lengths, its name.
    fn stored(name: &str, bytes: &str) -> Vec<u8> {
        let sizes = [(bytes.len() as u32).to_le_bytes(); 2].concat();
        let lengths = [(name.len() as u16).to_le_bytes(), [0; 2]].concat();
        let head = [b"PK\x03\x04".as_slice(), &[0; 14], &sizes, &lengths].concat();
        [&head, name.as_bytes(), bytes.as_bytes()].concat()
    }

    #[test]
    fn pictures_of_a_book_are_found_from_any_chapter() {
        let rootfile = "<container><rootfile full-path=\"OPS/book.opf\"/></container>";
        let package = "<package><manifest><item id=\"a\" href=\"text/one.xhtml\"/></manifest>\
            <spine><itemref idref=\"a\"/></spine></package>";
        let chapter = "<html><body><p>The pier <img src=\"../a%20b.png\" alt=\"a\"/> \
            <img src=\"https://tide.example/c.png\" alt=\"c\"/></p></body></html>";
        let book = [
            stored("META-INF/container.xml", rootfile),
            stored("OPS/book.opf", package),
            stored("OPS/text/one.xhtml", chapter),
            stored("OPS/a b.png", "one"),
        ];
        let book = book.concat();
        let doc = load::document(book.clone());
        assert_eq!(doc.source.format, Format::Epub);
        let sources: Vec<&str> = doc.pictures.iter().map(|picture| &*picture.src).collect();
        assert_eq!(sources, ["OPS/a b.png", "https://tide.example/c.png"]);
        let found = sources.iter().map(|src| file(book.clone(), Format::Epub, &[src]));
        assert_eq!(found.collect::<Vec<_>>(), [Some(b"one".to_vec()), None]);
    }

    #[test]
    fn other_files_hold_none() {
        assert_eq!(file(PAGE.as_bytes().to_vec(), Format::Html, &["cid:two@tide"]), None);
        assert_eq!(file(b"PK\x03\x04".to_vec(), Format::Epub, &["a.png"]), None);
    }

    proptest! {
        #[test]
        fn damaged_files_hold_something_or_nothing(
            at in 0..PAGE.len(), byte in any::<u8>(), end in 0..PAGE.len(), zip in any::<bool>(),
        ) {
            let mut bytes: Vec<u8> = if zip { stored("a.png", PAGE) } else { PAGE.into() };
            bytes[at] = byte;
            bytes.truncate(end);
            let (format, name) = if zip { (Format::Epub, "a.png") } else { (Format::Mhtml, "cid:two@tide") };
            let found = file(bytes, format, &[name]).unwrap_or_default();
            prop_assert!(found.len() <= PAGE.len());
        }
    }
}
