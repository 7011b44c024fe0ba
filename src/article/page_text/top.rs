//! What stands above the discussion of a page: title, byline, date, the place it was filed from,
//! and the article itself among menus.
//!
//! May not know: comments.

use std::collections::HashMap;
use std::ops::Range;

use super::super::Head;
use super::super::lines::Paragraph;
use super::byline::{BYLINE, author_below, byline, byline_of, name_above_date};
use super::dates;
use super::furniture::{heads_list, is_button, marker};
use super::names::SIGNED;

/// How many short lines may stand between two paragraphs of one article.
const GAP: usize = 7;

/// How many lines above the article its title may stand.
const REACH: usize = 8;

/// A headline of so many characters is no line of a menu.
const MENU: usize = 10;

/// How many lines below the article its author may be named.
const FOOT: usize = 15;

/// The parts of a page above its discussion, as indices of lines.
#[derive(Debug, Default)]
pub(super) struct Top {
    pub(super) head: Head,
    /// Lines of the article, in order.
    pub(super) body: Vec<usize>,
    /// Lines above and below it that are neither title nor byline.
    pub(super) around: Vec<usize>,
}

/// Finds the article in `lines`, which end where the discussion starts. `named` is its title
/// where the discussion's heading quotes it.
pub(super) fn read(lines: &[Paragraph<'_>], named: Option<String>) -> Top {
    let run = longest_run(lines);
    let mut top = Top::default();
    let mut used = head(lines.get(..run.start).unwrap_or_default(), named, &mut top.head);
    let end = end(lines, &run, &top.head.authors);
    if top.head.authors.is_empty() {
        let below = lines.get(end..lines.len().min(end + FOOT)).unwrap_or_default();
        top.head.authors = author_below(below).unwrap_or_default();
    }
    used.sort_unstable();
    for (at, line) in lines.iter().enumerate() {
        let opens = at < run.start && at + 3 >= run.start && ends_sentence(&line.text);
        let inside = opens || (run.start..end).contains(&at);
        match inside && !is_button(&line.text) {
            _ if used.binary_search(&at).is_ok() => {}
            true => top.body.push(at),
            false => top.around.push(at),
        }
    }
    top
}

/// One past the last line of the article whose running text is `run`. It goes on below the run,
/// over a table or a list, to the last running text above what closes it, tells of one of its
/// `authors` or heads a list of other texts, and up to three short lines more.
fn end(lines: &[Paragraph<'_>], run: &Range<usize>, authors: &[String]) -> usize {
    let length = |at: usize| if run.contains(&at) { lines[at].text.len() } else { 0 };
    let total: usize = run.clone().map(length).sum();
    let mut read = 0;
    let closing = (run.start..lines.len()).find(|&at| {
        read += length(at);
        let line = &lines[at].text;
        // Buttons also stand in the middle of articles: two thirds must have been read.
        read * 3 >= total * 2
            && at >= run.start + 3
            && (closes_article(line) || heads_list(line) || tells_of(line, authors).is_some())
    });
    let limit = closing.unwrap_or(lines.len());
    let last =
        (run.start..limit).rfind(|&at| is_prose(&lines[at].text)).map_or(run.end, |at| at + 1);
    let end = if limit <= last + 3 { limit } else { last };
    let said = (run.start..end).rfind(|&at| lines[at].text.contains(char::is_alphanumeric));
    said.map_or(end, |at| at + 1)
}

/// Lines below an article, before what is said of its author or subject.
const CLOSINGS: [&str; 29] = [
    "author",
    "about the author",
    "about author",
    "published by",
    "share this",
    "share this post",
    "share this article",
    "share",
    "tags",
    "filed under",
    "related articles",
    "related posts",
    "post navigation",
    "teilen mit",
    "teilen",
    "diesen beitrag teilen",
    "schlagwörter",
    "partager",
    "partager cet article",
    "partager sur",
    "compartir",
    "compartir esto",
    "comparte",
    "etiquetas",
    "mots-clés",
    "über den autor",
    "über die autorin",
    "about the writer",
    "like this",
];

/// Beginnings of lines below an article that say where it is filed.
const FILED: [&str; 22] = [
    "tags:",
    "tagged ",
    "tagged:",
    "filed under",
    "filed in",
    "posted in ",
    "posted at ",
    "posted on ",
    "categories:",
    "category:",
    "this entry was posted",
    "schlagwörter:",
    "schlagworte:",
    "kategorien:",
    "veröffentlicht in ",
    "veröffentlicht unter ",
    "mots-clés",
    "classé dans",
    "publié dans",
    "publicado en",
    "etiquetas:",
    "archivado en",
];

fn closes_article(line: &str) -> bool {
    let lower = line.to_lowercase();
    let words = lower.trim_matches(|c: char| !c.is_alphanumeric());
    (line.len() < 40 && (CLOSINGS.contains(&words) || SIGNED.contains(&words)))
        || (line.len() < 400 && FILED.iter().any(|start| lower.starts_with(start)))
}

/// Which of the authors a line tells of: it begins with the whole name.
pub(super) fn tells_of(line: &str, authors: &[String]) -> Option<usize> {
    let lower = line.to_lowercase();
    authors.iter().position(|author| {
        let rest = lower.strip_prefix(&author.to_lowercase());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
    })
}

/// Whether a line is running text: long, or of some length and a whole sentence.
pub(super) fn is_prose(text: &str) -> bool {
    text.len() >= 120 || (text.len() >= 60 && ends_sentence(text))
}

pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '’', '\'', ')', '»', ']']);
    text.ends_with(['.', '!', '?', '…'])
}

/// The run of running text, with short lines between, that has most of it; all lines where there
/// is none.
fn longest_run(lines: &[Paragraph<'_>]) -> Range<usize> {
    let (mut best, mut most) = (0..lines.len(), 0);
    let (mut run, mut length) = (0..0, 0);
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_prose(&line.text)) {
        if length == 0 || at > run.end + GAP {
            (run, length) = (at..at, 0);
        }
        run.end = at + 1;
        length += line.text.len();
        if length > most {
            (best, most) = (run.clone(), length);
        }
    }
    best
}

/// Reads title, byline and date from the lines above the article; gives the lines that it used.
fn head(above: &[Paragraph<'_>], named: Option<String>, head: &mut Head) -> Vec<usize> {
    let mut used = Vec::new();
    let near = above.len().saturating_sub(BYLINE);
    let byline = (near..above.len())
        .rfind(|&at| byline(&above[at].text).is_some())
        .or_else(|| name_above_date(above));
    if let Some((authors, date)) = byline.and_then(|at| byline_of(above, at)) {
        head.authors = authors;
        head.published = date;
    }
    used.extend(byline);
    let dated = (near..above.len()).rfind(|&at| dates::is_date(&above[at].text));
    if let Some(at) = dated {
        used.push(at);
        head.published.get_or_insert_with(|| above[at].text.clone().into_owned());
    }
    let said = named.or_else(|| {
        title(above, byline, &head.authors).map(|at| above[at].text.clone().into_owned())
    });
    if let Some(title) = &said {
        used.extend((0..above.len()).filter(|&at| says_title(&above[at].text, title)));
    }
    head.title = said;
    used
}

/// Whether a line says the title again, as the page's own title above its menu does.
fn says_title(line: &str, title: &str) -> bool {
    line.strip_prefix(title).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '|']))
}

/// The line of the title: one that is said twice above the article, else the first one that can
/// be one where few lines stand there, else the nearest above byline or article.
fn title(above: &[Paragraph<'_>], byline: Option<usize>, authors: &[String]) -> Option<usize> {
    let is_headline = |text: &str| is_headline(text) && tells_of(text, authors).is_none();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let first = above.first()?.text.as_ref();
    for (at, line) in above.iter().enumerate() {
        let text = line.text.as_ref();
        let again = seen.insert(text, at).is_some() || (at > 0 && says_title(first, text));
        if again && text.len() >= 16 && is_headline(text) {
            return Some(at);
        }
    }
    if above.len() <= REACH {
        // Menus are of short lines.
        let mut lines = (0..above.len()).filter(|&at| is_headline(&above[at].text));
        let first = lines.clone().next();
        return lines.find(|&at| above[at].text.chars().count() >= MENU).or(first);
    }
    let end = byline.unwrap_or(above.len());
    let near = (end.saturating_sub(REACH)..end).rfind(|&at| is_headline(&above[at].text))?;
    // A line below the headline that tells more is longer than it.
    let over = near.checked_sub(1).filter(|&at| {
        let line = above[at].text.as_ref();
        is_headline(line)
            && line.split_whitespace().count() >= 4
            && line.len() <= above[near].text.len()
    });
    Some(over.unwrap_or(near))
}

fn is_headline(text: &str) -> bool {
    let length = text.chars().count();
    let words = text.split_whitespace().count();
    let open =
        text.ends_with("….") || text.ends_with("...") || !text.ends_with(['.', ',', ':', ';']);
    (8..=160).contains(&length)
        && words >= 2
        && open
        && text.starts_with(|c: char| c.is_alphanumeric() || "“‘\"'«¿¡".contains(c))
        && !dates::is_date(text)
        && !is_button(text)
        && marker(text).is_none()
        && byline(text).is_none()
        && !text.contains("://")
}

/// The place a report was filed from, as `LISBON – ` or `LISBON (Agency) — ` before its first
/// words, and those words.
pub(super) fn dateline(text: &str) -> Option<(&str, &str)> {
    let (place, words) = [" – ", " — ", " -- ", " - "]
        .iter()
        .filter_map(|dash| text.split_once(dash))
        .min_by_key(|(place, _)| place.len())?;
    let words = words.trim_start();
    let first = place.split([' ', ',', '(']).next()?;
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let shouted = first.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !first.contains(char::is_lowercase);
    let fits = (3..=60).contains(&place.len())
        && !place.contains(['.', ':', ';', '!', '?', '“', '"'])
        || place.ends_with(')') && place.len() <= 60;
    let named = place.split_whitespace().all(|word| capital(word.trim_start_matches('(')));
    let begins = words.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘'));
    (shouted && fits && named && begins).then_some((place.trim(), words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_places_in_capitals() {
        assert_eq!(dateline("PORTO ALTO – The sea rose."), Some(("PORTO ALTO", "The sea rose.")));
        assert_eq!(
            dateline("LISBON (Agency) — The sea rose."),
            Some(("LISBON (Agency)", "The sea rose."))
        );
        assert_eq!(dateline("The sea – Ada said – rose."), None);
        assert_eq!(dateline("WARNING the sea – it rises"), None);
    }
}
