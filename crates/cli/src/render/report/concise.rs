//! One line a finding.

use super::seen_from_here;
use crate::commands::scan::Scanned;
use crate::render::text::visible;
use std::io::{self, Write};

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    for Scanned { tree, report } in scanned {
        for found in &report.findings {
            let path = seen_from_here(tree, &found.place);
            writeln!(
                out,
                "{}:{}: {}[{}]: {}",
                visible(&path.display().to_string()),
                found.place.line,
                found.rule.level,
                found.rule.id,
                visible(&found.message)
            )?;
        }
    }
    Ok(())
}
