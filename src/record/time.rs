//! Times as the files write them: RFC 3339, by this program in UTC, by others in any zone.
//!
//! May not know: what time it is.

use jiff::{SignedDuration, Timestamp};

/// What a time is ordered by. What is no time is before all others; two spellings of one
/// instant are told apart, so that an order of copies is total.
pub(crate) fn order(text: &str) -> (Option<Timestamp>, &str) {
    (text.parse().ok(), text)
}

/// Whether two texts name the same instant.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one == other || order(one).0.is_some_and(|time| order(other).0 == Some(time))
}

/// `now`, or where a clock goes back, the first moment after `last`: what a reader changes
/// comes after what the reader saw.
pub(crate) fn after(now: &str, last: &str) -> String {
    let (Some(time), Some(last)) = (order(now).0, order(last).0) else { return now.to_owned() };
    let next = last.checked_add(SignedDuration::from_millis(1));
    if time > last { now.to_owned() } else { next.map_or(now.to_owned(), |next| next.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_all_spellings_are_in_order() {
        let times = [
            "no time",
            "2026-11-23T12:00:00Z",
            "2026-11-23T12:00:00.5Z",
            "2026-11-23T13:00:01.000001+01:00",
            "2026-11-23T12:00:02Z",
        ];
        assert!(times.is_sorted_by_key(|time| order(time)));
        assert!(same("2026-11-23T12:00:00Z", "2026-11-23T13:00:00.000+01:00"));
        assert!(!same("yesterday", "today") && same("yesterday", "yesterday"));
    }

    #[test]
    fn a_change_comes_after_what_was_seen() {
        assert_eq!(after("2026-11-23T12:00:01Z", "2026-11-23T12:00:00Z"), "2026-11-23T12:00:01Z");
        assert_eq!(
            after("2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z"),
            "2026-11-23T12:00:00.001Z"
        );
        assert_eq!(after("2026-11-23T11:00:00Z", ""), "2026-11-23T11:00:00Z");
    }
}
