//! Go's `net/url` and the part of `net/http` that writes a URL on the wire, which both Go SDKs share.
//!
//! What matters here: a region or an endpoint override is pasted into a URL, and this is what Go takes that URL for. A host
//! ends at the first `/`, `?` or `#`; what stands in front of an `@` is user information; a host that is not ASCII goes out
//! as punycode, label by label and without case folding; a path is kept as it was escaped where that was valid.
//!
//! Source: golang/go `src/net/url/url.go`, `src/net/http/{transport,request}.go`,
//! `src/vendor/golang.org/x/net/{http/httpguts,idna}` (go1.27).
//!
//! ```
//! use sts_endpoint_core::go_url::GoUrl;
//!
//! let url = GoUrl::parse("https://sts.us-west-2/evil.amazonaws.com")?;
//! assert_eq!((&*url.host, url.sent()), ("sts.us-west-2", Ok("https://sts.us-west-2/evil.amazonaws.com".into())));
//! let error = GoUrl::parse("https://sts.bad region.amazonaws.com").unwrap_err();
//! assert_eq!(error.to_string(), r#"parse "https://sts.bad region.amazonaws.com": invalid character " " in host name"#);
//! # Ok::<(), sts_endpoint_core::go_url::GoUrlError<'static>>(())
//! ```

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::net::Ipv6Addr;

/// A parsed URL (`url.URL`). The parts may be changed, as the SDKs do it before they send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoUrl<'a> {
    /// The scheme, in lower case; empty where there is none.
    pub scheme: Cow<'a, str>,
    /// What stands behind a scheme without slash: `localhost:4566` has scheme `localhost` and this.
    pub opaque: &'a str,
    /// What stands before the `@` of a host.
    pub user: Option<&'a str>,
    /// Host and port, decoded.
    pub host: Cow<'a, str>,
    /// The path, decoded.
    pub path: Cow<'a, [u8]>,
    /// The path as it was escaped, where that is not the usual way; else empty.
    pub raw_path: Cow<'a, str>,
    /// What stands behind the `?`.
    pub query: Option<&'a str>,
    /// What stands behind the `#`.
    pub fragment: &'a str,
    /// Scheme and path without a host: `http:/path`.
    pub omit_host: bool,
}

/// A text that Go takes for no URL (`url.Error` of operation `parse`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoUrlError<'a> {
    text: &'a str,
    reason: Reason<'a>,
}

impl<'a> GoUrlError<'a> {
    /// Whether a character of the host was refused (`url.InvalidHostError`).
    pub fn is_invalid_host(&self) -> bool {
        matches!(self.reason, Reason::Host(_))
    }

    /// Whether an escape was refused (`url.EscapeError`).
    pub fn is_invalid_escape(&self) -> bool {
        matches!(self.reason, Reason::Escape(_))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason<'a> {
    Control,
    NoScheme,
    ColonInFirstSegment,
    UserInfo,
    Escape(&'a [u8]),
    Host(u8),
    IpLiteral,
    NoBracket,
    Port(&'a str),
    Address(&'a str),
}

impl fmt::Display for GoUrlError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "parse {}: ", Quoted(self.text.as_bytes()))?;
        match self.reason {
            Reason::Control => f.write_str("net/url: invalid control character in URL"),
            Reason::NoScheme => f.write_str("missing protocol scheme"),
            Reason::ColonInFirstSegment => f.write_str("first path segment in URL cannot contain colon"),
            Reason::UserInfo => f.write_str("net/url: invalid userinfo"),
            Reason::Escape(escape) => write!(f, "invalid URL escape {}", Quoted(escape)),
            Reason::Host(byte) => write!(f, "invalid character {} in host name", Quoted(&[byte])),
            Reason::IpLiteral => f.write_str("invalid IP-literal"),
            Reason::NoBracket => f.write_str("missing ']' in host"),
            Reason::Port(port) => write!(f, "invalid port {} after host", Quoted(port.as_bytes())),
            Reason::Address(address) => {
                write!(f, "invalid host: ParseAddr({}): unable to parse IP", Quoted(address.as_bytes()))
            }
        }
    }
}

impl core::error::Error for GoUrlError<'_> {}

/// A URL that Go does not send (`net/http` `Transport.roundTrip`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// A scheme that is neither `http` nor `https`.
    Scheme(String),
    /// No host.
    NoHost,
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme(scheme) => write!(f, "unsupported protocol scheme {}", Quoted(scheme.as_bytes())),
            Self::NoHost => f.write_str("http: no Host in request URL"),
        }
    }
}

impl core::error::Error for Unsent {}

/// A text in Go's quotes (`strconv.Quote`).
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a>(pub &'a [u8]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for chunk in self.0.utf8_chunks() {
            for c in chunk.valid().chars() {
                match c {
                    '"' => f.write_str("\\\"")?,
                    '\\' => f.write_str("\\\\")?,
                    '\u{7}' => f.write_str("\\a")?,
                    '\u{8}' => f.write_str("\\b")?,
                    '\u{c}' => f.write_str("\\f")?,
                    '\n' => f.write_str("\\n")?,
                    '\r' => f.write_str("\\r")?,
                    '\t' => f.write_str("\\t")?,
                    '\u{b}' => f.write_str("\\v")?,
                    c if c < ' ' || c == '\u{7f}' => write!(f, "\\x{:02x}", u32::from(c))?,
                    c if !is_print(c) && c < '\u{10000}' => write!(f, "\\u{:04x}", u32::from(c))?,
                    c if !is_print(c) => write!(f, "\\U{:08x}", u32::from(c))?,
                    c => fmt::Write::write_char(f, c)?,
                }
            }
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02x}")?;
            }
        }
        f.write_str("\"")
    }
}

/// `strconv.IsPrint`, as far as the standard library tells: spaces other than U+0020 and what has no glyph do not print.
fn is_print(c: char) -> bool {
    c == ' ' || (!c.is_whitespace() && !c.is_control() && c.escape_debug().len() <= 2)
}

/// What a byte may stand in unescaped (`gen_encoding_table.go` `shouldEscape`).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Path,
    Host,
}

fn should_escape(c: u8, mode: Mode) -> bool {
    if c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.' | b'~') {
        return false;
    }
    match mode {
        Mode::Host => !b"!$&'()*+,;=:[]<>\"".contains(&c),
        Mode::Path => !b"$&+,/:;=@".contains(&c),
    }
}

fn unhex(c: u8) -> Option<u8> {
    char::from(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// User information and fragments are decoded as paths are: what else may stand in them is checked before, or not at all.
fn unescape(text: &str, mode: Mode) -> Result<Cow<'_, [u8]>, Reason<'_>> {
    let bytes = text.as_bytes();
    let mut decoded: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(&c) = bytes.get(at) {
        if c != b'%' {
            if mode == Mode::Host && c.is_ascii() && should_escape(c, mode) {
                return Err(Reason::Host(c));
            }
            if let Some(decoded) = &mut decoded {
                decoded.push(c);
            }
            at += 1;
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let pair = rest.get(..3).unwrap_or(rest);
        let (high, low) = (pair.get(1).and_then(|c| unhex(*c)), pair.get(2).and_then(|c| unhex(*c)));
        let (Some(high), Some(low)) = (high, low) else { return Err(Reason::Escape(pair)) };
        // In a host only what is not ASCII may be escaped.
        if mode == Mode::Host && high < 8 && pair != b"%25" {
            return Err(Reason::Escape(pair));
        }
        decoded.get_or_insert_with(|| bytes.get(..at).unwrap_or_default().into()).push(high << 4 | low);
        at += 3;
    }
    Ok(decoded.map_or(Cow::Borrowed(bytes), Cow::Owned))
}

fn escape_into(out: &mut String, bytes: &[u8], mode: Mode) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in bytes {
        if should_escape(byte, mode) {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(HEX.get(usize::from(digit)).map_or('0', |digit| char::from(*digit)));
            }
        } else {
            out.push(char::from(byte));
        }
    }
}

fn is_escaped_as_usual(decoded: &[u8], written: &str) -> bool {
    if !decoded.iter().any(|byte| should_escape(*byte, Mode::Path)) {
        return decoded == written.as_bytes();
    }
    let mut usual = String::new();
    escape_into(&mut usual, decoded, Mode::Path);
    usual == written
}

fn is_valid_port(port: &str) -> bool {
    port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

/// `getScheme`: `[a-zA-Z][a-zA-Z0-9+.-]*:` in front.
fn scheme_of(text: &str) -> Result<(&str, &str), Reason<'_>> {
    for (at, c) in text.char_indices() {
        match c {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return Err(Reason::NoScheme),
            ':' => return Ok(text.split_once(':').unwrap_or(("", text))),
            _ => break,
        }
    }
    Ok(("", text))
}

/// `parseHost`.
fn host_of<'a>(scheme: &str, host: &'a str) -> Result<Cow<'a, str>, Reason<'a>> {
    let lossy = |bytes: Cow<'a, [u8]>| match bytes {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    };
    match host.rfind('[') {
        Some(0) => {
            let end = host.rfind(']').ok_or(Reason::NoBracket)?;
            let port = host.get(end + 1..).unwrap_or_default();
            if !is_valid_port(port) {
                return Err(Reason::Port(port));
            }
            let address = host.get(1..end).unwrap_or_default();
            let (plain, zone) =
                address.split_once("%25").map_or((address, None), |(a, zone)| (a, Some(zone)));
            let plain_text = lossy(unescape(plain, Mode::Host)?);
            if plain_text.parse::<Ipv6Addr>().is_err() {
                return Err(if plain_text.parse::<core::net::Ipv4Addr>().is_ok() {
                    Reason::IpLiteral
                } else {
                    Reason::Address(plain)
                });
            }
            let mut whole = String::from("[") + &plain_text;
            if let Some(zone) = zone {
                whole = whole + "%" + zone;
            }
            return Ok(Cow::Owned(whole + "]" + port));
        }
        Some(_) => return Err(Reason::IpLiteral),
        None => {}
    }
    if let Some(first) = host.find(':') {
        let strict = matches!(scheme, "http" | "https");
        let at = if strict { first } else { host.rfind(':').unwrap_or(first) };
        let port = host.get(at..).unwrap_or_default();
        if !is_valid_port(port) {
            return Err(Reason::Port(port));
        }
    }
    Ok(lossy(unescape(host, Mode::Host)?))
}

impl<'a> GoUrl<'a> {
    /// `url.Parse`.
    ///
    /// # Errors
    ///
    /// Where Go takes the text for no URL.
    pub fn parse(text: &'a str) -> Result<Self, GoUrlError<'a>> {
        let (url, fragment) = cut(text, '#');
        let mut parsed = Self::without_fragment(url).map_err(|reason| GoUrlError { text: url, reason })?;
        if let Some(fragment) = fragment {
            unescape(fragment, Mode::Path).map_err(|reason| GoUrlError { text, reason })?;
            parsed.fragment = fragment;
        }
        Ok(parsed)
    }

    fn without_fragment(text: &'a str) -> Result<Self, Reason<'a>> {
        if text.bytes().any(|b| b < b' ' || b == 0x7f) {
            return Err(Reason::Control);
        }
        if text == "*" {
            return Ok(Self { path: Cow::Borrowed(b"*"), ..Self::default() });
        }
        let (scheme, rest) = scheme_of(text)?;
        let scheme = match scheme.bytes().any(|b| b.is_ascii_uppercase()) {
            true => Cow::Owned(scheme.to_ascii_lowercase()),
            false => Cow::Borrowed(scheme),
        };
        let (mut rest, query) = cut(rest, '?');
        let mut url = Self { scheme, query, ..Self::default() };
        if !rest.starts_with('/') {
            if !url.scheme.is_empty() {
                url.opaque = rest;
                return Ok(url);
            }
            if cut(rest, '/').0.contains(':') {
                return Err(Reason::ColonInFirstSegment);
            }
        }
        let has_authority = !url.scheme.is_empty() || !rest.starts_with("///");
        if let Some(behind) = rest.strip_prefix("//").filter(|_| has_authority) {
            let end = behind.find('/').unwrap_or(behind.len());
            let (authority, path) = behind.split_at_checked(end).unwrap_or((behind, ""));
            rest = path;
            let (user, host) =
                authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
            url.host = host_of(&url.scheme, host)?;
            if let Some(user) = user {
                let takes = |c: u8| c.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&c);
                if !user.bytes().all(takes) {
                    return Err(Reason::UserInfo);
                }
                unescape(user, Mode::Path)?;
            }
            url.user = user;
        } else if !url.scheme.is_empty() && rest.starts_with('/') {
            url.omit_host = true;
        }
        url.path = unescape(rest, Mode::Path)?;
        if !is_escaped_as_usual(&url.path, rest) {
            url.raw_path = Cow::Borrowed(rest);
        }
        Ok(url)
    }

    /// The path as it goes on the wire (`EscapedPath`).
    pub fn escaped_path(&self) -> Cow<'_, str> {
        let valid = |b: u8| b"!$&'()*+,;=:@[]%".contains(&b) || !should_escape(b, Mode::Path);
        if !self.raw_path.is_empty()
            && self.raw_path.bytes().all(valid)
            && unescape(&self.raw_path, Mode::Path).is_ok_and(|path| path == self.path)
        {
            return Cow::Borrowed(&self.raw_path);
        }
        match core::str::from_utf8(&self.path) {
            Ok(path) if path == "*" || !path.bytes().any(|b| should_escape(b, Mode::Path)) => {
                Cow::Borrowed(path)
            }
            _ => {
                let mut path = String::new();
                escape_into(&mut path, &self.path, Mode::Path);
                Cow::Owned(path)
            }
        }
    }

    /// Takes the port off the host where it is the scheme's own, as both SDKs do for the Host header
    /// (`SanitizeHostForHeader`).
    pub fn strip_default_port(&mut self) {
        let own = match &*self.scheme {
            "http" => ":80",
            "https" => ":443",
            _ => return,
        };
        let Some(bare) = self.host.strip_suffix(own).filter(|bare| !bare.is_empty()) else { return };
        let length = bare.len();
        match &mut self.host {
            Cow::Borrowed(host) => *host = host.get(..length).unwrap_or(host),
            Cow::Owned(host) => host.truncate(length),
        }
    }

    /// The URL as it goes on the wire: scheme, Host header, path.
    ///
    /// # Errors
    ///
    /// Where `net/http` does not send it.
    pub fn sent(&self) -> Result<String, Unsent> {
        if !matches!(&*self.scheme, "http" | "https") {
            return Err(Unsent::Scheme(self.scheme.clone().into_owned()));
        }
        if self.host.is_empty() {
            return Err(Unsent::NoHost);
        }
        let path = self.escaped_path();
        let mut wire = String::with_capacity(self.scheme.len() + 3 + self.host.len() + path.len());
        wire.push_str(&self.scheme);
        wire.push_str("://");
        push_host(&mut wire, &self.host);
        wire.push_str(if path.is_empty() { "/" } else { &path });
        Ok(wire)
    }
}

/// The Host header (`Request.write`): punycode; nothing where a byte may not stand in it; an IPv6 address without its zone.
fn push_host(wire: &mut String, host: &str) {
    let start = wire.len();
    if host.is_ascii() {
        wire.push_str(host);
    } else {
        let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
        for (i, label) in name.split('.').enumerate() {
            if i > 0 {
                wire.push('.');
            }
            if label.is_ascii() {
                wire.push_str(label);
            } else {
                crate::punycode::push_label(wire, label);
            }
        }
        if let Some(port) = port {
            wire.push(':');
            wire.push_str(port);
        }
    }
    let takes = |b: u8| b.is_ascii_alphanumeric() || b"!$%&()*+,-.:;=['~]_".contains(&b);
    if !wire.bytes().skip(start).all(takes) {
        wire.truncate(start);
        return;
    }
    if host.starts_with('[')
        && let (Some(zone), Some(end)) = (wire.rfind('%'), wire.rfind(']'))
        && zone < end
    {
        wire.replace_range(zone..end, "");
    }
}

/// The URL in messages (`URL.String`), its password hidden as `net/http` does it.
impl fmt::Display for GoUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.scheme.is_empty() {
            write!(f, "{}:", self.scheme)?;
        }
        if self.opaque.is_empty() {
            let omitted = self.omit_host && self.host.is_empty() && self.user.is_none();
            let any = !self.scheme.is_empty() || !self.host.is_empty() || self.user.is_some();
            if any && !omitted && (!self.host.is_empty() || !self.path.is_empty() || self.user.is_some()) {
                f.write_str("//")?;
                if let Some(user) = self.user {
                    match user.split_once(':') {
                        Some((name, _)) => write!(f, "{name}:***@")?,
                        None => write!(f, "{user}@")?,
                    }
                }
                let mut host = String::new();
                escape_into(&mut host, self.host.as_bytes(), Mode::Host);
                f.write_str(&host)?;
            }
            let path = self.escaped_path();
            if !path.is_empty() && !path.starts_with('/') && !self.host.is_empty() {
                f.write_str("/")?;
            }
            f.write_str(&path)?;
        } else {
            f.write_str(self.opaque)?;
        }
        if let Some(query) = self.query {
            write!(f, "?{query}")?;
        }
        if !self.fragment.is_empty() {
            write!(f, "#{}", self.fragment)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn sent(url: &str) -> String {
        GoUrl::parse(url).unwrap().sent().unwrap()
    }

    fn refused(url: &str) -> String {
        GoUrl::parse(url).unwrap_err().to_string()
    }

    #[test]
    fn a_region_can_steer_the_host() {
        assert_eq!(sent("https://sts.evil.example#.amazonaws.com"), "https://sts.evil.example/");
        assert_eq!(sent("https://sts.evil.example?.amazonaws.com"), "https://sts.evil.example/");
        assert_eq!(sent("https://sts.x@y.amazonaws.com"), "https://y.amazonaws.com/");
    }

    #[test]
    fn hosts_that_are_not_ascii_are_punycode_without_case_folding() {
        assert_eq!(sent("https://sts.bücher.example:1"), "https://sts.xn--bcher-kva.example:1/");
        assert_eq!(sent("https://Bücher.Example"), "https://xn--Bcher-kva.Example/");
        assert_eq!(sent("https://日本.example"), "https://xn--wgv71a.example/");
    }

    #[test]
    fn paths_keep_a_valid_escaping() {
        assert_eq!(sent("http://h/a(b/%41%2F"), "http://h/a(b/%41%2F");
        assert_eq!(sent("http://h/x y/ü"), "http://h/x%20y/%C3%BC");
    }

    #[test]
    fn refusals_read_as_gos() {
        assert_eq!(refused("http://a b"), r#"parse "http://a b": invalid character " " in host name"#);
        assert_eq!(refused("http://a\\b"), r#"parse "http://a\\b": invalid character "\\" in host name"#);
        assert_eq!(refused("http://h\n"), r#"parse "http://h\n": net/url: invalid control character in URL"#);
        assert_eq!(refused("http://%41"), r#"parse "http://%41": invalid URL escape "%41""#);
        assert_eq!(refused("http://a:b"), r#"parse "http://a:b": invalid port ":b" after host"#);
        assert_eq!(refused("1:2"), r#"parse "1:2": first path segment in URL cannot contain colon"#);
        assert_eq!(refused(":x"), r#"parse ":x": missing protocol scheme"#);
        assert_eq!(
            refused("http://[zz]"),
            r#"parse "http://[zz]": invalid host: ParseAddr("zz"): unable to parse IP"#
        );
        assert_eq!(refused("http://h/%é"), r#"parse "http://h/%é": invalid URL escape "%é""#);
    }

    #[test]
    fn what_is_not_sent_says_why() {
        let unsent = |url: &str| GoUrl::parse(url).unwrap().sent().unwrap_err().to_string();
        assert_eq!(unsent("ftp://x"), r#"unsupported protocol scheme "ftp""#);
        assert_eq!(unsent("not a url"), r#"unsupported protocol scheme """#);
        assert_eq!(unsent("http://"), "http: no Host in request URL");
        assert_eq!(sent("http://a<b"), "http:///");
    }

    #[test]
    fn messages_hide_passwords() {
        assert_eq!(GoUrl::parse("http://u:p@h/?x#y").unwrap().to_string(), "http://u:***@h/?x#y");
        assert_eq!(GoUrl::parse("not a url").unwrap().to_string(), "not%20a%20url");
    }

    #[test]
    fn a_schemes_own_port_is_taken_off() {
        let mut url = GoUrl::parse("HTTPS://h:443/x").unwrap();
        url.strip_default_port();
        assert_eq!(url.sent().unwrap(), "https://h/x");
    }
}
