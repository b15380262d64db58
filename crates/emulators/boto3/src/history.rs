//! What changed when.

use crate::quirks::QUIRKS;
use sts_endpoint_core::botocore::{Botocore, Front, Legacy};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32, patch: u32) -> Release {
    Release::new(&[1, minor, patch])
}

const BASE: Botocore = Botocore {
    front: Front::Boto3,
    setting: false,
    default_legacy: true,
    legacy: Legacy::Data,
    words_of_1_14_8: false,
    always_checks_setting: false,
    chain_follows_client: false,
    checks_region: false,
    refuses_unsafe: false,
    refuses_unknown_fips: false,
    variants: false,
    defaults_mode: false,
    signs_global_variants_for_us_east_1: false,
    rules: false,
    rules_want_region: false,
    passes_over_query: false,
    configured_endpoints: false,
    says_aws_error: false,
    vintage: Vintage::FIRST,
    eusc_dual_stack: false,
};

static CHANGES: &[Change<Botocore>] = &[
    Change::since(
        r(10, 2),
        "2019-10-24",
        "the setting, default legacy; regions off the list of 16 turn from global to regional; the chain follows the client's region",
        Evidence::recorded("at 1.10.1 and 1.10.2; boto/botocore PR #1857"),
        |b| {
            b.setting = true;
            b.legacy = Legacy::Listed;
            b.chain_follows_client = true;
        },
    ),
    Change::since(
        r(14, 8),
        "2020-06-22",
        "other words of the error for a wrong setting",
        Evidence::recorded("between 1.10.2 and 1.17.72; boto/botocore 1.17.8"),
        |b| {
            b.words_of_1_14_8 = true;
        },
    ),
    Change::since(
        r(14, 46),
        "2020-08-19",
        "the region must be a host label",
        Evidence::recorded("between 1.10.2 and 1.17.72; boto/botocore e70cc1d46"),
        |b| {
            b.checks_region = true;
        },
    ),
    Change::since(
        r(17, 69),
        "2021-05-07",
        "tabs and line ends in an endpoint are refused",
        Evidence::source("boto/botocore 1.20.69"),
        |b| {
            b.refuses_unsafe = true;
        },
    ),
    Change::since(
        r(17, 73),
        "2021-05-14",
        "a FIPS pseudo-region that the data does not list is refused",
        Evidence::recorded("at 1.17.72 and 1.17.73; boto/botocore 1.20.73"),
        |b| {
            b.refuses_unknown_fips = true;
        },
    ),
    Change::since(
        r(20, 0),
        "2021-11-08",
        "FIPS and dual-stack options; FIPS pseudo-regions switch FIPS on",
        Evidence::recorded("at 1.19.12 and 1.20.0; boto/botocore 1.23.0"),
        |b| {
            b.variants = true;
            b.refuses_unknown_fips = false;
        },
    ),
    Change::since(
        r(20, 37),
        "2022-01-15",
        "the defaults mode, which makes regional the default",
        Evidence::source("boto/botocore c25e1c586"),
        |b| {
            b.defaults_mode = true;
        },
    ),
    Change::since(
        r(21, 10),
        "2022-03-01",
        "a variant of aws-global is signed for us-east-1",
        Evidence::recorded("at 1.20.0 and 1.21.10; boto/botocore 1.24.10"),
        |b| {
            b.signs_global_variants_for_us_east_1 = true;
        },
    ),
    Change::since(
        r(26, 0),
        "2022-11-01",
        "the endpoint rule set; a wrong setting breaks every client; dual-stack in the iso partitions is an error",
        Evidence::recorded("at 1.25.5 and 1.26.0; boto/botocore 1.29.0"),
        |b| {
            b.rules = true;
            b.always_checks_setting = true;
            b.rules_want_region = true;
            b.passes_over_query = true;
        },
    ),
    Change::since(
        r(26, 15),
        "2022-11-22",
        "an endpoint without a region is a missing region again",
        Evidence::recorded("at 1.26.14 and 1.26.15; boto/botocore 1.29.15"),
        |b| {
            b.rules_want_region = false;
        },
    ),
    Change::since(
        r(26, 127),
        "2023-05-04",
        "partition aws-iso-e",
        Evidence::recorded("at 1.26.127; boto/botocore 1.29.127"),
        |b| {
            b.vintage.iso_e = true;
        },
    ),
    Change::since(
        r(26, 130),
        "2023-05-09",
        "an endpoint with a query is used",
        Evidence::source("boto/botocore 1.29.130"),
        |b| {
            b.passes_over_query = false;
        },
    ),
    Change::since(
        r(26, 153),
        "2023-06-13",
        "partition aws-iso-f",
        Evidence::recorded("between 1.26.127 and 1.26.165; boto/botocore 1.29.153"),
        |b| {
            b.vintage.iso_f = true;
        },
    ),
    Change::since(
        r(28, 0),
        "2023-07-06",
        "endpoints of environment and profile",
        Evidence::recorded("at 1.27.1 and 1.28.0; boto/botocore fc26db6ce"),
        |b| {
            b.configured_endpoints = true;
        },
    ),
    Change::since(
        r(37, 27),
        "2025-04-03",
        "partition aws-eusc",
        Evidence::recorded("at 1.34.162 and 1.37.27; boto/botocore 1.37.27"),
        |b| {
            b.vintage.eusc = true;
        },
    ),
    Change::since(
        r(40, 0),
        "2025-07-31",
        "the default turns from legacy to regional",
        Evidence::recorded("at 1.39.17 and 1.40.0; boto/botocore PR #3517, 23581d12f"),
        |b| {
            b.default_legacy = false;
        },
    ),
    Change::since(
        r(40, 37),
        "2025-09-23",
        "dual-stack in the partitions aws-iso and aws-iso-b",
        Evidence::recorded("between 1.40.0 and 1.41.4; boto/botocore 1.40.37"),
        |b| {
            b.vintage.iso_dual_stack = true;
            b.vintage.eusc_dual_stack = true;
        },
    ),
    Change::since(
        r(41, 4),
        "2025-11-25",
        "dual-stack in the partition aws-eusc",
        Evidence::recorded("at 1.41.4; boto/botocore 1.41.4"),
        |b| {
            b.eusc_dual_stack = true;
        },
    ),
];

/// The history of its behaviour.
pub static HISTORY: History<Botocore> = History {
    sdk: Sdk::Boto3,
    releases_of: "boto3",
    first: r(9, 253),
    newest: r(44, 5),
    recorded: &[
        r(9, 253),
        r(10, 1),
        r(10, 2),
        r(17, 72),
        r(17, 73),
        r(19, 12),
        r(20, 0),
        r(21, 10),
        r(25, 5),
        r(26, 0),
        r(26, 14),
        r(26, 15),
        r(26, 127),
        r(26, 165),
        r(27, 1),
        r(28, 0),
        r(34, 162),
        r(37, 27),
        r(39, 17),
        r(40, 0),
        r(41, 4),
        r(44, 5),
    ],
    source: "boto/botocore, tags of the releases",
    base: || BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented_2024 },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented_2025 },
    ],
    quirks: QUIRKS,
};

/// The row of 2024: the setting, default legacy, the global endpoint without a Region.
fn documented_2024() -> Botocore {
    let newest = HISTORY.behaviour_at(HISTORY.newest);
    Botocore { legacy: Legacy::Documented, default_legacy: true, ..newest }
}

/// The row of 2025: the same, default regional.
fn documented_2025() -> Botocore {
    Botocore { default_legacy: false, ..documented_2024() }
}
