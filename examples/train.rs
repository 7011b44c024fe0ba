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

use recto::analysis::entities::training::{self, Example, Lists, Others, Settings};
use recto::analysis::{Kind, Mention};
use recto::article::builder::Builder;
use recto::text::span::Span;
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
    fs::write(model, training::train(&examples, &lists, &Settings::default()))?;
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
    let mut names: Vec<(Span, Kind)> = Vec::new();
    for name in line["ents"].as_array().ok_or("no names")? {
        let at = |index: usize| name[index].as_u64().and_then(|at| bytes.get(at as usize).copied());
        let (Some(start), Some(end), Some(kind)) = (at(0), at(1), name[2].as_str()) else {
            return Err("a name without a span".into());
        };
        let Some(kind) = kind_of(kind) else { continue };
        names.extend(trimmed(&text, Span::new(start, end)).map(|span| (span, kind)));
    }
    names.sort_by_key(|&(span, _)| span);
    let others = if file.contains("ewt") || file.contains("btc") {
        Others::Unmarked
    } else {
        Others::Marked
    };
    Ok(Example { text, names, others })
}

/// The bytes of a name without an article before it and a possessive ending.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let name = span.of(text);
    let articles = ["the ", "The ", "THE ", "a ", "an "];
    let short = articles.iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name);
    let tails = ["'s", "’s", "'", "’"];
    let bare = tails.iter().find_map(|tail| short.strip_suffix(tail)).unwrap_or(short);
    let start = span.start + (name.len() - short.len()) as u32;
    (!bare.is_empty()).then(|| Span::new(start, start + bare.len() as u32))
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
        writeln!(out, "{}", json!({"id": line["id"], "ents": found(text, &model)}))?;
    }
    Ok(())
}

/// What a model finds in a text, each line of it a paragraph.
fn found(text: &str, model: &[u8]) -> Vec<Value> {
    let mut builder = Builder::new();
    // First block and first scalar value of each line.
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push((builder.blocks(), at));
        builder.paragraph(line.trim_end_matches(['\n', '\r']));
        at += line.chars().count();
    }
    let doc = builder.finish();
    let (entities, mentions) = training::find(&doc, model);
    let mention = |mention: &Mention| {
        let block = doc.block_at(mention.span.start);
        let line = lines.partition_point(|&(first, _)| first <= block) - 1;
        let (first, at) = lines[line];
        let first = doc.blocks[first].span.start;
        let start = at + doc.slice(Span::new(first, mention.span.start)).chars().count();
        let end = start + doc.slice(mention.span).chars().count();
        json!([start, end, name_of(entities[mention.entity as usize].kind)])
    };
    mentions.iter().map(mention).collect()
}

fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "PER",
        Kind::Place => "LOC",
        Kind::Organization => "ORG",
        _ => "MISC",
    }
}
