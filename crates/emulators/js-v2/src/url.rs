//! What the legacy URL parser of Node.js (`url.parse`) makes of an endpoint.

use alloc::format;
use alloc::string::String;

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
    format!("{scheme}://{}{port}{path}", to_ascii(host))
}

/// Labels that are not ASCII in punycode, all in lower case.
fn to_ascii(host: &str) -> String {
    let mut ascii = String::new();
    for (i, label) in host.split('.').enumerate() {
        if i > 0 {
            ascii.push('.');
        }
        if label.is_ascii() {
            ascii.push_str(&label.to_ascii_lowercase());
        } else {
            ascii.push_str("xn--");
            ascii.push_str(&punycode(&label.to_lowercase()));
        }
    }
    ascii
}

/// Punycode (RFC 3492).
fn punycode(label: &str) -> String {
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    let digit =
        |d: u32| char::from(if d < 26 { b'a' + d as u8 } else { b'0' + (d as u8).saturating_sub(26) });
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.chars().count() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (128u32, 0u32, 72u32, basic);
    let total = label.chars().count() as u32;
    while handled < total {
        let Some(next) = label.chars().map(u32::from).filter(|c| *c >= n).min() else { break };
        delta = delta.saturating_add((next - n).saturating_mul(handled + 1));
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.saturating_add(1);
            }
            if c != n {
                continue;
            }
            let mut q = delta;
            let mut k = BASE;
            loop {
                let t = if k <= bias {
                    T_MIN
                } else if k >= bias + T_MAX {
                    T_MAX
                } else {
                    k - bias
                };
                if q < t {
                    break;
                }
                out.push(digit(t + (q - t) % (BASE - t)));
                q = (q - t) / (BASE - t);
                k += BASE;
            }
            out.push(digit(q));
            let mut d = if handled == basic { delta / 700 } else { delta / 2 };
            d += d / (handled + 1);
            let mut k = 0;
            while d > ((BASE - T_MIN) * T_MAX) / 2 {
                d /= BASE - T_MIN;
                k += BASE;
            }
            bias = k + (BASE - T_MIN + 1) * d / (d + 38);
            delta = 0;
            handled += 1;
        }
        delta = delta.saturating_add(1);
        n += 1;
    }
    out
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
            ("not a url", "https://not%20a%20url"),
            ("sts.bücher.example", "https://sts.xn--bcher-kva.example/"),
        ];
        for (endpoint, expected) in cases {
            assert_eq!(on_the_wire(endpoint), expected, "{endpoint}");
        }
    }
}
