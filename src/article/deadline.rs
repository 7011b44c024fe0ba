//! How long whoever asked for a document waits for it: a question that is asked between steps of
//! work. Who asks it stops in the middle, and leaves what there is.
//!
//! May not know: a clock. Whether the time is over is for those to say who have one.

use std::fmt;

/// Says whether the time is over.
#[derive(Clone, Copy, Default)]
pub struct Deadline<'a>(Option<&'a dyn Fn() -> bool>);

impl<'a> Deadline<'a> {
    /// There is time enough.
    pub const NEVER: Self = Self(None);

    /// The time is over when `over` says so; from then on it must say so for ever.
    pub fn new(over: &'a dyn Fn() -> bool) -> Self {
        Self(Some(over))
    }

    /// Whether the time is over.
    pub fn is_over(self) -> bool {
        self.0.is_some_and(|over| over())
    }
}

impl fmt::Debug for Deadline<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_some() { "Deadline" } else { "Deadline(never)" })
    }
}
