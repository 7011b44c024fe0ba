//! How fast a text is loaded, wrapped, moved about in, drawn and searched, with MB/s where that
//! is what grows: `cargo bench --bench reading`. Names and links have benchmarks of their own,
//! `entities` and `linking`. With `-- --test` each is done once.

use std::fmt::Write as _;
use std::sync::Arc;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use recto::app::Model;
use recto::app::action::{Action, Scroll, Way};
use recto::app::update::update;
use recto::article::Document;
use recto::article::load;
use recto::layout::hyphen::Language;
use recto::layout::panes::Size;
use recto::layout::setting::Setting;
use recto::layout::wrap;
use recto::text::find::Query;
use recto::ui;
use recto::ui::theme::Theme;

const SIZE: Size = Size { width: 120, height: 40 };

/// A word that stands once, near the end.
const NEEDLE: &str = "Zephyrine";

fn main() {
    divan::main();
}

/// Paragraphs of some 400 bytes each, `size` bytes of them.
fn prose(size: usize) -> String {
    let mut text = String::with_capacity(size + 1024);
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        for sentence in 0..5 {
            let _ = write!(
                text,
                "Lamp {} was lit when keeper {} came over the sound in the boat of the mill. ",
                number * 7919 % 10_007,
                sentence * 31 + number % 97,
            );
        }
        text.push_str("\n\n");
    }
    text + NEEDLE + " was the last of them.\n"
}

/// A discussion of so many comments, as the tree that forums give out.
fn thread(count: usize) -> String {
    let mut json =
        String::from(r#"{"id":0,"title":"The lamps","author":"Ada","text":"Lit.","children":["#);
    for number in 1..=count {
        let comma = if number == 1 { "" } else { "," };
        let _ = write!(
            json,
            r#"{comma}{{"id":{number},"author":"keeper {}","text":"<p>Lamp {number} was lit when the boat of the mill came over the sound, and it burned until the tide had turned. Nobody saw it go out.","children":[]}}"#,
            number % 97,
        );
    }
    json + "]}"
}

/// A table of so many rows, one column of which has no room.
fn table(rows: usize) -> String {
    let mut text = String::from("| Lamp | Keeper | What was said of it |\n|--|--|--|\n");
    for number in 0..rows {
        let said = "It was lit at dusk and burned until the tide. ".repeat(1 + number % 3);
        let _ = writeln!(text, "| {number} | Keeper {} | {said}|", number % 97);
    }
    text
}

fn model(size: usize) -> Model {
    Model::new(Arc::new(load::document(prose(size).into_bytes())), SIZE)
}

#[divan::bench(args = [1_000_000, 10_000_000])]
fn load_prose(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = prose(size).into_bytes();
    let count = BytesCount::new(bytes.len());
    bencher.counter(count).with_inputs(|| bytes.clone()).bench_values(load::document);
}

#[divan::bench(args = [1_000, 10_000])]
fn load_thread(bencher: Bencher<'_, '_>, comments: usize) {
    let bytes = thread(comments).into_bytes();
    let count = BytesCount::new(bytes.len());
    bencher.counter(count).with_inputs(|| bytes.clone()).bench_values(load::document);
}

/// What every reader of JSON pays at least.
#[divan::bench(args = [1_000, 10_000])]
fn parse_thread(bencher: Bencher<'_, '_>, comments: usize) {
    let text = thread(comments);
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| parse(black_box(&text)));
}

#[divan::bench(args = [40, 72, 100])]
fn wrap_prose(bencher: Bencher<'_, '_>, width: u16) {
    let text = prose(100_000);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let paragraphs = text.split("\n\n");
        paragraphs.map(|words| wrap::prose(black_box(words), width).len()).sum::<usize>()
    });
}

/// The same lines with words parted, which is what parting costs.
#[divan::bench(args = [40, 72, 100])]
fn wrap_parted_prose(bencher: Bencher<'_, '_>, width: u16) {
    let text = prose(100_000);
    let setting = Setting { hyphens: Some(Language::English), ..Setting::default() };
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let paragraphs = text.split("\n\n");
        paragraphs.map(|words| wrap::fitted(black_box(words), width, setting).len()).sum::<usize>()
    });
}

/// A page down and up again in a table of so many rows, in columns whose cells are wrapped.
#[divan::bench(args = [1_000, 100_000])]
fn update_table_page_down_and_up(bencher: Bencher<'_, '_>, rows: usize) {
    let mut model = Model::new(Arc::new(load::document(table(rows).into_bytes())), SIZE);
    update(&mut model, Action::Scroll(Scroll::Page, Way::Forward));
    bencher.bench_local(|| {
        update(&mut model, Action::Scroll(Scroll::Page, Way::Forward));
        update(&mut model, Action::Scroll(Scroll::Page, Way::Back));
    });
}

/// The same at any size.
#[divan::bench(args = [100_000, 10_000_000])]
fn update_line_down_and_up(bencher: Bencher<'_, '_>, size: usize) {
    let mut model = model(size);
    update(&mut model, Action::Scroll(Scroll::Page, Way::Forward));
    bencher.bench_local(|| {
        update(&mut model, Action::Scroll(Scroll::Row, Way::Forward));
        update(&mut model, Action::Scroll(Scroll::Row, Way::Back));
    });
}

#[divan::bench(args = [100_000, 10_000_000])]
fn update_end_and_start(bencher: Bencher<'_, '_>, size: usize) {
    let mut model = model(size);
    bencher.bench_local(|| {
        update(&mut model, Action::Scroll(Scroll::All, Way::Forward));
        update(&mut model, Action::Scroll(Scroll::All, Way::Back));
    });
}

#[divan::bench(args = [100_000, 10_000_000])]
fn draw(bencher: Bencher<'_, '_>, size: usize) {
    let (mut model, theme) = (model(size), Theme::coloured());
    update(&mut model, Action::Scroll(Scroll::Page, Way::Forward));
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    bencher.bench_local(|| {
        buffer.reset();
        ui::draw(black_box(&model), &theme, &mut buffer)
    });
}

/// A word in lower case is found in any case.
#[divan::bench(args = ["zephyrine", "Zephyrine", "lamp 7 was"])]
fn search(bencher: Bencher<'_, '_>, words: &str) {
    let doc: Document = load::document(prose(10_000_000).into_bytes());
    let find = |text: &str| Query::new(words).map(|query| query.find(text));
    bencher.counter(BytesCount::of_str(&doc.text)).bench_local(|| find(black_box(&doc.text)));
}
