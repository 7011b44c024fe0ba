//! The README's pictures are frames of the program. `UPDATE=1 cargo test --test reading` paints
//! them anew.

use std::fs;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use recto::article::load;
use recto::layout::panes::Size;
use recto::ui::draw;
use recto::ui::theme::Theme;

use crate::svg;
use crate::world::World;

const SIZE: Size = Size { width: 120, height: 30 };

/// Name, keys, and what is to be seen.
const PICTURES: [(&str, &str, &str); 3] = [
    ("names", "3 j Enter", "A name is selected: its mentions are lit in all panes"),
    ("quotation", "2 ]q ]q", "A comment and the passage that it quotes"),
    ("search", "/ \"train\" Enter n", "A search over article, comments and notes"),
];

#[test]
fn the_pictures_show_the_program_as_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("README.md");
    let mut stale = Vec::new();
    for (name, keys, title) in PICTURES {
        let path = format!("assets/pictures/{name}.svg");
        assert!(readme.contains(&format!("]({path})")), "the README does not show {path}");
        let now = svg::picture(&frame(root, keys), title);
        if fs::read_to_string(root.join(&path)).is_ok_and(|was| was == now) {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(root.join("assets/pictures")).expect("a folder");
            fs::write(root.join(&path), &now).expect("written");
        }
        stale.push(path);
    }
    assert!(stale.is_empty(), "{stale:?}: UPDATE=1 cargo test --test reading");
}

fn frame(root: &Path, keys: &str) -> Buffer {
    let doc = load::open(&root.join("assets/sample.json")).expect("the sample");
    let mut world = World::new(doc, SIZE);
    world.press(keys);
    let mut buf = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    draw(&world.model, &Theme::coloured(), &mut buf);
    buf
}
