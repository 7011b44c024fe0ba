//! Where the panes lie on a screen, in plain integers.
//!
//! May not know: what the panes show, ratatui.

/// Width and height in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Size {
    /// Whether panes can be read on it.
    pub const fn is_enough(self) -> bool {
        self.width >= 20 && self.height >= 5
    }
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Without a border of one cell.
    #[must_use]
    pub const fn inner(self) -> Self {
        Self {
            x: self.x + 1,
            y: self.y + 1,
            width: self.width.saturating_sub(2),
            height: self.height.saturating_sub(2),
        }
    }

    /// Whether a cell lies inside.
    pub const fn holds(self, x: u16, y: u16) -> bool {
        self.x <= x && x < self.x + self.width && self.y <= y && y < self.y + self.height
    }
}

/// One of the three panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The article.
    #[default]
    Body,
    /// The discussion.
    Comments,
    /// The names.
    Entities,
}

/// What decides the places of the panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The pane that has the focus.
    pub focus: Pane,
    /// What stands beside the body where there is room for one pane only.
    pub side: Pane,
    /// Whether the focused pane has the screen for itself.
    pub zoom: bool,
    /// Share of the body beside the comments, in percent.
    pub share: u16,
    /// Whether there is a discussion; without one its pane is left out.
    pub discussion: bool,
}

/// The screen, divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// The line at the top.
    pub title: Area,
    /// The line at the bottom.
    pub status: Area,
    /// The article, borders included.
    pub body: Option<Area>,
    /// The discussion, borders included.
    pub comments: Option<Area>,
    /// The names, borders included.
    pub entities: Option<Area>,
}

impl Panes {
    /// The place of a pane, borders included.
    pub const fn of(&self, pane: Pane) -> Option<Area> {
        match pane {
            Pane::Body => self.body,
            Pane::Comments => self.comments,
            Pane::Entities => self.entities,
        }
    }

    /// The pane that a cell belongs to, and its place.
    pub fn at(&self, x: u16, y: u16) -> Option<(Pane, Area)> {
        let all = [Pane::Body, Pane::Comments, Pane::Entities];
        let mut placed = all.into_iter().filter_map(|pane| Some((pane, self.of(pane)?)));
        placed.find(|(_, area)| area.holds(x, y))
    }

    fn put(&mut self, pane: Pane, area: Area) {
        match pane {
            Pane::Body => self.body = Some(area),
            Pane::Comments => self.comments = Some(area),
            Pane::Entities => self.entities = Some(area),
        }
    }
}

/// The column of text inside a pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Where rows of text stand, without the gutter.
    pub text: Area,
    /// Cells of the gutter left of it.
    pub gutter: u16,
}

/// Boxes are drawn from this size on; on a smaller screen they would take the room of words.
const BOXED: Size = Size { width: 60, height: 12 };

/// Whether panes have a border on a screen of this size.
pub const fn boxed(size: Size) -> bool {
    size.width >= BOXED.width && size.height >= BOXED.height
}

/// The column inside a pane: the body's is centred and at most `measure` cells wide.
pub fn column(inner: Area, pane: Pane, measure: u16) -> Column {
    let gutter = match pane {
        Pane::Body if inner.width >= 50 => 5,
        Pane::Entities => 1,
        _ => 2,
    };
    let gutter = gutter.min(inner.width);
    let room = inner.width.saturating_sub(gutter + 1).max(1);
    let width = room.min(measure);
    let margin = if pane == Pane::Body { (room - width) / 2 } else { 0 };
    let x = inner.x + gutter + margin;
    Column { text: Area { x, width, ..inner }, gutter }
}

/// The last `rows` rows inside a pane; at most half of it.
pub fn foot(room: Area, rows: u16) -> Area {
    let height = rows.min(room.height / 2);
    Area { y: room.y + room.height - height, height, ..room }
}

/// Divides a screen: three panes from 120 columns, two from 80, else one.
pub fn panes(size: Size, split: &Split) -> Panes {
    let line = |y| Area { x: 0, y, width: size.width, height: 1.min(size.height) };
    let mut panes =
        Panes { title: line(0), status: line(size.height.saturating_sub(1)), ..Panes::default() };
    let mut x = 0;
    for (pane, width) in columns(size.width, *split).into_iter().flatten() {
        let height = size.height.saturating_sub(2);
        panes.put(pane, Area { x, y: 1.min(size.height), width, height });
        x += width;
    }
    panes
}

/// The panes from left to right with their widths in cells.
fn columns(width: u16, split: Split) -> [Option<(Pane, u16)>; 3] {
    if split.zoom || width < 80 {
        return [Some((split.focus, width)), None, None];
    }
    let body = |room: u16| (u32::from(room) * u32::from(split.share) / 100) as u16;
    if width >= 120 && split.discussion {
        let entities = (width / 5).min(32);
        let body = body(width - entities);
        let comments = width - entities - body;
        let columns = [(Pane::Body, body), (Pane::Comments, comments), (Pane::Entities, entities)];
        return columns.map(Some);
    }
    let side = if split.discussion { split.side } else { Pane::Entities };
    let beside = if side == Pane::Entities { (width / 3).min(32) } else { width - body(width) };
    [Some((Pane::Body, width - beside)), Some((side, beside)), None]
}

/// Whether a cell is on the border that parts the article from the comments.
pub fn border_at(size: Size, split: &Split, (x, y): (u16, u16)) -> bool {
    let panes = panes(size, split);
    let beside = panes.comments.filter(|_| boxed(size) && panes.body.is_some());
    beside.is_some_and(|area| area.x == x && area.holds(x, y))
}

/// The share of the body, in percent, at which that border is in column `x`; `None` where the two
/// do not stand side by side.
pub fn share_at(size: Size, split: &Split, x: u16) -> Option<u16> {
    let panes = panes(size, split);
    let room = u32::from(panes.body?.width) + u32::from(panes.comments?.width);
    Some((u32::from(x) * 100).div_ceil(room.max(1)) as u16)
}

/// Widest list over the panes, in cells.
const WIDEST: u16 = 84;

/// The place of a list over the panes: in the middle, as large as its lines want.
pub fn list(size: Size, lines: usize) -> Area {
    let width = size.width.saturating_sub(2).min(WIDEST);
    let wanted = lines.max(1) + 2;
    let height = wanted.min(usize::from(size.height.saturating_sub(2))) as u16;
    Area { x: (size.width - width) / 2, y: (size.height - height) / 2, width, height }
}

/// Index of the first line of a list to show, so that its cursor is in the middle where the
/// list goes on.
pub fn first_shown(cursor: usize, lines: usize, height: u16) -> usize {
    let height = usize::from(height);
    cursor.saturating_sub(height / 2).min(lines.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPLIT: Split =
        Split { focus: Pane::Body, side: Pane::Comments, zoom: false, share: 60, discussion: true };

    #[test]
    fn panes_fill_the_width_at_every_size() {
        for width in 0..300 {
            for zoom in [false, true] {
                let split = Split { zoom, ..SPLIT };
                let panes = panes(Size { width, height: 40 }, &split);
                let all = [panes.body, panes.comments, panes.entities];
                let sum: u16 = all.iter().flatten().map(|area| area.width).sum();
                assert_eq!(sum, width);
            }
        }
    }

    #[test]
    fn as_many_panes_as_there_is_room_for() {
        let count = |width, split: &Split| {
            let panes = panes(Size { width, height: 24 }, split);
            [panes.body, panes.comments, panes.entities].iter().flatten().count()
        };
        assert_eq!([count(79, &SPLIT), count(80, &SPLIT), count(120, &SPLIT)], [1, 2, 3]);
        assert_eq!(count(140, &Split { discussion: false, ..SPLIT }), 2);
        assert_eq!(count(140, &Split { zoom: true, ..SPLIT }), 1);
    }

    #[test]
    fn the_border_goes_where_it_is_dragged() {
        for (width, side) in [(200, Pane::Comments), (90, Pane::Comments)] {
            let size = Size { width, height: 40 };
            let split = Split { side, ..SPLIT };
            let to = width / 2;
            let share = share_at(size, &split, to).unwrap();
            let moved = panes(size, &Split { share, ..split });
            assert!(moved.comments.is_some_and(|area| area.x.abs_diff(to) <= 1));
            let border = moved.comments.unwrap().x;
            assert!(border_at(size, &Split { share, ..split }, (border, 5)));
        }
        let alone = Split { side: Pane::Entities, ..SPLIT };
        assert_eq!(share_at(Size { width: 90, height: 40 }, &alone, 40), None);
    }

    #[test]
    fn no_screen_is_too_small() {
        for (width, height) in [(0, 0), (1, 1), (2, 2), (u16::MAX, u16::MAX)] {
            let panes = panes(Size { width, height }, &SPLIT);
            assert!(panes.status.y <= height);
        }
    }
}
