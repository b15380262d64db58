//! Times the emulators beside the real things, in one run on one machine: how long one answer takes from environment and
//! files to endpoint and signing region.
//!
//! | measured | what is ready before the clock starts |
//! |---|---|
//! | an emulator's whole answer | the scenario: variables and the files' text, in memory |
//! | `aws-sdk-sts`, endpoint resolver alone | resolver and parameters: region and variants are known |
//! | `aws-config`, `load()` | this process's variables, the text of two small files in memory |
//! | botocore | a session, with its data files read |
//!
//! All of it is processor time of this thread, the median of many rounds, and the least of five such. Nothing is sent: neither load nor resolver
//! needs the network, credentials stand in the environment. botocore is timed by `botocore_endpoint.py` in a Python that
//! `run.sh` prepares; without it, its rows are left out and that is said.

use aws_config::BehaviorVersion;
use aws_config::profile::profile_file::{ProfileFileKind, ProfileFiles};
use aws_sdk_sts::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use cpu_time::ThreadTime;
use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::process::Command;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use sts_endpoint::Scenario;

#[path = "../../../crates/conformance/src/ready.rs"]
mod ready;

/// Times that everything but botocore is gone through: the least time counts.
const PASSES: usize = 5;
/// Rounds timed in a pass; their median counts.
const ROUNDS: usize = 51;
/// How long a round takes, about.
const ROUND: Duration = Duration::from_micros(500);

/// The median time of one call, in nanoseconds of this thread's processor time.
fn time(mut call: impl FnMut()) -> f64 {
    let mut round = |times: u32| {
        let start = ThreadTime::now();
        for _ in 0..times {
            call();
        }
        start.elapsed()
    };
    let mut times = 1;
    while round(times) < ROUND {
        times *= 2;
    }
    median((0..ROUNDS).map(|_| round(times).as_nanos() as f64 / f64::from(times)).collect())
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The median over the SDKs of one scenario's time, each SDK at its newest release; and the time of one of them.
fn emulators(scenario: &Scenario) -> (f64, f64) {
    let policies =
        sts_endpoint::emulators().filter_map(|emulator| Some(emulator.at(emulator.newest()).ok()?.0));
    let times: Vec<(bool, f64)> = policies
        .map(|policy| {
            let is_rust = policy.id().sdk == sts_endpoint::Sdk::Rust;
            (is_rust, time(|| drop(black_box(black_box(&*policy).resolve(black_box(scenario))))))
        })
        .collect();
    let rust = times.iter().find(|(is_rust, _)| *is_rust).map_or(f64::NAN, |(_, time)| *time);
    (median(times.into_iter().map(|(_, time)| time).collect()), rust)
}

/// What `aws-sdk-sts` takes for the last step, with parameters that are ready: the same ones again, or two in turn.
fn resolver(one: &Params, other: &Params) -> f64 {
    let resolver = DefaultResolver::new();
    let mut turn = false;
    time(|| {
        turn = !turn;
        let mut future = pin!(resolver.resolve_endpoint(black_box(if turn { one } else { other })));
        let Poll::Ready(Ok(endpoint)) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("the resolver answers at once");
        };
        black_box(endpoint);
    })
}

fn parameters(region: &str, global: bool) -> Params {
    Params::builder().region(region.to_owned()).use_global_endpoint(global).build().expect("valid parameters")
}

/// The times of `botocore_endpoint.py`: a name and nanoseconds a line.
fn botocore() -> Result<Vec<(String, f64)>, String> {
    let python = std::env::var("SIDE_BY_SIDE_PYTHON")
        .map_err(|_| "SIDE_BY_SIDE_PYTHON names no Python with botocore; run.sh prepares one".to_owned())?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/botocore_endpoint.py");
    let output = Command::new(&python).arg(script).output().map_err(|error| format!("{python}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{python}: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, time)| Some((name.to_owned(), time.parse().ok()?)))
        .collect())
}

fn main() {
    let scenarios = ready::scenarios();
    let named =
        |wanted: &str| &scenarios.iter().find(|(name, _)| *name == wanted).expect("a ready scenario").1;
    let (west, east) = (parameters("us-west-2", false), parameters("eu-west-1", false));
    let (global, other_global) = (parameters("us-west-2", true), parameters("eu-west-1", true));
    const CREDENTIALS: &str = "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = none\n";
    let files = ProfileFiles::builder()
        .with_contents(ProfileFileKind::Config, "[default]\nregion = us-west-2\n")
        .with_contents(ProfileFileKind::Credentials, CREDENTIALS)
        .build();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let load = || {
        runtime.block_on(aws_config::defaults(BehaviorVersion::latest()).profile_files(files.clone()).load())
    };
    let loaded = load();
    assert_eq!(loaded.region().map(AsRef::as_ref), Some("us-west-2"), "run without AWS_* variables");
    let mut least = [f64::INFINITY; 10];
    for _ in 0..PASSES {
        let (variable, rust_variable) = emulators(named("variable"));
        let (legacy, _) = emulators(named("legacy"));
        let (profile, rust_profile) = emulators(named("profile"));
        let hit = resolver(&west, &west);
        let miss = resolver(&west, &east);
        let global_miss = resolver(&global, &other_global);
        let loading = time(|| drop(black_box(load())));
        let building = time(|| drop(black_box(aws_sdk_sts::Client::new(&loaded))));
        let measured = [
            variable,
            legacy,
            profile,
            rust_variable,
            rust_profile,
            hit,
            miss,
            global_miss,
            loading,
            building,
        ];
        for (least, measured) in least.iter_mut().zip(measured) {
            *least = least.min(measured);
        }
    }
    let [variable, legacy, profile, rust_variable, rust_profile, hit, miss, global_miss, loading, building] =
        least;

    println!("| measured | ns | beside an emulator's whole answer |");
    println!("|---|---:|---:|");
    let row =
        |name: &str, time: f64, beside: f64| println!("| {name} | {time:.0} | {:.1} × |", time / beside);
    row("emulators, region in a variable: median over the SDKs", variable, variable);
    row("emulators, `legacy` set", legacy, variable);
    row("emulators, region in a profile", profile, variable);
    row("emulator of the SDK for Rust, region in a variable", rust_variable, rust_variable);
    row("emulator of the SDK for Rust, region in a profile", rust_profile, rust_variable);
    row("aws-sdk-sts, endpoint resolver alone, same parameters again", hit, rust_variable);
    row("aws-sdk-sts, endpoint resolver alone, two regions in turn", miss, rust_variable);
    row("the same, `UseGlobalEndpoint`", global_miss, rust_variable);
    row("aws-config, `load()`, region in a profile", loading, rust_profile);
    row("aws-sdk-sts, `Client::new`", building, rust_profile);
    match botocore() {
        Ok(times) => times.iter().for_each(|(name, time)| row(name, *time, variable)),
        Err(why) => println!("\nbotocore is left out: {why}"),
    }
}
