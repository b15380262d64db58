//! Region names: which pass, how they are folded, and the partition they belong to.
//!
//! Sources: aws/aws-sdk-net `Core/RegionEndpoint/RegionEndpoint.cs`, `RegionEndpointProviderV3.cs`.

use crate::{Dotnet, Hosts, RegionNames};
use alloc::borrow::Cow;
use alloc::format;
use sts_endpoint_core::partition::is_fips_pseudo_region;
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Failure, FailureCategory, Partition, Sourced};

/// The fifteen regions of `AmazonSecurityTokenServiceConfig.legacyGlobalRegions`.
const LEGACY_GLOBAL: [&str; 15] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "sa-east-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "eu-central-1",
    "ca-central-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-south-1",
    "ap-northeast-1",
];

/// A region as the SDK goes on with it: `RegionEndpoint.SystemName`.
#[derive(Clone, Debug)]
pub(crate) struct Region<'a> {
    /// Its name.
    pub(crate) name: Cow<'a, str>,
    /// What was found, and where.
    pub(crate) found: Sourced<'a>,
    /// It was a pseudo-region such as `us-west-2-fips`: FIPS is on.
    pub(crate) implies_fips: bool,
}

impl<'a> Region<'a> {
    /// `RegionEndpoint.GetBySystemName` and the setter of `ClientConfig.RegionEndpoint`.
    pub(crate) fn named(found: Sourced<'a>, dotnet: &Dotnet) -> Result<Self, Failure<'a>> {
        if dotnet.region_names == RegionNames::Label && !is_acceptable(found.text, dotnet) {
            return Err(refused_label());
        }
        let name = system_name(found.text, dotnet);
        // "legacy support for initial pseudo regions", Core 3.7.9.2
        let implies_fips = dotnet.hosts.knows_variants() && is_fips_pseudo_region(name);
        let name = if implies_fips { without_fips(name, dotnet) } else { Cow::Borrowed(name) };
        if dotnet.region_names == RegionNames::HostName && !is_host_name(&name) {
            return Err(refused_host_name(&name));
        }
        if implies_fips && dotnet.region_names == RegionNames::Label && !is_acceptable(&name, dotnet) {
            return Err(refused_label());
        }
        Ok(Self { name, found, implies_fips })
    }

    /// Whether `legacy` means the global endpoint by the list.
    pub(crate) fn is_on_the_list(&self) -> bool {
        LEGACY_GLOBAL.contains(&&*self.name)
    }
}

/// Recorded from 3.7.2.7 to 3.7.402.46.
fn refused_label<'a>() -> Failure<'a> {
    Failure::new(FailureCategory::InvalidRegion, "ArgumentException", "Invalid region endpoint provided")
}

/// Recorded at 4.0.3.3.
fn refused_host_name<'a>(name: &str) -> Failure<'a> {
    Failure::new(
        FailureCategory::InvalidRegion,
        "AmazonClientException",
        format!("The specified '{name}' region is not a valid hostname component."),
    )
}

/// `value.SystemName.Replace("fips-", "").Replace("-fips", "")`, then the name is looked up again.
fn without_fips<'a>(name: &'a str, dotnet: &Dotnet) -> Cow<'a, str> {
    let stripped = name.strip_prefix("fips-").or_else(|| name.strip_suffix("-fips"));
    match stripped.filter(|rest| !is_fips_pseudo_region(rest)) {
        Some(rest) => Cow::Borrowed(system_name(rest, dotnet)),
        None => {
            let rest = name.replace("fips-", "").replace("-fips", "");
            match known(&rest, dotnet) {
                Some(name) => Cow::Borrowed(name),
                None => Cow::Owned(rest),
            }
        }
    }
}

/// `string.ToLowerInvariant`.
pub(crate) fn lower_case(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.chars().any(char::is_uppercase) { Cow::Owned(text.to_lowercase()) } else { text }
}

/// The names that are known are found without case; others are taken as they are.
fn system_name<'a>(text: &'a str, dotnet: &Dotnet) -> &'a str {
    known(text, dotnet).unwrap_or(text)
}

/// A region of the SDK's constants (`RegionEndpoint._hashBySystemName`), found without case.
fn known(text: &str, dotnet: &Dotnet) -> Option<&'static str> {
    let is_known = |partition: &Partition| {
        !matches!(partition.id, "aws-iso" | "aws-iso-b" | "aws-iso-e" | "aws-iso-f") || dotnet.data.folds_iso
    };
    let is_constant = |region: &&&'static str| !region.ends_with("-global");
    if !text.bytes().any(|b| b.is_ascii_uppercase()) {
        // as it stands in its partition, or nowhere
        let partition = Some(Partition::of(text)).filter(|partition| is_known(partition))?;
        let at = partition.regions.binary_search(&text).ok()?;
        return partition.regions.get(at).filter(is_constant).copied();
    }
    let mut regions = Partition::all().iter().filter(|known| is_known(known)).flat_map(|known| known.regions);
    regions.find(|region| is_constant(region) && region.eq_ignore_ascii_case(text)).copied()
}

/// Whether 3.7 takes a text for a region: a partition's pattern, or
/// `^[a-zA-Z0-9]([a-zA-Z0-9\-]*[a-zA-Z0-9])?$` (whose `$` allows a last line feed).
pub(crate) fn is_acceptable(text: &str, dotnet: &Dotnet) -> bool {
    let label = text.strip_suffix('\n').unwrap_or(text).as_bytes();
    let inner = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    let (Some(first), Some(last)) = (label.first(), label.last()) else { return false };
    let is_label = first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() && label.iter().all(inner);
    is_label
        || known(text, dotnet).is_some()
        || Partition::all().iter().any(|partition| partition.matches(text))
}

/// Whether 4.0.3.3 takes a text for a host name: labels of 1 to 63 letters, digits and inner hyphens. Blank texts are not
/// looked at.
fn is_host_name(text: &str) -> bool {
    if text.trim().is_empty() {
        return true;
    }
    text.split('.').all(|label| {
        let length: usize = label.chars().map(char::len_utf16).sum();
        (1..=63).contains(&length)
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    })
}

/// How old the release's data is, where a region is looked for in it.
pub(crate) fn vintage(name: &str, dotnet: &Dotnet) -> Vintage {
    let mut vintage = dotnet.data.vintage;
    if !dotnet.data.iso_e_f_global {
        vintage.iso_e &= name != "aws-iso-e-global";
        vintage.iso_f &= name != "aws-iso-f-global";
    }
    vintage
}

/// The partition of a region in the release's data.
pub(crate) fn partition(name: &str, dotnet: &Dotnet) -> &'static Partition {
    let known = vintage(name, dotnet).partition_of(name);
    // endpoints.json: `{partition}-global`, without case
    let by_global_name = || {
        Partition::all().iter().find(|partition| {
            name.split_at_checked(partition.id.len()).is_some_and(|(id, rest)| {
                id.eq_ignore_ascii_case(partition.id) && rest.eq_ignore_ascii_case("-global")
            })
        })
    };
    // names that some service of the partition lists, though no pattern knows them
    let listed = match name {
        "fips-cn-north-1" | "fips-cn-northwest-1" if dotnet.data.fips_names => Partition::named("aws-cn"),
        "fips-us-iso-east-1" if dotnet.data.folds_iso => Partition::named("aws-iso"),
        _ => None,
    };
    let found = match dotnet.hosts {
        Hosts::FirstRules | Hosts::Rules => known,
        Hosts::Data { .. } if listed.is_some() => listed.unwrap_or(known),
        Hosts::Data { .. } | Hosts::Variants => by_global_name()
            .filter(|partition| {
                matches!(partition.id, "aws" | "aws-cn" | "aws-us-gov" | "aws-iso" | "aws-iso-b")
            })
            .unwrap_or(known),
    };
    let unknown_iso = matches!(found.id, "aws-iso" | "aws-iso-b") && !dotnet.data.iso;
    if unknown_iso { Partition::commercial() } else { found }
}

/// A pseudo-region of `endpoints.json` that stands for a FIPS host: the leading labels of the host and the region.
pub(crate) fn listed_fips(name: &str, dotnet: &Dotnet) -> Option<(&'static str, &'static str)> {
    let plain = name.strip_suffix("-fips")?;
    let commercial = ["us-east-1", "us-east-2", "us-west-1", "us-west-2"];
    let gov = ["us-gov-east-1", "us-gov-west-1"];
    let of = |names: &[&'static str]| names.iter().find(|known| **known == plain).copied();
    of(&commercial)
        .map(|region| ("sts-fips", region))
        .or_else(|| of(&gov).filter(|_| dotnet.data.fips_names).map(|region| ("sts", region)))
}

/// Regions whose STS host stands in the data of 3.3.103 up to 3.3.103.53 in so many words; other listed commercial
/// regions have the global host there.
pub(crate) fn has_own_host_in_first_data(name: &str) -> bool {
    !LEGACY_GLOBAL.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HISTORY;
    use alloc::string::{String, ToString};
    use sts_endpoint_core::Release;

    fn name(numbers: &[u32], text: &str) -> Result<String, String> {
        let dotnet = HISTORY.behaviour_at(Release::new(numbers));
        Region::named(Sourced::default(text, ""), &dotnet)
            .map(|region| region.name.to_string())
            .map_err(|failure| failure.error_type.to_string())
    }

    #[test]
    fn known_names_are_folded_and_others_are_not() {
        assert_eq!(name(&[3, 5, 3, 6], "US-WEST-2").unwrap(), "us-west-2");
        assert_eq!(name(&[3, 5, 3, 6], "US-ISO-EAST-1").unwrap(), "US-ISO-EAST-1");
        assert_eq!(name(&[3, 7, 2, 7], "US-ISO-EAST-1").unwrap(), "us-iso-east-1");
        assert_eq!(name(&[4, 0, 3, 3], "UPPER-1").unwrap(), "UPPER-1");
        assert_eq!(name(&[4, 0, 3, 3], "AWS-GLOBAL").unwrap(), "AWS-GLOBAL");
    }

    #[test]
    fn pseudo_regions_turn_into_the_plain_region() {
        assert_eq!(name(&[3, 7, 2, 7], "us-west-2-fips").unwrap(), "us-west-2-fips");
        assert_eq!(name(&[3, 7, 9, 2], "us-west-2-fips").unwrap(), "us-west-2");
        assert_eq!(name(&[4, 0, 3, 3], "us-fips-west-fips").unwrap(), "us-west");
        assert_eq!(name(&[4, 0, 3, 3], "fips-us-west-2-fips").unwrap(), "us-west-2");
        assert_eq!(name(&[4, 0, 3, 3], "us-fips-fips").unwrap(), "us");
        assert_eq!(name(&[4, 0, 3, 3], "xfips-fips").unwrap(), "xfips");
        assert_eq!(name(&[4, 0, 3, 3], "US-WEST-2-FIPS").unwrap(), "US-WEST-2-FIPS");
    }

    #[test]
    fn what_a_pseudo_region_turns_into_is_judged_again() {
        assert_eq!(name(&[3, 7, 300, 0], "fips--a").unwrap_err(), "ArgumentException");
        assert_eq!(name(&[4, 0, 1, 3], "fips--a").unwrap(), "-a");
        assert_eq!(name(&[4, 0, 3, 3], "fips--a").unwrap_err(), "AmazonClientException");
    }

    #[test]
    fn each_generation_refuses_other_texts() {
        for text in ["", " ", "bad region", "us_west_2", "a.b", "-lead", "trail-", "ünïcode-1"] {
            assert_eq!(name(&[3, 5, 3, 6], text).unwrap(), text);
            assert_eq!(name(&[3, 7, 300, 0], text).unwrap_err(), "ArgumentException", "{text}");
            assert_eq!(name(&[4, 0, 1, 3], text).unwrap(), text);
        }
        for text in ["bad region", "us_west_2", "-lead", "trail-", "a..b", "é\u{301}a"] {
            assert_eq!(name(&[4, 0, 3, 3], text).unwrap_err(), "AmazonClientException", "{text}");
        }
        for text in ["", " ", "a.b", "ünïcode-1", "日本", "a--b"] {
            assert_eq!(name(&[4, 0, 3, 3], text).unwrap(), text);
        }
        // the pattern's \w knows the underscore
        assert!(name(&[3, 7, 300, 0], "us-a_b-1").is_ok());
    }

    #[test]
    fn partitions_are_those_of_the_release() {
        let suffix = |numbers: &[u32], name: &str| {
            partition(name, &HISTORY.behaviour_at(Release::new(numbers))).dns_suffix
        };
        assert_eq!(suffix(&[3, 3, 103, 32], "us-iso-east-1"), "amazonaws.com");
        assert_eq!(suffix(&[3, 3, 103, 33], "us-iso-east-1"), "c2s.ic.gov");
        assert_eq!(suffix(&[3, 7, 10, 11], "AWS-CN-GLOBAL"), "amazonaws.com.cn");
        assert_eq!(suffix(&[3, 5, 3, 6], "AWS-CN-GLOBAL"), "amazonaws.com.cn");
        assert_eq!(suffix(&[3, 7, 300, 0], "AWS-CN-GLOBAL"), "amazonaws.com");
        assert_eq!(suffix(&[3, 7, 10, 11], "not-cn-global"), "amazonaws.com");
        assert_eq!(suffix(&[3, 3, 106, 0], "fips-cn-north-1"), "amazonaws.com");
        assert_eq!(suffix(&[3, 3, 107, 38], "fips-cn-north-1"), "amazonaws.com.cn");
        assert_eq!(suffix(&[3, 5, 3, 6], "fips-us-iso-east-1"), "amazonaws.com");
        assert_eq!(suffix(&[3, 7, 2, 7], "fips-us-iso-east-1"), "c2s.ic.gov");
        assert_eq!(suffix(&[3, 7, 300, 0], "aws-iso-e-global"), "amazonaws.com");
        assert_eq!(suffix(&[3, 7, 402, 46], "aws-iso-e-global"), "cloud.adc-e.uk");
        assert_eq!(suffix(&[3, 7, 300, 0], "aws-iso-f-global"), "amazonaws.com");
        assert_eq!(suffix(&[3, 7, 402, 46], "aws-iso-f-global"), "csp.hci.ic.gov");
        assert_eq!(suffix(&[3, 7, 300, 0], "eusc-de-east-1"), "amazonaws.com");
        assert_eq!(suffix(&[3, 7, 402, 46], "eusc-de-east-1"), "amazonaws.eu");
    }
}
