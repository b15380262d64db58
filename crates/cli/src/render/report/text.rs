//! For people: what each workload calls, then each finding with the line that it is about.

use super::{of, seen_from_here};
use crate::commands::scan::Scanned;
use crate::render::text::{FAILS, FAINT, GLOBAL, HEADING, padded, styled, visible};
use std::io::{self, Write};
use sts_endpoint_inventory::findings::Level;

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    for Scanned { tree, report } in scanned {
        let root = visible(&tree.root.display().to_string());
        let workloads = tree.workloads.len();
        writeln!(out, "{}", styled(HEADING, format!("{root}: {workloads} workloads")))?;
        let mut under = String::new();
        for call in &report.calls {
            let workload = of(&call.workload, &call.unit);
            if workload != under {
                writeln!(out, "{}", visible(&workload))?;
                under = workload;
            }
            let policy = padded(&call.policy.to_string(), 18);
            writeln!(out, "  {policy}  {}  {}", padded(call.entry.name(), 20), visible(&call.outcome))?;
        }
        for found in &report.findings {
            let style = match found.rule.level {
                Level::Error => FAILS,
                Level::Warning => GLOBAL,
                Level::Note => FAINT,
            };
            let head = styled(style, format!("{}[{}]", found.rule.level, found.rule.id));
            writeln!(out, "\n{head}: {}", visible(&found.message))?;
            let line = found.place.line.to_string();
            let margin = " ".repeat(line.len());
            writeln!(
                out,
                "{margin} {} {}:{line}",
                styled(FAINT, "-->"),
                visible(&seen_from_here(tree, &found.place).display().to_string())
            )?;
            if let Some(source) = tree.line(&found.place) {
                writeln!(out, "{margin} {}", styled(FAINT, "|"))?;
                writeln!(out, "{line} {} {}", styled(FAINT, "|"), visible(source.trim_end()))?;
            }
        }
        let count = |level| report.findings.iter().filter(|found| found.rule.level == level).count();
        writeln!(
            out,
            "\n{} errors, {} warnings, {} notes in {} files",
            count(Level::Error),
            count(Level::Warning),
            count(Level::Note),
            tree.inventory.files
        )?;
    }
    Ok(())
}
