//! `allowlist`: exact host names and VPC endpoint service names that a tree's workloads need, before, after, and both.

use crate::Finding;
use crate::arguments::{Allowlist, NamesFormat};
use crate::bump::{Bump, Moved, Side, moves};
use crate::tree::Tree;
use crate::trouble::Trouble;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Write;
use sts_endpoint_impact::Facts;

/// Stands for a region that the tree does not state; printed as `{region}`.
const REGION: &str = "eu-west-3";

fn unnamed(name: &str) -> String {
    name.replace(REGION, "{region}")
}

/// Names needed.
#[derive(Default, Serialize)]
struct Names {
    /// Host names that firewalls and proxies must let through.
    hosts: BTreeSet<String>,
    /// Interface endpoint services whose private names cover those hosts.
    vpc_endpoints: BTreeSet<String>,
    /// Hosts that no interface endpoint covers.
    uncovered: BTreeSet<String>,
}

impl Names {
    fn of<'m>(sides: impl Iterator<Item = &'m Side>) -> Self {
        let mut names = Self::default();
        for side in sides {
            let outcome = side.policy.resolve(&side.scenario);
            let Some(mut facts) = outcome.resolution().map(Facts::of) else { continue };
            facts.host = unnamed(&facts.host);
            facts.vpc_endpoint = facts.vpc_endpoint.as_deref().map(unnamed);
            match facts.vpc_endpoint {
                Some(endpoint) => drop(names.vpc_endpoints.insert(endpoint)),
                None if facts.partition.is_some() => drop(names.uncovered.insert(facts.host.clone())),
                None => {}
            }
            names.hosts.insert(facts.host);
        }
        names
    }

    fn with(&self, other: &Self) -> Self {
        let union = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.union(b).cloned().collect();
        Self {
            hosts: union(&self.hosts, &other.hosts),
            vpc_endpoints: union(&self.vpc_endpoints, &other.vpc_endpoints),
            uncovered: union(&self.uncovered, &other.uncovered),
        }
    }
}

pub(crate) fn run(asked: &Allowlist, out: &mut dyn Write) -> Result<Finding, Trouble> {
    let bumps = Bump::read_all(&asked.bump)?;
    let old = Tree::read(&asked.old, asked.mapping.as_deref())?;
    let new = asked.new.as_deref().map(|new| Tree::read(new, asked.mapping.as_deref())).transpose()?;
    let moved = Moved::also_with(moves(&old, new.as_ref(), &bumps), REGION);
    let before = Names::of(moved.iter().filter_map(|call| call.before.as_ref()));
    let after = Names::of(moved.iter().filter_map(|call| call.after.as_ref()));
    let union = before.with(&after);
    let moves_at_all = new.is_some() || !bumps.is_empty();
    let sides: Vec<(&str, &Names)> = if moves_at_all {
        vec![("before", &before), ("after", &after), ("union", &union)]
    } else {
        vec![("now", &before)]
    };
    match asked.format {
        NamesFormat::Text => {
            for (side, names) in &sides {
                for (what, list) in [
                    ("hosts", &names.hosts),
                    ("VPC endpoints", &names.vpc_endpoints),
                    ("not covered by any", &names.uncovered),
                ] {
                    if !list.is_empty() {
                        writeln!(out, "{side}: {what}")?;
                        list.iter().try_for_each(|name| writeln!(out, "  {name}"))?;
                    }
                }
            }
        }
        NamesFormat::Json => {
            let document: serde_json::Map<String, serde_json::Value> = sides
                .iter()
                .map(|(side, names)| Ok(((*side).to_owned(), serde_json::to_value(names)?)))
                .collect::<Result<_, serde_json::Error>>()
                .map_err(std::io::Error::from)?;
            serde_json::to_writer_pretty(&mut *out, &document).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        NamesFormat::Terraform => {
            writeln!(out, "locals {{")?;
            for (side, names) in &sides {
                for (what, list) in [("hosts", &names.hosts), ("vpc_endpoint_services", &names.vpc_endpoints)]
                {
                    writeln!(out, "  sts_{what}_{side} = [")?;
                    for name in list {
                        writeln!(out, "    {},", quoted(name))?;
                    }
                    writeln!(out, "  ]")?;
                }
            }
            writeln!(out, "}}")?;
        }
    }
    let changes = before.hosts != after.hosts || before.vpc_endpoints != after.vpc_endpoints;
    Ok(if moves_at_all && changes { Finding::Something } else { Finding::Nothing })
}

/// A text as a Terraform string: quotes, backslashes and interpolations are escaped.
fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "$${").replace("%{", "%%{")
    )
}
