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
//! There is no setting: `UseGlobalEndpoint` is bound to `false`. A client is one made by `StsClient.fromEnvironment`. Sources:
//! awslabs/aws-sdk-kotlin `aws-runtime/aws-config`, `codegen`, tags to v1.5.43; recordings of releases from 1.0.48 to 1.8.12, of
//! which only 1.5.58, 1.5.59 and 1.6.0 could be had with their module `sts`.
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
    /// A region must be a host component (between 1.5.59 and 1.5.90).
    checks_region: bool,
    /// How the default chain names its links.
    chain: Links,
    /// The partition data.
    vintage: Vintage,
}

/// How the message of the default chain names its links, and in which order it asks them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Links {
    /// By class, the profile before the web identity.
    Classes,
    /// By object: no link says its name.
    Objects,
    /// By the links' own names, which the web identity's has none of; it is asked before the profile.
    Names,
}

impl Links {
    /// The names of the links. An object's hash code is written `@0`, as in the recordings.
    const fn text(self) -> &'static str {
        match self {
            Self::Classes => concat!(
                "CredentialsProviderChain -> SystemPropertyCredentialsProvider -> EnvironmentCredentialsProvider -> ",
                "ProfileCredentialsProvider -> StsWebIdentityProvider -> EcsCredentialsProvider -> ImdsCredentialsProvider"
            ),
            Self::Objects => concat!(
                "aws.sdk.kotlin.runtime.auth.credentials.SystemPropertyCredentialsProvider@0 -> ",
                "aws.sdk.kotlin.runtime.auth.credentials.EnvironmentCredentialsProvider@0 -> ",
                "aws.sdk.kotlin.runtime.auth.credentials.ProfileCredentialsProvider@0 -> ",
                "aws.sdk.kotlin.runtime.auth.credentials.StsWebIdentityProvider@0 -> ",
                "aws.sdk.kotlin.runtime.auth.credentials.EcsCredentialsProvider@0 -> ",
                "aws.sdk.kotlin.runtime.auth.credentials.ImdsCredentialsProvider@0"
            ),
            Self::Names => concat!(
                "SystemPropertyCredentialsProvider -> EnvironmentCredentialsProvider -> ",
                "aws.sdk.kotlin.runtime.auth.credentials.StsWebIdentityProvider@0 -> ",
                "ProfileCredentialsProvider -> EcsCredentialsProvider -> ImdsCredentialsProvider"
            ),
        }
    }
}

/// What a client does without a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoRegion {
    /// The rule set's error.
    Fails,
    /// The global endpoint, as the page says.
    Global,
}
