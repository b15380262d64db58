//! How Boto3 picks its STS endpoint, release by release.
//!
//! ```
//! use sts_endpoint_core::{Release, ResolutionPolicy, Scenario};
//! use sts_endpoint_boto3::HISTORY;
//!
//! let scenario = Scenario::new().with_variable("AWS_DEFAULT_REGION", "us-west-2");
//! let host_at = |numbers: &[u32]| {
//!     let (policy, _) = HISTORY.policy_at(Release::new(numbers))?;
//!     let host = policy.resolve(&scenario).resolution().map(|found| found.endpoint.host().into_owned());
//!     Ok::<_, sts_endpoint_core::UnknownRelease>(host)
//! };
//! assert_eq!(host_at(&[1, 39, 17])?.as_deref(), Some("sts.amazonaws.com"));
//! assert_eq!(host_at(&[1, 40, 0])?.as_deref(), Some("sts.us-west-2.amazonaws.com"));
//! # Ok::<(), sts_endpoint_core::UnknownRelease>(())
//! ```
//!
//! What a release does is botocore's: see [`sts_endpoint_core::botocore`]. Releases are Boto3's, each with the botocore of its lower bound;
//! what runs is the botocore installed. Sources: boto/botocore, tags of the same day.
//!
//! # Where the table is silent
//!
//! * AWS_REGION is not read: with no other source, the call goes to the global endpoint as if there were no region
//!   (recorded at every release; botocore/session.py).
//! * With an endpoint and no region it fails, though the same program works without the endpoint (botocore/auth.py
//!   NoRegionError).
//! * A role whose source profile holds a web identity token makes its first call for that token, unsigned, to the endpoint
//!   of the profile in use (botocore/credentials.py AssumeRoleProvider).
//! * An empty AWS_DEFAULTS_MODE is a mode, and refused (botocore/session.py `_resolve_defaults_mode`).
#![no_std]
#![forbid(unsafe_code)]

mod history;
mod quirks;

pub use history::HISTORY;
pub use sts_endpoint_core::botocore::Botocore as Boto3;
