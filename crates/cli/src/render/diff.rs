//! A comparison of two policies, in each format.

use super::markdown::code;
use super::text::{FAILS, FAINT, GLOBAL, HEADING, change, styled, visible};
use crate::commands::diff::{Comparison, Group};
use serde_json::{Value, json};
use std::io::{self, Write};

/// How many scenarios of a group are named before the rest is counted.
const NAMED: usize = 8;

fn heading(comparison: &Comparison) -> String {
    let Comparison { before, after, compared, unchanged, .. } = comparison;
    match (compared - unchanged, *compared) {
        (0, _) => format!("{before} -> {after}: nothing changes"),
        (_, 1) => format!("{before} -> {after}: the configuration changes the request"),
        (1, all) => format!("{before} -> {after}: 1 of {all} configurations changes the request"),
        (some, all) => format!("{before} -> {after}: {some} of {all} configurations change the request"),
    }
}

fn named(group: &Group) -> Vec<String> {
    let mut named: Vec<String> = group.scenarios.iter().take(NAMED).cloned().collect();
    if group.scenarios.len() > NAMED {
        named.push(format!("and {} more", group.scenarios.len() - NAMED));
    }
    named
}

pub(crate) fn text(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    writeln!(out, "{}", styled(HEADING, heading(comparison)))?;
    for group in &comparison.groups {
        writeln!(out)?;
        writeln!(out, "  {}", styled(FAILS, format!("- {}", visible(&group.before))))?;
        writeln!(out, "  {}", styled(super::text::REGIONAL, format!("+ {}", visible(&group.after))))?;
        for scenario in named(group) {
            writeln!(out, "    {}", styled(FAINT, format!("with {}", visible(&scenario))))?;
        }
        for consequence in &group.consequences {
            writeln!(out, "    * {}", visible(&consequence.to_string()))?;
        }
        if group.scenarios.len() > 1 && group.hosts_added.len() > 1 {
            writeln!(
                out,
                "    * {}",
                visible(&format!("all names added: {}", group.hosts_added.join(", ")))
            )?;
        }
    }
    if !comparison.history.is_empty() {
        writeln!(out, "\n{}", styled(HEADING, "history between the two"))?;
        for note in &comparison.history {
            change(out, note)?;
        }
    } else if comparison.before.sdk == comparison.after.sdk && !comparison.groups.is_empty() {
        writeln!(out, "\n{}", styled(GLOBAL, "an edition of the documented table stands on one side"))?;
    }
    Ok(())
}

pub(crate) fn json(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let groups: Vec<Value> = comparison
        .groups
        .iter()
        .map(|group| {
            json!({
                "before": group.before,
                "after": group.after,
                "scenarios": group.scenarios,
                "consequences": group.consequences,
                "said": group.consequences.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "hosts_added": group.hosts_added,
                "hosts_removed": group.hosts_removed,
            })
        })
        .collect();
    let document = json!({
        "before": comparison.before.to_string(),
        "after": comparison.after.to_string(),
        "compared": comparison.compared,
        "unchanged": comparison.unchanged,
        "groups": groups,
        "changes": comparison.history.iter().map(|note| super::json::change(note)).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

pub(crate) fn markdown(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    writeln!(out, "### {}", heading(comparison))?;
    for group in &comparison.groups {
        writeln!(out, "\n| | request |\n|---|---|")?;
        writeln!(out, "| before | {} |\n| after | {} |\n", code(&group.before), code(&group.after))?;
        writeln!(
            out,
            "With {}.\n",
            named(group).iter().map(|what| code(what)).collect::<Vec<_>>().join(", ")
        )?;
        for consequence in &group.consequences {
            writeln!(out, "- {}", visible(&consequence.to_string()))?;
        }
    }
    if !comparison.history.is_empty() {
        writeln!(out, "\n<details><summary>History between the two</summary>\n")?;
        super::markdown::changes(out, comparison.after.sdk, &comparison.history)?;
        writeln!(out, "\n</details>")?;
    }
    Ok(())
}

/// A text in a workflow command: `%`, carriage return and line feed are escaped (GitHub Actions, "Workflow commands").
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

pub(crate) fn github(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    for group in &comparison.groups {
        let worst = group.consequences.first().map_or(u8::MAX, sts_endpoint_impact::Consequence::rank);
        let level = if worst <= 1 { "error" } else { "warning" };
        let title =
            format!("{} -> {}", comparison.before, comparison.after).replace(':', "%3A").replace(',', "%2C");
        let mut said = vec![format!("{} -> {}", group.before, group.after)];
        said.extend(group.consequences.iter().map(ToString::to_string));
        said.push(format!("with {}", named(group).join("; ")));
        writeln!(out, "::{level} title={}::{}", escaped(&title), escaped(&said.join("\n")))?;
    }
    if comparison.groups.is_empty() {
        writeln!(out, "::notice::{}", escaped(&heading(comparison)))?;
    }
    Ok(())
}
