//! What the bundled `endpoints.json` says of STS, release by release.
//!
//! Source: `com/amazonaws/partitions/endpoints.json` in the jars of aws-java-sdk-core 1.11.238, 1.11.271, 1.11.613,
//! 1.11.835, 1.11.901, 1.12.262 and 1.12.705, and the classes `PartitionMetadataProvider`, `Partition.hasRegion` and
//! `PartitionRegionImpl.computeEndpoint`.

use sts_endpoint_core::{Endpoint, Partition, partition};

/// A refresh of the data, named after the first release seen with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is a release")]
pub enum Refresh {
    R1_11_238,
    R1_11_271,
    R1_11_613,
    R1_11_835,
    R1_12_262,
    R1_12_705,
}

use Refresh::{R1_11_238, R1_11_271, R1_11_613, R1_11_835, R1_12_262, R1_12_705};

/// The regions that partition `aws` lists for STS, and since when.
const LISTED: [(&str, Refresh); 29] = [
    ("ap-northeast-1", R1_11_238),
    ("ap-northeast-2", R1_11_238),
    ("ap-south-1", R1_11_238),
    ("ap-southeast-1", R1_11_238),
    ("ap-southeast-2", R1_11_238),
    ("ca-central-1", R1_11_238),
    ("eu-central-1", R1_11_238),
    ("eu-west-1", R1_11_238),
    ("eu-west-2", R1_11_238),
    ("sa-east-1", R1_11_238),
    ("us-east-1", R1_11_238),
    ("us-east-2", R1_11_238),
    ("us-west-1", R1_11_238),
    ("us-west-2", R1_11_238),
    ("eu-west-3", R1_11_271),
    ("ap-east-1", R1_11_613),
    ("eu-north-1", R1_11_613),
    ("me-south-1", R1_11_613),
    ("af-south-1", R1_11_835),
    ("eu-south-1", R1_11_835),
    ("ap-northeast-3", R1_12_262),
    ("ap-southeast-3", R1_12_262),
    ("ap-south-2", R1_12_705),
    ("ap-southeast-4", R1_12_705),
    ("ca-west-1", R1_12_705),
    ("eu-central-2", R1_12_705),
    ("eu-south-2", R1_12_705),
    ("il-central-1", R1_12_705),
    ("me-central-1", R1_12_705),
];

/// Those of them that had a host of their own while the data's default was the global one.
const OWN_HOST: [&str; 3] = ["ap-northeast-2", "ap-east-1", "me-south-1"];

/// Pseudo-regions that STS lists with a FIPS host, the region they stand for, and since when.
const FIPS: [(&str, &str, Refresh); 6] = [
    ("us-east-1-fips", "us-east-1", R1_11_238),
    ("us-east-2-fips", "us-east-2", R1_11_238),
    ("us-west-1-fips", "us-west-1", R1_11_238),
    ("us-west-2-fips", "us-west-2", R1_11_238),
    ("us-gov-east-1-fips", "us-gov-east-1", R1_11_835),
    ("us-gov-west-1-fips", "us-gov-west-1", R1_11_835),
];

/// Names that some service of a partition lists as an endpoint: each is a region of that partition to the SDK, though no
/// pattern matches it. Of two entries for a name the first that the data has counts. Left out are names with dots and
/// prefixes of single services (`rds.us-gov-west-1`, `dkr-us-gov-west-1`), and names listed in partition `aws`, where an
/// unknown name ends too.
const PSEUDO: [(&str, &str, Refresh); 31] = [
    ("fips", "aws-iso-b", R1_12_705),
    ("fips", "aws-us-gov", R1_11_613),
    ("dms", "aws-iso", R1_12_262),
    ("dms-fips", "aws-iso", R1_11_835),
    ("ProdFips", "aws-iso", R1_11_835),
    ("aws-global", "aws", R1_11_238),
    ("local", "aws", R1_11_238),
    ("s3-external-1", "aws", R1_11_238),
    ("sandbox", "aws", R1_11_238),
    ("us-east-1-fips", "aws", R1_11_238),
    ("us-east-2-fips", "aws", R1_11_238),
    ("us-west-1-fips", "aws", R1_11_238),
    ("us-west-2-fips", "aws", R1_11_238),
    ("aws-cn-global", "aws-cn", R1_11_238),
    ("fips-cn-north-1", "aws-cn", R1_11_835),
    ("fips-cn-northwest-1", "aws-cn", R1_11_835),
    ("aws-us-gov-global", "aws-us-gov", R1_11_238),
    ("fips-us-gov-west-1", "aws-us-gov", R1_11_238),
    ("us-gov-west-1-fips", "aws-us-gov", R1_11_238),
    ("us-gov-east-1-fips", "aws-us-gov", R1_11_613),
    ("fips-us-gov-east-1", "aws-us-gov", R1_11_835),
    ("fips-aws-us-gov-global", "aws-us-gov", R1_11_835),
    ("aws-us-gov-global-fips", "aws-us-gov", R1_12_262),
    ("aws-iso-global", "aws-iso", R1_11_835),
    ("fips-us-iso-east-1", "aws-iso", R1_12_262),
    ("us-iso-east-1-fips", "aws-iso", R1_12_262),
    ("us-iso-west-1-fips", "aws-iso", R1_12_262),
    ("fips-us-iso-west-1", "aws-iso", R1_12_705),
    ("aws-iso-b-global", "aws-iso-b", R1_11_835),
    ("fips-us-isob-east-1", "aws-iso-b", R1_12_262),
    ("us-isob-east-1-fips", "aws-iso-b", R1_12_262),
];

/// The data of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data {
    /// Which regions and partitions it knows.
    pub refresh: Refresh,
    /// Whether a listed region has a host of its own; before, the default host was the global one.
    pub regional: bool,
    /// Whether a name that no partition knows is a region of `aws` all the same; before, it is no region.
    pub unknown_is_commercial: bool,
}

impl Data {
    /// `RegionUtils.getRegion`: the partition of a region, or `None` where the name is no region.
    pub(crate) fn partition_of(&self, region: &str) -> Option<&'static Partition> {
        if let Some((_, id, _)) =
            PSEUDO.iter().find(|(name, _, since)| *name == region && *since <= self.refresh)
        {
            return Partition::named(id);
        }
        let known = |partition: &Partition| match partition.id {
            "aws-cn" | "aws-us-gov" => true,
            "aws-iso" | "aws-iso-b" => self.refresh >= R1_11_835,
            "aws-iso-e" | "aws-iso-f" => self.refresh >= R1_12_705,
            _ => false,
        };
        let begins_with = |prefixes: &[&str]| {
            region.is_ascii() && partition::prefix(region).is_some_and(|prefix| prefixes.contains(&prefix))
        };
        if !partition::surely_commercial(region) {
            let mut others = Partition::all().iter().filter(|partition| known(partition));
            let matching = others.find(|partition| begins_with(partition.prefixes));
            if matching.is_some() {
                return matching;
            }
        }
        // `^(us|eu|ap|sa|ca)\-\w+\-\d+$` while unknown names were refused; later patterns make no difference.
        let commercial = self.unknown_is_commercial || begins_with(&["us", "eu", "ap", "sa", "ca"]);
        commercial.then(Partition::commercial)
    }

    /// `PartitionRegionImpl.getServiceEndpoint("sts")`, and the signing region that the signer reads out of the host.
    ///
    /// A region of `aws` that the data does not list for STS gets the partition's endpoint, which is the global one.
    pub(crate) fn endpoint<'r>(&self, partition: &Partition, region: &'r str) -> (Endpoint<'r>, &'r str) {
        if let Some((_, plain, _)) =
            FIPS.iter().find(|(name, _, since)| *name == region && *since <= self.refresh)
        {
            let endpoint = if plain.starts_with("us-gov-") {
                Endpoint::regional(plain, "amazonaws.com")
            } else {
                Endpoint::fips(plain, "amazonaws.com")
            };
            return (endpoint, plain);
        }
        if partition.id == "aws" {
            let listed = LISTED.iter().any(|(name, since)| *name == region && *since <= self.refresh);
            if !listed || !(self.regional || OWN_HOST.contains(&region)) {
                return (Endpoint::Global, "us-east-1");
            }
        }
        (Endpoint::regional(region, partition.dns_suffix), region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn of(refresh: Refresh, regional: bool, region: &str) -> Option<alloc::string::String> {
        let data = Data { refresh, regional, unknown_is_commercial: refresh >= R1_11_613 };
        Some(data.endpoint(data.partition_of(region)?, region).0.to_string())
    }

    #[test]
    fn regions_younger_than_the_data_are_global() {
        assert_eq!(of(R1_12_262, true, "il-central-1").as_deref(), Some("https://sts.amazonaws.com/"));
        assert_eq!(
            of(R1_12_705, true, "il-central-1").as_deref(),
            Some("https://sts.il-central-1.amazonaws.com/")
        );
        assert_eq!(
            of(R1_11_238, false, "ap-northeast-2").as_deref(),
            Some("https://sts.ap-northeast-2.amazonaws.com/")
        );
        assert_eq!(of(R1_11_238, false, "us-west-2").as_deref(), Some("https://sts.amazonaws.com/"));
    }

    #[test]
    fn unknown_names_are_no_regions_at_first() {
        assert_eq!(of(R1_11_238, false, "mars-north-1"), None);
        assert_eq!(of(R1_11_238, false, "us-mars-1").as_deref(), Some("https://sts.amazonaws.com/"));
        assert_eq!(of(R1_11_613, false, "").as_deref(), Some("https://sts.amazonaws.com/"));
        assert_eq!(of(R1_12_705, true, "cn-\u{fc}-1").as_deref(), Some("https://sts.amazonaws.com/"));
    }
}
