//! A table of short values by number, packed into lines of 64 bytes: one place to look.
//!
//! A line begins with the 16-bit tags of its slots, the values follow. A number that is not in
//! the table is found by mistake once in some ten thousand times. What finds no slot in its line
//! is left out, so the builder is given the weightiest first.
//!
//! May not know: what the values mean.

/// Bytes of a line: a cache line.
pub(super) const LINE: usize = 64;

/// A packed table with values of `SIZE` bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Buckets<'a, const SIZE: usize> {
    lines: &'a [[u8; LINE]],
}

/// Slots of a line: two bytes of tag and the value for each.
const fn slots(size: usize) -> usize {
    LINE / (2 + size)
}

/// Where a number has its line among `lines`, and its tag, which is never 0.
fn place(number: u64, lines: usize) -> (usize, [u8; 2]) {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let line = (u128::from(mixed) * lines as u128) >> 64;
    (line as usize, (mixed as u16).max(1).to_le_bytes())
}

impl<'a, const SIZE: usize> Buckets<'a, SIZE> {
    /// The table in `bytes`; a rest that fills no line is left out.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { lines: bytes.as_chunks().0 }
    }

    /// The value of a number.
    pub(super) fn get(&self, number: u64) -> Option<&'a [u8; SIZE]> {
        let (line, tag) = place(number, self.lines.len());
        let (tags, values) = self.lines.get(line)?.split_at(2 * slots(SIZE));
        let slot = tags.as_chunks().0.iter().position(|found| *found == tag)?;
        values.as_chunks().0.get(slot)
    }
}

/// The bytes of a table of so many lines, the weightiest entries first.
pub(super) fn pack<const SIZE: usize>(
    entries: impl Iterator<Item = (u64, [u8; SIZE])>,
    lines: usize,
) -> Vec<u8> {
    let mut bytes = vec![0; lines * LINE];
    for (number, value) in entries {
        let (line, tag) = place(number, lines);
        let line = &mut bytes[line * LINE..][..LINE];
        let free = (0..slots(SIZE)).find(|slot| line[slot * 2..][..2] == [0, 0]);
        if let Some(slot) = free {
            line[slot * 2..][..2].copy_from_slice(&tag);
            line[2 * slots(SIZE) + slot * SIZE..][..SIZE].copy_from_slice(&value);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_found_and_nothing_else() {
        let entries: Vec<(u64, [u8; 8])> =
            (0..1000).map(|number: u64| (number * 7, number.to_le_bytes())).collect();
        let bytes = pack(entries.iter().copied(), 400);
        let table = Buckets::<8>::new(&bytes);
        let kept = entries.iter().filter(|(number, value)| table.get(*number) == Some(value));
        assert!(kept.count() > 950);
        let strange = (0..1000).filter(|number| table.get(number * 7 + 1).is_some());
        assert!(strange.count() < 3);
        assert_eq!(Buckets::<8>::new(&[]).get(5), None);
    }
}
