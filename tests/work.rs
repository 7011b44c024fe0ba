//! No key costs more in a longer text: what a key and its frame ask memory for is counted, which
//! says the same on every machine. Wrapping a block asks for memory, and so does every list that
//! is made of more than the screen.

use std::sync::Arc;

use allocation_counter::{AllocationInfo, measure};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use recto::app::Model;
use recto::app::action::{Action, News, Scroll, Trail, Way};
use recto::app::update::update;
use recto::article::builder::{Builder, CommentHead};
use recto::article::load;
use recto::article::{BlockKind, Document, TableRow};
use recto::layout::panes::Size;
use recto::ui;
use recto::ui::theme::Theme;

const SIZE: Size = Size { width: 120, height: 40 };

/// So many paragraphs, and as many comments in threads of eight.
fn text(count: usize) -> Arc<Document> {
    let mut builder = Builder::new();
    for number in 0..count {
        builder.paragraph(
            &format!("Lamp {number} was lit at dusk and burned until the tide. ").repeat(4),
        );
    }
    for number in 0..count {
        let parent = (number % 8 > 0).then(|| number as u32 - 1);
        builder.comment(&CommentHead { parent, ..CommentHead::default() });
        builder.paragraph(&format!("I saw lamp {number} go out twice. ").repeat(3));
    }
    Arc::new(builder.finish())
}

/// A table of so many rows, whose cells have to be wrapped.
fn table(count: usize) -> Arc<Document> {
    let mut builder = Builder::new();
    builder.words(BlockKind::Row(TableRow::Head), "Lamp\tKeeper\tWhat was said of it");
    for number in 0..count {
        let said = "It was lit at dusk and burned until the tide. ".repeat(1 + number % 3);
        let row = format!("{:06}\tKeeper {}\t{said}", number, number % 97);
        builder.words(BlockKind::Row(TableRow::Later), &row);
    }
    Arc::new(builder.finish())
}

/// What is done to come to the place, and the key that is counted there.
fn keys() -> Vec<(&'static str, Vec<Action>, Action)> {
    let scroll = |scroll, way| Action::Scroll(scroll, way);
    let (down, page) = (scroll(Scroll::Row, Way::Forward), scroll(Scroll::Page, Way::Forward));
    let (end, home) = (scroll(Scroll::All, Way::Forward), scroll(Scroll::All, Way::Back));
    let turn = Action::Turn(Way::Forward);
    vec![
        ("a line down", vec![page.clone()], down.clone()),
        ("a line up at the end", vec![end.clone()], scroll(Scroll::Row, Way::Back)),
        ("a page down", vec![page.clone()], page.clone()),
        ("to the end", vec![], end.clone()),
        ("to the start", vec![end.clone()], home),
        ("the next paragraph", vec![page.clone()], Action::Walk(Trail::Paragraph, Way::Forward)),
        ("one pane alone", vec![page.clone()], Action::Zoom),
        ("another size", vec![page.clone()], News::Resize(Size { width: 80, height: 24 }).into()),
        ("a line down among comments", vec![turn.clone(), page.clone()], down.clone()),
        ("the last comment", vec![turn.clone()], end.clone()),
        ("the next comment", vec![turn.clone(), page.clone()], Action::Sibling(Way::Forward)),
        ("a line down among folded threads", vec![turn, Action::FoldAll, page, end], down),
    ]
}

/// What a key and the frame after it ask for.
fn cost(doc: &Arc<Document>, before: &[Action], key: &Action) -> AllocationInfo {
    let mut model = Model::new(Arc::clone(doc), SIZE);
    let (theme, area) = (Theme::monochrome(), Rect::new(0, 0, SIZE.width, SIZE.height));
    let mut buffer = Buffer::empty(area);
    for key in before {
        update(&mut model, key.clone());
    }
    ui::draw(&model, &theme, &mut buffer);
    measure(|| {
        update(&mut model, key.clone());
        ui::draw(&model, &theme, &mut buffer);
    })
}

#[test]
fn no_key_costs_more_in_a_text_a_hundred_times_as_long() {
    let (short, long) = (text(300), text(30_000));
    for (what, before, key) in keys() {
        let (short, long) = (cost(&short, &before, &key), cost(&long, &before, &key));
        // Numbers of more digits and other words on the screen may differ a little.
        let most = short.bytes_total + short.bytes_total / 3;
        assert!(long.bytes_total <= most, "{what}: {short:?}, {long:?}");
    }
}

#[test]
fn no_key_costs_more_in_a_longer_table() {
    let (short, long) = (table(300), table(100_000));
    for (what, before, key) in keys() {
        let (short, long) = (cost(&short, &before, &key), cost(&long, &before, &key));
        // The same few rows are measured, of other lengths.
        let most = short.bytes_total + short.bytes_total / 3;
        assert!(long.bytes_total <= most, "{what}: {short:?}, {long:?}");
    }
}

#[test]
fn a_key_wraps_what_is_on_the_screen_and_little_more() {
    let doc = text(30_000);
    for (what, before, key) in keys() {
        let cost = cost(&doc, &before, &key);
        assert!(cost.bytes_total < 2 << 20 && cost.count_total < 20_000, "{what}: {cost:?}");
    }
}

#[test]
fn what_is_on_the_screen_is_wrapped_once() {
    let doc = text(3_000);
    let (theme, area) = (Theme::monochrome(), Rect::new(0, 0, SIZE.width, SIZE.height));
    let mut buffer = Buffer::empty(area);
    let mut model = Model::new(doc, SIZE);
    let scroll = |scroll, way| Action::Scroll(scroll, way);
    let (down, up) = (scroll(Scroll::Row, Way::Forward), scroll(Scroll::Row, Way::Back));
    for key in [scroll(Scroll::Page, Way::Forward), down.clone(), up.clone()] {
        update(&mut model, key);
        ui::draw(&model, &theme, &mut buffer);
    }
    // Down and up again wraps nothing: an update asks for no more than lists of the panes.
    for key in [down.clone(), up] {
        let cost = measure(|| drop(update(&mut model, key)));
        assert!(cost.bytes_max <= 64, "{cost:?}");
    }
    // A hundred lines down bring some thirty blocks in; to wrap them all at every key would ask
    // for fifty times as much.
    let cost = measure(|| (0..100).for_each(|_| drop(update(&mut model, down.clone()))));
    assert!(cost.bytes_total <= 130_000, "{cost:?}");
}

#[test]
fn a_text_is_there_once_while_it_is_read() {
    let paragraph =
        "The lamp on the mole was lit at dusk and burned until the tide turned. ".repeat(8);
    let bytes = format!("{paragraph}\n\n\n").repeat(4_000).into_bytes();
    let size = bytes.len() as u64;
    let cost = measure(|| drop(load::document(bytes)));
    // Beside it is only where its paragraphs stand.
    assert!(cost.bytes_max < size / 3, "{size}: {cost:?}");
}
