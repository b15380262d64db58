//! How the AWS SDK for Swift picks the STS endpoint, release by release.
//!
//! No release was run: all of this is read in source (see [`HISTORY`]). Between the sources that could be read, releases of
//! changes are known from both sides only.
//!
//! ```
//! use sts_endpoint_core::{ResolutionPolicy, Scenario};
//! use sts_endpoint_swift::HISTORY;
//!
//! let policy = HISTORY.latest();
//! // the setting does not exist here: always regional
//! let scenario = Scenario::new()
//!     .with_variable("AWS_REGION", "us-west-2")
//!     .with_variable("AWS_STS_REGIONAL_ENDPOINTS", "legacy");
//! assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
//! // and no region is an error
//! assert_eq!(
//!     policy.resolve(&Scenario::new()).to_string(),
//!     "missing-region: ClientError.authError: Missing region in auth scheme parameters for SigV4 auth scheme."
//! );
//! ```
//!
//! The page of documentation that would tell it all:
//!
//! * **The setting** (`AWS_STS_REGIONAL_ENDPOINTS`, `sts_regional_endpoints`) is not read by any release. Hosts are regional;
//!   region `aws-global` gives the global endpoint, signed for us-east-1. `useGlobalEndpoint` in code does what
//!   `legacy` does elsewhere, for the client it is given to.
//! * **Region**: code, `AWS_REGION`, in new releases `AWS_DEFAULT_REGION`, the profile, instance metadata. A variable that is
//!   present counts even when it is empty. No region: an error.
//! * **Files** are read by the AWS Common Runtime; `AWS_PROFILE` names the profile.
//! * **Variants**: `useFIPS`, `useDualStack` in code alone.
//! * **Override**: `endpoint` in code; since 1.1 `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL`, the profile's `services` section,
//!   the profile's `endpoint_url`. It does away with the need of a region only for operations that are not signed.
//! * **Credential providers** were the Common Runtime's until mid 2025 and had its rules, the global endpoint for roles among
//!   them; since then they call STS through an ordinary client that nobody configures.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod credentials;
mod decision;
mod history;
mod quirks;
mod sources;
mod url;

pub use history::HISTORY;

use sts_endpoint_core::rules::Vintage;

/// What the SDK does, at one release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SwiftSdk {
    /// `AWS_DEFAULT_REGION` is read after `AWS_REGION`.
    pub default_region_variable: bool,
    /// A call's auth scheme is chosen before its endpoint: without a region nothing that is signed gets further.
    pub auth_scheme_first: bool,
    /// Endpoint overrides are looked for outside of code too.
    pub configured_urls: bool,
    /// Ports over 32767 are numbers too.
    pub wide_ports: bool,
    /// The partition data.
    pub vintage: Vintage,
    /// Who exchanges a web identity token.
    pub web_identity: Provider,
    /// Who assumes a profile's role.
    pub profile_role: Provider,
    /// What the Common Runtime's providers do.
    pub runtime: Runtime,
}

/// Whose provider calls STS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// The Common Runtime's.
    CommonRuntime,
    /// The SDK's own.
    Native,
}

/// What the Common Runtime's providers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runtime {
    /// `AWS_REGION` is read, before `AWS_DEFAULT_REGION`, and roles are assumed in the region; before, roles are always
    /// assumed at the global endpoint.
    pub regional: bool,
    /// The DNS suffix goes by the region's prefix; before, only the two regions of China have one of their own.
    pub partitions: bool,
    /// Endpoint overrides of variables and of the profile are taken, for names of hosts.
    pub overrides: bool,
}
