//! JSON of any depth as one flat list of nodes. `serde_json` refuses what is nested deeper than
//! 128, which a long thread is; this reader keeps its open containers on a stack of its own.
//!
//! Grammar: RFC 8259. What a string with escapes means is told when it is asked for: most of a long
//! thread is then held once, as it is written. May not know: what the values mean.

mod escapes;
mod marks;
mod node;

use std::borrow::Cow;
use std::ops::Range;

use super::bulk::Bulk;
use super::deadline::Deadline;
use crate::text::span::Span;
use marks::next_mark;
use node::{Kind, Name, Node};

/// How many values are read: a file of brackets alone would take 20 times its size.
const MOST: usize = 1 << 24;

/// For how many bytes of text there is room for a value before one is read. Most have more; room
/// that is not used costs nothing, and to make some later is to copy what there is.
const ROOM: usize = 24;

/// After how many values it is asked whether the time is over.
const STEPS: usize = 1 << 10;

/// A parsed text. Its nodes stand in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Json<'a> {
    text: &'a str,
    nodes: Bulk<Node>,
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
    let nodes = Bulk::with_room(MOST.min(text.len() / ROOM));
    let json = Json { text, nodes, deadline, ..Json::default() };
    let mut parser = Parser { text, at: 0, json, open: Vec::new() };
    let mark = parser.mark()?;
    parser.value(mark)?;
    let mut steps = 0_usize;
    while let Some(&(container, is_list)) = parser.open.last() {
        if steps.is_multiple_of(STEPS) && deadline.is_over() {
            return None;
        }
        steps += 1;
        let (at, complete) = (parser.at, parser.json.nodes.len());
        if parser.step(container, is_list).is_none() {
            lacks_its_end(text.get(at..).unwrap_or_default())
                .then(|| parser.close_all(complete))?;
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

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
    }

    /// The byte that is read next and is no white space.
    fn mark(&mut self) -> Option<u8> {
        self.space();
        self.byte()
    }

    /// Goes on in the innermost container: its next entry, or its end.
    fn step(&mut self, container: u32, is_list: bool) -> Option<()> {
        let mut mark = self.mark()?;
        if mark == if is_list { b']' } else { b'}' } {
            self.at += 1;
            self.open.pop();
            self.close(container, is_list);
            return Some(());
        }
        if self.json.nodes.len() > container as usize + 1 {
            (mark == b',').then_some(())?;
            self.at += 1;
            mark = self.mark()?;
        }
        if !is_list {
            (mark == b'"').then_some(())?;
            self.key()?;
            (self.mark()? == b':').then_some(())?;
            self.at += 1;
            mark = self.mark()?;
        }
        self.value(mark)
    }

    /// Closes all that is open behind the first `complete` nodes.
    fn close_all(&mut self, complete: usize) {
        self.json.nodes.truncate(complete);
        self.json.is_cut = true;
        while let Some((container, is_list)) = self.open.pop() {
            self.close(container, is_list);
        }
    }

    /// Ends a container behind the last node.
    fn close(&mut self, container: u32, is_list: bool) {
        let end = self.json.nodes.len() as u32;
        self.json.nodes[container as usize] =
            if is_list { Node::list(end) } else { Node::object(end) };
    }

    /// One value, which begins with `mark`; of a container its beginning only.
    fn value(&mut self, mark: u8) -> Option<()> {
        match mark {
            b'{' | b'[' => self.container(mark == b'['),
            b'"' => {
                let (words, escaped) = self.string()?;
                self.push(Node::string(words, escaped)?)
            }
            _ => self.bare(),
        }
    }

    fn container(&mut self, is_list: bool) -> Option<()> {
        self.open.push((self.json.nodes.len() as u32, is_list));
        self.at += 1;
        self.push(if is_list { Node::list(0) } else { Node::object(0) })
    }

    fn bare(&mut self) -> Option<()> {
        let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
        let (start, rest) = (self.at, self.rest());
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = rest.iter().skip(digits).position(ends);
        // Inside of something it may go on where the text ends.
        (end.is_some() || self.open.is_empty()).then_some(())?;
        self.at += end.map_or(rest.len(), |end| digits + end);
        let word = self.text.get(start..self.at)?;
        let is_whole = digits > 0 && digits == word.len();
        let known = is_whole || matches!(word, "true" | "false" | "null") || is_number(word);
        self.push(Node::bare(known.then_some(start..self.at)?.into())?)
    }

    /// A key, at its opening mark.
    fn key(&mut self) -> Option<()> {
        let (words, escaped) = self.string()?;
        let bytes = self.text.as_bytes().get(words.range())?;
        self.push(Node::key(words, bytes, escaped)?)
    }

    /// The words of a string, at its opening mark, and whether there are escapes in them.
    fn string(&mut self) -> Option<(Span, bool)> {
        self.at += 1;
        let (start, mut escaped) = (self.at, false);
        self.at += next_mark(self.rest())?;
        while self.byte()? == b'\\' {
            escaped = true;
            self.at += escapes::length(self.rest())?;
            self.at += next_mark(self.rest())?;
        }
        let words = Span::from(start..self.at);
        self.at += 1;
        Some((words, escaped))
    }

    fn push(&mut self, node: Node) -> Option<()> {
        self.json.nodes.push(node);
        (self.json.nodes.len() <= MOST).then_some(())
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

    /// Whether a node is the string `words`.
    fn says(&self, node: Node, words: &str) -> bool {
        match node.kind() {
            Kind::Text(span) => self.text.as_bytes().get(span.range()) == Some(words.as_bytes()),
            Kind::Escaped(span) => escapes::read(span.of(self.text)) == words,
            _ => false,
        }
    }

    /// Whether the text lacks its end.
    pub(super) const fn is_cut(&self) -> bool {
        self.is_cut
    }
}

impl<'a> Item<'a> {
    fn kind(self) -> Kind {
        self.json.nodes[self.at].kind()
    }

    /// Whether it is an object.
    pub(super) fn is_object(self) -> bool {
        matches!(self.kind(), Kind::Object(_))
    }

    /// Whether it is `true`.
    pub(super) fn is_true(self) -> bool {
        self.bare() == Some("true")
    }

    /// A number, `true`, `false` or `null` as written.
    fn bare(self) -> Option<&'a str> {
        match self.kind() {
            Kind::Bare(words) => Some(words.of(self.json.text)),
            _ => None,
        }
    }

    /// Whether it is the string `words`.
    pub(super) fn says(self, words: &str) -> bool {
        self.json.says(self.json.nodes[self.at], words)
    }

    /// A string's words.
    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        match self.kind() {
            Kind::Text(words) => Some(words.of(self.json.text).into()),
            Kind::Escaped(words) => Some(escapes::read(words.of(self.json.text)).into()),
            _ => None,
        }
    }

    /// The same, without memory of its own: what escapes mean is written into `scratch`.
    pub(super) fn text_in<'s>(self, scratch: &'s mut String) -> Option<&'s str>
    where
        'a: 's,
    {
        match self.kind() {
            Kind::Text(words) => Some(words.of(self.json.text)),
            Kind::Escaped(words) => {
                scratch.clear();
                escapes::read_into(words.of(self.json.text), scratch);
                Some(scratch)
            }
            _ => None,
        }
    }

    /// A string or a number as it is written.
    pub(super) fn word(self) -> Option<Cow<'a, str>> {
        let number = self.bare().filter(|word| !matches!(*word, "null" | "true" | "false"));
        number.map(Cow::Borrowed).or_else(|| self.text())
    }

    /// A number without its fraction, also where it is written as a string.
    pub(super) fn number(self) -> Option<i64> {
        let word = self.word()?;
        let word = word.trim();
        let whole = || word.parse::<f64>().ok().filter(|number| number.is_finite());
        word.parse().ok().or_else(|| whole().and_then(|n| format!("{:.0}", n.trunc()).parse().ok()))
    }

    /// Index of the node after it and all that it holds.
    fn end(self) -> usize {
        match self.kind() {
            Kind::List(end) | Kind::Object(end) => end as usize,
            _ => self.at + 1,
        }
    }

    /// What stands between two nodes, without what that holds.
    fn outermost(self, nodes: Range<usize>) -> impl Iterator<Item = Self> + use<'a> {
        let mut at = nodes.start;
        std::iter::from_fn(move || {
            let item = (at < nodes.end).then_some(Item { at, ..self })?;
            at = item.end();
            Some(item)
        })
    }

    /// The items of a list; of anything else that is not `null`, itself.
    pub(super) fn items(self) -> impl Iterator<Item = Self> + use<'a> {
        let is_list = matches!(self.kind(), Kind::List(_));
        let inside = is_list || self.bare() == Some("null");
        let items = self.outermost(self.at + usize::from(inside)..self.end());
        items.take_while(move |_| !is_list || !self.json.deadline.is_over())
    }

    /// The value of a key of an object; of the last one where it is repeated.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        let [found] = self.fields([key]);
        found
    }

    /// The values of several keys, as [`Item::get`] finds each.
    pub(super) fn fields<const N: usize>(self, keys: [&str; N]) -> [Option<Self>; N] {
        let mut found = [None; N];
        if !self.is_object() {
            return found;
        }
        let keys = keys.map(|key| (Name::of(key.as_bytes()), key));
        let (mut at, end) = (self.at + 1, self.end());
        while at + 1 < end {
            let (name, value) = (self.json.nodes[at], Item { at: at + 1, ..self });
            for (found, &(known, key)) in found.iter_mut().zip(&keys) {
                if name.may_be(known) && self.json.says(name, key) {
                    *found = Some(value);
                }
            }
            at = value.end();
        }
        found
    }

    /// How many bytes the text has that it stands in: no less than what it says.
    pub(super) fn around(self) -> usize {
        self.json.text.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

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
        assert_eq!(list[2].text().as_deref(), Some("x\né😀\u{FFFD}"));
        assert!(root.get("b").unwrap().get("c").unwrap().items().next().is_none());
        assert_eq!(root.get("c").map(|_| ()), None);
    }

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        for (mark, other) in [("\"", "\\"), ("\\", "\"")] {
            for before in 0..40 {
                let text = "é#!]".repeat(8);
                let text = text.get(..text.floor_char_boundary(before)).unwrap();
                let whole = format!("{text}{mark}{other}\u{80}{mark} and on");
                assert_eq!(next_mark(whole.as_bytes()), Some(text.len()), "{whole}");
                assert_eq!(next_mark(text.as_bytes()), None);
            }
        }
    }

    /// Values of every kind, strings of any characters but those that end lines in other ways.
    fn value() -> impl Strategy<Value = Value> {
        let word = "[^\r\u{c}]{0,24}";
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            word.prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::btree_map(word, inner, 0..5)
                    .prop_map(|entries| entries.into_iter().collect()),
            ]
        })
    }

    fn escaped(text: String, unit: u16) -> String {
        match u8::try_from(unit) {
            Ok(byte @ b' '..=b'~') => text + &char::from(byte).to_string(),
            _ => format!("{text}\\u{unit:04x}"),
        }
    }

    fn children(item: Item<'_>) -> impl Iterator<Item = Item<'_>> {
        item.outermost(item.at + 1..item.end())
    }

    fn read(item: Item<'_>) -> Value {
        match item.kind() {
            Kind::List(_) => item.items().map(read).collect(),
            Kind::Object(_) => {
                let all: Vec<_> = children(item).collect();
                all.chunks(2).map(|pair| (pair[0].text().unwrap(), read(pair[1]))).collect()
            }
            Kind::Bare(_) if item.is_true() => Value::from(true),
            Kind::Bare(_) => item.number().map_or_else(
                || if item.bare() == Some("false") { Value::from(false) } else { Value::Null },
                Value::from,
            ),
            _ => Value::from(item.text().unwrap()),
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(value in value(), is_ascii in any::<bool>()) {
            let mut text = value.to_string();
            if is_ascii {
                let units = |c: char| c.encode_utf16(&mut [0; 2]).to_vec();
                text = text.chars().flat_map(units).fold(String::new(), escaped);
            }
            let json = parse(&text).unwrap();
            prop_assert_eq!(read(json.root()), value.clone());
            for (key, value) in value.as_object().into_iter().flatten() {
                let [found, none] = json.root().fields([key, "\r"]);
                prop_assert_eq!(read(found.unwrap()), value.clone());
                prop_assert!(none.is_none());
            }
        }
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
        let list =
            || item.outermost(item.at + 1..item.end()).map(written).collect::<Vec<_>>().join(",");
        match item.kind() {
            Kind::List(_) => format!("[{}]", list()),
            Kind::Object(_) => format!("{{{}}}", list()),
            Kind::Bare(words) => words.of(item.json.text).to_owned(),
            _ => format!("{:?}", item.text().unwrap()),
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
