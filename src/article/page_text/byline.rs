//! Who wrote the article of a page, by the lines beside it that say so.
//!
//! May not know: titles, comments.

use super::super::lines::Paragraph;
use super::dates;
use super::names::{self, BY, SIGNED};

/// How many lines above the article its byline and date may stand, with buttons between.
pub(super) const BYLINE: usize = 14;

/// Words of which one stands before the name of an author in the middle of a line.
const FILED_BY: [&str; 29] = [
    "posted",
    "published",
    "submitted",
    "written",
    "updated",
    "points",
    "article",
    "report",
    "story",
    "post",
    "essay",
    "review",
    "column",
    "analysis",
    "artikel",
    "beitrag",
    "bericht",
    "kommentar",
    "veröffentlicht",
    "geschrieben",
    "publié",
    "billet",
    "chronique",
    "écrit",
    "artículo",
    "reportaje",
    "publicado",
    "escrito",
    "enviado",
];

/// The authors that a line below the article names, or the line below one that says so.
pub(super) fn author_below(below: &[Paragraph<'_>]) -> Option<Vec<String>> {
    let signed = |line: &str| {
        let lower = line.to_lowercase();
        SIGNED.contains(&lower.trim_end_matches(':'))
    };
    let name = |at: usize| {
        let name = below.get(at + 1).map(|line| line.text.as_ref()).filter(|name| is_person(name));
        name.filter(|name| names::is_name_line(name)).map(|name| vec![name.to_owned()])
    };
    below.iter().enumerate().find_map(|(at, line)| {
        let said = || byline(&line.text).map(|(names, _)| names);
        if signed(&line.text) { name(at) } else { said() }
    })
}

/// Whether a name is one word, or begins and ends with a capital letter.
fn is_person(name: &str) -> bool {
    let capital =
        |word: Option<&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    let mut words = name.split_whitespace();
    let (first, last) = (words.next(), words.next_back());
    names::is_name(name)
        && name.split_whitespace().count() <= 5
        && !name.bytes().any(|b| b.is_ascii_digit())
        && (last.is_none() || capital(first) && capital(last))
}

/// The line nearest to the article that is a name of several words and stands above a date.
pub(super) fn name_above_date(above: &[Paragraph<'_>]) -> Option<usize> {
    let near = above.len().saturating_sub(BYLINE).max(1);
    (near..above.len().saturating_sub(1)).rfind(|&at| {
        let name = above[at].text.as_ref();
        let several = (2..=4).contains(&name.split_whitespace().count());
        several
            && is_person(name)
            && names::is_name_line(name)
            && dates::is_date(&above[at + 1].text)
    })
}

pub(super) fn byline_of(
    above: &[Paragraph<'_>],
    at: usize,
) -> Option<(Vec<String>, Option<String>)> {
    let line = &above.get(at)?.text;
    byline(line).or_else(|| Some((vec![line.clone().into_owned()], None)))
}

/// Authors and date of a line `By NAME and NAME, DATE`, `DATE by NAME` or `NAME, DATE`.
pub(super) fn byline(line: &str) -> Option<(Vec<String>, Option<String>)> {
    if line.len() > 160 {
        return None;
    }
    let after = BY
        .iter()
        .find(|by| line.get(..by.len()).is_some_and(|start| start.eq_ignore_ascii_case(by)));
    match after {
        Some(by) => names_and_date(line.get(by.len()..)?.trim()),
        None => by_inside(line).or_else(|| name_and_date(line)),
    }
}

/// `Posted on DATE by NAME`, `3 points by NAME`, `A report by NAME`.
fn by_inside(line: &str) -> Option<(Vec<String>, Option<String>)> {
    let cut = [" by ", " von ", " par ", " por "].iter().find_map(|by| line.split_once(by));
    let (before, name) = cut?;
    let lower = before.to_lowercase();
    let words = lower.split_whitespace();
    let told = FILED_BY.iter().any(|word| words.clone().any(|one| one == *word));
    if !told
        || words.count() > 10
        || before.contains(['.', '?', '!']) && !before.contains(char::is_numeric)
    {
        return None;
    }
    let (names, date) = names_and_date(name.trim())?;
    let before = dates::split_end(before).map(|(_, date)| dates::bare(date).to_owned());
    Some((names, before.or(date)))
}

/// `NAME, DATE`, where the name is of several words with capitals.
fn name_and_date(line: &str) -> Option<(Vec<String>, Option<String>)> {
    let (name, date) = dates::split_end(line)?;
    let name = names::without_glue(name);
    let several = name.split_whitespace().count() >= 2;
    (several && is_person(name)).then(|| (vec![name.to_owned()], Some(date.to_owned())))
}

/// Names at the start of a text, and the date behind them.
fn names_and_date(rest: &str) -> Option<(Vec<String>, Option<String>)> {
    let end = [
        ",", "|", "/", "•", "·", "(", " on ", " in ", " at ", " – ", " — ", " - ", " am ", " um ",
        " le ", " el ", " à ", " » ", " › ",
    ];
    let cut = end.iter().filter_map(|mark| rest.find(mark)).min().unwrap_or(rest.len());
    let (names, tail) = rest.split_at(cut);
    let (names, tail) = dates::split_end(names).unwrap_or((names, tail));
    let names: Vec<String> = names
        .split(" and ")
        .flat_map(|part| part.split(" & "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" et "))
        .map(|name| name.trim().to_owned())
        .collect();
    let tail = tail.split(['•', '|', '·']).find_map(|part| {
        let part = part.trim_matches([',', ' ', '/', '–', '—', '-', '(', ')']);
        dates::is_date(part).then(|| part.trim_start_matches("on ").to_owned())
    });
    (!names.is_empty() && names.iter().all(|name| is_person(name))).then_some((names, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_names_and_dates() {
        let (names, date) = byline("By Ada Bell and Bo Reed, March 3, 2026").unwrap();
        assert_eq!(names, ["Ada Bell", "Bo Reed"]);
        assert_eq!(date.as_deref(), Some("March 3, 2026"));
        assert!(
            byline("By the time the tide had turned we were all cold and tired of it").is_none()
        );
    }
}
