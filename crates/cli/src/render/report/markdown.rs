//! Fits a pull request's comment.

use super::{of, seen_from_here};
use crate::commands::scan::Scanned;
use crate::render::markdown::code;
use crate::render::text::visible;
use std::io::{self, Write};
use sts_endpoint_inventory::findings::Call;

/// What is called; with a region too, where the tree leaves open whether there is one.
fn request(call: &Call) -> String {
    let outcome = code(&call.outcome);
    match (&call.given, &call.with_region) {
        (Some(given), _) => format!("{outcome}; its region is given by {}", given.platform),
        (None, Some(with)) => format!("{outcome}; with a region {}", code(with)),
        (None, None) => outcome,
    }
}

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    for Scanned { tree, report } in scanned {
        writeln!(out, "### STS endpoints of {}\n", code(&tree.root.display().to_string()))?;
        if report.calls.is_empty() {
            writeln!(out, "No AWS SDK at an exact release was found.")?;
        } else {
            writeln!(out, "| workload | SDK | entry | request |\n|---|---|---|---|")?;
            for call in &report.calls {
                let workload = of(&call.workload, &call.unit);
                writeln!(
                    out,
                    "| {} | {} | {} | {} |",
                    code(&workload),
                    call.policy,
                    call.entry,
                    request(call)
                )?;
            }
        }
        if report.findings.is_empty() {
            continue;
        }
        writeln!(out, "\n| | finding | where |\n|---|---|---|")?;
        for found in &report.findings {
            writeln!(
                out,
                "| {} | **{}** {} | {} |",
                found.rule.level,
                found.rule.id,
                visible(&found.message).replace('|', "\\|"),
                code(&format!("{}:{}", seen_from_here(tree, &found.place).display(), found.place.line))
            )?;
        }
    }
    Ok(())
}
