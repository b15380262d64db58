//! For people: aligned at 80 columns, coloured on a terminal.

use super::{Answer, deciding, place, signing};
use crate::commands::quirks::Shown;
use anstyle::{AnsiColor, Style};
use std::fmt::Display;
use std::io::{self, Write};
use sts_endpoint::explain::{Explained, Explanation};
use sts_endpoint::{
    ChangeNote, Emulator, Endpoint, FileKind, Grade, Outcome, Release, ResolutionPolicy, Scenario, Sdk,
    Source, Verdict,
};

/// Columns that a table may fill.
const WIDTH: usize = 80;
pub(crate) const HEADING: Style = Style::new().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const GLOBAL: Style = AnsiColor::Yellow.on_default();
pub(crate) const REGIONAL: Style = AnsiColor::Green.on_default();
const GIVEN: Style = AnsiColor::Cyan.on_default();
pub(crate) const FAILS: Style = AnsiColor::Red.on_default();

pub(crate) fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// So many of something: `1 error`, `2 errors`.
pub(crate) fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

pub(crate) fn padded(text: &str, to: usize) -> String {
    format!("{text}{:1$}", "", to.saturating_sub(width(text)))
}

/// A text cut to a width, with a mark where it was cut. Control characters are shown as escapes, so that no text can
/// break the table (or the terminal).
fn cut(text: &str, to: usize) -> String {
    let text = visible(text);
    if width(&text) <= to {
        return text;
    }
    text.chars().take(to.saturating_sub(1)).chain(['…']).collect()
}

/// A text with its control characters as escapes.
pub(crate) fn visible(text: &str) -> String {
    if text.chars().any(char::is_control) {
        text.chars()
            .flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] })
            .collect()
    } else {
        text.into()
    }
}

fn endpoint_style(endpoint: &Endpoint<'_>) -> Style {
    match endpoint {
        _ if endpoint.is_global() => GLOBAL,
        Endpoint::Given(_) => GIVEN,
        _ => REGIONAL,
    }
}

/// The host, with the scheme only where it is not https and the path only where it says something.
fn short(endpoint: &Endpoint<'_>) -> String {
    let url = endpoint.to_string();
    let url = url.strip_prefix("https://").unwrap_or(&url);
    visible(url.strip_suffix('/').unwrap_or(url))
}

pub(crate) fn matrix(out: &mut dyn Write, scenario: &Scenario, rows: &[Answer<'_>]) -> io::Result<()> {
    writeln!(out, "{}", styled(FAINT, describe(scenario)))?;
    let names: Vec<String> = rows.iter().map(|(policy, _)| policy.id().to_string()).collect();
    let requests = || rows.iter().filter_map(|(_, outcome)| outcome.resolution());
    let column =
        |heading: &str, widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or(0).max(heading.len());
    let first = column("POLICY", &mut names.iter().map(|name| width(name)));
    let second = column("ENDPOINT", &mut requests().map(|request| width(&short(&request.endpoint)))).min(60);
    let third = column("SIGNED FOR", &mut requests().map(|request| width(signing(request)))).min(24);
    let fourth = WIDTH.saturating_sub(first + second + third + 6).max(8);
    let heading = format!(
        "{}  {}  {}  {}",
        padded("POLICY", first),
        padded("ENDPOINT", second),
        padded("SIGNED FOR", third),
        if fourth < "DECIDED BY".len() { "BY" } else { "DECIDED BY" }
    );
    writeln!(out, "{}", styled(HEADING, heading))?;
    for (name, (_, outcome)) in names.iter().zip(rows) {
        let name = padded(name, first);
        match outcome {
            Outcome::Request(request) => writeln!(
                out,
                "{name}  {}  {}  {}",
                styled(
                    endpoint_style(&request.endpoint),
                    padded(&cut(&short(&request.endpoint), second), second)
                ),
                padded(&cut(signing(request), third), third),
                styled(
                    FAINT,
                    cut(
                        &deciding(request).map_or_else(String::new, |value| value.origin.to_string()),
                        fourth
                    )
                ),
            )?,
            Outcome::Error(failure) => {
                let message = format!("{}: {}", failure.category, failure.message);
                writeln!(out, "{name}  {}", styled(FAILS, cut(&message, WIDTH.saturating_sub(first + 2))))?;
            }
            Outcome::NotApplicable(why) => {
                let why = format!("not applicable: {why}");
                writeln!(out, "{name}  {}", styled(FAINT, cut(&why, WIDTH.saturating_sub(first + 2))))?;
            }
        }
    }
    Ok(())
}

/// The configuration in one line: what it is made of, without values that may be long.
pub(crate) fn describe(scenario: &Scenario) -> String {
    let mut parts = Vec::new();
    if let Some(region) = &scenario.code.region {
        parts.push(format!("region {} in code", visible(region)));
    }
    if let Some(url) = &scenario.code.endpoint {
        parts.push(format!("endpoint {} in code", visible(url)));
    }
    for (name, text) in scenario.variables.iter() {
        if sts_endpoint::explain::VARIABLES.contains(&name) && !name.ends_with("_FILE") {
            parts.push(format!("{name}={}", visible(text)));
        }
    }
    for kind in [FileKind::Config, FileKind::Credentials] {
        if let Some(file) = scenario.file(kind) {
            parts.push(file.path().map_or_else(|| format!("a {kind} file"), visible));
        }
    }
    if let Some(region) = &scenario.imds_region {
        parts.push(format!("metadata region {}", visible(region)));
    }
    let what = if parts.is_empty() { "nothing set".into() } else { parts.join(", ") };
    format!("{} through {}: {what}", scenario.wire_operation(), scenario.entry)
}

pub(crate) fn resolution(
    out: &mut dyn Write,
    policy: &dyn ResolutionPolicy,
    outcome: &Outcome<'_>,
) -> io::Result<()> {
    writeln!(out, "{}", styled(HEADING, policy.id()))?;
    answer(out, outcome)?;
    writeln!(out, "{}", styled(FAINT, format!("evidence    {}", policy.evidence())))
}

fn answer(out: &mut dyn Write, outcome: &Outcome<'_>) -> io::Result<()> {
    let settings = match outcome {
        Outcome::Request(request) => {
            writeln!(
                out,
                "endpoint    {}",
                styled(endpoint_style(&request.endpoint), visible(&request.endpoint.to_string()))
            )?;
            writeln!(out, "signed for  {}", visible(signing(request)))?;
            if let Some(value) = deciding(request) {
                let text = if value.text.is_empty() {
                    String::new()
                } else {
                    format!("{} from ", visible(value.text))
                };
                writeln!(out, "decided by  {text}{}", value.origin)?;
            }
            request.settings
        }
        Outcome::Error(failure) => {
            writeln!(out, "fails       {}", styled(FAILS, failure.category))?;
            writeln!(out, "error       {}: {}", failure.error_type, visible(&failure.message))?;
            *failure.settings
        }
        Outcome::NotApplicable(why) => return writeln!(out, "not applicable: {why}"),
    };
    let values = [
        ("region", settings.region),
        ("setting", settings.setting),
        ("FIPS", settings.fips),
        ("dual-stack", settings.dualstack),
        ("override", settings.endpoint_url),
    ];
    for (name, value) in values {
        if let Some(value) = value {
            writeln!(out, "{}{} ({})", padded(name, 12), visible(value.text), value.origin)?;
        }
    }
    Ok(())
}

pub(crate) fn explanation(
    out: &mut dyn Write,
    policy: &dyn ResolutionPolicy,
    explanation: &Explanation<'_>,
) -> io::Result<()> {
    writeln!(out, "{}", styled(HEADING, policy.id()))?;
    answer(out, &explanation.outcome)?;
    let places = explanation.steps.iter().filter_map(|step| match step {
        Explained::Looked(looked) => Some(width(&place(looked.source))),
        Explained::Rule(_) => None,
    });
    let column = places.max().unwrap_or(0).min(40);
    let mut under = None;
    for step in &explanation.steps {
        match step {
            Explained::Rule(rule) => {
                writeln!(out, "{} {rule}", styled(HEADING, "rule"))?;
                under = None;
            }
            Explained::Looked(looked) => {
                if under != Some(looked.value) {
                    writeln!(out, "{}", styled(HEADING, format!("{} was looked for in", looked.value)))?;
                    under = Some(looked.value);
                }
                let mut line = padded(&place(looked.source), column);
                if let Some((text, origin)) = &looked.found {
                    let text = if text.is_empty() { "(empty)".into() } else { visible(text) };
                    line += &match looked.source {
                        Source::Profile(_) => format!("  {text} ({origin})"),
                        _ => format!("  {text}"),
                    };
                }
                let verdict = match looked.verdict {
                    Verdict::Used => styled(REGIONAL, looked.verdict),
                    Verdict::Refused(_) => styled(FAILS, looked.verdict),
                    _ => styled(FAINT, looked.verdict),
                };
                writeln!(out, "  {line}  {verdict}")?;
            }
        }
    }
    if !explanation.ignored.is_empty() {
        writeln!(out, "{}", styled(HEADING, "there, but without effect"))?;
        for ignored in &explanation.ignored {
            writeln!(out, "  {}  {}", ignored.place, visible(&ignored.text))?;
            let style = if ignored.meant.is_some() { GLOBAL } else { FAINT };
            writeln!(out, "    {}", styled(style, &ignored.why))?;
        }
    }
    writeln!(out, "{}", styled(FAINT, format!("evidence    {}", policy.evidence())))
}

/// How an SDK's newest release is known.
pub(crate) fn grade(emulator: &dyn Emulator) -> Grade {
    if emulator.recorded().is_empty() { Grade::Source } else { Grade::Recorded }
}

pub(crate) fn list(out: &mut dyn Write, emulators: &[&dyn Emulator]) -> io::Result<()> {
    writeln!(
        out,
        "{}",
        styled(
            HEADING,
            "SDK         FIRST         NEWEST        RECORDED  SCENARIOS  CHANGES  QUIRKS  EVIDENCE"
        )
    )?;
    for emulator in emulators {
        writeln!(
            out,
            "{:<10}  {:<12}  {:<12}  {:>8}  {:>9}  {:>7}  {:>6}  {}",
            emulator.sdk(),
            emulator.first().to_string(),
            emulator.newest().to_string(),
            emulator.recorded().len(),
            emulator.recorded_scenarios(),
            emulator.changes().count(),
            emulator.quirks().len(),
            grade(*emulator)
        )?;
    }
    writeln!(out, "{}", styled(FAINT, "editions of the documented table: docs-2024, docs-2025 (docs)"))
}

pub(crate) fn releases(out: &mut dyn Write, emulator: &dyn Emulator) -> io::Result<()> {
    let sdk = emulator.sdk();
    writeln!(out, "{} ({})", styled(HEADING, sdk), sdk.title())?;
    writeln!(out, "releases    {}", emulator.releases_of())?;
    writeln!(out, "first       {sdk}@{}", emulator.first())?;
    writeln!(out, "newest      {sdk}@{}", emulator.newest())?;
    writeln!(out, "editions    {sdk}@docs-2024, {sdk}@docs-2025")?;
    if emulator.recorded().is_empty() {
        writeln!(out, "recorded    none: emulated from source")?;
    } else {
        let recorded: Vec<String> = emulator.recorded().iter().map(|release| release.to_string()).collect();
        writeln!(out, "recorded    {}", recorded.join(" "))?;
        writeln!(out, "scenarios   {} recorded", emulator.recorded_scenarios())?;
    }
    writeln!(out, "{}", styled(HEADING, "changes, newest first"))?;
    let mut notes: Vec<&ChangeNote> = emulator.changes().collect();
    notes.sort_by_key(|note| std::cmp::Reverse(note.since));
    notes.into_iter().try_for_each(|note| change(out, note))
}

/// One entry of a history.
pub(crate) fn change(out: &mut dyn Write, note: &ChangeNote) -> io::Result<()> {
    let by = if note.exact { "" } else { "by " };
    let date = if note.date.is_empty() { String::new() } else { format!("  {}", note.date) };
    writeln!(out, "  {}{date}  {}", styled(HEADING, format!("{by}{}", note.since)), note.what)?;
    writeln!(out, "    {}", styled(FAINT, note.evidence))
}

pub(crate) fn changes(
    out: &mut dyn Write,
    sdk: Sdk,
    (from, to): (Release, Release),
    notes: &[&ChangeNote],
) -> io::Result<()> {
    writeln!(
        out,
        "{}",
        styled(HEADING, format!("{sdk}@{from} -> {sdk}@{to}: {}", counted(notes.len(), "change")))
    )?;
    notes.iter().try_for_each(|note| change(out, note))
}

pub(crate) fn quirks(out: &mut dyn Write, shown: &[Shown]) -> io::Result<()> {
    for Shown { sdk, quirk, release, documented } in shown {
        let until = quirk.until.map_or_else(|| " on".into(), |until| format!(" until {until}"));
        writeln!(
            out,
            "{} {}",
            styled(HEADING, format!("{sdk} {}", quirk.name)),
            styled(FAINT, format!("{}{until}", quirk.since))
        )?;
        writeln!(out, "  {}", quirk.what)?;
        writeln!(out, "  witness     {}", quirk.witness)?;
        writeln!(out, "  {}  {}", padded(&format!("@{}", quirk.since), 10), visible(release))?;
        for (editions, says) in documented {
            writeln!(out, "  {}  {}", padded(editions, 10), visible(says))?;
        }
        writeln!(out, "  {}", styled(FAINT, quirk.evidence))?;
    }
    Ok(())
}
