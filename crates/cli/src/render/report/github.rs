//! Annotations of a GitHub workflow (GitHub Actions, "Workflow commands": error, warning, notice).

use super::seen_from_here;
use crate::commands::scan::Scanned;
use std::io::{self, Write};
use sts_endpoint_inventory::findings::Level;

/// A property's text: `%`, line ends, `:` and `,` are escaped.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A message's text: `%` and line ends are escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

pub(crate) fn write(out: &mut dyn Write, scanned: &[Scanned]) -> io::Result<()> {
    for Scanned { tree, report } in scanned {
        for found in &report.findings {
            let command = match found.rule.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "notice",
            };
            writeln!(
                out,
                "::{command} file={},line={},title={}::{}",
                property(&seen_from_here(tree, &found.place).display().to_string()),
                found.place.line,
                property(&format!("{}: {}", found.rule.id, found.rule.title)),
                data(&found.message)
            )?;
        }
    }
    Ok(())
}
