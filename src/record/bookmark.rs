//! One bookmark: a W3C Web Annotation in JSON-LD.
//!
//! The annotation is kept as the object it was read as, and only what is changed is changed in
//! it: a member that another program or a later version put there survives at every level.
//! What the vocabulary of <https://www.w3.org/TR/annotation-model/> has no word for stands in
//! members with the prefix `recto:`.
//!
//! May not know: files, clocks. Times are passed in, as RFC 3339 in UTC.

use serde_json::{Map, Value, json};

use super::anchor::{Anchor, InComment};
use super::merge::Part;
use super::origin::{ArticleKey, Origin};
use super::{body, time};

/// The version of the `recto:` members that this program writes.
pub const VERSION: u64 = 1;

/// Where a word of the vocabulary is looked up.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// A bookmark, with or without a note.
///
/// Invariant: the object has a string `id`, the type `Annotation` and, unless it is deleted, a
/// `TextQuoteSelector` with the words that it marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    object: Map<String, Value>,
}

/// Why bytes are no bookmark that this program may touch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is no annotation, or no longer one.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A later version of the program wrote it.
    #[error("written by a newer version (format {0}, this one knows {VERSION})")]
    Newer(u64),
}

impl Bookmark {
    /// A bookmark on the passage of `anchor`. `id` is a UUID, `now` the time.
    pub fn new(id: uuid::Uuid, now: &str, anchor: &Anchor, origin: &Origin) -> Self {
        let source = match &origin.url {
            Some(url) => url.clone(),
            None => format!("urn:recto:{}", origin.key.as_str()),
        };
        let mut bookmark = Self {
            object: object(json!({
                "@context": CONTEXT,
                "id": format!("urn:uuid:{id}"),
                "type": "Annotation",
                "motivation": "bookmarking",
                "created": now,
                "modified": now,
                "target": {"source": source},
                "recto:version": VERSION,
                "recto:article": origin.key.as_str(),
                "recto:text": origin.text,
            })),
        };
        bookmark.set_or_remove("recto:title", origin.title.as_deref());
        bookmark.set_or_remove("recto:author", origin.author.as_deref());
        bookmark.set_or_remove("recto:path", origin.path.as_deref());
        bookmark.place(anchor);
        bookmark
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// If they are no annotation of a passage, or a newer version of the program wrote them.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Unreadable> {
        let value = serde_json::from_slice(bytes)
            .map_err(|error| Unreadable::Damaged(error.to_string()))?;
        Self::from_value(value)
    }

    /// Reads an annotation that is JSON already.
    ///
    /// # Errors
    /// As [`Bookmark::from_json`].
    pub fn from_value(value: Value) -> Result<Self, Unreadable> {
        let damaged = |reason: &str| Unreadable::Damaged(reason.to_owned());
        let Value::Object(object) = value else { return Err(damaged("not a JSON object")) };
        match object.get("recto:version") {
            None => {}
            Some(version) => match version.as_u64() {
                Some(version) if version > VERSION => return Err(Unreadable::Newer(version)),
                Some(_) => {}
                None => return Err(damaged("its version is no number")),
            },
        }
        let bookmark = Self { object };
        if !holds(bookmark.object.get("type"), "Annotation") {
            return Err(damaged("not an annotation"));
        }
        if bookmark.id().is_empty() {
            return Err(damaged("no id"));
        }
        if !bookmark.is_deleted() && bookmark.exact().is_none_or(str::is_empty) {
            return Err(damaged("no words to find it by"));
        }
        Ok(bookmark)
    }

    /// The annotation as the bytes of a file: indented JSON with a line feed at the end.
    pub fn to_json(&self) -> Vec<u8> {
        format!("{:#}\n", Value::Object(self.object.clone())).into_bytes()
    }

    /// The annotation as a value, for exports and listings.
    pub const fn as_object(&self) -> &Map<String, Value> {
        &self.object
    }

    /// Its identifier, `urn:uuid:…` where this program made it.
    pub fn id(&self) -> &str {
        self.string("id")
    }

    /// When it was made; empty where unknown.
    pub fn created(&self) -> &str {
        self.string("created")
    }

    /// When it was last changed; when it was made if never.
    pub fn modified(&self) -> &str {
        match self.string("modified") {
            "" => self.created(),
            modified => modified,
        }
    }

    /// Whether the reader deleted it.
    pub fn is_deleted(&self) -> bool {
        self.object.get("recto:deleted") == Some(&Value::Bool(true))
    }

    /// The reader's note.
    pub fn note(&self) -> Option<&str> {
        body::note(&self.object)
    }

    /// The reader's tags.
    pub fn tags(&self) -> Vec<&str> {
        body::tags(&self.object)
    }

    /// The words that it marks; empty for some deleted ones.
    pub fn words(&self) -> &str {
        self.exact().unwrap_or_default()
    }

    /// How to find its passage.
    pub fn anchor(&self) -> Anchor {
        let quote = self.selector("TextQuoteSelector");
        let place = self.selector("TextPositionSelector");
        let string = |name: &str| {
            let value = quote.and_then(|quote| quote.get(name)?.as_str());
            value.unwrap_or_default().to_owned()
        };
        let number = |name: &str| {
            let value = place.and_then(|place| place.get(name)?.as_u64());
            value.and_then(|value| u32::try_from(value).ok())
        };
        Anchor {
            exact: string("exact"),
            prefix: string("prefix"),
            suffix: string("suffix"),
            start: number("start").unwrap_or(u32::MAX),
            end: number("end").unwrap_or(u32::MAX),
            comment: self.object.get("recto:comment").and_then(comment_of),
        }
    }

    /// The article that it belongs to; none where another program made it.
    pub fn key(&self) -> Option<ArticleKey> {
        ArticleKey::parse(self.string("recto:article"))
    }

    /// What is known of its article; none where another program made it.
    pub fn origin(&self) -> Option<Origin> {
        let optional = |name: &str| Some(self.string(name).to_owned()).filter(|s| !s.is_empty());
        let source = self.target().and_then(|target| target.get("source")?.as_str());
        Some(Origin {
            key: self.key()?,
            url: source.filter(|source| !source.starts_with("urn:")).map(str::to_owned),
            title: optional("recto:title"),
            author: optional("recto:author"),
            text: self.string("recto:text").to_owned(),
            path: optional("recto:path"),
        })
    }

    /// Changes the note; an empty one is none.
    pub fn set_note(&mut self, note: &str, now: &str) {
        body::set_note(&mut self.object, note);
        self.touch(Part::Note, now);
    }

    /// Changes the tags.
    pub fn set_tags(&mut self, tags: &[&str], now: &str) {
        body::set_tags(&mut self.object, tags);
        self.touch(Part::Tags, now);
    }

    /// Lets it mark the passage of `anchor` in the text of that fingerprint, as when the reader
    /// confirms where an edited one is.
    pub fn confirm(&mut self, anchor: &Anchor, text: &str, now: &str) {
        self.object.insert("recto:text".into(), text.into());
        self.set_anchor(anchor, now);
    }

    /// Lets it mark another passage, as when the reader confirms where an edited one is.
    pub fn set_anchor(&mut self, anchor: &Anchor, now: &str) {
        self.place(anchor);
        self.touch(Part::Place, now);
    }

    fn place(&mut self, anchor: &Anchor) {
        let comment = anchor.comment.as_ref();
        let quote = [
            ("exact", anchor.exact.as_str().into()),
            ("prefix", anchor.prefix.as_str().into()),
            ("suffix", anchor.suffix.as_str().into()),
        ];
        let place = [("start", anchor.start.into()), ("end", anchor.end.into())];
        self.set_selector("TextQuoteSelector", &quote);
        self.set_selector("TextPositionSelector", &place);
        match comment {
            Some(comment) => {
                let old = self.object.remove("recto:comment");
                let mut member = old.map(object).unwrap_or_default();
                member.insert("id".into(), comment.id.as_str().into());
                member.insert("author".into(), comment.author.as_deref().into());
                member.insert("whole".into(), comment.whole.into());
                self.object.insert("recto:comment".into(), Value::Object(member));
            }
            None => drop(self.object.remove("recto:comment")),
        }
    }

    /// Moves it to the article `key`.
    pub fn set_key(&mut self, key: &ArticleKey) {
        self.object.insert("recto:article".into(), key.as_str().into());
    }

    /// Notes where the file was last seen.
    pub fn set_path(&mut self, path: Option<&str>) {
        self.set_or_remove("recto:path", path);
    }

    /// Turns it into a tombstone: it stays a file, so that another device does not bring it back.
    pub fn delete(&mut self, now: &str) {
        self.object.insert("recto:deleted".into(), true.into());
        self.touch(Part::Deletion, now);
    }

    /// Takes back [`Bookmark::delete`].
    pub fn restore(&mut self, now: &str) {
        self.object.remove("recto:deleted");
        self.touch(Part::Deletion, now);
    }

    /// Notes when a part was changed. What is made and annotated in one moment is new.
    fn touch(&mut self, part: Part, now: &str) {
        if self.created() == now && self.modified() == now {
            return;
        }
        let now = time::after(now, self.modified());
        let mut changed = self.object.remove("recto:changed").map(object).unwrap_or_default();
        changed.insert(part.name().into(), now.as_str().into());
        self.object.insert("recto:changed".into(), Value::Object(changed));
        self.object.insert("modified".into(), now.into());
    }

    /// A bookmark of the members that a merge of others left.
    pub(super) const fn of_members(object: Map<String, Value>) -> Self {
        Self { object }
    }

    fn string(&self, name: &str) -> &str {
        self.object.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    fn set_or_remove(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.object.insert(name.into(), value.into()),
            None => self.object.remove(name),
        };
    }

    fn target(&self) -> Option<&Map<String, Value>> {
        each(self.object.get("target")).find_map(Value::as_object)
    }

    fn selector(&self, kind: &str) -> Option<&Map<String, Value>> {
        let selectors = each(self.target()?.get("selector")).filter_map(Value::as_object);
        let refining =
            selectors.clone().filter_map(|selector| selector.get("refinedBy")?.as_object());
        selectors.chain(refining).find(|selector| holds(selector.get("type"), kind))
    }

    fn exact(&self) -> Option<&str> {
        self.selector("TextQuoteSelector")?.get("exact")?.as_str()
    }

    /// Changes some members of the selector of that kind, or adds one.
    fn set_selector(&mut self, kind: &str, members: &[(&str, Value)]) {
        let mut target = self.target().cloned().unwrap_or_default();
        let mut selectors: Vec<Value> = each(target.get("selector")).cloned().collect();
        let is_kind = |selector: &Value| holds(selector.get("type"), kind);
        let index = selectors.iter().position(is_kind).unwrap_or(selectors.len());
        if index == selectors.len() {
            selectors.push(json!({"type": kind}));
        }
        if let Some(selector) = selectors[index].as_object_mut() {
            selector.extend(members.iter().map(|(name, value)| ((*name).into(), value.clone())));
        }
        target.insert("selector".into(), Value::Array(selectors));
        self.set_target(target);
    }

    /// Puts the first target that is an object back, or makes it the only one.
    fn set_target(&mut self, target: Map<String, Value>) {
        let place = match self.object.get_mut("target") {
            Some(Value::Array(targets)) => targets.iter_mut().find(|target| target.is_object()),
            one => one,
        };
        match place {
            Some(place) => *place = Value::Object(target),
            None => drop(self.object.insert("target".into(), Value::Object(target))),
        }
    }
}

/// A member that may be one value or a list of them.
pub(super) fn each(member: Option<&Value>) -> std::slice::Iter<'_, Value> {
    match member {
        Some(Value::Array(list)) => list.iter(),
        Some(one) => std::slice::from_ref(one).iter(),
        None => [].iter(),
    }
}

/// Whether a member is that name or a list with it.
pub(super) fn holds(member: Option<&Value>, name: &str) -> bool {
    each(member).any(|value| value.as_str() == Some(name))
}

fn comment_of(member: &Value) -> Option<InComment> {
    Some(InComment {
        id: member.get("id")?.as_str()?.to_owned(),
        author: member.get("author").and_then(Value::as_str).map(str::to_owned),
        whole: member.get("whole").and_then(Value::as_bool).unwrap_or(false),
    })
}

/// The members of a value that is an object; none of another.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
