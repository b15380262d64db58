//! Records what a release of a real AWS SDK does: which STS endpoint it is about to call, scenario by scenario.
//!
//! The SDK is installed from its public package by the runner in `tests/recorders/<sdk>`, each scenario runs in a
//! process and a folder of its own, and the outcomes are merged into `fixtures/recordings`. See the README beside this
//! package.
#![forbid(unsafe_code)]

mod changes;
mod environment;
mod fixture;
mod metadata;
mod runner;
mod schemas;
mod suite;

use changes::Change;
use clap::Parser;
use fixture::Fixture;
use jsonschema::Validator;
use runner::{Job, Runner, Server};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use sts_endpoint::{Release, Sdk};
use sts_endpoint_conformance::recordings::{self, RecordedOutcome};
use suite::{Entry, Label, Suite};

/// Records what releases of the real AWS SDKs do, or checks that they still do what was recorded.
///
/// Exit status: 0 as recorded (or newly recorded), 1 something differs or a scenario could not be recorded, 2 wrong
/// usage, no runner, a missing tool, an installation that failed.
#[derive(Debug, Parser)]
#[command(name = "sts-endpoint-recorders", version)]
struct Options {
    /// What to record: SDK@RELEASE, SDK@newest, or a way to build the client such as go-v1-shared@1.55.7
    #[arg(required_unless_present_any = ["all_newest", "list"])]
    targets: Vec<String>,
    /// The newest release of every SDK whose runner can ask for it, over every suite that it is recorded in
    #[arg(long, conflicts_with = "targets")]
    all_newest: bool,
    /// Write nothing; compare with what is recorded. A release that is not recorded is compared with the nearest before
    #[arg(long)]
    check: bool,
    /// Which suite: main, a folder of fixtures/recordings/extra, or all in which the SDK is recorded (repeatable)
    #[arg(long, value_name = "NAME")]
    suite: Vec<String>,
    /// Scenarios of a file of your own; outcome records are printed, nothing is written to the recordings
    #[arg(long, value_name = "FILE", conflicts_with_all = ["suite", "check", "all_newest"])]
    scenarios: Option<PathBuf>,
    /// Only the scenarios of this group or with this id (repeatable)
    #[arg(long, value_name = "GROUP|ID")]
    only: Vec<String>,
    /// Only N scenarios, spread evenly; with --check or --print
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Print outcome records instead of writing them to the recordings
    #[arg(long, conflicts_with = "check")]
    print: bool,
    /// Every change and every scenario that has it
    #[arg(long)]
    verbose: bool,
    /// Name the runners, the tools that they need, the newest recorded release
    #[arg(long)]
    list: bool,
    /// Where releases are installed
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// The recordings
    #[arg(long, value_name = "DIR")]
    recordings: Option<PathBuf>,
    /// The runners
    #[arg(long, value_name = "DIR")]
    runners: Option<PathBuf>,
    /// How many scenarios run at the same time; by default one for each core
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// How many seconds a scenario may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    limit: u64,
}

/// How the run of one target went, worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// As recorded, or recorded now.
    Good,
    /// Something differs, or could not be recorded.
    Findings,
    /// Could not run at all.
    Broken,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match FrontDoor::new(options).and_then(|door| door.run()) {
        Ok(Verdict::Good) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Ok(Verdict::Broken) => ExitCode::from(2),
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

struct FrontDoor {
    options: Options,
    runners: PathBuf,
    recordings: PathBuf,
    cache: PathBuf,
    scenario_schema: Validator,
    record_schema: Validator,
}

/// A scenario that could not be recorded, and why.
struct Failed<'a> {
    scenario: &'a str,
    why: String,
}

impl FrontDoor {
    fn new(options: Options) -> Result<Self, String> {
        if options.sample.is_some() && !(options.check || options.print || options.scenarios.is_some()) {
            return Err("--sample goes with --check or --print: a sample is no recording".into());
        }
        let validator = |schema: serde_json::Result<serde_json::Value>| {
            let schema = schema.map_err(|error| error.to_string())?;
            jsonschema::validator_for(&schema).map_err(|error| error.to_string())
        };
        Ok(Self {
            runners: options.runners.clone().unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()),
            recordings: {
                let folder = options.recordings.clone().unwrap_or_else(recordings::fixtures);
                folder.canonicalize().map_err(|error| format!("{}: {error}", folder.display()))?
            },
            cache: match &options.cache {
                Some(cache) => cache.clone(),
                None => cache_folder()?,
            },
            scenario_schema: validator(schemas::scenario())?,
            record_schema: validator(schemas::outcome_record())?,
            options,
        })
    }

    fn run(&self) -> Result<Verdict, String> {
        if self.options.list {
            return self.list();
        }
        let targets = if self.options.all_newest { self.all_newest()? } else { self.options.targets.clone() };
        let mut worst = Verdict::Good;
        for target in &targets {
            let verdict = self.target(target).unwrap_or_else(|message| {
                eprintln!("{target}: {message}");
                Verdict::Broken
            });
            worst = worst.max(verdict);
        }
        Ok(worst)
    }

    /// Every SDK that has a runner here.
    fn with_runner(&self) -> Vec<Runner> {
        Sdk::ALL.iter().filter_map(|sdk| Runner::load(&self.runners, *sdk).ok()).collect()
    }

    fn all_newest(&self) -> Result<Vec<String>, String> {
        let runners = self.with_runner();
        if runners.is_empty() {
            return Err(format!("no runner in {}", self.runners.display()));
        }
        let (known, unknown): (Vec<_>, Vec<_>) = runners.iter().partition(|runner| runner.knows_newest());
        for runner in unknown {
            eprintln!("{}: left out, its runner cannot ask for the newest release", runner.sdk);
        }
        Ok(known.iter().map(|runner| format!("{}@newest", runner.sdk)).collect())
    }

    fn list(&self) -> Result<Verdict, String> {
        for runner in self.with_runner() {
            let label: Label = runner.sdk.to_string().parse()?;
            let suites = Suite::names(&self.recordings, &label)?;
            let main = Suite::load(&self.recordings, "main", &label, &self.scenario_schema)?;
            let newest = main.fixture.releases().last().map_or("none".into(), ToString::to_string);
            let missing = runner.missing_tools();
            let tools =
                if missing.is_empty() { "ready".into() } else { format!("needs {}", missing.join(", ")) };
            println!(
                "{:<11} newest recorded {newest:<12} {tools:<24} suites {}",
                label.name,
                suites.join(", ")
            );
        }
        Ok(Verdict::Good)
    }

    /// Records or checks one target over its suites.
    fn target(&self, target: &str) -> Result<Verdict, String> {
        let (label, release) = target.split_once('@').unwrap_or((target, "newest"));
        let label: Label = label.parse()?;
        let runner = Runner::load(&self.runners, label.sdk)?;
        runner.require_tools()?;
        let release = match release {
            "newest" => match runner.newest()? {
                Some(newest) => newest,
                None if self.options.all_newest => {
                    eprintln!("{}: left out, this machine can have no release of it", label.name);
                    return Ok(Verdict::Good);
                }
                None => return Err("this machine can have no release of it".into()),
            },
            named => named.to_owned(),
        };
        let number: Release =
            release.parse().map_err(|error| format!("`{release}` is no release: {error}"))?;
        let cache = self.cache.join(label.sdk.to_string()).join(&release);
        let wrong = |error: std::io::Error| format!("{}: {error}", cache.display());
        std::fs::create_dir_all(&cache).map_err(wrong)?;
        let cache = cache.canonicalize().map_err(wrong)?;
        let start = Instant::now();
        eprintln!("{}@{release}: installing into {}", label.name, cache.display());
        runner.set_up(&release, &cache)?;
        eprintln!("{}@{release}: installed in {} s", label.name, start.elapsed().as_secs());
        if let Some(file) = &self.options.scenarios {
            let entries = label.scenarios(file, &self.scenario_schema)?;
            let entries = self.chosen(&entries);
            let outcomes =
                self.run_all(&runner, &cache, &label, number, &entries, environment::FilePlace::Named);
            self.print(&label, number, &outcomes.0)?;
            return Ok(report_failed(&outcomes.1));
        }
        let suites = match self.options.suite.as_slice() {
            [] if self.options.all_newest => Suite::names(&self.recordings, &label)?,
            [] => vec!["main".into()],
            [all] if all == "all" => Suite::names(&self.recordings, &label)?,
            named => named.to_vec(),
        };
        let mut worst = Verdict::Good;
        for name in suites {
            let suite = Suite::load(&self.recordings, &name, &label, &self.scenario_schema)?;
            worst = worst.max(self.suite(&runner, &cache, &label, number, suite)?);
        }
        Ok(worst)
    }

    fn suite(
        &self,
        runner: &Runner,
        cache: &Path,
        label: &Label,
        release: Release,
        mut suite: Suite,
    ) -> Result<Verdict, String> {
        let entries = std::mem::take(&mut suite.entries);
        let chosen = self.chosen(&entries);
        if chosen.is_empty() {
            return Err(format!("suite {} has no such scenario", suite.name));
        }
        let (outcomes, failed) = self.run_all(runner, cache, label, release, &chosen, suite.files);
        let verdict = report_failed(&failed);
        if self.options.print {
            self.print(label, release, &outcomes)?;
            return Ok(verdict);
        }
        if self.options.check {
            return Ok(verdict.max(self.check(label, release, &suite, &outcomes)));
        }
        if outcomes.is_empty() {
            return Ok(verdict);
        }
        suite.fixture.insert(release, &outcomes);
        let order: Vec<&str> = entries.iter().map(|entry| entry.scenario.id.as_str()).collect();
        suite.fixture.sort(&order);
        let path = suite.folder.join(format!("{}.jsonl", label.name));
        let text = suite.fixture.text().map_err(|error| format!("{}: {error}", path.display()))?;
        // A label that `releases.json` names must have its file, a release that a file names must be listed.
        let releases = suite.folder.join("releases.json");
        if path.is_file() {
            fixture::write_releases(&releases, &label.name, suite.fixture.releases())?;
            fixture::write(&path, &text)?;
        } else {
            fixture::write(&path, &text)?;
            fixture::write_releases(&releases, &label.name, suite.fixture.releases())?;
        }
        println!("{}@{release}: {} scenarios written to {}", label.name, outcomes.len(), path.display());
        let (before, after) = suite.fixture.neighbours(release);
        for (neighbour, is_before) in [(before, true), (after, false)] {
            let Some(neighbour) = neighbour else { continue };
            self.print_changes(label, &suite.fixture, &outcomes, release, neighbour, is_before);
        }
        Ok(verdict)
    }

    /// The scenarios that the options ask for.
    fn chosen<'a>(&self, entries: &'a [Entry]) -> Vec<&'a Entry> {
        let only = &self.options.only;
        let wanted: Vec<&Entry> = entries
            .iter()
            .filter(|entry| {
                only.is_empty() || only.contains(&entry.scenario.group) || only.contains(&entry.scenario.id)
            })
            .collect();
        match self.options.sample {
            Some(sample) if sample < wanted.len() => {
                (0..sample).map(|i| wanted[i * wanted.len() / sample]).collect()
            }
            _ => wanted,
        }
    }

    /// Runs scenarios on all cores.
    fn run_all<'a>(
        &self,
        runner: &Runner,
        cache: &Path,
        label: &Label,
        release: Release,
        entries: &[&'a Entry],
        files: environment::FilePlace,
    ) -> (BTreeMap<String, RecordedOutcome>, Vec<Failed<'a>>) {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = self.options.jobs.unwrap_or(cores).clamp(1, entries.len().max(1));
        let (next, start) = (AtomicUsize::new(0), Instant::now());
        let run_one = |entry: &'a Entry, server: &mut Option<Server>| {
            let job = Job {
                cache,
                scenario: &entry.scenario,
                whole: &entry.whole,
                files,
                limit: Duration::from_secs(self.options.limit),
            };
            let outcome = runner.run(&job, server)?;
            let record = record(label, release, &entry.scenario.id, &outcome);
            match self.record_schema.validate(&record) {
                Ok(()) => Ok(outcome),
                Err(error) => Err(format!("no outcome by the schema: {error}")),
            }
        };
        let work = || {
            let (mut done, mut server) = (Vec::new(), None);
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(entry) = entries.get(place).copied() else { return done };
                if place > 0 && place % 200 == 0 {
                    eprintln!("{}@{release}: {place} of {}", label.name, entries.len());
                }
                done.push((entry, run_one(entry, &mut server)));
            }
        };
        let done: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
        });
        eprintln!(
            "{}@{release}: {} scenarios run in {} s",
            label.name,
            done.len(),
            start.elapsed().as_secs()
        );
        let (mut outcomes, mut failed) = (BTreeMap::new(), Vec::new());
        for (entry, outcome) in done {
            match outcome {
                Ok(outcome) => drop(outcomes.insert(entry.scenario.id.clone(), outcome)),
                Err(why) => failed.push(Failed { scenario: &entry.scenario.id, why }),
            }
        }
        (outcomes, failed)
    }

    fn print(
        &self,
        label: &Label,
        release: Release,
        outcomes: &BTreeMap<String, RecordedOutcome>,
    ) -> Result<(), String> {
        let mut out = std::io::stdout().lock();
        for (scenario, outcome) in outcomes {
            writeln!(out, "{}", record(label, release, scenario, outcome))
                .map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Compares fresh outcomes with the recorded ones.
    fn check(
        &self,
        label: &Label,
        release: Release,
        suite: &Suite,
        outcomes: &BTreeMap<String, RecordedOutcome>,
    ) -> Verdict {
        let fixture = &suite.fixture;
        if !fixture.releases().contains(&release) {
            println!("{}@{release} is not recorded in suite {}", label.name, suite.name);
            return match fixture.neighbours(release) {
                (Some(before), _) if !self.print_changes(label, fixture, outcomes, release, before, true) => {
                    Verdict::Good
                }
                _ => Verdict::Findings,
            };
        }
        let (mut changes, mut unknown) = (Vec::new(), 0);
        for (scenario, after) in outcomes {
            match fixture.outcome(scenario, release) {
                Some(before) if before != after => changes.push(Change { scenario, before, after }),
                Some(_) => {}
                None => unknown += 1,
            }
        }
        let compared = outcomes.len() - unknown;
        println!(
            "{}@{release}, suite {}: {} of {compared} outcomes as recorded",
            label.name,
            suite.name,
            compared - changes.len()
        );
        if unknown > 0 {
            println!("  {unknown} scenarios are not recorded for this release");
        }
        print!("{}", changes::describe(&changes, self.options.verbose));
        if changes.is_empty() { Verdict::Good } else { Verdict::Findings }
    }

    /// Prints what is different between a release and a recorded neighbour; whether anything is.
    fn print_changes(
        &self,
        label: &Label,
        fixture: &Fixture,
        outcomes: &BTreeMap<String, RecordedOutcome>,
        release: Release,
        neighbour: Release,
        is_before: bool,
    ) -> bool {
        let changes: Vec<Change<'_>> = outcomes
            .iter()
            .filter_map(|(scenario, outcome)| {
                let other = fixture.outcome(scenario, neighbour)?;
                let (before, after) = if is_before { (other, outcome) } else { (outcome, other) };
                (before != after).then_some(Change { scenario, before, after })
            })
            .collect();
        let (from, to) = if is_before { (neighbour, release) } else { (release, neighbour) };
        if changes.is_empty() {
            println!("{}: nothing changes from {from} to {to}", label.name);
        } else {
            println!("{}: {} scenarios change from {from} to {to}", label.name, changes.len());
            print!("{}", changes::describe(&changes, self.options.verbose));
        }
        !changes.is_empty()
    }
}

fn record(label: &Label, release: Release, scenario: &str, outcome: &RecordedOutcome) -> serde_json::Value {
    serde_json::json!({
        "sdk": label.sdk.to_string(),
        "release": release.to_string(),
        "scenario": scenario,
        "outcome": outcome,
    })
}

fn report_failed(failed: &[Failed<'_>]) -> Verdict {
    if failed.is_empty() {
        return Verdict::Good;
    }
    eprintln!("{} scenarios could not be recorded:", failed.len());
    for failed in failed {
        eprintln!("  {}: {}", failed.scenario, failed.why.trim().replace('\n', "\n    "));
    }
    Verdict::Findings
}

/// The user's cache folder for this program.
fn cache_folder() -> Result<PathBuf, String> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = set("XDG_CACHE_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .or_else(|| set("LOCALAPPDATA"))
        .ok_or("no cache folder: neither XDG_CACHE_HOME nor HOME is set; use --cache")?;
    Ok(base.join("sts-endpoint-recorders"))
}
