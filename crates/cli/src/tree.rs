//! Source trees -> workloads: the walk with its progress bar, and the mapping in `sts-endpoint.toml`.

use crate::configuration::read_text;
use crate::trouble::Trouble;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use sts_endpoint::Entry;
use sts_endpoint_inventory::walk::{Inventory, Progress, walk};
use sts_endpoint_inventory::workload::{Mapping, Workload};

/// The file that maps workloads by hand.
const MAPPING: &str = "sts-endpoint.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    #[serde(default)]
    workload: Vec<MappedWorkload>,
    #[serde(default)]
    ignore: Ignore,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MappedWorkload {
    name: String,
    dependencies: Vec<PathBuf>,
    #[serde(default)]
    settings: Vec<PathBuf>,
    #[serde(default)]
    entries: Vec<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ignore {
    /// Findings that are not told, by id.
    #[serde(default)]
    findings: Vec<String>,
}

/// A source tree, read.
pub(crate) struct Tree {
    pub(crate) root: PathBuf,
    pub(crate) inventory: Inventory,
    pub(crate) workloads: Vec<Workload>,
    /// Findings that the tree's own mapping file leaves out.
    pub(crate) ignored: Vec<String>,
}

impl Tree {
    /// Walks a tree (or reads a lock file) and joins what it finds into workloads.
    pub(crate) fn read(root: &Path, mapping: Option<&Path>) -> Result<Self, Trouble> {
        if !root.try_exists().map_err(|error| Trouble::file(root, error))? {
            return Err(Trouble::file(root, "does not exist; expected a source tree or a lock file"));
        }
        let own = root.join(MAPPING);
        let path = mapping.map(Path::to_path_buf).or_else(|| own.is_file().then_some(own));
        let file = match path {
            Some(path) => read_mapping(&path)?,
            None => MappingFile::default(),
        };
        let bar = Bar::new();
        let inventory = walk(root, &bar);
        bar.0.finish_and_clear();
        let mappings: Vec<Mapping> = file
            .workload
            .into_iter()
            .map(|mapped| Mapping {
                name: mapped.name,
                dependencies: mapped.dependencies,
                settings: mapped.settings,
                entries: mapped.entries,
            })
            .collect();
        let workloads = inventory.workloads(&mappings);
        Ok(Self { root: root.into(), inventory, workloads, ignored: file.ignore.findings })
    }

    /// A line of a file of the tree, for people to see; secrets are not shown.
    pub(crate) fn line(&self, place: &sts_endpoint_inventory::place::Place) -> Option<String> {
        let path = if self.root.is_file() { self.root.clone() } else { self.root.join(&place.path) };
        let text = std::fs::read_to_string(path).ok()?;
        let line = text.lines().nth(place.line.checked_sub(1)? as usize)?;
        let lowered = line.to_ascii_lowercase();
        if ["secret", "token", "password", "access_key"].iter().any(|word| lowered.contains(word)) {
            return None;
        }
        Some(line.chars().take(200).collect())
    }
}

fn read_mapping(path: &Path) -> Result<MappingFile, Trouble> {
    let text = read_text(path)?;
    toml::from_str(&text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = &text[..at.min(text.len())];
        Trouble::Place {
            path: path.display().to_string(),
            line: before.matches('\n').count() + 1,
            column: before.rsplit('\n').next().unwrap_or(before).chars().count() + 1,
            what: error.message().into(),
        }
    })
}

/// A progress bar, drawn on a terminal alone.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} files") {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Progress for Bar {
    fn seen(&self, files: usize) {
        self.0.set_position(files as u64);
    }
}
