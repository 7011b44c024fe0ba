//! Trains the model of the tagger.
//!
//! `train LISTS MODEL FILE...` writes MODEL from marked texts; `train --tag MODEL FILE OUT` writes
//! what a model finds in the texts of a file, to be scored. A line of a file is one text:
//! `{"text": …, "ents": [[start, end, type], …]}`, offsets in Unicode scalar values.
//! LISTS is the folder with `clusters.tsv.gz`, `cities.tsv.gz` and `given-and-family-names.tsv.gz`.

use std::error::Error;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use recto::analysis::Kind;
use recto::analysis::entities::training::{self, Example, Lists, Others, Settings};
use recto::article::builder::Builder;
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["--tag", model, file, out] => tag(model, file, out),
        [lists, model, ref files @ ..] if !files.is_empty() => train(lists, model, files),
        _ => Err("usage: train LISTS MODEL FILE... | train --tag MODEL FILE OUT".into()),
    }
}

fn train(lists: &str, model: &str, files: &[&str]) -> Result<()> {
    let mut examples = Vec::new();
    for file in files {
        for line in fs::read_to_string(file)?.lines() {
            examples.push(example(&serde_json::from_str(line)?, file)?);
        }
    }
    let list = |name| unpacked(&Path::new(lists).join(name));
    let (clusters, cities, census) =
        (list("clusters.tsv.gz")?, list("cities.tsv.gz")?, list("given-and-family-names.tsv.gz")?);
    let lists = Lists { clusters: &clusters, cities: &cities, census: &census };
    let number =
        |name: &str, or| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(or);
    let settings = Settings {
        rounds: number("ROUNDS", 10),
        least: number("LEAST", 2) as u32,
        fact_lines: number("FACTS", 20_000),
        row_lines: number("ROWS", 20_000),
        caution: number("CAUTION", 0) as f64 / 1000.0,
        dropped: number("DROPPED", 0) as u64,
        margin: number("MARGIN", 0) as i32,
        models: number("MODELS", 1) as u64,
    };
    fs::write(model, training::train(&examples, &lists, &settings))?;
    Ok(())
}

fn unpacked(file: &Path) -> Result<String> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(file)?).read_to_string(&mut text)?;
    Ok(text)
}

fn example(line: &Value, file: &str) -> Result<Example> {
    let text = line["text"].as_str().ok_or("no text")?.to_owned();
    // Byte of each scalar value.
    let bytes: Vec<u32> =
        text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    let mut names = Vec::new();
    for name in line["ents"].as_array().ok_or("no names")? {
        let at = |index: usize| name[index].as_u64().and_then(|at| bytes.get(at as usize).copied());
        let (Some(start), Some(end), Some(kind)) = (at(0), at(1), name[2].as_str()) else {
            return Err("a name without a span".into());
        };
        let Some(kind) = kind_of(kind) else { continue };
        if let Some(name) = trimmed(&text, start, end) {
            names.push((name.into(), kind));
        }
    }
    names.sort_by_key(|(span, _): &(recto::text::span::Span, _)| *span);
    let others = if file.contains("ewt") || file.contains("btc") {
        Others::Unmarked
    } else {
        Others::Marked
    };
    Ok(Example { text, names, others, weight: 1 })
}

fn trimmed(text: &str, start: u32, end: u32) -> Option<std::ops::Range<usize>> {
    let (mut start, mut end) = (start as usize, end as usize);
    let name = text.get(start..end)?;
    for article in ["the ", "The ", "THE ", "a ", "an "] {
        if name.starts_with(article) {
            start += article.len();
            break;
        }
    }
    let name = text.get(start..end)?;
    for tail in ["'s", "’s", "'", "’"] {
        if name.ends_with(tail) && name.len() > tail.len() {
            end -= tail.len();
            break;
        }
    }
    (start < end).then_some(start..end)
}

fn kind_of(kind: &str) -> Option<Kind> {
    Some(match kind {
        "PER" | "PERSON" => Kind::Person,
        "LOC" | "GPE" | "FAC" => Kind::Place,
        "ORG" => Kind::Organization,
        "MISC" | "NORP" | "PRODUCT" | "EVENT" | "WORK_OF_ART" | "LAW" | "LANGUAGE" => Kind::Other,
        _ => return None,
    })
}

fn tag(model: &str, file: &str, out: &str) -> Result<()> {
    let model = fs::read(model)?;
    let mut out = fs::File::create(out)?;
    for line in fs::read_to_string(file)?.lines() {
        let line: Value = serde_json::from_str(line)?;
        let text = line["text"].as_str().ok_or("no text")?;
        let mut builder = Builder::new();
        let mut starts = Vec::new();
        let mut at = 0;
        for row in text.split_inclusive('\n') {
            let words = row.trim_end_matches(['\n', '\r']);
            let before = builder.blocks();
            builder.paragraph(words);
            if builder.blocks() > before {
                starts.push((before, at));
            }
            at += row.chars().count();
        }
        let doc = builder.finish();
        let (entities, mentions) = training::find(&doc, &model);
        let mut found = Vec::new();
        for mention in mentions {
            let block = doc.block_at(mention.span.start);
            let row = starts[starts.partition_point(|&(first, _)| first <= block) - 1];
            let first = doc.blocks[row.0].span.start;
            let before = doc.text[first as usize..mention.span.start as usize].chars().count();
            let count = doc.slice(mention.span).chars().count();
            let kind = match entities[mention.entity as usize].kind {
                Kind::Person => "PER",
                Kind::Place => "LOC",
                Kind::Organization => "ORG",
                _ => "MISC",
            };
            found.push(json!([row.1 + before, row.1 + before + count, kind]));
        }
        writeln!(out, "{}", json!({"id": line["id"], "ents": found}))?;
    }
    Ok(())
}
