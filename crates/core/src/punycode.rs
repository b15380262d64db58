//! Host names that are not ASCII, as several SDKs put them on the wire.
//!
//! ```
//! let mut label = String::new();
//! sts_endpoint_core::punycode::push_label(&mut label, "bücher");
//! assert_eq!(label, "xn--bcher-kva");
//! ```

use alloc::string::String;

/// Appends `xn--` and the punycode (RFC 3492) of a label, which is not folded.
pub fn push_label(out: &mut String, label: &str) {
    out.push_str("xn--");
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    let digit = |d: u32| char::from(u8::try_from(if d < 26 { 97 + d } else { 22 + d }).unwrap_or(b'?'));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    out.extend(label.chars().filter(char::is_ascii));
    let basic = count(label.chars().filter(char::is_ascii).count());
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (128u32, 0u32, 72u32, basic);
    let total = count(label.chars().count());
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
                let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
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
}

/// A host with its labels in lower case, and in punycode where they are not ASCII (what Node.js does, both of its parsers).
///
/// ```
/// assert_eq!(sts_endpoint_core::punycode::lower_host("STS.Bücher.example"), "sts.xn--bcher-kva.example");
/// ```
pub fn lower_host(host: &str) -> String {
    let mut ascii = String::new();
    for (i, label) in host.split('.').enumerate() {
        if i > 0 {
            ascii.push('.');
        }
        if label.is_ascii() {
            ascii.push_str(&label.to_ascii_lowercase());
        } else {
            push_label(&mut ascii, &label.to_lowercase());
        }
    }
    ascii
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_encoded_as_rfc_3492_says() {
        for (label, encoded) in [
            ("bücher", "xn--bcher-kva"),
            ("ü", "xn--tda"),
            ("例え", "xn--r8jz45g"),
            // The bias is adapted to a delta that is just no more than 455 (RFC 3492, 6.1).
            ("abäƚб", "xn--ab-wia24ep4h"),
        ] {
            let mut out = String::new();
            push_label(&mut out, label);
            assert_eq!(out, encoded, "{label}");
        }
    }
}
