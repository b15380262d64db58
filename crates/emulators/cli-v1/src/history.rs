//! What changed when.

use crate::quirks::QUIRKS;
use sts_endpoint_core::botocore::{Botocore, Front, Legacy, turns};
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(minor: u32, patch: u32) -> Release {
    Release::new(&[1, minor, patch])
}

static CHANGES: &[Change<Botocore>] = &[
    turns::SETTING.since(
        r(16, 266),
        Evidence::recorded("at 1.16.265 and between it and 1.22.0; boto/botocore PR #1857"),
    ),
    turns::PRESIGNING_CLIENT.since(
        r(16, 266),
        Evidence::recorded("at 1.16.265 and between it and 1.22.0; aws/aws-cli eb3a253b2"),
    ),
    turns::WORDS.since(r(18, 85), Evidence::recorded("between 1.16.265 and 1.22.0; boto/botocore 1.17.8")),
    turns::REGION_CHECK
        .since(r(18, 123), Evidence::recorded("between 1.16.265 and 1.22.0; boto/botocore e70cc1d46")),
    turns::UNSAFE_ENDPOINTS.since(r(19, 69), Evidence::source("boto/botocore 1.20.69")),
    turns::UNKNOWN_FIPS.since(r(19, 73), Evidence::source("boto/botocore 1.20.73")),
    turns::VARIANTS.since(r(22, 0), Evidence::recorded("at 1.22.0; boto/botocore 1.23.0")),
    turns::DEFAULTS_MODE.since(r(22, 37), Evidence::source("boto/botocore c25e1c586")),
    turns::GLOBAL_VARIANTS
        .since(r(22, 65), Evidence::recorded("between 1.22.0 and 1.29.0; boto/botocore 1.24.10")),
    turns::RULE_SET.since(r(27, 0), Evidence::recorded("between 1.22.0 and 1.29.0; boto/botocore 1.29.0")),
    turns::NO_REGION.since(r(27, 15), Evidence::recorded("between 1.22.0 and 1.29.0; boto/botocore 1.29.15")),
    turns::ISO_E.since(r(27, 127), Evidence::recorded("between 1.22.0 and 1.29.0; boto/botocore 1.29.127")),
    turns::QUERY.since(r(27, 130), Evidence::source("boto/botocore 1.29.130")),
    turns::ISO_F.since(r(27, 153), Evidence::recorded("between 1.22.0 and 1.29.0; boto/botocore 1.29.153")),
    turns::CONFIGURED_ENDPOINTS.since(r(29, 0), Evidence::recorded("at 1.29.0; boto/botocore fc26db6ce")),
    turns::EUSC.since(r(38, 27), Evidence::recorded("between 1.29.0 and 1.42.0; boto/botocore 1.37.27")),
    turns::REGIONAL_DEFAULT
        .since(r(42, 0), Evidence::recorded("between 1.29.0 and 1.42.0; boto/botocore PR #3517")),
    turns::ISO_DUAL_STACK
        .since(r(42, 37), Evidence::recorded("between 1.42.0 and 1.46.3; boto/botocore 1.40.37")),
    turns::EUSC_DUAL_STACK
        .since(r(43, 4), Evidence::recorded("between 1.42.0 and 1.46.3; boto/botocore 1.41.4")),
];

/// The history of its behaviour.
pub static HISTORY: History<Botocore> = History {
    sdk: Sdk::CliV1,
    releases_of: "awscli",
    first: r(16, 265),
    newest: r(46, 3),
    recorded: &[r(16, 265), r(22, 0), r(29, 0), r(42, 0), r(46, 3)],
    recorded_scenarios: 1306,
    source: "aws/aws-cli and boto/botocore, tags of the releases",
    base: || Botocore { front: Front::CliV1, presigns_by_data: true, ..Botocore::OLDEST },
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
