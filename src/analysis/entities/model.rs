//! The trained model as bytes: what is known of words, and what each feature says for each label.
//!
//! Header: 8 bytes of magic with the version, a checksum of all that follows it, the sizes of
//! the two tables in lines; then the transitions, the coarser levels of the clusters, the tables.
//! All numbers are little-endian.
//!
//! May not know: tokens, documents.

use super::buckets::{Buckets, LINE};

/// First bytes of a model; the last one is the version of the layout and of the features.
const MAGIC: [u8; 8] = *b"RECTOEN\x02";

/// Labels of a token: none, then first and later words of a person, place, organization and of
/// any other name.
pub(super) const LABELS: usize = 8;

/// Clusters of words at the finest level; 0 stands for no cluster.
pub(super) const CLUSTERS: usize = 1024;

/// Weights of one feature or of one label after another.
pub(super) type Row<T> = [T; LABELS];

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Damage {
    #[error("this is not a model of this version")]
    Foreign,
    #[error("the model is cut short")]
    Short,
    #[error("the checksum of the model is wrong")]
    Checksum,
}

/// A model that was checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Model<'a> {
    /// What each label says for the next one.
    pub(super) transitions: [Row<i16>; LABELS],
    /// What is known of words.
    pub(super) facts: Facts<'a>,
    rows: Buckets<'a, LABELS>,
}

/// What is known of words and phrases by their number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    levels: &'a [u8],
    table: Buckets<'a, 2>,
}

/// What is known of one word: cluster, and whether it is a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fact(pub(super) u16);

impl Fact {
    /// A large or small city; of a phrase too.
    pub(super) const CITY: Self = Self(1 << 10);
    /// The name of a city goes on.
    pub(super) const MORE: Self = Self(1 << 11);
    /// A given name, and whether it is a common one.
    pub(super) const GIVEN: Self = Self(1 << 12);
    pub(super) const COMMON_GIVEN: Self = Self(1 << 13);
    /// A family name, and whether it is a common one.
    pub(super) const FAMILY: Self = Self(1 << 14);
    pub(super) const COMMON_FAMILY: Self = Self(1 << 15);

    /// Whether all bits of `other` are set.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The finest cluster; 0 for none.
    pub(super) const fn cluster(self) -> u16 {
        self.0 & 0x3ff
    }
}

impl<'a> Facts<'a> {
    /// Facts from the coarser clusters of each cluster, level after level, and a packed table.
    pub(super) fn new(levels: &'a [u8], table: &'a [u8]) -> Self {
        Self { levels, table: Buckets::new(table) }
    }

    /// What is known of a word or phrase.
    pub(super) fn get(&self, number: u64) -> Fact {
        self.table.get(number).map_or(Fact(0), |value| Fact(u16::from_le_bytes(*value)))
    }

    /// The cluster of a cluster on the first and second coarser level; 0 for none.
    pub(super) fn coarser(&self, cluster: u16) -> [u8; 2] {
        let level = |start: usize| self.levels.get(start + usize::from(cluster)).copied();
        [0, CLUSTERS].map(|start| level(start).unwrap_or_default())
    }
}

/// A sum over 8 bytes at a time: FNV-1a with a rotation, in four lanes.
fn checksum(bytes: &[u8]) -> u64 {
    let mut lanes = [1_u64, 2, 3, 4];
    let (chunks, rest) = bytes.as_chunks::<32>();
    let mut last = [0; 32];
    last[..rest.len()].copy_from_slice(rest);
    for chunk in chunks.iter().chain([&last]) {
        for (lane, word) in lanes.iter_mut().zip(chunk.as_chunks::<8>().0) {
            *lane = (*lane ^ u64::from_le_bytes(*word))
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(29);
        }
    }
    lanes.iter().fold(bytes.len() as u64, |sum, lane| {
        (sum ^ lane).wrapping_mul(0xa076_1d64_78bd_642f).rotate_left(31)
    })
}

/// Parts of a model before it is written.
pub(super) struct Parts {
    pub(super) transitions: [Row<i16>; LABELS],
    /// The coarser clusters of each cluster, level after level.
    pub(super) levels: Vec<u8>,
    pub(super) facts: Vec<u8>,
    pub(super) rows: Vec<u8>,
}

impl Parts {
    /// The bytes that [`Model::read`] reads.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for table in [&self.facts, &self.rows] {
            body.extend(((table.len() / LINE) as u32).to_le_bytes());
        }
        body.extend(self.transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        for part in [&self.levels, &self.facts, &self.rows] {
            body.extend(part);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(checksum(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }
}

/// Takes bytes from the front.
struct Front<'a>(&'a [u8]);

impl<'a> Front<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Damage> {
        let (front, rest) = self.0.split_at_checked(count).ok_or(Damage::Short)?;
        self.0 = rest;
        Ok(front)
    }

    fn array<const SIZE: usize>(&mut self) -> Result<[u8; SIZE], Damage> {
        let (front, rest) = self.0.split_first_chunk().ok_or(Damage::Short)?;
        self.0 = rest;
        Ok(*front)
    }
}

impl<'a> Model<'a> {
    /// Checks and opens a model; nothing is copied.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Damage> {
        let mut front = Front(bytes);
        if front.array().ok() != Some(MAGIC) {
            return Err(Damage::Foreign);
        }
        let sum = u64::from_le_bytes(front.array()?);
        if checksum(front.0) != sum {
            return Err(Damage::Checksum);
        }
        let sizes = [front.array()?, front.array()?]
            .map(|size| (u32::from_le_bytes(size) as usize).saturating_mul(LINE));
        let mut transitions = [[0; LABELS]; LABELS];
        for weight in transitions.iter_mut().flatten() {
            *weight = i16::from_le_bytes(front.array()?);
        }
        let levels = front.take(2 * CLUSTERS)?;
        let facts = Facts::new(levels, front.take(sizes[0])?);
        let rows = Buckets::new(front.take(sizes[1])?);
        Ok(Self { transitions, facts, rows })
    }

    /// Adds what a feature says to `sums`.
    pub(super) fn add(&self, feature: u64, sums: &mut Row<i16>) {
        let Some(row) = self.rows.get(feature) else { return };
        for (sum, &weight) in sums.iter_mut().zip(row) {
            *sum = sum.saturating_add(i16::from(weight.cast_signed()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::buckets::pack;
    use super::*;

    fn bytes() -> Vec<u8> {
        let parts = Parts {
            transitions: [[3; LABELS]; LABELS],
            levels: vec![7; 2 * CLUSTERS],
            facts: pack([(5, Fact::CITY.0.to_le_bytes())].into_iter(), 2),
            rows: pack([(9, [1_u8, 255, 0, 0, 0, 0, 0, 2])].into_iter(), 3),
        };
        parts.write()
    }

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let bytes = bytes();
        let model = Model::read(&bytes).expect("a model");
        let mut sums = [0; LABELS];
        model.add(9, &mut sums);
        model.add(10, &mut sums);
        assert_eq!(sums, [1, -1, 0, 0, 0, 0, 0, 2]);
        assert_eq!(model.facts.get(5), Fact::CITY);
        assert_eq!(model.facts.coarser(4), [7, 7]);
        assert_eq!(model.transitions[1][1], 3);
    }

    #[test]
    fn a_damaged_or_foreign_model_is_an_error() {
        let whole = bytes();
        for cut in 0..whole.len() {
            assert!(Model::read(&whole[..cut]).is_err(), "{cut}");
            let mut damaged = whole.clone();
            damaged[cut] ^= 16;
            assert!(Model::read(&damaged).is_err(), "{cut}");
        }
        assert_eq!(Model::read(b"RECTOEN\x01").err(), Some(Damage::Foreign));
        assert_eq!(Model::read(b"RECTOEN\x02").err(), Some(Damage::Short));
    }
}
