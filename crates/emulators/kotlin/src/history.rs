//! What changed when.

use crate::quirks::QUIRKS;
use crate::{Kotlin, Links, NoRegion};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32, patch: u32) -> Release {
    Release::new(&[1, minor, patch])
}

const BASE: Kotlin = Kotlin {
    region_to_web_identity: false,
    providers_read_settings: false,
    no_region: NoRegion::Fails,
    checks_region: false,
    chain: Links::Classes,
    vintage: Vintage { iso_e: true, iso_f: true, ..Vintage::FIRST },
};

/// Of 1.5.58, 1.5.59 and 1.6.0 the whole; of the others the module `aws-config`: providers, and its own client's AssumeRole and
/// AssumeRoleWithWebIdentity.
static RECORDED: [Release; 11] = [
    r(0, 48),
    r(2, 8),
    r(3, 99),
    r(4, 59),
    r(4, 119),
    r(5, 15),
    r(5, 58),
    r(5, 59),
    r(5, 90),
    r(6, 0),
    r(8, 12),
];

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
        Evidence::recorded("between 1.0.48 and 1.2.8; awslabs/aws-sdk-kotlin #1210, 4b53dfbac"),
        |b| b.providers_read_settings = true,
    ),
    Change::by(
        r(3, 99),
        "",
        "the error of the default credential chain names its links as objects",
        Evidence::recorded("between 1.2.8 and 1.3.99"),
        |b| b.chain = Links::Objects,
    ),
    Change::since(
        r(4, 0),
        "2025-01-15",
        "the default credential chain asks for a web identity before the profile; its links have names",
        Evidence::recorded("between 1.3.99 and 1.4.59; awslabs/aws-sdk-kotlin #1500, 701facae7"),
        |b| b.chain = Links::Names,
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
    Change::by(
        r(5, 58),
        "",
        "dual-stack hosts in the isolated partitions",
        Evidence::recorded("at 1.5.58"),
        |b| b.vintage = Vintage::NEWEST,
    ),
    Change::by(
        r(5, 95),
        "",
        "a region that is no host component is refused before a client is made",
        Evidence::recorded(
            "between 1.5.59 and 1.6.0; class files of aws-config 1.5.90 and 1.5.95, region/ValidateRegion.kt",
        ),
        |b| b.checks_region = true,
    ),
];

/// The history of Kotlin's behaviour.
pub static HISTORY: History<Kotlin> = History {
    sdk: Sdk::Kotlin,
    releases_of: "aws.sdk.kotlin:sts",
    first: r(0, 0),
    newest: r(8, 12),
    recorded: &RECORDED,
    recorded_scenarios: 1306,
    source: "awslabs/aws-sdk-kotlin, tags v1.0.40 to v1.5.43; smithy-lang/smithy-kotlin; class files of 1.6.0",
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
    Kotlin { no_region: NoRegion::Global, ..HISTORY.behaviour_at(HISTORY.newest) }
}
