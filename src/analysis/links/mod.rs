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

mod align;
mod echoes;
mod ends;
mod quotations;
mod quotes;
mod source;
mod words;

use std::ops::Range;

use self::align::{Aligner, Pairs};
use self::quotations::{Form, Quotation};
use self::source::Source;
use self::words::Words;
use super::{Link, LinkKind};
use crate::article::{BlockKind, Comment, Document};
use crate::text::span::Span;

/// Finds all links of a document, in the order of the comments. Time grows linearly with its text.
pub fn find(doc: &Document) -> Vec<Link> {
    let mut finder = Finder::new(doc);
    for comment in &doc.comments {
        finder.comment(comment);
    }
    finder.links
}

/// What is found while the comments are read one after the other.
struct Finder<'a> {
    doc: &'a Document,
    words: Words<'a>,
    article: Source,
    /// The words of the body.
    body: Range<usize>,
    /// The words of the headline.
    title: Range<usize>,
    /// The discussion, indexed when the first quotation is not found in the article.
    discussion: Option<Source>,
    aligner: Aligner,
    links: Vec<Link>,
}

impl<'a> Finder<'a> {
    fn new(doc: &'a Document) -> Self {
        let words = Words::of(doc);
        let body = doc.body_blocks().iter().map(|block| block.span).reduce(Span::join);
        let body = words.within(body.unwrap_or_default());
        let title = doc.blocks.first().filter(|block| block.kind == BlockKind::Title);
        let title = words.within(title.map(|block| block.span).unwrap_or_default());
        let article = Source::of(&words, 0..body.end.max(title.end));
        let (discussion, aligner, links) = (None, Aligner::default(), Vec::new());
        Self { doc, words, article, body, title, discussion, aligner, links }
    }

    fn comment(&mut self, comment: &Comment) {
        for block in self.doc.comment_blocks(comment) {
            let first = self.links.len();
            for quotation in quotations::of_block(block, self.doc.words(block)) {
                self.quotation(comment, quotation);
            }
            if !matches!(block.kind, BlockKind::Code | BlockKind::Row | BlockKind::Rule) {
                self.echoes(block.span, first);
            }
        }
    }

    fn quotation(&mut self, comment: &Comment, quotation: Quotation) {
        let quote = self.words.within(quotation.span);
        for run in self.passages(comment, quotation, &quote) {
            let (from, to) = ends::of_quotation(self.doc, &self.words, quotation.span, &run);
            self.link(LinkKind::Quote, from, to, &run);
        }
    }

    /// The passages that a quotation stands for, from the source that has most of it; the article
    /// before the discussion, the comment it answers before others.
    fn passages(
        &mut self,
        comment: &Comment,
        quotation: Quotation,
        quote: &Range<usize>,
    ) -> Vec<Pairs> {
        let found = self.trace(quote, &self.body.clone(), In::Article);
        let whole = self.words.weight(quote.clone());
        let (mut best, mut weight) = (found.0, found.1);
        for (within, place) in self.elsewhere(comment) {
            if weight * 5 >= whole * 4 {
                break;
            }
            let found = self.trace(quote, &within, place);
            if found.1 > weight
                && (place != In::Earlier || self.is_reference(comment, quotation, &found.0))
            {
                (best, weight) = found;
            }
        }
        best
    }

    /// Where else than in the body a quotation may have come from.
    fn elsewhere(&self, comment: &Comment) -> Vec<(Range<usize>, In)> {
        let mut places = Vec::new();
        let parent = comment.parent.and_then(|parent| self.doc.comments.get(parent as usize));
        if let Some(parent) = parent {
            places.push((self.words.within(self.doc.comment_span(parent)), In::Parent));
        }
        places.push((self.title.clone(), In::Article));
        let start = self.doc.comment_span(comment).start;
        let discussion = Span::new(self.doc.discussion_start(), start);
        places.push((self.words.within(discussion), In::Earlier));
        places
    }

    /// The runs of a quotation that stand in one place, and what they weigh.
    fn trace(
        &mut self,
        quote: &Range<usize>,
        within: &Range<usize>,
        place: In,
    ) -> (Vec<Pairs>, u32) {
        if within.is_empty() || quote.is_empty() {
            return (Vec::new(), 0);
        }
        let source = match place {
            In::Article => &self.article,
            In::Parent | In::Earlier => {
                let first = self.words.within(Span::new(0, self.doc.discussion_start())).end;
                let all = first..self.words.all.len();
                self.discussion.get_or_insert_with(|| Source::of_pairs(&self.words, all))
            }
        };
        let runs = if quote.len() < quotes::FEWEST {
            quotes::phrase(&self.words, &self.doc.text, source, quote.clone(), within)
                .into_iter()
                .collect()
        } else {
            quotes::trace(&mut self.aligner, &self.words, source, quote.clone(), within)
        };
        let weight = runs.iter().map(|run| self.words.weight_of(run)).sum();
        (runs, weight)
    }

    /// Whether it is plain that the comment speaks of the earlier one that the words stand in: it answers
    /// somebody, sets the words off as a paragraph, or names the author. Else the same words, which
    /// may well come from a third place, are no sign that one has read the other.
    fn is_reference(&self, comment: &Comment, quotation: Quotation, runs: &[Pairs]) -> bool {
        if comment.parent.is_some() || quotation.form == Form::Block {
            return true;
        }
        let earlier = runs.first().map(|run| self.words.all[run[0].1].span.start);
        let earlier = earlier.and_then(|at| self.doc.comment_at(at));
        let author = earlier.and_then(|number| self.doc.author(&self.doc.comments[number]));
        let block = &self.doc.blocks[self.doc.block_at(quotation.span.start)];
        author.is_some_and(|author| self.doc.words(block).contains(author))
    }

    /// Links the sentences of a block that the links from number `first` on do not come from.
    fn echoes(&mut self, block: Span, first: usize) {
        let quoted: Vec<Span> = self.links[first..].iter().map(|link| link.from).collect();
        let mut start = block.start;
        for end in quoted.into_iter().chain([Span::new(block.end, block.end)]) {
            let part = self.words.within(Span::new(start, end.start));
            for sentence in echoes::sentences(&self.words, part) {
                self.echo(sentence);
            }
            start = end.end;
        }
    }

    fn echo(&mut self, sentence: Range<usize>) {
        let (words, within) = (&self.words, &self.body);
        let found = echoes::trace(&mut self.aligner, words, &self.article, sentence, within);
        if let Some(run) = found {
            let (from, to) = ends::of_words(&self.words, &run);
            self.link(LinkKind::Echo, from, to, &run);
        }
    }

    fn link(&mut self, kind: LinkKind, from: Span, to: Span, run: &Pairs) {
        let side = |span| self.words.weight(self.words.within(span));
        let shared = 2 * run
            .iter()
            .map(|&(at, to)| {
                if self.words.all[at].key == self.words.all[to].key {
                    self.words.weight(at..at + 1)
                } else {
                    0
                }
            })
            .sum::<u32>();
        let per_mille = shared * 1000 / (side(from) + side(to)).max(1);
        let score = f32::from(per_mille.min(1000) as u16) / 1000.0;
        self.links.push(Link { kind, from, to, score });
    }
}

/// Which index a place is looked up in, and how sure it is that it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum In {
    /// The headline or the body.
    Article,
    /// The comment that this one answers.
    Parent,
    /// Any comment before.
    Earlier,
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
            builder.comment(CommentHead { parent: *parent, ..CommentHead::default() });
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

    /// Words from a small stock, so that texts share many, between marks of all kinds.
    const HOSTILE: &str = "([“”\"‘’'„«» .…>\\[\\]\n/-]{0,2}(tide|mill|the|of|harbour|harbours|Ünder|海|x){1}){0,24}[“”\"’]?";

    proptest! {
        #[test]
        fn links_lie_inside_blocks_and_point_back(
            body in prop::collection::vec(HOSTILE, 0..4),
            comments in prop::collection::vec((prop::option::of(0_u32..4), prop::collection::vec(HOSTILE, 0..3)), 0..6),
        ) {
            check(&build(&body, &comments));
        }

        #[test]
        fn any_text_is_read(body in any::<String>(), comment in any::<String>()) {
            let quoted = format!("“{body}” {comment} \"{comment}\"");
            check(&build(&[body, comment.clone()], &[(None, vec![comment, quoted])]));
        }
    }

    /// Table cells computed for each word of the text.
    fn cells_per_word(doc: &Document) -> u64 {
        let mut finder = Finder::new(doc);
        doc.comments.iter().for_each(|comment| finder.comment(comment));
        finder.aligner.cells / finder.words.all.len().max(1) as u64
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
        ] {
            let cells = cells_per_word(&build(&[body], &comments));
            assert!(cells < 1200, "{name}: {cells}");
        }
    }
}
