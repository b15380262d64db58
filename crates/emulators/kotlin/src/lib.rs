//! How the AWS SDK for Kotlin picks its STS endpoint, release by release.
//!
//! ```
//! use sts_endpoint_core::{ResolutionPolicy, Scenario};
//! use sts_endpoint_kotlin::HISTORY;
//!
//! let policy = HISTORY.latest();
//! let scenario = Scenario::new().with_variable("AWS_REGION", "us-west-2");
//! let regional = policy.resolve(&scenario);
//! assert_eq!(regional.to_string(), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
//! let empty = Scenario::new();
//! let without = policy.resolve(&empty);
//! assert_eq!(without.failure().map(|failure| &*failure.message), Some("Invalid Configuration: Missing Region"));
//! ```
//!
//! There is no setting: `UseGlobalEndpoint` is bound to `false`. All of this is read from the source, none of it was run. A client
//! is one made by `StsClient.fromEnvironment`. Sources: awslabs/aws-sdk-kotlin `aws-runtime/aws-config`, `codegen`, tags to v1.5.43.
//!
//! # Where the table is silent
//!
//! * A role of a profile is assumed at the global endpoint where no region is found, while the client itself fails
//!   (StsAssumeRoleCredentialsProvider.kt, v0.8.0-alpha to v1.5.43).
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod decision;
mod history;
mod quirks;
mod sources;

pub use history::HISTORY;

use sts_endpoint_core::rules::Vintage;

/// What Kotlin does at a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kotlin {
    /// The client's region is handed to the provider of a web identity of the environment (1.0.40).
    region_to_web_identity: bool,
    /// The clients inside providers read endpoint, FIPS and dual-stack settings (1.1.22).
    providers_read_settings: bool,
    /// What an ordinary client does without a region.
    no_region: NoRegion,
    /// The partition data.
    vintage: Vintage,
}

/// What a client does without a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoRegion {
    /// The rule set's error.
    Fails,
    /// The global endpoint, as the page says.
    Global,
}
