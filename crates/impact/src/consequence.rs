//! What is different between two outcomes.

use crate::facts::{Facts, TokenClass, is_opt_in};
use serde::Serialize;
use std::fmt;
use sts_endpoint::Outcome;

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Consequence {
    /// It made a request, and now it fails.
    StartsFailing {
        /// The category of the failure.
        category: &'static str,
        /// The SDK's own error.
        error: String,
    },
    /// It failed, and now it makes a request.
    StopsFailing {
        /// The host it calls.
        host: String,
    },
    /// It fails in both, with another error.
    FailsDifferently {
        /// The error before.
        before: String,
        /// The error after.
        after: String,
    },
    /// The question arises in one of the two only (no such option, operation or entry in the other).
    Applicability {
        /// Whether it arose before.
        before: bool,
        /// Whether it arises after.
        after: bool,
    },
    /// The request goes to another host: a firewall has to let the new name through, and need no longer the old one.
    Host {
        /// The host before.
        before: String,
        /// The host after.
        after: String,
    },
    /// The URL differs in scheme or path alone.
    Url {
        /// The URL before.
        before: String,
        /// The URL after.
        after: String,
    },
    /// The request is signed for another region; whoever verifies it must accept the new one.
    SigningRegion {
        /// The signing region before; `None`: unsigned.
        before: Option<String>,
        /// The signing region after; `None`: unsigned.
        after: Option<String>,
    },
    /// The request goes to another partition (`None`: to a host that is none of AWS's).
    Partition {
        /// The partition before.
        before: Option<&'static str>,
        /// The partition after.
        after: Option<&'static str>,
    },
    /// CloudTrail records the call in another region, and `aws:RequestedRegion` says another one.
    EventRegion {
        /// The region before; `None`: not known.
        before: Option<String>,
        /// The region after; `None`: not known.
        after: Option<String>,
    },
    /// The call brings another kind of session token.
    Token {
        /// The kind before.
        before: Option<TokenClass>,
        /// The kind after.
        after: Option<TokenClass>,
    },
    /// The call now depends on a region that the account has to enable.
    OptInRegion {
        /// The region.
        region: String,
    },
    /// Another VPC interface endpoint has to exist for the call to stay private; `None`: no interface endpoint covers it.
    VpcEndpoint {
        /// The service before.
        before: Option<String>,
        /// The service after.
        after: Option<String>,
    },
}

impl Consequence {
    /// How bad it is: the smaller the number, the worse.
    pub const fn rank(&self) -> u8 {
        match self {
            Self::StartsFailing { .. } => 0,
            Self::Partition { .. } => 1,
            Self::Host { .. } => 2,
            Self::SigningRegion { .. } => 3,
            Self::VpcEndpoint { .. } => 4,
            Self::OptInRegion { .. } => 5,
            Self::EventRegion { .. } => 6,
            Self::Token { .. } => 7,
            Self::Url { .. } => 8,
            Self::StopsFailing { .. } => 9,
            Self::FailsDifferently { .. } => 10,
            Self::Applicability { .. } => 11,
        }
    }
}

struct Or<'o, T>(&'o Option<T>, &'static str);

impl<T: fmt::Display> fmt::Display for Or<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(value) => value.fmt(f),
            None => f.write_str(self.1),
        }
    }
}

impl fmt::Display for Consequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StartsFailing { category, error } => write!(f, "starts failing ({category}): {error}"),
            Self::StopsFailing { host } => write!(f, "stops failing: calls {host}"),
            Self::FailsDifferently { before, after } => write!(f, "fails with another error: {before} -> {after}"),
            Self::Applicability { before: true, .. } => f.write_str("the question no longer arises"),
            Self::Applicability { .. } => f.write_str("the question did not arise before"),
            Self::Host { before, after } => write!(f, "host: {before} -> {after} (firewalls and proxies)"),
            Self::Url { before, after } => write!(f, "URL: {before} -> {after}"),
            Self::SigningRegion { before, after } => {
                write!(f, "signing region: {} -> {}", Or(before, "unsigned"), Or(after, "unsigned"))
            }
            Self::Partition { before, after } => {
                write!(f, "partition: {} -> {}", Or(before, "none of AWS's"), Or(after, "none of AWS's"))
            }
            Self::EventRegion { before, after } => write!(
                f,
                "CloudTrail region and aws:RequestedRegion: {} -> {}",
                Or(before, "not known"),
                Or(after, "not known")
            ),
            Self::Token { before: _, after: Some(TokenClass::Regional) } => {
                f.write_str("session tokens: valid in every region, and longer than those of the global endpoint")
            }
            Self::Token { before: _, after: Some(TokenClass::Global) } => f.write_str(
                "session tokens: of the global endpoint, not valid in opt-in regions unless the account asks for version 2",
            ),
            Self::Token { .. } => f.write_str("session tokens: not AWS's own"),
            Self::OptInRegion { region } => write!(f, "{region} is an opt-in region: the account must have it enabled"),
            Self::VpcEndpoint { before: _, after: Some(after) } => {
                write!(f, "VPC interface endpoint that must exist to stay private: {after}")
            }
            Self::VpcEndpoint { before, after: None } => {
                write!(f, "no VPC interface endpoint covers the host any more (before: {})", Or(before, "none"))
            }
        }
    }
}

/// What is different between two outcomes of one scenario, worst first. Empty: nothing is.
///
/// ```
/// use sts_endpoint::{Scenario, policy};
/// use sts_endpoint_impact::compare;
///
/// let scenario = Scenario::new();
/// let found = policy("boto3@latest")?;
/// assert!(compare(&found.policy.resolve(&scenario), &found.policy.resolve(&scenario)).is_empty());
/// # Ok::<(), sts_endpoint::PolicyError>(())
/// ```
pub fn compare(before: &Outcome<'_>, after: &Outcome<'_>) -> Vec<Consequence> {
    let mut different = match (before, after) {
        (Outcome::NotApplicable(_), Outcome::NotApplicable(_)) => Vec::new(),
        (Outcome::NotApplicable(_), _) => vec![Consequence::Applicability { before: false, after: true }],
        (_, Outcome::NotApplicable(_)) => vec![Consequence::Applicability { before: true, after: false }],
        (Outcome::Request(_), Outcome::Error(failure)) => vec![Consequence::StartsFailing {
            category: failure.category.name(),
            error: format!("{}: {}", failure.error_type, failure.message),
        }],
        (Outcome::Error(_), Outcome::Request(request)) => {
            vec![Consequence::StopsFailing { host: request.endpoint.host().into_owned() }]
        }
        (Outcome::Error(before), Outcome::Error(after)) => {
            let say =
                |failure: &sts_endpoint::Failure<'_>| format!("{}: {}", failure.error_type, failure.message);
            if before.category == after.category && say(before) == say(after) {
                Vec::new()
            } else {
                vec![Consequence::FailsDifferently { before: say(before), after: say(after) }]
            }
        }
        (Outcome::Request(old), Outcome::Request(new)) => {
            let mut different = requests(Facts::of(old), Facts::of(new));
            let (before, after) = (old.endpoint.to_string(), new.endpoint.to_string());
            if before != after && old.endpoint.host() == new.endpoint.host() {
                different.push(Consequence::Url { before, after });
            }
            different
        }
    };
    different.sort_by_key(Consequence::rank);
    different
}

fn requests(before: Facts, after: Facts) -> Vec<Consequence> {
    let mut different = Vec::new();
    if before.vpc_endpoint != after.vpc_endpoint {
        different.push(Consequence::VpcEndpoint { before: before.vpc_endpoint, after: after.vpc_endpoint });
    }
    if before.token != after.token {
        different.push(Consequence::Token { before: before.token, after: after.token });
    }
    if before.event_region != after.event_region {
        if let Some(region) = after.event_region.as_ref().filter(|region| is_opt_in(region)) {
            different.push(Consequence::OptInRegion { region: region.clone() });
        }
        different.push(Consequence::EventRegion { before: before.event_region, after: after.event_region });
    }
    if before.partition != after.partition {
        different.push(Consequence::Partition { before: before.partition, after: after.partition });
    }
    if before.signing_region != after.signing_region {
        different
            .push(Consequence::SigningRegion { before: before.signing_region, after: after.signing_region });
    }
    if before.host != after.host {
        different.push(Consequence::Host { before: before.host, after: after.host });
    }
    different
}

#[cfg(test)]
mod tests {
    use super::*;
    use sts_endpoint::{Endpoint, Failure, FailureCategory, Resolution};

    #[test]
    fn global_to_regional_has_all_its_consequences_worst_first() {
        let before = Resolution::new(Endpoint::Global, "us-east-1").into();
        let after = Resolution::new(Endpoint::regional("ap-east-1", "amazonaws.com"), "ap-east-1").into();
        let told: Vec<String> = compare(&before, &after).iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "host: sts.amazonaws.com -> sts.ap-east-1.amazonaws.com (firewalls and proxies)",
                "signing region: us-east-1 -> ap-east-1",
                "VPC interface endpoint that must exist to stay private: com.amazonaws.ap-east-1.sts",
                "ap-east-1 is an opt-in region: the account must have it enabled",
                "CloudTrail region and aws:RequestedRegion: us-east-1 -> ap-east-1",
                "session tokens: valid in every region, and longer than those of the global endpoint",
            ]
        );
    }

    #[test]
    fn us_east_1s_own_endpoint_is_not_the_global_one() {
        let before = Resolution::new(Endpoint::Global, "us-east-1").into();
        let after = Resolution::new(Endpoint::regional("us-east-1", "amazonaws.com"), "us-east-1").into();
        let different = compare(&before, &after);
        assert!(different.iter().any(|c| matches!(c, Consequence::Host { .. })));
        assert!(
            !different
                .iter()
                .any(|c| matches!(c, Consequence::EventRegion { .. } | Consequence::SigningRegion { .. }))
        );
    }

    #[test]
    fn failures_start_and_stop() {
        let fails = || Failure::new(FailureCategory::MissingRegion, "NoRegionError", "no region").into();
        let calls = || Resolution::new(Endpoint::Global, "us-east-1").into();
        assert!(matches!(compare(&calls(), &fails())[..], [Consequence::StartsFailing { .. }]));
        assert!(matches!(compare(&fails(), &calls())[..], [Consequence::StopsFailing { .. }]));
        assert!(compare(&fails(), &fails()).is_empty());
    }
}
