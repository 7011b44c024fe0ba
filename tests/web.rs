//! Addresses of the web, from a server on this machine: nothing else is ever asked.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::thread;

use recto::source::fetch::{self, FetchError};
use recto::source::web;
use serde_json::Value;

/// What the server gives at each path: further lines of the head, and the body.
type Pages = BTreeMap<&'static str, (&'static str, Vec<u8>)>;

/// A server that lives as long as the test program.
struct Server {
    at: String,
    /// The heads of all requests.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn of(pages: Pages) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = format!("http://{}", listener.local_addr().expect("its own address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, pages) = (Arc::clone(&asked), Arc::new(pages));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, pages) = (Arc::clone(&log), Arc::clone(&pages));
                thread::spawn(move || answer(stream, &pages, &log));
            }
        });
        Self { at, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.at)
    }

    fn asked(&self) -> String {
        self.asked.lock().expect("the log").concat()
    }

    /// Fetches an address, all hosts being paths of this server.
    fn get(&self, url: &str) -> Result<fetch::Answer, FetchError> {
        let elsewhere = url.strip_prefix("https://").map(|rest| self.url(&format!("/{rest}")));
        let mut answer = fetch::get(&elsewhere.unwrap_or_else(|| url.to_owned()))?;
        url.clone_into(&mut answer.url);
        Ok(answer)
    }
}

fn answer(mut stream: TcpStream, pages: &Pages, log: &Mutex<Vec<String>>) {
    let mut head = String::new();
    let mut lines = BufReader::new(stream.try_clone().expect("the same stream"));
    while lines.read_line(&mut head).is_ok_and(|count| count > 2) {}
    let path = head.split_whitespace().nth(1).unwrap_or_default().to_owned();
    log.lock().expect("the log").push(head);
    let missing = ("HTTP/1.1 404 Not Found\r\n", Vec::new());
    let (lines, body) = pages.get(path.as_str()).unwrap_or(&missing);
    let status = if lines.starts_with("HTTP/") { "" } else { "HTTP/1.1 200 OK\r\n" };
    let mut head = format!("{status}{lines}Connection: close\r\n");
    if !lines.contains("Content-Length") {
        write!(head, "Content-Length: {}\r\n", body.len()).expect("a string takes it");
    }
    // The other side may have seen enough.
    let _ = stream.write_all(format!("{head}\r\n").as_bytes());
    let _ = stream.write_all(body);
}

fn page(text: &str) -> Vec<u8> {
    let text = text.repeat(12);
    format!(
        "<!DOCTYPE html><title>Low Water</title><h1>Low Water</h1><article><p>{text}</p></article>"
    )
    .into_bytes()
}

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\nSet-Cookie: who=you\r\n";

const SAID: &str = "The harbour lay dry, and the boats leaned on their keels. ";

fn inspect(url: &str, data: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.args(["inspect", "--json", url, "--data-dir"]).arg(data);
    command.output().expect("the program runs")
}

fn read(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_page_is_read_and_kept_and_nothing_is_told() {
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode("<!DOCTYPE html><p>Café, naïve, déjà.");
    let server = Server::of(BTreeMap::from([
        ("/tide", (HTML, page(SAID))),
        (
            "/moved",
            ("HTTP/1.1 302 Found\r\nSet-Cookie: who=you\r\nLocation: /tide\r\n", Vec::new()),
        ),
        ("/latin", ("Content-Type: text/html; charset=ISO-8859-1\r\n", latin.into_owned())),
    ]));
    let data = tempfile::tempdir().expect("a folder");
    let doc = read(&inspect(&server.url("/moved#top"), data.path()));
    assert_eq!((&doc["title"], &doc["url"]), (&"Low Water".into(), &server.url("/tide").into()));
    assert!(doc["body"][0]["text"].as_str().is_some_and(|text| text.starts_with(SAID.trim())));
    let asked = server.asked().to_lowercase();
    assert!(asked.contains("user-agent: recto/"));
    assert!(!asked.contains("cookie") && !asked.contains("referer") && !asked.contains("#top"));
    let doc = read(&inspect(&server.url("/latin"), data.path()));
    assert_eq!(doc["body"][0]["text"], "Café, naïve, déjà.");
    let kept = std::fs::read_dir(data.path().join("pages")).expect("copies").count();
    assert_eq!(kept, 2);
}

#[test]
fn where_nothing_comes_the_copy_is_read() {
    let data = tempfile::tempdir().expect("a folder");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/tide", listener.local_addr().expect("its own address"));
    let once = thread::spawn(move || {
        let (stream, _) = listener.accept().expect("someone");
        answer(stream, &BTreeMap::from([("/tide", (HTML, page(SAID)))]), &Mutex::default());
    });
    let first = read(&inspect(&url, data.path()));
    once.join().expect("it has answered");
    let second = inspect(&url, data.path());
    assert_eq!(read(&second)["body"], first["body"]);
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(said.contains("it does not answer; this is the copy of 2"), "{said}");
    let other = inspect(&format!("{url}/other"), data.path());
    assert!(!other.status.success() && other.stdout.is_empty());
}

#[test]
fn what_is_no_page_of_the_web_is_refused_in_one_sentence() {
    let server = Server::of(BTreeMap::from([
        ("/round", ("HTTP/1.1 302 Found\r\nLocation: /round\r\n", Vec::new())),
        ("/file", ("HTTP/1.1 302 Found\r\nLocation: file:///etc/hosts\r\n", Vec::new())),
        ("/gull.png", ("Content-Type: image/png\r\n", vec![0; 9])),
        ("/cut", ("Content-Type: text/html\r\nContent-Length: 99\r\n", b"<p>Low".to_vec())),
        ("/sea", (HTML, vec![b'~'; (32 << 20) + 1])),
    ]));
    for (path, why) in [
        ("/missing", "the server says 404 Not Found"),
        ("/round", "it sends on for ever"),
        ("/file", "it sends on to an address that is not fetched"),
        ("/gull.png", "image/png is nothing to read"),
        ("/sea", "larger than 32 MB"),
        ("/cut", "the answer is cut off"),
    ] {
        let error = fetch::get(&server.url(path)).expect_err(path);
        assert_eq!(error.to_string(), why, "{path}");
    }
    for url in ["file:///etc/hosts", "ftp://127.0.0.1/x", "https://a:b@c.de/"] {
        assert!(fetch::get(url).is_err(), "{url}");
        assert!(!inspect(url, Path::new("/proc/none")).status.success(), "{url}");
    }
}

const TALK: &str = r#"{"id":7,"type":"story","author":"Cy","created_at_i":5,"title":"Low Water","url":"URL","points":3,
"children":[{"id":8,"type":"comment","author":"Bo","created_at_i":6,"text":"Is it <i>deep</i>?","children":[
{"id":9,"type":"comment","author":"Ada","created_at_i":7,"text":"Not now.","children":[]}]}]}"#;

#[test]
fn a_discussion_comes_with_the_article_that_it_is_about() {
    let json = "Content-Type: application/json\r\n";
    let item = |url| (json, TALK.replace("URL", url).into_bytes());
    let server = Server::of(BTreeMap::from([
        ("/hn.algolia.com/api/v1/items/7", item("https://example.org/tide")),
        ("/hn.algolia.com/api/v1/items/8", item("https://example.org/gone")),
        ("/hn.algolia.com/api/v1/items/9", item("http://127.0.0.1/router?off")),
        ("/example.org/tide", (HTML, page(SAID))),
    ]));
    let find = |id: u32| {
        let url = format!("https://news.ycombinator.com/item?id={id}");
        let found = web::find(&url, &|url| server.get(url)).expect("it is there");
        recto::article::load::document(recto::source::archive::archive(
            &found,
            "2026-03-01T10:00:00Z",
        ))
    };
    let doc = find(7);
    let said: Vec<_> = doc.comments.iter().map(|one| (doc.author(one), one.depth)).collect();
    assert_eq!(said, [(Some("Bo"), 0), (Some("Ada"), 1)]);
    assert!(doc.words(&doc.body_blocks()[0]).starts_with(SAID.trim()));
    assert_eq!(doc.head.url.as_deref(), Some("https://example.org/tide"));
    assert_eq!(doc.head.authors, Vec::<String>::new(), "who posted a link did not write it");
    let doc = find(8);
    assert_eq!(doc.comments.len(), 2);
    let note =
        "the article itself is not here: https://example.org/gone: the server says 404 Not Found";
    assert!(doc.source.notes.iter().any(|one| one == note), "{:?}", doc.source.notes);
    assert_eq!(find(9).comments.len(), 2);
    assert!(!server.asked().contains("router"), "a link into the own network is not followed");
}

#[test]
fn a_topic_is_asked_for_as_json_and_read_as_a_page_where_there_is_none() {
    let topic = r#"{"title":"Nets","post_stream":{"posts":[
        {"post_number":1,"username":"ada","cooked":"<p>Who mends them?</p>"},
        {"post_number":2,"username":"bo","reply_to_post_number":1,"cooked":"<p>I do.</p>"}]}}"#;
    let server = Server::of(BTreeMap::from([
        ("/t/nets/4.json", ("Content-Type: application/json\r\n", topic.as_bytes().to_vec())),
        ("/t/news/5", (HTML, page(SAID))),
    ]));
    let data = tempfile::tempdir().expect("a folder");
    let doc = read(&inspect(&server.url("/t/nets/4/2"), data.path()));
    assert_eq!((&doc["title"], &doc["comments"][0]["author"]), (&"Nets".into(), &"bo".into()));
    let doc = read(&inspect(&server.url("/t/news/5"), data.path()));
    assert_eq!((&doc["title"], &doc["source"]["format"]), (&"Low Water".into(), &"html".into()));
}

/// What is read of an address, all hosts being paths of a server.
fn found(server: &Server, url: &str) -> Result<recto::article::Document, String> {
    let found = web::find(url, &|url| server.get(url)).map_err(|error| error.to_string())?;
    let archive = recto::source::archive::archive(&found, "2026-03-01T10:00:00Z");
    Ok(recto::article::load::document(archive))
}

#[test]
fn stories_without_an_article_elsewhere_are_read_by_themselves() {
    let json = "Content-Type: application/json\r\n";
    let story = |text: &str| (json, text.replace('\n', "").into_bytes());
    let server = Server::of(BTreeMap::from([
        (
            "/hn.algolia.com/api/v1/items/1",
            story(
                r#"{"id":1,"type":"story","author":"Cy","created_at_i":5,"title":"Ask: who mends nets?",
"url":null,"text":"Ours are <i>torn</i>.","points":3,"children":[{"id":2,"type":"comment",
"author":"Bo","created_at_i":6,"text":"I do.","children":[]}]}"#,
            ),
        ),
        (
            "/hn.algolia.com/api/v1/items/3",
            story(
                r#"{"id":3,"type":"story","author":null,"created_at_i":5,"title":null,"url":null,
"text":null,"children":[{"id":4,"type":"comment","author":"Ada","created_at_i":6,
"text":"It was about eels.","children":[]}]}"#,
            ),
        ),
        (
            "/lobste.rs/s/ab1.json",
            story(
                r#"{"short_id":"ab1","title":"Knots","url":"","description":"<p>Which hold?</p>",
"submitter_user":"cy","comments":[]}"#,
            ),
        ),
    ]));
    let doc = found(&server, "https://news.ycombinator.com/item?id=1").expect("it is there");
    assert_eq!(doc.words(&doc.body_blocks()[0]), "Ours are torn.");
    assert_eq!((doc.comments.len(), doc.head.url), (1, None));
    // Of a story that was deleted, what was said of it is left.
    let doc = found(&server, "https://news.ycombinator.com/item?id=3").expect("it is there");
    assert_eq!((doc.comments.len(), doc.head.title), (1, None));
    let doc = found(&server, "https://lobste.rs/s/ab1/knots").expect("it is there");
    assert_eq!(doc.words(&doc.body_blocks()[0]), "Which hold?");
    assert_eq!(doc.comments.len(), 0);
}

#[test]
fn where_programs_are_refused_the_page_of_the_discussion_is_read_and_it_is_said() {
    let busy = ("HTTP/1.1 429 Too Many Requests\r\n", Vec::new());
    let server = Server::of(BTreeMap::from([
        ("/www.reddit.com/comments/ab1.json?raw_json=1&limit=500", busy.clone()),
        ("/www.reddit.com/r/tides/comments/ab1/low/", (HTML, page(SAID))),
        ("/hn.algolia.com/api/v1/items/5", busy.clone()),
        ("/news.ycombinator.com/item?id=5", busy),
    ]));
    let doc = found(&server, "https://www.reddit.com/r/tides/comments/ab1/low/").expect("a page");
    assert_eq!(doc.head.title.as_deref(), Some("Low Water"));
    let said = |note: &String| note.contains("since the server says 429 Too Many Requests");
    assert!(doc.source.notes.iter().any(said), "{:?}", doc.source.notes);
    let error = found(&server, "https://news.ycombinator.com/item?id=5").expect_err("nothing");
    assert_eq!(error, "the server says 429 Too Many Requests");
}
