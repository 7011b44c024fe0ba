//! How fast names are found and merged, in MB/s on one core, and how long a short text takes with
//! nothing warm: `cargo bench --bench entities`.

#![expect(clippy::disallowed_macros, reason = "a benchmark prints its figures")]

use std::time::{Duration, Instant};

use recto::analysis::entities;
use recto::article::Document;
use recto::article::builder::Builder;

/// Few names in much prose.
const PROSE: &str = "The harbour was quiet when Tove Lund came back from Norway in the spring. \
    She had written to the Coast Export Agency twice, and nobody there had answered her letters. \
    Most of the boats were gone by then, and what was left of the old market smelled of tar.";

/// Little but names: what merging does most of its work on.
const NAMES: &str = "Ada Brandt, J. R. Holm, Tove Lund and Ms. Brandt met Holm of the Vorn Export \
    Agency (VEA) in Oslo, Norway; the VEA, Ada and Lund left for London with the Holm Group.";

fn main() {
    for (name, text) in [("prose", PROSE), ("names", NAMES)] {
        let doc = document(text, 5_000_000 / text.len());
        let spent = quickest(&doc, 3);
        let size = Duration::from_secs(u64::from(doc.text.len() as u32));
        report(name, size.as_secs_f64() / 1e6 / spent.as_secs_f64(), "MB/s");
    }
    let first = quickest(&document(PROSE, 40), 1);
    report("40 paragraphs", first.as_secs_f64() * 1e3, "ms");
}

fn document(text: &str, copies: usize) -> Document {
    let mut builder = Builder::new();
    for _ in 0..copies {
        builder.paragraph(text);
    }
    builder.finish()
}

fn quickest(doc: &Document, rounds: usize) -> Duration {
    let round = |_| {
        let start = Instant::now();
        let (found, mentions) = entities::find(doc);
        assert!(!found.is_empty() && !mentions.is_empty());
        start.elapsed()
    };
    (0..rounds).map(round).min().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
fn report(name: &str, figure: f64, unit: &str) {
    println!("tagging and merging, {name}: {figure:.1} {unit}");
}
