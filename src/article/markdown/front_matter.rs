//! The block of metadata above a Markdown text, in YAML between `---` or TOML between `+++`,
//! with the keys that web clippers and site generators use.
//!
//! May not know: Markdown.

use serde_json::{Map, Value};

use super::super::Head;
use super::super::builder::one_line;

/// Longest front matter that is read, in bytes: a parser of YAML is not to be given more.
const LONGEST: usize = 64 << 10;

/// Most brackets that are read: a parser of YAML looks at every open one at every word.
const BRACKETS: usize = 1000;

/// What is known from front matter.
#[derive(Clone, Debug, Default)]
pub(super) struct FrontMatter {
    /// Of the article.
    pub(super) head: Head,
    /// Whether it says that there is no title: an empty string, as our own files have it.
    pub(super) untitled: bool,
    /// What was repaired or guessed where the text came from.
    pub(super) notes: Vec<String>,
}

/// What stood above the text.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// Its keys, and the text below it.
    Read(FrontMatter, &'a str),
    /// It is no YAML or TOML: its lines, and the text below it.
    Broken(&'a str, &'a str),
}

/// Front matter at the very start of `text`; `None` where there is none.
pub(super) fn split(text: &str) -> Option<Found<'_>> {
    let (fence, rest) = text.split_once('\n')?;
    let fence = fence.trim_end();
    let (matter, body) = match fence {
        "---" | "+++" => until(rest, fence)?,
        _ => return None,
    };
    let read = if fence == "---" { yaml(matter) } else { toml(matter) };
    match read {
        Ok(Some(keys)) => Some(Found::Read(matter_of(&keys), body)),
        Ok(None) if matter.trim().is_empty() => Some(Found::Read(FrontMatter::default(), body)),
        Err(()) if has_key(matter) => Some(Found::Broken(matter.trim_end(), body)),
        Ok(None) | Err(()) => None,
    }
}

/// What stands before and after the closing line.
fn until<'a>(rest: &'a str, fence: &str) -> Option<(&'a str, &'a str)> {
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            return Some((rest.get(..at)?, rest.get(at + line.len()..)?));
        }
        at += line.len();
        if at > LONGEST {
            return None;
        }
    }
    None
}

/// `Ok(None)` where it is YAML but has no keys, as prose between two rules.
fn yaml(matter: &str) -> Result<Option<Map<String, Value>>, ()> {
    if matter.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count() > BRACKETS {
        return Err(());
    }
    match serde_yaml_ng::from_str::<Value>(matter) {
        Ok(Value::Object(keys)) => Ok(Some(keys)),
        Ok(_) => Ok(None),
        Err(_) => Err(()),
    }
}

fn toml(matter: &str) -> Result<Option<Map<String, Value>>, ()> {
    toml::from_str::<toml::Table>(matter).map(|keys| Some(plain(keys))).or(Err(()))
}

/// Strings and lists of strings are all that is asked for; a date becomes the string it was.
fn plain(keys: toml::Table) -> Map<String, Value> {
    let text = |value| match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Integer(number) => Value::from(number),
        _ => Value::Null,
    };
    let value = |value| match value {
        toml::Value::Array(list) => Value::Array(list.into_iter().map(text).collect()),
        other => text(other),
    };
    keys.into_iter().map(|(key, it)| (key, value(it))).collect()
}

/// Whether a line looks like a key, so that it was meant to be front matter.
fn has_key(matter: &str) -> bool {
    matter.lines().any(|line| {
        let key = line.split([':', '=']).next().unwrap_or_default().trim_end();
        key.len() < line.len()
            && !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    })
}

fn matter_of(keys: &Map<String, Value>) -> FrontMatter {
    FrontMatter {
        head: head(keys),
        untitled: keys.get("title").and_then(Value::as_str) == Some(""),
        notes: keys.get("notes").map(texts).unwrap_or_default(),
    }
}

fn head(keys: &Map<String, Value>) -> Head {
    let first = |names: &[&str]| {
        let values = names.iter().filter_map(|name| keys.get(*name));
        values.flat_map(texts).next()
    };
    let people = ["author", "authors", "by"].iter().filter_map(|name| keys.get(*name));
    Head {
        title: first(&["title", "headline"]),
        authors: people.flat_map(texts).collect(),
        dateline: first(&["dateline"]),
        published: first(&["published", "date", "datePublished", "pubDate"]),
        // A source may also be the name of a paper.
        url: first(&["source", "url", "link", "canonical"]).filter(|url| url.contains("://")),
        discussion: first(&["discussion", "comments"]).filter(|url| url.contains("://")),
    }
}

/// The strings of a value: one, or those of a list. `[[Name]]` without quotation marks is a list
/// in a list in YAML.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(text).collect(),
        other => text(other).into_iter().collect(),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => named(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(inner) => inner.first().and_then(Value::as_str).and_then(named),
        Value::Object(keys) => keys.get("name").and_then(Value::as_str).and_then(named),
        _ => None,
    }
}

/// `[[Folder/Name|shown]]` is what is shown.
fn named(text: &str) -> Option<String> {
    let text = text.trim();
    let inner = text.strip_prefix("[[").and_then(|text| text.strip_suffix("]]"));
    let name = inner.map_or(text, |link| link.rsplit('|').next().unwrap_or(link)).trim();
    (!name.is_empty()).then(|| one_line(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Head {
        match split(text) {
            Some(Found::Read(matter, _)) => matter.head,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn clipper_keys_in_yaml() {
        let head = read(
            "---\ntitle: \"Low Water\"\nsource: https://example.org/low\nauthor:\n  - \"[[Mara Quill]]\"\n  - \"[[people/jo|Jo Reed]]\"\npublished: 2026-03-04\ncreated:\ntags: [clippings]\n---\nBody",
        );
        assert_eq!(head.title.as_deref(), Some("Low Water"));
        assert_eq!(head.authors, ["Mara Quill", "Jo Reed"]);
        assert_eq!(head.published.as_deref(), Some("2026-03-04"));
        assert_eq!(head.url.as_deref(), Some("https://example.org/low"));
    }

    #[test]
    fn toml_with_a_date() {
        let head = read(
            "+++\ntitle = 'Low Water'\ndate = 2026-03-04T05:06:07Z\nauthors = ['Mara Quill']\n+++\nBody",
        );
        assert_eq!(head.published.as_deref(), Some("2026-03-04T05:06:07Z"));
        assert_eq!(head.authors, ["Mara Quill"]);
    }

    #[test]
    fn broken_or_none() {
        assert!(matches!(
            split("---\ntitle: [\n---\nBody"),
            Some(Found::Broken("title: [", "Body"))
        ));
        assert!(split("---\nProse between rules.\n---\nBody").is_none());
        assert!(split("---\ntitle: x\nBody").is_none());
        assert!(split("# Tide").is_none());
    }

    #[test]
    fn bombs_do_not_go_off() {
        let bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n---\nBody";
        assert!(split(bomb).is_some());
        let deep = format!("---\na: {}\n---\nBody", "[".repeat(30_000));
        assert!(split(&deep).is_some());
    }
}
