//! Every quirk is shown by its witness: the release leaves the documented table there.

use sts_endpoint::{Edition, Outcome, Scenario, emulators};

/// What people see of an outcome, messages left out.
fn seen(outcome: &Outcome<'_>) -> String {
    match outcome {
        Outcome::Error(failure) => format!("fails: {} {}", failure.category, failure.error_type),
        other => other.to_string(),
    }
}

#[test]
fn witnesses_show_their_quirks() {
    let mut wrong = Vec::new();
    for emulator in emulators() {
        for quirk in emulator.quirks() {
            let name = format!("{} {}", emulator.sdk(), quirk.name);
            let witness: Scenario = match serde_json::from_str(quirk.witness) {
                Ok(witness) => witness,
                Err(error) => {
                    wrong.push(format!("{name}: the witness is no scenario: {error}"));
                    continue;
                }
            };
            let (policy, _) = emulator.at(quirk.since).unwrap();
            let does = seen(&policy.resolve(&witness));
            let documented = Edition::ALL.map(|edition| seen(&emulator.edition(edition).resolve(&witness)));
            if documented.iter().all(|says| *says == does) {
                wrong.push(format!("{name}: both editions say the same as {}: {does}", policy.id()));
            }
            if let Some(until) = quirk.until {
                let (policy, _) = emulator.at(until).unwrap();
                if seen(&policy.resolve(&witness)) == does {
                    wrong.push(format!("{name}: {} still has it: {does}", policy.id()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn quirks_have_names_of_their_own() {
    for emulator in emulators() {
        let mut names: Vec<&str> = emulator.quirks().iter().map(|quirk| quirk.name).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{}", emulator.sdk());
    }
}
