//! `snapshot`: accepted outcomes of a tree, kept in it; `--check` fails where one has drifted.

use crate::Finding;
use crate::arguments::Snapshot;
use crate::tree::Tree;
use crate::trouble::Trouble;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use sts_endpoint_inventory::findings::examine;

/// Where outcomes are kept, unless said otherwise.
const FILE: &str = "sts-endpoint.snapshot.jsonl";

/// One accepted outcome. The release is not part of it: a release that changes nothing is no drift.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    workload: String,
    unit: String,
    sdk: String,
    entry: String,
    outcome: String,
}

pub(crate) fn run(asked: &Snapshot, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let tree = Tree::read(&asked.root, asked.mapping.as_deref())?;
    let now: BTreeSet<Accepted> = examine(&tree.workloads)
        .calls
        .into_iter()
        .map(|call| Accepted {
            workload: call.workload,
            unit: call.unit,
            sdk: call.policy.sdk.name().into(),
            entry: call.entry.name().into(),
            outcome: call.outcome,
        })
        .collect();
    let path = asked.file.clone().unwrap_or_else(|| asked.root.join(FILE));
    if !asked.check {
        write(&path, &now)?;
        writeln!(out, "{}: {} outcomes accepted", path.display(), now.len())?;
        return Ok(Finding::Nothing);
    }
    let accepted = read(&path)?;
    for gone in accepted.difference(&now) {
        writeln!(out, "- {}", said(gone))?;
    }
    for new in now.difference(&accepted) {
        writeln!(out, "+ {}", said(new))?;
    }
    if accepted == now {
        writeln!(out, "{}: {} outcomes as accepted", path.display(), now.len())?;
        return Ok(Finding::Nothing);
    }
    Ok(Finding::Something)
}

fn said(accepted: &Accepted) -> String {
    let Accepted { workload, unit, sdk, entry, outcome } = accepted;
    let unit = if unit.is_empty() { String::new() } else { format!(" [{unit}]") };
    crate::render::text::visible(&format!("{workload}{unit} {sdk} through {entry}: {outcome}"))
}

fn read(path: &Path) -> Result<BTreeSet<Accepted>, Trouble> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Trouble::file(path, format!("{error}; `sts-endpoint snapshot` without --check writes it"))
    })?;
    text.lines()
        .enumerate()
        .map(|(i, line)| {
            serde_json::from_str(line).map_err(|error| Trouble::Place {
                path: path.display().to_string(),
                line: i + 1,
                column: error.column(),
                what: format!("expected an accepted outcome: {error}"),
            })
        })
        .collect()
}

/// Writes beside the file and renames: a failed write leaves the accepted outcomes as they were.
fn write(path: &Path, accepted: &BTreeSet<Accepted>) -> Result<(), Trouble> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| Trouble::file(path, error))?;
    for one in accepted {
        serde_json::to_writer(&mut file, one).map_err(|error| Trouble::file(path, error))?;
        file.write_all(b"\n").map_err(|error| Trouble::file(path, error))?;
    }
    file.as_file().sync_all().map_err(|error| Trouble::file(path, error))?;
    file.persist(path).map_err(|error| Trouble::file(path, error.error))?;
    Ok(())
}
