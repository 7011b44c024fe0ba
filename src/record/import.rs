//! Reads bookmarks out of files that this program or another one exported.
//!
//! JSON is searched for annotations wherever the usual containers have them: a single
//! annotation, an array, a page or a collection of the Web Annotation model, the rows that the
//! API of Hypothesis answers with (<https://h.readthedocs.io/en/latest/api-reference/>), and
//! what `bookmarks list --json` prints. Everything else is taken for Markdown as
//! [`super::export`] writes it. Each becomes a Web Annotation with all of its members.
//!
//! May not know: files, clocks.

use std::collections::VecDeque;

use serde_json::{Deserializer, Map, Value, json};

use super::bookmark::{Bookmark, Unreadable, VERSION, each, holds};
use super::export::{DASH, DOT, NONE, UNTITLED, decoded, unescaped};
use super::origin::{ArticleKey, fingerprint};

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// Its bookmarks, in its order; tombstones are among them.
    pub bookmarks: Vec<Bookmark>,
    /// Why the rest was refused, one sentence each.
    pub refused: Vec<String>,
}

/// Members that hold annotations, or pages of them.
const CONTAINERS: [&str; 5] = ["items", "first", "rows", "annotations", "@graph"];

/// Reads all bookmarks of a file. Linear time; nothing in it can make it fail.
pub fn read(bytes: &[u8]) -> Imported {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    match start {
        Some(b'{' | b'[') => from_json(bytes),
        _ => from_markdown(&String::from_utf8_lossy(bytes)),
    }
}

impl Imported {
    fn take(&mut self, value: Value) {
        match adopted(value) {
            Ok(bookmark) => self.bookmarks.push(bookmark),
            Err(reason) => self.refused.push(reason),
        }
    }
}

/// One JSON value, or several one after another.
fn from_json(bytes: &[u8]) -> Imported {
    let mut found = Imported::default();
    for value in Deserializer::from_slice(bytes).into_iter::<Value>() {
        match value {
            Ok(value) => collect(value, &mut found),
            Err(error) => found.refused.push(format!("damaged: {error}")),
        }
    }
    found
}

/// Takes the annotations out of a value and its containers.
fn collect(value: Value, found: &mut Imported) {
    let mut left = VecDeque::from([value]);
    while let Some(value) = left.pop_front() {
        match value {
            Value::Array(values) => values.into_iter().rev().for_each(|v| left.push_front(v)),
            Value::Object(members) => match annotation(members) {
                Ok(annotation) => found.take(annotation),
                Err(members) => {
                    let inner = CONTAINERS.into_iter().filter_map(|name| members.get(name));
                    let inner: Vec<Value> = inner.cloned().collect();
                    if inner.is_empty() {
                        found.refused.push("not an annotation".to_owned());
                    }
                    inner.into_iter().rev().for_each(|value| left.push_front(value));
                }
            },
            // The page of a collection may be named by its address only.
            Value::String(_) => {}
            _ => found.refused.push("not an annotation".to_owned()),
        }
    }
}

/// A Web Annotation of the members of something like one; else the members again.
fn annotation(members: Map<String, Value>) -> Result<Value, Map<String, Value>> {
    match () {
        () if holds(members.get("type"), "Annotation") => Ok(Value::Object(members)),
        () if members.contains_key("uri") && members.contains_key("target") => {
            Ok(of_hypothesis(members))
        }
        () if members.contains_key("exact") && members.contains_key("id") => Ok(of_list(&members)),
        () => Err(members),
    }
}

/// A row of Hypothesis as a Web Annotation, under the address that its own JSON-LD has.
fn of_hypothesis(mut row: Map<String, Value>) -> Value {
    let string = |value: Option<Value>| match value {
        Some(Value::String(text)) => text,
        _ => String::new(),
    };
    let (id, note) = (string(row.remove("id")), string(row.remove("text")));
    let tags = row.remove("tags").unwrap_or_default();
    let mut body = Vec::new();
    if !note.is_empty() {
        body.push(json!({"type": "TextualBody", "value": note, "format": "text/markdown"}));
    }
    body.extend(each(Some(&tags)).filter(|tag| tag.is_string()).map(tag_of));
    let title = row.get("document").and_then(|document| each(document.get("title")).next());
    let title = title.cloned();
    let motivation = if note.is_empty() { "highlighting" } else { "commenting" };
    let mut add = |name: &str, value: Value| drop(row.insert(name.into(), value));
    add("@context", "http://www.w3.org/ns/anno.jsonld".into());
    add("type", "Annotation".into());
    add("motivation", motivation.into());
    if !id.is_empty() {
        add("id", format!("https://hypothes.is/a/{id}").into());
    }
    if !body.is_empty() {
        add("body", Value::Array(body));
    }
    if let Some(Value::String(title)) = title {
        add("recto:title", title.into());
    }
    for (theirs, ours) in [("updated", "modified"), ("user", "creator")] {
        if let Some(value) = row.remove(theirs) {
            row.insert(ours.into(), value);
        }
    }
    Value::Object(row)
}

fn tag_of(tag: &Value) -> Value {
    json!({"type": "TextualBody", "purpose": "tagging", "value": tag})
}

/// An item of `bookmarks list --json` as a Web Annotation.
fn of_list(item: &Map<String, Value>) -> Value {
    let get = |name: &str| item.get(name).filter(|value| !value.is_null());
    let article = |name: &str| get("article")?.get(name).filter(|value| !value.is_null());
    let mut selectors = vec![json!({
        "type": "TextQuoteSelector",
        "exact": get("exact"),
        "prefix": get("prefix").cloned().unwrap_or_else(|| "".into()),
        "suffix": get("suffix").cloned().unwrap_or_else(|| "".into()),
    })];
    if let (Some(start), Some(end)) = (get("start"), get("end")) {
        selectors.push(json!({"type": "TextPositionSelector", "start": start, "end": end}));
    }
    let key = article("key").and_then(Value::as_str).unwrap_or_default();
    let source = article("url").cloned().unwrap_or_else(|| format!("urn:recto:{key}").into());
    let mut members = json!({
        "target": {"source": source, "selector": selectors},
        "recto:article": key,
    });
    for (ours, theirs) in [
        ("id", get("id")),
        ("created", get("created")),
        ("modified", get("modified")),
        ("recto:comment", get("comment")),
        ("recto:text", article("text")),
        ("recto:title", article("title")),
        ("recto:author", article("author")),
        ("recto:path", article("path")),
    ] {
        if let Some(value) = theirs {
            members[ours] = value.clone();
        }
    }
    let note = get("note").and_then(Value::as_str);
    let tags = each(get("tags")).filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
    finished(members, note, &tags)
}

/// An annotation with these bodies.
fn finished(mut members: Value, note: Option<&str>, tags: &[String]) -> Value {
    let mut body = Vec::new();
    if let Some(note) = note.filter(|note| !note.is_empty()) {
        body.push(json!({"type": "TextualBody", "value": note, "format": "text/plain"}));
    }
    body.extend(tags.iter().map(|tag| tag_of(&tag.as_str().into())));
    let motivation = if note.is_some() { "commenting" } else { "bookmarking" };
    // Which of them changed last is not told; the place did not.
    if let (Some(modified), true) =
        (members.get("modified").cloned(), members["modified"] != members["created"])
    {
        members["recto:changed"] = json!({"note": modified, "tags": modified});
    }
    members["@context"] = "http://www.w3.org/ns/anno.jsonld".into();
    members["type"] = "Annotation".into();
    members["motivation"] = motivation.into();
    if body.len() > 1 {
        members["body"] = body.into();
    } else if let Some(one) = body.pop() {
        members["body"] = one;
    }
    members
}

/// A bookmark of an annotation, given an identity and an article where it has none.
fn adopted(mut value: Value) -> Result<Bookmark, String> {
    let source = each(value.get("target")).find_map(source_of).map(str::to_owned);
    let article = value.get("recto:article").and_then(Value::as_str).and_then(ArticleKey::parse);
    let key = match (&article, &source) {
        (Some(key), _) => key.clone(),
        (None, Some(source)) => key_of(source),
        (None, None) => return Err("it names no article".to_owned()),
    };
    value["recto:article"] = key.as_str().into();
    if value.get("recto:version").is_none() {
        value["recto:version"] = VERSION.into();
    }
    if value.get("id").and_then(Value::as_str).is_none_or(str::is_empty) {
        // The same annotation has the same identity each time it is read.
        let about = [value.get("target"), value.get("body"), value.get("created")];
        let about: Vec<String> = about.iter().flatten().map(ToString::to_string).collect();
        value["id"] = format!("urn:sha256:{}", fingerprint(&about.join("\n"))).into();
    }
    Bookmark::from_value(value).map_err(|error| match error {
        // What another program wrote for its own ends is not damaged.
        Unreadable::Damaged(reason) => reason,
        newer @ Unreadable::Newer(_) => newer.to_string(),
    })
}

/// What a target is a part of.
fn source_of(target: &Value) -> Option<&str> {
    let source = target.get("source").unwrap_or(target);
    source.as_str().or_else(|| source.get("id")?.as_str()).filter(|source| !source.is_empty())
}

/// The article at an address; a fragment is a place in it.
fn key_of(source: &str) -> ArticleKey {
    let own = source.strip_prefix("urn:recto:").and_then(ArticleKey::parse);
    let address = source.split('#').next().filter(|address| !address.is_empty());
    own.unwrap_or_else(|| ArticleKey::of(address.unwrap_or(source)))
}

/// The article that the entries below a heading belong to.
#[derive(Default)]
struct Heading {
    title: Option<String>,
    author: Option<String>,
    source: Option<String>,
    path: Option<String>,
}

/// Entries as [`super::export::markdown`] writes them.
fn from_markdown(text: &str) -> Imported {
    let mut found = Imported::default();
    let mut heading = Heading::default();
    let mut lines = (1..).zip(text.lines()).peekable();
    while let Some((number, line)) = lines.next() {
        if let Some(title) = line.strip_prefix("# ") {
            let title = Some(unescaped(title.trim()))
                .filter(|title| !title.is_empty() && title != UNTITLED);
            heading = Heading { title, ..Heading::default() };
        } else if line.starts_with('>') {
            let mut entry = vec![line];
            let mut closed = false;
            while let Some((_, line)) = lines.next_if(|_| !closed) {
                closed = facts(line).is_some();
                entry.push(line);
            }
            match of_entry(&entry, &heading).filter(|_| closed) {
                Some(annotation) => found.take(annotation),
                None => found.refused.push(format!("line {number}: a quotation without its date")),
            }
        } else {
            heading.read(line.trim());
        }
    }
    found
}

impl Heading {
    /// Takes in a line between title and entries: the address.
    fn read(&mut self, line: &str) {
        // Both signs are escaped where they are part of a name.
        let (start, sign) = if line.ends_with('>') { ('<', '>') } else { ('[', ')') };
        let mut starts = line.match_indices(start).map(|(at, _)| line.split_at(at));
        let whole = starts.find(|(before, _)| !before.ends_with('\\'));
        let Some((author, address)) = whole else { return };
        let Some(address) = address.get(1..).and_then(|address| address.strip_suffix(sign)) else {
            return;
        };
        match address.rsplit_once("](") {
            _ if sign == '>' => self.source = Some(address.to_owned()),
            Some((path, key)) => {
                self.source = Some(key.to_owned());
                self.path = Some(unescaped(path)).filter(|path| path != "no address");
            }
            None => return,
        }
        self.author = author.strip_suffix(DOT).map(unescaped);
    }
}

/// The quoted lines, the note, and the line with the facts, as a Web Annotation.
fn of_entry(entry: &[&str], heading: &Heading) -> Option<Value> {
    let (last, lines) = entry.split_last()?;
    let quoted = lines.iter().take_while(|line| line.starts_with('>')).count();
    let words = lines[..quoted].iter().map(|line| {
        let line = line.get(1..).unwrap_or_default();
        unescaped(line.strip_prefix(' ').unwrap_or(line))
    });
    let exact = words.collect::<Vec<_>>().join("\n");
    let unguarded = |line: &&str| {
        let guarded = line.starts_with("\\—") || line.starts_with("\\\\");
        if guarded { line.get(1..).unwrap_or_default().to_owned() } else { (*line).to_owned() }
    };
    let note = lines[quoted..].iter().map(unguarded).collect::<Vec<_>>().join("\n");
    let facts = facts(last)?;
    let mut selectors = vec![json!({"type": "TextQuoteSelector", "exact": exact})];
    if let Some(start) = facts.at {
        let end = start.saturating_add(exact.chars().count() as u64);
        selectors.push(json!({"type": "TextPositionSelector", "start": start, "end": end}));
    }
    let mut members = json!({
        "id": facts.id,
        "created": facts.created,
        "modified": facts.modified,
        "target": {"source": heading.source, "selector": selectors},
    });
    let Heading { title, author, path, .. } = heading;
    for (name, value) in [("recto:title", title), ("recto:author", author), ("recto:path", path)] {
        if let Some(value) = value {
            members[name] = value.as_str().into();
        }
    }
    if let Some((id, author)) = facts.comment {
        members["recto:comment"] = json!({"id": id, "author": author, "whole": false});
    }
    Some(finished(members, Some(note.trim()).filter(|note| !note.is_empty()), &facts.tags))
}

/// The last line of an entry.
struct Facts {
    comment: Option<(String, Option<String>)>,
    at: Option<u64>,
    tags: Vec<String>,
    id: String,
    created: String,
    modified: String,
}

fn facts(line: &str) -> Option<Facts> {
    let (rest, dated) = line.strip_prefix(DASH)?.trim_end().rsplit_once(DOT)?;
    let (_, address) = dated.strip_prefix('[')?.strip_suffix("\")")?.split_once("](")?;
    let (id, times) = address.split_once(" \"")?;
    let [created, modified, at, comment] = times.split(' ').collect::<Vec<_>>().try_into().ok()?;
    let mut parts = rest.split(DOT);
    let place = unescaped(parts.next()?);
    let author = place.strip_prefix("comment by ").map(str::to_owned);
    let comment = (comment != NONE).then(|| (decoded(comment), author));
    let tags = parts.filter_map(|part| part.strip_prefix('#')).map(unescaped).collect();
    let (created, modified) = (created.to_owned(), modified.to_owned());
    Some(Facts { comment, at: at.parse().ok(), tags, id: decoded(id), created, modified })
}
