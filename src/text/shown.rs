//! How text is shown: the only place that decides which characters reach a screen, a title or
//! an error line, and how many cells they take.
//!
//! Articles come from strangers and a terminal obeys what it is sent. Nothing is parsed as an
//! escape sequence here, since a sequence taken out can leave another behind: each *character*
//! that a terminal could obey is replaced by a visible stand-in, and each that could hide is
//! left out. What remains cannot come together to anything.
//!
//! May not know: articles, colours, terminals.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::clusters::{self, CLUSTER, is_plain};
use super::span::Span;

/// Cells that a tab takes. Fixed, so that a row that starts in the middle of a line measures
/// the same as the line.
pub const TAB: u16 = 4;

/// The black flag: with tags behind it, the flag of a part of a country.
const FLAG: char = '\u{1F3F4}';

/// Text that is safe to send to a terminal, a file of lines or a clipboard. It is made by the
/// functions here and by nothing else, and nothing else is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown(String);

impl Shown {
    /// Lines of text, each made safe as [`line()`] does; line feeds stay. Linear time.
    pub fn lines(text: &str) -> Self {
        let mut safe = String::with_capacity(text.len());
        for part in text.split_inclusive('\n') {
            let words = part.trim_end_matches(['\n', '\r']);
            if words.bytes().all(is_plain) {
                safe.push_str(words);
            } else {
                safe.extend(glyphs(words).map(|glyph| glyph.shown));
            }
            if part.len() > words.len() {
                safe.push('\n');
            }
        }
        Self(safe)
    }

    /// The source of a text for programs, such as Markdown: only what a terminal obeys and what
    /// reorders a line is replaced; tabs and joiners stay.
    pub fn source(text: &str) -> Self {
        let mut safe = String::with_capacity(text.len());
        for ch in text.chars() {
            match stand_in(ch).filter(|other| !other.is_empty() && !matches!(ch, '\n' | '\t')) {
                Some(other) => safe.push_str(&other),
                None => safe.push(ch),
            }
        }
        Self(safe)
    }

    /// JSON, where what is not shown as it is can stand in strings only: it is escaped, so that
    /// nothing of it is lost.
    pub fn json(json: &str) -> Self {
        if json.bytes().all(|byte| byte < 0x7f) {
            return Self(json.to_owned());
        }
        let mut safe = String::with_capacity(json.len());
        for ch in json.chars() {
            match stand_in(ch) {
                Some(_) if !ch.is_ascii_control() || ch == '\x7f' => escape(ch, &mut safe),
                _ => safe.push(ch),
            }
        }
        Self(safe)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A character as JSON escapes it: its units of UTF-16 in hexadecimal digits.
fn escape(ch: char, json: &mut String) {
    for unit in ch.encode_utf16(&mut [0; 2]) {
        let _ = write!(json, "\\u{unit:04x}");
    }
}

/// One glyph cluster of a text, safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// First byte of the cluster in the text.
    pub at: u32,
    /// One past its last byte.
    pub end: u32,
    /// What is written; empty for what is left out.
    pub shown: Cow<'a, str>,
    /// Cells that it takes.
    pub width: u16,
}

/// The glyph clusters of `text`, in order. Linear time.
pub fn glyphs(text: &str) -> Glyphs<'_> {
    Glyphs { text, at: 0 }
}

/// Iterator over [`Glyph`]s.
#[derive(Clone, Debug)]
pub struct Glyphs<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Glyphs<'a> {
    type Item = Glyph<'a>;

    fn next(&mut self) -> Option<Glyph<'a>> {
        let rest = self.text.get(self.at..)?;
        let at = self.at as u32;
        if let Some((simple, width)) = clusters::simple(rest) {
            self.at += simple.len();
            return Some(Glyph { at, end: self.at as u32, shown: Cow::Borrowed(simple), width });
        }
        let cluster = rest.graphemes(true).next()?;
        self.at += cluster.len();
        let (shown, width) = neutral(cluster);
        Some(Glyph { at, end: self.at as u32, shown, width: width as u16 })
    }
}

/// Width of a text in cells, as it is shown on one line.
pub fn width(text: &str) -> usize {
    if text.bytes().all(is_plain) {
        return text.len();
    }
    glyphs(text).map(|glyph| glyph.width as usize).sum()
}

/// The bytes of the glyph cluster on a cell of a line, or of the last one before it.
pub fn at_cell(line: &str, cell: u16) -> Span {
    let mut last = Span::default();
    let mut next = 0;
    for glyph in glyphs(line) {
        if next > cell {
            break;
        }
        next += glyph.width;
        if glyph.width > 0 {
            last = Span::new(glyph.at, glyph.end);
        }
    }
    last
}

/// A text as one line that is safe anywhere: in a title, a list, an error message.
pub fn line(text: &str) -> String {
    glyphs(text).map(|glyph| glyph.shown).collect()
}

/// As [`line()`], cut to `cells` with `…` where something is left out.
pub fn fit(text: &str, cells: usize) -> String {
    let mut fitted = String::new();
    let mut used = 0;
    for glyph in glyphs(text) {
        let rest = text.len() > glyph.end as usize;
        let room = cells.saturating_sub(used + usize::from(rest));
        if glyph.width as usize > room {
            if used < cells {
                fitted.push('…');
            }
            break;
        }
        used += glyph.width as usize;
        fitted.push_str(&glyph.shown);
    }
    fitted
}

/// The visible stand-in for a cluster, or the cluster itself; and its width in cells, which is
/// measured once: most of the time that a text of emoji takes is spent on that.
fn neutral(cluster: &str) -> (Cow<'_, str>, usize) {
    match cluster {
        "\n" | "\r\n" => return (Cow::Borrowed(" "), 1),
        "\t" => return (Cow::Borrowed("    "), usize::from(TAB)),
        _ => {}
    }
    let mut chars = cluster.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return match stand_in(only) {
            Some(other) => measured(other),
            None => on_a_base(Cow::Borrowed(cluster)),
        };
    }
    let harmless = cluster.chars().all(|ch| stand_in(ch).is_none());
    let kept = if harmless { Cow::Borrowed(cluster) } else { Cow::Owned(without_hidden(cluster)) };
    // What is added is counted too, so that what was shown once is shown the same again.
    capped(on_a_base(kept))
}

/// A cluster of several code points without what may not be shown.
fn without_hidden(cluster: &str) -> String {
    let flag = cluster.starts_with(FLAG);
    let mut kept = String::new();
    for ch in cluster.chars() {
        match stand_in(ch).filter(|_| !(flag && is_tag(ch))) {
            None => kept.push(ch),
            Some(other) => kept.push_str(&other),
        }
    }
    kept
}

fn measured(shown: Cow<'_, str>) -> (Cow<'_, str>, usize) {
    let width = shown.width();
    (shown, width)
}

/// A cluster cut where its code points pile up.
fn capped((cluster, width): (Cow<'_, str>, usize)) -> (Cow<'_, str>, usize) {
    let joined = cluster.chars().take(2 * CLUSTER).any(|ch| ch == '\u{200D}');
    let limit = if joined || cluster.starts_with(FLAG) { 2 * CLUSTER } else { CLUSTER };
    match cluster.char_indices().nth(limit).and_then(|(at, _)| cluster.get(..at)) {
        None => (cluster, width),
        Some(kept) => measured(Cow::Owned(format!("{kept}\u{FFFD}"))),
    }
}

/// Marks without a base get a dotted circle, so that they have a cell. Joiners without one vanish:
/// after what is left out before them they would join what stands there, and make it wider.
fn on_a_base(cluster: Cow<'_, str>) -> (Cow<'_, str>, usize) {
    let joiner = |ch| matches!(ch, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}');
    let cluster = match cluster {
        Cow::Borrowed(cluster) => Cow::Borrowed(cluster.trim_start_matches(joiner)),
        Cow::Owned(cluster) => Cow::Owned(cluster.trim_start_matches(joiner).to_owned()),
    };
    let width = cluster.width();
    if cluster.is_empty() || width > 0 {
        return (cluster, width);
    }
    let based = format!("◌{cluster}");
    // Vowels and finals of Hangul, for instance, stay apart from it.
    let is_one = based.graphemes(true).nth(1).is_none();
    measured(if is_one { based.into() } else { Cow::Borrowed("\u{FFFD}") })
}

/// What is shown instead of a character that is not shown as it is.
fn stand_in(ch: char) -> Option<Cow<'static, str>> {
    match ch {
        '\0'..='\x1f' => Some(picture(0x2400 + ch as u32)),
        ' '..='~' => None,
        '\x7f' => Some(picture(0x2421)),
        '\u{80}'..='\u{9f}' => Some(Cow::Borrowed("\u{FFFD}")),
        '\u{2028}' | '\u{2029}' => Some(Cow::Borrowed(" ")),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(Cow::Borrowed(direction(ch))),
        _ if is_invisible(ch) => Some(Cow::Borrowed("")),
        _ => None,
    }
}

/// A character of the block Control Pictures.
fn picture(code: u32) -> Cow<'static, str> {
    char::from_u32(code).map_or(Cow::Borrowed("\u{FFFD}"), |ch| Cow::Owned(ch.to_string()))
}

/// The name of an embedding, override or isolate: shown, since it would reorder the line
/// (Trojan Source, CVE-2021-42574).
fn direction(ch: char) -> &'static str {
    match ch {
        '\u{202A}' => "‹LRE›",
        '\u{202B}' => "‹RLE›",
        '\u{202C}' => "‹PDF›",
        '\u{202D}' => "‹LRO›",
        '\u{202E}' => "‹RLO›",
        '\u{2066}' => "‹LRI›",
        '\u{2067}' => "‹RLI›",
        '\u{2068}' => "‹FSI›",
        _ => "‹PDI›",
    }
}

/// Characters that take no cell and could hide something or move a cell out of its place.
fn is_invisible(ch: char) -> bool {
    match ch {
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{180E}' => true,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2065}' => true,
        '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' => true,
        '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' => true,
        _ => is_tag(ch) || (ch as u32) & 0xFFFE == 0xFFFE || matches!(ch, '\u{FDD0}'..='\u{FDEF}'),
    }
}

fn is_tag(ch: char) -> bool {
    matches!(ch, '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::clusters::tests::nearly_simple;
    use proptest::prelude::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(line("a\x1b[31mred\x07"), "a␛[31mred␇");
        assert_eq!(line("x\u{9b}31m\u{7f}"), "x\u{FFFD}31m␡");
        assert_eq!(line("a\rb\r\nc\nd"), "a␍b c d");
        assert_eq!(line("left\tright"), "left    right");
    }

    #[test]
    fn what_hides_or_reorders_is_shown_or_left_out() {
        assert_eq!(line("file\u{202E}txt.exe"), "file‹RLO›txt.exe");
        assert_eq!(line("pay\u{200B}pal\u{FEFF}\u{AD}"), "paypal");
        assert_eq!(line("\u{301}x"), "◌\u{301}x");
    }

    #[test]
    fn lines_stay_lines_and_json_stays_what_it_says() {
        assert_eq!(Shown::source("\ta\u{200d}\x1b\u{202e}\n").as_str(), "\ta\u{200d}␛‹RLO›\n");
        assert_eq!(Shown::lines("a\x1bb\r\n\r\nc\rd\n").as_str(), "a␛b\n\nc␍d\n");
        let said = "a\u{9b}\u{202e}\u{200b}\u{e0041}é\x7f\n\t";
        let json = Shown::json(&serde_json::to_string_pretty(&[said]).expect("JSON"));
        assert!(json.as_str().chars().all(|ch| ch == '\n' || stand_in(ch).is_none()));
        let read: Vec<String> = serde_json::from_str(json.as_str()).expect("JSON");
        assert_eq!(read, [said]);
    }

    #[test]
    fn clusters_are_whole_but_not_endless() {
        let family = "👨‍👩‍👧‍👦";
        assert_eq!((line(family).as_str(), width(family)), (family, 2));
        assert_eq!(width("❤️"), 2);
        assert_eq!(width("日本"), 4);
        let pile = format!("e{}", "\u{301}".repeat(9000));
        assert_eq!(line(&pile).chars().count(), 9);
        assert_eq!(width(&pile), 2);
    }

    #[test]
    fn a_line_that_is_too_long_ends_in_an_ellipsis() {
        assert_eq!(fit("lantern", 7), "lantern");
        assert_eq!(fit("lantern", 6), "lante…");
        assert_eq!(fit("日本語", 4), "日…");
        assert_eq!(fit("x", 0), "");
    }

    #[test]
    fn what_is_left_out_does_not_let_its_neighbours_join_to_something_wider() {
        for text in ["❤\u{2065}\u{FE0F}🏽", "🕳\u{2065}\u{FE0F}🏽", "❤\u{200B}\u{200D}\u{FE0F}"]
        {
            assert!(width(&line(text)) <= width(text), "{text:?}");
        }
        let marks = "\u{301}".repeat(8);
        for pile in [format!("\n{marks}"), format!("{marks}\u{301}"), format!("e{marks}\u{200D}")] {
            assert_eq!(line(&line(&pile)), line(&pile), "{pile:?}");
        }
    }

    /// Texts of what is hard to show.
    fn hard() -> impl Strategy<Value = String> {
        let chars = "a\n\0\u{11CE}\u{1160}\u{1100}\u{301}\u{2065}\u{202E}\u{200D}👩🏽日\u{FE0F}❤\u{E0041}🏴\u{600}";
        let chars: Vec<char> = chars.chars().collect();
        let char = prop_oneof![9 => prop::sample::select(chars), 1 => any::<char>()];
        prop::collection::vec(char, 0..40).prop_map(String::from_iter)
    }

    #[test]
    fn a_cell_leads_to_its_glyph() {
        let text = "a日\u{200b}e\u{301}z";
        let glyph = |cell| at_cell(text, cell).of(text);
        assert_eq!([0, 1, 2, 3, 4, 9].map(glyph), ["a", "日", "日", "e\u{301}", "z", "z"]);
        assert_eq!(at_cell("", 3), Span::default());
    }

    proptest! {
        #[test]
        fn what_was_shown_is_not_wider_when_it_is_shown_again(text in hard(), cells in 0usize..40) {
            prop_assert!(width(&fit(&text, cells)) <= cells);
            prop_assert!(width(&line(&text)) <= width(&text));
        }

        #[test]
        fn what_is_known_by_its_form_is_shown_as_it_is(text in prop_oneof![hard(), nearly_simple()]) {
            let tables: Vec<_> = text.graphemes(true).map(neutral).collect();
            let found: Vec<_> =
                glyphs(&text).map(|glyph| (glyph.shown, usize::from(glyph.width))).collect();
            prop_assert_eq!(found, tables);
        }

        #[test]
        fn glyphs_tile_the_text_and_are_clean(text in any::<String>()) {
            let mut at = 0;
            for glyph in glyphs(&text) {
                prop_assert_eq!(glyph.at, at);
                prop_assert!(glyph.shown.chars().all(|ch| !ch.is_control()));
                prop_assert_eq!(glyph.width as usize, glyph.shown.width());
                at = glyph.end;
            }
            prop_assert_eq!(at as usize, text.len());
        }

        #[test]
        fn lines_are_clean(text in any::<String>()) {
            let safe = Shown::lines(&text);
            prop_assert!(safe.as_str().chars().all(|ch| ch == '\n' || !ch.is_control()));
        }

        #[test]
        fn fitted_lines_fit(text in any::<String>(), cells in 0usize..20) {
            prop_assert!(fit(&text, cells).width() <= cells);
        }
    }
}
