//! An address out of the text that may be handed to another program.
//!
//! What is shown of it and what is opened come from the same parse, by the rules of browsers
//! (<https://url.spec.whatwg.org>): a name before an `@`, a backslash or letters that look like
//! others cannot make a reader think of another host than the one that is asked.
//!
//! May not know: articles, screens.

use std::fmt::Write as _;

use url::{Host, ParseError, Url};

/// Longest address that is opened, in bytes: what old browsers take.
pub const LONGEST: usize = 2083;

/// An address that may be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    url: Url,
    written: String,
}

/// Why an address is not opened, as a sentence for the status line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It leads into the text itself.
    #[error("it leads to another place of this page")]
    Within,
    /// It is relative, and where the article stands is not known.
    #[error("it is relative to a page that the file does not name")]
    Relative,
    /// Only some schemes are opened.
    #[error("addresses that begin with “{0}:” are not opened")]
    Scheme(String),
    /// It is not an address, or names no host.
    #[error("it is not an address")]
    Broken,
    /// It is longer than is safe.
    #[error("it is longer than 2083 bytes")]
    Long,
}

impl Address {
    /// The address that `text` is, seen from the page `base`.
    ///
    /// # Errors
    /// If it cannot or may not be opened: only `http`, `https` and `mailto` are.
    pub fn parse(text: &str, base: Option<&str>) -> Result<Self, Refused> {
        if text.trim_start().starts_with('#') {
            return Err(Refused::Within);
        }
        let base = base.filter(|base| base.len() <= LONGEST);
        let base = base.and_then(|base| Url::parse(base).ok());
        let parsed = Url::options().base_url(base.as_ref()).parse(text);
        let mut url = parsed.map_err(|error| match error {
            ParseError::RelativeUrlWithoutBase => Refused::Relative,
            _ => Refused::Broken,
        })?;
        match url.scheme() {
            "http" | "https" if url.has_host() => {}
            "mailto" if url.path().contains('@') => {
                // A program that writes letters may be told by the rest to attach a file.
                url.set_query(None);
                url.set_fragment(None);
            }
            "http" | "https" | "mailto" => return Err(Refused::Broken),
            other => return Err(Refused::Scheme(other.chars().take(20).collect())),
        }
        let written = tame(url.as_str());
        if written.len() > LONGEST { Err(Refused::Long) } else { Ok(Self { url, written }) }
    }

    /// What is handed over: ASCII without blanks, quotes and other signs of shells, and with its
    /// scheme in front, so that it is no option.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether it is a page of the web, and no letter.
    pub fn is_web(&self) -> bool {
        matches!(self.url.scheme(), "http" | "https")
    }

    /// Who is asked: the host as the network knows it (in Punycode), with a port that is not
    /// the usual one; of a letter, the recipient.
    pub fn host(&self) -> String {
        match (self.url.host_str(), self.url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => self.written.trim_start_matches("mailto:").to_owned(),
        }
    }

    /// What could make a reader think of another host.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if let Some(Host::Domain(host)) = self.url.host()
            && host.split('.').any(|label| label.starts_with("xn--"))
        {
            let (reads, _) = idna::domain_to_unicode(host);
            warnings.push(format!("in other letters: {reads}"));
        }
        if !self.url.username().is_empty() || self.url.password().is_some() {
            warnings.push("what stands before the @ is a name, not the host".to_owned());
        }
        warnings
    }
}

/// The address in characters that mean nothing to any program on its way.
fn tame(url: &str) -> String {
    let mut tame = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'"' | b'\'' | b'`' | b'$' | b'\\' | b'(' | b')' | b'{' | b'}' | b'|' | b'<' | b'>'
            | b'^' | b';' => drop(write!(tame, "%{byte:02X}")),
            b'!'..=b'~' => tame.push(char::from(byte)),
            _ => drop(write!(tame, "%{byte:02X}")),
        }
    }
    tame
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn opened(text: &str) -> String {
        match Address::parse(text, Some("https://example.org/a/b")) {
            Ok(address) => [vec![address.host(), address.written.clone()], address.warnings()]
                .concat()
                .join(" | "),
            Err(refused) => refused.to_string(),
        }
    }

    #[test]
    fn the_host_is_the_one_that_is_asked() {
        assert_eq!(opened("c?d=1&e=2"), "example.org | https://example.org/a/c?d=1&e=2");
        assert_eq!(
            opened("HTTP://Example.NET:8080"),
            "example.net:8080 | http://example.net:8080/"
        );
        assert_eq!(
            opened("https://bank.example@evil.example/"),
            "evil.example | https://bank.example@evil.example/ | what stands before the @ is a \
             name, not the host"
        );
        assert_eq!(
            opened("https://pаypal.example/"),
            "xn--pypal-4ve.example | https://xn--pypal-4ve.example/ | in other letters: \
             pаypal.example"
        );
        assert_eq!(opened(r"https:\\evil.example\@bank.example"), {
            "evil.example | https://evil.example/@bank.example"
        });
        assert_eq!(opened("https://0x7f.1/"), "127.0.0.1 | https://127.0.0.1/");
        assert_eq!(opened("mailto:ann@example.org?attach=/etc/passwd"), {
            "ann@example.org | mailto:ann@example.org"
        });
    }

    #[test]
    fn other_schemes_are_refused() {
        for text in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "tel:1"] {
            assert!(matches!(Address::parse(text, None), Err(Refused::Scheme(_))), "{text}");
        }
        for (text, why) in [
            ("#note", Refused::Within),
            ("c", Refused::Relative),
            ("https://", Refused::Broken),
            ("mailto:--version", Refused::Broken),
            ("-oProxyCommand=x", Refused::Relative),
        ] {
            assert_eq!(Address::parse(text, None), Err(why), "{text}");
        }
        let long = format!("https://example.org/{}", "a".repeat(3000));
        assert_eq!(Address::parse(&long, None), Err(Refused::Long));
    }

    #[test]
    fn what_is_handed_over_means_nothing_to_a_shell() {
        let text = "https://example.org/a b'c\"$(touch x)`id`;d|e>f\\g{h}\u{1b}\n\u{202e}é";
        let address = Address::parse(text, None).expect("an address");
        let signs = " '\"$()`;|<>\\{}\n";
        assert!(
            !address.as_str().contains(|ch: char| signs.contains(ch) || !ch.is_ascii_graphic())
        );
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_tame(text in "(https?://|mailto:|//)?.{0,60}") {
            if let Ok(address) = Address::parse(&text, Some("https://example.org/")) {
                prop_assert!(address.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert!(["http://", "https://", "mailto:"].iter().any(|it| address.as_str().starts_with(it)));
                // What is opened is read by others as the host that was shown.
                let again = Address::parse(address.as_str(), None).map(|it| it.host());
                prop_assert_eq!(again, Ok(address.host()));
            }
        }
    }
}
