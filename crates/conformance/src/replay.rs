//! Every recording against the policy of its release.

use crate::recordings::{RecordedOutcome, Recording};
use rayon::prelude::*;
use std::collections::BTreeMap;
use sts_endpoint::{Release, ResolutionPolicy, Scenario, Sdk};

/// Where emulator and recording differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The recording's label: the SDK and the way its client was built.
    pub label: String,
    /// The SDK.
    pub sdk: Sdk,
    /// The release.
    pub release: Release,
    /// The scenario.
    pub scenario: Scenario,
    /// What the real SDK did.
    pub recorded: RecordedOutcome,
    /// What the emulator says; `None`: it has no policy for the release.
    pub emulated: Option<RecordedOutcome>,
}

/// How a replay went.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How many outcomes were compared.
    pub compared: usize,
    /// Those that differ.
    pub differences: Vec<Difference>,
}

impl Report {
    /// How many agree.
    pub fn agreed(&self) -> usize {
        self.compared - self.differences.len()
    }

    /// Adds another report's counts and differences.
    pub fn add(&mut self, other: Self) {
        self.compared += other.compared;
        self.differences.extend(other.differences);
    }
}

/// Whether what an emulator says is what was recorded.
pub fn agrees(recorded: &RecordedOutcome, emulated: &RecordedOutcome) -> bool {
    recorded == emulated
}

/// Replays a recording, all its releases or the one named, on all cores.
pub fn replay(recording: &Recording, only: Option<Release>) -> Report {
    let policies: BTreeMap<Release, Option<Box<dyn ResolutionPolicy>>> = recording
        .releases
        .iter()
        .filter(|release| only.is_none_or(|only| only == **release))
        .map(|release| {
            let policy =
                sts_endpoint::emulator(recording.sdk).and_then(|emulator| emulator.at(*release).ok());
            (*release, policy.map(|(policy, _)| policy))
        })
        .collect();
    recording
        .rows
        .par_iter()
        .map(|row| {
            let mut report = Report::default();
            for (releases, recorded) in &row.outcomes {
                for release in releases {
                    let Some(policy) = policies.get(release) else { continue };
                    report.compared += 1;
                    let emulated =
                        policy.as_ref().map(|policy| RecordedOutcome::from(&policy.resolve(&row.scenario)));
                    if emulated.as_ref().is_some_and(|emulated| agrees(recorded, emulated)) {
                        continue;
                    }
                    report.differences.push(Difference {
                        label: recording.label.clone(),
                        sdk: recording.sdk,
                        release: *release,
                        scenario: row.scenario.clone(),
                        recorded: recorded.clone(),
                        emulated,
                    });
                }
            }
            report
        })
        .reduce(Report::default, |mut a, b| {
            a.add(b);
            a
        })
}
