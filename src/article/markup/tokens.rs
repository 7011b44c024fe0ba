//! Cuts HTML or XML into texts and tags, as forgiving as browsers are.
//!
//! What is between `<!--` and `-->` is left out, and so are declarations. May not know: which
//! elements may stand where.

use std::borrow::Cow;

use memchr::memchr;

/// How many attributes of a tag are read.
const ATTRIBUTES: usize = 64;

/// Longest value of an attribute that is read where no picture is asked for, in bytes.
const VALUE: usize = 8 << 10;

/// Longest tag, in bytes: pages saved with their pictures have tags of some megabytes.
const TAG: usize = 32 << 20;

/// Elements whose contents are no markup, in HTML.
const RAW: [&str; 9] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// Which grammar a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::article) enum Grammar {
    /// Names in any case; some elements are never closed, some hold no markup.
    Html,
    /// Names as they are written; `<![CDATA[` holds text.
    Xml,
}

/// A piece of markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Words between tags, references resolved.
    Text(Cow<'a, str>),
    /// An opening tag: its name, its attributes as written, and whether it closes itself.
    Start(Cow<'a, str>, &'a str, bool),
    /// A closing tag.
    End(Cow<'a, str>),
}

/// Reads a text from its beginning.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    grammar: Grammar,
    /// The raw element that is open.
    raw: Option<&'static str>,
    /// What was looked for in vain, and is not looked for again: each search may read it all.
    lacks: Lacks,
}

#[derive(Clone, Copy, Debug, Default)]
struct Lacks {
    /// The second mark of a value, so that marks do not count any more.
    mark: bool,
    /// The end of a tag.
    end: bool,
    /// The end of a declaration with others inside.
    bracket: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str, grammar: Grammar) -> Self {
        Self { rest: text, grammar, raw: None, lacks: Lacks::default() }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (head, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        head
    }

    /// Everything up to the end tag of the raw element that is open.
    fn raw_text(&mut self, name: &str) -> Token<'a> {
        let end = raw_end(self.rest, name).unwrap_or(self.rest.len());
        let text = self.take(end);
        let decoded = matches!(name, "title" | "textarea");
        Token::Text(if decoded { unescaped(text) } else { text.into() })
    }

    /// What stands at a `<`, if it is markup; an empty text where it is left out.
    fn markup(&mut self) -> Option<Token<'a>> {
        let after = self.rest.get(1..)?;
        let xml = self.grammar == Grammar::Xml;
        if let Some(comment) = after.strip_prefix("!--") {
            self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            return Some(Token::Text("".into()));
        }
        if let Some(data) = after.strip_prefix("![CDATA[").filter(|_| xml) {
            let (text, rest) = data.split_once("]]>").unwrap_or((data, ""));
            self.rest = rest;
            return Some(Token::Text(text.into()));
        }
        if after.starts_with(['!', '?']) {
            let end = self.declaration_end();
            self.take(end);
            return Some(Token::Text("".into()));
        }
        self.tag(after)
    }

    /// One past the `>` of a declaration; `<!DOCTYPE x [ … ]>` holds others.
    fn declaration_end(&mut self) -> usize {
        let end = self.rest.find('>').unwrap_or(self.rest.len());
        let inner = self.rest.get(..end).is_some_and(|head| head.contains('['));
        let whole = if inner && !self.lacks.bracket { self.rest.find("]>") } else { None };
        self.lacks.bracket |= inner && whole.is_none();
        whole.map_or(end + 1, |at| at + 2)
    }

    fn tag(&mut self, after: &'a str) -> Option<Token<'a>> {
        let name = after.strip_prefix('/').unwrap_or(after);
        if self.lacks.end || !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return None;
        }
        let quoted = if self.lacks.mark { None } else { tag_end(self.rest) };
        self.lacks.mark |= quoted.is_none();
        let Some(end) = quoted.or_else(|| self.rest.find('>').map(|at| at + 1)) else {
            self.lacks.end = true;
            return None;
        };
        let inner = self.take(end).get(1..end - 1)?;
        let closes = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let cut = inner.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
        let (name, attributes) = inner.split_at(cut.unwrap_or(inner.len()));
        let name = self.name(name);
        if closes {
            return Some(Token::End(name));
        }
        let empty = attributes.ends_with('/');
        if self.grammar == Grammar::Html {
            self.raw = RAW.into_iter().find(|raw| *raw == name);
        }
        Some(Token::Start(name, attributes, empty))
    }

    fn name(&self, name: &'a str) -> Cow<'a, str> {
        let upper = name.bytes().any(|byte| byte.is_ascii_uppercase());
        match self.grammar {
            Grammar::Html if upper => name.to_ascii_lowercase().into(),
            _ => name.into(),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while !self.rest.is_empty() {
            if let Some(name) = self.raw.take() {
                return Some(self.raw_text(name));
            }
            if self.rest.starts_with('<') {
                let left_out = Token::Text("".into());
                match self.markup() {
                    Some(token) if token == left_out => continue,
                    Some(token) => return Some(token),
                    None => {}
                }
            }
            // A `<` that opens nothing is text.
            let tail = self.rest.get(1..).unwrap_or_default();
            let first = self.rest.chars().next().map_or(0, char::len_utf8);
            let tail = if first > 1 { self.rest.get(first..).unwrap_or_default() } else { tail };
            let length = tail.find('<').map_or(self.rest.len(), |at| at + first);
            return Some(Token::Text(unescaped(self.take(length))));
        }
        None
    }
}

/// Where `</name` stands first.
fn raw_end(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</").map(|(at, _)| at).find(|&at| {
        let word = text.get(at + 2..at + 2 + name.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(name))
    })
}

/// One past the `>` of a tag, of which those in quotation marks do not count.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in text.bytes().enumerate().take(TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            // A quotation mark opens a value only behind `=`.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
        before = if byte.is_ascii_whitespace() { before } else { byte };
    }
    None
}

/// The attributes of a tag: names in lower case, values without their marks.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = (String, Cow<'_, str>)> {
    attributes_up_to(text, VALUE)
}

/// The same with values of at most so many bytes.
pub(super) fn attributes_up_to(
    text: &str,
    longest: usize,
) -> impl Iterator<Item = (String, Cow<'_, str>)> {
    let mut rest = text;
    let next = move || loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/');
        let (name, tail) = rest.split_at(end.unwrap_or(rest.len()));
        let (value, after) = value(tail.trim_start());
        if rest.is_empty() {
            return None;
        }
        // A lone `=` has no name before it, but must be passed.
        rest = after;
        if !name.is_empty() && value.len() <= longest {
            return Some((name.to_ascii_lowercase(), unescaped(value)));
        }
    };
    std::iter::from_fn(next).take(ATTRIBUTES)
}

/// The value behind a name, and what follows.
fn value(tail: &str) -> (&str, &str) {
    let Some(value) = tail.strip_prefix('=') else { return ("", tail) };
    let value = value.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(mark) = quote {
        let inner = value.get(1..).unwrap_or_default();
        return inner.split_once(mark).unwrap_or((inner, ""));
    }
    let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
    value.split_at(end)
}

/// Longest reference to a character, in bytes.
const REFERENCE: usize = 40;

/// The text with its references to characters resolved.
pub(in crate::article) fn unescaped(text: &str) -> Cow<'_, str> {
    let next = |text: &str| memchr(b'&', text.as_bytes());
    if next(text).is_none() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, tail)) = next(rest).and_then(|at| rest.split_at_checked(at)) {
        let tail = tail.get(1..).unwrap_or_default();
        let ends = |byte: u8| matches!(byte, b';' | b'&');
        let end = tail.bytes().take(REFERENCE).position(ends);
        let reference = end.and_then(|end| tail.split_at_checked(end));
        let reference = reference.and_then(|(name, tail)| Some((name, tail.strip_prefix(';')?)));
        out.push_str(plain);
        rest = match reference {
            Some((name, tail)) if push_character(name, &mut out) => tail,
            _ => {
                out.push('&');
                tail
            }
        };
    }
    out.push_str(rest);
    out.into()
}

/// Adds what a reference stands for, without its `&` and `;`, if it stands for anything.
fn push_character(name: &str, out: &mut String) -> bool {
    let common = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        _ => name.strip_prefix('#').and_then(numbered),
    };
    if let Some(common) = common {
        out.push(common);
        return true;
    }
    let whole = format!("&{name};");
    let found = html_escape::decode_html_entities(&whole);
    let known = !name.starts_with('#') && *found != whole;
    out.push_str(if known { &found } else { "" });
    known
}

/// The character of a number.
fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    // HTML reads the numbers of windows-1252 as that encoding's characters.
    let western = u8::try_from(code).ok().filter(|byte| (0x80..0xA0).contains(byte));
    let western = western.and_then(|byte| {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
    });
    let other = || char::from_u32(code).filter(|&c| c != '\0').unwrap_or('\u{FFFD}');
    Some(western.unwrap_or_else(other))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn html(text: &str) -> Vec<Token<'_>> {
        Tokens::new(text, Grammar::Html).collect()
    }

    #[test]
    fn tags_texts_and_references() {
        let found = html("a &lt; b<!-- x > y --><P class='q>r'>caf&eacute; &#x27;&#146; &nope; <3");
        assert_eq!(found.len(), 4);
        assert_eq!(found[0], Token::Text("a < b".into()));
        assert_eq!(found[1], Token::Start("p".into(), " class='q>r'", false));
        assert_eq!(found[2], Token::Text("café '’ &nope; ".into()));
        assert_eq!(found[3], Token::Text("<3".into()));
    }

    #[test]
    fn references_end_where_the_next_begins() {
        for (text, meant) in [
            ("&a&lt;&", "&a<&"),
            ("&&gt;;", "&>;"),
            ("&#12&amp;#x26;&quot;", "&#12&#x26;\""),
            ("&#;&#xD800;&#128;&apos;", "&#;\u{FFFD}€'"),
            ("&an-end-that-is-too-far-away-to-be-looked-for;", ""),
        ] {
            let meant = if meant.is_empty() { text } else { meant };
            assert_eq!(unescaped(text), meant);
        }
    }

    proptest! {
        #[test]
        fn what_was_written_with_references_is_read(text in "[a&;<é#x2]{0,24}") {
            let written = text.replace('&', "&amp;").replace('<', "&#60;").replace('é', "&eacute;");
            prop_assert_eq!(unescaped(&written), text);
        }
    }

    #[test]
    fn scripts_hold_no_markup_and_cut_tags_are_text() {
        let found = html("<script>if (a<b) '</p>'</SCRIPT>x<a href=\"y");
        assert_eq!(found[1], Token::Text("if (a<b) '</p>'".into()));
        assert_eq!(found[2], Token::End("script".into()));
        assert_eq!(found[4], Token::Text("<a href=\"y".into()));
    }

    #[test]
    fn attributes_in_every_dress() {
        let found: Vec<_> = attributes(" A=1 b = 'two' c=\"3 &amp; 4\" checked =x /").collect();
        let names: Vec<_> = found.iter().map(|(name, value)| format!("{name}:{value}")).collect();
        assert_eq!(names, ["a:1", "b:two", "c:3 & 4", "checked:x"]);
    }

    #[test]
    fn data_of_xml_is_text() {
        let text = "<?xml version='1.0'?><a:B><![CDATA[<p>x</p>]]></a:B>";
        let found: Vec<_> = Tokens::new(text, Grammar::Xml).collect();
        assert_eq!(found[1], Token::Text("<p>x</p>".into()));
        assert_eq!(found[2], Token::End("a:B".into()));
    }
}
