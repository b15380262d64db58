//! What is worth telling about a workload: findings as records.
//!
//! A [`Rule`] has an id, a level, a title, an explanation and a check. [`RULES`] is the one registry: the command's
//! `--explain`, the documentation and every output format are made from it. For each rule, `fixtures/findings/<id>/before`
//! is a small tree in which it is found and `after` the same tree put right.

mod rules;

pub use rules::RULES;

use crate::packages::{Dependency, Pin};
use crate::place::Place;
use crate::workload::{Given, Run, Workload};
use std::fmt;
use sts_endpoint::explain::{Explanation, explain};
use sts_endpoint::profile::ProfileFile;
use sts_endpoint::{
    Entry, FileKind, PolicyError, PolicyId, Release, ResolutionPolicy, Scenario, Sdk, Standing,
};
use sts_endpoint_impact::Facts;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It fails, leaves its partition, or is not what was asked for.
    Error,
    /// It works, and somebody will be surprised.
    Warning,
    /// Good to know.
    Note,
}

impl Level {
    /// `error`, `warning` or `note`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One thing that can be found.
pub struct Rule {
    /// Its name, `kebab-case`, unique.
    pub id: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What it is, in a line.
    pub title: &'static str,
    /// Why it matters and what to do.
    pub explanation: &'static str,
    /// The smallest tree that shows it: each file's path and text.
    pub witness: &'static [(&'static str, &'static str)],
    pub(crate) check: Check,
}

impl Rule {
    /// The rule with an id.
    pub fn named(id: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.id == id)
    }

    /// The [witness](Self::witness) as people read it: each file's path, its lines below.
    pub fn witness_text(&self) -> String {
        let files = self.witness.iter().map(|(path, text)| {
            let lines: String = text
                .lines()
                .map(|line| if line.is_empty() { "\n".into() } else { format!("    {line}\n") })
                .collect();
            format!("{path}\n{lines}")
        });
        files.collect()
    }

    /// Where the documentation explains it, relative to the repository.
    pub fn page(&self) -> String {
        format!("crates/inventory/docs/findings.md#{}", self.id)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule").field("id", &self.id).field("level", &self.level).finish_non_exhaustive()
    }
}

/// What a rule looks at.
pub(crate) enum Check {
    /// One policy's answer to one scenario.
    Answer(fn(&Answer<'_>) -> Option<Hit>),
    /// A dependency without an exact release, or one that no policy answers for.
    Dependency(fn(&Unanswered<'_>) -> Option<String>),
    /// A run of a workload.
    Run(fn(&Run) -> Vec<Hit>),
}

/// A rule's message, and the place it is about (a variable, a line of a profile file) where there is one.
pub(crate) struct Hit {
    pub(crate) message: String,
    pub(crate) place: Option<Place>,
}

impl From<String> for Hit {
    fn from(message: String) -> Self {
        Self { message, place: None }
    }
}

/// A dependency that cannot be answered for.
pub(crate) struct Unanswered<'w> {
    pub(crate) dependency: &'w Dependency,
    pub(crate) error: Option<&'w PolicyError>,
}

/// One policy's answer to one scenario of a workload.
pub struct Answer<'w> {
    /// The policy.
    pub policy: &'w dyn ResolutionPolicy,
    /// How its release stands to those known.
    pub standing: Standing,
    /// The scenario.
    pub scenario: &'w Scenario,
    /// The run it belongs to.
    pub run: &'w Run,
    /// What it says, and why.
    pub explanation: &'w Explanation<'w>,
    /// What follows from the request, if one is made.
    pub facts: Option<Facts>,
    /// What an ordinary client of the same run calls, where this is a provider's call.
    pub client: Option<Facts>,
}

/// Something found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The workload.
    pub workload: String,
    /// The unit of the workload; empty where it is one thing.
    pub unit: String,
    /// The policy; `None` where no policy answers.
    pub policy: Option<PolicyId>,
    /// The entry.
    pub entry: Option<Entry>,
    /// What is said, in a sentence.
    pub message: String,
    /// Where: the variable or line that it is about, else the dependency.
    pub place: Place,
    /// The smallest scenario that shows it: what can be left out of the run's is.
    pub witness: Option<Scenario>,
}

/// What one SDK of a workload calls through one entry.
#[derive(Clone, Debug)]
pub struct Call {
    /// The workload.
    pub workload: String,
    /// The unit of the workload; empty where it is one thing.
    pub unit: String,
    /// The policy.
    pub policy: PolicyId,
    /// The entry.
    pub entry: Entry,
    /// The outcome in words. Where a platform gives the run a region that the tree does not state, the region is `{region}`.
    pub outcome: String,
    /// What follows from it, if a request is made.
    pub facts: Option<Facts>,
    /// Where the release is stated.
    pub place: Place,
    /// What gives the run its region, where the tree does not state it.
    pub given: Option<Given>,
    /// The outcome with a region `{region}`, where the tree leaves open whether there is one, and that makes a difference.
    pub with_region: Option<String>,
}

/// What a scan found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What each workload calls.
    pub calls: Vec<Call>,
    /// What is worth telling, worst first.
    pub findings: Vec<Finding>,
}

/// Answers every workload through every policy and entry, and checks every rule.
pub fn examine(workloads: &[Workload]) -> Report {
    let mut report = Report::default();
    for workload in workloads {
        for dependency in &workload.loose {
            report.unanswered(workload, &Unanswered { dependency, error: None });
        }
        for run in &workload.runs {
            for rule in &RULES {
                if let Check::Run(check) = rule.check {
                    for hit in check(run) {
                        report.found(rule, workload, run, None, hit);
                    }
                }
            }
        }
        for (sdk, release, dependency) in &workload.sdks {
            match policy(*sdk, *release) {
                Ok((policy, standing)) => {
                    for run in &workload.runs {
                        report.answers(workload, run, dependency, &*policy, standing);
                    }
                }
                Err(error) => report.unanswered(workload, &Unanswered { dependency, error: Some(&error) }),
            }
        }
    }
    report.findings.sort_by(|a, b| {
        (a.rule.level, a.rule.id, &a.place, &a.workload, &a.unit, a.policy, a.entry).cmp(&(
            b.rule.level,
            b.rule.id,
            &b.place,
            &b.workload,
            &b.unit,
            b.policy,
            b.entry,
        ))
    });
    report
}

fn policy(sdk: Sdk, release: Release) -> Result<(Box<dyn ResolutionPolicy>, Standing), PolicyError> {
    let emulator = sts_endpoint::emulator(sdk).ok_or(PolicyError::NotCompiledIn { sdk })?;
    Ok(emulator.at(release)?)
}

impl Report {
    fn found(
        &mut self,
        rule: &'static Rule,
        workload: &Workload,
        run: &Run,
        answer: Option<(&Answer<'_>, &Dependency)>,
        hit: Hit,
    ) {
        let dependency = answer.map(|(_, dependency)| dependency);
        // What is said of the workload as a whole is said where its first dependency is stated.
        let stated = || workload.sdks.first().map(|(.., dependency)| dependency).or(workload.loose.first());
        let place = hit.place.or_else(|| Some(dependency.or_else(stated)?.place.clone()));
        self.findings.push(Finding {
            rule,
            workload: workload.name.clone(),
            unit: run.unit.clone(),
            policy: answer.map(|(answer, _)| answer.policy.id()),
            entry: answer.map(|(answer, _)| answer.scenario.entry),
            message: hit.message,
            place: place.unwrap_or_else(|| Place::new(std::path::Path::new(&workload.name), 1)),
            witness: answer.map(|(answer, _)| smallest(rule, answer)),
        });
    }

    fn unanswered(&mut self, workload: &Workload, unanswered: &Unanswered<'_>) {
        for rule in &RULES {
            let Check::Dependency(check) = rule.check else { continue };
            if let Some(message) = check(unanswered) {
                self.findings.push(Finding {
                    rule,
                    workload: workload.name.clone(),
                    unit: String::new(),
                    policy: match (&unanswered.dependency.pin, unanswered.error) {
                        (Pin::Exact(release), Some(_)) => {
                            Some(PolicyId::release(unanswered.dependency.sdk, *release))
                        }
                        _ => None,
                    },
                    entry: None,
                    message,
                    place: unanswered.dependency.place.clone(),
                    witness: None,
                });
            }
        }
    }

    fn answers(
        &mut self,
        workload: &Workload,
        run: &Run,
        dependency: &Dependency,
        policy: &dyn ResolutionPolicy,
        standing: Standing,
    ) {
        let (mut client, mut client_elsewhere) = (None, None);
        for scenario in &run.scenarios {
            let mut elsewhere = run.with_region(scenario, STAND_IN);
            // Where a platform gives a region, there is no running without one.
            let given = run.given.as_ref().and_then(|_| elsewhere.take());
            let scenario = given.as_ref().unwrap_or(scenario);
            let explanation = explain(policy, scenario);
            let facts = explanation.outcome.resolution().map(Facts::of);
            let told = explanation.outcome.to_string();
            let with_region = elsewhere.as_ref().map(|scenario| policy.resolve(scenario).to_string());
            self.calls.push(Call {
                workload: workload.name.clone(),
                unit: run.unit.clone(),
                policy: policy.id(),
                entry: scenario.entry,
                with_region: with_region.filter(|with| *with != told).map(|with| unnamed(&with)),
                outcome: if given.is_some() { unnamed(&told) } else { told },
                facts: facts.clone().map(|facts| if given.is_some() { unnamed_facts(facts) } else { facts }),
                place: dependency.place.clone(),
                given: run.given.clone(),
            });
            let is_client = scenario.entry == Entry::Client;
            let answer = |scenario, explanation, facts, client: &Option<Facts>| Answer {
                policy,
                standing,
                scenario,
                run,
                explanation,
                facts,
                client: if is_client { None } else { client.clone() },
            };
            let here = answer(scenario, &explanation, facts.clone(), &client);
            // Where the region is put in later, only that is told which holds with one too.
            let explanation = elsewhere.as_ref().map(|scenario| explain(policy, scenario));
            let elsewhere = elsewhere.as_ref().zip(explanation.as_ref()).map(|(scenario, explanation)| {
                let facts = explanation.outcome.resolution().map(Facts::of);
                answer(scenario, explanation, facts, &client_elsewhere)
            });
            for rule in &RULES {
                let Check::Answer(check) = rule.check else { continue };
                let Some(mut hit) = check(&here) else { continue };
                if let Some(elsewhere) = &elsewhere {
                    let Some(other) = check(elsewhere) else { continue };
                    hit = Hit { message: unnamed(&other.message), ..hit };
                } else if given.is_some() {
                    hit = Hit { message: unnamed(&hit.message), ..hit };
                }
                self.found(rule, workload, run, Some((&here, dependency)), hit);
            }
            if is_client {
                client_elsewhere = elsewhere.and_then(|answer| answer.facts);
                client = facts;
            }
        }
    }
}

/// The scenario of an answer without all that a finding does not need: the variables and files without which the rule says the
/// same.
fn smallest(rule: &Rule, answer: &Answer<'_>) -> Scenario {
    let Check::Answer(check) = rule.check else { return answer.scenario.clone() };
    let says = |scenario: &Scenario| {
        let explanation = explain(answer.policy, scenario);
        let facts = explanation.outcome.resolution().map(Facts::of);
        let of_client = scenario.clone().with_entry(Entry::Client);
        let client = answer.client.is_some().then(|| answer.policy.resolve(&of_client));
        let client = client.as_ref().and_then(|outcome| outcome.resolution()).map(Facts::of);
        let answer = Answer { scenario, explanation: &explanation, facts, client, ..*answer };
        check(&answer).map(|hit| hit.message)
    };
    let mut smallest = answer.scenario.clone();
    let Some(said) = says(&smallest) else { return smallest };
    let still = |scenario: &Scenario| says(scenario).as_ref() == Some(&said);
    let names: Vec<String> = smallest.variables.iter().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        let mut without = smallest.clone();
        without.variables.unset(&name);
        if still(&without) {
            smallest = without;
        }
    }
    for kind in [FileKind::Config, FileKind::Credentials] {
        let mut without = smallest.clone();
        *file(&mut without, kind) = None;
        if still(&without) {
            smallest = without;
        }
    }
    smallest
}

fn file(scenario: &mut Scenario, kind: FileKind) -> &mut Option<ProfileFile> {
    match kind {
        FileKind::Config => &mut scenario.config,
        FileKind::Credentials => &mut scenario.credentials,
    }
}

/// A region that stands for one that is not known: enabled by default, and in every SDK's lists.
const STAND_IN: &str = "eu-west-3";

/// A text about the stand-in, as it holds for any region.
fn unnamed(text: &str) -> String {
    text.replace(STAND_IN, "{region}")
}

fn unnamed_facts(mut facts: Facts) -> Facts {
    facts.host = unnamed(&facts.host);
    for text in [&mut facts.signing_region, &mut facts.event_region, &mut facts.vpc_endpoint] {
        *text = text.as_deref().map(unnamed);
    }
    facts
}

/// The page that explains every rule: `docs/findings.md` of this crate, as Markdown.
///
/// ```
/// let page = sts_endpoint_inventory::findings::page();
/// assert!(page.starts_with("# Findings"));
/// ```
pub fn page() -> String {
    use fmt::Write as _;
    let mut page = String::from(
        "# Findings\n\nWhat `sts-endpoint scan` tells, and why. Written by the example `findings-page` out of the rules themselves; a test holds \
         the two together.\n",
    );
    for rule in &RULES {
        let _ = write!(
            page,
            "\n## {}\n\n**{}** ({})\n\n{}\n\nThe smallest tree that shows it:\n\n```text\n{}```\n",
            rule.id,
            rule.title,
            rule.level.name(),
            rule.explanation,
            rule.witness_text()
        );
    }
    page
}
