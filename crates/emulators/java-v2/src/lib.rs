//! Emulates how the AWS SDK for Java 2.x picks its STS endpoint, release by release.
//!
//! Java 2.x knows no `sts_regional_endpoints`: it is regional, and an ordinary client without a region fails in
//! `build()`, whatever endpoint it was given. What differs are the clients that its credential providers build for
//! themselves: without a region they call the global endpoint.
//!
//! ```
//! use sts_endpoint_core::{Entry, FileKind, Release, ResolutionPolicy, Scenario};
//! use sts_endpoint_java_v2::HISTORY;
//!
//! let (policy, _) = HISTORY.policy_at(Release::new(&[2, 33, 0]))?;
//! let legacy = Scenario::new().with_code_region("us-west-2").with_variable("AWS_STS_REGIONAL_ENDPOINTS", "legacy");
//! assert_eq!(policy.resolve(&legacy).to_string(), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
//!
//! let role = Scenario::new()
//!     .with_variable("AWS_PROFILE", "dev")
//!     .with_file(
//!         FileKind::Config,
//!         "[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/demo\ncredential_source = Environment\n",
//!     )
//!     .with_code_region("cn-north-1")
//!     .with_entry(Entry::ProfileAssumeRole);
//! assert_eq!(policy.resolve(&role).to_string(), "https://sts.amazonaws.com/ signed for us-east-1");
//! # Ok::<(), sts_endpoint_core::UnknownRelease>(())
//! ```
//!
//! | module | what it holds |
//! |---|---|
//! | [`sources`] | where each value is looked for |
//! | `profile` | the shared files as this SDK reads them |
//! | `decision` | what `build()` checks, and what a call does |
//! | `credentials` | the clients of the credential providers |
//! | `history`, `quirks` | what changed when, and where it leaves the documented table |
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod credentials;
mod decision;
mod history;
mod profile;
mod quirks;
pub mod sources;

pub use history::HISTORY;
pub use profile::Reserved;

use profile::{Active, Files, java_trim};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Accept, Behaviour, Entry, Look, NoProfile, Operation, Outcome, Scenario, Trace};

/// What a release of Java 2.x does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JavaV2 {
    /// How the service metadata makes a host; until 2.17 it is the request's host.
    pub host_data: HostData,
    /// Whether `Region.of` URL-encodes its text (2.9.16).
    pub encodes_regions: bool,
    /// What `build()` says of a host that is none.
    pub invalid_host: InvalidHost,
    /// How many refreshes of the region list, which that error quotes, the release has.
    pub region_refresh: u8,
    /// Whether FIPS and dual-stack exist (2.17.79).
    pub variants: bool,
    /// Whether a FIPS pseudo-region given to the builder is taken apart (2.17.289).
    pub fips_regions: bool,
    /// Whether the endpoint rules decide (2.18.0).
    pub rules: bool,
    /// The partitions that the release's data knows.
    pub vintage: Vintage,
    /// Whether that data lists `aws-iso-e-global` and `aws-iso-f-global`.
    pub iso_globals: bool,
    /// What becomes of the path of an endpoint override.
    pub path: PathOfOverride,
    /// Whether requests are signed for the client's own region where the rules name none (2.24.13).
    pub signs_as_client: bool,
    /// Whether endpoints are read from properties, variables and the profile (2.28.1).
    pub configured_endpoints: bool,
    /// Whether `services` sections are (2.31.3).
    pub services_sections: bool,
    /// Whether configured endpoints can be ignored (2.52.0).
    pub can_ignore_endpoints: bool,
    /// A defaults mode that is none fails `build()`.
    pub checks_defaults_mode: bool,
    /// Whether the configured endpoint is looked for before the region, and the host checked without FIPS and dual-stack.
    pub endpoint_before_region: bool,
    /// Whether the operations that need no signature are unsigned on an ordinary client (2.31.65).
    pub unsigned_operations: bool,
    /// Whether the operation `GetAccessKeyInfo` exists (2.7.11).
    pub access_key_info: bool,
    /// Where the client of a role in a profile takes its region from.
    pub role_region: RoleRegion,
    /// Whether `credential_source` is known (2.5.30).
    pub credential_source: bool,
    /// Whether web identity is known (2.7.16).
    pub web_identity: bool,
    /// Headers other than profiles that the file reader knows.
    pub reserved: Reserved,
    /// Whether making the default credential chain reads the files, and fails with them.
    pub chain_reads_files_first: bool,
    /// Whether an error that describes a profile file names its sections.
    pub names_sections: bool,
    /// The note of the documented table: `AssumeRole` and `AssumeRoleWithWebIdentity` use the global endpoint without a
    /// region, through an ordinary client too. Only in editions; no release does it.
    pub global_fallback_for_assume_role: bool,
}

/// How the service metadata makes a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostData {
    /// Always regional: the global host in the data has no effect (until 2.5.3).
    OverrideWithoutEffect,
    /// A region that the data does not know, `aws-global` among them, gets the global host, signed with its own name
    /// (until 2.10.46).
    UnknownIsGlobal,
    /// Regional; `aws-global` is the global endpoint, signed for us-east-1.
    Regional,
}

/// What `build()` says of a region that makes no host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidHost {
    /// Nothing; the call fails (until 2.13.12).
    Unchecked,
    /// It names examples (2.13.13).
    Examples,
    /// It names FIPS and dual-stack tags and all regions (2.17.79).
    Tags,
    /// It names only the region.
    Plain,
}

/// What becomes of the path of an endpoint override.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathOfOverride {
    /// It is dropped (until 2.17).
    Dropped,
    /// It is kept (2.18.0 to 2.20.67).
    Kept,
    /// It is dropped, but for one with an escape that need not be one (since 2.20.68).
    KeptWhereRequoted,
}

/// Where the client of a role in a profile takes its region from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleRegion {
    /// The default chain, else `aws-global` (until 2.2).
    ChainOrAwsGlobal,
    /// The profile with the role, the default chain, else the global endpoint (2.3.0).
    Own,
}

impl Behaviour for JavaV2 {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let code = &scenario.code;
        let no_such_option = code.sts_regional_endpoints.is_some()
            || (!self.variants && (code.use_fips.is_some() || code.use_dualstack.is_some()));
        if no_such_option {
            return Outcome::NotApplicable("no such option in code".into());
        }
        if scenario.presign {
            return Outcome::NotApplicable("the SDK presigns no STS request".into());
        }
        let operation = scenario.operation;
        if scenario.entry == Entry::Client
            && operation == Operation::GetAccessKeyInfo
            && !self.access_key_info
        {
            return Outcome::NotApplicable("no such operation in this release".into());
        }
        let name = sources::PROFILE
            .first(&mut Look::new(scenario, &NoProfile, trace), Accept::Present)
            .map_or("default", |name| java_trim(name.text));
        let files = Files::of(scenario, self.reserved);
        let active = Active { files, name, readable: files.check().is_ok() };
        let mut look = Look::new(scenario, &active, trace);
        sources::tell_unread(&mut look);
        if scenario.entry != Entry::Client {
            return self.provider(&mut look, &active);
        }
        self.client(&mut look, &active, operation).into()
    }
}

impl JavaV2 {
    /// An ordinary client.
    fn client<'a>(
        &self,
        look: &mut Look<'a, '_>,
        active: &Active<'a>,
        operation: Operation,
    ) -> Result<sts_endpoint_core::Resolution<'a>, sts_endpoint_core::Failure<'a>> {
        let mut options = self.options_in_code(look)?;
        let falls_back = self.global_fallback_for_assume_role
            && matches!(operation, Operation::AssumeRole | Operation::AssumeRoleWithWebIdentity)
            && options.region.is_none();
        if falls_back && sources::default_region(look, active, self.encodes_regions).is_none() {
            let fallback = self.global_fallback(look);
            options.region = fallback.region;
            options.endpoint = options.endpoint.or(fallback.endpoint);
        }
        let client = self.build(look, active, options)?;
        self.call(look, client, operation.needs_no_signature() && self.unsigned_operations)
    }
}
