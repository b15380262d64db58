//! Moves between releases and SDKs: `boto3=1.40.0`, `java-v1=java-v2@latest`; and the calls that a move changes.

use crate::tree::Tree;
use crate::trouble::Trouble;
use std::rc::Rc;
use sts_endpoint::{Release, ResolutionPolicy, Scenario, Sdk};
use sts_endpoint_inventory::place::Place;
use sts_endpoint_inventory::workload::{Run, Workload};

/// A move of one SDK.
pub(crate) struct Bump {
    sdk: Sdk,
    to: Rc<dyn ResolutionPolicy>,
}

impl Bump {
    fn read(text: &str) -> Result<Self, Trouble> {
        let (from, to) = text.split_once('=').ok_or_else(|| {
            Trouble::Usage(format!("--bump wants SDK=RELEASE or SDK=SDK@RELEASE, not `{text}`"))
        })?;
        let sdk = crate::commands::list::emulator(from)?.sdk();
        let to = if to.contains('@') { to.to_owned() } else { format!("{sdk}@{to}") };
        Ok(Self { sdk, to: crate::commands::policy(&to)?.policy.into() })
    }

    /// The moves that `--bump` flags name.
    pub(crate) fn read_all(texts: &[String]) -> Result<Vec<Self>, Trouble> {
        texts.iter().map(|text| Self::read(text)).collect()
    }

    /// The policy that an SDK moves to, if it moves.
    pub(crate) fn of(bumps: &[Self], sdk: Sdk) -> Option<Rc<dyn ResolutionPolicy>> {
        bumps.iter().find(|bump| bump.sdk == sdk).map(|bump| Rc::clone(&bump.to))
    }
}

/// One side of a move: a policy under a scenario, and where the release is stated.
#[derive(Clone)]
pub(crate) struct Side {
    pub(crate) policy: Rc<dyn ResolutionPolicy>,
    pub(crate) scenario: Scenario,
    pub(crate) place: Place,
    /// The variables in which it may find a region that the tree does not state.
    open: Vec<&'static str>,
    /// Whether its platform gives it one for certain.
    is_given: bool,
}

impl Side {
    fn with(&self, region: &str) -> Self {
        let mut side = self.clone();
        self.open.iter().for_each(|name| side.scenario.variables.set(name, region));
        side
    }
}

/// One call of a workload, before and after.
pub(crate) struct Moved {
    pub(crate) workload: String,
    /// The run after the move (before it, where the call is gone).
    pub(crate) run: Run,
    /// `None`: the call is new.
    pub(crate) before: Option<Side>,
    /// `None`: the call is gone.
    pub(crate) after: Option<Side>,
    /// The region that both sides were given, since the tree leaves open whether there is one.
    pub(crate) given: Option<String>,
}

impl Moved {
    /// The same call with a region, where the tree leaves open whether there is one.
    pub(crate) fn given(&self, region: &str) -> Option<Self> {
        let sides = [&self.before, &self.after].into_iter().flatten();
        let open: Vec<&Vec<&str>> = sides.map(|side| &side.open).collect();
        let differ = open.windows(2).any(|pair| pair[0] != pair[1]);
        // One that is configured is not compared with one that is not, unless both have a region for certain.
        if open.iter().all(|open| open.is_empty()) || differ && !self.is_given() {
            return None;
        }
        let with = |side: &Option<Side>| side.as_ref().map(|side| side.with(region));
        Some(Self {
            workload: self.workload.clone(),
            run: self.run.clone(),
            before: with(&self.before),
            after: with(&self.after),
            given: Some(region.into()),
        })
    }

    /// Whether there is a region for certain on both sides: the call is never made without one.
    fn is_given(&self) -> bool {
        let mut sides = [&self.before, &self.after].into_iter().flatten();
        sides.all(|side| side.is_given || side.open.is_empty())
    }

    /// The calls as they may be made: as the tree has them, and with a region where it leaves open whether there is one;
    /// only with one where a platform gives it.
    pub(crate) fn also_with(calls: Vec<Self>, region: &str) -> Vec<Self> {
        let mut with = Vec::new();
        let mut made = Vec::new();
        for call in calls {
            match call.given(region) {
                Some(given) if call.is_given() => made.push(given),
                given => {
                    with.extend(given);
                    made.push(call);
                }
            }
        }
        made.extend(with);
        made
    }
}

/// The policy of a release, if the history reaches back to it.
fn policy_at(sdk: Sdk, release: Release) -> Option<Rc<dyn ResolutionPolicy>> {
    let (policy, _) = sts_endpoint::emulator(sdk)?.at(release).ok()?;
    Some(policy.into())
}

/// An SDK of a workload, ready to answer.
struct Ready {
    sdk: Sdk,
    policy: Rc<dyn ResolutionPolicy>,
    place: Place,
}

/// The SDKs of a workload; with moves, as they are after them.
fn ready(workload: &Workload, bumps: &[Bump]) -> Vec<Ready> {
    workload
        .sdks
        .iter()
        .filter_map(|(sdk, release, dependency)| {
            let policy = Bump::of(bumps, *sdk).or_else(|| policy_at(*sdk, *release))?;
            Some(Ready { sdk: *sdk, policy, place: dependency.place.clone() })
        })
        .collect()
}

/// Every call of every workload, before and after. Without a new tree, the old one after the moves.
pub(crate) fn moves(old: &Tree, new: Option<&Tree>, bumps: &[Bump]) -> Vec<Moved> {
    let later = new.unwrap_or(old);
    // Two lock files are two states of one workload, whatever they are called.
    let single = old.root.is_file() && later.root.is_file();
    let mut moved = Vec::new();
    for workload in &old.workloads {
        let partner = later.workloads.iter().find(|other| single || other.name == workload.name);
        pair(workload, partner, bumps, &mut moved);
    }
    for workload in &later.workloads {
        if !single && !old.workloads.iter().any(|other| other.name == workload.name) {
            let after = ready(workload, bumps);
            for run in &workload.runs {
                moved.extend(calls(run, &after).map(|side| Moved {
                    workload: workload.name.clone(),
                    run: run.clone(),
                    before: None,
                    after: Some(side),
                    given: None,
                }));
            }
        }
    }
    moved
}

fn calls<'r>(run: &'r Run, sdks: &'r [Ready]) -> impl Iterator<Item = Side> + 'r {
    sdks.iter().flat_map(move |sdk| run.scenarios.iter().map(move |scenario| side(sdk, run, scenario)))
}

fn side(sdk: &Ready, run: &Run, scenario: &Scenario) -> Side {
    Side {
        policy: Rc::clone(&sdk.policy),
        scenario: scenario.clone(),
        place: sdk.place.clone(),
        open: run.open_regions(scenario),
        is_given: run.given.is_some(),
    }
}

/// Pairs the calls of a workload with those of its later state: unit by unit, SDK by SDK, entry by entry.
fn pair(workload: &Workload, partner: Option<&Workload>, bumps: &[Bump], moved: &mut Vec<Moved>) {
    let before = ready(workload, &[]);
    let after = partner.map(|partner| ready(partner, bumps)).unwrap_or_default();
    for run in &workload.runs {
        let later_run = partner.and_then(|partner| {
            let same_unit = partner.runs.iter().find(|other| other.unit == run.unit);
            same_unit.or_else(|| partner.runs.first().filter(|_| partner.runs.len() == 1))
        });
        for (i, sdk) in before.iter().enumerate() {
            // An SDK that is there twice pairs first with first; one that has moved to another SDK keeps its place in line.
            let nth = before[..i].iter().filter(|other| other.sdk == sdk.sdk).count();
            let successor = after
                .iter()
                .filter(|other| other.sdk == sdk.sdk)
                .nth(nth)
                .or_else(|| successor(sdk, &before, &after));
            for scenario in &run.scenarios {
                let later = later_run.and_then(|run| {
                    let later = run.scenarios.iter().find(|other| other.entry == scenario.entry)?;
                    Some((run, later))
                });
                moved.push(Moved {
                    workload: workload.name.clone(),
                    run: later_run.unwrap_or(run).clone(),
                    before: Some(side(sdk, run, scenario)),
                    after: successor.zip(later).map(|(sdk, (run, scenario))| side(sdk, run, scenario)),
                    given: None,
                });
            }
        }
    }
}

/// The SDK that took another one's place: the only newcomer, where only one has gone.
fn successor<'a>(gone: &Ready, before: &[Ready], after: &'a [Ready]) -> Option<&'a Ready> {
    let mut newcomers = after.iter().filter(|new| !before.iter().any(|old| old.sdk == new.sdk));
    let gone_count = before.iter().filter(|old| !after.iter().any(|new| new.sdk == old.sdk)).count();
    let newcomer = newcomers.next().filter(|_| newcomers.next().is_none() && gone_count == 1)?;
    (newcomer.sdk != gone.sdk).then_some(newcomer)
}
