//! SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format").

use super::{fingerprint, seen_from_here};
use crate::commands::scan::Scanned;
use serde_json::{Value, json};
use std::io::{self, Write};
use sts_endpoint_inventory::findings::{Level, RULES};

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// A path as a relative URI reference.
fn uri(path: &std::path::Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.explanation},
                "help": {"text": format!("{} See {}.", rule.explanation, rule.page())},
                "defaultConfiguration": {"level": level(rule.level)},
            })
        })
        .collect();
    let results: Vec<Value> = scanned
        .iter()
        .flat_map(|Scanned { tree, report }| {
            report.findings.iter().map(|found| {
                json!({
                    "ruleId": found.rule.id,
                    "ruleIndex": RULES.iter().position(|rule| rule.id == found.rule.id),
                    "level": level(found.rule.level),
                    "message": {"text": found.message},
                    "locations": [{
                        "physicalLocation": {
                            "artifactLocation": {"uri": uri(&seen_from_here(tree, &found.place))},
                            "region": {"startLine": found.place.line},
                        },
                    }],
                    "partialFingerprints": {"finding/v1": fingerprint(found)},
                })
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "sts-endpoint", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}
