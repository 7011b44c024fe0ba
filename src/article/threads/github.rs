//! GitHub: an issue, its comments, or a list of either.

use super::super::json::Item;
use super::super::said::{Answers, Said};
use super::super::{Format, Head, Listed, Part, Related};
use super::{Talk, deleted, marked, text, word};

pub(super) fn read(root: Item<'_>, wanted: Part) -> Option<Talk> {
    let items: Vec<_> = root.items().flat_map(recorded).collect();
    let ours = |item: &Item<'_>| {
        let user = item.get("user").is_some_and(|user| user.get("login").is_some());
        let known =
            ["comments_url", "issue_url", "html_url"].iter().any(|key| item.get(key).is_some());
        user && known && item.get("body").is_some()
    };
    let items: Vec<_> = items.into_iter().filter(|item| item.is_object()).collect();
    items.first().filter(|first| ours(first))?;
    let (issues, comments): (Vec<_>, Vec<_>) =
        items.into_iter().filter(ours).partition(|item| item.get("title").is_some());
    let number = match wanted {
        Part::Article(number) if (number as usize) < issues.len() => number as usize,
        _ => 0,
    };
    let issue = issues.get(number).copied();
    let mut talk = issue.map(opened).unwrap_or_default();
    talk.format = Format::GitHub;
    let others = issues.iter().enumerate().filter(|(place, _)| *place != number);
    talk.related = others.filter_map(|(_, issue)| related(*issue)).collect();
    if issues.len() > 1 {
        talk.notes.push(format!(
            "the file holds {} issues: one is shown, the others are listed",
            issues.len()
        ));
        talk.articles = issues.iter().map(|issue| listed(*issue)).collect();
        talk.article = number as u32;
    }
    let inside = issue.and_then(|issue| issue.get("comments"));
    let inside = inside.into_iter().flat_map(Item::items).filter(|item| item.is_object());
    talk.said = inside.chain(comments).map(said).collect();
    let told = issue.and_then(|issue| issue.get("comments")?.number()).unwrap_or_default();
    if told > i64::try_from(talk.said.len()).unwrap_or(i64::MAX) {
        talk.notes.push(format!("the {told} comments are not in this file"));
    }
    if issues.is_empty() {
        talk.notes.push("the issue itself is not in this file".to_owned());
    }
    Some(talk)
}

/// What an answer that was recorded with its request holds, or the item itself.
fn recorded(item: Item<'_>) -> impl Iterator<Item = Item<'_>> {
    let answer = item.get("response").filter(|_| item.get("scope").is_some());
    let itself = answer.is_none().then_some(item);
    itself.into_iter().chain(answer.into_iter().flat_map(Item::items))
}

fn opened(issue: Item<'_>) -> Talk {
    let head = Head {
        title: word(issue, &["title"]),
        authors: user(issue).into_iter().collect(),
        published: word(issue, &["created_at"]),
        url: word(issue, &["html_url"]),
        ..Head::default()
    };
    Talk { head, body: text(issue, &["body"]).map(marked).unwrap_or_default(), ..Talk::default() }
}

fn related(issue: Item<'_>) -> Option<Related> {
    Some(Related {
        title: word(issue, &["title"])?,
        summary: None,
        url: word(issue, &["html_url"]),
    })
}

fn listed(issue: Item<'_>) -> Listed {
    let comments = issue.get("comments").and_then(Item::number).unwrap_or_default();
    Listed {
        title: word(issue, &["title"]).unwrap_or_default(),
        published: word(issue, &["created_at"]),
        url: word(issue, &["html_url"]),
        discussion: None,
        comments: u32::try_from(comments).unwrap_or_default(),
    }
}

fn said(item: Item<'_>) -> Said {
    let votes = item.get("reactions").and_then(|votes| votes.get("+1")?.number());
    Said {
        id: word(item, &["id"]).unwrap_or_default(),
        answers: Answers::Article,
        author: user(item),
        time: word(item, &["created_at"]),
        score: votes.filter(|&votes| votes > 0),
        pieces: text(item, &["body"]).map_or_else(deleted, marked),
    }
}

/// Who wrote it; an account that is gone is nobody.
fn user(item: Item<'_>) -> Option<String> {
    word(item.get("user")?, &["login"])
}
