//! A suite of scenarios and its recordings: the folder `fixtures/recordings` itself (`main`), or one of `extra`.

use crate::environment::{FilePlace, Scenario};
use crate::fixture::Fixture;
use jsonschema::Validator;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use sts_endpoint::Sdk;
use sts_endpoint::scenario::Construction;
use sts_endpoint_conformance::recordings;

/// What is recorded under one name: an SDK, and the way its client is built where that is not the usual one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// The name of the file: `go-v1`, `go-v1-shared`, `js-v3-chain`.
    pub(crate) name: String,
    /// The SDK.
    pub(crate) sdk: Sdk,
    construction: Option<Construction>,
    alone: bool,
}

impl std::str::FromStr for Label {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let (sdk, construction, alone) =
            recordings::read_label(name).ok_or_else(|| format!("`{name}` names no SDK"))?;
        Ok(Self { name: name.into(), sdk, construction, alone })
    }
}

/// A scenario, as the front door and as the runner read it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) scenario: Scenario,
    pub(crate) whole: Value,
}

/// The scenarios that a label is recorded over, and where the recording stands.
pub(crate) struct Suite {
    /// `main`, or the folder's name below `extra`.
    pub(crate) name: String,
    /// The folder with `releases.json` and the recordings.
    pub(crate) folder: PathBuf,
    /// How the profile files are placed.
    pub(crate) files: FilePlace,
    /// The scenarios in order.
    pub(crate) entries: Vec<Entry>,
    /// What is recorded.
    pub(crate) fixture: Fixture,
}

impl Suite {
    /// Loads a suite as far as it is about one label.
    pub(crate) fn load(root: &Path, name: &str, label: &Label, schema: &Validator) -> Result<Self, String> {
        let (below, scenarios) = match name {
            "main" if label.construction.is_some() => ("variants".to_owned(), root.to_owned()),
            "main" => (String::new(), root.to_owned()),
            name => (format!("extra/{name}"), root.join("extra").join(name)),
        };
        let folder = root.join(&below);
        if !folder.join("releases.json").is_file() {
            return Err(format!("there is no suite `{name}` in {}", root.display()));
        }
        let suites = recordings::load(root, Some(label.sdk)).map_err(|error| error.to_string())?;
        let fixture = suites
            .iter()
            .filter(|suite| suite.name == below)
            .flat_map(|suite| &suite.recordings)
            .find(|recording| recording.label == label.name)
            .map(Fixture::from)
            .unwrap_or_default();
        let mut entries = read_scenarios(&scenarios.join("scenarios.jsonl"), schema)?;
        // A suite may record scenarios of the main one too.
        if entries.len() < fixture.scenarios().count() || !below.is_empty() {
            let recorded: Vec<&str> = fixture.scenarios().collect();
            let main = read_scenarios(&root.join("scenarios.jsonl"), schema)?;
            let known: Vec<String> = entries.iter().map(|entry| entry.scenario.id.clone()).collect();
            entries.extend(main.into_iter().filter(|entry| {
                recorded.contains(&entry.scenario.id.as_str()) && !known.contains(&entry.scenario.id)
            }));
        }
        label.lay_over(&mut entries);
        // The recorder of this suite wrote the files to their usual places (see conformance's `recordings::load`).
        let files = if name == "scripting" { FilePlace::Home } else { FilePlace::Named };
        Ok(Self { name: name.into(), folder, files, entries, fixture })
    }

    /// The names of all suites in which a label is recorded, the main one first.
    pub(crate) fn names(root: &Path, label: &Label) -> Result<Vec<String>, String> {
        let mut names = vec!["main".to_owned()];
        let extra = root.join("extra");
        if !extra.is_dir() {
            return Ok(names);
        }
        let error = |error: std::io::Error| format!("{}: {error}", extra.display());
        for folder in std::fs::read_dir(&extra).map_err(error)? {
            let folder = folder.map_err(error)?.path();
            let path = folder.join("releases.json");
            let text =
                std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let releases: BTreeMap<String, Vec<String>> =
                serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
            if releases.contains_key(&label.name) {
                names.extend(folder.file_name().map(|name| name.to_string_lossy().into_owned()));
            }
        }
        names[1..].sort();
        Ok(names)
    }
}

impl Label {
    /// Says in each scenario how this label builds its client.
    fn lay_over(&self, entries: &mut Vec<Entry>) {
        if self.alone {
            entries.retain(|entry| entry.scenario.entry != "client");
        }
        for object in entries.iter_mut().filter_map(|entry| entry.whole.as_object_mut()) {
            if let Some(construction) = self.construction {
                object.insert("construction".into(), construction.to_string().into());
            }
            if self.alone {
                object.insert("alone".into(), true.into());
            }
        }
    }

    /// The scenarios of any file, for this label.
    pub(crate) fn scenarios(&self, path: &Path, schema: &Validator) -> Result<Vec<Entry>, String> {
        let mut entries = read_scenarios(path, schema)?;
        self.lay_over(&mut entries);
        Ok(entries)
    }
}

fn read_scenarios(path: &Path, schema: &Validator) -> Result<Vec<Entry>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| {
            let refuse = |what: String| format!("{}:{}: {what}", path.display(), i + 1);
            let whole: Value = serde_json::from_str(line).map_err(|error| refuse(error.to_string()))?;
            schema.validate(&whole).map_err(|error| refuse(error.to_string()))?;
            let scenario =
                serde_json::from_value(whole.clone()).map_err(|error| refuse(error.to_string()))?;
            Ok(Entry { scenario, whole })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entries() -> Vec<Entry> {
        [("a", "client"), ("b", "web-identity-env")]
            .map(|(id, entry)| {
                let whole = json!({"id": id, "entry": entry});
                Entry { scenario: serde_json::from_value(whole.clone()).unwrap(), whole }
            })
            .into()
    }

    fn laid_over(label: &str) -> Vec<Value> {
        let mut entries = entries();
        label.parse::<Label>().unwrap().lay_over(&mut entries);
        entries.into_iter().map(|entry| entry.whole).collect()
    }

    #[test]
    fn a_label_says_how_the_client_is_built() {
        let (a, b) = (json!({"id": "a", "entry": "client"}), json!({"id": "b", "entry": "web-identity-env"}));
        assert_eq!(laid_over("go-v1"), [a, b]);
        assert_eq!(
            laid_over("go-v1-shared"),
            [
                json!({"id": "a", "entry": "client", "construction": "shared"}),
                json!({"id": "b", "entry": "web-identity-env", "construction": "shared"})
            ]
        );
        assert_eq!(
            laid_over("js-v3-chain"),
            [json!({"id": "b", "entry": "web-identity-env", "alone": true})]
        );
        assert!("cobol".parse::<Label>().is_err());
    }

    #[test]
    fn scenarios_must_fit_the_schema() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scenarios.jsonl");
        std::fs::write(&path, "{\"id\":\"a\",\"entry\":\"back door\"}\n").unwrap();
        let schema = jsonschema::validator_for(&crate::schemas::scenario().unwrap()).unwrap();
        let error = read_scenarios(&path, &schema).unwrap_err();
        assert!(error.contains("scenarios.jsonl:1: ") && error.contains("back door"), "{error}");
    }
}
