//! The system's clipboard, where recto was built for it (feature `clipboard`).
//!
//! May not know: what is copied. A display that does not answer keeps nobody waiting: it is spoken
//! to on a thread of its own. Where there is none, the terminal's clipboard has the words all the
//! same.

use crate::text::shown::Shown;

/// Keeps what was copied for other programs, for as long as recto runs. Under X11 the words are with
/// the program that copied them; a clipboard manager, where there is one, takes them over at the end.
#[derive(Debug, Default)]
pub(super) struct Clipboard {
    #[cfg(feature = "clipboard")]
    keeper: Option<keeper::Keeper>,
}

#[cfg(feature = "clipboard")]
impl Clipboard {
    /// Has words kept in place of what was kept before.
    pub(super) fn keep(&mut self, words: &Shown) {
        self.keeper.get_or_insert_with(keeper::Keeper::start).keep(words);
    }

    /// Has what is kept taken over by who can keep it longer. A display that does not answer is not
    /// waited for.
    pub(super) fn hand_over(&mut self) {
        self.keeper.take().into_iter().for_each(keeper::Keeper::finish);
    }
}

/// There is no clipboard but the terminal's.
#[cfg(not(feature = "clipboard"))]
#[expect(clippy::unused_self, clippy::needless_pass_by_ref_mut, reason = "as with a clipboard")]
impl Clipboard {
    pub(super) fn keep(&mut self, _: &Shown) {}

    pub(super) fn hand_over(&mut self) {}
}

#[cfg(feature = "clipboard")]
mod keeper {
    use std::sync::mpsc::{self, Receiver, Sender};
    use std::thread;
    use std::time::Duration;

    use crate::text::shown::Shown;

    /// So long a display may take to have the words taken over: a manager that is there needs a
    /// few milliseconds.
    const PATIENCE: Duration = Duration::from_millis(500);

    /// The thread that owns the clipboard.
    #[derive(Debug)]
    pub(super) struct Keeper {
        words: Sender<String>,
        /// Nothing is sent; it is closed when the thread ends.
        end: Receiver<()>,
    }

    impl Keeper {
        /// Starts the thread.
        pub(super) fn start() -> Self {
            let (words, asked) = mpsc::channel::<String>();
            let (open, end) = mpsc::channel();
            let keep = move || {
                let _open: Sender<()> = open;
                let Ok(mut clipboard) = arboard::Clipboard::new() else { return };
                for words in asked {
                    // A display that refuses now may not refuse next time.
                    let _ = clipboard.set_text(words);
                }
            };
            // Without a thread nothing is kept, and the terminal has the words.
            let _ = thread::Builder::new().name("clipboard".into()).spawn(keep);
            Self { words, end }
        }

        /// Has words kept. Where there is no display, nobody listens.
        pub(super) fn keep(&self, words: &Shown) {
            let _ = self.words.send(words.as_str().to_owned());
        }

        /// Ends the thread, which gives the words to a clipboard manager.
        pub(super) fn finish(self) {
            drop(self.words);
            let _ = self.end.recv_timeout(PATIENCE);
        }
    }
}
