//! Releases, editions, and the identifiers of policies.

use crate::Sdk;
use core::fmt;
use core::str::FromStr;

/// One published version of an SDK: one to four numbers, `1.40.0` or `3.7.402.46`.
///
/// Missing numbers count as zero when releases are compared, and the spelling is kept for display.
///
/// ```
/// use sts_endpoint_core::Release;
///
/// let release: Release = "1.40.0".parse()?;
/// assert!(release > Release::new(&[1, 39, 17]));
/// assert_eq!(release.to_string(), "1.40.0");
/// # Ok::<(), sts_endpoint_core::release::InvalidRelease>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Release {
    numbers: [u32; 4],
    written: u8,
}

impl Release {
    /// A release from its numbers; numbers past the fourth are dropped.
    pub const fn new(numbers: &[u32]) -> Self {
        let mut release = Self { numbers: [0; 4], written: 0 };
        let mut i = 0;
        while i < numbers.len() && i < 4 {
            release.numbers[i] = numbers[i];
            i += 1;
        }
        release.written = i as u8;
        release
    }

    /// The numbers, missing ones as zero.
    pub const fn numbers(self) -> [u32; 4] {
        self.numbers
    }

    /// The first number.
    pub const fn major(self) -> u32 {
        self.numbers[0]
    }
}

impl PartialEq for Release {
    fn eq(&self, other: &Self) -> bool {
        self.numbers == other.numbers
    }
}

impl Eq for Release {}

impl PartialOrd for Release {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Release {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.numbers.cmp(&other.numbers)
    }
}

impl core::hash::Hash for Release {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.numbers.hash(state);
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, number) in self.numbers.iter().take(usize::from(self.written)).enumerate() {
            if i > 0 {
                f.write_str(".")?;
            }
            write!(f, "{number}")?;
        }
        Ok(())
    }
}

/// Text that is not a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidRelease;

impl fmt::Display for InvalidRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a release; expected numbers such as 1.40.0")
    }
}

impl core::error::Error for InvalidRelease {}

impl FromStr for Release {
    type Err = InvalidRelease;

    /// Reads one to four numbers joined by dots. A pre-release mark (`0.21.3-beta`) is read over: no SDK of the table
    /// is known to change its endpoint between a pre-release and the release of the same number.
    fn from_str(text: &str) -> Result<Self, InvalidRelease> {
        let text = text.split_once(['-', '+']).map_or(text, |(numbers, _)| numbers);
        let mut release = Self { numbers: [0; 4], written: 0 };
        for part in text.split('.') {
            let slot = release.numbers.get_mut(usize::from(release.written)).ok_or(InvalidRelease)?;
            // No part begins with the sign that `parse` would take: the text was cut there.
            *slot = part.parse().map_err(|_| InvalidRelease)?;
            release.written += 1;
        }
        Ok(release)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Release {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Release {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = alloc::string::String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One dated version of AWS's documented table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "strum", derive(strum::EnumIter))]
#[non_exhaustive]
pub enum Edition {
    /// The edition in which `legacy` is the default value of the setting (February 2024 to July 2025).
    Docs2024,
    /// The edition in which `regional` is the default value, exceptions in the table (since August 2025).
    Docs2025,
}

impl Edition {
    /// Every edition, oldest first.
    pub const ALL: [Self; 2] = [Self::Docs2024, Self::Docs2025];
    /// The newest edition: what `@docs` means.
    pub const NEWEST: Self = Self::Docs2025;

    /// `docs-2024` or `docs-2025`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Docs2024 => "docs-2024",
            Self::Docs2025 => "docs-2025",
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What stands behind the `@` of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// An edition of the documented table. The table of 2025 has two rows for some products (.NET 3.x and 4.x, Tools
    /// for PowerShell V4 and V5): `row` names the one meant, by the product's major number, where it is not the newest.
    Edition {
        /// The edition.
        edition: Edition,
        /// The major number of the row, where the edition has more than one row for the SDK.
        row: Option<u32>,
    },
    /// A published release.
    Release(Release),
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Edition { edition, row: None } => edition.fmt(f),
            Self::Edition { edition, row: Some(row) } => write!(f, "{edition}/{row}"),
            Self::Release(release) => release.fmt(f),
        }
    }
}

/// Identifies a policy: an SDK at one release or in one edition. Written `boto3@1.40.0` or `boto3@docs-2024`; an
/// edition that has two rows for a product names the older one `dotnet@docs-2025/3`.
///
/// ```
/// use sts_endpoint_core::{Edition, PolicyId, Release, Sdk};
///
/// assert_eq!(PolicyId::release(Sdk::Boto3, Release::new(&[1, 40, 0])).to_string(), "boto3@1.40.0");
/// assert_eq!(PolicyId::edition(Sdk::Boto3, Edition::Docs2024).to_string(), "boto3@docs-2024");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId {
    /// The SDK.
    pub sdk: Sdk,
    /// Its release, or the edition of the table.
    pub version: Version,
}

impl PolicyId {
    /// An SDK at a release.
    pub const fn release(sdk: Sdk, release: Release) -> Self {
        Self { sdk, version: Version::Release(release) }
    }

    /// An SDK as an edition of the table has it (its newest row there).
    pub const fn edition(sdk: Sdk, edition: Edition) -> Self {
        Self { sdk, version: Version::Edition { edition, row: None } }
    }
}

impl fmt::Display for PolicyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.sdk, self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn releases_compare_by_number_and_keep_their_spelling() {
        let parse = |text: &str| text.parse::<Release>().unwrap();
        assert!(parse("1.9.253") < parse("1.10.1"));
        assert!(parse("3.7.300.0") > parse("3.7.299"));
        assert_eq!(parse("1.40"), parse("1.40.0"));
        assert_eq!(parse("1.40").to_string(), "1.40");
        assert_eq!(parse("0.21.3-beta"), parse("0.21.3"));
    }

    #[test]
    fn numbers_that_are_not_there_are_zero() {
        let release = Release::new(&[3, 713]);
        assert_eq!(release.numbers(), [3, 713, 0, 0]);
        assert_eq!(release.major(), 3);
    }

    #[test]
    fn text_that_is_no_release_is_refused() {
        for text in ["", "1.", ".1", "1..2", "v1.2", "1.2.3.4.5", "1.+2", "99999999999"] {
            assert_eq!(text.parse::<Release>(), Err(InvalidRelease), "{text}");
        }
    }
}
