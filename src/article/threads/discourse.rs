//! Discourse: a topic with its first posts; later ones are only numbered.

use super::super::json::Item;
use super::super::said::{Answers, Said};
use super::super::{Format, Head};
use super::{Talk, deleted, html, text, word};

pub(super) fn read(root: Item<'_>) -> Option<Talk> {
    let stream = root.get("post_stream")?;
    let posts: Vec<_> = stream.get("posts")?.items().filter(|post| post.is_object()).collect();
    let mut said: Vec<Said> = posts.iter().map(|post| answer(*post)).collect();
    let opens =
        posts.first().is_some_and(|post| post.get("post_number").and_then(Item::number) == Some(1));
    let first = if opens { said.remove(0) } else { Said::default() };
    let head = Head {
        title: word(root, &["title", "fancy_title"]),
        authors: first.author.into_iter().collect(),
        published: first.time.or_else(|| word(root, &["created_at"])),
        url: word(root, &["featured_link"]),
        ..Head::default()
    };
    for one in &mut said {
        if one.answers == Answers::Id("1".to_owned()) {
            one.answers = Answers::Article;
        }
    }
    let listed = stream.get("stream").map_or(0, |all| all.items().count());
    let told = root.get("posts_count").and_then(Item::number).unwrap_or_default();
    let all = listed.max(usize::try_from(told).unwrap_or_default());
    let here = posts.len();
    let note = (all > here).then(|| format!("the file holds {here} of {all} posts"));
    Some(Talk {
        format: Format::Discourse,
        head,
        body: first.pieces,
        said,
        notes: note.into_iter().collect(),
        ..Talk::default()
    })
}

/// A post. Posts answer each other by number, not by identifier, and numbers have gaps.
fn answer(post: Item<'_>) -> Said {
    let likes = post.get("actions_summary").into_iter().flat_map(Item::items);
    let mut likes = likes.filter(|action| action.get("id").and_then(Item::number) == Some(2));
    Said {
        id: word(post, &["post_number", "id"]).unwrap_or_default(),
        answers: word(post, &["reply_to_post_number"]).map_or(Answers::Article, Answers::Id),
        author: word(post, &["name", "username"]),
        time: word(post, &["created_at"]),
        score: likes.next().and_then(|action| action.get("count")?.number()),
        pieces: text(post, &["cooked"]).map_or_else(deleted, html),
    }
}
