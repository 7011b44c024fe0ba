//! Without any colour, what lies on a screen is told apart by weight, slant, underline, reverse and
//! signs: the grid of roles says what each cell is, the grid of looks how it looks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use recto::article::load;
use recto::layout::panes::Size;
use recto::ui::draw;
use recto::ui::theme::Theme;

use crate::world::{World, letters};

const SIZE: Size = Size { width: 140, height: 40 };

/// Keys that bring on the screen what is told apart.
const KEYS: [&str; 13] = [
    "1",
    "3 j",
    "3 }",
    "3 } }",
    "3 Enter",
    "3 j Enter",
    "3 } Enter",
    "3 } Enter Enter",
    "/ \"train\" Enter",
    "2 ]q",
    "1 v ) )",
    "1 m",
    "2 ]q Enter m",
];

/// The letter of a role (see `world.rs`), and what it is.
const TOLD: [(char, &str); 9] = [
    ('m', "a mention"),
    ('n', "a mention of the same kind"),
    ('S', "a mention of the selected entity"),
    ('f', "a match"),
    ('q', "a quotation"),
    ('h', "what retells"),
    ('v', "a selection"),
    ('C', "the match or mention under the cursor"),
    ('b', "a bookmark"),
];

/// Keys that lay one over the other, and the letters of both: the one that is covered in part, and
/// the one on top.
const OVERLAPS: [(&str, char, char); 7] = [
    ("/ \"train\" Enter v )", 'f', 'v'),
    ("3 } 1 v )", 'S', 'v'),
    ("1 m / \"Friday\" Enter N", 'b', 'f'),
    ("1 m 3 }", 'b', 'S'),
    ("1 v ) m v", 'b', 'v'),
    ("2 ]q / \"the\" Enter ^o", 'q', 'f'),
    ("2 ]q v", 'q', 'v'),
];

fn world(keys: &str) -> World {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let doc = load::open(&root.join("assets/sample.json")).expect("the sample");
    let mut world = World::new(doc, SIZE);
    world.press(keys);
    world
}

fn frame(world: &World, theme: &Theme) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    draw(&world.model, theme, &mut buf);
    buf
}

/// How the words look that are in a role on some screens: each look that there is.
fn looks(letter: char, keys: &[&str]) -> Vec<Modifier> {
    let mut looks: Vec<Modifier> = Vec::new();
    for world in keys.iter().copied().map(world) {
        let (roles, cells) = (frame(&world, &letters()), frame(&world, &Theme::monochrome()));
        let both = roles.content.iter().zip(&cells.content);
        let told = both.filter(|(role, _)| role.fg == Color::Indexed(letter as u8));
        for (_, cell) in told.filter(|(_, cell)| cell.symbol() != " ") {
            if !looks.contains(&cell.modifier) {
                looks.push(cell.modifier);
            }
        }
    }
    looks
}

#[test]
fn no_word_looks_like_one_that_stands_out_for_another_reason() {
    let all = TOLD.map(|(letter, what)| (what, looks(letter, &KEYS)));
    for (index, (what, looks)) in all.iter().enumerate() {
        assert!(!looks.is_empty(), "{what} is on no screen");
        assert!(!looks.contains(&Modifier::empty()), "{what} looks like other text");
        for (other, its) in &all[..index] {
            let same = looks.iter().find(|look| its.contains(look));
            assert_eq!(same, None, "{what} looks like {other}");
        }
    }
}

#[test]
fn where_two_overlap_each_is_seen_as_what_it_is() {
    for (keys, below, above) in OVERLAPS {
        let [lower, upper] = [below, above].map(|letter| looks(letter, &[keys]));
        assert!(!lower.is_empty() && !upper.is_empty(), "{keys}: {below} or {above} is not there");
        assert!(upper.iter().all(|look| !lower.contains(look)), "{keys}");
        // The one on top looks as it does elsewhere.
        let usual = looks(above, &KEYS);
        assert!(upper.iter().all(|look| usual.contains(look)), "{keys}: {upper:?}");
    }
}

#[test]
fn a_bookmark_and_the_focus_have_signs_of_their_own() {
    let bare = frame(&world("1"), &Theme::monochrome());
    let marked = frame(&world("1 m"), &Theme::monochrome());
    let stars = |buf: &Buffer| buf.content.iter().filter(|cell| cell.symbol() == "★").count();
    assert!(stars(&bare) == 0 && stars(&marked) > 0);
    for keys in ["1", "2", "3"] {
        let world = world(keys);
        let cells = frame(&world, &Theme::monochrome());
        let corners: Vec<u16> =
            (0..SIZE.width).filter(|&x| cells[(x, 1)].symbol() == "┏").collect();
        let pane = world.model.panes().of(world.model.focus()).expect("a pane");
        assert_eq!(corners, [pane.x], "{keys}");
        // Words point at the place too: a bar in the gutter, or a line of the list.
        let bar = (pane.x..pane.x + pane.width).any(|x| {
            (pane.y..pane.y + pane.height).any(|y| {
                let cell = &cells[(x, y)];
                cell.symbol() == "▌" || cell.modifier.contains(Modifier::REVERSED)
            })
        });
        assert!(bar, "{keys} shows where it points");
    }
}

#[test]
fn no_cell_has_a_colour() {
    for keys in KEYS {
        let cells = frame(&world(keys), &Theme::monochrome());
        let colour = |cell: &ratatui::buffer::Cell| (cell.fg, cell.bg);
        assert!(cells.content.iter().all(|cell| colour(cell) == (Color::Reset, Color::Reset)));
    }
}
