//! What the URL parser of Node.js (WHATWG URL) makes of a URL.

use alloc::format;
use alloc::string::String;
use sts_endpoint_core::punycode::lower_host;

/// A URL as it goes on the wire: tabs and line ends dropped, the host in lower case and in punycode, the operation's path `/`
/// put behind the URL's own; `None`: "Invalid URL".
pub(crate) fn on_the_wire(url: &str) -> Option<String> {
    let url: String =
        url.trim_matches(|c| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let (scheme, rest) = url.split_once(':')?;
    let scheme_is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !scheme_is_one {
        return None;
    }
    let rest = rest.trim_start_matches(['/', '\\']);
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (host, port),
        Some(_) => return None,
        None => (authority, ""),
    };
    let forbidden = |c: char| c <= ' ' || c == '\u{7f}' || "#/:<>?@[\\]^|%".contains(c);
    if host.is_empty() || host.chars().any(forbidden) {
        return None;
    }
    let default_port = matches!((scheme, port), ("http", "80") | ("https", "443") | (_, ""));
    let port = if default_port { String::new() } else { format!(":{port}") };
    let path = path.split(['?', '#']).next().unwrap_or("");
    let slash = if path.ends_with('/') { "" } else { "/" };
    Some(format!("{}://{}{port}{path}{slash}", scheme.to_ascii_lowercase(), lower_host(host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_as_node_sends_them() {
        let cases = [
            ("http://localhost:4566", Some("http://localhost:4566/")),
            ("http://localhost:4566/base/path", Some("http://localhost:4566/base/path/")),
            ("https://STS.Example:443/", Some("https://sts.example/")),
            ("https://sts.bücher.example", Some("https://sts.xn--bcher-kva.example/")),
            ("https://sts.evil.example#.amazonaws.com", Some("https://sts.evil.example/")),
            ("https://sts.us-west-2\n.amazonaws.com", Some("https://sts.us-west-2.amazonaws.com/")),
            ("https://sts.bad region.amazonaws.com", None),
            ("not a url", None),
            ("localhost", None),
            ("ht_tp://h", None),
            ("1http://h", None),
            ("http://", None),
        ];
        for (url, expected) in cases {
            assert_eq!(on_the_wire(url).as_deref(), expected, "{url}");
        }
    }
}
