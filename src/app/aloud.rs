//! What the screen shows, in words: for readers who listen or feel, one line a thing.
//!
//! May not know: rows, columns, colours, where the words go.

use crate::app::Model;
use crate::app::entities::Line;
use crate::app::lists::item::Item;
use crate::app::lists::list::List;
use crate::app::lists::overlay::Overlay;
use crate::app::lists::palette::{Palette, Scope};
use crate::app::reading::passage::sentence_at;
use crate::app::status;
use crate::article::{Block, BlockKind, Comment};
use crate::layout::panes::Pane;
use crate::text::span::Span;

/// What was said so far of where the reader is.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    focus: Pane,
    at: u32,
    comment: Option<usize>,
    names: Vec<Line>,
    overlay: Option<Overlay>,
}

impl Heard {
    /// All that the model shows.
    pub fn all(model: &Model) -> Self {
        let names = if model.focus() == Pane::Entities { &model.entities.lines[..] } else { &[] };
        Self {
            focus: model.focus(),
            at: model.at(),
            comment: comment(model),
            names: names.to_vec(),
            overlay: model.overlay.clone(),
        }
    }
}

/// What is said first: the article, and where reading goes on.
pub fn opening(model: &Model) -> Vec<String> {
    let head = &model.doc.head;
    let mut lines =
        vec![head.title.clone().unwrap_or_else(|| "An article without a title.".into())];
    lines.extend(Some(head.byline()).filter(|byline| !byline.is_empty()));
    lines.push(count(model.doc.comments.len(), "comment"));
    lines.push("Enter reads on, a command does more, help lists the commands, close ends.".into());
    if let Some(message) = &model.message {
        lines.push(message.clone());
    }
    lines.push(pane(model.view.reading).into());
    lines.extend(here(model, None));
    lines
}

/// What changed since something was heard.
pub fn news(model: &Model, heard: &Heard) -> Vec<String> {
    let now = Heard::all(model);
    let mut lines = Vec::new();
    if now.focus != heard.focus {
        lines.push(pane(now.focus).into());
    }
    if now.focus == Pane::Entities && now.names != heard.names {
        lines.extend(names(model));
    }
    if now.focus != Pane::Entities && (now.at != heard.at || now.focus != heard.focus) {
        lines.extend(here(model, heard.comment));
        lines.extend(Some(status::walk(model)).filter(|walk| !walk.is_empty()));
    }
    if now.overlay != heard.overlay {
        lines.extend(overlay(model));
    }
    lines.extend(model.message.clone());
    if lines.is_empty() {
        let closed = now.overlay != heard.overlay;
        lines.push(if closed { "closed" } else { "nothing changed" }.into());
    }
    lines
}

/// All commands by topic: name, what it does, its keys.
pub fn help(model: &Model) -> Vec<String> {
    let keymap = &model.settings.keymap;
    let mut lines = vec![
        "A command is its name, the start of its name, or its keys. A number chooses a line of \
         what was listed last. Slash and words search."
            .to_owned(),
    ];
    let mut last = "";
    for (command, (topic, binding)) in keymap.commands().iter().enumerate() {
        if std::mem::replace(&mut last, topic) != *topic {
            lines.push(format!("{topic}:"));
        }
        let keys = match keymap.written(command) {
            keys if keys.is_empty() => String::new(),
            keys => format!(" ({keys})"),
        };
        lines.push(format!("{}: {}{keys}", binding.name, binding.help));
    }
    lines
}

const fn pane(pane: Pane) -> &'static str {
    match pane {
        Pane::Body => "Article.",
        Pane::Comments => "Comments.",
        Pane::Entities => "Entities.",
    }
}

/// The passage under the cursor; its comment is named where it is not the known one.
fn here(model: &Model, known: Option<usize>) -> Vec<String> {
    let (doc, at) = (&model.doc, model.at());
    let Some(block) = doc.blocks.get(doc.block_at(at)) else { return Vec::new() };
    let mut lines = Vec::new();
    let inside = comment(model).and_then(|index| Some((index, doc.comments.get(index)?)));
    if let Some((index, one)) = inside.filter(|&(index, _)| Some(index) != known) {
        lines.push(head(model, index, one));
    }
    let passage = match (block.kind(), inside) {
        (BlockKind::Author, Some((_, one))) => {
            let blocks = doc.comment_blocks(one).iter();
            let texts = blocks.filter(|block| block.kind() != BlockKind::Author);
            lines.extend(texts.map(|block| words(model, block)));
            doc.comment_span(one)
        }
        _ if block.span.start == at => {
            lines.push(words(model, block));
            block.span
        }
        _ => {
            let sentence = sentence_at(doc, at);
            lines.push(doc.slice(sentence).trim().to_owned());
            sentence
        }
    };
    lines.extend(signs(model, passage));
    lines
}

/// The comment under the cursor.
fn comment(model: &Model) -> Option<usize> {
    model.comment().filter(|_| model.view.reading == Pane::Comments)
}

/// What the panes show beside a passage.
fn signs(model: &Model, passage: Span) -> Vec<String> {
    let mut lines = Vec::new();
    let ties = model.ties();
    match ties.leaving(passage).len() {
        0 => {}
        1 => lines.push("It takes up a passage of the article: go.".into()),
        many => lines.push(format!("It takes up {many} passages of the article: go.")),
    }
    match model.takers(passage).0 {
        0 => {}
        1 => lines.push("1 comment takes it up: go.".into()),
        takers => lines.push(format!("{takers} comments take it up: go.")),
    }
    for (_, mark) in model.marks.within(passage) {
        let note = if mark.has_note() {
            format!("Bookmarked: {}", mark.note)
        } else {
            "Bookmarked.".into()
        };
        lines.push(note);
    }
    lines
}

/// Who wrote a comment, when, in answer to whom.
fn head(model: &Model, index: usize, comment: &Comment) -> String {
    let doc = &model.doc;
    let author = doc.author(comment).unwrap_or("someone");
    let of = format!("Comment {} of {} by {author}", index + 1, doc.comments.len());
    let parent = comment.parent().and_then(|parent| doc.comments.get(parent as usize));
    let answers =
        parent.map(|parent| format!("answers {}", doc.author(parent).unwrap_or("someone")));
    let score = comment.score().map(|score| format!("score {score}"));
    let new = model.fresh.binary_search(&(index as u32)).is_ok().then(|| "new".to_owned());
    let parts = [Some(of), answers, doc.comments.time(comment).map(str::to_owned), score, new];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ") + "."
}

/// A block as one line, and what it is where it is not running text.
fn words(model: &Model, block: &Block) -> String {
    let words = model.doc.words(block).trim().replace('\n', " ");
    match block.kind() {
        BlockKind::Title => format!("Title: {words}"),
        BlockKind::Heading(level) => format!("Heading {level}: {words}"),
        BlockKind::Quote(_) => format!("Quoted: {words}"),
        BlockKind::Item(_, Some(number)) => format!("{number}. {words}"),
        BlockKind::Item(_, None) => format!("Item: {words}"),
        BlockKind::Code => format!("Code: {}", model.doc.words(block).replace('\n', " ; ")),
        BlockKind::Row(_) => format!("Row: {}", words.replace('\t', ", ")),
        BlockKind::Byline | BlockKind::Paragraph | BlockKind::Rule | BlockKind::Author => words,
    }
}

/// The list of names, numbered as [`Model::choose_number`] counts.
fn names(model: &Model) -> Vec<String> {
    let mut number = 0;
    let line = |line: &Line| match line {
        Line::Heading(kind) => format!("{kind}:"),
        Line::Entity(index) => {
            number += 1;
            let entity = &model.found.names.entities[*index as usize];
            let body = entity.in_body as usize;
            let there = entity.mentions.len() - body;
            format!("{number}. {}, {body} in the article, {there} in the comments", entity.name)
        }
    };
    let lines: Vec<String> = model.entities.lines.iter().map(line).collect();
    if lines.is_empty() { vec!["No names were found.".into()] } else { lines }
}

/// What lies over the panes.
fn overlay(model: &Model) -> Vec<String> {
    match &model.overlay {
        Some(Overlay::List(list)) => listed(list),
        Some(Overlay::Palette(palette)) => offered(palette),
        Some(Overlay::Prompt(prompt)) => {
            let typed = prompt.field.text();
            vec![format!("{}{typed} (type it; a full stop alone gives up)", prompt.sign())]
        }
        Some(Overlay::Picture(_)) | None => Vec::new(),
    }
}

fn listed(list: &List) -> Vec<String> {
    let mut lines = vec![format!("{}, {}:", list.topic.title(), count(list.len(), "line"))];
    lines.extend(numbered(list.lines(0)));
    lines
}

fn offered(palette: &Palette) -> Vec<String> {
    let mut lines = Vec::new();
    if palette.scope != Scope::Everything {
        lines.push(format!("{}:", palette.scope.title()));
        lines.extend(numbered(palette.items.iter()));
    }
    lines.push(format!("{} (type some letters; a full stop alone gives up)", palette.scope.sign()));
    lines
}

/// Lines with numbers; headings have none.
fn numbered<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<String> {
    let mut number = 0;
    let line = |item: &Item| {
        if item.heading {
            return format!("{}:", item.text);
        }
        number += 1;
        let parts = [&item.lead, &item.text, &item.more];
        let parts = parts.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty());
        format!("{number}. {}", parts.collect::<Vec<_>>().join(", "))
    };
    items.map(line).collect()
}

fn count(number: usize, what: &str) -> String {
    match number {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
