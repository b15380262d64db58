//! What changed when. Releases are those of `config`; a change that came with another module (`service/sts`, the core,
//! smithy-go, internal/ini) stands at the first `config` release whose go.mod asks for it.

use crate::lines::Comments;
use crate::quirks::QUIRKS;
use crate::{Engine, GoV2, NoRegion, PathStyle, Reader, RegionCheck};
use sts_endpoint_core::go_ini::{ErrorStyle, Grammar};
use sts_endpoint_core::rules::Vintage;
use sts_endpoint_core::{Change, Edited, Edition, Evidence, History, Release, Sdk};

const fn r(major: u32, minor: u32, patch: u32) -> Release {
    Release::new(&[major, minor, patch])
}

/// The parser of the first release (internal/ini v1.0.0).
const GRAMMAR: Grammar = Grammar {
    empty_values_end: true,
    may_end_at_equals: false,
    separators_in_values: false,
    typed: true,
    sub_properties: false,
    refuses_indented: false,
    error_style: ErrorStyle::Kinds,
};

/// The same since config 1.18.42.
const UNTYPED: Grammar = Grammar { separators_in_values: true, typed: false, ..GRAMMAR };

const BASE: GoV2 = GoV2 {
    variants: false,
    names_refresh: false,
    profile_must_exist: false,
    reader: Reader::Ini(GRAMMAR),
    configured_endpoints: false,
    services_sections: true,
    engine: Engine::Data,
    no_region: NoRegion::Fails,
    signs_web_identity: false,
    identity_first: false,
    defaults_mode: false,
    region_check: RegionCheck::None,
    vintage: Vintage::FIRST,
    path: PathStyle::Dropped,
};

static CHANGES: &[Change<GoV2>] = &[
    Change::since(
        r(1, 4, 1),
        "2021-07-01",
        "in profile files, values may hold brackets, and begin with an equals sign or a colon",
        Evidence::source("aws/aws-sdk-go-v2 internal/ini/CHANGELOG.md v1.1.0"),
        |b| b.reader = Reader::Ini(Grammar { separators_in_values: true, ..GRAMMAR }),
    ),
    Change::since(
        r(1, 10, 0),
        "2021-11-06",
        "FIPS and dual-stack options: EndpointOptions, AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT, profile keys",
        Evidence::source("aws/aws-sdk-go-v2 config/CHANGELOG.md v1.10.0, service/sts v1.9.0"),
        |b| b.variants = true,
    ),
    Change::since(
        r(1, 10, 1),
        "2021-11-12",
        "the path of an endpoint stays, with a slash behind it",
        Evidence::recorded("between 1.5.0 and 1.18.29; service/sts/serializers.go v1.10.0"),
        |b| b.path = PathStyle::Slashed,
    ),
    Change::since(
        r(1, 13, 0),
        "2022-01-14",
        "AWS_DEFAULTS_MODE and defaults_mode are read: a mode that does not exist is an error",
        Evidence::recorded("between 1.3.0 and 1.18.29; config/CHANGELOG.md v1.13.0"),
        |b| b.defaults_mode = true,
    ),
    Change::since(
        r(1, 15, 1),
        "2022-03-23",
        "errors of a credential provider name the refresh of cached credentials",
        Evidence::recorded("between 1.5.0 and 1.18.29; aws/credential_cache.go v1.16.0, PR #1682"),
        |b| b.names_refresh = true,
    ),
    Change::since(
        r(1, 18, 24),
        "2023-05-08",
        "partition aws-iso-e is known",
        Evidence::recorded("between 1.5.0 and 1.18.29; service/sts/internal/endpoints/endpoints.go v1.19.0"),
        |b| b.vintage.iso_e = true,
    ),
    Change::since(
        r(1, 18, 27),
        "2023-06-15",
        "partition aws-iso-f is known",
        Evidence::recorded("between 1.5.0 and 1.18.29; service/sts/internal/endpoints/endpoints.go v1.19.2"),
        |b| b.vintage.iso_f = true,
    ),
    Change::since(
        r(1, 18, 31),
        "2023-07-31",
        "endpoint rule set: BaseEndpoint, FIPS or dual-stack with an override fails, without a region even an override fails, partitions aws-iso-e and aws-iso-f are lost",
        Evidence::recorded("between 1.18.29 and 1.18.39; service/sts CHANGELOG v1.21.0"),
        |b| {
            b.engine = Engine::Rules;
            b.no_region = NoRegion::FailsAlways;
            b.vintage = Vintage::FIRST;
        },
    ),
    Change::since(
        r(1, 18, 42),
        "2023-09-22",
        "a boolean in a profile file may have anything behind it",
        Evidence::source("aws/aws-sdk-go-v2 internal/ini/CHANGELOG.md v1.3.43"),
        |b| b.reader = Reader::Ini(UNTYPED),
    ),
    Change::since(
        r(1, 18, 45),
        "2023-10-12",
        "a profile named by AWS_PROFILE has to exist",
        Evidence::recorded("between 1.18.43 and 1.23.0; config/CHANGELOG.md v1.18.45"),
        |b| b.profile_must_exist = true,
    ),
    Change::since(
        r(1, 21, 0),
        "2023-11-01",
        "endpoint overrides from AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, services sections and endpoint_url, and the switch that ignores them; indented lines below a property are part of its value",
        Evidence::recorded(
            "between 1.18.43 and 1.23.0; config/CHANGELOG.md v1.21.0, service/sts v1.25.0, internal/ini v1.5.0",
        ),
        |b| {
            b.configured_endpoints = true;
            b.reader = Reader::Ini(Grammar { sub_properties: true, ..UNTYPED });
        },
    ),
    Change::since(
        r(1, 23, 0),
        "2023-11-09",
        "an indented line below no property is an error",
        Evidence::source("aws/aws-sdk-go-v2 internal/ini/CHANGELOG.md v1.6.0"),
        |b| b.reader = Reader::Ini(Grammar { sub_properties: true, refuses_indented: true, ..UNTYPED }),
    ),
    Change::since(
        r(1, 24, 0),
        "2023-11-13",
        "a file parser that passes over malformed lines, and loses services sections; comments start anywhere",
        Evidence::recorded("between 1.23.0 and 1.26.6; config/CHANGELOG.md v1.24.0"),
        |b| {
            b.reader = Reader::Lines(Comments::Anywhere);
            b.services_sections = false;
        },
    ),
    Change::since(
        r(1, 25, 1),
        "2023-11-15",
        "without a region sts..amazonaws.com is called, signed for an empty region; an override needs no region; AssumeRoleWithWebIdentity and AssumeRoleWithSAML are signed; the path of an endpoint stays as it is; a call's credentials are resolved before its endpoint",
        Evidence::recorded("between 1.23.0 and 1.26.6; service/sts v1.25.2 (auth.go)"),
        |b| {
            b.no_region = NoRegion::CallsEmptyHost;
            b.signs_web_identity = true;
            b.identity_first = true;
            b.path = PathStyle::Kept;
        },
    ),
    Change::since(
        r(1, 25, 2),
        "2023-11-16",
        "a comment behind a value starts behind white space only",
        Evidence::source("aws/aws-sdk-go-v2 internal/ini/CHANGELOG.md v1.7.1"),
        |b| b.reader = Reader::Lines(Comments::AfterSpace),
    ),
    Change::since(
        r(1, 25, 12),
        "2023-12-06",
        "AssumeRoleWithWebIdentity and AssumeRoleWithSAML are unsigned again",
        Evidence::recorded("at 1.26.6; service/sts CHANGELOG v1.26.3"),
        |b| b.signs_web_identity = false,
    ),
    Change::since(
        r(1, 26, 0),
        "2023-12-07",
        "partitions aws-iso-e and aws-iso-f are known again",
        Evidence::recorded("at 1.26.6; internal/endpoints/awsrulesfn/partitions.go, core v1.24.0"),
        |b| b.vintage = Vintage { iso_e: true, iso_f: true, ..b.vintage },
    ),
    Change::since(
        r(1, 26, 1),
        "2023-12-08",
        "services sections are loaded again",
        Evidence::recorded("at 1.26.6; config/CHANGELOG.md v1.26.1"),
        |b| b.services_sections = true,
    ),
    Change::since(
        r(1, 27, 1),
        "2024-02-20",
        "without a region it fails again; an override still needs none",
        Evidence::recorded("between 1.26.6 and 1.27.7; service/sts CHANGELOG v1.27.1"),
        |b| b.no_region = NoRegion::Fails,
    ),
    Change::since(
        r(1, 29, 18),
        "2025-07-19",
        "partition aws-eusc is known",
        Evidence::recorded(
            "between 1.29.17 and 1.31.20; internal/endpoints/awsrulesfn/partitions.go, core v1.36.6",
        ),
        |b| b.vintage.eusc = true,
    ),
    Change::since(
        r(1, 31, 6),
        "2025-08-29",
        "dual-stack hosts in the partition aws-eusc",
        Evidence::recorded(
            "between 1.29.17 and 1.31.20; internal/endpoints/awsrulesfn/partitions.go, core v1.38.3",
        ),
        |b| b.vintage.eusc_dual_stack = true,
    ),
    Change::since(
        r(1, 31, 10),
        "2025-09-23",
        "dual-stack hosts in the aws-iso partitions",
        Evidence::recorded(
            "between 1.29.17 and 1.31.20; internal/endpoints/awsrulesfn/partitions.go, core v1.39.1",
        ),
        |b| b.vintage.iso_dual_stack = true,
    ),
    Change::since(
        r(1, 31, 19),
        "2025-11-11",
        "the region must be a host label",
        Evidence::recorded("between 1.29.17 and 1.31.20; service/sts CHANGELOG v1.40.1"),
        |b| b.region_check = RegionCheck::Label,
    ),
    Change::since(
        r(1, 32, 2),
        "2025-11-25",
        "dots are allowed in the region again",
        Evidence::recorded("between 1.31.20 and 1.32.7; service/sts/endpoints.go v1.41.2"),
        |b| b.region_check = RegionCheck::Labels,
    ),
    Change::since(
        r(1, 32, 27),
        "2026-07-01",
        "the region may neither begin nor end with a hyphen",
        Evidence::recorded("between 1.32.24 and 1.32.30; smithy-go v1.27.3 (#679)"),
        |b| b.region_check = RegionCheck::LabelsWithoutOuterHyphen,
    ),
];

/// The history of Go V2's behaviour.
pub static HISTORY: History<GoV2> = History {
    sdk: Sdk::GoV2,
    releases_of: "github.com/aws/aws-sdk-go-v2/config, with the modules of its time",
    first: r(1, 3, 0),
    newest: r(1, 33, 18),
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
        r(1, 33, 18),
    ],
    recorded_scenarios: 1306,
    source: "aws/aws-sdk-go-v2 config, service/sts and internal/endpoints, read in vendored copies at the releases around",
    base: || BASE,
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
