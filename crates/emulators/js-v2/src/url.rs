//! What the legacy URL parser of Node.js (`url.parse`) makes of an endpoint.

use alloc::format;
use alloc::string::String;
use sts_endpoint_core::punycode::lower_host;

/// An endpoint as it goes on the wire: `https://` is put in front of one that does not begin with `http`; the host ends at the
/// first character that is none of a host's, and the rest is the path, without a slash of its own.
pub(crate) fn on_the_wire(endpoint: &str) -> String {
    let with_scheme =
        if endpoint.starts_with("http") { String::from(endpoint) } else { format!("https://{endpoint}") };
    let (scheme, rest) = with_scheme.split_once("://").unwrap_or(("https", &with_scheme));
    let authority_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let rest = match rest[..authority_end].rfind('@') {
        Some(at) => &rest[at + 1..],
        None => rest,
    };
    let of_host = |c: char| c.is_ascii_alphanumeric() || ".+_-".contains(c) || !c.is_ascii();
    let host_end = rest.find(|c| !of_host(c)).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(host_end);
    let (port, rest) = match rest.strip_prefix(':') {
        Some(behind) => {
            let end = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
            (&behind[..end], &behind[end..])
        }
        None => ("", rest),
    };
    let port = if port.is_empty() || matches!((scheme, port), ("https", "443") | ("http", "80")) {
        String::new()
    } else {
        format!(":{port}")
    };
    let path = rest.split(['?', '#']).next().unwrap_or("");
    let mut escaped = String::new();
    for c in path.chars() {
        match c {
            '{' | '}' | '|' | '\\' | '^' | '`' | '<' | '>' | '"' | ' ' | '\r' | '\n' | '\t' | '\'' => {
                escaped.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => escaped.push(c),
        }
    }
    let path = if escaped.is_empty() { "/" } else { &escaped };
    format!("{scheme}://{}{port}{path}", lower_host(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_as_node_sends_them() {
        let cases = [
            ("http://localhost:4566", "http://localhost:4566/"),
            ("http://localhost:4566/base/path", "http://localhost:4566/base/path"),
            ("https://sts.bad region.amazonaws.com", "https://sts.bad%20region.amazonaws.com"),
            ("https://sts.evil.example#.amazonaws.com", "https://sts.evil.example/"),
            ("https://sts.us-west-2/evil.amazonaws.com", "https://sts.us-west-2/evil.amazonaws.com"),
            ("http://user:password@localhost:4566/base", "http://localhost:4566/base"),
            ("not a url", "https://not%20a%20url"),
            ("sts.bücher.example", "https://sts.xn--bcher-kva.example/"),
        ];
        for (endpoint, expected) in cases {
            assert_eq!(on_the_wire(endpoint), expected, "{endpoint}");
        }
    }
}
