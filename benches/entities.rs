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
        let tagged = entities::tag(&doc);
        let tagging = quickest(3, || drop(entities::tag(&doc)));
        let merging = quickest(3, || assert!(!tagged.merge(&doc).0.is_empty()));
        for (step, spent) in [("tagging", tagging), ("merging", merging)] {
            let size = f64::from(doc.text.len() as u32) / 1e6;
            report(&format!("{step}, {name}"), size / spent.as_secs_f64(), "MB/s");
        }
    }
    let doc = document(PROSE, 40);
    let cold = quickest(1, || assert!(!entities::find(&doc).0.is_empty()));
    report("tagging and merging 40 paragraphs", cold.as_secs_f64() * 1e3, "ms");
}

fn document(text: &str, copies: usize) -> Document {
    let mut builder = Builder::new();
    for _ in 0..copies {
        builder.paragraph(text);
    }
    builder.finish()
}

fn quickest(rounds: usize, work: impl Fn()) -> Duration {
    let round = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..rounds).map(round).min().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
fn report(what: &str, figure: f64, unit: &str) {
    println!("{what}: {figure:.1} {unit}");
}
