//! `matrix`: every SDK under one configuration.

use crate::Finding;
use crate::arguments::{Format, Matrix};
use crate::render;
use crate::trouble::Trouble;
use std::io::Write;
use sts_endpoint::{Edition, Emulator, Outcome, ResolutionPolicy, emulators};

pub(crate) fn run(asked: &Matrix, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let policies = policies(asked)?;
    let scenario = asked.configuration.read()?;
    let rows: Vec<(&dyn ResolutionPolicy, Outcome<'_>)> =
        policies.iter().map(|policy| (&**policy, policy.resolve(&scenario))).collect();
    match asked.format {
        Format::Text => render::text::matrix(out, &scenario, &rows)?,
        Format::Json => render::json::records(out, &scenario, &rows)?,
        Format::Jsonl => render::json::record_lines(out, &scenario, &rows)?,
        Format::Markdown => render::markdown::matrix(out, &rows)?,
        Format::Html => render::html::matrix(out, &scenario, &rows)?,
    }
    Ok(Finding::Nothing)
}

fn policies(asked: &Matrix) -> Result<Vec<Box<dyn ResolutionPolicy>>, Trouble> {
    if !asked.policies.is_empty() {
        return asked.policies.iter().map(|name| Ok(super::policy(name)?.policy)).collect();
    }
    let Some(edition) = asked.edition.as_deref() else {
        return emulators()
            .map(|emulator| Ok(sts_endpoint::policy(&format!("{}@latest", emulator.sdk()))?.policy))
            .collect();
    };
    let edition = match edition {
        "docs" => Edition::NEWEST,
        name => Edition::ALL.into_iter().find(|edition| edition.name() == name).ok_or_else(|| {
            Trouble::Usage(format!("there is no edition `{name}`; expected docs-2024, docs-2025 or docs"))
        })?,
    };
    Ok(emulators().flat_map(|emulator| rows(emulator, edition)).collect())
}

/// The rows of an edition for an SDK, newest first.
fn rows(emulator: &'static dyn Emulator, edition: Edition) -> Vec<Box<dyn ResolutionPolicy>> {
    let older = emulator.older_rows(edition).filter_map(|row| emulator.older_row(edition, row));
    std::iter::once(emulator.edition(edition)).chain(older).collect()
}
