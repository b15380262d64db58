//! What changed when. Which build of the SDK a release carries is known in brackets alone.

use crate::quirks::QUIRKS;
use crate::{Legacy, NoRegion, PowerShell};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(major: u32, minor: u32, patch: u32) -> Release {
    Release::new(&[major, minor, patch])
}

/// 4.1.81 (May 2022), the last release whose source was read whole.
const BASE: PowerShell = PowerShell {
    setting: true,
    default_legacy: true,
    legacy: Legacy::Listed,
    variants: true,
    configured_endpoints: false,
    no_region: NoRegion::Fails,
    vintage: Vintage::FIRST,
};

static CHANGES: &[Change<PowerShell>] = &[
    Change::by(
        r(4, 1, 900),
        "2025-08",
        "the SDK inside turns the default from legacy to regional, and knows endpoint overrides and newer partitions",
        Evidence::documented("developer blog, Updating AWS SDK defaults, 2025; AWSSDK.Core 3.7.500"),
        |b| {
            b.default_legacy = false;
            b.configured_endpoints = true;
            b.vintage = Vintage::NEWEST;
        },
    ),
    Change::since(
        r(5, 0, 0),
        "2025-06",
        "the SDK for .NET v4 inside: no setting, always regional",
        Evidence::documented("the guide's page on migrating to version 5"),
        |b| b.setting = false,
    ),
];

/// The history of the tools' behaviour.
pub static HISTORY: History<PowerShell> = History {
    sdk: Sdk::Powershell,
    releases_of: "AWS.Tools.SecurityToken",
    first: r(4, 1, 81),
    newest: r(5, 0, 0),
    recorded: &[],
    source: "aws/aws-tools-for-powershell, mirrored to 4.1.81 (2022-05-09); BaseCmdlets.cs at a1443d16, RegionCmdlets.cs at 159b2ea2",
    base: BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: || version_4(true) },
        Edited { edition: Edition::Docs2025, row: None, behaviour: || version_4(false) },
        Edited { edition: Edition::Docs2025, row: Some(4), behaviour: || version_4(false) },
    ],
    quirks: QUIRKS,
};

/// The rows: the setting, its default by edition, the global endpoint without a Region.
fn version_4(default_legacy: bool) -> PowerShell {
    let v4 = HISTORY.behaviour_at(r(4, 1, 900));
    PowerShell { legacy: Legacy::Documented, no_region: NoRegion::Global, default_legacy, ..v4 }
}
