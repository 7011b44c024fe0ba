//! Dates as web pages write them, in English, German, French and Spanish: a run of words each of
//! which can stand in a date, with enough of them to be one.
//!
//! May not know: where the date stands or what it dates.

/// Names of months and their common short forms; a word counts by its whole.
const MONTHS: [&str; 80] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "januar",
    "jänner",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "mär",
    "okt",
    "dez",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "janv",
    "févr",
    "avr",
    "juil",
    "déc",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "ene",
    "abr",
    "ago",
    "dic",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
    "set",
    "setembro",
];

/// Names of days and their short forms.
const DAYS: [&str; 35] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "viernes",
    "domingo",
];

/// Words that stand between the others, or around a time.
const GLUE: [&str; 42] = [
    "at", "on", "of", "the", "am", "pm", "a.m", "p.m", "um", "uhr", "à", "le", "el", "de", "del",
    "a", "las", "den", "y", "an", "about", "ein", "einem", "einer", "une", "un", "una", "h",
    "alle", "ore", "pt", "et", "est", "edt", "pst", "pdt", "gmt", "utc", "cet", "bst", "|", "-",
];

/// Units of a span of time that has gone by.
const UNITS: [&str; 55] = [
    "second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "hr",
    "hrs", "day", "days", "week", "weeks", "month", "months", "year", "years", "yr", "yrs",
    "sekunden", "minuten", "stunde", "stunden", "tag", "tagen", "woche", "wochen", "monat",
    "monaten", "jahr", "jahren", "secondes", "heure", "heures", "jour", "jours", "semaine",
    "semaines", "mois", "an", "ans", "segundos", "minutos", "hora", "horas", "día", "días",
    "semanas", "mes", "meses", "año", "años",
];

/// What a word can be in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Month,
    Day,
    Number,
    Year,
    /// `18:30` or `6pm`.
    Time,
    /// `12/31/2020`, `2020-12-31` or a time stamp.
    Numeric,
    Unit,
    Ago,
    Now,
    Glue,
}

/// Whether the whole of `text` is a date, a time with a date, or how long ago.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Option<Vec<Part>> = text.split_whitespace().take(12).map(part).collect();
    text.len() < 80 && parts.is_some_and(|parts| is_enough(&parts))
}

/// A date without the word before it and the mark behind it that only join it to its line.
pub(super) fn bare(date: &str) -> &str {
    let date = date.trim_end_matches([' ', ':', ',', '\u{a0}', '\u{202f}']);
    let joined = ["on ", "at ", "am ", "um ", "le ", "el "];
    joined.iter().find_map(|join| date.strip_prefix(join)).unwrap_or(date).trim_start()
}

/// Whether the whole of `text` is a time of day, as pages set it on a line below the date.
pub(super) fn is_time(text: &str) -> bool {
    let parts: Option<Vec<Part>> = text.split_whitespace().take(6).map(part).collect();
    let is_clock = |parts: Vec<Part>| {
        parts.contains(&Part::Time) && parts.iter().all(|p| matches!(p, Part::Time | Part::Glue))
    };
    text.len() <= 20 && parts.is_some_and(is_clock)
}

/// Cuts a date off the end of `text`: what stands before it, and the date. The longest that is a
/// date is taken; it does not begin with a word such as “at”.
pub(super) fn split_end(text: &str) -> Option<(&str, &str)> {
    let mut parts = Vec::new();
    let mut best = None;
    let mut end = text.len();
    while let Some(word) = text.get(..end).and_then(|head| head.split_whitespace().next_back()) {
        let start = text.get(..end)?.rfind(word)?;
        let Some(part) = part(word) else {
            let month = text.get(..end).and_then(|head| glued_month(head.trim_end()));
            parts.insert(0, Part::Month);
            let cut = month.filter(|_| is_enough(&parts)).and_then(|at| text.split_at_checked(at));
            best = cut.map(|(name, date)| (name.trim_end(), date.trim())).or(best);
            break;
        };
        parts.insert(0, part);
        if part != Part::Glue && is_enough(&parts) {
            best = Some((text.get(..start)?.trim_end(), text.get(start..)?.trim()));
        }
        end = start;
        if parts.len() > 12 {
            break;
        }
    }
    best
}

/// Where the name of a month begins that ends `text` and hangs on another word, as in
/// `Ada BellMay`.
fn glued_month(text: &str) -> Option<usize> {
    let at = text.char_indices().rev().find(|(_, ch)| !ch.is_lowercase()).map(|(at, _)| at)?;
    let (before, month) = text.split_at_checked(at)?;
    let hangs = before.ends_with(|ch: char| ch.is_alphanumeric() || ch == '.');
    (hangs && part(month) == Some(Part::Month)).then_some(at)
}

/// A month or day with a number, a date in figures, or how long ago.
fn is_enough(parts: &[Part]) -> bool {
    let has = |part: Part| parts.contains(&part);
    let figures = has(Part::Number) || has(Part::Year);
    (has(Part::Month) && figures)
        || has(Part::Numeric)
        || (has(Part::Ago) && has(Part::Unit))
        || has(Part::Now)
        || (has(Part::Day) && has(Part::Time))
}

fn part(word: &str) -> Option<Part> {
    let word = word.trim_matches([',', '(', ')', '.', '·', '•', ';', '@', '—', '–', ':']);
    if ["H", "Y"].contains(&word) {
        // An initial.
        return None;
    }
    let lower = word.to_lowercase();
    let lower = lower.as_str();
    match lower {
        "" => Some(Part::Glue),
        "ago" | "hace" | "vor" | "il" => Some(Part::Ago),
        "yesterday" | "today" | "gestern" | "heute" | "hier" | "ayer" | "hoy" => Some(Part::Now),
        _ if MONTHS.contains(&lower) => Some(Part::Month),
        _ if DAYS.contains(&lower) => Some(Part::Day),
        _ if GLUE.contains(&lower) => Some(Part::Glue),
        _ if UNITS.contains(&lower) => Some(Part::Unit),
        _ => figures(lower),
    }
}

fn figures(word: &str) -> Option<Part> {
    let bare = ["st", "nd", "rd", "th", "am", "pm", "h", "er", "º", "z"];
    let stem = bare.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let digits = stem.bytes().filter(u8::is_ascii_digit).count();
    let only = |marks: &str| stem.chars().all(|c| c.is_ascii_digit() || marks.contains(c));
    let number = stem.parse::<u32>().ok();
    match number {
        _ if digits == 0 => None,
        Some(1900..=2100) => Some(Part::Year),
        Some(0..=59) => Some(if stem.len() < word.len() && word.ends_with('m') {
            Part::Time
        } else {
            Part::Number
        }),
        None if stem.contains(':') && digits <= 6 && only(":.") => Some(Part::Time),
        None if is_split_in_two(stem) => Some(Part::Time),
        None if (4..=8).contains(&digits) && only("/-.") && is_split_in_three(stem) => {
            Some(Part::Numeric)
        }
        None if digits >= 8 && only("-:tz+.") && stem.matches('-').count() >= 2 => {
            Some(Part::Numeric)
        }
        _ => None,
    }
}

/// `18h30`, as French writes it.
fn is_split_in_two(stem: &str) -> bool {
    let two =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    stem.split_once('h').is_some_and(|(hour, minute)| two(hour) && two(minute))
}

fn is_split_in_three(stem: &str) -> bool {
    let mut parts = stem.split(['/', '-', '.']);
    parts.clone().count() == 3 && parts.all(|part| (1..=4).contains(&part.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_kinds() {
        for date in [
            "October 17, 2026 at 10:41 am",
            "on March 3, 2026",
            "3. März 2026 um 18:30 Uhr",
            "le 3 mars 2026 à 18:30",
            "3 hours ago",
            "vor 3 Stunden",
            "vor einer Stunde",
            "il y a 2 heures",
            "hace 3 horas",
            "an hour ago",
            "le 3 mars 2026 à 18h30",
            "2026-03-04",
            "04/03/2026 at 3:15 PM",
            "2026-03-04T05:06:07Z",
            "Tuesday, November 24 2026",
            "4 Mar 2026",
            "yesterday",
            "August 21, 2026, at 4 05 pm",
            "3 de mayo de 2026",
        ] {
            assert!(is_date(date), "{date}");
        }
    }

    #[test]
    fn words_that_are_no_dates() {
        for text in ["", "May", "at the", "12", "In 2012", "3 hours", "the march of 40 men", "a"] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn a_date_is_cut_off_the_end() {
        assert_eq!(split_end("Ada Bell March 3, 2026"), Some(("Ada Bell", "March 3, 2026")));
        assert_eq!(
            split_end("Bo on 04/03/2026 at 3:15 PM"),
            Some(("Bo on", "04/03/2026 at 3:15 PM"))
        );
        assert_eq!(
            split_end("Ada BellMarch 3, 2026 at 3:15 PM"),
            Some(("Ada Bell", "March 3, 2026 at 3:15 PM"))
        );
        assert_eq!(split_end("Ada H. Bell March 3, 2026").map(|it| it.0), Some("Ada H. Bell"));
        assert_eq!(split_end("Nothing here"), None);
    }
}
