//! How the AWS SDK for .NET picks the STS endpoint, release by release: v3 (3.x) and v4 (4.x).
//!
//! Releases are those of **AWSSDK.Core** (its file version, `3.7.402.46`): region, files, settings and endpoint data live
//! there; the AWSSDK.SecurityToken of the same day goes with each.
//!
//! ```
//! use sts_endpoint_core::{Release, ResolutionPolicy, Scenario};
//! use sts_endpoint_dotnet::HISTORY;
//!
//! let scenario = Scenario::new().with_variable("AWS_REGION", "us-west-2");
//! let at = |numbers: &[u32]| HISTORY.policy_at(Release::new(numbers)).unwrap().0;
//! // v3: legacy by default until 3.7.500.0
//! let before = at(&[3, 7, 402, 46]);
//! assert_eq!(before.resolve(&scenario).to_string(), "https://sts.amazonaws.com/ signed for us-east-1");
//! let after = at(&[3, 7, 503, 0]);
//! assert_eq!(after.resolve(&scenario).to_string(), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
//! // without a region v3 means us-east-1, and v4 fails
//! assert_eq!(after.resolve(&Scenario::new()).to_string(), "https://sts.us-east-1.amazonaws.com/ signed for us-east-1");
//! assert_eq!(
//!     at(&[4, 0, 3, 3]).resolve(&Scenario::new()).to_string(),
//!     "missing-region: AmazonClientException: No RegionEndpoint or ServiceURL configured"
//! );
//! ```
//!
//! The page of documentation that would tell it all:
//!
//! * **Region**: `RegionEndpoint` in code, `AWS_REGION`, the profile. `AWS_DEFAULT_REGION` is never read. v4 goes on to
//!   instance metadata; v3's STS client does not, it takes us-east-1 for granted. A region in code is deaf to
//!   upper case; a pseudo-region with `fips-` or `-fips` in it turns into the plain region and FIPS (since 3.7.9).
//! * **The setting**: `StsRegionalEndpoints` in code, `AWS_STS_REGIONAL_ENDPOINTS`, the profile's
//!   `sts_regional_endpoints`, the defaults mode. A variable that cannot be read is an error, a file's value that cannot be
//!   read makes the whole profile count as absent. v4 has no setting.
//! * **legacy** sends the fifteen old commercial regions to the global endpoint; `aws-global` reaches it either way.
//! * **Files**: `[profile dev]`, `[default]` and `[profile default]`; the credentials file is laid over the config file; a key
//!   given twice, or a known key whose value cannot be read, makes the whole section or profile count as absent; a line
//!   that is nothing at all fails every client of the process.
//! * **Override**: `ServiceURL` in code, `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL`, the `services` section, the profile's
//!   `endpoint_url`. An override throws the region away: the request is signed for the region that can be read out of the
//!   URL, else for us-east-1.
//! * **Credential providers** build an STS client of their own. Its region is us-east-1 up to 3.7.11, then `AWS_REGION`, the
//!   profile, instance metadata, and us-east-1 in v4 too; never the region of the client that asked for credentials.
//!
//! v4's fix that lets a configured override keep the region (aws/aws-sdk-net #4417, June 2026) is newer than the newest
//! release known here.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod decision;
mod history;
mod profile;
mod providers;
mod quirks;
mod region;
mod region_finder;
mod settings;
mod uri;

pub use history::HISTORY;
pub use profile::ProfileKeys;

use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Behaviour, Outcome, Profile, Scenario, Sourced, Trace};

/// What the SDK does, at one release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dotnet {
    /// The major version.
    pub generation: Generation,
    /// Whether there is a setting, and when the variable is read.
    pub setting: Setting,
    /// What the setting is where nobody gives it, in the built-in defaults mode.
    pub default_mode: Mode,
    /// Which regions `legacy` sends to the global endpoint.
    pub legacy_reach: LegacyReach,
    /// What a client without a region does.
    pub without_region: WithoutRegion,
    /// Where hosts come from.
    pub hosts: Hosts,
    /// The partitions that the release knows.
    pub data: Data,
    /// Which texts pass for a region.
    pub region_names: RegionNames,
    /// `AWS_ENDPOINT_URL` and its kin, `services` sections and sub-properties are known.
    pub configured_urls: bool,
    /// The defaults modes that are known.
    pub defaults_modes: DefaultsModes,
    /// The profile keys that are read, and so checked.
    pub keys: ProfileKeys,
    /// Profile keys are compared without case.
    pub folds_keys: bool,
    /// A profile file that cannot be read fails every client, not only the credentials.
    pub strict_files: bool,
    /// An empty `AWS_PROFILE` means `default`.
    pub blank_profile_is_default: bool,
    /// Web identity tokens are known.
    pub web_identity: bool,
    /// The region of the STS client that assumes a profile's role.
    pub role_region: ProviderRegion,
    /// The region of the STS client that exchanges a web identity token.
    pub web_identity_region: ProviderRegion,
    /// How a region is read out of an endpoint override.
    pub url_region: UrlRegion,
}

/// The major version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Generation {
    /// 3.x: the STS client's configuration looks for a region as soon as it is made, metadata left out; credentials come
    /// from web identity, profile, environment in this order.
    V3,
    /// 4.x: the region is looked for when it is needed; environment keys come before the profile.
    V4,
}

/// Whether there is a setting `sts_regional_endpoints`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// No.
    Absent,
    /// Yes; the variable is read when the configuration is made, even if code decides.
    ReadAtConstruction,
    /// Yes; the variable is read when it is needed.
    ReadAtUse,
}

/// A value of the setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `legacy`.
    Legacy,
    /// `regional`.
    Regional,
}

/// Which regions `legacy` sends to the global endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegacyReach {
    /// The fifteen old ones.
    List,
    /// The whole commercial partition, as the documented table has it.
    Commercial,
}

/// What a client without a region does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutRegion {
    /// It takes us-east-1.
    UsEast1,
    /// It fails; a credential provider's client takes us-east-1.
    Fails,
    /// It calls the global endpoint, as the documented table has it.
    Global,
}

/// Where hosts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// From `endpoints.json`.
    Data {
        /// Old commercial regions have the global endpoint in the data itself.
        global_by_data: bool,
    },
    /// From `endpoints.json` with its FIPS and dual-stack variants.
    Variants,
    /// From the STS endpoint rule set of 2022: an override that is not `http` or `https` does not match, and the region
    /// that was read out of it decides.
    FirstRules,
    /// From the STS endpoint rule set.
    Rules,
}

impl Hosts {
    /// Whether FIPS and dual-stack are known as options, variables and profile keys.
    const fn knows_variants(self) -> bool {
        !matches!(self, Self::Data { .. })
    }

    /// Whether the rule set decides.
    const fn are_rules(self) -> bool {
        matches!(self, Self::FirstRules | Self::Rules)
    }
}

/// The partitions that a release knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data {
    /// `aws-iso` and `aws-iso-b`.
    pub iso: bool,
    /// The pseudo-regions `us-gov-*-fips` and `fips-cn-*`.
    pub fips_names: bool,
    /// Region names of `aws-iso*` are known without case.
    pub folds_iso: bool,
    /// The pseudo-regions `aws-iso-e-global` and `aws-iso-f-global`.
    pub iso_e_f_global: bool,
    /// The younger partitions.
    pub vintage: Vintage,
    /// Partitions that `endpoints.json` lists without an STS.
    pub hollow: &'static [&'static str],
}

/// Which texts pass for a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionNames {
    /// All.
    Any,
    /// Those that fit a partition's pattern, and letters, digits and inner hyphens.
    Label,
    /// Host names.
    HostName,
}

/// The defaults modes that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultsModes {
    /// There are none.
    Absent,
    /// With `legacy`, the built-in one.
    WithLegacy,
    /// Without it.
    WithoutLegacy,
}

/// The region of a credential provider's own STS client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderRegion {
    /// us-east-1.
    UsEast1,
    /// `AWS_REGION`, profile, metadata, else us-east-1.
    Chain,
}

/// How a region is read out of an endpoint override.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlRegion {
    /// The last label before `.amazonaws.com`.
    LastLabel,
    /// A known region's name in a label, else something that looks like a region.
    Finder,
}

impl Behaviour for Dotnet {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        decision::resolve(self, scenario, None, trace)
    }
}

impl Dotnet {
    /// What a client does that a cmdlet of the AWS Tools for PowerShell makes in a region it found itself: what a client does
    /// with that region in code, but for an override in code, which is signed for the region.
    pub fn resolve_for_cmdlet<'a>(
        &'a self,
        scenario: &'a Scenario,
        region: Sourced<'a>,
        trace: &mut dyn Trace,
    ) -> Outcome<'a> {
        decision::resolve(self, scenario, Some(region), trace)
    }

    /// A profile, as the SDK reads the files of a scenario.
    pub fn profile<'a>(&'a self, scenario: &'a Scenario, name: &str) -> impl Profile<'a> {
        profile::Files::of(scenario, self).profile(name)
    }
}
