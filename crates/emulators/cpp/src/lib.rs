//! How the AWS SDK for C++ picks the STS endpoint, release by release.
//!
//! ```
//! use sts_endpoint_core::{ResolutionPolicy, Scenario};
//! use sts_endpoint_cpp::HISTORY;
//!
//! let policy = HISTORY.latest();
//! // the setting does not exist here: always regional, and us-east-1 without a region
//! let scenario = Scenario::new().with_variable("AWS_STS_REGIONAL_ENDPOINTS", "legacy");
//! assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.us-east-1.amazonaws.com/ signed for us-east-1");
//! // the variable that other SDKs ask second comes first here
//! let scenario = scenario.with_variable("AWS_REGION", "us-west-2").with_variable("AWS_DEFAULT_REGION", "sa-east-1");
//! assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.sa-east-1.amazonaws.com/ signed for sa-east-1");
//! // only the pseudo-region reaches the global endpoint
//! let scenario = Scenario::new().with_code_region("aws-global");
//! assert_eq!(policy.resolve(&scenario).to_string(), "https://sts.amazonaws.com/ signed for us-east-1");
//! ```
//!
//! The page of documentation that would tell it all:
//!
//! * **The setting** (`AWS_STS_REGIONAL_ENDPOINTS`, `sts_regional_endpoints`) is not read by any release, and there is no
//!   option in code. Hosts are regional; region `aws-global` gives the global endpoint, signed for us-east-1.
//! * **Region**: code, `AWS_DEFAULT_REGION`, `AWS_REGION`, the config file's profile, instance metadata, us-east-1. Up to
//!   1.7 there is only code and us-east-1. The credentials file has no region.
//! * **Profile**: `AWS_DEFAULT_PROFILE`, `AWS_PROFILE`, `default`.
//! * **Variants**: FIPS (since 1.10.0) and dual-stack in code alone. Region `fips-x` or `x-fips` means FIPS in `x`;
//!   `AWS_USE_FIPS_ENDPOINT` and the like have no effect.
//! * **Override**: code; in some of the newest releases also the variables, `[services]` and the profile.
//! * **Credential providers** have a region chain and hosts of their own; see [`WebIdentity`] and [`ProfileRole`]. They know no
//!   `aws-global`. The common runtime's take a configured override for the name of a host: with a URL in it they are lost.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod config_file;
mod credentials;
mod decision;
mod history;
mod quirks;
mod sources;
mod uri;

pub use config_file::Comments;
pub use history::HISTORY;
pub use uri::{HostCheck, PathEnd};

use sts_endpoint_core::rules::Vintage;

/// What the SDK does, at one release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CppSdk {
    /// A client's region is looked for outside of code too.
    pub region_chain: bool,
    /// How the config file is read.
    pub file_parser: FileParser,
    /// Where a client's host comes from.
    pub hosts: Hosts,
    /// What becomes of the region before it signs.
    pub signer_region: SignerRegion,
    /// Which hosts are taken.
    pub host_check: HostCheck,
    /// A region that is no host label counts as no region.
    pub label_check: bool,
    /// What a path ends with on the wire.
    pub path_end: PathEnd,
    /// Hosts in brackets may hold colons.
    pub bracket_hosts: bool,
    /// Endpoint overrides are looked for outside of code too.
    pub configured_urls: bool,
    /// `AssumeRoleWithWebIdentity` and `AssumeRoleWithSAML` are signed when the client has credentials.
    pub signs_web_identity: bool,
    /// Who exchanges a web identity token.
    pub web_identity: WebIdentity,
    /// Who assumes a profile's role.
    pub profile_role: ProfileRole,
    /// Keys in the config file come before a web identity.
    pub keys_in_config_file: bool,
    /// Where the hosts of the common runtime's providers come from.
    pub provider_hosts: ProviderHosts,
}

/// How the config file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileParser {
    /// No comments, no need of the word `profile`, nothing refused.
    Lenient,
    /// By the specification's words.
    Strict {
        /// What starts a comment.
        comments: Comments,
        /// A carriage return stays in its line.
        carriage_returns: bool,
        /// `[services]` sections are read.
        services: bool,
    },
}

/// Where a client's host comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// From code generated with the client: suffixes by exact region.
    Built {
        /// Regions us-iso-east-1 and us-isob-east-1 have suffixes of their own.
        iso: bool,
        /// Region `aws-global` means us-east-1.
        aws_global: bool,
    },
    /// From the STS endpoint rule set.
    Rules {
        /// What the rules do without a region.
        region: RuleRegion,
        /// `fips-` and `-fips` are cut off by wrong lengths.
        miscut: bool,
        /// The partition data.
        vintage: Vintage,
    },
}

/// What the rules do without a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleRegion {
    /// They fail.
    Required,
    /// They fail, but for an override, which gets a dummy.
    DummyForOverride,
    /// They say that it is missing; an override needs none.
    Optional,
}

/// What becomes of the region before it signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignerRegion {
    /// Nothing.
    AsGiven,
    /// Pseudo-regions are translated.
    Computed {
        /// `fips-aws-global` is one of them that mean us-east-1.
        fips_aws_global: bool,
    },
}

/// Who exchanges a web identity token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebIdentity {
    /// A client of core's own: `AWS_DEFAULT_REGION`, the profile's region, us-east-1; suffixes by exact region.
    Core,
    /// The common runtime: hosts by prefix of the region; a configured override is taken for a host name.
    CommonRuntime {
        /// The region of the client that the chain belongs to counts.
        client_region: bool,
    },
}

/// Who assumes a profile's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileRole {
    /// Nobody: there is no such provider.
    Absent,
    /// `STSProfileCredentialsProvider` of the identity-management library, through an ordinary client.
    IdentityManagement,
    /// The profile provider of core, which knows keys alone.
    KeysOnly,
    /// The common runtime's profile provider: `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's region, the global endpoint.
    CommonRuntime,
}

/// Where the hosts of the common runtime's providers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderHosts {
    /// From the runtime's own list of prefixes; a profile's role without a region is assumed at the global endpoint.
    OwnList,
    /// From the rules that clients go by, as the documentation has it; without a region us-east-1.
    Rules,
}
