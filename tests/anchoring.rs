//! Marked passages are found again after an edit, or said to be lost.

use std::collections::BTreeMap;

use proptest::prelude::*;
use recto::article::Document;
use recto::article::builder::{Builder, CommentHead};
use recto::record::anchor::{Anchor, Found, Verdict, relocate, relocate_words};
use recto::record::cases::answer;
use recto::text::span::Span;
use serde::Deserialize;

/// Texts and what becomes of passages between them.
#[derive(Deserialize)]
struct Book {
    texts: BTreeMap<String, Text>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Text {
    body: Vec<String>,
    comments: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    id: String,
    author: String,
    text: String,
}

/// The passage, and the verdict and words that are expected with the old text and without it.
#[derive(Deserialize)]
struct Case {
    mark: String,
    old: String,
    new: String,
    #[serde(rename = "by text")]
    by_text: (String, Option<String>),
    #[serde(rename = "by words")]
    by_words: (String, Option<String>),
}

fn document(text: &Text) -> Document {
    let mut builder = Builder::new();
    for paragraph in &text.body {
        builder.paragraph(paragraph);
    }
    for said in &text.comments {
        let (id, author) = (said.id.clone(), Some(said.author.clone()));
        builder.comment(&CommentHead { id, author, ..CommentHead::default() });
        builder.paragraph(&said.text);
    }
    builder.finish()
}

fn seen(found: Found, doc: &Document) -> (String, Option<String>) {
    let words = found.span.map(|span| doc.slice(span).to_owned());
    (found.verdict.name().to_owned(), words)
}

#[test]
fn passages_are_found_again_or_said_to_be_lost() {
    let book: Book = serde_json::from_str(include_str!("anchors/harbour.json")).unwrap();
    let mut wrong = Vec::new();
    for case in &book.cases {
        let (old, new) = (document(&book.texts[&case.old]), document(&book.texts[&case.new]));
        let start = old.text.find(&case.mark).unwrap();
        let anchor = Anchor::of(&old, (start..start + case.mark.len()).into());
        let by_text = seen(anchor.find_with(&old.text, &new), &new);
        let by_words = seen(anchor.find(&new), &new);
        if (&by_text, &by_words) != (&case.by_text, &case.by_words) {
            wrong.push((&case.mark, &case.new, by_text, by_words));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn of_equal_places_without_context_none_is_chosen() {
    let mut builder = Builder::new();
    for _ in 0..3 {
        builder.paragraph("The bell rang twice over the quay.");
    }
    let doc = builder.finish();
    let exact = "rang twice over the".to_owned();
    let anchor = Anchor { exact, start: u32::MAX, ..Anchor::default() };
    assert_eq!(anchor.find(&doc).verdict, Verdict::Ambiguous);
}

#[test]
fn of_equal_places_the_nearest_one_is_the_guess() {
    let text = "The bell rang twice over the quay.\n".repeat(9);
    for nth in 0..9_u32 {
        let exact = "rang twice over the".to_owned();
        // Three characters off, so that it is not where it was.
        let anchor = Anchor { exact, start: 35 * nth + 12, ..Anchor::default() };
        let found = relocate_words(&anchor, &text);
        assert_eq!(found.verdict, Verdict::Ambiguous);
        assert_eq!(found.span.map(|span| span.start), Some(35 * nth + 9));
    }
}

#[test]
fn words_in_other_company_are_not_taken_for_the_passage() {
    let anchor = Anchor {
        exact: "closed the north pier".into(),
        prefix: "On Monday the harbour master ".into(),
        suffix: " after the swell rose above two".into(),
        start: 29,
        ..Anchor::default()
    };
    let whole = |text: &str| {
        let found = relocate_words(&anchor, text);
        (found.verdict, found.span.map(|span| span.of(text).to_owned()))
    };
    let there = Some("closed the north pier".to_owned());
    let text = "News. On Monday the harbour master closed the north pier after the swell rose above two metres.";
    assert_eq!(whole(text), (Verdict::Moved, there.clone()));
    let quoted = "Who says that a storm once closed the north pier in her youth?";
    assert_eq!(whole(quoted), (Verdict::Ambiguous, there));
    assert_eq!(whole("Who says that the pier was closed?"), (Verdict::Lost, None));
}

#[test]
fn a_part_of_a_word_stays_that_part() {
    let (old, new) = ("The harbourmaster came late.", "At last the harbourmaster came.");
    let found = relocate(old, Span::new(4, 11), new);
    assert_eq!(found.span.map(|span| span.of(new)), Some("harbour"));
    assert_eq!(found.verdict, Verdict::Moved);
}

#[test]
fn what_surrounds_a_passage_is_cut_between_words() {
    let mut builder = Builder::new();
    builder.paragraph("one two three four five six seven eight nine ten eleven MARK twelve thirteen fourteen fifteen sixteen seventeen eighteen");
    let doc = builder.finish();
    let start = doc.text.find("MARK").unwrap();
    let anchor = Anchor::of(&doc, (start..start + 4).into());
    assert_eq!(anchor.prefix, "five six seven eight nine ten eleven ");
    assert_eq!(anchor.suffix, " twelve thirteen fourteen fifteen");
}

#[test]
fn a_line_of_cases_is_answered_in_scalar_values() {
    let line = r#"{"id": 7, "original": "Größe und Maß zählen.", "edited": "Ja: größe und Maß zählen.", "start": 10, "end": 13}"#;
    let answered: serde_json::Value = serde_json::from_str(&answer(line).unwrap()).unwrap();
    assert_eq!(answered, serde_json::json!({"id": 7, "start": 14, "end": 17, "verdict": "moved"}));
    assert!(answer("{\"id\": 7}").is_err());
}

fn numbered(numbers: &mut dyn Iterator<Item = u64>) -> String {
    numbers.map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_monotonous_text_is_no_trap() {
    let words = |text: &str, times: usize| text.repeat(times);
    let texts = [
        words("a ", 80_000),
        words("a b ", 40_000),
        words("a b c\n", 25_000),
        numbered(&mut (0..4_000).map(|n| n * 7919 % 311)),
        numbered(&mut (0..4_000).rev()),
        numbered(&mut (0..4_000)),
    ];
    let began = std::time::Instant::now();
    for old in &texts {
        for new in &texts {
            let middle = old.len() as u32 / 2;
            relocate(old, Span::new(middle, middle + 60), new);
            relocate(old, Span::new(0, old.len() as u32), new);
        }
    }
    assert!(began.elapsed().as_secs() < 600, "{:?}", began.elapsed());
}

/// Text with all that is hard: letters of several lengths, marks, signs, scripts without
/// spaces, line feeds.
fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(
        "[ab]{1,3}|[éß’'“”—–-]|[港口はไทย]|\u{301}|🙂|\u{200d}|[ \n.,]|\\PC",
        0..60,
    )
    .prop_map(|parts| parts.concat())
}

/// A span on character boundaries.
fn some_span(text: &str, from: usize, to: usize) -> Span {
    let cut = |at: usize| (0..=at % (text.len() + 1)).rev().find(|&at| text.is_char_boundary(at));
    let (one, other) = (cut(from).unwrap_or(0), cut(to).unwrap_or(0));
    (one.min(other)..one.max(other)).into()
}

proptest! {
    #[test]
    fn a_passage_found_is_a_piece_of_the_text(
        old in hostile(), new in hostile(), from in 0..999_usize, to in 0..999_usize,
    ) {
        let span = some_span(&old, from, to);
        let found = relocate(&old, span, &new);
        prop_assert_eq!(found.span.is_none(), found.verdict == Verdict::Lost);
        if let Some(span) = found.span {
            prop_assert!(new.get(span.range()).is_some());
        }
    }

    #[test]
    fn an_anchor_is_found_where_nothing_changed(
        texts in prop::collection::vec(hostile(), 1..4), from in 0..999_usize, to in 0..999_usize,
    ) {
        let mut builder = Builder::new();
        builder.paragraph(&texts[0]);
        for text in &texts {
            builder.comment(&CommentHead::default());
            builder.paragraph(text);
        }
        let doc = builder.finish();
        let span = some_span(&doc.text, from, to);
        let anchor = Anchor::of(&doc, span);
        prop_assert_eq!(anchor.exact.as_str(), doc.slice(span));
        if !span.is_empty() {
            let expected = Found { verdict: Verdict::Exact, span: Some(span) };
            prop_assert_eq!(anchor.find(&doc), expected);
            prop_assert_eq!(anchor.find_with(&doc.text, &doc), expected);
        }
    }

    #[test]
    fn a_strangers_anchor_harms_nothing(
        text in hostile(), exact in hostile(), prefix in hostile(), suffix in hostile(),
        start in any::<u32>(), end in any::<u32>(),
    ) {
        let mut builder = Builder::new();
        builder.paragraph(&text);
        let doc = builder.finish();
        let anchor = Anchor { exact, prefix, suffix, start, end, comment: None };
        for found in [anchor.find(&doc), anchor.find_with(&text, &doc)] {
            prop_assert!(found.span.is_none_or(|span| doc.text.get(span.range()).is_some()));
        }
    }
}
