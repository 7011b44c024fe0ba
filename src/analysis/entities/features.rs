//! What the model looks at: the features of each token as numbers, without a string.
//!
//! May not know: weights, labels but for those that the rules guessed.

use super::lexicon::{Senses, is_link};
use super::model::{Fact, Facts};
use super::reading::Reading;
use super::rules::Guess;
use super::tokens::{Flags, Token, fold, join};
use crate::analysis::Kind;

/// Most lower-case words and marks between two capitals that may be one name.
const GAP: usize = 3;

/// What is known of one token.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sight {
    /// Whether the token may be part of a name.
    pub(super) active: bool,
    word: u64,
    shape: u64,
    /// The first two to four letters.
    prefixes: [u64; 3],
    /// The last one to four letters.
    suffixes: [u64; 4],
    fact: Fact,
    /// Its clusters, finest first.
    clusters: [u16; 3],
    senses: Senses,
    /// Names of the lists that the token stands in.
    listed: u64,
    /// A city of the larger list that it stands in.
    city: u64,
    /// How the document writes the word elsewhere.
    seen: u64,
    /// What the rules take it for.
    guess: u64,
    /// Where it stands: line, sentence, title.
    place: u64,
}

/// Mixes two numbers into one.
const fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(17) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Replaces `sights` by what is known of each token of a block.
pub(super) fn look(
    text: &str,
    reading: &Reading<'_>,
    facts: &Facts<'_>,
    guesses: &[Guess],
    sights: &mut Vec<Sight>,
) {
    sights.clear();
    sights.resize(reading.tokens.len(), Sight::default());
    activate(reading, sights);
    for at in 0..sights.len() {
        let near = at.saturating_sub(2)..(at + 3).min(sights.len());
        if sights[near].iter().any(|sight| sight.active) {
            basics(text, reading, facts, at, &mut sights[at]);
        }
    }
    for at in 0..sights.len() {
        if sights[at].active {
            list(reading, facts, at, sights);
        }
    }
    for guess in guesses {
        let code = 1 + (guess.kind as u64) * 8 + (guess.trust as u64) * 2;
        for at in guess.range.clone() {
            sights[at].guess = code + u64::from(at > guess.range.start) + 128;
        }
    }
}

/// Marks the capitals and what stands between two of them.
fn activate(reading: &Reading<'_>, sights: &mut [Sight]) {
    let mut last: Option<usize> = None;
    for (at, token) in reading.tokens.iter().enumerate() {
        if token.is(Flags::BREAK) || begins(reading.tokens, at) {
            last = None;
        }
        if !token.is_capital() {
            // `Apollo 11`, `Labour party`.
            let tail = token.is(Flags::DIGIT) || reading.has(at, Senses::HEAD);
            let tail = tail && last.is_some() && last == at.checked_sub(1);
            sights[at].active |= tail;
            sights[at..at + reading.small_name(at)]
                .iter_mut()
                .for_each(|sight| sight.active = true);
            continue;
        }
        let from = last.filter(|last| at - last <= GAP + 1).map_or(at, |last| last + 1);
        sights[from..=at].iter_mut().for_each(|sight| sight.active = true);
        last = Some(at);
    }
}

/// Whether a sentence begins here, after a stop.
fn begins(tokens: &[Token], at: usize) -> bool {
    let stops = ['.', '!', '?', '…'].map(|stop| fold(stop.encode_utf8(&mut [0; 4])));
    let after = at.checked_sub(1).is_some_and(|before| {
        !tokens[before].is(Flags::WORD) && stops.contains(&tokens[before].word)
    });
    after && tokens[at].is(Flags::START)
}

fn basics(text: &str, reading: &Reading<'_>, facts: &Facts<'_>, at: usize, sight: &mut Sight) {
    let token = &reading.tokens[at];
    sight.word = token.word;
    sight.senses = reading.senses[at];
    sight.place = place(token);
    let word = token.span.of(text);
    sight.shape = shape(word);
    if !token.is(Flags::WORD) {
        return;
    }
    sight.fact = facts.get(join(0, token.word));
    let [middle, coarse] = facts.coarser(sight.fact.cluster());
    sight.clusters = [sight.fact.cluster(), u16::from(middle), u16::from(coarse)];
    let count = reading.words.count(token);
    let level = |count: u32| u64::from(count.min(2));
    sight.seen = level(count.lower) * 3 + level(count.capital);
    affixes(word, sight);
}

fn place(token: &Token) -> u64 {
    let flags = [Flags::START, Flags::TITLED, Flags::SHOUTED, Flags::BREAK, Flags::GLUED];
    flags.iter().fold(1, |code, &flag| code * 2 + u64::from(token.is(flag)))
}

/// The kinds of characters in a row, each run of one kind once: `McDonald` is `AaAa`.
fn shape(word: &str) -> u64 {
    let mut last = 0;
    let mut shape = 0;
    for ch in word.chars().take(24) {
        let kind = match ch {
            'a'..='z' => 1,
            'A'..='Z' => 2,
            '0'..='9' => 3,
            _ if ch.is_lowercase() => 1,
            _ if ch.is_uppercase() => 2,
            _ if ch.is_alphanumeric() => 4,
            '.' | '\'' | '’' | '-' | '&' | '@' | '#' | '/' => 5 + u64::from(ch),
            _ => 5,
        };
        if kind != last {
            shape = mix(shape, kind);
        }
        last = kind;
    }
    // One capital is an initial, several are none.
    shape ^ u64::from(word.len() == 1)
}

fn affixes(word: &str, sight: &mut Sight) {
    let letter =
        |ch: char| if ch.is_ascii() { u64::from(ch.to_ascii_lowercase()) } else { u64::from(ch) };
    let mut number = 1;
    for (at, ch) in word.chars().take(4).enumerate() {
        number = mix(number, letter(ch));
        if at > 0 {
            sight.prefixes[at - 1] = number;
        }
    }
    number = 2;
    for (at, ch) in word.chars().rev().take(4).enumerate() {
        number = mix(number, letter(ch));
        sight.suffixes[at] = number;
    }
}

/// Marks the names of the lists that begin at `at`, the longest of each.
fn list(reading: &Reading<'_>, facts: &Facts<'_>, at: usize, sights: &mut [Sight]) {
    let known = if reading.tokens[at].is_capital() {
        reading.known(at)
    } else if reading.tokens[at].is_lower() {
        reading.known_small(at)
    } else {
        return;
    };
    if let (Some((count, senses)), 0) = (known, sights[at].listed) {
        let code = mix(u64::from(senses.bits() & 0xff), count.min(4) as u64);
        for (step, sight) in sights[at..].iter_mut().take(count).enumerate() {
            sight.listed = mix(code, u64::from(step > 0)) | 1;
        }
    }
    if sights[at].city == 0 {
        let count = city(reading.tokens, facts, at);
        for (step, sight) in sights[at..].iter_mut().take(count).enumerate() {
            sight.city = 1 + u64::from(step > 0) + 2 * count.min(4) as u64;
        }
    }
}

/// How many tokens the longest city takes that begins at `at`.
fn city(tokens: &[Token], facts: &Facts<'_>, at: usize) -> usize {
    let (mut number, mut found) = (0, 0);
    for (step, token) in tokens[at..].iter().enumerate() {
        if step > 0 && token.is(Flags::BREAK) {
            break;
        }
        if !token.is(Flags::WORD) {
            if is_link(tokens, at + step) {
                continue;
            }
            break;
        }
        number = join(number, token.word);
        let fact = facts.get(number);
        if fact.has(Fact::CITY) && token.is_capital() {
            found = step + 1;
        }
        if !fact.has(Fact::MORE) {
            break;
        }
    }
    found
}

/// Gathers the numbers of one token's features.
struct Gather<'a> {
    found: &'a mut Vec<u64>,
    template: u64,
}

impl Gather<'_> {
    /// A feature of the next template.
    fn add(&mut self, value: u64) {
        self.template += 1;
        self.found.push(mix(self.template, value));
    }

    /// A feature of the next template, unless there is nothing to tell.
    fn add_some(&mut self, value: u64) {
        self.add_if(value != 0, value);
    }

    fn add_if(&mut self, tells: bool, value: u64) {
        self.template += 1;
        if tells {
            self.found.push(mix(self.template, value));
        }
    }

    /// A feature for each bit that is set.
    fn add_bits(&mut self, mut bits: u32) {
        self.template += 1;
        while bits != 0 {
            self.found.push(mix(self.template, u64::from(bits.trailing_zeros())));
            bits &= bits - 1;
        }
    }
}

/// Replaces `found` by the features of the token at `at`.
pub(super) fn features(sights: &[Sight], at: usize, found: &mut Vec<u64>) {
    found.clear();
    let none = Sight::default();
    let near =
        |step: isize| at.checked_add_signed(step).and_then(|at| sights.get(at)).unwrap_or(&none);
    let [before2, before, here, after, after2] = [-2, -1, 0, 1, 2].map(near);
    let mut gather = Gather { found, template: 0 };
    gather.add(0);
    words(&mut gather, [before2, before, here, after, after2]);
    forms(&mut gather, [before, here, after]);
    clusters(&mut gather, [before2, before, here, after, after2]);
    evidence(&mut gather, [before, here, after]);
    beyond(&mut gather, [before2, before, here, after, after2]);
}

fn words(gather: &mut Gather<'_>, [before2, before, here, after, after2]: [&Sight; 5]) {
    gather.add(here.word);
    gather.add(mix(here.word, here.shape));
    gather.add(before.word);
    gather.add(after.word);
    gather.add(before2.word);
    gather.add(after2.word);
    gather.add(mix(before.word, here.word));
    gather.add(mix(here.word, after.word));
    gather.add(mix(before.word, before2.word));
    gather.add(mix(after.word, after2.word));
    gather.add(mix(before.word, here.shape));
    gather.add(mix(after.word, here.shape));
}

fn forms(gather: &mut Gather<'_>, [before, here, after]: [&Sight; 3]) {
    gather.add(here.shape);
    gather.add(mix(before.shape, here.shape));
    gather.add(mix(here.shape, after.shape));
    gather.add(mix(mix(before.shape, here.shape), after.shape));
    for affix in here.prefixes.into_iter().chain(here.suffixes) {
        gather.add_some(affix);
    }
    gather.add_some(before.suffixes[2]);
    gather.add_some(after.suffixes[2]);
    gather.add(here.place);
    gather.add(mix(here.place, here.shape));
    gather.add(mix(mix(here.place, here.seen), here.shape));
    gather.add(mix(here.seen, here.senses.any(Senses::COMMON).into()));
    gather.add(mix(before.seen, after.seen));
}

fn clusters(gather: &mut Gather<'_>, [before2, before, here, after, after2]: [&Sight; 5]) {
    let two = |a: u16, b: u16| mix(a.into(), b.into());
    for cluster in here.clusters {
        gather.add_some(cluster.into());
    }
    for near in [before, after] {
        gather.add_some(near.clusters[0].into());
        gather.add_some(near.clusters[1].into());
    }
    gather.add_some(before2.clusters[1].into());
    gather.add_some(after2.clusters[1].into());
    gather.add(two(before.clusters[1], here.clusters[1]));
    gather.add(two(here.clusters[1], after.clusters[1]));
    gather.add(mix(here.clusters[1].into(), here.shape));
    gather.add(mix(two(before.clusters[2], here.clusters[2]), after.clusters[2].into()));
}

fn evidence(gather: &mut Gather<'_>, [before, here, after]: [&Sight; 3]) {
    for near in [here, before, after] {
        gather.add_bits(near.senses.bits());
        gather.add_some(u64::from(near.fact.0 >> 12));
        gather.add_some(near.city);
        gather.add_some(near.listed);
        gather.add_some(near.guess);
    }
    let census = |sight: &Sight| u64::from(sight.fact.0 >> 12) | 16;
    gather.add(mix(census(here), here.shape));
    gather.add(mix(census(before), census(here)));
    gather.add(mix(census(here), census(after)));
    gather.add(mix(mix(here.listed, here.place), here.seen));
    gather.add(mix(mix(here.city, here.place), census(here)));
    gather.add(mix(here.listed, after.word));
    gather.add(mix(mix(before.word, before.shape), mix(before.place, here.seen)));
    gather.add(mix(here.guess, here.clusters[1].into()));
    gather.add(mix(here.guess, here.seen));
    gather.add(mix(here.guess, after.guess));
    gather.add(mix(before.guess, here.guess));
}

/// What stands behind a mark: `Lund, Sweden`.
fn beyond(gather: &mut Gather<'_>, [before2, before, here, after, after2]: [&Sight; 5]) {
    gather.add(mix(after.word, after2.guess));
    gather.add(mix(mix(after.word, after2.listed), here.shape));
    gather.add(mix(mix(before.word, before2.guess), here.shape));
}

/// The label of a first and of a later word of a name of this kind.
pub(super) const fn labels(kind: Kind) -> [u8; 2] {
    match kind {
        Kind::Person => [1, 2],
        Kind::Place => [3, 4],
        Kind::Organization => [5, 6],
        _ => [7, 7],
    }
}
