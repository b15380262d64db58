//! The STS endpoint rule set: what AWS publishes with the service model and most modern SDKs evaluate.
//!
//! Source: boto/botocore `botocore/data/sts/2011-06-15/endpoint-rule-set-1.json` (commit 0e6e2404b); the same rules are
//! generated into every SDK that uses endpoint rules. All 69 published cases hold (see the conformance crate).
//!
//! ```
//! use sts_endpoint_core::rules::{self, Parameters};
//!
//! let global = Parameters { region: Some("us-west-2"), use_global_endpoint: true, ..Parameters::default() };
//! let answer = rules::resolve(&global)?;
//! assert_eq!(answer.endpoint.to_string(), "https://sts.amazonaws.com/");
//! assert_eq!(answer.signing_region, Some("us-east-1"));
//! # Ok::<(), rules::RuleError>(())
//! ```

use crate::outcome::Endpoint;
use crate::partition::Partition;
use alloc::borrow::Cow;
use core::fmt;

/// The regions that `legacy` sends to the global endpoint: fifteen regions that existed before regional STS hosts were
/// the rule, and the pseudo-region `aws-global`. The list is the same in every SDK that has one, and never changed.
pub const LEGACY_GLOBAL_REGIONS: [&str; 16] = [
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "aws-global",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// Whether a region is one of the [`LEGACY_GLOBAL_REGIONS`].
///
/// ```
/// use sts_endpoint_core::rules::is_legacy_global;
///
/// assert!(is_legacy_global("us-west-2") && !is_legacy_global("eu-south-1"));
/// ```
pub fn is_legacy_global(region: &str) -> bool {
    // As patterns of bytes, which are compared letter by letter and not region by region.
    matches!(
        region.as_bytes(),
        b"ap-northeast-1"
            | b"ap-south-1"
            | b"ap-southeast-1"
            | b"ap-southeast-2"
            | b"aws-global"
            | b"ca-central-1"
            | b"eu-central-1"
            | b"eu-north-1"
            | b"eu-west-1"
            | b"eu-west-2"
            | b"eu-west-3"
            | b"sa-east-1"
            | b"us-east-1"
            | b"us-east-2"
            | b"us-west-1"
            | b"us-west-2"
    )
}

/// The parameters of the rule set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parameters<'a> {
    /// `Region`.
    pub region: Option<&'a str>,
    /// `UseFIPS`.
    pub use_fips: bool,
    /// `UseDualStack`.
    pub use_dual_stack: bool,
    /// `Endpoint`: an endpoint override.
    pub endpoint: Option<&'a str>,
    /// `UseGlobalEndpoint`: the `legacy` mode.
    pub use_global_endpoint: bool,
    /// The partition data that the release carries.
    pub vintage: Vintage,
}

/// How old the partition data of a release is. Only what moves a host is told apart; the default is the newest data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Vintage {
    /// Partition `aws-iso-e` is known (botocore 1.29.127, May 2023).
    pub iso_e: bool,
    /// Partition `aws-iso-f` is known (botocore 1.29.153, June 2023).
    pub iso_f: bool,
    /// Partition `aws-eusc` is known (botocore 1.37.27, April 2025).
    pub eusc: bool,
    /// Partition `aws-eusc` has dual-stack hosts (botocore 1.40.21, August 2025).
    pub eusc_dual_stack: bool,
    /// The `aws-iso*` partitions have dual-stack hosts (botocore 1.40.37, September 2025).
    pub iso_dual_stack: bool,
}

impl Vintage {
    /// The newest data.
    pub const NEWEST: Self =
        Self { iso_e: true, iso_f: true, eusc: true, eusc_dual_stack: true, iso_dual_stack: true };
    /// The data of the first published rule sets (2022): no iso-e, iso-f or eusc, no dual-stack in the iso partitions.
    pub const FIRST: Self =
        Self { iso_e: false, iso_f: false, eusc: false, eusc_dual_stack: false, iso_dual_stack: false };

    /// The partition of a region in data of this vintage.
    pub fn partition_of(self, region: &str) -> &'static Partition {
        let known = Partition::of(region);
        let there = match known.id {
            "aws-iso-e" => self.iso_e,
            "aws-iso-f" => self.iso_f,
            "aws-eusc" => self.eusc,
            _ => true,
        };
        if there { known } else { Partition::commercial() }
    }

    /// Whether a partition has dual-stack hosts in data of this vintage.
    pub fn supports_dual_stack(self, partition: &Partition) -> bool {
        match partition.id {
            "aws-iso" | "aws-iso-b" | "aws-iso-e" | "aws-iso-f" => self.iso_dual_stack,
            "aws-eusc" => self.eusc_dual_stack,
            _ => partition.supports_dual_stack,
        }
    }
}

impl Default for Vintage {
    fn default() -> Self {
        Self::NEWEST
    }
}

/// What the rule set answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleEndpoint<'a> {
    /// The endpoint.
    pub endpoint: Endpoint<'a>,
    /// The signing region of the rule's auth scheme; `None`: the rule names none, and the client's own region applies.
    pub signing_region: Option<&'a str>,
}

/// An error rule of the rule set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleError {
    /// FIPS together with an endpoint override.
    FipsWithEndpoint,
    /// Dual-stack together with an endpoint override.
    DualStackWithEndpoint,
    /// FIPS and dual-stack in a partition that lacks one or both.
    FipsAndDualStackUnsupported,
    /// FIPS in a partition that has none.
    FipsUnsupported,
    /// Dual-stack in a partition that has none.
    DualStackUnsupported,
    /// Neither region nor endpoint override.
    MissingRegion,
}

impl RuleError {
    /// The text that stands in the rule set.
    pub const fn message(self) -> &'static str {
        match self {
            Self::FipsWithEndpoint => "Invalid Configuration: FIPS and custom endpoint are not supported",
            Self::DualStackWithEndpoint => {
                "Invalid Configuration: Dualstack and custom endpoint are not supported"
            }
            Self::FipsAndDualStackUnsupported => {
                "FIPS and DualStack are enabled, but this partition does not support one or both"
            }
            Self::FipsUnsupported => "FIPS is enabled but this partition does not support FIPS",
            Self::DualStackUnsupported => {
                "DualStack is enabled but this partition does not support DualStack"
            }
            Self::MissingRegion => "Invalid Configuration: Missing Region",
        }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl core::error::Error for RuleError {}

/// Evaluates the rule set. First match wins, as in the published tree.
///
/// # Errors
///
/// The error rules: see [`RuleError`].
pub fn resolve<'a>(parameters: &Parameters<'a>) -> Result<RuleEndpoint<'a>, RuleError> {
    let &Parameters { region, use_fips, use_dual_stack, endpoint, use_global_endpoint, vintage } = parameters;
    if let (true, None, Some(region), false, false) =
        (use_global_endpoint, endpoint, region, use_fips, use_dual_stack)
    {
        if is_legacy_global(region) {
            return Ok(RuleEndpoint { endpoint: Endpoint::Global, signing_region: Some("us-east-1") });
        }
        let suffix = vintage.partition_of(region).dns_suffix;
        return Ok(RuleEndpoint {
            endpoint: Endpoint::regional(region, suffix),
            signing_region: Some(region),
        });
    }
    if let Some(url) = endpoint {
        if use_fips {
            return Err(RuleError::FipsWithEndpoint);
        }
        if use_dual_stack {
            return Err(RuleError::DualStackWithEndpoint);
        }
        return Ok(RuleEndpoint { endpoint: Endpoint::given(url), signing_region: None });
    }
    let Some(region) = region else { return Err(RuleError::MissingRegion) };
    let partition = vintage.partition_of(region);
    let host = |service, suffix| RuleEndpoint {
        endpoint: Endpoint::Regional { service, region: Cow::Borrowed(region), suffix },
        signing_region: None,
    };
    let dual_stack_there = use_dual_stack && vintage.supports_dual_stack(partition);
    match (use_fips, use_dual_stack) {
        (true, true) if partition.supports_fips && dual_stack_there => {
            Ok(host("sts-fips", partition.dual_stack_dns_suffix))
        }
        (true, true) => Err(RuleError::FipsAndDualStackUnsupported),
        (true, false) if !partition.supports_fips => Err(RuleError::FipsUnsupported),
        (true, false) if partition.id == "aws-us-gov" => Ok(host("sts", "amazonaws.com")),
        (true, false) => Ok(host("sts-fips", partition.dns_suffix)),
        (false, true) if dual_stack_there => Ok(host("sts", partition.dual_stack_dns_suffix)),
        (false, true) => Err(RuleError::DualStackUnsupported),
        (false, false) if region == "aws-global" => {
            Ok(RuleEndpoint { endpoint: Endpoint::Global, signing_region: Some("us-east-1") })
        }
        (false, false) => Ok(host("sts", partition.dns_suffix)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn the_patterns_are_the_list() {
        for partition in Partition::all() {
            for region in partition.regions {
                assert_eq!(is_legacy_global(region), LEGACY_GLOBAL_REGIONS.contains(region), "{region}");
            }
        }
        assert!(LEGACY_GLOBAL_REGIONS.iter().all(|region| is_legacy_global(region)));
        assert!(!is_legacy_global("") && !is_legacy_global("us-west-22") && !is_legacy_global("us-west-"));
    }

    #[test]
    fn variants_switch_the_legacy_branch_off() {
        let parameters = Parameters {
            region: Some("us-west-2"),
            use_global_endpoint: true,
            use_fips: true,
            ..Parameters::default()
        };
        assert_eq!(
            resolve(&parameters).unwrap().endpoint.to_string(),
            "https://sts-fips.us-west-2.amazonaws.com/"
        );
    }

    #[test]
    fn older_data_knows_fewer_partitions() {
        let at = |vintage| {
            let parameters = Parameters { region: Some("eusc-de-east-1"), vintage, ..Parameters::default() };
            resolve(&parameters).unwrap().endpoint.to_string()
        };
        assert_eq!(at(Vintage::NEWEST), "https://sts.eusc-de-east-1.amazonaws.eu/");
        assert_eq!(at(Vintage::FIRST), "https://sts.eusc-de-east-1.amazonaws.com/");
    }

    #[test]
    fn errors_carry_the_published_texts() {
        assert_eq!(resolve(&Parameters::default()), Err(RuleError::MissingRegion));
        let iso = Parameters {
            region: Some("us-iso-east-1"),
            use_dual_stack: true,
            vintage: Vintage::FIRST,
            ..Parameters::default()
        };
        assert_eq!(
            resolve(&iso).unwrap_err().to_string(),
            "DualStack is enabled but this partition does not support DualStack"
        );
    }
}
