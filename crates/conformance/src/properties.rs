//! What must hold: a property for every cell of the documented table, and laws for every policy.
//!
//! A property is a function from a policy (and a row) and a scenario to a verdict, so that it can be run over generated
//! scenarios, over a user's own, and over policies that are wrong on purpose.

use crate::strategies;
use crate::table::{Fallback, Row, Setting, Target};
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt;
use sts_endpoint::{
    Endpoint, FailureCategory, FileKind, Operation, Outcome, Partition, Resolution, ResolutionPolicy,
    Scenario, Sdk,
};

/// A property that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What was expected.
    pub expected: String,
    /// What the policy says.
    pub found: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

type Verdict = Result<(), Violation>;

/// One cell of a row, or a rule that the page states for all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// "Supports setting": the variable and the file choose between global and Regional, or have no effect.
    SupportsSetting,
    /// "Default setting value": leaving the setting out is choosing the default.
    Default,
    /// "Default service client target STS Endpoint".
    DefaultTarget,
    /// "Service client fallback behavior": no Region is configured.
    Fallback,
    /// The note beside the row, where there is one.
    Note,
    /// `aws-global` reaches the global endpoint though the setting is `regional`.
    AwsGlobal,
    /// Partitions other than commercial use Regional endpoints, whatever the setting.
    OtherPartitions,
}

impl Cell {
    /// Every cell.
    pub const ALL: [Self; 7] = [
        Self::SupportsSetting,
        Self::Default,
        Self::DefaultTarget,
        Self::Fallback,
        Self::Note,
        Self::AwsGlobal,
        Self::OtherPartitions,
    ];

    /// Scenarios that the cell speaks of.
    pub fn scenarios(self, row: &Row) -> BoxedStrategy<Scenario> {
        let operation = match (row.sdk, self) {
            // The note of Java 2.x takes these two out of its fallback.
            (Sdk::JavaV2, Self::Fallback) => select(
                Operation::ALL
                    .iter()
                    .copied()
                    .filter(|op| !matches!(op, Operation::AssumeRole | Operation::AssumeRoleWithWebIdentity))
                    .collect::<Vec<_>>(),
            )
            .boxed(),
            (Sdk::JavaV2, Self::Note) => {
                select(vec![Operation::AssumeRole, Operation::AssumeRoleWithWebIdentity]).boxed()
            }
            _ => strategies::operation().boxed(),
        };
        let client = operation.prop_map(|operation| Scenario::new().with_operation(operation));
        let with_region = |region: BoxedStrategy<String>| {
            (client.clone(), region).prop_map(|(scenario, region)| scenario.with_code_region(&region))
        };
        match self {
            Self::SupportsSetting => {
                (with_region(strategies::commercial_region().boxed()), setting_somewhere())
                    .prop_map(|(scenario, (place, text))| place.put(scenario, text))
                    .boxed()
            }
            Self::Default | Self::DefaultTarget => {
                with_region(strategies::commercial_region().boxed()).boxed()
            }
            Self::Fallback => (client, any::<bool>())
                .prop_map({
                    let supports = row.supports_setting;
                    let regional_by_default = row.held_target() == Target::Regional;
                    move |(scenario, chosen)| {
                        // A Regional endpoint is meant by default, or because `regional` was chosen.
                        let choose = supports && (chosen || !regional_by_default);
                        if choose { Place::Variable.put(scenario, "regional") } else { scenario }
                    }
                })
                .boxed(),
            Self::Note => match row.sdk {
                Sdk::GoV1 => (with_region(strategies::commercial_region().boxed()), any::<bool>())
                    .prop_map(|(scenario, switched_on)| {
                        let scenario = scenario
                            .with_file(FileKind::Config, "[default]\nsts_regional_endpoints = regional\n");
                        if switched_on {
                            scenario.with_variable("AWS_SDK_LOAD_CONFIG", "1")
                        } else {
                            scenario
                        }
                    })
                    .boxed(),
                _ => client.boxed(),
            },
            Self::AwsGlobal => (with_region(Just("aws-global".to_owned()).boxed()), any::<bool>())
                .prop_map(
                    |(scenario, chosen)| {
                        if chosen { Place::Variable.put(scenario, "regional") } else { scenario }
                    },
                )
                .boxed(),
            Self::OtherPartitions => (
                with_region(strategies::other_partition_region().boxed()),
                prop::option::of(setting_somewhere()),
            )
                .prop_map(|(scenario, setting)| match setting {
                    Some((place, text)) => place.put(scenario, text),
                    None => scenario,
                })
                .boxed(),
        }
    }

    /// Holds a policy's answer to one of [`scenarios`](Self::scenarios) against the row.
    ///
    /// # Errors
    ///
    /// The [`Violation`].
    pub fn check(self, row: &Row, policy: &dyn ResolutionPolicy, scenario: &Scenario) -> Verdict {
        let outcome = policy.resolve(scenario);
        let region = scenario.code.region.as_deref();
        match self {
            Self::SupportsSetting if row.supports_setting => match chosen(scenario) {
                Some("legacy") => is_global(scenario, &outcome),
                _ => is_regional(scenario, &outcome, region),
            },
            Self::SupportsSetting => is_regional(scenario, &outcome, region),
            Self::Default => match row.default {
                Some(default) => {
                    let chosen = Place::Variable.put(scenario.clone(), default.text());
                    let explicit = policy.resolve(&chosen);
                    same_request(&explicit, &outcome)
                }
                None => is_target(scenario, &outcome, row.default_target, region),
            },
            Self::DefaultTarget => is_target(scenario, &outcome, row.held_target(), region),
            Self::Fallback => match row.fallback {
                Fallback::Global => is_global(scenario, &outcome),
                Fallback::UsEast1 => is_regional(scenario, &outcome, Some("us-east-1")),
                Fallback::Failure => fails(&outcome),
            },
            Self::Note => match row.sdk {
                Sdk::GoV1 if scenario.variable("AWS_SDK_LOAD_CONFIG").is_some() => {
                    is_regional(scenario, &outcome, region)
                }
                Sdk::GoV1 => is_target(scenario, &outcome, row.held_target(), region),
                Sdk::JavaV2 => is_global(scenario, &outcome),
                _ => Ok(()),
            },
            Self::AwsGlobal => is_global(scenario, &outcome),
            Self::OtherPartitions => is_regional(scenario, &outcome, region),
        }
    }
}

/// Where the setting stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    Variable,
    File,
}

impl Place {
    fn put(self, scenario: Scenario, setting: &str) -> Scenario {
        match self {
            Self::Variable => scenario.with_variable("AWS_STS_REGIONAL_ENDPOINTS", setting),
            // Go V1 and JavaScript 2.x read files only when this is set; to the others it means nothing.
            Self::File => scenario
                .with_variable("AWS_SDK_LOAD_CONFIG", "1")
                .with_file(FileKind::Config, &format!("[default]\nsts_regional_endpoints = {setting}\n")),
        }
    }
}

fn setting_somewhere() -> impl Strategy<Value = (Place, &'static str)> {
    (
        select(vec![Place::Variable, Place::File]),
        select(vec![Setting::Legacy.text(), Setting::Regional.text()]),
    )
}

/// The setting that a scenario of [`Cell::scenarios`] makes.
fn chosen(scenario: &Scenario) -> Option<&str> {
    let in_file = scenario.config.as_ref().and_then(|file| file.text().trim_end().rsplit(' ').next());
    scenario.variable("AWS_STS_REGIONAL_ENDPOINTS").or(in_file)
}

fn violation(expected: impl Into<String>, found: &Outcome<'_>) -> Verdict {
    Err(Violation { expected: expected.into(), found: found.to_string() })
}

/// Whether a request may be unsigned: the service asks for no signature.
fn signed_for(scenario: &Scenario, request: &Resolution<'_>, region: &str) -> bool {
    match request.signing_region.as_deref() {
        Some(signed) => signed == region,
        None => scenario.wire_operation().needs_no_signature(),
    }
}

fn is_global(scenario: &Scenario, outcome: &Outcome<'_>) -> Verdict {
    match outcome {
        Outcome::Request(request)
            if request.endpoint.is_global() && signed_for(scenario, request, "us-east-1") =>
        {
            Ok(())
        }
        _ => violation("the global endpoint, signed for us-east-1", outcome),
    }
}

fn is_regional(scenario: &Scenario, outcome: &Outcome<'_>, region: Option<&str>) -> Verdict {
    let region = region.unwrap_or_default();
    let url = Endpoint::regional(region, Partition::of(region).dns_suffix).to_string();
    match outcome {
        Outcome::Request(request)
            if request.endpoint.to_string() == url && signed_for(scenario, request, region) =>
        {
            Ok(())
        }
        _ => violation(format!("{url}, signed for {region}"), outcome),
    }
}

fn is_target(scenario: &Scenario, outcome: &Outcome<'_>, target: Target, region: Option<&str>) -> Verdict {
    match target {
        Target::Global => is_global(scenario, outcome),
        Target::Regional => is_regional(scenario, outcome, region),
    }
}

fn fails(outcome: &Outcome<'_>) -> Verdict {
    match outcome {
        Outcome::Error(failure) if failure.category == FailureCategory::MissingRegion => Ok(()),
        _ => violation("a failure for want of a Region", outcome),
    }
}

fn same_request(expected: &Outcome<'_>, found: &Outcome<'_>) -> Verdict {
    match (expected, found) {
        (Outcome::Request(a), Outcome::Request(b))
            if a.endpoint.to_string() == b.endpoint.to_string() && a.signing_region == b.signing_region =>
        {
            Ok(())
        }
        _ => violation(format!("the same as with the default chosen: {expected}"), found),
    }
}

/// A law that every policy obeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// The same scenario gives the same outcome, whether or not somebody listens.
    Deterministic,
    /// Without an override in an orderly scenario, the host ends in a known partition's suffix.
    HostInKnownPartition,
    /// A regional decision never leaves the region's partition.
    HostInRegionsPartition,
    /// A signing region goes with its host: a regional host is signed for its region, the global one for us-east-1. A host made of
    /// `aws-global` (by FIPS or dual-stack) may be signed for either.
    SigningRegionGoesWithHost,
}

impl Law {
    /// Every law.
    pub const ALL: [Self; 4] = [
        Self::Deterministic,
        Self::HostInKnownPartition,
        Self::HostInRegionsPartition,
        Self::SigningRegionGoesWithHost,
    ];

    /// Scenarios that the law speaks of.
    pub fn scenarios(self) -> BoxedStrategy<Scenario> {
        match self {
            Self::Deterministic => strategies::scenario().boxed(),
            _ => strategies::orderly_scenario().boxed(),
        }
    }

    /// Holds a policy's answer against the law.
    ///
    /// # Errors
    ///
    /// The [`Violation`].
    pub fn check(self, policy: &dyn ResolutionPolicy, scenario: &Scenario) -> Verdict {
        let outcome = policy.resolve(scenario);
        let Outcome::Request(request) = &outcome else {
            return if self == Self::Deterministic {
                self.deterministic(policy, scenario, &outcome)
            } else {
                Ok(())
            };
        };
        match self {
            Self::Deterministic => self.deterministic(policy, scenario, &outcome),
            Self::HostInKnownPartition => {
                let host = request.endpoint.host().into_owned();
                let known = Partition::all().iter().any(|partition| {
                    [partition.dns_suffix, partition.dual_stack_dns_suffix]
                        .iter()
                        .any(|suffix| host.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.')))
                });
                if known { Ok(()) } else { violation("a host in a known partition", &outcome) }
            }
            Self::HostInRegionsPartition => {
                let Endpoint::Regional { region, suffix, .. } = &request.endpoint else { return Ok(()) };
                let partition = Partition::of(region);
                if [partition.dns_suffix, partition.dual_stack_dns_suffix].contains(suffix) {
                    Ok(())
                } else {
                    violation(format!("a host of {}", partition.id), &outcome)
                }
            }
            Self::SigningRegionGoesWithHost => {
                let Some(signed) = request.signing_region.as_deref() else { return Ok(()) };
                let expected = match &request.endpoint {
                    Endpoint::Global => "us-east-1",
                    Endpoint::Regional { region, .. } => region,
                    Endpoint::Given(_) => return Ok(()),
                };
                if signed == expected || expected == "aws-global" && signed == "us-east-1" {
                    Ok(())
                } else {
                    violation(format!("a signature for {expected}"), &outcome)
                }
            }
        }
    }

    fn deterministic(
        self,
        policy: &dyn ResolutionPolicy,
        scenario: &Scenario,
        outcome: &Outcome<'_>,
    ) -> Verdict {
        let again = policy.resolve(scenario);
        let explained = sts_endpoint::explain::explain(policy, scenario).outcome;
        if again == *outcome && explained == *outcome {
            Ok(())
        } else {
            violation(
                format!("{outcome} again and again"),
                if again == *outcome { &explained } else { &again },
            )
        }
    }
}
