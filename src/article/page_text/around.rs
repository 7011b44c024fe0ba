//! What stands around article and discussion: lists of other texts, buttons, forms, menus, and
//! perhaps running text that must not be lost.
//!
//! May not know: headers of comments.

use super::super::Related;
use super::super::lines::Paragraph;
use super::furniture::{heads_list, is_button, is_end, marker};
use super::top::{ends_sentence, is_prose};

/// Longest line, in bytes, that says in a sentence or two what another text is about.
const BLURB: usize = 320;

/// Bytes from which a single paragraph is taken for running text.
const LONG: usize = 400;

/// What was found around.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// Other texts to read.
    pub(super) related: Vec<Related>,
    /// Indices of lines that are running text.
    pub(super) rest: Vec<usize>,
    /// Indices of lines that are left out.
    pub(super) left_out: Vec<usize>,
}

/// Sorts the lines whose indices are `range`.
pub(super) fn read(lines: &[Paragraph<'_>], range: &[usize], around: &mut Around) {
    let mut at = 0;
    while let Some(&number) = range.get(at) {
        let text = lines[number].text.as_ref();
        at += 1;
        if heads_list(text) {
            around.left_out.push(number);
            at += list(lines, range.get(at..).unwrap_or_default(), around);
        } else if is_text(lines, number) {
            around.rest.push(number);
        } else {
            around.left_out.push(number);
        }
    }
}

/// Whether a line belongs to running text rather than to a form or a notice: it is long, or
/// another paragraph stands beside it.
fn is_text(lines: &[Paragraph<'_>], at: usize) -> bool {
    let prose = |at: usize| {
        let text = lines.get(at).map(|line| line.text.as_ref()).unwrap_or_default();
        is_prose(text) && !is_end(text) && marker(text).is_none()
    };
    let beside = || prose(at + 1) || at.checked_sub(1).is_some_and(prose);
    prose(at) && (lines[at].text.len() >= LONG || beside())
}

/// Reads a list of titles, each perhaps with a sentence below; gives how many lines it took.
fn list(lines: &[Paragraph<'_>], range: &[usize], around: &mut Around) -> usize {
    let mut items: Vec<(usize, Related)> = Vec::new();
    let mut at = 0;
    while let Some(&number) = range.get(at) {
        let title = lines[number].text.as_ref();
        if !is_title(title) {
            break;
        }
        let below = range.get(at + 1).map(|&number| lines[number].text.as_ref());
        let summary =
            below.filter(|text| text.len() <= BLURB && ends_sentence(text) && is_prose(text));
        at += 1 + usize::from(summary.is_some());
        let summary = summary.map(str::to_owned);
        items.push((number, Related { title: title.to_owned(), summary, url: None }));
    }
    let told = items.iter().filter(|(_, item)| item.summary.is_some()).count();
    // Where most titles have a sentence below, one without is the heading of a group.
    let (kept, headings): (Vec<_>, Vec<_>) =
        items.into_iter().partition(|(_, item)| told * 2 < at - told || item.summary.is_some());
    around.left_out.extend(headings.into_iter().map(|(number, _)| number));
    around.related.extend(kept.into_iter().map(|(_, item)| item));
    at
}

fn is_title(text: &str) -> bool {
    text.len() <= 110
        && !is_prose(text)
        && !is_button(text)
        && !is_end(text)
        && marker(text).is_none()
}
