//! What changed when: which SDK for .NET a release carries, as far as that alters an answer.
//!
//! Up to 4.1.80 the tools' change log names the SDK of each release. Later releases are bounds: the tools follow the SDK, at most once a
//! working day, so that a change of the SDK is in the release that counting from 4.1.80 (2022-05-06) gives, if not before.

use crate::PowerShell;
use crate::quirks::QUIRKS;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};
use sts_endpoint_dotnet::HISTORY as DOTNET;

const fn r(major: u32, minor: u32, patch: u32) -> Release {
    Release::new(&[major, minor, patch])
}

/// The tools with the SDK of a release of AWSSDK.Core.
fn carrying(core: &[u32]) -> PowerShell {
    PowerShell { sdk: DOTNET.behaviour_at(Release::new(core)), needs_region: true }
}

static CHANGES: &[Change<PowerShell>] = &[
    Change::by(
        r(4, 1, 94),
        "2022-05-26",
        "AWSSDK.Core 3.7.11.8: the web identity provider's client follows AWS_REGION and the profile",
        Evidence::source("aws/aws-sdk-net changelogs/SDK.CHANGELOG.2022.md, SDK 3.7.282.1"),
        |b| *b = carrying(&[3, 7, 11, 8]),
    ),
    Change::by(
        r(4, 1, 181),
        "2022-09-26",
        "AWSSDK.Core 3.7.13.11: the role provider's client follows AWS_REGION and the profile",
        Evidence::source("aws/aws-sdk-net issue #1799"),
        |b| *b = carrying(&[3, 7, 13, 11]),
    ),
    Change::by(
        r(4, 1, 228),
        "2022-11",
        "AWSSDK.Core 3.7.100.0: the STS endpoint rule set",
        Evidence::source("aws/aws-sdk-net RegionEndpointProviderV3.cs"),
        |b| *b = carrying(&[3, 7, 100, 0]),
    ),
    Change::by(
        r(4, 1, 477),
        "2023-11-14",
        "AWSSDK.Core 3.7.300.0: endpoint overrides of environment and profile",
        Evidence::source("aws/aws-sdk-net ClientConfig.cs ServiceURL"),
        |b| *b = carrying(&[3, 7, 300, 0]),
    ),
    Change::by(
        r(4, 1, 924),
        "2025-07-31",
        "AWSSDK.Core 3.7.500.0: the setting's default becomes regional",
        Evidence::source(
            "aws/aws-sdk-net changelogs/SDK.CHANGELOG.2025.md, SDK 3.7.1092.0; developer blog, Updating AWS SDK defaults, 2025",
        ),
        |b| *b = carrying(&[3, 7, 500, 0]),
    ),
    Change::since(
        r(5, 0, 0),
        "2025-06",
        "AWSSDK.Core 4.0.0.0: no setting, always regional",
        Evidence::documented("the guide's page on migrating to version 5"),
        |b| *b = carrying(&[4, 0, 0, 0]),
    ),
];

/// The history of the tools' behaviour.
pub static HISTORY: History<PowerShell> = History {
    sdk: Sdk::Powershell,
    releases_of: "AWS.Tools.SecurityToken",
    first: r(4, 1, 80),
    newest: r(5, 0, 0),
    recorded: &[],
    recorded_scenarios: 0,
    source: "aws/aws-tools-for-powershell, mirrored to 4.1.81 (2022-05-09); BaseCmdlets.cs at a1443d16, RegionCmdlets.cs at 159b2ea2",
    // SDK 3.7.269.0
    base: || carrying(&[3, 7, 10, 11]),
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: || documented(Edition::Docs2024, None) },
        Edited {
            edition: Edition::Docs2025,
            row: None,
            behaviour: || documented(Edition::Docs2025, Some(3)),
        },
        Edited {
            edition: Edition::Docs2025,
            row: Some(4),
            behaviour: || documented(Edition::Docs2025, Some(3)),
        },
    ],
    quirks: QUIRKS,
};

/// The rows, which say of version 5 what they say of version 4: the setting, its default by edition, the global endpoint without a
/// Region. So they do of the SDK for .NET 3.x.
fn documented(edition: Edition, row: Option<u32>) -> PowerShell {
    let sdk =
        DOTNET.row(edition, row).map_or_else(|| *DOTNET.latest().behaviour(), |policy| *policy.behaviour());
    PowerShell { sdk, needs_region: false }
}
