//! Links from what a comment says to the passage that it quotes or retells.
//!
//! Quotations are looked up in the article, in the comment that this one answers, in the
//! headline, and where it is plain that another comment is quoted, in all earlier ones. Sentences
//! without quotation marks are looked up in the article only.
//!
//! Every query costs a bounded number of look-ups and table cells for each of its words, so that
//! the whole takes time in proportion to the text, whatever the text is.
//!
//! May not know: entities.

pub mod agenda;
mod align;
mod echoes;
mod ends;
mod places;
mod quotations;
mod quotes;
mod source;
mod words;

use std::ops::Range;

use self::align::Pairs;
use self::places::{Authors, In, Place};
use self::quotations::{Form, Quotation};
use self::source::{Source, Tracer};
use self::words::Words;
use super::{Link, LinkKind};
use crate::article::{BlockKind, Document};
use crate::text::span::Span;

/// Finds all links of a document, in the order of the comments. Time grows linearly with its text.
pub fn find(doc: &Document) -> Vec<Link> {
    let mut linker = Linker::new(doc);
    (0..doc.comments.len()).flat_map(|number| linker.comment(number)).collect()
}

/// Finds the links of one comment at a time, in whatever order they are wanted.
#[derive(Debug)]
pub struct Linker<'a> {
    doc: &'a Document,
    words: Words<'a>,
    /// The words of the body.
    body: Range<usize>,
    /// The headline and the body.
    article: Source,
    /// The discussion, indexed when the first quotation is looked up there.
    discussion: Option<Source>,
    authors: Authors,
    tracer: Tracer,
}

impl<'a> Linker<'a> {
    /// Reads the document once and indexes its article.
    pub fn new(doc: &'a Document) -> Self {
        let words = Words::of(doc);
        let body = words.of_blocks(doc.body.clone());
        let article = Source::of(&words, 0..body.end);
        let (discussion, authors, tracer) = (None, Authors::of(doc), Tracer::default());
        Self { doc, words, body, article, discussion, authors, tracer }
    }

    /// The links of comment `number`, in no certain order: the same whatever was asked before.
    /// None where there is no such comment.
    pub fn comment(&mut self, number: usize) -> Vec<Link> {
        let mut links = Vec::new();
        let Some(comment) = self.doc.comments.get(number) else { return links };
        for block in comment.blocks().skip(1) {
            let mut part = Part {
                comment: number,
                words: self.words.of_blocks(block..block + 1),
                places: None,
                links: Vec::new(),
            };
            self.block(block as usize, &mut part);
            links.append(&mut part.links);
        }
        links
    }

    fn block(&mut self, number: usize, part: &mut Part) {
        let block = &self.doc.blocks[number];
        for quotation in quotations::of_block(block, self.doc.words(block)) {
            self.quotation(quotation, part);
        }
        if !matches!(block.kind(), BlockKind::Code | BlockKind::Row(_) | BlockKind::Rule) {
            self.echoes(block.span, part);
        }
    }

    fn quotation(&mut self, quotation: Quotation, part: &mut Part) {
        let quote = self.words.inside(part.words.clone(), quotation.span);
        for run in self.passages(part, quotation, &quote) {
            let (from, to) =
                ends::of_quotation(self.doc, &self.words, quotation.span, &quote, &run);
            part.links.push(self.link(LinkKind::Quote, from, to, &run));
        }
    }

    /// The passages that a quotation stands for, from the place that has most of it: the body
    /// before all others.
    fn passages(
        &mut self,
        part: &mut Part,
        quotation: Quotation,
        quote: &Range<usize>,
    ) -> Vec<Pairs> {
        let body = Place { words: self.body.clone(), kind: In::Article };
        let (mut best, mut weight) = self.trace(quote, &body);
        let enough = (self.words.weight(quote.clone()) * 4).div_ceil(5);
        if weight >= enough {
            return best;
        }
        let sure = self.is_reference(part, quotation);
        for place in self.elsewhere(part).iter().filter(|place| sure || place.kind != In::Earlier) {
            let found = self.trace(quote, place);
            if found.1 > weight {
                (best, weight) = found;
            }
            if weight >= enough {
                break;
            }
        }
        best
    }

    fn elsewhere(&self, part: &mut Part) -> Vec<Place> {
        let (doc, words, among) = (self.doc, &self.words, part.words.clone());
        let find = || places::elsewhere(doc, words, &self.authors, part.comment, among);
        part.places.get_or_insert_with(find).clone()
    }

    /// The runs of a quotation that stand in one place, and what they weigh.
    fn trace(&mut self, quote: &Range<usize>, place: &Place) -> (Vec<Pairs>, u32) {
        if place.words.is_empty() || quote.is_empty() {
            return (Vec::new(), 0);
        }
        let words = &self.words;
        let discussion = || Source::of_pairs(words, self.body.end..words.all.len());
        let source = match place.kind {
            In::Article => Some(&self.article),
            In::Meant if place.is_small() => None,
            In::Meant | In::Earlier => Some(&*self.discussion.get_or_insert_with(discussion)),
        };
        let runs = if quote.len() < quotes::FEWEST {
            quotes::phrase(words, source, quote.clone(), &place.words).into_iter().collect()
        } else {
            quotes::trace(&mut self.tracer, words, source, quote.clone(), &place.words)
        };
        let weight = runs.iter().map(|run| words.weight_of(run)).sum();
        (runs, weight)
    }

    /// Whether it is plain that words of an unknown earlier comment are quoted: the comment answers
    /// somebody or sets the words off as a paragraph. Else the same words, which may well come from
    /// a third place, are no sign that one has read the other.
    fn is_reference(&self, part: &Part, quotation: Quotation) -> bool {
        self.doc.comments[part.comment].parent().is_some() || quotation.form == Form::Block
    }

    /// Links the sentences of a block that its quotations do not come from.
    fn echoes(&mut self, block: Span, part: &mut Part) {
        let count = part.links.len();
        let mut start = block.start;
        for next in 0..=count {
            let quoted = part.links[..count].get(next);
            let quoted = quoted.map_or(Span::new(block.end, block.end), |link| link.from);
            let between = Span::new(start, quoted.start);
            for sentence in echoes::sentences(&self.words, part.words.clone(), between) {
                part.links.extend(self.echo(sentence));
            }
            start = quoted.end;
        }
    }

    fn echo(&mut self, sentence: Range<usize>) -> Option<Link> {
        let (words, source) = (&self.words, &self.article);
        let run = echoes::trace(&mut self.tracer, words, source, sentence, &self.body)?;
        let (from, to) = ends::of_words(words, &run);
        Some(self.link(LinkKind::Echo, from, to, &run))
    }

    /// A link whose score is the weight of the words that are the same, as a part of all.
    fn link(&self, kind: LinkKind, from: Span, to: Span, run: &Pairs) -> Link {
        let words = &self.words;
        let side = |word: usize, span| words.weight(words.inside(words.block_of(word), span));
        let same = |&&(at, to): &&(usize, usize)| words.all[at].key == words.all[to].key;
        let weight = |&(at, _): &(usize, usize)| u32::from(words.weights[at]);
        let shared = 2 * run.iter().filter(same).map(weight).sum::<u32>();
        let per_mille = shared * 1000 / (side(run[0].0, from) + side(run[0].1, to)).max(1);
        let score = f32::from(per_mille.min(1000) as u16) / 1000.0;
        Link::new(kind, (from, to), score)
    }
}

/// A block of a comment while it is read.
struct Part {
    comment: usize,
    /// The words of the block.
    words: Range<usize>,
    /// Where its quotations may come from, once one of them is not in the body.
    places: Option<Vec<Place>>,
    links: Vec<Link>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::builder::{Builder, CommentHead};
    use proptest::prelude::*;

    fn build(body: &[String], comments: &[(Option<u32>, Vec<String>)]) -> Document {
        let mut builder = Builder::new();
        for words in body {
            builder.paragraph(words);
        }
        for (parent, blocks) in comments {
            builder.comment(&CommentHead { parent: *parent, ..CommentHead::default() });
            for words in blocks {
                builder.paragraph(words);
            }
        }
        builder.finish()
    }

    fn check(doc: &Document) {
        for link in find(doc) {
            for span in [link.from, link.to] {
                let block = doc.blocks[doc.block_at(span.start)].span;
                assert!(!span.is_empty() && block.covers(span), "{span:?} {block:?}");
                assert!(doc.text.get(span.range()).is_some());
            }
            let from = doc.comment_at(link.from.start).map(|number| &doc.comments[number]);
            assert!(link.to.end <= doc.comment_span(from.expect("a comment")).start);
            assert!((0.0..=1.0).contains(&link.score));
        }
    }

    fn in_any_order(doc: &Document) {
        let mut linker = Linker::new(doc);
        let backwards = (0..doc.comments.len()).rev().map(|number| linker.comment(number));
        let mut parts: Vec<_> = backwards.collect();
        parts.reverse();
        assert_eq!(parts.concat(), find(doc));
        assert!(linker.comment(doc.comments.len()).is_empty());
    }

    /// Words from a small stock, so that texts share many, between marks of all kinds.
    const HOSTILE: &str = "([“”\"‘’'„«» .…>\\[\\]\n/-]{0,2}(tide|mill|the|of|harbour|harbours|Ünder|海|x){1}){0,24}[“”\"’]?";

    proptest! {
        #[test]
        fn links_lie_inside_blocks_and_point_back(
            body in prop::collection::vec(HOSTILE, 0..4),
            comments in prop::collection::vec((prop::option::of(0_u32..4), prop::collection::vec(HOSTILE, 0..3)), 0..6),
        ) {
            let doc = build(&body, &comments);
            check(&doc);
            in_any_order(&doc);
        }

        #[test]
        fn any_text_is_read(body in any::<String>(), comment in any::<String>()) {
            let quoted = format!("“{body}” {comment} \"{comment}\"");
            check(&build(&[body, comment.clone()], &[(None, vec![comment, quoted])]));
        }
    }

    /// Pairs of words looked at for each word of the text.
    fn pairs_per_word(doc: &Document) -> u64 {
        let mut linker = Linker::new(doc);
        (0..doc.comments.len()).for_each(|number| drop(linker.comment(number)));
        linker.tracer.aligner.pairs / linker.words.all.len().max(1) as u64
    }

    #[test]
    fn work_grows_with_the_text_whatever_it_says() {
        let word = |n: usize| format!("word{}", n * n % 9973);
        let varied = |from: usize| (from..from + 4000).map(word).collect::<Vec<_>>().join(" ");
        let comment = |words: String| (None, vec![words]);
        let mut deep: Vec<_> = (0..400)
            .map(|n: u32| (n.checked_sub(1), vec!["“the same old tide again”".to_owned()]))
            .collect();
        deep.push((Some(399), vec!["“tide ".repeat(500)]));
        for (name, body, comments) in [
            (
                "one word",
                "tide ".repeat(20_000),
                vec![comment(format!("“{}”", "tide ".repeat(20_000)))],
            ),
            (
                "quotes of one word",
                "tide ".repeat(20_000),
                vec![comment("“tide tide tide” ".repeat(3000))],
            ),
            ("quoted whole", varied(0), vec![comment(format!("“{}”", varied(0)))]),
            ("pasted whole", varied(0), vec![comment(varied(0))]),
            (
                "every sentence alike",
                "The tide was high. ".repeat(5000),
                vec![comment("The tide is high. ".repeat(5000))],
            ),
            ("comments that quote comments", varied(7), deep),
            ("many quotations", varied(7), vec![comment("> a\nb\n> c d e\n".repeat(3000))]),
        ] {
            let pairs = pairs_per_word(&build(&[body], &comments));
            assert!(pairs < 1200, "{name}: {pairs}");
        }
    }
}
