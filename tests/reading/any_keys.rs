//! Any keys on any text at any size: nothing panics, and what the model says stays true.

use crate::world::{World, letters};
use proptest::prelude::*;
use recto::app::action::{Action, News, Way};
use recto::app::keys::{self, Key};
use recto::app::mouse::{Gesture, Mouse};
use recto::app::settings::Trait;
use recto::article::load;
use recto::layout::flow::Flow;
use recto::layout::panes::{Pane, Size};

/// Every key of the table, some that are in none, and sizes.
#[derive(Clone, Debug)]
enum Step {
    Press(Key),
    Mouse(Mouse),
    Resize(Size),
    Switch(Trait),
}

fn step() -> impl Strategy<Value = Step> {
    let mut known: Vec<Key> = keys::table()
        .iter()
        .flat_map(|(_, bindings)| bindings.iter().flat_map(keys::Binding::sequences))
        .flatten()
        .collect();
    known.extend([Key::Named("Backspace"), Key::Char('ß'), Key::Ctrl('w')]);
    prop_oneof![
        20 => prop::sample::select(known).prop_map(Step::Press),
        5 => (0u16..160, 0u16..50, gesture()).prop_map(|(x, y, gesture)| Step::Mouse(Mouse { x, y, gesture })),
        1 => prop::sample::select(vec![Trait::EvenLines, Trait::Hyphens, Trait::Justified]).prop_map(Step::Switch),
        1 => (0u16..200, 0u16..60).prop_map(|(width, height)| Step::Resize(Size { width, height })),
    ]
}

fn gesture() -> impl Strategy<Value = Gesture> {
    prop::sample::select(vec![
        Gesture::Press,
        Gesture::Double,
        Gesture::Drag,
        Gesture::Drag,
        Gesture::Release,
        Gesture::Wheel(Way::Forward),
        Gesture::Wheel(Way::Back),
    ])
}

/// Texts that break things: marks without a base, reordering, escapes, wide and joined signs.
fn words() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "Ada Brandt",
        "“the tide”",
        "said",
        "\u{202e}",
        "\x1b[31m",
        "\t",
        "日本語",
        "👨‍👩‍👧",
        "\u{301}",
        "…",
        "> quoted",
        "- item",
        "# Title",
        "`code`",
        "**",
        "\n\n",
        "\n",
        ". ",
        "? ",
        "the tide turns at noon",
        "extraordinarily incomprehensible",
    ]);
    prop::collection::vec(bits, 0..40).prop_map(|bits| bits.join(" "))
}

fn article() -> impl Strategy<Value = recto::article::Document> {
    (words(), prop::collection::vec((words(), 0usize..5), 0..8)).prop_map(|(body, comments)| {
        let comments: Vec<serde_json::Value> = comments
            .iter()
            .enumerate()
            .map(|(index, (text, up))| {
                let parent = index.checked_sub(up + 1).map(|parent| format!("c{parent}"));
                serde_json::json!({
                    "@type": "Comment", "@id": format!("c{index}"), "text": text,
                    "author": {"name": text.chars().take(20).collect::<String>()},
                    "parentItem": parent.map(|id| serde_json::json!({"@id": id})),
                })
            })
            .collect();
        let article = serde_json::json!({
            "@context": "https://schema.org", "@type": "Article", "headline": "Tides",
            "articleBody": format!("Start. {body}"), "comment": comments,
        });
        load::document(article.to_string().into_bytes())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_panics_and_every_cursor_is_on_a_row(
        doc in article(),
        width in 0u16..150, height in 0u16..45,
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut world = World::new(doc, Size { width, height });
        world.screen(&letters());
        for step in steps {
            match step {
                Step::Press(key) => world.key(key),
                Step::Mouse(mouse) => world.act(Action::Mouse(mouse)),
                Step::Resize(size) => world.act(News::Resize(size)),
                Step::Switch(which) => world.act(Action::Switch(which)),
            }
            world.screen(&letters());
            for pane in [Pane::Body, Pane::Comments] {
                let flow = world.model.flow(pane);
                let at = world.model.place(pane).at;
                prop_assert!(flow.is_empty() || flow.row_at(at).is_some());
                // Lines that were wrapped before are those that would be wrapped now.
                let anew = Flow { wrapped: None, ..flow };
                let top = world.model.top(pane);
                prop_assert!(flow.rows_from(top).take(60).eq(anew.rows_from(top).take(60)));
                prop_assert!(flow.rows_before(at).take(60).eq(anew.rows_before(at).take(60)));
                prop_assert!(world.model.doc.text.is_char_boundary(at as usize));
                // The cell of the cursor shows what the cursor is on.
                let spot = world.model.cell(pane).and_then(|(x, y)| world.model.spot(pane, x, y));
                let here = world.model.glyph_at(at);
                let row = flow.row_at(at).map(|row| row.span.start);
                let same = spot.as_ref().is_none_or(|spot| {
                    // A row may begin with a mark whose base ends the row before.
                    let here = here.start.max(spot.row.span.start);
                    spot.glyph.start <= here && Some(spot.row.span.start) == row
                });
                prop_assert!(same, "{:?} is not {}", spot, at);
            }
        }
    }
}
