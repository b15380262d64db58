//! Every recording agrees with the emulator of its release, but for a checked list of known gaps.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use sts_endpoint::Sdk;
use sts_endpoint_conformance::recordings::{self, RecordedOutcome};
use sts_endpoint_conformance::replay::replay;

/// An outcome that an emulator does not reproduce, and why.
#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Gap {
    /// The recording's label.
    label: String,
    release: String,
    scenario: String,
    cause: Cause,
    why: String,
}

/// Whether a recording is replayed: each one, or where single emulators are built (`--no-default-features --features
/// kotlin`), theirs.
fn replayed(sdk: Sdk) -> bool {
    cfg!(feature = "all") || sts_endpoint::emulator(sdk).is_some()
}

/// What would have to change for the two to agree.
#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
enum Cause {
    /// The emulator: the release does what was recorded.
    Emulator,
    /// The recording: the release, run on the scenario alone, does something else; the reason says how that was seen.
    Recording,
}

fn gaps() -> Vec<Gap> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/known-gaps.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn recordings_agree_with_the_emulators() {
    let gaps = gaps();
    assert!(gaps.iter().all(|gap| gap.why.len() > 20), "every gap has its reason");
    let listed: BTreeMap<(&str, &str, &str), &Cause> = gaps
        .iter()
        .map(|gap| ((gap.label.as_str(), gap.release.as_str(), gap.scenario.as_str()), &gap.cause))
        .collect();
    let (mut compared, mut differ) = (0, BTreeSet::new());
    let (mut table, mut unlisted) = (String::new(), String::new());
    for suite in recordings::load(&recordings::fixtures(), None).unwrap() {
        for recording in suite.recordings.iter().filter(|recording| replayed(recording.sdk)) {
            let report = replay(recording, None);
            let name = if suite.name.is_empty() { "main" } else { &suite.name };
            writeln!(
                table,
                "{name:<18} {:<20} {:>3} releases {:>6} of {:>6} agree",
                recording.label,
                recording.releases.len(),
                report.agreed(),
                report.compared
            )
            .unwrap();
            compared += report.compared;
            for difference in report.differences {
                let release = difference.release.to_string();
                let id = &difference.scenario.id;
                let cause = listed.get(&(difference.label.as_str(), release.as_str(), id.as_str()));
                let request = matches!(difference.recorded, RecordedOutcome::Request { .. });
                if cause.is_none_or(|cause| request && *cause == &Cause::Emulator) {
                    writeln!(
                        unlisted,
                        "{}@{release} {id}\n  recorded {}\n  emulated {:?}",
                        difference.label,
                        difference.recorded,
                        difference.emulated.as_ref().map(ToString::to_string)
                    )
                    .unwrap();
                }
                differ.insert((difference.label, release, id.clone()));
            }
        }
    }
    assert!(
        unlisted.is_empty(),
        "differences that are not on the list of known gaps, or requests, about which no emulator may be wrong:\n{unlisted}"
    );
    for (label, release, scenario) in listed.keys().filter(|_| cfg!(feature = "all")) {
        assert!(
            differ.contains(&((*label).into(), (*release).into(), (*scenario).into())),
            "{label}@{release} {scenario} agrees now: take it off the list of known gaps"
        );
    }
    assert!(differ.len() * 500 <= compared, "more than 0.2 % of {compared} differ: {}", differ.len());
    writeln!(table, "{} of {compared} outcomes agree", compared - differ.len()).unwrap();
    if cfg!(feature = "all") {
        insta::assert_snapshot!("agreement", table);
    }
}
