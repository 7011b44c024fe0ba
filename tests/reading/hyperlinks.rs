//! The links that a terminal is told of: their cells show their words, wherever rows are parted.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use recto::app::Model;
use recto::app::action::{Action, News, Topic};
use recto::app::reading::hyperlinks::Hyperlink;
use recto::app::settings::Trait;
use recto::article::load;
use recto::layout::panes::Size;
use recto::text::shown;
use recto::ui::draw;

use crate::world::{World, letters};

fn world(markdown: &str, size: Size) -> World {
    World::new(load::document(markdown.as_bytes().to_vec()), size)
}

/// What the cells of a link show.
fn words_in(link: &Hyperlink, cells: &Buffer) -> String {
    link.columns.clone().map(|x| cells[(x, link.y)].symbol()).collect()
}

fn drawn(model: &Model) -> Buffer {
    let Size { width, height } = model.view.size;
    let mut cells = Buffer::empty(Rect::new(0, 0, width, height));
    draw(model, &letters(), &mut cells);
    cells
}

/// Every row of a link on the screen, with where it leads.
fn seen(model: &Model) -> Vec<String> {
    let cells = drawn(model);
    let line =
        |link: &Hyperlink| format!("{} {}", words_in(link, &cells), link.target.address.as_str());
    model.hyperlinks().iter().map(line).collect()
}

const PAGE: &str = "# Tides\n\nThe [tide table of the old harbour](https://example.org/tides?a=1;b=2) hangs \
    at the quay, and [nobody](mailto:ann@example.org) reads it.\n";

#[test]
fn a_link_that_is_parted_leads_from_all_its_rows() {
    let world = world(PAGE, Size { width: 30, height: 12 });
    assert_eq!(
        seen(&world.model),
        [
            "tide table of the old https://example.org/tides?a=1%3Bb=2",
            "harbour https://example.org/tides?a=1%3Bb=2",
            "nobody mailto:ann@example.org",
        ]
    );
}

#[test]
fn under_a_list_nothing_leads_anywhere() {
    let mut world = world(PAGE, Size { width: 80, height: 24 });
    assert_eq!(world.model.hyperlinks().len(), 2);
    world.act(Action::List(Topic::Links));
    assert_eq!(world.model.hyperlinks(), []);
    world.press("Esc");
    assert_eq!(world.model.hyperlinks().len(), 2);
    world.act(News::Resize(Size { width: 19, height: 24 }));
    assert_eq!(world.model.hyperlinks(), []);
}

#[test]
fn who_wants_none_has_none() {
    let mut world = world(PAGE, Size { width: 80, height: 24 });
    let config = recto::config::read("[open]\nhyperlinks = false\n", None);
    world.act(News::Configured(config.settings.into()));
    assert_eq!(world.model.hyperlinks(), []);
}

#[test]
fn a_terminal_is_not_told_of_what_needs_a_warning() {
    let long = format!("https://example.org/{}", "a".repeat(100_000));
    let addresses = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "#tides",
        "relative/page",
        // Another host than the first that is read.
        "https://bank.example@evil.example/",
        // A letter that looks like another.
        "https://b%D0%B0nk.example/",
        "https://bаnk.example/",
        &long,
    ];
    let line = |address: &&str| format!("[word](<{address}>)\n\n");
    let page: String = addresses.iter().map(line).collect();
    let world = world(&format!("# Tides\n\n{page}"), Size { width: 80, height: 40 });
    assert_eq!(world.model.doc.links.len(), addresses.len());
    assert_eq!(seen(&world.model), [""; 0]);
}

fn markdown() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "tide",
        "extraordinarily",
        "日本語",
        "👨‍👩‍👧",
        "\u{301}",
        "\u{202e}",
        "*quay*",
        "[tide table](https://example.org/1)",
        "[extraordinarily long words of a link](https://example.org/2)",
        "[日本語 👨‍👩‍👧](https://example.org/3)",
        "[\u{301}e\u{200b}](https://example.org/4)",
        "[one](https://example.org/5)[two](https://example.org/6)",
        "\n\n> ",
        "\n\n- ",
        "\n\n",
    ]);
    prop::collection::vec(bits, 0..60).prop_map(|bits| format!("# T\n\n{}", bits.join(" ")))
}

/// Signs without what the setting of a line adds or takes away.
fn close(words: &str) -> String {
    words.chars().filter(|ch| !ch.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_cells_of_a_link_show_its_words(
        page in markdown(),
        width in 20u16..120, height in 5u16..40,
        switches in prop::collection::vec(
            prop::sample::select(vec![Trait::EvenLines, Trait::Hyphens, Trait::Justified]), 0..3),
        keys in prop::sample::select(vec!["", "d", "G", "/ \"tide\" Enter", "j j j"]),
    ) {
        let mut world = world(&page, Size { width, height });
        for which in switches {
            world.act(Action::Switch(which));
        }
        world.press(keys);
        let cells = drawn(&world.model);
        for link in world.model.hyperlinks() {
            let span = world.model.doc.links[link.target.link].span;
            let whole: String = shown::glyphs(world.model.doc.slice(span)).map(|glyph| glyph.shown.into_owned()).collect();
            let words = close(&words_in(&link, &cells));
            prop_assert!(close(&whole).contains(&words), "{words:?} is not of {whole:?}");
            prop_assert!(link.columns.end <= width && link.y < height);
        }
    }
}
