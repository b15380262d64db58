//! For programs.

use super::{Answer, deciding, place};
use crate::commands::quirks::Shown;
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, Write};
use sts_endpoint::explain::{Explained, Explanation};
use sts_endpoint::{ChangeNote, Emulator, Outcome, Record, ResolutionPolicy, Scenario, Settings, Sourced};

fn document(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}

pub(crate) fn records(out: &mut dyn Write, scenario: &Scenario, rows: &[Answer<'_>]) -> io::Result<()> {
    let records: Vec<Value> = rows.iter().map(|row| answer(scenario, row)).collect::<Result<_, _>>()?;
    document(out, &records)
}

pub(crate) fn record_lines(out: &mut dyn Write, scenario: &Scenario, rows: &[Answer<'_>]) -> io::Result<()> {
    rows.iter().try_for_each(|row| line(out, &answer(scenario, row)?))
}

/// An outcome record, with what led there and how it is known.
fn answer(scenario: &Scenario, (policy, outcome): &Answer<'_>) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(Record::new(policy.id(), &scenario.id, outcome))?;
    if let Value::Object(fields) = &mut value {
        let (settings, decided_by) = match outcome {
            Outcome::Request(request) => (Some(&request.settings), deciding(request)),
            Outcome::Error(failure) => (Some(&*failure.settings), None),
            Outcome::NotApplicable(_) => (None, None),
        };
        if let Some(settings) = settings {
            fields.insert("settings".into(), settings_of(settings));
        }
        if let Some(value) = decided_by {
            fields.insert("decided_by".into(), sourced(value));
        }
        fields.insert("evidence".into(), evidence(policy.evidence()));
    }
    Ok(value)
}

fn evidence(evidence: sts_endpoint::Evidence) -> Value {
    json!({"grade": evidence.grade.name(), "source": evidence.source})
}

fn sourced(value: Sourced<'_>) -> Value {
    json!({"value": value.text, "origin": value.origin.to_string()})
}

fn settings_of(settings: &Settings<'_>) -> Value {
    let named = [
        ("region", settings.region),
        ("sts_regional_endpoints", settings.setting),
        ("use_fips", settings.fips),
        ("use_dualstack", settings.dualstack),
        ("endpoint", settings.endpoint_url),
    ];
    named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), sourced(value?)))).collect()
}

pub(crate) fn explanation(
    out: &mut dyn Write,
    policy: &dyn ResolutionPolicy,
    scenario: &Scenario,
    explanation: &Explanation<'_>,
) -> io::Result<()> {
    let mut value = answer(scenario, &(policy, explanation.outcome.clone()))?;
    let steps: Vec<Value> = explanation
        .steps
        .iter()
        .map(|step| match step {
            Explained::Rule(rule) => json!({"rule": rule}),
            Explained::Looked(looked) => {
                let (found, origin) = looked.found.clone().unzip();
                json!({
                    "value": looked.value.name(),
                    "place": place(looked.source),
                    "found": found,
                    "origin": origin,
                    "verdict": looked.verdict.to_string(),
                })
            }
        })
        .collect();
    let ignored: Vec<Value> = explanation
        .ignored
        .iter()
        .map(|ignored| {
            json!({"place": ignored.place, "text": ignored.text, "why": ignored.why, "meant": ignored.meant})
        })
        .collect();
    if let Value::Object(fields) = &mut value {
        fields.insert("steps".into(), steps.into());
        fields.insert("ignored".into(), ignored.into());
    }
    line(out, &value)
}

fn emulator(emulator: &dyn Emulator) -> Value {
    let releases: Vec<String> = emulator.recorded().iter().map(ToString::to_string).collect();
    json!({
        "sdk": emulator.sdk().name(),
        "title": emulator.sdk().title(),
        "releases_of": emulator.releases_of(),
        "first": emulator.first().to_string(),
        "newest": emulator.newest().to_string(),
        "editions": ["docs-2024", "docs-2025"],
        "evidence": super::text::grade(emulator).name(),
        "recorded": releases,
        "recorded_scenarios": emulator.recorded_scenarios(),
        "changes": emulator.changes().count(),
        "quirks": emulator.quirks().len(),
    })
}

/// One entry of a history.
pub(crate) fn change(note: &ChangeNote) -> Value {
    json!({
        "since": note.since.to_string(),
        "exact": note.exact,
        "date": note.date,
        "what": note.what,
        "evidence": evidence(note.evidence),
    })
}

pub(crate) fn list(out: &mut dyn Write, emulators: &[&dyn Emulator]) -> io::Result<()> {
    let listed: Vec<Value> = emulators.iter().map(|listed| emulator(*listed)).collect();
    document(out, &listed)
}

pub(crate) fn list_lines(out: &mut dyn Write, emulators: &[&dyn Emulator]) -> io::Result<()> {
    emulators.iter().try_for_each(|listed| line(out, &emulator(*listed)))
}

pub(crate) fn changes(out: &mut dyn Write, notes: &[&ChangeNote]) -> io::Result<()> {
    document(out, &notes.iter().map(|note| change(note)).collect::<Vec<_>>())
}

pub(crate) fn change_lines(out: &mut dyn Write, notes: &[&ChangeNote]) -> io::Result<()> {
    notes.iter().try_for_each(|note| line(out, &change(note)))
}

fn quirk(shown: &Shown) -> serde_json::Result<Value> {
    let Shown { sdk, quirk, release, documented } = shown;
    let documented: serde_json::Map<String, Value> = documented
        .iter()
        .flat_map(|(editions, says)| {
            editions.split(", ").map(move |edition| (edition.to_owned(), json!(says)))
        })
        .collect();
    Ok(json!({
        "sdk": sdk.name(),
        "name": quirk.name,
        "what": quirk.what,
        "since": quirk.since.to_string(),
        "until": quirk.until.map(|until| until.to_string()),
        "witness": serde_json::from_str::<Value>(quirk.witness)?,
        "release": release,
        "documented": documented,
        "evidence": evidence(quirk.evidence),
    }))
}

pub(crate) fn quirks(out: &mut dyn Write, shown: &[Shown]) -> io::Result<()> {
    document(out, &shown.iter().map(quirk).collect::<Result<Vec<_>, _>>()?)
}

pub(crate) fn quirk_lines(out: &mut dyn Write, shown: &[Shown]) -> io::Result<()> {
    shown.iter().try_for_each(|shown| line(out, &quirk(shown)?))
}
