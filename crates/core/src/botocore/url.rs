//! URLs as botocore takes them apart: Python's `urlsplit` and botocore's checks on top.
//!
//! Sources: CPython `Lib/urllib/parse.py` (3.11), botocore/utils.py (`is_valid_endpoint_url`,
//! `is_valid_ipv6_endpoint_url`), botocore/awsrequest.py (`_urljoin`).

use crate::label::has_label_letters_only;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

/// `botocore.compat.UNSAFE_URL_CHARS`: what `urlsplit` drops wherever it stands.
pub(super) const UNSAFE: [char; 3] = ['\t', '\r', '\n'];

/// The parts of a URL that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Split<'u> {
    pub(super) scheme: &'u str,
    pub(super) netloc: &'u str,
    pub(super) path: &'u str,
    pub(super) query: &'u str,
}

/// `urlsplit` of a text without [`UNSAFE`] characters.
pub(super) fn split(url: &str) -> Split<'_> {
    let url = url.trim_start_matches(|c| c <= ' ');
    let (scheme, rest) = match url.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme, rest),
        _ => ("", url),
    };
    let (netloc, rest) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())),
        None => ("", rest),
    };
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    Split { scheme, netloc, path, query }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

impl<'u> Split<'u> {
    /// `hostname`, not lower-cased; `None` where it is empty.
    fn hostname(self) -> Option<&'u str> {
        let (host, _) = self.host_and_port();
        (!host.is_empty()).then_some(host)
    }

    fn host_and_port(self) -> (&'u str, &'u str) {
        let hostinfo = self.netloc.rsplit_once('@').map_or(self.netloc, |(_, hostinfo)| hostinfo);
        match hostinfo.split_once('[') {
            Some((_, bracketed)) => {
                let (host, port) = bracketed.split_once(']').unwrap_or((bracketed, ""));
                (host, port.split_once(':').map_or("", |(_, port)| port))
            }
            None => hostinfo.split_once(':').unwrap_or((hostinfo, "")),
        }
    }

    /// The error that reading `port` raises, if it does.
    pub(super) fn port_error(self) -> Option<String> {
        let (_, port) = self.host_and_port();
        if port.is_empty() {
            return None;
        }
        if !port.bytes().all(|b| b.is_ascii_digit()) {
            return Some(format!("Port could not be cast to integer value as {}", super::repr(port)));
        }
        let number = port.trim_start_matches('0');
        let number = if number.is_empty() { Ok(0) } else { number.parse::<u32>() };
        (!matches!(number, Ok(0..=65535))).then(|| String::from("Port out of range 0-65535"))
    }

    /// The error that `urlsplit` raises for the brackets of an IPv6 host, if it does.
    fn bracket_error(self) -> Option<String> {
        let bracketed = match (self.netloc.split_once('['), self.netloc.contains(']')) {
            (None, false) => return None,
            (Some((_, rest)), true) => rest.split(']').next().unwrap_or(""),
            _ => return Some(String::from("Invalid IPv6 URL")),
        };
        let address = bracketed.split_once('%').map_or(bracketed, |(address, _)| address);
        if address.parse::<core::net::Ipv6Addr>().is_ok() || bracketed.starts_with('v') {
            return None;
        }
        if bracketed.parse::<core::net::Ipv4Addr>().is_ok() {
            return Some(String::from("An IPv4 address cannot be in brackets"));
        }
        Some(format!("{} does not appear to be an IPv4 or IPv6 address", super::repr(bracketed)))
    }
}

/// Whether botocore takes a host name: labels of letters, digits and hyphens, with one dot at the end if you like.
pub(super) fn is_valid_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.len() <= 255 && host.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && has_label_letters_only(label)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Why a URL cannot be an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// botocore's own check refuses it.
    Invalid,
    /// Python refuses to split it, with this message.
    Python(String),
}

/// botocore/endpoint.py `EndpointCreator.create_endpoint`: the check of an endpoint's URL.
pub(super) fn check(url: &str, refuses_unsafe: bool, takes_ipv6: bool) -> Result<(), Refusal> {
    if refuses_unsafe && url.contains(UNSAFE) {
        return Err(Refusal::Invalid);
    }
    let url = without_unsafe(url);
    let parts = split(&url);
    if let Some(error) = parts.bracket_error() {
        return Err(Refusal::Python(error));
    }
    match parts.hostname() {
        Some(host) if is_valid_host(host) => Ok(()),
        Some(host) if takes_ipv6 && is_ipv6(host) => Ok(()),
        _ => Err(Refusal::Invalid),
    }
}

fn is_ipv6(host: &str) -> bool {
    let address = host.split_once('%').map_or(host, |(address, _)| address);
    address.parse::<core::net::Ipv6Addr>().is_ok()
}

fn without_unsafe(url: &str) -> Cow<'_, str> {
    if url.contains(UNSAFE) { Cow::Owned(url.replace(UNSAFE, "")) } else { Cow::Borrowed(url) }
}

/// The URL of a request to an endpoint: `_urljoin(url, '/')`, without query and fragment.
pub(super) fn on_the_wire(url: &str) -> Cow<'_, str> {
    let clean = without_unsafe(url);
    let Split { scheme, netloc, path, .. } = split(&clean);
    let as_it_stands = scheme.len() + "://".len() + netloc.len() + path.len() == url.len();
    if as_it_stands && !path.is_empty() && !scheme.bytes().any(|b| b.is_ascii_uppercase()) {
        return Cow::Borrowed(url);
    }
    let colon = if scheme.is_empty() { "" } else { ":" };
    let path = if path.is_empty() { "/" } else { path };
    Cow::Owned(format!("{}{colon}//{netloc}{path}", scheme.to_ascii_lowercase()))
}

/// The rule set's `parseURL` (botocore/endpoint_provider.py): `http` or `https`, a port that is a number, no query.
pub(super) fn rule_set_parses(url: &str) -> bool {
    let parts = split(url);
    let scheme = parts.scheme;
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && parts.query.is_empty()
        && parts.port_error().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_come_apart() {
        let parts = split("HTTP://user@localhost:4566/base?a=b#c");
        assert_eq!(
            parts,
            Split { scheme: "HTTP", netloc: "user@localhost:4566", path: "/base", query: "a=b" }
        );
        assert_eq!(parts.hostname(), Some("localhost"));
        assert_eq!(split("not a url").netloc, "");
        assert_eq!(split("localhost:4566").scheme, "localhost");
        assert_eq!(split("https://sts.evil.example#.amazonaws.com").netloc, "sts.evil.example");
    }

    #[test]
    fn hosts_are_checked() {
        let ok = |url| check(url, true, true).is_ok();
        assert!(ok("https://sts.us-west-2.amazonaws.com"));
        assert!(ok("//localhost:80"));
        assert!(ok("http://[::1]:4566/"));
        assert!(ok("https://sts.us-west-2/evil.amazonaws.com"));
        for url in [
            "",
            "not a url",
            "http://",
            "http://:80",
            "https://sts..amazonaws.com",
            "https://a_b",
            "http://-a",
            "http://a-",
            "https://ünïcode",
            "http://a\n",
        ] {
            assert_eq!(check(url, true, true), Err(Refusal::Invalid), "{url}");
        }
        assert!(check("http://a\n", false, false).is_ok());
        assert_eq!(check("http://[::1]", true, false), Err(Refusal::Invalid));
        assert_eq!(check("http://[::1", true, true), Err(Refusal::Python("Invalid IPv6 URL".into())));
        let long = format!("http://{}", "a".repeat(64));
        assert_eq!(check(&long, true, true), Err(Refusal::Invalid));
    }

    #[test]
    fn requests_go_to_the_root_unless_the_endpoint_has_a_path() {
        assert_eq!(on_the_wire("http://localhost:4566"), "http://localhost:4566/");
        assert_eq!(on_the_wire("HTTP://Host/base?x#y"), "http://Host/base");
        assert!(matches!(on_the_wire("http://localhost/base"), Cow::Borrowed(_)));
        assert_eq!(
            on_the_wire("https://sts.us\n-west-2.amazonaws.com"),
            "https://sts.us-west-2.amazonaws.com/"
        );
    }

    #[test]
    fn ports_are_numbers() {
        assert_eq!(split("http://a:65535").port_error(), None);
        assert_eq!(split("http://a:").port_error(), None);
        assert_eq!(
            split("http://a:b").port_error().unwrap(),
            "Port could not be cast to integer value as 'b'"
        );
        assert_eq!(split("http://a:65536").port_error().unwrap(), "Port out of range 0-65535");
        assert!(rule_set_parses("HTTPS://a/b"));
        assert!(
            !rule_set_parses("ftp://a") && !rule_set_parses("http://a?b") && !rule_set_parses("http://a:b")
        );
    }
}

#[cfg(test)]
mod schemes {
    use super::*;

    /// Python: `urlsplit(text + "://h").scheme`.
    #[test]
    fn schemes_begin_with_a_letter() {
        for (text, scheme) in [
            ("http", true),
            ("a1+-.", true),
            ("1a", false),
            ("+a", false),
            ("a_b", false),
            ("\u{e9}", false),
            ("", false),
        ] {
            assert_eq!(is_scheme(text), scheme, "{text}");
        }
    }
}
