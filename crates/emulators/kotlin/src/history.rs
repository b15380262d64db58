//! What changed when.

use crate::quirks::QUIRKS;
use crate::{Kotlin, NoRegion};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32, patch: u32) -> Release {
    Release::new(&[1, minor, patch])
}

const BASE: Kotlin = Kotlin {
    region_to_web_identity: false,
    providers_read_settings: false,
    no_region: NoRegion::Fails,
    vintage: Vintage { iso_e: true, iso_f: true, ..Vintage::FIRST },
};

static CHANGES: &[Change<Kotlin>] = &[
    Change::since(
        r(0, 40),
        "2024-01-22",
        "a client's region is handed to its provider of a web identity of the environment",
        Evidence::source("awslabs/aws-sdk-kotlin .changes, v1.0.40"),
        |b| b.region_to_web_identity = true,
    ),
    Change::since(
        r(1, 22),
        "2024-04-19",
        "the clients inside providers read endpoint, FIPS and dual-stack settings of environment and profile",
        Evidence::source("awslabs/aws-sdk-kotlin #1210, 4b53dfbac"),
        |b| b.providers_read_settings = true,
    ),
    Change::by(
        r(5, 43),
        "2025-09-19",
        "partition aws-eusc, with dual-stack hosts",
        Evidence::source(
            "partitions.json of the model repositories, April and August 2025; awslabs/aws-sdk-kotlin v1.5.43",
        ),
        |b| {
            b.vintage.eusc = true;
            b.vintage.eusc_dual_stack = true;
        },
    ),
];

/// The history of Kotlin's behaviour.
pub static HISTORY: History<Kotlin> = History {
    sdk: Sdk::Kotlin,
    releases_of: "aws.sdk.kotlin:sts",
    first: r(0, 0),
    newest: r(5, 43),
    recorded: &[],
    source: "awslabs/aws-sdk-kotlin, tags v1.0.40 to v1.5.43; smithy-lang/smithy-kotlin",
    base: || BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented },
    ],
    quirks: QUIRKS,
};

/// The row, the same in both editions: no setting, regional, the global endpoint without a Region.
fn documented() -> Kotlin {
    let newest = HISTORY.behaviour_at(HISTORY.newest);
    Kotlin { no_region: NoRegion::Global, vintage: Vintage::NEWEST, ..newest }
}
