//! The SDK's own URL class and its check of host names. Source: `aws-cpp-sdk-core/source/http/URI.cpp`,
//! `source/utils/DNS.cpp`, and for the rules' answers `source/endpoint/EndpointProviderBase.cpp` with aws-c-common's
//! percent decoding.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What a path ends with on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathEnd {
    /// A slash: every operation appends one.
    Slash,
    /// Its last segment.
    Segment,
    /// What it ended with.
    Kept,
}

/// Which host names are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostCheck {
    /// All of them.
    None,
    /// Names of DNS labels; empty labels are passed over.
    Labels,
    /// The same, and whatever holds a bracket.
    LabelsOrBrackets,
}

/// A URL in its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Uri<'t> {
    https: bool,
    pub(crate) authority: &'t [u8],
    port: u16,
    path: &'t [u8],
}

impl<'t> Uri<'t> {
    /// `ParseURIParts`. Nothing is refused. `brackets`: an authority in brackets may hold colons (since 1.9.99).
    pub(crate) fn parse(text: &'t [u8], brackets: bool) -> Self {
        let separator = find(text, b"://");
        // SchemeMapper::FromString: what is not http is https
        let https = separator.is_some_and(|at| {
            let scheme = text.get(..at).unwrap_or_default();
            !scheme.trim_ascii().eq_ignore_ascii_case(b"http")
        });
        let rest = separator.and_then(|at| text.get(at + 3..)).unwrap_or(text);
        let bracket = if brackets && rest.first() == Some(&b'[') { position(rest, b"]") } else { None };
        let (authority, after_host) = match bracket {
            Some(at) => (rest.get(..=at), rest.get(at..)),
            None if brackets && rest.first() == Some(&b'[') => (Some(rest), Some(rest)),
            None => (rest.get(..position(rest, b":/?").unwrap_or(rest.len())), Some(rest)),
        };
        let after_host = after_host.unwrap_or_default();
        let standard = if https { 443 } else { 80 };
        let port = match position(after_host, b":/?") {
            Some(at) if after_host.get(at) == Some(&b':') => {
                number(after_host.get(at + 1..).unwrap_or_default())
            }
            _ => standard,
        };
        // the query is looked for from the very start
        let before_query = match text.iter().position(|&c| c == b'?') {
            Some(at) => {
                at.checked_sub(text.len() - rest.len()).and_then(|end| rest.get(..end)).unwrap_or(rest)
            }
            None => rest,
        };
        let path = position(before_query, b"/").and_then(|at| before_query.get(at..)).unwrap_or_default();
        Self { https, authority: authority.unwrap_or_default(), port, path }
    }

    /// The URL on the wire: `GetURIString`, without the query. A URL without path is shown with `/`.
    pub(crate) fn on_the_wire(&self, end: PathEnd) -> String {
        let scheme = if self.https { "https" } else { "http" };
        let mut url = format!("{scheme}://{}", String::from_utf8_lossy(self.authority));
        if self.port != if self.https { 443 } else { 80 } {
            url += &format!(":{}", self.port);
        }
        let mut empty = true;
        for segment in self.path.split(|&c| c == b'/').filter(|segment| !segment.is_empty()) {
            empty = false;
            url.push('/');
            for &c in segment {
                if c.is_ascii_alphanumeric() || b"-_.~$&,:=@".contains(&c) {
                    url.push(char::from(c));
                } else {
                    url += &format!("%{c:02X}");
                }
            }
        }
        let slash = match end {
            PathEnd::Slash => true,
            PathEnd::Segment => false,
            PathEnd::Kept => self.path.ends_with(b"/"),
        };
        if empty || slash {
            url.push('/');
        }
        url
    }
}

impl HostCheck {
    /// `IsValidHost`.
    pub(crate) fn allows(self, host: &[u8]) -> bool {
        match self {
            Self::None => true,
            Self::LabelsOrBrackets if host.iter().any(|c| b"[]".contains(c)) => true,
            _ => {
                let mut labels = host.split(|&c| c == b'.').filter(|label| !label.is_empty()).peekable();
                labels.peek().is_some() && labels.all(is_label)
            }
        }
    }
}

/// `IsValidDnsLabel`: 1 to 63 letters, digits and hyphens, none of these at either end.
pub(crate) fn is_label(text: &[u8]) -> bool {
    let ends = |c: Option<&u8>| c.is_some_and(u8::is_ascii_alphanumeric);
    text.len() <= 63
        && ends(text.first())
        && ends(text.last())
        && text.iter().all(|c| c.is_ascii_alphanumeric() || *c == b'-')
}

/// Whether nothing happens to a text inside a host name on its way.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|c| c.is_ascii_alphanumeric() || b"-.".contains(&c))
}

/// The rules' answer is percent-decoded, if it holds a percent sign at all; a plus is a blank then. What is no escape comes
/// out maimed. Source: `source/endpoint/DefaultEndpointProvider.cpp` `PercentDecode`.
pub(crate) fn decoded(text: &str) -> Cow<'_, [u8]> {
    if !text.contains('%') {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let (mut escape, mut first) = (false, None);
    for c in text.bytes() {
        match (c, char::from(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok())) {
            (b'%', _) => {
                if escape {
                    bytes.push(c);
                }
                escape = true;
            }
            (_, Some(digit)) if escape => match first.take() {
                None => first = Some(digit),
                Some(high) => {
                    bytes.push(high * 16 + digit);
                    escape = false;
                }
            },
            _ if escape => {
                bytes.push(b'%');
                // the first digit is kept where there is none
                if first.take().is_none() {
                    bytes.push(0);
                }
                bytes.push(c);
                escape = false;
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(c),
        }
    }
    Cow::Owned(bytes)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn position(text: &[u8], any: &[u8]) -> Option<usize> {
    text.iter().position(|c| any.contains(c))
}

/// `static_cast<uint16_t>(atoi(..))`: too long a number ends at the largest one, and what is left of it is cut.
fn number(text: &[u8]) -> u16 {
    let digits = text.iter().take_while(|c| c.is_ascii_digit());
    let number =
        digits.fold(0_i64, |number, c| number.saturating_mul(10).saturating_add(i64::from(c - b'0')));
    let [.., high, low] = number.to_be_bytes();
    u16::from_be_bytes([high, low])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(text: &str) -> String {
        Uri::parse(&decoded(text), true).on_the_wire(PathEnd::Kept)
    }

    #[test]
    fn urls_lose_what_the_class_does_not_keep() {
        assert_eq!(wire("http://h:80"), "http://h/");
        assert_eq!(wire("http://h:70000//a//b c/?q=1#f"), "http://h:4464/a/b%20c/");
        assert_eq!(wire("https://HTTP://h"), "https://HTTP:0/h");
        assert_eq!(wire("https://h:99999999999999999999/"), "https://h:65535/");
        assert_eq!(wire("http://[::1]:81/a"), "http://[::1]:81/a");
        assert_eq!(wire("http://h/a]b"), "http://h/a%5Db");
        assert_eq!(wire("http://h/a%2Fb+c%zz"), "http://h/a/b%20c%25%00zz");
        assert_eq!(wire("http://h/%4x%3%41%"), "http://h/%25x%2541");
        assert_eq!(wire("http://user:pass@h/"), "http://user:0/");
        assert_eq!(Uri::parse(b"https://h/a", false).on_the_wire(PathEnd::Slash), "https://h/a/");
        assert_eq!(Uri::parse(b"http://[::1]/a", false).on_the_wire(PathEnd::Kept), "http://[:0/a");
    }

    #[test]
    fn hosts_are_dns_labels() {
        let labels = |host: &str| HostCheck::Labels.allows(host.as_bytes());
        assert!(
            labels("sts.us-west-2.amazonaws.com") && labels("sts..amazonaws.com") && labels("localhost.")
        );
        assert!(
            !labels("")
                && !labels(".")
                && !labels("a b")
                && !labels("-a.b")
                && !labels("a-.b")
                && !labels("ü")
        );
        assert!(!labels("[::1]") && HostCheck::LabelsOrBrackets.allows(b"[::1]"));
        assert!(!labels(&"a".repeat(64)) && labels(&"a".repeat(63)));
    }
}
