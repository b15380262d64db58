//! `diff`: what changes between two policies, and what follows from it.

use crate::Finding;
use crate::arguments::{Configuration, Diff, DiffFormat};
use crate::render;
use crate::trouble::Trouble;
use std::io::{BufRead, Read, Write};
use std::path::Path;
use sts_endpoint::telling::TELLING;
use sts_endpoint::{ChangeNote, Outcome, PolicyId, ResolutionPolicy, Scenario, Version};
use sts_endpoint_impact::{Consequence, compare};

/// Two policies compared.
pub(crate) struct Comparison {
    pub(crate) before: PolicyId,
    pub(crate) after: PolicyId,
    /// Equal changes together, worst first.
    pub(crate) groups: Vec<Group>,
    /// How many scenarios were compared, and how many of them change nothing.
    pub(crate) compared: usize,
    pub(crate) unchanged: usize,
    /// The history's entries between the two releases, oldest first.
    pub(crate) history: Vec<&'static ChangeNote>,
}

/// Scenarios that change in the same way.
pub(crate) struct Group {
    /// The outcomes in words, the region written `{region}`.
    pub(crate) before: String,
    pub(crate) after: String,
    /// What follows, for the first scenario.
    pub(crate) consequences: Vec<Consequence>,
    /// What the scenarios are, in words or by id.
    pub(crate) scenarios: Vec<String>,
    /// Host names that a firewall must let through, and need not any more.
    pub(crate) hosts_added: Vec<String>,
    pub(crate) hosts_removed: Vec<String>,
}

pub(crate) fn run(asked: &Diff, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let (before, after) = (super::policy(&asked.before)?.policy, super::policy(&asked.after)?.policy);
    let named = asked.here || asked.configuration != Configuration::default();
    let scenarios: Vec<(String, Scenario)> = match &asked.scenarios {
        Some(_) if named => {
            return Err(Trouble::Usage("--scenarios and a configuration exclude each other".into()));
        }
        Some(path) => read_scenarios(path)?,
        None if named => {
            let scenario = asked.configuration.read()?;
            vec![(render::text::describe(&scenario), scenario)]
        }
        None => TELLING.iter().map(|telling| (telling.what.into(), telling.scenario())).collect(),
    };
    let comparison = compare_over(&*before, &*after, &scenarios);
    match asked.format {
        DiffFormat::Text => render::diff::text(out, &comparison)?,
        DiffFormat::Json => render::diff::json(out, &comparison)?,
        DiffFormat::Markdown => render::diff::markdown(out, &comparison)?,
        DiffFormat::Github => render::diff::github(out, &comparison)?,
    }
    Ok(if comparison.groups.is_empty() { Finding::Nothing } else { Finding::Something })
}

fn compare_over(
    before: &dyn ResolutionPolicy,
    after: &dyn ResolutionPolicy,
    scenarios: &[(String, Scenario)],
) -> Comparison {
    let mut groups: Vec<Group> = Vec::new();
    let mut unchanged = 0;
    for (what, scenario) in scenarios {
        let (old, new) = (before.resolve(scenario), after.resolve(scenario));
        let consequences = compare(&old, &new);
        if consequences.is_empty() {
            unchanged += 1;
            continue;
        }
        let (old_words, new_words) = (pattern(&old), pattern(&new));
        let at = groups.iter().position(|group| group.before == old_words && group.after == new_words);
        let group = match at {
            Some(at) => &mut groups[at],
            None => {
                groups.push(Group {
                    before: old_words,
                    after: new_words,
                    consequences,
                    scenarios: Vec::new(),
                    hosts_added: Vec::new(),
                    hosts_removed: Vec::new(),
                });
                let last = groups.len() - 1;
                &mut groups[last]
            }
        };
        group.scenarios.push(what.clone());
        let (old_host, new_host) = (host(&old), host(&new));
        if old_host != new_host {
            add(&mut group.hosts_added, new_host);
            add(&mut group.hosts_removed, old_host);
        }
    }
    groups.sort_by_key(|group| group.consequences.first().map_or(u8::MAX, Consequence::rank));
    Comparison {
        before: before.id(),
        after: after.id(),
        groups,
        compared: scenarios.len(),
        unchanged,
        history: history(before.id(), after.id()),
    }
}

fn host(outcome: &Outcome<'_>) -> Option<String> {
    Some(outcome.resolution()?.endpoint.host().into_owned())
}

fn add(hosts: &mut Vec<String>, host: Option<String>) {
    if let Some(host) = host.filter(|host| !hosts.contains(host)) {
        hosts.push(host);
    }
}

/// An outcome in words, with the region that the SDK found written `{region}`: scenarios that differ in the region alone
/// change in the same way.
fn pattern(outcome: &Outcome<'_>) -> String {
    let words = outcome.to_string();
    let region = match outcome {
        Outcome::Request(request) => request.settings.region,
        Outcome::Error(failure) => failure.settings.region,
        Outcome::NotApplicable(_) => None,
    };
    match region {
        Some(region) if !region.text.is_empty() && matches!(outcome, Outcome::Request(_)) => {
            let host = words.replace(&format!(".{}.", region.text), ".{region}.");
            match host.strip_suffix(&format!("signed for {}", region.text)) {
                Some(start) => format!("{start}signed for {{region}}"),
                None => host,
            }
        }
        _ => words,
    }
}

/// The history's entries that lie between two releases of one SDK, whichever way the move goes.
fn history(before: PolicyId, after: PolicyId) -> Vec<&'static ChangeNote> {
    let (Version::Release(from), Version::Release(to)) = (before.version, after.version) else {
        return Vec::new();
    };
    if before.sdk != after.sdk {
        return Vec::new();
    }
    let (from, to) = (from.min(to), from.max(to));
    sts_endpoint::emulator(before.sdk)
        .map(|emulator| emulator.changes().filter(|note| note.since > from && note.since <= to).collect())
        .unwrap_or_default()
}

/// The longest line read: 32 MiB.
const LONGEST_LINE: u64 = 32 << 20;

fn read_scenarios(path: &Path) -> Result<Vec<(String, Scenario)>, Trouble> {
    let file = std::fs::File::open(path).map_err(|error| Trouble::file(path, error))?;
    let mut scenarios = Vec::new();
    let mut lines = std::io::BufReader::new(file);
    for i in 0.. {
        let mut line = String::new();
        let read = (&mut lines)
            .take(LONGEST_LINE)
            .read_line(&mut line)
            .map_err(|error| Trouble::file(path, format!("line {}: {error}", i + 1)))?;
        if read == 0 {
            break;
        }
        if read as u64 == LONGEST_LINE {
            let what = format!("line {}: is longer than {} MiB", i + 1, LONGEST_LINE >> 20);
            return Err(Trouble::file(path, what));
        }
        if line.trim().is_empty() {
            continue;
        }
        let scenario: Scenario = serde_json::from_str(&line).map_err(|error| Trouble::Place {
            path: path.display().to_string(),
            line: i + 1,
            column: error.column(),
            what: format!("expected a scenario as JSON: {error}"),
        })?;
        let what = if scenario.id.is_empty() { format!("line {}", i + 1) } else { scenario.id.clone() };
        scenarios.push((what, scenario));
    }
    Ok(scenarios)
}
