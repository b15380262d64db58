//! What policies answer to scenarios that nobody recorded, as text: for noticing that an answer changed, not for saying that it
//! is right.
//!
//! ```
//! use sts_endpoint_conformance::unrecorded;
//!
//! let scenarios = unrecorded::scenarios(3);
//! let found = sts_endpoint::policy("swift@latest").unwrap();
//! assert!(scenarios.iter().all(|scenario| !unrecorded::answer(&*found.policy, scenario).is_empty()));
//! ```

use crate::strategies;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::fmt::Write;
use sts_endpoint::{ResolutionPolicy, Scenario, Step, Trace};

/// So many scenarios of [`strategies::scenario`], the same ones each time.
pub fn scenarios(count: usize) -> Vec<Scenario> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = strategies::scenario();
    let one = |_| strategy.new_tree(&mut runner).ok().map(|tree| tree.current());
    (0..count).filter_map(one).collect()
}

/// Writes down every step.
struct Steps(String);

impl Trace for Steps {
    fn step(&mut self, step: Step<'_>) {
        let _ = writeln!(self.0, "  {step:?}");
    }

    fn wants_unreached(&self) -> bool {
        true
    }
}

/// The outcome with all that it carries, and a line for each step that led there.
pub fn answer(policy: &dyn ResolutionPolicy, scenario: &Scenario) -> String {
    let mut steps = Steps(String::new());
    let outcome = policy.resolve_traced(scenario, &mut steps);
    format!("{outcome:?}\n{}", steps.0)
}
