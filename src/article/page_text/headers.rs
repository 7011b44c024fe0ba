//! The lines above comments (or below them) that name who wrote them: a few families of such
//! lines, and which of them a page uses.
//!
//! May not know: what becomes of article and comments.

use super::super::lines::Paragraph;
use super::dates;
use super::framed;
use super::furniture::{is_button, is_end, marker};
use super::names::{
    LABELS, POSTED, REPLYING, VERBS, is_name, is_pronoun, without_glue, without_mark,
};
use super::top::{ends_sentence, is_prose};

/// Longest header, in bytes.
const LONGEST: usize = 160;

/// How many characters of an article stand before its discussion, at least.
const ARTICLE: usize = 250;

/// How many lines there are to a header of an unannounced discussion, at most.
const SPARSE: usize = 25;

/// How many buttons may stand between a header and its text.
const BUTTONS: usize = 2;

/// How many lines above a header its marker may stand.
pub(super) const REACH: usize = 40;

/// A shape of headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `Comment Commented NAME`, `Comment by NAME`, `Comment number 3. NAME`.
    Labelled,
    /// `NAME says:` with a date beside or below, `NAME on DATE said:`.
    Says,
    /// `NAME on DATE`, `NAME / DATE`, `NAME DATE`, also `NAME replying to … NAME / DATE`.
    Dated,
    /// `Posted by: NAME | DATE`, mostly below its comment.
    Posted,
    /// `NAME`, and a line below that is a date.
    Stacked,
    /// A date, and a line below that is `NAME`; or `NAME` above a comment and a date below it.
    DateFirst,
}

impl Family {
    const ALL: [Self; 6] =
        [Self::Labelled, Self::Says, Self::Dated, Self::Posted, Self::DateFirst, Self::Stacked];

    /// How much one header of it proves, in tenths.
    fn weight(self) -> usize {
        match self {
            Self::Labelled => 50,
            Self::Says | Self::Posted => 30,
            Self::Dated => 20,
            Self::Stacked => 12,
            Self::DateFirst => 11,
        }
    }

    /// How it looks, for the reader.
    pub(super) const fn shape(self) -> &'static str {
        match self {
            Self::Labelled => "Comment … NAME",
            Self::Says => "NAME says:",
            Self::Dated => "NAME DATE",
            Self::Posted => "Posted by NAME",
            Self::Stacked => "NAME above DATE",
            Self::DateFirst => "DATE beside NAME",
        }
    }
}

/// Who wrote a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header<'a> {
    pub(super) author: &'a str,
    pub(super) time: Option<&'a str>,
    /// The author of the comment that is answered.
    pub(super) answers: Option<&'a str>,
    /// How many lines it takes.
    pub(super) lines: usize,
}

/// A header at a line.
#[derive(Clone, Debug)]
pub(super) struct Hit<'a> {
    pub(super) at: usize,
    pub(super) header: Header<'a>,
    /// The line above it that is the comment's own title; `at` is then that line.
    pub(super) title: Option<usize>,
}

/// The family that a page uses, with its headers in order.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) family: Family,
    pub(super) hits: Vec<Hit<'a>>,
}

/// Chooses the family whose headers, weighed, prove most. One header alone counts only if it is
/// labelled or stands below a line that opens a discussion; an article must stand above.
pub(super) fn choose<'a>(lines: &'a [Paragraph<'_>], markers: &[usize]) -> Option<Found<'a>> {
    let mut found: [Vec<Hit<'a>>; 6] = Default::default();
    let short = (0..lines.len()).filter_map(|at| Some((at, bare(lines, at)?)));
    for (at, line) in short {
        for (family, hits) in Family::ALL.into_iter().zip(&mut found) {
            let free = hits.last().is_none_or(|last| last.at + last.header.lines <= at);
            if let Some(header) = free.then(|| header(family, line, (lines, at))).flatten() {
                hits.push(Hit { at, header, title: None });
            }
        }
    }
    let article = article_end(lines);
    let scored = Family::ALL.into_iter().zip(found).filter_map(|(family, mut hits)| {
        let opened = |at: usize| {
            let after = markers.partition_point(|&marker| marker < at);
            after > 0 && at - markers[after - 1] <= REACH
        };
        if family == Family::DateFirst {
            hits = framed::resolve(lines, hits, article, markers);
        }
        if family == Family::Stacked {
            hits.truncate(framed::spoken(lines, &hits));
        }
        if family == Family::Posted {
            entitle(lines, &mut hits);
        }
        // Above the article only its own byline looks like a header.
        let first = hits.iter().position(|hit| hit.at >= article || opened(hit.at))?;
        hits.drain(..first);
        if family == Family::Stacked {
            framed::raise(lines, &mut hits);
        }
        let marked = opened(hits[0].at);
        let texts = hits.iter().filter(|hit| has_text(lines, hit, family)).count();
        let enough = marked || family == Family::Labelled || is_dense(lines, &hits, texts);
        let bonus = if marked { 100 } else { 0 };
        let score = family.weight() * texts + bonus;
        (enough && texts > 0).then_some((score, Found { family, hits }))
    });
    scored.max_by_key(|(score, _)| *score).map(|(_, found)| found)
}

/// Takes the lines above headers for the titles of comments, where each header has one above and
/// text below.
fn entitle(lines: &[Paragraph<'_>], hits: &mut [Hit<'_>]) {
    let title = |at: usize| {
        let line = lines[at].text.as_ref();
        line.len() <= 100 && !ends_sentence(line) && marker(line).is_none() && !is_button(line)
    };
    let text = |hit: &Hit<'_>| {
        let below = lines.get(hit.at + hit.header.lines);
        below.is_some_and(|line| ends_sentence(&line.text))
    };
    let last = hits.len().saturating_sub(3);
    let titled = |hit: &Hit<'_>| hit.at.checked_sub(1).is_some_and(title) && text(hit);
    if hits.len() < 2 || !hits[last..].iter().all(titled) {
        return;
    }
    for hit in hits.iter_mut().filter(|hit| titled(hit)) {
        hit.at -= 1;
        hit.header.lines += 1;
        hit.title = Some(hit.at);
    }
}

/// The line by which [`ARTICLE`] characters of prose have been read.
fn article_end(lines: &[Paragraph<'_>]) -> usize {
    let mut read = 0;
    let end = lines.iter().position(|line| {
        read += if line.text.len() >= 60 { line.text.len() } else { 0 };
        read >= ARTICLE
    });
    end.map_or(usize::MAX, |end| end + 1)
}

/// Whether headers that no marker announces follow each other as those of comments do. A list of
/// events with their dates has no text between; a novel in which people say something has too
/// much, and no dates.
fn is_dense(lines: &[Paragraph<'_>], hits: &[Hit<'_>], texts: usize) -> bool {
    let dated = hits.iter().filter(|hit| hit.header.time.is_some()).count();
    let least = if dated * 2 >= hits.len() { 2 } else { 3 };
    let span = lines.len() - hits.first().map_or(0, |first| first.at);
    hits.len() >= least && texts * 4 >= hits.len() * 3 && span <= hits.len() * SPARSE
}

/// Whether a comment's words stand where this family has them.
fn has_text(lines: &[Paragraph<'_>], hit: &Hit<'_>, family: Family) -> bool {
    if family == Family::Posted {
        return hit.at > 0;
    }
    let mut below = hit.at + hit.header.lines;
    let last = below + BUTTONS;
    while below < last && lines.get(below).is_some_and(|line| is_button(&line.text)) {
        below += 1;
    }
    let line = lines.get(below).filter(|line| !is_button(&line.text));
    let is_header = |line| header(family, line, (lines, below)).is_some();
    line.is_some() && !bare(lines, below).is_some_and(is_header)
}

/// What may be a header at line `at`, without its buttons; none of a long line.
fn bare<'a>(lines: &'a [Paragraph<'_>], at: usize) -> Option<&'a str> {
    let line = lines.get(at).map(|line| line.text.as_ref());
    line.filter(|line| line.len() <= LONGEST).map(without_buttons)
}

/// The header of a family that `line`, without its buttons the one at `at`, is or begins.
fn header<'a>(
    family: Family,
    line: &'a str,
    (lines, at): (&'a [Paragraph<'_>], usize),
) -> Option<Header<'a>> {
    let below = lines.get(at + 1).map(|line| line.text.as_ref());
    match family {
        Family::Labelled if line.starts_with(['C', 'K']) => labelled(line, below),
        Family::Says if is_marked(line) || below.is_some_and(has_digit) => says(line, below),
        Family::Dated if has_digit(line) => dated(line),
        Family::Posted if has_digit(line) || below.is_some_and(has_digit) => posted(line, below),
        Family::Stacked if below.is_some_and(has_digit) => stacked(line, below),
        Family::Stacked => {
            let date = lines.get(at + 2).map(|line| line.text.as_ref());
            // Asked in this order, since few lines have a digit.
            let date = date.filter(|date| has_digit(date) && below.is_some_and(is_button));
            stacked(line, date).map(|header| Header { lines: 3, ..header })
        }
        Family::DateFirst if has_digit(line) => framed::header(lines, at),
        _ => None,
    }
}

/// A line without the buttons at its end, as in `NAME | DATE | Reply`.
fn without_buttons(line: &str) -> &str {
    // Most lines have nothing that could part buttons, and are many.
    let may_part = |byte: u8| matches!(byte, b'|' | b'/') || !byte.is_ascii();
    if !line.bytes().any(may_part) {
        return line;
    }
    let mut line = line;
    while let Some((rest, last)) = line.rsplit_once(['|', '•', '·', '/']) {
        if rest.trim().is_empty() || !is_button(last.trim()) {
            break;
        }
        line = rest.trim_end();
    }
    line
}

fn is_marked(line: &str) -> bool {
    line.contains([':', ',', '.', '…']) || has_digit(line)
}

/// Nearly every date has one, and most lines do not: asked first, it keeps a long text fast.
fn has_digit(line: &str) -> bool {
    line.len() <= LONGEST && line.bytes().any(|byte| byte.is_ascii_digit())
}

fn labelled<'a>(line: &'a str, below: Option<&'a str>) -> Option<Header<'a>> {
    let rest = LABELS.iter().find_map(|label| line.strip_prefix(label));
    let rest = rest.map(without_mark).or_else(|| numbered(line))?;
    let (name, time) = match dates::split_end(rest) {
        Some((name, time)) => (without_glue(name), Some(time)),
        None => (rest, below.filter(|below| dates::is_date(below))),
    };
    let lines = if time.is_some() && !line.ends_with(time.unwrap_or_default()) { 2 } else { 1 };
    is_name(name).then_some(Header { author: name, time, answers: None, lines })
}

/// What follows `Comment #3 by`.
fn numbered(line: &str) -> Option<&str> {
    let nouns = ["Comment ", "Kommentar ", "Commentaire ", "Comentario "];
    let rest = nouns.iter().find_map(|noun| line.strip_prefix(noun))?;
    let name = without_mark(rest);
    let by = ["by ", "from ", "posted by ", "von ", "par ", "de ", "por "];
    let named = by.iter().find_map(|by| name.strip_prefix(by));
    named.filter(|_| name.len() < rest.len())
}

fn says<'a>(line: &'a str, below: Option<&'a str>) -> Option<Header<'a>> {
    let is_mark = |c: char| matches!(c, ':' | ',' | '.' | '…' | '\u{a0}' | '\u{202f}');
    let (verb, at) = VERBS.iter().find_map(|verb| Some((verb, whole_word(line, verb)?)))?;
    let (before, after) = (line.get(..at)?.trim_end(), line.get(at + verb.len()..)?.trim_start());
    let rest = after.trim_start_matches(is_mark);
    let marked = rest.len() < after.len();
    let rest = rest.trim();
    let (name, mut time) = name_and_date(without_mark(before));
    if !rest.is_empty() {
        time = dates::is_date(rest).then_some(Some(rest))?;
    }
    let under = below.filter(|below| time.is_none() && dates::is_date(below));
    let lines = 1 + usize::from(under.is_some());
    let time = time.or(under);
    let known = (marked || time.is_some()) && marker(line).is_none();
    (known && is_name(name) && !is_pronoun(name)).then_some(Header {
        author: name,
        time,
        answers: None,
        lines,
    })
}

/// Where `word` stands in `line` as a whole word, behind another.
fn whole_word(line: &str, word: &str) -> Option<usize> {
    let starts = line.match_indices(word).map(|(at, _)| at);
    let whole = starts.filter(|&at| {
        let before = line.get(..at).is_some_and(|head| head.ends_with(' '));
        let after = line.get(at + word.len()..);
        before && after.is_some_and(|tail| !tail.starts_with(char::is_alphanumeric))
    });
    whole.last()
}

/// `NAME on DATE` or `On DATE NAME`.
fn name_and_date(text: &str) -> (&str, Option<&str>) {
    if let Some((name, time)) = dates::split_end(text).filter(|(name, _)| !name.is_empty()) {
        return (without_glue(name), Some(time));
    }
    let dated = ["On ", "Am ", "Le ", "El ", ""].iter().find_map(|on| text.strip_prefix(on));
    let ends = dated
        .into_iter()
        .flat_map(|rest| rest.match_indices(' ').map(move |(at, _)| rest.split_at(at)));
    let found = ends.take(12).filter(|(date, _)| dates::is_date(date)).last();
    found.map_or((text, None), |(date, name)| (name.trim(), Some(date.trim_end_matches(','))))
}

fn dated(line: &str) -> Option<Header<'_>> {
    let (before, time) = dates::split_end(line)?;
    let (author, answers) = answering(without_mark(without_points(without_glue(before))));
    is_name(author).then_some(Header { author, time: Some(time), answers, lines: 1 })
}

/// A name without a count of votes behind it.
fn without_points(text: &str) -> &str {
    let units = [" points", " point", " likes", " votes"];
    let Some(rest) = units.iter().find_map(|unit| text.strip_suffix(unit)) else { return text };
    let name = rest.trim_end_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '-' | '−'));
    if name.len() < rest.len() { name.trim_end() } else { text }
}

/// A name, and the one that it answers where the text says that it does.
fn answering(text: &str) -> (&str, Option<&str>) {
    let parts = REPLYING.iter().find_map(|words| text.split_once(words));
    parts.map_or((text, None), |(name, to)| (name.trim_end(), Some(to.trim())))
}

fn posted<'a>(line: &'a str, below: Option<&'a str>) -> Option<Header<'a>> {
    let lower = line.to_lowercase();
    let by = POSTED.iter().find(|by| lower.starts_with(*by)).copied();
    let by = by.or_else(|| line.starts_with("by ").then_some("by "))?;
    let rest = line.get(by.len()..)?.trim_start_matches([':', ' ']);
    let (name, time, lines) = match dates::split_end(rest) {
        Some((name, time)) => (name, time, 1),
        None => (rest, below.filter(|below| dates::is_date(below))?, 2),
    };
    let author = without_glue(name);
    is_name(author).then_some(Header { author, time: Some(time), answers: None, lines })
}

fn stacked<'a>(line: &'a str, below: Option<&'a str>) -> Option<Header<'a>> {
    let time = below.filter(|below| below.len() < 60 && dates::is_date(below))?;
    let (author, answers) = answering(without_mark(line));
    let name =
        author.len() <= 40 && is_name(author) && marker(line).is_none() && !is_button(author);
    let time = Some(time);
    (name && !dates::is_date(author)).then_some(Header { author, time, answers, lines: 2 })
}

/// Whether the headers of this page stand below their comments: nothing follows the last one, or
/// words stand between the first one and line `start`, where the discussion starts.
pub(super) fn are_below(found: &Found<'_>, lines: &[Paragraph<'_>], start: usize) -> bool {
    let first = found.hits.first().map_or(start, |first| first.at);
    let above = lines.get(start..first).unwrap_or_default();
    let words = above.iter().any(|line| is_prose(&line.text));
    match found.family {
        Family::Posted if words => return true,
        Family::Posted => {}
        Family::Dated if words => {}
        _ => return false,
    }
    let last = found.hits.last();
    let next = last.and_then(|last| lines.get(last.at + last.header.lines));
    next.is_none_or(|line| {
        is_end(&line.text) || is_button(&line.text) || marker(&line.text).is_some()
    })
}
