//! How the AWS SDK for Go V1 picks its STS endpoint, release by release.
//!
//! ```
//! use sts_endpoint_core::{Outcome, ResolutionPolicy, Scenario};
//! use sts_endpoint_go_v1::HISTORY;
//!
//! let scenario = Scenario::new().with_variable("AWS_REGION", "us-west-2");
//! let policy = HISTORY.latest();
//! let Outcome::Request(resolution) = policy.resolve(&scenario) else { panic!("no error in sight") };
//! assert_eq!(resolution.endpoint.to_string(), "https://sts.amazonaws.com/");
//! ```
//!
//! The default is `legacy` to the last release. Files are read for regions and settings only when shared config loading is
//! on (`AWS_SDK_LOAD_CONFIG`, or [`Construction::Shared`](sts_endpoint_core::scenario::Construction)). Sources:
//! `aws/session/{session,env_config,shared_config}.go`, `aws/endpoints/{v3model,legacy_regions}.go`.
//!
//! # Where the table is silent
//!
//! * With an endpoint in code and no Region it fails, though the same program works without the endpoint (recorded at every
//!   release).
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod decision;
mod history;
mod profiles;
mod quirks;
mod sources;

pub use history::HISTORY;

use sts_endpoint_core::go_ini::Grammar;

/// What Go V1 does at a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoV1 {
    /// The setting is known (1.25.18).
    setting: bool,
    /// The default value of the setting.
    default_legacy: bool,
    /// Which regions `legacy` sends to the global endpoint.
    legacy: Legacy,
    /// Without a region the client fails (1.25.18, 1.25.19).
    needs_region: bool,
    /// The setting given to a session in code is overwritten by variable, file and default (1.25.18 to 1.25.34).
    loses_session_setting: bool,
    /// The error of a wrong value in a file names the file's key, not the variable (1.25.35).
    names_file_key: bool,
    /// The region must be a host label of letters, digits and hyphens (1.32.5).
    checks_region: bool,
    /// A slash is put behind an endpoint before it is parsed (before 1.38.51).
    slash_before_parse: bool,
    /// FIPS and dual-stack options are known (1.42.0).
    variants: bool,
    /// The clients inside providers see FIPS and dual-stack of environment and files (1.44.233).
    provider_variants: bool,
    /// Credential providers for web identity, and roles of a profile named in code, are known (1.21.0).
    web_identity: bool,
    /// A profile named by a variable wins over keys and token of the environment (1.21.0 to 1.21.8).
    profile_wins: bool,
    /// Errors in files that nobody asked for are passed over (1.23.6).
    passes_over_files: bool,
    /// More than two types of credentials are known, and told of where they collide (1.37.0).
    many_types: bool,
    /// How profile files are read.
    grammar: Grammar,
    /// `GetAccessKeyInfo` is known (1.21.4).
    access_key_info: bool,
    /// Endpoint data: ap-east-1 has a host of its own (1.19.18).
    ap_east_1: bool,
    /// Endpoint data: me-south-1 has a host of its own (1.21.7).
    me_south_1: bool,
    /// Endpoint data: us-gov-east-1-fips and us-gov-west-1-fips (1.30.23).
    gov_fips: bool,
    /// Endpoint data: the partitions aws-iso and aws-iso-b (1.23.15).
    iso: bool,
    /// Endpoint data: the partition aws-iso-e (1.44.257).
    iso_e: bool,
    /// Endpoint data: the partition aws-iso-f (1.44.283).
    iso_f: bool,
    /// Endpoint data: the partition aws-eusc. No release has it; the documented editions do.
    eusc: bool,
}

/// Which regions `legacy` sends to the global endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Legacy {
    /// Before the setting: every region of partition aws without a host of its own.
    Data,
    /// The regions of the list (`aws/endpoints/legacy_regions.go`).
    Listed,
    /// Every region of the commercial partition, as the page says.
    Documented,
}
