//! How the AWS Tools for PowerShell pick their STS endpoint: what a cmdlet does on top of the SDK for .NET that it carries.
//!
//! ```
//! use sts_endpoint_core::{Release, ResolutionPolicy, Scenario};
//! use sts_endpoint_powershell::HISTORY;
//!
//! let scenario = Scenario::new().with_variable("AWS_REGION", "us-west-2");
//! let (policy, _) = HISTORY.policy_at(Release::new(&[4, 1, 81]))?;
//! assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.amazonaws.com/ signed for us-east-1");
//! let policy = HISTORY.latest();
//! assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
//! # Ok::<(), sts_endpoint_core::UnknownRelease>(())
//! ```
//!
//! A cmdlet finds its region itself, the profile `default` before the environment, and fails without one; so the SDK's fallback is
//! out of reach. None of this was run: it is read from `modules/…/Common/BaseCmdlets.cs` and `RegionCmdlets.cs` of
//! aws/aws-tools-for-powershell. Code stands for the parameters of a cmdlet.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod decision;
mod history;
mod quirks;
mod sources;

pub use history::HISTORY;

use sts_endpoint_core::rules::Vintage;

/// What the tools do at a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PowerShell {
    /// The SDK inside has the setting (v4; not v5).
    setting: bool,
    /// The default value of the setting.
    default_legacy: bool,
    /// Which regions `legacy` sends to the global endpoint.
    legacy: Legacy,
    /// FIPS and dual-stack options are known.
    variants: bool,
    /// Endpoint overrides of environment and profile are known.
    configured_endpoints: bool,
    /// What a cmdlet does without a region.
    no_region: NoRegion,
    /// The partition data.
    vintage: Vintage,
}

/// Which regions `legacy` sends to the global endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Legacy {
    /// The sixteen of the list.
    Listed,
    /// Every region of the commercial partition, as the page says.
    Documented,
}

/// What a cmdlet does without a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoRegion {
    /// It fails.
    Fails,
    /// It calls the global endpoint, as the page says.
    Global,
}
