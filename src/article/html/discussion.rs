//! The comments of a page: which elements are comments, by a known system or by what repeats, and
//! what each says.
//!
//! May not know: the article.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::Head;
use super::super::builder::{Passage, one_line};
use super::super::markup::blocks::{self, Piece};
use super::super::markup::tree::Tree;
use super::super::said::{Answers, Said};
use super::elements::{Element, Form};
use super::first_text;
use super::forms::{ASIDE, AUTHORS, Post, SCORES, SYSTEMS, System, TIMES, WORDS};

/// Longest name of an author, in bytes.
const NAME: usize = 100;

/// Who put up a page that is a discussion.
const POSTERS: [&str; 3] = ["a.hnuser", "a.u-author", "a.author"];

/// The comments, and what the page says beside them.
#[derive(Debug, Default)]
pub(super) struct Discussion {
    pub(super) said: Vec<Said>,
    /// Their elements, sorted.
    pub(super) nodes: Vec<usize>,
    /// Whether the page is a discussion, and its article is `post`.
    pub(super) owns_page: bool,
    pub(super) post: Vec<Piece>,
    pub(super) head: Head,
    pub(super) note: Option<String>,
}

/// Finds the comments of a page.
pub(super) fn find(tree: &Tree<'_>) -> Discussion {
    let reader = Reader::new(tree);
    for system in SYSTEMS {
        let (page, form) = (Form::parse(system.page), Form::parse(system.comment));
        if page != Form::default() && reader.all(|element| page.fits(element)).is_empty() {
            continue;
        }
        let nodes = reader.all(|element| form.fits(element));
        let found = reader.read(&nodes);
        if !found.is_empty() {
            return finish(tree, system, found, nodes);
        }
    }
    let system = System { name: "repeated elements", page: "", comment: "", post: Post::Article };
    let (found, nodes) = repeated(&reader);
    if found.is_empty() { Discussion::default() } else { finish(tree, system, found, nodes) }
}

fn finish(tree: &Tree<'_>, system: System, mut said: Vec<Said>, nodes: Vec<usize>) -> Discussion {
    let note = Some(format!("comments by the markup of {}: {}", system.name, said.len()));
    let mut out = Discussion { nodes, note, ..Discussion::default() };
    match system.post {
        Post::Article => {}
        Post::First => {
            let first = said.remove(0);
            for one in &mut said {
                one.answers = match std::mem::take(&mut one.answers) {
                    Answers::Place(0) => Answers::Article,
                    Answers::Place(place) => Answers::Place(place - 1),
                    other => other,
                };
            }
            out.owns_page = true;
            out.head.authors = first.author.into_iter().collect();
            out.head.published = first.time;
            out.post = first.pieces;
        }
        Post::Own(titles, texts) => own(tree, titles, texts, &mut out),
    }
    out.said = said;
    out
}

/// Title, link and text of a page that is a discussion.
fn own(tree: &Tree<'_>, titles: &[&str], texts: &[&str], out: &mut Discussion) {
    out.owns_page = true;
    if let Some((at, title)) = first_text(tree, titles) {
        out.head.title = Some(title);
        let link = (at..tree.end(at)).find_map(|at| tree.attribute(at, "href"));
        out.head.url = link.map(Cow::into_owned).filter(|url| url.contains("://"));
    }
    let first = out.nodes.first().copied().unwrap_or(tree.len());
    let above = |forms: &[&str]| first_text(tree, forms).filter(|(at, _)| *at < first);
    out.head.authors = above(&POSTERS).map(|(_, name)| name).into_iter().collect();
    if let Some((at, _)) = above(texts) {
        out.post = blocks::read(tree, at..tree.end(at), &[]);
    }
    if out.post.is_empty()
        && let Some(url) = out.head.url.clone()
    {
        let span = (0..url.len()).into();
        let links = vec![super::super::Link::new(span, url.clone())];
        let passage = Passage { text: url, links, ..Passage::default() };
        out.post.push(Piece { kind: super::super::BlockKind::Paragraph, passage });
    }
}

/// Parts of names of classes that stand for a part of a comment, or for all comments.
const PARTS: [&str; 26] = [
    "form",
    "respond",
    "list",
    "wrap",
    "area",
    "count",
    "link",
    "meta",
    "author",
    "content",
    "body",
    "text",
    "header",
    "footer",
    "date",
    "time",
    "action",
    "recent",
    "widget",
    "reply",
    "nav",
    "section",
    "container",
    "title",
    "by-",
    "avatar",
];

/// The group of elements of one name and class that names comments, most of whose members have an
/// author and words.
fn repeated(reader: &Reader<'_>) -> (Vec<Said>, Vec<usize>) {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for element in &reader.elements {
        let name = reader.tree.name(element.at);
        if !matches!(name, "div" | "li" | "article" | "section" | "tr" | "dd") {
            continue;
        }
        let named = |class: &&str| {
            let class = class.to_lowercase();
            class.contains("comment") && !PARTS.iter().any(|part| class.contains(part))
        };
        for class in element.classes().filter(named) {
            groups.entry(format!("{name}.{class}")).or_default().push(element.at);
        }
        let id = element.attribute("id").unwrap_or_default();
        let numbered = ["comment-", "comment_", "comment", "c"].iter().any(|lead| {
            id.strip_prefix(lead)
                .is_some_and(|n| n.len() > 1 && n.bytes().all(|b| b.is_ascii_digit()))
        });
        if numbered {
            groups.entry(format!("{name}#")).or_default().push(element.at);
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort();
    // Nested groups read the same elements again, so only the largest few are read.
    groups.sort_by_key(|(_, nodes)| std::cmp::Reverse(nodes.len()));
    groups.truncate(8);
    let read = groups.into_iter().map(|(_, mut nodes)| {
        nodes.dedup();
        (reader.read(&nodes), nodes)
    });
    let good = |said: &[Said]| said.iter().filter(|one| one.author.is_some()).count();
    read.rev()
        .max_by_key(|(said, _)| good(said))
        .filter(|(said, _)| good(said) > 0)
        .unwrap_or_default()
}

struct Reader<'a> {
    tree: &'a Tree<'a>,
    /// All elements, in order.
    elements: Vec<Element<'a>>,
    authors: Vec<Form<'static>>,
    words: Vec<Form<'static>>,
    times: Vec<Form<'static>>,
    scores: Vec<Form<'static>>,
    aside: Vec<Form<'static>>,
    /// For each element, how many elements that indent hold it, as Drupal and others nest.
    indents: Vec<u32>,
}

/// Classes of elements that indent what they hold.
const INDENTING: [&str; 4] = ["indented", "children", "replies", "child"];

fn indents(tree: &Tree<'_>, elements: &[Element<'_>]) -> Vec<u32> {
    let mut open: Vec<usize> = Vec::new();
    let mut depth = |element: &Element<'_>| {
        while open.last().is_some_and(|&end| end <= element.at) {
            open.pop();
        }
        let depth = open.len() as u32;
        if element.classes().any(|class| INDENTING.contains(&class)) {
            open.push(tree.end(element.at));
        }
        depth
    };
    elements.iter().map(&mut depth).collect()
}

fn forms(texts: &[&'static str]) -> Vec<Form<'static>> {
    texts.iter().map(|text| Form::parse(text)).collect()
}

impl<'a> Reader<'a> {
    fn new(tree: &'a Tree<'a>) -> Self {
        let named = tree.all().filter(|&at| !tree.name(at).is_empty());
        let elements: Vec<_> = named.map(|at| Element::of(tree, at)).collect();
        Self {
            tree,
            indents: indents(tree, &elements),
            elements,
            authors: forms(&AUTHORS),
            words: forms(&WORDS),
            times: forms(&TIMES),
            scores: forms(&SCORES),
            aside: forms(&ASIDE),
        }
    }

    fn all(&self, fits: impl Fn(&Element<'_>) -> bool) -> Vec<usize> {
        self.elements.iter().filter(|element| fits(element)).map(|element| element.at).collect()
    }

    /// Reads the comments at `nodes` (sorted); one without words is none.
    fn read(&self, nodes: &[usize]) -> Vec<Said> {
        let mut said: Vec<Said> = Vec::new();
        // The open comments: where each ends, its depth, and its place.
        let mut open: Vec<(usize, u32)> = Vec::new();
        let mut levels: Vec<(u32, u32)> = Vec::new();
        for &at in nodes {
            if self.tree.is_over() {
                break;
            }
            while open.last().is_some_and(|&(end, _)| end <= at) {
                open.pop();
            }
            let Some(mut one) = self.comment(at, nodes) else { continue };
            let place = said.len() as u32;
            let level = self.level(at);
            if let Some(level) = level {
                while levels.last().is_some_and(|&(above, _)| above >= level) {
                    levels.pop();
                }
            }
            let holder = open.last().map(|&(_, place)| place);
            let parent = holder.or_else(|| level.and(levels.last().map(|&(_, place)| place)));
            one.answers = parent.map_or(Answers::Article, Answers::Place);
            levels.extend(level.map(|level| (level, place)));
            open.push((self.tree.end(at), place));
            said.push(one);
        }
        said
    }

    /// The elements of a comment that are not those of another inside it.
    fn own(&self, at: usize, nodes: &[usize]) -> Vec<&Element<'a>> {
        let end = self.tree.end(at);
        let mut next = nodes.partition_point(|&node| node <= at);
        let mut found = Vec::new();
        let mut index = self.elements.partition_point(|element| element.at < at);
        while let Some(element) = self.elements.get(index).filter(|element| element.at < end) {
            if nodes.get(next) == Some(&element.at) {
                let inner = self.tree.end(element.at);
                index = self.elements.partition_point(|element| element.at < inner);
                next = nodes.partition_point(|&node| node < inner);
                continue;
            }
            found.push(element);
            index += 1;
        }
        found
    }

    fn comment(&self, at: usize, nodes: &[usize]) -> Option<Said> {
        let own = self.own(at, nodes);
        let first = |forms: &[Form<'_>]| {
            forms.iter().find_map(|form| own.iter().find(|element| form.fits(element)).copied())
        };
        let name = |form: &Form<'_>| {
            let fitting = own.iter().filter(|element| form.fits(element));
            fitting
                .map(|element| (element.at, self.tree.text(element.at)))
                .find(|(_, text)| is_name(text))
        };
        let author = self.authors.iter().find_map(name);
        let words = first(&self.words);
        let mut skip: Vec<usize> = own
            .iter()
            .filter(|element| self.aside.iter().any(|form| form.fits(element)))
            .map(|element| element.at)
            .collect();
        let from = words.map_or(at, |words| words.at);
        skip.retain(|&node| node != from);
        skip.extend(author.iter().map(|(at, _)| *at));
        skip.extend(
            nodes
                .iter()
                .skip(nodes.partition_point(|&node| node <= at))
                .take_while(|&&node| node < self.tree.end(at)),
        );
        if words.is_none() {
            skip.extend(
                own.iter().filter(|e| self.times.iter().any(|form| form.fits(e))).map(|e| e.at),
            );
        }
        skip.sort_unstable();
        skip.dedup();
        let pieces = blocks::quoted(blocks::read(self.tree, from..self.tree.end(from), &skip));
        let time = self.times.iter().find_map(|form| {
            own.iter().filter(|element| form.fits(element)).find_map(|element| self.time(element))
        });
        let known = author.is_some() || words.is_some();
        let root = own.first()?;
        (known && !pieces.is_empty()).then(|| Said {
            id: id(root),
            answers: Answers::Article,
            author: author.map(|(_, name)| without_verb(&name)),
            time,
            score: first(&self.scores).and_then(|element| self.score(element)),
            pieces,
        })
    }

    fn time(&self, element: &Element<'_>) -> Option<String> {
        let stamp = ["datetime", "content", "title"].iter().find_map(|key| element.attribute(key));
        let stamp = stamp.filter(|stamp| stamp.bytes().any(|byte| byte.is_ascii_digit()));
        let text = stamp.map_or_else(|| self.tree.text(element.at), one_line);
        let dated = text.bytes().any(|byte| byte.is_ascii_digit());
        (dated && text.len() <= 60).then_some(text)
    }

    fn score(&self, element: &Element<'_>) -> Option<i64> {
        let text =
            element.attribute("title").map_or_else(|| self.tree.text(element.at), str::to_owned);
        let word = text.split_whitespace().next()?.replace(['−', ','], "-");
        word.trim_start_matches('+').parse().ok()
    }

    /// How deep a comment is by what its page says: in figures, or by what it stands in.
    fn level(&self, at: usize) -> Option<u32> {
        let element = Element::of(self.tree, at);
        let figure = element.classes().find_map(|class| {
            ["depth-", "level-", "indent-"]
                .iter()
                .find_map(|lead| class.strip_prefix(lead)?.parse().ok())
        });
        let index = self.elements.partition_point(|element| element.at < at);
        let indented = || self.indents.get(index).copied();
        figure.or_else(|| self.indent(at)).or_else(indented)
    }

    /// Hacker News: a cell of a width.
    fn indent(&self, at: usize) -> Option<u32> {
        let cell = self.tree.inside(at).take(40).find(|&at| {
            self.tree.name(at) == "td"
                && self.tree.attribute(at, "class").is_some_and(|c| c == "ind")
        })?;
        let written = self.tree.attribute(cell, "indent").and_then(|indent| indent.parse().ok());
        let image = || {
            let image = self.tree.inside(cell).find(|&at| self.tree.name(at) == "img")?;
            let width: u32 = self.tree.attribute(image, "width")?.parse().ok()?;
            Some(width / 40)
        };
        written.or_else(image)
    }
}

fn id(element: &Element<'_>) -> String {
    let keys = ["data-fullname", "data-shortid", "data-comment-id", "id"];
    keys.iter().find_map(|key| element.attribute(key)).unwrap_or_default().to_owned()
}

fn is_name(text: &str) -> bool {
    (1..=NAME).contains(&text.len()) && text.contains(char::is_alphanumeric)
}

/// A name without the verb that some themes put into its element.
fn without_verb(name: &str) -> String {
    let name = name.trim_end_matches([':', ',', ' ']);
    let verbs = [" says", " said", " sagt", " dit", " dijo"];
    verbs.iter().find_map(|verb| name.strip_suffix(verb)).unwrap_or(name).to_owned()
}
