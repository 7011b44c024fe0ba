//! How the markup of comment systems looks: what is a comment in it, and where its author, words,
//! time and votes stand. The first form that fits wins.
//!
//! May not know: how elements are found.

/// A comment system.
#[derive(Clone, Copy, Debug)]
pub(super) struct System {
    /// Its name, for the reader.
    pub(super) name: &'static str,
    /// An element that pages of it have, where others use the same markup for comments.
    pub(super) page: &'static str,
    /// An element that is a comment.
    pub(super) comment: &'static str,
    /// An element that a page of it has, where the first post is the article.
    pub(super) post: Post,
}

/// Where a page of a comment system keeps what is discussed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Post {
    /// In the page's article.
    Article,
    /// In the first of the comments.
    First,
    /// In elements of its own: those of the title, and those of the text.
    Own(&'static [&'static str], &'static [&'static str]),
}

/// The systems that are known, the surest first.
pub(super) const SYSTEMS: [System; 10] = [
    System {
        name: "Hacker News",
        page: "",
        comment: "tr.comtr",
        post: Post::Own(&[".titleline", "a.storylink", "td.title"], &[".toptext"]),
    },
    System {
        name: "Reddit",
        page: "",
        comment: ".thing.comment",
        post: Post::Own(&["a.title"], &["div.expando", "div.md"]),
    },
    System {
        name: "Lobsters",
        page: "",
        comment: "li.comments_subtree",
        post: Post::Own(&["a.u-url", ".link"], &[".story_text"]),
    },
    System { name: "Discourse", page: "", comment: "div.crawler-post", post: Post::First },
    System { name: "XenForo", page: "", comment: "article.message--post", post: Post::First },
    System { name: "XenForo", page: "", comment: "li.xenforo-comment", post: Post::Article },
    System {
        name: "schema.org",
        page: "",
        comment: "[itemtype*=schema.org/Comment]",
        post: Post::Article,
    },
    System {
        name: "schema.org",
        page: "",
        comment: "[itemtype*=schema.org/UserComments]",
        post: Post::Article,
    },
    System { name: "Blogger", page: "cite.user", comment: "li.comment", post: Post::Article },
    System { name: "WordPress", page: "", comment: "li.comment", post: Post::Article },
];

/// Who wrote a comment.
pub(super) const AUTHORS: [&str; 27] = [
    "a.hnuser",
    ".fn",
    "cite.user",
    "a.u-author",
    "a.author",
    "[itemprop=name]",
    ".comment-author-name",
    ".comment__author-name",
    ".comment__author",
    ".username",
    ".user-name",
    ".display-name",
    ".nickname",
    "cite",
    "[itemprop=author]",
    "[itemprop=creator]",
    "[rel=author]",
    ".comment-author",
    ".commenter",
    ".author-name",
    ".author",
    ".user",
    ".name",
    "a[href*=/user]",
    "a[href*=/~]",
    "a[href*=/u/]",
    "a[href*=/profile]",
];

/// What it says.
pub(super) const WORDS: [&str; 24] = [
    ".commtext",
    "[itemprop=text]",
    "[itemprop=commentText]",
    ".usertext-body",
    ".md",
    ".comment_text",
    ".comment-content",
    ".comment__content",
    ".comment-text",
    ".comment__text",
    ".commentText",
    ".field-comment-body",
    ".field-name-comment-body",
    ".bbWrapper",
    ".cooked",
    ".comment-body",
    ".comment__body",
    ".comment-entry",
    ".message-body",
    ".post-body",
    ".content",
    ".text",
    ".body",
    ".message",
];

/// When.
pub(super) const TIMES: [&str; 21] = [
    "time[datetime]",
    "[itemprop=dateCreated]",
    "[itemprop=datePublished]",
    "[itemprop=commentTime]",
    ".age",
    "time",
    ".published",
    ".datetime",
    ".comment-date",
    ".comment__date",
    ".comment-time",
    ".timestamp",
    ".date",
    ".comment-metadata",
    ".comment-meta",
    ".commentmetadata",
    ".submitted",
    ".posted",
    ".post-date",
    ".time",
    "abbr[title]",
];

/// How it was voted.
pub(super) const SCORES: [&str; 8] = [
    ".score.unvoted",
    "[itemprop=upvoteCount]",
    ".score",
    ".upvoter",
    ".vote-count",
    ".votes",
    ".points",
    ".karma",
];

/// What stands in or beside the words without being said.
pub(super) const ASIDE: [&str; 32] = [
    ".comment-author",
    ".vcard",
    ".comment-meta",
    ".comment-metadata",
    ".commentmetadata",
    ".reply",
    ".comment-reply",
    ".comment-reply-link",
    ".comment-actions",
    ".comment-footer",
    ".comment-header",
    ".comment__meta",
    ".comment__header",
    ".comment__footer",
    ".says",
    ".avatar",
    ".links",
    ".tagline",
    ".flat-list",
    ".comhead",
    ".byline",
    ".submitted",
    ".permalink",
    ".comment-avatar",
    ".user-picture",
    ".votelinks",
    ".screen-reader-text",
    ".sr-only",
    ".comment-awaiting-moderation",
    ".edit-link",
    ".comment-replies",
    ".morecomments",
];
