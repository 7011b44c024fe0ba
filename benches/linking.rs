//! How fast the links of a discussion are found: `cargo bench --bench linking`.
//!
//! One article of 1 MB and 1,000 to 100,000 comments of some 500 bytes, made by a generator that
//! says the same on every machine: words as frequent as in a natural text, half of the comments
//! with a quotation of the article, the others with one of nobody. Then the texts that are made
//! to be slow. Times are those of one thread.

#![expect(clippy::disallowed_methods, reason = "a benchmark prints its figures")]

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use recto::analysis::links::Linker;
use recto::article::Document;
use recto::article::builder::{Builder, CommentHead};

/// How many different words there are: two to the power of so much.
const VOCABULARY: u64 = 15;

/// Xorshift (Marsaglia 2003).
struct Random(u64);

impl Random {
    /// A number below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// The rank of a word, about as the law of Zipf has it: there are twice as many words half as
    /// frequent.
    fn rank(&mut self) -> u64 {
        let first = 1 << self.below(VOCABULARY);
        first + self.below(first)
    }

    /// `count` words with a full stop after every seventeenth.
    fn words(&mut self, count: usize) -> String {
        let mut text = String::new();
        for number in 1..=count {
            push_word(&mut text, self.rank());
            text.push_str(if number % 17 == 0 { ". " } else { " " });
        }
        text
    }
}

/// A word of its own for each rank, the frequent ones short.
fn push_word(text: &mut String, rank: u64) {
    let letters = 2 + rank.ilog2() / 2;
    let bits = rank.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    text.extend((0..letters).map(|letter| char::from(b'a' + (bits >> (5 * letter)) as u8 % 26)));
}

/// An article of 1 MB.
fn article(random: &mut Random) -> (Builder, Vec<String>) {
    let paragraphs: Vec<String> = (0..1700).map(|_| random.words(100)).collect();
    let mut builder = Builder::new();
    for words in &paragraphs {
        builder.paragraph(words);
    }
    (builder, paragraphs)
}

/// `count` comments in threads of three.
fn discussion(count: u32) -> Document {
    let mut random = Random(88_172_645_463_325_252);
    let (mut builder, paragraphs) = article(&mut random);
    for number in 0..count {
        let parent = number.checked_sub(1).filter(|_| number % 3 > 0);
        builder.comment(&CommentHead { parent, ..CommentHead::default() });
        let taken = &paragraphs[random.below(paragraphs.len() as u64) as usize];
        let from = random.below(80) as usize;
        let quotation = match random.below(2) {
            0 => taken.split(' ').skip(from).take(15).collect::<Vec<_>>().join(" "),
            _ => random.words(15),
        };
        let (before, after) = (random.words(45), random.words(20));
        builder.paragraph(&format!("{before} “{quotation}” {after}"));
    }
    builder.finish()
}

/// An article of 1 MB with comments that are all alike.
fn alike(count: u32, words: &str) -> Document {
    let (mut builder, _) = article(&mut Random(88_172_645_463_325_252));
    for number in 0..count {
        builder.comment(&CommentHead { parent: number.checked_sub(1), ..CommentHead::default() });
        builder.paragraph(words);
    }
    builder.finish()
}

/// An article that says one word, and comments that quote it.
fn one_word(count: u32, words: &str) -> Document {
    let mut builder = Builder::new();
    builder.paragraph(&"tide ".repeat(200_000));
    for _ in 0..count {
        builder.comment(&CommentHead::default());
        builder.paragraph(words);
    }
    builder.finish()
}

/// Comments that between them quote or paste the whole article.
fn whole(marks: [&str; 2]) -> Document {
    let (mut builder, paragraphs) = article(&mut Random(88_172_645_463_325_252));
    builder.comment(&CommentHead::default());
    for words in paragraphs {
        builder.paragraph(&marks.join(words.trim()));
    }
    builder.finish()
}

/// What was measured of one document.
struct Measured {
    /// Until the links of the first ten comments are there.
    first: Duration,
    all: Duration,
    links: usize,
}

fn measure(doc: &Document) -> Measured {
    let start = Instant::now();
    let mut linker = Linker::new(doc);
    let mut links = 0;
    let mut first = start.elapsed();
    for number in 0..doc.comments.len() {
        links += linker.comment(number).len();
        if number < 10 {
            first = start.elapsed();
        }
    }
    Measured { first, all: start.elapsed(), links }
}

/// One line of the table, from the fastest of three runs.
fn line(name: &str, doc: &Document) -> String {
    let runs = (0..3).map(|_| measure(doc));
    let Some(best) = runs.min_by_key(|run| run.all) else { return String::new() };
    let per_second = |count: usize| count as u128 * 1_000_000 / best.all.as_micros().max(1);
    let (bytes, comments) = (doc.text.len(), doc.comments.len());
    let mut line = format!("{name:24} {:5} kB {comments:7} comments", bytes / 1000);
    let _ =
        write!(line, " {:6} links, first ten after {:5} ms", best.links, best.first.as_millis());
    let _ = write!(line, ", all {:6} ms", best.all.as_millis());
    let _ = write!(line, ", {:3} MB/s", per_second(bytes) / 1_000_000);
    let _ = write!(line, ", {:6} comments/s", per_second(comments));
    line
}

fn main() -> io::Result<()> {
    let mut out = io::stdout();
    for count in [1000, 10_000, 100_000] {
        writeln!(out, "{}", line("a discussion", &discussion(count)))?;
    }
    let same = "“tide” and “tide tide” and “tide tide tide tide”";
    let each_other = "“the same old words that everybody quotes here” > “and one more”";
    let tide = format!("“{}”", "tide ".repeat(20_000));
    let traps = [
        ("the article quoted", whole(["“", "”"])),
        ("the article pasted", whole(["", ""])),
        ("one word", one_word(10, &tide)),
        ("quotes of one word", one_word(10_000, same)),
        ("comments quote comments", alike(20_000, each_other)),
        ("marks only", alike(1, &"“'\"«„‘".repeat(60_000))),
        ("never closed", alike(1, &"'a “b ".repeat(100_000))),
        ("a comment of 1 MB", alike(1, &Random(7).words(180_000))),
        ("many small quotations", alike(1, &"> a\nb\n> c d e\n".repeat(60_000))),
    ];
    for (name, doc) in traps {
        writeln!(out, "{}", line(name, &doc))?;
    }
    Ok(())
}
