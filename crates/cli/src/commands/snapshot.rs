//! `snapshot`: accepted outcomes of a tree, kept in it; `--check` fails where one has drifted.

use crate::Finding;
use crate::arguments::Snapshot;
use crate::configuration::read_text;
use crate::render::text::counted;
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
    /// The outcome with a region, where the tree leaves open whether there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    with_region: Option<String>,
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
            with_region: call.with_region,
        })
        .collect();
    let path = asked.file.clone().unwrap_or_else(|| asked.root.join(FILE));
    if !asked.check {
        write(&path, &now)?;
        writeln!(out, "{}: {} accepted", path.display(), counted(now.len(), "outcome"))?;
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
        writeln!(out, "{}: {} as accepted", path.display(), counted(now.len(), "outcome"))?;
        return Ok(Finding::Nothing);
    }
    Ok(Finding::Something)
}

fn said(accepted: &Accepted) -> String {
    let Accepted { workload, unit, sdk, entry, outcome, with_region } = accepted;
    let unit = if unit.is_empty() { String::new() } else { format!(" [{unit}]") };
    let with = with_region.as_ref().map_or_else(String::new, |with| format!("; with a region: {with}"));
    crate::render::text::visible(&format!("{workload}{unit} {sdk} through {entry}: {outcome}{with}"))
}

fn read(path: &Path) -> Result<BTreeSet<Accepted>, Trouble> {
    if !path.exists() {
        return Err(Trouble::file(path, "does not exist; `sts-endpoint snapshot` without --check writes it"));
    }
    let text = read_text(path)?;
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

/// Writes beside the file and renames: a failed write leaves the accepted outcomes as they were. A symbolic link stays one,
/// and what is no file (a pipe, a device) is written to as it is.
fn write(path: &Path, accepted: &BTreeSet<Accepted>) -> Result<(), Trouble> {
    let failed = |error: std::io::Error| Trouble::file(path, error);
    let mut text = Vec::new();
    for one in accepted {
        serde_json::to_writer(&mut text, one).map_err(|error| failed(error.into()))?;
        text.push(b'\n');
    }
    let target = path.canonicalize().unwrap_or_else(|_| path.into());
    let known = std::fs::metadata(&target).ok();
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        return std::fs::OpenOptions::new()
            .write(true)
            .open(&target)
            .and_then(|mut file| file.write_all(&text))
            .map_err(failed);
    }
    let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // As a file would be that was made in place: the default is for the owner alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(failed)?;
    file.write_all(&text).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    if let Some(known) = known {
        file.as_file().set_permissions(known.permissions()).map_err(failed)?;
    }
    file.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}
