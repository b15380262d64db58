//! Emulates how the AWS SDK for Java 1.x picks its STS endpoint, release by release.
//!
//! Java 1.x is one of the SDKs with the setting: `legacy` (its default, to the end) sends a list of 16 regions to the
//! global endpoint. But its bundled endpoint data decides first what a region is: one that the data does not list goes to
//! the global endpoint under either setting. And a role in a profile is always assumed through the global endpoint.
//!
//! ```
//! use sts_endpoint_core::{Release, ResolutionPolicy, Scenario};
//! use sts_endpoint_java_v1::HISTORY;
//!
//! let (policy, _) = HISTORY.policy_at(Release::new(&[1, 12, 705]))?;
//! let says = |region: &str| {
//!     let scenario =
//!         Scenario::new().with_code_region(region).with_variable("AWS_STS_REGIONAL_ENDPOINTS", "regional");
//!     policy.resolve(&scenario).to_string()
//! };
//! assert_eq!(says("us-west-2"), "https://sts.us-west-2.amazonaws.com/ signed for us-west-2");
//! assert_eq!(says("mx-central-1"), "https://sts.amazonaws.com/ signed for us-east-1");
//! # Ok::<(), sts_endpoint_core::UnknownRelease>(())
//! ```
//!
//! A scenario's `construction` says how the client is made: `constructor` is the deprecated
//! `new AWSSecurityTokenServiceClient(…)` with `setRegion` and `setEndpoint`, which never looks for a region.
//!
//! | module | what it holds |
//! |---|---|
//! | [`sources`] | where each value is looked for |
//! | `profile` | profile files as this SDK reads them |
//! | `data` | the bundled endpoint data |
//! | `decision` | the client, and the clients of the credential providers |
//! | `history`, `quirks` | what changed when, and where it leaves the documented table |
//!
//! # Where the table is silent
//!
//! * sts_regional_endpoints in [profile dev] is found in no release, though newer ones find the region beside it
//!   (recorded at 1.12.262 and 1.12.705; RegionalEndpointsOptionResolver.getProfile).
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod data;
mod decision;
mod history;
mod profile;
mod quirks;
pub mod sources;

pub use data::{Data, Refresh};
pub use history::HISTORY;
pub use profile::Scanner;

use sts_endpoint_core::scenario::Construction as Built;
use sts_endpoint_core::{Behaviour, Entry, Look, Operation, Outcome, Scenario, Trace};

/// What a release of Java 1.x does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JavaV1 {
    /// The bundled endpoint data.
    pub data: Data,
    /// Whether the setting exists (1.11.618).
    pub setting: bool,
    /// Whether web identity is in the default credential chain.
    pub web_identity: bool,
    /// Whether the operation `GetAccessKeyInfo` exists.
    pub access_key_info: bool,
    /// Whether `AWS_EC2_METADATA_DISABLED` keeps it from asking instance metadata for a region.
    pub can_disable_metadata: bool,
    /// How profile files are taken.
    pub scanner: Scanner,
    /// Whether the error of the default credential chain tells each provider's reason.
    pub tells_reasons: bool,
    /// Whether the error for an endpoint without a host names it.
    pub names_bad_endpoints: bool,
    /// A row of the documented table: `legacy` for every commercial region, the global endpoint without a region, and the
    /// same for the clients of credential providers. Only in editions.
    pub documented: bool,
}

/// How a client is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Construction {
    /// `AWSSecurityTokenServiceClientBuilder`.
    Builder,
    /// `new AWSSecurityTokenServiceClient(…)`, deprecated.
    Constructor,
}

impl Behaviour for JavaV1 {
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let code = &scenario.code;
        if code.sts_regional_endpoints.is_some() || code.use_fips.is_some() || code.use_dualstack.is_some() {
            return Outcome::NotApplicable("no such option in code".into());
        }
        if scenario.presign {
            return Outcome::NotApplicable("the SDK presigns no STS request".into());
        }
        let client = scenario.entry == Entry::Client;
        if client && scenario.operation == Operation::GetAccessKeyInfo && !self.access_key_info {
            return Outcome::NotApplicable("no such operation in this release".into());
        }
        let construction = match scenario.construction {
            Some(Built::Constructor) => Construction::Constructor,
            _ => Construction::Builder,
        };
        if !client && construction == Construction::Constructor {
            return Outcome::NotApplicable("entry does not use this constructor".into());
        }
        sources::tell_unread(scenario, trace);
        let name = sources::profile_name(scenario, trace);
        let config = sources::Config::of(scenario, self.scanner, name);
        let mut look = Look::new(scenario, &config, trace);
        if client { self.ordinary(&mut look, name, construction) } else { self.provider(&mut look, name) }
    }
}
