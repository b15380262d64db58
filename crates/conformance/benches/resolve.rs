//! What one answer costs: every SDK at its newest release over a few ready scenarios (raw environment and files in
//! memory; out come endpoint and signing region). Prints a table in Markdown: nanoseconds of this thread's processor time
//! (so that a busy machine tells no tales), the median of many rounds; and heap allocations, counted by the allocator.
//!
//! `cargo bench -p sts-endpoint-conformance --bench resolve [-- SDK | SCENARIO …]`; exit status 1 where a request allocated.

use cpu_time::ThreadTime;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;
use sts_endpoint::{ResolutionPolicy, Scenario};
use sts_endpoint_conformance::ready;

/// Rounds timed of each pair of SDK and scenario; the median counts.
const ROUNDS: usize = 101;
/// How long a round takes, about.
const ROUND: Duration = Duration::from_micros(200);

/// The median time of one resolution, in nanoseconds.
fn time(policy: &dyn ResolutionPolicy, scenario: &Scenario) -> f64 {
    let round = |times: u32| {
        let start = ThreadTime::now();
        for _ in 0..times {
            black_box(black_box(policy).resolve(black_box(scenario)));
        }
        start.elapsed()
    };
    let mut times = 64;
    while round(times) < ROUND {
        times *= 2;
    }
    let mut rounds: Vec<f64> =
        (0..ROUNDS).map(|_| round(times).as_nanos() as f64 / f64::from(times)).collect();
    median(&mut rounds)
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_asked = |name: &str| asked.iter().any(|asked| asked == name);
    let mut scenarios = Vec::from(ready::scenarios());
    if scenarios.iter().any(|(name, _)| is_asked(name)) {
        scenarios.retain(|(name, _)| is_asked(name));
    }
    let emulators = sts_endpoint::emulators;
    let all = !emulators().any(|emulator| is_asked(emulator.sdk().name()));
    let names: Vec<&str> = scenarios.iter().map(|(name, _)| *name).collect();
    println!("| SDK | {} | median | allocations |", names.join(" | "));
    println!("|---|{}---:|---:|", "---:|".repeat(scenarios.len()));
    let (mut medians, mut allocated) = (Vec::new(), false);
    for emulator in emulators().filter(|emulator| all || is_asked(emulator.sdk().name())) {
        let newest = emulator.newest();
        let Ok((policy, _)) = emulator.at(newest) else { continue };
        let (mut times, mut cells, mut allocations) = (Vec::new(), String::new(), Vec::new());
        for (_, scenario) in &scenarios {
            let nanoseconds = time(&*policy, scenario);
            times.push(nanoseconds);
            let outcome = policy.resolve(scenario);
            let request = outcome.resolution().is_some();
            drop(outcome);
            let counted = allocation_counter::measure(|| drop(black_box(policy.resolve(scenario))));
            allocated |= request && counted.count_total > 0;
            allocations.push(counted.count_total.to_string());
            cells += &format!("{nanoseconds:.0}{} | ", if request { "" } else { "*" });
        }
        let middle = median(&mut times);
        println!("| {}@{newest} | {cells}{middle:.0} | {} |", emulator.sdk(), allocations.join(" "));
        medians.push(middle);
    }
    println!("\nMedian over {} SDKs: {:.0} ns. * the SDK fails here.", medians.len(), median(&mut medians));
    if allocated { ExitCode::from(1) } else { ExitCode::SUCCESS }
}
