//! The properties can fail: a policy that is wrong on purpose is caught by each of them.

use proptest::test_runner::{Config, TestCaseError, TestRunner};
use std::sync::atomic::{AtomicUsize, Ordering};
use sts_endpoint::{
    Edition, Endpoint, Evidence, Failure, FailureCategory, Outcome, Partition, PolicyId, Resolution,
    ResolutionPolicy, Scenario, Sdk, Trace,
};
use sts_endpoint_conformance::properties::{Cell, Law, Violation};
use sts_endpoint_conformance::table::{Row, Table};

/// What is wrong with a policy.
#[derive(Clone, Copy, Debug)]
enum Flaw {
    /// The setting has no effect.
    DeafToSetting,
    /// With nothing set, the other default applies.
    OtherDefault,
    /// Without a Region it does what the row does not say.
    OtherFallback,
    /// The note's case is treated like any other.
    NoNote,
    /// `aws-global` is taken for a region like any other.
    LiteralAwsGlobal,
    /// Every partition gets commercial hosts.
    CommercialEverywhere,
    /// Regional hosts are signed for us-east-1.
    WrongScope,
    /// Hosts that are none of AWS's.
    ForeignHost,
    /// Every other answer is another one.
    Fickle,
}

struct Wrong {
    right: Box<dyn ResolutionPolicy>,
    flaw: Flaw,
    calls: AtomicUsize,
}

impl Wrong {
    fn new(right: Box<dyn ResolutionPolicy>, flaw: Flaw) -> Self {
        Self { right, flaw, calls: AtomicUsize::new(0) }
    }
}

fn regional<'a>(scenario: &'a Scenario, suffix: &'static str, signed: &'a str) -> Outcome<'a> {
    let region = scenario.code.region.as_deref().unwrap_or("us-east-2");
    Resolution::new(Endpoint::regional(region, suffix), signed).into()
}

impl ResolutionPolicy for Wrong {
    fn id(&self) -> PolicyId {
        self.right.id()
    }

    fn evidence(&self) -> Evidence {
        self.right.evidence()
    }

    fn resolve_traced<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        let region = scenario.code.region.as_deref();
        let right = self.right.resolve_traced(scenario, trace);
        let global = || Resolution::new(Endpoint::Global, "us-east-1").into();
        let own = |region: &str| Partition::of(region).dns_suffix;
        let set = scenario.variable("AWS_STS_REGIONAL_ENDPOINTS").is_some() || scenario.config.is_some();
        match (self.flaw, region) {
            (Flaw::DeafToSetting, Some(region)) if set => regional(scenario, own(region), region),
            (Flaw::OtherDefault, Some(region)) if !set => match &right {
                Outcome::Request(request) if request.endpoint.is_global() => {
                    regional(scenario, own(region), region)
                }
                _ => global(),
            },
            (Flaw::OtherFallback, None) => match right {
                Outcome::Error(_) => global(),
                _ => Failure::new(FailureCategory::MissingRegion, "Wrong", "no region").into(),
            },
            (Flaw::NoNote, None) => Failure::new(FailureCategory::MissingRegion, "Wrong", "no region").into(),
            (Flaw::NoNote, Some(region)) if scenario.config.is_some() => {
                regional(scenario, own(region), region)
            }
            (Flaw::LiteralAwsGlobal, Some("aws-global")) => regional(scenario, "amazonaws.com", "aws-global"),
            (Flaw::CommercialEverywhere, Some(region)) => regional(scenario, "amazonaws.com", region),
            (Flaw::WrongScope, Some(region)) => regional(scenario, own(region), "nowhere-1"),
            (Flaw::ForeignHost, _) => {
                Resolution::new(Endpoint::given("https://sts.example"), "us-east-1").into()
            }
            (Flaw::Fickle, _) if self.calls.fetch_add(1, Ordering::Relaxed) % 2 == 1 => {
                Resolution::new(Endpoint::given("https://fickle.example"), "us-east-1").into()
            }
            _ => right,
        }
    }
}

fn row(edition: Edition, name: &str) -> Row {
    Table::of(edition).rows.into_iter().find(|row| row.name() == name).unwrap()
}

fn runs(
    strategy: proptest::strategy::BoxedStrategy<Scenario>,
    check: impl Fn(&Scenario) -> Result<(), Violation>,
) -> bool {
    let mut runner = TestRunner::new(Config { cases: 128, failure_persistence: None, ..Config::default() });
    runner
        .run(&strategy, |scenario| {
            check(&scenario).map_err(|violation| TestCaseError::fail(violation.to_string()))
        })
        .is_ok()
}

fn caught_by_cell(cell: Cell, name: &str, flaw: Flaw) {
    let edition = Edition::Docs2024;
    let row = row(edition, name);
    let wrong = Wrong::new(row.policy(edition).unwrap(), flaw);
    assert!(
        !runs(cell.scenarios(&row), |scenario| cell.check(&row, &wrong, scenario)),
        "{cell:?} lets {flaw:?} pass"
    );
    let right = row.policy(edition).unwrap();
    assert!(
        runs(cell.scenarios(&row), |scenario| cell.check(&row, &*right, scenario)),
        "{cell:?} refuses {name}"
    );
}

fn caught_by_law(law: Law, flaw: Flaw) {
    let newest = || sts_endpoint::policy("boto3@latest").unwrap().policy;
    let wrong = Wrong::new(newest(), flaw);
    assert!(!runs(law.scenarios(), |scenario| law.check(&wrong, scenario)), "{law:?} lets {flaw:?} pass");
}

#[test]
fn a_policy_deaf_to_the_setting_is_caught() {
    caught_by_cell(Cell::SupportsSetting, "boto3", Flaw::DeafToSetting);
}

#[test]
fn a_policy_with_another_default_is_caught() {
    caught_by_cell(Cell::Default, "boto3", Flaw::OtherDefault);
    caught_by_cell(Cell::DefaultTarget, "boto3", Flaw::OtherDefault);
    caught_by_cell(Cell::DefaultTarget, "rust", Flaw::OtherDefault);
}

#[test]
fn a_policy_with_another_fallback_is_caught() {
    for name in ["boto3", "cpp", "rust"] {
        caught_by_cell(Cell::Fallback, name, Flaw::OtherFallback);
    }
}

#[test]
fn a_policy_that_does_not_heed_the_note_is_caught() {
    caught_by_cell(Cell::Note, "java-v2", Flaw::NoNote);
    caught_by_cell(Cell::Note, "go-v1", Flaw::NoNote);
}

#[test]
fn a_policy_that_takes_aws_global_for_a_region_is_caught() {
    caught_by_cell(Cell::AwsGlobal, "boto3", Flaw::LiteralAwsGlobal);
}

#[test]
fn a_policy_that_knows_one_partition_is_caught() {
    caught_by_cell(Cell::OtherPartitions, "boto3", Flaw::CommercialEverywhere);
    caught_by_law(Law::HostInRegionsPartition, Flaw::CommercialEverywhere);
}

#[test]
fn a_policy_that_breaks_a_law_is_caught() {
    caught_by_law(Law::SigningRegionGoesWithHost, Flaw::WrongScope);
    caught_by_law(Law::HostInKnownPartition, Flaw::ForeignHost);
    caught_by_law(Law::Deterministic, Flaw::Fickle);
}

#[test]
fn every_sdk_of_the_table_is_an_sdk() {
    for edition in Edition::ALL {
        for sdk in Sdk::ALL {
            assert!(Table::of(edition).rows.iter().any(|row| row.sdk == sdk), "{edition} {sdk}");
        }
    }
}
