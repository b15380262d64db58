//! What the targets share: every policy there is, once.

use std::sync::LazyLock;
use sts_endpoint::{Edition, ResolutionPolicy, Scenario, Trace};

/// Every SDK at every recorded release, at its newest, and in every edition.
pub static POLICIES: LazyLock<Vec<Box<dyn ResolutionPolicy>>> = LazyLock::new(|| {
    let mut policies = Vec::new();
    for emulator in sts_endpoint::emulators() {
        let releases = emulator.recorded().iter().copied().chain([emulator.first(), emulator.newest()]);
        policies.extend(releases.filter_map(|release| Some(emulator.at(release).ok()?.0)));
        policies.extend(Edition::ALL.into_iter().map(|edition| emulator.edition(edition)));
    }
    policies
});

/// Listens, so that what is only put together for listeners is put together.
struct Listener;

impl Trace for Listener {
    fn step(&mut self, _step: sts_endpoint::Step<'_>) {}

    fn wants_unreached(&self) -> bool {
        true
    }
}

/// Every policy answers without a panic, the same each time, and no otherwise for being listened to.
pub fn answer(scenario: &Scenario) {
    for policy in POLICIES.iter() {
        let outcome = policy.resolve(scenario);
        assert_eq!(outcome, policy.resolve_traced(scenario, &mut Listener), "{}", policy.id());
        let _ = outcome.to_string();
    }
}
