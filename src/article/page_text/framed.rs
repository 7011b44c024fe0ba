//! Comments whose dates stand on lines of their own: a date above the name, or the name above the
//! words and the date below them. In the middle of a page both look alike, as a date with a name
//! below it; what stands below the last comment tells them apart.
//!
//! May not know: what becomes of article and comments.

use super::super::lines::Paragraph;
use super::dates;
use super::furniture::{is_button, is_end, marker};
use super::headers::{Header, Hit, REACH};
use super::names::{is_name_line, without_mark};
use super::top::ends_sentence;

/// How many lines below the last name its date is looked for.
const LONGEST: usize = 60;

/// A date, perhaps a time of day below it, and then a name.
pub(super) fn header<'a>(lines: &'a [Paragraph<'_>], at: usize) -> Option<Header<'a>> {
    let words = |at: usize| lines.get(at).map(|line| line.text.as_ref());
    let time = words(at).filter(|line| line.len() < 60 && dates::is_date(line))?;
    let clock = usize::from(words(at + 1).is_some_and(dates::is_time));
    let author = without_mark(words(at + 1 + clock)?);
    // A name above the date makes it the other family's header.
    let above = at.checked_sub(1).and_then(words);
    let free = above.is_none_or(|line| !is_name_line(line) || ends_sentence(line));
    let named = is_name_line(author) && !words(at + 2 + clock).is_some_and(dates::is_date);
    let lines = 2 + clock;
    (free && named).then_some(Header { author, time: Some(time), answers: None, lines })
}

/// The headers as they stand if the dates are above the names; else those of the names alone,
/// with the first one, which has no date above it.
pub(super) fn resolve<'a>(
    lines: &'a [Paragraph<'_>],
    hits: Vec<Hit<'a>>,
    article: usize,
    markers: &[usize],
) -> Vec<Hit<'a>> {
    let Some(from) = hits.iter().position(|hit| hit.at >= article) else { return hits };
    let hits = hits.get(from..).unwrap_or_default();
    let hits = hits.get(..spoken(lines, hits)).unwrap_or_default();
    let (Some(first), Some(last)) = (hits.first(), hits.last()) else { return Vec::new() };
    if !is_dated_below(lines, last.at + last.header.lines) {
        return hits.to_vec();
    }
    let marker = markers.partition_point(|&marker| marker < first.at);
    let above = marker.checked_sub(1).map_or(article, |marker| markers[marker]);
    let above = above.max(first.at.saturating_sub(REACH));
    let name = (above..first.at).rev().find(|&at| is_name_line(&lines[at].text));
    let named = |at: usize, author| Hit {
        at,
        header: Header { author, time: None, answers: None, lines: 1 },
        title: None,
    };
    let first = name.map(|at| named(at, without_mark(&lines[at].text)));
    let others = hits.iter().map(|hit| named(hit.at + hit.header.lines - 1, hit.header.author));
    first.into_iter().chain(others).collect()
}

/// Takes the names above headers for those of the authors, where most headers have one above:
/// what stands between name and date is then a place or a rank.
pub(super) fn raise<'a>(lines: &'a [Paragraph<'_>], hits: &mut [Hit<'a>]) {
    let name = |at: usize| {
        let line = lines[at].text.as_ref();
        is_name_line(without_mark(line)) && !ends_sentence(line)
    };
    let named = |hit: &Hit<'a>| hit.at.checked_sub(1).is_some_and(name);
    let count = hits.iter().filter(|hit| named(hit)).count();
    if hits.len() < 2 || count * 5 < hits.len() * 4 {
        return;
    }
    for hit in hits.iter_mut().filter(|hit| named(hit)) {
        hit.at -= 1;
        hit.header.lines += 1;
        hit.header.author = without_mark(&lines[hit.at].text);
    }
}

/// How many of the headers are left without the last ones, below which only a menu stands.
pub(super) fn spoken(lines: &[Paragraph<'_>], hits: &[Hit<'_>]) -> usize {
    let silent = |hit: &&Hit<'_>| {
        let below = hit.at + hit.header.lines;
        below >= lines.len() || is_menu(lines, below)
    };
    hits.len() - hits.iter().rev().take_while(silent).count()
}

/// Whether three short lines stand at `at`, as those of a menu do, and not a comment's own.
pub(super) fn is_menu(lines: &[Paragraph<'_>], at: usize) -> bool {
    let own = |line: &str| is_button(line) || dates::is_date(line) || dates::is_time(line);
    let short = |line: &Paragraph<'_>| line.text.len() < 40 && !ends_sentence(&line.text);
    let three = lines.get(at..at + 3);
    three.is_some_and(|three| !own(&three[0].text) && three.iter().all(short))
}

/// Whether a date stands below the words that start at line `from`, before the page goes on with
/// something else.
fn is_dated_below(lines: &[Paragraph<'_>], from: usize) -> bool {
    let below = lines.iter().skip(from).take(LONGEST).map(|line| line.text.as_ref());
    let mut words = below.take_while(|line| !is_end(line) && marker(line).is_none());
    let mut above = None;
    words.any(|line: &str| {
        let closes = above.is_some_and(|above| ends_sentence(above) || is_button(above));
        above = Some(line);
        closes && dates::is_date(line)
    })
}
