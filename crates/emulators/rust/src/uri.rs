//! What becomes of an endpoint's text on its way to the wire.
//!
//! The SDK parses the text as `http::Uri` and puts scheme, authority and path of it on the request (aws-smithy-runtime-api
//! `src/http/request.rs` `set_endpoint`; up to 0.56 aws-smithy-http `src/endpoint.rs` `apply_endpoint`). A query is
//! dropped, the path gets a slash at its end. Hosts are not checked: `http://h:abc` goes out as it is.

use crate::UriLibrary;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use sts_endpoint_core::label::has_label_letters_only;

/// Why a text is no URI. Display texts: http 0.2 `src/uri/mod.rs` `InvalidUri`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UriError {
    Empty,
    InvalidCharacter,
    InvalidAuthority,
    InvalidFormat,
    SchemeTooLong,
    TooLong,
}

impl UriError {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Empty => "empty string",
            Self::InvalidCharacter => "invalid uri character",
            Self::InvalidAuthority => "invalid authority",
            Self::InvalidFormat => "invalid format",
            Self::SchemeTooLong => "scheme too long",
            Self::TooLong => "uri too long",
        }
    }
}

/// Why a text is no endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It is no URI.
    Uri(UriError),
    /// It is a URI without scheme (and with a path or an authority alone).
    Incomplete,
}

/// A URI in its parts: `Uri::from_shared`, `parse_full`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Parts<'u> {
    scheme: Option<&'u str>,
    authority: &'u str,
    path: &'u str,
}

fn split(text: &str, library: UriLibrary) -> Result<Parts<'_>, UriError> {
    if text.len() > usize::from(u16::MAX) - 1 {
        return Err(UriError::TooLong);
    }
    if text.is_empty() {
        return Err(UriError::Empty);
    }
    // The library knows `*` for a path. Here it is an authority: no endpoint either, without a scheme.
    if text.starts_with('/') {
        return Ok(Parts { scheme: None, authority: "", path: path(text, library)? });
    }
    let (scheme, rest) = scheme(text)?;
    let end = authority_end(rest)?;
    let (authority, rest) = (rest.get(..end).unwrap_or(rest), rest.get(end..).unwrap_or(""));
    if scheme.is_none() {
        return if rest.is_empty() {
            Ok(Parts { scheme, authority, path: "" })
        } else {
            Err(UriError::InvalidFormat)
        };
    }
    if authority.is_empty() {
        return Err(UriError::InvalidFormat);
    }
    Ok(Parts { scheme, authority, path: path(rest, library)? })
}

/// `Scheme2::parse`: the text before `://`, if it can be a scheme.
fn scheme(text: &str) -> Result<(Option<&str>, &str), UriError> {
    let is_scheme = |b: u8| b.is_ascii_alphanumeric() || b"+-.~".contains(&b);
    let Some((scheme, rest)) = text.split_once(':') else { return Ok((None, text)) };
    match rest.strip_prefix("//") {
        Some(rest) if scheme.bytes().all(is_scheme) => {
            if scheme.len() > 64 {
                return Err(UriError::SchemeTooLong);
            }
            Ok((Some(scheme), rest))
        }
        _ => Ok((None, text)),
    }
}

/// `Authority::parse`: where the authority ends.
fn authority_end(text: &str) -> Result<usize, UriError> {
    const MAX_COLONS: u32 = 8;
    let mut colons = 0u32;
    let (mut open, mut closed, mut percent) = (false, false, false);
    let mut at_sign = None;
    let mut end = text.len();
    for (i, b) in text.bytes().enumerate() {
        match b {
            b'/' | b'?' | b'#' => {
                end = i;
                break;
            }
            b':' => {
                if colons >= MAX_COLONS {
                    return Err(UriError::InvalidAuthority);
                }
                colons += 1;
            }
            b'[' => {
                if percent || open {
                    return Err(UriError::InvalidAuthority);
                }
                open = true;
            }
            b']' => {
                if !open || closed {
                    return Err(UriError::InvalidAuthority);
                }
                (closed, colons, percent) = (true, 0, false);
            }
            b'@' => (at_sign, colons, percent) = (Some(i), 0, false),
            b'%' => percent = true,
            _ if is_host_character(b) => {}
            _ => return Err(UriError::InvalidCharacter),
        }
    }
    if open != closed || colons > 1 || percent || at_sign.is_some_and(|at| at + 1 == end) {
        return Err(UriError::InvalidAuthority);
    }
    Ok(end)
}

/// The bytes that may stand in a host and mean nothing else in a URI.
fn is_host_character(b: u8) -> bool {
    matches!(b, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'!' | b'$' | b'&'..=b'.' | b';' | b'=' | b'_' | b'~')
}

/// Whether a text put into a host leaves the URL's structure alone.
pub(crate) fn is_plain(text: &str) -> bool {
    has_label_letters_only(text) || text.bytes().all(is_host_character)
}

/// `PathAndQuery::from_shared`: the path, checked to the end of the query; a fragment is dropped unchecked.
fn path(text: &str, library: UriLibrary) -> Result<&str, UriError> {
    let text = text.split_once('#').map_or(text, |(text, _)| text);
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let beyond_ascii = |b: u8| library == UriLibrary::Http1 && b >= 0x80;
    let in_path =
        |b: u8| matches!(b, 0x21 | 0x22 | 0x24..=0x3B | 0x3D | 0x40..=0x5F | 0x61..=0x7E) || beyond_ascii(b);
    let in_query = |b: u8| matches!(b, 0x21 | 0x24..=0x3B | 0x3D | 0x3F..=0x7E) || beyond_ascii(b);
    if path.bytes().all(in_path) && query.bytes().all(in_query) {
        Ok(path)
    } else {
        Err(UriError::InvalidCharacter)
    }
}

/// The URL as it goes over the wire.
pub(crate) fn on_the_wire(text: &str, library: UriLibrary) -> Result<Cow<'_, str>, Unusable> {
    let Parts { scheme, authority, path } = split(text, library).map_err(Unusable::Uri)?;
    let Some(scheme) = scheme else { return Err(Unusable::Incomplete) };
    let standard = ["http", "https"].into_iter().find(|standard| scheme.eq_ignore_ascii_case(standard));
    let scheme = standard.unwrap_or(scheme);
    // merge_paths: the endpoint's path without its last slash, and the operation's path, which is `/`
    let path = path.strip_suffix('/').unwrap_or(path);
    let as_written = text.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://"));
    let as_written = as_written.and_then(|rest| rest.strip_prefix(authority)?.strip_prefix(path));
    if as_written == Some("/") {
        return Ok(Cow::Borrowed(text));
    }
    Ok(Cow::Owned(format!("{scheme}://{authority}{path}/")))
}

/// What a URI looks like in the SDK's messages: fragment dropped, scheme in lower case if it is a known one.
pub(crate) fn shown(text: &str) -> &str {
    text.split_once('#').map_or(text, |(text, _)| text)
}

/// Whether `url::Url::parse` takes a text: the URL standard of browsers, stricter on hosts and ports than `http::Uri` and
/// laxer on everything else. `localhost:4566` is a URL (of scheme `localhost`), `not a url` is none.
pub(crate) fn is_url(text: &str) -> bool {
    const DROPPED: [char; 3] = ['\t', '\n', '\r'];
    if text.contains(DROPPED) {
        return is_url(&text.replace(DROPPED, ""));
    }
    let text = text.trim_matches(|c: char| c <= ' ');
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut characters = scheme.chars();
    if !characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        || !characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    {
        return false;
    }
    let special =
        ["http", "https", "ws", "wss", "ftp"].iter().any(|special| scheme.eq_ignore_ascii_case(special));
    if !special {
        // an opaque path, or a host that only certain characters are kept out of
        let Some(rest) = rest.strip_prefix("//") else { return true };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let (host, port) = host_and_port(host);
        let forbidden = |c: char| c == '\0' || " <>[\\]^|".contains(c);
        return (is_ipv6(host) || !host.contains(forbidden))
            && is_port(port)
            && !(host.is_empty() && port.is_some());
    }
    let rest = rest.trim_start_matches(['/', '\\']);
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = host_and_port(host);
    !host.is_empty() && is_port(port) && (is_ipv6(host) || is_domain(host))
}

fn host_and_port(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    }
}

fn is_port(port: Option<&str>) -> bool {
    port.is_none_or(|port| {
        port.is_empty() || port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
    })
}

fn is_ipv6(host: &str) -> bool {
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    inner.is_some_and(|inner| inner.parse::<core::net::Ipv6Addr>().is_ok())
}

/// `%41` is `A`, before anything else is looked at. Bytes beyond ASCII are left as they are.
fn percent_decoded(host: &str) -> String {
    let mut decoded = String::new();
    let mut rest = host;
    while let Some((before, after)) = rest.split_once('%') {
        decoded.push_str(before);
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(u8::is_ascii);
        match byte {
            Some(byte) => {
                decoded.push(char::from(byte));
                rest = after.get(2..).unwrap_or("");
            }
            None => {
                decoded.push('%');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

/// A domain of a special scheme. A host whose last label is a number must be an IPv4 address.
fn is_domain(host: &str) -> bool {
    if host.contains('%') {
        let decoded = percent_decoded(host);
        return !decoded.contains('%') && is_domain(&decoded);
    }
    let forbidden = |c: char| c <= ' ' || c == '\u{7f}' || "#%/:<>?@[\\]^|".contains(c);
    if host.contains(forbidden) {
        return false;
    }
    let last = host.strip_suffix('.').unwrap_or(host).rsplit('.').next().unwrap_or(host);
    let number = !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
    !number
        || host.parse::<core::net::Ipv4Addr>().is_ok()
        || !host.contains('.') && last.parse::<u32>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_get_a_slash_and_lose_their_query() {
        for (text, wire) in [
            ("https://h", "https://h/"),
            ("http://localhost:4566/base/path", "http://localhost:4566/base/path/"),
            ("http://h/a?x=y", "http://h/a/"),
            ("http://h?x=y", "http://h/"),
            ("http://h/a/#f", "http://h/a/"),
            ("http://h//", "http://h//"),
            ("HTTP://h", "http://h/"),
            ("ftp://u:p@h", "ftp://u:p@h/"),
            ("https://sts.evil.example#.amazonaws.com", "https://sts.evil.example/"),
            ("https://sts.us-west-2/evil.amazonaws.com", "https://sts.us-west-2/evil.amazonaws.com/"),
            ("http://[::1]:80/a", "http://[::1]:80/a/"),
        ] {
            assert_eq!(on_the_wire(text, UriLibrary::Http02).as_deref(), Ok(wire), "{text}");
        }
    }

    #[test]
    fn a_url_that_is_complete_is_not_copied() {
        assert!(matches!(on_the_wire("https://h/", UriLibrary::Http02), Ok(Cow::Borrowed("https://h/"))));
        assert!(matches!(on_the_wire("https://h/a/", UriLibrary::Http02), Ok(Cow::Borrowed("https://h/a/"))));
    }

    #[test]
    fn texts_that_are_no_endpoint_are_refused() {
        use UriError::*;
        for (text, error) in [
            ("", Unusable::Uri(Empty)),
            ("not a url", Unusable::Uri(InvalidCharacter)),
            ("http://", Unusable::Uri(InvalidFormat)),
            ("http://h\n", Unusable::Uri(InvalidCharacter)),
            ("http://é", Unusable::Uri(InvalidCharacter)),
            ("http://a:1:2", Unusable::Uri(InvalidAuthority)),
            ("http://u@", Unusable::Uri(InvalidAuthority)),
            ("mailto:x/y", Unusable::Uri(InvalidFormat)),
            ("localhost:4566", Unusable::Incomplete),
            ("/path", Unusable::Incomplete),
            ("*", Unusable::Incomplete),
        ] {
            assert_eq!(on_the_wire(text, UriLibrary::Http02), Err(error), "{text:?}");
        }
    }

    #[test]
    fn the_newer_library_lets_more_into_the_path() {
        assert!(on_the_wire("http://h/é", UriLibrary::Http02).is_err());
        assert_eq!(on_the_wire("http://h/é", UriLibrary::Http1).as_deref(), Ok("http://h/é/"));
        assert!(on_the_wire("http://é", UriLibrary::Http1).is_err());
    }

    #[test]
    fn the_other_url_library_has_other_limits() {
        for url in [
            "http://localhost:4566",
            "localhost:4566",
            "mailto:x",
            "http:h",
            "http://[::1]/",
            "HTTP://h?x",
            "http://h%41",
            "ht\ntp://h",
        ] {
            assert!(is_url(url), "{url}");
        }
        for text in [
            "",
            "not a url",
            "http://",
            "http://h:abc",
            "http://h:99999",
            "http://a b",
            "/x",
            "1:x",
            "h",
            "http://h%2F",
        ] {
            assert!(!is_url(text), "{text:?}");
        }
    }
}

/// What the two libraries answered, http 0.2.12 and 1.5.0 alike, and url 2.5.8.
#[cfg(test)]
mod as_the_libraries_do {
    use super::*;

    #[test]
    fn texts_become_requests_or_are_refused() {
        for (text, expected) in [
            ("", Err("empty string")),
            ("*", Err("-")),
            ("*x", Err("-")),
            ("/", Err("-")),
            ("/x", Err("-")),
            ("/ x", Err("invalid uri character")),
            ("h", Err("-")),
            ("h:1", Err("-")),
            ("h/x", Err("invalid format")),
            ("h?x", Err("invalid format")),
            ("x y", Err("invalid uri character")),
            ("http:h", Err("-")),
            ("http://h", Ok("http://h/")),
            ("http://h:", Ok("http://h:/")),
            ("http://h:abc", Ok("http://h:abc/")),
            ("http://h:1:2", Err("invalid authority")),
            ("ht_p://h", Err("invalid format")),
            ("h|t://h", Err("invalid uri character")),
            ("a+-.~1://h", Ok("a+-.~1://h/")),
            ("://h", Ok("://h/")),
            (":x", Err("-")),
            ("http://[::1]", Ok("http://[::1]/")),
            ("http://[::1]:80/a", Ok("http://[::1]:80/a/")),
            ("http://[::1", Err("invalid authority")),
            ("http://::1]", Err("invalid authority")),
            ("http://[[::1]]", Err("invalid authority")),
            ("http://[::1]]", Err("invalid authority")),
            ("http://[::1][", Err("invalid authority")),
            ("http://a[b]c", Ok("http://a[b]c/")),
            ("http://[1:2:3:4:5:6:7:8]", Ok("http://[1:2:3:4:5:6:7:8]/")),
            ("http://[1:2:3:4:5:6:7:8:9]", Ok("http://[1:2:3:4:5:6:7:8:9]/")),
            ("http://[1:2:3:4:5:6:7:8:9:a]", Err("invalid authority")),
            ("http://1:2:3:4:5:6:7:8:9", Err("invalid authority")),
            ("http://%41", Err("invalid authority")),
            ("http://[%41]", Ok("http://[%41]/")),
            ("http://[a%b]c", Ok("http://[a%b]c/")),
            ("http://%[a]", Err("invalid authority")),
            ("http://a%b@h", Ok("http://a%b@h/")),
            ("http://a%b@", Err("invalid authority")),
            ("http://a:b:c@h:1", Ok("http://a:b:c@h:1/")),
            ("http://a@b@h", Ok("http://a@b@h/")),
            ("http://@h", Ok("http://@h/")),
            ("http://u@h/", Ok("http://u@h/")),
            ("http://u@/x", Err("invalid authority")),
            ("http://u@?x", Err("invalid authority")),
            ("http://u:p@h:80/x", Ok("http://u:p@h:80/x/")),
            ("http:///x", Err("invalid format")),
            ("http://?q", Err("invalid format")),
            ("http://#f", Err("invalid format")),
            ("http://h?q#f", Ok("http://h/")),
            ("http://h/x?y z", Err("invalid uri character")),
            ("http://h/x?y<z", Err("invalid uri character")),
            ("http://h/x?y^`{|}z", Ok("http://h/x/")),
            ("http://h/<", Err("invalid uri character")),
            ("http://h/>", Err("invalid uri character")),
            ("http://h/^", Ok("http://h/^/")),
            ("http://h/`", Err("invalid uri character")),
            ("http://h/{", Ok("http://h/{/")),
            ("http://h/|", Ok("http://h/|/")),
            ("http://h/}", Ok("http://h/}/")),
            ("http://h/\"x", Ok("http://h/\"x/")),
            ("http://h/\\", Ok("http://h/\\/")),
            ("http://h/~", Ok("http://h/~/")),
            ("http://h/\u{7f}", Err("invalid uri character")),
            ("http://h/!", Ok("http://h/!/")),
            ("http://h/a b", Err("invalid uri character")),
            ("http://h/x#é é", Ok("http://h/x/")),
            ("http://h!$&'()*+,-.;=_~", Ok("http://h!$&'()*+,-.;=_~/")),
            ("http://h|", Err("invalid uri character")),
            ("http://h<", Err("invalid uri character")),
            ("http://h\\x", Err("invalid uri character")),
            ("http://h\"", Err("invalid uri character")),
            ("HTTP://H/X", Ok("http://H/X/")),
            ("hTTpS://h/x/", Ok("https://h/x/")),
            ("Ftp://h", Ok("Ftp://h/")),
            ("http://h/x//", Ok("http://h/x//")),
            ("http://h//", Ok("http://h//")),
            ("http://h/%zz", Ok("http://h/%zz/")),
        ] {
            for library in [UriLibrary::Http02, UriLibrary::Http1] {
                let wire = on_the_wire(text, library);
                let said = wire.as_deref().map_err(|error| match error {
                    Unusable::Uri(error) => error.text(),
                    Unusable::Incomplete => "-",
                });
                assert_eq!(said, expected, "{text:?} {library:?}");
            }
        }
    }

    #[test]
    fn limits_of_length() {
        let scheme = |length: usize| format!("{}://h", "a".repeat(length));
        assert!(on_the_wire(&scheme(64), UriLibrary::Http1).is_ok());
        let too_long = Err(Unusable::Uri(UriError::SchemeTooLong));
        assert_eq!(on_the_wire(&scheme(65), UriLibrary::Http1), too_long);
        // `MAX_LEN`: u16::MAX - 1
        let path = |length: usize| format!("http://h/{}", "a".repeat(length - 9));
        assert!(on_the_wire(&path(65_534), UriLibrary::Http1).is_ok());
        assert_eq!(on_the_wire(&path(65_535), UriLibrary::Http1), Err(Unusable::Uri(UriError::TooLong)));
    }

    #[test]
    fn texts_are_urls_or_not() {
        for text in [
            "h:1",
            "http:h",
            "http://h",
            "http://h:",
            "http://[::1]",
            "http://[::1]:80/a",
            "http://[1:2:3:4:5:6:7:8]",
            "http://%41",
            "http://a%b@h",
            "http://a:b:c@h:1",
            "http://a@b@h",
            "http://@h",
            "http://u@h/",
            "http://u:p@h:80/x",
            "http:///x",
            "http://h?q#f",
            "http://h/x?y z",
            "http://h/x?y<z",
            "http://h/x?y^`{|}z",
            "http://h/<",
            "http://h/>",
            "http://h/^",
            "http://h/`",
            "http://h/{",
            "http://h/|",
            "http://h/}",
            "http://h/\"x",
            "http://h/\\",
            "http://h/~",
            "http://h/\u{7f}",
            "http://h/!",
            "http://h/a b",
            "http://h/é",
            "http://h?é",
            "http://h/x#é é",
            "http://h!$&'()*+,-.;=_~",
            "http://h\\x",
            "http://h\"",
            "HTTP://H/X",
            "hTTpS://h/x/",
            "Ftp://h",
            "http://h/x//",
            "http://h//",
            "http://h/%zz",
            "http://h:65535",
            "http://h:0",
            "http:/h",
            "http:\\h",
            "http:////h",
            "ws://h",
            "x://a:1",
            "x://",
            "x:",
            "x:a b",
            "x://a%b",
            "x://[::1]",
            "x://u@h:1",
            "http://u:@h",
            "http://256",
            "http://4294967295",
            "http://1.a",
            "http://h%41%42",
            "http://%31",
            "http://é",
            "http://h#f",
            " http://h ",
            "\u{1}http://h",
            "ht\ttp://h",
            "x+-.1://h",
            "http://a..b",
            "http://.",
            "http://a_b",
            "http://-a",
            "file:///x",
        ] {
            assert!(is_url(text), "{text:?}");
        }
        for text in [
            "",
            "*",
            "*x",
            "/",
            "/x",
            "/é",
            "/ x",
            "h",
            "h/x",
            "h?x",
            "x y",
            "http://h:abc",
            "http://h:1:2",
            "ht_p://h",
            "h|t://h",
            "a+-.~1://h",
            "://h",
            ":x",
            "http://[::1",
            "http://::1]",
            "http://[[::1]]",
            "http://[::1]]",
            "http://[::1][",
            "http://a[b]c",
            "http://[1:2:3:4:5:6:7:8:9]",
            "http://[1:2:3:4:5:6:7:8:9:a]",
            "http://1:2:3:4:5:6:7:8:9",
            "http://[%41]",
            "http://[a%b]c",
            "http://%[a]",
            "http://a%b@",
            "http://u@/x",
            "http://u@?x",
            "http://?q",
            "http://#f",
            "http://h|",
            "http://h<",
            "http://h:65536",
            "http://h:+1",
            "http:",
            "wss://",
            "ftp://a b",
            "x://a b",
            "x://a<b",
            "x://a:b",
            "x://:1",
            "x://a|b",
            "x://a^b",
            "x://[::g]",
            "x://u@:1",
            "http://a@:1",
            "http://1.2.3.256",
            "http://1.2.3.4.5",
            "http://4294967296",
            "http://a.1",
            "http://a.1.",
            "http://h%20",
            "http://h%zz",
            "http://a%2fb",
            "http://%zz",
            "http://h%",
            "http://h%4",
            "http://h\u{7f}",
            "http://h^x",
            "http://h]",
            "http://[::1]x",
            "http://[::1%25e]",
            "1x://h",
            "+x://h",
            "é://h",
            "x_y://h",
            ":",
            "http://h:8 0",
        ] {
            assert!(!is_url(text), "{text:?}");
        }
    }

    #[test]
    fn messages_show_no_fragment() {
        assert_eq!((shown("http://h/a#f#g"), shown("h")), ("http://h/a", "h"));
        assert!(is_plain("us-west-2") && !is_plain("a/b") && !is_plain("\u{fc}"));
    }
}
