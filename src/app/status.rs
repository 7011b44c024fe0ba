//! What the lines at the top and the bottom say.

use crate::app::Model;
use crate::app::action::{Action, Purpose, Scroll, Topic, Trail, Way};
use crate::app::file::arriving::Arriving;
use crate::app::file::fetching::Fetching;
use crate::app::file::reload::Change;
use crate::app::lists::field::Field;
use crate::app::lists::list::List;
use crate::app::lists::overlay::Overlay;
use crate::app::lists::palette::Scope;
use crate::app::lists::prompt::Prompt;
use crate::app::reading::jumps::Followed;
use crate::layout::panes::Pane;
use crate::record::anchor::Verdict;
use crate::text::shown;
use crate::text::span::{self, Span};

/// Bytes of text read in a minute: 238 words (the mean of 190 studies of silent reading in
/// English: Brysbaert, “How many words do we read per minute?”, 2019) of six bytes each.
const BYTES_A_MINUTE: u32 = 238 * 6;

/// A line with something at either end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// At the left.
    pub left: String,
    /// After it, quieter.
    pub aside: String,
    /// At the right.
    pub right: String,
    /// Cells of the left before the cursor, where a line is being typed.
    pub cursor: Option<usize>,
}

/// The line at the top: title, author, time left; how much is read.
pub fn title(model: &Model) -> Line {
    let head = &model.doc.head;
    let authors = shown::line(&head.authors.join(", "));
    let left = head.title.as_deref().map(shown::line).unwrap_or_default();
    let first_words = if left.is_empty() { first_words(model) } else { String::new() };
    let parts = [first_words, authors, time_left(model)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let right = match model.arriving {
        Some(_) => "…".into(),
        None => format!("{}%", percent(model)),
    };
    Line { left, aside: parts.join(" · "), right, cursor: None }
}

/// Stands for the title of an article that has none.
fn first_words(model: &Model) -> String {
    let doc = model.beginning();
    let first = doc.body_blocks().first().map(|block| doc.words(block));
    shown::fit(first.unwrap_or_default().trim(), 40)
}

/// How much of the body has been shown, in percent.
pub fn percent(model: &Model) -> u32 {
    let flow = model.flow(Pane::Body);
    let end = flow.span().end.max(1);
    let height = model.column(Pane::Body).text.height;
    let shown = flow.window(model.top(Pane::Body), height).end.min(end);
    (u64::from(shown) * 100 / u64::from(end)) as u32
}

fn time_left(model: &Model) -> String {
    if model.arriving.is_some() {
        return String::new();
    }
    let flow = model.flow(Pane::Body);
    let end = flow.span().end;
    let height = model.column(Pane::Body).text.height;
    if flow.window(model.top(Pane::Body), height).end >= end {
        return String::new();
    }
    let left = end.saturating_sub(model.top(Pane::Body));
    format!("{} min left", left.div_ceil(BYTES_A_MINUTE))
}

/// The line at the bottom: a message, or where the reader is and which keys help next.
pub fn status(model: &Model) -> Line {
    match (&model.message, &model.overlay) {
        (_, Some(Overlay::Prompt(prompt))) => typed(model, prompt),
        (_, Some(Overlay::Palette(palette))) => {
            let right = "Enter ok  Esc back".into();
            Line { right, ..in_line(palette.scope.sign(), &palette.field) }
        }
        (Some(message), None | Some(Overlay::Picture(_))) => {
            Line { left: shown::line(message), right: hints(model), ..Line::default() }
        }
        (Some(message), Some(Overlay::List(list))) => {
            Line { left: shown::line(message), right: list_hints(list), ..Line::default() }
        }
        (None, Some(Overlay::List(list))) => {
            Line { left: list.topic.title().into(), right: list_hints(list), ..Line::default() }
        }
        (None, Some(Overlay::Picture(picture))) => {
            let right = "q close".into();
            Line { left: shown::line(&picture.words), right, ..Line::default() }
        }
        (None, None) => {
            let aside = coming(model).unwrap_or_else(|| {
                joined([changed(model), walk(model), echoes(model).into(), working(model)])
            });
            Line { left: pane(model).into(), aside, right: hints(model), cursor: None }
        }
    }
}

/// What is fetched or still being read, and how much of it has come; or why it does not come.
fn coming(model: &Model) -> Option<String> {
    match (&model.fetching, &model.arriving) {
        (Some(Fetching { host, bytes }), _) => {
            Some(format!("fetching from {}{}…", shown::line(host), so_far(model, *bytes)))
        }
        (None, Some(Arriving { failed: Some(why), .. })) => Some(shown::line(why)),
        (None, Some(arriving)) => Some(format!("reading{}…", so_far(model, arriving.bytes))),
        (None, None) => None,
    }
}

/// How many bytes that is; without numbers that change where the reader wants none.
fn so_far(model: &Model, bytes: u64) -> String {
    match bytes {
        0 => String::new(),
        _ if !model.settings.motion => String::new(),
        1..1_000_000 => format!(" {} KB", bytes.div_ceil(1000)),
        _ => format!(" {} MB", bytes / 1_000_000),
    }
}

/// What is still being looked for; without numbers that change where the reader wants none.
fn working(model: &Model) -> String {
    let said = model.progress.said();
    if model.settings.motion || said.is_empty() {
        said
    } else {
        "looking for names and links…".into()
    }
}

/// What became of the file since it was read.
fn changed(model: &Model) -> String {
    model.changed.map(|change| change.said().to_owned()).unwrap_or_default()
}

/// Things to say, any of which may be empty.
fn joined(parts: [String; 4]) -> String {
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// What is left out by the reader's choice.
fn echoes(model: &Model) -> &'static str {
    if model.view.echoes { "" } else { "quotations only" }
}

/// The line that is being typed; what there is to say stands at its right.
fn typed(model: &Model, prompt: &Prompt) -> Line {
    let said = model.message.as_deref().map(shown::line);
    let right = said.unwrap_or_else(|| hits(model, "Enter ok  Esc back"));
    Line { right, ..in_line(prompt.sign(), &prompt.field) }
}

fn in_line(sign: &str, field: &Field) -> Line {
    let (before, after) = field.parts();
    let before = format!("{sign}{}", shown::line(before));
    let cursor = Some(shown::width(&before));
    Line { cursor, left: before + &shown::line(after), ..Line::default() }
}

/// Whether a list points at a bookmark that the reader should judge.
fn is_doubtful(list: &List) -> bool {
    let verdict = list.pointed().and_then(|item| item.verdict);
    matches!(verdict, Some(Verdict::Edited | Verdict::Ambiguous))
}

/// The keys that a list takes, the one that most depends on it first.
fn list_hints(list: &List) -> String {
    let keys = match list.topic {
        Topic::Bookmarks if is_doubtful(list) => {
            "x delete  a note  C it is right  Enter go  q close"
        }
        Topic::Bookmarks => "s sort  x delete  a note  & filter  Enter go  q close",
        Topic::AllBookmarks => "s sort  x delete  a note  & filter  Enter open  q close",
        Topic::Home => "& filter  Enter open  q close",
        Topic::Deleted => "& filter  Enter bring back  q close",
        Topic::Places => "Enter this one  q close",
        Topic::Folder => "& filter  O from the web  Enter go  q close",
        Topic::Web => "Enter fetch  q close",
        Topic::Related => "O from the web  & filter  q close",
        Topic::Details => "& filter  q close",
        _ => "& filter  Enter go  q close",
    };
    keys.into()
}

fn pane(model: &Model) -> &'static str {
    match model.focus() {
        Pane::Body => "article",
        Pane::Comments => "comments",
        Pane::Entities => "entities",
    }
}

fn hits(model: &Model, otherwise: &str) -> String {
    if model.search.query.is_empty() || model.typed().is_none() {
        return otherwise.into();
    }
    let counts = counts(model);
    match model.search.flaw() {
        Some(flaw) => format!("as plain words: {flaw} · {counts}"),
        None => counts,
    }
}

/// Hits a pane.
fn counts(model: &Model) -> String {
    let body = model.search.hits_before(model.doc.discussion_start());
    let counts = format!("article {body} · comments {}", model.search.hits.len() - body);
    match model.search.notes.len() {
        0 => counts,
        notes => format!("{counts} · notes {notes}"),
    }
}

/// Which hit the reader is at; where it is in a note, the note.
fn hit(model: &Model) -> String {
    let stops = &model.search.stops;
    let query = shown::fit(model.search.said(), 24);
    let number = stops.partition_point(|stop| stop.start <= model.at());
    let progress = format!("“{query}” {number}/{} ({})", stops.len(), counts(model));
    match model.note_found() {
        Some(note) => format!("{progress} · note: {}", shown::line(note)),
        None => progress,
    }
}

/// What is walked along, and where on the way the reader is.
pub fn walk(model: &Model) -> String {
    if model.selection.is_some() {
        let words = model.doc.slice(model.passage()).split_whitespace().count();
        return format!("{words} word{} selected", plural(words));
    }
    if model.jumps.hits_last && !model.search.stops.is_empty() {
        return hit(model);
    }
    if let Some(entity) = model.selected() {
        let name = shown::fit(&entity.name, 28);
        return format!("{name} {}", progress(model, &entity.mentions));
    }
    match model.jumps.followed.filter(|followed| followed.to.start == model.at()) {
        Some(followed) => trail(model, &followed),
        None if model.focus() == Pane::Comments => comment(model),
        None if model.focus() == Pane::Body => answers(model),
        None => String::new(),
    }
}

/// `3/27 (body 18 · comments 9)`.
fn progress(model: &Model, spans: &[Span]) -> String {
    let body = spans.partition_point(|span| span.start < model.doc.discussion_start());
    let here = span::next_after(spans, model.at()).unwrap_or(spans.len());
    let number = if spans.get(here.wrapping_sub(1)).is_some() { here } else { 0 };
    format!("{number}/{} (article {body} · comments {})", spans.len(), spans.len() - body)
}

/// Which of the ends of a comment's or a passage's links the reader came to.
fn trail(model: &Model, followed: &Followed) -> String {
    let place = format!("{} of {}", followed.number.0 + 1, followed.number.1);
    let comment = model.doc.comment_at(followed.from.start).map(|index| &model.doc.comments[index]);
    match comment.filter(|_| model.pane_of(followed.from.start) == Pane::Comments) {
        Some(comment) => {
            let name = shown::fit(model.doc.author(comment).unwrap_or("someone"), 24);
            format!("{place} that {name} takes up · ^o back")
        }
        None => format!("{place} comments on this passage · ^o back"),
    }
}

fn comment(model: &Model) -> String {
    let Some(comment) = model.comment() else { return String::new() };
    let place = format!("{} of {}", comment + 1, model.doc.comments.len());
    match model.links_of_comment().len() {
        0 => place,
        links => format!("{place} · takes up {links} passage{}", plural(links)),
    }
}

fn answers(model: &Model) -> String {
    match model.ties().reaching(model.paragraph()).len() {
        0 => String::new(),
        links => format!("taken up {links} time{} in the comments", plural(links)),
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// What is said to someone who opens the program for the first time.
pub fn welcome(model: &Model) -> String {
    said(
        model,
        vec![
            (Action::Scroll(Scroll::Page, Way::Forward), "reads on"),
            (Action::Turn(Way::Forward), "changes the pane"),
            (Action::Go, "follows"),
            (Action::Palette(Scope::Everything), "finds"),
            (Action::Palette(Scope::Keys), "helps"),
            (Action::Close, "quits"),
        ],
    )
}

/// Keys, as the reader has them, with what they do.
fn said(model: &Model, keys: Vec<(Action, &str)>) -> String {
    let keys = keys.into_iter();
    let said = keys.filter_map(|(action, does)| Some(format!("{} {does}", model.key(&action)?)));
    said.collect::<Vec<_>>().join("  ")
}

/// Whether it is one of several articles of a file, of which more may be on the web.
fn is_an_entry(model: &Model) -> bool {
    !model.doc.articles.is_empty() && model.doc.head.url.is_some()
}

/// The keys that help next, as the reader has them.
fn hints(model: &Model) -> String {
    let bookmark = (Action::Bookmark, "bookmark");
    let next = (Action::Walk(Trail::Latest, Way::Forward), "next mention");
    let previous = (Action::Walk(Trail::Latest, Way::Back), "previous");
    let keys = match model.focus() {
        _ if model.fetching.is_some() => {
            vec![(Action::Escape, "gives it up"), (Action::Close, "leaves")]
        }
        _ if model.selection.is_some() => vec![
            (Action::Copy, "copy"),
            bookmark,
            (Action::Ask(Purpose::Note), "note"),
            (Action::Escape, "back"),
        ],
        Pane::Entities => vec![
            (Action::Go, "next mention"),
            (Action::Sort, "sort"),
            (Action::Ask(Purpose::Filter), "filter"),
        ],
        _ if model.jumps.hits_last && !model.search.stops.is_empty() => {
            vec![(next.0, "next hit"), previous]
        }
        Pane::Comments if !model.links_of_comment().is_empty() => {
            vec![(Action::Go, "what it quotes"), bookmark]
        }
        Pane::Comments => {
            vec![(Action::Sibling(Way::Forward), "next"), (Action::Fold, "fold"), bookmark]
        }
        Pane::Body if model.entities.selected.is_some() => vec![next, bookmark],
        Pane::Body if model.ties().reaching(model.paragraph()).len() > 0 => {
            vec![(Action::Go, "who quotes it"), bookmark]
        }
        Pane::Body if is_an_entry(model) => vec![
            (Action::List(Topic::Folder), "the others"),
            (Action::List(Topic::Web), "from the web"),
            bookmark,
        ],
        Pane::Body => vec![
            (Action::Turn(Way::Forward), "pane"),
            (Action::Ask(Purpose::Search), "search"),
            bookmark,
        ],
    };
    let reload = model.changed.filter(|&change| change != Change::Gone);
    let first = reload.map(|_| (Action::Reload, "read it anew")).into_iter();
    said(model, first.chain(keys).chain([(Action::Palette(Scope::Keys), "help")]).collect())
}
