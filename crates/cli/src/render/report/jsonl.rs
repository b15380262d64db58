//! One JSON object a line: what each workload calls, then what was found.

use crate::commands::scan::Scanned;
use serde_json::json;
use std::io::{self, Write};

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    for Scanned { tree, report } in scanned {
        let root = tree.root.display().to_string();
        for call in &report.calls {
            let line = json!({
                "kind": "call",
                "tree": root,
                "workload": call.workload,
                "unit": call.unit,
                "sdk": call.policy.sdk.name(),
                "release": call.policy.version.to_string(),
                "entry": call.entry.name(),
                "outcome": call.outcome,
                "facts": call.facts,
                "region_given_by": call.given.as_ref().map(|given| given.platform.name()),
                "with_region": call.with_region,
                "path": call.place.path.display().to_string(),
                "line": call.place.line,
            });
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
        }
        for found in &report.findings {
            let line = json!({
                "kind": "finding",
                "tree": root,
                "id": found.rule.id,
                "level": found.rule.level.name(),
                "title": found.rule.title,
                "message": found.message,
                "workload": found.workload,
                "unit": found.unit,
                "sdk": found.policy.map(|policy| policy.sdk.name()),
                "release": found.policy.map(|policy| policy.version.to_string()),
                "entry": found.entry.map(|entry| entry.name()),
                "path": found.place.path.display().to_string(),
                "line": found.place.line,
                "help": found.rule.page(),
                "witness": found.witness,
            });
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
        }
    }
    Ok(())
}
