//! One file a command: a question -> an answer.

pub(crate) mod allowlist;
pub(crate) mod batch;
pub(crate) mod changes;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod list;
pub(crate) mod matrix;
pub(crate) mod migrate;
pub(crate) mod quirks;
pub(crate) mod resolve;
pub(crate) mod scan;
pub(crate) mod snapshot;
pub(crate) mod trail;

use crate::trouble::Trouble;
use std::io::Write;
use sts_endpoint::{Found, Standing};

/// The policy with a name. Where a release is newer than the newest known, that is said on standard error.
pub(crate) fn policy(name: &str) -> Result<Found, Trouble> {
    let found = sts_endpoint::policy(name)?;
    if let Standing::NewerThan(newest) = found.standing {
        let id = found.policy.id();
        let _ = writeln!(
            anstream::stderr(),
            "sts-endpoint: note: {id} is newer than the newest release known, and is answered as {}@{newest}",
            id.sdk
        );
    }
    Ok(found)
}
