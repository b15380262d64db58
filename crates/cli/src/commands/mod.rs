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
use sts_endpoint::{Found, Sdk, Standing};

/// The policies with a name: one, or, behind `SDK@recorded`, one for every recorded release; `all` is every SDK, those
/// without the version asked for left out.
pub(crate) fn policies(name: &str) -> Result<Vec<Found>, Trouble> {
    let all = |version: &str, sdk: Sdk| policies(&format!("{sdk}@{version}"));
    match name.split_once('@') {
        Some(("all", "recorded")) => {
            let recorded = sts_endpoint::emulators().filter(|emulator| !emulator.recorded().is_empty());
            recorded.map(|emulator| all("recorded", emulator.sdk())).collect::<Result<Vec<_>, _>>()
        }
        Some(("all", version)) => {
            sts_endpoint::emulators().map(|emulator| all(version, emulator.sdk())).collect()
        }
        Some((sdk, "recorded")) => {
            let Some(emulator) = sdk.parse().ok().and_then(sts_endpoint::emulator) else {
                return policy(name).map(|found| vec![found]);
            };
            if emulator.recorded().is_empty() {
                return Err(Trouble::Usage(format!("no release of {sdk} is recorded; write {sdk}@latest")));
            }
            let releases = emulator.recorded().iter();
            return releases.map(|release| policy(&format!("{sdk}@{release}"))).collect();
        }
        _ => return policy(name).map(|found| vec![found]),
    }
    .map(|policies| policies.into_iter().flatten().collect())
}

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
