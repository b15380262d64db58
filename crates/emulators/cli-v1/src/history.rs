//! What changed when.

use crate::quirks::QUIRKS;
use sts_endpoint_core::botocore::{Botocore, Front, Legacy};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32, patch: u32) -> Release {
    Release::new(&[1, minor, patch])
}

const BASE: Botocore = Botocore {
    front: Front::CliV1,
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
        r(16, 266),
        "2019-10-24",
        "the setting, default legacy; regions off the list of 16 turn from global to regional; the chain follows the client's region",
        Evidence::recorded("at 1.16.265 and between it and 1.22.0; boto/botocore PR #1857"),
        |b| {
            b.setting = true;
            b.legacy = Legacy::Listed;
            b.chain_follows_client = true;
        },
    ),
    Change::since(
        r(18, 85),
        "2020-06-22",
        "other words of the error for a wrong setting",
        Evidence::recorded("between 1.16.265 and 1.22.0; boto/botocore 1.17.8"),
        |b| {
            b.words_of_1_14_8 = true;
        },
    ),
    Change::since(
        r(18, 123),
        "2020-08-19",
        "the region must be a host label",
        Evidence::recorded("between 1.16.265 and 1.22.0; boto/botocore e70cc1d46"),
        |b| {
            b.checks_region = true;
        },
    ),
    Change::since(
        r(19, 69),
        "2021-05-07",
        "tabs and line ends in an endpoint are refused",
        Evidence::source("boto/botocore 1.20.69"),
        |b| {
            b.refuses_unsafe = true;
        },
    ),
    Change::since(
        r(19, 73),
        "2021-05-14",
        "a FIPS pseudo-region that the data does not list is refused",
        Evidence::source("boto/botocore 1.20.73"),
        |b| {
            b.refuses_unknown_fips = true;
        },
    ),
    Change::since(
        r(22, 0),
        "2021-11-08",
        "FIPS and dual-stack options; FIPS pseudo-regions switch FIPS on",
        Evidence::recorded("at 1.22.0; boto/botocore 1.23.0"),
        |b| {
            b.variants = true;
            b.refuses_unknown_fips = false;
        },
    ),
    Change::since(
        r(22, 37),
        "2022-01-15",
        "the defaults mode, which makes regional the default",
        Evidence::source("boto/botocore c25e1c586"),
        |b| {
            b.defaults_mode = true;
        },
    ),
    Change::since(
        r(22, 65),
        "2022-03-01",
        "a variant of aws-global is signed for us-east-1",
        Evidence::recorded("between 1.22.0 and 1.29.0; boto/botocore 1.24.10"),
        |b| {
            b.signs_global_variants_for_us_east_1 = true;
        },
    ),
    Change::since(
        r(27, 0),
        "2022-11-01",
        "the endpoint rule set; a wrong setting breaks every client; dual-stack in the iso partitions is an error",
        Evidence::recorded("between 1.22.0 and 1.29.0; boto/botocore 1.29.0"),
        |b| {
            b.rules = true;
            b.always_checks_setting = true;
            b.rules_want_region = true;
            b.passes_over_query = true;
        },
    ),
    Change::since(
        r(27, 15),
        "2022-11-22",
        "an endpoint without a region is a missing region again",
        Evidence::recorded("between 1.22.0 and 1.29.0; boto/botocore 1.29.15"),
        |b| {
            b.rules_want_region = false;
        },
    ),
    Change::since(
        r(27, 127),
        "2023-05-04",
        "partition aws-iso-e",
        Evidence::recorded("between 1.22.0 and 1.29.0; boto/botocore 1.29.127"),
        |b| {
            b.vintage.iso_e = true;
        },
    ),
    Change::since(
        r(27, 130),
        "2023-05-09",
        "an endpoint with a query is used",
        Evidence::source("boto/botocore 1.29.130"),
        |b| {
            b.passes_over_query = false;
        },
    ),
    Change::since(
        r(27, 153),
        "2023-06-13",
        "partition aws-iso-f",
        Evidence::recorded("between 1.22.0 and 1.29.0; boto/botocore 1.29.153"),
        |b| {
            b.vintage.iso_f = true;
        },
    ),
    Change::since(
        r(29, 0),
        "2023-07-06",
        "endpoints of environment and profile",
        Evidence::recorded("at 1.29.0; boto/botocore fc26db6ce"),
        |b| {
            b.configured_endpoints = true;
        },
    ),
    Change::since(
        r(38, 27),
        "2025-04-03",
        "partition aws-eusc",
        Evidence::recorded("between 1.29.0 and 1.42.0; boto/botocore 1.37.27"),
        |b| {
            b.vintage.eusc = true;
        },
    ),
    Change::since(
        r(42, 0),
        "2025-07-31",
        "the default turns from legacy to regional",
        Evidence::recorded("between 1.29.0 and 1.42.0; boto/botocore PR #3517"),
        |b| {
            b.default_legacy = false;
        },
    ),
    Change::since(
        r(42, 37),
        "2025-09-23",
        "dual-stack in the partitions aws-iso and aws-iso-b",
        Evidence::recorded("between 1.42.0 and 1.46.3; boto/botocore 1.40.37"),
        |b| {
            b.vintage.iso_dual_stack = true;
            b.vintage.eusc_dual_stack = true;
        },
    ),
    Change::since(
        r(43, 4),
        "2025-11-25",
        "dual-stack in the partition aws-eusc",
        Evidence::recorded("between 1.42.0 and 1.46.3; boto/botocore 1.41.4"),
        |b| {
            b.eusc_dual_stack = true;
        },
    ),
];

/// The history of its behaviour.
pub static HISTORY: History<Botocore> = History {
    sdk: Sdk::CliV1,
    releases_of: "awscli",
    first: r(16, 265),
    newest: r(46, 3),
    recorded: &[r(16, 265), r(22, 0), r(29, 0), r(42, 0), r(46, 3)],
    source: "aws/aws-cli and boto/botocore, tags of the releases",
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

/// The row of 2025: the same, as this page still says.
fn documented_2025() -> Botocore {
    documented_2024()
}
