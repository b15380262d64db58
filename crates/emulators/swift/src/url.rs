//! What becomes of an endpoint's text: Foundation's `URLComponents` and `URL`, as smithy-swift
//! `Sources/SmithyHTTPAPI/Endpoint.swift` uses them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Why a text is no endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It does not parse.
    Url,
    /// It has no host.
    Host,
    /// Its port does not go into 16 bits, sign included: the process traps.
    Port,
}

/// What needs no percent sign anywhere: RFC 3986 unreserved characters and sub-delimiters.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=".contains(c)
}

/// Whether nothing happens to a region inside a host name on its way.
pub(crate) fn is_host_text(text: &str) -> bool {
    text.chars().all(is_plain)
}

/// Every character allowed, every percent sign followed by two digits.
fn is_well_formed(text: &str, others: &str) -> bool {
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let good = match c {
            '%' => rest.by_ref().take(2).filter(char::is_ascii_hexdigit).count() == 2,
            c => is_plain(c) || others.contains(c),
        };
        if !good {
            return false;
        }
    }
    true
}

fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(c) = rest.next() {
        let digit = |c: Option<u8>| char::from(c?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        if c != b'%' {
            bytes.push(c);
        } else if let (Some(high), Some(low)) = (digit(rest.next()), digit(rest.next())) {
            bytes.push(high * 16 + low);
        }
    }
    bytes
}

/// The URL on the wire. The query, the fragment and the user are lost, a slash at the path's end too.
pub(crate) fn on_the_wire(text: &str, wide_ports: bool) -> Result<String, Unusable> {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    if !is_well_formed(fragment, ":@/?") || !is_well_formed(query, ":@/?") {
        return Err(Unusable::Url);
    }
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest))
            if scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) =>
        {
            (scheme, rest)
        }
        Some((first, _)) if !first.contains('/') => return Err(Unusable::Url),
        _ => ("", text),
    };
    let Some(rest) = rest.strip_prefix("//") else {
        return Err(if is_well_formed(rest, ":@/") { Unusable::Host } else { Unusable::Url });
    };
    let (authority, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len())).unwrap_or((rest, ""));
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (host, port) = match host.rfind(']').map_or(0, |at| at + 1) {
        0 => host.split_once(':').unwrap_or((host, "")),
        end => {
            let (host, rest) = host.split_at_checked(end).unwrap_or((host, ""));
            (host, rest.strip_prefix(':').unwrap_or(rest))
        }
    };
    let in_brackets = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let sound_host = match in_brackets {
        Some(address) => {
            !address.is_empty() && address.chars().all(|c| c.is_ascii_hexdigit() || ":.".contains(c))
        }
        None => is_well_formed(host, ""),
    };
    if !sound_host || !is_well_formed(user, ":") || !is_well_formed(path, ":@/") {
        return Err(Unusable::Url);
    }
    let number = match port {
        "" => None,
        port if port.bytes().all(|c| c.is_ascii_digit()) => {
            Some(port.parse::<u16>().map_err(|_| Unusable::Port)?)
        }
        _ => return Err(Unusable::Url),
    };
    if number.is_some_and(|port| !wide_ports && i16::try_from(port).is_err()) {
        return Err(Unusable::Port);
    }
    if host.is_empty() {
        return Err(Unusable::Host);
    }
    // URIScheme knows two
    let scheme = if scheme == "http" { "http" } else { "https" };
    let mut url = format!("{scheme}://{host}");
    if let Some(port) = number {
        url += &format!(":{port}");
    }
    // URL.path is decoded and has no slash at its end; what goes out is encoded anew
    for c in decoded(path.trim_end_matches('/')) {
        let c_char = char::from(c);
        if c.is_ascii() && (is_plain(c_char) || ":@/".contains(c_char)) && c != b';' {
            url.push(c_char);
        } else {
            url += &format!("%{c:02X}");
        }
    }
    if path.trim_end_matches('/').is_empty() {
        url.push('/');
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(text: &str) -> Result<String, Unusable> {
        on_the_wire(text, true)
    }

    #[test]
    fn overrides_lose_query_and_user() {
        assert_eq!(wire("http://localhost:4566").as_deref(), Ok("http://localhost:4566/"));
        assert_eq!(wire("http://user:pass@h/base/?q=1#f").as_deref(), Ok("http://h/base"));
        assert_eq!(wire("http://h/a%20b%2Fc").as_deref(), Ok("http://h/a%20b/c"));
        assert_eq!(wire("ftp://[::1]:81/").as_deref(), Ok("https://[::1]:81/"));
    }

    #[test]
    fn what_is_no_url_is_refused() {
        assert_eq!(wire("localhost"), Err(Unusable::Host));
        assert_eq!(wire(""), Err(Unusable::Host));
        assert_eq!(wire("https://"), Err(Unusable::Host));
        assert_eq!(wire("https://sts.bad region.amazonaws.com"), Err(Unusable::Url));
        assert_eq!(wire("https://h:port/"), Err(Unusable::Url));
        for text in ["https://h/%zz", "https://h/?%zz", "https://h/#%zz", "1a:b"] {
            assert_eq!(wire(text), Err(Unusable::Url), "{text}");
        }
        // behind a slash a colon ends no scheme
        assert_eq!(wire("/a:b"), Err(Unusable::Host));
        assert_eq!(on_the_wire("https://h:40000/", false), Err(Unusable::Port));
    }
}
