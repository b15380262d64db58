//! GitLab code quality (GitLab, "Code Quality report format").

use super::{fingerprint, seen_from_here};
use crate::commands::scan::Scanned;
use serde_json::{Value, json};
use std::io::{self, Write};
use sts_endpoint_inventory::findings::Level;

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    let issues: Vec<Value> = scanned
        .iter()
        .flat_map(|Scanned { tree, report }| {
            report.findings.iter().map(|found| {
                json!({
                    "description": found.message,
                    "check_name": found.rule.id,
                    "fingerprint": fingerprint(found),
                    "severity": match found.rule.level {
                        Level::Error => "major",
                        Level::Warning => "minor",
                        Level::Note => "info",
                    },
                    "location": {
                        "path": seen_from_here(tree, &found.place).display().to_string(),
                        "lines": {"begin": found.place.line},
                    },
                })
            })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}
