//! What Go's `net/url` and HTTP transport make of a region inside a host, and of an endpoint override.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

/// A character that `net/url` refuses in a host (`url.shouldEscape` in mode encodeHost; `validEncoded`).
pub(crate) fn refused_in_host(text: &str) -> Option<char> {
    text.chars()
        .find(|c| matches!(c, ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') && c.is_ascii())
}

/// Whether `net/url` refuses a text for a control character.
pub(crate) fn has_control(text: &str) -> bool {
    text.chars().any(|c| c < ' ' || c == '\u{7f}')
}

/// A URL without scheme as it goes on the wire: the host ends at the first `/`, `?` or `#`, what stands in front of an `@` is
/// user information, a host that is not ASCII is punycode, and the operation's path `/` is put behind the path.
pub(crate) fn on_the_wire(host_and_more: &str) -> String {
    let end = host_and_more.find(['/', '?', '#']).unwrap_or(host_and_more.len());
    let (authority, rest) = host_and_more.split_at(end);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = if host.is_ascii() { Cow::Borrowed(host) } else { Cow::Owned(to_ascii(host)) };
    let path = if rest.starts_with('/') { rest.split(['?', '#']).next().unwrap_or("/") } else { "/" };
    let slash = if path.ends_with('/') { "" } else { "/" };
    format!("https://{host}{path}{slash}")
}

/// `idna.Lookup.ToASCII`: labels that are not ASCII in punycode.
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
    fn a_region_can_steer_the_host() {
        assert_eq!(
            on_the_wire("sts.us-west-2/evil.amazonaws.com"),
            "https://sts.us-west-2/evil.amazonaws.com"
        );
        assert_eq!(on_the_wire("sts.evil.example#.amazonaws.com"), "https://sts.evil.example/");
        assert_eq!(on_the_wire("sts.x@y.amazonaws.com"), "https://y.amazonaws.com/");
    }

    #[test]
    fn hosts_that_are_not_ascii_are_punycode() {
        assert_eq!(on_the_wire("sts.bücher.example"), "https://sts.xn--bcher-kva.example/");
    }
}
