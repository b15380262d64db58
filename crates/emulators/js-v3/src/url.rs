//! What the URL parser of Node.js (WHATWG URL) makes of a URL.

use alloc::format;
use alloc::string::String;

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
    Some(format!("{}://{}{port}{path}{slash}", scheme.to_ascii_lowercase(), to_ascii(host)))
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
            ("http://", None),
        ];
        for (url, expected) in cases {
            assert_eq!(on_the_wire(url).as_deref(), expected, "{url}");
        }
    }
}
