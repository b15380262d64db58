//! What a changed outcome means to the people running it.
//!
//! [`Facts`] says what follows from one request: which partition and region serve it, where CloudTrail records it, what
//! `aws:RequestedRegion` it carries, what kind of session token it brings, which VPC interface endpoint its host needs.
//! [`compare`] holds two outcomes side by side and names what is different, as [`Consequence`]s.
//!
//! Source of the facts: the IAM User Guide, "Manage AWS STS in an AWS Region"
//! (`id_credentials_temp_enable-regions.html`, `id_credentials_temp_region-endpoints.html`) and "Using AWS STS interface
//! VPC endpoints" (`id_credentials_sts_vpce.html`).
//!
//! ```
//! use sts_endpoint::{Scenario, policy};
//! use sts_endpoint_impact::{Consequence, compare};
//!
//! let scenario = Scenario::new().with_code_region("ap-south-1");
//! let (before, after) = (policy("boto3@1.39.17")?, policy("boto3@1.40.0")?);
//! let consequences = compare(&before.policy.resolve(&scenario), &after.policy.resolve(&scenario));
//! assert!(consequences.contains(&Consequence::EventRegion {
//!     before: Some("us-east-1".into()),
//!     after: Some("ap-south-1".into()),
//! }));
//! # Ok::<(), sts_endpoint::PolicyError>(())
//! ```
#![forbid(unsafe_code)]

mod consequence;
mod facts;

pub use consequence::{Consequence, compare};
pub use facts::{Facts, TokenClass, is_opt_in};
