//! The outcome record: one line of `sts-endpoint batch`, and of the recordings.

use serde::{Serialize, Serializer};
use sts_endpoint_core::{Outcome, PolicyId, Sdk};

/// What one policy answers to one scenario, as one line of JSON.
///
/// ```
/// # #[cfg(feature = "boto3")] {
/// use sts_endpoint::{Record, Scenario, policy};
///
/// let mut scenario = Scenario::new().with_code_region("us-west-2");
/// scenario.id = "one".into();
/// let found = policy("boto3@1.40.0")?;
/// let outcome = found.policy.resolve(&scenario);
/// let line = serde_json::to_string(&Record::new(found.policy.id(), &scenario.id, &outcome)).unwrap();
/// assert_eq!(
///     line,
///     r#"{"sdk":"boto3","release":"1.40.0","scenario":"one","outcome":{"kind":"request","url":"https://sts.us-west-2.amazonaws.com/","signing_region":"us-west-2"}}"#
/// );
/// # }
/// # Ok::<(), sts_endpoint::PolicyError>(())
/// ```
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Record<'r> {
    /// The SDK.
    pub sdk: Sdk,
    /// The release, or the edition.
    #[serde(serialize_with = "version")]
    release: PolicyId,
    /// The scenario's id.
    pub scenario: &'r str,
    /// The outcome.
    pub outcome: &'r Outcome<'r>,
}

impl<'r> Record<'r> {
    /// The record of a policy's answer to a scenario.
    pub fn new(policy: PolicyId, scenario: &'r str, outcome: &'r Outcome<'r>) -> Self {
        Self { sdk: policy.sdk, release: policy, scenario, outcome }
    }

    /// The policy that answered.
    pub fn policy(&self) -> PolicyId {
        self.release
    }
}

fn version<S: Serializer>(policy: &PolicyId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&policy.version)
}
