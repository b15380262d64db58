//! `System.Uri`, as far as it decides about endpoints: which hosts it takes, what it makes of a URL.
//!
//! Source: dotnet/runtime `System.Private.Uri` `Uri.cs` CheckAuthorityHelper, `DomainNameHelper.cs`, `UncNameHelper.cs` (.NET 8).

use alloc::borrow::Cow;
use alloc::string::String;
use sts_endpoint_core::Endpoint;

/// Why a text is no URL: the message of the `UriFormatException`, or what the HTTP client says to the scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UriError {
    /// No scheme.
    Format,
    /// The host.
    Host,
    /// The port.
    Port,
}

impl UriError {
    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::Format => "Invalid URI: The format of the URI could not be determined.",
            Self::Host => "Invalid URI: The hostname could not be parsed.",
            Self::Port => "Invalid URI: Invalid port specified.",
        }
    }
}

/// `https://{service}.{region}.{suffix}/`, through `System.Uri`.
pub(crate) fn host<'a>(
    service: &'static str,
    region: Cow<'a, str>,
    suffix: &'static str,
) -> Result<Endpoint<'a>, UriError> {
    if !region.is_empty() && region.len() < 64 && region.bytes().all(is_plain) {
        return Ok(Endpoint::Regional { service, region, suffix });
    }
    let mut url = String::from("https://");
    for part in [service, ".", &region, ".", suffix] {
        url.push_str(part);
    }
    Ok(Endpoint::Given(Cow::Owned(absolute(&url)?)))
}

/// Whether a letter of a host is one that nothing rewrites.
fn is_plain(b: u8) -> bool {
    matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')
}

/// An endpoint override, as it goes on the wire, without query: the request's own path `/` is put behind it.
pub(crate) fn given(url: &str) -> Result<Endpoint<'_>, UriError> {
    if is_canonical(url) {
        return Ok(Endpoint::given(url));
    }
    Ok(Endpoint::Given(Cow::Owned(absolute(url)?)))
}

/// The scheme of a URL that the HTTP client refuses.
pub(crate) fn refused_scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.trim_start().split_once(':')?;
    let known = ["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    (!known && is_scheme(scheme)).then_some(scheme)
}

/// Whether a text is an absolute URI at all.
pub(crate) fn check(url: &str) -> Result<(), UriError> {
    if refused_scheme(url).is_some() {
        return Ok(());
    }
    if is_canonical(url) { Ok(()) } else { absolute(url).map(|_| ()) }
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// Nothing to rewrite: a lower-case host, no odd characters, a path that is empty or ends in `/`.
fn is_canonical(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://")) else {
        return false;
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = authority.split_once(':').unwrap_or((authority, "1"));
    let labels = host.split('.').all(|label| {
        (1..64).contains(&label.len()) && label.bytes().all(is_plain) && label.starts_with(|c: char| c != '-')
    });
    let letters = host.bytes().any(|b| b.is_ascii_lowercase());
    let own_port = !matches!(port, "80" | "443")
        && !port.starts_with('0')
        && port.parse::<u16>().is_ok()
        && port.bytes().all(|b| b.is_ascii_digit());
    let plain = |b: u8| matches!(b, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'/');
    labels && letters && own_port && (path.is_empty() || path.ends_with('/')) && path.bytes().all(plain)
}

/// A URL as `System.Uri.AbsoluteUri` has it, without query and fragment, ended by `/`.
fn absolute(url: &str) -> Result<String, UriError> {
    let url = url.trim();
    let (scheme, rest) = url.split_once(':').ok_or(UriError::Format)?;
    if !is_scheme(scheme) {
        return Err(UriError::Format);
    }
    let rest = rest.strip_prefix("//").ok_or(UriError::Host)?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if path.starts_with('\\') {
        return Err(UriError::Host);
    }
    let (user, host_and_port) = match authority.split_once('@') {
        Some((user, rest)) => (Some(user), rest),
        None => (None, authority),
    };
    let (host, port) = match host_and_port.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        Some((inside, behind)) => {
            let hex = |b: u8| b.is_ascii_hexdigit() || matches!(b, b':' | b'.' | b'%');
            if inside.is_empty() || !inside.bytes().all(hex) {
                return Err(UriError::Host);
            }
            let port = if behind.is_empty() { "" } else { behind.strip_prefix(':').ok_or(UriError::Host)? };
            (host_and_port.get(..inside.len() + 2).unwrap_or(host_and_port), port)
        }
        None => {
            let (host, port) = host_and_port.split_once(':').unwrap_or((host_and_port, ""));
            if !is_dns_host(host) && !is_unc_host(host) {
                return Err(UriError::Host);
            }
            (host, port)
        }
    };
    if !port.bytes().all(|b| b.is_ascii_digit()) || (!port.is_empty() && port.parse::<u16>().is_err()) {
        return Err(UriError::Port);
    }
    let port = port.trim_start_matches('0');
    let mut out = scheme.to_ascii_lowercase();
    out.push_str("://");
    if let Some(user) = user {
        out.push_str(user);
        out.push('@');
    }
    out.push_str(&host.to_lowercase());
    let default_port = matches!((&*scheme.to_ascii_lowercase(), port), ("http", "80") | ("https", "443"));
    if !port.is_empty() && !default_port {
        out.push(':');
        out.push_str(port);
    }
    let path = path.split(['?', '#']).next().unwrap_or("");
    escape_path(path, &mut out);
    if !out.ends_with('/') {
        out.push('/');
    }
    Ok(out)
}

fn escape_path(path: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for c in path.chars() {
        if c == '\\' {
            out.push('/');
        } else if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '^' | '`' | '{' | '|' | '}') {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push('%');
                for digit in [byte >> 4, byte & 15] {
                    out.push(HEX.get(usize::from(digit)).map_or('0', |b| char::from(*b)));
                }
            }
        }
    }
}

/// `DomainNameHelper.IsValid`, international names included.
fn is_dns_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.split('.').all(|label| {
        let mut length: usize = label.chars().map(char::len_utf16).sum();
        if !label.is_ascii() {
            // room for "xn--", and two octets for each character beyond Latin-1
            length += 4 + label.chars().filter(|c| *c > '\u{ff}').map(char::len_utf16).sum::<usize>();
        }
        let first = label.chars().next();
        (1..=63).contains(&length)
            && first.is_some_and(|c| c.is_ascii_alphanumeric() || c >= '\u{a0}')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || c >= '\u{a0}')
    })
}

/// `UncNameHelper.IsValid`: `http` allows such hosts too, so that a long label, and a second label with a hyphen in front,
/// pass after all.
fn is_unc_host(host: &str) -> bool {
    let good = |c: char| c.is_alphabetic() || c.is_ascii_digit();
    let hyphen = |c: char| matches!(c, '-' | '_');
    if host.chars().map(char::len_utf16).sum::<usize>() > 256 {
        return false;
    }
    let (first, rest) = host.split_once('.').map_or((host, None), |(first, rest)| (first, Some(rest)));
    let named = first.chars().any(|c| c.is_alphabetic() || hyphen(c));
    if !named || !first.chars().all(|c| good(c) || hyphen(c)) {
        return false;
    }
    // behind the first dot a hyphen may come first, behind the others it may not
    rest.is_none_or(|rest| {
        let rest = rest.strip_suffix('.').unwrap_or(rest);
        rest.split('.').enumerate().all(|(at, label)| {
            let mut chars = label.chars();
            match chars.next() {
                Some(c) => (good(c) || at == 0 && hyphen(c)) && chars.all(|c| good(c) || hyphen(c)),
                None => false,
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn regional(region: &str) -> Result<String, &'static str> {
        host("sts", Cow::Borrowed(region), "amazonaws.com")
            .map(|endpoint| endpoint.to_string())
            .map_err(UriError::message)
    }

    #[test]
    fn a_region_that_needs_no_rewriting_stays_one() {
        let host = |region| host("sts", Cow::Borrowed(region), "amazonaws.com");
        let regional =
            Endpoint::Regional { service: "sts", region: "mars-7".into(), suffix: "amazonaws.com" };
        assert_eq!(host("mars-7"), Ok(regional));
        assert_eq!(host("Mars-7"), Ok(Endpoint::Given("https://sts.mars-7.amazonaws.com/".into())));
    }

    #[test]
    fn hosts_made_from_odd_regions() {
        let bad = Err("Invalid URI: The hostname could not be parsed.");
        for region in [
            "",
            " ",
            "bad region",
            "us-west-2 # note",
            "us-west-2;note",
            "a%41b",
            "a+b",
            "a..b",
            ".a",
            "a.",
            "a\\b",
            "\t",
        ] {
            assert_eq!(regional(region), bad, "{region:?}");
        }
        assert_eq!(regional("a:80"), Err("Invalid URI: Invalid port specified."));
        for (region, url) in [
            ("us_west_2", "https://sts.us_west_2.amazonaws.com/"),
            ("-lead", "https://sts.-lead.amazonaws.com/"),
            ("trail-", "https://sts.trail-.amazonaws.com/"),
            ("UPPER-1", "https://sts.upper-1.amazonaws.com/"),
            ("us-west-2/evil", "https://sts.us-west-2/evil.amazonaws.com/"),
            ("evil.example#", "https://sts.evil.example/"),
            ("a?b", "https://sts.a/"),
            ("a@b", "https://sts.a@b.amazonaws.com/"),
            ("x:80/", "https://sts.x:80/.amazonaws.com/"),
            ("ünïcode-1", "https://sts.ünïcode-1.amazonaws.com/"),
            ("😀", "https://sts.😀.amazonaws.com/"),
        ] {
            assert_eq!(regional(region).as_deref(), Ok(url), "{region}");
        }
        assert!(regional(&"a".repeat(64)).is_ok());
        assert_eq!(regional(&"a".repeat(300)), bad);
    }

    /// A label of .NET's own kind of domain name may be 63 octets long; what is longer passes where it is a Windows network
    /// name, of letters alone.
    #[test]
    fn labels_are_measured_in_octets() {
        let passes = |label: &str, letters: usize| {
            given(&alloc::format!("http://{label}{}", "a".repeat(letters))).is_ok()
        };
        for (label, letters) in [
            // four for xn--, two for each of the surrogates
            ("😀", 63 - 4 - 4),
            // Latin-1 counts once
            ("😀ÿ", 63 - 4 - 4 - 1),
            ("😀Ā", 63 - 4 - 4 - 2),
            // U+00D7, no letter
            ("×", 63 - 4 - 1),
            // 256 in all
            ("a", 255),
        ] {
            assert!(passes(label, letters), "{label}, {letters} letters");
            assert!(!passes(label, letters + 1), "{label}, {letters} letters and one");
        }
    }

    #[test]
    fn a_hyphen_may_begin_the_first_two_labels() {
        for (host, passes) in
            [("-a", true), ("a.-b", true), ("-a.-b", true), ("a.b.-c", false), ("-a.-b.-c", false)]
        {
            assert_eq!(given(&alloc::format!("http://{host}")).is_ok(), passes, "{host}");
        }
    }

    #[test]
    fn overrides_are_normalized() {
        let seen = |url: &str| given(url).map(|endpoint| endpoint.to_string()).map_err(UriError::message);
        for (url, wire) in [
            ("http://localhost:4566", "http://localhost:4566/"),
            ("HTTP://LOCALHOST:4566", "http://localhost:4566/"),
            ("http://localhost:80", "http://localhost/"),
            ("http://localhost:4566/base", "http://localhost:4566/base/"),
            ("http://localhost:4566?x=y", "http://localhost:4566/"),
            ("http://user:pw@localhost:4566", "http://user:pw@localhost:4566/"),
            ("http://[::1]:4566", "http://[::1]:4566/"),
            ("https://a.example/ü", "https://a.example/%C3%BC/"),
            ("http://localhost:080", "http://localhost/"),
            ("http://localhost:04566", "http://localhost:4566/"),
        ] {
            assert_eq!(seen(url).as_deref(), Ok(wire), "{url}");
        }
        assert_eq!(seen("not a url"), Err("Invalid URI: The format of the URI could not be determined."));
        assert_eq!(seen("localhost"), Err("Invalid URI: The format of the URI could not be determined."));
        for url in ["http://", "http:///x", "http://a b"] {
            assert_eq!(seen(url), Err("Invalid URI: The hostname could not be parsed."), "{url}");
        }
        assert_eq!(refused_scheme("localhost:4566"), Some("localhost"));
        assert_eq!(refused_scheme("https://a"), None);
    }
}
