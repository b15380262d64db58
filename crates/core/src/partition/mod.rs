//! Partitions: groups of regions with DNS suffixes of their own.
//!
//! The data is the published `partitions.json`. A region that no partition lists is matched by the partitions' patterns,
//! and falls to partition `aws` where none matches, as in the partition function of the endpoint rules.
//!
//! ```
//! use sts_endpoint_core::partition::Partition;
//!
//! assert_eq!(Partition::of("cn-north-1").dns_suffix, "amazonaws.com.cn");
//! assert_eq!(Partition::of("us-gov-mars-1").id, "aws-us-gov");
//! assert_eq!(Partition::of("nowhere").id, "aws");
//! ```

mod table;

use core::fmt;

/// A partition.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// Its name: `aws`, `aws-cn`.
    pub id: &'static str,
    /// The suffix of its hosts.
    pub dns_suffix: &'static str,
    /// The suffix of its dual-stack hosts.
    pub dual_stack_dns_suffix: &'static str,
    /// The region that stands for the whole partition.
    pub implicit_global_region: &'static str,
    /// Whether it has FIPS hosts.
    pub supports_fips: bool,
    /// Whether it has dual-stack hosts.
    pub supports_dual_stack: bool,
    /// What its region names begin with: the pattern `^(prefix)\-\w+\-\d+$`.
    pub prefixes: &'static [&'static str],
    /// The regions it lists, sorted, pseudo-regions such as `aws-global` included.
    pub regions: &'static [&'static str],
}

impl fmt::Debug for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Partition").field(&self.id).finish()
    }
}

impl Partition {
    /// Every partition of the newest data.
    pub fn all() -> &'static [Self] {
        &table::PARTITIONS
    }

    /// Partition `aws`, the commercial one.
    pub fn commercial() -> &'static Self {
        &table::PARTITIONS[0]
    }

    /// The partition with a name.
    pub fn named(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|partition| partition.id == id)
    }

    /// The partition of a region, by the newest data.
    ///
    /// The published function asks the lists first and the patterns then. No partition lists a region that fits another's
    /// pattern (a test holds that), so the patterns may come first: they cost less, and only pseudo-regions
    /// (`aws-global`) fit none. What nobody claims falls to `aws`, which therefore is not asked at all.
    pub fn of(region: &str) -> &'static Self {
        if surely_commercial(region) {
            return Self::commercial();
        }
        let others = || Self::all()[1..].iter();
        let matching =
            prefix(region).and_then(|prefix| others().find(|partition| partition.prefixes.contains(&prefix)));
        matching
            .or_else(|| others().find(|partition| partition.lists(region)))
            .unwrap_or_else(Self::commercial)
    }

    /// The first of some partitions that lists a region, else the first whose pattern matches it. SDKs with older data
    /// hand in the partitions they knew.
    pub fn find<'p>(partitions: impl Iterator<Item = &'p Self> + Clone, region: &str) -> Option<&'p Self> {
        partitions.clone().find(|partition| partition.lists(region)).or_else(|| {
            let mut partitions = partitions;
            partitions.find(|partition| partition.matches(region))
        })
    }

    /// Whether the partition lists a region by name.
    pub fn lists(&self, region: &str) -> bool {
        self.regions.binary_search(&region).is_ok()
    }

    /// Whether a region fits the partition's pattern, `^(prefix)\-\w+\-\d+$`.
    pub fn matches(&self, region: &str) -> bool {
        prefix(region).is_some_and(|prefix| self.prefixes.contains(&prefix))
    }
}

/// Whether a region begins like none that a partition other than `aws` lists or matches: true of nearly all that are asked
/// for, and cheap to see.
///
/// ```
/// use sts_endpoint_core::partition::surely_commercial;
///
/// assert!(surely_commercial("eu-west-1"));
/// assert!(!surely_commercial("eu-isoe-west-1") && !surely_commercial("aws-global"));
/// ```
#[inline]
pub fn surely_commercial(region: &str) -> bool {
    !matches!(
        region.as_bytes(),
        [b'a', b'w', b's', b'-', ..]
            | [b'c', b'n', b'-', ..]
            | [b'e', b'u', b's', b'c', b'-', ..]
            | [b'e', b'u', b'-', b'i', b's', b'o', ..]
            | [b'u', b's', b'-', b'i', b's', b'o', ..]
            | [b'u', b's', b'-', b'g', b'o', b'v', ..]
    )
}

/// What stands before `-{word}-{digits}`, with which the names of most regions end: what partitions go by.
///
/// ```
/// use sts_endpoint_core::partition::prefix;
///
/// assert_eq!(prefix("us-gov-west-1"), Some("us-gov"));
/// assert_eq!(prefix("aws-global"), None);
/// ```
pub fn prefix(region: &str) -> Option<&str> {
    let head = region.trim_end_matches(|c: char| c.is_ascii_digit());
    if head.len() == region.len() {
        return None;
    }
    // Neither word nor digits hold a hyphen, so there is one way to split.
    let head = head.strip_suffix('-')?;
    let hyphen = head.bytes().rposition(|b| b == b'-')?;
    let (prefix, word) = (&head[..hyphen], &head[hyphen + 1..]);
    // Beyond ASCII, `\w` knows letters too.
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    (!word.is_empty() && word.chars().all(is_word)).then_some(prefix)
}

/// Whether a region is one of the names that stand for FIPS in a region, `fips-us-east-1` or `us-east-1-fips`: SDKs look for
/// `fips-` or `-fips` anywhere in it.
///
/// ```
/// use sts_endpoint_core::partition::is_fips_pseudo_region;
///
/// assert!(is_fips_pseudo_region("fips-us-east-1") && !is_fips_pseudo_region("us-east-1"));
/// ```
pub fn is_fips_pseudo_region(region: &str) -> bool {
    // A search for five letters costs more than to see that there is no such letter, which few regions have.
    let may_be = region.bytes().any(|b| b == b'f');
    may_be && (region.contains("fips-") || region.contains("-fips"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_regions_belong_to_their_partition() {
        for partition in Partition::all() {
            for region in partition.regions {
                assert_eq!(Partition::of(region).id, partition.id, "{region}");
            }
        }
    }

    #[test]
    fn no_partition_lists_what_fits_the_pattern_of_another() {
        for partition in Partition::all() {
            for region in partition.regions {
                let matching = Partition::all().iter().find(|partition| partition.matches(region));
                assert_eq!(matching.unwrap_or(partition).id, partition.id, "{region}");
                assert!(matching.is_some() || region.ends_with("-global"), "{region}");
            }
        }
    }

    #[test]
    fn what_another_partition_claims_is_not_taken_for_commercial() {
        for partition in &Partition::all()[1..] {
            for region in partition.regions {
                assert!(!surely_commercial(region), "{region}");
            }
            for prefix in partition.prefixes {
                let region = alloc::format!("{prefix}-");
                assert!(!surely_commercial(&region), "{region}");
            }
        }
        assert!(surely_commercial("us-west-2") && surely_commercial("eu-west-1") && surely_commercial(""));
    }

    #[test]
    fn regions_are_sorted() {
        assert!(Partition::all().iter().all(|partition| partition.regions.is_sorted()));
    }

    #[test]
    fn unlisted_regions_follow_the_pattern_or_fall_to_aws() {
        for (region, id) in [
            ("us-mars-1", "aws"),
            ("cn-mars-1", "aws-cn"),
            ("us-iso-mars-1", "aws-iso"),
            ("us-isob-mars-1", "aws-iso-b"),
            ("eu-isoe-mars-1", "aws-iso-e"),
            ("eusc-de-mars-1", "aws-eusc"),
            ("mars-north-1", "aws"),
            ("cn-north-1a", "aws"),
            ("", "aws"),
            ("cn-mär-1", "aws-cn"),
            ("cn-märs", "aws"),
            ("cn-m–r-1", "aws"),
            ("cn--1", "aws"),
            ("cn-mars-", "aws"),
            ("cn-mars-1ä", "aws"),
        ] {
            assert_eq!(Partition::of(region).id, id, "{region}");
        }
    }
}
