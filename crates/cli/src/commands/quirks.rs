//! `quirks`: where releases leave the documented table, each with the smallest scenario that shows it.

use super::list::emulator;
use crate::Finding;
use crate::arguments::{Format, Quirks};
use crate::render;
use crate::trouble::Trouble;
use std::io::Write;
use sts_endpoint::{Edition, Emulator, Quirk, Scenario, Sdk, emulators};

/// A quirk with what its witness gives.
pub(crate) struct Shown {
    pub(crate) sdk: Sdk,
    pub(crate) quirk: &'static Quirk,
    /// What the first release that has it does with the witness.
    pub(crate) release: String,
    /// What the editions document, newest first, equal ones said once.
    pub(crate) documented: Vec<(String, String)>,
}

pub(crate) fn run(asked: &Quirks, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let shown: Vec<Shown> = match asked.sdk.as_deref() {
        Some(name) => show(emulator(name)?)?,
        None => {
            let mut shown = Vec::new();
            for emulator in emulators() {
                shown.extend(show(emulator)?);
            }
            shown
        }
    };
    match asked.format {
        Format::Text => render::text::quirks(out, &shown)?,
        Format::Json => render::json::quirks(out, &shown)?,
        Format::Jsonl => render::json::quirk_lines(out, &shown)?,
        Format::Markdown => render::markdown::quirks(out, &shown)?,
        Format::Html => {
            return Err(Trouble::Usage("quirks is written as text, json, jsonl or markdown".into()));
        }
    }
    Ok(Finding::Nothing)
}

fn show(emulator: &'static dyn Emulator) -> Result<Vec<Shown>, Trouble> {
    emulator
        .quirks()
        .iter()
        .map(|quirk| {
            let sdk = emulator.sdk();
            let witness: Scenario = serde_json::from_str(quirk.witness)
                .map_err(|error| Trouble::Usage(format!("the witness of {sdk} {}: {error}", quirk.name)))?;
            let (policy, _) = emulator.at(quirk.since).map_err(sts_endpoint::PolicyError::from)?;
            let release = policy.resolve(&witness).to_string();
            let mut documented: Vec<(String, String)> = Vec::new();
            for edition in Edition::ALL.into_iter().rev() {
                let says = emulator.edition(edition).resolve(&witness).to_string();
                match documented.iter_mut().find(|(_, said)| *said == says) {
                    Some((editions, _)) => *editions = format!("{editions}, {edition}"),
                    None => documented.push((edition.to_string(), says)),
                }
            }
            Ok(Shown { sdk, quirk, release, documented })
        })
        .collect()
}
