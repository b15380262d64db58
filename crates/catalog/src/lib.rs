//! Which AWS STS endpoint will this SDK, at this release, call under this configuration; for which region will it sign;
//! or with which error will it fail?
//!
//! This crate is [`sts_endpoint_core`] and every emulator under one roof. It turns the name of a policy into the policy:
//!
//! ```
//! # #[cfg(feature = "boto3")] {
//! use sts_endpoint::{Outcome, ResolutionPolicy, Scenario, policy};
//!
//! let scenario = Scenario::new().with_code_region("us-west-2");
//! let host = |name: &str| {
//!     let found = policy(name)?;
//!     let Outcome::Request(resolution) = found.policy.resolve(&scenario) else { panic!("a region is set") };
//!     Ok::<_, sts_endpoint::PolicyError>(resolution.endpoint.host().into_owned())
//! };
//! assert_eq!(host("boto3@1.39.17")?, "sts.amazonaws.com");
//! assert_eq!(host("boto3@1.40.0")?, "sts.us-west-2.amazonaws.com");
//! # }
//! # Ok::<(), sts_endpoint::PolicyError>(())
//! ```
//!
//! Each emulator stands behind a cargo feature named after its SDK (`boto3`, `java-v2`); all of them are on by default.
//! A feature adds an emulator and alters nothing else. Whoever needs one emulator alone depends on its crate
//! (`sts-endpoint-boto3`), which needs `sts-endpoint-core` and nothing more.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod catalog;
pub mod explain;
#[cfg(feature = "serde")]
mod record;
pub mod telling;

pub use catalog::{Found, PolicyError, emulator, emulators, policy};
#[cfg(feature = "serde")]
pub use record::Record;
pub use sts_endpoint_core::*;

#[cfg(feature = "boto3")]
pub use sts_endpoint_boto3 as boto3;
#[cfg(feature = "cli-v1")]
pub use sts_endpoint_cli_v1 as cli_v1;
#[cfg(feature = "cli-v2")]
pub use sts_endpoint_cli_v2 as cli_v2;
#[cfg(feature = "cpp")]
pub use sts_endpoint_cpp as cpp;
#[cfg(feature = "dotnet")]
pub use sts_endpoint_dotnet as dotnet;
#[cfg(feature = "go-v1")]
pub use sts_endpoint_go_v1 as go_v1;
#[cfg(feature = "go-v2")]
pub use sts_endpoint_go_v2 as go_v2;
#[cfg(feature = "java-v1")]
pub use sts_endpoint_java_v1 as java_v1;
#[cfg(feature = "java-v2")]
pub use sts_endpoint_java_v2 as java_v2;
#[cfg(feature = "js-v2")]
pub use sts_endpoint_js_v2 as js_v2;
#[cfg(feature = "js-v3")]
pub use sts_endpoint_js_v3 as js_v3;
#[cfg(feature = "kotlin")]
pub use sts_endpoint_kotlin as kotlin;
#[cfg(feature = "php")]
pub use sts_endpoint_php as php;
#[cfg(feature = "powershell")]
pub use sts_endpoint_powershell as powershell;
#[cfg(feature = "ruby")]
pub use sts_endpoint_ruby as ruby;
#[cfg(feature = "rust")]
pub use sts_endpoint_rust as rust;
#[cfg(feature = "swift")]
pub use sts_endpoint_swift as swift;
