//! The pictures of the text: which one is asked for, and the one that lies over the panes.
//!
//! May not know: files, and how pictures are read from them.

use std::sync::Arc;

use crate::app::Model;
use crate::app::action::Effect;
use crate::app::lists::overlay::Overlay;
use crate::app::reading::raster::Raster;
use crate::layout::panes::{Area, Size};
use crate::text::shown;

/// The points of a picture as a screen shows them, two above each other in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Points {
    /// How many stand in a row.
    pub width: u16,
    /// Row by row, each red, green and blue; none where the picture has none.
    pub colours: Vec<Option<[u8; 3]>>,
}

impl Points {
    /// Rows of cells that it takes.
    pub fn rows(&self) -> u16 {
        self.colours.len().div_ceil(2 * usize::from(self.width.max(1))) as u16
    }

    /// The two points of a cell.
    pub fn cell(&self, x: u16, y: u16) -> [Option<[u8; 3]>; 2] {
        let width = usize::from(self.width);
        let point = |row: usize| self.colours.get(row * width + usize::from(x)).copied().flatten();
        [point(2 * usize::from(y)), point(2 * usize::from(y) + 1)]
    }
}

/// What a picture is made of on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Points that are drawn in cells.
    Points(Arc<Points>),
    /// What the terminal shows itself, over blank cells.
    Raster(Arc<Raster>),
}

impl Form {
    /// The cells that it takes.
    pub fn size(&self) -> Size {
        match self {
            Self::Points(points) => Size { width: points.width, height: points.rows() },
            Self::Raster(raster) => raster.size(),
        }
    }
}

/// A picture that lies over the panes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its index among those of the document.
    pub number: u32,
    /// The words that stand for it in the text.
    pub words: String,
    /// What it shows.
    pub form: Form,
}

/// What the terminal is to show itself, and in which cells.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The cells.
    pub area: Area,
    /// The picture.
    pub raster: Arc<Raster>,
}

/// The same picture is the one that was made once: letters are not compared.
impl PartialEq for Placed {
    fn eq(&self, other: &Self) -> bool {
        self.area == other.area && Arc::ptr_eq(&self.raster, &other.raster)
    }
}

impl Model {
    /// Asks for the picture under the cursor, else for the first one from its paragraph to the
    /// end of what is on the screen.
    pub fn ask_for_picture(&mut self) -> Vec<Effect> {
        let pane = self.view.reading;
        let end = self.flow(pane).window(self.top(pane), self.column(pane).text.height).end;
        let (pictures, here) = (&self.doc.pictures, self.paragraph().join(self.passage()));
        let first = |at| pictures.partition_point(|picture| picture.span.end <= at);
        let under = Some(first(self.at())).filter(|&one| {
            pictures.get(one).is_some_and(|picture| picture.span.contains(self.at()))
        });
        let number = under.unwrap_or_else(|| first(here.start));
        let picture = pictures.get(number).filter(|picture| picture.span.start < end.max(here.end));
        let Some(picture) = picture else {
            self.tell("no picture stands here");
            return Vec::new();
        };
        let is_away = picture.src.contains("://") || picture.src.starts_with("//");
        if is_away && !self.doc.source.format.holds_pictures() {
            let host = self.address(&picture.src).map(|address| address.host());
            let host = host.unwrap_or_else(|why| why.to_string());
            self.tell(&format!("the picture lies on the web and is not fetched: {host}"));
            return Vec::new();
        }
        self.tell("the picture is being read …");
        self.awaited_picture = Some(number as u32);
        vec![self.read_picture(number as u32)]
    }

    fn read_picture(&self, number: u32) -> Effect {
        let Size { width, height } = self.view.size;
        let room = Size { width: width.saturating_sub(4), height: height.saturating_sub(4) };
        Effect::Picture(number, room)
    }

    /// The picture that is shown.
    fn picture(&self) -> Option<&Shown> {
        match &self.overlay {
            Some(Overlay::Picture(picture)) => Some(picture),
            _ => None,
        }
    }

    /// Has the picture that is shown read once more, for the screen as it is now.
    pub fn fit_picture(&self) -> Vec<Effect> {
        self.picture().map(|picture| self.read_picture(picture.number)).into_iter().collect()
    }

    /// Shows a picture that was asked for. Where the reader did something else meanwhile, it comes
    /// too late.
    pub fn show_picture(&mut self, number: u32, form: Form) {
        let again = self.picture().is_some_and(|picture| picture.number == number);
        if !again && self.awaited_picture.take() != Some(number) {
            return;
        }
        let Some(picture) = self.doc.pictures.get(number as usize) else { return };
        let words = self.doc.slice(picture.span).to_owned();
        self.message = None;
        self.overlay = Some(Overlay::Picture(Shown { number, words, form }));
    }

    /// Where the picture lies that is shown: in the middle, as large as it is or, where it was
    /// asked for at another size of the screen, as has room.
    pub fn picture_area(&self) -> Option<Area> {
        let picture = self.picture()?;
        let (Size { width, height }, taken) = (self.view.size, picture.form.size());
        let named = shown::width(&picture.words).min(width.into()) as u16 + 2;
        let wanted = taken.width.max(named).saturating_add(2);
        let between_the_bars = height.saturating_sub(2);
        let high = taken.height.saturating_add(2).min(between_the_bars);
        let wide = wanted.min(width);
        Some(Area { x: (width - wide) / 2, y: (height - high) / 2, width: wide, height: high })
    }

    /// The first column of the picture and the cells of it that have room.
    pub fn picture_cells(&self) -> Option<Area> {
        let (inner, taken) = (self.picture_area()?.inner(), self.picture()?.form.size());
        let (width, height) = (taken.width.min(inner.width), taken.height.min(inner.height));
        Some(Area { x: inner.x + (inner.width - width) / 2, y: inner.y, width, height })
    }

    /// What the terminal is to show itself: nothing where it has no room as a whole, since it
    /// cannot be cut.
    pub fn raster(&self) -> Option<Placed> {
        let Form::Raster(raster) = &self.picture()?.form else { return None };
        let area = self.picture_cells().filter(|_| self.view.size.is_enough())?;
        let fits = raster.size() == Size { width: area.width, height: area.height };
        fits.then(|| Placed { area, raster: Arc::clone(raster) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{Action, News, Way};
    use crate::app::reading::raster::Protocol;
    use crate::app::update::update;
    use crate::article::load;

    fn model(page: &str) -> Model {
        let doc = load::document(page.as_bytes().to_vec());
        Model::new(Arc::new(doc), Size { width: 80, height: 24 })
    }

    #[test]
    fn the_picture_under_the_cursor_is_asked_for_else_the_next_on_the_screen() {
        let mut model = model("# T\n\nOne ![a](a.png) two ![b](b.png).\n\nThree.\n");
        let room = Size { width: 76, height: 20 };
        let mut ask = |words: &str| {
            model.body.at = model.doc.text.find(words).unwrap() as u32;
            update(&mut model, Action::Picture)
        };
        for (at, picture) in [("T", 0), ("One", 0), ("[image: a]", 0), ("[image: b]", 1)] {
            assert_eq!(ask(at), [Effect::Picture(picture, room)], "{at}");
        }
        assert_eq!(ask("Three"), []);
        assert_eq!(model.message.as_deref(), Some("no picture stands here"));
    }

    fn raster(width: u16, height: u16) -> Form {
        let raster = Raster::new(Protocol::Sixel, Size { width, height }, (8, 8), "~".into());
        Form::Raster(Arc::new(raster.unwrap()))
    }

    #[test]
    fn what_the_terminal_shows_stands_inside_its_frame_or_nowhere() {
        let mut model = model("# T\n\n![a](a.png)\n");
        model.body.at = model.doc.pictures[0].span.start;
        update(&mut model, Action::Picture);
        update(&mut model, News::Pictured(0, raster(30, 10)));
        let area = model.raster().unwrap().area;
        assert_eq!(area, Area { x: 25, y: 7, width: 30, height: 10 });
        assert_eq!(model.focus_cell(), Some((26, 6)));
        // It is read once more for another size, and until then there is no room for it.
        let small = Size { width: 24, height: 8 };
        let again = Effect::Picture(0, Size { width: 20, height: 4 });
        assert_eq!(update(&mut model, News::Resize(small)), [again]);
        assert_eq!(model.raster(), None);
        update(&mut model, News::Pictured(0, raster(20, 4)));
        assert_eq!(model.raster().unwrap().area, Area { x: 2, y: 2, width: 20, height: 4 });
        update(&mut model, Action::Escape);
        assert_eq!((model.raster(), model.overlay), (None, None));
    }

    #[test]
    fn a_picture_that_comes_after_another_key_is_not_shown() {
        let mut model = model("# T\n\n![a](a.png)\n");
        update(&mut model, Action::Picture);
        update(&mut model, Action::Turn(Way::Forward));
        update(&mut model, News::Pictured(0, raster(2, 2)));
        assert_eq!(model.overlay, None);
        update(&mut model, Action::Picture);
        update(&mut model, News::Pictured(0, raster(2, 2)));
        assert!(model.raster().is_some());
    }

    #[test]
    fn a_picture_on_the_web_is_not_fetched() {
        let mut model = model("# T\n\n![a](https://tide.example/a.png)\n");
        assert_eq!(update(&mut model, Action::Picture), []);
        let said = "the picture lies on the web and is not fetched: tide.example";
        assert_eq!(model.message.as_deref(), Some(said));
    }
}
