//! A migration, in each format.

use super::markdown::code;
use super::text::{FAILS, FAINT, GLOBAL, HEADING, REGIONAL, styled, visible};
use crate::arguments::SteerTarget;
use crate::commands::migrate::{Change, Migration, Plan};
use crate::plan::Line;
use serde_json::{Value, json};
use std::io::{self, Write};
use sts_endpoint::PolicyId;
use sts_endpoint_impact::Consequence;

fn of(workload: &str, unit: &str) -> String {
    if unit.is_empty() { workload.into() } else { format!("{workload} [{unit}]") }
}

/// Through what a workload makes a call, and under which assumption.
fn through(change: &Change) -> String {
    match &change.given {
        Some(region) => format!(" through {}, if its region is {region}", change.entry),
        None => format!(" through {}", change.entry),
    }
}

/// A call: whose, through what, and under which assumption.
fn call(change: &Change) -> String {
    of(&change.workload, &change.unit) + &through(change)
}

fn heading(migration: &Migration) -> String {
    match (migration.changes.len(), migration.compared) {
        (0, 0) => "no call of an SDK whose release is stated was found".into(),
        (0, 1) => "the one call found does not change".into(),
        (0, compared) => format!("none of the {compared} calls changes"),
        (_, 1) => "the one call found changes".into(),
        (1, compared) => format!("1 of {compared} calls changes"),
        (changed, compared) => format!("{changed} of {compared} calls change"),
    }
}

fn side(side: &Option<(PolicyId, String)>, absent: &str) -> String {
    match side {
        Some((policy, outcome)) => format!("{policy}: {outcome}"),
        None => absent.into(),
    }
}

fn target(target: SteerTarget) -> &'static str {
    match target {
        SteerTarget::Regional => "every call at a regional endpoint",
        SteerTarget::NoUsEast1 => "no call that depends on us-east-1",
    }
}

const GONE: &str = "(the call is gone)";
const NEW: &str = "(the call is new)";
const NO_PLAN: &str = "no set of up to three variables does it";

pub(crate) fn text(out: &mut dyn Write, migration: &Migration) -> io::Result<()> {
    writeln!(out, "{}", styled(HEADING, heading(migration)))?;
    for change in &migration.changes {
        writeln!(out, "\n{}  {}", call(change), styled(FAINT, &change.place))?;
        writeln!(out, "  {}", styled(FAILS, format!("- {}", visible(&side(&change.before, NEW)))))?;
        writeln!(out, "  {}", styled(REGIONAL, format!("+ {}", visible(&side(&change.after, GONE)))))?;
        for consequence in &change.consequences {
            writeln!(out, "    * {}", visible(&consequence.to_string()))?;
        }
    }
    if !migration.freeze.is_empty() {
        writeln!(out, "\n{}", styled(HEADING, "to keep today's requests"))?;
        plans(out, &migration.freeze)?;
    }
    if let Some((aim, steer)) = &migration.steer {
        writeln!(out, "\n{}", styled(HEADING, format!("to reach {}", target(*aim))))?;
        if steer.is_empty() {
            writeln!(out, "  nothing: it is reached")?;
        }
        plans(out, steer)?;
    }
    Ok(())
}

fn plans(out: &mut dyn Write, plans: &[Plan]) -> io::Result<()> {
    for plan in plans {
        writeln!(out, "  {} with {}", of(&plan.workload, &plan.unit), plan.policy)?;
        match &plan.lines {
            None => writeln!(out, "    {}", styled(GLOBAL, NO_PLAN))?,
            Some(lines) => {
                for line in lines {
                    writeln!(out, "    {}  {}", line.text, styled(FAINT, line.goes()))?;
                }
            }
        }
    }
    Ok(())
}

fn change(change: &Change) -> Value {
    let side = |side: &Option<(PolicyId, String)>| {
        side.as_ref().map(|(policy, outcome)| json!({"policy": policy.to_string(), "outcome": outcome}))
    };
    json!({
        "workload": change.workload,
        "unit": change.unit,
        "given_region": change.given,
        "entry": change.entry.name(),
        "path": change.place.path.display().to_string(),
        "line": change.place.line,
        "before": side(&change.before),
        "after": side(&change.after),
        "consequences": change.consequences,
        "said": change.consequences.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn line(line: &Line) -> Value {
    let place = line.place.as_ref();
    json!({
        "path": place.map(|place| place.path.display().to_string()),
        "line": place.map(|place| place.line),
        "replaces": line.replaces,
        "text": line.text,
    })
}

fn plan(plan: &Plan) -> Value {
    let lines = plan.lines.as_ref().map(|lines| lines.iter().map(line).collect::<Vec<_>>());
    json!({"workload": plan.workload, "unit": plan.unit, "policy": plan.policy.to_string(), "lines": lines})
}

pub(crate) fn json(out: &mut dyn Write, migration: &Migration) -> io::Result<()> {
    let document = json!({
        "compared": migration.compared,
        "changes": migration.changes.iter().map(change).collect::<Vec<_>>(),
        "freeze": migration.freeze.iter().map(plan).collect::<Vec<_>>(),
        "steer": migration.steer.as_ref().map(|(_, plans)| plans.iter().map(plan).collect::<Vec<_>>()),
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

pub(crate) fn markdown(out: &mut dyn Write, migration: &Migration) -> io::Result<()> {
    writeln!(out, "### STS endpoints: {}", heading(migration))?;
    for change in &migration.changes {
        writeln!(
            out,
            "\n**{}**{} ({})\n",
            of(&change.workload, &change.unit),
            through(change),
            code(&change.place.to_string())
        )?;
        writeln!(out, "| | request |\n|---|---|")?;
        writeln!(out, "| before | {} |", code(&side(&change.before, NEW)))?;
        writeln!(out, "| after | {} |\n", code(&side(&change.after, GONE)))?;
        for consequence in &change.consequences {
            writeln!(out, "- {}", visible(&consequence.to_string()))?;
        }
    }
    let mut listed = |title: String, plans: &[Plan]| -> io::Result<()> {
        writeln!(out, "\n#### {title}\n")?;
        for plan in plans {
            let of = of(&plan.workload, &plan.unit);
            match &plan.lines {
                None => writeln!(out, "- {of} with {}: {NO_PLAN}", plan.policy)?,
                Some(lines) => {
                    for line in lines {
                        writeln!(out, "- {of} with {}: {} {}", plan.policy, code(&line.text), line.goes())?;
                    }
                }
            }
        }
        Ok(())
    };
    if !migration.freeze.is_empty() {
        listed("To keep today's requests".into(), &migration.freeze)?;
    }
    if let Some((aim, steer)) = &migration.steer {
        if steer.is_empty() {
            return writeln!(out, "\nReached already: {}.", target(*aim));
        }
        listed(format!("To reach {}", target(*aim)), steer)?;
    }
    Ok(())
}

pub(crate) fn github(out: &mut dyn Write, migration: &Migration) -> io::Result<()> {
    let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    for change in &migration.changes {
        let worst = change.consequences.first().map_or(u8::MAX, Consequence::rank);
        let level = if worst <= 1 { "error" } else { "warning" };
        let mut said = vec![format!("{} -> {}", side(&change.before, NEW), side(&change.after, GONE))];
        said.extend(change.consequences.iter().map(ToString::to_string));
        writeln!(
            out,
            "::{level} file={},line={},title={}::{}",
            escaped(&change.place.path.display().to_string()).replace(',', "%2C").replace(':', "%3A"),
            change.place.line,
            escaped(&call(change)).replace(',', "%2C").replace(':', "%3A"),
            escaped(&said.join("\n"))
        )?;
    }
    Ok(())
}
