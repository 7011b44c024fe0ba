//! JSON of any depth as one flat list of nodes. `serde_json` refuses what is nested deeper than
//! 128, which a long thread is; this reader keeps its open containers on a stack of its own.
//!
//! Grammar: RFC 8259. May not know: what the values mean.

use super::deadline::Deadline;

/// How many values are read: a file of brackets alone would take sixteen times its size.
const MOST: usize = 1 << 24;

/// After how many values it is asked whether the time is over.
const STEPS: usize = 1 << 10;

/// A value, with where the next one begins.
#[derive(Clone, Copy, Debug)]
struct Node {
    kind: Kind,
    /// Its bytes: of the text, or of [`Json::unescaped`]; none of what holds others.
    start: u32,
    end: u32,
    /// Index of the node after this one and all that it holds; while it is open, of the node that
    /// holds it.
    next: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A string as it stands in the text.
    Text,
    /// A string that is written with backslashes.
    Escaped,
    /// A number, `true`, `false` or `null`.
    Bare,
    /// Its items follow.
    List,
    /// Its keys and values follow, by turns.
    Object,
}

/// Stands for the node that holds the outermost one.
const NONE: u32 = u32::MAX;

/// A parsed text. Its nodes stand in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Json<'a> {
    text: &'a str,
    nodes: Vec<Node>,
    /// All strings that are written with backslashes, one behind the other.
    unescaped: String,
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
    let mut parser = Parser::new(text);
    let (mut is_cut, mut steps) = (false, 0_usize);
    parser.value()?;
    while parser.open != NONE && !is_cut {
        if steps.is_multiple_of(STEPS) && deadline.is_over() {
            return None;
        }
        steps += 1;
        let (rest, complete) = (parser.rest, parser.nodes.len());
        if parser.step().is_none() {
            is_cut = lacks_its_end(rest).then_some(true)?;
            parser.nodes.truncate(complete);
        }
    }
    while parser.open != NONE {
        parser.close();
    }
    parser.space();
    let Parser { rest, nodes, unescaped, .. } = parser;
    (is_cut || rest.is_empty()).then_some(Json { text, nodes, unescaped, is_cut, deadline })
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
    rest: &'a str,
    nodes: Vec<Node>,
    unescaped: String,
    /// Index of the innermost open container.
    open: u32,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, rest: text, nodes: Vec::new(), unescaped: String::new(), open: NONE }
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn eat(&mut self, mark: char) -> Option<()> {
        self.space();
        self.rest = self.rest.strip_prefix(mark)?;
        Some(())
    }

    /// Goes on in the innermost container: its next entry, or its end.
    fn step(&mut self) -> Option<()> {
        let is_list = self.nodes[self.open as usize].kind == Kind::List;
        if self.eat(if is_list { ']' } else { '}' }).is_some() {
            self.close();
            return Some(());
        }
        if self.nodes.len() as u32 != self.open + 1 {
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
        self.rest = self.rest.get(1..)?;
        self.push(if is_list { Kind::List } else { Kind::Object }, 0, 0)?;
        let here = self.nodes.len() - 1;
        self.nodes[here].next = std::mem::replace(&mut self.open, here as u32);
        Some(())
    }

    /// Closes the innermost container.
    fn close(&mut self) {
        let after = self.nodes.len() as u32;
        let closed = &mut self.nodes[self.open as usize];
        self.open = std::mem::replace(&mut closed.next, after);
    }

    fn bare(&mut self) -> Option<()> {
        let end = self.rest.find([',', ']', '}', ' ', '\n', '\r', '\t']);
        // Inside of something it may go on where the text ends.
        (end.is_some() || self.open == NONE).then_some(())?;
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        (matches!(word, "true" | "false" | "null") || is_number(word)).then_some(())?;
        let start = self.at();
        self.rest = rest;
        self.push(Kind::Bare, start, self.at())
    }

    /// A string, behind its opening mark.
    fn text(&mut self) -> Option<()> {
        let end = self.rest.find(['"', '\\'])?;
        if self.rest.get(end..)?.starts_with('"') {
            let start = self.at();
            self.rest = self.rest.get(end + 1..)?;
            return self.push(Kind::Text, start, start + end);
        }
        let start = self.unescaped.len();
        loop {
            let end = self.rest.find(['"', '\\'])?;
            self.unescaped.push_str(self.rest.get(..end)?);
            let is_end = self.rest.get(end..)?.starts_with('"');
            self.rest = self.rest.get(end + 1..)?;
            if is_end {
                return self.push(Kind::Escaped, start, self.unescaped.len());
            }
            let ch = self.escaped()?;
            self.unescaped.push(ch);
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

    /// The byte that the rest begins with.
    fn at(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) -> Option<()> {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { kind, start: start as u32, end: end as u32, next });
        (self.nodes.len() <= MOST).then_some(())
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
    fn node(self) -> &'a Node {
        &self.json.nodes[self.at]
    }

    /// Whether it is an object.
    pub(super) fn is_object(self) -> bool {
        self.node().kind == Kind::Object
    }

    /// Whether it is `true`.
    pub(super) fn is_true(self) -> bool {
        self.bare() == Some("true")
    }

    /// What is neither a string nor holds others, as it is written.
    fn bare(self) -> Option<&'a str> {
        let node = self.node();
        let word = || self.json.text.get(node.start as usize..node.end as usize);
        (node.kind == Kind::Bare).then(word)?
    }

    /// A string's words.
    pub(super) fn text(self) -> Option<&'a str> {
        let node = self.node();
        let whole = match node.kind {
            Kind::Text => self.json.text,
            Kind::Escaped => &self.json.unescaped,
            Kind::Bare | Kind::List | Kind::Object => return None,
        };
        whole.get(node.start as usize..node.end as usize)
    }

    /// A string or a number as it is written.
    pub(super) fn word(self) -> Option<&'a str> {
        let number = self.bare().filter(|word| !matches!(*word, "null" | "true" | "false"));
        number.or_else(|| self.text())
    }

    /// A number without its fraction, also where it is written as a string.
    pub(super) fn number(self) -> Option<i64> {
        let word = self.word()?.trim();
        let whole = || word.parse::<f64>().ok().filter(|number| number.is_finite());
        word.parse().ok().or_else(|| whole().and_then(|n| format!("{:.0}", n.trunc()).parse().ok()))
    }

    /// What it holds, by turns key and value in an object; nothing for a string or number.
    fn children(self) -> impl Iterator<Item = Self> {
        let end = self.node().next as usize;
        let first = Some(Item { json: self.json, at: self.at + 1 }).filter(|item| item.at < end);
        std::iter::successors(first, move |item| {
            let at = item.node().next as usize;
            (at < end).then_some(Item { at, ..*item })
        })
    }

    /// The items of a list; of anything else that is not `null`, itself.
    pub(super) fn items(self) -> Box<dyn Iterator<Item = Self> + 'a> {
        match self.node().kind {
            Kind::List => {
                Box::new(self.children().take_while(move |_| !self.json.deadline.is_over()))
            }
            Kind::Bare if self.bare() == Some("null") => Box::new(std::iter::empty()),
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

    /// A value as it would be written again.
    fn written(item: Item<'_>) -> String {
        let node = item.node();
        let list = || item.children().map(written).collect::<Vec<_>>().join(",");
        match node.kind {
            Kind::List => format!("[{}]", list()),
            Kind::Object => format!("{{{}}}", list()),
            _ => item.text().map_or_else(|| item.bare().unwrap().into(), |it| format!("{it:?}")),
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
