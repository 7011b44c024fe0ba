//! One answer from the web, by HTTP over TLS or plain.
//!
//! Nothing is told that need not be: no cookies, no referrer, no name but the program's. How long
//! it takes, how often it is sent on and how large it may be have limits. May not know: what is in
//! an answer, where it is kept.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Proxy, ResponseExt};

/// Largest answer that is read, in bytes, unpacked.
const CAP: u64 = 32 << 20;

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
    /// An error of HTTP.
    #[error("the server says {0}")]
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

/// Fetches what is at an address.
///
/// # Errors
/// If the address is none of the web, or the server does not give it in full, in time, as text.
pub fn get(url: &str) -> Result<Answer, FetchError> {
    host(url).ok_or(FetchError::Address)?;
    let without_place = url.split('#').next().unwrap_or(url);
    let response = agent(url).get(without_place).call().map_err(refused)?;
    let url = response.get_uri().to_string();
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    if ["image/", "audio/", "video/", "font/", "application/pdf"]
        .iter()
        .any(|it| kind.starts_with(it))
    {
        return Err(FetchError::NotText(kind));
    }
    let mut bytes = Vec::new();
    let mut body = response.into_body().into_with_config().limit(u64::MAX).reader().take(CAP + 1);
    body.read_to_end(&mut bytes).map_err(|error| broken(&error))?;
    if bytes.len() as u64 > CAP {
        return Err(FetchError::TooLarge);
    }
    Ok(Answer { url, kind, bytes })
}

fn agent(url: &str) -> Agent {
    let own = host(url)
        .is_some_and(|host| ["127.", "localhost", "[::1]"].iter().any(|it| host.starts_with(it)));
    // Nobody stands between this machine and itself.
    let proxy = if own { None } else { Proxy::try_from_env() };
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .timeout_connect(Some(GREETING))
        .max_redirects(REDIRECTS)
        .save_redirect_history(true)
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

fn refused(error: ureq::Error) -> FetchError {
    match error {
        ureq::Error::StatusCode(status) => FetchError::Status(status),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => FetchError::Address,
        ureq::Error::HostNotFound => FetchError::Network("there is no such host".to_owned()),
        ureq::Error::Timeout(_) => FetchError::Network("it does not answer in time".to_owned()),
        ureq::Error::TooManyRedirects => FetchError::Network("it sends on for ever".to_owned()),
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
