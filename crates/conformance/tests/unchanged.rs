//! What emulators answer where no recording says anything does not change unnoticed.
//!
//! A digest an SDK over answers and steps: for the newest release, and for all the others together. It says that something
//! changed, never that it is right. Where one changes, `cargo run -p sts-endpoint-conformance --bin answers -- POLICY` prints
//! the answers; run in two checkouts, the two texts say what changed.

use rayon::prelude::*;
use std::path::Path;
use sts_endpoint::{Edition, Emulator, ResolutionPolicy, Scenario, emulators};
use sts_endpoint_conformance::{recordings, unrecorded};

/// FNV-1a: a digest that is the same on every machine.
struct Digest(u64);

impl Digest {
    fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

fn digest<'s>(
    policies: &[Box<dyn ResolutionPolicy>],
    scenarios: impl Iterator<Item = &'s Scenario> + Clone,
) -> u64 {
    let mut digest = Digest(0xcbf2_9ce4_8422_2325);
    for policy in policies {
        for scenario in scenarios.clone() {
            digest.add(&unrecorded::answer(&**policy, scenario));
        }
    }
    digest.0
}

/// The scenarios of every suite, by id.
fn recorded() -> Vec<Scenario> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/recordings");
    let mut files = vec![fixtures.join("scenarios.jsonl")];
    for suite in std::fs::read_dir(fixtures.join("extra")).unwrap() {
        files.push(suite.unwrap().path().join("scenarios.jsonl"));
    }
    let mut scenarios: Vec<Scenario> =
        files.iter().flat_map(|file| recordings::scenarios(file).unwrap().into_values()).collect();
    scenarios.sort_by(|a, b| a.id.cmp(&b.id));
    scenarios
}

fn others(emulator: &dyn Emulator) -> Vec<Box<dyn ResolutionPolicy>> {
    let mut releases = vec![emulator.first()];
    releases.extend(emulator.recorded());
    releases.retain(|release| *release != emulator.newest());
    releases.sort_unstable();
    releases.dedup();
    let policies = releases.into_iter().map(|release| emulator.at(release).unwrap().0);
    policies.chain(Edition::ALL.into_iter().map(|edition| emulator.edition(edition))).collect()
}

#[test]
fn answers_change_only_where_somebody_looked() {
    let (made_up, recorded) = (unrecorded::scenarios(2048), recorded());
    let emulators: Vec<_> = emulators().collect();
    let lines: Vec<String> = emulators
        .par_iter()
        .map(|emulator| {
            let newest = [emulator.at(emulator.newest()).unwrap().0];
            let newest = digest(&newest, made_up.iter().chain(&recorded));
            let others = digest(&others(&**emulator), made_up.iter().take(192));
            format!("{:<12} {newest:016x} {others:016x}", emulator.sdk().to_string())
        })
        .collect();
    insta::assert_snapshot!(
        "digests",
        format!("{:<12} {:<16} others\n{}", "sdk", "newest", lines.join("\n"))
    );
}
