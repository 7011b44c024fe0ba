//! Names of people on a page: the words before and behind them, and whether a text can be one.
//!
//! May not know: which line is a header.

use super::dates;
use super::furniture::{is_button, is_end, marker};

/// Labels that come before the name of who wrote a comment; one that begins another comes later.
pub(super) const LABELS: [&str; 11] = [
    "Comment Commented ",
    "Comment number ",
    "Comment by ",
    "Comment from ",
    "Commented by ",
    "Commented ",
    "Kommentar von ",
    "Commentaire de ",
    "Commentaire par ",
    "Comentario de ",
    "Comentario por ",
];

/// Words before a name that a date must follow.
pub(super) const POSTED: [&str; 20] = [
    "posted by",
    "written by",
    "submitted by",
    "geschrieben von",
    "verfasst von",
    "erstellt von",
    "eingestellt von",
    "publié par",
    "posté par",
    "écrit par",
    "rédigé par",
    "escrito por",
    "publicado por",
    "enviado por",
    "left by",
    "comment left by",
    "reply by",
    "laissé par",
    "dejado por",
    "hinterlassen von",
];

/// Verbs between a name and what it says; one that ends another comes later.
pub(super) const VERBS: [&str; 26] = [
    "says",
    "said",
    "wrote",
    "writes",
    "commented",
    "comments",
    "replied",
    "hat geschrieben",
    "schrieb",
    "schreibt",
    "sagt",
    "sagte",
    "meint",
    "meinte",
    "kommentierte",
    "antwortete",
    "a écrit",
    "a dit",
    "écrit",
    "dit",
    "dijo",
    "dice",
    "escribió",
    "comentó",
    "respondió",
    "disse",
];

/// Words between the name of who wrote a comment and the name of whom it answers.
pub(super) const REPLYING: [&str; 11] = [
    " replying to a comment from ",
    " replying to ",
    " in reply to ",
    " replied to ",
    " antwortet ",
    " als Antwort auf ",
    " en réponse à ",
    " en respuesta a ",
    " → ",
    " ➤ ",
    " ↩ ",
];

/// Words before the name of an article's author.
pub(super) const BY: [&str; 26] = [
    "by ",
    "by: ",
    "posted by ",
    "written by ",
    "words by ",
    "story by ",
    "published by ",
    "author: ",
    "author ",
    "von ",
    "von: ",
    "geschrieben von ",
    "verfasst von ",
    "veröffentlicht von ",
    "autor: ",
    "par ",
    "publié par ",
    "rédigé par ",
    "por ",
    "escrito por ",
    "publicado por ",
    "text: ",
    "submitted by ",
    "eingereicht von ",
    "proposé par ",
    "enviado por ",
];

/// Lines that stand above an author's name below an article.
pub(super) const SIGNED: [&str; 18] = [
    "published by",
    "posted by",
    "written by",
    "author",
    "about the author",
    "autor",
    "über den autor",
    "über die autorin",
    "à propos de l’auteur",
    "sobre el autor",
    "acerca del autor",
    "publicado por",
    "escrito por",
    "publié par",
    "rédigé par",
    "veröffentlicht von",
    "geschrieben von",
    "verfasst von",
];

/// Words that no name begins with, but lines about a text do.
const NOT_NAMES: [&str; 32] = [
    "posted",
    "by",
    "reply",
    "share",
    "published",
    "updated",
    "filed",
    "last",
    "in",
    "on",
    "written",
    "date",
    "comment",
    "comments",
    "modified",
    "created",
    "tags",
    "category",
    "copyright",
    "©",
    "at",
    "from",
    "since",
    "until",
    "and",
    "but",
    "of",
    "read",
    "see",
    "page",
    "as",
    "when",
];

/// Whether a text can be a person's name or nickname: short, without sentence punctuation.
pub(super) fn is_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.clone().next().unwrap_or_default().to_lowercase();
    let first = first.trim_end_matches(':');
    let stops =
        words.clone().rev().skip(1).any(|word| word.ends_with('.') && word.chars().count() > 4);
    let clean = !text.contains(['!', '?', ';', '“', '”', '"', '…', '»', ':', '\t', '=', '[', '{']);
    let fits = text.chars().count() <= 60 && words.clone().count() <= 9;
    fits && clean
        && !stops
        && !NOT_NAMES.contains(&first)
        && words.any(|w| w.contains(char::is_alphanumeric))
        && !text.ends_with([',', '/'])
}

/// Whether a whole line can be the name of who wrote a comment.
pub(super) fn is_name_line(line: &str) -> bool {
    line.len() <= 40
        && is_name(line)
        && !line.ends_with(['.', '!', '?', '…'])
        && marker(line).is_none()
        && !is_button(line)
        && !is_end(line)
        && !dates::is_date(line)
        && !dates::is_time(line)
        && !line.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text without what text browsers write before a name: a number, the mark of a list, or
/// the file name of a portrait in brackets.
pub(super) fn without_mark(text: &str) -> &str {
    let rest = text.trim_start_matches(['+', '*', '•', '-', '–', '—', '~', '#', ' ']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match digits.strip_prefix(['.', ')', ':', ' ']) {
        Some(name) if digits.len() < rest.len() => name.trim_start(),
        _ => rest,
    };
    let portrait = rest.strip_prefix('[').and_then(|inner| inner.split_once(']'));
    portrait.map_or(rest, |(_, name)| name.trim_start())
}

/// The text without what joins a name to a date behind it.
pub(super) fn without_glue(text: &str) -> &str {
    let joins = [
        " on", " at", " am", " le", " el", " um", " -", " –", " —", " |", " /", " ·", " •", " »",
        ",", ":", " (", ";",
    ];
    let mut text = text.trim();
    while let Some(shorter) = joins.iter().find_map(|join| text.strip_suffix(join)) {
        text = shorter.trim_end();
    }
    text
}

/// Whether a text begins with a word that stands for a name.
pub(super) fn is_pronoun(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    [
        "he", "she", "they", "it", "we", "i", "you", "my", "his", "her", "our", "their", "this",
        "that", "who",
    ]
    .contains(&first.as_str())
}
