//! Viterbi (1967): the labels that together have the best sum of weights.
//!
//! May not know: features, tokens.

use super::model::{LABELS, Row};

/// Sums this low are never reached by a sum of weights.
const NEVER: i64 = i64::MIN / 4;

/// Whether a token with label `to` may follow one with label `from`: the later words of a name
/// follow its first.
pub(super) const fn follows(from: usize, to: usize) -> bool {
    match to {
        2 | 4 | 6 => from == to || from + 1 == to,
        _ => true,
    }
}

/// The labels of some tokens.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// The best label before each label of each token.
    back: Vec<[u8; LABELS]>,
    /// The labels found last.
    pub(super) labels: Vec<u8>,
}

impl Decoder {
    /// Finds the best labels for tokens with these `sums` of weights, between two tokens that
    /// are no names. Bit `n` of a token's mask in `masks` allows label `n`.
    pub(super) fn run(
        &mut self,
        sums: &[Row<impl Copy + Into<i64>>],
        masks: &[u8],
        transitions: &[Row<impl Copy + Into<i64>>; LABELS],
    ) {
        self.back.clear();
        let mut best = [NEVER; LABELS];
        best[0] = 0;
        for (sums, &mask) in sums.iter().zip(masks) {
            let mut next = [NEVER; LABELS];
            let mut back = [0; LABELS];
            for to in (0..LABELS).filter(|to| mask >> to & 1 == 1) {
                let from = (0..LABELS).filter(|&from| follows(from, to));
                let scored = from.map(|from| (best[from] + transitions[from][to].into(), from));
                let (sum, from) = scored.rev().max_by_key(|&(sum, _)| sum).unwrap_or((NEVER, 0));
                next[to] = sum.max(NEVER) + sums[to].into();
                back[to] = from as u8;
            }
            self.back.push(back);
            best = next;
        }
        self.trace(std::array::from_fn(|from| best[from] + transitions[from][0].into()));
    }

    fn trace(&mut self, best: Row<i64>) {
        let mut label =
            (0..LABELS).rev().max_by_key(|&label| best[label]).unwrap_or_default() as u8;
        self.labels.clear();
        for back in self.back.iter().rev() {
            self.labels.push(label);
            label = back[usize::from(label)];
        }
        self.labels.reverse();
    }
}
