//! Mastodon's context of a post, and notes, pages and articles of `ActivityPub`, as Mastodon and
//! Lemmy write them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::json::Item;
use super::super::said::{Answers, Said};
use super::super::{Format, Head};
use super::{Talk, deleted, html, marked, text, walk, word};
use crate::article::markup::blocks::Piece;

pub(super) fn read(root: Item<'_>) -> Option<Talk> {
    context(root).or_else(|| objects(root))
}

/// The posts above and below one that is itself not there.
fn context(root: Item<'_>) -> Option<Talk> {
    let lists = [root.get("ancestors")?, root.get("descendants")?];
    let posts: Vec<_> =
        lists.into_iter().flat_map(Item::items).filter(|post| post.is_object()).collect();
    let mut said: Vec<Said> = posts.iter().map(|post| status(*post)).collect();
    let above = lists[0].items().count();
    let first = if above > 0 { said.remove(0) } else { Said::default() };
    let known: HashSet<String> = said.iter().map(|one| one.id.clone()).collect();
    let mut missing = false;
    for one in &mut said {
        // What answers the post that is missing answers the article.
        if let Answers::Id(id) = &one.answers
            && !known.contains(id)
        {
            missing |= *id != first.id;
            one.answers = Answers::Article;
        }
    }
    let mut notes = Vec::new();
    if missing || above == 0 {
        notes.push(
            "the post that was asked for is not in this file, only what stands around it"
                .to_owned(),
        );
    }
    let head = Head {
        authors: first.author.into_iter().collect(),
        published: first.time,
        ..Head::default()
    };
    Some(Talk {
        format: Format::Mastodon,
        head,
        body: first.pieces,
        said,
        notes,
        ..Talk::default()
    })
}

fn status(post: Item<'_>) -> Said {
    let account = post.get("account");
    let name = account.and_then(|account| word(account, &["display_name", "acct", "username"]));
    Said {
        id: word(post, &["id"]).unwrap_or_default(),
        answers: word(post, &["in_reply_to_id"]).map_or(Answers::Article, Answers::Id),
        author: name,
        time: word(post, &["created_at"]),
        score: post.get("favourites_count").and_then(Item::number),
        pieces: warned(post, "spoiler_text"),
    }
}

/// The text below its warning.
fn warned(post: Item<'_>, warning: &str) -> Vec<Piece> {
    let mut pieces = text(post, &[warning]).map(html).unwrap_or_default();
    pieces.extend(content(post));
    if pieces.is_empty() { deleted() } else { pieces }
}

fn content(post: Item<'_>) -> Vec<Piece> {
    let source = post.get("source").and_then(|source| text(source, &["content"]));
    let read = text(post, &["content"]).map(html);
    read.or_else(|| source.map(marked)).unwrap_or_default()
}

/// An object of `ActivityPub`, or several: the first that answers none of the others is the article.
fn objects(root: Item<'_>) -> Option<Talk> {
    let listed = ["orderedItems", "items"].iter().find_map(|key| root.get(key));
    let items: Vec<_> =
        listed.unwrap_or(root).items().map(unwrapped).filter(|item| is_object(*item)).collect();
    let first = *items.first()?;
    let rest = items.into_iter().skip(1).collect::<Vec<_>>();
    let own = word(first, &["id"]);
    let replies = walk(below(first).into_iter().chain(rest), |held| below(held.item));
    let said = replies.iter().map(|reply| {
        let named = word(reply.item, &["inReplyTo"]).filter(|id| Some(id) != own.as_ref());
        let holder = reply.holder.map_or(Answers::Article, Answers::Place);
        answer(
            reply.item,
            if reply.holder.is_some() { holder } else { named.map_or(holder, Answers::Id) },
        )
    });
    let said: Vec<Said> = said.collect();
    let answered = word(first, &["inReplyTo"]);
    let notes = answered.map(|_| "what this answers is not in this file".to_owned());
    let head = Head {
        title: word(first, &["name"]),
        authors: author(first).into_iter().collect(),
        published: word(first, &["published"]),
        url: word(first, &["url", "id"]).filter(|url| url.contains("://")),
        ..Head::default()
    };
    let body = warned(first, "summary");
    Some(Talk {
        format: Format::ActivityPub,
        head,
        body,
        said,
        notes: notes.into_iter().collect(),
        ..Talk::default()
    })
}

/// The replies that an object holds.
fn below(item: Item<'_>) -> Vec<Item<'_>> {
    let replies = item.get("replies");
    let inner = replies
        .and_then(|replies| replies.get("first").filter(|f| f.is_object()).or(Some(replies)));
    let lists = ["items", "orderedItems"].into_iter().filter_map(|key| inner?.get(key));
    lists.flat_map(Item::items).filter(|item| is_object(*item)).collect()
}

/// What an activity such as `Create` is about.
fn unwrapped(item: Item<'_>) -> Item<'_> {
    let activity = ["Create", "Update", "Announce"].iter().any(|kind| is(item, kind));
    item.get("object").filter(|object| activity && object.is_object()).unwrap_or(item)
}

fn is_object(item: Item<'_>) -> bool {
    let ours = ["Note", "Page", "Article", "Question"].iter().any(|kind| is(item, kind));
    ours && item.get("attributedTo").or_else(|| item.get("@context")).is_some()
}

fn is(item: Item<'_>, kind: &str) -> bool {
    item.get("type").is_some_and(|written| written.says(kind))
}

fn answer(item: Item<'_>, answers: Answers) -> Said {
    Said {
        id: word(item, &["id"]).unwrap_or_default(),
        answers,
        author: author(item),
        time: word(item, &["published"]),
        score: None,
        pieces: warned(item, "summary"),
    }
}

/// Who wrote it: a name, else the last part of the address.
fn author(item: Item<'_>) -> Option<String> {
    let by = item.get("attributedTo")?.items().next()?;
    let named = word(by, &["name", "preferredUsername"]);
    let address = || by.get("id").unwrap_or(by).word().map(Cow::into_owned);
    let last = |url: String| url.trim_end_matches('/').rsplit(['/', '@']).next().map(str::to_owned);
    named.or_else(|| address().and_then(last)).filter(|name| !name.is_empty())
}
