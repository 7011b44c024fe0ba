//! What is read of an address of the web: a page, or the discussion that it is, with the article
//! that is discussed.
//!
//! May not know: how answers travel, where they are kept.

use super::fetch::{Answer, FetchError, host, is_public};
use crate::article::Format;
use crate::article::load;

/// What was fetched for one address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// A page, a discussion, or both: the article first.
    pub answers: Vec<Answer>,
    /// A sentence about what is missing.
    pub note: Option<String>,
}

/// How an address is asked for what is there.
pub type Get<'a> = &'a dyn Fn(&str) -> Result<Answer, FetchError>;

/// Fetches an address. Where it is a discussion of a site that is known, that comes as the site
/// gives it to programs, and the article that it links to comes with it.
///
/// # Errors
/// If the address gives nothing, or nobody waits any more. An article that cannot be fetched is
/// none: its discussion is.
pub fn find(url: &str, get: Get<'_>) -> Result<Found, FetchError> {
    let talk = discussion(url).map(|address| get(&address));
    let note = match &talk {
        Some(Err(FetchError::GivenUp)) => return Err(FetchError::GivenUp),
        // Where there is none, the address only looked like one.
        Some(Err(why)) if !matches!(why, FetchError::Status(404)) => Some(format!(
            "the discussion is read from its page, since {why} where it is for programs"
        )),
        _ => None,
    };
    let talk = talk.and_then(Result::ok).and_then(|answer| understood(answer, url));
    let Some((talk, linked)) = talk else {
        return Ok(Found { answers: vec![get(url)?], note });
    };
    let Some(linked) = linked else { return Ok(Found { answers: vec![talk], note: None }) };
    match get(&linked) {
        Ok(page) if page.is_page() => Ok(Found { answers: vec![page, talk], note: None }),
        Ok(page) => Ok(without(talk, &linked, &FetchError::NotText(page.kind))),
        Err(FetchError::GivenUp) => Err(FetchError::GivenUp),
        Err(error) => Ok(without(talk, &linked, &error)),
    }
}

fn without(talk: Answer, url: &str, why: &FetchError) -> Found {
    let note = format!("the article itself is not here: {url}: {why}");
    Found { answers: vec![talk], note: Some(note) }
}

/// A discussion, if it was understood as one, and the address of an article elsewhere that it is
/// about.
fn understood(answer: Answer, url: &str) -> Option<(Answer, Option<String>)> {
    let doc = load::document(answer.bytes.clone());
    let known = [Format::HackerNews, Format::Lobsters, Format::Reddit, Format::Discourse];
    known.contains(&doc.source.format).then_some(())?;
    let elsewhere = |linked: &String| {
        host(linked).is_some_and(|there| Some(&there) != host(url).as_ref() && is_public(&there))
    };
    Some((answer, doc.head.url.filter(elsewhere).filter(|linked| !is_reddit(linked))))
}

fn is_reddit(url: &str) -> bool {
    host(url).is_some_and(|host| host == "reddit.com" || host.ends_with(".reddit.com"))
}

/// Where a site gives the discussion at an address as JSON.
fn discussion(url: &str) -> Option<String> {
    let host = host(url)?;
    let scheme = url.split("://").next()?;
    let path = url.split("://").nth(1)?.split('#').next()?;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parts: Vec<&str> = path.split('/').skip(1).filter(|part| !part.is_empty()).collect();
    match (host.as_str(), parts.as_slice()) {
        ("news.ycombinator.com", ["item"]) => {
            let id = query.split('&').find_map(|pair| pair.strip_prefix("id="))?;
            is_number(id).then(|| format!("https://hn.algolia.com/api/v1/items/{id}"))
        }
        ("lobste.rs", ["s", id, ..]) => {
            is_word(id).then(|| format!("https://lobste.rs/s/{id}.json"))
        }
        (_, ["r", _, "comments", id, ..] | ["comments", id, ..]) if is_reddit(url) => {
            let address = format!("https://www.reddit.com/comments/{id}.json?raw_json=1&limit=500");
            is_word(id).then_some(address)
        }
        // Discourse runs at many hosts; its topics have addresses of this shape.
        (_, ["t", slug, id, ..]) if is_number(id) => {
            Some(format!("{scheme}://{host}/t/{slug}/{id}.json"))
        }
        (_, ["t", id]) if is_number(id) => Some(format!("{scheme}://{host}/t/{id}.json")),
        _ => None,
    }
}

fn is_number(id: &str) -> bool {
    (1..=12).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_word(id: &str) -> bool {
    (1..=12).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discussions_are_asked_for_as_json() {
        for (url, json) in [
            (
                "https://news.ycombinator.com/item?id=12&p=2#c",
                "https://hn.algolia.com/api/v1/items/12",
            ),
            ("https://lobste.rs/s/abc123/tide", "https://lobste.rs/s/abc123.json"),
            (
                "http://old.reddit.com/r/tides/comments/1ab/low_water/",
                "https://www.reddit.com/comments/1ab.json?raw_json=1&limit=500",
            ),
            ("http://127.0.0.1:8/t/low-water/7/3", "http://127.0.0.1:8/t/low-water/7.json"),
            ("https://forum.example.org/t/7", "https://forum.example.org/t/7.json"),
        ] {
            assert_eq!(discussion(url).as_deref(), Some(json));
        }
        for url in
            ["https://example.org/t/tide", "https://news.ycombinator.com/item?id=x", "tide.txt"]
        {
            assert_eq!(discussion(url), None, "{url}");
        }
    }
}
