//! A runner: the folder of one SDK, with the programs that install a release and run a scenario with it.

use crate::environment::{FilePlace, Folder, Placeholders, Scenario};
use crate::metadata;
use serde::Deserialize;
use serde_json::Value;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use sts_endpoint::Sdk;
use sts_endpoint_conformance::recordings::{MESSAGE_LENGTH, RecordedOutcome};

/// `recorder.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Manifest {
    /// Programs that must be on `PATH`.
    tools: Vec<String>,
    /// A shell command that prints the newest release.
    newest: Option<String>,
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

    /// Asks for the newest release.
    pub(crate) fn newest(&self) -> Result<String, String> {
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
        Ok(version)
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
        let text = std::fs::read(&log).unwrap_or_default();
        Err(failed(format!("setup: {status}\n{}", last_lines(&String::from_utf8_lossy(&text), 20))))
    }

    /// Runs one scenario in a process of its own.
    ///
    /// # Errors
    ///
    /// Why the recorder failed, which says nothing about the SDK.
    pub(crate) fn run(&self, job: &Job<'_>) -> Result<RecordedOutcome, String> {
        let temporary = tempfile::Builder::new()
            .prefix("sts-recorder-")
            .tempdir()
            .map_err(|error| format!("no temporary folder: {error}"))?;
        let io = |error: std::io::Error| error.to_string();
        // Resolved, since an SDK may print the real path.
        let outer = temporary.path().canonicalize().map_err(io)?;
        let inner = outer.join("scenario");
        std::fs::create_dir(&inner).map_err(io)?;
        let folder = Folder::new(inner, job.files);
        folder.prepare(job.scenario).map_err(io)?;
        let (input, output, errors) = (outer.join("in"), outer.join("out"), outer.join("err"));
        std::fs::write(&input, format!("{}\n", folder.for_runner(job.whole))).map_err(io)?;
        let metadata = job.scenario.imds_region.as_deref().map(metadata::Server::start).transpose();
        let metadata = metadata.map_err(io)?;
        let path = std::env::var_os("PATH").unwrap_or_default();
        let program = self.folder.join("run");
        let mut command = Command::new(&program);
        command
            .arg(job.cache)
            .env_clear()
            .envs(folder.environment(job.scenario, &path, metadata.as_ref().map(|m| m.url()).as_deref()))
            .current_dir(folder.home())
            .stdin(File::open(&input).map_err(io)?)
            .stdout(File::create(&output).map_err(io)?)
            .stderr(File::create(&errors).map_err(io)?);
        own_group(&mut command);
        let child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let status = wait(child, job.limit).map_err(io)?;
        let complaint = || {
            let text = std::fs::read(&errors).unwrap_or_default();
            last_lines(&String::from_utf8_lossy(&text), 6)
        };
        match status {
            None => Err(format!("took longer than {} s, killed\n{}", job.limit.as_secs(), complaint())),
            Some(status) if !status.success() => Err(format!("{status}\n{}", complaint())),
            Some(_) => {
                let text = std::fs::read_to_string(&output).map_err(io)?;
                let outcome = read_outcome(&text).map_err(|why| format!("{why}\n{}", complaint()))?;
                Ok(self.general(outcome, &folder))
            }
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
