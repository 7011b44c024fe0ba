//! Glyph clusters that are known by their form, without the tables of Unicode: nearly all there are.
//!
//! What is said here of a character is what the tables say of it; whatever is not said here is left
//! to them. Clusters: Unicode Standard Annex 29. Emoji: Unicode Technical Standard 51.
//!
//! May not know: what is shown of a cluster.

use std::str::Chars;

/// Code points of one cluster that are shown; emoji joined by U+200D may take twice as many.
pub(super) const CLUSTER: usize = 8;

/// Joins emoji.
const JOINER: char = '\u{200D}';

/// Asks for the look of an emoji.
const EMOJI: char = '\u{FE0F}';

/// Behind a digit: it is on a key.
const KEYCAP: &str = "\u{FE0F}\u{20E3}";

/// The first cluster of a text and its width in cells, where both are known by its form. It is shown
/// as it is.
#[inline]
pub(super) fn simple(text: &str) -> Option<(&str, u16)> {
    let bytes = text.as_bytes();
    if is_plain(*bytes.first()?) && bytes.get(1).is_none_or(|&byte| is_plain(byte)) {
        return Some((text.get(..1)?, 1));
    }
    by_form(text)
}

/// The same for what is no pair of plain letters.
fn by_form(text: &str) -> Option<(&str, u16)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let width = match lone(first) {
        Some(width) => letter(first, width, &mut chars),
        None => emoji(first, &mut chars)?,
    };
    let (rest, next) = (chars.as_str().len(), chars.next());
    let begins = |ch| lone(ch).is_some() || is_flag(ch) || pictograph(ch).is_some();
    let cluster = text.get(..text.len() - rest)?;
    next.is_none_or(begins).then_some((cluster, width))
}

/// Whether a byte is a printable character of ASCII.
pub(super) fn is_plain(byte: u8) -> bool {
    (b' '..0x7f).contains(&byte)
}

/// Takes in the marks on a letter, as many as are shown. Returns the width of all.
fn letter(letter: char, width: u16, chars: &mut Chars<'_>) -> u16 {
    if matches!(letter, '0'..='9' | '#' | '*')
        && let Some(rest) = chars.as_str().strip_prefix(KEYCAP)
    {
        *chars = rest.chars();
        return 2;
    }
    let mut points = 1;
    while points < CLUSTER && take(chars, is_mark) {
        points += 1;
    }
    width
}

/// Takes in the rest of an emoji that begins with `first`. Returns its width.
fn emoji(first: char, chars: &mut Chars<'_>) -> Option<u16> {
    if is_flag(first) {
        return chars.next().filter(|&ch| is_flag(ch)).map(|_| 2);
    }
    let mut next = first;
    for _ in 0..CLUSTER / 2 {
        match pictograph(next)? {
            Look::Emoji => take(chars, |ch| is_tone(ch) && has_skin(next)),
            Look::Text => take(chars, |ch| ch == EMOJI).then_some(true)?,
        };
        if !take(chars, |ch| ch == JOINER) {
            return Some(2);
        }
        next = chars.next()?;
    }
    None
}

/// Takes the next character if it is such a one.
fn take(chars: &mut Chars<'_>, is_wanted: impl Fn(char) -> bool) -> bool {
    let mut after = chars.clone();
    let taken = after.next().is_some_and(is_wanted);
    if taken {
        *chars = after;
    }
    taken
}

/// Cells of a character that is a cluster of its own beside any other of these: letters of the
/// Latin, Greek and Cyrillic scripts, dashes and quotation marks, kana and Han ideographs.
fn lone(ch: char) -> Option<u16> {
    match ch {
        ' '..='~' | '\u{C0}'..='\u{2FF}' | '\u{370}'..='\u{373}' | '\u{388}'..='\u{38A}' => Some(1),
        '\u{38E}'..='\u{3A1}' | '\u{3A3}'..='\u{482}' | '\u{48A}'..='\u{52F}' => Some(1),
        '\u{2012}'..='\u{2014}' | '\u{2018}'..='\u{201F}' | '\u{2026}' => Some(1),
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3041}'..='\u{3096}' => Some(2),
        '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' => Some(2),
        _ => None,
    }
}

/// Whether a character is a mark on the letter before it, and takes no cell.
fn is_mark(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{34E}' | '\u{350}'..='\u{36F}' | '\u{483}'..='\u{489}'
        | '\u{20D0}'..='\u{20F0}')
}

/// Whether a character is half of the flag of a country.
fn is_flag(ch: char) -> bool {
    matches!(ch, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Whether a character gives the emoji before it the colour of a skin.
fn is_tone(ch: char) -> bool {
    matches!(ch, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Whether a character is a hand or somebody, of any colour.
fn has_skin(ch: char) -> bool {
    match ch {
        '\u{1F442}' | '\u{1F443}' | '\u{1F446}'..='\u{1F450}' | '\u{1F466}'..='\u{1F478}' => true,
        '\u{1F481}'..='\u{1F483}' | '\u{1F4AA}' | '\u{1F645}'..='\u{1F647}' => true,
        '\u{1F64B}'..='\u{1F64F}' | '\u{1F918}'..='\u{1F91F}' | '\u{1F926}' => true,
        _ => matches!(ch, '\u{1F9D1}'..='\u{1F9DD}'),
    }
}

/// How a pictograph looks where nothing else is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Emoji,
    Text,
}

/// How a character looks that can be joined to an emoji.
fn pictograph(ch: char) -> Option<Look> {
    match ch {
        '\u{2600}'..='\u{2604}' | '\u{2640}' | '\u{2642}' | '\u{2695}'..='\u{2697}' => {
            Some(Look::Text)
        }
        '\u{2708}' | '\u{2764}' | '\u{1F3F3}' => Some(Look::Text),
        '\u{2705}' | '\u{2728}' | '\u{274C}' | '\u{2753}'..='\u{2755}' | '\u{2757}' => {
            Some(Look::Emoji)
        }
        '\u{2795}'..='\u{2797}' | '\u{2B50}' | '\u{1F300}'..='\u{1F320}' => Some(Look::Emoji),
        '\u{1F32D}'..='\u{1F335}' | '\u{1F337}'..='\u{1F37C}' => Some(Look::Emoji),
        '\u{1F37E}'..='\u{1F393}' | '\u{1F3A0}'..='\u{1F3CA}' => Some(Look::Emoji),
        '\u{1F3CF}'..='\u{1F3D3}' | '\u{1F3E0}'..='\u{1F3F0}' => Some(Look::Emoji),
        '\u{1F3F8}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1F43E}' | '\u{1F440}' => Some(Look::Emoji),
        '\u{1F442}'..='\u{1F4FC}' | '\u{1F4FF}'..='\u{1F53D}' => Some(Look::Emoji),
        '\u{1F54B}'..='\u{1F54E}' | '\u{1F550}'..='\u{1F567}' | '\u{1F57A}' => Some(Look::Emoji),
        '\u{1F5A4}' | '\u{1F5FB}'..='\u{1F64F}' | '\u{1F680}'..='\u{1F6C5}' => Some(Look::Emoji),
        '\u{1F90C}'..='\u{1F93A}' | '\u{1F93C}'..='\u{1F945}' => Some(Look::Emoji),
        '\u{1F947}'..='\u{1F9FF}' | '\u{1FA70}'..='\u{1FA7C}' => Some(Look::Emoji),
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;
    use unicode_width::UnicodeWidthStr as _;

    use super::*;

    fn all(are: impl Fn(char) -> bool) -> Vec<char> {
        ('\0'..=char::MAX).filter(|&ch| are(ch)).collect()
    }

    /// The clusters of a text by the tables, with their widths.
    fn by_tables(text: &str) -> Vec<(&str, usize)> {
        text.graphemes(true).map(|cluster| (cluster, cluster.width())).collect()
    }

    #[test]
    fn a_lone_letter_is_as_wide_as_the_tables_say_and_joins_none() {
        for ch in all(|ch| lone(ch).is_some()) {
            let (one, two) = (ch.to_string(), format!("{ch}{ch}"));
            let width = lone(ch).map(usize::from).unwrap();
            assert_eq!(by_tables(&two), [(&*one, width); 2], "{ch:?}");
        }
    }

    #[test]
    fn marks_pictographs_and_flags_are_what_the_tables_say() {
        for mark in all(is_mark) {
            let marked = format!("e{mark}");
            assert_eq!(by_tables(&marked), [(&*marked, 1)], "{mark:?}");
        }
        for ch in all(|ch| pictograph(ch).is_some()) {
            let emoji = if pictograph(ch) == Some(Look::Text) { "\u{FE0F}" } else { "" };
            let joined = format!("{ch}{emoji}\u{200D}{ch}{emoji}");
            assert_eq!(by_tables(&joined), [(&*joined, 2)], "{ch:?}");
            let (one, apart) = (format!("{ch}{emoji}"), format!("{ch}{emoji}{ch}{emoji}"));
            assert_eq!(by_tables(&apart), [(&*one, 2); 2], "{ch:?}");
        }
    }

    #[test]
    fn what_is_known_by_its_form_is_found() {
        for one in ["é", "e\u{301}\u{323}", "日", "👩🏽‍💻", "🏳️‍🌈", "❤️", "🇯🇵", "1️⃣", "👨‍👩‍👧‍👦"]
        {
            let text = format!("{one}🧑‍🚀");
            assert_eq!(simple(&text).map(|(cluster, _)| cluster), Some(one));
        }
        for left in ["❤x", "e\u{200D}", "👩\u{200D}x", "\u{301}", "🇯x", "가", "e\u{FE0F}"] {
            assert_eq!(simple(left), None, "{left:?}");
        }
    }

    /// Texts of what is known by its form, and of what is nearly so.
    pub(in crate::text) fn nearly_simple() -> impl Strategy<Value = String> {
        let lone = prop::sample::select(all(|ch| lone(ch).is_some()));
        let mark = prop::sample::select(all(is_mark));
        let pictograph = prop::sample::select(all(|ch| pictograph(ch).is_some()));
        let other = "\u{200D}\u{FE0F}\u{FE0E}\u{3099}\u{600}\u{20E3}\n\r\u{34F}가1#";
        let other = prop::sample::select(other.chars().collect::<Vec<_>>());
        let joined = Just("\u{FE0F}\u{200D}".to_owned());
        let one = prop_oneof![
            3 => lone.prop_map(String::from),
            3 => mark.prop_map(String::from),
            4 => pictograph.prop_map(String::from),
            2 => prop::sample::select(all(is_flag)).prop_map(String::from),
            2 => prop::sample::select(all(is_tone)).prop_map(String::from),
            3 => other.prop_map(String::from),
            2 => joined,
            1 => Just(KEYCAP.to_owned()),
            1 => any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(one, 0..24).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn clusters_are_what_the_tables_say(text in nearly_simple()) {
            for (at, cluster) in text.grapheme_indices(true) {
                let found = simple(text.split_at(at).1);
                let tables = (cluster, cluster.width() as u16);
                prop_assert!(found.is_none_or(|found| found == tables), "{:?}", found);
            }
        }
    }
}
