//! A world for the model without a terminal: keys go in, effects are carried out in memory, and
//! the screen comes out as text, with a second grid that names the role of each cell.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use recto::analysis::Analysis;
use recto::analysis::corrections::corrected;
use recto::app::Model;
use recto::app::action::{Action, Effect, News, Way};
use recto::app::file::progress::Reach;
use recto::app::keys::{self, Key};
use recto::app::marks::mark::{Deed, Mark, Stored};
use recto::app::mouse::{Gesture, Mouse};
use recto::app::reading::lit::Role;
use recto::app::reading::pictures::{Form, Points};
use recto::app::reading::raster::{Protocol, Raster};
use recto::app::update::update;
use recto::article::Document;
use recto::layout::panes::Size;
use recto::record::anchor::Verdict;
use recto::text::find::Query;
use recto::ui::draw;
use recto::ui::theme::{Part, Theme};

/// A model, the keys that are pending, and what its effects did.
pub(crate) struct World {
    pub(crate) model: Model,
    pending: Vec<Key>,
    saved: usize,
    /// What was deleted.
    gone: Vec<Mark>,
    pub(crate) left: bool,
    pub(crate) copied: Option<String>,
    /// What every picture turns out to be; none comes where it is none.
    pub(crate) picture: Option<Form>,
}

impl World {
    pub(crate) fn new(doc: Document, size: Size) -> Self {
        let doc = Arc::new(doc);
        let found = Analysis::of(&doc);
        let mut model = Model::new(doc, size);
        update(&mut model, News::Named(found.names, Reach::Whole));
        update(&mut model, News::Linked(found.links));
        let (pending, gone) = (Vec::new(), Vec::new());
        Self { model, pending, saved: 0, gone, left: false, copied: None, picture: None }
    }

    /// Presses keys as the key table writes them, parted by blanks; `"words"` are typed,
    /// `press@10,4` is the mouse on column 10 of row 4, and `Wait` lets a moment pass.
    pub(crate) fn press(&mut self, keys: &str) {
        for (index, part) in keys.split('"').enumerate() {
            if index % 2 == 1 {
                part.chars().for_each(|ch| self.key(Key::Char(ch)));
                continue;
            }
            for written in part.split_whitespace() {
                match (mouse(written), written) {
                    (Some(mouse), _) => self.act(Action::Mouse(mouse)),
                    (None, "Wait") => self.wait(),
                    (None, keys) => keys::sequence(keys).into_iter().for_each(|key| self.key(key)),
                }
            }
        }
    }

    /// No key comes for a moment.
    fn wait(&mut self) {
        let action = self.model.settings.keymap.timeout(&mut self.pending);
        self.act(action.unwrap_or_else(|| News::Prefix(self.pending.clone()).into()));
    }

    pub(crate) fn key(&mut self, key: Key) {
        if let Some(action) =
            self.model.settings.keymap.action(&mut self.pending, self.model.mode(), key)
        {
            self.act(action);
        }
    }

    pub(crate) fn act(&mut self, action: impl Into<Action>) {
        let mut actions = vec![action.into()];
        while let Some(action) = actions.pop() {
            for effect in update(&mut self.model, action) {
                actions.extend(self.carry_out(effect).into_iter().map(Action::Heard));
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Vec<News> {
        match effect {
            Effect::Quit => self.left = true,
            Effect::Copy(words) => self.copied = Some(words.as_str().to_owned()),
            Effect::Suspend | Effect::Redraw | Effect::Configure | Effect::Open(_) => {}
            Effect::Browse(_) | Effect::Reload | Effect::EditSource(_) | Effect::GiveUp => {}
            Effect::KeepCorrection(..) | Effect::DropCorrection(..) => {}
            Effect::Searched(_) | Effect::Mouse(_) => {}
            Effect::Correct(found, list) => {
                let found = Arc::new(corrected(&self.model.doc, &found, &list));
                return vec![News::Corrected(found)];
            }
            Effect::Search(query) => {
                let Some(words) = Query::new(&query) else { return Vec::new() };
                let hits = words.find(&self.model.doc.text);
                return vec![News::Hits(words.into(), Arc::new(hits.into()))];
            }
            Effect::Picture(number, _) => {
                let form = self.picture.clone();
                return form.map(|form| News::Pictured(number, form)).into_iter().collect();
            }
            Effect::Gather(topic) => return vec![News::Listed(topic, Vec::new())],
            kept => return self.keep(kept),
        }
        Vec::new()
    }

    /// Does what a record on disk would do.
    fn keep(&mut self, effect: Effect) -> Vec<News> {
        match effect {
            Effect::Save(draft) => {
                self.saved += 1;
                let id = self.saved.to_string();
                let mark = Mark {
                    id: id.clone(),
                    span: Some(draft.span),
                    verdict: Verdict::Exact,
                    words: self.model.doc.slice(draft.span).to_owned(),
                    before: String::new(),
                    note: draft.note,
                    created: format!("2026-01-01T00:00:{:02}Z", self.saved),
                    stored: Stored::Soon,
                };
                let deed = if mark.has_note() { Deed::Noted } else { Deed::Made };
                return vec![News::Saved(id, deed), News::Put(mark)];
            }
            Effect::Annotate(which, note) => {
                return vec![
                    News::Saved(which.id.clone(), Deed::Noted),
                    News::Noted(which.id, note),
                ];
            }
            Effect::Confirm(id, span) => {
                let words = self.model.doc.slice(span).to_owned();
                let mark = self.model.marks.get(&id).cloned().map(|mark| Mark {
                    span: Some(span),
                    verdict: Verdict::Exact,
                    words,
                    ..mark
                });
                let put = mark.map(News::Put);
                return [Some(News::Saved(id, Deed::Confirmed)), put]
                    .into_iter()
                    .flatten()
                    .collect();
            }
            Effect::Restore(which) => {
                let gone = self.gone.iter().position(|mark| mark.id == which.id);
                let mark = gone.map(|index| self.gone.remove(index)).map(News::Put);
                return [Some(News::Saved(which.id, Deed::Restored)), mark]
                    .into_iter()
                    .flatten()
                    .collect();
            }
            Effect::Write(ids) => {
                return ids.into_iter().map(|id| News::Saved(id, Deed::Made)).collect();
            }
            Effect::Delete(which) => {
                self.gone.extend(self.model.marks.get(&which.id).cloned());
                return vec![News::Deleted(which, Ok(()))];
            }
            _ => {}
        }
        Vec::new()
    }

    /// The screen in some theme, and the grid of roles, where that is [`letters`].
    pub(crate) fn screen(&self, theme: &Theme) -> (String, String) {
        let Size { width, height } = self.model.view.size;
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        draw(&self.model, theme, &mut buf);
        (grid(&buf, symbol), grid(&buf, letter))
    }
}

/// A picture that gets lighter from the left to the right, with a hole in its upper left corner.
pub(crate) fn points() -> Form {
    let (width, height) = (24, 12);
    let colour = |x: u16, y: u16| (x >= 4 || y >= 3).then_some([x as u8 * 11; 3]);
    let row = |y| (0..width).map(move |x| colour(x, y));
    Form::Points(Arc::new(Points { width, colours: (0..height).flat_map(row).collect() }))
}

/// One that the terminal shows itself.
pub(crate) fn raster() -> Form {
    let size = Size { width: 24, height: 6 };
    let raster = Raster::new(Protocol::Sixel, size, (192, 96), "~".into());
    Form::Raster(Arc::new(raster.expect("letters")))
}

/// What the mouse does, as a test writes it.
fn mouse(word: &str) -> Option<Mouse> {
    let (gesture, cell) = word.split_once('@')?;
    let (x, y) = cell.split_once(',')?;
    let gesture = match gesture {
        "press" => Gesture::Press,
        "double" => Gesture::Double,
        "drag" => Gesture::Drag,
        "release" => Gesture::Release,
        "up" => Gesture::Wheel(Way::Back),
        "down" => Gesture::Wheel(Way::Forward),
        _ => return None,
    };
    Some(Mouse { x: x.parse().ok()?, y: y.parse().ok()?, gesture })
}

/// A theme whose styles are the letters of the role grid.
pub(crate) fn letters() -> Theme {
    Theme::new(role_letter, part_letter)
}

fn mark(letter: char) -> Style {
    Style::new().fg(Color::Indexed(letter as u8))
}

fn role_letter(role: Role) -> Style {
    mark(match role {
        Role::Link => 'l',
        Role::Emphasis => 'e',
        Role::Strong => 's',
        Role::Code => 'k',
        Role::Struck => 'x',
        Role::Mention => 'm',
        Role::Kin => 'n',
        Role::Quoting => 'g',
        Role::Bookmark => 'b',
        Role::Echo => 'h',
        Role::Quote => 'q',
        Role::Selected => 'S',
        Role::Hit => 'f',
        Role::Selection => 'v',
        Role::Current => 'C',
        Role::Gone => '-',
        Role::New => '+',
    })
}

fn part_letter(part: Part) -> Style {
    match part {
        Part::Focused | Part::FocusedName => mark('#'),
        Part::Cursor => mark('|'),
        Part::Star => mark('*'),
        Part::Quotes => mark('"'),
        Part::Author => mark('A'),
        Part::CurrentAuthor => mark('@'),
        Part::Heading => mark('H'),
        Part::Pointed => mark('P'),
        Part::Chosen => mark('p'),
        Part::Message => mark('!'),
        Part::Tick => mark('t'),
        _ => mark('.'),
    }
}

fn symbol(buf: &Buffer, x: u16, y: u16) -> String {
    buf[(x, y)].symbol().to_owned()
}

fn letter(buf: &Buffer, x: u16, y: u16) -> String {
    match buf[(x, y)].fg {
        Color::Indexed(letter) => char::from(letter).to_string(),
        _ => ".".into(),
    }
}

fn grid(buf: &Buffer, cell: fn(&Buffer, u16, u16) -> String) -> String {
    let mut text = String::new();
    for y in 0..buf.area.height {
        let row: String = (0..buf.area.width).map(|x| cell(buf, x, y)).collect();
        text.push_str(row.trim_end_matches([' ', '.']));
        text.push('\n');
    }
    text
}
