//! Which byte of the text a link into it leads to: a place with the name that the link asks for, or
//! a heading whose words are like it.
//!
//! May not know: any file format.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::{Anchor, BlockKind, Document};

/// Tells links where in the text they lead. One that leads to no place of its page is none; names
/// that no link asks for are forgotten. `page` is the address of the article.
pub(super) fn resolve(doc: &mut Document, page: Option<&str>) {
    let mut names = std::mem::take(&mut doc.anchors);
    if doc.links.iter().any(|link| fragment(&link.url, page).is_some()) {
        names.sort_unstable_by(|a, b| (&a.name, a.at).cmp(&(&b.name, b.at)));
        let headings = headings(doc);
        let mut asked = Vec::new();
        for link in &mut doc.links {
            let Some(written) = fragment(&link.url, page) else { continue };
            let decoded = percent_decode_str(written).decode_utf8_lossy();
            let found = [written, &*decoded]
                .into_iter()
                .find_map(|name| nearest(&names, name, link.span.start));
            asked.extend(found);
            let heading = || headings.get(&*slug(&decoded)).copied();
            link.to = found.map(|found| names[found].at).or_else(heading);
        }
        asked.sort_unstable();
        asked.dedup();
        doc.anchors.extend(asked.into_iter().map(|index| names[index].clone()));
        doc.anchors.sort_unstable();
    }
    doc.links.retain(|link| link.to.is_some() || !link.url.starts_with('#'));
}

/// The name of a place that an address asks for, where it is one of this page.
fn fragment<'a>(url: &'a str, page: Option<&str>) -> Option<&'a str> {
    let (path, name) = url.split_once('#')?;
    let rest = page.unwrap_or_default().strip_suffix(path);
    let same =
        rest.is_some_and(|rest| rest.is_empty() || path.starts_with('/') || rest.ends_with('/'));
    (path.is_empty() || same && !name.is_empty()).then_some(name)
}

/// Which of the places of one name is nearest to a byte: a file of several texts may give the same
/// name in each. `names` are sorted by name and place.
fn nearest(names: &[Anchor], name: &str, at: u32) -> Option<usize> {
    let key = (name, at);
    let after = names.partition_point(|anchor| (anchor.name.as_str(), anchor.at) < key);
    let around = [after.checked_sub(1), Some(after)].into_iter().flatten();
    let same = around.filter(|&index| names.get(index).is_some_and(|it| it.name == name));
    same.min_by_key(|&index| names[index].at.abs_diff(at))
}

/// The headings of the body by their names; of several alike the later ones are numbered.
fn headings(doc: &Document) -> HashMap<String, u32> {
    let mut found = HashMap::new();
    let mut counts: HashMap<String, u32> = HashMap::new();
    for block in &doc.blocks[..doc.body.end as usize] {
        if matches!(block.kind(), BlockKind::Heading(_) | BlockKind::Title) && !block.continues() {
            let name = slug(doc.words(block)).into_owned();
            let count = counts.entry(name.clone()).or_default();
            let numbered = if *count == 0 { name } else { format!("{name}-{count}") };
            *count += 1;
            found.entry(numbered).or_insert(block.span.start);
        }
    }
    found
}

/// A heading as addresses write it: small letters and figures, hyphens for blanks.
fn slug(words: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let words = words.trim();
    if words.chars().all(plain) {
        return words.into();
    }
    let letters = words.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    letters.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::builder::{Builder, Passage};
    use super::super::{Anchor, BlockKind, Document, Link};

    /// A heading, and a paragraph of links whose words are their addresses.
    fn page(urls: &[&str], names: &[(u32, &str)]) -> Document {
        let mut builder = Builder::new();
        builder.page(Some("https://tide.example/logs/may"));
        builder.block(BlockKind::Heading(2), &"The Quay".into());
        builder.block(BlockKind::Heading(2), &"The quay!".into());
        let mut passage = Passage::default();
        for url in urls {
            let start = passage.text.len();
            passage.text.push_str(url);
            passage.links.push(Link::new((start..passage.text.len()).into(), (*url).to_owned()));
            passage.text.push(' ');
        }
        let anchor = |&(at, name): &(u32, &str)| Anchor { at, name: name.to_owned() };
        passage.anchors.extend(names.iter().map(anchor));
        builder.block(BlockKind::Paragraph, &passage);
        builder.finish()
    }

    #[test]
    fn a_link_leads_to_the_place_of_its_name_else_to_the_heading_of_its_words() {
        let urls =
            ["#n", "may#n", "/logs/may#n", "far#n", "#caf%C3%A9", "#the-quay", "#the-quay-1"];
        let doc = page(&urls, &[(4, "n"), (2, "café"), (3, "unasked")]);
        let first = doc.blocks[2].span.start;
        let places: Vec<_> = doc.links.iter().map(|link| link.to).collect();
        let n = Some(first + 4);
        assert_eq!(places, [n, n, n, None, Some(first + 2), Some(0), Some(10)]);
        let names: Vec<_> = doc.anchors.iter().map(|anchor| anchor.name.as_str()).collect();
        assert_eq!(names, ["café", "n"]);
    }

    #[test]
    fn a_link_to_no_place_of_the_page_is_plain_words() {
        let doc = page(&["#nowhere", "#", "may#nowhere"], &[]);
        let urls: Vec<_> = doc.links.iter().map(|link| link.url.as_str()).collect();
        assert_eq!(urls, ["may#nowhere"]);
    }

    #[test]
    fn of_places_of_one_name_the_nearest_is_meant() {
        let doc = page(&["#n", "#n", "#n"], &[(1, "n"), (8, "n")]);
        let first = doc.blocks[2].span.start;
        let places: Vec<_> = doc.links.iter().filter_map(|link| link.to).collect();
        assert_eq!(places, [first + 1, first + 1, first + 8]);
    }
}
