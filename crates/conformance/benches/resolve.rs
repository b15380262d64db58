//! What one answer costs: every SDK at its newest release over a few ready scenarios (raw environment and files in
//! memory; out come endpoint and signing region). Prints a table in Markdown: nanoseconds of this thread's processor time,
//! and heap allocations, counted by the allocator. Everything is timed in several passes, and of each pass the median of
//! many rounds is taken; the least of these counts, since what else the machine does can only add to it.
//!
//! `cargo bench -p sts-endpoint-conformance --bench resolve [-- SDK | SCENARIO …]`; exit status 1 where a request allocated.

use cpu_time::ThreadTime;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;
use sts_endpoint::{ResolutionPolicy, Scenario};
use sts_endpoint_conformance::ready;

/// Times that the whole table is gone through.
const PASSES: usize = 5;
/// Rounds timed of each pair of SDK and scenario in a pass.
const ROUNDS: usize = 51;
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
    let newest =
        emulators().filter(|emulator| all || is_asked(emulator.sdk().name())).filter_map(|emulator| {
            let newest = emulator.newest();
            Some((format!("{}@{newest}", emulator.sdk()), emulator.at(newest).ok()?.0))
        });
    let policies: Vec<(String, Box<dyn ResolutionPolicy>)> = newest.collect();
    let mut least = vec![vec![f64::INFINITY; scenarios.len()]; policies.len()];
    for _ in 0..PASSES {
        for ((_, policy), times) in policies.iter().zip(&mut least) {
            for ((_, scenario), least) in scenarios.iter().zip(times) {
                *least = least.min(time(&**policy, scenario));
            }
        }
    }
    let names: Vec<&str> = scenarios.iter().map(|(name, _)| *name).collect();
    println!("| SDK | {} | median | allocations |", names.join(" | "));
    println!("|---|{}---:|---:|", "---:|".repeat(scenarios.len()));
    let (mut medians, mut allocated) = (Vec::new(), false);
    for ((name, policy), mut times) in policies.iter().zip(least) {
        let (mut cells, mut allocations) = (String::new(), Vec::new());
        for ((_, scenario), nanoseconds) in scenarios.iter().zip(&times) {
            let request = policy.resolve(scenario).resolution().is_some();
            let counted = allocation_counter::measure(|| drop(black_box(policy.resolve(scenario))));
            allocated |= request && counted.count_total > 0;
            allocations.push(counted.count_total.to_string());
            cells += &format!("{nanoseconds:.0}{} | ", if request { "" } else { "*" });
        }
        let middle = median(&mut times);
        println!("| {name} | {cells}{middle:.0} | {} |", allocations.join(" "));
        medians.push(middle);
    }
    println!("\nMedian over {} SDKs: {:.0} ns. * the SDK fails here.", medians.len(), median(&mut medians));
    if allocated { ExitCode::from(1) } else { ExitCode::SUCCESS }
}
