//! A runner: the folder of one SDK, with the programs that install a release and run a scenario with it.

use crate::environment::{FilePlace, Folder, Placeholders, Scenario};
use crate::metadata;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use sts_endpoint::Sdk;
use sts_endpoint_conformance::recordings::{MESSAGE_LENGTH, RecordedOutcome};

/// `recorder.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Manifest {
    /// Programs that must be on `PATH`.
    tools: Vec<String>,
    /// A shell command that prints the newest release, or `none` where this machine can have none.
    newest: Option<String>,
    /// `run CACHE_DIR fork` waits for scenarios and forks a child for each, so that what takes long is loaded once.
    forks: bool,
    /// What stands for the scenario's paths in messages.
    placeholders: Placeholders,
}

/// The runner of one SDK.
#[derive(Clone, Debug)]
pub(crate) struct Runner {
    /// The SDK.
    pub(crate) sdk: Sdk,
    folder: PathBuf,
    manifest: Manifest,
}

/// One run of a scenario.
pub(crate) struct Job<'a> {
    /// Where the release is installed.
    pub(crate) cache: &'a Path,
    /// The scenario, for the front door.
    pub(crate) scenario: &'a Scenario,
    /// The scenario, for the runner.
    pub(crate) whole: &'a Value,
    /// Where its profile files stand.
    pub(crate) files: FilePlace,
    /// How long it may take.
    pub(crate) limit: Duration,
}

impl Runner {
    /// The runner in a folder named after its SDK.
    pub(crate) fn load(runners: &Path, sdk: Sdk) -> Result<Self, String> {
        let folder = runners.join(sdk.to_string());
        let path = folder.join("recorder.toml");
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{sdk} has no runner here: {}: {error}", path.display()))?;
        let manifest =
            toml::from_str(&text).map_err(|error| format!("{}: {}", path.display(), error.message()))?;
        let folder = folder.canonicalize().map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self { sdk, folder, manifest })
    }

    /// The tools that are not on `PATH`.
    pub(crate) fn missing_tools(&self) -> Vec<&str> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let there = |tool: &str| std::env::split_paths(&path).any(|folder| folder.join(tool).is_file());
        self.manifest.tools.iter().map(String::as_str).filter(|tool| !there(tool)).collect()
    }

    /// Refuses when a tool is missing.
    pub(crate) fn require_tools(&self) -> Result<(), String> {
        let missing = self.missing_tools();
        if missing.is_empty() {
            return Ok(());
        }
        Err(format!("the runner of {} needs {} on PATH", self.sdk, missing.join(", ")))
    }

    /// Whether it can be asked for the newest release.
    pub(crate) fn knows_newest(&self) -> bool {
        self.manifest.newest.is_some()
    }

    /// Asks for the newest release; `None` where the runner says that there is none for this machine.
    pub(crate) fn newest(&self) -> Result<Option<String>, String> {
        let command = self.manifest.newest.as_deref().ok_or_else(|| {
            format!("the runner of {} has no way to ask for the newest release: name one", self.sdk)
        })?;
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(&self.folder)
            .output()
            .map_err(|error| format!("{command}: {error}"))?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if !output.status.success() || version.is_empty() || version.contains(char::is_whitespace) {
            return Err(format!(
                "{} could not be asked for its newest release: `{command}` printed {version:?} ({})\n{}",
                self.sdk,
                output.status,
                last_lines(&String::from_utf8_lossy(&output.stderr), 10)
            ));
        }
        Ok((version != "none").then_some(version))
    }

    /// Installs a release into a folder; says nothing unless it fails.
    pub(crate) fn set_up(&self, release: &str, cache: &Path) -> Result<(), String> {
        let log = cache.join("setup.log");
        let failed = |why: String| format!("{}@{release} cannot be installed: {why}", self.sdk);
        std::fs::create_dir_all(cache).map_err(|error| failed(format!("{}: {error}", cache.display())))?;
        let out = File::create(&log).map_err(|error| failed(format!("{}: {error}", log.display())))?;
        let err = out.try_clone().map_err(|error| failed(error.to_string()))?;
        let program = self.folder.join("setup");
        let status = Command::new(&program)
            .arg(release)
            .arg(cache)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .status()
            .map_err(|error| failed(format!("{}: {error}", program.display())))?;
        if status.success() {
            return Ok(());
        }
        Err(failed(format!("setup: {status}\n{}", end_of(&log, 20))))
    }

    /// Runs one scenario in a process of its own: a new one, or, where the runner forks, a child of `server`, which is
    /// started when there is none.
    ///
    /// # Errors
    ///
    /// Why the recorder failed, which says nothing about the SDK.
    pub(crate) fn run(&self, job: &Job<'_>, server: &mut Option<Server>) -> Result<RecordedOutcome, String> {
        let temporary = temporary_folder()?;
        // Resolved, since an SDK may print the real path.
        let outer = temporary.path().canonicalize().map_err(io)?;
        let inner = outer.join("scenario");
        std::fs::create_dir(&inner).map_err(io)?;
        let folder = Folder::new(inner, job.files);
        folder.prepare(job.scenario).map_err(io)?;
        let metadata = job.scenario.imds_region.as_deref().map(metadata::Server::start).transpose();
        let metadata = metadata.map_err(io)?;
        let path = std::env::var_os("PATH").unwrap_or_default();
        let env = folder.environment(job.scenario, &path, metadata.as_ref().map(|m| m.url()).as_deref());
        let scenario = folder.for_runner(job.whole);
        let outcome = if self.manifest.forks {
            self.fork(job, &folder, &env, &scenario, server)?
        } else {
            self.spawn(job, &outer, &folder, &env, &scenario)?
        };
        Ok(self.general(outcome, &folder))
    }

    /// A process started for the scenario.
    fn spawn(
        &self,
        job: &Job<'_>,
        outer: &Path,
        folder: &Folder,
        env: &BTreeMap<String, OsString>,
        scenario: &Value,
    ) -> Result<RecordedOutcome, String> {
        let (input, output, errors) = (outer.join("in"), outer.join("out"), outer.join("err"));
        std::fs::write(&input, format!("{scenario}\n")).map_err(io)?;
        let program = self.folder.join("run");
        let mut command = Command::new(&program);
        command
            .arg(job.cache)
            .env_clear()
            .envs(env)
            .current_dir(folder.home())
            .stdin(File::open(&input).map_err(io)?)
            .stdout(File::create(&output).map_err(io)?)
            .stderr(File::create(&errors).map_err(io)?);
        own_group(&mut command);
        let child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let complaint = || end_of(&errors, 6);
        match wait(child, job.limit).map_err(io)? {
            None => Err(format!("{}\n{}", too_long(job.limit), complaint())),
            Some(status) if !status.success() => Err(format!("{status}\n{}", complaint())),
            Some(_) => {
                let text = std::fs::read_to_string(&output).map_err(io)?;
                read_outcome(&text).map_err(|why| format!("{why}\n{}", complaint()))
            }
        }
    }

    /// A child that the waiting runner forks for the scenario.
    fn fork(
        &self,
        job: &Job<'_>,
        folder: &Folder,
        env: &BTreeMap<String, OsString>,
        scenario: &Value,
        server: &mut Option<Server>,
    ) -> Result<RecordedOutcome, String> {
        let running = match server {
            Some(running) => running,
            None => server.insert(Server::start(&self.folder.join("run"), job.cache)?),
        };
        let env: BTreeMap<&str, String> =
            env.iter().map(|(name, value)| (name.as_str(), value.to_string_lossy().into_owned())).collect();
        let request = serde_json::json!({"directory": folder.home(), "env": env, "scenario": scenario});
        let answer = running.ask(&request, job.limit);
        if answer.is_err() {
            // Whatever state it is in: the next scenario gets a new one.
            *server = None;
        }
        match answer? {
            Answer::Outcome(outcome) => Ok(outcome),
            Answer::Failed(why) => Err(why),
        }
    }

    /// The outcome without temporary paths, its message as long as recordings keep it.
    fn general(&self, outcome: RecordedOutcome, folder: &Folder) -> RecordedOutcome {
        let general = |text: String| folder.general(&text, &self.manifest.placeholders);
        match outcome {
            RecordedOutcome::Request { url, signing_region } => {
                RecordedOutcome::Request { url: general(url), signing_region }
            }
            RecordedOutcome::Error { category, r#type, message } => RecordedOutcome::Error {
                category,
                r#type,
                message: general(message).chars().take(MESSAGE_LENGTH).collect(),
            },
            RecordedOutcome::NotApplicable { why } => RecordedOutcome::NotApplicable { why: general(why) },
        }
    }
}

/// A runner that waits for scenarios and forks for each.
pub(crate) struct Server {
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
    folder: tempfile::TempDir,
}

/// What a forking runner says about a scenario.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Outcome(RecordedOutcome),
    Failed(String),
}

impl Server {
    fn start(program: &Path, cache: &Path) -> Result<Self, String> {
        let folder = temporary_folder()?;
        let mut command = Command::new(program);
        command
            .arg(cache)
            .arg("fork")
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", folder.path())
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(folder.path().join("err")).map_err(io)?);
        own_group(&mut command);
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(format!("{}: no pipes", program.display()));
        };
        let (send, answers) = channel();
        // Ends with the process, whose output it reads.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, input, answers, folder })
    }

    fn ask(&mut self, request: &Value, limit: Duration) -> Result<Answer, String> {
        let complaint = |server: &Self| end_of(&server.folder.path().join("err"), 6);
        if let Err(error) = writeln!(self.input, "{request}").and_then(|()| self.input.flush()) {
            return Err(format!("{error}\n{}", complaint(self)));
        }
        match self.answers.recv_timeout(limit) {
            Ok(line) => serde_json::from_str(&line).map_err(|error| format!("no answer: {error}: {line}")),
            Err(RecvTimeoutError::Timeout) => Err(format!("{}\n{}", too_long(limit), complaint(self))),
            Err(RecvTimeoutError::Disconnected) => Err(format!("the runner ended\n{}", complaint(self))),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        kill_group(&mut self.child);
        drop(self.child.wait());
    }
}

fn io(error: std::io::Error) -> String {
    error.to_string()
}

fn too_long(limit: Duration) -> String {
    format!("took longer than {} s, killed", limit.as_secs())
}

fn temporary_folder() -> Result<tempfile::TempDir, String> {
    let folder = tempfile::Builder::new().prefix("sts-recorder-").tempdir();
    folder.map_err(|error| format!("no temporary folder: {error}"))
}

fn end_of(path: &Path, count: usize) -> String {
    last_lines(&String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()), count)
}

/// The one line that a runner prints.
fn read_outcome(text: &str) -> Result<RecordedOutcome, String> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    match lines.as_slice() {
        [line] => serde_json::from_str(line).map_err(|error| format!("printed no outcome: {error}: {line}")),
        _ => Err(format!("printed {} lines instead of one outcome", lines.len())),
    }
}

/// Waits for a process, and kills it with all that it started once the time is over.
fn wait(mut child: Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let end = Instant::now() + limit;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= end {
            kill_group(&mut child);
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(10));
    }
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// The process and, on Unix, its group: what a shell script started would live on.
fn kill_group(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        drop(Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status());
    }
    drop(child.kill());
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_an_outcome() {
        let line = r#"{"kind":"request","url":"https://sts.amazonaws.com/","signing_region":null}"#;
        assert!(read_outcome(&format!("{line}\n")).is_ok());
        assert!(read_outcome(&format!("{line}\n{line}\n")).unwrap_err().contains("2 lines"));
        assert!(read_outcome("").unwrap_err().contains("0 lines"));
        assert!(read_outcome("{}").unwrap_err().contains("no outcome"));
    }

    #[test]
    fn what_takes_too_long_is_killed() {
        let mut command = Command::new("sh");
        own_group(command.args(["-c", "sleep 60 & wait"]));
        let start = Instant::now();
        assert_eq!(wait(command.spawn().unwrap(), Duration::from_millis(50)).unwrap(), None);
        assert!(start.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn the_end_of_a_text_is_its_last_lines() {
        assert_eq!(last_lines("a\nb\nc", 2), "b\nc");
        assert_eq!(last_lines("a", 2), "a");
    }
}
