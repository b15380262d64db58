//! How the AWS SDK for PHP (3.x) picks its STS endpoint, release by release.
//!
//! ```
//! use sts_endpoint_core::{Release, ResolutionPolicy, Scenario};
//! use sts_endpoint_php::HISTORY;
//!
//! let scenario = Scenario::new().with_code_region("us-west-2");
//! let host_at = |numbers: &[u32]| {
//!     let (policy, _) = HISTORY.policy_at(Release::new(numbers))?;
//!     let host = policy.resolve(&scenario).resolution().map(|found| found.endpoint.host().into_owned());
//!     Ok::<_, sts_endpoint_core::UnknownRelease>(host)
//! };
//! assert_eq!(host_at(&[3, 351, 11])?.as_deref(), Some("sts.amazonaws.com"));
//! assert_eq!(host_at(&[3, 351, 12])?.as_deref(), Some("sts.us-west-2.amazonaws.com"));
//! # Ok::<(), sts_endpoint_core::UnknownRelease>(())
//! ```
//!
//! A credential provider for web identities reads `~/.aws/config` alone, never the file that `AWS_CONFIG_FILE` names, and the
//! provider of roles did so too up to 3.349.3. A [`ProfileFile`](sts_endpoint_core::ProfileFile) counts as `~/.aws/config` when its
//! path ends so; without a path it is one that a variable names.
//!
//! Sources: `src/ClientResolver.php`, `src/Configuration/ConfigurationResolver.php`, `src/Sts/RegionalEndpoints/`,
//! `src/Endpoint/Partition.php`, `src/Credentials/CredentialProvider.php`.
//!
//! # Where the table is silent
//!
//! * Under legacy a FIPS or dual-stack host of a listed region is signed for us-east-1 (recorded from 3.204.2 to 3.391.1).
//! * A services section of the profile comes before AWS_ENDPOINT_URL; other SDKs take the variable (recorded at 3.369.9 and
//!   3.391.1).
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod decision;
mod history;
mod profile;
mod providers;
mod quirks;
mod sources;

pub use history::HISTORY;

use sts_endpoint_core::rules::Vintage;

/// What PHP does at a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Php {
    /// The setting is known (3.108.0).
    setting: bool,
    /// The default value of the setting (`legacy` before 3.351.12).
    default_legacy: bool,
    /// Which regions `legacy` sends to the global endpoint.
    legacy: Legacy,
    /// With nothing set, the host is regional and the scope is that of `legacy` (3.243.0).
    default_lost: bool,
    /// Settings are read from the file that AWS_CONFIG_FILE names (3.132.0).
    reads_config_file: bool,
    /// Region, endpoint and other values of the generic resolver are read from environment and file (3.280.0).
    finds_region: bool,
    /// `[profile dev]` is found for values of the generic resolver (PR 3303).
    profile_sections: bool,
    /// A region must be a host label (3.147.5).
    checks_region: bool,
    /// What becomes of an endpoint that is no URL.
    bad_endpoint: BadEndpoint,
    /// FIPS and dual-stack options are known (3.201.0).
    variants: bool,
    /// FIPS together with dual-stack has a host (3.212.4).
    both_variants: bool,
    /// A defaults mode is checked (3.209.0).
    defaults_modes: bool,
    /// Endpoint rules decide (3.243.0).
    rules: bool,
    /// FIPS and dual-stack are refused beside an endpoint (3.245.1).
    refuses_variant_with_endpoint: bool,
    /// A wrong value of the setting fails whatever the region is (3.243.0).
    checks_setting: bool,
    /// What becomes of an endpoint of environment and profile.
    configured: Configured,
    /// Every operation is signed (up to 3.324.13).
    signs_all: bool,
    /// Inside a provider of a web identity, the rule's auth scheme brings a signature with an empty key (3.243.0 to 3.293.5).
    signs_with_empty_key: bool,
    /// The client's region is handed to the provider of a web identity (3.112.2).
    region_to_web_identity: bool,
    /// `credential_source` is known (3.152.0).
    credential_source: bool,
    /// Providers look at the client's region and at AWS_REGION (PR 3203).
    provider_finds_region: bool,
    /// The chain reads the file that AWS_CONFIG_FILE names (by 3.369.9).
    chain_reads_config_file: bool,
    /// The error of the chain says "service", not "server" (3.133.29).
    says_service: bool,
    /// The data knows the iso partitions (3.110.9).
    iso: bool,
    /// The data has a host of its own for me-south-1 (3.108.1).
    me_south_1: bool,
    /// The partition data.
    vintage: Vintage,
}

/// Which regions `legacy` sends to the global endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Legacy {
    /// Before 3.112.27: every region of partition aws without a host of its own, whatever the setting says.
    Data,
    /// The sixteen of the list.
    Listed,
    /// Every region of the commercial partition, as the page says.
    Documented,
}

/// What becomes of an endpoint that is no URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BadEndpoint {
    /// The client is not built.
    Refused,
    /// The call fails in the transport, whose words these are.
    Transport(&'static str),
    /// It is passed over without a word (3.243.0).
    Ignored,
}

/// What becomes of an endpoint of environment and profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Configured {
    /// It is not looked for.
    No,
    /// Its scheme is used, and nothing else of it (3.281.0 to 3.293.5).
    SchemeOnly,
    /// It is used.
    Yes,
}
