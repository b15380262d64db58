//! `java.net.URI`: what the JDK makes of a text, which the Java SDKs share.
//!
//! It is RFC 2396 with the deviations its documentation lists. What matters here: an authority that is no host name is
//! no error, the URI then simply has no host; and an error names what it expected and where, counted in UTF-16 units.
//!
//! Source: openjdk/jdk `src/java.base/share/classes/java/net/URI.java`, class `URI.Parser` (the rules are the same from
//! JDK 8 to 21).
//!
//! ```
//! use sts_endpoint_core::java_uri::JavaUri;
//!
//! let uri = JavaUri::parse("http://localhost:4566/base")?;
//! assert_eq!((uri.scheme, uri.host, uri.port, uri.path), (Some("http"), Some("localhost"), Some(4566), Some("/base")));
//! assert_eq!(JavaUri::parse("https://sts.us_west_2.amazonaws.com")?.host, None);
//! let error = JavaUri::parse("not a url").unwrap_err();
//! assert_eq!(error.to_string(), "Illegal character in path at index 3: not a url");
//! # Ok::<(), sts_endpoint_core::java_uri::JavaUriError<'static>>(())
//! ```

use core::fmt;

/// A parsed URI. Its parts are as they stand in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JavaUri<'a> {
    /// The text before the first `:`.
    pub scheme: Option<&'a str>,
    /// What stands before the `@` of a host.
    pub user_info: Option<&'a str>,
    /// The host, an IPv6 address with its brackets. `None` also where the authority is no host name.
    pub host: Option<&'a str>,
    /// The port, if one is given.
    pub port: Option<u32>,
    /// The path; `None` where the URI is opaque (`mailto:x`).
    pub path: Option<&'a str>,
    /// What stands behind the `?`.
    pub query: Option<&'a str>,
    /// What stands behind the `#`.
    pub fragment: Option<&'a str>,
}

/// A text that is no URI: the message of `java.net.URISyntaxException`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JavaUriError<'a> {
    reason: Reason,
    /// Where, in bytes.
    at: usize,
    text: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Expected(&'static str),
    Illegal(&'static str),
    Malformed(&'static str),
}

impl fmt::Display for JavaUriError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason {
            Reason::Expected(what) => write!(f, "Expected {what}")?,
            Reason::Illegal(what) => write!(f, "Illegal character in {what}")?,
            Reason::Malformed(what) => write!(f, "Malformed {what}")?,
        }
        let units: usize = self.text.get(..self.at).unwrap_or(self.text).chars().map(char::len_utf16).sum();
        write!(f, " at index {units}: {}", self.text)
    }
}

impl core::error::Error for JavaUriError<'_> {}

/// The sets of characters of the grammar. `%` pairs and visible characters beyond ASCII belong to those that take escapes.
#[derive(Clone, Copy)]
enum Set {
    Digit,
    Alphanum,
    AlphanumDash,
    Scheme,
    UserInfo,
    RegName,
    ServerPercent,
    Path,
    Uric,
    Scope,
}

impl Set {
    fn has(self, c: char) -> bool {
        let unreserved = |c: char| c.is_ascii_alphanumeric() || "-_.!~*'()".contains(c);
        match self {
            Self::Digit => c.is_ascii_digit(),
            Self::Alphanum => c.is_ascii_alphanumeric(),
            Self::AlphanumDash => c.is_ascii_alphanumeric() || c == '-',
            Self::Scheme => c.is_ascii_alphanumeric() || "+-.".contains(c),
            Self::UserInfo => unreserved(c) || ";:&=+$,".contains(c),
            Self::RegName => unreserved(c) || "$,;:@&=+".contains(c),
            Self::ServerPercent => unreserved(c) || ";:&=+$,.@[]%".contains(c),
            Self::Path => unreserved(c) || ":@&=+$,;/".contains(c),
            Self::Uric => unreserved(c) || ";/?:@&=+$,[]".contains(c),
            Self::Scope => c.is_ascii_alphanumeric() || "_.".contains(c),
        }
    }

    fn takes_escapes(self) -> bool {
        matches!(self, Self::UserInfo | Self::RegName | Self::ServerPercent | Self::Path | Self::Uric)
    }
}

/// Whether a character beyond ASCII may stand unescaped: neither a space nor a control character.
fn is_visible_other(c: char) -> bool {
    let space = matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    );
    c > '\u{80}' && !space && !c.is_control()
}

type Parsed<'a, T> = Result<T, JavaUriError<'a>>;

struct Parser<'a> {
    text: &'a str,
    uri: JavaUri<'a>,
}

impl<'a> JavaUri<'a> {
    /// Parses a text as `new URI(text)` does.
    ///
    /// # Errors
    ///
    /// [`JavaUriError`], which prints as the JDK's message.
    pub fn parse(text: &'a str) -> Parsed<'a, Self> {
        let mut parser = Parser { text, uri: Self::default() };
        parser.parse()?;
        Ok(parser.uri)
    }
}

impl<'a> Parser<'a> {
    fn part(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or("")
    }

    fn at(&self, at: usize, c: char) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.starts_with(c))
    }

    fn fail<T>(&self, reason: Reason, at: usize) -> Parsed<'a, T> {
        Err(JavaUriError { reason, at, text: self.text })
    }

    /// Where the first of some characters stands, or the end.
    fn until(&self, from: usize, to: usize, stops: &str) -> usize {
        self.part(from, to).find(|c| stops.contains(c)).map_or(to, |at| from + at)
    }

    /// Where the first character stands that a set does not have, or the end.
    fn scan(&self, from: usize, to: usize, set: Set) -> Parsed<'a, usize> {
        let mut at = from;
        while let Some(c) = self.part(at, to).chars().next() {
            if set.has(c) {
                at += c.len_utf8();
            } else if set.takes_escapes() && c == '%' {
                let pair = self.text.get(at + 1..at + 3).filter(|_| at + 3 <= to);
                if !pair.is_some_and(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit())) {
                    return self.fail(Reason::Malformed("escape pair"), at);
                }
                at += 3;
            } else if set.takes_escapes() && is_visible_other(c) {
                at += c.len_utf8();
            } else {
                break;
            }
        }
        Ok(at)
    }

    fn check(&self, from: usize, to: usize, set: Set, what: &'static str) -> Parsed<'a, ()> {
        let at = self.scan(from, to, set)?;
        if at < to { self.fail(Reason::Illegal(what), at) } else { Ok(()) }
    }

    fn parse(&mut self) -> Parsed<'a, ()> {
        let end = self.text.len();
        let colon = self.until(0, end, ":/?#");
        let mut at;
        if self.at(colon, ':') {
            if colon == 0 {
                return self.fail(Reason::Expected("scheme name"), 0);
            }
            if !self.text.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return self.fail(Reason::Illegal("scheme name"), 0);
            }
            self.check(0, colon, Set::Scheme, "scheme name")?;
            self.uri.scheme = Some(self.part(0, colon));
            at = colon + 1;
            if self.at(at, '/') {
                at = self.hierarchical(at, end)?;
            } else {
                let hash = self.until(at, end, "#");
                if hash <= at {
                    return self.fail(Reason::Expected("scheme-specific part"), at);
                }
                self.check(at, hash, Set::Uric, "opaque part")?;
                at = hash;
            }
        } else {
            at = self.hierarchical(0, end)?;
        }
        if self.at(at, '#') {
            self.check(at + 1, end, Set::Uric, "fragment")?;
            self.uri.fragment = Some(self.part(at + 1, end));
        }
        Ok(())
    }

    fn hierarchical(&mut self, from: usize, end: usize) -> Parsed<'a, usize> {
        let mut at = from;
        if self.at(at, '/') && self.at(at + 1, '/') {
            at += 2;
            let stop = self.until(at, end, "/?#");
            if stop > at {
                self.authority(at, stop)?;
                at = stop;
            } else if stop >= end {
                return self.fail(Reason::Expected("authority"), at);
            }
        }
        let stop = self.until(at, end, "?#");
        self.check(at, stop, Set::Path, "path")?;
        self.uri.path = Some(self.part(at, stop));
        at = stop;
        if self.at(at, '?') {
            let stop = self.until(at + 1, end, "#");
            self.check(at + 1, stop, Set::Uric, "query")?;
            self.uri.query = Some(self.part(at + 1, stop));
            at = stop;
        }
        Ok(at)
    }

    /// A host with user info and port, or else a "registry-based" authority, which has no host.
    fn authority(&mut self, from: usize, end: usize) -> Parsed<'a, ()> {
        let server = self.scan(from, end, Set::ServerPercent)? == end;
        let registry = self.scan(from, end, Set::RegName)? == end;
        if !server {
            return if registry { Ok(()) } else { self.fail(Reason::Illegal("authority"), from) };
        }
        let before = self.uri;
        match self.server(from, end) {
            Ok(()) => Ok(()),
            Err(error) => {
                self.uri = before;
                if registry { Ok(()) } else { Err(error) }
            }
        }
    }

    fn server(&mut self, from: usize, end: usize) -> Parsed<'a, ()> {
        let mut at = from;
        let ampersat = self.until(at, end, "@");
        if ampersat < end {
            self.check(at, ampersat, Set::UserInfo, "user info")?;
            self.uri.user_info = Some(self.part(at, ampersat));
            at = ampersat + 1;
        }
        let host_ends = if self.at(at, '[') && at < end {
            let close = self.until(at + 1, end, "]");
            if close <= at + 1 || close >= end {
                return self.fail(Reason::Expected("closing bracket for IPv6 address"), close);
            }
            self.ipv6(at + 1, close)?;
            close + 1
        } else {
            match self.ipv4(at, end) {
                Some(stop) => stop,
                None => self.hostname(at, end)?,
            }
        };
        self.uri.host = Some(self.part(at, host_ends));
        at = host_ends;
        if self.at(at, ':') && at < end {
            at += 1;
            if at < end {
                self.check(at, end, Set::Digit, "port number")?;
                match self.part(at, end).parse::<i32>() {
                    Ok(port) => self.uri.port = u32::try_from(port).ok(),
                    Err(_) => return self.fail(Reason::Malformed("port number"), at),
                }
                at = end;
            }
        }
        if at < end { self.fail(Reason::Expected("port number"), at) } else { Ok(()) }
    }

    /// Hexadecimal groups with colons, a dotted tail, and a scope. The JDK counts the groups too; a wrong count is left
    /// to the connection here.
    fn ipv6(&self, from: usize, end: usize) -> Parsed<'a, ()> {
        let scope = self.until(from, end, "%");
        let address = self.part(from, scope);
        if !address.contains(':') || !address.chars().all(|c| c.is_ascii_hexdigit() || ":.".contains(c)) {
            return self.fail(Reason::Malformed("IPv6 address"), from);
        }
        if scope < end { self.check(scope + 1, end, Set::Scope, "scope id") } else { Ok(()) }
    }

    /// Four bytes with dots, at the end or before a port.
    fn ipv4(&self, from: usize, end: usize) -> Option<usize> {
        let rest = self.part(from, end);
        let stop = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        if rest.get(stop..).is_some_and(|rest| !rest.is_empty() && !rest.starts_with(':')) {
            return None;
        }
        let mut bytes = 0;
        for byte in rest.get(..stop)?.split('.') {
            // `scanByte` reads the number however many zeros stand in front.
            if byte.is_empty() || !byte.parse::<u32>().is_ok_and(|byte| byte <= 255) {
                return None;
            }
            bytes += 1;
        }
        (bytes == 4).then_some(from + stop)
    }

    /// Labels of letters, digits and inner dashes; the last label begins with a letter, unless it is the only one.
    fn hostname(&self, from: usize, end: usize) -> Parsed<'a, usize> {
        let mut at = from;
        let mut label = None;
        while at < end {
            let stop = self.scan(at, end, Set::Alphanum)?;
            if stop <= at {
                break;
            }
            label = Some(at);
            let stop = self.scan(stop, end, Set::AlphanumDash)?;
            if self.part(at, stop).ends_with('-') {
                return self.fail(Reason::Illegal("hostname"), stop - 1);
            }
            at = stop;
            if at < end && self.at(at, '.') {
                at += 1;
            } else {
                break;
            }
        }
        if at < end && !self.at(at, ':') {
            return self.fail(Reason::Illegal("hostname"), at);
        }
        match label {
            None => self.fail(Reason::Expected("hostname"), from),
            Some(label)
                if label > from && self.part(label, end).starts_with(|c: char| c.is_ascii_digit()) =>
            {
                self.fail(Reason::Illegal("hostname"), label)
            }
            Some(_) => Ok(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn errors_read_as_the_jdks() {
        for (text, message) in [
            ("not a url", "Illegal character in path at index 3: not a url"),
            ("https://not a url", "Illegal character in authority at index 8: https://not a url"),
            (" http://h", "Illegal character in scheme name at index 0:  http://h"),
            ("http://", "Expected authority at index 7: http://"),
            ("http:", "Expected scheme-specific part at index 5: http:"),
            (":x", "Expected scheme name at index 0: :x"),
            ("http://h/a b", "Illegal character in path at index 10: http://h/a b"),
            ("http://h/%zz", "Malformed escape pair at index 9: http://h/%zz"),
            ("http://h/\u{1f600} x", "Illegal character in path at index 11: http://h/\u{1f600} x"),
        ] {
            assert_eq!(JavaUri::parse(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn an_authority_that_is_no_host_name_has_no_host() {
        for text in [
            "http://a_b",
            "http://h:x/",
            "http://1.2.3.4.5/",
            "http://-lead.example",
            "http://trail-.example",
            "http://sts..example",
            "http://\u{fc}nicode/",
            "http://sts.us%20west.example",
            "http:///x",
        ] {
            assert_eq!(JavaUri::parse(text).unwrap().host, None, "{text}");
        }
        for (text, host) in [
            ("http://h.", "h."),
            ("http://1.2.3.4:80/", "1.2.3.4"),
            ("http://[::1]:80/", "[::1]"),
            ("http://u:p@h/", "h"),
            ("http://sts.1.amazonaws.com", "sts.1.amazonaws.com"),
            ("http://h:/", "h"),
        ] {
            assert_eq!(JavaUri::parse(text).unwrap().host, Some(host), "{text}");
        }
    }

    #[test]
    fn a_text_without_slashes_behind_its_scheme_is_opaque() {
        let uri = JavaUri::parse("localhost:4566").unwrap();
        assert_eq!((uri.scheme, uri.host, uri.path), (Some("localhost"), None, None));
    }
}
