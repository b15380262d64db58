//! Every place looked at, for those who want to know why.

use crate::source::{Source, Sourced, Value};
use core::fmt;

/// What became of a place that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// Nothing there.
    Absent,
    /// It decided.
    Used,
    /// Something there, but an empty text does not count for this SDK.
    Empty,
    /// Something there that this SDK passes over, and why.
    Ignored(&'static str),
    /// A place of higher rank had decided already.
    NotReached,
    /// Something there that makes the SDK fail, and why.
    Refused(&'static str),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("not set"),
            Self::Used => f.write_str("used"),
            Self::Empty => f.write_str("empty, does not count"),
            Self::Ignored(why) => write!(f, "ignored: {why}"),
            Self::NotReached => f.write_str("not reached"),
            Self::Refused(why) => write!(f, "refused: {why}"),
        }
    }
}

/// One step on the way to an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step<'s> {
    /// A place was looked at for a value.
    Looked {
        /// The value looked for.
        value: Value,
        /// The place.
        source: Source,
        /// What was there.
        found: Option<Sourced<'s>>,
        /// What became of it.
        verdict: Verdict,
    },
    /// A rule of the SDK applied.
    Rule(&'static str),
}

/// Is told of every step. `()` listens to nothing and costs next to nothing.
pub trait Trace {
    /// One step was taken.
    fn step(&mut self, step: Step<'_>);

    /// Whether anybody listens. Where nobody does, steps need not be put together.
    fn listens(&self) -> bool {
        true
    }

    /// Whether places behind the deciding one are to be looked at too, so that they can be told.
    fn wants_unreached(&self) -> bool {
        false
    }
}

impl Trace for () {
    fn step(&mut self, _step: Step<'_>) {}

    fn listens(&self) -> bool {
        false
    }
}
