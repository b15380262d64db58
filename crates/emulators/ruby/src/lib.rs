//! How the AWS SDK for Ruby (`aws-sdk-core` 3.x) picks its STS endpoint, release by release.
//!
//! ```
//! use sts_endpoint_core::{Release, ResolutionPolicy, Scenario};
//! use sts_endpoint_ruby::HISTORY;
//!
//! let scenario = Scenario::new().with_variable("AWS_REGION", "us-west-2");
//! let host_at = |numbers: &[u32]| {
//!     let (policy, _) = HISTORY.policy_at(Release::new(numbers))?;
//!     let host = policy.resolve(&scenario).resolution().map(|found| found.endpoint.host().into_owned());
//!     Ok::<_, sts_endpoint_core::UnknownRelease>(host)
//! };
//! assert_eq!(host_at(&[3, 91, 1])?.as_deref(), Some("sts.amazonaws.com"));
//! assert_eq!(host_at(&[3, 92, 0])?.as_deref(), Some("sts.us-west-2.amazonaws.com"));
//! # Ok::<(), sts_endpoint_core::UnknownRelease>(())
//! ```
//!
//! Releases are those of `aws-sdk-core` with the `aws-partitions` of the same commit; another pairing has other data. Sources:
//! `gems/aws-sdk-core/lib/aws-sdk-core/{shared_config,ini_parser,plugins/regional_endpoint}.rb`,
//! `gems/aws-sdk-sts/lib/aws-sdk-sts/plugins/sts_regional_endpoints.rb`,
//! `gems/aws-partitions/lib/aws-partitions/endpoint_provider.rb`.
//!
//! # Where the table is silent
//!
//! * Under legacy the exchange of a web identity token is to be signed, and fails for want of credentials (from
//!   3.165.0 to 3.257.0; aws-sdk-core/endpoints.rb resolve_auth_scheme).
//! * A value that is neither legacy nor regional, such as Legacy, means regional without a word (recorded at every release;
//!   aws-sdk-sts/plugins/sts_regional_endpoints.rb).
//! * A presigned URL is never made for the client's endpoint, be it from code, variable or file (recorded from 3.85.0 to 3.257.0;
//!   aws-sdk-sts/presigner.rb). From 3.122.0 to 3.164.0 it is signed for the client's region even where legacy makes the host
//!   global.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod decision;
mod history;
mod profile;
mod quirks;
mod sources;

pub use history::HISTORY;

use profile::Blank;
use sts_endpoint_core::rules::Vintage;

/// What Ruby does at a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruby {
    /// The setting is known (3.71.0).
    setting: bool,
    /// The default value of the setting (`legacy` before 3.92.0).
    default_legacy: bool,
    /// Which regions `legacy` sends to the global endpoint.
    legacy: Legacy,
    /// A profile named for a client comes before keys of the environment (3.90.0).
    profile_before_keys: bool,
    /// The client's region is handed to the provider of a web identity (3.90.1).
    region_to_web_identity: bool,
    /// How a URL is presigned.
    presigner: Presigner,
    /// A source profile may be a role itself (3.115.0).
    chains_roles: bool,
    /// How a region is checked.
    check: RegionCheck,
    /// The region named `sts` is taken for the entry of that name in the data, signed for us-east-1.
    clashes_with_sts: bool,
    /// Under `legacy` a listed region is signed for us-east-1 whatever the host is.
    scope_by_setting: bool,
    /// FIPS and dual-stack options are known (3.122.0).
    variants: bool,
    /// Endpoint rules decide (3.165.0).
    rules: bool,
    /// A chain without a client around it looks for a region itself (3.168.2).
    chain_finds_region: bool,
    /// Endpoint overrides of environment and profile are known (3.178.0).
    configured_endpoints: bool,
    /// What a blank value in a profile file is.
    blank: Blank,
    /// `credential_source = Environment` is known (3.231.0).
    environment_source: bool,
    /// The partition data.
    vintage: Vintage,
}

/// Which regions `legacy` sends to the global endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Legacy {
    /// Before the setting: every region of partition aws without a host of its own.
    Data,
    /// The sixteen of the list.
    Listed,
    /// Every region of the commercial partition, as the page says.
    Documented,
}

/// How `Aws::STS::Presigner` makes a URL (`aws-sdk-sts/presigner.rb`). It never asks for the client's endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presigner {
    /// There is none.
    None,
    /// Always the regional host, signed for the region (3.85.0).
    Regional,
    /// The host of the setting and the variants, signed for the region all the same (3.122.0).
    Configured,
    /// Host and scope of the rules (3.165.0).
    Rules,
}

/// How a region is checked before a host is made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RegionCheck {
    /// Not at all: what is no URI fails as one.
    None,
    /// A host label, with a letter in it (3.99.0).
    LabelWithLetter,
    /// A host label.
    Label,
}
