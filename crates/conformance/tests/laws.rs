//! Laws that every policy obeys: both editions, the newest release, and every release recorded.
//!
//! Where a recording shows that the real SDK breaks a law, `fixtures/law-exceptions.json` says so, with the releases
//! and the reason; an exception that is no longer broken fails.

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde::Deserialize;
use std::path::Path;
use sts_endpoint::{Emulator, Release, ResolutionPolicy, Sdk, Version, emulators};
use sts_endpoint_conformance::properties::Law;
use sts_endpoint_conformance::table::Table;

#[derive(Debug, Deserialize)]
struct Exception {
    sdk: Sdk,
    law: String,
    /// The first release that breaks the law; absent: from the first known.
    #[serde(default)]
    from: Option<Release>,
    /// The last release that breaks it; absent: the newest does.
    #[serde(default)]
    to: Option<Release>,
    /// Whether editions are excepted too.
    #[serde(default)]
    editions: bool,
    why: String,
}

impl Exception {
    fn covers(&self, policy: &dyn ResolutionPolicy, law: Law) -> bool {
        let id = policy.id();
        self.sdk == id.sdk
            && self.law == format!("{law:?}")
            && match id.version {
                Version::Release(release) => {
                    self.from.is_none_or(|from| release >= from) && self.to.is_none_or(|to| release <= to)
                }
                Version::Edition { .. } => self.editions,
            }
    }
}

fn exceptions() -> Vec<Exception> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/law-exceptions.json");
    let all: Vec<Exception> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    // Where single emulators are built, those of theirs.
    all.into_iter().filter(|one| cfg!(feature = "all") || sts_endpoint::emulator(one.sdk).is_some()).collect()
}

fn policies(emulator: &'static dyn Emulator) -> Vec<Box<dyn ResolutionPolicy>> {
    let rows = Table::of(sts_endpoint::Edition::Docs2024)
        .rows
        .into_iter()
        .map(|row| (sts_endpoint::Edition::Docs2024, row))
        .chain(
            Table::of(sts_endpoint::Edition::Docs2025)
                .rows
                .into_iter()
                .map(|row| (sts_endpoint::Edition::Docs2025, row)),
        )
        .filter(|(_, row)| row.sdk == emulator.sdk())
        .filter_map(|(edition, row)| row.policy(edition));
    let mut releases = vec![emulator.first(), emulator.newest()];
    releases.extend(emulator.recorded());
    releases.sort_unstable();
    releases.dedup();
    rows.chain(releases.into_iter().map(|release| emulator.at(release).unwrap().0)).collect()
}

fn obeys(law: Law, policy: &dyn ResolutionPolicy, cases: u32) -> Result<(), String> {
    // The same cases each time: a rare violation must not make the outcome of the suite a matter of luck.
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner
        .run(&law.scenarios(), |scenario| {
            law.check(policy, &scenario).map_err(|violation| TestCaseError::fail(violation.to_string()))
        })
        .map_err(|error| format!("{} breaks {law:?}: {error}", policy.id()))
}

fn all_obey(law: Law) {
    let exceptions = exceptions();
    let mut broken = Vec::new();
    let mut used = vec![false; exceptions.len()];
    for emulator in emulators() {
        for policy in policies(emulator) {
            let excepted: Vec<usize> =
                (0..exceptions.len()).filter(|i| exceptions[*i].covers(&*policy, law)).collect();
            match obeys(law, &*policy, if excepted.is_empty() { 96 } else { 2048 }) {
                Ok(()) => {}
                Err(_) if !excepted.is_empty() => excepted.into_iter().for_each(|i| used[i] = true),
                Err(error) => broken.push(error),
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
    for (exception, used) in exceptions.iter().zip(used) {
        assert!(
            used || exception.law != format!("{law:?}"),
            "{} no longer breaks {}: take it off the list ({})",
            exception.sdk,
            exception.law,
            exception.why
        );
    }
}

#[test]
fn every_policy_is_total_and_deterministic() {
    all_obey(Law::Deterministic);
}

#[test]
fn every_host_is_in_a_known_partition() {
    all_obey(Law::HostInKnownPartition);
}

#[test]
fn no_regional_decision_leaves_the_regions_partition() {
    all_obey(Law::HostInRegionsPartition);
}

#[test]
fn every_signing_region_goes_with_its_host() {
    all_obey(Law::SigningRegionGoesWithHost);
}
