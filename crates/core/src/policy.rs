//! The trait, and what an emulator offers.

use crate::history::{ChangeNote, Evidence, Quirk};
use crate::outcome::Outcome;
use crate::release::{Edition, PolicyId, Release};
use crate::scenario::Scenario;
use crate::sdk::Sdk;
use crate::trace::Trace;
use alloc::boxed::Box;
use core::any::Any;
use core::fmt;

/// An SDK's behaviour at one release or in one edition of the documented table.
///
/// One method decides, and it always tells what it looks at: so that an explanation cannot differ from the answer it
/// explains. [`resolve`](Self::resolve) is the same with nobody listening. The outcome borrows from policy and scenario:
/// a resolution allocates nothing for its bookkeeping.
///
/// Every policy is total (it answers each scenario, and never panics) and deterministic.
pub trait ResolutionPolicy: Send + Sync {
    /// The SDK, and its release or edition.
    fn id(&self) -> PolicyId;

    /// How its answers are known.
    fn evidence(&self) -> Evidence;

    /// What the SDK does with a scenario; the trace is told of every place looked at and every rule applied.
    fn resolve_traced<'a>(&'a self, scenario: &'a Scenario, trace: &mut dyn Trace) -> Outcome<'a>;

    /// What the SDK does with a scenario.
    fn resolve<'a>(&'a self, scenario: &'a Scenario) -> Outcome<'a> {
        self.resolve_traced(scenario, &mut ())
    }

    /// What the policy does, as a value of a type of its own; `None` where it is no such value.
    fn behaviour(&self) -> Option<&dyn Any> {
        None
    }

    /// Whether another policy is known to answer every scenario as this one does: releases of one SDK that no change
    /// separates. `false` where that is not known.
    fn behaves_as(&self, _other: &dyn ResolutionPolicy) -> bool {
        false
    }
}

/// How a release asked for stands to the releases known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It lies within the history.
    Known,
    /// It is newer than the newest release known, and answered as that one.
    NewerThan(Release),
}

/// A release that lies before an emulator's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnknownRelease {
    /// The SDK.
    pub sdk: Sdk,
    /// The release asked for.
    pub asked: Release,
    /// The first release known.
    pub first: Release,
}

impl fmt::Display for UnknownRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sdk, asked, first } = self;
        write!(
            f,
            "{sdk}@{asked} is older than the history of {sdk}, which begins with {first}; ask for {first} or later"
        )
    }
}

impl core::error::Error for UnknownRelease {}

/// What each emulator offers: its SDK, its releases, its history, and a policy at every release and edition.
///
/// Implemented by [`History`](crate::History), which is what an emulator crate exports.
pub trait Emulator: Send + Sync {
    /// The SDK.
    fn sdk(&self) -> Sdk;
    /// What the numbers of a release count, where that is not plain: the module of an SDK made of several.
    fn releases_of(&self) -> &'static str;
    /// The first release known.
    fn first(&self) -> Release;
    /// The newest release known.
    fn newest(&self) -> Release;
    /// The releases recorded over the main suite of scenarios, oldest first.
    fn recorded(&self) -> &'static [Release];
    /// How many scenarios are recorded, of all suites, at one release or more.
    fn recorded_scenarios(&self) -> u32;
    /// The history's entries, oldest first.
    fn changes(&self) -> Box<dyn Iterator<Item = &'static ChangeNote>>;
    /// Where releases leave the documented table.
    fn quirks(&self) -> &'static [Quirk];
    /// The rows of an edition other than its newest, by major number.
    fn older_rows(&self, edition: Edition) -> Box<dyn Iterator<Item = u32>>;
    /// The policy at a release, and how that release stands to those known.
    ///
    /// # Errors
    ///
    /// [`UnknownRelease`] where the release is older than the history.
    fn at(&self, release: Release) -> Result<(Box<dyn ResolutionPolicy>, Standing), UnknownRelease>;
    /// The policy of an edition's newest row for the SDK.
    fn edition(&self, edition: Edition) -> Box<dyn ResolutionPolicy>;
    /// The policy of an older row.
    fn older_row(&self, edition: Edition, row: u32) -> Option<Box<dyn ResolutionPolicy>>;
}
