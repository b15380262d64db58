//! Histories are well-formed: ordered, dated, sourced, and every change of behaviour is one that a reader can look up.

use std::collections::BTreeSet;
use sts_endpoint::emulators;
use sts_endpoint_conformance::recordings;

#[test]
fn changes_are_ordered_and_lie_within_the_history() {
    for emulator in emulators() {
        let notes: Vec<_> = emulator.changes().collect();
        for pair in notes.windows(2) {
            assert!(
                pair[0].since <= pair[1].since,
                "{}: {} stands before {}",
                emulator.sdk(),
                pair[0].since,
                pair[1].since
            );
        }
        for note in notes {
            assert!(note.since > emulator.first(), "{}@{}: {}", emulator.sdk(), note.since, note.what);
            assert!(note.since <= emulator.newest(), "{}@{}: {}", emulator.sdk(), note.since, note.what);
            assert!(
                !note.what.ends_with('.') && note.what.len() > 10,
                "{}@{}: {}",
                emulator.sdk(),
                note.since,
                note.what
            );
            assert!(!note.evidence.source.is_empty(), "{}@{}", emulator.sdk(), note.since);
            let date = note.date.split('-').map(str::len).collect::<Vec<_>>();
            assert!(
                matches!(date[..], [0] | [4] | [4, 2] | [4, 2, 2]),
                "{}@{}: {} is no date",
                emulator.sdk(),
                note.since,
                note.date
            );
        }
    }
}

#[test]
fn recorded_releases_are_ordered_and_known() {
    for emulator in emulators() {
        let recorded = emulator.recorded();
        assert!(recorded.windows(2).all(|pair| pair[0] < pair[1]), "{}", emulator.sdk());
        assert!(recorded.iter().all(|release| *release >= emulator.first() && *release <= emulator.newest()));
    }
}

#[test]
fn what_is_recorded_is_what_the_recordings_hold() {
    let suites = recordings::load(&recordings::fixtures(), None).unwrap();
    let mut wrong = Vec::new();
    for emulator in emulators() {
        let sdk = emulator.sdk();
        let of_sdk = |suite: &'_ recordings::Suite| {
            suite.recordings.iter().filter(|recording| recording.sdk == sdk).cloned().collect::<Vec<_>>()
        };
        let main = suites.iter().find(|suite| suite.name.is_empty()).map(of_sdk).unwrap_or_default();
        let releases: Vec<_> = main.iter().flat_map(|recording| recording.releases.clone()).collect();
        let scenarios: BTreeSet<String> = suites
            .iter()
            .flat_map(of_sdk)
            .flat_map(|recording| recording.rows)
            .filter(|row| !row.outcomes.is_empty())
            .map(|row| row.scenario.id)
            .collect();
        if emulator.recorded() != releases {
            wrong.push(format!("{sdk}: the main suite is recorded at {releases:?}"));
        }
        if emulator.recorded_scenarios() as usize != scenarios.len() {
            wrong.push(format!("{sdk}: recorded_scenarios: {},", scenarios.len()));
        }
    }
    assert!(wrong.is_empty(), "histories say something else:\n{}", wrong.join("\n"));
}
