//! (being written)
#![no_std]
#![forbid(unsafe_code)]
use sts_endpoint_core::{Behaviour, Failure, FailureCategory, History, Outcome, Release, Scenario, Sdk, Trace};

/// Being written.
#[derive(Clone, Copy, Debug)]
pub struct Unwritten;

impl Behaviour for Unwritten {
    fn resolve<'a>(&'a self, _scenario: &'a Scenario, _trace: &mut dyn Trace) -> Outcome<'a> {
        Failure::new(FailureCategory::Other, "Unwritten", "being written").into()
    }
}

/// Being written.
pub static HISTORY: History<Unwritten> = History {
    sdk: Sdk::Powershell,
    releases_of: "",
    first: Release::new(&[0]),
    newest: Release::new(&[999]),
    recorded: &[],
    source: "",
    base: Unwritten,
    changes: &[],
    editions: &[],
    quirks: &[],
};
