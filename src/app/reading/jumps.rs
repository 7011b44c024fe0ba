//! Where the reader came from: one history over all panes, and what repeated keys go on with.

use crate::app::Model;
use crate::app::action::Way;
use crate::text::span::Span;

/// How many places are remembered.
const DEPTH: usize = 200;

/// Places to go back and forward to, and the threads of repeated keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Jumps {
    back: Vec<u32>,
    forward: Vec<u32>,
    /// Whether `n` goes along search hits rather than mentions.
    pub hits_last: bool,
    /// The link that was followed last, so that the same key takes the next one.
    pub followed: Option<Followed>,
}

/// A link that was followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The comment or the passage that it was followed from.
    pub from: Span,
    /// The words at the other end.
    pub to: Span,
    /// Its number among the links of `from`, and how many those are.
    pub number: (usize, usize),
}

impl Model {
    /// Remembers where the reader is before a jump.
    pub fn leave(&mut self) {
        self.leave_from(self.at());
    }

    /// Remembers that a jump set out from byte `at`.
    pub fn leave_from(&mut self, at: u32) {
        let jumps = &mut self.jumps;
        jumps.forward.clear();
        if jumps.back.last() != Some(&at) {
            jumps.back.push(at);
        }
        if jumps.back.len() > DEPTH {
            jumps.back.remove(0);
        }
    }

    /// Back to where the last jump was made, or forward again.
    pub fn jump(&mut self, way: Way) {
        let here = self.at();
        let jumps = &mut self.jumps;
        let (from, onto) = match way {
            Way::Back => (&mut jumps.back, &mut jumps.forward),
            Way::Forward => (&mut jumps.forward, &mut jumps.back),
        };
        match from.pop() {
            Some(at) => {
                onto.push(here);
                self.show(at);
            }
            None => self.tell(match way {
                Way::Back => "no place to go back to",
                Way::Forward => "no place to go forward to",
            }),
        }
    }
}
