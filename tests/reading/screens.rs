//! Whole screens as data: every file in `tests/screens` names an article, a size and some keys,
//! and holds the screen that they lead to, then the roles of its cells, one letter a cell (see
//! `world.rs`). `UPDATE=1 cargo test --test reading` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::world::{World, letters, points, raster};
use recto::article::load;
use recto::layout::panes::Size;
use recto::ui::theme::Theme;

/// Between the head, the screen and the roles.
const RULE: &str = "----\n";

#[test]
fn keys_lead_to_the_screens_that_are_written_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens");
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in cases(&root) {
        let case = fs::read_to_string(&path).expect("a case");
        let head = case.split(RULE).next().expect("a head");
        let now = format!("{head}{RULE}{}", screens(head, &root));
        count += 1;
        if now == case {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &now).expect("written");
        }
        wrong.push(difference(&path, &case, &now));
    }
    assert!(count > 10, "only {count} cases were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cases(root: &Path) -> Vec<PathBuf> {
    let files =
        fs::read_dir(root).expect("tests/screens").map(|entry| entry.expect("entry").path());
    let mut cases: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|it| it == "txt")).collect();
    cases.sort();
    cases
}

/// The screen and the roles that the head of a case leads to.
fn screens(head: &str, root: &Path) -> String {
    let field = |name: &str| {
        let value = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        value.unwrap_or_else(|| panic!("no {name} in {head}")).trim().to_owned()
    };
    let (width, height) =
        field("size").split_once('x').map(|(w, h)| (w.to_owned(), h.to_owned())).expect("a size");
    let size =
        Size { width: width.parse().expect("width"), height: height.parse().expect("height") };
    let doc = load::open(&root.join(field("article"))).expect("an article");
    let mut world = World::new(doc, size);
    world.model.take_new(fresh(head).into());
    world.picture = match also(head, "picture:") {
        "points" => Some(points()),
        "raster" => Some(raster()),
        _ => None,
    };
    world.press(&field("keys"));
    let monochrome = also(head, "theme:") == "monochrome";
    let theme = if monochrome { Theme::monochrome() } else { letters() };
    let (screen, roles) = world.screen(&theme);
    format!("{screen}{RULE}{roles}")
}

/// What a case may say besides; nothing where it does not.
fn also<'a>(head: &'a str, name: &str) -> &'a str {
    head.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim()
}

/// The comments that are new since the last reading, by their numbers; none where a case says nothing.
fn fresh(head: &str) -> Vec<u32> {
    let numbers = also(head, "new:").split_whitespace();
    numbers.map(|number| number.parse().expect("a number")).collect()
}

fn difference(path: &Path, was: &str, now: &str) -> String {
    let mut text = format!("{}\n", path.display());
    for (was, now) in was.lines().zip(now.lines()).filter(|(was, now)| was != now) {
        let _ = writeln!(text, "  want {was}\n  have {now}");
    }
    text
}
