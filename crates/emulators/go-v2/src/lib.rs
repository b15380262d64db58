//! How the AWS SDK for Go V2 picks its STS endpoint, release by release.
//!
//! The SDK is made of modules with versions of their own. A release here is that of `config`
//! (`github.com/aws/aws-sdk-go-v2/config`), taken together with the modules of its time (`service/sts`, the core, smithy-go).
//!
//! ```
//! use sts_endpoint_core::{Outcome, ResolutionPolicy, Scenario};
//! use sts_endpoint_go_v2::HISTORY;
//!
//! let scenario = Scenario::new().with_variable("AWS_REGION", "us-east-1");
//! let policy = HISTORY.latest();
//! let Outcome::Request(resolution) = policy.resolve(&scenario) else { panic!("a region is set") };
//! assert_eq!(resolution.endpoint.to_string(), "https://sts.us-east-1.amazonaws.com/");
//! ```
//!
//! Always regional: no release reads `sts_regional_endpoints`. Region `aws-global` is the one way to the global endpoint.
//! [`sources`](self) are in `config/env_config.go`, `config/shared_config.go`; the decision is the endpoint rule set
//! (`service/sts/endpoints.go`) since July 2023, and the generated endpoint data (`service/sts/internal/endpoints`) before.
//!
//! # Where the table is silent
//!
//! * With an endpoint override and no Region it does not fail: it signs for an empty region (recorded from 1.27.7 on).
//! * AWS_ENDPOINT_URL and endpoint_url do not reach the STS call of a credential provider: it goes to AWS while the
//!   program's own calls go to the override (recorded from 1.23.0 on; config/config.go, order of defaultAWSConfigResolvers).
//! * A FIPS pseudo-region (us-west-2-fips) goes to the region's FIPS host, and the request is signed for the pseudo
//!   name (recorded from 1.18.39 on).
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod decision;
mod history;
mod lines;
mod profiles;
mod quirks;
mod sources;

pub use history::HISTORY;

use crate::lines::Comments;
use sts_endpoint_core::go_ini::Grammar;
use sts_endpoint_core::rules::Vintage;

/// What Go V2 does at a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoV2 {
    /// FIPS and dual-stack options are known (config 1.10.0).
    variants: bool,
    /// Errors of credentials name their refresh: "failed to refresh cached credentials" (config 1.15.1).
    names_refresh: bool,
    /// A profile named by AWS_PROFILE has to exist (config 1.18.45).
    profile_must_exist: bool,
    /// How profile files are read.
    reader: Reader,
    /// Endpoint overrides are read from the environment and files (config 1.21.0).
    configured_endpoints: bool,
    /// `services` sections are loaded (not in config 1.24.0 to 1.26.0).
    services_sections: bool,
    /// How the endpoint is decided.
    engine: Engine,
    /// What a client without a region does.
    no_region: NoRegion,
    /// AssumeRoleWithWebIdentity and AssumeRoleWithSAML are signed by an ordinary client (sts 1.25.2 to 1.26.2).
    signs_web_identity: bool,
    /// A call's credentials are resolved before its endpoint (sts 1.25.2).
    identity_first: bool,
    /// AWS_DEFAULTS_MODE and defaults_mode are read (config 1.13.0).
    defaults_mode: bool,
    /// How the region's text is checked.
    region_check: RegionCheck,
    /// The partition data.
    vintage: Vintage,
    /// What becomes of a path in the endpoint.
    path: PathStyle,
}

/// How profile files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// By the parser that it has from Go V1 (config before 1.24.0).
    Ini(Grammar),
    /// Line by line; nothing is an error.
    Lines(Comments),
}

/// What becomes of a path in the endpoint: of an override, or of a region with a slash in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PathStyle {
    /// The operation's own path, `/`, takes its place.
    Dropped,
    /// A slash is put behind it.
    Slashed,
    /// It stays as it is.
    Kept,
}

/// How the endpoint is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Engine {
    /// The generated endpoint data (sts up to 1.20.0).
    Data,
    /// The endpoint rule set (sts 1.21.0).
    Rules,
}

/// What a client without a region does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoRegion {
    /// It fails, an endpoint override or not (sts 1.21.0 to 1.25.1).
    FailsAlways,
    /// It fails unless an endpoint is given.
    Fails,
    /// It calls `sts..amazonaws.com` (sts 1.25.2 to 1.27.0).
    CallsEmptyHost,
}

/// How the region's text is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RegionCheck {
    /// Not at all.
    None,
    /// One host label, no dots (sts 1.40.1).
    Label,
    /// Host labels, dots allowed (sts 1.41.2).
    Labels,
    /// Host labels that neither begin nor end with a hyphen (smithy-go 1.27.3).
    LabelsWithoutOuterHyphen,
}
