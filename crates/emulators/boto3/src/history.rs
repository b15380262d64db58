//! What changed when.

use crate::quirks::QUIRKS;
use sts_endpoint_core::botocore::{Botocore, Legacy, turns};
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32, patch: u32) -> Release {
    Release::new(&[1, minor, patch])
}

static CHANGES: &[Change<Botocore>] = &[
    turns::SETTING.since(r(10, 2), Evidence::recorded("at 1.10.1 and 1.10.2; boto/botocore PR #1857")),
    turns::WORDS.since(r(14, 8), Evidence::recorded("between 1.10.2 and 1.17.72; boto/botocore 1.17.8")),
    turns::REGION_CHECK
        .since(r(14, 46), Evidence::recorded("between 1.10.2 and 1.17.72; boto/botocore e70cc1d46")),
    turns::UNSAFE_ENDPOINTS.since(r(17, 69), Evidence::source("boto/botocore 1.20.69")),
    turns::UNKNOWN_FIPS.since(r(17, 73), Evidence::recorded("at 1.17.72 and 1.17.73; boto/botocore 1.20.73")),
    turns::VARIANTS.since(r(20, 0), Evidence::recorded("at 1.19.12 and 1.20.0; boto/botocore 1.23.0")),
    turns::DEFAULTS_MODE.since(r(20, 37), Evidence::source("boto/botocore c25e1c586")),
    turns::GLOBAL_VARIANTS
        .since(r(21, 10), Evidence::recorded("at 1.20.0 and 1.21.10; boto/botocore 1.24.10")),
    turns::RULE_SET.since(r(26, 0), Evidence::recorded("at 1.25.5 and 1.26.0; boto/botocore 1.29.0")),
    turns::NO_REGION.since(r(26, 15), Evidence::recorded("at 1.26.14 and 1.26.15; boto/botocore 1.29.15")),
    turns::ISO_E.since(r(26, 127), Evidence::recorded("at 1.26.127; boto/botocore 1.29.127")),
    turns::QUERY.since(r(26, 130), Evidence::source("boto/botocore 1.29.130")),
    turns::ISO_F
        .since(r(26, 153), Evidence::recorded("between 1.26.127 and 1.26.165; boto/botocore 1.29.153")),
    turns::CONFIGURED_ENDPOINTS
        .since(r(28, 0), Evidence::recorded("at 1.27.1 and 1.28.0; boto/botocore fc26db6ce")),
    turns::EUSC.since(r(37, 27), Evidence::recorded("at 1.34.162 and 1.37.27; boto/botocore 1.37.27")),
    turns::REGIONAL_DEFAULT
        .since(r(40, 0), Evidence::recorded("at 1.39.17 and 1.40.0; boto/botocore PR #3517, 23581d12f")),
    turns::ISO_DUAL_STACK
        .since(r(40, 37), Evidence::recorded("between 1.40.0 and 1.41.4; boto/botocore 1.40.37")),
    turns::EUSC_DUAL_STACK.since(r(41, 4), Evidence::recorded("at 1.41.4; boto/botocore 1.41.4")),
];

/// The history of its behaviour.
pub static HISTORY: History<Botocore> = History {
    sdk: Sdk::Boto3,
    releases_of: "boto3",
    first: r(9, 253),
    newest: r(44, 8),
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
        r(44, 8),
    ],
    recorded_scenarios: 1306,
    source: "boto/botocore, tags of the releases",
    base: || Botocore::OLDEST,
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
