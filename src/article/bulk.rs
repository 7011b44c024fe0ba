//! Values of one kind in a row, on their way to being a document and in it.
//!
//! Many of them lie in pages of 2 MB where the system has such and may be asked for them (Linux,
//! `madvise(2)`): the program ends sooner (with 100 MB in 2 ms, not in 8 to 16). Elsewhere, and where
//! they are few, they lie where all else does.
//!
//! May not know: what the values are.

use std::fmt;
use std::io::{self, Write};
use std::ops::{Deref, DerefMut};

use bytemuck::Pod;
use bytes::Bytes;
use memmap2::MmapMut;

/// From so many bytes on, large pages are asked for. Were such a piece the C library's, freeing it would
/// have the library keep, of all that is freed later, up to twice as much in each thread (glibc,
/// `mallopt(3)`): small pages, which the system takes back one by one when the program ends.
pub(super) const MANY: usize = 256 << 10;

/// Bytes of a large page.
#[cfg(target_os = "linux")]
const PAGE: usize = 2 << 20;

/// For every so many bytes there is room for one more: as a text, they may become a few more.
pub(super) const SLACK: usize = 16;

/// Values that can be changed, bytes above all.
pub struct Bulk<T = u8>(Memory<T>);

enum Memory<T> {
    Usual(Vec<T>),
    /// A mapping of no file, of which so many values are used.
    Large(MmapMut, usize),
}

impl Bulk {
    /// Whether they lie in large pages.
    pub(super) const fn is_large(&self) -> bool {
        matches!(self.0, Memory::Large(..))
    }

    /// The same in a vector; those in large pages are copied.
    pub(super) fn into_vec(self) -> Vec<u8> {
        match self.0 {
            Memory::Usual(bytes) => bytes,
            Memory::Large(map, used) => map[..used].to_owned(),
        }
    }

    /// The same as they stay, and no copy of them.
    pub(super) fn into_bytes(self) -> Bytes {
        match self.0 {
            Memory::Usual(bytes) => Bytes::from(bytes),
            Memory::Large(map, used) => Bytes::from_owner(map).slice(..used),
        }
    }
}

impl<T: Pod> Bulk<T> {
    /// So many zeros. No page of them is there before it is written to.
    pub fn zeroed(len: usize) -> Self {
        let usual = || Memory::Usual(vec![T::zeroed(); len]);
        let map = pages((len + len / SLACK).saturating_mul(size_of::<T>()));
        Self(map.map_or_else(usual, |map| Memory::Large(map, len)))
    }

    /// None, with room for `count` of them.
    pub fn with_room(count: usize) -> Self {
        let usual = || Memory::Usual(Vec::with_capacity(count));
        let map = pages(count.saturating_mul(size_of::<T>()));
        Self(map.map_or_else(usual, |map| Memory::Large(map, 0)))
    }

    /// Leaves out what is beyond the first `len`.
    pub fn truncate(&mut self, len: usize) {
        match &mut self.0 {
            Memory::Usual(values) => values.truncate(len),
            Memory::Large(_, used) => *used = len.min(*used),
        }
    }

    /// Adds one at the end.
    pub fn push(&mut self, value: T) {
        if self.len() == self.room() {
            self.reserve(self.len() + 1);
        }
        match &mut self.0 {
            Memory::Usual(values) => values.push(value),
            Memory::Large(map, used) => {
                let at = *used * size_of::<T>();
                map[at..at + size_of::<T>()].copy_from_slice(bytemuck::bytes_of(&value));
                *used += 1;
            }
        }
    }

    /// Adds some at the end.
    pub fn append(&mut self, more: &[T]) {
        let len = self.len();
        self.reserve(len + more.len());
        match &mut self.0 {
            Memory::Usual(values) => values.extend_from_slice(more),
            Memory::Large(_, used) => {
                *used += more.len();
                self[len..].copy_from_slice(more);
            }
        }
    }

    /// Leaves out those that are not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        let (values, mut kept) = (&mut **self, 0);
        for at in 0..values.len() {
            if keep(&values[at]) {
                values[kept] = values[at];
                kept += 1;
            }
        }
        self.truncate(kept);
    }

    /// Adds some at the end, whatever they are, until there are `len`.
    pub(super) fn grow(&mut self, len: usize) {
        self.reserve(len);
        match &mut self.0 {
            Memory::Usual(values) => values.resize(len.max(values.len()), T::zeroed()),
            Memory::Large(_, used) => *used = len.max(*used),
        }
    }

    /// Makes room for `count` in all.
    pub fn reserve(&mut self, count: usize) {
        let room = self.room();
        match &mut self.0 {
            _ if count <= room => {}
            Memory::Usual(values) if count * size_of::<T>() < MANY => {
                values.reserve(count - values.len());
            }
            _ => {
                let mut larger = Self::with_room(count.max(2 * room));
                larger.append(self);
                *self = larger;
            }
        }
    }

    /// How many there is room for.
    fn room(&self) -> usize {
        match &self.0 {
            Memory::Usual(values) => values.capacity(),
            Memory::Large(map, _) => map.len() / size_of::<T>(),
        }
    }
}

/// Large pages for so many bytes, where they are enough and there are any. Only a whole number of them
/// begins where one does (Linux from 6.7 on).
#[cfg(target_os = "linux")]
fn pages(len: usize) -> Option<MmapMut> {
    let whole = || len.checked_next_multiple_of(PAGE);
    let map = (len >= MANY).then(whole).flatten().and_then(|len| MmapMut::map_anon(len).ok())?;
    map.advise(memmap2::Advice::HugePage).ok()?;
    Some(map)
}

#[cfg(not(target_os = "linux"))]
fn pages(_: usize) -> Option<MmapMut> {
    None
}

impl<T> From<Vec<T>> for Bulk<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Memory::Usual(values))
    }
}

impl<T> Default for Bulk<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T: Pod> Deref for Bulk<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Memory::Usual(values) => values,
            Memory::Large(map, used) => bytemuck::cast_slice(&map[..used * size_of::<T>()]),
        }
    }
}

impl<T: Pod> DerefMut for Bulk<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Memory::Usual(values) => values,
            Memory::Large(map, used) => {
                bytemuck::cast_slice_mut(&mut map[..*used * size_of::<T>()])
            }
        }
    }
}

impl Write for Bulk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.append(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<T: Pod> Extend<T> for Bulk<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, more: I) {
        let more = more.into_iter();
        self.reserve(self.len() + more.size_hint().0);
        more.for_each(|value| self.push(value));
    }
}

impl<T: Pod> FromIterator<T> for Bulk<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut bulk = Self::default();
        bulk.extend(values);
        bulk
    }
}

impl<'a, T: Pod> IntoIterator for &'a Bulk<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Pod> Clone for Bulk<T> {
    fn clone(&self) -> Self {
        self.iter().copied().collect()
    }
}

impl<T: Pod + PartialEq> PartialEq for Bulk<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Pod + Eq> Eq for Bulk<T> {}

impl<T: Pod> fmt::Debug for Bulk<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} values", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_values_are_as_few() {
        for count in [0, 9, MANY / 4, MANY / 2] {
            let numbers = 0..count as u32;
            let mut bulk: Bulk<u32> = numbers.clone().collect();
            assert!(bulk.iter().copied().eq(numbers.clone()));
            // More than there was room for, one by one.
            numbers.clone().for_each(|number| bulk.push(number));
            assert!(bulk.iter().copied().eq(numbers.clone().chain(numbers.clone())));
            assert_eq!(bulk.clone(), bulk);
            bulk.truncate(count);
            bulk.retain(|number| number % 3 == 1);
            assert!(bulk.iter().copied().eq(numbers.filter(|number| number % 3 == 1)));
        }
    }
}
