//! How the AWS SDK for JavaScript 2.x picks its STS endpoint, release by release.
//!
//! ```
//! use sts_endpoint_core::{Outcome, ResolutionPolicy, Scenario};
//! use sts_endpoint_js_v2::HISTORY;
//!
//! let scenario = Scenario::new().with_variable("AWS_REGION", "us-west-2");
//! let policy = HISTORY.latest();
//! let Outcome::Request(resolution) = policy.resolve(&scenario) else { panic!("no error in sight") };
//! assert_eq!(resolution.endpoint.to_string(), "https://sts.amazonaws.com/");
//! ```
//!
//! The default is `legacy` to the last release, and `legacy` has no list: every region without a rule of its own goes to the
//! global endpoint. Files are read only where `AWS_SDK_LOAD_CONFIG` is set (to anything, `0` and `false` too), and then they
//! have to exist. Sources: `lib/node_loader.js`, `lib/region_config.js`, `lib/config_regional_endpoint.js`, `lib/services/sts.js`.
//!
//! # Where the table is silent
//!
//! * With AWS_SDK_LOAD_CONFIG set and no region in the environment, a missing config file is an error, even where
//!   code gives a region (recorded at every release).
//! * The client of a role profile takes the profile's region, else us-east-1: AWS_REGION and code are passed over
//!   (recorded at 2.757.0 and 2.758.0; aws/aws-sdk-js #3447).
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod decision;
mod history;
mod quirks;
mod sources;
mod url;

pub use history::HISTORY;

/// What JavaScript 2.x does at a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsV2 {
    /// The setting.
    setting: Setting,
    /// The default value of the setting is legacy.
    default_legacy: bool,
    /// The setting is read in the config file where there is no credentials file (2.775.0).
    setting_without_credentials_file: bool,
    /// What becomes of a regional host.
    regional: Regional,
    /// The keys of a profile in both files are merged, and a role profile's client has a region of its own (2.758.0).
    merges_profiles: bool,
    /// A missing credentials file is no error where the region is looked for (2.882.0).
    tolerates_missing_credentials: bool,
    /// A missing credentials file is no error to the providers that read profiles (2.775.0).
    provider_tolerates_missing_credentials: bool,
    /// A key without value is no key (2.1154.0).
    ignores_empty_values: bool,
    /// The region must be a host label where the host is not the global one (2.721.0).
    checks_region: bool,
    /// FIPS pseudo-regions are understood (2.1013.0).
    pseudo_regions: bool,
    /// The FIPS option; aws-global and aws-us-gov-global stand for regions (2.1027.0).
    fips: bool,
    /// The dual-stack option (2.1028.0).
    dual_stack: bool,
    /// Rules for aws-iso and aws-iso-b (2.610.0).
    iso: bool,
    /// A rule for aws-iso-e (2.1587.0).
    iso_e: bool,
    /// A rule for aws-iso-f (2.1601.0).
    iso_f: bool,
    /// The web identity token file provider.
    web_identity: WebIdentity,
    /// `GetAccessKeyInfo` is known.
    access_key_info: bool,
    /// The edition's row: aws-global is global under regional too, no region means the global endpoint, and partition aws-eusc is known.
    documented: bool,
}

/// How the setting is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Setting {
    /// It is not known (before 2.525.0).
    Unknown,
    /// Code, variable and file are read in this order, each overwriting the one before.
    LastWins,
    /// Code, variable, file: the first one counts (2.581.0).
    FirstWins,
}

/// What becomes of a regional host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Regional {
    /// The region is put into the endpoint's text, an endpoint in code included (up to 2.580.0).
    Inserted,
    /// The URL's text becomes the host's name (2.581.0 to 2.584.0).
    Broken,
    /// The region is put into the global host.
    Repaired,
}

/// What the web identity token file provider knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum WebIdentity {
    /// There is none.
    None,
    /// It does not know the variables yet (2.517.0).
    First,
    /// AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN (2.518.0).
    Variables,
}
