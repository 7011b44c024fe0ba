//! JSON of any depth as one flat list of nodes. `serde_json` refuses what is nested deeper than
//! 128, which a long thread is; this reader keeps its open containers on a stack of its own.
//!
//! Grammar: RFC 8259. May not know: what the values mean.

use memchr::memchr2;

use super::deadline::Deadline;
use crate::text::span::Span;

/// How many values are read: a file of brackets alone would take 24 times its size.
const MOST: usize = 1 << 24;

/// After how many values it is asked whether the time is over.
const STEPS: usize = 1 << 10;

/// A value, with where the next one begins. 16 bytes large: a long thread has millions of them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Node {
    kind: Kind,
    /// The words of a string or a bare value, in bytes of the text. Of an escaped string, its
    /// index among those.
    words: Span,
    /// Index of the node after this one and all that it holds.
    end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A string that means what is written.
    Text,
    /// A string with escapes in it.
    Escaped,
    /// A number, `true`, `false` or `null` as written.
    Bare,
    /// Its items follow.
    List,
    /// Its keys and values follow, by turns.
    Object,
}

/// A parsed text. Its nodes stand in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Json<'a> {
    text: &'a str,
    nodes: Vec<Node>,
    /// What the strings with escapes mean.
    escaped: Vec<String>,
    is_cut: bool,
    deadline: Deadline<'a>,
}

/// One value of a [`Json`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
    json: &'a Json<'a>,
    at: usize,
}

/// Parses `text`; `None` where it is not JSON, or holds more than [`MOST`] values.
pub(super) fn parse(text: &str) -> Option<Json<'_>> {
    parse_within(text, Deadline::NEVER).filter(|json| !json.is_cut)
}

/// The same; `None` also where the time is over. Lists of it have no more items from then on. A
/// text that lacks its end is read up to its last complete value, and what is open there closed.
pub(super) fn parse_within<'a>(text: &'a str, deadline: Deadline<'a>) -> Option<Json<'a>> {
    let json = Json { text, deadline, ..Json::default() };
    let mut parser = Parser { text, at: 0, json, open: Vec::new() };
    parser.value()?;
    let mut steps = 0_usize;
    while let Some(&(container, is_list)) = parser.open.last() {
        if steps.is_multiple_of(STEPS) && deadline.is_over() {
            return None;
        }
        steps += 1;
        let (rest, complete) = (parser.rest(), parser.json.nodes.len());
        if parser.step(container, is_list).is_none() {
            lacks_its_end(rest).then(|| parser.close_all(complete))?;
        }
    }
    parser.space();
    (parser.json.is_cut || parser.at == text.len()).then_some(parser.json)
}

/// Whether what stands behind the last complete value of a text is the beginning of one more and
/// nothing else.
fn lacks_its_end(rest: &str) -> bool {
    let rest = rest.trim_start();
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let (mut quoted, mut escaped) = (false, false);
    rest.bytes().all(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ => {}
        }
        quoted || !matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
    })
}

struct Parser<'a> {
    text: &'a str,
    /// The byte that is read next.
    at: usize,
    json: Json<'a>,
    /// The open containers: index of each, and whether it is a list.
    open: Vec<(u32, bool)>,
}

impl<'a> Parser<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
    }

    fn eat(&mut self, mark: u8) -> Option<()> {
        self.space();
        (self.byte()? == mark).then_some(())?;
        self.at += 1;
        Some(())
    }

    /// Goes on in the innermost container: its next entry, or its end.
    fn step(&mut self, container: u32, is_list: bool) -> Option<()> {
        let count = self.json.nodes.len() as u32;
        if self.eat(if is_list { b']' } else { b'}' }).is_some() {
            self.json.nodes[container as usize].end = count;
            self.open.pop();
            return Some(());
        }
        if count > container + 1 {
            self.eat(b',')?;
        }
        if !is_list {
            self.eat(b'"')?;
            self.string()?;
            self.eat(b':')?;
        }
        self.value()
    }

    /// Closes all that is open behind the first `complete` nodes.
    fn close_all(&mut self, complete: usize) {
        self.json.nodes.truncate(complete);
        self.json.is_cut = true;
        for (container, _) in self.open.drain(..) {
            self.json.nodes[container as usize].end = complete as u32;
        }
    }

    /// One value; of a container its beginning only.
    fn value(&mut self) -> Option<()> {
        self.space();
        match self.byte()? {
            mark @ (b'{' | b'[') => self.container(mark == b'['),
            b'"' => {
                self.at += 1;
                self.string()
            }
            _ => self.bare(),
        }
    }

    fn container(&mut self, is_list: bool) -> Option<()> {
        self.open.push((self.json.nodes.len() as u32, is_list));
        self.push(if is_list { Kind::List } else { Kind::Object }, Span::default())?;
        self.at += 1;
        Some(())
    }

    fn bare(&mut self) -> Option<()> {
        let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
        let (start, rest) = (self.at, self.rest());
        let end = rest.bytes().position(|byte| ends(&byte));
        // Inside of something it may go on where the text ends.
        (end.is_some() || self.open.is_empty()).then_some(())?;
        self.at += end.unwrap_or(rest.len());
        let word = self.text.get(start..self.at)?;
        let known = matches!(word, "true" | "false" | "null") || is_number(word);
        self.push(Kind::Bare, Span::from(known.then_some(start..self.at)?))
    }

    /// A string, behind its opening mark.
    fn string(&mut self) -> Option<()> {
        let start = self.at;
        let plain = self.plain()?;
        if self.closes()? {
            return self.push(Kind::Text, Span::from(start..start + plain.len()));
        }
        let mut text = plain.to_owned();
        loop {
            text.push(self.escape()?);
            text.push_str(self.plain()?);
            if self.closes()? {
                let index = self.json.escaped.len() as u32;
                self.json.escaped.push(text);
                return self.push(Kind::Escaped, Span::new(index, index));
            }
        }
    }

    /// What stands before the next mark or backslash.
    fn plain(&mut self) -> Option<&'a str> {
        let start = self.at;
        self.at += memchr2(b'"', b'\\', self.rest().as_bytes())?;
        self.text.get(start..self.at)
    }

    /// Goes behind a mark, which ends the string, or a backslash, which does not.
    fn closes(&mut self) -> Option<bool> {
        let byte = self.byte()?;
        self.at += 1;
        Some(byte == b'"')
    }

    /// The character that is written behind a backslash.
    fn escape(&mut self) -> Option<char> {
        let mark = self.byte()?;
        self.at += 1;
        match mark {
            b'"' | b'\\' | b'/' => Some(char::from(mark)),
            b'b' => Some('\u{8}'),
            b'f' | b'n' | b'r' => Some('\n'),
            b't' => Some('\t'),
            b'u' => self.code_point(),
            _ => None,
        }
    }

    /// Four hexadecimal digits, twice for a surrogate pair; half a pair becomes U+FFFD.
    fn code_point(&mut self) -> Option<char> {
        let high = self.unit()?;
        let pair =
            (0xD800..0xDC00).contains(&high).then(|| self.rest().strip_prefix("\\u")).flatten();
        let low = pair.and_then(|rest| u32::from_str_radix(rest.get(..4)?, 16).ok());
        match low {
            Some(low @ 0xDC00..0xE000) => {
                self.at += 6;
                char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            }
            _ => Some(char::from_u32(high).unwrap_or('\u{FFFD}')),
        }
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        self.at += 4;
        digits
            .bytes()
            .all(|b| b.is_ascii_hexdigit())
            .then(|| u32::from_str_radix(digits, 16).ok())?
    }

    fn push(&mut self, kind: Kind, words: Span) -> Option<()> {
        let end = self.json.nodes.len() + 1;
        self.json.nodes.push(Node { kind, words, end: end as u32 });
        (end <= MOST).then_some(())
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && word.parse::<f64>().is_ok()
}

impl<'a> Json<'a> {
    /// The outermost value.
    pub(super) fn root(&'a self) -> Item<'a> {
        Item { json: self, at: 0 }
    }

    /// Whether the text lacks its end.
    pub(super) const fn is_cut(&self) -> bool {
        self.is_cut
    }
}

impl<'a> Item<'a> {
    fn node(self) -> Node {
        self.json.nodes[self.at]
    }

    /// The words of a string, or of a number and the like.
    fn words(self) -> &'a str {
        let node = self.node();
        match node.kind {
            Kind::Escaped => &self.json.escaped[node.words.start as usize],
            _ => node.words.of(self.json.text),
        }
    }

    /// Whether it is an object.
    pub(super) fn is_object(self) -> bool {
        self.node().kind == Kind::Object
    }

    /// Whether it is `true`.
    pub(super) fn is_true(self) -> bool {
        self.node().kind == Kind::Bare && self.words() == "true"
    }

    /// Whether it is `null`.
    fn is_null(self) -> bool {
        self.node().kind == Kind::Bare && self.words() == "null"
    }

    /// Whether it is the string `words`. Most are told by their length, without a look at the text.
    fn says(self, words: &str) -> bool {
        let node = self.node();
        match node.kind {
            Kind::Text => node.words.len() as usize == words.len() && self.words() == words,
            _ => self.text() == Some(words),
        }
    }

    /// A string's words.
    pub(super) fn text(self) -> Option<&'a str> {
        matches!(self.node().kind, Kind::Text | Kind::Escaped).then(|| self.words())
    }

    /// A string or a number as it is written.
    pub(super) fn word(self) -> Option<&'a str> {
        let bare = self.node().kind == Kind::Bare;
        let word =
            bare.then(|| self.words()).filter(|word| !matches!(*word, "null" | "true" | "false"));
        word.or_else(|| self.text())
    }

    /// A number without its fraction, also where it is written as a string.
    pub(super) fn number(self) -> Option<i64> {
        let word = self.word()?.trim();
        let whole = || word.parse::<f64>().ok().filter(|number| number.is_finite());
        word.parse().ok().or_else(|| whole().and_then(|n| format!("{:.0}", n.trunc()).parse().ok()))
    }

    /// What it holds, by turns key and value in an object; nothing for a string or number.
    fn children(self) -> impl Iterator<Item = Self> {
        let end = self.node().end as usize;
        let first = Some(Item { json: self.json, at: self.at + 1 }).filter(|item| item.at < end);
        std::iter::successors(first, move |item| {
            let at = item.node().end as usize;
            (at < end).then_some(Item { at, ..*item })
        })
    }

    /// The items of a list; of anything else that is not `null`, itself.
    pub(super) fn items(self) -> Box<dyn Iterator<Item = Self> + 'a> {
        match self.node().kind {
            Kind::List => {
                Box::new(self.children().take_while(move |_| !self.json.deadline.is_over()))
            }
            _ if self.is_null() => Box::new(std::iter::empty()),
            _ => Box::new(std::iter::once(self)),
        }
    }

    /// The value of a key of an object; of the last one where it is repeated.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        if !self.is_object() {
            return None;
        }
        let mut children = self.children();
        let mut found = None;
        while let (Some(name), Some(value)) = (children.next(), children.next()) {
            if name.says(key) {
                found = Some(value);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_kind() {
        let json = parse(
            r#" {"a": [1, -2.5e3, "x\n\u00e9\ud83d\ude00\ud800"], "b": {"c": null}, "a2": true} "#,
        )
        .unwrap();
        let root = json.root();
        let list: Vec<_> = root.get("a").unwrap().items().collect();
        assert_eq!(list[1].number(), Some(-2500));
        assert_eq!(list[2].text(), Some("x\né😀\u{FFFD}"));
        assert!(root.get("b").unwrap().get("c").unwrap().items().next().is_none());
        assert_eq!(root.get("c").map(|_| ()), None);
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\":}",
            "{a:1}",
            "[1] 2",
            "\"\\q\"",
            "{\"a\" 1}",
            "[1 2]",
            "[,1]",
            "nul",
            "{,}",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
        assert!(parse("[]").is_some() && parse("{ }").is_some());
    }

    /// A value as it would be written again.
    fn written(item: Item<'_>) -> String {
        let list = || item.children().map(written).collect::<Vec<_>>().join(",");
        match item.node().kind {
            Kind::List => format!("[{}]", list()),
            Kind::Object => format!("{{{}}}", list()),
            _ => item.text().map_or_else(|| item.words().into(), |it| format!("{it:?}")),
        }
    }

    #[test]
    fn a_text_that_lacks_its_end_is_read_as_far_as_it_goes() {
        let text = r#"[{"a": [1, "x, ]\\\"y"], "b": {"c": null, "d": {}}}, [true], "z"]"#;
        let whole = written(parse(text).unwrap().root());
        let start = |cut| text.get(..cut).unwrap();
        for cut in 1..text.len() {
            let json = parse_within(start(cut), Deadline::NEVER).unwrap();
            assert!(json.is_cut() && parse(start(cut)).is_none(), "{text:.cut$}");
            let part = written(json.root());
            assert!(whole.starts_with(part.trim_end_matches([']', '}'])), "{part} of {text:.cut$}");
        }
        let part = |cut| written(parse_within(start(cut), Deadline::NEVER).unwrap().root());
        assert_eq!(part(9), r#"[{"a",[]}]"#);
        assert_eq!(part(10), r#"[{"a",[1]}]"#);
        for text in ["tide", "[1]]", "[1 2]", "[tide] of [1", "{\"a\":}"] {
            assert!(parse_within(text, Deadline::NEVER).is_none(), "{text}");
        }
    }

    #[test]
    fn depth_is_no_limit() {
        let deep = format!("{}{}", "[".repeat(500_000), "]".repeat(500_000));
        assert!(parse(&deep).is_some());
        let cut = parse_within(deep.trim_end_matches(']'), Deadline::NEVER).unwrap();
        assert_eq!((cut.is_cut(), cut.nodes.len()), (true, 500_000));
    }
}
