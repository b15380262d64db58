//! `one-answer SDK SCENARIO TIMES`: the SDK's newest release answers one of the ready scenarios so many times, and nothing
//! else: for profilers. `crates/conformance/benches/instructions.sh` counts what an answer takes with it.

use std::hint::black_box;
use std::process::ExitCode;
use sts_endpoint::{ResolutionPolicy, Scenario};
use sts_endpoint_conformance::ready;

/// What a profiler is told to look at.
#[inline(never)]
fn one_answer(policy: &dyn ResolutionPolicy, scenario: &Scenario) {
    black_box(black_box(policy).resolve(black_box(scenario)));
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let scenarios = ready::scenarios();
    let asked = match &arguments[..] {
        [sdk, name, times] => sts_endpoint::emulators()
            .find(|emulator| emulator.sdk().name() == sdk)
            .zip(scenarios.iter().find(|(scenario, _)| scenario == name))
            .zip(times.parse::<u32>().ok()),
        _ => None,
    };
    let Some(((emulator, (_, scenario)), times)) = asked else {
        eprintln!("usage: one-answer SDK variable|code|legacy|profile|role TIMES");
        return ExitCode::from(2);
    };
    let Ok((policy, _)) = emulator.at(emulator.newest()) else { return ExitCode::FAILURE };
    for _ in 0..times {
        one_answer(&*policy, scenario);
    }
    ExitCode::SUCCESS
}
