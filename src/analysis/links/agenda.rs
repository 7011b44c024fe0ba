//! In which order the comments of a long discussion are read for links, and when what was found
//! so far is worth handing on.
//!
//! May not know: threads, the clock, what a link is made from.

use std::ops::Range;

use crate::analysis::Link;
use crate::article::bulk::Bulk;

/// Comments are read in batches of at least so many: some milliseconds' work.
const FEWEST: usize = 64;

/// There are at most about so many batches, so that looking for the next one costs little.
const BATCHES: usize = 1024;

/// The comments of a discussion, batch by batch.
#[derive(Clone, Debug)]
pub struct Agenda {
    comments: usize,
    /// Comments of a batch.
    size: usize,
    /// The links of each batch, once it was read.
    found: Vec<Option<Vec<Link>>>,
    /// How many comments were read.
    read: usize,
    /// Links are handed on when so many were read.
    due: usize,
}

impl Agenda {
    /// To read so many comments.
    pub fn new(comments: usize) -> Self {
        let size = FEWEST.max(comments.div_ceil(BATCHES));
        Self { comments, size, found: vec![None; comments.div_ceil(size)], read: 0, due: 1 }
    }

    /// The comments to be read next: the first batch that was not yet, from the one of comment
    /// `wanted` on and round the end.
    pub fn next(&self, wanted: usize) -> Option<Range<usize>> {
        let count = self.found.len();
        let from = (wanted / self.size).min(count);
        let batch = (from..count).chain(0..from).find(|&batch| self.found[batch].is_none())?;
        let start = batch * self.size;
        Some(start..self.comments.min(start + self.size))
    }

    /// Takes in the links of a batch, in the order of the comments.
    pub fn put(&mut self, batch: &Range<usize>, links: Vec<Link>) {
        self.read += batch.len();
        self.found[batch.start / self.size] = Some(links);
    }

    /// How many comments were read.
    pub fn read(&self) -> usize {
        self.read
    }

    /// All links found so far, where it is time to hand them on: `now`, else when twice as many
    /// comments were read as the last time. So all handings together cost as much as two of the
    /// last, however many comments there are, and what is on the screen seldom changes.
    pub fn due(&mut self, now: bool) -> Option<Bulk<Link>> {
        if !now && self.read < self.due.min(self.comments) {
            return None;
        }
        self.due = 2 * self.read;
        let mut all = Bulk::with_room(self.found.iter().flatten().map(Vec::len).sum());
        self.found.iter().flatten().for_each(|links| all.append(links));
        Some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::LinkKind;
    use crate::text::span::Span;

    /// Reads all; returns the batches, and how many links each handing on held.
    fn read(comments: usize, wanted: impl Fn(usize) -> usize) -> (Vec<Range<usize>>, Vec<usize>) {
        let from = |at: usize| Span::from(at..at + 1);
        let link = |at| Link::new(LinkKind::Quote, (from(at), Span::default()), 1.0);
        let (mut agenda, mut batches, mut handed) = (Agenda::new(comments), Vec::new(), Vec::new());
        while let Some(batch) = agenda.next(wanted(agenda.read())) {
            agenda.put(&batch, batch.clone().map(link).collect());
            batches.push(batch);
            handed.extend(agenda.due(false).map(|links| {
                assert!(links.is_sorted_by_key(|link| link.from));
                links.len()
            }));
        }
        (batches, handed)
    }

    #[test]
    fn every_comment_is_read_once_and_the_wanted_first() {
        for comments in [0, 1, 63, 64, 65, 1000, 200_000] {
            for wanted in [0, 7, comments / 2, comments, comments * 2] {
                let (mut batches, handed) = read(comments, |_| wanted);
                let first = batches.first().cloned().unwrap_or_default();
                assert!(first.contains(&wanted) || wanted >= comments);
                assert_eq!(handed.last().copied().unwrap_or_default(), comments);
                batches.sort_by_key(|batch| batch.start);
                assert_eq!(
                    batches.iter().flat_map(Clone::clone).collect::<Vec<_>>(),
                    (0..comments).collect::<Vec<_>>()
                );
            }
        }
    }

    #[test]
    fn what_is_asked_for_is_handed_on_at_once() {
        let mut agenda = Agenda::new(10_000);
        let mut read = |wanted, now| {
            let batch = agenda.next(wanted).unwrap();
            agenda.put(&batch, Vec::new());
            agenda.due(now).is_some()
        };
        assert!(read(0, false) && read(0, false), "the first one, and twice as many");
        assert_eq!((read(0, false), read(5000, true), read(5000, false)), (false, true, false));
    }

    #[test]
    fn what_is_wanted_in_between_comes_next() {
        let (batches, _) = read(10_000, |read| if read == 0 { 0 } else { 5000 });
        assert!(batches[0].contains(&0) && batches[1].contains(&5000));
    }

    #[test]
    fn handing_on_costs_a_few_times_the_whole() {
        for comments in [1000, 10_000, 1_000_000] {
            let (_, handed) = read(comments, |_| 0);
            assert!(handed.iter().sum::<usize>() < 3 * comments);
        }
    }
}
