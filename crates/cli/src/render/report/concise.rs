//! One line a finding.

use super::shown;
use crate::commands::scan::Scanned;
use crate::render::text::visible;
use std::io::{self, Write};

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    for Scanned { tree, report } in scanned {
        for found in &report.findings {
            let place = shown(tree, &found.place);
            writeln!(out, "{place}: {}[{}]: {}", found.rule.level, found.rule.id, visible(&found.message))?;
        }
    }
    Ok(())
}
