//! One answer from the web, by HTTP over TLS or plain.
//!
//! Nothing is told that need not be: no cookies, no referrer, no name but the program's. How long
//! it takes, how often it is sent on and how large it may be have limits. May not know: what is in
//! an answer, where it is kept.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring;
use ureq::http::{Response, StatusCode};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy};
use url::{Position, Url};

/// Largest answer that is read, in bytes, unpacked.
const CAP: u64 = 32 << 20;

/// How many bytes are read at once.
const CHUNK: usize = 64 << 10;

/// How long an answer may take in all, and until there is a connection.
const PATIENCE: Duration = Duration::from_secs(30);
const GREETING: Duration = Duration::from_secs(10);

/// How often an address may send on to another one.
const REDIRECTS: u32 = 10;

/// What is asked for first, if there is a choice.
const WANTED: &str = "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5";

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The address that it came from in the end.
    pub url: String,
    /// Its `Content-Type`, empty where the server does not say.
    pub kind: String,
    /// Its contents, unpacked.
    pub bytes: Vec<u8>,
}

/// Why there is no answer, as the end of a sentence about the address.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Neither `http` nor `https`, or no host, or a password inside.
    #[error("not an address that can be fetched")]
    Address,
    /// It sends on to what is no address of the web, or to one inside the reader's own network.
    #[error("it sends on to an address that is not fetched")]
    Onward,
    /// An error of HTTP.
    #[error("the server says {}", in_words(*.0))]
    Status(u16),
    /// There is no such host, or it does not answer in time.
    #[error("{0}")]
    Network(String),
    /// More bytes than are read.
    #[error("larger than {} MB", CAP >> 20)]
    TooLarge,
    /// Pictures, sound and the like.
    #[error("{0} is nothing to read")]
    NotText(String),
    /// Nobody waits for it any more.
    #[error("it was given up")]
    GivenUp,
}

impl Answer {
    /// Whether the server says that it is a web page.
    pub fn is_page(&self) -> bool {
        self.kind.contains("html")
    }
}

/// Whether a name given for a file is an address.
pub fn is_address(name: &str) -> bool {
    host(name).is_some()
}

/// The host of an address of the web, in lower case and with its port.
pub fn host(url: &str) -> Option<String> {
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    (!host.is_empty() && !host.contains('@')).then(|| host.to_owned())
}

/// Whether a host, which a stranger wrote, is not on this machine or in its network by its name.
pub(super) fn is_public(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_end_matches('.');
    let numeric = name.starts_with('[') || name.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let local = ["local", "localhost", "internal", "lan", "home", "arpa"];
    !numeric && name.contains('.') && !local.contains(&name.rsplit('.').next().unwrap_or(name))
}

/// Fetches what is at an address.
///
/// # Errors
/// If the address is none of the web, or the server does not give it in full, in time, as text.
pub fn get(url: &str) -> Result<Answer, FetchError> {
    get_while(url, &|_| true)
}

/// The same, as long as `go_on` says so, which is told how many bytes have come.
///
/// # Errors
/// As [`get`], and where it says that it is enough.
pub fn get_while(url: &str, go_on: &dyn Fn(u64) -> bool) -> Result<Answer, FetchError> {
    host(url).ok_or(FetchError::Address)?;
    let mut url = url.split('#').next().unwrap_or(url).to_owned();
    for _ in 0..=REDIRECTS {
        let response = agent(&url).get(&url).call().map_err(refused)?;
        if !response.status().is_redirection() {
            return answered(url, response, go_on);
        }
        let place = response.headers().get("location").and_then(|place| place.to_str().ok());
        url = onward(&url, place.ok_or(FetchError::Status(response.status().as_u16()))?)?;
        if !go_on(0) {
            return Err(FetchError::GivenUp);
        }
    }
    Err(FetchError::Network("it sends on for ever".to_owned()))
}

/// Where an answer sends on to: another address of the web, and from the open net not into the
/// reader's own.
fn onward(from: &str, place: &str) -> Result<String, FetchError> {
    let next = Url::parse(from).and_then(|from| from.join(place)).ok();
    let next = next.map(|next| next[..Position::AfterQuery].to_owned());
    let is_private = |url: &str| host(url).is_none_or(|host| !is_public(&host));
    let allowed = |next: &String| host(next).is_some() && (is_private(from) || !is_private(next));
    next.filter(allowed).ok_or(FetchError::Onward)
}

fn answered(
    url: String,
    response: Response<Body>,
    go_on: &dyn Fn(u64) -> bool,
) -> Result<Answer, FetchError> {
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    if ["image/", "audio/", "video/", "font/", "application/pdf"]
        .iter()
        .any(|it| kind.starts_with(it))
    {
        return Err(FetchError::NotText(kind));
    }
    let body = response.into_body().into_with_config().limit(u64::MAX).reader();
    Ok(Answer { url, kind, bytes: all_of(body, go_on)? })
}

/// All bytes of an answer, as they come.
fn all_of(mut body: impl Read, go_on: &dyn Fn(u64) -> bool) -> Result<Vec<u8>, FetchError> {
    let (mut bytes, mut chunk) = (Vec::new(), vec![0; CHUNK]);
    loop {
        match body.read(&mut chunk) {
            Ok(0) => return Ok(bytes),
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(broken(&error)),
        }
        if bytes.len() as u64 > CAP {
            return Err(FetchError::TooLarge);
        }
        if !go_on(bytes.len() as u64) {
            return Err(FetchError::GivenUp);
        }
    }
}

fn agent(url: &str) -> Agent {
    let own = host(url)
        .is_some_and(|host| ["127.", "localhost", "[::1]"].iter().any(|it| host.starts_with(it)));
    // Nobody stands between this machine and itself.
    let proxy = if own { None } else { Proxy::try_from_env() };
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .timeout_connect(Some(GREETING))
        // Every address that it sends on to is looked at first.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("recto/", env!("CARGO_PKG_VERSION")))
        .accept(WANTED)
        .proxy(proxy)
        .tls_config(tls());
    config.build().new_agent()
}

/// What the system trusts. A plain address may be sent on to one with TLS.
fn tls() -> TlsConfig {
    let trusted = rustls_native_certs::load_native_certs().certs;
    let trusted = trusted.iter().map(|certificate| Certificate::from_der(certificate).to_owned());
    TlsConfig::builder()
        .root_certs(RootCerts::from(trusted))
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
        .build()
}

/// A status with what the standard calls it (RFC 9110, section 15).
fn in_words(status: u16) -> String {
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    reason.map_or_else(|| status.to_string(), |reason| format!("{status} {reason}"))
}

fn refused(error: ureq::Error) -> FetchError {
    match error {
        ureq::Error::StatusCode(status) => FetchError::Status(status),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => FetchError::Address,
        ureq::Error::HostNotFound => FetchError::Network("there is no such host".to_owned()),
        ureq::Error::Timeout(_) => FetchError::Network("it does not answer in time".to_owned()),
        ureq::Error::Io(error) => broken(&error),
        other => FetchError::Network(other.to_string()),
    }
}

fn broken(error: &io::Error) -> FetchError {
    match error.kind() {
        io::ErrorKind::TimedOut => FetchError::Network("it does not answer in time".to_owned()),
        io::ErrorKind::ConnectionRefused => FetchError::Network("it does not answer".to_owned()),
        io::ErrorKind::UnexpectedEof => FetchError::Network("the answer is cut off".to_owned()),
        _ => FetchError::Network(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_into_the_own_network_are_not_followed() {
        for host in ["localhost:80", "127.0.0.1", "[::1]", "10.0.0.1:8080", "nas.local", "router"] {
            assert!(!is_public(host), "{host}");
        }
        assert!(is_public("example.org") && is_public("example.org:8080"));
    }

    #[test]
    fn only_an_address_of_the_web_is_gone_on_to() {
        let next = |from: &str, to: &str| onward(from, to).ok();
        let own = "http://127.0.0.1:8080/a/b?c#d";
        assert_eq!(next(own, "e").as_deref(), Some("http://127.0.0.1:8080/a/e"));
        assert_eq!(next(own, "//10.0.0.1/x").as_deref(), Some("http://10.0.0.1/x"));
        assert_eq!(next(own, "https://e.org/a_(b)").as_deref(), Some("https://e.org/a_(b)"));
        for to in ["file:///etc/hosts", "ftp://e.org/", "https://a:b@e.org/", "https://", "data:,x"]
        {
            assert_eq!(next(own, to), None, "{to}");
        }
        for to in ["http://localhost/", "//192.168.1.1/off", "http://nas.local/", "http://0x7f.1/"]
        {
            assert_eq!(next("https://e.org/", to), None, "{to}: into the own network");
        }
    }
}
