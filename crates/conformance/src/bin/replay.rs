//! Replays the recordings against the emulators and prints how many outcomes agree.
//!
//! `replay [SDK] [--release R] [--suite NAME] [--recordings DIR] [--verbose N]`; exit status 1 where something differs.

use std::path::PathBuf;
use std::process::ExitCode;
use sts_endpoint::{Release, Sdk};
use sts_endpoint_conformance::recordings;
use sts_endpoint_conformance::replay::{Report, replay};

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            eprintln!("replay: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Vec<String>) -> Result<bool, String> {
    let (mut sdk, mut release, mut suite, mut verbose) =
        (None::<Sdk>, None::<Release>, None::<String>, 0usize);
    let mut root: PathBuf = recordings::fixtures();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
        match argument.as_str() {
            "--release" => release = Some(value()?.parse().map_err(|error| format!("--release: {error}"))?),
            "--suite" => suite = Some(value()?),
            "--recordings" => root = value()?.into(),
            "--verbose" => verbose = value()?.parse().map_err(|_| "--verbose wants a number")?,
            name => sdk = Some(name.parse().map_err(|error| format!("{name}: {error}"))?),
        }
    }
    let mut total = Report::default();
    for loaded in recordings::load(&root, sdk).map_err(|error| error.to_string())? {
        let name = if loaded.name.is_empty() { "main" } else { &loaded.name };
        if suite.as_ref().is_some_and(|suite| !name.starts_with(suite.as_str())) {
            continue;
        }
        for recording in &loaded.recordings {
            let report = replay(recording, release);
            println!(
                "{:<18} {:<22} {:>3} releases {:>6} of {:>6} agree",
                name,
                recording.label,
                recording.releases.len(),
                report.agreed(),
                report.compared
            );
            for difference in report.differences.iter().take(verbose) {
                println!("\n{}@{}", difference.label, difference.release);
                println!("  scenario {}", serde_json::to_string(&difference.scenario).unwrap_or_default());
                println!("  recorded {}", difference.recorded);
                match &difference.emulated {
                    Some(emulated) => println!("  emulated {emulated}"),
                    None => println!("  emulated (no policy for this release)"),
                }
            }
            total.add(report);
        }
    }
    println!("{} of {} outcomes agree", total.agreed(), total.compared);
    Ok(total.differences.is_empty())
}
