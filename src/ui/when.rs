//! The time of a comment in few cells.

use jiff::civil::{Date, DateTime};

/// `2016-12-24T09:00:00Z` as `24 Dec 2016 09:00`, `2016-12-24` as `24 Dec 2016`; a time in
/// another form as the file writes it.
pub(super) fn when(written: &str) -> String {
    let written = written.trim();
    // The clock time of the writer's zone is what a thread is told by; the zone is left out.
    let local = written.trim_end_matches(['Z', 'z']);
    let local = match local.rfind(['+', '-']).filter(|&sign| sign > 10) {
        Some(sign) => local.get(..sign).unwrap_or(local),
        None => local,
    };
    match (local.len() > 10, local.parse::<DateTime>(), local.parse::<Date>()) {
        (true, Ok(time), _) => time.strftime("%-d %b %Y %H:%M").to_string(),
        (false, _, Ok(date)) => date.strftime("%-d %b %Y").to_string(),
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::when;

    #[test]
    fn iso_times_are_made_short_and_others_kept() {
        assert_eq!(when("2016-12-24T09:00:00Z"), "24 Dec 2016 09:00");
        assert_eq!(when("2016-12-24T09:00:00.5-05:00"), "24 Dec 2016 09:00");
        assert_eq!(when("2016-12-24"), "24 Dec 2016");
        assert_eq!(when("yesterday, at tea time"), "yesterday, at tea time");
        assert_eq!(when(""), "");
    }
}
