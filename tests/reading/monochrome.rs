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
const KEYS: [&str; 8] = [
    "1",
    "3 Enter",
    "3 j Enter",
    "3 } Enter",
    "3 } Enter Enter",
    "/ \"train\" Enter",
    "2 ]q",
    "1 v ) )",
];

/// The letter of a role (see `world.rs`), and what it is.
const TOLD: [(char, &str); 5] = [
    ('S', "a mention of the selected entity"),
    ('f', "a match"),
    ('q', "a quotation"),
    ('v', "a selection"),
    ('C', "the match or mention under the cursor"),
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

/// How the words look that are in a role, most seen first.
fn looks(letter: char) -> Vec<Modifier> {
    let mut looks: Vec<(usize, Modifier)> = Vec::new();
    for world in KEYS.map(world) {
        let (roles, cells) = (frame(&world, &letters()), frame(&world, &Theme::monochrome()));
        let both = roles.content.iter().zip(&cells.content);
        let told = both.filter(|(role, _)| role.fg == Color::Indexed(letter as u8));
        for (_, cell) in told.filter(|(_, cell)| cell.symbol() != " ") {
            match looks.iter_mut().find(|(_, look)| *look == cell.modifier) {
                Some((count, _)) => *count += 1,
                None => looks.push((1, cell.modifier)),
            }
        }
    }
    looks.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
    looks.into_iter().map(|(_, look)| look).collect()
}

#[test]
fn mention_match_quotation_and_selection_are_told_apart_without_colour() {
    let all = TOLD.map(|(letter, what)| {
        let looks = looks(letter);
        assert!(!looks.is_empty(), "{what} is on no screen");
        assert!(!looks.contains(&Modifier::empty()), "{what} looks like other text");
        (what, looks[0])
    });
    for (index, (what, look)) in all.iter().enumerate() {
        for (other, its) in &all[..index] {
            assert_ne!(look, its, "{what} looks like {other}");
        }
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
