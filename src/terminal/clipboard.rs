//! The system's clipboard, where recto was built for it (feature `clipboard`).
//!
//! May not know: what is copied. A display that does not answer keeps nobody waiting: it is spoken
//! to on a thread of its own. Where there is none, the terminal's clipboard has the words all the
//! same.

use crate::text::shown::Shown;

/// Keeps what was copied for other programs, for as long as recto runs.
#[derive(Debug, Default)]
pub(super) struct Clipboard {
    #[cfg(feature = "clipboard")]
    words: Option<std::sync::mpsc::Sender<String>>,
}

impl Clipboard {
    /// Has words kept in place of what was kept before.
    #[cfg(feature = "clipboard")]
    pub(super) fn keep(&mut self, words: &Shown) {
        let words_sender = self.words.get_or_insert_with(keeper);
        // Where there is no display, nobody listens.
        let _ = words_sender.send(words.as_str().to_owned());
    }

    /// There is no clipboard but the terminal's.
    #[cfg(not(feature = "clipboard"))]
    #[expect(clippy::unused_self, clippy::needless_pass_by_ref_mut, reason = "as with a clipboard")]
    pub(super) fn keep(&mut self, _: &Shown) {}
}

/// Starts the thread that owns the clipboard.
#[cfg(feature = "clipboard")]
fn keeper() -> std::sync::mpsc::Sender<String> {
    let (sender, words) = std::sync::mpsc::channel::<String>();
    let keep = move || {
        let Ok(mut clipboard) = arboard::Clipboard::new() else { return };
        for words in words {
            // A display that refuses now may not refuse next time.
            let _ = clipboard.set_text(words);
        }
    };
    // Without a thread nothing is kept, and the terminal has the words.
    let _ = std::thread::Builder::new().name("clipboard".into()).spawn(keep);
    sender
}
