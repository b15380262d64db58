//! What changed when. Releases are those of `config`; a change that came with another module (`service/sts`, the core,
//! smithy-go) stands at the `config` release of its day, "by" where that day is only bracketed.

use crate::quirks::QUIRKS;
use crate::{Engine, GoV2, NoRegion, PathStyle, RegionCheck};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(major: u32, minor: u32, patch: u32) -> Release {
    Release::new(&[major, minor, patch])
}

const BASE: GoV2 = GoV2 {
    variants: false,
    names_refresh: false,
    profile_must_exist: false,
    strict_files: true,
    configured_endpoints: false,
    services_sections: true,
    engine: Engine::Data,
    no_region: NoRegion::Fails,
    signs_web_identity: false,
    region_check: RegionCheck::None,
    vintage: Vintage::FIRST,
    path: PathStyle::Dropped,
};

static CHANGES: &[Change<GoV2>] = &[
    Change::since(
        r(1, 10, 0),
        "2021-11-06",
        "FIPS and dual-stack options: EndpointOptions, AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT, profile keys",
        Evidence::source("aws/aws-sdk-go-v2 config/CHANGELOG.md v1.10.0, service/sts v1.9.0"),
        |b| b.variants = true,
    ),
    Change::by(
        r(1, 15, 5),
        "2022-05",
        "the path of an endpoint stays, with a slash behind it",
        Evidence::recorded("recorded between 1.5.0 and 1.18.29; smithy-go encoding/httpbinding"),
        |b| b.path = PathStyle::Slashed,
    ),
    Change::since(
        r(1, 15, 5),
        "2022-05",
        "errors of a credential provider name the refresh of cached credentials",
        Evidence::source("aws/aws-sdk-go-v2 PR #1682; vendored copy in docker/buildx 1cd4b5481"),
        |b| b.names_refresh = true,
    ),
    Change::by(
        r(1, 18, 29),
        "2023-07",
        "partitions aws-iso-e and aws-iso-f are known (not in service/sts 1.16.4, known in 1.20.0)",
        Evidence::recorded("recorded at 1.18.29"),
        |b| b.vintage = Vintage { iso_e: true, iso_f: true, ..b.vintage },
    ),
    Change::since(
        r(1, 18, 31),
        "2023-07-31",
        "endpoint rule set: BaseEndpoint, FIPS or dual-stack with an override fails, without a region even an override fails, partitions aws-iso-e and aws-iso-f are lost",
        Evidence::recorded("recorded between 1.18.29 and 1.18.39; service/sts CHANGELOG v1.21.0"),
        |b| {
            b.engine = Engine::Rules;
            b.no_region = NoRegion::FailsAlways;
            b.vintage = Vintage::FIRST;
        },
    ),
    Change::since(
        r(1, 18, 45),
        "2023-10-12",
        "a profile named by AWS_PROFILE has to exist",
        Evidence::recorded("recorded between 1.18.43 and 1.23.0; config/CHANGELOG.md v1.18.45"),
        |b| b.profile_must_exist = true,
    ),
    Change::since(
        r(1, 21, 0),
        "2023-11-01",
        "endpoint overrides from AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, services sections and endpoint_url, and the switch that ignores them",
        Evidence::recorded(
            "recorded between 1.18.43 and 1.23.0; config/CHANGELOG.md v1.21.0, service/sts v1.25.0",
        ),
        |b| b.configured_endpoints = true,
    ),
    Change::since(
        r(1, 24, 0),
        "2023-11-13",
        "a file parser that passes over malformed lines, and loses services sections",
        Evidence::recorded("recorded at 1.26.6; config/CHANGELOG.md v1.24.0"),
        |b| {
            b.strict_files = false;
            b.services_sections = false;
        },
    ),
    Change::by(
        r(1, 25, 4),
        "2023-11-20",
        "without a region sts..amazonaws.com is called, signed for an empty region; an override needs no region; AssumeRoleWithWebIdentity and AssumeRoleWithSAML are signed; the path of an endpoint stays as it is",
        Evidence::source("aws/aws-sdk-go-v2 service/sts v1.25.3 (auth.go); recorded at 1.26.6"),
        |b| {
            b.no_region = NoRegion::CallsEmptyHost;
            b.signs_web_identity = true;
            b.path = PathStyle::Kept;
        },
    ),
    Change::since(
        r(1, 26, 0),
        "2023-12-06",
        "AssumeRoleWithWebIdentity and AssumeRoleWithSAML are unsigned again",
        Evidence::recorded("recorded at 1.26.6; service/sts CHANGELOG v1.26.3"),
        |b| b.signs_web_identity = false,
    ),
    Change::since(
        r(1, 26, 1),
        "2023-12-08",
        "services sections are loaded again",
        Evidence::recorded("recorded at 1.26.6; config/CHANGELOG.md v1.26.1"),
        |b| b.services_sections = true,
    ),
    Change::by(
        r(1, 26, 6),
        "2024-01",
        "partitions aws-iso-e and aws-iso-f are known again",
        Evidence::recorded("recorded at 1.26.6; core v1.24.0"),
        |b| b.vintage = Vintage { iso_e: true, iso_f: true, ..b.vintage },
    ),
    Change::since(
        r(1, 27, 3),
        "2024-02-20",
        "without a region it fails again; an override still needs none",
        Evidence::recorded("recorded between 1.26.6 and 1.27.7; service/sts CHANGELOG v1.27.1"),
        |b| b.no_region = NoRegion::Fails,
    ),
    Change::by(
        r(1, 30, 3),
        "2025-08",
        "partition aws-eusc is known",
        Evidence::recorded("recorded between 1.29.17 and 1.31.20; core v1.37.2 has it, v1.36.5 has not"),
        |b| b.vintage = Vintage { eusc: true, eusc_dual_stack: true, ..b.vintage },
    ),
    Change::by(
        r(1, 31, 2),
        "2025-08",
        "dual-stack hosts in the aws-iso partitions",
        Evidence::recorded("recorded between 1.29.17 and 1.31.20; core v1.38.1"),
        |b| b.vintage = Vintage { iso_dual_stack: true, ..b.vintage },
    ),
    Change::since(
        r(1, 31, 19),
        "2025-11-11",
        "the region must be a host label",
        Evidence::recorded("recorded between 1.29.17 and 1.31.20; service/sts CHANGELOG v1.40.1"),
        |b| b.region_check = RegionCheck::Label,
    ),
    Change::by(
        r(1, 32, 5),
        "2025-12-09",
        "dots are allowed in the region again",
        Evidence::recorded("recorded between 1.31.20 and 1.32.7; service/sts v1.41.5"),
        |b| b.region_check = RegionCheck::Labels,
    ),
    Change::by(
        r(1, 32, 26),
        "2026-07-01",
        "the region may neither begin nor end with a hyphen",
        Evidence::recorded("recorded between 1.32.24 and 1.32.30; smithy-go v1.27.3 (#679)"),
        |b| b.region_check = RegionCheck::LabelsWithoutOuterHyphen,
    ),
];

/// The history of Go V2's behaviour.
pub static HISTORY: History<GoV2> = History {
    sdk: Sdk::GoV2,
    releases_of: "github.com/aws/aws-sdk-go-v2/config, with the modules of its time",
    first: r(1, 3, 0),
    newest: r(1, 32, 31),
    recorded: &[
        r(1, 3, 0),
        r(1, 5, 0),
        r(1, 18, 29),
        r(1, 18, 39),
        r(1, 18, 43),
        r(1, 23, 0),
        r(1, 26, 6),
        r(1, 27, 7),
        r(1, 29, 17),
        r(1, 31, 20),
        r(1, 32, 7),
        r(1, 32, 16),
        r(1, 32, 24),
        r(1, 32, 30),
        r(1, 32, 31),
    ],
    source: "aws/aws-sdk-go-v2 config, service/sts and internal/endpoints, read in vendored copies at the releases around",
    base: BASE,
    changes: CHANGES,
    editions: &[
        Edited { edition: Edition::Docs2024, row: None, behaviour: documented },
        Edited { edition: Edition::Docs2025, row: None, behaviour: documented },
    ],
    quirks: QUIRKS,
};

/// The row, the same in both editions: no setting, regional, failure without a Region. That is what the newest release does.
fn documented() -> GoV2 {
    HISTORY.behaviour_at(HISTORY.newest)
}
