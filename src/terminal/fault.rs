//! A panic on request, so that a test can see what one leaves behind. Only builds with the feature
//! `faults` ask whether one is wanted; it is in no release.

/// Panics where `RECTO_PANIC` in the environment names this place: `draw`, `update`, `worker` or
/// `load`. Its message is as hostile as an article may be.
///
/// # Panics
/// Where that is asked for.
#[cfg(feature = "faults")]
pub fn asked_for(place: &str) {
    let asked = std::env::var("RECTO_PANIC").is_ok_and(|asked| asked == place);
    assert!(!asked, "asked for in {place}\r\u{1b}]0;title\u{7}\u{9b}31m\u{202e}");
}

/// Does nothing.
#[cfg(not(feature = "faults"))]
pub const fn asked_for(_: &str) {}
