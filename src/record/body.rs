//! The bodies of an annotation: the reader's note and tags, among what others put there.
//!
//! May not know: files, what is marked.

use serde_json::{Map, Value, json};

use super::bookmark::{each, holds};

/// The members of an annotation.
type Members = Map<String, Value>;

/// The note.
pub(super) fn note(object: &Members) -> Option<&str> {
    let short = object.get("bodyValue").and_then(Value::as_str);
    let notes = each(object.get("body")).filter(|body| is_note(body));
    let mut texts = notes.filter_map(|body| match body {
        Value::String(note) => Some(note.as_str()),
        body => body.get("value")?.as_str(),
    });
    texts.rfind(|note| !note.is_empty()).or(short.filter(|note| !note.is_empty()))
}

/// The tags, in their order.
pub(super) fn tags(object: &Members) -> Vec<&str> {
    let bodies = each(object.get("body")).filter(|body| is_tag(body));
    let tags = bodies.filter_map(|body| body.get("value")?.as_str());
    tags.filter(|tag| !tag.is_empty()).collect()
}

/// Puts another note in the place of the one that is there; an empty one is none.
pub(super) fn set_note(object: &mut Members, note: &str) {
    let (notes, mut bodies): (Vec<Value>, _) = all(object).into_iter().partition(is_note);
    if !note.is_empty() {
        let last = notes.last().and_then(Value::as_object);
        let mut body = last.cloned().unwrap_or_default();
        body.entry("type").or_insert_with(|| "TextualBody".into());
        body.insert("value".into(), note.into());
        body.entry("format").or_insert_with(|| "text/plain".into());
        bodies.push(Value::Object(body));
    }
    let motivation = if note.is_empty() { "bookmarking" } else { "commenting" };
    object.insert("motivation".into(), motivation.into());
    object.remove("bodyValue");
    put(object, bodies);
}

/// Puts other tags in the place of those that are there; what else stands at one that stays
/// is kept.
pub(super) fn set_tags(object: &mut Members, tags: &[&str]) {
    let (old, mut bodies): (Vec<Value>, Vec<_>) = all(object).into_iter().partition(is_tag);
    for (index, tag) in tags.iter().enumerate() {
        let is_same = |body: &&Value| body.get("value").and_then(Value::as_str) == Some(tag);
        let kept = old.iter().find(is_same).cloned();
        if !tag.is_empty() && !tags[..index].contains(tag) {
            bodies.push(kept.unwrap_or_else(|| textual_tag(tag)));
        }
    }
    put(object, bodies);
}

/// The bodies that are tags.
pub(super) fn only_tags(object: &Members) -> Vec<Value> {
    all(object).into_iter().filter(is_tag).collect()
}

/// The bodies that are no tags.
pub(super) fn without_tags(object: &Members) -> Vec<Value> {
    all(object).into_iter().filter(|body| !is_tag(body)).collect()
}

fn textual_tag(tag: &str) -> Value {
    json!({"type": "TextualBody", "purpose": "tagging", "value": tag})
}

fn all(object: &Members) -> Vec<Value> {
    each(object.get("body")).cloned().collect()
}

/// Puts the bodies in: tags first, so that copies with the same bodies are the same. A lone body
/// stands without a list around it, unless it is a list itself and would be taken for several.
pub(super) fn put(object: &mut Members, mut bodies: Vec<Value>) {
    bodies.sort_by_key(|body| !is_tag(body));
    match bodies.len() {
        0 => drop(object.remove("body")),
        1 if !bodies[0].is_array() => drop(object.insert("body".into(), bodies.remove(0))),
        _ => drop(object.insert("body".into(), Value::Array(bodies))),
    }
}

fn is_tag(body: &Value) -> bool {
    body.is_object() && holds(body.get("purpose"), "tagging")
}

/// Whether a body is words about the passage, and no tag. The type may be left out where the
/// words themselves are there.
fn is_note(body: &Value) -> bool {
    let textual = match body.get("type") {
        None => body.get("value").is_some_and(Value::is_string),
        kind => holds(kind, "TextualBody"),
    };
    body.is_string() || (textual && !is_tag(body))
}
