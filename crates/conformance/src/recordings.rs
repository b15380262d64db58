//! What the real SDKs did, loaded from a folder such as `fixtures/recordings`.
//!
//! A *suite* is a folder with `scenarios.jsonl` (one scenario a line), `releases.json` (the releases of each file, oldest
//! first) and one file for each SDK, one line a scenario:
//!
//! ```json
//! {"scenario":"core-1","outcomes":[{"releases":["1.9.253..1.39.17"],"outcome":{"kind":"request","url":"https://sts.amazonaws.com/","signing_region":"us-east-1"}}]}
//! ```
//!
//! A span `A..B` covers the recorded releases from A to B. A file may be named after an SDK and a way to build its client
//! (`go-v1-shared`, `java-v1-constructor`, `js-v3-chain`): its scenarios are those of the suite, with that said.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};
use sts_endpoint::scenario::Construction;
use sts_endpoint::{Outcome, Release, Scenario, Sdk};

/// An outcome as recorded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RecordedOutcome {
    /// A request was caught.
    Request {
        /// The URL as on the wire, without query.
        url: String,
        /// The region of the credential scope; `None`: unsigned.
        signing_region: Option<String>,
    },
    /// The SDK failed.
    Error {
        /// What kind of failure it is.
        category: String,
        /// The SDK's own error type.
        r#type: String,
        /// The message, its first 200 characters.
        message: String,
    },
    /// The release has no such option, operation or entry.
    NotApplicable {
        /// Which.
        why: String,
    },
}

/// How many characters of a message the recordings keep.
pub const MESSAGE_LENGTH: usize = 200;

impl From<&Outcome<'_>> for RecordedOutcome {
    fn from(outcome: &Outcome<'_>) -> Self {
        match outcome {
            Outcome::Request(resolution) => Self::Request {
                url: resolution.endpoint.to_string(),
                signing_region: resolution.signing_region.as_deref().map(String::from),
            },
            Outcome::Error(failure) => Self::Error {
                category: failure.category.name().into(),
                r#type: failure.error_type.clone().into_owned(),
                message: failure.message.chars().take(MESSAGE_LENGTH).collect(),
            },
            Outcome::NotApplicable(why) => Self::NotApplicable { why: why.clone().into_owned() },
        }
    }
}

impl fmt::Display for RecordedOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request { url, signing_region: None } => write!(f, "{url} unsigned"),
            Self::Request { url, signing_region: Some(region) } => write!(f, "{url} signed for {region:?}"),
            Self::Error { category, r#type, message } => write!(f, "{category}: {}: {message:?}", r#type),
            Self::NotApplicable { why } => write!(f, "not applicable: {why}"),
        }
    }
}

/// The outcomes of one scenario, each with the releases that gave it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The scenario, with the file's way to build the client laid over it.
    pub scenario: Scenario,
    /// The outcomes with their releases, oldest first.
    pub outcomes: Vec<(Vec<Release>, RecordedOutcome)>,
}

/// One file: what one SDK did.
#[derive(Clone, Debug)]
pub struct Recording {
    /// The file's name without ending: the SDK, and the way its client was built where that is not the usual one.
    pub label: String,
    /// The SDK.
    pub sdk: Sdk,
    /// The releases recorded, oldest first.
    pub releases: Vec<Release>,
    /// One row a scenario.
    pub rows: Vec<Row>,
}

/// A folder of recordings.
#[derive(Clone, Debug)]
pub struct Suite {
    /// The folder's name below the root; empty for the root itself.
    pub name: String,
    /// The files.
    pub recordings: Vec<Recording>,
}

/// A folder that cannot be loaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// A file cannot be read.
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A line is not what was expected.
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What was expected.
        what: String,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, cause } => write!(f, "{}: {cause}", path.display()),
            Self::Line { path, line, what } => write!(f, "{}:{line}: {what}", path.display()),
        }
    }
}

impl std::error::Error for LoadError {}

/// The repository's own recordings.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/recordings")
}

/// Loads every suite below a folder: the folder itself, `variants`, and each folder in `extra`. With `only`, the files
/// of that SDK alone.
///
/// # Errors
///
/// [`LoadError`] with file and line.
pub fn load(root: &Path, only: Option<Sdk>) -> Result<Vec<Suite>, LoadError> {
    let main = scenarios(&root.join("scenarios.jsonl"))?;
    let mut suites = vec![suite(root, "", &main, &HashMap::new(), only)?];
    let variants = root.join("variants");
    if variants.is_dir() {
        suites.push(suite(&variants, "variants", &main, &HashMap::new(), only)?);
    }
    let extra = root.join("extra");
    if extra.is_dir() {
        for folder in sorted_entries(&extra)? {
            let mut own = scenarios(&folder.join("scenarios.jsonl"))?;
            if folder.ends_with("scripting") {
                own.values_mut().for_each(put_files_home);
            }
            let name = format!("extra/{}", folder.file_name().unwrap_or_default().to_string_lossy());
            suites.push(suite(&folder, &name, &own, &main, only)?);
        }
    }
    Ok(suites)
}

/// The recorder of this suite wrote the files to their usual places, where the other ones named them in variables.
fn put_files_home(scenario: &mut Scenario) {
    for (file, path) in
        [(&mut scenario.config, "~/.aws/config"), (&mut scenario.credentials, "~/.aws/credentials")]
    {
        *file = file.take().map(|file| file.at_path(path));
    }
}

fn read(path: &Path) -> Result<String, LoadError> {
    std::fs::read_to_string(path).map_err(|cause| LoadError::Io { path: path.into(), cause })
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let io = |cause| LoadError::Io { path: folder.into(), cause };
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(io)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(io)?;
    entries.sort();
    Ok(entries)
}

/// The scenarios of a file, by id.
///
/// # Errors
///
/// [`LoadError`] with file and line.
pub fn scenarios(path: &Path) -> Result<HashMap<String, Scenario>, LoadError> {
    read(path)?
        .lines()
        .enumerate()
        .map(|(i, line)| {
            let scenario: Scenario = serde_json::from_str(line).map_err(|error| LoadError::Line {
                path: path.into(),
                line: i + 1,
                what: error.to_string(),
            })?;
            Ok((scenario.id.clone(), scenario))
        })
        .collect()
}

/// The SDK of a label, and what the label's ending says about the client: the way it was built, and whether the
/// credential provider stood alone.
pub fn read_label(label: &str) -> Option<(Sdk, Option<Construction>, bool)> {
    if let Ok(sdk) = label.parse() {
        return Some((sdk, None, false));
    }
    let (sdk, ending) = label.rsplit_once('-')?;
    let sdk = sdk.parse().ok()?;
    if ending == "chain" {
        return Some((sdk, None, true));
    }
    Some((sdk, Some(ending.parse().ok()?), false))
}

fn suite(
    folder: &Path,
    name: &str,
    scenarios: &HashMap<String, Scenario>,
    more: &HashMap<String, Scenario>,
    only: Option<Sdk>,
) -> Result<Suite, LoadError> {
    let path = folder.join("releases.json");
    let releases: BTreeMap<String, Vec<Release>> = serde_json::from_str(&read(&path)?).map_err(|error| {
        LoadError::Line { path: path.clone(), line: error.line(), what: error.to_string() }
    })?;
    let mut recordings = Vec::new();
    for (label, releases) in releases {
        let Some((sdk, construction, alone)) = read_label(&label) else {
            return Err(LoadError::Line { path, line: 1, what: format!("`{label}` names no SDK") });
        };
        if only.is_some_and(|only| only != sdk) {
            continue;
        }
        let path = folder.join(format!("{label}.jsonl"));
        let rows = read(&path)?
            .lines()
            .enumerate()
            .map(|(i, line)| {
                let refuse = |what: String| LoadError::Line { path: path.clone(), line: i + 1, what };
                let line: RowLine = serde_json::from_str(line).map_err(|error| refuse(error.to_string()))?;
                let mut scenario = scenarios
                    .get(&line.scenario)
                    .or_else(|| more.get(&line.scenario))
                    .ok_or_else(|| refuse(format!("no scenario `{}`", line.scenario)))?
                    .clone();
                scenario.construction = construction.or(scenario.construction);
                scenario.alone |= alone;
                let outcomes = line
                    .outcomes
                    .into_iter()
                    .map(|spans| {
                        let mut covered = Vec::new();
                        for span in &spans.releases {
                            covered.extend(releases_of(span, &releases).ok_or_else(|| {
                                refuse(format!("`{span}` is no span of recorded releases"))
                            })?);
                        }
                        Ok((covered, spans.outcome))
                    })
                    .collect::<Result<_, LoadError>>()?;
                Ok(Row { scenario, outcomes })
            })
            .collect::<Result<_, LoadError>>()?;
        recordings.push(Recording { label, sdk, releases, rows });
    }
    Ok(Suite { name: name.into(), recordings })
}

/// One line of a recording, as it stands in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct RowLine {
    scenario: String,
    outcomes: Vec<Spans>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Spans {
    releases: Vec<String>,
    outcome: RecordedOutcome,
}

/// The recorded releases that a span covers: `1.9.253..1.39.17`, or one release.
fn releases_of<'r>(span: &str, recorded: &'r [Release]) -> Option<&'r [Release]> {
    let (from, to) = span.split_once("..").unwrap_or((span, span));
    let place = |text: &str| {
        let release: Release = text.parse().ok()?;
        recorded.iter().position(|recorded| *recorded == release)
    };
    recorded.get(place(from)?..=place(to)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_cover_recorded_releases() {
        let recorded: Vec<Release> = ["1.0", "1.1", "2.0"].iter().map(|r| r.parse().unwrap()).collect();
        assert_eq!(releases_of("1.0..2.0", &recorded), Some(&recorded[..]));
        assert_eq!(releases_of("1.1", &recorded), Some(&recorded[1..2]));
        assert_eq!(releases_of("1.1..3.0", &recorded), None);
        assert_eq!(releases_of("2.0..1.0", &recorded), None);
    }

    #[test]
    fn labels_name_an_sdk_and_the_way_its_client_was_built() {
        assert_eq!(read_label("boto3"), Some((Sdk::Boto3, None, false)));
        assert_eq!(read_label("go-v1-shared"), Some((Sdk::GoV1, Some(Construction::Shared), false)));
        assert_eq!(read_label("js-v3-chain"), Some((Sdk::JsV3, None, true)));
        assert_eq!(read_label("go-v1-odd"), None);
    }
}
