//! For people: what each workload calls, then each finding with the line that it is about.

use super::{of, shown};
use crate::commands::scan::Scanned;
use crate::render::text::{FAILS, FAINT, GLOBAL, HEADING, counted, padded, styled, visible};
use std::io::{self, Write};
use sts_endpoint_inventory::findings::Level;

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    for Scanned { tree, report } in scanned {
        let root = tree.root.display();
        let workloads = tree.workloads.len();
        writeln!(out, "{}", styled(HEADING, format!("{root}: {}", counted(workloads, "workload"))))?;
        let mut under = String::new();
        for call in &report.calls {
            let workload = of(&call.workload, &call.unit);
            if workload != under {
                let given = call.given.as_ref().map_or_else(String::new, |given| {
                    format!("  region given by {} ({})", given.platform, shown(tree, &given.place))
                });
                writeln!(out, "{workload}{}", styled(FAINT, given))?;
                under = workload;
            }
            let policy = padded(&call.policy.to_string(), 18);
            writeln!(out, "  {policy}  {}  {}", padded(call.entry.name(), 20), visible(&call.outcome))?;
            if let Some(with) = &call.with_region {
                writeln!(out, "{:44}{} {}", "", styled(FAINT, "with a region:"), visible(with))?;
            }
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
            writeln!(out, "{margin} {} {}", styled(FAINT, "-->"), shown(tree, &found.place))?;
            if let Some(source) = tree.line(&found.place) {
                writeln!(out, "{margin} {}", styled(FAINT, "|"))?;
                writeln!(out, "{line} {} {}", styled(FAINT, "|"), visible(source.trim_end()))?;
            }
        }
        let count = |level| report.findings.iter().filter(|found| found.rule.level == level).count();
        writeln!(
            out,
            "\n{}, {}, {} in {}",
            counted(count(Level::Error), "error"),
            counted(count(Level::Warning), "warning"),
            counted(count(Level::Note), "note"),
            counted(tree.inventory.files, "file")
        )?;
    }
    Ok(())
}
