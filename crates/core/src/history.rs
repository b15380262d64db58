//! Behaviour as a list of dated changes.
//!
//! An emulator's behaviour is a plain value (flags, small enums). Its [`History`] says what it was at the first release
//! known, and lists every change since: from which release, what, and how that is known. The behaviour at a release is
//! the first one with the changes up to that release applied.

use crate::outcome::Outcome;
use crate::policy::{Emulator, ResolutionPolicy, Standing, UnknownRelease};
use crate::release::{Edition, PolicyId, Release, Version};
use crate::scenario::Scenario;
use crate::sdk::Sdk;
use crate::trace::Trace;
use alloc::boxed::Box;
use core::any::Any;
use core::fmt;

/// What an SDK does, as a value. Equal behaviours answer every scenario alike.
pub trait Behaviour: Copy + PartialEq + Send + Sync + 'static {
    /// What the SDK does with a scenario.
    fn resolve<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a>;
}

/// How well something is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// AWS's documentation says so.
    Documented,
    /// Read in the SDK's source.
    Source,
    /// Seen: the real SDK was run and its request caught.
    Recorded,
}

impl Grade {
    /// `documented`, `source` or `recorded`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Source => "source",
            Self::Recorded => "recorded",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// How something is known: the grade, and where to look it up (repository, path, release; or a page).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// How well it is known.
    pub grade: Grade,
    /// Where to look it up.
    pub source: &'static str,
}

impl Evidence {
    /// Read in source.
    pub const fn source(source: &'static str) -> Self {
        Self { grade: Grade::Source, source }
    }

    /// Recorded from the running SDK.
    pub const fn recorded(source: &'static str) -> Self {
        Self { grade: Grade::Recorded, source }
    }

    /// Documented by AWS.
    pub const fn documented(source: &'static str) -> Self {
        Self { grade: Grade::Documented, source }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.grade, self.source)
    }
}

/// One entry of a history, without what it does to the behaviour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeNote {
    /// The first release with the new behaviour.
    pub since: Release,
    /// Whether `since` is exact; otherwise it is the first release known to have the change ("not later than").
    pub exact: bool,
    /// The release's date, `2025-07-31`; empty where it is not known.
    pub date: &'static str,
    /// What changed, in a sentence without full stop.
    pub what: &'static str,
    /// How that is known.
    pub evidence: Evidence,
}

/// One entry of a history.
#[derive(Clone, Copy, Debug)]
pub struct Change<B> {
    /// Since when, what, and how it is known.
    pub note: ChangeNote,
    /// What it does to the behaviour.
    pub apply: fn(&mut B),
}

impl<B> Change<B> {
    /// A change with an exactly known first release.
    pub const fn since(
        since: Release,
        date: &'static str,
        what: &'static str,
        evidence: Evidence,
        apply: fn(&mut B),
    ) -> Self {
        Self { note: ChangeNote { since, exact: true, date, what, evidence }, apply }
    }

    /// A change whose first release is known to be not later than the one given.
    pub const fn by(
        since: Release,
        date: &'static str,
        what: &'static str,
        evidence: Evidence,
        apply: fn(&mut B),
    ) -> Self {
        Self { note: ChangeNote { since, exact: false, date, what, evidence }, apply }
    }
}

/// A way in which releases leave the documented table, named and sourced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quirk {
    /// A short name, `kebab-case`, unique within the SDK.
    pub name: &'static str,
    /// What the SDK does, in a sentence or two.
    pub what: &'static str,
    /// The first release that has it.
    pub since: Release,
    /// The first release that no longer has it; `None`: the newest has it.
    pub until: Option<Release>,
    /// The smallest scenario that shows it, as JSON.
    pub witness: &'static str,
    /// How it is known.
    pub evidence: Evidence,
}

/// How an edition of the documented table alters the newest behaviour.
#[derive(Clone, Copy, Debug)]
pub struct Edited<B> {
    /// The edition.
    pub edition: Edition,
    /// The major number of the row where the edition has an older row beside the newest; `None` for the newest.
    pub row: Option<u32>,
    /// The behaviour that the row documents.
    pub behaviour: fn() -> B,
}

/// An emulator: the history of an SDK's behaviour.
#[derive(Clone, Copy, Debug)]
pub struct History<B: 'static> {
    /// The SDK.
    pub sdk: Sdk,
    /// What the numbers of a release count: `boto3`, or the module of an SDK made of several.
    pub releases_of: &'static str,
    /// The first release known.
    pub first: Release,
    /// The newest release known.
    pub newest: Release,
    /// The releases recorded over the main suite of scenarios, oldest first.
    pub recorded: &'static [Release],
    /// How many scenarios are recorded, of all suites, at one release or more.
    pub recorded_scenarios: u32,
    /// Where answers between recorded releases come from.
    pub source: &'static str,
    /// The behaviour at the first release.
    pub base: fn() -> B,
    /// Every change since, oldest first.
    pub changes: &'static [Change<B>],
    /// The rows of the documented table: one for each edition, and older rows where an edition has them.
    pub editions: &'static [Edited<B>],
    /// Where releases leave the documented table.
    pub quirks: &'static [Quirk],
}

/// The page that the editions are editions of.
pub const DOCUMENTED_TABLE: &str = "AWS SDKs and Tools Reference Guide, \"AWS STS Regional endpoints\", feature-sts-regionalized-endpoints.html";

impl<B: Behaviour> History<B> {
    /// The behaviour at a release.
    pub fn behaviour_at(&self, release: Release) -> B {
        let mut behaviour = (self.base)();
        for change in self.changes.iter().filter(|change| change.note.since <= release) {
            (change.apply)(&mut behaviour);
        }
        behaviour
    }

    /// The policy at a release, and how that release stands to those known.
    ///
    /// # Errors
    ///
    /// [`UnknownRelease`] where the release is older than the history.
    pub fn policy_at(&self, release: Release) -> Result<(Policy<B>, Standing), UnknownRelease> {
        if release < self.first {
            return Err(UnknownRelease { sdk: self.sdk, asked: release, first: self.first });
        }
        let standing = if release > self.newest { Standing::NewerThan(self.newest) } else { Standing::Known };
        Ok((
            Policy {
                id: PolicyId::release(self.sdk, release),
                behaviour: self.behaviour_at(release),
                evidence: self.evidence_at(release),
            },
            standing,
        ))
    }

    /// The policy at the newest release known.
    pub fn latest(&self) -> Policy<B> {
        Policy {
            id: PolicyId::release(self.sdk, self.newest),
            behaviour: self.behaviour_at(self.newest),
            evidence: self.evidence_at(self.newest),
        }
    }

    /// The policy of an edition's newest row for the SDK.
    pub fn in_edition(&self, edition: Edition) -> Policy<B> {
        self.row(edition, None).unwrap_or_else(|| self.latest())
    }

    /// The policy of one row of an edition.
    pub fn row(&self, edition: Edition, row: Option<u32>) -> Option<Policy<B>> {
        let edited = self.editions.iter().find(|edited| edited.edition == edition && edited.row == row)?;
        Some(Policy {
            id: PolicyId { sdk: self.sdk, version: Version::Edition { edition, row } },
            behaviour: (edited.behaviour)(),
            evidence: Evidence::documented(DOCUMENTED_TABLE),
        })
    }

    /// How answers at a release are known. They are recorded where the release was recorded, or where it stands between
    /// two recorded releases that no change of the history separates.
    pub fn evidence_at(&self, release: Release) -> Evidence {
        let before = self.recorded.iter().rev().find(|recorded| **recorded <= release);
        let after = self.recorded.iter().find(|recorded| **recorded >= release);
        let changed_between = |from: Release, to: Release| {
            self.changes.iter().any(|change| change.note.since > from && change.note.since <= to)
        };
        match (before, after) {
            (Some(before), Some(_)) if *before == release => Evidence::recorded("at this release"),
            (Some(before), Some(after)) if !changed_between(*before, *after) => {
                Evidence::recorded("before and after this release, with no change between")
            }
            _ => Evidence::source(self.source),
        }
    }
}

impl<B: Behaviour> Emulator for History<B> {
    fn sdk(&self) -> Sdk {
        self.sdk
    }
    fn releases_of(&self) -> &'static str {
        self.releases_of
    }
    fn first(&self) -> Release {
        self.first
    }
    fn newest(&self) -> Release {
        self.newest
    }
    fn recorded(&self) -> &'static [Release] {
        self.recorded
    }
    fn recorded_scenarios(&self) -> u32 {
        self.recorded_scenarios
    }
    fn changes(&self) -> Box<dyn Iterator<Item = &'static ChangeNote>> {
        Box::new(self.changes.iter().map(|change| &change.note))
    }
    fn quirks(&self) -> &'static [Quirk] {
        self.quirks
    }
    fn older_rows(&self, edition: Edition) -> Box<dyn Iterator<Item = u32>> {
        let rows = self.editions.iter().filter(move |edited| edited.edition == edition);
        Box::new(rows.filter_map(|edited| edited.row))
    }
    fn at(&self, release: Release) -> Result<(Box<dyn ResolutionPolicy>, Standing), UnknownRelease> {
        let (policy, standing) = self.policy_at(release)?;
        Ok((Box::new(policy), standing))
    }
    fn edition(&self, edition: Edition) -> Box<dyn ResolutionPolicy> {
        Box::new(self.in_edition(edition))
    }
    fn older_row(&self, edition: Edition, row: u32) -> Option<Box<dyn ResolutionPolicy>> {
        Some(Box::new(self.row(edition, Some(row))?))
    }
}

/// An SDK's behaviour at one release or in one edition: what an emulator's [`ResolutionPolicy`] is.
#[derive(Clone, Copy, Debug)]
pub struct Policy<B> {
    id: PolicyId,
    behaviour: B,
    evidence: Evidence,
}

impl<B> Policy<B> {
    /// The behaviour itself.
    pub const fn behaviour(&self) -> &B {
        &self.behaviour
    }
}

impl<B: Behaviour> ResolutionPolicy for Policy<B> {
    fn id(&self) -> PolicyId {
        self.id
    }

    fn evidence(&self) -> Evidence {
        self.evidence
    }

    fn resolve_traced<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a> {
        self.behaviour.resolve(scenario, trace)
    }

    fn behaviour(&self) -> Option<&dyn Any> {
        Some(&self.behaviour)
    }

    fn behaves_as(&self, other: &dyn ResolutionPolicy) -> bool {
        let other = other.behaviour().and_then(|behaviour| behaviour.downcast_ref::<B>());
        other.is_some_and(|other| *other == self.behaviour)
    }
}
