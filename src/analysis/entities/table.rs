//! A table keyed by numbers that are hashes already.
//!
//! The text is a stranger's, so the numbers are mixed with a key that differs from run to run:
//! no text can be made to crowd one place of the table. Nothing depends on the order inside.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// Values by number.
pub(super) type Table<V> = HashMap<u64, V, Keyed>;

/// Makes hashers with one key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keyed(u64);

impl Default for Keyed {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0_u8))
    }
}

impl BuildHasher for Keyed {
    type Hasher = Mixer;

    fn build_hasher(&self) -> Mixer {
        Mixer(self.0)
    }
}

/// Folds the two halves of a product, as wyhash (Wang Yi) does.
#[derive(Debug)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        let product = u128::from(value ^ self.0) * 0xa076_1d64_78bd_642f;
        self.0 = (product ^ (product >> 64)) as u64;
    }
}
