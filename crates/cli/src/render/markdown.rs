//! For pull requests and pages.

use super::{Answer, deciding, place, signing};
use crate::commands::quirks::Shown;
use std::io::{self, Write};
use sts_endpoint::explain::{Explained, Explanation};
use sts_endpoint::{ChangeNote, Emulator, Outcome, ResolutionPolicy, Sdk};

/// A text in a table's cell, as code.
pub(crate) fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] })
        .collect();
    if text.is_empty() {
        return String::new();
    }
    format!("`{}`", text.replace('`', "'").replace('|', "\\|"))
}

pub(crate) fn matrix(out: &mut dyn Write, rows: &[Answer<'_>]) -> io::Result<()> {
    writeln!(out, "| policy | endpoint | signed for | decided by |\n|---|---|---|---|")?;
    for (policy, outcome) in rows {
        let id = policy.id();
        match outcome {
            Outcome::Request(request) => writeln!(
                out,
                "| {id} | {} | {} | {} |",
                code(&request.endpoint.to_string()),
                code(signing(request)),
                code(&deciding(request).map_or_else(String::new, |value| value.origin.to_string()))
            )?,
            Outcome::Error(failure) => {
                writeln!(out, "| {id} | **fails**: {} {} | | |", failure.category, code(&failure.message))?;
            }
            Outcome::NotApplicable(why) => writeln!(out, "| {id} | not applicable: {} | | |", code(why))?,
        }
    }
    Ok(())
}

pub(crate) fn explanation(
    out: &mut dyn Write,
    policy: &dyn ResolutionPolicy,
    explanation: &Explanation<'_>,
) -> io::Result<()> {
    matrix(out, &[(policy, explanation.outcome.clone())])?;
    writeln!(out, "\n| value | looked for in | found | verdict |\n|---|---|---|---|")?;
    for step in &explanation.steps {
        match step {
            Explained::Rule(rule) => writeln!(out, "| rule | {rule} | | |")?,
            Explained::Looked(looked) => {
                let found = looked
                    .found
                    .as_ref()
                    .map_or_else(String::new, |(text, origin)| format!("{} ({origin})", code(text)));
                writeln!(
                    out,
                    "| {} | {} | {found} | {} |",
                    looked.value,
                    code(&place(looked.source)),
                    looked.verdict
                )?;
            }
        }
    }
    if !explanation.ignored.is_empty() {
        writeln!(out, "\nThere, but without effect:\n")?;
        for ignored in &explanation.ignored {
            writeln!(out, "- {} {}: {}", code(&ignored.place), code(&ignored.text), ignored.why)?;
        }
    }
    Ok(())
}

pub(crate) fn list(out: &mut dyn Write, emulators: &[&dyn Emulator]) -> io::Result<()> {
    writeln!(
        out,
        "| SDK | first | newest | recorded releases | scenarios | changes | quirks | evidence |\n|---|---|---|---|---|---|---|---|"
    )?;
    for emulator in emulators {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            emulator.sdk(),
            emulator.first(),
            emulator.newest(),
            emulator.recorded().len(),
            emulator.recorded_scenarios(),
            emulator.changes().count(),
            emulator.quirks().len(),
            super::text::grade(*emulator)
        )?;
    }
    Ok(())
}

pub(crate) fn changes(out: &mut dyn Write, sdk: Sdk, notes: &[&ChangeNote]) -> io::Result<()> {
    writeln!(out, "| {sdk} | date | change | evidence |\n|---|---|---|---|")?;
    for note in notes {
        let by = if note.exact { "" } else { "by " };
        writeln!(
            out,
            "| {by}{} | {} | {} | {} |",
            note.since,
            note.date,
            note.what.replace('|', "\\|"),
            note.evidence.to_string().replace('|', "\\|")
        )?;
    }
    Ok(())
}

pub(crate) fn quirks(out: &mut dyn Write, shown: &[Shown]) -> io::Result<()> {
    for Shown { sdk, quirk, release, documented } in shown {
        let until = quirk.until.map_or_else(|| " on".into(), |until| format!(" until {until}"));
        writeln!(out, "### {sdk}: {} ({}{until})\n\n{}\n", quirk.name, quirk.since, quirk.what)?;
        writeln!(out, "- witness: {}\n- {sdk}@{}: {}", code(quirk.witness), quirk.since, code(release))?;
        for (editions, says) in documented {
            writeln!(out, "- {editions}: {}", code(says))?;
        }
        writeln!(out, "- {}\n", quirk.evidence)?;
    }
    Ok(())
}
