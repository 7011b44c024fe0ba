//! A note and its tags as one line that a reader types: `see the tide table #ferry #"north pier"`.
//!
//! The tags stand at the end. A number alone is none, so that a note may end with `#42`.
//!
//! May not know: bookmarks.

/// The note and the tags of a line.
pub fn parted(line: &str) -> (String, Vec<String>) {
    let mut rest = line.trim();
    let mut tags: Vec<String> = Vec::new();
    while let Some((before, tag)) = last_tag(rest) {
        rest = before.trim_end();
        if !tags.iter().any(|other| other == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags.reverse();
    (rest.to_owned(), tags)
}

/// A line of a note and its tags: [`parted`] reads it.
pub fn joined<S: AsRef<str>>(note: &str, tags: &[S]) -> String {
    let mut line = note.trim().to_owned();
    for tag in tags.iter().map(AsRef::as_ref) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&written(tag));
    }
    line
}

/// A tag as it is typed.
pub fn written(tag: &str) -> String {
    if tag.contains(char::is_whitespace) { format!("#\"{tag}\"") } else { format!("#{tag}") }
}

/// The tag at the end of a line, and what stands before it.
fn last_tag(line: &str) -> Option<(&str, &str)> {
    let quoted = line.strip_suffix('"').and_then(|line| line.rsplit_once("#\""));
    let (before, tag) = match quoted {
        Some((before, tag)) if !tag.contains('"') => (before, tag),
        _ => {
            let word = line.rfind(char::is_whitespace).map_or(0, |gap| gap + 1);
            let word = (word..=line.len()).find(|&at| line.is_char_boundary(at))?;
            let (before, word) = line.split_at_checked(word)?;
            (before, word.strip_prefix('#')?)
        }
    };
    let alone = before.is_empty() || before.ends_with(char::is_whitespace);
    let says = tag.chars().any(|c| !c.is_numeric() && !c.is_whitespace() && c != '#');
    (alone && says).then_some((before, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_stand_at_the_end_of_a_note() {
        let cases = [
            ("see the table #ferry #tide", "see the table", vec!["ferry", "tide"]),
            ("#ferry", "", vec!["ferry"]),
            ("#ferry is late", "#ferry is late", vec![]),
            ("as in #42", "as in #42", vec![]),
            ("see #\"north pier\" #a #a", "see", vec!["north pier", "a"]),
            ("c# and f#", "c# and f#", vec![]),
            ("he said “no\"", "he said “no\"", vec![]),
            ("two\nlines\u{a0}#x", "two\nlines", vec!["x"]),
            ("  ", "", vec![]),
        ];
        for (line, note, tags) in cases {
            let read = parted(line);
            assert_eq!(read, (note.to_owned(), tags.iter().map(|&tag| tag.into()).collect()));
            assert_eq!(parted(&joined(&read.0, &read.1)), read, "{line}");
        }
    }
}
