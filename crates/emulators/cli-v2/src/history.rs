//! What changed when.

use crate::quirks::QUIRKS;
use sts_endpoint_core::botocore::{Botocore, Front, Legacy};
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32, patch: u32) -> Release {
    Release::new(&[2, minor, patch])
}

/// No release knows the setting.
const BASE: Botocore = Botocore { front: Front::CliV2, legacy: Legacy::Listed, ..Botocore::OLDEST };

static CHANGES: &[Change<Botocore>] = &[
    Change::by(
        r(3, 7),
        "2021-11",
        "the region must be a host label; a FIPS pseudo-region that the data does not list is refused",
        Evidence::recorded("between 2.0.0 and 2.3.7"),
        |b| {
            b.checks_region = true;
            b.refuses_unsafe = true;
            b.refuses_unknown_fips = true;
        },
    ),
    Change::since(
        r(4, 0),
        "2021-11-18",
        "FIPS and dual-stack options; FIPS pseudo-regions switch FIPS on",
        Evidence::recorded("at 2.3.7 and 2.4.0; aws/aws-cli 370a12db2"),
        |b| {
            b.variants = true;
            b.refuses_unknown_fips = false;
        },
    ),
    Change::by(
        r(9, 0),
        "2022-11-18",
        "endpoint rule sets; a variant of aws-global is signed for us-east-1",
        Evidence::recorded("between 2.4.0 and 2.15.62; aws/aws-cli 627e9637d"),
        |b| {
            b.rules = true;
            b.rules_want_region = true;
            b.passes_over_query = true;
            b.signs_global_variants_for_us_east_1 = true;
        },
    ),
    Change::since(
        r(9, 1),
        "2022-11-23",
        "an endpoint without a region is a missing region again",
        Evidence::source("aws/aws-cli 2.9.1"),
        |b| {
            b.rules_want_region = false;
        },
    ),
    Change::since(
        r(11, 18),
        "2023-05-05",
        "partition aws-iso-e; an endpoint with a query is used",
        Evidence::recorded("between 2.4.0 and 2.15.62"),
        |b| {
            b.vintage.iso_e = true;
            b.passes_over_query = false;
        },
    ),
    Change::since(
        r(12, 0),
        "2023-06-14",
        "partition aws-iso-f",
        Evidence::recorded("between 2.4.0 and 2.15.62"),
        |b| {
            b.vintage.iso_f = true;
        },
    ),
    Change::since(
        r(13, 0),
        "2023-07-07",
        "endpoints of environment and profile",
        Evidence::recorded("between 2.4.0 and 2.15.62; aws/aws-cli e34caf506"),
        |b| {
            b.configured_endpoints = true;
        },
    ),
    Change::since(
        r(25, 10),
        "2025-04-03",
        "partition aws-eusc",
        Evidence::recorded("between 2.15.62 and 2.36.7; aws/aws-cli 0ff4343b0"),
        |b| {
            b.vintage.eusc = true;
        },
    ),
    Change::since(
        r(31, 0),
        "2025-09-23",
        "dual-stack in the partitions aws-iso and aws-iso-b",
        Evidence::recorded("between 2.15.62 and 2.36.7"),
        |b| {
            b.vintage.iso_dual_stack = true;
            b.vintage.eusc_dual_stack = true;
        },
    ),
    Change::since(
        r(32, 0),
        "2025-11-19",
        "without credentials, the advice is `aws login`",
        Evidence::recorded("between 2.31.0 and 2.36.7; awscli/errorhandler.py NoCredentialsErrorHandler"),
        |b| {
            b.advises_login = true;
        },
    ),
    Change::since(
        r(32, 5),
        "2025-11-25",
        "dual-stack in the partition aws-eusc",
        Evidence::recorded("between 2.15.62 and 2.36.7"),
        |b| {
            b.eusc_dual_stack = true;
        },
    ),
    Change::since(
        r(34, 0),
        "2026-02-27",
        "messages begin with `aws: [ERROR]`",
        Evidence::recorded("between 2.15.62 and 2.36.7; aws/aws-cli 8f7bc7e9b, awscli/errorformat.py"),
        |b| {
            b.says_aws_error = true;
        },
    ),
];

/// The history of its behaviour.
pub static HISTORY: History<Botocore> = History {
    sdk: Sdk::CliV2,
    releases_of: "aws-cli",
    first: r(0, 0),
    newest: r(36, 7),
    recorded: &[r(0, 0), r(3, 7), r(4, 0), r(9, 19), r(15, 62), r(36, 7)],
    recorded_scenarios: 1306,
    source: "aws/aws-cli v2, tags of the releases",
    base: || BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented_2024 },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented_2025 },
    ],
    quirks: QUIRKS,
};

/// The row of 2024: no setting, regional, the global endpoint without a Region.
fn documented_2024() -> Botocore {
    HISTORY.behaviour_at(HISTORY.newest)
}

/// The row of 2025: the same.
fn documented_2025() -> Botocore {
    documented_2024()
}
