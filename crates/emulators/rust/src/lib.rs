//! How the AWS SDK for Rust picks the STS endpoint, release by release.
//!
//! Releases are those of **aws-config**; the aws-sdk-sts of the same day goes with each (the client's endpoint rules,
//! partitions and signing ride on aws-sdk-sts, region chain and files on aws-config and aws-runtime).
//!
//! ```
//! use sts_endpoint_core::{ResolutionPolicy, Scenario};
//! use sts_endpoint_rust::HISTORY;
//!
//! let policy = HISTORY.latest();
//! // the setting does not exist here: always regional
//! let scenario = Scenario::new()
//!     .with_variable("AWS_REGION", "us-west-2")
//!     .with_variable("AWS_STS_REGIONAL_ENDPOINTS", "legacy");
//! assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
//! // but the pseudo-region reaches the global endpoint
//! let scenario = Scenario::new().with_variable("AWS_REGION", "aws-global");
//! assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.amazonaws.com/ signed for us-east-1");
//! ```
//!
//! The page of documentation that would tell it all:
//!
//! * **The setting** (`AWS_STS_REGIONAL_ENDPOINTS`, `sts_regional_endpoints`) is not read by any release, and there is no
//!   option in code. Hosts are regional; region `aws-global` gives the global endpoint, signed for us-east-1.
//! * **Region**: code, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile (and its `source_profile`), instance metadata. A
//!   variable that is present counts even when it is empty. No region: an error, never us-east-1.
//! * **Files**: the credentials file is laid over the config file. One line that cannot be read makes both count as absent.
//! * **Variants**: `use_fips`/`use_dual_stack` in code, then the variable, then the profile; only `true` and `false` count.
//! * **Override**: code, `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL`, the profile's `services` section, the profile's
//!   `endpoint_url`; the signing region stays the client's.
//! * **Credential providers** call STS with the region that the loader found, with its variants since 0.57.1 and its
//!   configured overrides since 1.5.9, never with the override in code, and deaf to the ignore switch.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod credentials;
mod decision;
mod history;
mod profile;
mod quirks;
mod sources;
mod uri;

pub use history::HISTORY;

use sts_endpoint_core::rules::Vintage;

/// What the SDK does, at one release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RustSdk {
    /// Where hosts come from.
    pub hosts: Hosts,
    /// What runs a call, and so which errors it ends in.
    pub pipeline: Pipeline,
    /// What parses endpoints.
    pub uri_library: UriLibrary,
    /// Whether the region must be a host label.
    pub label_check: LabelCheck,
    /// Profile keys are compared without case.
    pub folds_keys: bool,
    /// FIPS and dual-stack are known.
    pub variants: bool,
    /// Where endpoint overrides are looked for.
    pub overrides: Overrides,
    /// FIPS and dual-stack reach the clients of credential providers.
    pub provider_variants: bool,
    /// A profile's role provider that was built by hand asks for FIPS and dual-stack itself.
    pub lone_provider_variants: bool,
    /// Configured overrides reach the clients of credential providers.
    pub provider_overrides: bool,
    /// `AssumeRoleWithWebIdentity` and `AssumeRoleWithSAML` are signed when the client has credentials.
    pub signs_web_identity: bool,
    /// The call's credentials are resolved before its endpoint.
    pub identity_first: bool,
    /// A profile that does not exist lets the credential chain go on.
    pub tolerates_missing_profile: bool,
    /// `SMITHY_CLIENT_SDK_CUSTOM_PARTITION` names a file that replaces the partitions.
    pub custom_partitions: bool,
    /// A profile may name a login session.
    pub login_sessions: bool,
    /// The credential chain's error tells where a profile file is malformed.
    pub profile_parse_error_in_full: bool,
    /// The words for instance metadata that is switched off.
    pub metadata_disabled: &'static str,
}

/// Where hosts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// From endpoint data generated into the crate (up to 0.52).
    EndpointData,
    /// From the STS endpoint rule set.
    Rules {
        /// The rules of 2022: nothing works without a region, not even an override.
        region_required: bool,
        /// The partition data.
        vintage: Vintage,
    },
}

/// What runs a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pipeline {
    /// Tower middleware: endpoint and signing are part of the request's construction.
    Middleware {
        /// What hands out credentials: `provider`, later `cache`.
        credentials_from: &'static str,
    },
    /// The first orchestrator (0.56).
    FirstOrchestrator,
    /// The orchestrator since 0.57.
    Orchestrator,
}

/// The crate `http` whose `Uri` parses endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UriLibrary {
    /// 0.2: ASCII only.
    Http02,
    /// 1.x: paths may hold other characters.
    Http1,
}

/// Whether the region must be a host label: dots allowed, 63 bytes a label, no hyphen in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelCheck {
    /// Any text goes into the host.
    None,
    /// Letters and digits are those of Unicode.
    Unicode,
    /// Letters and digits are those of ASCII.
    Ascii,
}

/// Where endpoint overrides are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overrides {
    /// In code.
    Code,
    /// In code, then `AWS_ENDPOINT_URL` and the profile's `endpoint_url`; a text that is no URL is passed over.
    Global,
    /// In code, then also for STS alone: `AWS_ENDPOINT_URL_STS` and the `services` section. Texts are not checked.
    Service {
        /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` works.
        ignore_switch: bool,
    },
}
