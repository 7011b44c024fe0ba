//! Whether a text is Markdown: by several signs of it, since a stray `*` is none.
//!
//! May not know: how Markdown is read.

use memchr::memmem;

/// How many lines are looked at.
const LINES: usize = 4000;

/// How many bytes of them, at most.
const BYTES: usize = 4 << 20;

/// What strong words stand between.
const STRONG: [&str; 2] = ["**", "__"];

/// How much evidence is asked for.
const ENOUGH: u32 = 3;

/// Whether the text shows enough signs of Markdown. A heading, fence, link or table counts for
/// two, since prose hardly has them; a list, emphasis, quotation or rule for one.
pub(super) fn is_markdown(text: &str) -> bool {
    let (head, _) = text.split_at(text.floor_char_boundary(BYTES));
    let lines: Vec<&str> = head.lines().take(LINES).collect();
    let count = |sign: fn(&str) -> bool| lines.iter().filter(|line| sign(line)).count();
    // Most texts hold none of these marks, and are not looked through line by line for them.
    let looked_at = lines.last().map_or(0, |last| last.as_ptr().addr() + last.len());
    let head = head.as_bytes().get(..looked_at.saturating_sub(head.as_ptr().addr()));
    let holds = |mark: &str| memmem::find(head.unwrap_or_default(), mark.as_bytes()).is_some();
    let any = |marks: &[&str], sign: fn(&str) -> bool| {
        marks.iter().any(|mark| holds(mark)) && lines.iter().any(|line| sign(line))
    };
    let fences = count(is_fence);
    let strong = [
        fences >= 2 && fences % 2 == 0,
        any(&["]("], has_link),
        count(is_heading) > 0,
        any(&["|"], is_table_rule),
    ];
    let weak = [
        count(is_heading) > 1 || lines.first().is_some_and(|line| is_heading(line)),
        count(is_item) > 1,
        any(&STRONG, has_strong),
        any(&["`"], has_code),
        any(&["> "], |line| line.starts_with("> ")),
        lines.windows(2).any(|pair| is_underlined(pair[0], pair[1])),
    ];
    let number = |signs: &[bool]| signs.iter().filter(|&&sign| sign).count() as u32;
    2 * number(&strong) + number(&weak) >= ENOUGH
}

fn is_fence(line: &str) -> bool {
    line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~")
}

fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    (1..=6).contains(&level) && words.starts_with(' ') && !words.trim().is_empty()
}

/// `[words](target)`, where the target is an address or a path.
fn has_link(line: &str) -> bool {
    line.split("](").skip(1).any(|target| {
        let end = target.find(')').unwrap_or_default();
        let target = target.get(..end).unwrap_or_default();
        target.contains("://") || target.starts_with(['/', '#', '.', '<']) || target.contains('.')
    }) && line.contains('[')
}

fn is_table_rule(line: &str) -> bool {
    let rule = line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '));
    rule && line.contains("--") && line.contains('|')
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let words = line.trim_start_matches(|c: char| c.is_ascii_digit());
    ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
        || (words.len() < line.len() && words.starts_with(". "))
}

/// `**words**`, with no space inside the marks.
fn has_strong(line: &str) -> bool {
    STRONG.iter().any(|mark| {
        let tight = |words: &str| !words.is_empty() && words.trim() == words;
        let count = line.matches(mark).count();
        count >= 2 && line.split(mark).skip(1).step_by(2).take(count / 2).any(tight)
    })
}

/// `` `words` ``.
fn has_code(line: &str) -> bool {
    line.matches('`').count() >= 2 && !is_fence(line) && !line.contains("``")
}

/// A heading by a row of `=` or `-` below it.
fn is_underlined(words: &str, line: &str) -> bool {
    let row = line.trim_end();
    let all = |mark: u8| row.len() >= 3 && row.bytes().all(|byte| byte == mark);
    !words.trim().is_empty() && (all(b'=') || all(b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_signs_make_markdown() {
        assert!(is_markdown("# Tide\n\nSome words."));
        assert!(is_markdown("Words with **force** and [a link](https://example.org)."));
        assert!(is_markdown("```\ncode\n```\n\n- one\n- two"));
    }

    #[test]
    fn stray_signs_do_not() {
        assert!(!is_markdown("The price* was 3 * 4.\n\n* Not counting tax"));
        assert!(!is_markdown("- Hello, she said.\n- Goodbye, he said."));
        assert!(!is_markdown("See [note 3] (below) for #1 fans.\n#tag"));
    }
}
