//! Recordings as they are kept: one line a scenario, outcomes over spans of releases.

use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use sts_endpoint::Release;
use sts_endpoint_conformance::recordings::{self, RecordedOutcome};

/// The recording of one label in one suite, taken apart: an outcome for each scenario and release.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fixture {
    /// Recorded releases, oldest first.
    releases: Vec<Release>,
    /// Scenarios in the file's order.
    rows: Vec<(String, BTreeMap<Release, RecordedOutcome>)>,
}

impl From<&recordings::Recording> for Fixture {
    fn from(recording: &recordings::Recording) -> Self {
        let rows = recording.rows.iter().map(|row| {
            let outcomes = row
                .outcomes
                .iter()
                .flat_map(|(releases, outcome)| releases.iter().map(|release| (*release, outcome.clone())));
            (row.scenario.id.clone(), outcomes.collect())
        });
        Self { releases: recording.releases.clone(), rows: rows.collect() }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    scenario: &'a str,
    outcomes: Vec<Spans<'a>>,
}

#[derive(Serialize)]
struct Spans<'a> {
    releases: Vec<String>,
    outcome: &'a RecordedOutcome,
}

impl Fixture {
    /// The recorded releases, oldest first.
    pub(crate) fn releases(&self) -> &[Release] {
        &self.releases
    }

    /// The ids of the recorded scenarios.
    pub(crate) fn scenarios(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|(id, _)| id.as_str())
    }

    /// What a release did with a scenario.
    pub(crate) fn outcome(&self, scenario: &str, release: Release) -> Option<&RecordedOutcome> {
        self.rows.iter().find(|(id, _)| id == scenario)?.1.get(&release)
    }

    /// The recorded releases on both sides of a release.
    pub(crate) fn neighbours(&self, release: Release) -> (Option<Release>, Option<Release>) {
        let before = self.releases.iter().rev().find(|recorded| **recorded < release);
        let after = self.releases.iter().find(|recorded| **recorded > release);
        (before.copied(), after.copied())
    }

    /// Puts a release's outcomes in; those it had for other scenarios stay.
    pub(crate) fn insert(&mut self, release: Release, outcomes: &BTreeMap<String, RecordedOutcome>) {
        if let Err(place) = self.releases.binary_search(&release) {
            self.releases.insert(place, release);
        }
        for (id, row) in &mut self.rows {
            if let Some(outcome) = outcomes.get(id) {
                row.insert(release, outcome.clone());
            }
        }
        let known: Vec<String> = self.scenarios().map(String::from).collect();
        for (id, outcome) in outcomes {
            if !known.contains(id) {
                self.rows.push((id.clone(), BTreeMap::from([(release, outcome.clone())])));
            }
        }
    }

    /// Puts the scenarios into the order of a list; those that it lacks keep theirs, at the end.
    pub(crate) fn sort(&mut self, order: &[&str]) {
        let places: BTreeMap<&str, usize> = order.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        self.rows.sort_by_key(|(id, _)| places.get(id.as_str()).copied().unwrap_or(usize::MAX));
    }

    /// The file's text.
    pub(crate) fn text(&self) -> Result<String, serde_json::Error> {
        let mut text = String::new();
        for (scenario, row) in &self.rows {
            let line = Line { scenario, outcomes: self.spans(row) };
            text.push_str(&serde_json::to_string(&line)?);
            text.push('\n');
        }
        Ok(text)
    }

    /// Outcomes in the order in which they first occur, each with the spans of releases that gave it.
    fn spans<'a>(&self, row: &'a BTreeMap<Release, RecordedOutcome>) -> Vec<Spans<'a>> {
        let mut groups: Vec<(&RecordedOutcome, Vec<(Release, Release)>)> = Vec::new();
        let mut previous: Option<&RecordedOutcome> = None;
        for release in &self.releases {
            let outcome = row.get(release);
            if let Some(outcome) = outcome {
                let place = groups.iter().position(|(known, _)| *known == outcome).unwrap_or_else(|| {
                    groups.push((outcome, Vec::new()));
                    groups.len() - 1
                });
                let spans = &mut groups[place].1;
                match spans.last_mut() {
                    Some(span) if previous == Some(outcome) => span.1 = *release,
                    _ => spans.push((*release, *release)),
                }
            }
            previous = outcome;
        }
        let written = |(from, to): (Release, Release)| {
            if from == to { from.to_string() } else { format!("{from}..{to}") }
        };
        groups
            .into_iter()
            .map(|(outcome, spans)| Spans { releases: spans.into_iter().map(written).collect(), outcome })
            .collect()
    }
}

/// Writes a file whole or not at all.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new: PathBuf = path.with_file_name(name);
    std::fs::write(&new, text).and_then(|()| std::fs::rename(&new, path)).map_err(|error: io::Error| {
        drop(std::fs::remove_file(&new));
        format!("{}: {error}", path.display())
    })
}

/// How long a front door waits for another to finish writing the same file, which takes it milliseconds.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// Holds a file for one process, from reading it to writing it: a file beside it, which only one can create.
/// (`File::lock` needs Rust 1.89, and a lock on a file that is renamed over holds the old one.)
struct Lock(PathBuf);

impl Lock {
    fn hold(path: &Path, wait: Duration) -> Result<Self, String> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".lock");
        let lock = path.with_file_name(name);
        let start = Instant::now();
        loop {
            match File::create_new(&lock) {
                Ok(_) => return Ok(Self(lock)),
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(format!("{}: {error}", lock.display()));
                }
                Err(_) if start.elapsed() >= wait => {
                    let lock = lock.display();
                    return Err(format!("{lock}: held by another run; if there is none, remove this file"));
                }
                Err(_) => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.0));
    }
}

/// Adds a label's releases to a suite's `releases.json`, which other front doors may be doing at the same time.
pub(crate) fn write_releases(path: &Path, label: &str, releases: &[Release]) -> Result<(), String> {
    let _lock = Lock::hold(path, LOCK_WAIT)?;
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut all: BTreeMap<String, Vec<String>> =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    all.insert(label.into(), releases.iter().map(ToString::to_string).collect());
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let labels: Vec<String> = all
        .iter()
        .map(|(label, releases)| {
            let releases: Vec<String> = releases.iter().map(|release| quoted(release)).collect();
            format!("{}: [\n{}\n]", quoted(label), releases.join(",\n"))
        })
        .collect();
    write(path, &format!("{{\n{}\n}}\n", labels.join(",\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(text: &str) -> Release {
        text.parse().unwrap()
    }

    fn request(region: &str) -> RecordedOutcome {
        RecordedOutcome::Request {
            url: format!("https://sts.{region}.amazonaws.com/"),
            signing_region: Some(region.into()),
        }
    }

    fn fixture(releases: &[&str], row: &[(&str, &str)]) -> Fixture {
        Fixture {
            releases: releases.iter().map(|text| release(text)).collect(),
            rows: vec![("s".into(), row.iter().map(|(at, region)| (release(at), request(region))).collect())],
        }
    }

    fn spans(fixture: &Fixture) -> Vec<(Vec<String>, RecordedOutcome)> {
        let row = &fixture.rows[0].1;
        fixture.spans(row).into_iter().map(|spans| (spans.releases, spans.outcome.clone())).collect()
    }

    fn expected(spans: &[(&[&str], &str)]) -> Vec<(Vec<String>, RecordedOutcome)> {
        spans
            .iter()
            .map(|(spans, region)| (spans.iter().map(|s| (*s).into()).collect(), request(region)))
            .collect()
    }

    #[test]
    fn releases_with_one_outcome_become_spans() {
        let fixture =
            fixture(&["1.0", "1.1", "2.0", "3.0"], &[("1.0", "a"), ("1.1", "a"), ("2.0", "b"), ("3.0", "a")]);
        assert_eq!(spans(&fixture), expected(&[(&["1.0..1.1", "3.0"], "a"), (&["2.0"], "b")]));
    }

    #[test]
    fn a_release_between_others_widens_or_splits_a_span() {
        let base = fixture(&["1.0", "2.0"], &[("1.0", "a"), ("2.0", "a")]);
        for (region, outcome) in [
            (Some("a"), expected(&[(&["1.0..2.0"], "a")])),
            (Some("b"), expected(&[(&["1.0", "2.0"], "a"), (&["1.5"], "b")])),
            // Not recorded for this scenario, so the span must not cover it.
            (None, expected(&[(&["1.0", "2.0"], "a")])),
        ] {
            let mut fixture = base.clone();
            let outcomes = region.map(|region| ("s".to_owned(), request(region)));
            fixture.insert(release("1.5"), &outcomes.into_iter().collect());
            assert_eq!(fixture.releases, ["1.0", "1.5", "2.0"].map(release));
            assert_eq!(spans(&fixture), outcome);
        }
    }

    #[test]
    fn a_release_recorded_again_replaces_what_was_run_and_keeps_the_rest() {
        let mut fixture = fixture(&["1.0"], &[("1.0", "a")]);
        fixture.insert(release("1.0"), &BTreeMap::from([("t".into(), request("b"))]));
        assert_eq!(fixture.outcome("s", release("1.0")), Some(&request("a")));
        assert_eq!(fixture.outcome("t", release("1.0")), Some(&request("b")));
        fixture.insert(release("1.0"), &BTreeMap::from([("s".into(), request("c"))]));
        assert_eq!(fixture.outcome("s", release("1.0")), Some(&request("c")));
        fixture.sort(&["t", "s"]);
        assert_eq!(fixture.scenarios().collect::<Vec<_>>(), ["t", "s"]);
    }

    #[test]
    fn neighbours_are_the_nearest_recorded_releases() {
        let fixture = fixture(&["1.0", "1.9", "1.10"], &[]);
        let neighbours = |text| fixture.neighbours(release(text));
        assert_eq!(neighbours("1.9.5"), (Some(release("1.9")), Some(release("1.10"))));
        assert_eq!(neighbours("1.0"), (None, Some(release("1.9"))));
        assert_eq!(neighbours("2.0"), (Some(release("1.10")), None));
    }

    #[test]
    fn the_kept_recordings_come_out_as_they_went_in() {
        let root = recordings::fixtures();
        let mut files = 0;
        for suite in recordings::load(&root, None).unwrap() {
            for recording in &suite.recordings {
                let path = root.join(&suite.name).join(format!("{}.jsonl", recording.label));
                let kept = std::fs::read_to_string(&path).unwrap();
                assert!(Fixture::from(recording).text().unwrap() == kept, "{}", path.display());
                files += 1;
            }
        }
        assert!(files > 20, "{files}");
    }

    #[test]
    fn releases_are_written_for_one_label_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("releases.json");
        write(&path, r#"{"ruby":["1.0"],"boto3":["1.0"]}"#).unwrap();
        write_releases(&path, "boto3", &[release("1.0"), release("1.1")]).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "{\n\"boto3\": [\n\"1.0\",\n\"1.1\"\n],\n\"ruby\": [\n\"1.0\"\n]\n}\n");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn labels_written_at_the_same_time_are_all_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("releases.json");
        write(&path, "{}").unwrap();
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    for turn in 0..10 {
                        write_releases(path, &format!("sdk-{writer}-{turn}"), &[release("1.0")]).unwrap();
                    }
                });
            }
        });
        let text = std::fs::read_to_string(&path).unwrap();
        let all: BTreeMap<String, Vec<String>> = serde_json::from_str(&text).unwrap();
        assert_eq!(all.len(), 80);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no lock is left");
    }

    #[test]
    fn a_held_file_is_waited_for_and_then_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("releases.json");
        let held = Lock::hold(&path, LOCK_WAIT).unwrap();
        let error = Lock::hold(&path, Duration::from_millis(20)).err().unwrap();
        assert!(error.contains("releases.json.lock: held by another run"), "{error}");
        drop(held);
        assert!(Lock::hold(&path, Duration::ZERO).is_ok());
    }
}
