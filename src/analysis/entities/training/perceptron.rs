//! Weights while they are trained, and their means.
//!
//! May not know: where the examples come from.

use super::super::buckets;
use super::super::decode::Decoder;
use super::super::model::{LABELS, Row};
use super::corpus::{Corpus, Segment};
use super::{FIRST, Settings};

/// Weights while they are trained.
pub(super) struct Perceptron<'a> {
    settings: &'a Settings,
    weights: Vec<Row<i32>>,
    /// Each change times the step it was made at.
    dated: Vec<Row<i64>>,
    transitions: [Row<i32>; LABELS],
    dated_transitions: [Row<i64>; LABELS],
    step: i32,
    /// The features of the tokens that are read, without those left out, and where they end.
    kept: Vec<u32>,
    ends: Vec<usize>,
}

impl<'a> Perceptron<'a> {
    pub(super) fn new(features: usize, settings: &'a Settings) -> Self {
        Self {
            settings,
            weights: vec![[0; LABELS]; features],
            dated: vec![[0; LABELS]; features],
            transitions: [[0; LABELS]; LABELS],
            dated_transitions: [[0; LABELS]; LABELS],
            step: 1,
            kept: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Reads the first `count` segments in an order that depends on the seed.
    pub(super) fn round(&mut self, corpus: &Corpus, count: usize, seed: u64) {
        let mut random = Random::new(seed);
        let (mut found, mut right) = (Decoder::default(), Decoder::default());
        let mut sums: Vec<Row<i32>> = Vec::new();
        for at in random.order(count) {
            let segment = &corpus.segments[at];
            self.keep(corpus, segment, &mut random);
            self.sums(&mut sums);
            right.run(&sums, &segment.marked, &self.transitions);
            found.run(&sums, &segment.masks, &self.transitions);
            if found.labels != right.labels {
                self.change(&right.labels, 1);
                self.change(&found.labels, -1);
            }
            self.step += 1;
        }
    }

    pub(super) fn keep(&mut self, corpus: &Corpus, segment: &Segment, random: &mut Random) {
        self.kept.clear();
        self.ends.clear();
        let mut start = segment.first;
        for &end in &segment.ends {
            let all = &corpus.features[start as usize..end as usize];
            let kept = |id: &u32| *id > 0 && random.next() >> 56 >= self.settings.dropped;
            self.kept.extend(all.iter().copied().filter(kept));
            self.ends.push(self.kept.len());
            start = end;
        }
    }

    pub(super) fn sums(&self, sums: &mut Vec<Row<i32>>) {
        sums.clear();
        let mut start = 0;
        for &end in &self.ends {
            let mut row = [0; LABELS];
            for &id in &self.kept[start..end] {
                let weights = &self.weights[id as usize];
                row.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
            sums.push(row);
            start = end;
        }
    }

    pub(super) fn change(&mut self, labels: &[u8], by: i32) {
        let dated = i64::from(by) * i64::from(self.step);
        let (mut start, mut last) = (0, 0);
        for (&end, &label) in self.ends.iter().zip(labels) {
            let label = usize::from(label);
            for &id in &self.kept[start..end] {
                self.weights[id as usize][label] += by;
                self.dated[id as usize][label] += dated;
            }
            self.transitions[last][label] += by;
            self.dated_transitions[last][label] += dated;
            last = label;
            start = end;
        }
        self.transitions[last][0] += by;
        self.dated_transitions[last][0] += dated;
    }
}

/// Mean weights, added up over models.
pub(super) struct Means {
    rows: Vec<Row<f64>>,
    transitions: [Row<f64>; LABELS],
}

impl Means {
    pub(super) fn new(features: usize) -> Self {
        Self { rows: vec![[0.0; LABELS]; features], transitions: [[0.0; LABELS]; LABELS] }
    }

    pub(super) fn add(&mut self, model: &Perceptron<'_>) {
        let step = i64::from(model.step);
        let mean = |weight: i32, dated: i64| {
            let (whole, part) = ((dated / step) as i32, (dated % step) as i32);
            f64::from(weight) - f64::from(whole) - f64::from(part) / f64::from(model.step)
        };
        let all = |sums: &mut [Row<f64>], weights: &[Row<i32>], dated: &[Row<i64>]| {
            for ((sum, &weight), &dated) in
                sums.iter_mut().flatten().zip(weights.iter().flatten()).zip(dated.iter().flatten())
            {
                *sum += mean(weight, dated);
            }
        };
        all(&mut self.rows, &model.weights, &model.dated);
        all(&mut self.transitions, &model.transitions, &model.dated_transitions);
    }

    /// The rows of the features packed, and the transitions, on one scale.
    pub(super) fn quantized(
        &self,
        numbers: &[u64],
        settings: &Settings,
    ) -> (Vec<u8>, [Row<i16>; LABELS]) {
        let most = self.rows.iter().flatten().fold(1e-9_f64, |most, mean| most.max(mean.abs()));
        let scale = 127.0 / most;
        let mut entries: Vec<(i32, u64, [u8; LABELS])> = Vec::new();
        for (row, &number) in self.rows.iter().zip(numbers) {
            let row = row.map(|mean| (mean * scale).round() as i8);
            let weight: i32 = row.iter().map(|&weight| i32::from(weight).pow(2)).sum();
            if weight > 0 {
                entries.push((-weight, number, row.map(i8::cast_unsigned)));
            }
        }
        entries.sort_unstable();
        let dear = settings.dear * f64::from(settings.models);
        let cost = |to: usize| if FIRST.contains(&to) { dear } else { 0.0 };
        let weight = |from: usize, to: usize| (self.transitions[from][to] - cost(to)) * scale;
        let transitions =
            std::array::from_fn(|from| std::array::from_fn(|to| weight(from, to).round() as i16));
        let entries = entries.into_iter().map(|(_, number, row)| (number, row));
        (buckets::pack(entries, settings.row_lines), transitions)
    }
}

/// Random numbers that depend on the seed alone: xorshift (Marsaglia 2003).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// The numbers below `count` in random order (Fisher and Yates).
    pub(super) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for at in (1..count).rev() {
            order.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
        order
    }
}
