//! How AWS CLI v2 picks its STS endpoint, release by release.
//!
//! ```
//! use sts_endpoint_core::{Release, ResolutionPolicy, Scenario};
//! use sts_endpoint_cli_v2::HISTORY;
//!
//! let scenario = Scenario::new().with_variable("AWS_DEFAULT_REGION", "us-west-2");
//! let host_at = |numbers: &[u32]| {
//!     let (policy, _) = HISTORY.policy_at(Release::new(numbers))?;
//!     let host = policy.resolve(&scenario).resolution().map(|found| found.endpoint.host().into_owned());
//!     Ok::<_, sts_endpoint_core::UnknownRelease>(host)
//! };
//! assert_eq!(host_at(&[2, 0, 0])?.as_deref(), Some("sts.us-west-2.amazonaws.com"));
//! assert_eq!(host_at(&[2, 36, 7])?.as_deref(), Some("sts.us-west-2.amazonaws.com"));
//! # Ok::<(), sts_endpoint_core::UnknownRelease>(())
//! ```
//!
//! It carries a botocore of its own, from which the setting was removed before 2.0.0: see [`sts_endpoint_core::botocore`]. Sources:
//! aws/aws-cli v2, tags of the releases.
//!
//! # Where the table is silent
//!
//! * With an endpoint and no region it fails, though the same program works without the endpoint (botocore/auth.py
//!   NoRegionError).
//! * An empty AWS_REGION is a region: it hides AWS_DEFAULT_REGION, and makes a host that is refused (recorded at every
//!   release; awscli/clidriver.py).
//! * A role whose source profile holds a web identity token makes its first call for that token, unsigned, to the endpoint
//!   of the profile in use (botocore/credentials.py AssumeRoleProvider).
//! * `aws eks get-token` presigns for the host that a command would call, whatever --endpoint-url says
//!   (awscli/customizations/eks/get_token.py).
#![no_std]
#![forbid(unsafe_code)]

mod history;
mod quirks;

pub use history::HISTORY;
pub use sts_endpoint_core::botocore::Botocore as CliV2;
