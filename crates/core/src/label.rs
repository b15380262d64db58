//! Host labels: what stands between the dots of a host's name. Each SDK has rules of its own for them; what most agree on is
//! which letters they are made of.

/// For each byte whether it is a letter, a digit or a hyphen of ASCII.
static IN_LABELS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'-';
        byte += 1;
    }
    table
};

/// Whether a text is made of ASCII's letters, digits and hyphens alone; an empty one is.
///
/// ```
/// use sts_endpoint_core::label::has_label_letters_only;
///
/// assert!(has_label_letters_only("us-west-2") && !has_label_letters_only("us_west.2"));
/// ```
#[inline]
pub fn has_label_letters_only(text: &str) -> bool {
    // A table: every answer looks at the letters of a region, and most look twice.
    text.bytes().all(|byte| IN_LABELS[usize::from(byte)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_hyphens() {
        for byte in 0..=u8::MAX {
            let is = byte.is_ascii_alphanumeric() || byte == b'-';
            assert_eq!(IN_LABELS[usize::from(byte)], is, "{byte}");
        }
        assert!(
            has_label_letters_only("") && has_label_letters_only("-aZ09-") && !has_label_letters_only("ä")
        );
    }
}
