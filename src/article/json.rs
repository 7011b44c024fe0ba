//! JSON of any depth as one flat list of nodes. `serde_json` refuses what is nested deeper than
//! 128, which a long thread is; this reader keeps its open containers on a stack of its own.
//!
//! Grammar: RFC 8259. May not know: what the values mean.

use std::borrow::Cow;

use super::deadline::Deadline;

/// How many values are read: a file of brackets alone would take forty times its size.
const MOST: usize = 1 << 24;

/// After how many values it is asked whether the time is over.
const STEPS: usize = 1 << 10;

/// A value, with where the next one begins.
#[derive(Clone, Debug, PartialEq)]
struct Node<'a> {
    value: Value<'a>,
    /// Index of the node after this one and all that it holds.
    end: u32,
}

#[derive(Clone, Debug, PartialEq)]
enum Value<'a> {
    Text(Cow<'a, str>),
    /// A number, `true`, `false` or `null` as written.
    Bare(&'a str),
    /// Its items follow.
    List,
    /// Its keys and values follow, by turns.
    Object,
}

/// A parsed text. Its nodes stand in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Json<'a> {
    nodes: Vec<Node<'a>>,
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
    parse_within(text, Deadline::NEVER)
}

/// The same; `None` also where the time is over. Lists of it have no more items from then on.
pub(super) fn parse_within<'a>(text: &'a str, deadline: Deadline<'a>) -> Option<Json<'a>> {
    let mut parser = Parser { rest: text, nodes: Vec::new(), open: Vec::new() };
    parser.value()?;
    let mut steps = 0_usize;
    while let Some(&(container, is_list)) = parser.open.last() {
        if steps.is_multiple_of(STEPS) && deadline.is_over() {
            return None;
        }
        steps += 1;
        parser.step(container, is_list)?;
    }
    parser.space();
    parser.rest.is_empty().then_some(Json { nodes: parser.nodes, deadline })
}

/// The start of a JSON text as a JSON text of its own: cut behind its last complete value, and all
/// that is open there closed. `None` where it does not begin like one.
pub(super) fn closed(start: &[u8]) -> Option<Vec<u8>> {
    let start = start.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(start);
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace())?;
    matches!(first, b'{' | b'[').then_some(())?;
    let (mut open, mut end) = (Vec::new(), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (at, &byte) in start.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                open.push(if byte == b'{' { b'}' } else { b']' });
                end = at + 1;
            }
            b'}' | b']' => {
                open.pop();
                end = at + 1;
            }
            b',' => end = at,
            _ => {}
        }
    }
    let mut closed = start.get(..end)?.to_vec();
    closed.extend(open.iter().rev());
    Some(closed)
}

struct Parser<'a> {
    rest: &'a str,
    nodes: Vec<Node<'a>>,
    /// The open containers: index of each, and whether it is a list.
    open: Vec<(u32, bool)>,
}

impl<'a> Parser<'a> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn eat(&mut self, mark: char) -> Option<()> {
        self.space();
        self.rest = self.rest.strip_prefix(mark)?;
        Some(())
    }

    /// Goes on in the innermost container: its next entry, or its end.
    fn step(&mut self, container: u32, is_list: bool) -> Option<()> {
        let (close, empty) =
            (if is_list { ']' } else { '}' }, self.nodes.len() as u32 == container + 1);
        if self.eat(close).is_some() {
            self.nodes[container as usize].end = self.nodes.len() as u32;
            self.open.pop();
            return Some(());
        }
        if !empty {
            self.eat(',')?;
        }
        if !is_list {
            self.eat('"')?;
            self.text()?;
            self.eat(':')?;
        }
        self.value()
    }

    /// One value; of a container its beginning only.
    fn value(&mut self) -> Option<()> {
        self.space();
        let first = self.rest.chars().next()?;
        match first {
            '{' | '[' => self.container(first == '['),
            '"' => {
                self.eat('"')?;
                self.text()
            }
            _ => self.bare(),
        }
    }

    fn container(&mut self, is_list: bool) -> Option<()> {
        self.open.push((self.nodes.len() as u32, is_list));
        self.push(if is_list { Value::List } else { Value::Object })?;
        self.rest = self.rest.get(1..)?;
        Some(())
    }

    fn bare(&mut self) -> Option<()> {
        let end = self.rest.find([',', ']', '}', ' ', '\n', '\r', '\t']);
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        let known = matches!(word, "true" | "false" | "null") || is_number(word);
        self.rest = rest;
        self.push(Value::Bare(known.then_some(word)?))
    }

    /// A string, behind its opening mark.
    fn text(&mut self) -> Option<()> {
        let end = self.rest.find(['"', '\\'])?;
        let plain = self.rest.get(..end)?;
        if self.rest.get(end..)?.starts_with('"') {
            self.rest = self.rest.get(end + 1..)?;
            return self.push(Value::Text(plain.into()));
        }
        let mut text = String::new();
        loop {
            let end = self.rest.find(['"', '\\'])?;
            text.push_str(self.rest.get(..end)?);
            let is_end = self.rest.get(end..)?.starts_with('"');
            self.rest = self.rest.get(end + 1..)?;
            if is_end {
                return self.push(Value::Text(text.into()));
            }
            text.push(self.escaped()?);
        }
    }

    /// The character that is written behind a backslash.
    fn escaped(&mut self) -> Option<char> {
        let mark = self.rest.chars().next()?;
        self.rest = self.rest.get(mark.len_utf8()..)?;
        match mark {
            '"' | '\\' | '/' => Some(mark),
            'b' => Some('\u{8}'),
            'f' | 'n' | 'r' => Some('\n'),
            't' => Some('\t'),
            'u' => self.code_point(),
            _ => None,
        }
    }

    /// Four hexadecimal digits, twice for a surrogate pair; half a pair becomes U+FFFD.
    fn code_point(&mut self) -> Option<char> {
        let high = self.unit()?;
        let pair =
            (0xD800..0xDC00).contains(&high).then(|| self.rest.strip_prefix("\\u")).flatten();
        let low = pair.and_then(|rest| u32::from_str_radix(rest.get(..4)?, 16).ok());
        match low {
            Some(low @ 0xDC00..0xE000) => {
                self.rest = self.rest.get(6..)?;
                char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            }
            _ => Some(char::from_u32(high).unwrap_or('\u{FFFD}')),
        }
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.rest.get(..4)?;
        self.rest = self.rest.get(4..)?;
        digits
            .bytes()
            .all(|b| b.is_ascii_hexdigit())
            .then(|| u32::from_str_radix(digits, 16).ok())?
    }

    fn push(&mut self, value: Value<'a>) -> Option<()> {
        let end = self.nodes.len() + 1;
        self.nodes.push(Node { value, end: end as u32 });
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
}

impl<'a> Item<'a> {
    fn node(self) -> &'a Node<'a> {
        &self.json.nodes[self.at]
    }

    fn is(self, kind: &Value<'_>) -> bool {
        std::mem::discriminant(&self.node().value) == std::mem::discriminant(kind)
    }

    /// Whether it is an object.
    pub(super) fn is_object(self) -> bool {
        self.is(&Value::Object)
    }

    /// Whether it is `true`.
    pub(super) fn is_true(self) -> bool {
        self.node().value == Value::Bare("true")
    }

    /// A string's words.
    pub(super) fn text(self) -> Option<&'a str> {
        match &self.node().value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A string or a number as it is written.
    pub(super) fn word(self) -> Option<&'a str> {
        match &self.node().value {
            Value::Bare(word) if !matches!(*word, "null" | "true" | "false") => Some(word),
            _ => self.text(),
        }
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
        match &self.node().value {
            Value::List => {
                Box::new(self.children().take_while(move |_| !self.json.deadline.is_over()))
            }
            Value::Bare("null") => Box::new(std::iter::empty()),
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
            if name.text() == Some(key) {
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

    #[test]
    fn the_start_of_a_text_is_closed_wherever_it_is_cut() {
        let text = r#"[{"a": [1, "x, ]\\\"y"], "b": {"c": null, "d": {}}}, [true], "z"]"#;
        for cut in 1..=text.len() {
            let closed = closed(&text.as_bytes()[..cut]).unwrap();
            assert!(parse(std::str::from_utf8(&closed).unwrap()).is_some(), "{text:.cut$}");
        }
        assert_eq!(closed(b"tide"), None);
        assert_eq!(closed(text.as_bytes()).as_deref(), Some(text.as_bytes()));
    }

    #[test]
    fn depth_is_no_limit() {
        let deep = format!("{}{}", "[".repeat(500_000), "]".repeat(500_000));
        assert!(parse(&deep).is_some());
        assert!(parse(&"{\"a\":".repeat(100_000)).is_none());
    }
}
