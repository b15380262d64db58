//! How the AWS SDK for JavaScript 3.x picks its STS endpoint, release by release.
//!
//! A release is that of the clients (`@aws-sdk/client-sts`), with the packages of its own day. From 3.363.0 on most of them are
//! required with ranges, so that an old release installed today behaves in part like a new one; what is emulated is the
//! release as shipped.
//!
//! ```
//! use sts_endpoint_core::{Outcome, ResolutionPolicy, Scenario};
//! use sts_endpoint_js_v3::HISTORY;
//!
//! let scenario = Scenario::new().with_variable("AWS_REGION", "us-east-1");
//! let policy = HISTORY.latest();
//! let Outcome::Request(resolution) = policy.resolve(&scenario) else { panic!("a region is set") };
//! assert_eq!(resolution.endpoint.to_string(), "https://sts.us-east-1.amazonaws.com/");
//! ```
//!
//! Always regional: no release reads `sts_regional_endpoints`. Region `aws-global`, and `useGlobalEndpoint` in code since 3.194.0,
//! are the ways to the global endpoint. The internal client of the credential providers has a region of its own history.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod decision;
mod history;
mod providers;
mod quirks;
mod sources;
mod url;

pub use history::HISTORY;

use sts_endpoint_core::rules::Vintage;

/// What JavaScript 3.x does at a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsV3 {
    /// FIPS and dual-stack options and FIPS pseudo-regions are known (3.40.0).
    variants: bool,
    /// Endpoint data: FIPS in the iso partitions (3.41.0).
    iso_fips: bool,
    /// Endpoint data: dual-stack in GovCloud (3.42.0).
    gov_dual_stack: bool,
    /// In profile files a value of white space alone is a value (before 3.110.0).
    keeps_blank_values: bool,
    /// In profile files, what is indented below a key without value belongs to it (3.428.0).
    sub_sections: bool,
    /// The endpoint rule set (3.194.0).
    rules: bool,
    /// Every endpoint in code is refused (3.194.0 to 3.196.0).
    refuses_endpoints: bool,
    /// Endpoint overrides are read from environment and files (3.428.0, but not in 3.844.0 and 3.845.0).
    configured_endpoints: bool,
    /// The switch that ignores configured overrides is heard (3.1095.0).
    ignore_switch: bool,
    /// Signing with an empty region is an error (3.474.0).
    refuses_empty_region: bool,
    /// The region must be a host label (3.914.0; before the rule set another check stood there).
    checks_region: bool,
    /// Instance metadata is asked for the region (3.1077.0).
    metadata_region: bool,
    /// An auth scheme named by the rules signs what needs no signature (3.1032.0).
    signs_by_rule: bool,
    /// The same in the client inside providers, which has no credentials (3.1033.0).
    provider_signs_by_rule: bool,
    /// The defaults mode must be one that is known (3.47.0).
    checks_defaults_mode: bool,
    /// There is a package of providers to be used by themselves (3.27.0).
    providers_package: bool,
    /// What the credential chain knows.
    chain: Chain,
    /// The chain goes on behind role profiles that name each other (3.587.0).
    chain_passes_cycles: bool,
    /// A source profile may have a `credential_source` and no role (3.651.1).
    sources_without_role: bool,
    /// Where the client inside a provider takes its region from.
    provider_region: ProviderRegion,
    /// A chain without a client around it reads AWS_REGION and the profile (3.920.0).
    alone_reads_region: bool,
    /// Where the client inside `fromTemporaryCredentials` takes its region from.
    temporary_region: TemporaryRegion,
    /// The partition data.
    vintage: Vintage,
    /// What a client without a region does. Releases fail; the edition of 2025 says us-east-1.
    no_region: NoRegion,
}

/// Where the client inside `fromTemporaryCredentials` takes its region from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TemporaryRegion {
    /// It is an ordinary client, which a client around the provider does not reach.
    OfOrdinaryClient,
    /// `clientConfig.region`, the region of the client around it, us-east-1 (3.734.0).
    InCode,
    /// The same, with AWS_REGION and the profile before us-east-1 (3.778.0).
    LookedFor,
}

/// What the credential chain knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Chain {
    /// No roles, neither by `source_profile` nor by `credential_source`, and no web identity; a profile that it cannot use is an
    /// error of its own (3.0.0).
    First,
    /// Roles (3.12.0).
    Roles,
    /// Web identity in profiles (3.13.0).
    TokenInProfile,
    /// Web identity in the environment too (3.15.0).
    TokenFile,
}

/// Where the client inside a provider takes its region from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ProviderRegion {
    /// The client's region, else us-east-1.
    ClientElseUsEast1,
    /// us-east-1, whatever is configured (3.502.0 to 3.507.0).
    UsEast1,
    /// The client's region if its partition is not aws, else us-east-1; a client without region fails (3.511.0 to 3.513.0).
    ClientOutsideAws,
    /// The client's region; a client without region fails (3.515.0).
    Client,
    /// A role profile's own region first, then the client's (3.713.0).
    ProfileThenClient,
}

/// What a client without a region does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoRegion {
    /// It fails.
    Fails,
    /// It calls the regional endpoint of us-east-1.
    UsEast1,
}
