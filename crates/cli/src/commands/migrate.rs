//! `migrate`: which workloads change when a tree moves to other releases, how, and which settings keep or steer them.

use crate::Finding;
use crate::arguments::{DiffFormat, Migrate, SteerTarget};
use crate::bump::{Bump, Moved, Side, moves};
use crate::plan::{Added, Goal, Line, line_to_add, plan, regions};
use crate::render::migration;
use crate::tree::Tree;
use crate::trouble::Trouble;
use std::io::Write;
use sts_endpoint::{Entry, Outcome, PolicyId, Scenario};
use sts_endpoint_impact::{Consequence, Facts, compare};
use sts_endpoint_inventory::place::Place;
use sts_endpoint_inventory::settings::Platform;

/// The region that a workload is given where its tree says nothing and nobody names one: most regions would do, but not
/// `us-east-1`, whose name stands for the global endpoint too.
const ASSUMED_REGION: &str = "us-west-2";

/// A migration: the workloads that change, worst first, and plans.
pub(crate) struct Migration {
    pub(crate) changes: Vec<Change>,
    /// How many calls were compared.
    pub(crate) compared: usize,
    pub(crate) freeze: Vec<Plan>,
    pub(crate) steer: Option<(SteerTarget, Vec<Plan>)>,
}

/// One call that changes.
pub(crate) struct Change {
    pub(crate) workload: String,
    pub(crate) unit: String,
    pub(crate) entry: Entry,
    /// The region that was assumed, where the tree does not state it.
    pub(crate) given: Option<String>,
    pub(crate) before: Option<(PolicyId, String)>,
    pub(crate) after: Option<(PolicyId, String)>,
    pub(crate) place: Place,
    pub(crate) consequences: Vec<Consequence>,
}

/// Settings for one run of a workload.
pub(crate) struct Plan {
    pub(crate) workload: String,
    pub(crate) unit: String,
    pub(crate) policy: PolicyId,
    /// Where to add what; `None`: no set of up to three settings does it.
    pub(crate) lines: Option<Vec<Line>>,
}

pub(crate) fn run(asked: &Migrate, out: &mut dyn Write) -> Result<Finding, Trouble> {
    if asked.new.is_none() && asked.bump.is_empty() {
        return Err(Trouble::Usage("migrate wants a second tree, or --bump SDK=RELEASE".into()));
    }
    let bumps = Bump::read_all(&asked.bump)?;
    let old = Tree::read(&asked.old, asked.mapping.as_deref())?;
    let new = asked.new.as_deref().map(|new| Tree::read(new, asked.mapping.as_deref())).transpose()?;
    let region = asked.region.as_deref().unwrap_or(ASSUMED_REGION);
    let moved = Moved::also_with(moves(&old, new.as_ref(), &bumps), region);
    let later = new.as_ref().unwrap_or(&old);
    let migration = Migration {
        changes: changes(&moved),
        compared: moved.len(),
        freeze: plans(later, &moved, asked.region.as_deref(), None),
        steer: asked
            .target
            .map(|target| (target, plans(later, &moved, asked.region.as_deref(), Some(target)))),
    };
    match asked.format {
        DiffFormat::Text => migration::text(out, &migration)?,
        DiffFormat::Json => migration::json(out, &migration)?,
        DiffFormat::Markdown => migration::markdown(out, &migration)?,
        DiffFormat::Github => migration::github(out, &migration)?,
    }
    Ok(if migration.changes.is_empty() { Finding::Nothing } else { Finding::Something })
}

fn outcome(side: &Side) -> Outcome<'_> {
    side.policy.resolve(&side.scenario)
}

fn changes(moved: &[Moved]) -> Vec<Change> {
    let mut changes: Vec<Change> = moved
        .iter()
        .filter_map(|call| {
            let side = call.after.as_ref().or(call.before.as_ref())?;
            let (before, after) = (call.before.as_ref().map(outcome), call.after.as_ref().map(outcome));
            let consequences = match (&before, &after) {
                (Some(before), Some(after)) => compare(before, after),
                _ => Vec::new(),
            };
            if before.is_some() && after.is_some() && consequences.is_empty() {
                return None;
            }
            let told = |side: &Option<Side>, outcome: &Option<Outcome<'_>>| {
                Some((side.as_ref()?.policy.id(), outcome.as_ref()?.to_string()))
            };
            Some(Change {
                workload: call.workload.clone(),
                unit: call.run.unit.clone(),
                entry: side.scenario.entry,
                given: call.given.clone(),
                before: told(&call.before, &before),
                after: told(&call.after, &after),
                place: side.place.clone(),
                consequences,
            })
        })
        .collect();
    changes.sort_by_key(|change| {
        (
            change.consequences.first().map_or(u8::MAX, Consequence::rank),
            change.workload.clone(),
            change.unit.clone(),
        )
    });
    changes
}

/// A plan for each run and policy whose calls change (freeze), or do not reach the target (steer).
fn plans(tree: &Tree, moved: &[Moved], region: Option<&str>, target: Option<SteerTarget>) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    for call in moved {
        let Some(after) = &call.after else { continue };
        let policy = after.policy.id();
        let known = |plan: &Plan| {
            plan.workload == call.workload && plan.unit == call.run.unit && plan.policy == policy
        };
        if plans.iter().any(known) {
            continue;
        }
        // All entries of the run have to reach their goals with the same settings.
        let together = moved.iter().filter(|other| {
            other.workload == call.workload
                && other.run.unit == call.run.unit
                && other.after.as_ref().is_some_and(|side| side.policy.id() == policy)
        });
        let (mut goals, mut facts): (Vec<(&Scenario, Goal)>, Vec<Facts>) = (Vec::new(), Vec::new());
        for other in together {
            let Some(side) = &other.after else { continue };
            let before = other.before.as_ref().map(outcome);
            let before = before.as_ref().and_then(Outcome::resolution);
            facts.extend(before.map(Facts::of));
            match (target, before) {
                (Some(target), _) => goals.push((&side.scenario, Goal::Steer(target))),
                (None, Some(request)) => goals.push((
                    &side.scenario,
                    Goal::Same {
                        url: request.endpoint.to_string(),
                        signing_region: request.signing_region.as_deref().map(String::from),
                    },
                )),
                // What failed before has no request to keep.
                (None, None) => {}
            }
        }
        if goals.is_empty() {
            continue;
        }
        let regions = regions(&goals, region, &facts);
        // What a platform reserves cannot be set.
        let regions =
            if call.run.platform.is_some_and(Platform::reserves_region) { Vec::new() } else { regions };
        let found: Option<Vec<Added>> = plan(&*after.policy, &goals, &regions);
        if found.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        plans.push(Plan {
            workload: call.workload.clone(),
            unit: call.run.unit.clone(),
            policy,
            lines: found.map(|added| added.iter().map(|added| line_to_add(tree, &call.run, added)).collect()),
        });
    }
    plans
}
